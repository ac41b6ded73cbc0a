//! Any bytes by any reader into any format: what is written reads back without an error, and what the loss report does not
//! name does not differ.
//!
//! The first byte of the input chooses the reader, the writer and whether leftovers are carried: one run is one conversion,
//! so that many runs fit into a second and each input is kept for what one conversion does.

#![no_main]

use bibferry::Diagnostic;
use bibferry::convert::{self, Input, Observer, Options};
use bibferry::formats;
use bibferry::loss::Loss;
use bibferry::record::Item;
use libfuzzer_sys::fuzz_target;

/// Keeps what `--verify` finds. Text between the entries of a .bib file may come from any format, and have entries in it as
/// no reader gives it: then .bib output is not looked at.
#[derive(Default)]
struct Strict {
    has_entries: bool,
    off: Vec<String>,
    passages: Vec<Box<str>>,
}

impl Observer for Strict {
    fn finding(&mut self, finding: Diagnostic) {
        if finding.code.id.starts_with("verify") {
            self.off.push(finding.message.to_string());
        }
    }
    fn loss(&mut self, _: Loss) {}
    fn item(&mut self, item: &Item) {
        if let Item::Passage(passage) = item {
            if passage.family == "bibtex" {
                self.passages.push(passage.raw.as_str().into());
            }
        }
    }
}

impl Strict {
    /// Whether what is said to stand between the entries of a .bib file is one.
    fn has_entries(mut self) -> bool {
        let options = Options { from: formats::by_name("bibtex").ok(), threads: 1, ..Options::default() };
        for passage in std::mem::take(&mut self.passages) {
            let input = Input::bytes("passage", passage.as_bytes());
            let outcome = convert::run(&[input], &mut Vec::new(), &options, &mut self);
            self.has_entries |= outcome.is_ok_and(|it| it.records > 0);
        }
        self.has_entries
    }
}

fuzz_target!(|data: &[u8]| {
    let Some((choice, bytes)) = data.split_first() else { return };
    let choice = usize::from(*choice);
    let readers: Vec<_> = formats::ALL.iter().copied().filter(|format| format.read.is_some()).collect();
    let writers: Vec<_> = formats::ALL.iter().copied().filter(|format| format.write.is_some()).collect();
    assert!(readers.len() * writers.len() * 2 <= 256, "one byte no longer chooses among all conversions");
    let from = match std::env::var("FORMAT") {
        Ok(name) => formats::by_name(&name).expect("a format"),
        Err(_) => readers[choice % readers.len()],
    };
    let way = choice / readers.len();
    let to = writers[way % writers.len()];
    let mut options = Options { from: Some(from), threads: 1, verify: true, ..Options::to(to) };
    options.write.carry = way / writers.len() % 2 == 1;
    let mut out = Vec::new();
    let mut strict = Strict::default();
    let _ = convert::run(&[Input::bytes("fuzz", bytes)], &mut out, &options, &mut strict);
    if !strict.off.is_empty() {
        let off = std::mem::take(&mut strict.off);
        let is_odd = to.family == "bibtex" && strict.has_entries();
        assert!(is_odd, "{} to {}, carry {}: {off:?}", from.id, to.id, options.write.carry);
    }
});
