//! `--summary`: how many groups of each status, and how many take part in them.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::{Serialize, Serializer};
use unicode_width::UnicodeWidthStr as _;

use super::sanitize::sanitize;
use super::{Ending, Render, Terminal, json_lines};
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
    participants: BTreeMap<u64, u64>,
    /// Groups without a count of participants, or with one that is no count.
    unknown: u64,
}

/// What was counted.
#[derive(Serialize)]
struct Counts<'a> {
    groups: u64,
    #[serde(serialize_with = "in_order")]
    statuses: Vec<(&'a str, u64)>,
    participants: Participants,
}

#[derive(Serialize)]
struct Participants {
    total: u128,
    min: Option<u64>,
    median: Option<u64>,
    max: Option<u64>,
    unknown: u64,
    ranges: Vec<Range>,
}

/// How many groups have so many participants.
#[derive(Serialize)]
struct Range {
    range: String,
    groups: u64,
}

fn in_order<S: Serializer>(rows: &[(&str, u64)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(rows.iter().copied())
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

    fn counts(&self) -> Counts<'_> {
        let counted: u64 = self.participants.values().sum();
        let total = self.participants.iter();
        let total = total.map(|(it, n)| u128::from(*it) * u128::from(*n)).sum();
        Counts {
            groups: self.groups,
            statuses: self.statuses(),
            participants: Participants {
                total,
                min: self.participants.keys().next().copied(),
                median: self.at(counted.saturating_sub(1) / 2),
                max: self.participants.keys().next_back().copied(),
                unknown: self.unknown,
                ranges: self.ranges(),
            },
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
        let statuses = self.statuses.iter();
        let mut statuses: Vec<_> = statuses.map(|(name, n)| (name.as_str(), *n)).collect();
        statuses.sort_by_key(|(name, _)| rank(name));
        statuses
    }

    /// Returns the participants of the group at this place, were they in order.
    fn at(&self, place: u64) -> Option<u64> {
        let mut before = 0;
        self.participants.iter().find_map(|(participants, groups)| {
            before += groups;
            (place < before).then_some(*participants)
        })
    }

    /// Returns ranges that double, with how many groups are in each.
    fn ranges(&self) -> Vec<Range> {
        let Some((most, _)) = self.participants.last_key_value() else {
            return Vec::new();
        };
        // From each power of two to the next; 0 and 1 stand alone.
        let powers = (1..64).map(|exponent| (1_u64 << exponent, u64::MAX >> (63 - exponent)));
        let bounds = [(0, 0), (1, 1)].into_iter().chain(powers);
        let bounds = bounds.take_while(|(low, _)| low <= most);
        bounds
            .map(|(low, high)| Range {
                range: if low == high {
                    low.to_string()
                } else {
                    format!("{low}-{high}")
                },
                groups: self.participants.range(low..=high).map(|(_, n)| n).sum(),
            })
            .collect()
    }

    fn write_text(&mut self) -> io::Result<()> {
        let counts = self.counts();
        let statuses = counts.statuses.iter();
        let statuses = statuses.map(|(name, n)| match *name {
            "" => ("(none)".to_owned(), *n),
            name => (shortened(name), *n),
        });
        let statuses: Vec<(String, u64)> = statuses.collect();
        let of = counts.participants;
        let ranges = of.ranges.into_iter();
        let ranges: Vec<(String, u64)> = ranges.map(|it| (it.range, it.groups)).collect();
        let (groups, terminal) = (counts.groups, self.terminal);
        let out = &mut self.out;
        writeln!(out, "groups        {groups}")?;
        if !statuses.is_empty() {
            writeln!(out, "\nby status")?;
            bars(out, terminal, &statuses)?;
        }
        if let (Some(min), Some(median), Some(max)) = (of.min, of.median, of.max) {
            writeln!(out, "\nparticipants  {}", of.total)?;
            writeln!(
                out,
                "a group has   {min} to {max}, half have at most {median}"
            )?;
        }
        if of.unknown > 0 {
            writeln!(out, "not known     in {}", of.unknown)?;
        }
        if !ranges.is_empty() {
            writeln!(out, "\nby participants")?;
            bars(out, terminal, &ranges)?;
        }
        out.flush()
    }
}

/// Returns a status for people; a stranger's may be megabytes long.
fn shortened(status: &str) -> String {
    const MOST: usize = 40;
    let status = sanitize(status);
    match status.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &status[..end]),
        None => status.into_owned(),
    }
}

/// Writes names and numbers, on a terminal with a bar each.
fn bars(out: &mut impl Write, terminal: Terminal, rows: &[(String, u64)]) -> io::Result<()> {
    let width = rows
        .iter()
        .map(|(name, _)| name.width())
        .max()
        .unwrap_or(0)
        .max(12);
    let most = rows.iter().map(|(_, n)| *n).max().unwrap_or(0).max(1);
    let digits = most.to_string().len();
    for (name, n) in rows {
        let blanks = " ".repeat(width.saturating_sub(name.width()));
        write!(out, "  {name}{blanks}  {n:>digits$}")?;
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
        match group.participants() {
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
            writeln!(self.out, "{}", json_lines(&self.counts()))?;
            return self.out.flush();
        }
        self.write_text()
    }
}
