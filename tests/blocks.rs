//! Any number of threads, any size of blocks: the same bytes, the same findings, the same losses.

#![allow(clippy::unwrap_used, clippy::format_push_string, reason = "a test")]

mod common;

use bibferry::convert::Options;
use bibferry::formats;
use common::{line, options, relative, run, samples};

/// Any threads and blocks give the same of an input in all formats; how many were compared.
fn compare(name: &str, bytes: &[u8]) -> usize {
    let mut compared = 0;
    for format in formats::ALL.iter().copied().filter(|format| format.write.is_some()) {
        let mut first = None;
        for (threads, block_size) in [(1, 1 << 20), (1, 64), (2, 64), (7, 64), (2, 4096), (7, 4096), (7, 1 << 20)] {
            let options = Options { threads, block_size, repair: None, ..options(Some(format)) };
            let (out, told, outcome) = run(name, bytes, &options);
            let this = (String::from_utf8(out).unwrap(), told.lines, outcome.records, outcome.losses.summary());
            match &first {
                None => first = Some(this),
                Some(first) => {
                    assert!(*first == this, "{name} to {}: {threads} threads, blocks of {block_size}", format.id);
                    compared += 1;
                }
            }
        }
    }
    compared
}

#[test]
fn threads_and_blocks_do_not_show() {
    let compared: usize =
        samples("samples").iter().map(|path| compare(&relative(path), &std::fs::read(path).unwrap())).sum();
    assert!(compared > 0);
}

/// Found with files changed by chance.
#[test]
fn blocks_do_not_show_in_odd_inputs() {
    let record = "@misc{k, title = {A title of some length, so that blocks end behind it}}\n";
    for input in [
        // A byte that is not UTF-8 is one character of its line in each block.
        b"@misc{a, title = {\xa3 and so on, up to a length at which a block ends}},@book{b,\n\n@misc{c, title = {C}}\n"
            .as_slice(),
        // What is mended by what follows, in a block whose bytes were guessed.
        b"\xff@misc{key@misc(= x".as_slice(),
        // Links in letter cases that nobody has.
        [&record.repeat(3), "@inbook{c, cRossReF = {nobody}}\n", record, "@inbook{d, crossref = {k}}\n"]
            .concat()
            .as_bytes(),
        ["@XDATA{x, title = {X}}\n", &record.repeat(3), "@book{y, XdaTa = {x}}\n"].concat().as_bytes(),
    ] {
        assert!(compare("odd.bib", input) > 0);
    }
}

/// Many records, so that blocks of every size really are many.
#[test]
fn many_blocks_come_out_in_order() {
    let jsonl = formats::by_name("jsonl").unwrap();
    let mut input = String::new();
    for n in 0..3000 {
        input += &format!("{{\"kind\":\"book\",\"key\":\"k{}\",\"fields\":{{\"title\":\"Number {n}\"}}}}\n", n % 1000);
        if n % 500 == 77 {
            input += "{\"kind\":\"book\",\"fields\":{\"title\":\"unclosed}\n";
        }
    }
    let json = formats::by_name("json").unwrap();
    let whole = run("a.jsonl", input.as_bytes(), &Options { block_size: 1 << 30, ..options(Some(json)) });
    assert_eq!((whole.2.records, whole.2.errors), (3000, 6));
    for (threads, block_size) in [(2, 64), (7, 1000), (3, 4096)] {
        let this = run("a.jsonl", input.as_bytes(), &Options { threads, block_size, ..options(Some(jsonl)) });
        let back = run("b.jsonl", &this.0, &options(Some(json)));
        assert!(back.0 == whole.0, "{threads} threads, blocks of {block_size}");
        let lines = |told: &common::Told| told.findings.iter().map(line).collect::<Vec<_>>();
        assert_eq!(lines(&this.1), lines(&whole.1));
    }
}

/// What stands for what an `@string` says does so in .bib as long as the `@string` is there, in whatever block: without it
/// the value is written out.
#[test]
fn macros_of_dumps_say_what_they_said() {
    let by_name = |name| Some(formats::by_name(name).unwrap());
    let mut bib = String::new();
    for n in 0..40 {
        if n % 10 == 0 {
            bib += &format!("@string{{p = {{House {n}}}}}\n\n");
        }
        bib +=
            &format!("@book{{k{n},\n  title = {{T}},\n  publisher = p,\n  note = nobody,\n  odd = {{a }} # P,\n}}\n\n");
    }
    let dump = run("a.bib", bib.as_bytes(), &options(by_name("jsonl"))).0;
    let dump = String::from_utf8(dump).unwrap();
    let records: String = dump.lines().filter(|line| line.contains("\"kind\"")).flat_map(|line| [line, "\n"]).collect();
    for input in [&dump, &records] {
        let mut all = Vec::new();
        for (threads, block_size) in [(1, 1 << 20), (2, 64), (7, 4096)] {
            let options = Options { threads, block_size, verify: true, ..options(by_name("bibtex")) };
            let (out, told, _) = run("a.jsonl", input.as_bytes(), &options);
            assert!(told.lines.is_empty(), "{:?}", told.lines);
            all.push(String::from_utf8(out).unwrap());
        }
        assert!(all.iter().all(|out| *out == all[0]));
        let entries = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        if input == &dump {
            assert_eq!(entries(&all[0]), entries(&bib));
        } else {
            assert_eq!(all[0].matches("publisher = {House 10}").count(), 10);
            assert_eq!(all[0].matches("odd = {a House 10}").count(), 10);
            assert_eq!(all[0].matches("note = nobody").count(), 40);
        }
    }
}

/// Inputs that fail cost one finding each, wherever they stand.
#[test]
fn failed_inputs_do_not_stop_the_others() {
    use bibferry::convert::{self, Input};
    let jsonl = formats::by_name("jsonl").unwrap();
    let good = || Input::bytes("a.jsonl", "{\"kind\":\"book\",\"fields\":{\"title\":\"A\"}}\n");
    let bad = || Input::path("no/such/file.json");
    for threads in [1, 2, 7] {
        for (inputs, records, failed) in [
            (vec![bad()], 0, 1),
            (vec![bad(), good(), bad(), good(), bad()], 2, 3),
            (vec![Input::bytes("empty.json", "")], 0, 0),
            (vec![], 0, 0),
        ] {
            let (mut out, mut told) = (Vec::new(), common::Told::default());
            let options = Options { threads, ..options(Some(jsonl)) };
            let outcome = convert::run(&inputs, &mut out, &options, &mut told).unwrap();
            assert_eq!(
                (outcome.records, outcome.failed, outcome.errors),
                (records, failed, failed),
                "{threads} threads"
            );
        }
    }
}

/// `--verify` finds nothing in what we write.
#[test]
fn samples_verify() {
    let mut verified = 0;
    for path in samples("samples") {
        let bytes = std::fs::read(&path).unwrap();
        for format in formats::ALL.iter().copied().filter(|format| format.write.is_some() && format.read.is_some()) {
            for carry in [false, true] {
                let mut options = Options { verify: true, repair: None, ..options(Some(format)) };
                options.write.carry = carry;
                let (_, told, _) = run(&relative(&path), &bytes, &options);
                let differs: Vec<_> =
                    told.findings.iter().filter(|it| it.code.id == "verify-differs").map(line).collect();
                assert_eq!(differs, [""; 0], "{} to {}, carry: {carry}", relative(&path), format.id);
                verified += 1;
            }
        }
    }
    assert!(verified > 0);
}
