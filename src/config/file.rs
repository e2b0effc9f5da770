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

use super::ConfigError;
use crate::secret::Secret;
use crate::text::nearest;

/// A value and the line it stands on, counted from 1.
#[derive(Clone, Debug)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// The line.
    pub line: usize,
}

/// A configuration file's content.
#[derive(Clone, Debug)]
pub struct ConfigFile {
    /// Where it was read.
    pub path: PathBuf,
    /// `default_profile`.
    pub default_profile: Option<Located<String>>,
    /// `[profiles.NAME]`, in the file's order.
    pub profiles: Vec<Profile>,
}

/// `[profiles.NAME]`: texts as they stand there, not yet understood.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    /// Its name.
    pub name: String,
    /// `access_key_id`.
    pub access_key_id: Option<Located<String>>,
    /// `access_key_secret`.
    pub access_key_secret: Option<Located<Secret>>,
    /// `security_token`.
    pub security_token: Option<Located<Secret>>,
    /// `region`.
    pub region: Option<Located<String>>,
    /// `endpoint`.
    pub endpoint: Option<Located<String>>,
    /// `business_number`.
    pub business_number: Option<Located<String>>,
    /// `space_id`.
    pub space_id: Option<Located<String>>,
    /// `channel_type`.
    pub channel_type: Option<Located<String>>,
    /// `page_size`.
    pub page_size: Option<Located<String>>,
    /// `output`.
    pub output: Option<Located<String>>,
    /// `signature`.
    pub signature: Option<Located<String>>,
    /// `timeout`.
    pub timeout: Option<Located<String>>,
    /// `ca_file`.
    pub ca_file: Option<Located<String>>,
}

impl Profile {
    /// Every key of a profile.
    pub const KEYS: [&'static str; 13] = [
        "access_key_id",
        "access_key_secret",
        "security_token",
        "region",
        "endpoint",
        "business_number",
        "space_id",
        "channel_type",
        "page_size",
        "output",
        "signature",
        "timeout",
        "ca_file",
    ];
}

impl ConfigFile {
    /// Returns the profile of this name.
    pub fn profile(&self, name: &str) -> Option<&Profile> {
        self.profiles.iter().find(|profile| profile.name == name)
    }

    /// Returns whether the file holds secrets and its mode lets others read it.
    /// Where files have no modes, the system's own rules are trusted.
    pub fn is_open_to_others(&self) -> bool {
        let secrets = self
            .profiles
            .iter()
            .any(|profile| profile.access_key_secret.is_some() || profile.security_token.is_some());
        secrets && mode(&self.path).is_some_and(|mode| mode & 0o077 != 0)
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
                other => return Err(self.unknown(other, key.span(), &Profile::KEYS)),
            }
        }
        Ok(profile)
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

#[cfg(unix)]
fn mode(path: &Path) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt as _;
    Some(std::fs::metadata(path).ok()?.permissions().mode())
}

#[cfg(not(unix))]
fn mode(_: &Path) -> Option<u32> {
    None
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
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<ConfigFile, ConfigError> {
        ConfigFile::parse(Path::new("c.toml"), text.as_bytes())
    }

    fn error(text: &str) -> String {
        parse(text).unwrap_err().to_string()
    }

    #[test]
    fn profiles_come_in_the_files_order_with_their_lines() {
        let file = parse(
            "default_profile = \"prod\"\n\n[profiles.prod]\nregion = \"x\"\npage_size = 50\ntimeout = 5\n\n[profiles.dev]\ntimeout = \"2s\"\n",
        )
        .unwrap();
        assert_eq!(file.default_profile.as_ref().unwrap().line, 1);
        let names: Vec<_> = file.profiles.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["prod", "dev"]);
        let prod = file.profile("prod").unwrap();
        assert_eq!(prod.region.as_ref().unwrap().line, 4);
        assert_eq!(prod.page_size.as_ref().unwrap().value, "50");
        assert_eq!(prod.timeout.as_ref().unwrap().value, "5");
    }

    #[test]
    fn unknown_keys_name_file_line_key_and_the_nearest() {
        let text = error("[profiles.p]\n\nacess_key_id = \"x\"\n");
        assert_eq!(text, "c.toml:3: unknown key `acess_key_id`");
        let text = error("profile = 1");
        assert_eq!(text, "c.toml:1: unknown key `profile`");
    }

    #[test]
    fn wrong_types_name_file_line_key_and_what_is_wanted() {
        assert_eq!(
            error("[profiles.p]\nregion = 5"),
            "c.toml:2: `region` must be text in quotes, not integer"
        );
        assert_eq!(
            error("[profiles.p]\npage_size = \"20\""),
            "c.toml:2: `page_size` must be a whole number, not string"
        );
        assert_eq!(
            error("profiles = 1"),
            "c.toml:1: `profiles` must be a table, not integer"
        );
        assert_eq!(
            error("[profiles]\np = 1"),
            "c.toml:2: `profiles.p` must be a table, not integer"
        );
    }

    #[test]
    fn a_mistake_never_shows_the_value_beside_it() {
        for line in [
            "access_key_secret = testAccessKeySecret",
            "access_key_secret = \"testAccessKeySecret",
            "access_key_secret = 'testAccessKeySecret\"",
            "access_key_secret = \"testAccessKeySecret\" x",
            "access_key_secret = [\"testAccessKeySecret\"]",
            "access_key_secret: testAccessKeySecret",
            "access_key_secret = \"\\testAccessKeySecret\"",
            "access_key_secret = \"a\\qtestAccessKeySecret\"",
            "access_key_secret = \"a\"\naccess_key_secret = \"testAccessKeySecret\"",
            "access_key_secret \"testAccessKeySecret\"",
        ] {
            let text = format!("[profiles.p]\n{line}\n");
            let Err(shown) = parse(&text) else { continue };
            let shown = format!("{shown} {shown:?}");
            assert!(!shown.contains("testAccessKeySecret"), "{line}: {shown}");
            assert!(shown.contains("c.toml:"), "{shown}");
        }
    }

    #[test]
    fn an_empty_or_binary_file_is_an_error() {
        for text in ["", "# nothing\n", "default_profile = \"x\"", "[profiles]"] {
            assert_eq!(error(text), "c.toml:1: no profile in it", "{text:?}");
        }
        let binary = ConfigFile::parse(Path::new("c.toml"), b"a = 1\n\xff\xfe\x00");
        assert_eq!(
            binary.unwrap_err().to_string(),
            "c.toml:2: not text in UTF-8"
        );
    }
}
