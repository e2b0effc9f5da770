//! What is to be done to have a key: a value that files and variables decide,
//! before anything is asked of anyone.

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use url::Url;

use super::process::Command;
use crate::secret::{AccessKey, Secret};
use crate::transport::Endpoint;

/// A key, and how long it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issued {
    /// The key.
    pub key: AccessKey,
    /// When it expires by our clock; `None` for never, or nobody knows.
    pub expires: Option<Timestamp>,
}

/// What is to be done to have a key.
#[derive(Clone)]
pub enum Recipe {
    /// Take it as it stands.
    Key(AccessKey),
    /// Take what a login with the aliyun CLI left, or exchange its access token.
    Login(Login),
    /// Have one key, and assume a role with it.
    AssumeRole {
        /// How to have the key to assume it with.
        source: Box<Recipe>,
        /// The role.
        role: Role,
    },
    /// Assume a role with an identity provider's token.
    Oidc {
        /// The identity provider.
        provider_arn: String,
        /// The file of the token, read anew each time.
        token_file: PathBuf,
        /// The role.
        role: Role,
    },
    /// Ask the metadata service of this ECS instance.
    InstanceRole {
        /// The role, or the one that is attached.
        name: Option<String>,
    },
    /// Ask a local service.
    Uri(Url),
    /// Run a program.
    Process(Command),
}

/// A role to assume.
#[derive(Clone, Debug)]
pub struct Role {
    /// Its name, `acs:ram::<account>:role/<name>`.
    pub arn: String,
    /// What the session is called in audit logs.
    pub session_name: String,
    /// How long the keys are to hold.
    pub duration: Duration,
    /// A policy in JSON that narrows the role.
    pub policy: Option<String>,
    /// What the role's owner wants to hear.
    pub external_id: Option<Secret>,
    /// Where the Security Token Service is.
    pub sts: Endpoint,
}

impl Role {
    /// How long keys hold when nobody says.
    pub const DURATION: Duration = Duration::from_hours(1);
    /// The shortest time that the service grants.
    pub const SHORTEST: Duration = Duration::from_mins(15);
    /// The longest time that any role admits.
    pub const LONGEST: Duration = Duration::from_hours(12);
    /// What a session is called when nobody says.
    pub const SESSION_NAME: &str = "cams-groups";
}

/// A login that the aliyun CLI made.
#[derive(Clone, Debug)]
pub struct Login {
    /// The aliyun profile.
    pub profile: String,
    /// Temporary keys that were stored with it.
    pub cached: Option<Issued>,
    /// How to have new ones.
    pub exchange: Exchange,
    /// The access token, which opens the exchange.
    pub access_token: Secret,
    /// Until when it does.
    pub until: Timestamp,
}

/// Who exchanges an access token for keys.
#[derive(Clone, Debug)]
pub enum Exchange {
    /// `CloudSSO`.
    CloudSso {
        /// The portal.
        endpoint: Endpoint,
        /// The account to enter.
        account_id: String,
        /// The access configuration to enter it by.
        access_configuration: String,
    },
    /// `OAuth`.
    OAuth {
        /// The authorization server.
        endpoint: Endpoint,
    },
}

impl Exchange {
    /// Returns the mode's name in the aliyun CLI.
    pub const fn mode(&self) -> &'static str {
        match self {
            Self::CloudSso { .. } => "CloudSSO",
            Self::OAuth { .. } => "OAuth",
        }
    }

    /// Returns where it is.
    pub const fn endpoint(&self) -> &Endpoint {
        match self {
            Self::CloudSso { endpoint, .. } | Self::OAuth { endpoint } => endpoint,
        }
    }
}

impl fmt::Debug for Recipe {
    /// Shows no more than `Display` does.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Recipe {
    /// Says it in words, without secrets; ids are masked.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(key) if key.token.is_some() => {
                write!(f, "temporary access key {}", key.masked_id())
            }
            Self::Key(key) => write!(f, "access key {}", key.masked_id()),
            Self::Login(login) => write!(f, "{} login", login.exchange.mode()),
            Self::AssumeRole { source, role } => write!(f, "role {} by {source}", role.arn),
            Self::Oidc {
                token_file, role, ..
            } => write!(f, "role {} by token {}", role.arn, token_file.display()),
            Self::InstanceRole { name: Some(name) } => write!(f, "instance role {name}"),
            Self::InstanceRole { name: None } => f.write_str("instance role"),
            // Path and query may hold what only the service should know.
            Self::Uri(uri) => write!(f, "service at {}", uri.host_str().unwrap_or_default()),
            Self::Process(command) => write!(f, "process {}", command.program()),
        }
    }
}

impl Recipe {
    /// Returns whether its keys are made for the occasion, and can be made anew.
    pub fn is_temporary(&self) -> bool {
        !matches!(self, Self::Key(_))
    }

    /// Returns a text that differs wherever the keys would, and tells nothing;
    /// `None` where that depends on more than the recipe: on the machine, on a
    /// program, on who answers. `token` reads an identity provider's token.
    pub fn fingerprint(&self, token: &dyn Fn(&Path) -> Option<Secret>) -> Option<String> {
        let mut hash = Sha256::new();
        self.feed(&mut hash, token)?;
        let bytes = hash.finalize();
        Some(crate::signing::hex(&bytes))
    }

