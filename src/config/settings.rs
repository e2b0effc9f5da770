//! Who wins: flag, then variable, then profile, then default. Only this file
//! knows.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use super::{Chosen, ConfigError, Located, Origin, Profile, Sourced, Timeout, env_vars};
use crate::api::{BusinessNumber, PageSize, SpaceId};
use crate::output::Format;
use crate::signing::Mechanism;
use crate::transport::{Endpoint, Region};
use crate::world::Env;

/// What the command line sets.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    /// `--profile`.
    pub profile: Option<String>,
    /// `--config`.
    pub config: Option<PathBuf>,
    /// `--region`.
    pub region: Option<Region>,
    /// `--endpoint`.
    pub endpoint: Option<Endpoint>,
    /// `--business-number`.
    pub business_number: Option<BusinessNumber>,
    /// `--space-id`.
    pub space_id: Option<SpaceId>,
    /// `--channel-type`.
    pub channel_type: Option<String>,
    /// `--page-size`.
    pub page_size: Option<PageSize>,
    /// `--output`.
    pub output: Option<Format>,
    /// `--signature`.
    pub signature: Option<Mechanism>,
    /// `--timeout`.
    pub timeout: Option<Timeout>,
    /// `--ca-file`.
    pub ca_file: Option<PathBuf>,
}

/// Final values: nothing in them waits for another decision.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `BusinessNumber`.
    pub business_number: Sourced<BusinessNumber>,
    /// `CustSpaceId`.
    pub space_id: Sourced<SpaceId>,
    /// All others.
    pub rest: Rest,
}

/// The settings that have a default, or need none.
#[derive(Clone, Debug)]
pub struct Rest {
    /// Where requests go.
    pub endpoint: Sourced<Endpoint>,
    /// `ChannelType`.
    pub channel_type: Option<Sourced<String>>,
    /// Groups a page; where nobody sets it, the listing finds out.
    pub page_size: Option<Sourced<PageSize>>,
    /// The form of the listing.
    pub output: Sourced<Format>,
    /// How requests are signed.
    pub signature: Sourced<Mechanism>,
    /// How long one request may take.
    pub timeout: Sourced<Timeout>,
    /// Certificates to trust besides the system's.
    pub ca_file: Option<Sourced<PathBuf>>,
    /// The region that the user asked for in vain, because an endpoint of
    /// lower rank is set and an endpoint always wins.
    pub overruled_region: Option<(Region, Origin)>,
}

/// A setting by name, for those who show them.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The profile's key.
    pub name: &'static str,
    /// The value.
    pub value: String,
    /// Who set it.
    pub origin: Origin,
}

