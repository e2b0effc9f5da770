//! `cams-groups wait`, in a world where time passes only by waiting.

use std::time::Duration;

use cams_groups::exit::Exit;
use cams_groups::sandbox::{Config, Groups};
use cams_groups::world::World;

use crate::support::{
    Scenario, answering_json, answering_passes, in_process, pointing_at, sandbox_with, server,
    still_world,
};

fn page(rows: &[&str]) -> Vec<String> {
    let list: Vec<String> = rows.iter().map(|row| format!("{{{row}}}")).collect();
    vec![format!(
        r#"{{"Code":"OK","Data":{{"Total":{},"List":[{}]}}}}"#,
        list.len(),
        list.join(",")
    )]
}

const CREATING: &str =
    r#""GroupId":"g1","Subject":"Desk","GroupStatus":"CREATING","TotalParticipantCount":1"#;
const ACTIVE: &str =
    r#""GroupId":"g1","Subject":"Desk","GroupStatus":"ACTIVE","TotalParticipantCount":8"#;
const OTHER: &str = r#""GroupId":"-5","Subject":"Other","GroupStatus":"ACTIVE""#;

/// A world whose groups are like this at each look, and stay like the last.
fn world(looks: Vec<Vec<String>>) -> World {
    still_world(pointing_at(&answering_passes(looks)))
}

#[test]
fn groups_that_move_through_creating_are_waited_for() {
    let looks = vec![
        page(&[OTHER]),
        page(&[OTHER, CREATING]),
        page(&[OTHER, CREATING]),
        page(&[OTHER, ACTIVE]),
    ];
    let world = world(looks);
    let args = ["wait", "--group-id", "g1", "--for", "active", "-o", "ids"];
    let (exit, stdout, stderr) = in_process(&world, None, &args);
    assert_eq!(
        (exit, stdout.as_str(), stderr.as_str()),
        (Exit::Success, "g1\n", "")
    );
    let waits = world.clock.waits();
    assert_eq!(waits.len(), 3);
    // The rests grow, and are scattered by a tenth either way.
    for (wait, around) in waits.iter().zip([5.0, 6.25, 7.8125]) {
        let off = (wait.as_secs_f64() / around - 1.0).abs();
        assert!(off <= 0.101, "{waits:?}");
    }
}

#[test]
fn every_condition_is_reached_and_shown() {
    for (args, looks) in [
        (
            &["--subject", "Desk", "--for", "gone"][..],
            vec![page(&[OTHER, ACTIVE]), page(&[OTHER])],
        ),
        (
            &["--all", "--for", "active"],
            vec![page(&[OTHER, CREATING]), page(&[OTHER, ACTIVE])],
        ),
        (
            &["--subject", "Desk", "--for", "participants>=8"],
            vec![page(&[CREATING]), page(&[ACTIVE])],
        ),
        (
            &["--group-id", "-5", "--group-id", "g1", "--for", "ACTIVE"],
            vec![page(&[OTHER]), page(&[OTHER, ACTIVE])],
        ),
    ] {
        let world = world(looks);
        let (exit, _, stderr) = in_process(&world, None, &[&["wait"], args].concat());
        assert_eq!(exit, Exit::Success, "{args:?}: {stderr}");
        assert_eq!(world.clock.waits().len(), 1, "{args:?}");
    }
}

#[test]
fn what_is_not_in_time_is_exit_1_with_the_last_that_was_seen() {
    let world = world(vec![page(&[CREATING])]);
    let args = [
        "wait",
        "--all",
        "--for",
        "active",
        "--timeout",
        "1m",
        "--interval",
        "2s",
        "-o",
        "ids",
    ];
    let (exit, stdout, stderr) = in_process(&world, None, &args);
    assert_eq!((exit, stdout.as_str()), (Exit::Findings, "g1\n"));
    assert_eq!(stderr, "warning: not ACTIVE within 60s (--timeout)\n");
    let waited: Duration = world.clock.waits().iter().sum();
    assert_eq!(waited, Duration::from_mins(1), "neither more nor less");
}

