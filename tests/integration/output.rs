//! What reaches stdout and stderr: data and talk, on a terminal and in a pipe.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Command, Stdio};

use cams_groups::exit::Exit;
use cams_groups::sandbox::Groups;
use cams_groups::world::{Env, World};
use unicode_width::UnicodeWidthStr as _;

use crate::support::{Scenario, in_process, sandbox, still_world};

/// Runs the program before a terminal of this width.
fn on_terminal(columns: u16, env: Env, args: &[&str]) -> (Exit, String, String) {
    in_process(&still_world(env), Some(columns), args)
}

/// Takes our own colours out of a text; whatever escape is left is not ours.
fn without_sgr(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        plain.push_str(before);
        let end = after
            .find(|c: char| !c.is_ascii_digit() && c != ';')
            .unwrap();
        assert_eq!(
            &after[end..=end],
            "m",
            "an escape that is no colour: {text:?}"
        );
        rest = &after[end + 1..];
    }
    plain + rest
}

#[test]
fn on_a_terminal_the_table_fits_and_a_summary_is_said() {
    for columns in [60, 80, 100, 200] {
        let (exit, table, talk) = on_terminal(columns, Env::fixed([]), &["list", "--sandbox"]);
        assert_eq!(exit, Exit::Success);
        assert_eq!(table.lines().count(), 52);
        for line in without_sgr(&table).lines() {
            assert!(line.width() <= columns.into(), "{columns}: {line}");
        }
        assert_eq!(talk, "51 groups, 1 page, under 0.1 s\n");
    }
}

#[test]
fn columns_beat_what_the_terminal_says_of_its_width() {
    let env = Env::fixed([("COLUMNS", "70")]);
    let (_, table, _) = on_terminal(200, env, &["list", "--sandbox", "--color", "never"]);
    assert!(table.lines().all(|line| line.width() <= 70));
}

#[test]
fn nothing_but_text_line_ends_and_our_colours_reaches_a_terminal() {
    for format in ["table", "json", "jsonl", "csv"] {
        let args = ["list", "--sandbox", "-o", format];
        let (_, shown, talk) = on_terminal(100, Env::fixed([]), &args);
        for text in [without_sgr(&shown), without_sgr(&talk)] {
            let raw = |c: char| (c.is_control() && !"\n\r".contains(c)) || c == '\u{202e}';
            assert!(!text.contains(raw), "{format}: {text:?}");
        }
    }
}

#[test]
fn colour_follows_terminal_variable_and_flag() {
    let colored = |env, args: &[&str]| on_terminal(100, env, args).1.contains('\u{1b}');
    let no_color = || Env::fixed([("NO_COLOR", "1")]);
    assert!(colored(Env::fixed([]), &["list", "--sandbox"]));
    assert!(!colored(no_color(), &["list", "--sandbox"]));
    assert!(!colored(
        Env::fixed([("TERM", "dumb")]),
        &["list", "--sandbox"]
    ));
    assert!(colored(
        no_color(),
        &["list", "--sandbox", "--color", "always"]
    ));
    assert!(!colored(
        Env::fixed([]),
        &["list", "--sandbox", "--color", "never"]
    ));

    let scenario = Scenario::bare();
    let piped = scenario.run(["list", "--sandbox"]).data();
    assert!(!piped.contains('\u{1b}') && !piped.contains('…'));
    let forced = scenario.set("NO_COLOR", "1");
    let forced = forced
        .run(["list", "--sandbox", "--color", "always"])
        .data();
    assert!(forced.contains("\u{1b}[38;5;10mACTIVE"));
}

#[test]
fn no_groups_is_success_with_a_hint_on_a_terminal_only() {
    let endpoint = sandbox(Groups::Demo(0));
    let env = Env::fixed([
        ("CAMS_GROUPS_ENDPOINT", endpoint.as_str()),
        ("CAMS_GROUPS_BUSINESS_NUMBER", "8613800000000"),
        ("CAMS_GROUPS_SPACE_ID", "cams-sandbox"),
        ("ALIBABA_CLOUD_ACCESS_KEY_ID", "testAccessKeyId"),
        ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "testAccessKeySecret"),
    ]);
    // The sandbox goes by the system's clock, so this run does too.
    let world = World {
        env,
        ..World::real()
    };
    let (exit, stdout, stderr) = in_process(&world, Some(80), &["list"]);
    assert_eq!((exit, stdout.as_str()), (Exit::Success, ""));
    assert!(stderr.starts_with("0 groups, 1 page, "), "{stderr}");
    assert!(stderr.contains("allow-list"), "{stderr}");
}

#[test]
fn quiet_silences_all_but_errors() {
    let (_, _, talk) = on_terminal(80, Env::fixed([]), &["list", "--sandbox", "-q"]);
    assert_eq!(talk, "");
    let words = Scenario::bare().run(["list", "-q"]).fails(2);
    assert!(words.starts_with("error: "));
}

