//! Keys that a program prints: `credential_process`, and mode External of the
//! aliyun CLI.
//!
//! The program is run without a shell, unless the profile asks for one. Its
//! stderr goes to ours: a login helper must be able to speak. What it prints on
//! stdout is never shown.

use std::io;
use std::pin::pin;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use jiff::Timestamp;
use tokio::io::AsyncReadExt as _;
use tokio::process::Child;
use zeroize::Zeroizing;

use super::aliyun;
use super::error::{Broken, CredentialsError, ProcessFault};
use super::recipe::{Issued, Recipe};
use super::{Means, Source};
use crate::config::env_vars;
use crate::world::Env;

/// How long a program may take. The vendor's libraries allow as much.
const TIME_LIMIT: Duration = Duration::from_mins(1);

/// How long its stdout may stay open after it has ended.
const LINGER: Duration = Duration::from_millis(500);

/// More than this is no set of keys.
const MOST_OUTPUT: usize = 1024 * 1024;

/// A program and its arguments.
#[derive(Clone)]
pub struct Command(Vec<String>);

impl std::fmt::Debug for Command {
    /// Shows no argument: a password may be among them.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Command({})", self.program())
    }
}

impl Command {
    /// Splits a command line as the vendor's tools do.
    pub(super) fn split(line: &str) -> Result<Self, &'static str> {
        split(line, cfg!(windows)).map(Self)
    }

    /// Hands a command line to the system's shell.
    pub(super) fn shell(line: &str) -> Self {
        let (shell, flag) = if cfg!(windows) {
            ("cmd", "/C")
        } else {
            ("sh", "-c")
        };
        Self(vec![shell.to_owned(), flag.to_owned(), line.to_owned()])
    }

    /// Returns the program.
    pub fn program(&self) -> &str {
        self.0.first().map_or("", String::as_str)
    }

    /// Returns whether a shell would have read more into the words than we do.
    fn is_for_shell(&self) -> bool {
        let means_something = |word: &String| {
            ["|", ">", "<", "&&", ";", "||"].contains(&word.as_str()) || word.starts_with('$')
        };
        self.0.iter().any(means_something)
    }
}

/// Runs the program and reads what it prints: an aliyun profile of mode AK or
/// `StsToken`, or `RamRoleArn`, which asks for one step more.
pub(super) async fn run(
    command: &Command,
    from: &Source,
    means: &Means<'_>,
) -> Result<(Recipe, Option<String>), CredentialsError> {
    let failed = |fault| {
        Broken::Process {
            program: command.program().to_owned(),
            for_shell: command.is_for_shell(),
            fault,
        }
        .from(from)
    };
    let output = output(command).await.map_err(failed)?;
    let not_keys = |fault: String| failed(ProcessFault::NotKeys(fault));
    let profile = aliyun::Profile::printed(&output).map_err(not_keys)?;
    let recipe = profile
        .printed_recipe(means.env())
        .map_err(|broken| not_keys(broken.to_string()))?;
    Ok((recipe, profile.expiration))
}

/// Says whether the user lets processes be run, and URIs be asked, for keys.
pub(super) fn allowed(env: &Env) -> Result<(), Broken> {
    let variable = env_vars::DISABLE_EXTERNAL_PROCESS;
    if env.is_true(variable) || env.text(variable).is_some_and(|it| it == "1") {
        return Err(Broken::Forbidden { variable });
    }
    Ok(())
}

/// Adds the time that the output says its keys expire at. One that is no time
/// counts as none, as most of the vendor's libraries have it: the API will say
/// when it is over.
pub(super) fn dated(
    issued: Issued,
    expiration: Option<&str>,
    command: &Command,
    means: &Means<'_>,
) -> Result<Issued, Broken> {
    let expires: Option<Timestamp> = expiration.and_then(|it| it.parse().ok());
    if expiration.is_some() && expires.is_none() {
        means.warn(format!(
            "`{}` prints an expiration that is no time, such as 2026-01-02T03:04:05Z",
            command.program()
        ));
    }
    if let Some(at) = expires.filter(|at| *at <= means.world.clock.now()) {
        let service = format!("`{}`", command.program());
        return Err(Broken::Expired { service, at });
    }
    Ok(Issued {
        // A role that was assumed with them has a time of its own.
        expires: issued.expires.or(expires),
        ..issued
    })
}

