//! `table`: for people, at a glance.
//!
//! On a terminal it fits the width: what does not fit ends in an ellipsis.
//! Piped, nothing is cut and nothing is coloured. Columns are aligned by
//! display width, so that Chinese, Arabic and emoji keep them straight. Invite
//! links are left out: whoever holds one may ask to join.

use std::io::{self, Write};

use comfy_table::presets::NOTHING;
use comfy_table::{
    Attribute, Cell, CellAlignment, Color, ColumnConstraint, ContentArrangement, Width,
};

use unicode_width::UnicodeWidthStr as _;

use super::sanitize::sanitize;
use super::{Ending, Render, Terminal, View};
use crate::group::{Field, Group, GroupStatus, time};

/// The columns where nobody names any.
pub(super) const COLUMNS: [Field; 6] = [
    Field::GroupId,
    Field::Subject,
    Field::GroupStatus,
    Field::TotalParticipantCount,
    Field::GroupType,
    Field::GmtModifier,
];

/// Which of these go first where there is no room, from the last.
const IMPORTANCE: [Field; COLUMNS.len() + Field::OF_TARGET.len()] = [
    Field::GroupId,
    Field::Subject,
    Field::GroupStatus,
    Field::Target,
    Field::CustSpaceId,
    Field::TotalParticipantCount,
    Field::GmtModifier,
    Field::GroupType,
];

/// Which columns give way first where there is little room, each as far as it
/// is still readable.
const GIVE_WAY: [Field; Field::every().len()] = [
    Field::Description,
    Field::ProfilePictureFile,
    Field::InviteLink,
    Field::GroupLink,
    Field::Subject,
    Field::Target,
    Field::CustSpaceId,
    Field::GroupType,
    Field::BusinessRole,
    Field::GroupId,
    Field::BusinessNumber,
    Field::GmtModifier,
    Field::GroupStatus,
    Field::TotalParticipantCount,
];

/// No column shrinks below this, however narrow the terminal.
const NARROWEST: u16 = 4;

/// What stands between two columns.
const GAP: u16 = 2;

/// Returns what stands above a column.
const fn heading(field: Field) -> &'static str {
    match field {
        Field::GroupId => "GROUP ID",
        Field::Subject => "SUBJECT",
        Field::Description => "DESCRIPTION",
        Field::GroupStatus => "STATUS",
        Field::BusinessNumber => "NUMBER",
        Field::InviteLink => "INVITE LINK",
        Field::ProfilePictureFile => "PICTURE",
        Field::GroupLink => "LINK",
        Field::TotalParticipantCount => "MEMBERS",
        Field::GroupType => "TYPE",
        Field::BusinessRole => "ROLE",
        Field::GmtModifier => "UPDATED (UTC)",
        Field::CustSpaceId => "SPACE",
        Field::Target => "TARGET",
    }
}

/// Returns the width that a column gets before a less important one may stay.
const fn readable(field: Field) -> u16 {
    match field {
        Field::GroupId => 24,
        Field::Subject
        | Field::Description
        | Field::InviteLink
        | Field::ProfilePictureFile
        | Field::GroupLink => 20,
        Field::GmtModifier | Field::BusinessNumber => 16,
        Field::GroupType | Field::BusinessRole | Field::CustSpaceId | Field::Target => 12,
        Field::GroupStatus => 10,
        Field::TotalParticipantCount => 7,
    }
}

/// A table that is drawn when all groups are there, because widths need all.
pub(super) struct Table<W> {
    out: W,
    terminal: Terminal,
    columns: Vec<Field>,
    /// Whether the user asked for these columns: then none is left out.
    is_asked_for: bool,
    /// Whether even those are cut where a line would be wider than the terminal.
    is_within: bool,
    no_header: bool,
    rows: Vec<Row>,
}

/// A group's cells, and what is to be seen of it besides.
struct Row {
    cells: Vec<String>,
    /// The fields that are marked as changed.
    changed: Vec<Field>,
    /// Whether the group is gone.
    is_gone: bool,
}

/// What stands before a cell that changed.
const CHANGED: char = '*';

