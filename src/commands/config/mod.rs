//! `cams-groups config`: where the configuration is, what it says, and a first
//! one to begin with. Nobody on the network is asked.

use std::io::{BufRead, Write};
use std::time::Duration;

use serde::Serialize;

use super::print;
use crate::cli::{ConfigCommand, PathArgs, ProfilesArgs, ShowArgs};
use crate::config::{self, Chosen, ConfigFile, Origin, Profile, settings};
use crate::credentials::{self, CredentialsError, Means};
use crate::failure::{Failure, Kind};
use crate::output::sanitize::sanitize;
use crate::output::sheet::sheet;
use crate::output::{Form, Talk};
use crate::world::World;

mod init;

/// Does what is asked of the configuration.
pub async fn config(
    command: &ConfigCommand,
    world: &World,
    stdin: Input<'_>,
    stdout: &mut dyn Write,
    talk: &Talk,
) -> Result<(), Failure> {
    let text = match command {
        ConfigCommand::Path(args) => path(args, world, talk)?,
        ConfigCommand::Show(args) => show(args, world).await?,
        ConfigCommand::Profiles(args) => profiles(args, world)?,
        ConfigCommand::Init(args) => init::init(args, world, stdin, talk)?,
    };
    print(&text, stdout)
}

/// What the user types or pipes in.
pub struct Input<'a> {
    /// The lines.
    pub lines: &'a mut dyn BufRead,
    /// Whether somebody types them.
    pub is_terminal: bool,
}

fn path(args: &PathArgs, world: &World, talk: &Talk) -> Result<String, Failure> {
    let (path, _) = config::place(args.config.as_ref(), world).ok_or_else(no_place)?;
    if !path.exists() {
        talk.note("There is no such file yet; cams-groups config init writes one.");
    }
    Ok(format!("{}\n", path.display()))
}

fn no_place() -> Failure {
    Failure::new(Kind::Config, "there is no home directory to keep a file in")
        .hint("name the file with --config or CAMS_GROUPS_CONFIG")
}

/// A line of `config show`.
struct Line {
    name: &'static str,
    value: String,
    origin: Option<Origin>,
}

async fn show(args: &ShowArgs, world: &World) -> Result<String, Failure> {
    let overrides = args.source.overrides();
    let chosen = Chosen::find(&overrides, world)?;
    let draft = settings::draft(&overrides, &world.env, &chosen)?;
    let mut lines: Vec<Line> = draft
        .shown()
        .into_iter()
        .map(|it| Line {
            name: it.name,
            value: it.value,
            origin: Some(it.origin),
        })
        .collect();
    let profile = chosen.profile.as_ref();
    let about_keys = profile.into_iter().flat_map(Profile::shown);
    lines.extend(about_keys.map(|(name, value, line)| Line {
        name,
        value,
        origin: Some(chosen.origin_at(line)),
    }));
    let key = WhoseKey::of(&chosen, world).await;
    let file = chosen.file.as_ref().map(|it| it.path.display().to_string());
    let profile = profile.map(|it| it.name.clone());
    Ok(match args.output {
        Form::Text => {
            let none = || "none".to_owned();
            let mut rows = vec![
                [
                    "config".to_owned(),
                    file.unwrap_or_else(none),
                    String::new(),
                ],
                [
                    "profile".to_owned(),
                    profile.clone().unwrap_or_else(none),
                    profile.map_or_else(String::new, |_| chosen.origin.to_string()),
                ],
            ];
            rows.extend(lines.into_iter().map(|line| {
                let origin = line.origin.map_or_else(String::new, |it| it.to_string());
                [line.name.to_owned(), line.value, origin]
            }));
            let error = key.error.map(|it| format!("cannot be used: {it}"));
            let value = key.value.or(error).unwrap_or_default();
            rows.push(["key".to_owned(), value, key.origin.unwrap_or_default()]);
            let reasons = key.reasons.into_iter();
            rows.extend(reasons.map(|it| [String::new(), it, String::new()]));
            sheet(["SETTING", "VALUE", "FROM"], &rows)
        }
        Form::Json => {
            let settings: serde_json::Map<_, _> = lines
                .into_iter()
                .map(|line| {
                    let origin = line.origin.map(|it| it.to_string());
                    let value = serde_json::json!({ "value": line.value, "origin": origin });
                    (line.name.to_owned(), value)
                })
                .collect();
            let origin = profile.as_ref().map(|_| chosen.origin.to_string());
            let shown = serde_json::json!({
                "config": file,
                "profile": profile,
                "profile_origin": origin,
                "settings": settings,
                "key": key,
            });
            format!("{shown:#}\n")
        }
    })
}

