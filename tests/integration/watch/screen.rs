//! What a screen shows where there is little room, or nothing new.

use std::time::Duration;

use cams_groups::exit::Exit;
use cams_groups::world::Screen;
use unicode_width::UnicodeWidthStr as _;

use super::{CREATING, page, pictures, refused};
use crate::support::{answering_passes, in_process, pointing_at, server, still_world};

/// The lines of a picture.
fn lines(picture: &str) -> Vec<&str> {
    let end = picture.find("\u{1b}[J").unwrap();
    let lines = picture[..end].lines();
    lines.map(|it| it.trim_end_matches("\u{1b}[K")).collect()
}

#[test]
fn the_last_failure_leaves_its_heading_in_sight() {
    let rows: Vec<String> = (0..40)
        .map(|at| format!(r#""GroupId":"g{at:02}","Subject":"S""#))
        .collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let long = format!(
        r#"{{"Code":"NoPermission","Message":"{}","RequestId":"r"}}"#,
        "No. ".repeat(50)
    );
    for refusal in [refused("NoPermission"), vec![long]] {
        let looks = vec![page(&rows), refusal];
        let mut world = still_world(pointing_at(&answering_passes(looks)));
        world.screen = Screen::Fixed(80, 24);
        let args = ["list", "--watch", "--color", "never"];
        let (exit, stdout, stderr) = in_process(&world, Some(80), &args);
        assert_eq!(exit, Exit::Access);
        let last = stdout.rsplit("\u{1b}[?7l\u{1b}[H").next().unwrap();
        let drawn = lines(last);
        assert!(drawn[0].contains("AS OF"), "{drawn:?}");
        assert!(drawn[1].contains("FAILED; it was the last"), "{drawn:?}");
        let wrapped = stderr.lines().map(|it| it.width().div_ceil(80).max(1));
        let needed = drawn.len() + wrapped.sum::<usize>();
        // And a line for the shell.
        assert!(needed < 24, "{needed}: {last}{stderr}");
        assert!(needed > 20, "no room is wasted: {needed}: {last}{stderr}");
        assert_eq!(stderr.matches("error: ").count(), 1);
    }
}

#[test]
fn however_long_a_subject_is_what_changed_is_in_sight() {
    let subjects = [
        "x".repeat(1_000_000),
        "客".repeat(300),
        "e\u{301}\u{302}".repeat(1000),
        "\\u001b[31m".repeat(100),
    ];
    for subject in subjects {
        let row = |status: &str| {
            format!(r#""GroupId":"g1","Subject":"{subject}","GroupStatus":"{status}""#)
        };
        let looks = vec![page(&[&row("CREATING")]), page(&[&row("ACTIVE")])];
        let (pictures, _) = pictures(looks, 24, &["--color", "never"]);
        let second = lines(&pictures[2]);
        let latest = second.last().unwrap();
        assert!(
            latest.ends_with("…  GroupStatus: \"CREATING\" → \"ACTIVE\""),
            "{latest}"
        );
        for picture in &pictures[1..] {
            assert!(picture.len() < 4096, "{}", picture.len());
            for line in lines(picture) {
                assert!(line.width() < 80, "{line}");
            }
        }
    }
}

#[test]
fn a_line_that_would_fill_the_terminal_keeps_its_last_character() {
    let row = |status: &str| {
        let description = "d".repeat(100);
        format!(
            r#""GroupId":"g1","Subject":"Desk","GroupStatus":"{status}","Description":"{description}""#
        )
    };
    let looks = vec![page(&[&row("CREATING")]), page(&[&row("ACTIVE")])];
    for color in ["never", "always"] {
        let columns = "id,subject,description,status";
        let args = ["--color", color, "--columns", columns];
        let (pictures, _) = pictures(looks.clone(), 24, &args);
        let second = lines(&pictures[2]);
        let group = second.iter().find(|it| it.contains("Desk")).unwrap();
        // The last column is there, after one that is cut.
        assert!(group.contains("dd…  "), "{group}");
        assert!(group.contains("ACTIVE"), "{group}");
    }
}

#[test]
fn no_column_that_was_asked_for_vanishes() {
    let every = "id,subject,description,status,number,invite-link,picture,link,participants,type,role,updated";
    let looks = vec![page(&[CREATING])];
    for args in [&["--columns", every][..], &["-o", "wide"]] {
        let (pictures, _) = pictures(looks.clone(), 24, &[args, &["--color", "never"]].concat());
        let headings = lines(&pictures[1])[3].to_owned();
        assert!(headings.width() < 80, "{headings}");
        let names = headings.split("  ").filter(|it| !it.trim().is_empty());
        assert_eq!(names.count(), 12, "{headings}");
    }
}

#[test]
fn a_look_that_takes_long_is_said_to_be_under_way() {
    let body = page(&[CREATING]).remove(0);
    let asked = std::sync::atomic::AtomicU32::new(0);
    let (endpoint, _told) = server(move |stream| {
        use std::io::Write as _;
        let is_second = asked.fetch_add(1, std::sync::atomic::Ordering::Relaxed) == 1;
        if is_second {
            std::thread::sleep(Duration::from_millis(2500));
        }
        let length = body.len();
        let _ = write!(
            stream,
            "HTTP/1.1 200 OK\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
        );
    });
    // What ends a run that blocks is real time, and far away.
    let limits = ["--watch=20m", "--deadline", "50m", "--color", "never"];
    let run = |args: &[&str], terminal| {
        let mut world = still_world(pointing_at(&endpoint));
        world.screen = Screen::Fixed(80, 24);
        let args = [&["list"], &limits[..], args].concat();
        let (exit, stdout, stderr) = in_process(&world, terminal, &args);
        assert_eq!((exit, stderr.as_str()), (Exit::Success, ""));
        stdout
    };
    let screen = run(&[], Some(80));
    let pictures: Vec<&str> = screen.split("\u{1b}[?7l\u{1b}[H").skip(1).collect();
    let under_way = pictures[1];
    assert_eq!(
        lines(under_way)[..2],
        [
            "1 group AS OF 2026-06-30 12:00:00 UTC; looking since 12:20:37",
            "the first look"
        ],
    );
    assert!(under_way.contains("g1"), "{under_way}");
    assert!(pictures[2].starts_with("1 group at 2026-06-30 12:20:37"));
    assert_eq!(pictures.len(), 4);
}

#[test]
fn a_group_that_is_no_longer_as_asked_is_not_said_to_be_gone_for_sure() {
    let row = |status: &str| format!(r#""GroupId":"g1","Subject":"S","GroupStatus":"{status}""#);
    let looks = vec![
        page(&[&row("CREATING")]),
        page(&[&row("ACTIVE")]),
        refused("NoPermission"),
    ];
    let mut world = still_world(pointing_at(&answering_passes(looks)));
    world.screen = Screen::Fixed(80, 24);
    let args = ["list", "--watch", "--status", "creating,deleting"];
    let (_, stdout, _) = in_process(&world, Some(80), &args);
    let words = "0 new (+), 0 changed (~), 1 gone or no longer as asked (-)";
    assert!(stdout.contains(words), "{stdout}");
}
