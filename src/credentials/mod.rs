//! Where the access key comes from.
//!
//! Sources are asked in this order (see [`order`]):
//!
//! 1. the profile that the user named (`--profile`, `CAMS_GROUPS_PROFILE`);
//! 2. the environment's key;
//! 3. the environment's OIDC role;
//! 4. the profile that a default chose;
//! 5. the aliyun CLI's file;
//! 6. the shared credentials file;
//! 7. the metadata service of an ECS instance;
//! 8. the credentials URI.
//!
//! From 2 on this is the vendor's own default chain in its own order, with our
//! default profile in between, so that whoever can run an official tool on a
//! machine is the same identity here. A source answers *found*; or *absent*
//! with a reason, which is recorded, and the next is asked; or *broken*, which
//! ends it: half a key is a mistake, not an absence, and what comes next would
//! be another identity. The official chains go on in silence there. A named
//! profile without any key leaves the question to those after it: a CI job
//! keeps its settings in a profile and its keys in secret variables.
//!
//! A file a source. Each turns what it finds into a [`Recipe`], a value; only
//! then is anyone asked ([`obtain`]). [`Credentials`] keeps the keys fresh.
//! This room must not know the command line, or what the keys are for.

use std::fmt;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::time::Duration;

use zeroize::Zeroizing;

use crate::config::{Chosen, ConfigFile, Profile, env_vars, is_open_to_others};
use crate::secret::Secret;
use crate::transport::{Endpoint, Http, Options, TransportError};
use crate::world::{Env, World};

mod aliyun;
mod cache;
mod error;
mod ini;
mod keys;
mod login;
mod metadata;
mod own;
mod parts;
mod process;
mod recipe;
mod renew;
mod sts;
mod uri;

pub use error::{Absence, Broken, CredentialsError, ProcessFault};
pub use recipe::{Issued, Recipe};
pub use renew::Credentials;

/// Keys that expire sooner than this are renewed first.
const MARGIN: Duration = Duration::from_mins(3);

/// A source that was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// The keys of a profile.
    Profile(String),
    /// No profile was chosen.
    NoProfile,
    /// The environment.
    Environment,
    /// The environment's OIDC role.
    Oidc,
    /// A profile of the aliyun CLI.
    Aliyun(Option<String>),
    /// A section of the shared credentials file.
    Ini(String),
    /// The instance's metadata service.
    InstanceRole,
    /// The credentials URI.
    Uri,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Profile(name) => write!(f, "profile `{name}`"),
            Self::NoProfile => f.write_str("profile"),
            Self::Environment => f.write_str("environment"),
            Self::Oidc => f.write_str("OIDC role of the environment"),
            Self::Aliyun(Some(name)) => write!(f, "aliyun profile `{name}`"),
            Self::Aliyun(None) => f.write_str("aliyun CLI"),
            Self::Ini(section) => write!(f, "shared credentials file, section `{section}`"),
            Self::InstanceRole => f.write_str("ECS instance role"),
            Self::Uri => f.write_str("credentials URI"),
        }
    }
}

/// What the sources need of the outside.
#[derive(Clone)]
pub struct Means<'a> {
    /// Environment, clock, chance, and where files lie.
    pub world: &'a World,
    /// Certificates in PEM to trust besides the system's.
    pub extra_roots: Option<Vec<u8>>,
    /// How long one request may take at most.
    pub timeout: Duration,
    /// How often a call is made again after a failure.
    pub retries: u32,
    /// Who hears of it.
    pub tell: &'a dyn Fn(Note),
}

/// What happens on the way to a key. Nothing secret is in it.
#[derive(Debug)]
pub enum Note {
    /// A step, for those who want to follow.
    Step(String),
    /// What the user should know although all goes on.
    Warning(String),
}

