//! The files that a run reads and writes, which must not be the same.

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use crate::failure::{Failure, Kind};
use crate::output::OutputFile;

/// Reads a text; `-` is standard input.
pub(super) fn read(path: &Path, stdin: &mut dyn Read) -> Result<String, Failure> {
    let mut text = String::new();
    let read = if is_stdin(path) {
        stdin.read_to_string(&mut text)
    } else {
        std::fs::File::open(path).and_then(|mut it| it.read_to_string(&mut text))
    };
    read.map(|_| text).map_err(|error| {
        Failure::new(
            Kind::Config,
            format!("{} cannot be read: {error}", named(path)),
        )
        .hint("check the path and its permissions")
    })
}

fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Says which file it is.
pub(super) fn named(path: &Path) -> String {
    if is_stdin(path) {
        "standard input".to_owned()
    } else {
        format!("`{}`", path.display())
    }
}

/// Refuses to read standard input as several things.
pub(super) fn read_once<'a>(
    read: impl IntoIterator<Item = &'a Option<PathBuf>>,
) -> Result<(), Failure> {
    let read = read.into_iter().flatten();
    if read.filter(|it| is_stdin(it)).count() > 1 {
        let what = "standard input can be read as one thing only";
        return Err(Failure::new(Kind::Usage, what).hint("name a file for the others"));
    }
    Ok(())
}

/// Refuses to write over what is read, or twice to one place.
pub(super) fn keep_apart<'a>(
    read: impl IntoIterator<Item = &'a Path>,
    written: impl IntoIterator<Item = &'a Path>,
) -> Result<(), Failure> {
    let mut taken: Vec<PathBuf> = read.into_iter().map(whole).collect();
    for path in written {
        let place = whole(path);
        // What is no regular file, such as a terminal, may serve several.
        let is_special = place.exists() && !place.is_file();
        if taken.contains(&place) && !is_special && !OutputFile::is_stream(path) {
            let what = format!("`{}` would be written over", path.display());
            return Err(Failure::new(Kind::Usage, what).hint(
                "give each file that is written a name of its own; this one is read, or written twice",
            ));
        }
        taken.push(place);
    }
    Ok(())
}

/// Returns a path by which a file is known whatever it is called.
fn whole(path: &Path) -> PathBuf {
    let by_directory = || {
        let directory = path.parent().filter(|it| !it.as_os_str().is_empty());
        let directory = directory.unwrap_or(Path::new(".")).canonicalize().ok()?;
        Some(directory.join(path.file_name()?))
    };
    let known = path.canonicalize().ok().or_else(by_directory);
    known.unwrap_or_else(|| path.to_owned())
}

/// Writes a file that is replaced at once, or not at all.
pub(super) fn write(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Failure> {
    let written = OutputFile::create(path).and_then(|mut file| {
        write(&mut file)?;
        file.commit()
    });
    written.map_err(|error| {
        let what = format!("`{}` cannot be written: {error}", path.display());
        Failure::new(Kind::Output, what).hint("check the path and its permissions")
    })
}
