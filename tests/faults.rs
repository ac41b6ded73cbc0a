//! Faults of the world around: full disks, places that cannot be written, inputs that change or break off, readers that
//! go away, signals. Each ends with a clear error and the documented exit code; what stood before stands whole, and
//! nothing is left beside it.
//!
//! Nothing here waits for a time to pass: pipes say how far a run has come.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used, clippy::print_stderr, reason = "a test")]

use bibferry::formats;
use std::ffi::OsStr;
use std::fmt::Debug;
use std::fs::File;
use std::io::{Read, Write};
use std::os::unix::fs::symlink;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};

/// What stands before a run, and must stand after it.
const OLD: &str = "what stood here before\n";

/// With one thread and with several.
const THREADS: [&str; 2] = ["--threads=1", "--threads=3"];

/// A record with a number, of about so many bytes.
fn record(n: usize, bytes: usize) -> String {
    let padding = "all work and no play ".repeat(bytes / 21);
    format!("TY  - BOOK\nID  - k{n}\nAU  - Doe, Jane\nTI  - Title {n}\nPY  - 2020\nAB  - x{padding}\nER  - \n\n")
}

/// A library of about so many bytes, in records of about 4 KB.
fn library(bytes: usize) -> String {
    (0..=bytes / 4096).map(|n| record(n, 4000)).collect()
}

/// The formats that are written; whether they can be before all records are there.
fn written() -> impl Iterator<Item = (&'static str, bool)> {
    formats::ALL.iter().filter_map(|it| Some((it.id, it.write.as_ref()?.page.is_none())))
}

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Folder {
        Folder(tempfile::tempdir().unwrap())
    }

    /// Where files can have no name on every Linux: what ends early leaves nothing.
    fn of_nameless() -> Folder {
        let shared_memory = Path::new("/dev/shm");
        if shared_memory.is_dir() { Folder(tempfile::tempdir_in(shared_memory).unwrap()) } else { Folder::new() }
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn put(&self, name: &str, text: &str) -> PathBuf {
        std::fs::write(self.at(name), text).unwrap();
        self.at(name)
    }

    fn fifo(&self, name: &str) -> PathBuf {
        assert!(Command::new("mkfifo").arg(self.at(name)).status().unwrap().success());
        self.at(name)
    }

    fn text(&self, name: &str) -> String {
        std::fs::read_to_string(self.at(name)).unwrap()
    }

    fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.0.path()).unwrap();
        let mut names: Vec<String> = entries.map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

fn bibferry() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bibferry"));
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).env("NO_COLOR", "1");
    command
}

/// `bibferry` after some commands of the shell, for limits and signals.
fn after(commands: &str) -> Command {
    let mut command = Command::new("sh");
    command.arg("-c").arg(format!("{commands}; exec \"$0\" \"$@\"")).arg(env!("CARGO_BIN_EXE_bibferry"));
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).env("NO_COLOR", "1");
    command
}

#[derive(Debug)]
struct Ran {
    status: ExitStatus,
    stdout: Vec<u8>,
    stderr: String,
}

impl Ran {
    /// The run ended with a code, and said these.
    #[track_caller]
    fn expect(&self, code: i32, says: &[&str], of: impl Debug) {
        let heard = says.iter().all(|it| self.stderr.contains(it)) && !self.stderr.contains("panicked");
        assert!(self.status.code() == Some(code) && heard, "{of:?}: {:?}, {}", self.status, self.stderr);
    }

    /// The run ended as is nobody's fault, and has nothing to say of it.
    #[track_caller]
    fn expect_quiet(&self, of: impl Debug) {
        assert!(self.status.success() && !self.stderr.contains("error"), "{of:?}: {:?}, {}", self.status, self.stderr);
        assert!(!self.stderr.contains("panicked") && !self.stderr.contains("pipe"), "{of:?}: {}", self.stderr);
    }
}

fn run(command: &mut Command) -> Ran {
    end(command.spawn().unwrap())
}

fn end(child: Child) -> Ran {
    let output = child.wait_with_output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    Ran { status: output.status, stdout: output.stdout, stderr }
}

fn signal(child: &Child, name: &str) {
    assert!(Command::new("kill").args([name, &child.id().to_string()]).status().unwrap().success());
}

/// The writing end of a pipe that nobody reads.
fn unread() -> Stdio {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    writer.into()
}