impl Means<'_> {
    fn env(&self) -> &Env {
        &self.world.env
    }

    fn trace(&self, words: String) {
        (self.tell)(Note::Step(words));
    }

    fn warn(&self, words: String) {
        (self.tell)(Note::Warning(words));
    }

    fn warn_if_open(&self, path: &Path) {
        if is_open_to_others(path) {
            let path = path.display();
            self.warn(format!(
                "{path} holds keys and others may read it; run: chmod 600 {path}"
            ));
        }
    }

    fn http(
        &self,
        endpoint: &Endpoint,
        timeout: Duration,
        by_proxy: bool,
    ) -> Result<Http, TransportError> {
        Http::new(Options {
            endpoint: endpoint.clone(),
            timeout: timeout.min(self.timeout),
            extra_roots: self.extra_roots.clone(),
            by_proxy,
            look_at_certificate: false,
        })
    }
}

/// Whose key it will be.
#[derive(Debug)]
pub struct Found {
    /// What is to be done to have it.
    pub recipe: Recipe,
    /// Which source said so.
    pub source: Source,
    /// The keys, where finding out brought them already.
    pub first: Option<Issued>,
    /// The sources that had been asked before.
    pub passed_over: Vec<Absence>,
}

/// A place to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The tool's own profile.
    Profile,
    /// The environment's key.
    Environment,
    /// The environment's OIDC role.
    Oidc,
    /// The aliyun CLI's file.
    Aliyun,
    /// The shared credentials file.
    Ini,
    /// The metadata service.
    InstanceRole,
    /// The credentials URI.
    Uri,
}

/// Returns the places in the order in which they are looked at. A profile that
/// the user named comes first, and so does one whose role is assumed with the
/// environment's key: that key is a part of it.
pub fn order(chosen: &Chosen) -> [Place; 7] {
    use Place::{Aliyun, Environment, Ini, InstanceRole, Oidc, Profile, Uri};
    let builds_on_environment = chosen
        .profile
        .as_ref()
        .is_some_and(own::builds_on_environment);
    if chosen.is_explicit() || builds_on_environment {
        [Profile, Environment, Oidc, Aliyun, Ini, InstanceRole, Uri]
    } else {
        [Environment, Oidc, Profile, Aliyun, Ini, InstanceRole, Uri]
    }
}

/// Finds the source whose turn it is.
pub async fn find(chosen: &Chosen, means: &Means<'_>) -> Result<Found, CredentialsError> {
    let mut passed_over = Vec::new();
    for place in order(chosen) {
        if let Some(found) = step(place, chosen, means, &mut passed_over).await? {
            return Ok(found);
        }
    }
    Err(CredentialsError::Absent(passed_over))
}

/// Finds the source without asking anyone. Also returns whether the metadata
/// service would be asked before it, which alone could tell.
pub async fn peek(chosen: &Chosen, means: &Means<'_>) -> (Result<Found, CredentialsError>, bool) {
    let mut passed_over = Vec::new();
    let mut depends = false;
    for place in order(chosen) {
        if place == Place::InstanceRole && metadata::allowed(means.env()).is_ok() {
            depends = true;
            continue;
        }
        match step(place, chosen, means, &mut passed_over).await {
            Ok(None) => {}
            Ok(Some(found)) => return (Ok(found), depends),
            Err(error) => return (Err(error), depends),
        }
    }
    (Err(CredentialsError::Absent(passed_over)), depends)
}

/// Returns what a profile of ours says is to be done; `None` where it says
/// nothing about keys.
pub fn of_own(
    profile: &Profile,
    file: &ConfigFile,
    world: &World,
) -> Result<Option<Recipe>, CredentialsError> {
    let recipe = own::recipe(profile, Some(file), world);
    recipe.map_err(|broken| broken.from(&Source::Profile(profile.name.clone())))
}

/// Looks at one place.
async fn step(
    place: Place,
    chosen: &Chosen,
    means: &Means<'_>,
    passed_over: &mut Vec<Absence>,
) -> Result<Option<Found>, CredentialsError> {
    let (source, looked) = look(place, chosen, means, passed_over).await?;
    match looked {
        Looked::Found(recipe, first) => Ok(Some(Found {
            recipe: *recipe,
            source,
            first,
            passed_over: std::mem::take(passed_over),
        })),
        Looked::Absent(reason) => {
            means.trace(format!("{source}: {reason}"));
            passed_over.push(Absence { source, reason });
            Ok(None)
        }
    }
}