impl Draft {
    /// Returns every setting that is made, in the order of the profile's keys.
    pub fn shown(&self) -> Vec<Shown> {
        fn of<T: fmt::Display>(setting: Setting, it: Option<&Sourced<T>>) -> Option<Shown> {
            it.map(|it| Shown {
                name: setting.key,
                value: it.value.to_string(),
                origin: it.origin.clone(),
            })
        }
        let rest = &self.rest;
        let ca_file = rest.ca_file.as_ref().map(|it| Sourced {
            value: it.value.display().to_string(),
            origin: it.origin.clone(),
        });
        [
            of(ENDPOINT, Some(&rest.endpoint)),
            of(BUSINESS_NUMBER, self.business_number.as_ref()),
            of(SPACE_ID, self.space_id.as_ref()),
            of(CHANNEL_TYPE, rest.channel_type.as_ref()),
            of(PAGE_SIZE, rest.page_size.as_ref()),
            of(OUTPUT, Some(&rest.output)),
            of(SIGNATURE, Some(&rest.signature)),
            of(TIMEOUT, Some(&rest.timeout)),
            of(CA_FILE, ca_file.as_ref()),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

impl Settings {
    /// Returns the settings as one shows them.
    pub fn shown(&self) -> Vec<Shown> {
        let Self {
            business_number,
            space_id,
            rest,
        } = self.clone();
        Draft {
            business_number: Some(business_number),
            space_id: Some(space_id),
            rest,
        }
        .shown()
    }
}

/// The names that one setting goes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The flag.
    pub flag: &'static str,
    /// The variable, if it has one.
    pub variable: Option<&'static str>,
    /// The profile's key.
    pub key: &'static str,
}

const fn setting(flag: &'static str, variable: Option<&'static str>, key: &'static str) -> Setting {
    Setting {
        flag,
        variable,
        key,
    }
}

const REGION: Setting = setting("--region", None, "region");
const ENDPOINT: Setting = setting("--endpoint", Some(env_vars::ENDPOINT), "endpoint");
const BUSINESS_NUMBER: Setting = setting(
    "--business-number",
    Some(env_vars::BUSINESS_NUMBER),
    "business_number",
);
const SPACE_ID: Setting = setting("--space-id", Some(env_vars::SPACE_ID), "space_id");
const CHANNEL_TYPE: Setting = setting("--channel-type", None, "channel_type");
const PAGE_SIZE: Setting = setting("--page-size", None, "page_size");
const OUTPUT: Setting = setting("--output", Some(env_vars::OUTPUT), "output");
const SIGNATURE: Setting = setting("--signature", None, "signature");
const TIMEOUT: Setting = setting("--timeout", None, "timeout");
const CA_FILE: Setting = setting("--ca-file", None, "ca_file");

/// Settings of which some that a listing needs may be missing.
#[derive(Clone, Debug)]
pub struct Draft {
    /// `BusinessNumber`.
    pub business_number: Option<Sourced<BusinessNumber>>,
    /// `CustSpaceId`.
    pub space_id: Option<Sourced<SpaceId>>,
    /// All others.
    pub rest: Rest,
}

/// Decides every setting.
pub fn resolve(overrides: &Overrides, env: &Env, chosen: &Chosen) -> Result<Settings, ConfigError> {
    let draft = draft(overrides, env, chosen)?;
    Ok(Settings {
        business_number: required("business number", BUSINESS_NUMBER, draft.business_number)?,
        space_id: required("space id", SPACE_ID, draft.space_id)?,
        rest: draft.rest,
    })
}

/// Decides every setting that can be decided.
pub fn draft(overrides: &Overrides, env: &Env, chosen: &Chosen) -> Result<Draft, ConfigError> {
    let none = Profile::default();
    let profile = chosen.profile.as_ref().unwrap_or(&none);
    let pick = Pick { env, chosen };

    let region = pick.one(REGION, overrides.region.as_ref(), profile.region.as_ref())?;
    let endpoint = pick.one(
        ENDPOINT,
        overrides.endpoint.as_ref(),
        profile.endpoint.as_ref(),
    )?;
    let (endpoint, overruled_region) = endpoint_and_overruled_region(endpoint, region)?;
    let business_number = pick.one(
        BUSINESS_NUMBER,
        overrides.business_number.as_ref(),
        profile.business_number.as_ref(),
    )?;
    let space_id = pick.one(
        SPACE_ID,
        overrides.space_id.as_ref(),
        profile.space_id.as_ref(),
    )?;
    let channel_type = pick.one(
        CHANNEL_TYPE,
        overrides.channel_type.as_ref(),
        profile.channel_type.as_ref(),
    )?;
    let page_size = pick.one(
        PAGE_SIZE,
        overrides.page_size.as_ref(),
        profile.page_size.as_ref(),
    )?;
    let output = pick.one(OUTPUT, overrides.output.as_ref(), profile.output.as_ref())?;
    let signature = pick.one(
        SIGNATURE,
        overrides.signature.as_ref(),
        profile.signature.as_ref(),
    )?;
    let timeout = pick.one(
        TIMEOUT,
        overrides.timeout.as_ref(),
        profile.timeout.as_ref(),
    )?;
    let ca_file = pick.one(
        CA_FILE,
        overrides.ca_file.as_ref(),
        profile.ca_file.as_ref(),
    )?;

    Ok(Draft {
        business_number,
        space_id,
        rest: Rest {
            endpoint,
            channel_type,
            page_size,
            output: or_default(output),
            signature: or_default(signature),
            timeout: or_default(timeout),
            ca_file: ca_file.map(|ca_file| beside_config(ca_file, chosen)),
            overruled_region,
        },
    })
}

/// Finds the one who sets a value.
struct Pick<'a> {
    env: &'a Env,
    chosen: &'a Chosen,
}

impl Pick<'_> {
    fn one<T>(
        &self,
        setting: Setting,
        overridden: Option<&T>,
        profile: Option<&Located<String>>,
    ) -> Result<Option<Sourced<T>>, ConfigError>
    where
        T: FromStr<Err: fmt::Display> + Clone,
    {
        if let Some(value) = overridden.cloned() {
            let origin = Origin::Flag(setting.flag);
            return Ok(Some(Sourced { value, origin }));
        }
        let set = setting
            .variable
            .and_then(|name| Some((self.env.text(name)?, Origin::Variable(name))))
            .or_else(|| {
                let located = profile?;
                Some((located.value.clone(), self.chosen.origin_at(located.line)))
            });
        let Some((text, origin)) = set else {
            return Ok(None);
        };
        match text.parse::<T>() {
            Ok(value) => Ok(Some(Sourced { value, origin })),
            Err(reason) => Err(ConfigError::Invalid {
                key: setting.key,
                origin,
                reason: reason.to_string(),
            }),
        }
    }
}

