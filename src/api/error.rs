//! How a call fails: the API refuses, it answers nonsense, or no answer comes.

use std::fmt;

use serde::Deserialize;

use super::key::KeyError;
use crate::transport::TransportError;

/// Why a page was not read.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// The API answered, and said no.
    #[error("{0}")]
    Refused(Box<Refusal>),
    /// What came is no answer of this API.
    #[error("the answer is {what} (HTTP {status})")]
    Nonsense {
        /// The HTTP status.
        status: u16,
        /// What came.
        what: Nonsense,
    },
    /// No reply came.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// The system has no random numbers to give.
    #[error("no random number for the request's nonce: {0}")]
    Nonce(getrandom::Error),
    /// There is no key to sign with any more.
    #[error(transparent)]
    Key(#[from] KeyError),
}

impl ApiError {
    /// Returns whether the API refused the key itself, and if so, whether it
    /// said that it has expired.
    pub fn refused_key(&self) -> Option<bool> {
        let Self::Refused(refusal) = self else {
            return None;
        };
        match refusal.code.as_str() {
            "InvalidSecurityToken.Expired" => Some(true),
            code if code.starts_with("InvalidSecurityToken") => Some(false),
            "InvalidAccessKeyId.NotFound" | "InvalidAccessKeyId.Inactive" => Some(false),
            _ => None,
        }
    }
}

/// The API's no. The message is the server's text: escape it before it is shown.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Refusal {
    /// The HTTP status, which may well be 200.
    pub status: u16,
    /// `Code`.
    pub code: String,
    /// `Message`, unless it stands for nothing.
    pub message: Option<String>,
    /// `RequestId`, which support asks for.
    pub request_id: Option<String>,
    /// What a permission check had to say.
    pub access_denied: Option<AccessDenied>,
    /// For a refused signature that shows the text the server signed: whether
    /// it is the text that we signed. If it is, the secret is wrong; if not,
    /// something between here and there changed the request.
    pub string_to_sign_matches: Option<bool>,
}

impl Refusal {
    /// What stands for a code that did not come.
    pub const NO_CODE: &str = "no code";

    /// Returns every text that the server wrote.
    pub(super) fn texts_mut(&mut self) -> impl Iterator<Item = &mut String> {
        let denied = self.access_denied.as_mut().map(|it| {
            [
                &mut it.auth_action,
                &mut it.auth_principal_type,
                &mut it.auth_principal_display_name,
                &mut it.no_permission_type,
                &mut it.policy_type,
                &mut it.text,
            ]
        });
        std::iter::once(&mut self.code)
            .chain(self.message.as_mut())
            .chain(self.request_id.as_mut())
            .chain(denied.into_iter().flatten().flatten())
    }

    /// Returns whether the API refuses the number or the size of the page. Its
    /// code for that is not documented beyond `InvalidParameter.PageInvalid`.
    pub fn is_about_page(&self) -> bool {
        let says = |text: &str| {
            let text = text.to_ascii_lowercase();
            text.contains("page") || text.contains("size")
        };
        self.code.starts_with("Invalid")
            && (says(&self.code) || self.message.as_deref().is_some_and(says))
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.code == "OK" {
            return write!(
                f,
                "the API reports a failure beside the code OK (HTTP {})",
                self.status
            );
        }
        write!(f, "the API refused: {} (HTTP {})", self.code, self.status)
    }
}

/// `AccessDeniedDetail`, as far as it tells a user something.
#[derive(Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct AccessDenied {
    /// The action that was refused, such as `cams:ListChatGroup`.
    pub auth_action: Option<String>,
    /// The kind of identity that asked, such as `SubUser`.
    pub auth_principal_type: Option<String>,
    /// The identity that asked.
    pub auth_principal_display_name: Option<String>,
    /// `ImplicitDeny` (nothing allows it) or `ExplicitDeny`.
    pub no_permission_type: Option<String>,
    /// The kind of policy that decided.
    pub policy_type: Option<String>,
    /// The detail as it came, where it is no object.
    #[serde(skip)]
    pub text: Option<String>,
}

/// What came in an answer's place.
#[derive(Debug, thiserror::Error)]
pub enum Nonsense {
    /// Nothing at all.
    #[error("empty")]
    Empty,
    /// A web page, as proxies and captive portals send it.
    #[error("an HTML page, not JSON")]
    Html,
    /// XML, the gateway's language when it is not asked for JSON.
    #[error("XML, not JSON")]
    Xml,
    /// Bytes that are no text; holds the place of the first.
    #[error("not UTF-8 from byte {0} on")]
    NotUtf8(usize),
    /// JSON that ends too early.
    #[error("JSON that is cut short at line {line}, column {column}")]
    CutShort {
        /// Where it ends.
        line: usize,
        /// Where it ends.
        column: usize,
    },
    /// Anything else.
    #[error("not JSON: wrong at line {line}, column {column}")]
    NotJson {
        /// Where JSON ends.
        line: usize,
        /// Where JSON ends.
        column: usize,
    },
    /// JSON whose groups cannot be read.
    #[error("JSON whose groups cannot be read: {0}")]
    Groups(String),
    /// JSON that says neither yes nor no.
    #[error("unclear: {0}")]
    Unclear(&'static str),
}

impl Nonsense {
    /// Says what a text is that is no JSON.
    pub(super) fn of(text: &str, error: &serde_json::Error) -> Self {
        let (line, column) = (error.line(), error.column());
        let start = text.trim_start().trim_start_matches('\u{feff}');
        let head: String = start.chars().take(256).collect();
        let head = head.to_ascii_lowercase();
        if start.is_empty() {
            Self::Empty
        } else if head.starts_with("<!doctype") || head.contains("<html") {
            Self::Html
        } else if head.starts_with('<') {
            Self::Xml
        } else if error.is_eof() {
            Self::CutShort { line, column }
        } else {
            Self::NotJson { line, column }
        }
    }
}