/// What a look at a place brought.
enum Looked {
    Found(Box<Recipe>, Option<Issued>),
    Absent(String),
}

impl Looked {
    fn found(recipe: Recipe) -> Self {
        Self::Found(Box::new(recipe), None)
    }

    fn absent(reason: impl Into<String>) -> Self {
        Self::Absent(reason.into())
    }
}

async fn look(
    place: Place,
    chosen: &Chosen,
    means: &Means<'_>,
    passed_over: &[Absence],
) -> Result<(Source, Looked), CredentialsError> {
    let env = means.env();
    let (source, looked) = match place {
        Place::Profile => of_profile(chosen, means),
        Place::Environment => {
            let key = parts::of_environment(env);
            let looked = key.map(|key| match key {
                Some(key) => Looked::found(Recipe::Key(key)),
                None => Looked::Absent(format!("{} not set", env_vars::ACCESS_KEY_ID)),
            });
            (Source::Environment, looked)
        }
        Place::Oidc => (Source::Oidc, of_oidc(means)),
        Place::Aliyun => of_aliyun(means),
        Place::Ini => of_ini(means, passed_over),
        Place::InstanceRole => {
            let source = Source::InstanceRole;
            let looked = of_instance_role(&source, means).await?;
            (source, Ok(looked))
        }
        Place::Uri => (Source::Uri, of_uri(env)),
    };
    match looked {
        Ok(looked) => Ok((source, looked)),
        Err(broken) => Err(broken.from(&source)),
    }
}

fn of_profile(chosen: &Chosen, means: &Means<'_>) -> (Source, Result<Looked, Broken>) {
    let Some(profile) = &chosen.profile else {
        let reason = match &chosen.file {
            None => "none chosen".to_owned(),
            Some(file) => format!(
                "none chosen; {} has {}, of which --profile or default_profile chooses one",
                file.path.display(),
                file.names().join(", ")
            ),
        };
        return (Source::NoProfile, Ok(Looked::Absent(reason)));
    };
    if profile.aliyun_profile.is_some()
        && let Some(path) = aliyun::place(means.world)
    {
        means.warn_if_open(&path);
    }
    let recipe = own::recipe(profile, chosen.file.as_ref(), means.world);
    let looked = recipe.map(|recipe| match recipe {
        Some(recipe) => Looked::found(recipe),
        None => Looked::absent("says nothing about keys"),
    });
    (Source::Profile(profile.name.clone()), looked)
}

fn of_oidc(means: &Means<'_>) -> Result<Looked, Broken> {
    let env = means.env();
    let names = [
        env_vars::ROLE_ARN,
        env_vars::OIDC_PROVIDER_ARN,
        env_vars::OIDC_TOKEN_FILE,
    ];
    let missing = names.into_iter().find(|name| env.os(name).is_none());
    if let Some(missing) = missing {
        // The vendor's own rule: all three, or it takes no part. A profile may
        // take one of them, so this is no error, but neither is it nothing.
        let names = [env_vars::OIDC_PROVIDER_ARN, env_vars::OIDC_TOKEN_FILE];
        if let Some(set) = names.into_iter().find(|name| env.os(name).is_some()) {
            means.warn(format!(
                "{set} is set but {missing} is not: no role is assumed with the token"
            ));
        }
        return Ok(Looked::Absent(format!("{missing} not set")));
    }
    let needed = |key| env.text(key).ok_or(Broken::Missing { key });
    let role = sts::role(sts::Wanted {
        arn_key: env_vars::ROLE_ARN,
        arn: env.text(env_vars::ROLE_ARN),
        session_name: None,
        duration: ("duration", recipe::Role::DURATION),
        policy: None,
        external_id: None,
        sts: sts::Place::default().endpoint(env)?,
        env,
    })?;
    let recipe = Recipe::Oidc {
        provider_arn: needed(env_vars::OIDC_PROVIDER_ARN)?,
        token_file: env.os(env_vars::OIDC_TOKEN_FILE).unwrap_or_default().into(),
        role,
    };
    Ok(Looked::found(recipe))
}

