//! The forms of CI systems: GitHub's annotations and GitLab's code quality.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::{Level, Verdict, line};
use crate::audit::Rule;
use crate::output::json_lines;
use crate::signing::hex;

/// Writes workflow commands. A message or property that could end itself or
/// begin another command is escaped as GitHub's own toolkit does it.
pub(super) fn write_github(verdict: &Verdict<'_>, out: &mut dyn Write) -> io::Result<()> {
    for it in verdict.not_looked {
        let title = property("cams-groups: could not look");
        writeln!(out, "::error title={title}::{}", message(&it.line()))?;
    }
    for finding in verdict.findings {
        let level = verdict.level(finding).name();
        let title = property(&format!("cams-groups: {}", finding.rule.id()));
        writeln!(out, "::{level} title={title}::{}", message(&line(finding)))?;
    }
    writeln!(
        out,
        "::notice title=cams-groups::{}",
        message(&verdict.words())
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
    path: &'static str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
}

/// Writes the report; a finding keeps its fingerprint for as long as it stays.
pub(super) fn write_gitlab(verdict: &Verdict<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut seen: BTreeMap<(Rule, &str, &str), u32> = BTreeMap::new();
    let place = || Location {
        path: "groups",
        lines: Lines { begin: 1 },
    };
    let not_looked = verdict.not_looked.iter().map(|it| Issue {
        description: it.line(),
        check_name: "could-not-look",
        fingerprint: hex(&Sha256::digest(format!("could-not-look\0{}", it.target))),
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
            // It wants a place in the repository, which a group has not.
            location: place(),
            description,
        }
    });
    let issues: Vec<Issue> = not_looked.chain(issues).collect();
    writeln!(out, "{}", json_lines(&issues))
}
