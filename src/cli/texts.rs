//! The parts of the help that are not about one flag.

use std::fmt::Write as _;
use std::sync::LazyLock;

use clap::builder::PossibleValuesParser;

use crate::config::env_vars;
use crate::exit::Exit;

/// Examples for the program's own help.
pub(super) const EXAMPLES: &str = "\
Examples:
  cams-groups list --sandbox                      try it: no account, no network
  cams-groups list --status ACTIVE -o csv         every active group, as CSV
  cams-groups list --full -o ids                  groups without room, ids only
  cams-groups config init                         write a configuration file
  cams-groups doctor                              find out why it does not work";

/// Examples for the help of `list`.
pub(super) const LIST_EXAMPLES: &str = "\
Examples:
  cams-groups list --business-number 8613800000000 --space-id cams-8c8vr
  cams-groups list --profile prod --status suspended
  cams-groups list -o json > groups.json          all or nothing: empty on failure
  cams-groups list --targets targets.csv -o csv   many numbers at once
  cams-groups list --sandbox --page 2             one page of the demo groups
  cams-groups list --watch=1m                     again every minute, with what changed";

/// Examples for the help of `audit`.
pub(super) const AUDIT_EXAMPLES: &str = "\
Examples:
  cams-groups audit --allow-status active --min-groups 10 --max-participants 8
  cams-groups audit --stuck-after 1h --report junit=audit.xml --report markdown=audit.md
  cams-groups audit --baseline groups.json --ignore updated --warn drift
  cams-groups audit --init-policy > audit.toml    then: audit --policy audit.toml";

/// Examples for the help of `diff`.
pub(super) const DIFF_EXAMPLES: &str = "\
Examples:
  cams-groups list -o json -O groups.json         a snapshot
  cams-groups diff groups.json                    what has changed since?
  cams-groups diff monday.json friday.json --ignore updated,participants -o markdown";

/// Examples for the help of `wait`.
pub(super) const WAIT_EXAMPLES: &str = "\
Examples:
  cams-groups wait --group-id 120363025246100000 --for active
  cams-groups wait --subject 'Order desk' --for gone --timeout 2m
  cams-groups wait --all --for 'participants>=1' --interval 30s -o ids";

/// Examples for the help of `doctor`.
pub(super) const DOCTOR_EXAMPLES: &str = "\
Examples:
  cams-groups doctor                              what would a listing meet?
  cams-groups doctor -p prod -o json | jq '.checks[] | select(.status == \"fail\")'";

/// Examples for the help of `config init`.
pub(super) const INIT_EXAMPLES: &str = "\
Examples:
  cams-groups config init                         asks for everything
  cams-groups config init --business-number 8613800000000 --space-id cams-8c8vr \\
      --aliyun-profile default                    keys stay where they are
  pass show cams | cams-groups config init --business-number 8613800000000 \\
      --space-id cams-8c8vr --access-key-id testAccessKeyId --access-key-secret-stdin";

/// Examples for the help of `sandbox`.
pub(super) const SANDBOX_EXAMPLES: &str = "\
Examples:
  cams-groups sandbox                             51 demo groups, on a free port
  cams-groups sandbox --groups 20000 --latency 50ms
  cams-groups sandbox --data groups.json          what `list -o json` wrote
  cams-groups sandbox --settle 1m                 groups become active, or go";

/// The exit codes, as help and README show them.
pub static EXIT_CODES: LazyLock<String> = LazyLock::new(|| {
    Exit::ALL
        .iter()
        .fold(String::new(), |mut text, (exit, meaning)| {
            let _ = writeln!(text, "  {:>3}  {meaning}", exit.code());
            text
        })
});

/// The environment variables, as help and README show them.
pub static ENVIRONMENT: LazyLock<String> = LazyLock::new(|| {
    let names = env_vars::ALL.iter().map(|variable| variable.name.len());
    let width = names.max().unwrap_or_default();
    env_vars::ALL
        .iter()
        .fold(String::new(), |mut text, variable| {
            let _ = writeln!(text, "  {:<width$}  {}", variable.name, variable.meaning);
            text
        })
});

