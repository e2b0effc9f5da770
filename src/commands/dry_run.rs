//! `--dry-run`: the request that a listing would begin with, and nothing sent.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::config::WhoseKey;
use crate::api::{ListChatGroup, PageIndex, PageSize};
use crate::config::{Chosen, Settings};
use crate::failure::Failure;
use crate::output::sanitize::sanitize;
use crate::output::{Format, json_lines};
use crate::secret::masked;
use crate::world::World;

/// Returns what would be sent, for people or as JSON.
pub(super) async fn dry_run(
    settings: &Settings,
    chosen: &Chosen,
    request: &ListChatGroup,
    (index, size): (PageIndex, PageSize),
    redact: bool,
    world: &World,
) -> Result<String, Failure> {
    let rest = &settings.rest;
    let key = WhoseKey::of(chosen, world).await;
    let mechanism = rest.signature.value;
    let headers = [
        ("host", rest.endpoint.value.authority()),
        ("x-acs-action", ListChatGroup::ACTION.to_owned()),
        ("x-acs-version", ListChatGroup::VERSION.to_owned()),
        ("authorization", format!("{mechanism} (redacted)")),
    ];
    let mut parameters = request.parameters(index, size);
    for (name, value) in parameters.iter_mut().filter(|_| redact) {
        match name.as_str() {
            "BusinessNumber" => *value = masked(value),
            "GroupLink" => "(redacted)".clone_into(value),
            _ => {}
        }
    }
    if rest.output.value == Format::Json {
        let headers: serde_json::Map<_, _> = headers
            .into_iter()
            .map(|(name, value)| (name.to_owned(), Value::from(value)))
            .collect();
        let shown = json!({
            "method": "POST",
            "url": format!("{}/", rest.endpoint.value),
            "query": parameters,
            "headers": headers,
            "key": key,
        });
        return Ok(format!("{}\n", json_lines(&shown)));
    }
    let mut text = format!("POST {}/\n", rest.endpoint.value);
    for (name, value) in parameters {
        let _ = writeln!(text, "  {name}={}", sanitize(&value));
    }
    for (name, value) in headers {
        let _ = writeln!(text, "{name}: {}", sanitize(&value));
    }
    let (key, origin) = key.words();
    let _ = writeln!(text, "\nkey: {}{origin}", sanitize(&key));
    text.push_str("Nothing was sent.\n");
    Ok(text)
}
