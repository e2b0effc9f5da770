//! No access key, in words.

use super::{Failure, Kind, choices, refused};
use crate::api::{ApiError, advice};
use crate::credentials::{Broken, CredentialsError, ProcessFault, Source};

impl From<CredentialsError> for Failure {
    fn from(error: CredentialsError) -> Self {
        let what = error.to_string();
        match error {
            CredentialsError::Absent(absences) => {
                let mut failure = Self::new(Kind::Config, what)
                    .hint("set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, or run: cams-groups config init")
                    .hint("to try without an account: cams-groups list --sandbox");
                let lines = absences
                    .into_iter()
                    .map(|it| (it.source.to_string().into(), it.reason));
                failure.details.extend(lines);
                failure
            }
            CredentialsError::Broken { from, broken } => {
                let is_about_file = matches!(
                    *broken,
                    Broken::Half { .. } | Broken::Missing { .. } | Broken::Invalid { .. }
                );
                let failure = of(*broken, what);
                match from {
                    Source::Aliyun(Some(name)) if is_about_file => failure.hint(format!(
                        "aliyun profiles are set by: aliyun configure --profile {name}"
                    )),
                    _ => failure,
                }
            }
        }
    }
}

fn of(broken: Broken, what: String) -> Failure {
    let config = |hint: &str| Failure::new(Kind::Config, what.clone()).hint(hint);
    let again = |mode: &str, profile: &str| {
        format!("run: aliyun configure --mode {mode} --profile {profile}")
    };
    match broken {
        Broken::Half { .. } => config(
            "an id and its secret belong together, and a token to both: set them all, or none",
        ),
        Broken::NoToken { token, .. } => {
            config(&format!("set `{token}` to the token of the same issue"))
        }
        Broken::NamesNothing { .. } => config("correct ALIBABA_CLOUD_PROFILE, or unset it"),
        Broken::Malformed { .. } => config("copy it again, without what is around it"),
        Broken::Both { .. } => config("take out all but one"),
        Broken::Idle { key, .. } => config(&format!("take `{key}` out, or add what it needs")),
        Broken::RoleWithoutKey => {
            config("add source_profile or another source of a key, or set one in the environment")
        }
        Broken::Missing { key } => config(&format!("add `{key}`")),
        Broken::Invalid { key, .. } => config(&format!("correct `{key}`")),
        Broken::Unreadable { .. } => config("check the path and its permissions"),
        Broken::Syntax { .. } => {
            config("mend the file, or take its place: another profile, or the environment")
        }
        Broken::NoSuchProfile { name, known, .. } => config(&choices(&name, &known)),
        Broken::Ring(_) => config("let one of them have a key of its own"),
        Broken::Unsupported { .. } => {
            config("use a profile of another mode, or set keys in the environment")
        }
        Broken::Forbidden { variable } => {
            config(&format!("unset {variable}, or use another source of keys"))
        }
        Broken::LoginExpired { mode, profile } => config(&again(mode, &profile)),
        Broken::LoginRefused {
            mode,
            profile,
            error,
        } => {
            let status = match &*error {
                ApiError::Refused(refusal) => refusal.status,
                _ => 0,
            };
            let mut failure = Failure::from(*error);
            failure.what = what;
            if matches!(status, 400 | 401 | 403) {
                failure.kind = Kind::Access;
                failure.hints = vec![again(mode, &profile)];
            } else {
                failure.hints = vec!["try again in a minute".to_owned()];
            }
            failure
        }
        Broken::Process {
            for_shell: true,
            fault: ProcessFault::Failed(_) | ProcessFault::NotKeys(_),
            ..
        } => config("no shell reads the command line, unless credential_process_shell = true"),
        Broken::Process { fault, .. } => config(match fault {
            ProcessFault::NotStarted(_) => "check the path of the program",
            ProcessFault::Unread(_) => "run it by hand, then try again",
            ProcessFault::TooSlow(_) => "run it by hand; it may wait for an answer",
            ProcessFault::Failed(_) => "run it by hand; what it said stands above",
            ProcessFault::TooMuch(_) | ProcessFault::NotKeys(_) => {
                "it must print one JSON object: mode, access_key_id, access_key_secret, sts_token"
            }
        }),
        Broken::NotKeys { .. } => config("check the address and the path that are set for it"),
        Broken::Expired { .. } => config("have new keys issued, and check this machine's clock"),
        Broken::NoInstanceRole(_) => {
            config("run it on an ECS instance with a RAM role, or use another source of keys")
        }
        Broken::Service { error, .. } => service(*error, what),
        Broken::Transport { error, .. } => {
            let mut failure = Failure::from(error);
            failure.what = what;
            failure.hints = vec![REACH.to_owned()];
            failure
        }
    }
}

/// What to look at when a service that hands out keys is not reached: not the
/// flags of the API.
const REACH: &str = "check that address, the network, and the proxy variables";

/// Judges a call to the Security Token Service: what it refuses, it refuses to
/// somebody who may not.
fn service(error: ApiError, what: String) -> Failure {
    let ApiError::Refused(refusal) = error else {
        let is_transport = matches!(error, ApiError::Transport(_));
        let mut failure = Failure::from(error);
        failure.what = what;
        if is_transport {
            failure.hints = vec![
                REACH.to_owned(),
                "sts_endpoint or ALIBABA_CLOUD_STS_REGION choose another".to_owned(),
            ];
        }
        return failure;
    };
    let status = refusal.status;
    let known = advice::of_sts(&refusal.code);
    let mut failure = refused(*refusal, known);
    // That is the policy of a listing, not of this.
    failure.details.retain(|(label, _)| label != "least policy");
    if failure.kind == Kind::Refused && status < 500 {
        failure.kind = Kind::Access;
    }
    failure.what = what;
    failure
}
