//! Reads from a reply's headers what matters for the next attempt.

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use reqwest::header::HeaderMap;

use super::Hints;

/// Reads the headers; what cannot be read is as if it were not there.
pub(super) fn read(headers: &HeaderMap) -> Hints {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let date = text("date").and_then(date);
    let milliseconds = text("x-acs-retry-after")
        .and_then(|text| text.trim().parse().ok())
        .filter(|milliseconds| *milliseconds > 0)
        .map(Duration::from_millis);
    Hints {
        retry_after: milliseconds
            .or_else(|| wait(text("retry-after")?.trim(), date))
            .filter(|wait| !wait.is_zero()),
        date,
    }
}

/// Reads `Retry-After`: seconds, or a date, which is held against the server's
/// own time, because ours may be wrong.
fn wait(text: &str, now: Option<Timestamp>) -> Option<Duration> {
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = date(text)?;
    Duration::try_from(until.duration_since(now?)).ok()
}

/// Reads a date as HTTP writes it, which is close enough to that of mail.
fn date(text: &str) -> Option<Timestamp> {
    DateTimeParser::new().parse_timestamp(text.trim()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hints<const N: usize>(headers: [(&'static str, &str); N]) -> Hints {
        let headers = headers.into_iter().map(|(name, value)| {
            let name = reqwest::header::HeaderName::from_static(name);
            (name, value.parse().unwrap())
        });
        read(&headers.collect())
    }

    #[test]
    fn milliseconds_seconds_and_dates_are_read() {
        let wait = |headers: [(&'static str, &str); 2]| hints(headers).retry_after;
        let date = ("date", "Tue, 30 Jun 2026 12:00:00 GMT");
        assert_eq!(
            wait([("x-acs-retry-after", "1500"), ("retry-after", "9")]),
            Some(Duration::from_millis(1500))
        );
        assert_eq!(
            wait([("retry-after", "9"), date]),
            Some(Duration::from_secs(9))
        );
        assert_eq!(
            wait([("retry-after", "Tue, 30 Jun 2026 12:00:07 GMT"), date]),
            Some(Duration::from_secs(7))
        );
        for nothing in ["", "0", "-1", "soon", "Tue, 30 Jun 2026 11:00:00 GMT"] {
            assert_eq!(wait([("retry-after", nothing), date]), None, "{nothing}");
        }
        assert_eq!(wait([("x-acs-retry-after", "0"), date]), None);
    }

    #[test]
    fn the_servers_time_is_read() {
        let read = hints([("date", "Tue, 30 Jun 2026 12:00:00 GMT")]);
        assert_eq!(read.date, Some("2026-06-30T12:00:00Z".parse().unwrap()));
        assert_eq!(hints([("date", "today")]).date, None);
    }
}
