//! The report opened in Chromium, which sorts and searches it and runs nothing
//! else.

use cams_groups::output::sanitize::sanitize;
use cams_groups::sandbox::{Config, Groups};
use serde_json::{Value, json};

use super::{HOSTILE, groups_of, page};
use crate::support::browser::Browser;
use crate::support::{Scenario, sandbox_with};

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

    // Its arrow is to be seen, and not spelt out by a reader's voice.
    let tree = browser.ask("Accessibility.getFullAXTree", &json!({}));
    let nodes = tree["nodes"].as_array().unwrap().iter();
    let buttons = nodes.filter(|it| it["role"]["value"] == "button");
    let names: Vec<&Value> = buttons.map(|it| &it["name"]["value"]).collect();
    assert_eq!(names.len(), 14);
    for name in names {
        let name = name.as_str().unwrap();
        assert!(name.is_ascii() && name.trim() == name, "{name:?}");
    }

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

const OVERFLOW: &str = "document.documentElement.scrollWidth - window.innerWidth";

/// A row cuts off what is wider than itself: nothing may be.
const CUT: &str = "Array.from(document.querySelectorAll('td, h1, header li'))\
     .filter(it => it.clientWidth > 0 && it.scrollWidth > it.clientWidth).length";

#[track_caller]
fn fits_a_phone(browser: &mut Browser) {
    assert_eq!(
        (browser.eval(OVERFLOW), browser.eval("innerWidth")),
        (0.into(), 360.into())
    );
    assert_eq!(browser.eval(CUT), 0);
}

/// Where a row is a card, each cell is called as its column is; returns how many
/// are called anything.
#[track_caller]
fn labelled(browser: &mut Browser) -> usize {
    let labels = "Array.from(document.querySelectorAll('.listing'), it => \
         Array.from(it.querySelector('tbody tr').cells, (cell, at) => \
         [getComputedStyle(cell, '::before').content, it.querySelectorAll('th')[at].textContent]))\
         .flat().filter(([label]) => label !== 'none')";
    let labels: Vec<(String, String)> = serde_json::from_value(browser.eval(labels)).unwrap();
    for (label, heading) in &labels {
        assert_eq!(*label, format!("{heading:?}"));
    }
    labels.len()
}

/// The page of two targets, whose policy lets one rule be broken for a while.
fn of_targets() -> Scenario {
    let endpoint = sandbox_with(Groups::Demo(Groups::DEMO), |config| {
        let targets = ["cams-sandbox", "cams-second"].map(|space| {
            let number = "8613800000000";
            (space.parse().unwrap(), number.parse().unwrap())
        });
        Config {
            more: targets.into(),
            ..config
        }
    });
    let long = "W".repeat(150);
    let scenario = Scenario::at(&endpoint)
        .with_key()
        .unset("CAMS_GROUPS_SPACE_ID")
        .unset("CAMS_GROUPS_BUSINESS_NUMBER")
        .file(
            "targets.csv",
            format!(
                "space_id,business_number,name\ncams-sandbox,8613800000000,{long}\n\
                 cams-second,8613800000000,second\n"
            ),
        )
        .file(
            "audit.toml",
            format!(
                "[rules.status]\nallow = [\"ACTIVE\"]\n[[exceptions]]\nrule = \"status\"\n\
                 subject = \"^Order|{long}\"\nreason = \"{long}\"\nuntil = \"2999-12-31\"\n"
            ),
        );
    let args = "audit --targets targets.csv --policy audit.toml --fail-on=never -o html";
    let page = scenario.run(args.split(' ').collect::<Vec<_>>()).data();
    scenario.file("report.html", page)
}

#[test]
fn the_page_of_many_targets_fits_a_phone_too() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let scenario = of_targets();
    browser.resize(360, 740);
    browser.open(&scenario.path().join("report.html"));
    for (table, columns) in [
        (".targets.findings", 6),
        (".targets.groups", 10),
        (".excepted", 5),
    ] {
        let there = format!("document.querySelectorAll('{table} tbody tr:first-child td').length");
        assert_eq!(browser.eval(&there), columns, "{table}");
    }
    fits_a_phone(&mut browser);
    assert_eq!(labelled(&mut browser), 4 + 9 + 5);
    browser.resize(1280, 900);
    let wide = browser.eval(OVERFLOW);
    assert!(wide.as_i64().unwrap() <= 0, "{wide}");
}

#[test]
fn the_page_fits_a_phone_a_dark_room_and_paper() {
    let long = "W".repeat(300);
    let groups = Scenario::groups(&groups_of(&[&long, "x"]));
    let Some((mut browser, _scenario)) = opened(groups, 360) else {
        return;
    };
    fits_a_phone(&mut browser);
    assert_eq!(labelled(&mut browser), 11);
    browser.resize(1280, 900);
    let wide = browser.eval(OVERFLOW);
    assert!(wide.as_i64().unwrap() <= 0, "{wide}");
    assert_eq!(browser.eval(CUT), 0);
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