/// The pages that are a command's whole result.
const PAGES: &[&[&str]] = &[
    &["--help"],
    &["convert", "--help"],
    &["--version"],
    &["formats"],
    &["formats", "ris"],
    &["explain"],
    &["explain", "input-failed"],
    &["config"],
    &["completions", "bash"],
    &["man"],
];

#[cfg(target_os = "linux")]
#[test]
fn a_full_device_is_told_of() {
    let full = || Stdio::from(File::options().write(true).open("/dev/full").unwrap());
    let folder = Folder::new();
    let input = folder.put("a.ris", &library(300 << 10));
    let damaged = folder.put("damaged.ris", "TY  - BOOK\nER  - \n");
    for (format, _) in written() {
        for threads in THREADS {
            let told = ["No space left on device", "<stdout>"];
            run(bibferry().arg(&input).args(["--to", format, threads]).stdout(full())).expect(3, &told, format);
            let told = ["No space left on device", "/dev/full"];
            let mut command = bibferry();
            command.arg(&input).args(["--to", format, threads, "-o", "/dev/full"]);
            run(&mut command).expect(3, &told, format);
        }
    }
    let told = ["<stdout>: No space left on device"];
    for page in PAGES {
        run(bibferry().args(*page).stdout(full())).expect(3, &told, page);
    }
    for command in ["check", "authors"] {
        run(bibferry().arg(command).arg(&damaged).stdout(full())).expect(3, &told, command);
    }
    let diff = folder.put("out.bib", OLD);
    run(bibferry().arg(&input).arg("--check").arg("-o").arg(&diff).stdout(full())).expect(3, &told, "--check");
    run(bibferry().arg(&input).args(["--check", "--to=bibtex", "--out-dir"]).arg(folder.at("no")).stdout(full()))
        .expect(3, &told, "--check");
    // Who reports to a full disk has the output, and its exit code.
    let mut command = bibferry();
    command.arg(&damaged).args(["--diagnostics=json", "--loss=json", "-o"]).arg(folder.at("b.bib")).stderr(full());
    assert_eq!(run(&mut command).status.code(), Some(0));
    assert!(folder.text("b.bib").contains("@book"));
}

/// What a limit on the size of files does is what a full disk does: some bytes go, then none.
#[test]
fn a_disk_that_fills_leaves_old_files_whole() {
    // In dash these are 512 bytes each, elsewhere 1024.
    for (limit, killed) in [("trap '' XFSZ; ulimit -f 60", false), ("ulimit -f 60", true)] {
        for (format, _) in written() {
            for threads in THREADS {
                let folder = Folder::of_nameless();
                let input = folder.put("a.ris", &library(400 << 10));
                folder.put("out", OLD);
                let mut command = after(limit);
                command.arg(&input).args(["--to", format, threads, "-o"]).arg(folder.at("out"));
                let ran = run(&mut command);
                if killed {
                    assert!(ran.status.signal().is_some(), "{format}: {:?}, {}", ran.status, ran.stderr);
                } else {
                    ran.expect(3, &["File too large", "/out"], format);
                }
                assert_eq!(folder.text("out"), OLD, "{format}");
                assert!(!cfg!(target_os = "linux") || folder.names() == ["a.ris", "out"], "{:?}", folder.names());
            }
        }
    }
    let folder = Folder::of_nameless();
    let limit = "trap '' XFSZ; ulimit -f 60";
    let input = folder.put("a.ris", &library(400 << 10));
    // A file that was cut off is that of the shell; the run says so.
    let mut command = after(limit);
    command.arg(&input).arg("--to=bibtex").stdout(File::create(folder.at("cut.bib")).unwrap());
    run(&mut command).expect(3, &["<stdout>: File too large"], "standard output");
    std::fs::remove_file(folder.at("cut.bib")).unwrap();
    // The records do not take their place without the list of their keys.
    let small: String = (0..4_000).map(|n| record(n, 0)).collect();
    let small = folder.put("small.ris", &small);
    folder.put("out", OLD);
    folder.put("map", OLD);
    let mut command = after("trap '' XFSZ; ulimit -f 2000");
    let key = "--keys=[auth][title][year][auth][title][year][auth][title][year][auth][title][year]";
    command.arg(&small).args(["--to=csv", "--columns=title", key, "--key-map"]).arg(folder.at("map"));
    run(command.arg("-o").arg(folder.at("out"))).expect(0, &[], "both fit");
    let (out, map) = (folder.text("out").len(), folder.text("map").len());
    assert!(map > 2 * out, "{map} bytes of keys, {out} of records");
    folder.put("out", OLD);
    folder.put("map", OLD);
    let mut command = after(&format!("trap '' XFSZ; ulimit -f {}", out / 512 + 2));
    command.arg(&small).args(["--to=csv", "--columns=title", key, "--key-map"]).arg(folder.at("map"));
    run(command.arg("-o").arg(folder.at("out"))).expect(3, &["/map: File too large"], "--key-map");
    assert_eq!((folder.text("out").as_str(), folder.text("map").as_str()), (OLD, OLD));
    assert_eq!(folder.names(), ["a.ris", "map", "out", "small.ris"]);
}

