//! `--jq`: an expression over the listing, as `-o json` has it, without `jq`
//! on the machine.
//!
//! Strings come out as they are, like `jq -r`; all else as JSON, a value a line.
//! `env` and `halt` are left out: the environment holds keys, and only this
//! program decides how it ends.

use std::fmt;
use std::io::{self, Write};
use std::str::FromStr;

use jaq_core::compile::Filter;
use jaq_core::data::JustLut;
use jaq_core::load::{Arena, File, Loader, span};
use jaq_core::{Compiler, Ctx, Native, Vars, unwrap_valr};
use jaq_json::{Val, read};

use super::sanitize::sanitize;
use super::{Ending, Render, Terminal, json};
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
        let before = &self.code[..self.at];
        let line = before.rsplit('\n').next().unwrap_or(before);
        let column = line.chars().count();
        let shown = self.code[before.len() - line.len()..].lines().next();
        write!(
            f,
            "{}\n\n  {}\n  {:column$}^",
            self.what,
            sanitize(shown.unwrap_or_default()),
            ""
        )
    }
}

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
    let is_ours = |name: &str| !matches!(name, "env" | "halt");
    let defs = jaq_core::defs()
        .chain(jaq_std::defs())
        .chain(jaq_json::defs());
    let funs = jaq_core::funs()
        .chain(jaq_std::funs())
        .chain(jaq_json::funs())
        .filter(|fun| is_ours(fun.0));
    // `halt` is defined by way of the one that is left out.
    let defs = defs.filter(|def| !def.name.starts_with("halt"));
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
        let input = read::parse_single(self.json.written()).map_err(io::Error::other)?;
        let filter = compile(&self.program.0).map_err(io::Error::other)?;
        let context = Ctx::<JustLut<Val>>::new(&filter.lut, Vars::new([]));
        // All of it is known before the first byte is written.
        let mut text = String::new();
        for value in filter.id.run((context, input)).map(unwrap_valr) {
            let value = value.map_err(|error| io::Error::other(format!("--jq: {error}")))?;
            let line = match &value {
                Val::TStr(bytes) => String::from_utf8_lossy(bytes).into_owned(),
                value => value.to_string(),
            };
            if self.on_terminal {
                let lines: Vec<_> = line.split('\n').map(sanitize).collect();
                text += &lines.join("\n");
            } else {
                text += &line;
            }
            text.push('\n');
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
    fn a_program_that_fails_writes_nothing() {
        let error = run(
            ".[] | .GroupId, (.GroupId | error)",
            &[r#"{"GroupId":"g1"}"#],
        );
        assert!(error.unwrap_err().to_string().starts_with("--jq: "));
    }
}
