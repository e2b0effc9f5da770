//! How a run fails, in words: what failed, the facts, and what to do next.
//!
//! Each room's errors become a [`Failure`] here, in exhaustive matches that
//! decide kind and hints. The words hold server texts; whoever shows them
//! escapes them.

use std::borrow::Cow;
use std::io;

mod credentials;

use crate::api::advice::Advice;
use crate::api::{AccessDenied, ApiError, Refusal, advice};
use crate::config::ConfigError;
use crate::credentials::CredentialsError;
use crate::exit::Exit;
use crate::output::{Talk, Unfit};
use crate::pages::Incomplete;
use crate::text::nearest;
use crate::transport::TransportError;

/// What kind of failure it is; decides the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The command line.
    Usage,
    /// Configuration or credentials.
    Config,
    /// The API does not let us in.
    Access,
    /// The API refused, or answered nonsense.
    Refused,
    /// The API was not reached.
    Network,
    /// Too many calls, to the end.
    Throttled,
    /// The listing is not whole.
    Incomplete,
    /// Output could not be written.
    Output,
    /// Whoever read our output has gone; nothing is to be said.
    ReaderGone,
    /// The user pressed Ctrl-C; nothing is to be said.
    Interrupted,
    /// All went well, and there is something to find: stdout says it.
    Findings,
}

impl Kind {
    /// Returns the kind's name, for scripts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Usage => "usage",
            Self::Config => "config",
            Self::Access => "access",
            Self::Refused => "refused",
            Self::Network => "network",
            Self::Throttled => "throttled",
            Self::Incomplete => "incomplete",
            Self::Output => "output",
            Self::ReaderGone => "reader-gone",
            Self::Interrupted => "interrupted",
            Self::Findings => "findings",
        }
    }

    /// Decides how a failure of this kind ends the process.
    pub const fn exit(self) -> Exit {
        match self {
            Self::Usage => Exit::Usage,
            Self::Config => Exit::Config,
            Self::Access => Exit::Access,
            Self::Refused => Exit::Refused,
            Self::Network => Exit::Network,
            Self::Throttled => Exit::Throttled,
            Self::Incomplete => Exit::Incomplete,
            Self::Output => Exit::Output,
            // The reader has seen enough; that is no failure of ours.
            Self::ReaderGone => Exit::Success,
            Self::Interrupted => Exit::Interrupted,
            Self::Findings => Exit::Findings,
        }
    }
}

/// A failed run.
#[derive(Clone, Debug)]
pub struct Failure {
    /// What kind it is.
    pub kind: Kind,
    /// What failed, in one line.
    pub what: String,
    /// Facts: a label and a text each.
    pub details: Vec<(Cow<'static, str>, String)>,
    /// What to do next.
    pub hints: Vec<String>,
    /// What the API said, where it did.
    pub said: Option<Box<Said>>,
    /// Which of many targets it is about.
    pub target: Option<String>,
}

/// How the API names a refusal.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// Its code, where it gave one.
    pub code: Option<String>,
    /// The request id, which support asks for.
    pub request_id: Option<String>,
}

impl Failure {
    /// Makes a failure without facts or hints.
    pub fn new(kind: Kind, what: impl Into<String>) -> Self {
        Self {
            kind,
            what: what.into(),
            details: Vec::new(),
            hints: Vec::new(),
            said: None,
            target: None,
        }
    }

    /// Says which of many targets failed.
    #[must_use]
    pub fn of_target(mut self, target: impl std::fmt::Display) -> Self {
        self.target = Some(target.to_string());
        self
    }

    /// Adds what to do next.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Adds a fact, if there is one.
    #[must_use]
    pub fn detail(mut self, label: &'static str, text: Option<String>) -> Self {
        self.details.extend(text.map(|text| (label.into(), text)));
        self
    }

