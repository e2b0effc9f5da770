//! Small tables: settings, findings, differences. Nothing in them is cut.

use comfy_table::presets::NOTHING;
use comfy_table::{ColumnConstraint, ContentArrangement, Table};

use super::sanitize::sanitize;

/// Returns rows under headings, in columns that are as wide as they must be.
pub fn sheet<const N: usize>(headings: [&str; N], rows: &[[String; N]]) -> String {
    sheet_within(headings, rows, None)
}

/// As [`sheet`], for a terminal of this width: the last two columns, which hold the
/// longest texts, give way and go on below.
pub fn sheet_within<const N: usize>(
    headings: [&str; N],
    rows: &[[String; N]],
    columns: Option<u16>,
) -> String {
    let mut table = Table::new();
    table.load_style(NOTHING).set_header(headings);
    for row in rows {
        table.add_row(row.iter().map(|cell| sanitize(cell).into_owned()));
    }
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    if let Some(columns) = columns {
        table
            .set_content_arrangement(ContentArrangement::Dynamic)
            // The last column's padding is nobody's.
            .set_width(columns.saturating_add(2));
        for column in table.column_iter_mut().take(N.saturating_sub(2)) {
            column.set_constraint(ColumnConstraint::ContentWidth);
        }
    } else {
        table.set_content_arrangement(ContentArrangement::Disabled);
    }
    let lines = table.lines().map(|line| format!("{}\n", line.trim_end()));
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn on_a_terminal_long_texts_go_on_below_and_ids_stay_whole() {
        let row = [
            "120363025246100000",
            "a subject",
            "a long story of what is wrong",
        ];
        let rows = [row.map(str::to_owned)];
        let text = sheet_within(["ID", "SUBJECT", "WHAT"], &rows, Some(44));
        assert!(text.lines().count() > 2, "{text}");
        assert!(text.lines().all(|it| it.len() <= 44), "{text}");
        assert!(text.contains("120363025246100000  a subject"), "{text}");
        assert_eq!(sheet(["ID", "SUBJECT", "WHAT"], &rows).lines().count(), 2);
    }
}
