//! The README's pipelines: their YAML is read, and their shell is run against a
//! sandbox as the CI system would run it.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Output};

use cams_groups::sandbox::{ACCESS_KEY_SECRET, Groups};
use saphyr::{LoadableYamlNode as _, Yaml};

use crate::support::{Scenario, sandbox};

/// The fenced block below this marker of the README.
fn recipe(name: &str) -> String {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(readme).unwrap();
    let (_, rest) = readme
        .split_once(&format!("<!-- recipe {name} -->\n```"))
        .unwrap();
    let (_, block) = rest.split_once('\n').unwrap();
    block
        .split("\n```\n<!-- end -->")
        .next()
        .unwrap()
        .to_owned()
}

fn yaml(text: &str) -> Yaml<'_> {
    Yaml::load_from_str(text).unwrap().remove(0)
}

fn text<'a>(yaml: &'a Yaml, name: &str) -> Option<&'a str> {
    yaml.as_mapping_get(name).and_then(Yaml::as_str)
}

/// Puts the program where a shell finds it.
fn with_path(scenario: Scenario) -> Scenario {
    let binary = scenario.process(None).get_program().to_owned();
    let directory = Path::new(&binary).parent().unwrap().display().to_string();
    let path = format!("{directory}:{}", std::env::var("PATH").unwrap());
    scenario.set("PATH", &path)
}

fn shell(scenario: &Scenario, program: &str, flags: &[&str], script: &str) -> Output {
    let mut shell = scenario.process(Some(program));
    shell.args(flags).args(["-c", script]).output().unwrap()
}

const INSTALL: &str = "cargo install --path . --locked";

const KEPT: &str = "[rules.groups]\nmin = 51\n";
const BROKEN: &str = "[rules.groups]\nmax = 50\n";

/// A checkout with this policy, and an environment as the secrets make it.
fn checkout(policy: &str) -> Scenario {
    with_path(Scenario::demo()).file("audit.toml", policy)
}

const KEYS: [&str; 2] = [
    "ALIBABA_CLOUD_ACCESS_KEY_ID",
    "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
];

/// Runs a workflow's steps in turn as the runner does; returns how the first that
/// failed ended, and what was printed.
fn run_steps(scenario: &Scenario, steps: &[&Yaml]) -> (i32, String) {
    let (mut code, mut said) = (0, String::new());
    for step in steps {
        let run = text(step, "run").filter(|it| *it != INSTALL);
        // After a step that failed, only those run that ask for it.
        let is_due = match text(step, "if") {
            None => code == 0,
            Some(it) if it.contains("hashFiles('audit.md') != ''") => {
                scenario.path().join("audit.md").exists()
            }
            Some(_) => true,
        };
        let Some(run) = run.filter(|_| is_due) else {
            continue;
        };
        let mut shell = scenario.process(Some("bash"));
        let gets = |key| {
            step.as_mapping_get("env")
                .is_some_and(|it| text(it, key).is_some())
        };
        for key in KEYS.into_iter().filter(|it| !gets(it)) {
            shell.env_remove(key);
        }
        let output = shell.args(["-e", "-c", run]).output().unwrap();
        said.push_str(std::str::from_utf8(&output.stdout).unwrap());
        if code == 0 {
            code = output.status.code().unwrap();
        }
    }
    (code, said)
}