fn of_aliyun(means: &Means<'_>) -> (Source, Result<Looked, Broken>) {
    let env = means.env();
    let nameless = Source::Aliyun(None);
    if env.is_true(env_vars::CLI_PROFILE_DISABLED) {
        let reason = format!("{} is true", env_vars::CLI_PROFILE_DISABLED);
        return (nameless, Ok(Looked::Absent(reason)));
    }
    // The aliyun CLI takes no other spelling.
    if env.text(env_vars::IGNORE_PROFILE).as_deref() == Some("TRUE") {
        let reason = format!("{} is TRUE", env_vars::IGNORE_PROFILE);
        return (nameless, Ok(Looked::Absent(reason)));
    }
    let Some(path) = aliyun::place(means.world) else {
        return (nameless, Ok(Looked::absent("no home directory")));
    };
    let file = match aliyun::File::read(&path) {
        Ok(Some(file)) => file,
        Ok(None) => {
            let looked = no_file(&path, env.os(env_vars::ALIYUN_CONFIG_FILE).is_some());
            return (nameless, looked);
        }
        Err(broken) => return (nameless, Err(broken)),
    };
    means.warn_if_open(&path);
    let named = env.text(env_vars::ALIYUN_PROFILE);
    let Some(name) = named.clone().or_else(|| file.current().map(str::to_owned)) else {
        return (nameless, Ok(Looked::absent("no current profile")));
    };
    let source = Source::Aliyun(Some(name.clone()));
    match file.profile(&name) {
        None if named.is_some() || file.names().is_empty() => {
            let known = file.names();
            let has = if known.is_empty() {
                "which has none".to_owned()
            } else {
                format!("which has {}", known.join(", "))
            };
            let reason = format!("not in {}, {has}", path.display());
            (source, Ok(Looked::Absent(reason)))
        }
        Some(profile) if named.is_none() && profile.is_blank() => {
            (source, Ok(Looked::absent("has no key yet")))
        }
        _ => {
            let recipe = file.recipe(&name, &path, env);
            (source, recipe.map(Looked::found))
        }
    }
}

fn of_ini(means: &Means<'_>, passed_over: &[Absence]) -> (Source, Result<Looked, Broken>) {
    let env = means.env();
    let named = env.text(env_vars::ALIYUN_PROFILE);
    let section = named.clone().unwrap_or_else(|| "default".to_owned());
    let source = Source::Ini(section.clone());
    let places = ini::places(means.world);
    let mut reasons = Vec::new();
    for path in &places {
        let file = match ini::File::read(path) {
            Ok(Some(file)) => file,
            Ok(None) => {
                let is_named = env.os(env_vars::CREDENTIALS_FILE).is_some();
                match no_file(path, is_named) {
                    Ok(Looked::Absent(reason)) => reasons.push(reason),
                    other => return (source, other),
                }
                continue;
            }
            Err(broken) => return (source, Err(broken)),
        };
        match file.section(&section) {
            Ok(section) => {
                means.warn_if_open(path);
                let recipe = section.recipe(env);
                return (source, recipe.map(Looked::found));
            }
            Err(why) => reasons.push(format!("{}: {why}", path.display())),
        }
    }
    // A name that fits nothing must not lead on to another identity.
    if let Some(name) = named {
        let aliyun = passed_over
            .iter()
            .filter(|it| matches!(it.source, Source::Aliyun(_)));
        let looked = aliyun.map(|it| it.reason.clone()).chain(reasons).collect();
        return (
            Source::Environment,
            Err(Broken::NamesNothing { name, looked }),
        );
    }
    let reason = if reasons.is_empty() {
        "no home directory".to_owned()
    } else {
        reasons.join(", ")
    };
    (source, Ok(Looked::Absent(reason)))
}

/// A file that is not there is absent; one that a variable names is a mistake.
fn no_file(path: &Path, is_named: bool) -> Result<Looked, Broken> {
    if is_named {
        return Err(Broken::Unreadable {
            path: path.to_owned(),
            error: no_such_file(),
        });
    }
    Ok(Looked::Absent(format!("no {}", path.display())))
}

