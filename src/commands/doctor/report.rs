//! What was checked, and how it went.

use std::io::{self, Write};

use serde::Serialize;

use crate::exit::Exit;
use crate::failure::{Failure, Kind};
use crate::output::sanitize::sanitize;

/// Every check, in the order in which a listing meets what it is about.
const NAMES: [&str; 10] = [
    "config",
    "profile",
    "settings",
    "proxy",
    "credentials",
    "dns",
    "tcp",
    "tls",
    "clock",
    "api",
];

/// What stands under a check begins where its words do.
const INDENT: &str = "                    ";

/// How a check went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Status {
    /// All is well.
    Pass,
    /// A listing would go on.
    Warn,
    /// A listing would end here.
    Fail,
    /// Nothing to check, or no way to.
    Skip,
}

impl Status {
    const fn word(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Warn => "warn",
            Self::Fail => "fail",
            Self::Skip => "skip",
        }
    }

    const fn sgr(self) -> &'static str {
        match self {
            Self::Pass => "32",
            Self::Warn => "1;33",
            Self::Fail => "1;31",
            Self::Skip => "2",
        }
    }
}

/// A line of the report.
#[derive(Debug, Serialize)]
pub(super) struct Check {
    name: &'static str,
    status: Status,
    says: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    details: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<String>,
}

impl Check {
    /// Makes a line that calls for nothing.
    pub(super) fn new(name: &'static str, status: Status, says: impl Into<String>) -> Self {
        Self {
            name,
            status,
            says: says.into(),
            details: Vec::new(),
            fixes: Vec::new(),
        }
    }

    pub(super) fn detail(mut self, detail: impl Into<String>) -> Self {
        self.details.push(detail.into());
        self
    }

    pub(super) fn details(mut self, details: impl IntoIterator<Item = String>) -> Self {
        self.details.extend(details);
        self
    }

    pub(super) fn fix(mut self, fix: impl Into<String>) -> Self {
        self.fixes.push(fix.into());
        self
    }
}

/// All lines, and the first failure, which decides how a listing would end.
#[derive(Debug, Default)]
pub(super) struct Report {
    checks: Vec<Check>,
    first_failure: Option<Kind>,
}

impl Report {
    /// Adds a line.
    pub(super) fn add(&mut self, check: Check) {
        self.checks.push(check);
    }

    /// Adds a line for what a listing would fail with.
    pub(super) fn fail(&mut self, name: &'static str, failure: Failure) {
        self.first_failure.get_or_insert(failure.kind);
        let details = failure.details.into_iter();
        let mut check = Check::new(name, Status::Fail, failure.what)
            .details(details.map(|(label, text)| format!("{label}: {text}")));
        check.fixes = failure.hints;
        self.add(check);
    }

    /// Adds lines for all that was not checked, because it builds on what failed.
    pub(super) fn skip_rest(&mut self) {
        for name in NAMES {
            if self.checks.iter().all(|it| it.name != name) {
                let says = "not checked: what comes before it failed";
                self.add(Check::new(name, Status::Skip, says));
            }
        }
    }

    /// Returns the failure that a listing would end with.
    pub(super) fn verdict(&self) -> Result<(), Failure> {
        let Some(kind) = self.first_failure else {
            return Ok(());
        };
        let failed = self.checks.iter().filter(|it| it.status == Status::Fail);
        let names: Vec<&str> = failed.map(|it| it.name).collect();
        let what = format!("a listing would fail: {}", names.join(", "));
        Err(Failure::new(kind, what))
    }

    /// Writes the report for people. Servers' words are among ours.
    pub(super) fn write_text(&self, out: &mut dyn Write, color: bool) -> io::Result<()> {
        for check in &self.checks {
            let (word, name) = (check.status.word(), check.name);
            let says = sanitize(&check.says);
            if color {
                let sgr = check.status.sgr();
                writeln!(out, "\u{1b}[{sgr}m{word}\u{1b}[0m  {name:<12}  {says}")?;
            } else {
                writeln!(out, "{word}  {name:<12}  {says}")?;
            }
            for detail in &check.details {
                writeln!(out, "{INDENT}{}", sanitize(detail))?;
            }
            for fix in &check.fixes {
                writeln!(out, "{INDENT}fix: {}", sanitize(fix))?;
            }
        }
        Ok(())
    }

    /// Writes the report for scripts.
    pub(super) fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        let exit = self.first_failure.map_or(Exit::Success, Kind::exit);
        let report = serde_json::json!({ "checks": self.checks, "exit_code": exit.code() });
        writeln!(out, "{report:#}")
    }
}