#[test]
fn the_github_workflow_runs_and_its_exit_code_is_the_verdict() {
    let block = recipe("github");
    let workflow = yaml(&block);
    let job = &workflow["jobs"]["audit"];
    let steps: Vec<&Yaml> = job["steps"].as_sequence().unwrap().iter().collect();
    // Only the step that needs the keys gets them: what others run is not ours.
    for key in KEYS {
        let expected = format!("${{{{ secrets.{key} }}}}");
        for has_none in [&workflow, job] {
            assert!(has_none.as_mapping_get("env").is_none());
        }
        let values = steps.iter().filter_map(|it| it.as_mapping_get("env"));
        let values: Vec<_> = values.map(|it| text(it, key).unwrap()).collect();
        assert_eq!(values, [expected.as_str()]);
        assert_eq!(block.matches(&expected).count(), 1);
    }
    let keeps = steps.last().unwrap();
    let conditions: Vec<_> = steps.iter().filter_map(|it| text(it, "if")).collect();
    let if_there = "${{ !cancelled() && hashFiles('audit.md') != '' }}";
    assert_eq!(conditions, [if_there, "always()"]);
    assert_eq!(text(keeps, "if"), Some("always()"));
    for (policy, verdict) in [(KEPT, 0), (BROKEN, 1)] {
        let scenario = checkout(policy).set("GITHUB_STEP_SUMMARY", "summary.md");
        let (code, said) = run_steps(&scenario, &steps);
        assert_eq!(code, verdict, "{said}");
        assert_eq!(said.contains("::error"), verdict == 1, "{said}");
        let summary = fs::read_to_string(scenario.path().join("summary.md")).unwrap();
        assert!(summary.contains("51 groups"), "{summary}");
        for file in text(&keeps["with"], "path").unwrap().lines() {
            assert!(scenario.path().join(file).is_file(), "{file}");
        }
    }
    // Where it could not be looked, that is what there is to sum up, and no pass.
    let scenario = checkout(KEPT)
        .set("GITHUB_STEP_SUMMARY", "summary.md")
        .set("CAMS_GROUPS_ENDPOINT", "http://127.0.0.1:1");
    let (code, said) = run_steps(&scenario, &steps);
    assert_eq!(code, 6, "{said}");
    let summary = fs::read_to_string(scenario.path().join("summary.md")).unwrap();
    assert!(
        summary.contains("the groups could not be listed"),
        "{summary}"
    );
}

#[test]
fn the_gitlab_job_runs_and_its_exit_code_is_the_verdict() {
    let block = recipe("gitlab");
    let pipeline = yaml(&block);
    let job = &pipeline["audit"];
    let install = job["before_script"].as_sequence().unwrap();
    assert_eq!(install[0].as_str(), Some(INSTALL));
    let artifacts = &job["artifacts"];
    assert_eq!(text(artifacts, "when"), Some("always"));
    for (policy, verdict) in [(KEPT, 0), (BROKEN, 1)] {
        let scenario = checkout(policy);
        let lines = job["script"].as_sequence().unwrap().iter();
        let script: Vec<&str> = lines.map(|it| it.as_str().unwrap()).collect();
        let script = script.join("\n");
        let output = shell(&scenario, "bash", &["-e", "-o", "pipefail"], &script);
        assert_eq!(output.status.code(), Some(verdict), "{output:?}");
        let read = |name| {
            let file = text(&artifacts["reports"], name).unwrap();
            fs::read_to_string(scenario.path().join(file)).unwrap()
        };
        roxmltree::Document::parse(&read("junit")).unwrap();
        let quality: Vec<serde_json::Value> = serde_json::from_str(&read("codequality")).unwrap();
        assert_eq!(!quality.is_empty(), verdict == 1, "{quality:?}");
    }
}

/// A home that cron has: the program where `cargo install` puts it, the keys in a
/// profile, and no variable but those that every job gets.
struct Nightly {
    scenario: Scenario,
    script: String,
}

impl Nightly {
    fn new() -> Self {
        let scenario = Scenario::bare().file(".cargo/bin/.here", "");
        let program = scenario.process(None).get_program().to_owned();
        let link = scenario.path().join(".cargo/bin/cams-groups");
        std::os::unix::fs::symlink(program, link).unwrap();
        Self {
            scenario,
            script: recipe("cron"),
        }
    }

