//! The report of `audit` for browsers: read by a parser that is not ours, and
//! opened in Chromium, which sorts and searches it and runs nothing else.

use std::collections::BTreeSet;

use base64::Engine as _;
use cams_groups::output::sanitize::sanitize;
use html5gum::{DefaultEmitter, Token, Tokenizer};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::support::Scenario;

/// What strangers may call things, in order to be more than called.
const HOSTILE: [&str; 14] = [
    "</script><script>document.title='pwned'</script>",
    "<img src=x onerror=window.pwned=1>",
    "\" onmouseover=\"window.pwned=1",
    "' autofocus onfocus='window.pwned=1",
    "</style><style>*{display:none}",
    "</title></td></tr></table><svg onload=window.pwned=1>",
    "<a href=\"https://evil.example/\">VIP</a>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "javascript:window.pwned=1",
    "<!-- <![CDATA[",
    "&lt;script&gt; &#60;b&#62; &amp",
    "gnp.\u{202e}exe",
    "\u{1b}[31m\u{0}\r\n\u{2028}",
    "עברית <b> العربية",
];

/// Groups that have these texts wherever the API has text.
fn groups_of(texts: &[&str]) -> String {
    let groups = texts.iter().enumerate().map(|(at, text)| {
        json!({
            "GroupId": format!("{text}{at}"), "Subject": text, "Description": text,
            "GroupStatus": format!("{text}{at}"), "BusinessNumber": text,
            "TotalParticipantCount": text, "GroupType": text, "BusinessRole": text,
            "GmtModifier": text, "InviteLink": "https://chat.whatsapp.com/secret",
            "GroupLink": "https://t.me/secret", "ProfilePictureFile": "https://x.example/secret",
        })
    });
    groups.collect::<Value>().to_string()
}

/// The page that an audit of these groups gives.
#[track_caller]
fn page(scenario: &Scenario) -> String {
    let rules = ["--allow-status", "active", "--no-empty", "--fail-on=never"];
    let page = scenario.run([&["audit", "-o", "html"], &rules[..]].concat());
    page.data()
}

/// An element: its name, and its attributes with their values.
type Element = (String, Vec<(String, String)>);

/// The elements of a page, and the text within one that is only text.
fn parsed(page: &str, name: &str) -> (Vec<Element>, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let mut emitter = DefaultEmitter::default();
    // A script's content is no markup, as in browsers.
    emitter.naively_switch_states(true);
    let (mut elements, mut inside) = (Vec::<Element>::new(), String::new());
    let mut is_inside = false;
    for token in Tokenizer::new_with_emitter(page, emitter) {
        match token.unwrap() {
            Token::StartTag(tag) => {
                let attributes = tag.attributes.iter();
                let attributes = attributes.map(|(name, value)| (text(name), text(value)));
                is_inside = text(&tag.name) == name;
                elements.push((text(&tag.name), attributes.collect()));
            }
            Token::EndTag(_) => is_inside = false,
            Token::String(it) if is_inside => inside.push_str(&text(&it)),
            Token::Error(error) => panic!("{error:?}"),
            Token::Comment(comment) => panic!("{comment:?}"),
            _ => {}
        }
    }
    (elements, inside)
}

#[test]
fn no_text_of_a_stranger_becomes_an_element_or_an_attribute() {
    let tame = HOSTILE.map(|_| "x");
    let shape = |texts: &[&str]| {
        let (elements, _) = parsed(&page(&Scenario::groups(&groups_of(texts))), "");
        let names = |attributes: Vec<(String, String)>| {
            let names = attributes.into_iter().map(|(name, _)| name);
            names.collect::<Vec<_>>()
        };
        let elements = elements.into_iter();
        elements
            .map(|(name, attributes)| (name, names(attributes)))
            .collect::<Vec<_>>()
    };
    assert_eq!(shape(&HOSTILE), shape(&tame));
}

