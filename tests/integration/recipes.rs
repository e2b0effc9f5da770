//! The README's pipelines: their YAML is read, and their shell is run against a
//! sandbox as the CI system would run it.

#![cfg(unix)]

use std::fs;
use std::path::Path;
use std::process::Output;

use saphyr::{LoadableYamlNode as _, Yaml};

use crate::support::Scenario;

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

#[test]
fn the_github_workflow_runs_and_its_exit_code_is_the_verdict() {
    let block = recipe("github");
    let workflow = yaml(&block);
    let job = &workflow["jobs"]["audit"];
    for key in [
        "ALIBABA_CLOUD_ACCESS_KEY_ID",
        "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
    ] {
        let value = text(&job["env"], key).unwrap();
        assert_eq!(value, format!("${{{{ secrets.{key} }}}}"));
    }
    let steps: Vec<&Yaml> = job["steps"].as_sequence().unwrap().iter().collect();
    let keeps = steps.last().unwrap();
    assert_eq!(text(keeps, "if"), Some("always()"));
    for (policy, verdict) in [(KEPT, 0), (BROKEN, 1)] {
        let scenario = checkout(policy).set("GITHUB_STEP_SUMMARY", "summary.md");
        let mut code = 0;
        let mut said = String::new();
        for step in &steps {
            let run = text(step, "run").filter(|it| *it != INSTALL);
            // After a step that failed, only those run that ask for it.
            let Some(run) = run.filter(|_| code == 0 || text(step, "if").is_some()) else {
                continue;
            };
            // This is how the runner calls it.
            let output = shell(&scenario, "bash", &["-e"], run);
            said.push_str(std::str::from_utf8(&output.stdout).unwrap());
            if code == 0 {
                code = output.status.code().unwrap();
            }
        }
        assert_eq!(code, verdict, "{said}");
        assert_eq!(said.contains("::error"), verdict == 1, "{said}");
        let summary = fs::read_to_string(scenario.path().join("summary.md")).unwrap();
        assert!(summary.contains("51 groups"), "{summary}");
        for file in text(&keeps["with"], "path").unwrap().lines() {
            assert!(scenario.path().join(file).is_file(), "{file}");
        }
    }
    // Where it could not be looked, that is what there is to sum up, and no pass.
    let scenario = checkout(KEPT).set("CAMS_GROUPS_ENDPOINT", "http://127.0.0.1:1");
    let runs: Vec<&str> = steps.iter().filter_map(|it| text(it, "run")).collect();
    let output = shell(&scenario, "bash", &["-e"], runs[1]);
    assert_eq!(output.status.code(), Some(6), "{output:?}");
    let summary = std::fs::read_to_string(scenario.path().join("audit.md")).unwrap();
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

#[test]
fn the_nightly_job_prints_nothing_while_all_is_well() {
    let script = recipe("cron");
    let night = |scenario: &Scenario| {
        let output = shell(scenario, "sh", &[], &script);
        (
            output.status.code().unwrap(),
            String::from_utf8(output.stdout).unwrap(),
            String::from_utf8(output.stderr).unwrap(),
        )
    };
    let quiet = (0, String::new(), String::new());
    let scenario = with_path(Scenario::demo());
    assert_eq!(night(&scenario), quiet, "the first night");
    assert_eq!(night(&scenario), quiet, "nothing has changed");
    let snapshot = scenario.path().join("groups/groups.json");
    let before = fs::read_to_string(&snapshot).unwrap();

    // A group that is gone is told, once.
    let mut groups: Vec<serde_json::Value> = serde_json::from_str(&before).unwrap();
    groups.pop();
    let fewer = crate::support::sandbox(
        cams_groups::sandbox::Groups::from_json(serde_json::to_string(&groups).unwrap().as_bytes())
            .unwrap(),
    );
    let endpoint = "CAMS_GROUPS_ENDPOINT";
    let scenario = scenario.unset(endpoint).set(endpoint, &fewer);
    let (code, stdout, stderr) = night(&scenario);
    assert_eq!((code, stderr.as_str()), (1, ""), "{stdout}");
    assert!(stdout.contains("-  120363025246100050"), "{stdout}");
    assert_eq!(night(&scenario), quiet, "it is told once");
    let before = fs::read_to_string(&snapshot).unwrap();

    // A night on which nobody answers is told, and forgets nothing.
    let scenario = scenario.unset(endpoint).set(endpoint, "http://127.0.0.1:1");
    let (code, _, stderr) = night(&scenario);
    assert_eq!(code, 6, "{stderr}");
    assert!(stderr.contains("error: "), "{stderr}");
    assert_eq!(fs::read_to_string(&snapshot).unwrap(), before);

    // A rule that is broken is told with what broke it.
    let none = crate::support::sandbox(cams_groups::sandbox::Groups::Demo(5));
    let scenario = scenario.unset(endpoint).set(endpoint, &none);
    let (code, stdout, _) = night(&scenario);
    assert_eq!(code, 1);
    assert!(stdout.contains("5 groups, fewer than 10"), "{stdout}");
}
