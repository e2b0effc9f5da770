//! `--jq`: an expression over the listing, as `-o json` has it, without `jq`
//! on the machine.
//!
//! Strings come out as they are, like `jq -r`; all else as JSON, a value a line.
//! `env`, `halt`, `debug` and `stderr` are left out: the environment holds keys,
//! and only this program decides how it ends and what it says.

use std::fmt;
use std::io::{self, Write};
use std::str::FromStr;

use serde::de::IgnoredAny;

use jaq_core::compile::Filter;
use jaq_core::data::JustLut;
use jaq_core::load::{Arena, File, Loader, span};
use jaq_core::{Compiler, Ctx, Native, Vars, unwrap_valr};
use jaq_json::{Val, read};
use unicode_width::UnicodeWidthStr as _;

use super::sanitize::sanitize;
use super::{Ending, Render, Terminal, Unfit, json, safe_json};
use crate::group::{Field, Group};

/// An expression that compiles.
#[derive(Clone, Debug)]
pub struct Program(String);

/// Where an expression is wrong.
#[derive(Debug, PartialEq, Eq)]
pub struct Mistake {
    code: String,
    /// The byte where it begins.
    at: usize,
    what: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = self.code.floor_char_boundary(self.at);
        let before = &self.code[..at];
        let start = before.rfind('\n').map_or(0, |it| it + 1);
        let line = self.code[start..].lines().next().unwrap_or_default();
        // What stands before the place, as wide as it is shown.
        let blanks = " ".repeat(sanitize(&before[start..]).width().min(LONGEST_LINE));
        let shown: String = sanitize(line).chars().take(LONGEST_LINE).collect();
        write!(f, "{}\n\n  {shown}\n  {blanks}^", self.what)
    }
}

/// Longer lines are cut where they are shown.
const LONGEST_LINE: usize = 500;

impl std::error::Error for Mistake {}

type Compiled = Filter<Native<JustLut<Val>>>;

impl FromStr for Program {
    type Err = Mistake;

    fn from_str(code: &str) -> Result<Self, Mistake> {
        compile(code)?;
        Ok(Self(code.to_owned()))
    }
}

fn compile(code: &str) -> Result<Compiled, Mistake> {
    use jaq_core::load::Error;
    let mistake = |part: &str, what: String| Mistake {
        at: span(code, part).start.min(code.len()),
        code: code.to_owned(),
        what,
    };
    let is_ours = |name: &str| {
        !matches!(
            name,
            "env" | "halt" | "debug" | "stderr" | "debug_empty" | "stderr_empty"
        )
    };
    let defs = jaq_core::defs()
        .chain(jaq_std::defs())
        .chain(jaq_json::defs());
    let funs = jaq_core::funs()
        .chain(jaq_std::funs())
        .chain(jaq_json::funs())
        .filter(|fun| is_ours(fun.0));
    // These are defined by way of those that are left out.
    let defs = defs.filter(|def| {
        let gone = ["halt", "debug", "stderr"];
        !gone.iter().any(|it| def.name.starts_with(it))
    });
    let arena = Arena::default();
    let file = File { code, path: () };
    let modules = Loader::new(defs).load(&arena, file).map_err(|errors| {
        let first = errors.into_iter().next().map(|(_, error)| error);
        match first {
            Some(Error::Lex(all)) if !all.is_empty() => {
                let (expected, found) = &all[0];
                mistake(found, format!("{} expected", expected.as_str()))
            }
            Some(Error::Parse(all)) if !all.is_empty() => {
                let (expected, found) = &all[0];
                mistake(found, format!("{} expected", expected.as_str()))
            }
            Some(Error::Io(all)) if !all.is_empty() => {
                mistake(all[0].0, "modules cannot be loaded here".to_owned())
            }
            _ => mistake(code, "not a jq expression".to_owned()),
        }
    })?;
    Compiler::default()
        .with_funs(funs)
        .compile(modules)
        .map_err(|errors| {
            let undefined = errors.into_iter().flat_map(|(_, all)| all).next();
            match undefined {
                Some((name, kind)) => {
                    mistake(name, format!("undefined {} `{name}`", kind.as_str()))
                }
                None => mistake(code, "not a jq expression".to_owned()),
            }
        })
}

/// More results than this are those of an expression without end.
const MOST_OUTPUT: usize = 1024 * 1024 * 1024;

/// Cuts what went wrong: it may quote the whole listing.
fn cut(mut why: String) -> String {
    const LONGEST: usize = 120;
    if let Some((end, _)) = why.char_indices().nth(LONGEST) {
        why.truncate(end);
        why.push('…');
    }
    why
}

/// Replaces halves of characters, which no other text can hold. In canonical
/// JSON, only they are spelt as surrogates.
fn without_lone_surrogates(json: &[u8]) -> String {
    let json = String::from_utf8_lossy(json);
    let mut whole = String::with_capacity(json.len());
    let mut rest: &str = &json;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        whole.push_str(before);
        let unit = escape.strip_prefix("\\u").and_then(|it| it.get(..4));
        let unit = unit.and_then(|it| u32::from_str_radix(it, 16).ok());
        let is_half = unit.is_some_and(|it| (0xd800..0xe000).contains(&it));
        let length = if is_half { 6 } else { 2 }.min(escape.len());
        whole.push_str(if is_half {
            "\\ufffd"
        } else {
            &escape[..length]
        });
        rest = &escape[length..];
    }
    whole.push_str(rest);
    whole
}