#[test]
fn the_page_asks_for_nothing_and_tells_no_link() {
    let page = page(&Scenario::groups(&groups_of(&HOSTILE)));
    assert!(!page.contains("secret") && !page.contains('\u{202e}') && !page.contains('\u{1b}'));
    let (elements, style) = parsed(&page, "style");
    let (_, script) = parsed(&page, "script");
    let names: BTreeSet<&str> = elements.iter().map(|it| it.0.as_str()).collect();
    for name in ["a", "link", "img", "iframe", "object", "form", "base"] {
        assert!(!names.contains(name), "{name}");
    }
    for (element, attributes) in &elements {
        for (name, value) in attributes {
            let fetches = ["src", "href", "srcset", "style", "data", "action", "poster"];
            let runs = name.starts_with("on");
            assert!(!runs && !fetches.contains(&name.as_str()), "{element}");
            let is_text = name == "aria-label";
            assert!(is_text || !value.contains("//"), "{element} {name}");
        }
    }
    for of_ours in [&style, &script] {
        assert!(of_ours.len() > 500, "it stands in the page");
        for asks in [
            "url(",
            "@import",
            "//evil",
            "http",
            "fetch",
            "import(",
            "innerHTML",
        ] {
            assert!(!of_ours.contains(asks), "{asks}");
        }
    }
}

#[test]
fn the_policy_names_the_style_and_the_script_and_nothing_else() {
    let page = page(&Scenario::demo());
    let (elements, style) = parsed(&page, "style");
    let (_, script) = parsed(&page, "script");
    let policy = elements.iter().find_map(|(_, attributes)| {
        let is = |it: &(String, String)| it.1 == "Content-Security-Policy";
        let content = attributes.iter().find(|(name, _)| name == "content");
        attributes.iter().any(is).then_some(content)?
    });
    let hash = |text: &str| {
        let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(text));
        format!("'sha256-{hash}'")
    };
    let expected = format!(
        "default-src 'none'; base-uri 'none'; form-action 'none'; style-src {}; script-src {}",
        hash(&style),
        hash(&script)
    );
    assert_eq!(policy.unwrap().1, expected);
    let first = elements.iter().position(|it| it.0 == "style").unwrap();
    assert!(elements[..first].iter().any(|it| it.0 == "meta"), "before");
}

#[test]
fn the_verdict_comes_first_and_a_clean_one_says_so() {
    let scenario = Scenario::demo();
    let broken = page(&scenario);
    let at = |page: &str, what: &str| page.find(what).unwrap_or_else(|| panic!("no {what}"));
    let order = [
        "</span> 19 errors, 0 warnings in 51 groups</h1>",
        "<h2>Findings</h2>",
        "<figcaption>Groups by status</figcaption>",
        "aria-label=\"Groups by participants: 0 6, 1 4,",
        "<h2>Groups</h2>",
    ];
    let places = order.map(|it| at(&broken, it));
    assert!(places.is_sorted(), "{places:?}");
    let clean = scenario.run(["audit", "-o", "html"]).data();
    let _ = at(&clean, "✓</span> clean: 51 groups</h1>");
    assert!(!clean.contains("<h2>Findings</h2>"));
    let warned = [
        "audit",
        "-o",
        "html",
        "--no-empty",
        "--warn",
        "participants",
    ];
    let _ = at(
        &scenario.run(warned).data(),
        "!</span> 0 errors, 6 warnings",
    );
}

#[cfg(unix)]
mod browsed {
    use super::*;
    use crate::support::browser::Browser;

    /// Opens the page of these groups in a window of this width.
    fn opened(scenario: Scenario, width: u32) -> Option<(Browser, Scenario)> {
        let mut browser = Browser::start()?;
        let page = page(&scenario);
        let scenario = scenario.file("report.html", page);
        browser.resize(width, 740);
        browser.open(&scenario.path().join("report.html"));
        Some((browser, scenario))
    }

    /// The texts of a column of the groups that are shown.
    fn column(browser: &mut Browser, number: usize) -> Vec<String> {
        let cells = format!(
            "Array.from(document.querySelectorAll('.groups tbody td:nth-child({number})'))\
             .filter(it => it.checkVisibility()).map(it => it.textContent)"
        );
        serde_json::from_value(browser.eval(&cells)).unwrap()
    }

    const SUBJECT: usize = 1;
    const ID: usize = 2;
    const PARTICIPANTS: usize = 4;

