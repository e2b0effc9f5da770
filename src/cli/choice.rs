//! Flags that take one of a few names, in any case, with a suggestion for a
//! near miss.

use std::ffi::OsStr;
use std::marker::PhantomData;
use std::str::FromStr;

use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::text::nearest;

/// Parses a name into the value that has it.
#[derive(Clone, Debug)]
pub struct Choice<T> {
    names: Vec<&'static str>,
    value: PhantomData<T>,
}

impl<T> Choice<T> {
    /// Makes a parser of these names, which are those that `T` parses.
    pub fn of(names: impl IntoIterator<Item = &'static str>) -> Self {
        Self {
            names: names.into_iter().collect(),
            value: PhantomData,
        }
    }
}

impl<T> TypedValueParser for Choice<T>
where
    T: FromStr + Clone + Send + Sync + 'static,
{
    type Value = T;

    fn parse_ref(
        &self,
        cmd: &clap::Command,
        arg: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<T, clap::Error> {
        let text = StringValueParser::new().parse_ref(cmd, arg, value)?;
        // As in a list with blanks after its commas.
        let text = text.trim().to_owned();
        if let Ok(parsed) = text.parse() {
            return Ok(parsed);
        }
        let mut error = clap::Error::new(ErrorKind::InvalidValue).with_cmd(cmd);
        if let Some(arg) = arg {
            error.insert(
                ContextKind::InvalidArg,
                ContextValue::String(arg.to_string()),
            );
        }
        let names = self.names.iter().map(ToString::to_string).collect();
        error.insert(ContextKind::ValidValue, ContextValue::Strings(names));
        if let Some(name) = nearest(&text, self.names.iter().copied()) {
            error.insert(
                ContextKind::SuggestedValue,
                ContextValue::String(name.to_owned()),
            );
        }
        error.insert(ContextKind::InvalidValue, ContextValue::String(text));
        Err(error)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(self.names.iter().map(PossibleValue::new)))
    }
}
