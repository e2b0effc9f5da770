//! What a whole listing costs, with the released binary against a sandbox in a
//! process of its own: wall time against the ideal, CPU, memory, and the cold
//! start beside `curl`. Linux only: it reads `/proc` and `/usr/bin/time`.
//!
//! `cargo bench --bench listing`, or with `-- --quick` for fewer runs.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::cast_precision_loss,
    reason = "a benchmark talks, and stops where it fails"
)]

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const BINARY: &str = env!("CARGO_BIN_EXE_cams-groups");

/// A sandbox in a process of its own.
struct Sandbox {
    child: Child,
    variables: Vec<(String, String)>,
}

impl Sandbox {
    fn start(args: &[&str]) -> Self {
        let mut child = Command::new(BINARY)
            .arg("sandbox")
            .args(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let variables = lines
            .map(Result::unwrap)
            .take_while(|line| !line.starts_with("# "))
            .filter_map(|line| {
                let (name, value) = line.strip_prefix("export ")?.split_once('=')?;
                Some((name.to_owned(), value.trim_matches('\'').to_owned()))
            })
            .collect();
        Self { child, variables }
    }

    /// Runs a command and returns what the system counted of it.
    fn measure(&self, command: &[&str]) -> Figures {
        let started = Instant::now();
        let output = Command::new("/usr/bin/time")
            .args(["-f", "%U %S %M"])
            .args(command)
            .env_clear()
            .envs(self.variables.iter().cloned())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .output()
            .unwrap();
        let wall = started.elapsed();
        let talk = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{command:?}: {talk}");
        let figures: Vec<f64> = talk
            .lines()
            .last()
            .unwrap()
            .split(' ')
            .map(|it| it.parse().unwrap())
            .collect();
        Figures {
            wall,
            cpu: figures[0] + figures[1],
            megabytes: figures[2] / 1024.0,
        }
    }

    /// Counts the requests that a run makes.
    fn requests(&self, args: &[&str]) -> usize {
        let output = Command::new(BINARY)
            .args(["list", "-v", "-o", "jsonl"])
            .args(args)
            .env_clear()
            .envs(self.variables.iter().cloned())
            .stdout(Stdio::null())
            .output()
            .unwrap();
        let talk = String::from_utf8(output.stderr).unwrap();
        talk.lines()
            .filter(|it| it.starts_with("page ") && it.contains(" ms"))
            .count()
    }

    fn list(&self, args: &[&str]) -> Figures {
        let command = [BINARY, "list", "-o", "jsonl"];
        self.measure(&command.iter().chain(args).copied().collect::<Vec<_>>())
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[derive(Clone, Copy)]
struct Figures {
    wall: Duration,
    /// Seconds.
    cpu: f64,
    megabytes: f64,
}

/// Returns the run whose wall time is the median.
fn median(runs: usize, run: impl Fn() -> Figures) -> Figures {
    run();
    let mut all: Vec<Figures> = (0..runs).map(|_| run()).collect();
    all.sort_by_key(|it| it.wall);
    all[runs / 2]
}

/// Returns the megabytes that the set of ids takes: 16 bytes and a mark for
/// each place, of which at most seven in eight are taken.
fn set_of_ids(ids: u32) -> f64 {
    let places = (f64::from(ids) * 8.0 / 7.0).log2().ceil().exp2();
    places * 17.0 / 1_048_576.0
}

/// Writes a file of so many targets.
fn targets(count: u64) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    writeln!(file, "space_id,business_number").unwrap();
    for at in 0..count {
        writeln!(file, "cams-{at},{}", 8_613_800_000_000 + at).unwrap();
    }
    file
}

fn many_targets(runs: usize) {
    println!("\ntargets of 50 groups each, jsonl");
    for count in [100_u64, 1_000] {
        let file = targets(count);
        let path = file.path().to_str().unwrap();
        let sandbox = Sandbox::start(&["--groups", "50", "--targets", path]);
        let it = median(runs, || sandbox.list(&["--targets", path]));
        println!(
            "  {count:>8} targets {:>9.1} MB, {:.2} s",
            it.megabytes,
            it.wall.as_secs_f64()
        );
    }
}

fn main() {
    let quick = std::env::args().any(|it| it == "--quick");
    let runs = if quick { 1 } else { 5 };
    let cores = std::thread::available_parallelism().unwrap();
    println!("machine: {cores} cores; medians of {runs} runs\n");

    let latency = Duration::from_millis(50);
    let sandbox = Sandbox::start(&["--groups", "20000", "--latency", "50ms"]);
    let it = median(runs, || sandbox.list(&["--page-size", "100"]));
    let ideal = latency * (1 + 199_u32.div_ceil(8));
    println!("20,000 groups, page size 100, 8 at once, 50 ms latency");
    println!(
        "  requests        {:>9}",
        sandbox.requests(&["--page-size", "100"])
    );
    println!("  wall            {:>9.3} s", it.wall.as_secs_f64());
    println!("  ideal           {:>9.3} s", ideal.as_secs_f64());
    println!(
        "  wall / ideal    {:>9.3}",
        it.wall.as_secs_f64() / ideal.as_secs_f64()
    );
    println!("  CPU per 1,000   {:>9.2} ms", it.cpu * 1000.0 / 20.0);
    drop(sandbox);

    println!("\npeak memory, jsonl");
    for groups in [10_000_u32, 1_000_000] {
        let sandbox = Sandbox::start(&["--groups", &groups.to_string()]);
        let it = median(if groups > 100_000 { 1 } else { runs }, || {
            sandbox.list(&[])
        });
        println!(
            "  {groups:>9} groups {:>9.1} MB, {:.2} s",
            it.megabytes,
            it.wall.as_secs_f64()
        );
        println!(
            "  {:>16} {:>9.1} MB above the set of ids",
            "",
            it.megabytes - set_of_ids(groups)
        );
    }

    many_targets(runs);

    println!("\nstart-up, without the API");
    let idle = Sandbox::start(&[]);
    for args in [
        &["--version"][..],
        &["--help"],
        &["list", "--help"],
        &["config", "profiles", "--names"],
    ] {
        let command: Vec<&str> = [BINARY].iter().chain(args).copied().collect();
        let start = median(runs * 5, || idle.measure(&command));
        println!("  {:<26} {:>6.2} ms", args.join(" "), millis(start));
    }
    drop(idle);

    println!("\ncold start: one page of 51 groups");
    let sandbox = Sandbox::start(&[]);
    let ours = median(runs * 5, || sandbox.list(&[]));
    println!(
        "  cams-groups     {:>9.2} ms, {:.1} MB",
        millis(ours),
        ours.megabytes
    );
    if Command::new("curl")
        .arg("--version")
        .stdout(Stdio::null())
        .status()
        .is_ok()
    {
        let endpoint = sandbox
            .variables
            .iter()
            .find(|(name, _)| name.ends_with("ENDPOINT"));
        let url = format!(
            "{}/?BusinessNumber=8613800000000&CustSpaceId=cams-sandbox&Page=%7B%22Index%22%3A1%2C%22Size%22%3A100%7D",
            endpoint.unwrap().1
        );
        // Refused, since nobody signed it, but it goes the same way.
        let curl = [
            "curl",
            "-s",
            "-X",
            "POST",
            "-H",
            "Accept: application/json",
            &url,
        ];
        let curl = median(runs * 5, || sandbox.measure(&curl));
        println!(
            "  curl            {:>9.2} ms, {:.1} MB",
            millis(curl),
            curl.megabytes
        );
        println!(
            "  ratio           {:>9.2}",
            ours.wall.as_secs_f64() / curl.wall.as_secs_f64()
        );
    }
    let size = std::fs::metadata(BINARY).unwrap().len();
    println!("\nbinary            {:>9.2} MB", size as f64 / 1_048_576.0);
}

fn millis(figures: Figures) -> f64 {
    figures.wall.as_secs_f64() * 1000.0
}
