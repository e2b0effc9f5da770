//! Which file is read, and which of its profiles counts.

use std::path::PathBuf;

use super::{ConfigError, ConfigFile, Origin, Overrides, Profile, env_vars};
use crate::world::World;

/// The configuration file and the profile chosen in it, if there are any.
#[derive(Clone, Debug)]
pub struct Chosen {
    /// The file.
    pub file: Option<ConfigFile>,
    /// The profile.
    pub profile: Option<Profile>,
    /// Who chose the profile; [`Origin::Default`] for one named `default`.
    pub origin: Origin,
}

impl Chosen {
    /// Returns the choice of nothing, for a run that wants no configuration.
    pub fn nothing() -> Self {
        Self {
            file: None,
            profile: None,
            origin: Origin::Default,
        }
    }

    /// Finds and reads the file, and chooses the profile: the one that flag or
    /// variable names, else `default_profile`, else the one named `default`.
    pub fn find(overrides: &Overrides, world: &World) -> Result<Self, ConfigError> {
        let file = Self::file(overrides, world)?;
        let named = overrides
            .profile
            .clone()
            .map(|name| (name, Origin::Flag("--profile")))
            .or_else(|| {
                let name = world.env.text(env_vars::PROFILE)?;
                Some((name, Origin::Variable(env_vars::PROFILE)))
            })
            .or_else(|| {
                let file = file.as_ref()?;
                let default = file.default_profile.clone()?;
                let (path, line) = (file.path.clone(), default.line);
                Some((default.value, Origin::DefaultProfile { path, line }))
            });
        let Some((name, origin)) = named else {
            let profile = file.as_ref().and_then(|it| it.profile("default")).cloned();
            let origin = Origin::Default;
            return Ok(Self {
                file,
                profile,
                origin,
            });
        };
        let Some(profile) = file.as_ref().and_then(|it| it.profile(&name)).cloned() else {
            let known = file.iter().flat_map(|it| &it.profiles);
            return Err(ConfigError::NoSuchProfile {
                known: known.map(|it| it.name.clone()).collect(),
                path: file.map(|it| it.path).or_else(|| default_path(world)),
                name,
                origin: Box::new(origin),
            });
        };
        let profile = Some(profile);
        Ok(Self {
            file,
            profile,
            origin,
        })
    }

    /// Returns another profile of the same file, which a target names.
    pub fn other(&self, name: &str) -> Result<Self, ConfigError> {
        let file = self.file.as_ref();
        let Some(profile) = file.and_then(|it| it.profile(name)).cloned() else {
            return Err(ConfigError::NoSuchProfile {
                known: file.map(ConfigFile::names).unwrap_or_default(),
                path: file.map(|it| it.path.clone()),
                name: name.to_owned(),
                origin: Box::new(Origin::Target),
            });
        };
        Ok(Self {
            file: self.file.clone(),
            profile: Some(profile),
            origin: Origin::Target,
        })
    }

    /// Finds and reads the file alone; one that somebody names must be there.
    pub fn file(overrides: &Overrides, world: &World) -> Result<Option<ConfigFile>, ConfigError> {
        let Some((path, origin)) = place(overrides.config.as_ref(), world) else {
            return Ok(None);
        };
        let file = ConfigFile::read(&path)?;
        match origin {
            Origin::Default => Ok(file),
            origin => file.map(Some).ok_or(ConfigError::Missing { path, origin }),
        }
    }

    /// Returns whether the user named the profile, by flag, variable or target, rather
    /// than let a default choose it.
    pub fn is_explicit(&self) -> bool {
        matches!(
            self.origin,
            Origin::Flag(_) | Origin::Variable(_) | Origin::Target
        )
    }

    /// Returns the origin of a value of the chosen profile.
    pub fn origin_at(&self, line: usize) -> Origin {
        Origin::Profile {
            name: self
                .profile
                .as_ref()
                .map(|it| it.name.clone())
                .unwrap_or_default(),
            path: self
                .file
                .as_ref()
                .map(|it| it.path.clone())
                .unwrap_or_default(),
            line,
        }
    }
}

/// Returns where the configuration file is, and who says so: `--config`, the
/// variable, or the platform; none on a platform that has no place for it.
pub fn place(flag: Option<&PathBuf>, world: &World) -> Option<(PathBuf, Origin)> {
    let flag = flag.cloned().map(|path| (path, Origin::Flag("--config")));
    let variable = || {
        let path = world.env.os(env_vars::CONFIG)?;
        Some((path.into(), Origin::Variable(env_vars::CONFIG)))
    };
    let default = || Some((default_path(world)?, Origin::Default));
    flag.or_else(variable).or_else(default)
}

/// Returns where the configuration file is looked for when nobody names one.
fn default_path(world: &World) -> Option<PathBuf> {
    let directory = world.config_dir.as_ref()?;
    Some(directory.join("cams-groups").join("config.toml"))
}
