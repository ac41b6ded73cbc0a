//! The files for CI in this repository, run as far as that goes without a network: the pre-commit hooks, the GitHub Action,
//! and the sample repository in `samples/ci`.

#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used, reason = "a test")]

use std::path::Path;
use std::process::Command;
use yaml_rust2::{Yaml, YamlLoader};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn yaml(path: &str) -> Yaml {
    let text = std::fs::read_to_string(Path::new(ROOT).join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    YamlLoader::load_from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}")).remove(0)
}

/// A copy of the sample repository, in a folder of its own.
fn sample() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in ["zotero.json", "references.bib", "bibferry.toml", "Makefile", ".latexmkrc"] {
        std::fs::copy(Path::new(ROOT).join("samples/ci").join(name), folder.path().join(name)).unwrap();
    }
    folder
}

/// Runs a script with bash where `bibferry` is ours; its exit code and all that it said.
fn bash(script: &str, folder: &Path, env: &[(&str, &str)]) -> (i32, String) {
    let bin = Path::new(env!("CARGO_BIN_EXE_bibferry")).parent().unwrap();
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap_or_default());
    let output = Command::new("bash")
        .args(["-e", "-o", "pipefail", "-c", script])
        .current_dir(folder)
        .env("PATH", path)
        .env("NO_COLOR", "1")
        .envs(env.iter().copied())
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.code().unwrap_or(-1), String::from_utf8_lossy(&said).into_owned())
}

/// Makes what stands in the folder no longer what would be written.
fn make_old(folder: &Path) {
    let path = folder.join("references.bib");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(path, text.replacen("title = ", "title  = ", 1)).unwrap();
}

#[test]
fn references_are_what_zotero_json_gives() {
    let folder = sample();
    let (code, said) = bash("bibferry zotero.json -o references.bib --check", folder.path(), &[]);
    if std::env::var_os("UPDATE").is_some() {
        assert_eq!(bash("bibferry zotero.json -o references.bib", folder.path(), &[]).0, 0);
        std::fs::copy(folder.path().join("references.bib"), Path::new(ROOT).join("samples/ci/references.bib")).unwrap();
    } else {
        assert_eq!(code, 0, "{said}");
    }
    make_old(folder.path());
    let (code, said) = bash("bibferry zotero.json -o references.bib --check", folder.path(), &[]);
    assert!(code == 1 && said.contains("--- references.bib") && said.contains("+  title = "), "{said}");
}

#[test]
fn a_denied_loss_fails() {
    let folder = sample();
    let (code, said) = bash("bibferry zotero.json -t arrow -o page.txt", folder.path(), &[]);
    assert!(code == 1 && said.contains("failed: the loss of ") && said.contains("doi"), "{said}");
}

/// The hooks as pre-commit runs them: the entry, split as a shell does, the arguments, and the files that `files` fits.
#[test]
fn the_hooks_of_pre_commit() {
    let hooks = yaml(".pre-commit-hooks.yaml");
    let hooks = hooks.as_vec().unwrap();
    assert!(hooks.len() >= 3);
    for hook in hooks {
        let text = |key: &str| hook[key].as_str().unwrap_or_else(|| panic!("{key} is missing in {hook:?}"));
        let folder = sample();
        assert_eq!(text("language"), "rust");
        let (entry, id) = (text("entry"), text("id"));
        std::fs::write(folder.path().join("good.bib"), "@book{good,\n  title = {Good},\n}\n").unwrap();
        std::fs::write(folder.path().join("bad.bib"), "@Book{bad, title={Bad}\n\n@book{next,title={T}}\n").unwrap();
        let (good, bad) = match id {
            "bibferry-generated" => {
                let args = "zotero.json -o references.bib";
                (args.to_owned(), format!("{args} # and references.bib is old"))
            }
            _ => ("good.bib".to_owned(), "bad.bib".to_owned()),
        };
        let (code, said) = bash(&format!("{entry} {good}"), folder.path(), &[]);
        assert_eq!(code, 0, "{id}: {said}");
        if bad.contains('#') {
            make_old(folder.path());
        }
        let before = std::fs::read(folder.path().join("bad.bib")).unwrap();
        let (code, said) = bash(&format!("{entry} {bad}"), folder.path(), &[]);
        let changed = before != std::fs::read(folder.path().join("bad.bib")).unwrap();
        // pre-commit takes a changed file for a failure, as it does an exit code.
        assert!(code == 1 || changed, "{id}: {code} {said}");
        assert!(changed == (id == "bibferry-tidy"), "{id}");
    }
}