#[test]
fn a_disk_that_fills_spares_the_files_that_fit() {
    let limit = "trap '' XFSZ; ulimit -f 60";
    let (big, small) = (library(400 << 10), record(1, 0));
    for threads in THREADS {
        let folder = Folder::of_nameless();
        let out = Folder::of_nameless();
        let inputs = [folder.put("a.ris", &big), folder.put("b.ris", &small)];
        out.put("a.bib", OLD);
        out.put("b.bib", OLD);
        let batch = |inputs: &[PathBuf]| {
            let mut command = after(limit);
            command.args(inputs).args(["--to=bibtex", threads, "--out-dir"]).arg(out.at(""));
            run(&mut command)
        };
        batch(&inputs[..1]).expect(3, &["output-failed", "/a.bib: File too large"], "nothing fits");
        batch(&inputs).expect(1, &["output-failed", "/a.bib: File too large"], "one fits");
        assert_eq!(out.text("a.bib"), OLD);
        assert!(out.text("b.bib").contains("@book"));
        assert_eq!(out.names(), ["a.bib", "b.bib"]);
        // In place, where it is the only copy.
        let untidy = big.replace("TY  - BOOK\nID", "TY  - BOOK\r\nID");
        folder.put("a.ris", &untidy);
        run(after(limit).arg("--in-place").arg(folder.at("a.ris")).arg(threads)).expect(
            3,
            &["/a.ris: File too large"],
            "--in-place",
        );
        assert_eq!(folder.text("a.ris"), untidy);
        assert_eq!(folder.names(), ["a.ris", "b.ris"]);
        // A row of files: none is new where one cannot be written.
        let row = format!("{small}{}{small}{small}", record(2, 100 << 10));
        let input = folder.put("row.ris", &row);
        for number in 1..=4 {
            out.put(&format!("row-00{number}.bib"), OLD);
        }
        let mut command = after(limit);
        command.arg(input).args(["--chunk=1", threads, "-o"]).arg(out.at("row.bib"));
        run(&mut command).expect(3, &["/row-002.bib: File too large"], "--chunk");
        for number in 1..=4 {
            assert_eq!(out.text(&format!("row-00{number}.bib")), OLD);
        }
        assert_eq!(out.names().len(), 6, "{:?}", out.names());
    }
}

#[test]
fn places_that_cannot_be_written() {
    let folder = Folder::new();
    let input = folder.put("a.ris", &record(1, 0));
    let file = folder.put("file", OLD);
    symlink("loop-b", folder.at("loop-a")).unwrap();
    symlink("loop-a", folder.at("loop-b")).unwrap();
    symlink("there/is/none", folder.at("dangling")).unwrap();
    std::fs::create_dir(folder.at("dir")).unwrap();
    let before = folder.names();
    let long = "x".repeat(300);
    let places = [
        ("file/out.bib", 3, "Not a directory"),
        ("none/out.bib", 3, "No such file or directory"),
        ("dir", 2, "is a folder"),
        ("loop-a", 3, "ymbolic links"),
        ("dangling", 3, "No such file or directory"),
        (long.as_str(), 3, "too long"),
    ];
    for (place, code, why) in places {
        for option in ["-o", "--key-map"] {
            for mode in [&[][..], &["--chunk=1"], &["--check"]] {
                // What is only compared may not be there, and of a row these are not the names.
                if mode.first() == Some(&"--check") && code == 3 || mode.first() == Some(&"--chunk=1") && option == "-o"
                {
                    continue;
                }
                let mut command = bibferry();
                command.arg(&input).args(["--to=bibtex", "--keys=[auth]", option]).arg(folder.at(place)).args(mode);
                if option == "--key-map" {
                    command.arg("-o").arg(folder.at("dir/out.bib"));
                }
                run(&mut command).expect(code, &[why, place], (place, option, mode));
            }
        }
    }
    assert!(std::fs::read_link(folder.at("loop-a")).is_ok() && !folder.at("dir/out.bib").exists());
    run(bibferry().arg(&input).args(["--to=bibtex", "--out-dir"]).arg(&file)).expect(3, &["/file"], "--out-dir");
    assert_eq!((folder.text("file").as_str(), folder.names()), (OLD, before));
    #[cfg(target_os = "linux")]
    for place in ["/proc/version", "/proc/none.bib", "/proc/self/none/out.bib"] {
        run(bibferry().arg(&input).args(["--to=bibtex", "-o", place])).expect(3, &[place], place);
    }
    // What stands behind these names is a pipe.
    #[cfg(target_os = "linux")]
    for place in ["/dev/stdout", "/proc/self/fd/1"] {
        let ran = run(bibferry().arg(&input).args(["--to=bibtex", "-o", place]));
        ran.expect(0, &[], place);
        assert!(ran.stdout.starts_with(b"@book"), "{place}");
    }
}

