//! The report for scripts. README describes each member; `version` is raised when
//! one changes its meaning or goes away.

use std::io::{self, Write};

use serde::Serialize;

use super::{Excepted, Level, NotListed, Verdict, subject};
use crate::audit::Rule;
use crate::output::json_lines;

#[derive(Serialize)]
struct Object<'a> {
    version: u32,
    verdict: &'static str,
    exit_code: u8,
    space_id: Option<&'a str>,
    business_number: Option<&'a str>,
    targets: Option<u64>,
    groups: u64,
    rules: Vec<&'static str>,
    errors: usize,
    warnings: usize,
    excepted: usize,
    not_listed: &'a [NotListed],
    findings: Vec<Row<'a>>,
    exceptions: &'a [Excepted],
}

#[derive(Serialize)]
struct Row<'a> {
    level: Level,
    rule: &'static str,
    target: Option<&'a str>,
    group_ids: Vec<&'a str>,
    subject: Option<&'a str>,
    what: &'a str,
}

pub(super) fn write(verdict: &Verdict<'_>, out: &mut dyn Write) -> io::Result<()> {
    let findings = verdict.findings.iter();
    let object = Object {
        version: 1,
        verdict: match (verdict.not_listed.len(), verdict.findings.len()) {
            (0, 0) => "clean",
            (0, _) => "findings",
            _ => "incomplete",
        },
        exit_code: verdict.exit_code,
        space_id: verdict.of.map(|it| it.space_id.as_str()),
        business_number: verdict.of.map(|it| it.business_number.as_str()),
        targets: verdict.targets,
        groups: verdict.groups,
        rules: verdict.asked.iter().map(|it| Rule::id(*it)).collect(),
        errors: verdict.count(Level::Error),
        warnings: verdict.count(Level::Warning),
        excepted: verdict.excepted,
        not_listed: verdict.not_listed,
        findings: findings
            .map(|it| Row {
                level: verdict.level(it),
                rule: it.rule.id(),
                target: it.target.as_deref(),
                group_ids: it.groups.iter().map(|it| it.id.as_str()).collect(),
                subject: (!it.groups.is_empty()).then(|| subject(it)),
                what: &it.what,
            })
            .collect(),
        exceptions: verdict.exceptions,
    };
    writeln!(out, "{}", json_lines(&object))
}