#[test]
fn what_may_pass_is_waited_out_and_what_will_not_ends_it() {
    let throttled = r#"{"Code":"Throttling.User","Message":"Slow.","RequestId":"r"}"#.to_owned();
    let passing = world(
        vec![vec![throttled.clone()]; 7]
            .into_iter()
            .chain([page(&[ACTIVE])])
            .collect(),
    );
    let args = ["wait", "--all", "--for", "active", "-o", "ids"];
    let (exit, stdout, _) = in_process(&passing, None, &args);
    assert_eq!((exit, stdout.as_str()), (Exit::Success, "g1\n"));
    let never = world(vec![vec![throttled]]);
    let (exit, stdout, _) = in_process(&never, None, &[&args[..], &["--timeout", "5m"]].concat());
    assert_eq!(
        (exit, stdout.as_str()),
        (Exit::Throttled, ""),
        "it could not be looked"
    );
    let (mute, _told) = server(|_| std::thread::sleep(Duration::from_mins(1)));
    let began = std::time::Instant::now();
    let outcome =
        Scenario::at(&mute)
            .with_key()
            .run(["wait", "--all", "--for", "active", "--timeout", "1s"]);
    assert_eq!(outcome.code, 6, "{outcome:?}");
    assert!(
        outcome.stderr.contains("no answer within 1s"),
        "{outcome:?}"
    );
    assert!(began.elapsed() < Duration::from_secs(20));
    let refused = answering_json(
        "403 Forbidden",
        r#"{"Code":"NoPermission","RequestId":"r"}"#,
    );
    Scenario::at(&refused)
        .with_key()
        .run(["wait", "--all", "--for", "active"])
        .fails(4);
}

#[test]
fn what_to_wait_for_must_be_said_and_make_sense() {
    for (args, words) in [
        (
            &["wait", "--for", "active"][..],
            "--group-id <ID>|--subject <TEXT>|--all",
        ),
        (&["wait", "--all"], "--for <CONDITION>"),
        (&["wait", "--all", "--for", "actve"], "did you mean ACTIVE?"),
        (
            &["wait", "--all", "--for", "active", "--interval", "1ms"],
            "a time from 100ms",
        ),
    ] {
        let outcome = Scenario::bare().run(args);
        assert_eq!(outcome.code, 2, "{outcome:?}");
        assert!(outcome.stderr.contains(words), "{words}: {outcome:?}");
    }
}

/// A world whose groups are done after this time.
fn settling(after: Duration) -> Scenario {
    let groups = r#"[{"GroupId":"g1","Subject":"Desk","GroupStatus":"CREATING"},
        {"GroupId":"g2","Subject":"Other","GroupStatus":"UPDATING"},
        {"GroupId":"g3","Subject":"Old","GroupStatus":"DELETING"}]"#;
    let groups = Groups::from_json(groups.as_bytes()).unwrap();
    let endpoint = sandbox_with(groups, move |config| Config {
        settle: Some(after),
        ..config
    });
    Scenario::at(&endpoint).with_key()
}

#[test]
fn a_sandbox_whose_groups_live_is_waited_for() {
    // Slow enough that the first look finds them on their way, on most machines;
    // what is asserted holds on all.
    for (args, shown) in [
        (&["--subject", "Desk", "--for", "ACTIVE"][..], "g1\n"),
        (&["--group-id", "g2", "--for", "active"], "g2\n"),
        (&["--group-id", "g3", "--for", "gone"], ""),
    ] {
        let scenario = settling(Duration::from_secs(1));
        let args = [
            &[
                "wait",
                "-o",
                "ids",
                "--interval",
                "200ms",
                "--timeout",
                "5m",
            ],
            args,
        ]
        .concat();
        let outcome = scenario.run(args);
        assert_eq!((outcome.code, outcome.stdout.as_str()), (0, shown));
    }
    let scenario = settling(Duration::from_secs(1));
    let all = ["wait", "--all", "--for", "active", "--interval", "200ms"];
    let outcome = scenario.run(all);
    assert_eq!(outcome.code, 0, "{outcome:?}");
    let shown: Vec<&str> = outcome.stdout.lines().skip(1).collect();
    // The third one is gone before the first one is active.
    assert_eq!(shown.len(), 2, "{outcome:?}");
    assert!(shown.iter().all(|it| it.contains("ACTIVE")), "{outcome:?}");
}

#[test]
fn a_sandbox_that_takes_too_long_is_not_in_time() {
    let scenario = settling(Duration::from_hours(9));
    let args = [
        "wait",
        "--all",
        "--for",
        "active",
        "--interval",
        "200ms",
        "--timeout",
        "3s",
        "-o",
        "ids",
    ];
    let outcome = scenario.run(args);
    assert_eq!(
        (outcome.code, outcome.stdout.as_str()),
        (1, "g1\ng2\ng3\n"),
        "{outcome:?}"
    );
}
