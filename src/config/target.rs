//! Targets: the many numbers that one run may list, from a profile or a file.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde_json::Value;

use crate::api::{BusinessNumber, SpaceId};
use crate::text::{is_hazardous, nearest};

/// A number whose groups to list, as one of many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// What it is called, if it is; no other target is called that.
    pub name: Option<String>,
    /// `CustSpaceId`.
    pub space_id: SpaceId,
    /// `BusinessNumber`.
    pub business_number: BusinessNumber,
    /// The profile whose key asks; else the one that is chosen for all.
    pub profile: Option<String>,
}

impl fmt::Display for Target {
    /// Says which it is: its name, else its space and number.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Some(name) => f.write_str(name),
            None => write!(f, "{}/{}", self.space_id, self.business_number),
        }
    }
}

/// A mistake in a list of targets.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct TargetError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub what: String,
}

/// A target as it is written.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct RawTarget {
    pub(super) name: Option<String>,
    pub(super) space_id: Option<String>,
    /// Text or a number.
    pub(super) business_number: Option<Value>,
    pub(super) profile: Option<String>,
}

impl RawTarget {
    /// The keys of a target.
    pub(super) const KEYS: [&'static str; 4] = ["space_id", "business_number", "name", "profile"];

    pub(super) fn read(self) -> Result<Target, String> {
        let some = |text: Option<String>| {
            let text = text.map(|it| it.trim().to_owned());
            text.filter(|it| !it.is_empty())
        };
        let number = self.business_number.map(|it| match it {
            Value::String(text) => text,
            other => other.to_string(),
        });
        // A line break is what an open quote leaves behind; a CI runner obeys `::`.
        let is_odd = |it: &&String| it.contains(is_hazardous) || it.contains("::");
        let texts = [&self.name, &self.space_id, &number, &self.profile];
        if let Some(odd) = texts.into_iter().flatten().find(is_odd) {
            return Err(format!(
                "{odd:?} holds a line break, an invisible character or `::`; is a quote open?"
            ));
        }
        let missing = |key: &str| format!("a target needs a {key}");
        let space_id = some(self.space_id).ok_or_else(|| missing("space_id"))?;
        let number = some(number).ok_or_else(|| missing("business_number"))?;
        let wrong = |key: &str, why: String| format!("`{key}`: {why}");
        Ok(Target {
            name: some(self.name),
            space_id: space_id.parse().map_err(|it| wrong("space_id", it))?,
            business_number: number.parse().map_err(|it| wrong("business_number", it))?,
            profile: some(self.profile),
        })
    }
}

/// Reads CSV with a header, or an object a line.
pub fn targets(text: &str) -> Result<Vec<Target>, TargetError> {
    let text = text.trim_start_matches('\u{feff}');
    let first = text.trim_start();
    let targets = if first.starts_with('{') || first.starts_with('[') {
        of_lines(text)?
    } else {
        of_csv(text)?
    };
    if targets.is_empty() {
        return Err(TargetError {
            line: 1,
            what: "there is no target".to_owned(),
        });
    }
    distinct(targets)
}

fn of_lines(text: &str) -> Result<Vec<(usize, Target)>, TargetError> {
    let lines = text.lines().enumerate();
    let lines = lines.filter(|(_, it)| !it.trim().is_empty());
    let read = lines.map(|(at, text)| {
        let line = at + 1;
        let raw: RawTarget = serde_json::from_str(text).map_err(|error| TargetError {
            line,
            what: if text.trim_start().starts_with('{') {
                format!("no target: {error}")
            } else {
                "an object a line is needed, not an array of them".to_owned()
            },
        })?;
        let target = raw.read().map_err(|what| TargetError { line, what })?;
        Ok((line, target))
    });
    read.collect()
}

fn of_csv(text: &str) -> Result<Vec<(usize, Target)>, TargetError> {
    let at = |position: Option<&csv::Position>| {
        let line = position.map_or(1, csv::Position::line);
        usize::try_from(line).unwrap_or(usize::MAX)
    };
    let broken = |error: csv::Error| TargetError {
        line: at(error.position()),
        what: match error.kind() {
            csv::ErrorKind::UnequalLengths {
                expected_len, len, ..
            } => {
                let values = if *len == 1 { "value" } else { "values" };
                format!("{len} {values} where the first line names {expected_len}")
            }
            _ => error.to_string(),
        },
    };
    if text.matches('"').count() % 2 == 1 {
        let before = text.rsplit_once('"').map_or("", |(before, _)| before);
        return Err(TargetError {
            line: before.matches('\n').count() + 1,
            what: "a quote is not closed".to_owned(),
        });
    }
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let names = reader.headers().map_err(broken)?.clone();
    let names: Vec<String> = names.iter().map(|it| it.trim().to_lowercase()).collect();
    if let [only] = &names[..]
        && only.contains(';')
    {
        let what = "columns are separated by commas, not by semicolons".to_owned();
        return Err(TargetError { line: 1, what });
    }
    for (place, name) in names.iter().enumerate() {
        if !RawTarget::KEYS.contains(&name.as_str()) || names[..place].contains(name) {
            let known = RawTarget::KEYS.join(", ");
            let hint = nearest(name, RawTarget::KEYS).map(|it| format!("; did you mean {it}?"));
            let hint = hint.unwrap_or_default();
            let what = if names[..place].contains(name) {
                format!("the column `{name}` is there twice")
            } else {
                format!("the columns are {known}; there is no `{name}`{hint}")
            };
            return Err(TargetError { line: 1, what });
        }
    }
    let mut read = Vec::new();
    for record in reader.records() {
        let record = record.map_err(broken)?;
        let line = at(record.position());
        let value = |key: &str| {
            let place = names.iter().position(|it| it == key)?;
            record.get(place).map(str::to_owned)
        };
        let raw = RawTarget {
            name: value("name"),
            space_id: value("space_id"),
            business_number: value("business_number").map(Value::String),
            profile: value("profile"),
        };
        let target = raw.read().map_err(|what| TargetError { line, what })?;
        read.push((line, target));
    }
    Ok(read)
}

/// Refuses what would list a group twice, or could not be told apart.
pub(super) fn distinct(targets: Vec<(usize, Target)>) -> Result<Vec<Target>, TargetError> {
    let mut seen = BTreeMap::new();
    for (line, target) in &targets {
        let number = format!("{}/{}", target.space_id, target.business_number);
        for key in [(false, number), (true, target.to_string())] {
            let same = if key.0 { "name" } else { "space and number" };
            if let Some(before) = seen.insert(key, *line) {
                let what = format!("the target of line {before} has the same {same}");
                return Err(TargetError { line: *line, what });
            }
        }
    }
    Ok(targets.into_iter().map(|(_, target)| target).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let read = targets(text).unwrap();
        let shown = read.iter().map(|it| {
            let profile = it.profile.as_deref().unwrap_or("-");
            format!("{it} {} {} {profile}", it.space_id, it.business_number)
        });
        shown.collect()
    }

    #[test]
    fn csv_and_json_lines_say_the_same() {
        let csv = "\u{feff}business_number,Space_ID,name,profile\r\n\r\n8613800000001,cams-a,\"Shop, 1\",\r\n8613800000002, cams-b ,,other\r\n";
        let lines = "{\"space_id\":\"cams-a\",\"business_number\":\"8613800000001\",\"name\":\"Shop, 1\"}\n\n{\"space_id\":\"cams-b\",\"business_number\":8613800000002,\"profile\":\"other\"}\n";
        let expected = [
            "Shop, 1 cams-a 8613800000001 -",
            "cams-b/8613800000002 cams-b 8613800000002 other",
        ];
        assert_eq!(shown(csv), expected);
        assert_eq!(shown(lines), expected);
    }

    #[test]
    fn a_mistake_is_named_with_its_line() {
        for (text, line, words) in [
            (
                "space_id,business_number,name\na,86138,\"A\nb,86139,B\n",
                2,
                "a quote is not closed",
            ),
            (
                "space_id,business_number,name\na,86138,\"A\nb,86139,B\"\n",
                2,
                "is a quote open?",
            ),
            ("space_id,business_number,name\na,86138,::x\n", 2, "`::`"),
            (
                "space_id;business_number\na;86138\n",
                1,
                "not by semicolons",
            ),
            (
                "{\"space_id\":\"a\",\"business_number\":86138,\"name\":\"b/86139\"}\n{\"space_id\":\"b\",\"business_number\":86139}",
                2,
                "the same name",
            ),
            ("", 1, "there is no target"),
            ("space_id,business_number\n", 1, "there is no target"),
            (
                "space_id,businessnumber\n",
                1,
                "did you mean business_number?",
            ),
            ("space_id,space_id\n", 1, "there twice"),
            (
                "space_id,business_number\ncams-a\n",
                2,
                "1 value where the first line names 2",
            ),
            (
                "space_id,business_number\ncams-a,+86\n",
                2,
                "`business_number`: ",
            ),
            ("space_id\ncams-a\n", 2, "needs a business_number"),
            (
                "space_id,business_number\na,86138\n\nb,86138\na,86138\n",
                5,
                "line 2 has the same space and number",
            ),
            (
                "space_id,business_number,name\na,86138,x\nb,86138,x\n",
                3,
                "line 2 has the same name",
            ),
            ("{\"space_id\":\"a\"}", 1, "needs a business_number"),
            ("{\"spaceid\":\"a\"}", 1, "unknown field"),
            ("[{\"space_id\":\"a\"}]", 1, "an object a line"),
        ] {
            let error = targets(text).unwrap_err();
            assert_eq!(error.line, line, "{text}: {error}");
            assert!(error.what.contains(words), "{text}: {error}");
        }
    }
}
