//! The three streams, and what is known of the terminal behind them.

use std::fmt;
use std::io::{self, BufRead, IsTerminal as _, Write};
use std::str::FromStr;

use crate::text::named;
use crate::world::{Env, Screen};

/// No terminal is wider.
const WIDEST: u16 = 10_000;

/// Where data and talk go, with all that is ever asked about either.
pub struct Streams {
    /// Data, and nothing else.
    pub stdout: Box<dyn Write>,
    /// Talk.
    pub stderr: Box<dyn Write>,
    /// Whether data goes to a terminal.
    pub stdout_is_terminal: bool,
    /// Whether talk goes to a terminal.
    pub stderr_is_terminal: bool,
    /// The terminal's width in columns, where the system knows it.
    pub columns: Option<u16>,
    /// What the user types or pipes in.
    pub stdin: Box<dyn BufRead>,
    /// Whether somebody types it.
    pub stdin_is_terminal: bool,
}

impl fmt::Debug for Streams {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Streams")
            .field("stdout_is_terminal", &self.stdout_is_terminal)
            .field("stderr_is_terminal", &self.stderr_is_terminal)
            .field("columns", &self.columns)
            .finish_non_exhaustive()
    }
}

impl Streams {
    /// Returns the streams of the process.
    pub fn real() -> Self {
        Self {
            stdout: Box::new(io::stdout()),
            stderr: Box::new(io::stderr()),
            stdout_is_terminal: io::stdout().is_terminal(),
            stderr_is_terminal: io::stderr().is_terminal(),
            columns: Screen::System.size().map(|(columns, _)| columns),
            stdin: Box::new(io::BufReader::new(io::stdin())),
            stdin_is_terminal: io::stdin().is_terminal(),
        }
    }

    /// Decides, once, what renderers may do on stdout.
    pub fn terminal(&self, color: ColorChoice, env: &Env) -> Terminal {
        let columns = env
            .text("COLUMNS")
            .and_then(|columns| columns.parse().ok())
            .filter(|columns| (1..=WIDEST).contains(columns))
            .or(self.columns)
            .unwrap_or(80);
        Terminal {
            columns: self.stdout_is_terminal.then_some(columns),
            color: color.decide(self.stdout_is_terminal, env),
        }
    }
}

/// What a renderer may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terminal {
    /// The width to fit, in columns; `None` when no terminal looks on.
    pub columns: Option<u16>,
    /// Whether to colour.
    pub color: bool,
}

/// When to colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColorChoice {
    /// On a terminal, unless `NO_COLOR` is set or `TERM` is `dumb`.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl ColorChoice {
    /// Every choice, in the order in which help lists them.
    pub const ALL: [Self; 3] = [Self::Auto, Self::Always, Self::Never];

    /// Returns the name that flags use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Always => "always",
            Self::Never => "never",
        }
    }

    /// Decides for one stream. A non-empty `NO_COLOR` counts, whatever it says
    /// (no-color.org); else `CLICOLOR_FORCE` and `FORCE_COLOR`, unless they say 0
    /// (bixense.com/clicolors); the flag beats them all.
    pub fn decide(self, is_terminal: bool, env: &Env) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto if env.os("NO_COLOR").is_some() => false,
            Self::Auto => {
                let forces = |name| env.os(name).is_some_and(|it| it != "0");
                forces("CLICOLOR_FORCE")
                    || forces("FORCE_COLOR")
                    || is_terminal && env.os("TERM").is_none_or(|term| term != "dumb")
            }
        }
    }
}

impl FromStr for ColorChoice {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        named(text, Self::ALL, Self::name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colour_is_for_terminals_and_the_flag_beats_no_color() {
        let plain = Env::fixed([]);
        let no_color = Env::fixed([("NO_COLOR", "1")]);
        let dumb = Env::fixed([("TERM", "dumb")]);
        assert!(ColorChoice::Auto.decide(true, &plain));
        assert!(!ColorChoice::Auto.decide(false, &plain));
        assert!(!ColorChoice::Auto.decide(true, &no_color));
        assert!(!ColorChoice::Auto.decide(true, &dumb));
        assert!(ColorChoice::Always.decide(false, &no_color));
        for name in ["CLICOLOR_FORCE", "FORCE_COLOR"] {
            let forced = |value| Env::fixed([(name, value), ("TERM", "dumb")]);
            assert!(ColorChoice::Auto.decide(false, &forced("1")));
            assert!(!ColorChoice::Auto.decide(false, &forced("0")));
            let both = Env::fixed([(name, "1"), ("NO_COLOR", "1")]);
            assert!(!ColorChoice::Auto.decide(true, &both));
        }
        assert!(!ColorChoice::Never.decide(true, &plain));
    }
}