/// Runs the expression over the whole listing, all or nothing.
pub(super) struct Jq<W> {
    out: W,
    program: Program,
    on_terminal: bool,
    json: json::Json<Vec<u8>>,
}

impl<W: Write> Jq<W> {
    pub(super) fn new(
        out: W,
        terminal: Terminal,
        program: Program,
        columns: Option<Vec<Field>>,
    ) -> Self {
        Self {
            out,
            program,
            on_terminal: terminal.columns.is_some(),
            json: json::Json::new(Vec::new(), columns),
        }
    }
}

impl<W: Write> Render for Jq<W> {
    fn group(&mut self, group: Group) -> io::Result<()> {
        self.json.group(group)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn finish(&mut self, ending: Ending) -> io::Result<()> {
        if ending == Ending::Incomplete {
            return Ok(());
        }
        self.json.finish(ending)?;
        let failed = |why: String| Unfit::Expression(cut(why));
        let json = without_lone_surrogates(self.json.written());
        let input = read::parse_single(json.as_bytes()).map_err(|it| failed(it.to_string()))?;
        let filter = compile(&self.program.0).map_err(|it| failed(it.to_string()))?;
        let context = Ctx::<JustLut<Val>>::new(&filter.lut, Vars::new([]));
        // All of it is known before the first byte is written.
        let mut text = String::new();
        for value in filter.id.run((context, input)).map(unwrap_valr) {
            let value = value.map_err(|error| failed(error.to_string()))?;
            match &value {
                Val::TStr(bytes) => {
                    let line = String::from_utf8_lossy(bytes);
                    if self.on_terminal {
                        let lines: Vec<_> = line.split('\n').map(sanitize).collect();
                        text += &lines.join("\n");
                    } else {
                        text += &line;
                    }
                }
                value => {
                    let json = value.to_string();
                    // The library also writes what JSON has no words for.
                    if serde_json::from_str::<IgnoredAny>(&json).is_err() {
                        let why = format!("the result is no JSON: {json}");
                        return Err(failed(why).into());
                    }
                    text += &safe_json(&json);
                }
            }
            text.push('\n');
            if text.len() > MOST_OUTPUT {
                let why = format!("more than {} MiB of results", MOST_OUTPUT / (1024 * 1024));
                return Err(failed(why).into());
            }
        }
        self.out.write_all(text.as_bytes())?;
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(program: &str, groups: &[&str]) -> io::Result<String> {
        let terminal = Terminal {
            columns: None,
            color: false,
        };
        let mut out = Vec::new();
        let mut jq = Jq::new(&mut out, terminal, program.parse().unwrap(), None);
        for group in groups {
            jq.group(serde_json::from_str(group).unwrap())?;
        }
        jq.finish(Ending::Accepted)?;
        drop(jq);
        Ok(String::from_utf8(out).unwrap())
    }

    #[test]
    fn strings_are_raw_and_numbers_keep_their_digits() {
        let groups = [r#"{"GroupId":"g\"1","TotalParticipantCount":12345678901234567890123}"#];
        assert_eq!(run(".[].GroupId", &groups).unwrap(), "g\"1\n");
        assert_eq!(
            run(".[]|[.TotalParticipantCount,.Subject]", &groups).unwrap(),
            "[12345678901234567890123,null]\n"
        );
        assert_eq!(
            run("map(select(.GroupId|test(\"^g\")))|length", &groups).unwrap(),
            "1\n"
        );
    }

    #[test]
    fn a_mistake_points_at_its_place() {
        for (program, words) in [
            (
                ".[] | foo",
                "undefined filter `foo`\n\n  .[] | foo\n        ^",
            ),
            (".[", "closing bracket expected\n\n  .[\n    ^"),
            (".[] | | .a", " expected\n\n  .[] | | .a\n        ^"),
            ("env", "undefined filter `env`"),
            ("halt", "undefined filter `halt`"),
            ("$ENV.HOME", "undefined variable `$ENV`"),
            ("", "expected"),
        ] {
            let error = program.parse::<Program>().unwrap_err().to_string();
            assert!(error.contains(words), "{program}: {error}");
        }
    }

    #[test]
    fn what_no_json_can_say_is_an_error_and_half_a_character_is_none() {
        for program in ["nan", "{(1):2}", "[infinite]", "{(null):1}"] {
            let error = run(program, &[]).unwrap_err().to_string();
            assert!(
                error.contains("the result is no JSON"),
                "{program}: {error}"
            );
        }
        let half = [r#"{"Subject":"a\ud800\\\\ud800b"}"#];
        assert_eq!(run(".[].Subject", &half).unwrap(), "a\u{fffd}\\\\ud800b\n");
        let long = format!(r#"{{"Subject":"{}"}}"#, "x".repeat(10_000));
        assert!(run(".Subject", &[&long]).unwrap_err().to_string().len() < 200);
    }

    #[test]
    fn a_program_that_fails_writes_nothing() {
        let error = run(
            ".[] | .GroupId, (.GroupId | error)",
            &[r#"{"GroupId":"g1"}"#],
        );
        assert!(error.unwrap_err().to_string().starts_with("--jq: "));
    }
}
