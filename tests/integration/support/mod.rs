//! What the end-to-end tests share: the binary in a clean world, a sandbox to
//! list from, and servers that answer what no good server would.

#[cfg(unix)]
pub(crate) mod browser;

use std::cell::RefCell;
use std::ffi::{OsStr, OsString};
use std::io::Write as _;
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::rc::Rc;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use assert_cmd::Command;
use cams_groups::exit::Exit;
use cams_groups::output::Streams;
use cams_groups::run;
use cams_groups::sandbox::{ACCESS_KEY_SECRET, Config, Groups, SECURITY_TOKEN, Sandbox};
use cams_groups::world::{Chance, Clock, Env, Screen, Stop, World};
use tempfile::TempDir;

/// What no run may show: every secret that a test uses begins with one of these.
pub(crate) const SECRETS: [&str; 14] = [
    ACCESS_KEY_SECRET,
    SECURITY_TOKEN,
    "testIssuedSecret",
    "testIssuedToken",
    "testMetadataToken",
    "eyTEST",
    "test-sso-access-token",
    "test-oauth-access-token",
    "test-oauth-refresh-token",
    "test-external-id",
    "test-bearer-token",
    "testPassword",
    "test#Secret",
    "Signature=",
];

/// A clean place to run the binary in.
pub(crate) struct Scenario {
    /// Home and configuration directory at once.
    pub(crate) home: TempDir,
    variables: Vec<(String, String)>,
}

/// How a run ended, whole.
#[derive(Debug)]
#[must_use]
pub(crate) struct Outcome {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Scenario {
    /// A world without configuration, credentials or network. The metadata
    /// service has an address that is not ours: nobody may ask there.
    pub(crate) fn bare() -> Self {
        Self {
            home: TempDir::new().unwrap(),
            variables: Vec::new(),
        }
        .set("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true")
    }

    /// A world whose variables point at a sandbox with the demo groups.
    pub(crate) fn demo() -> Self {
        Self::serving(Groups::Demo(Groups::DEMO))
    }

    /// A world whose variables point at a sandbox with these groups.
    pub(crate) fn groups(json: &str) -> Self {
        Self::serving(Groups::from_json(json.as_bytes()).unwrap())
    }

    fn serving(groups: Groups) -> Self {
        Self::at(&sandbox(groups)).with_key()
    }

    /// A world whose variables point at this endpoint; without a key.
    pub(crate) fn at(endpoint: &str) -> Self {
        Self::bare()
            .set("CAMS_GROUPS_ENDPOINT", endpoint)
            .set("CAMS_GROUPS_BUSINESS_NUMBER", "8613800000000")
            .set("CAMS_GROUPS_SPACE_ID", "cams-sandbox")
    }

    /// Adds the sandbox's lasting key.
    pub(crate) fn with_key(self) -> Self {
        self.set("ALIBABA_CLOUD_ACCESS_KEY_ID", "testAccessKeyId")
            .set("ALIBABA_CLOUD_ACCESS_KEY_SECRET", ACCESS_KEY_SECRET)
    }

    /// Adds the sandbox's temporary key.
    pub(crate) fn with_temporary_key(self) -> Self {
        self.set("ALIBABA_CLOUD_ACCESS_KEY_ID", "STS.testAccessKeyId")
            .set("ALIBABA_CLOUD_ACCESS_KEY_SECRET", ACCESS_KEY_SECRET)
            .set("ALIBABA_CLOUD_SECURITY_TOKEN", SECURITY_TOKEN)
    }

    /// Takes a variable away.
    pub(crate) fn unset(mut self, name: &str) -> Self {
        self.variables.retain(|(it, _)| it != name);
        self
    }

    /// Writes a file below the home.
    pub(crate) fn file(self, name: &str, text: impl AsRef<[u8]>) -> Self {
        let path = self.home.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        private(&path);
        self
    }

    /// Sets a variable.
    pub(crate) fn set(mut self, name: &str, value: &str) -> Self {
        self.variables.retain(|(it, _)| it != name);
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Writes the configuration file where it is looked for.
    pub(crate) fn config(self, text: &str) -> Self {
        let path = self.config_path();
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        private(&path);
        self
    }

    pub(crate) fn config_path(&self) -> std::path::PathBuf {
        // macOS has one place for all; elsewhere `command` says where.
        let directory = if cfg!(target_os = "macos") {
            "Library/Application Support"
        } else {
            "config"
        };
        self.home
            .path()
            .join(directory)
            .join("cams-groups/config.toml")
    }

    pub(crate) fn path(&self) -> &Path {
        self.home.path()
    }

    /// The binary, ready to run.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::cargo_bin("cams-groups").unwrap();
        command
            .env_clear()
            .env("HOME", self.home.path())
            .env("XDG_CONFIG_HOME", self.home.path().join("config"))
            .env("XDG_CACHE_HOME", self.home.path().join("cache"))
            .envs(self.variables.iter().cloned())
            .current_dir(self.home.path())
            .timeout(Duration::from_mins(1));
        command
    }

