//! Every environment variable that the program reads, by name. No other file
//! spells one.

/// A variable and what it is for, as help and README list it.
#[derive(Clone, Copy, Debug)]
pub struct Variable {
    /// Its name.
    pub name: &'static str,
    /// What it is for.
    pub meaning: &'static str,
}

/// Path of the configuration file, as `--config`.
pub const CONFIG: &str = "CAMS_GROUPS_CONFIG";
/// Name of the profile, as `--profile`.
pub const PROFILE: &str = "CAMS_GROUPS_PROFILE";
/// Endpoint, as `--endpoint`.
pub const ENDPOINT: &str = "CAMS_GROUPS_ENDPOINT";
/// Business number, as `--business-number`.
pub const BUSINESS_NUMBER: &str = "CAMS_GROUPS_BUSINESS_NUMBER";
/// Space id, as `--space-id`.
pub const SPACE_ID: &str = "CAMS_GROUPS_SPACE_ID";
/// Output format, as `--output`.
pub const OUTPUT: &str = "CAMS_GROUPS_OUTPUT";
/// `AccessKey` id; the name is the vendor's.
pub const ACCESS_KEY_ID: &str = "ALIBABA_CLOUD_ACCESS_KEY_ID";
/// `AccessKey` secret; the name is the vendor's.
pub const ACCESS_KEY_SECRET: &str = "ALIBABA_CLOUD_ACCESS_KEY_SECRET";
/// Security token of temporary credentials; the name is the vendor's.
pub const SECURITY_TOKEN: &str = "ALIBABA_CLOUD_SECURITY_TOKEN";

const fn variable(name: &'static str, meaning: &'static str) -> Variable {
    Variable { name, meaning }
}

/// Every variable that help and README list.
pub const ALL: [Variable; 13] = [
    variable(ACCESS_KEY_ID, "AccessKey id"),
    variable(ACCESS_KEY_SECRET, "AccessKey secret"),
    variable(SECURITY_TOKEN, "security token, with temporary credentials"),
    variable(CONFIG, "configuration file, as --config"),
    variable(PROFILE, "profile, as --profile"),
    variable(BUSINESS_NUMBER, "business number, as --business-number"),
    variable(SPACE_ID, "space id, as --space-id"),
    variable(ENDPOINT, "endpoint, as --endpoint"),
    variable(OUTPUT, "output format, as --output"),
    variable(
        "HTTPS_PROXY",
        "proxy for requests (also ALL_PROXY; lower case too)",
    ),
    variable("NO_PROXY", "hosts to reach without a proxy"),
    variable("NO_COLOR", "no colours, if not empty"),
    variable("COLUMNS", "width of the table on a terminal"),
];
