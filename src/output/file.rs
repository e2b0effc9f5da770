//! `--output-file`: a file that is replaced at once, or not at all.

use std::fs::{self, File};
use std::io::{self, IsTerminal as _, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// A file to write a listing to.
#[derive(Debug)]
pub struct OutputFile(Kind);

#[derive(Debug)]
enum Kind {
    /// A new file beside the one to replace, until it is complete.
    Beside { new: NamedTempFile, target: PathBuf },
    /// A device or a FIFO, which nothing can replace.
    Straight(File),
}

impl OutputFile {
    /// Returns whether a path is but another name of stdout.
    pub fn is_stdout(path: &Path) -> bool {
        ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"]
            .iter()
            .any(|name| path == Path::new(name))
    }

    /// Returns whether a path names what is open already, whatever that is.
    pub fn is_stream(path: &Path) -> bool {
        let named = ["/dev/stdin", "/dev/stdout", "/dev/stderr"];
        named.iter().any(|it| path == Path::new(it))
            || path.starts_with("/dev/fd")
            || path.starts_with("/proc")
    }

    /// Prepares to write to `path`. The file that is there is not touched.
    pub fn create(path: &Path) -> io::Result<Self> {
        // Behind these may be a regular file, which is not ours to replace.
        if Self::is_stream(path) {
            let straight = File::options().append(true).open(path)?;
            return Ok(Self(Kind::Straight(straight)));
        }
        let old = match fs::metadata(path) {
            Ok(old) if old.is_file() => Some(old),
            Ok(_) => {
                let straight = File::options().write(true).open(path)?;
                return Ok(Self(Kind::Straight(straight)));
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        // A link stays a link: what it points to is replaced.
        let target = match &old {
            Some(_) => fs::canonicalize(path)?,
            // A link may point to a file that is not there yet.
            None => match fs::read_link(path) {
                Ok(to) => path.parent().unwrap_or(Path::new("")).join(to),
                Err(_) => path.to_owned(),
            },
        };
        let parent = target.parent().filter(|it| !it.as_os_str().is_empty());
        if let Some(parent) = parent.filter(|it| !it.is_dir()) {
            let why = format!("there is no directory `{}`", parent.display());
            return Err(io::Error::new(io::ErrorKind::NotFound, why));
        }
        let mut builder = tempfile::Builder::new();
        builder.prefix(".cams-groups-").suffix(".part");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            builder.permissions(fs::Permissions::from_mode(0o666));
        }
        let new = builder.tempfile_in(parent.unwrap_or(Path::new(".")))?;
        if let Some(old) = old {
            fs::set_permissions(new.path(), old.permissions())?;
        }
        Ok(Self(Kind::Beside { new, target }))
    }

    /// Returns the file that must not be left behind when the run is stopped.
    pub fn unfinished(&self) -> Option<PathBuf> {
        match &self.0 {
            Kind::Beside { new, .. } => Some(new.path().to_owned()),
            Kind::Straight(_) => None,
        }
    }

    /// Returns whether the file that is there is replaced only in the end.
    pub fn is_beside(&self) -> bool {
        matches!(self.0, Kind::Beside { .. })
    }

    /// Returns whether what is written appears on a terminal.
    pub fn is_terminal(&self) -> bool {
        match &self.0 {
            Kind::Beside { .. } => false,
            Kind::Straight(file) => file.is_terminal(),
        }
    }

    /// Puts the new file in the old one's place. Without this, it is removed.
    pub fn commit(self) -> io::Result<()> {
        match self.0 {
            Kind::Beside { new, target } => {
                new.as_file().sync_all()?;
                new.persist(target).map_err(|error| error.error)?;
                Ok(())
            }
            Kind::Straight(mut file) => file.flush(),
        }
    }
}

impl Write for OutputFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.0 {
            Kind::Beside { new, .. } => new.write(bytes),
            Kind::Straight(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.0 {
            Kind::Beside { new, .. } => new.flush(),
            Kind::Straight(file) => file.flush(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_old_file_stays_until_the_new_one_is_committed() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("groups.csv");
        fs::write(&path, "old").unwrap();
        let mut file = OutputFile::create(&path).unwrap();
        file.write_all(b"new").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        drop(file);
        assert_eq!(
            fs::read_dir(directory.path()).unwrap().count(),
            1,
            "nothing is left"
        );
        let mut file = OutputFile::create(&path).unwrap();
        file.write_all(b"new").unwrap();
        file.commit().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link_and_permissions_stay() {
        use std::os::unix::fs::PermissionsExt as _;
        let directory = tempfile::tempdir().unwrap();
        let (target, link) = (
            directory.path().join("target"),
            directory.path().join("link"),
        );
        fs::write(&target, "old").unwrap();
        fs::set_permissions(&target, fs::Permissions::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink(&target, &link).unwrap();
        let mut file = OutputFile::create(&link).unwrap();
        file.write_all(b"new").unwrap();
        file.commit().unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&target).unwrap(), "new");
        assert_eq!(
            fs::metadata(&target).unwrap().permissions().mode() & 0o777,
            0o640
        );
    }
}