    /// The binary, or what runs it, as a process to feed, watch and stop.
    pub(crate) fn process(&self, program: Option<&str>) -> std::process::Command {
        let prepared = self.command();
        let program = program.map_or(prepared.get_program(), OsStr::new);
        let mut command = std::process::Command::new(program);
        command.env_clear().current_dir(self.home.path());
        for (name, value) in prepared.get_envs() {
            command.env(name, value.unwrap());
        }
        command
    }

    /// Runs the binary with nobody who reads what it prints; returns its exit
    /// code as a line.
    #[cfg(unix)]
    pub(crate) fn unread(&self, args: &str) -> String {
        let program = self.process(None).get_program().to_owned();
        let program = program.to_str().unwrap();
        let run = format!("{program} {args} | true; echo ${{PIPESTATUS[0]}}");
        let mut bash = self.process(Some("bash"));
        let output = bash.args(["-c", &run]).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs the binary on a real terminal, and sees that it ends well; returns all
    /// that was written there.
    #[cfg(target_os = "linux")]
    pub(crate) fn on_terminal(&self, args: &str) -> String {
        let program = self.process(None).get_program().to_owned();
        let command = format!("{} {args}", program.to_str().unwrap());
        let output = self
            .process(Some("script"))
            .env("TERM", "xterm-256color")
            .args(["-qec", &command, "/dev/null"])
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs the binary. Whatever it says, no secret may be in it.
    pub(crate) fn run<'a>(&self, args: impl AsRef<[&'a str]>) -> Outcome {
        let output = self.command().args(args.as_ref()).output().unwrap();
        let outcome = Outcome {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        };
        for secret in SECRETS {
            assert!(!outcome.stdout.contains(secret), "{secret} in {outcome:?}");
            assert!(!outcome.stderr.contains(secret), "{secret} in {outcome:?}");
        }
        outcome
    }
}

/// Lets nobody else read a file.
fn private(path: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let private = std::fs::Permissions::from_mode(0o600);
        std::fs::set_permissions(path, private).unwrap();
    }
}

impl Outcome {
    /// The data of a run that must succeed without a word.
    #[track_caller]
    pub(crate) fn data(self) -> String {
        assert_eq!((self.code, self.stderr.as_str()), (0, ""), "{self:?}");
        self.stdout
    }

    /// The words of a run that must fail with this code and no data.
    #[track_caller]
    pub(crate) fn fails(self, code: i32) -> String {
        assert_eq!((self.code, self.stdout.as_str()), (code, ""), "{self:?}");
        assert!(self.stderr.starts_with("error: "), "{self:?}");
        self.stderr
    }
}

/// Starts a sandbox that lives as long as the test process; returns its endpoint.
pub(crate) fn sandbox(groups: Groups) -> String {
    sandbox_with(groups, |config| config)
}

/// Starts a sandbox after `change` has had a say.
pub(crate) fn sandbox_with(
    groups: Groups,
    change: impl FnOnce(Config) -> Config + Send + 'static,
) -> String {
    let (tell, told) = mpsc::channel();
    thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let config = change(Config::new(groups, World::real().clock));
            let sandbox = Sandbox::bind(config).await.unwrap();
            tell.send(sandbox.endpoint().to_string()).unwrap();
            match sandbox.serve().await {}
        });
    });
    told.recv().unwrap()
}

/// Starts a server that does `answer` with every connection, once a request
/// head has been read; returns its endpoint and what it was asked.
pub(crate) fn server(
    answer: impl Fn(&mut TcpStream) + Send + 'static,
) -> (String, mpsc::Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let (tell, told) = mpsc::channel();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let _ = tell.send(head(&mut stream));
            answer(&mut stream);
        }
    });
    (endpoint, told)
}

/// Starts a server that answers a request's head with a status and JSON.
pub(crate) fn responding(
    answer: impl Fn(&str) -> (&'static str, String) + Send + 'static,
) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let (status, body) = answer(&head(&mut stream));
            let length = body.len();
            let _ = write!(
                stream,
                "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
            );
        }
    });
    endpoint
}