    /// Judges a failed write of the listing.
    pub fn writing(error: &io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self::new(Kind::ReaderGone, "");
        }
        match error.get_ref().and_then(|it| it.downcast_ref::<Unfit>()) {
            Some(Unfit::Group(why)) => {
                return Self::new(
                    Kind::Refused,
                    format!("the listing has no such form: {why}"),
                )
                .hint("another --output can show it");
            }
            Some(unfit @ Unfit::Expression(_)) => {
                return Self::new(Kind::Usage, unfit.to_string())
                    .hint("the listing is an array: .[] goes through it, as in .[].Subject");
            }
            None => {}
        }
        Self::new(
            Kind::Output,
            format!("the output could not be written: {error}"),
        )
    }

    /// Returns it as scripts read it.
    pub fn object(&self) -> serde_json::Value {
        let said = self.said.as_ref();
        let details = self.details.iter();
        let details: serde_json::Map<_, _> = details
            .map(|(label, text)| (label.to_string(), text.as_str().into()))
            .collect();
        serde_json::json!({
            "error": {
                "kind": self.kind.name(),
                "exit_code": self.kind.exit().code(),
                "message": self.what,
                "target": self.target,
                "code": said.and_then(|it| it.code.as_deref()),
                "request_id": said.and_then(|it| it.request_id.as_deref()),
                "details": details,
                "hints": self.hints,
            }
        })
    }

    /// Says it all on stderr.
    pub fn report(&self, talk: &Talk) {
        if matches!(
            self.kind,
            Kind::ReaderGone | Kind::Interrupted | Kind::Findings
        ) {
            return;
        }
        if talk.is_for_scripts() {
            return talk.object(&self.object());
        }
        match &self.target {
            None => talk.error(&self.what),
            Some(target) => talk.error(format!("{target}: {}", self.what)),
        }
        for (label, text) in &self.details {
            talk.detail(label, text);
        }
        for hint in &self.hints {
            talk.hint(hint);
        }
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        let kind = match error {
            ConfigError::Required { .. } => Kind::Usage,
            _ => Kind::Config,
        };
        let failure = Self::new(kind, error.to_string());
        match error {
            ConfigError::Missing { path, origin } => failure.hint(format!(
                "name another with {origin}, or write it: cams-groups config init --config {}",
                path.display()
            )),
            ConfigError::Unreadable { .. } => failure.hint("check the path and its permissions"),
            ConfigError::NotText { .. } | ConfigError::Syntax { .. } => failure.hint(
                "the file must be TOML: every text in quotes; config.example.toml shows every key",
            ),
            ConfigError::NoProfiles { .. } => {
                failure.hint("add a profile: a line [profiles.default] and its keys below it")
            }
            ConfigError::UnknownKey { nearest, known, .. } => match nearest {
                Some(key) => failure.hint(format!("did you mean `{key}`?")),
                None => failure.hint(format!("known keys: {known}")),
            },
            ConfigError::WrongType { .. }
            | ConfigError::Invalid { .. }
            | ConfigError::BadTarget { .. } => failure,
            ConfigError::NoSuchProfile {
                name, path, known, ..
            } => match path {
                Some(path) if known.is_empty() => {
                    failure.hint(format!("there is no {} yet", path.display()))
                }
                _ => failure.hint(choices(&name, &known)),
            },
            ConfigError::Required { setting, .. } => failure.hint(format!(
                "pass {}, set {}, or write `{}` in the profile",
                setting.flag,
                setting.variable.unwrap_or_default(),
                setting.key
            )),
        }
    }
}

/// Says which profiles there are, the one that may have been meant first.
fn choices(name: &str, known: &[String]) -> String {
    const MOST: usize = 12;
    if let Some(nearest) = nearest(name, known.iter().map(String::as_str)) {
        return format!("did you mean `{nearest}`?");
    }
    match known.len() {
        0 => "there is no profile yet".to_owned(),
        len if len > MOST => format!(
            "choose one of: {}, and {} more",
            known[..MOST].join(", "),
            len - MOST
        ),
        _ => format!("choose one of: {}", known.join(", ")),
    }
}

impl From<Incomplete> for Failure {
    fn from(error: Incomplete) -> Self {
        let failure = Self::new(
            Kind::Incomplete,
            format!("the listing is incomplete: {error}"),
        );
        match error {
            Incomplete::Capped { granted, .. } => {
                failure.hint(format!("leave --page-size out, or ask for {granted}"))
            }
            Incomplete::NoTotal { .. } => failure.hint("list without --count, and count what comes"),
            Incomplete::Count { .. } | Incomplete::Moved { .. } => failure
                .hint("groups may have been made or removed meanwhile: run the command again; list, audit and diff take more --passes"),
            Incomplete::OddTotal { .. } | Incomplete::Blank | Incomplete::Stuck { .. } => {
                failure.hint("the answer is not as documented; give support the request id (-v)")
            }
        }
    }
}

impl From<TransportError> for Failure {
    fn from(error: TransportError) -> Self {
        let what = error.to_string();
        let network = |hint: &str| Self::new(Kind::Network, what.clone()).hint(hint);
        match error {
            TransportError::Certificates(_) => {
                Self::new(Kind::Config, what).hint("the CA file must hold certificates in PEM form")
            }
            TransportError::Setup(_) => {
                network("check the proxy variables, and that the system has CA certificates")
            }
            TransportError::Dns { .. } => {
                network("check --region and --endpoint, the network, and the proxy variables")
            }
            TransportError::Connect { .. } => {
                network("check --endpoint, the network, and the proxy variables")
            }
            TransportError::Tls { cause, .. } if cause.contains("corrupt message") => network(
                "the other side does not speak TLS; a sandbox's endpoint begins with http://",
            ),
            TransportError::Tls { .. } => {
                network("behind a TLS-inspecting proxy, pass its certificate with --ca-file")
            }
            TransportError::Timeout { .. } => {
                network("try again, or allow more time with --timeout")
            }
            TransportError::Broken { .. } => network("try again"),
            TransportError::Redirected { .. } => {
                network("if that is where the API is, name it with --endpoint")
            }
            TransportError::Damaged { .. } | TransportError::TooLarge { .. } => {
                Self::new(Kind::Refused, what)
                    .hint("check --endpoint, and whether a proxy changes answers")
            }
        }
    }
}

