//! What is watched, as a person at a terminal sees it: one table that is drawn
//! over, and below it what has changed of late.

use std::borrow::Cow;
use std::collections::{HashMap, VecDeque};
use std::io::{self, Write};

use jiff::Timestamp;

use super::{Look, Show, Trouble};
use crate::commands::{changes, counted};
use crate::diff::Difference;
use crate::group::{Field, Group};
use crate::output::frame::{self, Canvas, Mark, painted};
use crate::output::sanitize::sanitize;
use crate::output::talk::Hold;
use crate::output::{Format, Terminal, View};
use crate::world::World;

/// How many of the latest changes stay in sight.
const REMEMBERED: usize = 8;

/// However small the terminal is, so many lines are drawn.
const FEWEST: usize = 6;

/// Draws the table.
pub(super) struct Screen<'a> {
    out: Box<dyn Write + 'a>,
    terminal: Terminal,
    format: Format,
    view: View,
    world: &'a World,
    canvas: Canvas,
    /// What the last look that went well showed.
    rows: Vec<(Group, Mark)>,
    seen: Option<Seen>,
    /// The latest changes, the newest first.
    latest: VecDeque<String>,
}

/// When it was seen, and how much there was.
struct Seen {
    at: Timestamp,
    groups: usize,
}

impl<'a> Screen<'a> {
    pub(super) fn new(
        out: Box<dyn Write + 'a>,
        terminal: Terminal,
        format: Format,
        view: View,
        world: &'a World,
    ) -> Self {
        let is_dumb = world.env.os("TERM").is_some_and(|term| term == "dumb");
        Self {
            out,
            terminal,
            format,
            view,
            world,
            canvas: Canvas::new(is_dumb),
            rows: Vec::new(),
            seen: None,
            latest: VecDeque::new(),
        }
    }

    /// Draws it all, these lines first; leaves so many lines free below.
    fn draw(&mut self, first: Vec<String>, free: impl Fn(u16) -> usize) -> io::Result<()> {
        // Its user may have made it larger or smaller; COLUMNS goes before that.
        let size = self.world.screen.size();
        let mut terminal = self.terminal;
        if self.world.env.os("COLUMNS").is_none()
            && let Some((columns, _)) = size
        {
            terminal.columns = Some(columns);
        }
        let rows = size.map(|(_, rows)| rows);
        let free = free(terminal.columns.unwrap_or(80));
        // The cursor stands on a line of its own, for what the shell says next.
        let room = rows.map(|it| usize::from(it).saturating_sub(1 + free).max(FEWEST));
        let mut lines = first;
        lines.push(String::new());
        let left = room.map(|it| it.saturating_sub(lines.len()));
        let latest = self.latest.len().min(left.unwrap_or(usize::MAX) / 4);
        // An empty line and the changes.
        let below = if latest == 0 { 0 } else { latest + 1 };
        lines.extend(self.table(terminal, left.map(|it| it.saturating_sub(below))));
        if latest > 0 {
            lines.push(String::new());
            lines.extend(self.latest.iter().take(latest).cloned());
        }
        let bytes = self.canvas.draw(&lines, rows);
        // Ctrl-C waits until the terminal is as it was.
        let _held = self.world.stop.hold();
        self.out.write_all(&bytes)?;
        self.out.flush()
    }

    /// Returns the table in no more than so many lines: where there are more
    /// groups, those that changed come first, so that they are in sight.
    fn table(&self, terminal: Terminal, most: Option<usize>) -> Vec<String> {
        let mut rows: Vec<(&Group, Mark)> = self
            .rows
            .iter()
            .map(|(group, mark)| (group, mark.clone()))
            .collect();
        let names = usize::from(!self.view.no_header);
        let all = rows.len();
        let hidden = match most {
            Some(most) if all + names > most => {
                rows.sort_by_key(|(_, mark)| *mark == Mark::Same);
                // One line says how many more there are.
                rows.truncate(most.saturating_sub(names + 1));
                all - rows.len()
            }
            _ => 0,
        };
        let mut lines = frame::table(&rows, self.format, self.view.clone(), terminal);
        if hidden > 0 {
            lines.push(format!(
                "  … and {hidden} more; --status, --match and --sort choose what is in sight"
            ));
        }
        lines
    }

