//! Any bytes into the same format and again: what was written is written the same the second time.

#![no_main]

use bibferry::convert::{self, Input, Observer, Options};
use bibferry::format::Format;
use bibferry::formats;
use bibferry::loss::Loss;
use bibferry::Diagnostic;
use libfuzzer_sys::fuzz_target;

/// Looks whether something in a .bib file has no end: where it ends is guessed by what follows, which in what is written is
/// something else.
#[derive(Default)]
struct Ends {
    missing: bool,
}

impl Observer for Ends {
    fn finding(&mut self, finding: Diagnostic) {
        self.missing |= finding.code.id == "bib-unclosed";
    }
    fn loss(&mut self, _: Loss) {}
}

fn again(format: &'static Format, bytes: &[u8], ends: &mut Ends) -> Vec<u8> {
    let options = Options { from: Some(format), threads: 1, ..Options::to(format) };
    let mut out = Vec::new();
    let _ = convert::run(&[Input::bytes("fuzz", bytes)], &mut out, &options, ends);
    out
}

fuzz_target!(|data: &[u8]| {
    let Some((choice, bytes)) = data.split_first() else { return };
    let both: Vec<_> =
        formats::ALL.iter().copied().filter(|format| format.read.is_some() && format.write.is_some()).collect();
    let format = match std::env::var("FORMAT") {
        Ok(name) => formats::by_name(&name).expect("a format"),
        Err(_) => both[usize::from(*choice) % both.len()],
    };
    let mut ends = Ends::default();
    let once = again(format, bytes, &mut ends);
    let twice = again(format, &once, &mut ends);
    assert!(
        once == twice || ends.missing,
        "{}: {:?} becomes {:?}",
        format.id,
        String::from_utf8_lossy(&once),
        String::from_utf8_lossy(&twice)
    );
});
