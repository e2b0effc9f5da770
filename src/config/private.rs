//! Files that hold secrets: nobody else may read them.

use std::io::{self, Write as _};
use std::path::Path;

/// Returns whether a file's mode lets others read it. Where files have no
/// modes, the system's own rules are trusted.
pub fn is_open_to_others(path: &Path) -> bool {
    mode(path).is_some_and(|mode| mode & 0o077 != 0)
}

/// Returns a file's permission bits, where files have any.
#[cfg(unix)]
pub fn mode(path: &Path) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt as _;
    Some(std::fs::metadata(path).ok()?.permissions().mode() & 0o777)
}

/// Returns a file's permission bits, where files have any.
#[cfg(not(unix))]
pub fn mode(_: &Path) -> Option<u32> {
    None
}

/// Writes a file that only the owner may read, at once or not at all, and the
/// directories above it where they are missing. Unless `replace`, a file that
/// is there already is an error.
pub fn write_private(path: &Path, bytes: &[u8], replace: bool) -> io::Result<()> {
    // A link stays a link: what it points to is replaced.
    let target = std::fs::canonicalize(path).ok().filter(|_| replace);
    let target = target.as_deref().unwrap_or(path);
    let directory = match target.parent() {
        Some(directory) if !directory.as_os_str().is_empty() => directory,
        _ => Path::new("."),
    };
    make_private(directory)?;
    // Such files are born with mode 0600.
    let mut new = tempfile::NamedTempFile::new_in(directory)?;
    new.write_all(bytes)?;
    new.as_file().sync_all()?;
    let written = if replace {
        new.persist(target)
    } else {
        new.persist_noclobber(target)
    };
    written.map(|_| ()).map_err(|error| error.error)
}

#[cfg(unix)]
fn make_private(directory: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true).mode(0o700).create(directory)
}

#[cfg(not(unix))]
fn make_private(directory: &Path) -> io::Result<()> {
    std::fs::create_dir_all(directory)
}