#[test]
fn temporary_files_that_cannot_be_written() {
    let folder = Folder::new();
    let none = folder.at("none");
    let told = [format!("temporary files in {}", none.display())];
    let told: Vec<&str> = told.iter().map(String::as_str).collect();
    let stdin = |text: &str| Stdio::from(File::open(folder.put("in", text)).unwrap());
    let linked = "@inbook{a, crossref = {b}}\n@book{b, title = {B}}\n";
    folder.put("out", OLD);
    for threads in THREADS {
        let command = |args: &[&str], text: &str| {
            let mut command = bibferry();
            command.env("TMPDIR", &none).args(args).args([threads, "-o"]).arg(folder.at("out")).stdin(stdin(text));
            run(&mut command)
        };
        command(&["--to=ris"], linked).expect(3, &told, "links");
        command(&["--to=bibtex", "--keys=[auth]"], &record(1, 0)).expect(3, &told, "--keys");
        command(&["--to=csv"], &library(9 << 20)).expect(3, &told, "a page");
        assert_eq!(folder.text("out"), OLD);
        command(&["--to=csv"], &record(1, 0)).expect(0, &[], "what needs none");
        folder.put("out", OLD);
    }
    // A large difference needs them, too.
    let mut command = bibferry();
    command.env("TMPDIR", &none).args(["--to=bibtex", "--check", "-o"]).arg(folder.at("out"));
    run(command.stdin(stdin(&library(9 << 20)))).expect(3, &told, "--check");
}

#[test]
fn inputs_that_cannot_be_read() {
    let folder = Folder::new();
    let good = folder.put("good.ris", &record(1, 0));
    let mut bad = vec![(folder.at("none.ris"), "No such file or directory")];
    symlink("loop.ris", folder.at("loop.ris")).unwrap();
    bad.push((folder.at("loop.ris"), "ymbolic links"));
    #[cfg(target_os = "linux")]
    bad.push((PathBuf::from("/proc/self/mem"), "Input/output error"));
    for (path, why) in &bad {
        // By one pass and by several.
        for more in [&["--to=bibtex"][..], &["--to=bibtex", "--keys=[auth]"]] {
            folder.put("out", OLD);
            let command = |inputs: &[&Path]| run(bibferry().args(inputs).args(more).arg("-o").arg(folder.at("out")));
            command(&[path]).expect(3, &["input-failed", why, &path.display().to_string()], path);
            assert_eq!(folder.text("out"), OLD);
            command(&[path, &good]).expect(1, &["input-failed", why], path);
            assert!(folder.text("out").contains("@book"));
        }
    }
    let stdin = Stdio::from(File::open(folder.at("")).unwrap());
    run(bibferry().arg("--to=bibtex").stdin(stdin)).expect(3, &["<stdin>", "input-failed"], "a folder as input");
}