/// Whose key it is, as far as that can be told without asking anyone.
#[derive(Default, Serialize)]
pub(super) struct WhoseKey {
    value: Option<String>,
    origin: Option<String>,
    /// Why there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    /// What each source had to say, where all have nothing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    reasons: Vec<String>,
}

impl WhoseKey {
    pub(super) async fn of(chosen: &Chosen, world: &World) -> Self {
        let means = Means {
            world,
            extra_roots: None,
            timeout: Duration::ZERO,
            retries: 0,
            tell: &|_| {},
        };
        let instance = "that of the ECS instance's role, if this is an ECS instance";
        let (found, depends) = credentials::peek(chosen, &means).await;
        match found {
            Ok(found) if depends => Self {
                value: Some(format!("{instance}; else {}", found.recipe)),
                origin: Some(format!("ECS instance role, or {}", found.source)),
                ..Self::default()
            },
            Ok(found) => Self {
                value: Some(found.recipe.to_string()),
                origin: Some(found.source.to_string()),
                ..Self::default()
            },
            Err(CredentialsError::Absent(_)) if depends => Self {
                value: Some(instance.to_owned()),
                origin: Some("ECS instance role".to_owned()),
                ..Self::default()
            },
            Err(CredentialsError::Absent(absences)) => Self {
                error: Some("no credentials found".to_owned()),
                reasons: absences.iter().map(ToString::to_string).collect(),
                ..Self::default()
            },
            Err(error) => Self {
                error: Some(error.to_string()),
                ..Self::default()
            },
        }
    }
}

impl WhoseKey {
    /// Says it in words, and where it comes from.
    pub(super) fn words(self) -> (String, String) {
        let error = self.error.map(|it| format!("cannot be used: {it}"));
        let origin = self
            .origin
            .map_or_else(String::new, |it| format!(" ({it})"));
        (self.value.or(error).unwrap_or_default(), origin)
    }
}

fn profiles(args: &ProfilesArgs, world: &World) -> Result<String, Failure> {
    let (names_only, args) = (args.names, &args.show);
    let overrides = args.source.overrides();
    if names_only {
        let file = Chosen::file(&overrides, world)?;
        let names = file.map_or_else(Vec::new, |it| it.names());
        let lines = names.iter().flat_map(|it| [sanitize(it), "\n".into()]);
        return Ok(lines.collect());
    }
    let chosen = Chosen::find(&overrides, world)?;
    let used = chosen.profile.as_ref().map(|it| it.name.as_str());
    let rows: Vec<(String, bool, String)> = chosen
        .file
        .iter()
        .flat_map(|file| file.profiles.iter().map(move |it| (file, it)))
        .map(|(file, profile)| {
            let key = whose_key(file, profile, world);
            (profile.name.clone(), used == Some(&profile.name), key)
        })
        .collect();
    Ok(match args.output {
        Form::Text => {
            let rows: Vec<[String; 3]> = rows
                .into_iter()
                .map(|(name, is_used, key)| {
                    [name, if is_used { "yes" } else { "" }.to_owned(), key]
                })
                .collect();
            sheet(["PROFILE", "USED", "KEY"], &rows)
        }
        Form::Json => {
            let rows: Vec<_> = rows
                .into_iter()
                .map(|(name, is_used, key)| {
                    serde_json::json!({ "name": name, "used": is_used, "key": key })
                })
                .collect();
            format!("{:#}\n", serde_json::Value::from(rows))
        }
    })
}

fn whose_key(file: &ConfigFile, profile: &Profile, world: &World) -> String {
    match credentials::of_own(profile, file, world) {
        Ok(Some(recipe)) => recipe.to_string(),
        Ok(None) => "left to the environment and the rest".to_owned(),
        Err(error) => format!("cannot be used: {error}"),
    }
}
