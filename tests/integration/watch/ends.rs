//! How watching ends: at its deadline, and by a signal.

use std::io::Write as _;
use std::sync::Mutex;
use std::time::Duration;

use cams_groups::exit::Exit;

use super::{ACTIVE, CREATING, JSONL, events, kinds, page};
use crate::support::{Scenario, answering_passes, in_process, pointing_at, server, still_world};

const SHORT: &str = r#"{"Code":"OK","Data":{"Total":9,"List":[{"GroupId":"g7"}]}}"#;

#[test]
fn a_service_that_no_longer_answers_is_not_passed_over_at_the_deadline() {
    let endpoint = mute_after(vec![page(&[CREATING]), page(&[ACTIVE])]);
    let args = ["list", "--watch=1s", "-o", "jsonl", "--deadline", "5s"];
    let outcome = Scenario::at(&endpoint).with_key().run(args);
    assert_eq!(outcome.code, 6, "{outcome:?}");
    let events = events(&outcome.stdout);
    assert_eq!(
        kinds(&events),
        ["present g1", "looked", "changed g1", "looked", "failed"]
    );
    assert!(events[4]["next"].is_null() && events[3]["next"].is_string());
    assert_eq!(outcome.stderr.matches("error: ").count(), 1, "{outcome:?}");
    assert!(outcome.stderr.contains("(--deadline)"), "{outcome:?}");
}

/// A service that gives these answers, and then none.
fn mute_after(looks: Vec<Vec<String>>) -> String {
    let answers = Mutex::new(looks.into_iter().flatten());
    let (endpoint, _) = server(move |stream| {
        let Some(body) = answers.lock().unwrap().next() else {
            std::thread::sleep(Duration::from_mins(1));
            return;
        };
        let length = body.len();
        let _ = write!(
            stream,
            "HTTP/1.1 200 OK\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
        );
    });
    endpoint
}

#[test]
fn what_names_the_next_look_names_one_that_comes() {
    // What ends a run that blocks is real time, and far away.
    let limits = ["--watch=20m", "--deadline", "50m", "--passes", "1"];
    let looks = vec![page(&[CREATING]); 9];
    let world = still_world(pointing_at(&answering_passes(looks)));
    let args = [&JSONL[..1], &limits, &JSONL[2..]].concat();
    let (exit, stdout, stderr) = in_process(&world, None, &args);
    assert_eq!((exit, stderr.as_str()), (Exit::Success, ""));
    let told = events(&stdout);
    assert_eq!(
        kinds(&told),
        ["present g1", "looked", "looked", "looked"],
        "a fourth would come after the end"
    );
    assert_eq!(told[1]["next"], told[2]["at"]);
    assert_eq!(told[2]["next"], told[3]["at"]);
    assert!(told[3].get("next").is_some_and(serde_json::Value::is_null));
    assert_eq!(world.clock.waits().len(), 2, "nothing is waited for");

    // One failure that there is time to make up for, and one that there is not.
    let looks = || vec![page(&[CREATING]), vec![SHORT.to_owned()]];
    let world = still_world(pointing_at(&answering_passes(looks())));
    let args = [&args[..], &["--page-size", "20"]].concat();
    let (exit, stdout, stderr) = in_process(&world, None, &args);
    assert_eq!(exit, Exit::Incomplete, "{stderr}");
    let told = events(&stdout);
    assert_eq!(kinds(&told), ["present g1", "looked", "failed", "failed"]);
    assert_eq!(told[2]["next"], told[3]["at"]);
    assert!(told[3].get("next").is_some_and(serde_json::Value::is_null));
    assert_eq!(stderr.matches("error: ").count(), 2, "{stderr}");

    let world = still_world(pointing_at(&answering_passes(looks())));
    let args = [&["list", "--page-size", "20"], &limits[..]].concat();
    let (exit, stdout, stderr) = in_process(&world, Some(80), &args);
    assert_eq!(exit, Exit::Incomplete, "{stderr}");
    assert!(stdout.contains("FAILED; it was the last"), "{stdout}");
    assert_eq!(
        stderr.matches("listing is incomplete").count(),
        2,
        "{stderr}"
    );
}

#[cfg(target_os = "linux")]
mod terminals {
    use std::fs;
    use std::process::{Child, Command, Stdio};
    use std::time::{Duration, Instant};

    use cams_groups::sandbox::Groups;

