//! A run that is killed at any moment leaves each output as it was or as it should be, never in between.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used, reason = "a test")]

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How many runs are killed; `KILLS=1000` asks for more.
fn kills() -> u32 {
    std::env::var("KILLS").ok().and_then(|it| it.parse().ok()).unwrap_or(100)
}

fn bibferry() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bibferry"));
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// A library of so many records, each with this title.
fn library(records: usize, title: &str) -> String {
    let record = |n: usize| format!("TY  - BOOK\nID  - k{n}\nTI  - {title} {n}\nPY  - 2020\nER  - \n\n");
    (0..records).map(record).collect()
}

/// The next of a row of numbers that look random, and are the same in every run.
fn random(state: &mut u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state
}

fn read(path: &Path) -> Option<Vec<u8>> {
    std::fs::read(path).ok()
}

/// Runs a command many times and kills it within the time that it takes, after `reset` and before `judge`.
fn kill_often(mut command: impl FnMut(u32) -> Command, mut judge: impl FnMut(u32)) {
    let begun = Instant::now();
    assert!(command(0).status().unwrap().success());
    let whole = begun.elapsed();
    let mut state = 0x2545_F491_4F6C_DD1D;
    let (mut killed, mut done) = (0, 0);
    for run in 1..=kills() {
        let mut child = command(run).spawn().unwrap();
        let microseconds = u64::try_from(whole.as_micros()).unwrap() * 5 / 4;
        std::thread::sleep(Duration::from_micros(random(&mut state) % microseconds.max(1)));
        let _ = child.kill();
        if child.wait().unwrap().success() {
            done += 1;
        } else {
            killed += 1;
        }
        judge(run);
    }
    assert!(killed > 0, "{killed} killed, {done} done");
}

/// What one run would write, and what another would: each output must be one of them.
#[test]
fn one_output_is_old_or_new() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let mut whole = Vec::new();
    for (name, title) in [("a.ris", "First"), ("b.ris", "Second")] {
        std::fs::write(at(name), library(1_500, title)).unwrap();
        assert!(bibferry().arg(at(name)).arg("-o").arg(at("out.bib")).status().unwrap().success());
        whole.push(read(&at("out.bib")));
    }
    assert!(whole[0] != whole[1]);
    let command = |run: u32| {
        let mut command = bibferry();
        command.arg(at(if run.is_multiple_of(2) { "a.ris" } else { "b.ris" })).arg("-o").arg(at("out.bib"));
        command
    };
    kill_often(command, |run| {
        let now = read(&at("out.bib"));
        assert!(whole.contains(&now), "run {run} left something else");
    });
}

/// The same for a file that is rewritten in place: its only copy.
#[test]
fn a_file_in_place_is_old_or_new() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("refs.bib");
    let untidy: String = (0..1_500).map(|n| format!("@Book{{k{n},title=\"Title {n}\",\n  year=2020}}\n")).collect();
    std::fs::write(&path, &untidy).unwrap();
    assert!(bibferry().arg("--in-place").arg(&path).status().unwrap().success());
    let (old, new) = (Some(untidy.clone().into_bytes()), read(&path));
    assert!(old != new);
    let command = |_| {
        std::fs::write(&path, &untidy).unwrap();
        let mut command = bibferry();
        command.arg("--in-place").arg(&path);
        command
    };
    kill_often(command, |run| {
        let now = read(&path);
        assert!(now == old || now == new, "run {run} left something else");
    });
}
