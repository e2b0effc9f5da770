//! What an audit came to, and how it is said in a line.

use serde::Serialize;

use crate::audit::{Finding, Rule};
use crate::group::Group;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// It is to be mended.
    Error,
    /// It is to be known.
    Warning,
}

impl Level {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// What an audit came to; by default, nothing yet.
#[derive(Clone, Copy, Debug, Default)]
pub struct Verdict<'a> {
    /// Whose groups, where one number was asked for.
    pub of: Option<&'a WhoseGroups>,
    /// How many groups were listed.
    pub groups: u64,
    /// Those groups, for the reports that show them.
    pub listed: &'a [Group],
    /// How many targets there were, where there were to be many.
    pub targets: Option<u64>,
    /// What could not be listed.
    pub not_listed: &'a [NotListed],
    /// What was found.
    pub findings: &'a [Finding],
    /// How many findings were left out, as exceptions.
    pub excepted: usize,
    /// All exceptions, and what became of them.
    pub exceptions: &'a [Excepted],
    /// The rules that were held.
    pub asked: &'a [Rule],
    /// The rules whose findings only warn.
    pub warns: &'a [Rule],
    /// Whether those make the audit fail, too.
    pub warnings_fail: bool,
    /// The file that the policy stands in, if there is one.
    pub policy: Option<&'a str>,
    /// How the run ends, as far as its groups go.
    pub exit_code: u8,
}

/// The number whose groups were asked for.
#[derive(Clone, Debug)]
pub struct WhoseGroups {
    /// `CustSpaceId`.
    pub space_id: String,
    /// `BusinessNumber`.
    pub business_number: String,
}

/// What could not be listed: that is no finding, and no pass.
#[derive(Clone, Debug, Serialize)]
pub struct NotListed {
    /// Which of many targets; none where one number was asked for.
    pub target: Option<String>,
    /// The kind of the failure.
    pub kind: &'static str,
    /// The exit code of that kind.
    pub exit_code: u8,
    /// What failed; may hold a server's text.
    pub what: String,
}

/// An exception, and what became of it.
#[derive(Clone, Debug, Serialize)]
pub struct Excepted {
    /// The rule's id.
    pub rule: &'static str,
    /// The group, if it is for one.
    pub group_id: Option<String>,
    /// What subjects must match, if it is for those.
    pub subject: Option<String>,
    /// Why.
    pub reason: String,
    /// The last day on which it holds.
    pub until: String,
    /// Whether that day has passed.
    pub is_over: bool,
    /// How many findings it covers.
    pub findings: usize,
}

impl Excepted {
    /// Says what it covers, and why.
    pub(super) fn line(&self) -> String {
        let which = match (&self.group_id, &self.subject) {
            (Some(id), _) => format!("group {id}"),
            (None, subject) => format!("subject {}", subject.as_deref().unwrap_or_default()),
        };
        let Self {
            rule,
            reason,
            until,
            findings,
            ..
        } = self;
        format!("{findings} of {rule}, {which}, until {until}: {reason}")
    }
}

impl NotListed {
    /// Returns it as one line.
    pub(super) fn line(&self) -> String {
        match &self.target {
            Some(target) => format!("{target}: {}", self.what),
            None => self.what.clone(),
        }
    }
}

pub(super) fn counted(number: usize, thing: &str) -> String {
    match number {
        1 => format!("1 {thing}"),
        _ => format!("{number} {thing}s"),
    }
}

fn count(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

impl Verdict<'_> {
    /// Returns how much a finding weighs.
    pub fn level(&self, finding: &Finding) -> Level {
        if self.warns.contains(&finding.rule) {
            Level::Warning
        } else {
            Level::Error
        }
    }

    /// Returns how many findings weigh so much.
    pub fn count(&self, level: Level) -> usize {
        let findings = self.findings.iter();
        findings.filter(|it| self.level(it) == level).count()
    }

    /// Returns how many targets were listed, of one number as of many.
    fn targets_listed(&self) -> usize {
        let all = self.targets.map_or(1, count);
        all.saturating_sub(self.not_listed.len())
    }

    /// Returns whether nothing was listed, so that no rule could be held.
    pub(super) fn is_blind(&self) -> bool {
        self.targets_listed() == 0
    }

    /// Returns the exceptions that cover something.
    pub(super) fn in_use(&self) -> impl Iterator<Item = &Excepted> {
        self.exceptions.iter().filter(|it| it.findings > 0)
    }

    /// Says it in a line.
    pub fn words(&self) -> String {
        let groups = counted(count(self.groups), "group");
        let excepted = match self.excepted {
            0 => String::new(),
            some => format!(", {some} excepted"),
        };
        let errors = counted(self.count(Level::Error), "error");
        let warnings = counted(self.count(Level::Warning), "warning");
        let found = match self.findings.len() {
            0 => "no findings".to_owned(),
            _ => format!("{errors}, {warnings}"),
        };
        let (failed, listed) = (self.not_listed.len(), self.targets_listed());
        match (self.targets, self.not_listed) {
            (None, [failed, ..]) => format!("the groups could not be listed: {}", failed.what),
            (Some(_), [_, ..]) if listed == 0 => "no target could be listed".to_owned(),
            (Some(all), [_, ..]) => {
                let all = counted(count(all), "target");
                format!(
                    "{failed} of {all} could not be listed; {found} in {groups} of the other {listed}{excepted}"
                )
            }
            (targets, []) => {
                let of = targets.map(|it| format!(" of {}", counted(count(it), "target")));
                let of = of.unwrap_or_default();
                match self.findings.len() {
                    0 if self.asked.is_empty() => format!("no rule was held: {groups}{of}"),
                    0 => format!("clean: {groups}{of}{excepted}"),
                    _ => format!("{found} in {groups}{of}{excepted}"),
                }
            }
        }
    }
}
