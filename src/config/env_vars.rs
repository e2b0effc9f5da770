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

/// Profile of the aliyun CLI's file, and section of the shared credentials file.
pub const ALIYUN_PROFILE: &str = "ALIBABA_CLOUD_PROFILE";
/// Path of the aliyun CLI's `config.json`.
pub const ALIYUN_CONFIG_FILE: &str = "ALIBABA_CLOUD_CONFIG_FILE";
/// `true`: the aliyun CLI's file is not looked at.
pub const CLI_PROFILE_DISABLED: &str = "ALIBABA_CLOUD_CLI_PROFILE_DISABLED";
/// `TRUE`: the aliyun CLI's file is not looked at; the aliyun CLI's own switch.
pub const IGNORE_PROFILE: &str = "ALIBABA_CLOUD_IGNORE_PROFILE";
/// Path of the shared credentials file.
pub const CREDENTIALS_FILE: &str = "ALIBABA_CLOUD_CREDENTIALS_FILE";
/// Where a local service hands out keys.
pub const CREDENTIALS_URI: &str = "ALIBABA_CLOUD_CREDENTIALS_URI";
/// Name of the instance's role.
pub const ECS_METADATA: &str = "ALIBABA_CLOUD_ECS_METADATA";
/// `true`: the metadata service is never asked.
pub const ECS_METADATA_DISABLED: &str = "ALIBABA_CLOUD_ECS_METADATA_DISABLED";
/// `true`: the metadata service is asked with a token only.
pub const IMDSV1_DISABLED: &str = "ALIBABA_CLOUD_IMDSV1_DISABLED";
/// Role to assume, with OIDC.
pub const ROLE_ARN: &str = "ALIBABA_CLOUD_ROLE_ARN";
/// Session name of an assumed role.
pub const ROLE_SESSION_NAME: &str = "ALIBABA_CLOUD_ROLE_SESSION_NAME";
/// Identity provider, with OIDC.
pub const OIDC_PROVIDER_ARN: &str = "ALIBABA_CLOUD_OIDC_PROVIDER_ARN";
/// File of the OIDC token.
pub const OIDC_TOKEN_FILE: &str = "ALIBABA_CLOUD_OIDC_TOKEN_FILE";
/// Region of the Security Token Service.
pub const STS_REGION: &str = "ALIBABA_CLOUD_STS_REGION";
/// Endpoint of the Security Token Service.
pub const STS_ENDPOINT: &str = "ALIBABA_CLOUD_STS_ENDPOINT";
/// `true`: the Security Token Service is asked inside the VPC.
pub const VPC_ENDPOINT_ENABLED: &str = "ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED";
/// External id for an assumed role.
pub const EXTERNAL_ID: &str = "ALIBABA_CLOUD_EXTERNAL_ID";
/// `true` or `1`: no process is run and no URI asked for keys.
pub const DISABLE_EXTERNAL_PROCESS: &str = "ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS";
/// A sandbox in place of every service that hands out keys.
pub const CREDENTIALS_ENDPOINT: &str = "CAMS_GROUPS_CREDENTIALS_ENDPOINT";

const fn variable(name: &'static str, meaning: &'static str) -> Variable {
    Variable { name, meaning }
}

/// Every variable that help and README list.
pub const ALL: [Variable; 33] = [
    variable(ACCESS_KEY_ID, "AccessKey id"),
    variable(ACCESS_KEY_SECRET, "AccessKey secret"),
    variable(SECURITY_TOKEN, "security token, with temporary credentials"),
    variable(CONFIG, "configuration file, as --config"),
    variable(PROFILE, "profile, as --profile"),
    variable(BUSINESS_NUMBER, "business number, as --business-number"),
    variable(SPACE_ID, "space id, as --space-id"),
    variable(ENDPOINT, "endpoint, as --endpoint"),
    variable(OUTPUT, "output format, as --output of `list`"),
    variable(ROLE_ARN, "OIDC: role to assume"),
    variable(OIDC_PROVIDER_ARN, "OIDC: identity provider"),
    variable(OIDC_TOKEN_FILE, "OIDC: file of the token"),
    variable(ROLE_SESSION_NAME, "session name, where none is set"),
    variable(EXTERNAL_ID, "external id, where none is set"),
    variable(
        ALIYUN_PROFILE,
        "aliyun profile, and section of the INI file",
    ),
    variable(ALIYUN_CONFIG_FILE, "path of the aliyun CLI's config.json"),
    variable(CLI_PROFILE_DISABLED, "true: leave that file alone"),
    variable(IGNORE_PROFILE, "TRUE: the same"),
    variable(CREDENTIALS_FILE, "path of the shared credentials INI"),
    variable(ECS_METADATA, "role of the ECS instance"),
    variable(
        ECS_METADATA_DISABLED,
        "true: do not ask for instance metadata",
    ),
    variable(IMDSV1_DISABLED, "true: instance metadata by token only"),
    variable(CREDENTIALS_URI, "local service that hands out keys"),
    variable(
        DISABLE_EXTERNAL_PROCESS,
        "true: run no process, ask no URI for keys",
    ),
    variable(STS_ENDPOINT, "endpoint of STS"),
    variable(STS_REGION, "region of STS"),
    variable(VPC_ENDPOINT_ENABLED, "true: ask STS inside the VPC"),
    variable(
        CREDENTIALS_ENDPOINT,
        "a sandbox in place of STS and metadata",
    ),
    variable(
        "HTTPS_PROXY",
        "proxy for requests (also ALL_PROXY; lower case too)",
    ),
    variable("NO_PROXY", "hosts to reach without a proxy"),
    variable("NO_COLOR", "no colours, if not empty"),
    variable(
        "CLICOLOR_FORCE",
        "colours even when piped (also FORCE_COLOR)",
    ),
    variable("COLUMNS", "width of the table on a terminal"),
];
