//! What we write, read by the programs that people will read it with. Their warnings count.
//!
//! `cargo test --features real-tools --test real_tools`; `.ci/run` installs the programs and runs this. A program that
//! is not there is a failure, not a reason to leave a test out.

// Clippy's exceptions for tests do not reach the functions around them.
#![allow(clippy::expect_used)]

use std::path::Path;
use std::process::Command;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Converts an input into `refs.bib` in a folder.
fn convert(input: &str, options: &[&str], folder: &Path) {
    let output = Command::new(env!("CARGO_BIN_EXE_bibferry"))
        .current_dir(ROOT)
        .args(["convert", "--quiet", "--to", "bibtex", "-o"])
        .arg(folder.join("refs.bib"))
        .args(options)
        .arg(input)
        .output()
        .expect("bibferry runs");
    assert!(output.status.success(), "{input}: {}", String::from_utf8_lossy(&output.stderr));
}

/// Runs `bibtex` with a style over every entry of `refs.bib`: what it says, and the bibliography.
fn bibtex(style: &str, folder: &Path) -> (String, String) {
    let aux = format!("\\relax\n\\citation{{*}}\n\\bibstyle{{{style}}}\n\\bibdata{{refs}}\n");
    std::fs::write(folder.join("main.aux"), aux).expect("written");
    let output = Command::new("bibtex").arg("main").current_dir(folder).output().expect("bibtex is installed");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "bibtex failed:\n{said}");
    let bbl = std::fs::read(folder.join("main.bbl")).expect("bibtex wrote a bibliography");
    (said, String::from_utf8_lossy(&bbl).into_owned())
}

/// The main job: the Arrow page as a .bib file that BibTeX compiles without a word.
#[test]
fn the_arrow_page_compiles_with_bibtex_and_plain() {
    for options in [&[][..], &["--ascii"]] {
        let folder = tempfile::tempdir().expect("a folder");
        convert("samples/arrow/thomas-serre.txt", options, folder.path());
        let (said, bbl) = bibtex("plain", folder.path());
        let warnings: Vec<&str> =
            said.lines().filter(|line| line.contains("Warning") || line.contains("error")).collect();
        assert!(warnings.is_empty(), "{options:?}: bibtex says\n{said}");
        assert_eq!(bbl.matches("\\bibitem").count(), 32, "{options:?}: every entry is in the bibliography");
    }
}