/// A stream that breaks off with an error: what came is not taken for all there is.
#[cfg(target_os = "linux")]
#[test]
fn a_stream_that_breaks_off() {
    use std::os::fd::OwnedFd;
    use std::os::unix::net::UnixStream;
    let folder = Folder::new();
    for more in [&["--to=bibtex"][..], &["--to=bibtex", "--keys=[auth]"], &["--to=ris", "--from=bibtex"]] {
        for threads in THREADS {
            let (mut near, mut far) = UnixStream::pair().unwrap();
            let bib = more.contains(&"--from=bibtex");
            let one = if bib { "@inbook{a, crossref = {b}}\n".to_owned() } else { record(1, 0) };
            near.write_all(one.repeat(400).as_bytes()).unwrap();
            // Who closes without having read all breaks the connection.
            far.write_all(b"unread").unwrap();
            drop(near);
            folder.put("out", OLD);
            let mut command = bibferry();
            command.args(more).args([threads, "-o"]).arg(folder.at("out")).stdin(OwnedFd::from(far));
            run(&mut command).expect(3, &["input-failed", "<stdin>", "reset by peer"], more);
            assert_eq!(folder.text("out"), OLD);
        }
    }
}

type Change = fn(&Path);

/// What may happen to a file.
const CHANGES: [(&str, Change); 4] = [
    ("shrinks", |path| {
        let file = File::options().write(true).open(path).unwrap();
        file.set_len(file.metadata().unwrap().len() / 2).unwrap();
    }),
    ("grows", |path| {
        let mut file = File::options().append(true).open(path).unwrap();
        file.write_all(record(9, 0).as_bytes()).unwrap();
    }),
    ("is replaced", |path| {
        let new = path.with_extension("new");
        std::fs::copy(path, &new).unwrap();
        std::fs::rename(new, path).unwrap();
    }),
    ("is deleted", |path| std::fs::remove_file(path).unwrap()),
];

#[test]
fn a_file_that_changes_while_it_is_read() {
    for (what, change) in CHANGES {
        for (threads, bytes) in [("--threads=1", 2 << 20), ("--threads=3", 12 << 20)] {
            let folder = Folder::new();
            let text = library(bytes);
            let input = folder.put("a.ris", &text);
            let mut child = bibferry().arg(&input).args(["--to=jsonl", threads]).spawn().unwrap();
            // The output goes no further than the pipe can hold, nor does the input.
            let mut first = [0];
            child.stdout.as_mut().unwrap().read_exact(&mut first).unwrap();
            change(&input);
            let ran = end(child);
            if matches!(what, "shrinks" | "grows") {
                ran.expect(3, &["input-failed", "/a.ris: the file was changed while it was read"], what);
            } else {
                // The file that was opened is still there, and whole.
                ran.expect(0, &[], what);
                let lines = String::from_utf8(ran.stdout).unwrap().lines().count();
                assert_eq!(lines, text.matches("TY  - ").count(), "{what}");
            }
        }
    }
}

#[test]
fn a_file_that_changes_between_passes() {
    for (what, change) in CHANGES {
        for threads in THREADS {
            let folder = Folder::new();
            let input = folder.put("a.bib", "@inbook{a, crossref = {b}}\n@book{b, title = {B}}\n");
            let second = folder.fifo("second");
            let mut command = bibferry();
            command.args([&input, &second]).args(["--from=bibtex", "--to=bibtex", "--keys=[auth]", threads]);
            let child = command.spawn().unwrap();
            // The second input is opened when the first has been looked at. Nothing comes of it.
            let writer = File::options().write(true).open(&second).unwrap();
            change(&input);
            drop(writer);
            let why = if what == "is deleted" { "No such file" } else { "was changed while it was read" };
            let ran = end(child);
            ran.expect(1, &["input-failed", "/a.bib", why], what);
            assert!(ran.stdout.is_empty());
        }
    }
}

/// Parents are looked for in all inputs when the first link turns up, in those as well that were read already.
#[test]
fn a_file_that_changes_before_parents_are_looked_for() {
    let mut large: String = (0..30_000).map(|n| format!("@misc{{k{n}, title = {{{}}}}}\n", "x".repeat(200))).collect();
    large.push_str("@inbook{a, title = {A}, crossref = {b}}\n");
    for (what, change) in CHANGES {
        for threads in THREADS {
            let folder = Folder::new();
            let first = folder.put("a.bib", "@book{b, title = {B}}\n@misc{c, title = {C}}\n");
            let second = folder.put("large.bib", &large);
            let mut child = bibferry().args([&first, &second]).args(["--to=ris", threads]).spawn().unwrap();
            // The output goes no further than the pipe can hold, nor does the input: the first file is done with, and
            // the link is not yet seen.
            let mut byte = [0];
            child.stdout.as_mut().unwrap().read_exact(&mut byte).unwrap();
            change(&first);
            let why = if what == "is deleted" { "No such file" } else { "was changed while it was read" };
            end(child).expect(1, &["input-failed", "/a.bib", why, "crossref-missing"], what);
        }
    }
}