impl<W: Write> Table<W> {
    pub(super) fn new(out: W, terminal: Terminal, view: &View) -> Self {
        Self {
            out,
            terminal,
            is_asked_for: view.columns.is_some(),
            is_within: false,
            columns: view.columns_or(&COLUMNS),
            no_header: view.no_header,
            rows: Vec::new(),
        }
    }

    /// Cuts columns that the user asked for, too: where the terminal shows no more
    /// than a line, they would vanish without a word.
    pub(super) fn within(self) -> Self {
        Self {
            is_within: true,
            ..self
        }
    }

    /// Cuts what no terminal of this width can show anyway: a stranger's text may
    /// be megabytes long, and laying it out takes time.
    fn cut(&self, mut text: String) -> String {
        if let Some(columns) = self.terminal.columns
            && let Some((end, _)) = text.char_indices().nth(4 * usize::from(columns))
        {
            text.truncate(end);
        }
        text
    }

    /// Takes a group of which these fields have changed, or that is gone.
    pub(super) fn marked(&mut self, group: &Group, changed: &[Field], is_gone: bool) {
        let cells = self.columns.iter().map(|field| {
            let text = shown_text(group, *field);
            self.cut(if changed.contains(field) {
                format!("{CHANGED}{text}")
            } else {
                text
            })
        });
        self.rows.push(Row {
            cells: cells.collect(),
            changed: changed.to_vec(),
            is_gone,
        });
    }

    /// Returns what is drawn, without line ends: names, unless they are left out,
    /// and a line a group.
    pub(super) fn lines(&self) -> Vec<String> {
        if self.rows.is_empty() {
            return Vec::new();
        }
        let drawn = self.draw().trim_fmt();
        drawn.lines().map(str::to_owned).collect()
    }

    fn draw(&self) -> comfy_table::Table {
        let shown = self.shown();
        let mut table = comfy_table::Table::new();
        let headings = shown.iter().map(|at| {
            let cell = Cell::new(heading(self.columns[*at]));
            if self.terminal.color {
                cell.add_attribute(Attribute::Bold)
            } else {
                cell
            }
        });
        table.load_style(NOTHING).set_truncation_indicator("…");
        if !self.no_header {
            table.set_header(self.line(headings));
        }
        for row in &self.rows {
            table.add_row(self.line(shown.iter().map(|at| self.cell(row, *at))));
        }
        for (column, at) in table.column_iter_mut().zip(&shown) {
            column.set_padding((0, GAP));
            // Cut within words too: a cell is one line.
            column.set_delimiter('\u{0}');
            if self.columns[*at] == Field::TotalParticipantCount {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        self.fit(&mut table, &shown);
        self.paint(&mut table);
        table
    }

    /// Returns the columns that the terminal has room for, in their order: where
    /// it is narrow, the less important ones go, so that ids stay whole.
    fn shown(&self) -> Vec<usize> {
        let mut shown: Vec<usize> = (0..self.columns.len()).collect();
        let Some(columns) = self.terminal.columns.filter(|_| !self.is_asked_for) else {
            return shown;
        };
        let rank = |at: &usize| IMPORTANCE.iter().position(|it| *it == self.columns[*at]);
        shown.sort_by_key(rank);
        let least = |at: usize| {
            let cells = self.rows.iter().map(|row| row.cells[at].width());
            let field = self.columns[at];
            let widest = cells.chain([heading(field).width()]).max().unwrap_or(0);
            widest.min(usize::from(readable(field))) + usize::from(GAP)
        };
        let needed = |shown: &[usize]| shown.iter().map(|it| least(*it)).sum::<usize>();
        while shown.len() > 2 && needed(&shown) > usize::from(columns + GAP) {
            shown.pop();
        }
        if columns < 2 * NARROWEST + GAP {
            shown.truncate(1);
        }
        shown.sort_unstable();
        shown
    }

    /// Makes a row that is one line high where it may be cut.
    fn line(&self, cells: impl IntoIterator<Item = Cell>) -> comfy_table::Row {
        let mut row = comfy_table::Row::from(cells);
        if self.terminal.columns.is_some() {
            row.max_height(1);
        }
        row
    }

    /// Shrinks to the terminal. Long texts give way first, as far as they are
    /// still readable; only then do the others. Of columns that the user asked
    /// for nothing is cut, even if a line is longer than the terminal then, unless
    /// it must stay within.
    fn fit(&self, table: &mut comfy_table::Table, shown: &[usize]) {
        let may_cut = |_: &u16| self.is_within || !self.is_asked_for;
        let Some(available) = self.terminal.columns.filter(may_cut) else {
            table.set_content_arrangement(ContentArrangement::Disabled);
            return;
        };
        let mut widths = table.column_max_content_widths();
        let needed: u32 = widths.iter().map(|width| u32::from(width + GAP)).sum();
        let mut over = needed.saturating_sub(u32::from(available) + u32::from(GAP));
        for field in GIVE_WAY {
            if let Some(at) = shown.iter().position(|it| self.columns[*it] == field) {
                over -= shrink(&mut widths[at], readable(field), over);
            }
        }
        // An ellipsis says at least that there is something.
        let floors: &[u16] = if self.is_asked_for {
            &[NARROWEST, 1]
        } else {
            &[NARROWEST]
        };
        for floor in floors {
            for width in &mut widths {
                over -= shrink(width, *floor, over);
            }
        }
        table.set_content_arrangement(ContentArrangement::Dynamic);
        table.set_width(available.saturating_add(u16::try_from(over).unwrap_or(u16::MAX)));
        let last = widths.len().saturating_sub(1);
        for (at, (column, width)) in table.column_iter_mut().zip(widths).enumerate() {
            let gap = if at == last { 0 } else { GAP };
            column.set_padding((0, gap));
            column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(width + gap)));
        }
    }

