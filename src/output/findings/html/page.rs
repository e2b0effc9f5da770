//! A page, of our markup and of anybody's text.
//!
//! The two cannot be taken for each other: markup is `'static`, which only
//! what stands in this program is, and everything else goes in as text.

use std::io::{self, Write};

use crate::output::sanitize::sanitize;

/// A page that is being written.
pub(super) struct Page<'a> {
    out: &'a mut dyn Write,
}

impl<'a> Page<'a> {
    pub(super) fn new(out: &'a mut dyn Write) -> Self {
        Self { out }
    }

    /// Writes markup of our own as it is.
    pub(super) fn markup(&mut self, markup: &'static str) -> io::Result<&mut Self> {
        self.out.write_all(markup.as_bytes())?;
        Ok(self)
    }

    /// Writes text, strangers' too, between tags or into a quoted attribute.
    pub(super) fn text(&mut self, text: &str) -> io::Result<&mut Self> {
        // What hides or reorders text around it does so in a browser, too.
        let text = sanitize(text);
        let mut rest: &str = &text;
        while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
            self.out.write_all(&rest.as_bytes()[..at])?;
            self.out.write_all(match rest.as_bytes()[at] {
                b'&' => b"&amp;",
                b'<' => b"&lt;",
                b'>' => b"&gt;",
                b'"' => b"&quot;",
                _ => b"&#39;",
            })?;
            rest = &rest[at + 1..];
        }
        self.out.write_all(rest.as_bytes())?;
        Ok(self)
    }

    /// Writes a number.
    pub(super) fn number(&mut self, number: u64) -> io::Result<&mut Self> {
        write!(self.out, "{number}")?;
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::is_hazardous;
    use proptest::prelude::*;

    fn written(text: &str) -> String {
        let mut out = Vec::new();
        Page::new(&mut out).text(text).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn what_could_be_markup_or_hide_is_written_out() {
        assert_eq!(
            written("<a href='x'>&amp;\"\u{202e}\u{1b}</a> 家"),
            r"&lt;a href=&#39;x&#39;&gt;&amp;amp;&quot;\u{202e}\u{1b}&lt;/a&gt; 家"
        );
    }

    proptest! {
        #[test]
        fn no_text_ends_itself(text in any::<String>()) {
            let written = written(&text);
            prop_assert!(!written.contains(['<', '>', '"', '\'']));
            prop_assert!(!written.contains(is_hazardous));
        }
    }
}
