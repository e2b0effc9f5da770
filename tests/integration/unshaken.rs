//! Faults of the service and the network: what is tried again, how long is
//! waited, and how it ends. Waits are recorded, not waited for.

use std::num::NonZeroU32;
use std::time::Duration;

use cams_groups::exit::Exit;
use cams_groups::sandbox::faults::Fault;
use cams_groups::sandbox::{Groups, Misbehaviour};
use cams_groups::world::Clock;

use crate::support::{
    Scenario, answering_json, in_process, pointing_at, sandbox_with, still_time, still_world,
};

/// A sandbox that misbehaves, in the same still time as the client's.
fn misbehaving(groups: u64, misbehaviour: Misbehaviour) -> String {
    sandbox_with(Groups::Demo(groups), |mut config| {
        config.misbehaviour = misbehaviour;
        config.clock = Clock::fake(still_time());
        config
    })
}

fn faulty(fault: &str, share: f64) -> Misbehaviour {
    Misbehaviour {
        faults: vec![format!("{fault}={share}").parse().unwrap()],
        ..Misbehaviour::default()
    }
}

struct Run {
    exit: Exit,
    stdout: String,
    stderr: String,
    waits: Vec<Duration>,
}

/// Runs `list` against an endpoint in still time.
fn list(endpoint: &str, more: &[&str]) -> Run {
    let world = still_world(pointing_at(endpoint));
    let clock = world.clock.clone();
    let args: Vec<&str> = ["list", "-o", "jsonl"]
        .iter()
        .chain(more)
        .copied()
        .collect();
    let (exit, stdout, stderr) = in_process(&world, None, &args);
    Run {
        exit,
        stdout,
        stderr,
        waits: clock.waits(),
    }
}

#[test]
fn a_fault_that_stays_is_tried_four_times_more_and_ends_with_its_code() {
    for (fault, exit) in [
        (Fault::Throttle400, Exit::Throttled),
        (Fault::Throttle429, Exit::Throttled),
        (Fault::Throttle503, Exit::Throttled),
        (Fault::Error500, Exit::Refused),
        (Fault::Html, Exit::Refused),
        (Fault::Truncated, Exit::Refused),
        (Fault::Reset, Exit::Network),
        (Fault::SuccessFalse, Exit::Refused),
    ] {
        let endpoint = misbehaving(51, faulty(fault.name(), 1.0));
        let run = list(&endpoint, &[]);
        assert_eq!(
            (run.exit, run.stdout.as_str()),
            (exit, ""),
            "{fault}: {}",
            run.stderr
        );
        assert_eq!(run.waits.len(), 4, "{fault}");
        let longest = [200, 400, 800, 1600].map(Duration::from_millis);
        for (wait, longest) in run.waits.iter().zip(longest) {
            let asked = fault == Fault::Throttle429;
            assert!(asked || *wait < longest, "{fault}: {:?}", run.waits);
            assert!(
                !asked || *wait == Duration::from_secs(1),
                "{fault}: {:?}",
                run.waits
            );
        }
        let fewer = list(
            &misbehaving(51, faulty(fault.name(), 1.0)),
            &["--retries", "1"],
        );
        assert_eq!((fewer.exit, fewer.waits.len()), (exit, 1));
    }
}

#[test]
fn passing_faults_do_not_show_in_the_listing() {
    let whole = list(&misbehaving(300, Misbehaviour::default()), &[]).stdout;
    for fault in Fault::ALL {
        let endpoint = misbehaving(300, faulty(fault.name(), 0.2));
        let run = list(&endpoint, &["--page-size", "10"]);
        assert_eq!(
            (run.exit, run.stderr.as_str()),
            (Exit::Success, ""),
            "{fault}"
        );
        assert_eq!(run.stdout, whole, "{fault}");
    }
}