    /// Runs it while the service is here.
    fn night(&self, endpoint: &str) -> (i32, String, String) {
        let home = self.scenario.path();
        let directory = if cfg!(target_os = "macos") {
            "Library/Application Support/cams-groups"
        } else {
            ".config/cams-groups"
        };
        let directory = home.join(directory);
        fs::create_dir_all(&directory).unwrap();
        let config = directory.join("config.toml");
        let profile = format!(
            "[profiles.default]\nbusiness_number = \"8613800000000\"\nspace_id = \"cams-sandbox\"\n\
             endpoint = \"{endpoint}\"\naccess_key_id = \"testAccessKeyId\"\naccess_key_secret = \"{ACCESS_KEY_SECRET}\"\n"
        );
        fs::write(&config, profile).unwrap();
        fs::set_permissions(&config, fs::Permissions::from_mode(0o600)).unwrap();
        let output = Command::new("sh")
            .args(["-c", &self.script])
            .env_clear()
            .env("HOME", home)
            .env("PATH", "/usr/bin:/bin")
            .env("SHELL", "/bin/sh")
            .current_dir(home)
            .output()
            .unwrap();
        (
            output.status.code().unwrap(),
            String::from_utf8(output.stdout).unwrap(),
            String::from_utf8(output.stderr).unwrap(),
        )
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.scenario.path().join("groups").join(name)).unwrap()
    }
}

#[test]
fn the_nightly_job_prints_nothing_while_all_is_well() {
    let nightly = Nightly::new();
    let quiet = (0, String::new(), String::new());
    let all = sandbox(Groups::Demo(Groups::DEMO));
    assert_eq!(nightly.night(&all), quiet, "the first night");
    assert_eq!(nightly.night(&all), quiet, "nothing has changed");
    let before = nightly.read("groups.json");
    // Nobody else may read what it keeps.
    let kept = nightly.scenario.path().join("groups");
    for file in [
        kept.clone(),
        kept.join("groups.json"),
        kept.join("audit.txt"),
    ] {
        let mode = fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{}: {mode:o}", file.display());
    }

    // A group that is gone is told, once.
    let mut groups: Vec<serde_json::Value> = serde_json::from_str(&before).unwrap();
    groups.pop();
    let fewer = serde_json::to_string(&groups).unwrap();
    let fewer = sandbox(Groups::from_json(fewer.as_bytes()).unwrap());
    let (code, stdout, stderr) = nightly.night(&fewer);
    assert_eq!((code, stderr.as_str()), (1, ""), "{stdout}");
    assert!(stdout.contains("-  120363025246100050"), "{stdout}");
    assert_eq!(nightly.night(&fewer), quiet, "it is told once");
    let before = nightly.read("groups.json");

    // A night on which nobody answers is told, and forgets nothing.
    let (code, _, stderr) = nightly.night("http://127.0.0.1:1");
    assert_eq!(code, 6, "{stderr}");
    assert!(stderr.contains("error: "), "{stderr}");
    assert_eq!(nightly.read("groups.json"), before);

    // A rule that is broken is told with what broke it.
    let few = sandbox(Groups::Demo(5));
    let (code, stdout, _) = nightly.night(&few);
    assert_eq!(code, 1);
    assert!(stdout.contains("5 groups, fewer than 10"), "{stdout}");

    // What nothing can be compared with is told, and kept for whoever mends it; a
    // rule that is broken besides is the lesser evil.
    let broken = "[{\"GroupId\":";
    fs::write(kept.join("groups.json"), broken).unwrap();
    let (code, stdout, stderr) = nightly.night(&few);
    assert!(code > 1, "{code}: {stderr}");
    assert!(stdout.contains("5 groups, fewer than 10"), "{stdout}");
    assert!(
        stderr.ends_with("groups.json stays as it is; tonight's groups are in new.json\n"),
        "{stderr}"
    );
    assert_eq!(nightly.read("groups.json"), broken);
    assert!(nightly.read("new.json").contains("120363025246100000"));
}
