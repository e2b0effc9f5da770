//! The aliyun CLI's `config.json`: every mode of it, read as the official
//! tools read it.
//!
//! Where these disagree (four were run on the same profiles), the reading that
//! serves the user counts:
//!
//! * a mode is recognized in any case, though all of them want it exact; one
//!   that is missing is guessed from the fields, as the CLI guesses it;
//! * `external_id`, `policy`, `sts_endpoint`, `sts_region`, `enable_vpc` and the
//!   source key's `sts_token` all count, though each tool leaves out some;
//! * a session name may be missing, though the CLI wants one;
//! * a profile that is its own source is an error; all of them run out of stack;
//! * stored temporary keys are used while they last, as the CLI does and the
//!   libraries do not, so that a listing makes no needless exchange;
//! * what a process prints may be of mode AK, `StsToken` or `RamRoleArn`; another
//!   is refused by name, though the libraries do not look at it;
//! * nothing is ever written: a refresh token rotates, and the file is not ours.

use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use serde::Deserialize;
use url::Url;

use super::error::Broken;
use super::recipe::{Exchange, Issued, Login, Recipe, Role};
use super::sts::{self, Place};
use super::{metadata, parts, process, uri};
use crate::config::env_vars;
use crate::secret::{AccessKey, Secret};
use crate::text::named;
use crate::transport::Endpoint;
use crate::world::{Env, World};

/// Returns where the file is: where the variable says, else in the home.
pub(super) fn place(world: &World) -> Option<PathBuf> {
    let named = world
        .env
        .os(env_vars::ALIYUN_CONFIG_FILE)
        .map(PathBuf::from);
    named.or_else(|| Some(world.home_dir.as_ref()?.join(".aliyun").join("config.json")))
}

/// The file.
#[derive(Debug, Deserialize)]
pub(super) struct File {
    current: Option<String>,
    #[serde(default)]
    profiles: Vec<Profile>,
}

/// A profile, as far as it is about keys; the file has more.
#[expect(clippy::struct_field_names, reason = "the names are the file's")]
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Profile {
    name: Option<String>,
    mode: Option<String>,
    access_key_id: Option<String>,
    access_key_secret: Option<Secret>,
    sts_token: Option<Secret>,
    sts_expiration: Option<i64>,
    ram_role_arn: Option<String>,
    ram_session_name: Option<String>,
    expired_seconds: Option<i64>,
    external_id: Option<Secret>,
    policy: Option<String>,
    sts_region: Option<String>,
    sts_endpoint: Option<String>,
    enable_vpc: Option<bool>,
    ram_role_name: Option<String>,
    source_profile: Option<String>,
    process_command: Option<Secret>,
    credentials_uri: Option<Secret>,
    oidc_provider_arn: Option<String>,
    oidc_token_file: Option<String>,
    cloud_sso_sign_in_url: Option<String>,
    cloud_sso_account_id: Option<String>,
    cloud_sso_access_config: Option<String>,
    access_token: Option<Secret>,
    cloud_sso_access_token_expire: Option<i64>,
    oauth_site_type: Option<String>,
    oauth_access_token: Option<Secret>,
    oauth_access_token_expire: Option<i64>,
    private_key: Option<Secret>,
    bearer_token: Option<Secret>,
    /// Only in what a process prints.
    pub(super) expiration: Option<String>,
}

/// How a profile has its keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Ak,
    StsToken,
    RamRoleArn,
    EcsRamRole,
    RamRoleArnWithRoleName,
    ChainableRamRoleArn,
    Oidc,
    External,
    CredentialsUri,
    CloudSso,
    OAuth,
    RsaKeyPair,
    BearerToken,
    Anonymous,
}