    fn remember(&mut self, difference: &Difference, at: Timestamp) {
        let time = at.strftime("%H:%M:%S");
        // The first of them shall be the first to read.
        for [sign, _, id, subject, what] in changes::rows(difference).into_iter().rev() {
            let words = format!("{id}  {subject}  {what}");
            let line = format!("{time} {sign} {}", sanitize(&words));
            self.latest.push_front(line);
        }
        self.latest.truncate(REMEMBERED);
    }
}

impl Show for Screen<'_> {
    fn looked(&mut self, look: &Look<'_>, said: Option<&Hold<'_>>) -> io::Result<()> {
        let since = self.seen.as_ref().map(|it| it.at);
        self.rows = marked(look);
        if let Some(difference) = look.difference {
            self.remember(difference, look.at);
        }
        self.seen = Some(Seen {
            at: look.at,
            groups: look.groups.len(),
        });
        let first = format!(
            "{} at {}; next look at {}",
            counted(look.groups.len() as u64, "group"),
            look.at.strftime("%Y-%m-%d %H:%M:%S UTC"),
            look.next.strftime("%H:%M:%S"),
        );
        let first = painted(&first, "1", self.terminal.color);
        let changes = summary(look.difference, since);
        self.draw(vec![first, changes], |columns| {
            said.map_or(0, |it| it.lines(columns))
        })
    }

    fn failed(&mut self, trouble: &Trouble<'_>, said: Option<&Hold<'_>>) -> io::Result<()> {
        let groups = self.seen.as_ref().map_or(0, |it| it.groups);
        let seen = self.seen.as_ref().map_or(trouble.at, |it| it.at);
        let next = match trouble.next {
            Some(next) => format!("the next is at {}", next.strftime("%H:%M:%S")),
            None => "it was the last".to_owned(),
        };
        let first = [
            format!(
                "{} AS OF {}",
                counted(groups as u64, "group"),
                seen.strftime("%Y-%m-%d %H:%M:%S UTC"),
            ),
            format!(
                "the look at {} FAILED; {next}",
                trouble.at.strftime("%H:%M:%S"),
            ),
        ];
        let first = first.map(|it| painted(&it, "1;31", self.terminal.color));
        // What ends the run is said after it.
        let failure = trouble.failure;
        let unsaid = match trouble.next {
            Some(_) => 0,
            None => 1 + failure.details.len() + failure.hints.len(),
        };
        self.draw(first.into(), |columns| {
            unsaid + said.map_or(0, |it| it.lines(columns))
        })
    }
}

/// Returns the groups as they are now, in their order, then those that are gone.
fn marked(look: &Look<'_>) -> Vec<(Group, Mark)> {
    let Some(difference) = look.difference else {
        let groups = look.groups.iter();
        return groups.map(|it| (it.clone(), Mark::Same)).collect();
    };
    let mut marks: HashMap<String, Mark> = HashMap::new();
    let added = difference.added.iter().filter_map(Group::id);
    marks.extend(added.map(|id| (id.into_owned(), Mark::New)));
    for it in &difference.changed {
        let is_changed = |field: &Field| it.changes.iter().any(|it| it.field == field.name());
        let fields = Field::ALL.into_iter().filter(is_changed).collect();
        let id = it.group.id().map(Cow::into_owned);
        marks.extend(id.map(|id| (id, Mark::Changed(fields))));
    }
    let mut mark = |group: &Group| {
        let mark = group.id().and_then(|id| marks.remove(id.as_ref()));
        mark.unwrap_or(Mark::Same)
    };
    let now = look.groups.iter().map(|it| (it.clone(), mark(it)));
    let gone = difference.removed.iter();
    now.chain(gone.map(|it| (it.clone(), Mark::Gone))).collect()
}

/// Says what changed, with the signs that stand before the rows.
fn summary(difference: Option<&Difference>, since: Option<Timestamp>) -> String {
    let (Some(difference), Some(since)) = (difference, since) else {
        return "the first look".to_owned();
    };
    let since = since.strftime("%H:%M:%S");
    if difference.is_none() {
        return format!("nothing has changed since {since}");
    }
    format!(
        "since {since}: {} new (+), {} changed (~), {} gone (-)",
        difference.added.len(),
        difference.changed.len(),
        difference.removed.len(),
    )
}
