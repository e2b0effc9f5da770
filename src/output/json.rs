//! `json` and `jsonl`: every field, in a fixed order, under the API's names.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};

use super::{Ending, Render};
use crate::group::Group;
use crate::text::is_hazardous;

/// One array, all or nothing: an incomplete listing writes not a byte.
pub(super) struct Json<W> {
    out: W,
    groups: Vec<Group>,
}

impl<W: Write> Json<W> {
    pub(super) fn new(out: W) -> Self {
        Self {
            out,
            groups: Vec::new(),
        }
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
        let mut out = io::BufWriter::new(&mut self.out);
        write(&self.groups, &mut out, Safe(PrettyFormatter::new()))?;
        out.write_all(b"\n")?;
        out.flush()
    }
}

/// An object a line, written as groups come.
pub(super) struct Jsonl<W: Write>(io::BufWriter<W>);

impl<W: Write> Jsonl<W> {
    pub(super) fn new(out: W) -> Self {
        Self(io::BufWriter::with_capacity(64 * 1024, out))
    }
}

impl<W: Write> Render for Jsonl<W> {
    fn group(&mut self, group: Group) -> io::Result<()> {
        write(&group, &mut self.0, Safe(CompactFormatter))?;
        self.0.write_all(b"\n")
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }

    fn finish(&mut self, _: Ending) -> io::Result<()> {
        self.0.flush()
    }
}

fn write<T: Serialize>(value: &T, out: impl Write, formatter: impl Formatter) -> io::Result<()> {
    value
        .serialize(&mut Serializer::with_formatter(out, formatter))
        .map_err(io::Error::from)
}

/// A formatter that escapes what could act on a terminal. Values are canonical
/// already; the names of unknown fields pass here.
struct Safe<F>(F);

impl<F: Formatter> Formatter for Safe<F> {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        out: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(at) = rest.find(is_hazardous) {
            let (plain, hazard_on) = rest.split_at(at);
            out.write_all(plain.as_bytes())?;
            let mut chars = hazard_on.chars();
            if let Some(hazard) = chars.next() {
                write!(out, "\\u{:04x}", u32::from(hazard))?;
            }
            rest = chars.as_str();
        }
        out.write_all(rest.as_bytes())
    }

    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_array(out)
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array(out)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_array_value(out, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array_value(out)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object(out)
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object(out)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(out, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object_value(out)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object_value(out)
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
        Json::new(&mut out).finish(Ending::Accepted).unwrap();
        assert_eq!(out, b"[]\n");

        let mut out = Vec::new();
        let mut json = Json::new(&mut out);
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
        let mut json = Json::new(&mut out);
        json.group(group("{}")).unwrap();
        json.flush().unwrap();
        json.finish(Ending::Incomplete).unwrap();
        assert!(out.is_empty());
    }

    #[test]
    fn jsonl_is_a_line_a_group_whatever_the_group_holds() {
        let mut out = Vec::new();
        let mut jsonl = Jsonl::new(&mut out);
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