impl Mode {
    const ALL: [Self; 14] = [
        Self::Ak,
        Self::StsToken,
        Self::RamRoleArn,
        Self::EcsRamRole,
        Self::RamRoleArnWithRoleName,
        Self::ChainableRamRoleArn,
        Self::Oidc,
        Self::External,
        Self::CredentialsUri,
        Self::CloudSso,
        Self::OAuth,
        Self::RsaKeyPair,
        Self::BearerToken,
        Self::Anonymous,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::Ak => "AK",
            Self::StsToken => "StsToken",
            Self::RamRoleArn => "RamRoleArn",
            Self::EcsRamRole => "EcsRamRole",
            Self::RamRoleArnWithRoleName => "RamRoleArnWithRoleName",
            Self::ChainableRamRoleArn => "ChainableRamRoleArn",
            Self::Oidc => "OIDC",
            Self::External => "External",
            Self::CredentialsUri => "CredentialsURI",
            Self::CloudSso => "CloudSSO",
            Self::OAuth => "OAuth",
            Self::RsaKeyPair => "RsaKeyPair",
            Self::BearerToken => "BearerToken",
            Self::Anonymous => "Anonymous",
        }
    }
}

impl File {
    /// Reads the file; `None` when there is none.
    pub(super) fn read(path: &Path) -> Result<Option<Self>, Broken> {
        let Some(bytes) = super::read(path)? else {
            return Ok(None);
        };
        let file = serde_json::from_slice(&bytes).map_err(|error| Broken::Syntax {
            path: path.to_owned(),
            wanted: "configuration of the aliyun CLI (JSON)",
            line: error.line(),
        })?;
        Ok(Some(file))
    }

    /// Returns the profile that is used when nobody names one.
    pub(super) fn current(&self) -> Option<&str> {
        text(self.current.as_deref())
    }

    /// Returns the names of the profiles.
    pub(super) fn names(&self) -> Vec<String> {
        self.profiles
            .iter()
            .filter_map(|it| it.name.clone())
            .collect()
    }

    /// Returns the first profile of this name.
    pub(super) fn profile(&self, name: &str) -> Option<&Profile> {
        let mut profiles = self.profiles.iter();
        profiles.find(|it| it.name.as_deref() == Some(name))
    }

    /// Returns what a profile says is to be done. `path` names the file.
    pub(super) fn recipe(&self, name: &str, path: &Path, env: &Env) -> Result<Recipe, Broken> {
        self.recipe_through(name, path, env, &mut Vec::new())
    }

    fn recipe_through(
        &self,
        name: &str,
        path: &Path,
        env: &Env,
        trail: &mut Vec<String>,
    ) -> Result<Recipe, Broken> {
        let seen = trail.iter().any(|it| it == name);
        trail.push(name.to_owned());
        if seen {
            return Err(Broken::Ring(std::mem::take(trail)));
        }
        let profile = self.profile(name).ok_or_else(|| Broken::NoSuchProfile {
            name: name.to_owned(),
            path: path.to_owned(),
            known: self.names(),
        })?;
        if profile.mode()? == Mode::ChainableRamRoleArn {
            let source = needed("source_profile", profile.source_profile.as_deref())?;
            let role = profile.role(env)?;
            let source = self.recipe_through(source, path, env, trail)?;
            return Ok(assume(source, role));
        }
        profile.recipe(env)
    }
}

impl Profile {
    /// Reads what a process printed: one JSON object of the same keys.
    pub(super) fn printed(output: &[u8]) -> Result<Self, String> {
        let is_object = output.trim_ascii_start().starts_with(b"{");
        match serde_json::from_slice(output) {
            Ok(profile) if is_object => Ok(profile),
            Ok(_) => Err("a JSON object is needed".to_owned()),
            Err(error) => Err(format!("no JSON object; wrong at line {}", error.line())),
        }
    }

