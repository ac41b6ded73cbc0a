//! The command line, by transcripts: the files `tests/cli/*.txt` and the `console` blocks of the README.
//!
//! A transcript holds commands, each with what goes in and comes out, a mark at the start of each line: `$ ` the command
//! (run by `sh` in the repository's root; `$T` is a fresh folder for each file), `< ` standard input, `> ` standard
//! output, `! ` standard error, `= ` the exit code. Lines without a mark are comments. `UPDATE=1 cargo test` rewrites
//! what comes out.

// Clippy's exceptions for tests do not reach the functions around them.
#![allow(clippy::expect_used)]

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// What stands for the commands that README and transcripts name. `cargo test` is what runs this.
const COMMANDS: &str = r#"
bibferry() { "$BIBFERRY" "$@"; }
cargo() { case "$1 $2 $3" in "run --release --") shift 3; bibferry "$@";; "test  ") ;; *) return 99;; esac; }
"#;

fn update() -> bool {
    std::env::var_os("UPDATE").is_some()
}

struct Ran {
    stdout: String,
    stderr: String,
    code: i32,
}

fn sh(command: &str, stdin: &str, folder: &Path) -> Ran {
    let mut child = Command::new("sh")
        .args(["-c", &format!("{COMMANDS}{command}\n")])
        .current_dir(ROOT)
        .env("BIBFERRY", env!("CARGO_BIN_EXE_bibferry"))
        .env("T", folder)
        .env_remove("COLUMNS")
        .env_remove("CLICOLOR_FORCE")
        .env("NO_COLOR", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("sh runs");
    // A command that does not read its input closes it; that is no failure.
    let _ = child.stdin.take().expect("piped").write_all(stdin.as_bytes());
    let output = child.wait_with_output().expect("it ends");
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).replace(&folder.display().to_string(), "$T");
    Ran { stdout: text(output.stdout), stderr: text(output.stderr), code: output.status.code().unwrap_or(-1) }
}

fn marked(out: &mut String, mark: &str, text: &str) {
    for line in text.split_terminator('\n') {
        writeln!(out, "{}", format!("{mark} {line}").trim_end()).expect("a string");
    }
    if !text.is_empty() && !text.ends_with('\n') {
        writeln!(out, "{mark}\\ no line end").expect("a string");
    }
}

/// The transcript with what its commands bring out now.
fn run_again(transcript: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let mut again = String::new();
    let mut lines = transcript.lines().peekable();
    while let Some(line) = lines.next() {
        if let Some(command) = line.strip_prefix("$ ") {
            let mut stdin = String::new();
            writeln!(again, "{line}").expect("a string");
            while let Some(input) = lines.next_if(|line| line.starts_with('<')) {
                writeln!(again, "{input}").expect("a string");
                writeln!(stdin, "{}", input.get(2..).unwrap_or_default()).expect("a string");
            }
            let ran = sh(command, &stdin, folder.path());
            marked(&mut again, ">", &ran.stdout);
            marked(&mut again, "!", &ran.stderr);
            writeln!(again, "= {}", ran.code).expect("a string");
        } else if !line.starts_with(['>', '!', '=']) {
            writeln!(again, "{line}").expect("a string");
        }
    }
    again
}

#[test]
fn transcripts() {
    let mut files: Vec<PathBuf> = std::fs::read_dir(Path::new(ROOT).join("tests/cli"))
        .expect("the folder of transcripts")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|it| it == "txt"))
        .collect();
    files.sort();
    let mut commands = 0;
    let mut failures = String::new();
    for file in &files {
        let transcript = std::fs::read_to_string(file).expect("a transcript");
        commands += transcript.lines().filter(|line| line.starts_with("$ ")).count();
        let again = run_again(&transcript);
        if update() {
            std::fs::write(file, &again).expect("written");
        } else if again != transcript {
            let differs = transcript.lines().zip(again.lines()).position(|(a, b)| a != b).unwrap_or(0) + 1;
            writeln!(failures, "{}:{differs}: now\n{again}", file.display()).expect("a string");
        }
    }
    assert!(files.len() > 5 && commands > 30, "there are transcripts");
    assert!(failures.is_empty(), "{failures}(UPDATE=1 cargo test rewrites transcripts)");
}

