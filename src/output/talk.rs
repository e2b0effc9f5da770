//! All that is said on stderr, in one voice.

use std::cell::RefCell;
use std::fmt::Display;
use std::io::Write;
use std::rc::Rc;

use super::Form;
use super::line::rows;
use super::progress::Progress;
use super::sanitize::sanitize;

/// Who speaks to the user. Words that cannot be delivered are dropped: nobody
/// is there to hear that either.
pub struct Talk {
    stderr: Rc<RefCell<Box<dyn Write>>>,
    /// Whether a person looks on.
    pub is_terminal: bool,
    color: bool,
    quiet: bool,
    verbose: u8,
    form: Form,
    progress: Rc<Progress>,
    /// Which of many it is about.
    about: Option<String>,
    /// What was said while nothing may be written.
    held: Rc<RefCell<Option<Vec<String>>>>,
}

/// While it lives, what is said is kept; then it is written.
#[derive(Debug)]
pub struct Hold<'a>(&'a Talk);

impl Hold<'_> {
    /// Returns what waits to be written.
    pub fn lines(&self) -> Vec<String> {
        self.0.held.borrow().clone().unwrap_or_default()
    }
}

impl Drop for Hold<'_> {
    fn drop(&mut self) {
        let held = self.0.held.borrow_mut().take();
        for line in held.into_iter().flatten() {
            self.0.say(&line);
        }
    }
}

impl std::fmt::Debug for Talk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Talk")
            .field("is_terminal", &self.is_terminal)
            .field("quiet", &self.quiet)
            .field("verbose", &self.verbose)
            .finish_non_exhaustive()
    }
}

impl Talk {
    /// Makes a voice. `quiet` silences all but errors and alarms.
    pub fn new(
        stderr: Box<dyn Write>,
        is_terminal: bool,
        color: bool,
        quiet: bool,
        verbose: u8,
        form: Form,
    ) -> Self {
        Self {
            stderr: Rc::new(RefCell::new(stderr)),
            is_terminal,
            color,
            quiet,
            verbose,
            form,
            progress: Rc::new(Progress::hidden()),
            about: None,
            held: Rc::default(),
        }
    }

    /// Returns a voice that says of all it says which of many it is about.
    #[must_use]
    pub fn about(&self, what: impl Display) -> Self {
        Self {
            stderr: Rc::clone(&self.stderr),
            progress: Rc::clone(&self.progress),
            held: Rc::clone(&self.held),
            about: Some(what.to_string()),
            ..*self
        }
    }

    /// Returns whether anyone wants to see progress.
    pub fn wants_progress(&self) -> bool {
        self.is_terminal && !self.quiet && self.verbose == 0 && self.form == Form::Text
    }

    /// Shows how far things are, on one line that is drawn again and again.
    pub fn progress(&self, words: String) {
        self.progress.show(words);
    }

    /// Keeps what is said until what it returns is dropped: a screen that is drawn
    /// over and over would swallow it.
    pub fn hold(&self) -> Hold<'_> {
        self.held.borrow_mut().get_or_insert_default();
        Hold(self)
    }

    /// Returns how many lines of a terminal of this width that would take.
    pub fn rows(&self, columns: u16, say: impl FnOnce(&Self)) -> usize {
        let held = self.held.replace(Some(Vec::new()));
        say(self);
        let said = self.held.replace(held).unwrap_or_default();
        rows(said.iter().map(String::as_str), columns)
    }

    /// Takes that line away.
    pub fn end_progress(&self) {
        self.progress.clear();
    }

    /// Returns whether scripts read what is said, as an object a line.
    pub fn is_for_scripts(&self) -> bool {
        self.form == Form::Json
    }

    /// Says an object, for scripts.
    pub fn object(&self, object: &serde_json::Value) {
        self.say(&super::json_text(object));
    }

    /// Says what went wrong; the first line of a failure.
    pub fn error(&self, words: impl Display) {
        self.labelled("error", "1;31", words);
    }

    /// Adds a line about the failure.
    pub fn detail(&self, label: &str, words: impl Display) {
        self.say(&format!("  {label}: {}", sanitize(&words.to_string())));
    }

    /// Says what the user can do about it.
    pub fn hint(&self, words: impl Display) {
        self.labelled("hint", "1;36", words);
    }

    /// Says what the user should know although the run goes on.
    pub fn warn(&self, words: impl Display) {
        if !self.quiet {
            self.labelled("warning", "1;33", words);
        }
    }

    /// Says what nobody may miss although the run goes on, `quiet` or not.
    pub fn alarm(&self, words: impl Display) {
        self.labelled("warning", "1;33", words);
    }

    /// Says what only a person at a terminal wants to read.
    pub fn note(&self, words: impl Display) {
        if self.is_terminal && !self.quiet && self.form == Form::Text {
            self.say(&sanitize(&words.to_string()));
        }
    }

    /// Asks, and leaves the line open for the answer.
    pub fn ask(&self, question: &str) {
        let mut stderr = self.stderr.borrow_mut();
        let _ = write!(stderr, "{question}").and_then(|()| stderr.flush());
    }

    /// Says what was asked for by `-v` (level 1) or `-vv` (level 2).
    pub fn trace(&self, level: u8, words: impl Display) {
        if self.verbose < level {
            return;
        }
        match self.form {
            Form::Text => self.say(&sanitize(&self.of_target(&words.to_string()))),
            Form::Json => self.labelled_object("trace", &words.to_string()),
        }
    }

    fn labelled(&self, label: &str, sgr: &str, words: impl Display) {
        let words = words.to_string();
        if self.form == Form::Json {
            return self.labelled_object(label, &words);
        }
        let words = self.of_target(&words);
        let words = sanitize(&words);
        if self.color {
            self.say(&format!("\u{1b}[{sgr}m{label}:\u{1b}[0m {words}"));
        } else {
            self.say(&format!("{label}: {words}"));
        }
    }

    fn of_target(&self, words: &str) -> String {
        match &self.about {
            None => words.to_owned(),
            Some(about) => format!("{about}: {words}"),
        }
    }

    fn labelled_object(&self, label: &str, words: &str) {
        let mut object = serde_json::json!({ label: words });
        if let Some(about) = &self.about {
            object["target"] = about.as_str().into();
        }
        self.object(&object);
    }

    fn say(&self, line: &str) {
        if let Some(held) = &mut *self.held.borrow_mut() {
            held.push(line.to_owned());
            return;
        }
        self.progress.clear();
        let mut stderr = self.stderr.borrow_mut();
        let _ = writeln!(stderr, "{line}").and_then(|()| stderr.flush());
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;

    #[derive(Clone, Default)]
    struct Written(Rc<RefCell<Vec<u8>>>);

    impl Write for Written {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.borrow_mut().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn what_is_held_is_counted_and_said_afterwards() {
        let written = Written::default();
        let stderr = Box::new(written.clone());
        let talk = Talk::new(stderr, true, false, false, 0, Form::Text);
        let hold = talk.hold();
        assert!(hold.lines().is_empty());
        talk.alarm("x".repeat(80));
        talk.note("y");
        assert_eq!(hold.lines().len(), 2);
        let wraps = |talk: &Talk| talk.alarm("x".repeat(80));
        assert_eq!(talk.rows(80, wraps), 2, "it is counted, and not said");
        assert_eq!(talk.rows(89, wraps), 1);
        assert!(written.0.borrow().is_empty());
        drop(hold);
        talk.note("z");
        let text = String::from_utf8(written.0.borrow().clone()).unwrap();
        assert_eq!(text, format!("warning: {}\ny\nz\n", "x".repeat(80)));
    }
}
