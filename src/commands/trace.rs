//! `--trace-file`: the run's requests and replies as an HTTP archive (HAR 1.2),
//! for support. What may not leave the machine is not in it: no signature, no
//! token, no key, no group, and of the business number four digits.

use std::cell::RefCell;
use std::path::Path;

use serde_json::{Value, json};

use super::files;
use crate::api::{Event, ListChatGroup, PageIndex, PageSize};
use crate::failure::Failure;
use crate::output::json_lines;
use crate::secret::masked;
use crate::transport::Endpoint;

/// What happened on the wire.
#[derive(Debug)]
pub(super) struct Trace {
    url: String,
    parameters: Vec<(String, String)>,
    entries: RefCell<Vec<Value>>,
}

impl Trace {
    pub(super) fn new(endpoint: &Endpoint, request: &ListChatGroup) -> Self {
        let parameters = request
            .parameters(PageIndex::FIRST, PageSize::ONE)
            .into_iter()
            .filter(|(name, _)| name != "Page");
        Self {
            url: format!("{endpoint}/"),
            parameters: parameters
                .map(|(name, value)| match name.as_str() {
                    "BusinessNumber" => (name, masked(&value)),
                    "GroupLink" => (name, "(redacted)".to_owned()),
                    _ => (name, value),
                })
                .collect(),
            entries: RefCell::default(),
        }
    }

    /// Writes down what happened on the way to a page.
    pub(super) fn note(&self, index: PageIndex, size: PageSize, event: &Event) {
        let mut entries = self.entries.borrow_mut();
        match event {
            Event::Exchanged(exchange) => {
                let milliseconds = exchange.took.as_secs_f64() * 1000.0;
                let status = exchange.status.unwrap_or(0);
                let query: Vec<Value> = self
                    .parameters
                    .iter()
                    .map(|(name, value)| json!({ "name": name, "value": value }))
                    .collect();
                entries.push(json!({
                    "startedDateTime": exchange.at.to_string(),
                    "time": milliseconds,
                    "request": {
                        "method": "POST",
                        "url": self.url,
                        "httpVersion": "HTTP/1.1",
                        "cookies": [],
                        "headers": [{ "name": "authorization", "value": "(redacted)" }],
                        "queryString": query,
                        "headersSize": -1,
                        "bodySize": 0,
                    },
                    "response": {
                        "status": status,
                        "statusText": "",
                        "httpVersion": "HTTP/1.1",
                        "cookies": [],
                        "headers": [],
                        "content": { "size": exchange.bytes, "mimeType": "application/json" },
                        "redirectURL": "",
                        "headersSize": -1,
                        "bodySize": exchange.bytes,
                    },
                    "cache": {},
                    "timings": { "send": 0, "wait": milliseconds, "receive": 0 },
                    "_page": index.get(),
                    "_pageSize": size.get(),
                    "_code": exchange.code,
                    "_requestId": exchange.request_id,
                }));
            }
            Event::Retrying { error, wait, .. } => {
                if let Some(last) = last_of(&mut entries, index) {
                    last.insert("_error".to_owned(), error.to_string().into());
                    let wait = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
                    last.insert("_retryInMilliseconds".to_owned(), wait.into());
                }
            }
            Event::Failed { error, .. } => {
                if let Some(last) = last_of(&mut entries, index) {
                    last.insert("_error".to_owned(), error.to_string().into());
                }
            }
            Event::Answered { .. } | Event::KeyRenewed | Event::ClockSet { .. } => {}
        }
    }

    /// Writes the archive, by the same rules as a listing's own file.
    pub(super) fn write(&self, path: &Path) -> Result<(), Failure> {
        let archive = json!({
            "log": {
                "version": "1.2",
                "creator": { "name": "cams-groups", "version": env!("CARGO_PKG_VERSION") },
                "entries": *self.entries.borrow(),
            }
        });
        files::write(path, |out| writeln!(out, "{}", json_lines(&archive)))
    }
}

/// Returns the last entry of a page: others may have come in between.
fn last_of(entries: &mut [Value], index: PageIndex) -> Option<&mut serde_json::Map<String, Value>> {
    let mut entries = entries.iter_mut().rev();
    entries
        .find(|it| it["_page"] == index.get())
        .and_then(Value::as_object_mut)
}
