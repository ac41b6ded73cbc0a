//! Any bytes into the same format and again: what was written is written the same the second time.

#![no_main]

use bibferry::convert::{self, Input, Options};
use bibferry::format::Format;
use bibferry::formats;
use libfuzzer_sys::fuzz_target;

fn again(format: &'static Format, bytes: &[u8]) -> Vec<u8> {
    let options = Options { from: Some(format), threads: 1, ..Options::to(format) };
    let mut out = Vec::new();
    let _ = convert::run(&[Input::bytes("fuzz", bytes)], &mut out, &options, &mut ());
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
    let once = again(format, bytes);
    let twice = again(format, &once);
    assert!(
        once == twice,
        "{}: {:?} becomes {:?}",
        format.id,
        String::from_utf8_lossy(&once),
        String::from_utf8_lossy(&twice)
    );
});
