//! Spans of time, as users write them.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

/// How long one request may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeout(pub Duration);

impl Default for Timeout {
    fn default() -> Self {
        Self(Duration::from_secs(30))
    }
}

impl fmt::Display for Timeout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0)
    }
}

impl FromStr for Timeout {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        duration(text)
            .filter(|it| (Duration::from_millis(1)..=Duration::from_hours(1)).contains(it))
            .map(Self)
            .ok_or_else(|| {
                "a time from 1ms to 1h is needed, such as 30s, 500ms or 1m30s".to_owned()
            })
    }
}

/// Reads a span of time such as `500ms`, `30s` or `1m30s`; a bare number is
/// seconds.
pub fn duration(text: &str) -> Option<Duration> {
    if let Ok(seconds) = text.parse::<u32>() {
        return Some(Duration::from_secs(seconds.into()));
    }
    let span: jiff::SignedDuration = text.parse().ok()?;
    span.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timeout_may_be_seconds_or_carry_units() {
        for (text, millis) in [
            ("30", 30_000),
            ("500ms", 500),
            ("1m30s", 90_000),
            ("2 s", 2000),
        ] {
            let Timeout(it) = text.parse().unwrap();
            assert_eq!(it, Duration::from_millis(millis), "{text}");
        }
        for text in ["0", "-1s", "2h", "soon", "", "1e3"] {
            assert!(text.parse::<Timeout>().is_err(), "{text}");
        }
    }
}
