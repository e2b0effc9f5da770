//! What is watched, as a person at a terminal sees it: one table that is drawn
//! over, and below it what has changed of late.

use std::borrow::Cow;
use std::collections::{HashMap, VecDeque};
use std::io::{self, Write};

use jiff::Timestamp;

use super::{Look, Show, Trouble};
use crate::commands::{changes, counted};
use crate::diff::Difference;
use crate::failure::Failure;
use crate::group::{Field, Group};
use crate::output::frame::{self, Canvas, Mark, painted};
use crate::output::line::{cut, rows};
use crate::output::sanitize::sanitize;
use crate::output::talk::Hold;
use crate::output::{Format, Talk, Terminal, View};
use crate::world::World;

/// How many of the latest changes stay in sight.
const REMEMBERED: usize = 8;

/// What is kept of each for that, in columns: no terminal is wider.
const WIDEST: usize = 500;

/// So much of a subject says which group it is, and leaves room for what changed.
const SUBJECT: usize = 20;

/// However small the terminal is, so many lines are drawn.
const FEWEST: usize = 6;

/// Draws the table.
pub(super) struct Screen<'a> {
    out: Box<dyn Write + 'a>,
    terminal: Terminal,
    format: Format,
    view: View,
    world: &'a World,
    talk: &'a Talk,
    canvas: Canvas,
    /// What stands above the table.
    head: [String; 2],
    /// What the last look came to, without what is to come.
    outcome: String,
    /// What was said below it all, which goes when that is drawn over.
    said: Vec<String>,
    /// What the last look that went well showed.
    rows: Vec<(Group, Mark)>,
    seen: Option<Seen>,
    /// The latest changes, the newest first.
    latest: VecDeque<String>,
    /// Whether only groups that are as asked are shown.
    pub(super) is_of_some: bool,
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
        talk: &'a Talk,
    ) -> Self {
        let is_dumb = world.env.os("TERM").is_some_and(|term| term == "dumb");
        Self {
            out,
            terminal,
            format,
            view,
            world,
            talk,
            canvas: Canvas::new(is_dumb),
            head: Default::default(),
            outcome: String::new(),
            said: Vec::new(),
            rows: Vec::new(),
            seen: None,
            latest: VecDeque::new(),
            is_of_some: false,
        }
    }

    /// Takes what is above the table, and what is said below it.
    fn set(&mut self, head: [String; 2], sgr: &str, said: Option<&Hold<'_>>) {
        self.head = head.map(|it| painted(&it, sgr, self.terminal.color));
        self.said = said.map(Hold::lines).unwrap_or_default();
    }

    /// Draws it all, and leaves room for what is said below, and for that failure.
    /// What was said before must be said once more.
    fn draw(&mut self, is_said: bool, failure: Option<&Failure>) -> io::Result<()> {
        // Its user may have made it larger or smaller; COLUMNS goes before that.
        let size = self.world.screen.size();
        let mut terminal = self.terminal;
        if self.world.env.os("COLUMNS").is_none()
            && let Some((columns, _)) = size
        {
            terminal.columns = Some(columns);
        }
        let columns = terminal.columns.unwrap_or(80);
        let height = size.map(|(_, rows)| rows);
        // On another terminal it takes no room here.
        let unsaid = failure.filter(|_| self.talk.is_terminal);
        let unsaid = unsaid.map_or(0, |it| self.talk.rows(columns, |talk| it.report(talk)));
        let below = unsaid + rows(self.said.iter().map(String::as_str), columns);
        let fewest = if below == 0 { FEWEST } else { self.head.len() };
        // The cursor stands on a line of its own, for what the shell says next.
        let room = height.map(|it| usize::from(it).saturating_sub(1 + below).max(fewest));
        let mut lines = self.head.to_vec();
        lines.push(String::new());
        let left = room.map(|it| it.saturating_sub(lines.len()));
        let latest = self.latest.len().min(left.unwrap_or(usize::MAX) / 4);
        // An empty line and the changes.
        let under = if latest == 0 { 0 } else { latest + 1 };
        lines.extend(self.table(terminal, left.map(|it| it.saturating_sub(under))));
        if latest > 0 {
            lines.push(String::new());
            lines.extend(self.latest.iter().take(latest).cloned());
        }
        lines.truncate(room.unwrap_or(usize::MAX));
        let mut bytes = self.canvas.draw(&lines, columns, height);
        if is_said {
            let lines = self.said.iter().flat_map(|it| [it.as_str(), "\n"]);
            bytes.extend(lines.flat_map(str::bytes));
        }
        // Ctrl-C waits until the terminal is as it was, if it ever takes it all.
        let _held = self.world.stop.hold_briefly();
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
        let changes = changes::rows(difference).into_iter().take(REMEMBERED);
        // The first of them shall be the first to read.
        for [sign, _, id, subject, what] in changes.collect::<Vec<_>>().into_iter().rev() {
            let subject = sanitize(&subject);
            let words = format!("{id}  {}  {what}", cut(&subject, SUBJECT));
            let line = format!("{time} {sign} {}", sanitize(&words));
            self.latest.push_front(cut(&line, WIDEST).into_owned());
        }
        self.latest.truncate(REMEMBERED);
    }

    /// Says how much there is to see, and that it is no longer certain.
    fn as_of(&self, now: Timestamp) -> String {
        let (groups, at) = match &self.seen {
            Some(seen) => (seen.groups, seen.at),
            None => (0, now),
        };
        let groups = counted(groups as u64, "group");
        format!("{groups} AS OF {}", at.strftime("%Y-%m-%d %H:%M:%S UTC"))
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
        let next = match look.next {
            Some(next) => format!("next look at {}", next.strftime("%H:%M:%S")),
            None => "it was the last look".to_owned(),
        };
        let first = format!(
            "{} at {}; {next}",
            counted(look.groups.len() as u64, "group"),
            look.at.strftime("%Y-%m-%d %H:%M:%S UTC"),
        );
        self.outcome = summary(look.difference, since, self.is_of_some);
        let first = painted(&first, "1", self.terminal.color);
        self.set([first, self.outcome.clone()], "", said);
        self.draw(false, None)
    }

    fn failed(&mut self, trouble: &Trouble<'_>, said: Option<&Hold<'_>>) -> io::Result<()> {
        let next = match trouble.next {
            Some(next) => format!("the next is at {}", next.strftime("%H:%M:%S")),
            None => "it was the last".to_owned(),
        };
        self.outcome = format!("the look at {} FAILED", trouble.at.strftime("%H:%M:%S"));
        let head = [self.as_of(trouble.at), format!("{}; {next}", self.outcome)];
        self.set(head, "1;31", said);
        // What ends the run is said after it.
        let is_last = trouble.next.is_none();
        self.draw(false, Some(trouble.failure).filter(|_| is_last))
    }

    fn looking(&mut self, since: Timestamp) -> io::Result<()> {
        let since_when = since.strftime("%H:%M:%S");
        let first = format!("{}; looking since {since_when}", self.as_of(since));
        let first = painted(&first, "1;33", self.terminal.color);
        self.head = [first, self.outcome.clone()];
        self.draw(true, None)
    }

    fn again(&mut self) -> io::Result<()> {
        // Where each picture follows the last, there is one already; and before the
        // first look there is none.
        if self.canvas.is_dumb || self.seen.is_none() {
            return Ok(());
        }
        self.draw(true, None)
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
fn summary(difference: Option<&Difference>, since: Option<Timestamp>, is_of_some: bool) -> String {
    let (Some(difference), Some(since)) = (difference, since) else {
        return "the first look".to_owned();
    };
    let since = since.strftime("%H:%M:%S");
    if difference.is_none() {
        return format!("nothing has changed since the look at {since}");
    }
    // A group that is no longer as asked is there all the same.
    let gone = if is_of_some {
        "gone or no longer as asked"
    } else {
        "gone"
    };
    format!(
        "since {since}: {} new (+), {} changed (~), {} {gone} (-)",
        difference.added.len(),
        difference.changed.len(),
        difference.removed.len(),
    )
}