    fn paint(&self, table: &mut comfy_table::Table) {
        if self.terminal.color {
            // Whether to colour is decided already; the library must not ask again.
            crossterm::style::force_color_output(true);
            table.enforce_styling();
        } else {
            table.force_no_tty();
        }
    }

    fn cell(&self, row: &Row, at: usize) -> Cell {
        let (text, field) = (row.cells[at].as_str(), self.columns[at]);
        let mut cell = Cell::new(text);
        if !self.terminal.color {
            return cell;
        }
        if row.is_gone {
            return cell.add_attribute(Attribute::Dim);
        }
        let mut text = text;
        if row.changed.contains(&field) {
            text = text.trim_start_matches(CHANGED);
            cell = cell.add_attribute(Attribute::Bold);
        }
        if field != Field::GroupStatus {
            return cell;
        }
        match text.parse() {
            Ok(GroupStatus::Active) => cell.fg(Color::Green),
            Ok(GroupStatus::Suspended) => cell.fg(Color::Red),
            Ok(GroupStatus::Inactive) => cell.fg(Color::DarkGrey),
            Ok(GroupStatus::Creating | GroupStatus::Deleting | GroupStatus::Updating) => {
                cell.fg(Color::Yellow)
            }
            Err(_) => cell.fg(Color::Magenta),
        }
    }
}

/// Takes up to `over` from `width`, but not below `least`; returns what was taken.
fn shrink(width: &mut u16, least: u16, over: u32) -> u32 {
    let taken = u16::try_from(over)
        .unwrap_or(u16::MAX)
        .min(width.saturating_sub(least));
    *width -= taken;
    taken.into()
}

impl<W: Write> Render for Table<W> {
    fn group(&mut self, group: Group) -> io::Result<()> {
        self.marked(&group, &[], false);
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }

    /// Draws what there is; whoever calls says first that it is not all.
    fn finish(&mut self, _: Ending) -> io::Result<()> {
        let lines = self.lines();
        if lines.is_empty() {
            return Ok(());
        }
        let mut out = io::BufWriter::new(&mut self.out);
        for line in lines {
            writeln!(out, "{line}")?;
        }
        out.flush()
    }
}

/// Returns a field's value for people.
pub(super) fn shown_text(group: &Group, field: Field) -> String {
    let text = group.text(field).unwrap_or_default();
    if field == Field::GmtModifier {
        updated(&text)
    } else {
        sanitize(&text).into_owned()
    }
}

