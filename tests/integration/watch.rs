//! `cams-groups list --watch`, mostly in a world where time passes only by
//! waiting. There a look that is refused for good is the end.

mod ends;
mod screen;

use std::time::Duration;

use cams_groups::exit::Exit;
use cams_groups::sandbox::{ACCESS_KEY_SECRET, Config, Groups};
use cams_groups::world::{Env, Screen, World};
use serde_json::Value;
use unicode_width::UnicodeWidthStr as _;

use crate::support::{
    Scenario, answering_passes, in_process, pointing_at, sandbox_with, still_world,
};

fn page(rows: &[&str]) -> Vec<String> {
    let list: Vec<String> = rows.iter().map(|row| format!("{{{row}}}")).collect();
    vec![format!(
        r#"{{"Code":"OK","Data":{{"Total":{},"List":[{}]}}}}"#,
        list.len(),
        list.join(",")
    )]
}

fn refused(code: &str) -> Vec<String> {
    vec![format!(
        r#"{{"Code":"{code}","Message":"No.","RequestId":"r"}}"#
    )]
}

const CREATING: &str = r#""GroupId":"g1","Subject":"Desk","GroupStatus":"CREATING","InviteLink":"https://chat.example/old""#;
const ACTIVE: &str = r#""GroupId":"g1","Subject":"Desk","GroupStatus":"ACTIVE","InviteLink":"https://chat.example/new""#;
const OTHER: &str = r#""GroupId":"-5","Subject":"Other","GroupStatus":"ACTIVE""#;
const HOSTILE: &str = r#""GroupId":"g6","Subject":"\u001b[2J\u001b[31m\u202egnp\u009b0m\n\r","GroupStatus":"ACTIVE","GmtModifier":1780300800000"#;

/// A world whose groups are like this at each look; then nobody may look.
fn world(mut looks: Vec<Vec<String>>) -> World {
    looks.push(refused("NoPermission"));
    still_world(pointing_at(&answering_passes(looks)))
}

/// What happens, an object each.
fn events(stdout: &str) -> Vec<Value> {
    let lines = stdout.lines();
    lines.map(|it| serde_json::from_str(it).unwrap()).collect()
}

/// The kinds of events, each with the group that it is about.
fn kinds(events: &[Value]) -> Vec<String> {
    let kind = |it: &Value| {
        let id = it["group"]["GroupId"].as_str().unwrap_or_default();
        let kind = it["event"].as_str().unwrap();
        format!("{kind} {id}").trim().to_owned()
    };
    events.iter().map(kind).collect()
}

const JSONL: [&str; 4] = ["list", "--watch", "-o", "jsonl"];

#[test]
fn every_change_is_an_event_with_its_time() {
    let world = world(vec![
        page(&[OTHER, CREATING]),
        page(&[OTHER, CREATING]),
        page(&[HOSTILE, ACTIVE]),
    ]);
    let (exit, stdout, stderr) = in_process(&world, None, &JSONL);
    assert_eq!(exit, Exit::Access, "{stderr}");
    assert!(stderr.contains("NoPermission"), "{stderr}");
    let events = events(&stdout);
    assert_eq!(
        kinds(&events),
        [
            "present -5",
            "present g1",
            "looked",
            "looked",
            "added g6",
            "changed g1",
            "removed -5",
            "looked",
            "failed"
        ]
    );
    assert_eq!(events[0]["at"], "2026-06-30T12:00:00.000Z");
    assert_eq!(events[2]["groups"], 2);
    assert_eq!(events[2]["next"], events[3]["at"]);
    let changed = &events[5];
    assert_eq!(changed["group"]["GroupStatus"], "ACTIVE");
    assert_eq!(
        changed["changes"]["GroupStatus"],
        serde_json::json!({"old": "CREATING", "new": "ACTIVE"})
    );
    assert_eq!(changed["changes"].as_object().unwrap().len(), 2);
    assert_eq!(events[6]["group"]["Subject"], "Other", "as it was last");
    assert_eq!(events[8]["error"]["code"], "NoPermission");
    assert_eq!(events[8]["next"], Value::Null);
    // Thirty seconds, a tenth more or less.
    let waits = world.clock.waits();
    assert_eq!(waits.len(), 3);
    let range = Duration::from_secs(27)..=Duration::from_secs(33);
    assert!(waits.iter().all(|it| range.contains(it)), "{waits:?}");
    assert!(!stdout.contains(['\u{1b}', '\u{9b}', '\u{202e}']));
}