/// An endpoint wins over a region, whoever set it.
#[expect(clippy::type_complexity, reason = "two halves of one decision")]
fn endpoint_and_overruled_region(
    endpoint: Option<Sourced<Endpoint>>,
    region: Option<Sourced<Region>>,
) -> Result<(Sourced<Endpoint>, Option<(Region, Origin)>), ConfigError> {
    let Some(endpoint) = endpoint else {
        return Ok((of_region(region)?, None));
    };
    // A flag that has no effect is not passed over in silence.
    let overruled = region
        .filter(|region| matches!(region.origin, Origin::Flag(_)))
        .filter(|_| !matches!(endpoint.origin, Origin::Flag(_)))
        .map(|region| (region.value, endpoint.origin.clone()));
    Ok((endpoint, overruled))
}

fn required<T>(
    what: &'static str,
    setting: Setting,
    set: Option<Sourced<T>>,
) -> Result<Sourced<T>, ConfigError> {
    set.ok_or(ConfigError::Required { what, setting })
}

fn of_region(region: Option<Sourced<Region>>) -> Result<Sourced<Endpoint>, ConfigError> {
    let region = or_default(region);
    match Endpoint::of_region(&region.value) {
        Ok(value) => Ok(Sourced {
            value,
            origin: region.origin,
        }),
        Err(error) => Err(ConfigError::Invalid {
            key: "region",
            origin: region.origin,
            reason: error.to_string(),
        }),
    }
}

fn or_default<T: Default>(set: Option<Sourced<T>>) -> Sourced<T> {
    set.unwrap_or_else(|| Sourced {
        value: T::default(),
        origin: Origin::Default,
    })
}

/// A relative path in a profile starts where the file lies: the file must mean
/// the same wherever the command runs.
fn beside_config(ca_file: Sourced<PathBuf>, chosen: &Chosen) -> Sourced<PathBuf> {
    let directory = chosen.file.as_ref().and_then(|file| file.path.parent());
    match (&ca_file.origin, directory) {
        (Origin::Profile { .. }, Some(directory)) => Sourced {
            value: Path::join(directory, &ca_file.value),
            origin: ca_file.origin,
        },
        _ => ca_file,
    }
}

