//! Tables that a script may sort and search, and that are whole without it.

use std::borrow::Cow;
use std::io;

use super::page::Page;

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Words of our own.
    Ours,
    /// Anybody's text, which may run from right to left.
    Text,
    /// Anybody's text that should be a number.
    Number,
}

/// A table under a heading. Its last column is the target.
pub(super) struct Table<const N: usize> {
    /// What the style calls its section.
    pub(super) class: &'static str,
    pub(super) heading: &'static str,
    /// What its rows are.
    pub(super) things: &'static str,
    pub(super) columns: [(&'static str, Kind); N],
}

/// A row: what the style calls it, and its cells.
pub(super) type Row<'a, const N: usize> = (&'static str, [Cow<'a, str>; N]);

impl<const N: usize> Table<N> {
    pub(super) fn write<'a>(
        &self,
        page: &mut Page<'_>,
        of_targets: bool,
        rows: impl Iterator<Item = Row<'a, N>>,
    ) -> io::Result<()> {
        page.markup("<section class=\"listing ")?
            .markup(self.class)?
            .markup(if of_targets { " targets" } else { "" })?
            .markup("\" data-things=\"")?
            .markup(self.things)?
            .markup("\">\n<div class=\"bar\"><h2>")?
            .markup(self.heading)?
            // Hidden until there is a script that does what it promises.
            .markup("</h2><div class=\"tools\" hidden><output></output><input type=\"search\" placeholder=\"Search\" aria-label=\"Search ")?
            .markup(self.things)?
            .markup("\" autocomplete=\"off\" spellcheck=\"false\"></div></div>\n<div class=\"scroll\">\n<table>\n<thead><tr>")?;
        let columns = &self.columns[..if of_targets { N } else { N - 1 }];
        for (name, kind) in columns {
            page.markup(match kind {
                Kind::Number => "<th scope=\"col\" class=\"number\">",
                Kind::Ours | Kind::Text => "<th scope=\"col\">",
            })?
            .markup(name)?
            .markup("</th>")?;
        }
        page.markup("</tr></thead>\n<tbody>\n")?;
        for (class, cells) in rows {
            match class {
                "" => page.markup("<tr>")?,
                class => page.markup("<tr class=\"")?.markup(class)?.markup("\">")?,
            };
            for ((_, kind), cell) in columns.iter().zip(&cells) {
                page.markup(match kind {
                    Kind::Ours => "<td>",
                    Kind::Text | Kind::Number => "<td dir=\"auto\">",
                })?
                .text(cell)?
                .markup("</td>")?;
            }
            page.markup("</tr>\n")?;
        }
        page.markup("</tbody>\n</table>\n</div>\n</section>\n")?;
        Ok(())
    }
}
