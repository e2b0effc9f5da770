//! The parts of the help that are not about one flag.

use std::fmt::Write as _;
use std::sync::LazyLock;

use crate::config::env_vars;
use crate::exit::Exit;

/// Examples for the program's own help.
pub(super) const EXAMPLES: &str = "\
Examples:
  cams-groups list --sandbox                      try it: no account, no network
  cams-groups list --status ACTIVE -o csv         every active group, as CSV
  cams-groups list -o jsonl | jq -r .GroupId      ids only
  cams-groups config init                         write a configuration file
  cams-groups doctor                              find out why it does not work";

/// Examples for the help of `list`.
pub(super) const LIST_EXAMPLES: &str = "\
Examples:
  cams-groups list --business-number 8613800000000 --space-id cams-8c8vr
  cams-groups list --profile prod --status suspended
  cams-groups list -o json > groups.json          all or nothing: empty on failure
  cams-groups list --sandbox --page 2             one page of the demo groups";

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
  cams-groups sandbox --data groups.json          what `list -o json` wrote";

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

/// What stands below the program's own flags.
pub(super) fn program_after_help() -> String {
    format!("{EXAMPLES}\n\nExit codes:\n{}", *EXIT_CODES)
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