/// Returns a time of change for people; what is none is shown as it came.
fn updated(text: &str) -> String {
    time(text).map_or_else(
        || sanitize(text).into_owned(),
        |time| time.strftime("%Y-%m-%d %H:%M").to_string(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(columns: Option<u16>, color: bool, groups: &[serde_json::Value]) -> String {
        let mut out = Vec::new();
        let mut table = Table::new(&mut out, Terminal { columns, color }, &View::default());
        for group in groups {
            table
                .group(
                    serde_json::from_value::<serde_json::Value>(group.clone())
                        .map(|it| serde_json::from_str(&it.to_string()).unwrap())
                        .unwrap(),
                )
                .unwrap();
        }
        table.finish(Ending::Accepted).unwrap();
        drop(table);
        String::from_utf8(out).unwrap()
    }

    fn groups() -> [serde_json::Value; 3] {
        [
            serde_json::json!({"GroupId": "120363000000000001", "Subject": "Plain", "GroupStatus": "ACTIVE",
                "TotalParticipantCount": 8, "GmtModifier": 1_693_107_714_687_i64}),
            serde_json::json!({"GroupId": "120363000000000002", "Subject": "客户支持群 with a rather long name that goes on and on",
                "GroupStatus": "SUSPENDED", "TotalParticipantCount": 12, "GmtModifier": 1_693_107_714}),
            serde_json::json!({"GroupId": "g3", "Subject": "\u{1b}[31mevil\u{202e}", "GroupStatus": "NEW_STATE", "GmtModifier": 94}),
        ]
    }

    #[test]
    fn piped_nothing_is_cut_and_there_are_no_escapes() {
        let text = drawn(None, false, &groups());
        assert!(text.contains("客户支持群 with a rather long name that goes on and on"));
        assert!(!text.contains('\u{1b}') && !text.contains('…'));
        assert!(text.contains(r"\u{1b}[31mevil\u{202e}"));
        assert!(text.contains("2023-08-27 03:41"), "{text}");
        assert!(text.lines().all(|line| line == line.trim_end()), "{text}");
    }

    #[test]
    fn seconds_and_milliseconds_are_told_apart_and_the_rest_is_raw() {
        assert_eq!(updated("1693107714687"), "2023-08-27 03:41");
        assert_eq!(updated("1693107714"), "2023-08-27 03:41");
        assert_eq!(updated("94"), "94");
        assert_eq!(updated("9223372036854775807"), "9223372036854775807");
        assert_eq!(updated("-5"), "-5");
    }

    #[test]
    fn a_terminal_is_never_wider_than_it_is() {
        for columns in [1, 4, 10, 22, 35, 36, 40, 60, 80, 100, 200] {
            let text = drawn(Some(columns), false, &groups());
            assert_eq!(text.lines().count(), 4, "{text}");
            for line in text.lines() {
                let width = usize::from(columns.max(NARROWEST));
                assert!(line.width() <= width, "{columns}: {line}");
            }
        }
        assert!(drawn(Some(80), false, &groups()).contains('…'));
    }

    #[test]
    fn a_text_of_megabytes_is_drawn_at_once_and_within_the_width() {
        let long = "长".repeat(700_000);
        let group = serde_json::json!({"GroupId": long, "Subject": long, "GroupStatus": long});
        let text = drawn(Some(80), false, &[group]);
        assert!(text.lines().all(|line| { line.width() <= 80 }));
    }

    #[test]
    fn colour_is_for_statuses_and_headings_only() {
        let text = drawn(Some(100), true, &groups());
        let escapes = text.matches('\u{1b}').count();
        assert!(escapes > 0);
        assert!(!drawn(Some(100), false, &groups()).contains('\u{1b}'));
        let active = text.lines().nth(1).unwrap();
        assert!(active.contains("\u{1b}[38;5;10mACTIVE"), "{active:?}");
    }

    #[test]
    fn an_empty_listing_draws_nothing() {
        assert_eq!(drawn(Some(80), true, &[]), "");
    }
}