    /// Returns what the output of a process says is to be done.
    pub(super) fn printed_recipe(&self, env: &Env) -> Result<Recipe, Broken> {
        match text(self.mode.as_deref()) {
            None => Ok(Recipe::Key(self.key()?.ok_or(Broken::Missing {
                key: "access_key_id",
            })?)),
            Some(_) => match self.mode()? {
                // Nothing is filled up from elsewhere: a process speaks for itself.
                Mode::Ak | Mode::StsToken | Mode::RamRoleArn if self.key()?.is_none() => {
                    Err(Broken::Missing {
                        key: "access_key_id",
                    })
                }
                // A token is used wherever it stands.
                Mode::Ak => Ok(Recipe::Key(self.key_or_environment(env)?)),
                Mode::StsToken | Mode::RamRoleArn => self.recipe(env),
                mode => Err(Broken::Unsupported {
                    mode: mode.name().to_owned(),
                    reason: "a process may print AK, StsToken or RamRoleArn",
                }),
            },
        }
    }

    /// Returns whether it is the empty profile that the CLI begins with.
    pub(super) fn is_blank(&self) -> bool {
        matches!(self.mode(), Ok(Mode::Ak)) && matches!(self.key_with(None), Ok(None))
    }

    fn mode(&self) -> Result<Mode, Broken> {
        let Some(mode) = text(self.mode.as_deref()) else {
            return self.guess();
        };
        named(mode, Mode::ALL, Mode::name).map_err(|reason| Broken::Invalid {
            key: "mode",
            reason,
        })
    }

    /// Guesses the mode of a profile without one, by the CLI's own order.
    fn guess(&self) -> Result<Mode, Broken> {
        let is = |field: &Option<String>| text(field.as_deref()).is_some();
        let holds = |field: &Option<Secret>| secret(field.as_ref()).is_some();
        if is(&self.access_key_id) {
            return Ok(match () {
                () if is(&self.ram_role_arn) => Mode::RamRoleArn,
                () if holds(&self.sts_token) => Mode::StsToken,
                () => Mode::Ak,
            });
        }
        let guesses = [
            (holds(&self.private_key), Mode::RsaKeyPair),
            (is(&self.ram_role_name), Mode::EcsRamRole),
            (holds(&self.process_command), Mode::External),
            (is(&self.oidc_provider_arn), Mode::Oidc),
            (is(&self.cloud_sso_sign_in_url), Mode::CloudSso),
            (holds(&self.bearer_token), Mode::BearerToken),
        ];
        let guess = guesses.into_iter().find(|(fits, _)| *fits);
        guess
            .map(|(_, mode)| mode)
            .ok_or(Broken::Missing { key: "mode" })
    }

