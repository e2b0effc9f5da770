//! The report of `audit` for browsers, read by a parser that is not ours.

use std::collections::BTreeSet;

use base64::Engine as _;
use html5gum::{DefaultEmitter, Token, Tokenizer};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::support::Scenario;

#[cfg(unix)]
mod browsed;

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
    let kept = ["audit", "-o", "html", "--min-groups", "51"];
    let clean = scenario.run(kept).data();
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
