//! `--summary`: how many groups of each status, and how many take part in them.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::json;

use super::sanitize::sanitize;
use super::{Ending, Render, Terminal};
use crate::group::{Field, Group, GroupStatus};

/// The longest bar, in columns.
const LONGEST: u64 = 40;

/// Counts groups; keeps none of them.
pub(super) struct Summary<W> {
    out: W,
    terminal: Terminal,
    as_json: bool,
    groups: u64,
    statuses: BTreeMap<String, u64>,
    /// How many groups have so many participants.
    participants: BTreeMap<i128, u64>,
    /// Groups without a count of participants.
    unknown: u64,
}

impl<W: Write> Summary<W> {
    pub(super) fn new(out: W, terminal: Terminal, as_json: bool) -> Self {
        Self {
            out,
            terminal,
            as_json,
            groups: 0,
            statuses: BTreeMap::new(),
            participants: BTreeMap::new(),
            unknown: 0,
        }
    }

    /// Returns the statuses in the documentation's order, then the others.
    fn statuses(&self) -> Vec<(&str, u64)> {
        let known = GroupStatus::ALL.map(GroupStatus::name);
        let rank = |name: &str| {
            known
                .iter()
                .position(|it| *it == name)
                .unwrap_or(known.len())
        };
        let mut statuses: Vec<_> = self
            .statuses
            .iter()
            .map(|(name, n)| (name.as_str(), *n))
            .collect();
        statuses.sort_by_key(|(name, _)| rank(name));
        statuses
    }

    /// Returns the participants of the group at this place, were they in order.
    fn at(&self, place: u64) -> Option<i128> {
        let mut before = 0;
        self.participants.iter().find_map(|(participants, groups)| {
            before += groups;
            (place < before).then_some(*participants)
        })
    }

    /// Returns ranges that double, with how many groups are in each.
    fn ranges(&self) -> Vec<(String, u64)> {
        let Some((most, _)) = self.participants.last_key_value() else {
            return Vec::new();
        };
        let mut bounds = vec![(0, 0), (1, 1)];
        let mut low: i128 = 2;
        while low <= *most && bounds.len() < 64 {
            bounds.push((low, low.saturating_mul(2).saturating_sub(1)));
            low = low.saturating_mul(2);
        }
        bounds.retain(|(low, _)| low <= most);
        let name = |low: i128, high: i128| {
            if low == high {
                low.to_string()
            } else {
                format!("{low}-{high}")
            }
        };
        let count = |low, high| self.participants.range(low..=high).map(|(_, n)| n).sum();
        bounds
            .into_iter()
            .map(|(low, high)| (name(low, high), count(low, high)))
            .collect()
    }

    fn json(&self) -> serde_json::Value {
        let counted: u64 = self.participants.values().sum();
        let total: i128 = self
            .participants
            .iter()
            .map(|(it, n)| it * i128::from(*n))
            .sum();
        let number = |it: Option<i128>| it.and_then(|it| i64::try_from(it).ok());
        let statuses = self.statuses();
        let statuses: serde_json::Map<_, _> = statuses
            .into_iter()
            .map(|(name, n)| (name.to_owned(), n.into()))
            .collect();
        let ranges = self.ranges().into_iter();
        let ranges: Vec<_> = ranges
            .map(|(range, groups)| json!({ "range": range, "groups": groups }))
            .collect();
        json!({
            "groups": self.groups,
            "statuses": statuses,
            "participants": {
                "total": number(Some(total)),
                "min": number(self.participants.keys().next().copied()),
                "median": number(self.at(counted.saturating_sub(1) / 2)),
                "max": number(self.participants.keys().next_back().copied()),
                "unknown": self.unknown,
                "ranges": ranges,
            },
        })
    }

    fn text(&mut self) -> io::Result<()> {
        let json = self.json();
        let participants = &json["participants"];
        let show = |key: &str| match &participants[key] {
            serde_json::Value::Null => "-".to_owned(),
            value => value.to_string(),
        };
        let statuses: Vec<(String, u64)> = self
            .statuses()
            .into_iter()
            .map(|(name, n)| (if name.is_empty() { "(none)" } else { name }.to_owned(), n))
            .collect();
        let ranges = self.ranges();
        let terminal = self.terminal;
        let out = &mut self.out;
        writeln!(out, "groups        {}", self.groups)?;
        writeln!(out, "\nby status")?;
        bars(out, terminal, &statuses)?;
        writeln!(out, "\nparticipants  {}", show("total"))?;
        writeln!(
            out,
            "a group has   {} to {}, half have at most {}",
            show("min"),
            show("max"),
            show("median")
        )?;
        if self.unknown > 0 {
            writeln!(out, "not known     in {}", self.unknown)?;
        }
        if !ranges.is_empty() {
            writeln!(out, "\nby participants")?;
            bars(out, terminal, &ranges)?;
        }
        out.flush()
    }
}

/// Writes names and numbers, on a terminal with a bar each.
fn bars(out: &mut impl Write, terminal: Terminal, rows: &[(String, u64)]) -> io::Result<()> {
    let width = rows
        .iter()
        .map(|(name, _)| name.chars().count())
        .max()
        .unwrap_or(0)
        .max(12);
    let most = rows.iter().map(|(_, n)| *n).max().unwrap_or(0).max(1);
    let digits = most.to_string().len();
    for (name, n) in rows {
        let name = sanitize(name);
        write!(out, "  {name:<width$}  {n:>digits$}")?;
        if terminal.columns.is_some() && *n > 0 {
            let length = (n * LONGEST).div_ceil(most);
            let bar = "█".repeat(usize::try_from(length).unwrap_or(0));
            if terminal.color {
                write!(out, "  \u{1b}[36m{bar}\u{1b}[0m")?;
            } else {
                write!(out, "  {bar}")?;
            }
        }
        writeln!(out)?;
    }
    Ok(())
}

impl<W: Write> Render for Summary<W> {
    fn group(&mut self, group: Group) -> io::Result<()> {
        self.groups += 1;
        let status = group.text(Field::GroupStatus).unwrap_or_default();
        *self.statuses.entry(status.into_owned()).or_default() += 1;
        match group.number(Field::TotalParticipantCount) {
            Some(number) => *self.participants.entry(number).or_default() += 1,
            None => self.unknown += 1,
        }
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn finish(&mut self, ending: Ending) -> io::Result<()> {
        if self.as_json {
            if ending == Ending::Incomplete {
                return Ok(());
            }
            writeln!(self.out, "{:#}", self.json())?;
            return self.out.flush();
        }
        self.text()
    }
}
