//! Where the access key comes from.
//!
//! In this order: the profile that the user named, the environment, the
//! profile that a default chose. A source is *absent* when none of its three
//! parts is set, and the next is asked; a source with some of its parts is
//! *broken*, and that is an error: half a key is a mistake, not an absence.
//! When all are absent, the error lists each with its reason.
//!
//! A named profile without any key leaves the question to the environment: a
//! CI job keeps its settings in a profile and its keys in secret variables.
//! This room must not know the API or the command line.

use std::fmt;

use crate::config::file::Located;
use crate::config::{Chosen, Profile, env_vars};
use crate::secret::{AccessKey, Secret};
use crate::world::Env;

/// A source that was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// The keys of a profile.
    Profile(String),
    /// The environment.
    Environment,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Profile(name) => write!(f, "profile `{name}`"),
            Self::Environment => f.write_str("environment"),
        }
    }
}

/// Why there is no access key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CredentialsError {
    /// A source has only a part of what belongs together.
    #[error("{source}: `{present}` is set but `{missing}` is not", source = .from)]
    Half {
        /// The source.
        from: Source,
        /// A part that is there.
        present: &'static str,
        /// The part that is not.
        missing: &'static str,
    },
    /// A part holds characters that no key has.
    #[error("{source}: `{part}` {fault}", source = .from)]
    Malformed {
        /// The source.
        from: Source,
        /// The part.
        part: &'static str,
        /// What is wrong, without showing it.
        fault: &'static str,
    },
    /// No source has a key.
    #[error("no credentials found: {}", .0.join("; "))]
    Absent(Vec<String>),
}

/// Returns the access key and the source that had it.
pub fn find(env: &Env, chosen: &Chosen) -> Result<(AccessKey, Source), CredentialsError> {
    let profile = || {
        chosen
            .profile
            .as_ref()
            .map_or(Ok(Err(no_profile())), of_profile)
    };
    let environment = || of_environment(env);
    let sources: [&dyn Fn() -> Lookup; 2] = if chosen.is_explicit() {
        [&profile, &environment]
    } else {
        [&environment, &profile]
    };
    let mut reasons = Vec::new();
    for source in sources {
        match source()? {
            Ok(found) => return Ok(found),
            Err(absent) => reasons.push(absent),
        }
    }
    Err(CredentialsError::Absent(reasons))
}

/// Found, or absent with a reason; the outer error is a broken source.
type Lookup = Result<Result<(AccessKey, Source), String>, CredentialsError>;

fn no_profile() -> String {
    "profile: none chosen".to_owned()
}

fn of_profile(profile: &Profile) -> Lookup {
    let value = |located: &Option<Located<Secret>>| located.as_ref().map(|it| it.value.clone());
    let parts = Parts {
        names: ["access_key_id", "access_key_secret", "security_token"],
        id: profile.access_key_id.as_ref().map(|it| it.value.clone()),
        secret: value(&profile.access_key_secret),
        token: value(&profile.security_token),
    };
    parts.whole(Source::Profile(profile.name.clone()))
}

fn of_environment(env: &Env) -> Lookup {
    let secret = |name| env.text(name).map(Secret::new);
    let parts = Parts {
        names: [
            env_vars::ACCESS_KEY_ID,
            env_vars::ACCESS_KEY_SECRET,
            env_vars::SECURITY_TOKEN,
        ],
        id: env.text(env_vars::ACCESS_KEY_ID),
        secret: secret(env_vars::ACCESS_KEY_SECRET),
        token: secret(env_vars::SECURITY_TOKEN),
    };
    parts.whole(Source::Environment)
}

/// The three parts of a key, as one source has them.
struct Parts {
    names: [&'static str; 3],
    id: Option<String>,
    secret: Option<Secret>,
    token: Option<Secret>,
}

impl Parts {
    fn whole(self, from: Source) -> Lookup {
        let [id_name, secret_name, token_name] = self.names;
        let half = |present, missing| {
            Err(CredentialsError::Half {
                from: from.clone(),
                present,
                missing,
            })
        };
        let present = |text: &str| !text.is_empty();
        let id = self.id.filter(|it| present(it));
        let secret = self.secret.filter(|it| present(it.expose()));
        let token = self.token.filter(|it| present(it.expose()));
        let (id, secret) = match (id, secret) {
            (Some(id), Some(secret)) => (id, secret),
            (Some(_), None) => return half(id_name, secret_name),
            (None, Some(_)) => return half(secret_name, id_name),
            (None, None) if token.is_some() => return half(token_name, id_name),
            (None, None) => return Ok(Err(format!("{from}: {id_name} not set"))),
        };
        let texts = [
            (id_name, Some(id.as_str())),
            (secret_name, Some(secret.expose())),
            (token_name, token.as_ref().map(Secret::expose)),
        ];
        for (part, text) in texts {
            if let Some(fault) = text.and_then(fault) {
                return Err(CredentialsError::Malformed { from, part, fault });
            }
        }
        Ok(Ok((AccessKey { id, secret, token }, from)))
    }
}

/// Says what makes a text no part of a key. A key pasted with a line break is
/// the commonest reason of a refused signature, and the API cannot say so.
fn fault(text: &str) -> Option<&'static str> {
    if text.trim() != text {
        Some("begins or ends with a blank or a line break")
    } else if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        Some("holds a blank or a character that no key has")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{ConfigFile, Origin};
    use std::path::Path;

