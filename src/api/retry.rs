//! Whether to try again, and how long to wait before it: policy, without doing
//! either.
//!
//! A listing only reads, so trying again is always harmless. The code decides
//! first: throttling usually comes under HTTP 400, and a refusal stays one
//! under any status. Status and transport decide where there is no code.

use std::time::Duration;

use super::error::{ApiError, Nonsense, Refusal};
use crate::transport::TransportError;

/// What to do about a failed attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Slow down, all of us, then try again.
    Throttled,
    /// Try again after a while.
    Retry,
    /// Our clock is off: set it by the server's, then try again.
    ClockSkew,
    /// Trying again would bring the same.
    Fail,
}

/// Judges a failed attempt.
pub fn classify(error: &ApiError) -> Verdict {
    match error {
        ApiError::Refused(refusal) if refusal.code == Refusal::NO_CODE => of_status(refusal.status),
        ApiError::Refused(refusal) => of_code(&refusal.code),
        ApiError::Nonsense { status, what } => match (status, what) {
            // Half of an answer may well have been half of a throttling.
            (_, Nonsense::CutShort { .. }) => Verdict::Retry,
            (400.., _) => of_status(*status),
            (_, Nonsense::Groups(_) | Nonsense::Unclear(_)) => Verdict::Fail,
            // What should be an answer broke on its way, or was replaced.
            (200..300, _) => Verdict::Retry,
            _ => Verdict::Fail,
        },
        ApiError::Transport(error) => match error {
            TransportError::Timeout { .. }
            | TransportError::Broken { .. }
            | TransportError::Damaged { .. } => Verdict::Retry,
            TransportError::Setup(_)
            | TransportError::Certificates(_)
            | TransportError::Dns { .. }
            | TransportError::Connect { .. }
            | TransportError::Tls { .. }
            | TransportError::Redirected { .. }
            | TransportError::TooLarge { .. } => Verdict::Fail,
        },
        ApiError::Nonce(_) | ApiError::Key(_) => Verdict::Fail,
    }
}

fn of_status(status: u16) -> Verdict {
    match status {
        429 => Verdict::Throttled,
        500 | 502 | 503 | 504 => Verdict::Retry,
        _ => Verdict::Fail,
    }
}

fn of_code(code: &str) -> Verdict {
    match code {
        "System.LimitControl" => Verdict::Throttled,
        code if code.contains("Throttling") => Verdict::Throttled,
        "ServiceUnavailable" | "InternalError" | "SignatureNonceUsed" => Verdict::Retry,
        "InvalidTimeStamp.Expired" | "IllegalTimestamp" => Verdict::ClockSkew,
        _ => Verdict::Fail,
    }
}

/// The longest wait that we choose ourselves.
const LONGEST_BACKOFF: Duration = Duration::from_secs(20);
/// The shortest wait that a server may ask for.
const SHORTEST_ASKED: Duration = Duration::from_millis(50);
/// The longest wait that a server may ask for; longer is cut to it.
const LONGEST_ASKED: Duration = Duration::from_mins(1);
/// The range of the first wait.
const FIRST_BACKOFF: Duration = Duration::from_millis(200);

/// Returns how long to wait before attempt `attempt` (the first retry is 1):
/// what the server asks for, else a random share of a range that doubles.
/// `jitter` is from 0 up to 1.
pub fn wait(attempt: u32, asked: Option<Duration>, jitter: f64) -> Duration {
    if let Some(asked) = asked {
        return asked.clamp(SHORTEST_ASKED, LONGEST_ASKED);
    }
    let doublings = attempt.saturating_sub(1).min(16);
    let range = FIRST_BACKOFF
        .saturating_mul(1 << doublings)
        .min(LONGEST_BACKOFF);
    range.mul_f64(jitter.clamp(0.0, 1.0))
}

/// How many retries a run may still make. Each success earns a quarter of one,
/// so a service with passing faults is never given up, and a dying one soon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Budget {
    quarters: u32,
}

impl Budget {
    const FULL: u32 = 50 * 4;

    /// Takes one retry, if there is one left.
    pub fn spend(&mut self) -> bool {
        match self.quarters.checked_sub(4) {
            Some(left) => {
                self.quarters = left;
                true
            }
            None => false,
        }
    }