    /// Returns what the profile says is to be done, all but a chain.
    fn recipe(&self, env: &Env) -> Result<Recipe, Broken> {
        let no = |reason| {
            Err(Broken::Unsupported {
                mode: self.mode()?.name().to_owned(),
                reason,
            })
        };
        match self.mode()? {
            Mode::Ak => Ok(Recipe::Key(self.lasting_key(env)?)),
            Mode::StsToken => {
                let key = self.key_or_environment(env)?;
                match key.token {
                    Some(_) => Ok(Recipe::Key(key)),
                    None => Err(Broken::Missing { key: "sts_token" }),
                }
            }
            Mode::RamRoleArn => {
                let source = Recipe::Key(self.key_or_environment(env)?);
                Ok(assume(source, self.role(env)?))
            }
            Mode::EcsRamRole => self.instance_role(env),
            Mode::RamRoleArnWithRoleName => Ok(assume(self.instance_role(env)?, self.role(env)?)),
            Mode::ChainableRamRoleArn => no("a source may not have a source here"),
            Mode::Oidc => {
                let provider = text(self.oidc_provider_arn.as_deref())
                    .map(str::to_owned)
                    .or_else(|| env.text(env_vars::OIDC_PROVIDER_ARN));
                let file = text(self.oidc_token_file.as_deref())
                    .map(str::to_owned)
                    .or_else(|| env.text(env_vars::OIDC_TOKEN_FILE));
                Ok(Recipe::Oidc {
                    provider_arn: needed("oidc_provider_arn", provider)?,
                    token_file: needed("oidc_token_file", file)?.into(),
                    role: self.role(env)?,
                })
            }
            Mode::External => {
                process::allowed(env)?;
                let line = self.process_command.as_ref().map_or("", Secret::expose);
                let command = process::Command::split(line).map_err(|fault| Broken::Invalid {
                    key: "process_command",
                    reason: format!("the command {fault}"),
                })?;
                Ok(Recipe::Process(command))
            }
            Mode::CredentialsUri => {
                process::allowed(env)?;
                let uri = secret(self.credentials_uri.as_ref())
                    .cloned()
                    .or_else(|| env.text(env_vars::CREDENTIALS_URI).map(Secret::new));
                let uri = needed("credentials_uri", uri)?;
                Ok(Recipe::Uri(uri::parse("credentials_uri", &uri)?))
            }
            Mode::CloudSso => Ok(Recipe::Login(self.cloud_sso(env)?)),
            Mode::OAuth => Ok(Recipe::Login(self.oauth(env)?)),
            Mode::RsaKeyPair => no(
                "it signs with RSA, and the vendor has deprecated it; use an AccessKey or a role",
            ),
            Mode::BearerToken => no("the API is not known to take bearer tokens"),
            Mode::Anonymous => no("the API answers nobody without a signature"),
        }
    }

    fn lasting_key(&self, env: &Env) -> Result<AccessKey, Broken> {
        // The official tools send no token in this mode, whatever stands there;
        // but the key of a temporary id is none without it.
        let token = self.sts_token.clone().filter(|_| {
            let id = self.access_key_id.as_deref().unwrap_or_default();
            id.starts_with(parts::TEMPORARY)
        });
        let key = match self.key_with(token)? {
            Some(key) => Some(key),
            None => parts::of_environment(env)?,
        };
        needed("access_key_id", key)
    }

    /// Returns the profile's key, or the environment's where it has none, as
    /// the official tools fill it up; but a whole key, never half of each.
    fn key_or_environment(&self, env: &Env) -> Result<AccessKey, Broken> {
        let key = match self.key()? {
            Some(key) => Some(key),
            None => parts::of_environment(env)?,
        };
        needed("access_key_id", key)
    }

    fn key(&self) -> Result<Option<AccessKey>, Broken> {
        self.key_with(self.sts_token.clone())
    }

    fn key_with(&self, token: Option<Secret>) -> Result<Option<AccessKey>, Broken> {
        parts::whole(
            ["access_key_id", "access_key_secret", "sts_token"],
            self.access_key_id.clone(),
            self.access_key_secret.clone(),
            token,
        )
    }

    fn instance_role(&self, env: &Env) -> Result<Recipe, Broken> {
        metadata::allowed(env)?;
        let name = text(self.ram_role_name.as_deref()).map(str::to_owned);
        Ok(Recipe::InstanceRole {
            name: name.or_else(|| env.text(env_vars::ECS_METADATA)),
        })
    }

    fn role(&self, env: &Env) -> Result<Role, Broken> {
        let arn = text(self.ram_role_arn.as_deref()).map(str::to_owned);
        let session_name = text(self.ram_session_name.as_deref()).map(str::to_owned);
        let external_id = secret(self.external_id.as_ref()).cloned();
        let duration = match self.expired_seconds {
            None | Some(0) => Role::DURATION,
            Some(seconds) => u64::try_from(seconds)
                .map(Duration::from_secs)
                .unwrap_or_default(),
        };
        let place = Place {
            endpoint: text(self.sts_endpoint.as_deref()),
            region: text(self.sts_region.as_deref()),
            vpc: self.enable_vpc.unwrap_or_default(),
        };
        sts::role(sts::Wanted {
            arn_key: "ram_role_arn",
            arn: arn.or_else(|| env.text(env_vars::ROLE_ARN)),
            session_name,
            duration: ("expired_seconds", duration),
            policy: text(self.policy.as_deref()).map(str::to_owned),
            external_id,
            sts: place.endpoint(env)?,
            env,
        })
    }