    const FULL: &str =
        "[profiles.p]\naccess_key_id = 'profileId'\naccess_key_secret = 'profileSecret'\n";
    const ENV: [(&str, &str); 2] = [
        (env_vars::ACCESS_KEY_ID, "envId"),
        (env_vars::ACCESS_KEY_SECRET, "envSecret"),
    ];

    fn chosen(text: &str, origin: Origin) -> Chosen {
        let file = ConfigFile::parse(Path::new("c.toml"), text.as_bytes()).unwrap();
        Chosen {
            profile: file.profiles.first().cloned(),
            file: Some(file),
            origin,
        }
    }

    fn found(env: &Env, chosen: &Chosen) -> String {
        find(env, chosen).map_or_else(|error| error.to_string(), |(key, _)| key.id)
    }

    #[test]
    fn a_named_profile_beats_the_environment_which_beats_the_default_profile() {
        let env = Env::fixed(ENV);
        let named = chosen(FULL, Origin::Flag("--profile"));
        let by_variable = chosen(FULL, Origin::Variable(env_vars::PROFILE));
        let by_default = chosen(FULL, Origin::Default);
        assert_eq!(found(&env, &named), "profileId");
        assert_eq!(found(&env, &by_variable), "profileId");
        assert_eq!(found(&env, &by_default), "envId");
        assert_eq!(found(&Env::fixed([]), &by_default), "profileId");
    }

    #[test]
    fn a_named_profile_without_keys_leaves_them_to_the_environment() {
        let named = chosen("[profiles.ci]\nregion = 'r'", Origin::Flag("--profile"));
        assert_eq!(found(&Env::fixed(ENV), &named), "envId");
    }

    #[test]
    fn half_a_key_is_an_error_and_never_absent() {
        let whole = chosen(FULL, Origin::Default);
        for (variable, missing) in [
            (env_vars::ACCESS_KEY_ID, env_vars::ACCESS_KEY_SECRET),
            (env_vars::ACCESS_KEY_SECRET, env_vars::ACCESS_KEY_ID),
            (env_vars::SECURITY_TOKEN, env_vars::ACCESS_KEY_ID),
        ] {
            let error = found(&Env::fixed([(variable, "x")]), &whole);
            assert_eq!(
                error,
                format!("environment: `{variable}` is set but `{missing}` is not")
            );
        }
        let half = chosen(
            "[profiles.p]\naccess_key_id = 'x'",
            Origin::Flag("--profile"),
        );
        assert_eq!(
            found(&Env::fixed(ENV), &half),
            "profile `p`: `access_key_id` is set but `access_key_secret` is not"
        );
    }

    #[test]
    fn with_none_at_all_the_error_lists_each_source_with_its_reason() {
        assert_eq!(
            found(&Env::fixed([]), &Chosen::nothing()),
            "no credentials found: environment: ALIBABA_CLOUD_ACCESS_KEY_ID not set; \
             profile: none chosen"
        );
        let keyless = chosen("[profiles.p]\nregion = 'r'", Origin::Default);
        assert!(found(&Env::fixed([]), &keyless).ends_with("profile `p`: access_key_id not set"));
    }

    #[test]
    fn a_key_with_a_line_break_is_refused_without_being_shown() {
        let env = Env::fixed([
            (env_vars::ACCESS_KEY_ID, "envId"),
            (env_vars::ACCESS_KEY_SECRET, "envSecret\n"),
        ]);
        let error = found(&env, &Chosen::nothing());
        assert!(
            error.contains("line break") && !error.contains("envSecret"),
            "{error}"
        );
    }

    #[test]
    fn an_empty_variable_is_an_unset_one() {
        let env = Env::fixed([
            (env_vars::ACCESS_KEY_ID, ""),
            (env_vars::SECURITY_TOKEN, ""),
        ]);
        assert_eq!(found(&env, &chosen(FULL, Origin::Default)), "profileId");
    }
}
