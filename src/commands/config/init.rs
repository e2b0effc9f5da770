//! `cams-groups config init`: a configuration file to begin with.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::io::ErrorKind;
use std::path::Path;
use std::str::FromStr;

use serde::Serialize;
use zeroize::Zeroizing;

use super::Input;
use crate::api::{BusinessNumber, SpaceId};
use crate::cli::InitArgs;
use crate::config::{self, write_private};
use crate::credentials;
use crate::failure::{Failure, Kind};
use crate::output::Talk;
use crate::secret::Secret;
use crate::world::World;

/// What the file is to say of keys.
enum Key {
    Own { id: String, secret: Secret },
    Aliyun(String),
    Elsewhere,
}

impl Key {
    fn id(&self) -> Option<&str> {
        match self {
            Self::Own { id, .. } => Some(id),
            Self::Aliyun(_) | Self::Elsewhere => None,
        }
    }

    fn secret(&self) -> Option<&str> {
        match self {
            Self::Own { secret, .. } => Some(secret.expose()),
            Self::Aliyun(_) | Self::Elsewhere => None,
        }
    }

    fn aliyun(&self) -> Option<&str> {
        match self {
            Self::Aliyun(name) => Some(name),
            Self::Own { .. } | Self::Elsewhere => None,
        }
    }
}

/// The file to write.
#[derive(Serialize)]
struct File<'a> {
    default_profile: Option<&'a str>,
    profiles: BTreeMap<&'a str, Entry<'a>>,
}

/// Its one profile.
#[derive(Serialize)]
struct Entry<'a> {
    business_number: String,
    space_id: String,
    region: Option<String>,
    access_key_id: Option<&'a str>,
    access_key_secret: Option<&'a str>,
    aliyun_profile: Option<&'a str>,
}

impl File<'_> {
    fn text(&self) -> Result<Zeroizing<String>, Failure> {
        let head =
            "# Written by cams-groups config init; config.example.toml explains every key.\n";
        let body = toml::to_string(self).map_err(|error| {
            // The writer's own words may quote a value.
            drop(error);
            Failure::new(Kind::Output, "the settings cannot be written as TOML")
        })?;
        let body = Zeroizing::new(body);
        Ok(Zeroizing::new([head, &body].concat()))
    }
}

/// Writes the file; returns its path as a line.
pub(super) fn init(
    args: &InitArgs,
    world: &World,
    mut input: Input<'_>,
    talk: &Talk,
) -> Result<String, Failure> {
    let (path, _) = config::place(args.config.as_ref(), world).ok_or_else(super::no_place)?;
    if path.exists() && !args.force {
        return Err(is_there(&path));
    }
    if args.profile.chars().any(char::is_control) {
        return Err(Failure::new(
            Kind::Usage,
            "the profile's name holds a control character",
        ));
    }
    let asks = input.is_terminal && !args.access_key_secret_stdin;
    if asks {
        talk.note("Ctrl-C stops; nothing is written before the last answer.");
    }
    let business_number: BusinessNumber = match &args.business_number {
        Some(number) => number.clone(),
        None if asks => answer("Business number, digits only: ", &mut input, talk)?,
        None if args.space_id.is_none() => return Err(missing("--business-number, --space-id")),
        None => return Err(missing("--business-number")),
    };
    let space_id: SpaceId = match &args.space_id {
        Some(space) => space.clone(),
        None if asks => answer("Space (channel) ID: ", &mut input, talk)?,
        None => return Err(missing("--space-id")),
    };
    let key = key(args, asks, world, &mut input, talk)?;

    let entry = Entry {
        business_number: business_number.to_string(),
        space_id: space_id.to_string(),
        region: args.region.as_ref().map(ToString::to_string),
        access_key_id: key.id(),
        access_key_secret: key.secret(),
        aliyun_profile: key.aliyun(),
    };
    let text = File {
        default_profile: Some(args.profile.as_str()).filter(|it| *it != "default"),
        profiles: BTreeMap::from([(args.profile.as_str(), entry)]),
    }
    .text()?;
    write_private(&path, text.as_bytes(), args.force).map_err(|error| {
        if error.kind() == ErrorKind::AlreadyExists {
            return is_there(&path);
        }
        let what = format!("`{}` cannot be written: {error}", path.display());
        Failure::new(Kind::Output, what).hint("check the path and its permissions")
    })?;
    talk.note("Written. To see whether it works: cams-groups doctor");
    Ok(format!("{}\n", path.display()))
}

