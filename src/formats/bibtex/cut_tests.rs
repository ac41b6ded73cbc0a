//! The cutter against the lexer: on nasty texts, on real files, and in time.

use super::super::lex::{Element, Lexer, Value, lex, outlined};
use super::super::outline::Outline;
use super::*;
use crate::cut::Outlined;
use crate::encoding::{Growth, decode_onto};
use proptest::prelude::*;

/// The borders with the bytes coming in steps of these lengths, over and over.
fn borders_by(text: &str, steps: &[usize]) -> Vec<u64> {
    borders_of(BibCutter::default(), text, steps)
}

/// The same of a cutter that is asked for nothing else.
fn borders_alone(text: &str, steps: &[usize]) -> Vec<u64> {
    let mut cutter = BibCutter::default();
    cutter.forgo_outlines();
    borders_of(cutter, text, steps)
}

fn borders_of(mut cutter: BibCutter, text: &str, steps: &[usize]) -> Vec<u64> {
    let (mut all, mut start, mut end) = (Vec::new(), 0, 0);
    for step in steps.iter().cycle() {
        end = (end + step.max(&1)).min(text.len());
        let at_end = end == text.len();
        cutter.advance(Window { bytes: &text.as_bytes()[start..end], start: start as u64, at_end }, &mut all);
        start = all.last().map_or(0, |last| *last as usize);
        if at_end {
            break;
        }
    }
    all
}

/// That what the cutter says of blocks is what the lexer finds in the whole, with the bytes coming in steps of these
/// lengths and blocks of at least so many bytes.
fn outlines_are_the_whole(text: &str, steps: &[usize], block: usize) -> Result<(), TestCaseError> {
    let mut cutter = BibCutter::default();
    let (mut borders, mut start, mut end, mut found) = (Vec::new(), 0, 0, Vec::new());
    for step in steps.iter().cycle() {
        end = (end + step.max(&1)).min(text.len());
        let at_end = end == text.len();
        cutter.advance(Window { bytes: &text.as_bytes()[start..end], start: start as u64, at_end }, &mut borders);
        let cuts = borders.iter().map(|border| *border as usize).chain(at_end.then_some(end)).collect::<Vec<usize>>();
        for to in cuts {
            if to < start + block && !(at_end && to == end) || to == start {
                continue;
            }
            let outline = cutter.outline(start as u64, to as u64).and_then(|outline| outline.downcast().ok());
            prop_assert!(outline.is_some(), "{start}..{to} of {text:?}");
            for mut element in outline.into_iter().flat_map(|outline| outlined(&text[start..to], outline)) {
                move_by(&mut element, start);
                found.push(format!("{element:?}"));
            }
            start = to;
        }
        if at_end {
            break;
        }
    }
    let all: Vec<String> = lex(text).map(|element| format!("{element:?}")).collect();
    prop_assert_eq!(found, all, "{:?}", text);
    Ok(())
}

/// That ranges follow each other, that borders do not depend on how the bytes arrive, and that each piece gives what
/// the whole does.
fn check(text: &str) -> Result<(), TestCaseError> {
    let mut at = 0;
    for element in lex(text) {
        prop_assert_eq!(element.range().start, at, "ranges follow each other in {:?}", text);
        at = element.range().end;
    }
    prop_assert_eq!(at, text.len());
    let whole = borders_by(text, &[text.len()]);
    for step in [1, 2, 3, 7, 64] {
        prop_assert_eq!(&borders_by(text, &[step]), &whole, "step {} of {:?}", step, text);
    }
    for step in [1, 7, 64, text.len()] {
        prop_assert_eq!(&borders_alone(text, &[step]), &whole, "passing in steps of {} over {:?}", step, text);
    }
    for (step, block) in [(1, 1), (5, 1), (7, 40), (text.len(), 1), (text.len(), 64)] {
        outlines_are_the_whole(text, &[step], block)?;
    }
    pieces_are_the_whole(text, &whole)
}

/// That the outline of a text of which a letter is a byte of Windows-1252 is what the lexer finds when that is decoded.
/// Whether there is one: of what is damaged there is not.
fn outline_grows(text: &str, letter: u8, byte: u8) -> Result<bool, TestCaseError> {
    let bytes: Vec<u8> = text.bytes().map(|it| if it == letter { byte } else { it }).collect();
    let mut cutter = BibCutter::default();
    cutter.advance(Window { bytes: &bytes, start: 0, at_end: true }, &mut Vec::new());
    let outline = cutter.outline(0, bytes.len() as u64).and_then(|outline| outline.downcast::<Outline>().ok());
    let (mut text, mut growth) = (String::new(), Growth::default());
    decode_onto(&mut text, &bytes, &mut |at, character| growth.push(at, character));
    let Some(grown) = outline.and_then(|outline| outline.grown(&growth)) else { return Ok(false) };
    let elements = |elements: Lexer<'_>| elements.map(|element| format!("{element:?}")).collect::<Vec<_>>();
    prop_assert_eq!(elements(outlined(&text, Box::new(grown))), elements(lex(&text)), "{:?}", text);
    Ok(true)
}

