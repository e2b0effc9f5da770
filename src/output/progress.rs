//! The line that tells a person at a terminal how far a listing has come.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A shorter wait needs no explanation.
pub const PATIENCE: Duration = Duration::from_millis(500);

/// The line. It is drawn on stderr, and only once it is shown.
#[derive(Debug)]
pub struct Progress(ProgressBar);

impl Progress {
    /// A line that is not shown yet.
    pub fn hidden() -> Self {
        Self(ProgressBar::hidden())
    }

    /// Shows the line, if it is not, and what it says.
    pub fn show(&self, words: String) {
        if self.0.is_hidden() {
            self.0.set_style(
                ProgressStyle::with_template("{spinner} {msg}")
                    .unwrap_or_else(|_| ProgressStyle::default_spinner()),
            );
            self.0.reset();
            self.0.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.0.set_message(words);
        self.0.tick();
    }

    /// Takes the line away, to say something else; it comes back with the next
    /// thing to show.
    pub fn clear(&self) {
        if !self.0.is_hidden() {
            self.0.finish_and_clear();
            self.0.set_draw_target(ProgressDrawTarget::hidden());
        }
    }
}

/// Returns what the line says.
pub fn words(pages: u64, groups: u64, of: Option<u64>, took: Duration, paused: Duration) -> String {
    let of = of.map(|of| format!(" of {of}")).unwrap_or_default();
    let seconds = took.as_secs_f64().max(0.001);
    #[expect(clippy::cast_precision_loss, reason = "a rate for people")]
    let rate = groups as f64 / seconds;
    let paused = if paused.is_zero() {
        String::new()
    } else {
        format!(", throttled for {:.1} s", paused.as_secs_f64())
    };
    let pages = if pages == 1 {
        "1 page".to_owned()
    } else {
        format!("{pages} pages")
    };
    format!("{groups}{of} groups, {pages}, {rate:.0} groups/s{paused}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_tells_pages_groups_rate_and_waits() {
        let second = Duration::from_secs(1);
        assert_eq!(
            words(3, 300, Some(20_000), second, Duration::ZERO),
            "300 of 20000 groups, 3 pages, 300 groups/s"
        );
        assert_eq!(
            words(1, 100, None, 2 * second, second),
            "100 groups, 1 page, 50 groups/s, throttled for 1.0 s"
        );
    }
}
