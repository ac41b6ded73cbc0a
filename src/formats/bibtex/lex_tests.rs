//! The lexer on what people write, and its cutter against it.

use super::super::cut::BibCutter;
use super::*;
use crate::cut::{Cutter, Window};
use proptest::prelude::*;
use std::fmt::Write;

/// Elements on one line: `@word(key) name=pieces; … !faults`.
fn show(text: &str) -> String {
    let mut out = String::new();
    for element in lex(text) {
        if !out.is_empty() {
            out.push('|');
        }
        match element {
            Element::Entry(entry) | Element::Strings(entry) | Element::Preamble(entry) => {
                let _ = write!(out, "@{}({})", entry.word, entry.key);
                for field in &entry.fields {
                    let _ = write!(out, " {}=", field.name);
                    for (n, piece) in field.value.pieces().iter().enumerate() {
                        let hash = if n > 0 { "#" } else { "" };
                        let _ = match piece.kind {
                            Kind::Braced => write!(out, "{hash}{{{}}}", piece.text),
                            Kind::Quoted => write!(out, "{hash}\"{}\"", piece.text),
                            Kind::Number | Kind::Macro => write!(out, "{hash}{}", piece.text),
                        };
                        assert_eq!(text.get(piece.at..piece.at + piece.text.len()), Some(piece.text));
                    }
                }
                for (fault, at) in &entry.faults {
                    let _ = write!(out, " !{fault:?}{at}");
                }
            }
            Element::Comment(comment) => {
                let _ = write!(out, "comment {}{}", comment.text, if comment.unclosed { " !" } else { "" });
            }
            Element::Text(range) => out.push_str(text[range].trim()),
        }
    }
    out.replace(['\n', '\r'], "/")
}

#[test]
fn what_bibtex_takes() {
    for (text, shown) in [
        ("@article{a, title = {T {X}}, year=1984}", "@article(a) title={T {X}} year=1984"),
        ("@Article(a, title = \"T {\"} X\", year= 1984,)", "@Article(a) title=\"T {\"} X\" year=1984"),
        ("@a{k,m = \"10~\" # jan # {x}#1}", "@a(k) m=\"10~\"#jan#{x}#1"),
        ("@string{x = {Y}}@string(z=x#\"b\")", "@string() x={Y}|@string() z=x#\"b\""),
        ("@preamble{\"a\" # {b}}x", "@preamble() =\"a\"#{b}|x"),
        ("@ article\n{ k\n,\r\n title\r=\n{x} }", "@article(k) title={x}"),
        ("@misc{k}", "@misc(k)"),
        ("@misc{k,}", "@misc(k)"),
        ("@misc{,title={x}}", "@misc() title={x}"),
        ("@misc{title = {x}, b=2}", "@misc() title={x} b=2"),
        ("@misc{}", "@misc()"),
        (
            "@misc{10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2, a=1}",
            "@misc(10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2) a=1",
        ),
        ("@misc{a=b+é O\"Brien, a=1}", "@misc(a=b+é O\"Brien) a=1"),
        ("@misc{k,a={1},a={2},A={3}}", "@misc(k) a={1} a={2} A={3}"),
        ("@misc{k,a={1},\n% b={2}, }\nc=3}", "@misc(k) a={1} c=3"),
        ("@misc{k,a={100% {x}\n% y}}", "@misc(k) a={100% {x}/% y}"),
        ("@comment{jabref-meta: {x};}@comment x @misc{a}\ny", "comment jabref-meta: {x};|comment  x @misc{a}|y"),
        ("text me@x.org (home) @ { @misc{k} % @misc{l}", "text me@x.org (home) @ {|@misc(k)|%|@misc(l)"),
        ("% @misc{k,}\n@misc{l,}", "% @misc{k,}|@misc(l)"),
        ("@comment{\n@misc{a,\nb={c}}\n}\n@misc{l,}", "comment /@misc{a,/b={c}}/||@misc(l)"),
        ("@misc{k, bdsk-url-1 = {x}, author+an:o = {1=\"a\"}}", "@misc(k) bdsk-url-1={x} author+an:o={1=\"a\"}"),
    ] {
        assert_eq!(show(text), shown, "{text}");
    }
}