impl From<ApiError> for Failure {
    fn from(error: ApiError) -> Self {
        match error {
            ApiError::Transport(error) => error.into(),
            ApiError::Refused(refusal) => {
                let known = advice::of(&refusal.code);
                refused(*refusal, known)
            }
            ApiError::Nonsense { status, .. } => Self::new(of_status(status), error.to_string()).hint(
                "check --endpoint, and whether a proxy or login page answers in the API's place",
            ),
            ApiError::Nonce(_) => Self::new(Kind::Config, error.to_string()),
            ApiError::Key(error) => match error.downcast::<CredentialsError>() {
                Ok(error) => (*error).into(),
                Err(error) => Self::new(Kind::Config, error.to_string()),
            },
        }
    }
}

/// Judges an answer without a known code: some statuses speak for themselves.
fn of_status(status: u16) -> Kind {
    match status {
        401 | 403 => Kind::Access,
        429 => Kind::Throttled,
        _ => Kind::Refused,
    }
}

fn refused(refusal: Refusal, known: Option<&Advice>) -> Failure {
    let kind = match known.map(|advice| advice.class) {
        Some(advice::Class::Access) => Kind::Access,
        Some(advice::Class::Throttled) => Kind::Throttled,
        Some(advice::Class::Refused) => Kind::Refused,
        None => of_status(refusal.status),
    };
    let mut cause = known.map(|advice| advice.cause.to_owned());
    let mut fix = known.map(|advice| advice.fix.to_owned());
    if refusal.string_to_sign_matches == Some(false) {
        cause = Some("the request that the API saw is not the one that was signed".to_owned());
        fix = Some(
            "a proxy may have changed it; if there is none, this is a defect: report it".to_owned(),
        );
    }
    let is_about_rights = advice::is_about_rights(&refusal.code);
    let mut failure = Failure {
        said: Some(Box::new(Said {
            code: Some(refusal.code.clone()).filter(|it| it != Refusal::NO_CODE),
            request_id: refusal.request_id.clone(),
        })),
        ..Failure::new(kind, refusal.to_string())
    }
    .detail("message", refusal.message)
    .detail("request id", refusal.request_id)
    .detail("cause", cause)
    .detail("detail", refusal.access_denied.map(|it| denied(&it)));
    failure.hints.extend(fix);
    if is_about_rights {
        failure = failure.detail("least policy", Some(advice::POLICY.to_owned()));
    }
    failure
}

fn denied(detail: &AccessDenied) -> String {
    if let Some(text) = &detail.text {
        return text.clone();
    }
    let part = |label: &str, value: &Option<String>| {
        value.as_ref().map(|value| format!("{label} {value}"))
    };
    [
        part("action", &detail.auth_action),
        part("identity", &detail.auth_principal_display_name),
        part("of type", &detail.auth_principal_type),
        part("decision", &detail.no_permission_type),
        part("by", &detail.policy_type),
    ]
    .into_iter()
    .flatten()
    .collect::<Vec<_>>()
    .join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(code: &str, status: u16) -> Failure {
        ApiError::Refused(Box::new(Refusal {
            status,
            code: code.to_owned(),
            ..Refusal::default()
        }))
        .into()
    }

    #[test]
    fn the_code_decides_the_kind_and_the_status_only_for_unknown_codes() {
        for (code, status, kind) in [
            ("SignatureDoesNotMatch", 400, Kind::Access),
            ("Throttling.User", 400, Kind::Throttled),
            ("InvalidParameter.PageInvalid", 200, Kind::Refused),
            ("InternalError", 500, Kind::Refused),
            ("Brand.New", 403, Kind::Access),
            ("Brand.New", 429, Kind::Throttled),
            ("Brand.New", 200, Kind::Refused),
        ] {
            assert_eq!(refusal(code, status).kind, kind, "{code} {status}");
        }
    }

    #[test]
    fn a_request_changed_on_its_way_is_not_blamed_on_the_secret() {
        let refusal = Refusal {
            status: 400,
            code: "SignatureDoesNotMatch".to_owned(),
            string_to_sign_matches: Some(false),
            ..Refusal::default()
        };
        let failure = refused(refusal, advice::of("SignatureDoesNotMatch"));
        assert!(failure.details[0].1.contains("not the one that was signed"));
    }

    #[test]
    fn a_closed_pipe_is_not_reported() {
        let gone = Failure::writing(&io::ErrorKind::BrokenPipe.into());
        assert_eq!(gone.kind, Kind::ReaderGone);
        let full = Failure::writing(&io::ErrorKind::StorageFull.into());
        assert_eq!(full.kind, Kind::Output);
    }
}