/// The steps of the action, with its inputs in the environment as GitHub puts them there.
#[test]
fn the_action_of_github() {
    let action = yaml("action.yml");
    let steps = action["runs"]["steps"].as_vec().unwrap();
    for input in action["inputs"].as_hash().unwrap().keys() {
        let named = format!("${{{{ inputs.{} }}}}", input.as_str().unwrap());
        let used = std::fs::read_to_string(Path::new(ROOT).join("action.yml")).unwrap().contains(&named);
        assert!(used, "{named} is used nowhere");
    }
    let script = |name: &str| {
        let step = steps.iter().find(|step| step["name"].as_str() == Some(name)).unwrap();
        step["run"].as_str().unwrap().to_owned()
    };
    // What is installed is not installed again.
    assert_eq!(bash(&script("Install bibferry"), Path::new(ROOT), &[("SOURCE", "/nowhere")]).0, 0);
    let run = |args: &str, diagnostics: &str, folder: &Path| {
        let output = folder.join("github-output");
        let env = [
            ("ARGS", args),
            ("DIAGNOSTICS", diagnostics),
            ("SARIF", "bibferry.sarif"),
            ("GITHUB_OUTPUT", output.to_str().unwrap()),
        ];
        let (code, said) = bash(&script("Run bibferry"), folder, &env);
        let written = std::fs::read_to_string(&output).unwrap_or_default();
        assert!(written.ends_with(&format!("exit-code={code}\n")), "{written}");
        (code, said)
    };
    let folder = sample();
    assert_eq!(run("zotero.json -o references.bib --check", "github", folder.path()).0, 0);
    assert_eq!(run("zotero.json -o 'with space.bib'", "github", folder.path()).0, 0);
    assert!(folder.path().join("with space.bib").exists());
    let (code, said) = run("zotero.json -t arrow -o page.txt", "github", folder.path());
    assert!(code == 1 && said.contains("::error file=zotero.json,line="), "{said}");
    // Nothing in the arguments is a command.
    run("check $(touch made).bib `touch made`; touch made", "github", folder.path());
    assert!(!folder.path().join("made").exists());
    std::fs::write(folder.path().join("bad.bib"), "@book{a, title = {").unwrap();
    run("check bad.bib", "sarif", folder.path());
    let log: serde_json::Value =
        serde_json::from_slice(&std::fs::read(folder.path().join("bibferry.sarif")).unwrap()).unwrap();
    assert!(!log["runs"][0]["results"].as_array().unwrap().is_empty());
}

/// Every command line that the workflow files of the sample show.
#[test]
fn the_workflows_of_the_sample() {
    let workflow = yaml("samples/ci/.github/workflows/references.yml");
    let steps = workflow["jobs"]["references"]["steps"].as_vec().unwrap();
    let args: Vec<&str> = steps.iter().filter_map(|step| step["with"]["args"].as_str()).collect();
    assert!(args.len() >= 3, "{args:?}");
    let mut commands: Vec<String> = args.iter().map(|args| format!("bibferry {args}")).collect();
    let gitlab = yaml("samples/ci/.gitlab-ci.yml");
    commands.extend(gitlab["references"]["script"].as_vec().unwrap().iter().map(|it| it.as_str().unwrap().to_owned()));
    let hooks = yaml("samples/ci/.pre-commit-config.yaml");
    let declared = yaml(".pre-commit-hooks.yaml");
    for hook in hooks["repos"][0]["hooks"].as_vec().unwrap() {
        let same = |it: &&Yaml| it["id"] == hook["id"];
        let entry = declared.as_vec().unwrap().iter().find(same).unwrap()["entry"].as_str().unwrap();
        let args: Vec<&str> = hook["args"].as_vec().into_iter().flatten().filter_map(Yaml::as_str).collect();
        let file = if args.is_empty() { "references.bib" } else { "" };
        commands.push(format!("{entry} {} {file}", args.join(" ")));
    }
    let makefile = std::fs::read_to_string(Path::new(ROOT).join("samples/ci/Makefile")).unwrap();
    let recipes: Vec<&str> = makefile.lines().filter_map(|line| line.strip_prefix('\t')).collect();
    assert!(recipes.len() >= 3);
    commands.extend(recipes.iter().map(|recipe| recipe.replace("$@", "references.bib")));
    let latexmk = std::fs::read_to_string(Path::new(ROOT).join("samples/ci/.latexmkrc")).unwrap();
    let call = latexmk.split("system(").nth(1).unwrap().split(')').next().unwrap();
    commands.push(call.split(',').map(|it| it.trim().trim_matches('\'')).collect::<Vec<_>>().join(" "));
    for command in commands {
        let folder = sample();
        let (code, said) = bash(&command, folder.path(), &[]);
        assert_eq!(code, 0, "{command}: {said}");
    }
}