    use super::super::settling;
    use crate::support::{Scenario, sandbox};

    /// Runs the program on a terminal of its own, after `before`; its process id is
    /// in the file `pid`.
    fn on_terminal(scenario: &Scenario, before: &str, args: &str) -> Child {
        let program = scenario.process(None).get_program().to_owned();
        let program = program.to_str().unwrap();
        let command = format!("echo $$ > pid; {before} exec {program} {args}");
        scenario
            .process(Some("script"))
            .env("TERM", "xterm-256color")
            .args(["-qec", &format!("sh -c '{command}'"), "/dev/null"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap()
    }

    fn pid(scenario: &Scenario) -> String {
        let pid = fs::read_to_string(scenario.path().join("pid")).unwrap_or_default();
        pid.trim().to_owned()
    }

    fn kill(signal: &str, scenario: &Scenario) {
        let status = Command::new("kill").args([signal, &pid(scenario)]).status();
        assert!(status.unwrap().success());
    }

    /// Waits until something is so.
    fn until(what: &str, is_so: impl Fn() -> bool) {
        let begun = Instant::now();
        while !is_so() {
            assert!(begun.elapsed() < Duration::from_secs(30), "never: {what}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    #[test]
    fn ctrl_c_leaves_the_terminal_as_it_was() {
        let scenario = settling();
        let child = on_terminal(&scenario, "", "list --watch=1s --color always");
        std::thread::sleep(Duration::from_millis(2500));
        kill("-INT", &scenario);
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(130), "{output:?}");
        let text = String::from_utf8(output.stdout).unwrap();
        let on = text.rfind("\u{1b}[?7h").unwrap();
        assert!(text.rfind("\u{1b}[?7l").unwrap() < on, "{text}");
        assert!(text.rfind('m') < Some(on), "{text}");
    }

    #[test]
    fn a_terminal_that_nobody_reads_keeps_it_from_nothing() {
        let scenario = Scenario::at(&sandbox(Groups::Demo(3000))).with_key();
        // Nobody knows how large it is: all is drawn, which is more than it takes.
        for signal in ["-TERM", "-INT"] {
            let mut child = on_terminal(&scenario, "", "list --watch=1s -o wide");
            until("it has begun", || !pid(&scenario).is_empty());
            std::thread::sleep(Duration::from_secs(3));
            kill(signal, &scenario);
            let begun = Instant::now();
            let stat = format!("/proc/{}/stat", pid(&scenario));
            until("it ended", || {
                let stat = fs::read_to_string(&stat).unwrap_or_default();
                stat.is_empty() || stat.contains(") Z ")
            });
            let took = begun.elapsed();
            assert!(took < Duration::from_secs(5), "{took:?}");
            drop(child.stdout.take());
            child.wait().unwrap();
            fs::remove_file(scenario.path().join("pid")).unwrap();
        }
    }

    #[test]
    fn another_size_and_another_start_draw_it_at_once() {
        let scenario = settling();
        // An hour until the next look.
        let child = on_terminal(
            &scenario,
            "stty rows 20 cols 60;",
            "list --watch=1h --color never -v",
        );
        std::thread::sleep(Duration::from_millis(1500));
        let tty = fs::read_link(format!("/proc/{}/fd/1", pid(&scenario))).unwrap();
        let sized = Command::new("stty")
            .args(["-F", tty.to_str().unwrap(), "cols", "100"])
            .status();
        assert!(sized.unwrap().success());
        std::thread::sleep(Duration::from_millis(500));
        kill("-STOP", &scenario);
        kill("-CONT", &scenario);
        std::thread::sleep(Duration::from_millis(500));
        kill("-INT", &scenario);
        let output = child.wait_with_output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        let pictures: Vec<&str> = text.split("\u{1b}[?7l\u{1b}[H").skip(1).collect();
        assert_eq!(pictures.len(), 3, "{text}");
        let widest = |picture: &str| {
            let drawn = picture.split("\u{1b}[J").next().unwrap().lines();
            drawn.map(|it| it.chars().count()).max()
        };
        assert!(widest(pictures[0]) < Some(70), "{text}");
        for picture in &pictures[1..] {
            assert!(widest(picture) > Some(70), "{picture}");
            // With what had been said below it.
            assert!(picture.contains("page 1: "), "{picture}");
            assert!(picture.lines().count() <= 21, "{picture}");
        }
    }
}