#[test]
fn what_is_chosen_and_shown_is_what_is_watched() {
    let looks = || vec![page(&[OTHER, CREATING]), page(&[OTHER, ACTIVE])];
    let args = [&JSONL[..], &["--columns", "id,subject"]].concat();
    let (_, stdout, _) = in_process(&world(looks()), None, &args);
    assert!(
        stdout.starts_with(r#"{"event":"present","at":"2026-06-30T12:00:00.000Z","group":{"GroupId":"-5","Subject":"Other"}}"#),
        "{stdout}"
    );
    assert!(!stdout.contains("changed"), "{stdout}");

    let args = [&JSONL[..], &["--match", "Desk", "--sort", "id"]].concat();
    let (_, stdout, _) = in_process(&world(looks()), None, &args);
    assert_eq!(
        kinds(&events(&stdout)),
        ["present g1", "looked", "changed g1", "looked", "failed"]
    );

    // That a link changed is told; what it is, is not.
    let args = [&JSONL[..], &["--redact"]].concat();
    let (_, stdout, _) = in_process(&world(looks()), None, &args);
    let changed = &events(&stdout)[3];
    assert_eq!(
        changed["changes"]["InviteLink"],
        serde_json::json!({"old": "(redacted)", "new": "(redacted)"})
    );
    assert!(!stdout.contains("chat.example"), "{stdout}");

    // What cannot be judged is no look.
    let counted = page(&[r#""GroupId":"g1","TotalParticipantCount":8"#]);
    let args = [&JSONL[..], &["--full"]].concat();
    let (_, stdout, stderr) = in_process(&world(vec![counted, page(&[OTHER])]), None, &args);
    assert_eq!(
        kinds(&events(&stdout)),
        ["present g1", "looked", "failed", "failed"]
    );
    assert!(stderr.contains("1 group left out"), "{stderr}");
}

#[test]
fn a_look_that_fails_is_told_and_made_up_for_after_longer_rests() {
    let short = vec![r#"{"Code":"OK","Data":{"Total":9,"List":[{"GroupId":"g1"}]}}"#.to_owned()];
    // A listing that is not whole is read up to three times, page by page.
    let short_look = [short.clone(), short.clone(), short];
    let looks = [page(&[CREATING])]
        .into_iter()
        .chain(short_look)
        .chain([page(&[ACTIVE])]);
    let world = world(looks.collect());
    let args = [&JSONL[..], &["--passes", "1", "--page-size", "20"]].concat();
    let (exit, stdout, stderr) = in_process(&world, None, &args);
    assert_eq!(exit, Exit::Access);
    let events = events(&stdout);
    assert_eq!(
        kinds(&events),
        [
            "present g1",
            "looked",
            "failed",
            "failed",
            "failed",
            "changed g1",
            "looked",
            "failed"
        ],
        "nothing is gone because it was not seen"
    );
    assert_eq!(events[2]["error"]["kind"], "incomplete");
    assert_eq!(
        stderr.matches("error: the listing is incomplete").count(),
        3
    );
    let waits = world.clock.waits();
    for (wait, around) in waits.iter().zip([30.0, 60.0, 120.0, 240.0, 30.0]) {
        let off = (wait.as_secs_f64() / around - 1.0).abs();
        assert!(off <= 0.101, "{waits:?}");
    }
}

#[test]
fn a_first_look_that_fails_is_the_end() {
    let throttled = still_world(pointing_at(&answering_passes(vec![refused(
        "Throttling.User",
    )])));
    let (exit, stdout, stderr) = in_process(&throttled, None, &JSONL);
    assert_eq!((exit, stdout.as_str()), (Exit::Throttled, ""), "{stderr}");
    let nobody = still_world(pointing_at("http://127.0.0.1:1"));
    let (exit, stdout, stderr) = in_process(&nobody, Some(80), &["list", "--watch"]);
    assert_eq!((exit, stdout.as_str()), (Exit::Network, ""), "{stderr}");
    assert!(stderr.contains("error"), "{stderr}");
}

#[test]
fn a_group_that_cannot_be_known_again_cannot_be_watched() {
    let world = world(vec![page(&[r#""Subject":"Nameless""#])]);
    let (exit, stdout, stderr) = in_process(&world, None, &JSONL);
    assert_eq!((exit, stdout.as_str()), (Exit::Refused, ""));
    assert!(stderr.contains("group 1 has no GroupId"), "{stderr}");
}

/// The pictures that a terminal of so many rows gets, one a look, after what comes
/// before the first; and what is said.
fn pictures(looks: Vec<Vec<String>>, rows: u16, args: &[&str]) -> (Vec<String>, String) {
    let mut world = world(looks);
    world.screen = Screen::Fixed(80, rows);
    let args = [&["list", "--watch=1m"], args].concat();
    let (exit, stdout, stderr) = in_process(&world, Some(80), &args);
    assert_eq!(exit, Exit::Access, "{stderr}");
    let pictures = stdout.split("\u{1b}[?7l\u{1b}[H");
    (pictures.map(str::to_owned).collect(), stderr)
}

#[test]
fn a_terminal_is_drawn_over_and_changes_are_marked_with_and_without_colour() {
    let looks = || {
        vec![
            page(&[OTHER, CREATING]),
            page(&[HOSTILE, ACTIVE]),
            page(&[HOSTILE, ACTIVE]),
        ]
    };
    let (plain, stderr) = pictures(looks(), 24, &["--color", "never"]);
    // The first one scrolls away what stood there; the last one marks the end.
    assert_eq!(plain.len(), 5);
    assert_eq!(plain[0], "\n".repeat(24));
    assert!(stderr.contains("NoPermission"), "{stderr}");
    for picture in &plain[1..] {
        assert!(picture.ends_with("\u{1b}[J\u{1b}[?7h"), "{picture:?}");
        let lines = picture.trim_end_matches("\u{1b}[J\u{1b}[?7h");
        assert!(
            lines
                .split_terminator('\n')
                .all(|it| it.ends_with("\u{1b}[K"))
        );
        let rest = lines.replace("\u{1b}[K\n", "");
        for line in lines.lines() {
            // Clearing from the last column on would clear a character.
            assert!(line.trim_end_matches("\u{1b}[K").width() < 80, "{line}");
        }
        assert!(!rest.contains(|c: char| c.is_control() || c == '\u{202e}'));
    }
    let texts: Vec<String> = plain[1..]
        .iter()
        .map(|it| it.replace("\u{1b}[K", "").replace("\u{1b}[J\u{1b}[?7h", ""))
        .collect();
    insta::assert_snapshot!(texts.join("----\n"));

    let (coloured, _) = pictures(looks(), 24, &["--color", "always"]);
    let second = &coloured[2];
    for sign in ["1;32m+", "1;33m~", "1;31m-"] {
        assert!(second.contains(sign), "{sign}: {second:?}");
    }
}

#[test]
fn where_there_is_little_room_what_changed_stays_in_sight() {
    let row = |at: usize, status: &str| {
        format!(r#""GroupId":"g{at:02}","Subject":"S","GroupStatus":"{status}""#)
    };
    let look = |last: &str| {
        let rows: Vec<String> = (0..50)
            .map(|at| row(at, if at == 49 { last } else { "ACTIVE" }))
            .collect();
        page(&rows.iter().map(String::as_str).collect::<Vec<_>>())
    };
    for rows in [2, 10, 24] {
        let (pictures, _) = pictures(
            vec![look("CREATING"), look("ACTIVE")],
            rows,
            &["--color", "never"],
        );
        for picture in &pictures[1..] {
            let lines = picture.matches('\n').count();
            assert!(lines < usize::from(rows.max(7)), "{rows}: {picture}");
        }
        let second = &pictures[2];
        assert!(second.contains("~ g49"), "{rows}: {second}");
        assert!(second.contains("more; --status"), "{rows}: {second}");
    }
}

#[test]
fn what_was_seen_stays_on_the_screen_as_of_when_it_was_seen() {
    let looks = vec![
        page(&[CREATING]),
        vec![r#"{"Code":"OK","Data":{"Total":9,"List":[{"GroupId":"g7"}]}}"#.to_owned()],
    ];
    let args = ["--passes", "1", "--page-size", "20", "--color", "never"];
    let (pictures, stderr) = pictures(looks, 24, &args);
    let failed = &pictures[2];
    assert!(
        failed.starts_with("1 group AS OF 2026-06-30 12:00:00 UTC\u{1b}[K\nthe look at 12:0"),
        "{failed}"
    );
    assert!(failed.contains("FAILED; the next is at 12:0"), "{failed}");
    assert!(failed.contains("g1") && !failed.contains("g7"), "{failed}");
    assert!(
        stderr.contains("error: the listing is incomplete"),
        "{stderr}"
    );
    assert!(!failed.contains("has changed"), "nobody knows: {failed}");
    let last = &pictures[3];
    assert!(last.contains("FAILED; it was the last"), "{last}");
}

#[test]
fn a_terminal_that_knows_no_escapes_gets_none() {
    let endpoint = answering_passes(vec![page(&[CREATING]), refused("NoPermission")]);
    let dumb = Env::fixed([
        ("TERM", "dumb"),
        ("CAMS_GROUPS_ENDPOINT", &endpoint),
        ("CAMS_GROUPS_BUSINESS_NUMBER", "8613800000000"),
        ("CAMS_GROUPS_SPACE_ID", "cams-sandbox"),
        ("ALIBABA_CLOUD_ACCESS_KEY_ID", "testAccessKeyId"),
        ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", ACCESS_KEY_SECRET),
    ]);
    let (_, stdout, _) = in_process(&still_world(dumb), Some(80), &["list", "--watch"]);
    assert!(
        stdout.contains("g1") && !stdout.contains('\u{1b}'),
        "{stdout}"
    );
}

#[test]
fn what_makes_no_sense_is_refused_before_anyone_is_asked() {
    let scenario = Scenario::at("http://127.0.0.1:1").with_key();
    for (args, words) in [
        (&["--watch", "30s"][..], "unexpected argument '30s'"),
        (&["--watch=0.5s"], "a time from 1s"),
        (&["--watch", "--page", "1"], "cannot be used with"),
        (&["--watch", "--count"], "cannot be used with"),
        (&["--watch", "--summary"], "cannot be used with"),
        (&["--watch", "--jq", "."], "cannot be used with"),
        (&["--watch", "-O", "file"], "cannot be used with"),
        (&["--watch", "--dry-run"], "cannot be used with"),
        (&["--watch", "--trace-file", "file"], "cannot be used with"),
        (&["--watch", "--limit", "3"], "cannot be used with"),
        (&["--watch", "--allow-incomplete"], "cannot be used with"),
        (&["--watch"], "an event a line"),
        (&["--watch", "-o", "json"], "an event a line"),
        (&["--watch", "-o", "jsonl", "--no-header"], "means nothing"),
    ] {
        let outcome = scenario.run([&["list"], args].concat());
        assert_eq!((outcome.code, outcome.stdout.as_str()), (2, ""), "{args:?}");
        assert!(outcome.stderr.contains(words), "{args:?}: {outcome:?}");
    }
    let world = still_world(pointing_at("http://127.0.0.1:1"));
    let (exit, _, stderr) = in_process(&world, Some(80), &["list", "--watch", "-o", "csv"]);
    assert_eq!(exit, Exit::Usage);
    assert!(stderr.contains("-o table, -o wide or -o jsonl"), "{stderr}");
}

fn settling() -> Scenario {
    let endpoint = sandbox_with(Groups::Demo(Groups::DEMO), |config| Config {
        settle: Some(Duration::from_secs(16)),
        ..config
    });
    Scenario::at(&endpoint).with_key()
}

#[cfg(unix)]
#[test]
fn ctrl_c_and_a_reader_who_leaves_end_it() {
    use std::io::{BufRead as _, BufReader};
    use std::process::Stdio;

    let mut child = settling()
        .process(None)
        .args(["list", "--watch=1s", "-o", "jsonl"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    // Read until something has changed: events come at once.
    let changed = lines
        .map(Result::unwrap)
        .find(|it| it.starts_with(r#"{"event":"changed""#));
    assert!(changed.is_some_and(|it| it.contains(r#""new":"ACTIVE""#)));
    // The reader has left with the iterator; the next look finds that out.
    assert_eq!(child.wait().unwrap().code(), Some(0));

    let mut child = settling()
        .process(None)
        .args(["list", "--watch", "-o", "jsonl"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    lines.next().unwrap().unwrap();
    let id = child.id().to_string();
    let kill = std::process::Command::new("kill")
        .args(["-INT", &id])
        .status();
    assert!(kill.unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(130));
}

#[cfg(target_os = "linux")]
#[test]
fn a_real_terminal_is_left_as_it_was() {
    let scenario = settling();
    // What is said during a look must be below the table, not under it.
    let text = scenario.on_terminal("list --watch=1s --deadline 5s --color always -o wide -v");
    let (begun, done) = ("\u{1b}[?7l\u{1b}[H", "\u{1b}[J\u{1b}[?7h");
    let pictures: Vec<&str> = text.split(begun).skip(1).collect();
    assert!(!pictures.is_empty(), "{text}");
    let last = pictures.len() - 1;
    for (at, picture) in pictures.into_iter().enumerate() {
        let (drawn, said) = picture.split_once(done).unwrap();
        let next = if at == last {
            "; it was the last look"
        } else {
            "; next look at"
        };
        assert!(drawn.contains(next), "{drawn}");
        assert!(said.contains("page 1: "), "{said}");
        assert!(!drawn.contains("page 1:"), "{drawn}");
    }
    let ours = regex::Regex::new("\u{1b}\\[[0-9;]*[mKHJ]|\u{1b}\\[\\?7[lh]|\r*\n|\r").unwrap();
    let rest = ours.replace_all(&text, "");
    let bad = rest.chars().find(|c| c.is_control() || *c == '\u{202e}');
    assert_eq!(bad, None, "{rest:?}");
}

#[test]
fn at_its_deadline_it_ends_as_its_last_look_did() {
    let args = ["list", "--watch=1s", "-o", "jsonl", "--deadline", "5s"];
    let outcome = settling().run(args);
    assert_eq!(
        (outcome.code, outcome.stderr.as_str()),
        (0, ""),
        "{outcome:?}"
    );
    assert!(outcome.stdout.contains(r#""event":"looked""#));
    let args = ["list", "--sandbox", "--watch=1s", "-o", "jsonl"];
    let outcome = Scenario::bare().run([&args[..], &["--deadline", "4s"]].concat());
    assert_eq!(outcome.code, 0, "{outcome:?}");
    let args = ["list", "--watch", "-o", "jsonl", "--deadline", "1s"];
    let mute = crate::support::server(|_| std::thread::sleep(Duration::from_mins(1))).0;
    let words = Scenario::at(&mute).with_key().run(args).fails(6);
    assert!(words.contains("(--deadline)"), "{words}");
}
