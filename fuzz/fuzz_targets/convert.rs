//! Any bytes, by whatever reader they look like, into every format: what is written reads back without an error, and
//! what the loss report does not name does not differ.

#![no_main]

use bibferry::convert::{self, Input, Observer, Options};
use bibferry::formats;
use bibferry::loss::Loss;
use bibferry::Diagnostic;
use libfuzzer_sys::fuzz_target;

/// Keeps what `--verify` finds. But where something in a .bib file has no end, where it ends is guessed by what follows,
/// which in what is written is something else: there .bib output is not looked at. Findings come in the order of their
/// places, so which it is is known at the end.
#[derive(Default)]
struct Strict {
    has_no_end: bool,
    off: Vec<String>,
}

impl Observer for Strict {
    fn finding(&mut self, finding: Diagnostic) {
        self.has_no_end |= finding.code.id == "bib-unclosed";
        if finding.code.id.starts_with("verify") {
            self.off.push(finding.message.to_string());
        }
    }
    fn loss(&mut self, _: Loss) {}
}

fuzz_target!(|data: &[u8]| {
    let Some((choice, bytes)) = data.split_first() else { return };
    let readers: Vec<_> = formats::ALL.iter().copied().filter(|format| format.read.is_some()).collect();
    let from = match std::env::var("FORMAT") {
        Ok(name) => formats::by_name(&name).expect("a format"),
        Err(_) => readers[usize::from(*choice) % readers.len()],
    };
    for to in formats::ALL.iter().copied().filter(|format| format.write.is_some()) {
        for carry in [false, true] {
            let mut options = Options { from: Some(from), threads: 1, verify: true, ..Options::to(to) };
            options.write.carry = carry;
            let mut out = Vec::new();
            let mut strict = Strict::default();
            let _ = convert::run(&[Input::bytes("fuzz", bytes)], &mut out, &options, &mut strict);
            let is_guessed = strict.has_no_end && to.family == "bibtex";
            assert!(strict.off.is_empty() || is_guessed, "{} to {}: {:?}", from.id, to.id, strict.off);
        }
    }
});