#[test]
fn a_sound_entry_has_an_outline_in_whatever_encoding() {
    let text = "@string{a = \"b c\"}\n@article{key, author = {Doe, Jane}, title = \"A {b}\", year = 2001, note = a # {x}}\n";
    for letter in b"aektbJ0" {
        assert!(outline_grows(text, *letter, 0xe9).unwrap());
    }
}

fn pieces_are_the_whole(text: &str, whole: &[u64]) -> Result<(), TestCaseError> {
    let mut ends: Vec<usize> = whole.iter().map(|at| *at as usize).collect();
    ends.push(text.len());
    let mut pieces = Vec::new();
    let mut from = 0;
    for to in ends {
        pieces.extend(lex(&text[from..to]).map(|mut element| {
            move_by(&mut element, from);
            format!("{element:?}")
        }));
        from = to;
    }
    let all: Vec<String> = lex(text).map(|element| format!("{element:?}")).collect();
    prop_assert_eq!(pieces, all, "{:?}", text);
    Ok(())
}

fn move_by(element: &mut Element<'_>, by: usize) {
    match element {
        Element::Entry(entry) | Element::Strings(entry) | Element::Preamble(entry) => {
            entry.word_at += by;
            if entry.key_at > 0 {
                entry.key_at += by;
            }
            entry.range = entry.range.start + by..entry.range.end + by;
            entry.faults.iter_mut().for_each(|fault| fault.1 += by);
            for field in &mut entry.fields {
                field.at += by;
                match &mut field.value {
                    Value::None => {}
                    Value::One(piece) => piece.at += by,
                    Value::Many(pieces) => pieces.iter_mut().for_each(|piece| piece.at += by),
                }
            }
        }
        Element::Comment(comment) => comment.range = comment.range.start + by..comment.range.end + by,
        Element::Text(range) => *range = range.start + by..range.end + by,
    }
}

const SNIPPETS: &[&str] = &[
    "@article{key, title = {A {B} c}, year = 2000}\n",
    "@book(k, t = \"a {\"} b\" # jan,)\n",
    "@string{x = \"y\"}\n",
    "@preamble{\"z\"}\n",
    "@comment{x\n@misc{a, b={c}}\n}\n",
    "@comment line\n",
    "text\n",
    "% @misc{k,\n",
    "@article{a,\n t={x,\n y={1}\n}\n",
    "@article{a,\n t={{x},\n",
    "@article{a,\n t=\"x,\n y={1}\n}\n",
    "\n@misc{b,",
    "\n @misc(b,",
    "@comment{",
    "@string{",
    "\n@comment",
    "@",
    "{",
    "}",
    "(",
    ")",
    "\"",
    "=",
    ",",
    "#",
    "%",
    "\\",
    "\n",
    "\r\n",
    "\r",
    " ",
    "\t",
    "\u{a0}",
    "é",
    "word",
    " = ",
    "= {",
    "= \"",
    "},\n",
    "\",\n",
    "}}\n",
    "year = 2000,\n",
    "\nt = {",
    "a,\nb = {c},\n",
    "@misc{,\n",
    "@x",
    "100%",
    "100% a",
    "two words",
    "\"n\" = ",
    "k{x}y",
    "},\nu={y},\n",
    "}\nu={y},\n",
    "a@b.c",
    "@4w{",
    "@comment x @a{k, ",
    "\\{",
    "\0",
];

const FIELDS: &[&str] = &[
    "a = {b},\n",
    "a = {{b} c}, ",
    "d = \"e\",\n",
    "d = \"{e \"f\"} g\" # jan,\n",
    "h = jan # {i},\n",
    "j = 2000,\n",
    "k = {l@m.n},\n",
    "o = {100% of\n it}\n",
    "% p = {q\n",
];

fn hostile() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(SNIPPETS), 0..24).prop_map(|parts| parts.concat())
}

/// Enough for a run of all tests; 30 000 were run when this was written.
const CASES: u32 = 1500;

/// All texts of a folder, and what is below it.
fn texts(folder: &str) -> Vec<(std::path::PathBuf, String)> {
    let (mut folders, mut texts) = (vec![std::path::PathBuf::from(folder)], Vec::new());
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(text) = std::fs::read_to_string(&path) {
                texts.push((path, text));
            }
        }
    }
    texts
}

