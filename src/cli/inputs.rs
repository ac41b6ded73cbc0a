//! Which files are read: those named, those in named folders, those that a pattern fits.
//!
//! A folder is walked in the order of names. Hidden files and what ignore files name (`.gitignore`, `.ignore`) are left
//! out, as are symbolic links and files that are no bibliography: those whose ending no format has, and, of those with
//! endings that anything may have, those whose content is of no format. What is named by itself is always read.
//!
//! A pattern (`refs/**/*.bib`, for shells that leave it to programs) finds any file that it fits, in the same order.

use super::args::is_dash;
use super::config::Setup;
use bibferry::Error;
use bibferry::convert::Input;
use bibferry::format::{Format, Score};
use bibferry::formats;
use globset::{GlobBuilder, GlobMatcher};
use ignore::{DirEntry, WalkBuilder};
use std::collections::HashSet;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Endings that files of any content have. In a folder such a file is read if its content is that of a format.
const ANYTHING: &[&str] = &["csv", "htm", "html", "json", "jsonl", "md", "ndjson", "tsv", "txt", "xml", "yaml", "yml"];

/// How much of a file is looked at.
const HEAD: u64 = 64 << 10;

/// A file to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Its path; `-` is standard input.
    pub(super) path: PathBuf,
    /// Its path in the folder or below the pattern's beginning that it was found in; its name if it was named itself.
    pub(super) below: PathBuf,
}

impl Found {
    fn named(path: &Path) -> Found {
        let below = path.file_name().map_or_else(|| path.to_owned(), PathBuf::from);
        Found { path: path.to_owned(), below }
    }

    /// To be read as the configuration file says.
    pub(super) fn input(&self, setup: &Setup) -> Input {
        if is_dash(&self.path) { Input::stdin() } else { setup.input(&self.path, Input::path(&self.path)) }
    }
}

/// The files that arguments stand for, each once. Files of one format only, if it is named; none of those in `outputs`.
pub(super) fn find(args: &[PathBuf], from: Option<&Format>, outputs: &[&Path]) -> Result<Vec<Found>, Error> {
    if args.is_empty() {
        return Ok(vec![Found::named(Path::new("-"))]);
    }
    if args.iter().filter(|path| is_dash(path)).count() > 1 {
        return Err(Error::Usage("`-` stands twice: standard input can be read once".to_owned()));
    }
    let outputs: Vec<PathBuf> = outputs.iter().filter_map(|path| path.canonicalize().ok()).collect();
    let mut found: Vec<Found> = Vec::new();
    let mut walked = false;
    for arg in args {
        if is_dash(arg) {
            found.push(Found::named(arg));
        } else if arg.is_dir() {
            walked = true;
            walk(arg, &outputs, |path| belongs(path, from), &mut found)?;
        } else if let Some(pattern) = pattern(arg).filter(|_| !arg.exists()) {
            let (root, matcher) = pattern?;
            let before = found.len();
            let fits = |path: &Path| Ok(path.strip_prefix(&root).is_ok_and(|below| matcher.is_match(below)));
            walk(&root, &outputs, fits, &mut found)?;
            if found.len() == before {
                found.push(Found::named(arg));
            }
        } else {
            found.push(Found::named(arg));
        }
    }
    if found.is_empty() {
        let folders: Vec<String> = args.iter().map(|path| path.display().to_string()).collect();
        let reason = format!("no {} in it", from.map_or("bibliography", |format| format.name));
        return Err(Error::io(folders.join(", "), io::Error::new(io::ErrorKind::NotFound, reason)));
    }
    if walked {
        let mut seen = HashSet::with_capacity(found.len());
        found.retain(|it| seen.insert(it.path.clone()));
    }
    Ok(found)
}

/// Adds the files below a folder that a test picks.
fn walk(
    root: &Path,
    outputs: &[PathBuf],
    picks: impl Fn(&Path) -> io::Result<bool>,
    found: &mut Vec<Found>,
) -> Result<(), Error> {
    let skipped = outputs.to_vec();
    // What was written before is not read, unless all of it is asked for.
    let top = root.canonicalize().unwrap_or_default();
    let skips = move |entry: &DirEntry| {
        !skipped.is_empty()
            && entry.depth() > 0
            && entry.path().canonicalize().is_ok_and(|path| path != top && skipped.contains(&path))
    };
    let walk = WalkBuilder::new(root)
        .require_git(false)
        .sort_by_file_name(Ord::cmp)
        .filter_entry(move |entry| !skips(entry))
        .build();
    for entry in walk {
        let entry = entry.map_err(|error| {
            let text = error.to_string();
            let error = error.into_io_error().unwrap_or_else(|| io::Error::other(text));
            Error::io(root.display().to_string(), error)
        })?;
        let path = entry.path();
        let is_file = entry.file_type().is_some_and(|it| it.is_file());
        if is_file && picks(path).map_err(|error| Error::io(path.display().to_string(), error))? {
            let below = path.strip_prefix(root).unwrap_or(path).to_owned();
            let path = path.strip_prefix("./").unwrap_or(path).to_owned();
            found.push(Found { path, below });
        }
    }
    Ok(())
}

