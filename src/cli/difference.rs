//! How what would be written differs from what stands: `--check`.

use similar::{Algorithm, TextDiff};
use std::fs::File;
use std::io::{self, BufReader, Read, Seek};
use std::path::Path;
use std::time::Duration;

/// Files up to this size are compared line by line.
const LARGE: u64 = 32 << 20;

/// How long the shortest difference is looked for; after that a longer one will do.
const PATIENCE: Duration = Duration::from_secs(2);

/// How a file that stands differs from what would be written.
#[derive(Debug)]
pub(super) struct Difference {
    /// A unified diff from what stands to what would be written.
    pub(super) diff: String,
}

/// Whether a file holds what another holds, read from its start.
pub(super) fn is_same(new: &mut (impl Read + Seek), standing: &Path) -> io::Result<bool> {
    new.rewind()?;
    let old = match File::open(standing) {
        Ok(old) => old,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error),
    };
    let (mut old, mut new) = (BufReader::with_capacity(1 << 16, old), BufReader::with_capacity(1 << 16, new));
    loop {
        let (ours, theirs) = (chunk(&mut new)?, chunk(&mut old)?);
        if ours != theirs {
            return Ok(false);
        }
        if ours.is_empty() {
            return Ok(true);
        }
    }
}

/// The next bytes, as many as there are up to a fixed number.
fn chunk(from: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(1 << 16).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// How what would be written differs from what stands, if it does.
pub(super) fn between(mut new: impl Read + Seek, standing: &Path) -> io::Result<Option<Difference>> {
    if is_same(&mut new, standing)? {
        return Ok(None);
    }
    let length = new.seek(io::SeekFrom::End(0))?;
    new.rewind()?;
    let (size, is_there) = std::fs::metadata(standing).map_or((0, false), |it| (it.len(), true));
    let shown = shown(standing);
    let old_name = if is_there { shown.clone() } else { "/dev/null".to_owned() };
    if size.max(length) > LARGE {
        let diff = format!("--- {old_name}\n+++ {shown}\nThe files differ; they are too large for a diff.\n");
        return Ok(Some(Difference { diff }));
    }
    let mut bytes = Vec::new();
    new.read_to_end(&mut bytes)?;
    let old = if is_there { std::fs::read(standing)? } else { Vec::new() };
    let (old, new) = (String::from_utf8_lossy(&old), String::from_utf8_lossy(&bytes));
    Ok(Some(Difference { diff: unified(&old, &new, &old_name, &shown) }))
}

/// A path as the names in a diff are written, with slashes.
fn shown(path: &Path) -> String {
    path.display().to_string().replace('\\', "/")
}

fn unified(old: &str, new: &str, old_name: &str, new_name: &str) -> String {
    let diff = TextDiff::configure().algorithm(Algorithm::Myers).timeout(PATIENCE).diff_lines(old, new);
    let mut text = diff.unified_diff().header(old_name, new_name).to_string();
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    #[test]
    fn what_is_the_same_has_no_difference() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.bib");
        assert!(between(Cursor::new(b"a\n"), &path).unwrap().unwrap().diff.contains("--- /dev/null"));
        std::fs::write(&path, "a\n").unwrap();
        assert!(between(Cursor::new(b"a\n"), &path).unwrap().is_none());
        let long = vec![b'x'; 200_000];
        std::fs::write(&path, &long).unwrap();
        assert!(is_same(&mut Cursor::new(&long), &path).unwrap());
        assert!(!is_same(&mut Cursor::new(&long[1..]), &path).unwrap());
    }

    #[test]
    fn line_ends_are_a_difference() {
        let diff = unified("a\r\nb\n", "a\nb\n", "x", "x");
        assert!(diff.contains("-a\r\n") && diff.contains("+a\n") && diff.contains("\n b\n"), "{diff:?}");
        assert!(unified("a", "b", "x", "x").contains("\\ No newline at end of file"));
    }
}