/// Real files, where there are some, with the bytes coming in by chance.
#[test]
fn real_files_are_cut_where_they_are_lexed() {
    let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
    let mut chance = || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed as usize
    };
    for (path, text) in texts("/work/shared/corpus/bib").into_iter().chain(texts("samples")) {
        if text.len() > 4 << 20 || path.extension().is_none_or(|extension| !extension.to_string_lossy().starts_with("bib"))
        {
            continue;
        }
        let whole = borders_by(&text, &[text.len()]);
        for most in [40, 700, 9000] {
            let steps: Vec<usize> = (0..97).map(|_| chance() % most + text.len() / 5000).collect();
            assert_eq!(borders_by(&text, &steps), whole, "{}", path.display());
            assert_eq!(borders_alone(&text, &steps), whole, "{}", path.display());
            outlines_are_the_whole(&text, &steps, most).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        }
        pieces_are_the_whole(&text, &whole).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(CASES))]
    #[test]
    fn pieces_are_lexed_as_the_whole_is(text in hostile()) {
        check(&text)?;
    }

    #[test]
    fn borders_do_not_depend_on_how_bytes_arrive(text in hostile(), steps in prop::collection::vec(0_usize..40, 1..30)) {
        prop_assert_eq!(borders_by(&text, &steps), borders_by(&text, &[text.len()]));
    }

    #[test]
    fn outlines_of_bytes_are_those_of_the_longer_text(text in hostile(), letter in "[a-z ]", byte in 0x80_u8..) {
        outline_grows(&text, letter.as_bytes()[0], byte)?;
    }

    #[test]
    fn entries_are_passed_over_as_they_are_read(
        entries in prop::collection::vec((prop::collection::vec(prop::sample::select(FIELDS), 0..5), 0..3_usize), 1..5),
        damage in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(SNIPPETS)), 0..3),
    ) {
        let entry = |(fields, form): (Vec<&str>, usize)| {
            format!("{}{}{}", ["@book{k,\n", "@misc {M{\\\"u}ller,", "\n@a{ b\n ,"][form], fields.concat(), ["}\n\n", "\n}", "}\n% x\n"][form])
        };
        let mut text: String = entries.into_iter().map(entry).collect();
        for (at, snippet) in damage {
            let at = (0..=at.index(text.len() + 1)).rfind(|at| text.is_char_boundary(*at)).unwrap_or_default();
            text.insert_str(at, snippet);
        }
        prop_assert_eq!(borders_alone(&text, &[text.len()]), borders_by(&text, &[text.len()]), "{:?}", text);
    }

    #[test]
    fn no_text_is_too_much(text in "[@{}()\"=,#%\\\\ab \n\r]{0,60}") {
        check(&text)?;
    }
}

/// Each of these would take minutes if any of it were read more often than a few times.
#[test]
fn hostile_texts_take_linear_time() {
    let n = 10_000;
    for unit in [
        "{",
        "}",
        "@",
        "@a{",
        "@a{b,\n",
        "\n@a{b,t={\n",
        "\n@a{b,t=\"{\n",
        "\n@comment{",
        "\n@a{b,\nt={x,\n",
        "\n@a{b,t={{x},\n y={1}\n}\n",
        "t={x,\n",
        "\"",
        "%",
        " ",
        "\n",
        "@ ",
        "(",
        "\n%",
        ",a",
        "@a{b,t={\n@c{d,}},\n",
        "{}",
        "\na={\"x\",\n",
        "\\",
        "#",
        "=\"",
    ] {
        for before in ["", "@a{b, t={", "@a{b, t=\"", "@a{b,", "@a{", "@comment{"] {
            let text = [before, &unit.repeat(n)].concat();
            let started = std::time::Instant::now();
            assert!(lex(&text).count() > 0);
            assert!(borders_by(&text, &[64 << 10]).len() <= n + 1);
            assert!(started.elapsed().as_millis() < 4000, "{before:?} {unit:?}: {:?}", started.elapsed());
        }
    }
}

/// Megabytes without a line's end. Each takes half a second where nothing else runs, and hours if time were quadratic.
#[test]
fn long_lines_take_linear_time() {
    for unit in ["{", "}", "\"", "@a{", "@a{b,c=", "\"{", "@a{b,c={", "@a{b,c=\"", "{}", ",", "=", "#", "a ", "%", "é"] {
        for before in ["", "@a{b,c={", "@a{b,c=\"", "@comment{"] {
            let text = [before, &unit.repeat((10 << 20) / unit.len())].concat();
            let started = std::time::Instant::now();
            let elements = lex(&text).count();
            let lexed = started.elapsed();
            let borders = borders_by(&text, &[64 << 10]).len();
            let all = started.elapsed();
            assert!(elements > 0 && borders <= elements);
            assert!(all.as_secs() < 60, "{before:?} {unit:?}: {lexed:?} {all:?}");
        }
    }
    for depth in [100_000, 1_000_000] {
        let text = format!("@a{{k, t={}x{}, u=1}}", "{".repeat(depth), "}".repeat(depth));
        let started = std::time::Instant::now();
        let elements: Vec<_> = lex(&text).collect();
        assert!(matches!(&elements[..], [Element::Entry(entry)] if entry.fields.len() == 2 && entry.faults.is_empty()));
        assert!(started.elapsed().as_secs() < 60);
    }
}
