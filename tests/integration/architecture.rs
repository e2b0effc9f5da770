//! Rooms depend one way: the imports are read and held against the order.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What each room may import of the others. A room that is not listed may
/// import none; `main.rs` sees the crate from outside.
const MAY_USE: &[(&str, &[&str])] = &[
    (
        "commands",
        &[
            "api",
            "audit",
            "cli",
            "config",
            "credentials",
            "diff",
            "exit",
            "failure",
            "group",
            "output",
            "pages",
            "policy",
            "sandbox",
            "secret",
            "transport",
            "world",
        ],
    ),
    (
        "failure",
        &[
            "api",
            "config",
            "credentials",
            "exit",
            "output",
            "pages",
            "text",
            "transport",
        ],
    ),
    ("exit", &[]),
    (
        "cli",
        &[
            "api",
            "audit",
            "config",
            "exit",
            "group",
            "output",
            "sandbox",
            "signing",
            "text",
            "transport",
        ],
    ),
    (
        "sandbox",
        &[
            "api",
            "group",
            "secret",
            "signing",
            "text",
            "transport",
            "world",
        ],
    ),
    (
        "credentials",
        &[
            "api",
            "config",
            "secret",
            "signing",
            "text",
            "transport",
            "world",
        ],
    ),
    (
        "config",
        &[
            "api",
            "output",
            "secret",
            "signing",
            "text",
            "transport",
            "world",
        ],
    ),
    ("output", &["audit", "group", "signing", "text", "world"]),
    ("api", &["group", "secret", "signing", "transport", "world"]),
    ("policy", &["audit", "config", "group", "text"]),
    ("audit", &["diff", "group", "text"]),
    ("diff", &["group"]),
    ("pages", &[]),
    ("transport", &["secret", "signing"]),
    ("signing", &["secret", "text"]),
    ("group", &["text"]),
    ("secret", &[]),
    ("text", &[]),
    ("world", &["exit"]),
];

fn sources(directory: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|it| it == "rs") {
            found.push(path);
        }
    }
}

/// The code of a file without its tests, which may reach further.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let code = text.split("#[cfg(test)]\nmod tests").next().unwrap();
    let is_code = |line: &&str| !line.trim_start().starts_with("//");
    code.lines().filter(is_code).collect::<Vec<_>>().join("\n")
}

#[test]
fn rooms_import_only_what_the_table_allows() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    assert!(files.len() > 30, "the sources were not found");
    let mut used = BTreeSet::new();
    for path in files {
        let inside = path.strip_prefix(&src).unwrap();
        let first = inside.iter().next().unwrap().to_str().unwrap();
        let room = first.trim_end_matches(".rs").to_owned();
        if ["main", "lib"].contains(&room.as_str()) {
            continue;
        }
        for part in code(&path).split("crate::").skip(1) {
            let other: String = part
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            assert!(
                !other.is_empty(),
                "{}: `crate::{{` hides what is imported",
                path.display()
            );
            if other != room {
                used.insert((room.clone(), other, inside.display().to_string()));
            }
        }
    }
    for (room, other, file) in &used {
        let allowed = MAY_USE.iter().find(|(it, _)| it == room);
        let allowed = allowed.unwrap_or_else(|| panic!("{file}: a room that is not in the table"));
        assert!(
            allowed.1.contains(&other.as_str()),
            "{file}: `{room}` must not know `{other}`"
        );
    }
    for (room, allowed) in MAY_USE {
        for other in *allowed {
            let is_used = used.iter().any(|(it, that, _)| it == room && that == other);
            assert!(
                is_used,
                "`{room}` no longer uses `{other}`: take it out of the table"
            );
        }
    }
}