/// `bibferry x >> x` has no end and `bibferry x > x` no beginning.
#[test]
fn an_input_that_is_the_output() {
    let folder = Folder::new();
    let text = library(300 << 10);
    let input = folder.put("a.ris", &text);
    let append = || File::options().append(true).open(&input).unwrap();
    run(bibferry().arg(&input).arg("--to=ris").stdout(append())).expect(2, &["is the output as well"], ">>");
    run(bibferry().arg("--to=ris").stdin(File::open(&input).unwrap()).stdout(append())).expect(
        2,
        &["is the output as well"],
        "< >>",
    );
    assert_eq!(folder.text("a.ris"), text);
    run(bibferry().arg(&input).arg("-o").arg(&input)).expect(0, &[], "-o");
    assert!(folder.text("a.ris").starts_with("TY  - BOOK"));
}

/// A stream that comes in pieces, with signals between them, is read as a file is.
#[test]
fn a_stream_that_pauses() {
    let folder = Folder::new();
    let text = library(150 << 10);
    let input = folder.put("a.ris", &text);
    for more in [&["--to=bibtex"][..], &["--to=csv"], &["--to=bibtex", "--keys=[auth][year]"]] {
        let whole = run(bibferry().arg(&input).args(more));
        whole.expect(0, &[], more);
        for threads in THREADS {
            let fifo = folder.fifo("pipe.ris");
            let child = bibferry().arg(&fifo).args(more).arg(threads).spawn().unwrap();
            let mut writer = File::options().write(true).open(&fifo).unwrap();
            let mut child = Some(child);
            // In the middle of lines and, in between, of more than a pipe holds.
            for (at, piece) in text.as_bytes().chunks(30_011).enumerate() {
                writer.write_all(piece).unwrap();
                for name in [&["-WINCH", "-CONT"][..], &["-STOP", "-WINCH", "-CONT"]][at % 2] {
                    signal(child.as_ref().unwrap(), name);
                }
            }
            drop(writer);
            let ran = end(child.take().unwrap());
            ran.expect(0, &[], more);
            assert!(ran.stdout == whole.stdout, "{more:?}");
            std::fs::remove_file(fifo).unwrap();
        }
    }
}

/// Feeds a run without end, until it reads no more.
fn feed(child: &mut Child, text: String) -> std::thread::JoinHandle<()> {
    let mut stdin = child.stdin.take().unwrap();
    std::thread::spawn(move || while stdin.write_all(text.as_bytes()).is_ok() {})
}

#[test]
fn who_reads_a_line_and_goes_ends_the_run() {
    let endless = |command: &mut Command, text: String, of: &str| {
        let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
        let feeder = feed(&mut child, text);
        let mut stdout = child.stdout.take().unwrap();
        stdout.read_exact(&mut [0]).unwrap();
        drop(stdout);
        end(child).expect_quiet(of);
        feeder.join().unwrap();
    };
    let folder = Folder::new();
    let input = folder.put("a.ris", &library(300 << 10));
    for threads in THREADS {
        for (format, streams) in written() {
            if streams {
                endless(bibferry().args(["--from=ris", "--to", format, threads]), library(100 << 10), format);
            } else {
                let mut child = bibferry().arg(&input).args(["--to", format, threads]).spawn().unwrap();
                child.stdout.take().unwrap().read_exact(&mut [0]).unwrap();
                end(child).expect_quiet(format);
            }
            run(bibferry().arg(&input).args(["--to", format, threads]).stdout(unread())).expect_quiet(format);
        }
        for form in ["text", "json", "github", "errorformat", "sarif"] {
            let damaged = library(100 << 10).replace("ER  - \n", "nothing of a record\n");
            endless(bibferry().args(["check", "--from=ris", threads, &format!("--diagnostics={form}")]), damaged, form);
        }
    }
}

