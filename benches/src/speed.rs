//! Each reader, each writer and the common conversions, beside the bare parsers, in bytes of input and records per second.

use bibferry::convert::{self, Input, Options};
use bibferry::format::{Format, write_item};
use bibferry::formats;
use bibferry::read::{ReadOptions, Reading};
use bibferry::record::Item;
use bibferry::source::Place;
use bibferry::write::{Losses, WriteOptions, Writing};
use bibferry_bench::{bare, corpus};
use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};

const RECORDS: usize = 2000;

fn main() {
    divan::main();
}

/// The formats that hold a library.
const FORMATS: &[&str] = &["bibtex", "biblatex", "ris", "csl-json", "csv", "json"];

fn known(names: &[&'static str]) -> Vec<&'static Format> {
    names.iter().filter_map(|name| formats::by_name(name).ok()).collect()
}

fn library(format: &Format) -> String {
    let bib = corpus::bib(RECORDS);
    String::from_utf8(corpus::in_format(&bib, format.id).expect("the corpus converts")).expect("it is UTF-8")
}

fn readers() -> Vec<&'static str> {
    known(FORMATS).into_iter().filter(|format| format.read.is_some()).map(|format| format.id).collect()
}

fn writers() -> Vec<&'static str> {
    known(FORMATS).into_iter().filter(|format| format.write.is_some()).map(|format| format.id).collect()
}

fn items(format: &Format, text: &str, pieces: &[std::ops::Range<usize>], keep_source: bool) -> Vec<Item> {
    let options = ReadOptions { keep_source, ..ReadOptions::default() };
    let first = Place { input: 0, line: 1, column: 1 };
    let mut reading = Reading::new(text, pieces, format.family, first, &options);
    (format.read.expect("it is read"))(&mut reading);
    reading.finish().0
}

/// Where the records of a text begin.
fn pieces(format: &Format, text: &str) -> Vec<std::ops::Range<usize>> {
    let mut borders = vec![0];
    if let Some(make) = format.cutter {
        make().advance(bibferry::cut::Window { bytes: text.as_bytes(), start: 0, at_end: true }, &mut borders);
    }
    borders.push(text.len() as u64);
    borders.windows(2).map(|pair| pair[0] as usize..pair[1] as usize).collect()
}

#[divan::bench(args = readers())]
fn read(bencher: Bencher, format: &str) {
    let format = formats::by_name(format).expect("it is known");
    let text = library(format);
    let pieces = pieces(format, &text);
    bencher
        .counter(BytesCount::new(text.len()))
        .counter(ItemsCount::new(RECORDS))
        .bench_local(|| items(format, &text, &pieces, false));
}

#[divan::bench(args = writers())]
fn write(bencher: Bencher, format: &str) {
    let format = formats::by_name(format).expect("it is known");
    let (bib, text) = (formats::by_name("biblatex").expect("it is known"), corpus::bib(RECORDS));
    let items = items(bib, &text, &pieces(bib, &text), false);
    let writer = format.write.as_ref().expect("it is written");
    bencher.counter(BytesCount::new(text.len())).counter(ItemsCount::new(RECORDS)).bench_local(|| {
        let (mut out, mut sink, mut losses) = (String::new(), Vec::new(), Losses::new(false));
        for item in &items {
            let mut writing = Writing { out: &mut out, options: &WriteOptions::default(), sink: &mut sink, first: true };
            write_item(writer, item, &mut writing, &mut losses);
        }
        (out, losses)
    });
}

const CONVERSIONS: &[&str] = &[
    "bibtex>csl-json", "bibtex>ris", "bibtex>biblatex", "ris>bibtex", "ris>csl-json", "csl-json>bibtex", "csl-json>ris", "csv>ris",
];

fn conversions() -> Vec<&'static str> {
    let is_known = |it: &&&str| it.split('>').all(|name| formats::by_name(name).is_ok_and(|it| it.read.is_some()));
    CONVERSIONS.iter().filter(is_known).copied().collect()
}

#[divan::bench(args = conversions())]
fn whole(bencher: Bencher, conversion: &str) {
    let (from, to) = conversion.split_once('>').expect("there are two");
    let (from, to) = (formats::by_name(from).expect("known"), formats::by_name(to).expect("known"));
    let text = library(from);
    let input = [Input::bytes("corpus", &text)];
    let options = Options { from: Some(from), threads: 1, ..Options::to(to) };
    bencher.counter(BytesCount::new(text.len())).counter(ItemsCount::new(RECORDS)).bench_local(|| {
        let mut out = Vec::new();
        convert::run(&input, &mut out, &options, &mut ()).expect("it converts");
        out
    });
}

#[divan::bench(args = bare::PARSERS.iter().map(|(name, ..)| *name))]
fn parse_alone(bencher: Bencher, parser: &str) {
    let (_, extension, parse) = bare::named(parser).expect("it is known");
    let format = match *extension {
        "bib" => "biblatex",
        "csv" => "csv",
        _ => "csl-json",
    };
    let Ok(format) = formats::by_name(format) else { return };
    let text = library(format);
    bencher
        .counter(BytesCount::new(text.len()))
        .counter(ItemsCount::new(RECORDS))
        .bench_local(|| parse(&text).expect("it parses"));
}
