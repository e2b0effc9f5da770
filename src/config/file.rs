//! The configuration file: TOML, read strictly.
//!
//! Every mistake is answered with file, line and key, and never with the value
//! that stands there: it may be a secret on the wrong line. That is why keys
//! are taken from the parsed document one by one, not by a derived reader,
//! whose messages quote what they did not expect.

use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};
use zeroize::Zeroizing;

use super::target::{RawTarget, distinct};
use super::{ConfigError, Located, Profile, Target, TargetError, is_open_to_others};
use crate::secret::Secret;
use crate::text::nearest;

/// A configuration file's content.
#[derive(Clone, Debug)]
pub struct ConfigFile {
    /// Where it was read.
    pub path: PathBuf,
    /// `default_profile`.
    pub default_profile: Option<Located<String>>,
    /// `[profiles.NAME]`, in the file's order.
    pub profiles: Vec<Profile>,
    /// The text itself where a profile has a policy, which others read in full;
    /// keys may stand beside it.
    pub source: Option<Secret>,
}

impl ConfigFile {
    /// Returns the profile of this name.
    pub fn profile(&self, name: &str) -> Option<&Profile> {
        self.profiles.iter().find(|profile| profile.name == name)
    }

    /// Returns the names of the profiles, in the file's order.
    pub fn names(&self) -> Vec<String> {
        self.profiles.iter().map(|it| it.name.clone()).collect()
    }

    /// Returns whether the file holds secrets and its mode lets others read it.
    /// Where files have no modes, the system's own rules are trusted.
    pub fn is_open_to_others(&self) -> bool {
        self.profiles.iter().any(Profile::has_secrets) && is_open_to_others(&self.path)
    }

    /// Reads the file at `path`; `None` when there is none.
    pub fn read(path: &Path) -> Result<Option<Self>, ConfigError> {
        let bytes = match std::fs::read(path) {
            Ok(bytes) => Zeroizing::new(bytes),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => {
                return Err(ConfigError::Unreadable {
                    path: path.to_owned(),
                    error,
                });
            }
        };
        Self::parse(path, &bytes).map(Some)
    }

    /// Reads a file's content; `path` serves to name it in errors.
    pub fn parse(path: &Path, bytes: &[u8]) -> Result<Self, ConfigError> {
        let text = std::str::from_utf8(bytes).map_err(|error| ConfigError::NotText {
            path: path.to_owned(),
            line: line_at(bytes, error.valid_up_to()),
        })?;
        let document = DeTable::parse(text).map_err(|error| ConfigError::Syntax {
            path: path.to_owned(),
            line: line_at(bytes, error.span().map_or(0, |span| span.start)),
            message: error.message().to_owned(),
        })?;
        let reader = Reader { path, bytes };
        let mut file = Self {
            path: path.to_owned(),
            default_profile: None,
            profiles: Vec::new(),
            source: None,
        };
        for (key, value) in document.get_ref() {
            match key.get_ref().as_ref() {
                "default_profile" => {
                    file.default_profile = Some(reader.text("default_profile", value)?);
                }
                "profiles" => file.profiles = reader.profiles(value)?,
                other => {
                    return Err(reader.unknown(
                        other,
                        key.span(),
                        &["default_profile", "profiles"],
                    ));
                }
            }
        }
        if file.profiles.is_empty() {
            return Err(ConfigError::NoProfiles {
                path: path.to_owned(),
            });
        }
        if file.profiles.iter().any(|it| it.has_audit) {
            file.source = Some(Secret::new(text));
        }
        Ok(file)
    }
}

/// Takes values from a document and knows where they stand.
struct Reader<'a> {
    path: &'a Path,
    bytes: &'a [u8],
}

type Value<'i> = Spanned<DeValue<'i>>;