async fn output(command: &Command) -> Result<Zeroizing<Vec<u8>>, ProcessFault> {
    let mut process = tokio::process::Command::new(command.program());
    process
        .args(&command.0[1..])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .kill_on_drop(true);
    let mut child = process.spawn().map_err(ProcessFault::NotStarted)?;
    let mut output = Zeroizing::new(Vec::new());
    let ended = ended(&mut child, &mut output);
    let status = match tokio::time::timeout(TIME_LIMIT, ended).await {
        Ok(status) => status.map_err(ProcessFault::Unread)?,
        Err(_) => return Err(ProcessFault::TooSlow(TIME_LIMIT)),
    };
    if output.len() > MOST_OUTPUT {
        return Err(ProcessFault::TooMuch(MOST_OUTPUT));
    }
    if !status.success() {
        return Err(ProcessFault::Failed(status));
    }
    Ok(output)
}

/// Reads what a program prints, up to one byte more than it may, and waits for
/// its end.
async fn ended(child: &mut Child, output: &mut Vec<u8>) -> io::Result<ExitStatus> {
    let Some(stdout) = child.stdout.take() else {
        return child.wait().await;
    };
    let mut stdout = stdout.take(MOST_OUTPUT as u64 + 1);
    let mut read = pin!(stdout.read_to_end(output));
    tokio::select! {
        read = &mut read => if read? > MOST_OUTPUT {
            // Nobody reads the rest: it would wait for ever to say it.
            child.start_kill()?;
        },
        status = child.wait() => {
            // What it leaves in the background may hold its stdout open.
            let rest = tokio::time::timeout(LINGER, read).await;
            rest.unwrap_or(Ok(0))?;
            return status;
        }
    };
    child.wait().await
}

/// Splits a command line into words, by the rules of the vendor's libraries,
/// which are no shell's: quotes and backslashes, and nothing else. The crates
/// that split words treat comments and white space otherwise.
fn split(line: &str, windows: bool) -> Result<Vec<String>, &'static str> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut rest = line.chars().peekable();
    while let Some(c) = rest.next() {
        match (quote, c) {
            (None, c) if c.is_whitespace() => words.extend(word.take()),
            (None, '\'' | '"') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (Some(open), c) if c == open => quote = None,
            (None, '\\') if !windows => match rest.next() {
                None => return Err("ends with a backslash"),
                Some('\n') => {}
                Some(next) => word.get_or_insert_default().push(next),
            },
            (Some('"'), '\\') => {
                let escapes = |next: &char| {
                    *next == '"' || !windows && matches!(next, '\\' | '$' | '`' | '\n')
                };
                match rest.next_if(escapes) {
                    Some('\n') => {}
                    Some(next) => word.get_or_insert_default().push(next),
                    None => word.get_or_insert_default().push('\\'),
                }
            }
            (_, c) => word.get_or_insert_default().push(c),
        }
    }
    if quote.is_some() {
        return Err("has an unclosed quote");
    }
    words.extend(word);
    if words.first().is_none_or(String::is_empty) {
        return Err("is empty");
    }
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    #[test]
    fn command_lines_are_split_as_the_vendors_libraries_split_them() {
        let vectors = include_str!("../../tests/vectors/credentials/process-command.json");
        let vectors: Value = serde_json::from_str(vectors).unwrap();
        let cases = vectors["cases"].as_array().unwrap();
        assert!(cases.len() > 25);
        for case in cases {
            let line = case["command"].as_str().unwrap();
            for (system, windows) in [("unix", false), ("windows", true)] {
                let expected: Option<Vec<String>> =
                    serde_json::from_value(case[system].clone()).unwrap();
                assert_eq!(split(line, windows).ok(), expected, "{system}: {line:?}");
            }
        }
    }
}