#[test]
fn what_trying_again_would_not_mend_is_not_tried_again() {
    for (body, status, exit) in [
        (
            r#"{"Code":"SignatureDoesNotMatch"}"#,
            "400 Bad Request",
            Exit::Access,
        ),
        (r#"{"Code":"Forbidden.RAM"}"#, "403 Forbidden", Exit::Access),
        (
            r#"{"Code":"InvalidAccessKeyId.NotFound"}"#,
            "404 Not Found",
            Exit::Access,
        ),
        (
            r#"{"Code":"InvalidSecurityToken.Expired"}"#,
            "400 Bad Request",
            Exit::Access,
        ),
        (
            r#"{"Code":"MissingParameter"}"#,
            "400 Bad Request",
            Exit::Refused,
        ),
        (r#"{"Code":"OK","Data":7}"#, "200 OK", Exit::Refused),
        (r#"{"Message":"?"}"#, "400 Bad Request", Exit::Refused),
    ] {
        let run = list(&answering_json(status, body), &[]);
        assert_eq!(
            (run.exit, run.waits.len()),
            (exit, 0),
            "{body}: {}",
            run.stderr
        );
    }
}

#[test]
fn a_clock_that_is_off_is_set_once_and_said() {
    for (hours, words) in [(2, "2h slow"), (-2, "2h fast")] {
        let endpoint = misbehaving(
            51,
            Misbehaviour {
                skew: jiff::SignedDuration::from_hours(hours),
                ..Misbehaviour::default()
            },
        );
        let run = list(&endpoint, &["--page-size", "10"]);
        assert_eq!(
            (run.exit, run.stdout.lines().count()),
            (Exit::Success, 51),
            "{}",
            run.stderr
        );
        assert_eq!(
            run.stderr,
            format!("warning: this machine's clock is {words}; going by the server's\n")
        );
    }
}

#[test]
fn a_server_from_the_end_of_time_is_not_believed() {
    let endpoint = answering_with_date(
        "Thu, 30 Dec 9999 22:00:00 GMT",
        r#"{"Code":"InvalidTimeStamp.Expired"}"#,
    );
    assert_eq!(list(&endpoint, &[]).exit, Exit::Access);
}

/// A server that claims a time and refuses everything.
fn answering_with_date(date: &'static str, body: &'static str) -> String {
    use std::io::Write as _;
    let (endpoint, _) = crate::support::server(move |stream| {
        let _ = write!(
            stream,
            "HTTP/1.1 400 Bad Request\r\ndate: {date}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
            body.len()
        );
    });
    endpoint
}

#[test]
fn a_clock_that_the_server_does_not_mend_is_exit_4() {
    let endpoint = answering_json("400 Bad Request", r#"{"Code":"InvalidTimeStamp.Expired"}"#);
    let run = list(&endpoint, &[]);
    assert_eq!(run.exit, Exit::Access);
    assert!(run.stderr.contains("set the clock"), "{}", run.stderr);
}

fn pages_asked(run: &Run) -> usize {
    run.stderr
        .lines()
        .filter(|it| it.starts_with("page ") && it.contains(" in "))
        .count()
}

#[test]
fn a_page_size_that_is_refused_falls_back_to_the_documented_one() {
    let endpoint = misbehaving(
        51,
        Misbehaviour {
            max_page_size: 50,
            ..Misbehaviour::default()
        },
    );
    let run = list(&endpoint, &["-v"]);
    assert_eq!((run.exit, run.stdout.lines().count()), (Exit::Success, 51));
    assert_eq!(pages_asked(&run), 3, "{}", run.stderr);
    let named = list(&endpoint, &["--page-size", "60"]);
    assert_eq!(named.exit, Exit::Refused);
    assert!(named.stderr.contains("PageInvalid"), "{}", named.stderr);
}

#[test]
fn a_page_size_that_is_cut_in_silence_is_noticed() {
    let capped = || Misbehaviour {
        cap_page_size: NonZeroU32::new(30),
        ..Misbehaviour::default()
    };
    let run = list(&misbehaving(200, capped()), &["-v"]);
    assert_eq!((run.exit, run.stdout.lines().count()), (Exit::Success, 200));
    assert_eq!(pages_asked(&run), 1 + 7, "{}", run.stderr);
    // A size that the user names is kept; what is missing then is not hidden.
    let run = list(&misbehaving(200, capped()), &["--page-size", "100"]);
    assert_eq!(run.exit, Exit::Incomplete, "{}", run.stderr);
}

#[test]
fn the_bytes_are_the_same_however_many_pages_are_asked_for_at_once() {
    let jittery = || Misbehaviour {
        jitter: Duration::from_millis(20),
        ..Misbehaviour::default()
    };
    for format in ["jsonl", "csv", "json", "table"] {
        let bytes = |at_once| {
            let endpoint = sandbox_with(Groups::Demo(170), move |mut config| {
                config.misbehaviour = jittery();
                config
            });
            let args = [
                "list",
                "-o",
                format,
                "--page-size",
                "10",
                "--concurrency",
                at_once,
            ];
            Scenario::at(&endpoint).with_key().run(args).data()
        };
        assert_eq!(bytes("1"), bytes("16"), "{format}");
    }
}

#[test]
fn throttling_slows_a_run_and_does_not_fail_it() {
    let endpoint = sandbox_with(Groups::Demo(120), |mut config| {
        config.misbehaviour.rate_limit = NonZeroU32::new(40);
        config
    });
    let scenario = Scenario::at(&endpoint).with_key();
    let run = scenario.run([
        "list",
        "-v",
        "-o",
        "jsonl",
        "--page-size",
        "1",
        "--retries",
        "2",
    ]);
    assert_eq!(
        (run.code, run.stdout.lines().count()),
        (0, 120),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr.contains("Throttling.User"),
        "it was throttled: {}",
        run.stderr
    );
}

#[test]
fn a_rate_is_kept() {
    let endpoint = misbehaving(51, Misbehaviour::default());
    let run = list(
        &endpoint,
        &["--page-size", "10", "--max-rps", "5", "--concurrency", "1"],
    );
    assert_eq!(run.waits, [Duration::from_millis(200); 5]);
}

#[test]
fn a_dying_service_is_not_hammered() {
    let endpoint = misbehaving(10_000, faulty("error-500", 0.75));
    let run = list(&endpoint, &["--page-size", "10", "--retries", "100", "-v"]);
    assert_eq!(run.exit, Exit::Refused);
    assert!(run.waits.len() < 120, "{}", run.waits.len());
}