/// Tests that may rewrite the README do so one after the other.
static README: std::sync::Mutex<()> = std::sync::Mutex::new(());

fn readme() -> String {
    std::fs::read_to_string(Path::new(ROOT).join("README.md")).expect("the README")
}

/// Whether lines are as expected; a line of `…` stands for any number of lines.
fn fits(expected: &[&str], lines: &[&str]) -> bool {
    match expected.split_first() {
        None => lines.is_empty(),
        Some((&"…", rest)) => (0..=lines.len()).any(|skip| fits(rest, &lines[skip..])),
        Some((first, rest)) => lines.first().is_some_and(|line| line.trim_end() == *first) && fits(rest, &lines[1..]),
    }
}

#[test]
fn the_commands_of_the_readme() {
    let readme = readme();
    let folder = tempfile::tempdir().expect("a folder");
    let mut ran = 0;
    for block in readme.split("```console\n").skip(1) {
        let block = block.split("```").next().unwrap_or_default();
        for step in block.split("$ ").filter(|step| !step.trim().is_empty()) {
            let (command, shown) = step.split_once('\n').unwrap_or((step, ""));
            let script = format!("{{ {command}\n}} 2>&1");
            let result = sh(&script, "", folder.path());
            assert!(result.code == 0 || command.ends_with("# 1"), "{command}: {}\n{}", result.code, result.stdout);
            let expected: Vec<&str> = shown.lines().map(str::trim_end).collect();
            let lines: Vec<&str> = result.stdout.lines().collect();
            assert!(expected.is_empty() || fits(&expected, &lines), "{command} now says\n{}", result.stdout);
            ran += 1;
        }
    }
    assert!(ran >= 4, "the README shows commands");
}

#[test]
fn the_patterns_of_the_readme() {
    let (begin, end) = ("<!-- keys: begin -->\n", "<!-- keys: end -->");
    let _guard = README.lock().expect("not poisoned");
    let text = readme();
    let (before, rest) = text.split_once(begin).expect("a mark");
    let (_, after) = rest.split_once(end).expect("a mark");
    let now = format!("{before}{begin}```text\n{}\n```\n{end}{after}", bibferry::transform::keys::table());
    if update() {
        std::fs::write(Path::new(ROOT).join("README.md"), now).expect("written");
    } else {
        assert!(now == text, "the patterns of the README are not those there are: UPDATE=1 cargo test rewrites them");
    }
}

#[test]
fn the_formats_of_the_readme() {
    let _guard = README.lock().expect("not poisoned");
    let (begin, end) = ("<!-- formats: begin -->\n", "<!-- formats: end -->");
    let readme = readme();
    let (before, rest) = readme.split_once(begin).expect("a mark");
    let (_, after) = rest.split_once(end).expect("a mark");
    let mut table = String::from("| format | read | write | endings | |\n|---|---|---|---|---|\n");
    for format in bibferry::formats::ALL {
        let yes = |has: bool| if has { "yes" } else { "" };
        let endings: Vec<String> = format.extensions.iter().map(|it| format!("`.{it}`")).collect();
        let (read, write) = (yes(format.read.is_some()), yes(format.write.is_some()));
        let (id, name, about) = (format.id, format.name, format.about);
        writeln!(table, "| `{id}` | {read} | {write} | {} | {name}: {about} |", endings.join(" ")).expect("a string");
    }
    let now = format!("{before}{begin}{table}{end}{after}");
    if update() {
        std::fs::write(Path::new(ROOT).join("README.md"), now).expect("written");
    } else {
        assert!(now == readme, "the formats of the README are not those there are: UPDATE=1 cargo test rewrites them");
    }
}
