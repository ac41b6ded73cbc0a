//! The lexer on what people write. That the cutter agrees with it is tested beside the cutter.

use super::*;
use std::fmt::Write;

#[test]
fn comments_inside_entries_are_told() {
    for (text, at) in [("@a{k, % x\nb=1}", 6), ("@a{k, b=1 % x\n}", 10), ("@a{k, b % x\n= 1}", 8)] {
        let told = lex(text).any(|it| matches!(it, Element::Entry(entry) if entry.faults == [(Fault::Remark, at)]));
        assert!(told, "{text}");
    }
}

/// Elements on one line: `@word(key) name=pieces; … !faults`; remarks are left out.
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
                for (fault, at) in entry.faults.iter().filter(|(fault, _)| *fault != Fault::Remark) {
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
        ("@a{k, t={x}\n}\n u={y},\n}\n@b{l,}", "@a(k) t={x}|u={y},/}|@b(l)"),
        ("@a{k, t={x}}\n\n u={y},\n}\n@b{l,}", "@a(k) t={x}|u={y},/}|@b(l)"),
        ("@a{k, t={x}\n},\n%y={z}\n@b{l,}", "@a(k) t={x}|,/%y={z}|@b(l)"),
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
fn strings_preambles_and_comments() {
    for (text, shown) in [
        ("@STRING{ a = \"x\" # b, c = {d}, }", "@STRING() a=\"x\"#b c={d}"),
        ("@string{}@string{a}", "@string()|@string() a= !MissingValue18"),
        ("@string a = {x}\n@misc{k}", "@string a = {x}|@misc(k)"),
        ("@string{\"a\" = x}", "@string() a=x !Junk8"),
        ("@preamble(\"\\newcommand{\\noop}[1]{}\" # x)", "@preamble() =\"\\newcommand{\\noop}[1]{}\"#x"),
        ("@preamble{ {\\providecommand{\\a}{b}} }", "@preamble() ={\\providecommand{\\a}{b}}"),
        ("@preamble{}", "@preamble() = !MissingValue10"),
        ("@preamble{\"\\x{\"\n@misc{k, t=1}", "@preamble() !UnclosedQuote10|@misc(k) t=1"),
        // Balanced braces hide entries.
        ("@comment{@a{k, t={x}} @b{l, u={v}}} r", "comment @a{k, t={x}} @b{l, u={v}}|r"),
        ("@comment{BibDesk Static Groups{\n<?xml version=\"1.0\"?>\n}}", "comment BibDesk Static Groups{/<?xml version=\"1.0\"?>/}"),
        // Without braces it hides the words of its line, and no entry.
        ("@comment text\n@misc{l}", "comment  text||@misc(l)"),
        ("@comment text @misc{k,\n t={y}}", "comment  text |@misc(k) t={y}"),
        ("@comment me@x.org (x)\n@misc{l}", "comment  me@x.org (x)||@misc(l)"),
        ("@comment(x\n@misc{k}\n)", "comment (x||@misc(k)|)"),
        ("@comment\n@misc{l}", "comment ||@misc(l)"),
        ("@commentary{k, t={x}}", "@commentary(k) t={x}"),
    ] {
        assert_eq!(show(text), shown, "{text}");
    }
}

#[test]
fn words_and_keys() {
    for (text, shown) in [
        ("@www4{k}@in-proceedings{k}@in_proceedings{k}@a+b{k}", "@www4(k)|@in-proceedings(k)|@in_proceedings(k)|@a+b(k)"),
        ("@über{k}\n@a.b:c{k}\n@4www{k}\n@12{k}", "@über(k)||@a.b:c(k)||@4www(k)|@12{k}"),
        ("@a{a:b/c+d'e, t=1}@a{a b(c), t=1}", "@a(a:b/c+d'e) t=1|@a(a b(c)) t=1"),
        ("@a{é–王, t=1}@a{a=b, t=1}@a{a@b, t=1}", "@a(é–王) t=1|@a(a=b) t=1|@a(a@b) t=1"),
        ("@a{M{\\\"u}ller2000, t=1}@a{{b}, t=1}", "@a(M{\\\"u}ller2000) t=1|@a({b}) t=1"),
        ("@a{author = {A}}@a{\n author={A}}@a{,\nauthor = {A}}", "@a() author={A}|@a() author={A}|@a() author={A}"),
        ("@a{pages=12, t=1}@a{author=\"A\"}@a{month=jan}", "@a() pages=12 t=1|@a() author=\"A\"|@a() month=jan"),
        ("@a(k)@a()@a(,t=1)@a(a(b)c, t={)})", "@a(k)|@a()|@a() t=1|@a(a(b)c) t={)}"),
        ("@a{k % the key\n, t=1}", "@a(k) t=1"),
        ("@a{ % first\n k, t=1}", "@a(k) t=1"),
        ("@a{k, é={z}, x.y=1, 1a=2, \"q\"={r}}", "@a(k) é={z} x.y=1 1a=2 q={r} !Junk27"),
        ("@a{k, t=1} x @b{l, t=2}@c{m}", "@a(k) t=1|x|@b(l) t=2|@c(m)"),
        ("@a{k, t={x} @b{l, t=2}", "@a(k) t={x} !UnclosedEntry2|@b(l) t=2"),
        ("@a{k, t=x, @b{l, t=2}", "@a(k) t=x !UnclosedEntry2|@b(l) t=2"),
    ] {
        assert_eq!(show(text), shown, "{text}");
    }
}

#[test]
fn values_of_all_sorts() {
    for (text, shown) in [
        ("@a{k, t=\"a {\"} b\", u={\"}, v={x \"y\"}}", "@a(k) t=\"a {\"} b\" u={\"} v={x \"y\"}"),
        ("@a{k, t={\\{x\\}}, u=\"{\\\"x}\"}", "@a(k) t={\\{x\\}} u=\"{\\\"x}\""),
        // BibTeX counts escaped braces too.
        ("@a{k,\n t={\\{x},\n u=1\n}\n@b{l}", "@a(k) t={\\{x}} u=1 !UnclosedBrace9||@b(l)"),
        ("@a{k, a=2000-2001, b=1--2, c=3rd, d=-1, e=12.5, f=é}", "@a(k) a=2000-2001 b=1--2 c=3rd d=-1 e=12.5 f=é"),
        ("@a{k, t = # \"x\", u = \"x\" #, v = a # # b}", "@a(k) t=\"x\" u=\"x\" v=a#b !Junk10 !MissingValue26 !Junk36"),
        ("@a{k, m={x@y.org}, n=\"@b{c} d\", u={a @b{c, d} e}}", "@a(k) m={x@y.org} n=\"@b{c} d\" u={a @b{c, d} e}"),
        ("@a{k, m=x@y.org, n=100%, o=2000% remark\n}", "@a(k) m=x@y.org n=100% o=2000"),
        ("@a{k, t=Some Words, y=12 - 15}", "@a(k) t={Some Words} y={12 - 15} !BareText8 !BareText22"),
        ("@a{k, y=2000 (to appear)\n,z=jan 2000}", "@a(k) y={2000 (to appear)} z={jan 2000} !BareText8 !BareText28"),
        ("@a{k, t = % here\n {x} % {\n, % }\n u=1}", "@a(k) t={x} u=1"),
        ("@a{k,\r t={x},\r u={y\r@b{l, t=1}", "@a(k) t={x} !UnclosedBrace17|@b(l) t=1"),
        ("\0@a{k\0, t={\0}}\0", "\0|@a(k\0) t={\0}|\0"),
        ("@a{k, t={x}}\n u={y},\n}\n@b{l}", "@a(k) t={x} u={y} !StrayBrace11 !MissingComma14||@b(l)"),
        ("@a{k, t={x}}\nu = 3 apples\n@b{l}", "@a(k) t={x}|u = 3 apples|@b(l)"),
        ("x foo@bar{baz} a@b.c (d) @b{l}", "x foo@bar{baz} a@b.c (d)|@b(l)"),
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
        ("@a{k, t=\"x}\n@b{l, t={y}}", "@a(k) t=\"x\" !UnclosedQuote8||@b(l) t={y}"),
        ("@a{k, t=\"x, u={y}}\n@b{l, t={y}}", "@a(k) !UnclosedQuote8||@b(l) t={y}"),
        ("@a{k,\n t=\"x},\n u={y}}\n@b{l}", "@a(k) t=\"x\" u={y} !UnclosedQuote9||@b(l)"),
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
        ("@a{k, t={x\n@b{l, t={y}}\n z}, y=1}", "@a(k) t={x/@b{l, t={y}}/ z} y=1 !EntryInValue8"),
    ] {
        assert_eq!(show(text), shown, "{text}");
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