/// Whether a file in a folder is a bibliography.
fn belongs(path: &Path, from: Option<&Format>) -> io::Result<bool> {
    let Some(ending) = path.extension().and_then(|it| it.to_str()).map(str::to_lowercase) else { return Ok(false) };
    let is_of = |format: &Format| format.read.is_some() && format.extensions.contains(&ending.as_str());
    if let Some(format) = from {
        return Ok(is_of(format));
    }
    if !formats::ALL.iter().any(|format| is_of(format)) {
        return Ok(false);
    }
    if !ANYTHING.contains(&ending.as_str()) {
        return Ok(true);
    }
    let mut head = Vec::new();
    // A file that cannot be read is told of when its turn comes.
    let Ok(file) = File::open(path) else { return Ok(true) };
    file.take(HEAD).read_to_end(&mut head)?;
    Ok(formats::ALL.iter().any(|format| format.read.is_some() && (format.sniff)(&head) > Score::NO))
}

/// The folder in which a pattern begins, and the pattern for paths in it; nothing if it is a plain path.
fn pattern(path: &Path) -> Option<Result<(PathBuf, GlobMatcher), Error>> {
    let text = path.to_str()?;
    let (root, glob) = split(text, cfg!(windows))?;
    let matcher = GlobBuilder::new(&glob).literal_separator(true).build();
    let result = matcher
        .map(|glob| (PathBuf::from(if root.is_empty() { "." } else { &root }), glob.compile_matcher()))
        .map_err(|error| Error::Usage(format!("{text}: {}", error.kind())));
    Some(result)
}

/// Splits a path before its first part with a sign of patterns.
fn split(text: &str, windows: bool) -> Option<(String, String)> {
    let text = if windows { text.replace('\\', "/") } else { text.to_owned() };
    let sign = text.find(['*', '?', '[', '{'])?;
    let at = text.get(..sign)?.rfind('/').map_or(0, |slash| slash + 1);
    let (root, glob) = text.split_at(at);
    Some((root.to_owned(), glob.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_begin_at_their_first_sign() {
        let parts = |text, windows| split(text, windows).map(|(root, glob)| format!("{root}|{glob}"));
        assert_eq!(parts("a/b/*.bib", false).as_deref(), Some("a/b/|*.bib"));
        assert_eq!(parts("**/x?.ris", false).as_deref(), Some("|**/x?.ris"));
        assert_eq!(parts("/lib/{a,b}/x.ris", false).as_deref(), Some("/lib/|{a,b}/x.ris"));
        assert_eq!(parts(r"refs\2020\*.bib", true).as_deref(), Some("refs/2020/|*.bib"));
        assert_eq!(parts("plain.bib", false), None);
    }

    fn names(found: &[Found]) -> Vec<String> {
        found.iter().map(|it| it.below.display().to_string()).collect()
    }

    #[test]
    fn folders_are_walked_in_order_and_ignore_files_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        std::fs::create_dir_all(root.join("b/out")).unwrap();
        for (path, text) in [
            ("z.bib", "@book{z}"),
            ("a.ris", "TY  - BOOK\nER  - \n"),
            ("b/c.bib", ""),
            ("b/ignored.bib", ""),
            ("b/.hidden.bib", ""),
            ("b/out/written.bib", ""),
            ("package.json", "{\"name\": \"x\"}"),
            ("readme.txt", "hello"),
            ("paper.pdf", ""),
            (".gitignore", "ignored.bib\n"),
        ] {
            std::fs::write(root.join(path), text).unwrap();
        }
        let found = find(&[root.to_owned()], None, &[&root.join("b/out")]).unwrap();
        assert_eq!(
            names(&found),
            ["a.ris", "b/c.bib", "z.bib"].map(|it| it.replace('/', std::path::MAIN_SEPARATOR_STR))
        );
        let ris = find(&[root.to_owned()], Some(formats::by_name("ris").unwrap()), &[]).unwrap();
        assert_eq!(names(&ris), ["a.ris"]);
        let globbed = find(&[root.join("**/*.bib")], None, &[]).unwrap();
        assert_eq!(globbed.len(), 3, "{globbed:?}");
        let named = find(&[root.join("b/ignored.bib"), root.join("missing.bib")], None, &[]).unwrap();
        assert_eq!(names(&named), ["ignored.bib", "missing.bib"]);
        assert!(find(&[root.join("b/out")], None, &[&root.join("b/out")]).is_ok());
        std::fs::create_dir(root.join("empty")).unwrap();
        assert!(find(&[root.join("empty")], None, &[]).unwrap_err().to_string().contains("no bibliography"));
    }
}
