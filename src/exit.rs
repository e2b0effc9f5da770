//! The exit codes: public and final. Which failure ends with which is decided
//! in one place, [`crate::failure::Kind::exit`].

/// A way to end. The numbers are a contract with scripts and CI jobs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// All that was asked for was done.
    Success = 0,
    /// Looked, and found something wrong.
    Findings = 1,
    /// The command line makes no sense.
    Usage = 2,
    /// The configuration or the credentials make no sense.
    Config = 3,
    /// The API does not let us in.
    Access = 4,
    /// The API refused the request, or answered nonsense.
    Refused = 5,
    /// The API was not reached.
    Network = 6,
    /// The API throttled us to the end.
    Throttled = 7,
    /// The listing is not known to be whole.
    Incomplete = 8,
    /// The output could not be written.
    Output = 9,
    /// Ctrl-C.
    Interrupted = 130,
    /// SIGTERM.
    Terminated = 143,
}

impl Exit {
    /// Every code with what it means, as help and README list them.
    pub const ALL: [(Self, &'static str); 12] = [
        (Self::Success, "success; no groups is success too"),
        (
            Self::Findings,
            "looked, and found: rules broken, snapshots differ, or not in time",
        ),
        (Self::Usage, "usage: a flag is wrong or missing"),
        (
            Self::Config,
            "configuration or credentials: wrong or missing",
        ),
        (
            Self::Access,
            "access refused: authentication, permission, allow-list, signature",
        ),
        (
            Self::Refused,
            "the API refused the request or answered nonsense",
        ),
        (
            Self::Network,
            "network: DNS, connection, TLS, timeout, redirect",
        ),
        (Self::Throttled, "throttled to the end"),
        (Self::Incomplete, "the listing is incomplete"),
        (Self::Output, "the output could not be written"),
        (
            Self::Interrupted,
            "interrupted (Ctrl-C); a sandbox then ends with 0",
        ),
        (Self::Terminated, "terminated (SIGTERM)"),
    ];

    /// Returns the number that the process ends with.
    pub const fn code(self) -> u8 {
        self as u8
    }
}
