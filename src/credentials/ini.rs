//! The shared credentials file: INI, a section a profile.
//!
//! The official libraries look in two places, one with and one without `.ini`;
//! so do we. `#` and `;` end a value, as they have it, and `enable = false`
//! switches a section off, as one of them has it: the others ignore the key,
//! but nobody writes it to be ignored.

use std::path::{Path, PathBuf};

use configparser::ini::Ini;

use super::error::Broken;
use super::recipe::{Recipe, Role};
use super::sts::{self, Place};
use super::{metadata, parts};
use crate::config::env_vars;
use crate::secret::Secret;
use crate::world::{Env, World};

/// Returns where the file may be: where the variable says, else at the two
/// places that the libraries have.
pub(super) fn places(world: &World) -> Vec<PathBuf> {
    if let Some(path) = world.env.os(env_vars::CREDENTIALS_FILE) {
        return vec![path.into()];
    }
    let home = world.home_dir.iter();
    home.flat_map(|home| {
        let directory = home.join(".alibabacloud");
        [
            directory.join("credentials"),
            directory.join("credentials.ini"),
        ]
    })
    .collect()
}

/// The file.
pub(super) struct File(Ini);

/// A section that is switched on.
pub(super) struct Section<'a> {
    file: &'a File,
    name: &'a str,
}

impl File {
    /// Reads the file; `None` when there is none.
    pub(super) fn read(path: &Path) -> Result<Option<Self>, Broken> {
        let Some(bytes) = super::read(path)? else {
            return Ok(None);
        };
        let broken = |line| Broken::Syntax {
            path: path.to_owned(),
            wanted: "shared credentials file (INI)",
            line,
        };
        let text = std::str::from_utf8(&bytes).map_err(|_| broken(1))?;
        let mut ini = Ini::new_cs();
        // What stands before any section belongs to none.
        ini.set_default_section("");
        // Some editors begin a file with a mark that belongs to no section.
        let text = text.trim_start_matches('\u{feff}');
        ini.read(text.to_owned()).map_err(|message| {
            // `line 3: …`; the rest may quote what stands there.
            let digits = message.trim_start_matches("line ").split(':').next();
            broken(digits.and_then(|it| it.parse().ok()).unwrap_or(1))
        })?;
        Ok(Some(Self(ini)))
    }

    /// Returns a section, or why it is as if it were not there.
    pub(super) fn section<'a>(&'a self, name: &'a str) -> Result<Section<'a>, &'static str> {
        if !self.0.get_map_ref().contains_key(name) {
            return Err("no such section");
        }
        let section = Section { file: self, name };
        match section.text("enable") {
            Some(enable) if enable.eq_ignore_ascii_case("false") => {
                Err("switched off by `enable = false`")
            }
            _ => Ok(section),
        }
    }
}

impl Section<'_> {
    fn text(&self, key: &str) -> Option<String> {
        let value = self.file.0.get(self.name, key);
        value.filter(|it| !it.is_empty())
    }

    /// Returns what the section says is to be done.
    pub(super) fn recipe(&self, env: &Env) -> Result<Recipe, Broken> {
        let kind = self.text("type").ok_or(Broken::Missing { key: "type" })?;
        match kind.as_str() {
            "access_key" => Ok(Recipe::Key(self.key()?)),
            "ecs_ram_role" => {
                metadata::allowed(env)?;
                let name = self.text("role_name");
                Ok(Recipe::InstanceRole {
                    name: name.or_else(|| env.text(env_vars::ECS_METADATA)),
                })
            }
            "ram_role_arn" => Ok(Recipe::AssumeRole {
                source: Box::new(Recipe::Key(self.key()?)),
                role: self.role(env)?,
            }),
            "oidc_role_arn" => {
                let needed = |key| self.text(key).ok_or(Broken::Missing { key });
                Ok(Recipe::Oidc {
                    provider_arn: needed("oidc_provider_arn")?,
                    token_file: needed("oidc_token_file_path")?.into(),
                    role: self.role(env)?,
                })
            }
            "rsa_key_pair" => Err(Broken::Unsupported {
                mode: kind,
                reason: "it signs with RSA, and the vendor has deprecated it; \
                         use an AccessKey or a role",
            }),
            _ => Err(Broken::Invalid {
                key: "type",
                reason: "must be one of access_key, ram_role_arn, oidc_role_arn, ecs_ram_role"
                    .to_owned(),
            }),
        }
    }

    fn key(&self) -> Result<crate::secret::AccessKey, Broken> {
        let key = parts::whole(
            ["access_key_id", "access_key_secret", "security_token"],
            self.text("access_key_id"),
            self.text("access_key_secret").map(Secret::new),
            None,
        )?;
        key.ok_or(Broken::Missing {
            key: "access_key_id",
        })
    }

    fn role(&self, env: &Env) -> Result<Role, Broken> {
        sts::role(sts::Wanted {
            arn_key: "role_arn",
            arn: self.text("role_arn"),
            session_name: self.text("role_session_name"),
            duration: ("duration", Role::DURATION),
            policy: self.text("policy"),
            external_id: None,
            sts: Place::default().endpoint(env)?,
            env,
        })
    }
}
