//! Small tables of our own words, such as settings. Nothing in them is cut.

use comfy_table::presets::NOTHING;
use comfy_table::{ContentArrangement, Table};

use super::sanitize::sanitize;

/// Returns rows under headings, in columns that are as wide as they must be.
pub fn sheet<const N: usize>(headings: [&str; N], rows: &[[String; N]]) -> String {
    let mut table = Table::new();
    table
        .load_style(NOTHING)
        .set_content_arrangement(ContentArrangement::Disabled)
        .set_header(headings);
    for row in rows {
        table.add_row(row.iter().map(|cell| sanitize(cell).into_owned()));
    }
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    // The last column's padding is nobody's.
    let lines = table.lines().map(|line| format!("{}\n", line.trim_end()));
    lines.collect()
}
