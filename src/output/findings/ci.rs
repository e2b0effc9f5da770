//! The forms of CI systems: GitHub's annotations and GitLab's code quality.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::{Level, Verdict, line};
use crate::audit::Rule;
use crate::output::json_lines;
use crate::output::sanitize::sanitize;
use crate::signing::hex;

/// Writes workflow commands. A message or property that could end itself or
/// begin another command is escaped as GitHub's own toolkit does it.
pub(super) fn write_github(verdict: &Verdict<'_>, out: &mut dyn Write) -> io::Result<()> {
    for it in verdict.not_listed {
        let title = property("cams-groups: not listed");
        writeln!(
            out,
            "::error title={title}::{}",
            message(&sanitize(&it.line()))
        )?;
    }
    for finding in verdict.findings {
        let level = verdict.level(finding).name();
        let title = property(&format!("cams-groups: {}", finding.rule.id()));
        writeln!(out, "::{level} title={title}::{}", message(&line(finding)))?;
    }
    writeln!(
        out,
        "::notice title=cams-groups::{}",
        message(&sanitize(&verdict.words()))
    )
}

fn message(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}

#[derive(Serialize)]
struct Issue {
    description: String,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
}

/// Writes the report; a finding keeps its fingerprint for as long as it stays.
pub(super) fn write_gitlab(verdict: &Verdict<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut seen: BTreeMap<(Rule, &str, &str), u32> = BTreeMap::new();
    // It wants a place in the repository, which a group has not.
    let place = || Location {
        path: verdict.policy.unwrap_or("groups").to_owned(),
        lines: Lines { begin: 1 },
    };
    let not_listed = verdict.not_listed.iter().map(|it| Issue {
        description: sanitize(&it.line()).into_owned(),
        check_name: "not-listed",
        fingerprint: hex(&Sha256::digest(format!("not-listed\0{:?}", it.target))),
        severity: "blocker",
        location: place(),
    });
    let issues = verdict.findings.iter().map(|finding| {
        let description = line(finding);
        let id = finding.groups.first().map_or("", |it| it.id.as_str());
        let target = finding.target.as_deref().unwrap_or_default();
        let ordinal = seen.entry((finding.rule, target, id)).or_default();
        *ordinal += 1;
        // Neither counts nor subjects, which may change while the fault stays.
        let mut hash = Sha256::new();
        hash.update(format!("{}\0{id}\0{ordinal}", finding.rule.id()));
        if !target.is_empty() {
            hash.update(format!("\0{target}"));
        }
        Issue {
            check_name: finding.rule.id(),
            fingerprint: hex(&hash.finalize()),
            severity: match verdict.level(finding) {
                Level::Error => "major",
                Level::Warning => "minor",
            },
            location: place(),
            description,
        }
    });
    let issues: Vec<Issue> = not_listed.chain(issues).collect();
    writeln!(out, "{}", json_lines(&issues))
}