fn key(
    args: &InitArgs,
    asks: bool,
    world: &World,
    input: &mut Input<'_>,
    talk: &Talk,
) -> Result<Key, Failure> {
    if let Some(name) = &args.aliyun_profile {
        let (path, names) = credentials::aliyun_profiles(world)?;
        if !names.contains(name) {
            let what = format!("no profile `{name}` in `{}`", path.display());
            let hint = if names.is_empty() {
                "run: aliyun configure".to_owned()
            } else {
                format!("it has: {}", names.join(", "))
            };
            return Err(Failure::new(Kind::Config, what).hint(hint));
        }
        return Ok(Key::Aliyun(name.clone()));
    }
    if args.no_key {
        return Ok(Key::Elsewhere);
    }
    if args.access_key_secret_stdin {
        let id = args.access_key_id.clone().unwrap_or_default();
        let secret = Zeroizing::new(typed(input)?);
        let mut more = Zeroizing::new(String::new());
        let read = input.lines.read_to_string(&mut more);
        read.map_err(|error| no_input(&error))?;
        if !more.trim().is_empty() {
            let what = "stdin holds more than one line; which is the secret?";
            return Err(Failure::new(Kind::Usage, what));
        }
        return own(id, &secret);
    }
    if !asks {
        return match &args.access_key_id {
            Some(_) => Err(missing("--access-key-secret-stdin")),
            None => Ok(Key::Elsewhere),
        };
    }
    let id = if let Some(id) = &args.access_key_id {
        id.clone()
    } else {
        if let Some(name) = aliyun(world, input, talk)? {
            return Ok(Key::Aliyun(name));
        }
        talk.ask("AccessKey id (empty to leave keys to the environment): ");
        typed(input)?
    };
    if id.is_empty() {
        return Ok(Key::Elsewhere);
    }
    let held = world.stop.hold();
    let secret = rpassword::prompt_password("AccessKey secret (not shown): ");
    drop(held);
    let secret = Zeroizing::new(secret.map_err(|error| no_input(&error))?);
    own(id, &secret)
}

/// Asks for a profile of the aliyun CLI, where there is any.
fn aliyun(world: &World, input: &mut Input<'_>, talk: &Talk) -> Result<Option<String>, Failure> {
    let (path, names) = match credentials::aliyun_profiles(world) {
        Ok(found) => found,
        Err(error) => {
            talk.warn(error);
            return Ok(None);
        }
    };
    if names.is_empty() {
        return Ok(None);
    }
    talk.note(format!("{} has: {}", path.display(), names.join(", ")));
    talk.ask("Profile of the aliyun CLI to take keys from (empty for none): ");
    let name = typed(input)?;
    if name.is_empty() {
        return Ok(None);
    }
    if names.contains(&name) {
        return Ok(Some(name));
    }
    talk.warn(format!("there is no profile `{name}`"));
    Ok(None)
}

/// Takes a key that the user gave, unless it is none.
fn own(id: String, secret: &str) -> Result<Key, Failure> {
    let secret = secret.trim_end_matches(['\r', '\n']);
    let is_part = |text: &str| !text.is_empty() && text.bytes().all(|it| it.is_ascii_graphic());
    for (name, text) in [("id", id.as_str()), ("secret", secret)] {
        if !is_part(text) {
            let what = format!(
                "the AccessKey {name} is empty, or holds a blank or a character that no key has"
            );
            return Err(
                Failure::new(Kind::Config, what).hint("copy it again, without what is around it")
            );
        }
    }
    let secret = Secret::new(secret);
    Ok(Key::Own { id, secret })
}

/// Asks until the answer makes sense, three times at most.
fn answer<T: FromStr<Err: Display>>(
    question: &str,
    input: &mut Input<'_>,
    talk: &Talk,
) -> Result<T, Failure> {
    let mut reason = String::new();
    for _ in 0..3 {
        talk.ask(question);
        match typed(input)?.parse() {
            Ok(value) => return Ok(value),
            Err(error) => reason = error.to_string(),
        }
        talk.warn(&reason);
    }
    Err(Failure::new(Kind::Usage, reason))
}

/// Reads a line, without what ends it.
fn typed(input: &mut Input<'_>) -> Result<String, Failure> {
    let mut line = String::new();
    let read = input.lines.read_line(&mut line);
    match read.map_err(|error| no_input(&error))? {
        0 => Err(no_input(&ErrorKind::UnexpectedEof.into())),
        _ => Ok(line.trim().to_owned()),
    }
}

fn no_input(error: &std::io::Error) -> Failure {
    if error.kind() == ErrorKind::Interrupted {
        return Failure::new(Kind::Interrupted, "");
    }
    Failure::new(Kind::Usage, format!("no answer: {error}"))
        .hint("give the answers as flags; the secret with --access-key-secret-stdin")
}

fn missing(flag: &str) -> Failure {
    Failure::new(
        Kind::Usage,
        format!("needed where there is no terminal to ask at: {flag}"),
    )
    .hint("see cams-groups config init --help for an example")
}

fn is_there(path: &Path) -> Failure {
    let what = format!("`{}` is there already", path.display());
    Failure::new(Kind::Config, what).hint(
        "edit it, write another with --config, or replace it, with all its profiles, with --force",
    )
}
