//! A page of its own: the verdict, what was found, plots, and every group.
//!
//! Nothing is fetched: style and script stand in the page, and its policy
//! names their hashes, so that nothing else is applied or run, whatever a
//! stranger wrote.

use std::borrow::Cow;
use std::io::{self, BufWriter, Write};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use self::page::Page;
use self::table::{Kind, Row, Table};
use super::{Excepted, Level, Verdict};

mod groups;
mod page;
mod plot;
mod table;

const STYLE: &str = include_str!("html/report.css");
const SCRIPT: &str = include_str!("html/report.js");

const FINDINGS: Table<6> = Table {
    class: "findings",
    heading: "Findings",
    things: "findings",
    columns: [
        ("Level", Kind::Ours),
        ("Rule", Kind::Ours),
        ("Group ID", Kind::Text),
        ("Subject", Kind::Text),
        ("What", Kind::Text),
        ("Target", Kind::Text),
    ],
};

const EXCEPTED: Table<6> = Table {
    class: "excepted",
    heading: "Excepted",
    things: "exceptions",
    columns: [
        ("Findings", Kind::Number),
        ("Rule", Kind::Ours),
        ("Group or subject", Kind::Text),
        ("Reason", Kind::Text),
        ("Until", Kind::Ours),
        ("Target", Kind::Ours),
    ],
};

/// A row of the findings. The target comes last: it is left out where there is
/// one number.
type Found = [String; 6];

/// Writes the page.
pub(super) fn write(verdict: &Verdict<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    let page = &mut Page::new(&mut out);
    head(page, verdict)?;
    page.markup("<body>\n<main>\n")?;
    let mut found: Vec<Found> = verdict.rows();
    for it in &mut found {
        // Level, target and the rest: the target goes last.
        it[1..].rotate_left(1);
    }
    let of_targets = verdict.targets.is_some();
    judge(page, verdict, &found)?;
    if !found.is_empty() {
        FINDINGS.write(page, of_targets, found.iter().map(row))?;
    }
    let excepted: Vec<Found> = verdict.in_use().map(excepted).collect();
    if !excepted.is_empty() {
        EXCEPTED.write(page, false, excepted.iter().map(|it| ("", cells(it))))?;
    }
    // What could not be listed has no counts, not even zeros.
    if !verdict.is_blind() {
        page.markup("<section class=\"plots\">\n")?;
        plot::write(page, "Groups by status", &groups::by_status(verdict.listed))?;
        let participants = groups::by_participants(verdict.listed);
        plot::write(page, "Groups by participants", &participants)?;
        page.markup("</section>\n")?;
        groups::TABLE.write(page, of_targets, verdict.listed.iter().map(groups::row))?;
    }
    page.markup("</main>\n<script>")?
        .markup(SCRIPT)?
        .markup("</script>\n</body>\n</html>\n")?;
    out.flush()
}

fn head(page: &mut Page<'_>, verdict: &Verdict<'_>) -> io::Result<()> {
    let hash = |text: &str| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)));
    // The policy comes before what it is about.
    page.markup("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")?
        .markup("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; base-uri 'none'; form-action 'none'; style-src ")?
        .text(&hash(STYLE))?
        .markup("; script-src ")?
        .text(&hash(SCRIPT))?
        .markup("\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")?
        .markup("<meta name=\"color-scheme\" content=\"light dark\">\n")?
        .markup("<meta name=\"referrer\" content=\"no-referrer\">\n")?
        .markup("<meta name=\"robots\" content=\"noindex\">\n<title>Audit: ")?
        .text(&verdict.words())?
        .markup("</title>\n<style>")?
        .markup(STYLE)?
        .markup("</style>\n</head>\n")?;
    Ok(())
}

/// Says how it ended, and by which rules.
fn judge(page: &mut Page<'_>, verdict: &Verdict<'_>, found: &[Found]) -> io::Result<()> {
    // Never by colour alone.
    let is_bad = !verdict.not_listed.is_empty() || verdict.count(Level::Error) > 0;
    let (class, sign) = if is_bad {
        ("error", "✗")
    } else if verdict.count(Level::Warning) > 0 {
        ("warning", "!")
    } else {
        ("clean", "✓")
    };
    page.markup("<header class=\"")?
        .markup(class)?
        .markup(
            "\">\n<p>Audit of WhatsApp and Telegram groups</p>\n<h1><span aria-hidden=\"true\">",
        )?
        .markup(sign)?
        .markup("</span> ")?
        .text(&verdict.words())?
        .markup("</h1>\n<p>")?
        .text(&whose(verdict))?
        .markup("</p>\n<ul aria-label=\"Rules that were asked for\">\n")?;
    let asked = verdict.asked.iter().filter(|_| !verdict.is_blind());
    for rule in asked {
        let broken: Vec<_> = found.iter().filter(|it| it[1] == rule.id()).collect();
        // Of those that could not be listed, nobody knows.
        let is_whole = verdict.not_listed.is_empty();
        let (without, word) = if is_whole {
            ("kept", "kept")
        } else {
            ("odd", "not known of all")
        };
        let class = broken.first().map_or(without, |it| level(it));
        page.markup("<li class=\"")?
            .markup(class)?
            .markup("\">")?
            .markup(rule.id())?
            .markup(" <b>")?;
        match broken.len() {
            0 => page.markup(word)?,
            many => page.number(many as u64)?,
        };
        page.markup("</b></li>\n")?;
    }
    page.markup("</ul>\n</header>\n")?;
    Ok(())
}

/// Says whose groups they are.
fn whose(verdict: &Verdict<'_>) -> String {
    match (verdict.of, verdict.targets) {
        (Some(of), _) => format!("{}, {}", of.space_id, of.business_number),
        (None, Some(all)) => format!("{all} targets"),
        (None, None) => String::new(),
    }
}

fn row(found: &Found) -> Row<'_, 6> {
    (level(found), cells(found))
}

fn cells(found: &Found) -> [Cow<'_, str>; 6] {
    found.each_ref().map(|it| Cow::Borrowed(it.as_str()))
}

fn excepted(it: &Excepted) -> Found {
    let which = it.group_id.as_ref().or(it.subject.as_ref());
    [
        it.findings.to_string(),
        it.rule.to_owned(),
        which.cloned().unwrap_or_default(),
        it.reason.clone(),
        it.until.clone(),
        String::new(),
    ]
}

/// What the style calls a finding's level.
fn level(found: &Found) -> &'static str {
    let is_warning = found[0] == Level::Warning.name();
    if is_warning {
        Level::Warning
    } else {
        Level::Error
    }
    .name()
}