    #[test]
    fn groups_are_sorted_by_a_click_and_found_by_typing() {
        let Some((mut browser, _scenario)) = opened(Scenario::demo(), 1280) else {
            return;
        };
        let listed = column(&mut browser, ID);
        let counts = column(&mut browser, PARTICIPANTS);
        assert_eq!(listed.len(), 51);
        let mut expected: Vec<(u64, &String)> = counts
            .iter()
            .map(|it| it.parse().unwrap())
            .zip(&listed)
            .collect();
        let heading = ".groups th:nth-child(4)";
        let way = format!("document.querySelector('{heading}').getAttribute('aria-sort')");
        assert_eq!(browser.eval(&way), "none");

        // As numbers, and those that are alike as they were listed.
        browser.click(&format!("{heading} button"));
        assert_eq!(browser.eval(&way), "ascending");
        expected.sort_by_key(|it| it.0);
        let ids: Vec<_> = expected.iter().map(|it| it.1.clone()).collect();
        assert_eq!(column(&mut browser, ID), ids);
        browser.click(&format!("{heading} button"));
        assert_eq!(browser.eval(&way), "descending");
        expected.sort_by_key(|it| {
            (
                std::cmp::Reverse(it.0),
                listed.iter().position(|id| id == it.1),
            )
        });
        let ids: Vec<_> = expected.iter().map(|it| it.1.clone()).collect();
        assert_eq!(column(&mut browser, ID), ids);
        assert_eq!(column(&mut browser, PARTICIPANTS)[0], "1893");

        // Another column takes its place, and only it says so.
        browser.click(".groups th:nth-child(1) button");
        let sorted = "Array.from(document.querySelectorAll('[aria-sort]:not([aria-sort=none])'))\
             .map(it => it.textContent).join()";
        assert_eq!(browser.eval(sorted), "Subject");
        let subjects = column(&mut browser, SUBJECT);
        let place = |what: &str| subjects.iter().position(|it| it == what).unwrap();
        assert!(place("Agen Properti Bali") < place("Café Olé: sucursal norte"));
        assert!(place("Café Olé: sucursal norte") < place("Dukungan Teknis"));

        // What is found keeps the order.
        browser.click(".groups input");
        browser.type_text("sUsPeNdEd");
        let said = "document.querySelector('.groups output').textContent";
        browser.wait(said, &"4 of 51 groups".into());
        let mut found = subjects.clone();
        let suspended = ["Totally", "gnp", "=", "售"];
        found.retain(|it| suspended.iter().any(|name| it.starts_with(name)));
        assert_eq!(column(&mut browser, SUBJECT), found);
        browser.type_text(" hyperlink");
        browser.wait(said, &"1 of 51 groups".into());
        browser.eval("document.querySelector('.groups input').select()");
        browser.type_text("there is no such group");
        browser.wait(said, &"0 of 51 groups".into());
        browser.eval("document.querySelector('.groups input').select()");
        browser.type_text(" ");
        browser.wait(said, &"51 of 51 groups".into());
        assert_eq!(column(&mut browser, SUBJECT), subjects);
        let said = "document.querySelector('.findings output').textContent";
        assert_eq!(browser.eval(said), "19 of 19 findings");
        browser.click(".groups th:nth-child(1) button");
        browser.click(".groups th:nth-child(1) button");
        assert_eq!(column(&mut browser, ID), listed, "as they were listed");
    }

    #[test]
    fn strangers_run_nothing() {
        let groups = Scenario::groups(&groups_of(&HOSTILE));
        let Some((mut browser, _scenario)) = opened(groups, 1280) else {
            return;
        };
        // The script of the page ran; it alone.
        assert_eq!(
            browser.eval("document.querySelectorAll('th button').length"),
            14
        );
        assert_eq!(browser.eval("document.scripts.length"), 1);
        assert_eq!(browser.eval("document.styleSheets.length"), 1);
        assert_eq!(browser.eval("typeof window.pwned"), "undefined");
        let title = browser.eval("document.title");
        assert!(title.as_str().unwrap().starts_with("Audit: "), "{title}");
        let strange = "document.querySelectorAll('img, a, link, svg [onload], td *').length";
        assert_eq!(browser.eval(strange), 0);
        // Each text is shown, and as nothing but text.
        let shown = column(&mut browser, SUBJECT);
        assert_eq!(shown, HOSTILE.map(|it| sanitize(it).into_owned()));
        // Going over everything with a mouse or keys changes none of that.
        browser.click(".groups td:nth-child(1)");
        browser.click(".groups th:nth-child(1) button");
        browser.click(".groups input");
        browser.type_text("<img src=x onerror=window.pwned=1>");
        let said = "document.querySelector('.groups output').textContent";
        browser.wait(said, &"1 of 14 groups".into());
        assert_eq!(browser.eval("typeof window.pwned"), "undefined");
        assert_eq!(browser.eval("document.images.length"), 0);
        for event in &browser.events {
            let method = event["method"].as_str().unwrap_or_default();
            let quiet = !["Log.entryAdded", "Runtime.exceptionThrown"].contains(&method);
            assert!(quiet, "no breach of the policy, no error: {event}");
            let url = &event["params"]["request"]["url"];
            let is_ours = url.as_str().is_none_or(|it| it.ends_with("/report.html"));
            assert!(is_ours, "nothing is fetched: {event}");
        }
        // What the test relies on: the policy would have stopped a script.
        browser.eval(
            "document.body.append(Object.assign(document.createElement('script'), \
             { textContent: 'window.pwned = 1' }))",
        );
        assert_eq!(browser.eval("typeof window.pwned"), "undefined");
        browser.eval("0");
        let breach = |it: &Value| {
            it["params"]["entry"]["text"]
                .as_str()
                .is_some_and(|it| it.contains("Content Security Policy"))
        };
        assert!(browser.events.iter().any(breach), "{:?}", browser.events);
    }

