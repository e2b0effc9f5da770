//! `[profiles.NAME]`: what may stand in a profile.

use super::Target;
use crate::secret::{Secret, masked};

/// A value and the line it stands on, counted from 1.
#[derive(Clone, Debug)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// The line.
    pub line: usize,
}

/// `[profiles.NAME]`: texts as they stand there, not yet understood.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    /// Its name.
    pub name: String,
    /// `access_key_id`.
    pub access_key_id: Option<Located<String>>,
    /// `access_key_secret`.
    pub access_key_secret: Option<Located<Secret>>,
    /// `security_token`.
    pub security_token: Option<Located<Secret>>,
    /// `credential_process`. Its arguments may hold secrets.
    pub credential_process: Option<Located<Secret>>,
    /// `credential_process_shell`.
    pub credential_process_shell: Option<Located<bool>>,
    /// `aliyun_profile`.
    pub aliyun_profile: Option<Located<String>>,
    /// `source_profile`.
    pub source_profile: Option<Located<String>>,
    /// `ecs_ram_role`; empty for the one that is attached.
    pub ecs_ram_role: Option<Located<String>>,
    /// `credentials_uri`. Its path and query may hold a secret.
    pub credentials_uri: Option<Located<Secret>>,
    /// `role_arn`.
    pub role_arn: Option<Located<String>>,
    /// `role_session_name`.
    pub role_session_name: Option<Located<String>>,
    /// `external_id`.
    pub external_id: Option<Located<Secret>>,
    /// `duration`.
    pub duration: Option<Located<String>>,
    /// `policy`.
    pub policy: Option<Located<String>>,
    /// `sts_endpoint`.
    pub sts_endpoint: Option<Located<String>>,
    /// `oidc_provider_arn`.
    pub oidc_provider_arn: Option<Located<String>>,
    /// `oidc_token_file`.
    pub oidc_token_file: Option<Located<String>>,
    /// `credential_cache`.
    pub credential_cache: Option<Located<bool>>,
    /// `region`.
    pub region: Option<Located<String>>,
    /// `endpoint`.
    pub endpoint: Option<Located<String>>,
    /// `business_number`.
    pub business_number: Option<Located<String>>,
    /// `space_id`.
    pub space_id: Option<Located<String>>,
    /// `channel_type`.
    pub channel_type: Option<Located<String>>,
    /// `page_size`.
    pub page_size: Option<Located<String>>,
    /// `output`.
    pub output: Option<Located<String>>,
    /// `signature`.
    pub signature: Option<Located<String>>,
    /// `timeout`.
    pub timeout: Option<Located<String>>,
    /// `ca_file`.
    pub ca_file: Option<Located<String>>,
    /// Whether there is a policy, `[profiles.NAME.audit]`, which is read where it
    /// is needed.
    pub has_audit: bool,
    /// `[[profiles.NAME.targets]]`, in the file's order.
    pub targets: Vec<Target>,
}

impl Profile {
    /// Every key of a profile.
    pub const KEYS: [&'static str; 30] = [
        "access_key_id",
        "access_key_secret",
        "security_token",
        "credential_process",
        "credential_process_shell",
        "aliyun_profile",
        "source_profile",
        "ecs_ram_role",
        "credentials_uri",
        "role_arn",
        "role_session_name",
        "external_id",
        "duration",
        "policy",
        "sts_endpoint",
        "oidc_provider_arn",
        "oidc_token_file",
        "credential_cache",
        "region",
        "endpoint",
        "business_number",
        "space_id",
        "channel_type",
        "page_size",
        "output",
        "signature",
        "timeout",
        "ca_file",
        "audit",
        "targets",
    ];

    /// Returns whether it holds what nobody else may read.
    pub fn has_secrets(&self) -> bool {
        let secrets = [
            &self.access_key_secret,
            &self.security_token,
            &self.external_id,
            &self.credentials_uri,
        ];
        secrets.into_iter().any(Option::is_some)
    }

    /// Returns every key about keys that is set, with its line, as one may show
    /// it: ids masked, secrets and what may hold some redacted.
    pub fn shown(&self) -> Vec<(&'static str, String, usize)> {
        fn text(it: Option<&Located<String>>) -> Option<(String, usize)> {
            it.map(|it| (it.value.clone(), it.line))
        }
        fn hidden<T>(it: Option<&Located<T>>) -> Option<(String, usize)> {
            it.map(|it| ("(redacted)".to_owned(), it.line))
        }
        fn truth(it: Option<&Located<bool>>) -> Option<(String, usize)> {
            it.map(|it| (it.value.to_string(), it.line))
        }
        let id = self.access_key_id.as_ref();
        let shown = [
            ("access_key_id", id.map(|it| (masked(&it.value), it.line))),
            ("access_key_secret", hidden(self.access_key_secret.as_ref())),
            ("security_token", hidden(self.security_token.as_ref())),
            (
                "credential_process",
                hidden(self.credential_process.as_ref()),
            ),
            (
                "credential_process_shell",
                truth(self.credential_process_shell.as_ref()),
            ),
            ("aliyun_profile", text(self.aliyun_profile.as_ref())),
            ("source_profile", text(self.source_profile.as_ref())),
            ("ecs_ram_role", text(self.ecs_ram_role.as_ref())),
            ("credentials_uri", hidden(self.credentials_uri.as_ref())),
            ("role_arn", text(self.role_arn.as_ref())),
            ("role_session_name", text(self.role_session_name.as_ref())),
            ("external_id", hidden(self.external_id.as_ref())),
            ("duration", text(self.duration.as_ref())),
            ("policy", text(self.policy.as_ref())),
            ("sts_endpoint", text(self.sts_endpoint.as_ref())),
            ("oidc_provider_arn", text(self.oidc_provider_arn.as_ref())),
            ("oidc_token_file", text(self.oidc_token_file.as_ref())),
            ("credential_cache", truth(self.credential_cache.as_ref())),
        ];
        let set = shown.into_iter();
        set.filter_map(|(name, it)| it.map(|(value, line)| (name, value, line)))
            .collect()
    }
}
