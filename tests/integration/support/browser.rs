//! Chromium without a window, driven over its `DevTools` protocol. It speaks that
//! over two pipes, so that no port is opened and nothing is needed to speak it.

use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

/// A machine that does much else is slow.
const PATIENCE: Duration = Duration::from_mins(1);

/// A browser with one page, which ends with this value.
pub(crate) struct Browser {
    process: Child,
    asks: Option<ChildStdin>,
    tells: Receiver<Value>,
    asked: u64,
    session: Option<String>,
    /// What it told unasked.
    pub(crate) events: Vec<Value>,
    _profile: TempDir,
}

impl Browser {
    /// Starts a browser. Where there is none, says so and returns `None`, unless
    /// `CAMS_GROUPS_NEED_CHROMIUM` says that there must be one.
    pub(crate) fn start() -> Option<Self> {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let is_there = |name: &&str| std::env::split_paths(&path).any(|it| it.join(name).is_file());
        let names = ["chromium", "chromium-browser", "google-chrome"];
        let Some(program) = names.into_iter().find(is_there) else {
            let needed = std::env::var_os("CAMS_GROUPS_NEED_CHROMIUM");
            assert!(needed.is_none(), "there must be a Chromium");
            // A test that passes is not heard otherwise.
            let _ = writeln!(std::io::stderr(), "skipped: there is no Chromium");
            return None;
        };
        Some(Self::of(program))
    }

    fn of(program: &str) -> Self {
        let profile = TempDir::new().unwrap();
        let directory = format!("--user-data-dir={}", profile.path().display());
        // It reads descriptor 3 and writes 4; what it says on 1 is for nobody.
        let mut process = Command::new("sh")
            .args(["-c", r#"exec "$@" 3<&0 4>&1 </dev/null >/dev/null 2>&1"#])
            .args(["sh", program, "--headless=new", "--remote-debugging-pipe"])
            .args(["--no-sandbox", "--disable-gpu", "--no-first-run"])
            .args([OsStr::new(&directory), OsStr::new("about:blank")])
            .env("HOME", profile.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut answers = BufReader::new(process.stdout.take().unwrap());
        let (tell, tells) = mpsc::channel();
        thread::spawn(move || {
            let mut message = Vec::new();
            while answers.read_until(0, &mut message).is_ok_and(|it| it > 0) {
                message.pop();
                let told = serde_json::from_slice(&message).unwrap();
                if tell.send(told).is_err() {
                    break;
                }
                message.clear();
            }
        });
        let mut browser = Self {
            asks: process.stdin.take(),
            process,
            tells,
            asked: 0,
            session: None,
            events: Vec::new(),
            _profile: profile,
        };
        // A page of our own: the one that it opens by itself may not be there yet.
        let page = browser.ask("Target.createTarget", &json!({"url": "about:blank"}));
        let attach = json!({"targetId": page["targetId"], "flatten": true});
        let attached = browser.ask("Target.attachToTarget", &attach);
        browser.session = Some(attached["sessionId"].as_str().unwrap().to_owned());
        for domain in ["Page", "Runtime", "Log", "Network"] {
            browser.ask(&format!("{domain}.enable"), &json!({}));
        }
        browser
    }

    /// Calls a method; returns its result.
    #[track_caller]
    pub(crate) fn ask(&mut self, method: &str, parameters: &Value) -> Value {
        let told = self.answer(method, parameters);
        assert!(told["error"].is_null(), "{method}: {told}");
        told["result"].clone()
    }

    /// Calls a method; returns its answer, whatever it is.
    fn answer(&mut self, method: &str, parameters: &Value) -> Value {
        self.asked += 1;
        let mut message = json!({"id": self.asked, "method": method, "params": parameters});
        if let Some(session) = &self.session {
            message["sessionId"] = session.as_str().into();
        }
        let mut asks = self.asks.as_ref().unwrap();
        asks.write_all(format!("{message}\0").as_bytes()).unwrap();
        loop {
            let told = self.tells.recv_timeout(PATIENCE).unwrap();
            if told["id"] != self.asked {
                self.events.push(told);
                continue;
            }
            return told;
        }
    }

    /// Opens a file, and waits until it is there whole.
    pub(crate) fn open(&mut self, page: &Path) {
        self.events.clear();
        let url = format!("file://{}", page.display());
        self.ask("Page.navigate", &json!({"url": url}));
        // Asked of the page itself: an event may be that of another. While one gives
        // way to the other there is none to ask.
        let whole = json!({"expression": "location.href + ' ' + document.readyState",
            "returnByValue": true});
        let begun = Instant::now();
        loop {
            let told = self.answer("Runtime.evaluate", &whole);
            if told["result"]["result"]["value"] == format!("{url} complete") {
                return;
            }
            assert!(begun.elapsed() < PATIENCE, "{url}: {told}");
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// Sets how large the window is.
    pub(crate) fn resize(&mut self, width: u32, height: u32) {
        let size = json!({"width": width, "height": height, "deviceScaleFactor": 1,
            "mobile": width < 500});
        self.ask("Emulation.setDeviceMetricsOverride", &size);
    }

    /// Returns what a script comes to. No policy of the page binds it.
    #[track_caller]
    pub(crate) fn eval(&mut self, script: &str) -> Value {
        let script = json!({"expression": script, "returnByValue": true});
        let result = self.ask("Runtime.evaluate", &script);
        assert!(result["exceptionDetails"].is_null(), "{result}");
        result["result"]["value"].clone()
    }

    /// Waits until a script comes to this.
    #[track_caller]
    pub(crate) fn wait(&mut self, script: &str, expected: &Value) {
        let begun = Instant::now();
        loop {
            let value = self.eval(script);
            if value == *expected {
                return;
            }
            assert!(begun.elapsed() < PATIENCE, "{script}: {value}");
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// Clicks where an element is, as a mouse does.
    #[track_caller]
    pub(crate) fn click(&mut self, selector: &str) {
        let place = self.eval(&format!(
            "(() => {{ const it = document.querySelector({selector:?}); \
             it.scrollIntoView({{block: 'center'}}); const box = it.getBoundingClientRect(); \
             return [box.x + box.width / 2, box.y + box.height / 2]; }})()"
        ));
        for what in ["mousePressed", "mouseReleased"] {
            let event = json!({"type": what, "x": place[0], "y": place[1],
                "button": "left", "clickCount": 1});
            self.ask("Input.dispatchMouseEvent", &event);
        }
    }

    /// Types a text where the focus is.
    pub(crate) fn type_text(&mut self, text: &str) {
        self.ask("Input.insertText", &json!({"text": text}));
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // It ends by itself when nobody can ask any more; or else it is ended.
        self.asks = None;
        for _ in 0..250 {
            if self.process.try_wait().is_ok_and(|it| it.is_some()) {
                return;
            }
            thread::sleep(Duration::from_millis(20));
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