    fn cloud_sso(&self, env: &Env) -> Result<Login, Broken> {
        let portal = needed(
            "cloud_sso_sign_in_url",
            text(self.cloud_sso_sign_in_url.as_deref()),
        )?;
        let bad = |reason: String| Broken::Invalid {
            key: "cloud_sso_sign_in_url",
            reason,
        };
        let portal = Url::parse(portal).map_err(|_| bad("not a URL".to_owned()))?;
        let origin = portal.origin().ascii_serialization();
        let endpoint: Endpoint = origin.parse().map_err(|it| bad(format!("{it}")))?;
        let account_id = needed(
            "cloud_sso_account_id",
            text(self.cloud_sso_account_id.as_deref()),
        )?;
        let access_configuration = needed(
            "cloud_sso_access_config",
            text(self.cloud_sso_access_config.as_deref()),
        )?;
        let exchange = Exchange::CloudSso {
            endpoint: sts::stand_in(env)?.unwrap_or(endpoint),
            account_id: account_id.to_owned(),
            access_configuration: access_configuration.to_owned(),
        };
        Ok(self.login(
            exchange,
            self.access_token.as_ref(),
            self.cloud_sso_access_token_expire,
        ))
    }

    fn oauth(&self, env: &Env) -> Result<Login, Broken> {
        let site = needed("oauth_site_type", text(self.oauth_site_type.as_deref()))?;
        let site = named(site, ["CN", "INTL"], |it| it).map_err(|reason| Broken::Invalid {
            key: "oauth_site_type",
            reason,
        })?;
        let region = if site == "CN" {
            "oauth.aliyun.com"
        } else {
            "oauth.alibabacloud.com"
        };
        let endpoint = region.parse().map_err(|error| Broken::Invalid {
            key: "oauth_site_type",
            reason: format!("{error}"),
        })?;
        let exchange = Exchange::OAuth {
            endpoint: sts::stand_in(env)?.unwrap_or(endpoint),
        };
        Ok(self.login(
            exchange,
            self.oauth_access_token.as_ref(),
            self.oauth_access_token_expire,
        ))
    }

    fn login(
        &self,
        exchange: Exchange,
        access_token: Option<&Secret>,
        until: Option<i64>,
    ) -> Login {
        // What is left of old keys is none.
        let cached = self.key().ok().flatten().map(|key| Issued {
            key,
            expires: Some(second(self.sts_expiration)),
        });
        Login {
            profile: self.name.clone().unwrap_or_default(),
            cached: cached.filter(|it| it.key.token.is_some()),
            exchange,
            access_token: secret(access_token)
                .cloned()
                .unwrap_or_else(|| Secret::new("")),
            until: second(until),
        }
    }
}

fn assume(source: Recipe, role: Role) -> Recipe {
    Recipe::AssumeRole {
        source: Box::new(source),
        role,
    }
}

/// Returns a Unix second; what is missing or makes no sense has long passed.
fn second(unix: Option<i64>) -> Timestamp {
    unix.and_then(|it| Timestamp::from_second(it).ok())
        .unwrap_or(Timestamp::UNIX_EPOCH)
}

/// Returns a text that is not empty: the CLI writes empty ones for unset ones.
fn text(field: Option<&str>) -> Option<&str> {
    field.filter(|it| !it.is_empty())
}

fn secret(field: Option<&Secret>) -> Option<&Secret> {
    field.filter(|it| !it.expose().is_empty())
}

fn needed<T>(key: &'static str, value: Option<T>) -> Result<T, Broken> {
    value.ok_or(Broken::Missing { key })
}
