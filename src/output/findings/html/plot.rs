//! Bars, drawn here, so that the page needs no script to show them.

use std::io;

use unicode_width::UnicodeWidthChar as _;

use super::page::Page;
use crate::output::sanitize::sanitize;

/// A bar of a plot.
pub(super) struct Bar {
    name: String,
    count: u64,
    /// What the style calls it.
    class: &'static str,
}

impl Bar {
    pub(super) fn new(name: impl Into<String>, count: u64, class: &'static str) -> Self {
        Self {
            name: name.into(),
            count,
            class,
        }
    }

    #[cfg(test)]
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    #[cfg(test)]
    pub(super) fn count(&self) -> u64 {
        self.count
    }
}

// In units that are about a pixel wide on a phone.
const WIDTH: u64 = 340;
const ROW: u64 = 23;
const NAMES_END: u64 = 104;
const BARS_BEGIN: u64 = 112;
/// What is left beside it takes a number of seven digits.
const LONGEST: u64 = 176;
/// How many columns of a terminal a name may take, which fits in either script.
const NAME_COLUMNS: usize = 13;

/// Draws bars under a heading, the figure beside each.
pub(super) fn write(page: &mut Page<'_>, heading: &'static str, bars: &[Bar]) -> io::Result<()> {
    let most = bars.iter().map(|it| it.count).max().unwrap_or(0).max(1);
    page.markup("<figure>\n<figcaption>")?
        .markup(heading)?
        .markup("</figcaption>\n<svg viewBox=\"0 0 ")?
        .number(WIDTH)?
        .markup(" ")?
        .number(ROW * bars.len() as u64)?
        .markup("\" role=\"img\" aria-label=\"")?
        .markup(heading)?;
    // For those who are told what others see.
    for (at, bar) in bars.iter().enumerate() {
        page.markup(if at == 0 { ": " } else { ", " })?
            .text(&bar.name)?
            .markup(" ")?
            .number(bar.count)?;
    }
    page.markup("\">\n")?;
    for (at, bar) in (0..).zip(bars) {
        let middle = ROW * at + ROW / 2;
        let length = match bar.count {
            0 => 0,
            count => (count.saturating_mul(LONGEST) / most).max(2),
        };
        page.markup("<g class=\"")?
            .markup(if bar.count == 0 { "none" } else { bar.class })?
            .markup("\"><title>")?
            .text(&bar.name)?
            .markup(": ")?
            .number(bar.count)?
            .markup("</title><text class=\"name\" x=\"")?
            .number(NAMES_END)?
            .markup("\" y=\"")?
            .number(middle)?
            .markup("\">")?
            .text(&short(&bar.name))?
            .markup("</text><rect x=\"")?
            .number(BARS_BEGIN)?
            .markup("\" y=\"")?
            .number(middle - 8)?
            .markup("\" width=\"")?
            .number(length)?
            .markup("\" height=\"16\" rx=\"2\"/><text x=\"")?
            .number(BARS_BEGIN + length + 6)?
            .markup("\" y=\"")?
            .number(middle)?
            .markup("\">")?
            .number(bar.count)?
            .markup("</text></g>\n")?;
    }
    page.markup("</svg>\n</figure>\n")?;
    Ok(())
}

/// Cuts a name that would run out of the plot; its title has all of it.
fn short(name: &str) -> String {
    let name = sanitize(name);
    let mut columns = 0;
    let end = name.char_indices().find_map(|(at, c)| {
        columns += c.width().unwrap_or(0);
        (columns > NAME_COLUMNS).then_some(at)
    });
    match end {
        None => name.into_owned(),
        Some(end) => format!("{}…", &name[..end]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_is_cut_and_nothing_is_no_bar() {
        let bars = [
            Bar::new("0123456789ABCDEF", 1_000_000, "odd"),
            Bar::new("客户支持群客户支持群", 1, "odd"),
            Bar::new("none", 0, "odd"),
        ];
        let mut out = Vec::new();
        write(&mut Page::new(&mut out), "Groups", &bars).unwrap();
        let svg = String::from_utf8(out).unwrap();
        assert!(svg.contains(">0123456789ABC…</text>"), "{svg}");
        assert!(svg.contains(">客户支持群客…</text>"), "{svg}");
        assert!(svg.contains("<title>0123456789ABCDEF: 1000000</title>"));
        assert!(svg.contains("width=\"2\"") && svg.contains("width=\"0\""));
        assert!(svg.contains("aria-label=\"Groups: 0123456789ABCDEF 1000000, "));
    }
}