    fn feed(&self, hash: &mut Sha256, token: &dyn Fn(&Path) -> Option<Secret>) -> Option<()> {
        let mut part = |text: &str| {
            // With lengths, no two lists of parts look alike.
            hash.update((text.len() as u64).to_le_bytes());
            hash.update(text);
        };
        match self {
            Self::Key(key) => {
                part("key");
                part(&key.id);
                key.secrets().iter().for_each(|it| part(it.expose()));
            }
            Self::Login(login) => {
                part("login");
                part(login.exchange.mode());
                part(login.access_token.expose());
                part(&login.exchange.endpoint().to_string());
                if let Exchange::CloudSso {
                    account_id,
                    access_configuration,
                    ..
                } = &login.exchange
                {
                    part(account_id);
                    part(access_configuration);
                }
            }
            Self::AssumeRole { source, role } => {
                part("role");
                role.feed(&mut part);
                source.feed(hash, token)?;
            }
            Self::Oidc {
                provider_arn,
                token_file,
                role,
            } => {
                part("oidc");
                part(provider_arn);
                part(token(token_file)?.expose());
                role.feed(&mut part);
            }
            Self::InstanceRole { .. } | Self::Uri(_) | Self::Process(_) => return None,
        }
        Some(())
    }
}

impl Role {
    fn feed(&self, part: &mut impl FnMut(&str)) {
        part(&self.arn);
        part(&self.session_name);
        part(&self.duration.as_secs().to_string());
        part(self.policy.as_deref().unwrap_or_default());
        part(self.external_id.as_ref().map_or("", Secret::expose));
        part(&self.sts.to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(id: &str, secret: &str, token: Option<&str>) -> Recipe {
        Recipe::Key(AccessKey {
            id: id.to_owned(),
            secret: Secret::new(secret),
            token: token.map(Secret::new),
        })
    }

    fn role() -> Role {
        Role {
            arn: "acs:ram::1:role/r".to_owned(),
            session_name: "s".to_owned(),
            duration: Role::DURATION,
            policy: None,
            external_id: None,
            sts: "sts.aliyuncs.com".parse().unwrap(),
        }
    }

    fn assumed(role: Role) -> Recipe {
        Recipe::AssumeRole {
            source: Box::new(key("id", "secret", None)),
            role,
        }
    }

    #[test]
    fn whatever_the_keys_are_made_from_makes_another_fingerprint() {
        let text = |text: &str| Some(text.to_owned());
        let recipes = [
            key("id", "secret", None),
            key("id", "secre", Some("t")),
            // Parts must not run into each other.
            key("ids", "ecret", None),
            key("id", "secret", Some("token")),
            assumed(role()),
            assumed(Role {
                arn: "acs:ram::1:role/q".to_owned(),
                ..role()
            }),
            assumed(Role {
                session_name: "t".to_owned(),
                ..role()
            }),
            assumed(Role {
                duration: Role::SHORTEST,
                ..role()
            }),
            assumed(Role {
                policy: text("{}"),
                ..role()
            }),
            assumed(Role {
                external_id: Some(Secret::new("{}")),
                ..role()
            }),
            assumed(Role {
                sts: "sts.example.com".parse().unwrap(),
                ..role()
            }),
            Recipe::AssumeRole {
                source: Box::new(key("id", "other", None)),
                role: role(),
            },
            Recipe::Oidc {
                provider_arn: "p".to_owned(),
                token_file: "f".into(),
                role: role(),
            },
            Recipe::Oidc {
                provider_arn: "p".to_owned(),
                token_file: "g".into(),
                role: role(),
            },
        ];
        // What counts of a token file is what it holds.
        let token = |path: &Path| Some(Secret::new(path.to_string_lossy()));
        let print = |recipe: &Recipe| recipe.fingerprint(&token);
        let mut prints: Vec<String> = recipes.iter().map(|it| print(it).unwrap()).collect();
        prints.sort();
        prints.dedup();
        assert_eq!(prints.len(), recipes.len());
        assert_eq!(print(&recipes[4]), print(&assumed(role())));
        // These depend on where and when they are asked.
        for recipe in [
            Recipe::InstanceRole { name: text("r") },
            Recipe::Uri("http://127.0.0.1/a".parse().unwrap()),
            Recipe::Process(Command::split("a b").unwrap()),
        ] {
            assert_eq!(print(&recipe), None);
            let source = Box::new(recipe);
            let role = role();
            assert_eq!(print(&Recipe::AssumeRole { source, role }), None);
        }
    }

    #[test]
    fn no_form_of_a_recipe_shows_a_secret() {
        let recipes = [
            key("testAccessKeyId", "testPassword", Some("testPassword")),
            Recipe::Uri(
                "http://u:testPassword@127.0.0.1/testPassword?a=testPassword"
                    .parse()
                    .unwrap(),
            ),
            Recipe::Process(Command::split("tool testPassword").unwrap()),
            assumed(Role {
                external_id: Some(Secret::new("testPassword")),
                ..role()
            }),
        ];
        for recipe in recipes {
            let shown = format!("{recipe} {recipe:?} {recipe:#?}");
            assert!(!shown.contains("testPassword"), "{shown}");
        }
    }
}