#[test]
fn a_page_that_nobody_reads_is_no_failure() {
    for page in PAGES {
        run(bibferry().args(*page).stdout(unread())).expect_quiet(page);
    }
    let folder = Folder::new();
    let input = folder.put("a.ris", &record(1, 0));
    for command in ["check", "authors"] {
        run(bibferry().arg(command).arg(&input).stdout(unread())).expect_quiet(command);
    }
    folder.put("out.bib", OLD);
    run(bibferry().arg(&input).arg("--check").arg("-o").arg(folder.at("out.bib")).stdout(unread()))
        .expect_quiet("diff");
    let mut command = bibferry();
    command.arg(&input).args(["--check", "--to=bibtex", "--out-dir"]).arg(folder.at("out"));
    run(command.stdout(unread())).expect_quiet("diffs");
}

#[test]
fn findings_that_nobody_reads_change_nothing() {
    let folder = Folder::new();
    let damaged = folder.put("damaged.ris", &format!("TY  - BOOK\nnothing\n\n{}", library(100 << 10)));
    for form in ["text", "json", "sarif", "github", "errorformat"] {
        for threads in THREADS {
            let command = |stderr: Stdio, name: &str| {
                let mut command = bibferry();
                command.arg(&damaged).args([threads, "--loss=full", &format!("--diagnostics={form}")]).stderr(stderr);
                run(command.args(["--to=csv", "--columns=title", "--strict", "-o"]).arg(folder.at(name))).status.code()
            };
            assert_eq!(command(unread(), "unread.csv"), Some(1), "{form}");
            assert_eq!(command(Stdio::null(), "read.csv"), Some(1), "{form}");
            assert_eq!(folder.text("unread.csv"), folder.text("read.csv"), "{form}");
        }
    }
    // An error that ends the run has its exit code, whoever hears of it.
    assert_eq!(run(bibferry().arg("--to=nothing").stderr(unread())).status.code(), Some(2));
}

/// Whether whoever runs the tests has a signal ignored, as `nohup` does and a shell for what it runs in the background:
/// the runs that are tested have it so, too.
fn is_ignored(number: u32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).is_some_and(|mask| mask >> (number - 1) & 1 == 1)
}

#[test]
fn a_signal_leaves_the_old_file_and_nothing_beside_it() {
    for (name, number) in [("-TERM", 15_i32), ("-INT", 2), ("-HUP", 1)] {
        if is_ignored(number.cast_unsigned()) {
            eprintln!("{name} is ignored where these tests run: left out");
            continue;
        }
        for (format, _) in written() {
            let folder = Folder::of_nameless();
            folder.put("out", OLD);
            let mut command = bibferry();
            command.args(["--from=ris", "--to", format, "-o"]).arg(folder.at("out")).stdin(Stdio::piped());
            let mut child = command.spawn().unwrap();
            // More than a pipe holds: the run is in the middle of it.
            child.stdin.as_mut().unwrap().write_all(library(300 << 10).as_bytes()).unwrap();
            signal(&child, name);
            assert_eq!(child.wait().unwrap().signal(), Some(number), "{name}");
            assert_eq!(folder.text("out"), OLD, "{name}");
            assert!(!cfg!(target_os = "linux") || folder.names() == ["out"], "{name}: {:?}", folder.names());
        }
    }
}

/// `nohup` ignores a signal for the run, which is not to be undone.
#[test]
fn a_signal_that_is_ignored_stays_so() {
    let folder = Folder::new();
    let mut command = after("trap '' HUP");
    command.args(["--from=ris", "--to=bibtex", "-o"]).arg(folder.at("out")).stdin(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(library(300 << 10).as_bytes()).unwrap();
    signal(&child, "-HUP");
    drop(stdin);
    end(child).expect(0, &[], "HUP");
    assert!(folder.at("out").is_file());
}

/// A pipe with a name can be written, too, as long as somebody reads.
#[test]
fn an_output_that_is_a_pipe() {
    let folder = Folder::new();
    let input = folder.put("a.ris", &library(300 << 10));
    let fifo = folder.fifo("out.bib");
    let to: [&OsStr; 3] = [input.as_os_str(), OsStr::new("-o"), fifo.as_os_str()];
    let child = bibferry().args(to).spawn().unwrap();
    let mut text = String::new();
    File::open(&fifo).unwrap().read_to_string(&mut text).unwrap();
    end(child).expect(0, &[], "a reader");
    assert!(text.contains("@book{k70,"));
    let child = bibferry().args(to).spawn().unwrap();
    File::open(&fifo).unwrap().read_exact(&mut [0]).unwrap();
    end(child).expect_quiet("a reader that goes");
}