/// A subject that more than one command is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// How a run ends.
    ExitCodes,
    /// The variables that are read.
    Environment,
    /// The forms that a listing takes.
    Output,
    /// Where the key comes from.
    Credentials,
}

impl Topic {
    /// Every topic, in the order in which help lists them.
    pub const ALL: [Self; 4] = [
        Self::ExitCodes,
        Self::Environment,
        Self::Output,
        Self::Credentials,
    ];

    /// Returns the name that `help` takes.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ExitCodes => "exit-codes",
            Self::Environment => "environment",
            Self::Output => "output",
            Self::Credentials => "credentials",
        }
    }

    /// Returns the text.
    pub fn text(self) -> String {
        match self {
            Self::ExitCodes => format!("Exit codes:\n{}", *EXIT_CODES),
            Self::Environment => format!("Environment variables:\n{}", *ENVIRONMENT),
            Self::Output => OUTPUT.to_owned(),
            Self::Credentials => CREDENTIALS.to_owned(),
        }
    }
}

/// Returns what `help` can be asked for.
pub(super) fn help_topics() -> PossibleValuesParser {
    let topics = Topic::ALL.map(Topic::name);
    let commands = [
        "list",
        "audit",
        "diff",
        "wait",
        "doctor",
        "config",
        "sandbox",
        "completions",
        "man",
    ];
    PossibleValuesParser::new(commands.into_iter().chain(topics))
}

const OUTPUT: &str = "\
Forms of a listing (-o, --output):
  table     for people; fits the terminal, is whole when piped
  wide      the table with every field
  json      one array; all or nothing, empty on any failure (of many targets: of all)
  jsonl     an object a line, as pages arrive
  csv       RFC 4180 with a header, exact; --excel for spreadsheets
  tsv       values between tabs, a record a line: tabs, line breaks, backslashes
            and terminal controls are spelt out, \\t \\n \\r \\\\ \\u{…}
  markdown  a table for issues and wikis; all or nothing
  ids       an id a line

stdout carries data and nothing else; warnings and errors go to stderr, with
--error-format json as an object a line. A listing that is not known to be whole
ends with exit code 8. The same answers give the same bytes.

Fields (--columns, --sort):
  id subject description status number invite-link picture link participants
  type role updated, or the API's own names
";

const CREDENTIALS: &str = "\
The access key comes from the first of these that has one:
  1  the profile that --profile or CAMS_GROUPS_PROFILE names
  2  the environment: ALIBABA_CLOUD_ACCESS_KEY_ID, _ACCESS_KEY_SECRET,
     _SECURITY_TOKEN
  3  the environment's OIDC role: ALIBABA_CLOUD_ROLE_ARN, _OIDC_PROVIDER_ARN,
     _OIDC_TOKEN_FILE
  4  the profile that is the default
  5  the aliyun CLI: ~/.aliyun/config.json
  6  the shared credentials file: ~/.alibabacloud/credentials
  7  the role of the ECS instance
  8  ALIBABA_CLOUD_CREDENTIALS_URI

A source that has nothing is passed over; one that is broken ends the run. Which
one it is: cams-groups config show; whether it works: cams-groups doctor.
";

/// What stands below the program's own flags.
pub(super) fn program_after_help() -> String {
    format!(
        "{EXAMPLES}\n\nExit codes:\n{}\nMore: cams-groups help environment, output, credentials",
        *EXIT_CODES
    )
}

/// What stands below the flags in `-h`.
pub(super) fn short_after_help(examples: &str) -> String {
    format!("{examples}\n\nMore about each flag, environment variables and exit codes: --help")
}

/// What stands below the flags in `--help`.
pub(super) fn long_after_help(examples: &str) -> String {
    format!(
        "{examples}\n\nEnvironment:\n{}\nExit codes:\n{}",
        *ENVIRONMENT, *EXIT_CODES
    )
}