/// Reads a request's head.
pub(crate) fn head(stream: &mut impl std::io::Read) -> String {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|read| read == 1) {
        head.push(byte[0]);
    }
    String::from_utf8_lossy(&head).into_owned()
}

/// Starts a server that gives every request the same answer.
pub(crate) fn answering(status: &str, content_type: &str, body: impl AsRef<[u8]>) -> String {
    let body = body.as_ref();
    let mut answer = format!(
        "HTTP/1.1 {status}\r\ncontent-type: {content_type}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    )
    .into_bytes();
    answer.extend_from_slice(body);
    server(move |stream| {
        let _ = stream.write_all(&answer);
    })
    .0
}

/// Starts a server that gives these answers in turn; returns its endpoint and
/// what it was asked.
pub(crate) fn answering_in_turn(
    answers: Vec<(&'static str, String)>,
) -> (String, mpsc::Receiver<String>) {
    let answers = std::sync::Mutex::new(answers.into_iter());
    server(move |stream| {
        let (status, body) = answers.lock().unwrap().next().unwrap();
        let length = body.len();
        let _ = write!(
            stream,
            "HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
        );
    })
}

/// Starts a server that gives every request this JSON.
pub(crate) fn answering_json(status: &str, body: &str) -> String {
    answering(status, "application/json", body)
}

/// Starts a server that answers page 1 with the first body, and so on, and
/// every later page with the last.
pub(crate) fn answering_pages(pages: &[&str]) -> String {
    answering_passes(vec![pages.iter().map(ToString::to_string).collect()])
}

/// Starts such a server that goes on to the next set of bodies with each new
/// request for page 1, and stays with the last.
pub(crate) fn answering_passes(passes: Vec<Vec<String>>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        let mut begun = 0;
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let head = head(&mut stream);
            let index: usize = head
                .split_once("%22Index%22%3A")
                .and_then(|(_, rest)| rest.split('%').next())
                .and_then(|digits| digits.parse().ok())
                .unwrap();
            begun += usize::from(index == 1);
            let pages = &passes[(begun - 1).min(passes.len() - 1)];
            let body = &pages[(index - 1).min(pages.len() - 1)];
            let _ = write!(
                stream,
                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
                body.len()
            );
        }
    });
    endpoint
}

/// A stream that can be read afterwards.
#[derive(Clone, Default)]
struct Captured(Rc<RefCell<Vec<u8>>>);

impl std::io::Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Captured {
    fn text(&self) -> String {
        String::from_utf8(self.0.borrow().clone()).unwrap()
    }
}

/// The time at which still worlds stand.
pub(crate) fn still_time() -> jiff::Timestamp {
    "2026-06-30T12:00:00Z".parse().unwrap()
}

/// A world in which time passes only by waiting, and chance repeats itself.
pub(crate) fn still_world(env: Env) -> World {
    World {
        env,
        clock: Clock::fake(still_time()),
        chance: Chance::seeded(1),
        stop: Stop::default(),
        screen: Screen::Unknown,
        config_dir: None,
        cache_dir: None,
        home_dir: None,
    }
}

/// The variables that point at a sandbox at this endpoint.
pub(crate) fn pointing_at(endpoint: &str) -> Env {
    Env::fixed([
        ("CAMS_GROUPS_ENDPOINT", endpoint),
        ("CAMS_GROUPS_BUSINESS_NUMBER", "8613800000000"),
        ("CAMS_GROUPS_SPACE_ID", "cams-sandbox"),
        ("ALIBABA_CLOUD_ACCESS_KEY_ID", "testAccessKeyId"),
        ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", ACCESS_KEY_SECRET),
    ])
}

/// Runs the program in this process, in this world, before a terminal of this
/// width or into pipes; returns how it ended, and what the two streams got.
pub(crate) fn in_process(
    world: &World,
    terminal: Option<u16>,
    args: &[&str],
) -> (Exit, String, String) {
    let (stdout, stderr) = (Captured::default(), Captured::default());
    let streams = Streams {
        stdout: Box::new(stdout.clone()),
        stderr: Box::new(stderr.clone()),
        stdout_is_terminal: terminal.is_some(),
        stderr_is_terminal: terminal.is_some(),
        columns: terminal,
        stdin: Box::new(std::io::empty()),
        stdin_is_terminal: false,
    };
    let args = ["cams-groups"].iter().chain(args).map(OsString::from);
    let exit = block_on(run(args, world, streams));
    (exit, stdout.text(), stderr.text())
}

/// Runs a future to its end.
pub(crate) fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(future)
}