#[test]
fn what_people_have() {
    for (text, shown) in [
        (
            "@a{k title={x} year=2000 month=jan}",
            "@a(k) title={x} year=2000 month=jan !MissingComma5 !MissingComma15 !MissingComma25",
        ),
        ("@a{k\n title={x},,year=2000,,}", "@a(k) title={x} year=2000 !MissingComma6"),
        ("@a{k, title {x}, year \"2000\"}", "@a(k) title={x} year=\"2000\" !MissingEquals12 !MissingEquals22"),
        ("@a{k, title=, year= }", "@a(k) title= year= !MissingValue12 !MissingValue20"),
        ("@a{k, title={x}},\n year={2000},\n}\n", "@a(k) title={x} year={2000} !StrayBrace15|"),
        ("@a{k, title=\"the \"big\" one\", y=1}", "@a(k) title=\"the \"big\" one\" y=1 !InnerQuote17 !InnerQuote21"),
        ("@a{k, Date Added={x}}", "@a(k) Added={x} !Junk11"),
        ("@a{k, t={a} {b}, ), y=1}", "@a(k) t={a}#{b} y=1 !MissingHash12 !Junk17"),
        ("@a(k, t={a}}", "@a(k) t={a} !WrongDelimiter11"),
    ] {
        assert_eq!(show(text), shown, "{text}");
    }
}

#[test]
fn damage_ends_with_its_entry() {
    for (text, shown) in [
        // The entry's own brace.
        ("@a{k, t={x}\n\n@b{l, t={y}}", "@a(k) t={x} !UnclosedEntry2|@b(l) t={y}"),
        ("@a{k, t={x},\n@comment{y}", "@a(k) t={x} !UnclosedEntry2|comment y"),
        ("@a{k\n@b{l}", "@a(k) !UnclosedEntry2|@b(l)"),
        ("@a{\n@b{l}", "@a() !UnclosedEntry2|@b(l)"),
        // A value's brace: the fields that it swallowed are given back.
        ("@a{k,\n t={x,\n y={1},\n z=2\n}\n@b{l, t={y}}", "@a(k) t={x} y={1} z=2 !UnclosedBrace9||@b(l) t={y}"),
        ("@a{k,\n t={{x},\n y={1}\n@b{l, t={y}}", "@a(k) t={{x}} y={1} !UnclosedBrace9 !UnclosedEntry2|@b(l) t={y}"),
        ("@a{k, t={x\n@b{l, t={y}}", "@a(k) !UnclosedBrace8|@b(l) t={y}"),
        ("@a{k, t={{x, y={1}}\n@b{l, t={y}}\n@c{m, z=1}}", "@a(k) !UnclosedBrace8|@b(l) t={y}||@c(m) z=1|}"),
        ("@a{k, t={{{x, y={1}}\n@b{l, t={y}}\n@c{m, z={1}}", "@a(k) !UnclosedBrace8|@b(l) t={y}||@c(m) z={1}"),
        // A quote.
        ("@a{k,\n t=\"x,\n y={1}\n}\n@b{l, t={y}}", "@a(k) t=\"x\" y={1} !UnclosedQuote9||@b(l) t={y}"),
        ("@a{k,\n t=\"x,\n y=\"1\",\n}\n@b{l, t={y}}", "@a(k) t=\"x\" y=\"1\" !UnclosedQuote9||@b(l) t={y}"),
        ("@a{k, t=\"x}\n@b{l, t={y}}", "@a(k) !UnclosedQuote8||@b(l) t={y}"),
        ("@a{k, t=\"x\n@b{l, t={y}}", "@a(k) !UnclosedQuote8|@b(l) t={y}"),
        // A comment.
        ("@comment{x\n@b{l, t={y}}", "comment x/ !|@b(l) t={y}"),
        // The end of the file.
        ("@a{k, t={x}", "@a(k) t={x} !UnclosedEntry2"),
        ("@a{k, t=jan", "@a(k) t=jan !UnclosedEntry2"),
        ("@a{k, t={x", "@a(k) !UnclosedBrace8"),
        ("@a{k, t={x,\ny = {1}", "@a(k) t={x} y={1} !UnclosedBrace8 !UnclosedEntry2"),
        ("@a{k", "@a(k) !UnclosedEntry2"),
        ("@a{k, t", "@a(k) t= !MissingValue7 !UnclosedEntry2"),
        ("@a", "@a"),
        ("@comment", "comment "),
        // What looks like an entry and is text.
        ("@a{k, t={x\n@b{l, t={y}}\n z}, y=1}", "@a(k) t={x/@b{l, t={y}}/ z} y=1"),
    ] {
        assert_eq!(show(text), shown, "{text}");
    }
}

