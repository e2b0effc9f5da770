//! The tool's own profile: where its keys say the access key comes from.
//!
//! One of them names the base: keys inline, `credential_process`,
//! `aliyun_profile`, `source_profile`, `ecs_ram_role` or `credentials_uri`; two
//! are an error. `role_arn` assumes a role with the base's key, or with the
//! environment's where there is no base; beside `oidc_…` keys it is assumed
//! with the token.

use std::path::Path;

use super::error::Broken;
use super::recipe::{Recipe, Role};
use super::sts::{self, Place};
use super::{aliyun, metadata, parts, process, uri};
use crate::config::{ConfigFile, Located, Profile, duration, env_vars};
use crate::secret::Secret;
use crate::world::World;

/// Returns what the profile says is to be done; `None` where it says nothing
/// about keys.
pub(super) fn recipe(
    profile: &Profile,
    file: Option<&ConfigFile>,
    world: &World,
) -> Result<Option<Recipe>, Broken> {
    through(profile, file, world, &mut Vec::new())
}

fn through(
    profile: &Profile,
    file: Option<&ConfigFile>,
    world: &World,
    trail: &mut Vec<String>,
) -> Result<Option<Recipe>, Broken> {
    let seen = trail.contains(&profile.name);
    trail.push(profile.name.clone());
    if seen {
        return Err(Broken::Ring(std::mem::take(trail)));
    }
    only_one_base(profile)?;
    if let Some(provider) = &profile.oidc_provider_arn {
        let token = profile.oidc_token_file.as_ref().ok_or(Broken::Missing {
            key: "oidc_token_file",
        })?;
        let directory = file.and_then(|it| it.path.parent());
        return Ok(Some(Recipe::Oidc {
            provider_arn: provider.value.clone(),
            // A relative path starts where the file lies.
            token_file: directory
                .unwrap_or(Path::new(""))
                .join(token.value.as_str()),
            role: role(profile, world)?.ok_or(Broken::Missing { key: "role_arn" })?,
        }));
    }
    if profile.oidc_token_file.is_some() {
        return Err(Broken::Missing {
            key: "oidc_provider_arn",
        });
    }
    let base = base(profile, file, world, trail)?;
    let Some(role) = role(profile, world)? else {
        if profile.source_profile.is_some() {
            return Err(Broken::Missing { key: "role_arn" });
        }
        return Ok(base);
    };
    let source = match base {
        Some(base) => base,
        None => match parts::of_environment(&world.env)? {
            Some(key) => Recipe::Key(key),
            None => return Err(Broken::RoleWithoutKey),
        },
    };
    Ok(Some(Recipe::AssumeRole {
        source: Box::new(source),
        role,
    }))
}

/// Returns whether the profile assumes a role with the environment's key.
pub(super) fn builds_on_environment(profile: &Profile) -> bool {
    profile.role_arn.is_some() && bases(profile).iter().all(|(is_set, _)| !is_set)
}

fn only_one_base(profile: &Profile) -> Result<(), Broken> {
    let bases = bases(profile);
    let mut set = bases.iter().filter(|(is_set, _)| *is_set);
    if let (Some((_, one)), Some((_, other))) = (set.next(), set.next()) {
        return Err(Broken::Both { one, other });
    }
    if profile.credential_process_shell.is_some() && profile.credential_process.is_none() {
        return Err(Broken::Idle {
            key: "credential_process_shell",
            without: "credential_process",
        });
    }
    Ok(())
}