    /// Notes a success.
    pub fn earn(&mut self) {
        self.quarters = Self::FULL.min(self.quarters + 1);
    }
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            quarters: Self::FULL,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::advice;

    fn verdict_of_code(code: &str) -> Verdict {
        classify(&ApiError::Refused(Box::new(Refusal {
            status: 400,
            code: code.to_owned(),
            ..Refusal::default()
        })))
    }

    /// The whole policy over every documented code: all that is not in one of
    /// these lists fails at once.
    #[test]
    fn the_policy_over_every_code() {
        let mut throttled = Vec::new();
        let mut retried = Vec::new();
        let mut skewed = Vec::new();
        for row in advice::TABLE {
            let code = row.code.trim_end_matches('*');
            match verdict_of_code(code) {
                Verdict::Throttled => throttled.push(row.code),
                Verdict::Retry => retried.push(row.code),
                Verdict::ClockSkew => skewed.push(row.code),
                Verdict::Fail => {}
            }
        }
        assert_eq!(
            throttled,
            ["System.LimitControl", "Throttling*", "Rejected.Throttling"]
        );
        assert_eq!(
            retried,
            ["SignatureNonceUsed", "InternalError", "ServiceUnavailable"]
        );
        assert_eq!(skewed, ["InvalidTimeStamp.Expired", "IllegalTimestamp"]);
        assert_eq!(verdict_of_code("Throttling.User"), Verdict::Throttled);
        assert_eq!(verdict_of_code("Brand.New"), Verdict::Fail);
    }

    /// The whole policy over every status of an answer that is not JSON.
    #[test]
    fn the_policy_over_every_status_without_json() {
        let mut retried = Vec::new();
        for status in (100..200).chain(300..600) {
            let what = Nonsense::Html;
            match classify(&ApiError::Nonsense { status, what }) {
                Verdict::Throttled => retried.push((status, "throttled")),
                Verdict::Retry => retried.push((status, "retry")),
                Verdict::ClockSkew | Verdict::Fail => {}
            }
        }
        let expected = [
            (429, "throttled"),
            (500, "retry"),
            (502, "retry"),
            (503, "retry"),
            (504, "retry"),
        ];
        assert_eq!(retried, expected);
    }

    #[test]
    fn a_200_that_is_no_json_is_asked_again_and_json_that_is_wrong_is_not() {
        let verdict = |what| classify(&ApiError::Nonsense { status: 200, what });
        assert_eq!(verdict(Nonsense::Empty), Verdict::Retry);
        assert_eq!(
            verdict(Nonsense::CutShort { line: 1, column: 9 }),
            Verdict::Retry
        );
        assert_eq!(verdict(Nonsense::NotUtf8(3)), Verdict::Retry);
        assert_eq!(verdict(Nonsense::Html), Verdict::Retry);
        assert_eq!(verdict(Nonsense::Groups(String::new())), Verdict::Fail);
        assert_eq!(verdict(Nonsense::Unclear("")), Verdict::Fail);
    }

    #[test]
    fn waits_double_up_to_a_cap_and_a_server_is_heard_up_to_a_minute() {
        let longest: Vec<u128> = (1..10).map(|it| wait(it, None, 1.0).as_millis()).collect();
        assert_eq!(
            longest,
            [200, 400, 800, 1600, 3200, 6400, 12800, 20000, 20000]
        );
        assert_eq!(wait(3, None, 0.5), Duration::from_millis(400));
        assert_eq!(wait(u32::MAX, None, 0.0), Duration::ZERO);
        let asked = |seconds| wait(1, Some(Duration::from_secs(seconds)), 0.5);
        assert_eq!(asked(7), Duration::from_secs(7));
        assert_eq!(asked(3600), Duration::from_mins(1));
    }

    #[test]
    fn a_budget_outlasts_passing_faults_and_not_a_dying_service() {
        let mut budget = Budget::default();
        let mut spent = 0;
        while budget.spend() {
            spent += 1;
        }
        assert_eq!(spent, 50);
        let mut budget = Budget::default();
        for _ in 0..10_000 {
            assert!(budget.spend());
            for _ in 0..9 {
                budget.earn();
            }
        }
    }
}