    #[test]
    fn the_page_fits_a_phone_a_dark_room_and_paper() {
        let long = "W".repeat(300);
        let groups = Scenario::groups(&groups_of(&[&long, "x"]));
        let Some((mut browser, _scenario)) = opened(groups, 360) else {
            return;
        };
        let overflow = "document.documentElement.scrollWidth - window.innerWidth";
        assert_eq!(
            (browser.eval(overflow), browser.eval("innerWidth")),
            (0.into(), 360.into())
        );
        // A row cuts off what is wider than itself: nothing may be.
        let cut = "Array.from(document.querySelectorAll('td, h1, header li'))\
             .filter(it => it.clientWidth > 0 && it.scrollWidth > it.clientWidth).length";
        assert_eq!(browser.eval(cut), 0);
        // Where a row is a card, each cell is called as its column is.
        let labels = "Array.from(document.querySelectorAll('.listing'), it => \
             Array.from(it.querySelector('tbody tr').cells, (cell, at) => \
             [getComputedStyle(cell, '::before').content, it.querySelectorAll('th')[at].textContent]))\
             .flat().filter(([label]) => label !== 'none')";
        let labels: Vec<(String, String)> = serde_json::from_value(browser.eval(labels)).unwrap();
        assert_eq!(labels.len(), 11);
        for (label, heading) in labels {
            assert_eq!(label, format!("{heading:?}"));
        }
        browser.resize(1280, 900);
        let wide = browser.eval(overflow);
        assert!(wide.as_i64().unwrap() <= 0, "{wide}");
        assert_eq!(browser.eval(cut), 0);
        let mut shade = |media: &str, scheme: &str| {
            let features = json!([{"name": "prefers-color-scheme", "value": scheme}]);
            let emulated = json!({"media": media, "features": features});
            browser.ask("Emulation.setEmulatedMedia", &emulated);
            let colors = "[getComputedStyle(document.documentElement).backgroundColor, \
                 getComputedStyle(document.body).color, \
                 getComputedStyle(document.querySelector('.tools')).display].join(' ')";
            browser.eval(colors).as_str().unwrap().to_owned()
        };
        assert_eq!(
            shade("", "light"),
            "rgb(246, 247, 247) rgb(28, 32, 36) flex"
        );
        assert_eq!(shade("", "dark"), "rgb(18, 21, 23) rgb(228, 231, 234) flex");
        assert_eq!(
            shade("print", "dark"),
            "rgb(255, 255, 255) rgb(0, 0, 0) none"
        );
    }

    #[test]
    fn without_scripts_the_page_is_plain_and_whole() {
        let Some(mut browser) = Browser::start() else {
            return;
        };
        let scenario = Scenario::demo();
        let page = page(&scenario);
        let scenario = scenario.file("report.html", page);
        let disabled = json!({"value": true});
        browser.ask("Emulation.setScriptExecutionDisabled", &disabled);
        browser.open(&scenario.path().join("report.html"));
        assert_eq!(column(&mut browser, ID).len(), 51);
        let promised = "Array.from(document.querySelectorAll('input, button'))\
             .filter(it => it.checkVisibility()).length";
        assert_eq!(browser.eval(promised), 0);
    }
}
