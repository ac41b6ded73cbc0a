//! What `share/` holds is what the program makes: completions and man pages, with every option in them.

#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used, reason = "a test")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn bibferry(args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_bibferry")).args(args).env_remove("COLUMNS").output().unwrap();
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The commands, as the help names them.
fn commands() -> Vec<String> {
    let help = bibferry(&["-h"]);
    let list = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let names = list.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    names.filter_map(|line| line.split_whitespace().next()).filter(|it| *it != "help").map(str::to_owned).collect()
}

/// The long options of a command, as its help names them.
fn options(command: &str) -> BTreeSet<String> {
    let help = bibferry(&["help", command]);
    let declared = help.lines().map(str::trim_start).filter(|line| line.starts_with('-'));
    let long = declared.filter_map(|line| line.split("--").nth(1));
    long.map(|name| name.chars().take_while(|it| it.is_ascii_lowercase() || *it == '-').collect()).collect()
}

/// Each file, and what it should hold.
fn generated() -> Vec<(PathBuf, String)> {
    let share = Path::new(ROOT).join("share");
    let mut files = Vec::new();
    for (shell, name) in
        [("bash", "bibferry.bash"), ("zsh", "_bibferry"), ("fish", "bibferry.fish"), ("powershell", "_bibferry.ps1")]
    {
        files.push((share.join("completions").join(name), bibferry(&["completions", shell])));
    }
    files.push((share.join("man/bibferry.1"), bibferry(&["man"])));
    for command in commands() {
        files.push((share.join(format!("man/bibferry-{command}.1")), bibferry(&["man", &command])));
    }
    files
}

#[test]
fn completions_and_man_pages_are_current() {
    let mut old = Vec::new();
    for (path, text) in generated() {
        if std::env::var_os("UPDATE").is_some() {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, text).unwrap();
        } else if std::fs::read_to_string(&path).ok().as_deref() != Some(&text) {
            old.push(path.display().to_string());
        }
    }
    assert!(old.is_empty(), "UPDATE=1 cargo test writes anew {}", old.join(", "));
}

#[test]
fn every_option_of_every_command_is_in_them() {
    let mut found = 0;
    for command in commands() {
        let man = bibferry(&["man", &command]).replace("\\-", "-");
        for option in options(&command) {
            let flag = format!("--{option}");
            assert!(man.contains(&flag), "{flag} is missing in the man page of {command}");
            for shell in ["bash", "zsh", "fish", "powershell"] {
                let text = bibferry(&["completions", shell]);
                let written = if shell == "fish" { format!("-l {option}") } else { flag.clone() };
                assert!(text.contains(&written), "{flag} of {command} is missing in the completions of {shell}");
            }
            found += 1;
        }
    }
    assert!(found > 50, "{found}");
}
