//! Any bytes as input of one reader, in blocks of any size: no panic, and the same items whatever the blocks.
//!
//! `FORMAT` names the reader; without it the first byte of the input chooses one.

#![no_main]

use bibferry::convert::{self, Input, Options};
use bibferry::format::Format;
use bibferry::formats;
use bibferry::transform::repair::Level;
use libfuzzer_sys::fuzz_target;

fn reader(choice: u8) -> &'static Format {
    let readers: Vec<_> = formats::ALL.iter().copied().filter(|format| format.read.is_some()).collect();
    match std::env::var("FORMAT") {
        Ok(name) => formats::by_name(&name).expect("a format"),
        Err(_) => readers[usize::from(choice) % readers.len()],
    }
}

fn read(format: &'static Format, bytes: &[u8], threads: usize, block_size: usize) -> Vec<u8> {
    let to = formats::by_name("jsonl").expect("a format");
    let options = Options {
        from: Some(format),
        repair: Some(Level::All),
        threads,
        block_size,
        check: true,
        ..Options::to(to)
    };
    let mut out = Vec::new();
    let _ = convert::run(&[Input::bytes("fuzz", bytes)], &mut out, &options, &mut ());
    out
}

fuzz_target!(|data: &[u8]| {
    let Some((choice, bytes)) = data.split_first() else { return };
    let format = reader(*choice);
    let whole = read(format, bytes, 1, 1 << 20);
    let blocks = read(format, bytes, 1, 64);
    assert!(whole == blocks, "{}: blocks show", format.id);
});