impl Reader<'_> {
    fn profiles(&self, value: &Value<'_>) -> Result<Vec<Profile>, ConfigError> {
        let table = self.table("profiles", value)?;
        let mut profiles = Vec::new();
        for (name, value) in table {
            profiles.push((name.span().start, self.profile(name.get_ref(), value)?));
        }
        // The parsed table is sorted by name.
        profiles.sort_by_key(|(start, _)| *start);
        Ok(profiles.into_iter().map(|(_, profile)| profile).collect())
    }

    fn profile(&self, name: &str, value: &Value<'_>) -> Result<Profile, ConfigError> {
        let mut profile = Profile {
            name: name.to_owned(),
            ..Profile::default()
        };
        for (key, value) in self.table(&format!("profiles.{name}"), value)? {
            let text = || self.text(key.get_ref(), value);
            let number = || self.text_or_integer(key.get_ref(), value);
            match key.get_ref().as_ref() {
                "access_key_id" => profile.access_key_id = Some(text()?),
                "access_key_secret" => profile.access_key_secret = Some(secret(text()?)),
                "security_token" => profile.security_token = Some(secret(text()?)),
                "credential_process" => {
                    profile.credential_process = Some(secret(text()?));
                }
                "credential_process_shell" => {
                    profile.credential_process_shell = Some(self.truth(key.get_ref(), value)?);
                }
                "aliyun_profile" => profile.aliyun_profile = Some(text()?),
                "source_profile" => profile.source_profile = Some(text()?),
                "ecs_ram_role" => profile.ecs_ram_role = Some(text()?),
                "credentials_uri" => profile.credentials_uri = Some(secret(text()?)),
                "role_arn" => profile.role_arn = Some(text()?),
                "role_session_name" => profile.role_session_name = Some(text()?),
                "external_id" => profile.external_id = Some(secret(text()?)),
                "duration" => profile.duration = Some(number()?),
                "policy" => profile.policy = Some(text()?),
                "sts_endpoint" => profile.sts_endpoint = Some(text()?),
                "oidc_provider_arn" => profile.oidc_provider_arn = Some(text()?),
                "oidc_token_file" => profile.oidc_token_file = Some(text()?),
                "credential_cache" => {
                    profile.credential_cache = Some(self.truth(key.get_ref(), value)?);
                }
                "region" => profile.region = Some(text()?),
                "endpoint" => profile.endpoint = Some(text()?),
                "business_number" => profile.business_number = Some(text()?),
                "space_id" => profile.space_id = Some(text()?),
                "channel_type" => profile.channel_type = Some(text()?),
                "page_size" => profile.page_size = Some(self.integer(key.get_ref(), value)?),
                "output" => profile.output = Some(text()?),
                "signature" => profile.signature = Some(text()?),
                "timeout" => profile.timeout = Some(number()?),
                "ca_file" => profile.ca_file = Some(text()?),
                "audit" => {
                    self.table("audit", value)?;
                    profile.has_audit = true;
                }
                "targets" => profile.targets = self.targets(value)?,
                other => return Err(self.unknown(other, key.span(), &Profile::KEYS)),
            }
        }
        Ok(profile)
    }

    fn targets(&self, value: &Value<'_>) -> Result<Vec<Target>, ConfigError> {
        let array = value.get_ref().as_array();
        let array = array.ok_or_else(|| self.wrong_type("targets", value, "tables"))?;
        let mut targets = Vec::new();
        for value in array {
            let mut raw = RawTarget::default();
            for (key, value) in self.table("targets", value)? {
                let text = || self.text(key.get_ref(), value).map(|it| Some(it.value));
                match key.get_ref().as_ref() {
                    "name" => raw.name = text()?,
                    "space_id" => raw.space_id = text()?,
                    "business_number" => raw.business_number = text()?.map(Into::into),
                    "profile" => raw.profile = text()?,
                    other => return Err(self.unknown(other, key.span(), &RawTarget::KEYS)),
                }
            }
            let line = self.line(value.span());
            let target = raw.read().map_err(|what| TargetError { line, what });
            targets.push((line, target.map_err(|it| self.bad_target(it))?));
        }
        distinct(targets).map_err(|it| self.bad_target(it))
    }

    fn bad_target(&self, error: TargetError) -> ConfigError {
        ConfigError::BadTarget {
            path: self.path.to_owned(),
            line: error.line,
            reason: error.what,
        }
    }

    fn table<'v, 'i>(
        &self,
        key: &str,
        value: &'v Value<'i>,
    ) -> Result<&'v DeTable<'i>, ConfigError> {
        value
            .get_ref()
            .as_table()
            .ok_or_else(|| self.wrong_type(key, value, "a table"))
    }

    fn text(&self, key: &str, value: &Value<'_>) -> Result<Located<String>, ConfigError> {
        let text = value.get_ref().as_str().map(str::to_owned);
        self.located(text, value)
            .ok_or_else(|| self.wrong_type(key, value, "text in quotes"))
    }

    fn truth(&self, key: &str, value: &Value<'_>) -> Result<Located<bool>, ConfigError> {
        let truth = value.get_ref().as_bool();
        let line = self.line(value.span());
        truth
            .map(|value| Located { value, line })
            .ok_or_else(|| self.wrong_type(key, value, "true or false"))
    }

    fn integer(&self, key: &str, value: &Value<'_>) -> Result<Located<String>, ConfigError> {
        self.located(whole_number(value), value)
            .ok_or_else(|| self.wrong_type(key, value, "a whole number"))
    }

    fn text_or_integer(
        &self,
        key: &str,
        value: &Value<'_>,
    ) -> Result<Located<String>, ConfigError> {
        let text = value.get_ref().as_str().map(str::to_owned);
        self.located(text.or_else(|| whole_number(value)), value)
            .ok_or_else(|| self.wrong_type(key, value, "text in quotes or a whole number"))
    }

    fn located(&self, text: Option<String>, value: &Value<'_>) -> Option<Located<String>> {
        Some(Located {
            value: text?,
            line: self.line(value.span()),
        })
    }

    fn wrong_type(&self, key: &str, value: &Value<'_>, wanted: &'static str) -> ConfigError {
        ConfigError::WrongType {
            path: self.path.to_owned(),
            line: self.line(value.span()),
            key: key.to_owned(),
            wanted,
            found: value.get_ref().type_str(),
        }
    }

    fn unknown(&self, key: &str, span: Range<usize>, known: &[&'static str]) -> ConfigError {
        ConfigError::UnknownKey {
            path: self.path.to_owned(),
            line: self.line(span),
            key: key.to_owned(),
            nearest: nearest(key, known.iter().copied()).map(str::to_owned),
            known: known.join(", "),
        }
    }

    fn line(&self, span: Range<usize>) -> usize {
        line_at(self.bytes, span.start)
    }
}

fn secret(text: Located<String>) -> Located<Secret> {
    Located {
        value: Secret::new(text.value),
        line: text.line,
    }
}

/// Returns a decimal integer's digits.
fn whole_number(value: &Value<'_>) -> Option<String> {
    let integer = value.get_ref().as_integer()?;
    (integer.radix() == 10).then(|| integer.as_str().to_owned())
}

/// Returns the line, counted from 1, of a byte.
fn line_at(bytes: &[u8], at: usize) -> usize {
    let before = &bytes[..at.min(bytes.len())];
    1 + before
        .split(|byte| *byte == b'\n')
        .count()
        .saturating_sub(1)
}

#[cfg(test)]
mod tests;