#[test]
fn verbose_tells_settings_and_pages_and_twice_verbose_the_parameters() {
    let scenario = Scenario::demo().with_temporary_key();
    let list = |flag, signature| {
        let outcome = {
            let args = [
                "list",
                "-o",
                "json",
                flag,
                "--signature",
                signature,
                "--page-size",
                "20",
            ];
            scenario.run(args)
        };
        assert_eq!(outcome.code, 0);
        outcome.stderr
    };
    for signature in ["acs3-hmac-sha256", "hmac-sha1"] {
        let once = list("-v", signature);
        assert!(
            once.contains("access key: ****eyId from environment"),
            "{once}"
        );
        assert!(once.contains("endpoint: http://127.0.0.1"), "{once}");
        assert!(once.contains("page 3: 11 groups in "), "{once}");
        assert!(!once.contains("CustSpaceId="), "{once}");
        let twice = list("-vv", signature);
        assert!(twice.contains("> CustSpaceId=cams-sandbox"), "{twice}");
        assert!(twice.contains(r#"> Page={"Index":3,"Size":20}"#), "{twice}");
    }
}

/// The binary as the shell would start it, listing many groups.
fn listing_many(format: &str) -> (Scenario, Command) {
    let endpoint = sandbox(Groups::Demo(3000));
    let scenario = Scenario::at(&endpoint).with_key();
    let mut command = scenario.process(None);
    command.args(["list", "--page-size", "100", "-o", format]);
    (scenario, command)
}

#[test]
fn a_reader_that_leaves_early_ends_the_run_quietly() {
    for format in ["table", "json", "jsonl", "csv"] {
        let (_scenario, mut command) = listing_many(format);
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut reader = BufReader::with_capacity(1, child.stdout.take().unwrap());
        reader.read_line(&mut line).unwrap();
        drop(reader);
        let mut talk = String::new();
        child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut talk)
            .unwrap();
        let code = child.wait().unwrap().code();
        assert_eq!((code, talk.as_str()), (Some(0), ""), "{format}");
        assert!(!line.is_empty());
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_exit_9_in_every_format() {
    let full = || {
        std::fs::File::options()
            .write(true)
            .open("/dev/full")
            .unwrap()
    };
    for format in ["table", "json", "jsonl", "csv"] {
        let (_scenario, mut command) = listing_many(format);
        let output = command.stdout(full()).output().unwrap();
        let talk = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(9), "{format}: {talk}");
        assert!(talk.contains("the output could not be written"), "{talk}");
    }
    for args in [&["completions", "bash"][..], &["--help"], &["--version"]] {
        let (_scenario, command) = listing_many("table");
        let output = Command::new(command.get_program())
            .args(args)
            .stdout(full())
            .output();
        assert_eq!(output.unwrap().status.code(), Some(9), "{args:?}");
    }
}

#[cfg(unix)]
#[test]
fn ctrl_c_is_exit_130_and_sigterm_143() {
    let slow = crate::support::sandbox_with(Groups::Demo(51), |mut config| {
        config.latency = std::time::Duration::from_secs(30);
        config
    });
    for (signal, code) in [("-INT", 130), ("-TERM", 143)] {
        let scenario = Scenario::at(&slow).with_key();
        let mut command = scenario.process(None);
        let mut child = command
            .args(["list", "-vv", "-o", "json"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // Once it has said what it asks for, it waits for the answer.
        let mut talk = BufReader::new(child.stderr.take().unwrap()).lines();
        assert!(talk.any(|line| line.unwrap().starts_with("> CustSpaceId")));
        let kill = Command::new("kill")
            .args([signal, &child.id().to_string()])
            .status();
        assert!(kill.unwrap().success());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(code));
        assert!(output.stdout.is_empty());
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_person_at_a_terminal_sees_progress_after_half_a_second_and_a_pipe_sees_none() {
    let slow = crate::support::sandbox_with(Groups::Demo(51), |mut config| {
        config.latency = std::time::Duration::from_millis(300);
        config
    });
    let scenario = Scenario::at(&slow).with_key().set("TERM", "xterm");
    let args = "list -o csv --page-size 10 --concurrency 1";
    // script(1) lends a terminal to whatever it runs.
    let on_terminal = |more: &str| {
        let prepared = scenario.command();
        let program = prepared.get_program().to_str().unwrap();
        let line = format!("'{program}' {args} {more} > /dev/null");
        let mut command = scenario.process(Some("script"));
        let output = command.args(["-qec", &line, "/dev/null"]).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let seen = on_terminal("");
    assert!(
        seen.contains(" of 51 groups, ") && seen.contains(" groups/s"),
        "{seen:?}"
    );
    let end = seen.rsplit("\u{1b}[2K").next().unwrap();
    assert!(
        end.contains("51 groups, 6 pages, ") && !end.contains("groups/s"),
        "{end:?}"
    );
    assert!(!on_terminal("--quiet").contains("groups/s"));
    let piped = scenario.run(args.split(' ').collect::<Vec<_>>());
    assert_eq!((piped.code, piped.stderr.as_str()), (0, ""));
}