/// Says of each kind of base whether it is set.
fn bases(profile: &Profile) -> [(bool, &'static str); 7] {
    let has_key = profile.access_key_id.is_some()
        || profile.access_key_secret.is_some()
        || profile.security_token.is_some();
    [
        (has_key, "access_key_id"),
        (profile.credential_process.is_some(), "credential_process"),
        (profile.aliyun_profile.is_some(), "aliyun_profile"),
        (profile.source_profile.is_some(), "source_profile"),
        (profile.ecs_ram_role.is_some(), "ecs_ram_role"),
        (profile.credentials_uri.is_some(), "credentials_uri"),
        (profile.oidc_provider_arn.is_some(), "oidc_provider_arn"),
    ]
}

fn base(
    profile: &Profile,
    file: Option<&ConfigFile>,
    world: &World,
    trail: &mut Vec<String>,
) -> Result<Option<Recipe>, Broken> {
    let env = &world.env;
    if let Some(line) = &profile.credential_process {
        process::allowed(env)?;
        let line = line.value.expose();
        let in_shell = profile.credential_process_shell.as_ref();
        let command = if in_shell.is_some_and(|it| it.value) {
            process::Command::shell(line)
        } else {
            process::Command::split(line).map_err(|fault| Broken::Invalid {
                key: "credential_process",
                reason: format!("the command {fault}"),
            })?
        };
        return Ok(Some(Recipe::Process(command)));
    }
    if let Some(name) = &profile.aliyun_profile {
        let path = aliyun::place(world).ok_or(Broken::Missing { key: "HOME" })?;
        let file = aliyun::File::read(&path)?.ok_or_else(|| Broken::Unreadable {
            path: path.clone(),
            error: super::no_such_file(),
        })?;
        return file.recipe(&name.value, &path, env).map(Some);
    }
    if let Some(name) = &profile.source_profile {
        let missing = || Broken::NoSuchProfile {
            name: name.value.clone(),
            path: file.map(|it| it.path.clone()).unwrap_or_default(),
            known: file.map_or_else(Vec::new, ConfigFile::names),
        };
        let source = file
            .and_then(|it| it.profile(&name.value))
            .ok_or_else(missing)?;
        let recipe = through(source, file, world, trail)?;
        return recipe.map(Some).ok_or_else(|| Broken::Invalid {
            key: "source_profile",
            reason: format!("profile `{}` has no key", name.value),
        });
    }
    if let Some(role) = &profile.ecs_ram_role {
        metadata::allowed(env)?;
        let name = Some(role.value.clone()).filter(|it| !it.is_empty());
        return Ok(Some(Recipe::InstanceRole {
            name: name.or_else(|| env.text(env_vars::ECS_METADATA)),
        }));
    }
    if let Some(uri) = &profile.credentials_uri {
        process::allowed(env)?;
        let uri = uri::parse("credentials_uri", &uri.value)?;
        return Ok(Some(Recipe::Uri(uri)));
    }
    let value = |located: &Option<Located<Secret>>| located.as_ref().map(|it| it.value.clone());
    let key = parts::whole(
        ["access_key_id", "access_key_secret", "security_token"],
        profile.access_key_id.as_ref().map(|it| it.value.clone()),
        value(&profile.access_key_secret),
        value(&profile.security_token),
    )?;
    Ok(key.map(Recipe::Key))
}

/// Reads the role, or finds that its other keys stand there without it.
fn role(profile: &Profile, world: &World) -> Result<Option<Role>, Broken> {
    let Some(arn) = &profile.role_arn else {
        let idle = [
            (profile.role_session_name.is_some(), "role_session_name"),
            (profile.external_id.is_some(), "external_id"),
            (profile.duration.is_some(), "duration"),
            (profile.policy.is_some(), "policy"),
            (profile.sts_endpoint.is_some(), "sts_endpoint"),
        ];
        let key = idle.into_iter().find(|(is_set, _)| *is_set);
        return key.map_or(Ok(None), |(_, key)| {
            let without = "role_arn";
            Err(Broken::Idle { key, without })
        });
    };
    let text = |located: &Option<Located<String>>| located.as_ref().map(|it| it.value.clone());
    let span = match &profile.duration {
        None => Role::DURATION,
        Some(span) => duration(&span.value).ok_or_else(|| Broken::Invalid {
            key: "duration",
            reason: "a time such as 1h or 900 (seconds) is needed".to_owned(),
        })?,
    };
    let place = Place {
        endpoint: profile.sts_endpoint.as_ref().map(|it| it.value.as_str()),
        ..Place::default()
    };
    let role = sts::role(sts::Wanted {
        arn_key: "role_arn",
        arn: Some(arn.value.clone()),
        session_name: text(&profile.role_session_name),
        duration: ("duration", span),
        policy: text(&profile.policy),
        external_id: profile.external_id.as_ref().map(|it| it.value.clone()),
        sts: place.endpoint(&world.env)?,
        env: &world.env,
    })?;
    Ok(Some(role))
}