async fn of_instance_role(source: &Source, means: &Means<'_>) -> Result<Looked, CredentialsError> {
    if let Err(Broken::Forbidden { variable }) = metadata::allowed(means.env()) {
        return Ok(Looked::Absent(format!("{variable} is true")));
    }
    let name = means.env().text(env_vars::ECS_METADATA);
    // Whether there is such a service shows only when it is asked.
    Ok(match metadata::ask(name.as_deref(), source, means).await? {
        Ok(issued) => Looked::Found(Box::new(Recipe::InstanceRole { name }), Some(issued)),
        Err(why) => Looked::Absent(why),
    })
}

fn of_uri(env: &Env) -> Result<Looked, Broken> {
    let key = env_vars::CREDENTIALS_URI;
    if let Err(Broken::Forbidden { variable }) = process::allowed(env) {
        return Ok(Looked::Absent(format!("{variable} forbids it")));
    }
    Ok(match env.text(key) {
        None => Looked::Absent(format!("{key} not set")),
        Some(uri) => Looked::found(Recipe::Uri(uri::parse(key, &Secret::new(uri))?)),
    })
}

/// Does what a recipe says. `fresh` passes over keys that a login has stored.
fn obtain<'a>(
    recipe: &'a Recipe,
    fresh: bool,
    from: &'a Source,
    means: &'a Means<'_>,
) -> Pin<Box<dyn Future<Output = Result<Issued, CredentialsError>> + 'a>> {
    Box::pin(async move {
        match recipe {
            Recipe::Key(key) => Ok(Issued {
                key: key.clone(),
                expires: None,
            }),
            Recipe::Login(login) => login::keys(login, fresh, from, means).await,
            Recipe::AssumeRole { source, role } => {
                let source = obtain(source, fresh, from, means).await?;
                sts::assume_role(role, &source.key, from, means).await
            }
            Recipe::Oidc {
                provider_arn,
                token_file,
                role,
            } => {
                let token = oidc_token(token_file).map_err(|it| it.from(from))?;
                sts::assume_role_with_oidc(role, provider_arn, &token, from, means).await
            }
            Recipe::InstanceRole { name } => {
                let asked = metadata::ask(name.as_deref(), from, means).await?;
                asked.map_err(|why| Broken::NoInstanceRole(why).from(from))
            }
            Recipe::Uri(uri) => uri::ask(uri, from, means).await,
            Recipe::Process(command) => {
                let (printed, expiration) = process::run(command, from, means).await?;
                let issued = obtain(&printed, fresh, from, means).await?;
                process::dated(issued, expiration.as_deref(), command, means)
                    .map_err(|it| it.from(from))
            }
        }
    })
}

/// Says it as the system says it of a file that it was asked for.
fn no_such_file() -> std::io::Error {
    std::io::Error::new(std::io::ErrorKind::NotFound, "there is no such file")
}

/// Reads the token, without the line break that files end with.
fn oidc_token(path: &Path) -> Result<Secret, Broken> {
    let unreadable = |error| Broken::Unreadable {
        path: path.to_owned(),
        error,
    };
    let bytes = Zeroizing::new(std::fs::read(path).map_err(unreadable)?);
    let token = String::from_utf8_lossy(&bytes).trim_end().to_owned();
    if token.is_empty() {
        return Err(unreadable(std::io::Error::other("it is empty")));
    }
    Ok(Secret::new(token))
}

/// Reads a file that holds secrets; `None` when there is none.
fn read(path: &Path) -> Result<Option<Zeroizing<Vec<u8>>>, Broken> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(Some(Zeroizing::new(bytes))),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Broken::Unreadable {
            path: path.to_owned(),
            error,
        }),
    }
}

/// Returns the aliyun CLI's file and the names of its profiles; none where there
/// is no such file.
pub fn aliyun_profiles(world: &World) -> Result<(PathBuf, Vec<String>), CredentialsError> {
    let Some(path) = aliyun::place(world) else {
        return Ok((PathBuf::new(), Vec::new()));
    };
    let file = aliyun::File::read(&path).map_err(|it| it.from(&Source::Aliyun(None)))?;
    Ok((path, file.map_or_else(Vec::new, |it| it.names())))
}
