//! What is written about the program is what the program does. To rewrite the
//! generated files and blocks: `CAMS_GROUPS_REWRITE=1 cargo test docs`.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use cams_groups::config::settings::resolve;
use cams_groups::config::{Chosen, ConfigFile, Overrides, Profile, env_vars};
use cams_groups::credentials::{self, CredentialsError, Means, Recipe};
use cams_groups::exit::Exit;
use cams_groups::policy::Policy;
use cams_groups::world::Env;
use clap::{CommandFactory as _, ValueEnum as _};

use cams_groups::group::Field;
use cams_groups::output::Format;
use cams_groups::sandbox::Groups;

use crate::support::{Scenario, block_on, sandbox_with, still_world};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn read(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap()
}

fn rewriting() -> bool {
    std::env::var_os("CAMS_GROUPS_REWRITE").is_some()
}

#[track_caller]
fn same(name: &str, expected: &str) {
    if rewriting() {
        fs::write(root().join(name), expected).unwrap();
    }
    let is = fs::read_to_string(root().join(name)).unwrap_or_default();
    assert!(
        is == expected,
        "{name} is stale; run: CAMS_GROUPS_REWRITE=1 cargo test docs"
    );
}

#[test]
fn committed_completions_are_what_the_program_prints() {
    let mut names = Vec::new();
    for (shell, name) in [
        ("bash", "cams-groups.bash"),
        ("zsh", "_cams-groups"),
        ("fish", "cams-groups.fish"),
        ("powershell", "_cams-groups.ps1"),
        ("elvish", "cams-groups.elv"),
        ("nushell", "cams-groups.nu"),
    ] {
        let printed = Scenario::bare().run(["completions", shell]).data();
        assert!(printed.contains("business-number"), "{shell}");
        same(&format!("completions/{name}"), &printed);
        names.push(name.to_owned());
    }
    assert_eq!(names.len(), cams_groups::cli::Shell::value_variants().len());
    let mut committed: Vec<String> = fs::read_dir(root().join("completions"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    committed.sort();
    names.sort();
    assert_eq!(committed, names);
}

#[test]
fn the_example_configuration_holds_every_key_and_is_valid() {
    let path = root().join("config.example.toml");
    let text = read("config.example.toml");
    for key in Profile::KEYS.iter().chain(&["default_profile"]) {
        let line = |it: &str| {
            let it = it.trim_start_matches("# ");
            let is_table = it.starts_with('[') && it.contains(&format!(".{key}"));
            it.starts_with(&format!("{key} = ")) || is_table
        };
        assert!(text.lines().any(line), "`{key}` is not in the example");
    }
    // With its optional lines too, every profile must make sense.
    let all: String = text
        .lines()
        .map(|line| match line.strip_prefix("# ") {
            Some(rest) if rest.contains(" = ") || rest.starts_with("[[") => rest,
            _ => line,
        })
        .flat_map(|line| [line, "\n"])
        .collect();
    for text in [text, all] {
        let file = ConfigFile::parse(&path, text.as_bytes()).unwrap();
        assert_eq!(file.default_profile.as_ref().unwrap().value, "prod");
        let policy = Policy::of_profile(&text, "prod").unwrap();
        assert_eq!(policy.rules.groups.len(), 1);
        for profile in &file.profiles {
            let chosen = Chosen {
                profile: Some(profile.clone()),
                ..Chosen::nothing()
            };
            resolve(&Overrides::default(), &Env::fixed([]), &chosen).unwrap();
            let chosen = Chosen {
                file: Some(file.clone()),
                ..chosen
            };
            assert_eq!(whose_key(&chosen), profile.name);
        }
    }
}

/// The example's profile whose key would sign; each is named for its kind.
fn whose_key(chosen: &Chosen) -> String {
    let mut env = Env::fixed([]);
    if chosen.profile.as_ref().is_some_and(|it| it.name == "ci") {
        // Or it would be asked for.
        env = Env::fixed([("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true")]);
    }
    let world = still_world(env);
    let means = Means {
        world: &world,
        extra_roots: None,
        timeout: Duration::from_secs(1),
        retries: 0,
        tell: &|_| {},
    };
    let found = block_on(credentials::find(chosen, &means));
    match found.map(|it| it.recipe) {
        Ok(Recipe::Key(_)) => "prod",
        Ok(Recipe::AssumeRole { .. }) => "audit",
        Ok(Recipe::Oidc { .. }) => "oidc",
        Ok(Recipe::InstanceRole { .. }) => "ecs",
        Ok(Recipe::Uri(_)) => "uri",
        Ok(Recipe::Process(_)) => "process",
        Ok(Recipe::Login(_)) => unreachable!("only aliyun profiles have logins"),
        // There is no home here, and so no file of the aliyun CLI.
        Err(CredentialsError::Broken { .. }) => "aliyun",
        Err(CredentialsError::Absent(_)) => "ci",
    }
    .to_owned()
}

/// The README with the block below this marker replaced.
fn with_block(readme: &str, marker: &str, text: &str) -> String {
    let start = format!("<!-- {marker} -->\n");
    let (before, rest) = readme
        .split_once(&start)
        .unwrap_or_else(|| panic!("no {start}"));
    let (_, after) = rest.split_once("<!-- end -->").unwrap();
    format!("{before}{start}{}\n<!-- end -->{after}", text.trim_end())
}

/// A report without what differs from run to run.
fn stable(report: &str) -> String {
    let word = |word: &str| match word {
        word if word.contains("127.0.0.1:") => {
            let (before, _) = word.rsplit_once(':').unwrap();
            format!("{before}:8686")
        }
        word if word.len() == 36 => "E3D23468-93EE-83B9-C6FC-6697EFDD20B3".to_owned(),
        word if word.ends_with("/config.toml:") => "~/.config/cams-groups/config.toml:".to_owned(),
        word => word.to_owned(),
    };
    let line = |line: &str| line.split(' ').map(word).collect::<Vec<_>>().join(" ");
    let lines = report.lines().map(line);
    let lines = lines.map(|it| {
        match it.rsplit_once('(') {
            // However long it took to connect.
            Some((before, time)) if it.contains("tcp ") && time.ends_with(" ms)") => {
                format!("{before}(0 ms)")
            }
            _ => it,
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn fenced(text: &str) -> String {
    format!("```text\n{}\n```", text.trim_end())
}

#[test]
fn the_blocks_of_the_readme_are_what_the_program_prints() {
    let help = |args: &[&str]| fenced(&Scenario::bare().run(args).data());
    let codes = Exit::ALL
        .iter()
        .map(|(exit, meaning)| format!("| {} | {meaning} |\n", exit.code()));
    let codes = format!(
        "| code | meaning |\n|---:|---|\n{}",
        codes.collect::<String>()
    );
    let variables = env_vars::ALL
        .iter()
        .map(|it| format!("| `{}` | {} |\n", it.name, it.meaning));
    let variables = format!(
        "| variable | meaning |\n|---|---|\n{}",
        variables.collect::<String>()
    );
    let demo = Scenario::bare()
        .run(["list", "--sandbox", "--limit", "12"])
        .data();
    let doctor = Scenario::demo().run(["doctor"]);
    let doctor = fenced(&stable(&doctor.data()));
    let mut readme = read("README.md");
    for (marker, text) in [
        ("demo", fenced(&demo)),
        ("doctor", doctor),
        ("help list", help(&["list", "-h"])),
        ("help sandbox", help(&["sandbox", "-h"])),
        ("exit codes", codes),
        ("variables", variables),
    ] {
        readme = with_block(&readme, marker, &text);
    }
    same("README.md", &readme);
}

#[test]
fn every_flag_has_help_and_a_heading() {
    let mut command = cams_groups::cli::Cli::command();
    command.build();
    let list = command.find_subcommand("list").unwrap();
    for argument in list.get_arguments() {
        let id = argument.get_id();
        let help = argument
            .get_help()
            .unwrap_or_else(|| panic!("{id}: no help"))
            .to_string();
        assert!(
            !help.ends_with('.'),
            "{id}: the first line is no sentence: {help}"
        );
        assert!(argument.get_help_heading().is_some(), "{id}: no heading");
    }
}

#[test]
fn the_changelog_knows_this_version_or_what_is_to_come() {
    let changelog = read("CHANGELOG.md");
    let version = format!("## [{}]", env!("CARGO_PKG_VERSION"));
    assert!(changelog.contains(&version) || changelog.contains("## [Unreleased]"));
}

#[cfg(unix)]
#[test]
fn bash_completes_flags_and_values_of_subcommands() {
    let scenario = Scenario::bare();
    let script = scenario.path().join("completions.bash");
    fs::write(&script, scenario.run(["completions", "bash"]).data()).unwrap();
    let complete = |words: &[&str]| {
        let (word, before) = (words[words.len() - 1], words[words.len() - 2]);
        let run = format!(
            "source {script:?}; COMP_WORDS=({words}); COMP_CWORD={at}; \
             _cams__groups cams-groups '{word}' '{before}'; echo \"${{COMPREPLY[@]}}\"",
            words = words.join(" "),
            at = words.len() - 1,
        );
        let output = std::process::Command::new("bash")
            .args(["-c", &run])
            .output();
        String::from_utf8(output.unwrap().stdout).unwrap()
    };
    assert_eq!(complete(&["cams-groups", "list", "--sta"]), "--status\n");
    assert_eq!(
        complete(&["cams-groups", "list", "--status", "SU"]),
        "SUSPENDED\n"
    );
    assert_eq!(
        complete(&["cams-groups", "list", "-o", "js"]),
        "json jsonl\n"
    );
    assert_eq!(complete(&["cams-groups", "completions", "z"]), "zsh\n");
    assert_eq!(complete(&["cams-groups", "sandbox", "--la"]), "--latency\n");
    assert_eq!(
        complete(&["cams-groups", "list", "--columns", "su"]),
        "subject\n"
    );
    assert_eq!(
        complete(&["cams-groups", "list", "--columns", "id,su"]),
        "id,subject\n"
    );
    assert_eq!(
        complete(&["cams-groups", "list", "--status", "ACTIVE,SU"]),
        "ACTIVE,SUSPENDED\n"
    );
}

/// Runs each block of shell commands in the README, against a sandbox.
#[cfg(unix)]
#[test]
fn every_command_of_the_readme_runs() {
    let endpoint = sandbox_with(Groups::Demo(51), |mut config| {
        config.space_id = "cams-testspace".parse().unwrap();
        config
    });
    let binary = Scenario::bare().process(None).get_program().to_owned();
    let directory = Path::new(&binary).parent().unwrap().display().to_string();
    let path = format!("{directory}:{}", std::env::var("PATH").unwrap());
    let mut blocks = 0;
    let mut skipped = Vec::new();
    let readme = read("README.md");
    for block in readme.split("\n```sh\n").skip(1) {
        let block = block.split("\n```").next().unwrap();
        if ["cargo test", "cargo install --path . --locked"].contains(&block) {
            skipped.push(block.to_owned());
            continue;
        }
        // A server serves until it is stopped, by Ctrl-C.
        let script = block
            .replace("cargo run --release -- ", "cams-groups ")
            .replace(
                "cams-groups sandbox",
                "timeout -s INT 0.3 cams-groups sandbox",
            )
            .replace("--port 8686", "--port 0");
        let scenario = Scenario::at(&endpoint)
            .with_key()
            .set("CAMS_GROUPS_SPACE_ID", "cams-testspace")
            .set("PATH", &path);
        let output = scenario
            .process(Some("bash"))
            .args(["-e", "-o", "pipefail", "-c", &script])
            .output()
            .unwrap();
        // `timeout` says 124 whatever the program said.
        let code = output.status.code().unwrap();
        let is_server = script.contains("cams-groups sandbox");
        assert!(code == 0 || is_server && code == 124, "{block}\n{output:?}");
        blocks += 1;
    }
    assert!(blocks > 8, "{blocks}");
    assert_eq!(skipped.len(), 2, "{skipped:?}");
}

/// Returns whether a program is there; those that CI installs must be, there.
#[cfg(unix)]
#[expect(clippy::print_stderr, reason = "what was not checked is said")]
fn is_there(program: &str) -> bool {
    let found = std::process::Command::new(program)
        .arg("--version")
        .output();
    let found = found.is_ok_and(|it| it.status.success());
    if !found {
        eprintln!("not checked: there is no {program} here; .ci/run installs it");
    }
    found
}

#[cfg(unix)]
#[test]
fn real_shells_take_the_scripts_and_complete_profiles() {
    let scenario = Scenario::bare()
        .config("[profiles.prod]\nregion = 'r'\n[profiles.staging]\nregion = 'r'\n");
    let directory = {
        let binary = scenario.process(None).get_program().to_owned();
        Path::new(&binary).parent().unwrap().display().to_string()
    };
    let scenario = scenario.set(
        "PATH",
        &format!("{directory}:{}", std::env::var("PATH").unwrap()),
    );
    for shell in ["bash", "zsh", "fish"] {
        if !is_there(shell) {
            continue;
        }
        let script = scenario.path().join(shell);
        fs::write(&script, scenario.run(["completions", shell]).data()).unwrap();
        let checked = scenario
            .process(Some(shell))
            .arg("-n")
            .arg(&script)
            .output()
            .unwrap();
        assert!(checked.status.success(), "{shell}: {checked:?}");
        let script = script.display();
        let run = match shell {
            "bash" => format!(
                "source {script}; COMP_WORDS=(cams-groups list -p st); COMP_CWORD=3; \
                 _cams__groups cams-groups st -p; echo \"${{COMPREPLY[@]}}\""
            ),
            "fish" => format!("source {script}; complete -C 'cams-groups list --profile st'"),
            // Its completion needs a terminal; the syntax is what can be checked.
            _ => continue,
        };
        let output = scenario
            .process(Some(shell))
            .args(["-c", &run])
            .output()
            .unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        let first = said.split_whitespace().next();
        assert_eq!(first, Some("staging"), "{shell}: {:?}", output.stderr);
    }
}

#[test]
fn help_has_topics_and_man_has_pages() {
    let scenario = Scenario::bare();
    for (topic, words) in [
        ("exit-codes", "  8  the listing is incomplete"),
        ("environment", "ALIBABA_CLOUD_ACCESS_KEY_ID"),
        ("output", "markdown"),
        ("credentials", "~/.aliyun/config.json"),
        ("list", "--page-size"),
    ] {
        let text = scenario.run(["help", topic]).data();
        assert!(text.contains(words), "{topic}: {text}");
        assert!(text.lines().all(|it| it.chars().count() <= 100), "{topic}");
    }
    let _ = scenario.run(["help"]).data();
    assert!(scenario.run(["help", "lst"]).stderr.contains("'list'"));
    assert!(scenario.run(["man"]).data().contains(".SH NAME"));
    let _ = scenario.run(["man", "--dir", "pages"]).data();
    let pages = fs::read_dir(scenario.path().join("pages")).unwrap().count();
    assert!(pages > 8, "{pages}");
    // Every format and field that there is, is in the topic.
    let output = scenario.run(["help", "output"]).data();
    for format in Format::ALL {
        assert!(
            output.contains(&format!("\n  {:<8}  ", format.name())),
            "{format}"
        );
    }
    for field in Field::ALL {
        assert!(output.contains(field.short_name()), "{field}");
    }
}
