//! `json` and `jsonl`: every field, in a fixed order, under the API's names.

use std::io::{self, Write};

use super::{Ending, Render, disobeyed};
use crate::group::{Field, Group};

/// How much is written at a time.
const BUFFER: usize = 64 * 1024;

/// One array, all or nothing: an incomplete listing writes not a byte.
pub(super) struct Json<W> {
    out: W,
    columns: Option<Vec<Field>>,
    groups: Vec<Group>,
}

impl<W: Write> Json<W> {
    pub(super) fn new(out: W, columns: Option<Vec<Field>>) -> Self {
        Self {
            out,
            columns,
            groups: Vec::new(),
        }
    }
}

impl Json<Vec<u8>> {
    /// Returns what was written into memory.
    pub(super) fn written(&self) -> &[u8] {
        &self.out
    }
}

impl<W: Write> Render for Json<W> {
    fn group(&mut self, group: Group) -> io::Result<()> {
        self.groups.push(group);
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn finish(&mut self, ending: Ending) -> io::Result<()> {
        if ending == Ending::Incomplete {
            return Ok(());
        }
        let mut out = io::BufWriter::with_capacity(BUFFER, &mut self.out);
        out.write_all(b"[")?;
        for (at, group) in self.groups.iter().enumerate() {
            let open = if at == 0 { "\n  {" } else { ",\n  {" };
            out.write_all(open.as_bytes())?;
            write(group, self.columns.as_deref(), &mut out, ",\n    ", ": ")?;
            out.write_all(b"\n  }")?;
        }
        let close: &[u8] = if self.groups.is_empty() {
            b"]\n"
        } else {
            b"\n]\n"
        };
        out.write_all(close)?;
        out.flush()
    }
}

/// An object a line, written as groups come.
pub(super) struct Jsonl<W: Write> {
    out: io::BufWriter<W>,
    columns: Option<Vec<Field>>,
}

impl<W: Write> Jsonl<W> {
    pub(super) fn new(out: W, columns: Option<Vec<Field>>) -> Self {
        let out = io::BufWriter::with_capacity(BUFFER, out);
        Self { out, columns }
    }
}

impl<W: Write> Render for Jsonl<W> {
    fn group(&mut self, group: Group) -> io::Result<()> {
        self.out.write_all(b"{")?;
        write(&group, self.columns.as_deref(), &mut self.out, ",", ":")?;
        self.out.write_all(b"}\n")
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    fn finish(&mut self, _: Ending) -> io::Result<()> {
        self.out.flush()
    }
}

/// Writes a group, or these columns of it, with this between its members, and
/// after each name. Names and values are JSON already, spelt so that a terminal
/// may show them.
fn write(
    group: &Group,
    columns: Option<&[Field]>,
    out: &mut impl Write,
    between: &str,
    after_name: &str,
) -> io::Result<()> {
    let mut separator = &between[1..];
    let mut member = |(name, value): (&str, &str)| {
        out.write_all(separator.as_bytes())?;
        out.write_all(disobeyed(name).as_bytes())?;
        out.write_all(after_name.as_bytes())?;
        separator = between;
        out.write_all(disobeyed(value).as_bytes())
    };
    match columns {
        Some(columns) => group.members_of(columns).try_for_each(&mut member),
        None => group.members().try_for_each(member),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(json: &str) -> Group {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn json_is_one_array_and_an_empty_listing_is_an_empty_array() {
        let mut out = Vec::new();
        Json::new(&mut out, None).finish(Ending::Accepted).unwrap();
        assert_eq!(out, b"[]\n");

        let mut out = Vec::new();
        let mut json = Json::new(&mut out, None);
        json.group(group(r#"{"GroupId":"g1","Extra":{"a":[1,2]}}"#))
            .unwrap();
        json.finish(Ending::Accepted).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.starts_with("[\n  {\n    \"GroupId\": \"g1\",\n    \"Subject\": null,"));
        assert!(
            text.ends_with("\"Extra\": {\"a\":[1,2]}\n  }\n]\n"),
            "{text}"
        );
    }

    #[test]
    fn an_incomplete_listing_writes_no_json_at_all() {
        let mut out = Vec::new();
        let mut json = Json::new(&mut out, None);
        json.group(group("{}")).unwrap();
        json.flush().unwrap();
        json.finish(Ending::Incomplete).unwrap();
        assert!(out.is_empty());
    }

    #[test]
    fn jsonl_is_a_line_a_group_whatever_the_group_holds() {
        let mut out = Vec::new();
        let mut jsonl = Jsonl::new(&mut out, None);
        jsonl
            .group(group(
                "{\"Extra\":{\n\"a\":\n1}, \"Sub\u{202e}ject\":\"x\"}",
            ))
            .unwrap();
        jsonl.group(group(r#"{"Subject":"two\nlines"}"#)).unwrap();
        jsonl.finish(Ending::Accepted).unwrap();
        drop(jsonl);
        let text = String::from_utf8(out).unwrap();
        assert_eq!(text.lines().count(), 2);
        assert!(
            text.contains(r#""Extra":{"a":1},"Sub\u202eject":"x"}"#),
            "{text}"
        );
        assert!(text.contains(r#""Subject":"two\nlines""#));
    }
}