fn borders(text: &str, step: usize) -> Vec<u64> {
    let mut cutter = BibCutter::default();
    let (mut all, mut end) = (Vec::new(), 0);
    loop {
        end = (end + step).min(text.len());
        cutter.advance(Window { bytes: &text.as_bytes()[..end], start: 0, at_end: end == text.len() }, &mut all);
        if end == text.len() {
            return all;
        }
    }
}

/// The same, with all that can be cut off as soon as it can.
fn borders_cut_off(text: &str, step: usize) -> Vec<u64> {
    let mut cutter = BibCutter::default();
    let (mut all, mut end, mut start) = (Vec::new(), 0, 0);
    loop {
        end = (end + step).min(text.len());
        cutter.advance(
            Window { bytes: &text.as_bytes()[start..end], start: start as u64, at_end: end == text.len() },
            &mut all,
        );
        start = all.last().map_or(0, |last| *last as usize);
        if end == text.len() {
            return all;
        }
    }
}

fn check(text: &str) -> Result<(), TestCaseError> {
    let mut at = 0;
    for element in lex(text) {
        prop_assert_eq!(element.range().start, at, "ranges follow each other in {:?}", text);
        at = element.range().end;
    }
    prop_assert_eq!(at, text.len());
    let whole = borders(text, text.len().max(1));
    for step in [1, 2, 3, 7, 64] {
        prop_assert_eq!(&borders(text, step), &whole, "step {} of {:?}", step, text);
        prop_assert_eq!(&borders_cut_off(text, step), &whole, "cut off, step {} of {:?}", step, text);
    }
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
];

fn hostile() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(SNIPPETS), 0..24).prop_map(|parts| parts.concat())
}

/// Enough for a run of all tests; 20 000 were run when this was written.
const CASES: u32 = 1500;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(CASES))]
    #[test]
    fn pieces_are_lexed_as_the_whole_is(text in hostile()) {
        check(&text)?;
    }

    #[test]
    fn no_text_is_too_much(text in "[@{}()\"=,#%\\\\ab \n\r]{0,60}") {
        check(&text)?;
    }
}

/// What the `biblatex` crate reads of a file, and what we do, entry by entry.
#[test]
fn agrees_with_the_biblatex_crate() {
    let mut folders = vec![std::path::PathBuf::from("/work/shared/corpus/bib")];
    let mut paths = Vec::new();
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
            if path.is_dir() { folders.push(path) } else { paths.push(path) }
        }
    }
    let (mut files, mut entries, mut differing) = (0, 0, Vec::new());
    for path in paths {
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let Ok(theirs) = biblatex::RawBibliography::parse(&text) else { continue };
        files += 1;
        let theirs = theirs.entries.iter().map(|entry| {
            let fields = entry.v.fields.iter().map(|field| {
                let chunks = field.value.v.iter().map(|chunk| match chunk.v {
                    biblatex::RawChunk::Normal(text) | biblatex::RawChunk::Abbreviation(text) => text,
                });
                (field.key.v, chunks.collect::<Vec<_>>())
            });
            (entry.v.kind.v, entry.v.key.v.trim(), fields.collect::<Vec<_>>())
        });
        let ours = lex(&text).filter_map(|element| match element {
            Element::Entry(entry) => {
                let fields = entry
                    .fields
                    .iter()
                    .map(|field| (field.name, field.value.pieces().iter().map(|piece| piece.text).collect()));
                Some((entry.word, entry.key, fields.collect::<Vec<_>>()))
            }
            _ => None,
        });
        let (ours, theirs): (Vec<_>, Vec<_>) = (ours.collect(), theirs.collect());
        entries += ours.len();
        // The crate ends a quoted value at a `"` in braces, and an entry at a brace too many behind which it goes on.
        let known = ["escapedquotes.biblatex", "bibliography.bib"];
        if ours != theirs && !path.file_name().is_some_and(|name| known.iter().any(|known| name == *known)) {
            let first = ours.iter().zip(&theirs).find(|(a, b)| a != b);
            differing.push(format!(
                "{}: {} {} {:.1500}",
                path.display(),
                ours.len(),
                theirs.len(),
                format!("{first:?}")
            ));
        }
    }
    assert!(
        differing.is_empty(),
        "{} of {files} files ({entries} entries):\n{}",
        differing.len(),
        differing.join("\n")
    );
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
            assert!(borders(&text, 64 << 10).len() <= n + 1);
            assert!(started.elapsed().as_millis() < 1500, "{before:?} {unit:?}: {:?}", started.elapsed());
        }
    }
}