#[cfg(test)]
mod tests {
    use super::super::ConfigFile;
    use super::*;

    const FILE: &str = "
        default_profile = 'prod'
        [profiles.prod]
        business_number = '8613800000001'
        space_id = 'cams-profile'
        output = 'csv'
        page_size = 50
        ca_file = 'roots.pem'
        [profiles.local]
        endpoint = 'http://127.0.0.1:1'
        region = 'cn-hangzhou'
    ";

    fn chosen(name: Option<&str>) -> Chosen {
        let file = ConfigFile::parse(Path::new("/etc/cams/c.toml"), FILE.as_bytes()).unwrap();
        let profile = file.profile(name.unwrap_or("prod")).cloned();
        Chosen {
            profile,
            file: Some(file),
            origin: Origin::Default,
        }
    }

    fn required() -> Overrides {
        Overrides {
            business_number: Some("8613800000003".parse().unwrap()),
            space_id: Some("cams-flag".parse().unwrap()),
            ..Overrides::default()
        }
    }

    #[test]
    fn flag_beats_variable_beats_profile_beats_default() {
        let env = Env::fixed([
            (env_vars::BUSINESS_NUMBER, "8613800000002"),
            (env_vars::SPACE_ID, "cams-variable"),
        ]);
        let overrides = Overrides {
            business_number: Some("8613800000003".parse().unwrap()),
            ..Overrides::default()
        };
        let settings = resolve(&overrides, &env, &chosen(None)).unwrap();
        assert_eq!(settings.business_number.value.to_string(), "8613800000003");
        assert_eq!(
            settings.business_number.origin,
            Origin::Flag("--business-number")
        );
        assert_eq!(settings.space_id.value.to_string(), "cams-variable");
        assert_eq!(
            settings.space_id.origin,
            Origin::Variable(env_vars::SPACE_ID)
        );
        assert_eq!(settings.rest.output.value, Format::Csv);
        assert_eq!(
            settings.rest.output.origin.to_string(),
            "profile `prod`, /etc/cams/c.toml:6"
        );
        assert_eq!(settings.rest.timeout.origin, Origin::Default);
        assert_eq!(
            settings.rest.endpoint.value.authority(),
            "cams.ap-southeast-1.aliyuncs.com"
        );
    }

    #[test]
    fn an_endpoint_wins_over_a_region_and_a_region_flag_is_not_ignored_in_silence() {
        let mut overrides = required();
        let settings = resolve(&overrides, &Env::fixed([]), &chosen(Some("local"))).unwrap();
        assert_eq!(settings.rest.endpoint.value.authority(), "127.0.0.1:1");
        assert_eq!(settings.rest.overruled_region, None);
        overrides.region = Some("cn-shanghai".parse().unwrap());
        let settings = resolve(&overrides, &Env::fixed([]), &chosen(Some("local"))).unwrap();
        assert_eq!(settings.rest.endpoint.value.authority(), "127.0.0.1:1");
        assert!(settings.rest.overruled_region.is_some());
    }

    #[test]
    fn a_bad_value_names_its_origin() {
        let env = Env::fixed([(env_vars::ENDPOINT, "http://example.com")]);
        let error = resolve(&required(), &env, &chosen(None)).unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with("endpoint (from CAMS_GROUPS_ENDPOINT): plain http://"),
            "{error}"
        );
    }

    #[test]
    fn a_missing_number_is_named() {
        let error = resolve(&Overrides::default(), &Env::fixed([]), &Chosen::nothing());
        assert_eq!(error.unwrap_err().to_string(), "no business number");
    }

    #[test]
    fn a_relative_path_in_a_profile_starts_at_the_file() {
        let settings = resolve(&Overrides::default(), &Env::fixed([]), &chosen(None)).unwrap();
        assert_eq!(
            settings.rest.ca_file.unwrap().value,
            Path::new("/etc/cams/roots.pem")
        );
    }
}
