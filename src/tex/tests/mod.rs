mod spellings;

use super::*;
use crate::record::{MarkKind, Text};
use proptest::prelude::*;
use std::fmt::Write as _;

/// A text as one line: marks as `Kind(…)`.
fn show(text: &Text) -> String {
    let mut out = String::from(text.as_str());
    for mark in text.marks() {
        let span = &text.as_str()[mark.start as usize..mark.end as usize];
        match &mark.kind {
            MarkKind::Raw { source, .. } => write!(out, " | Raw({span}={source})").unwrap(),
            kind => write!(out, " | {kind:?}({span})").unwrap(),
        }
    }
    out
}

fn read(latex: &str) -> String {
    show(&decode(latex).text)
}

fn written(text: &Text, ascii: bool, protect: Protect) -> String {
    let mut out = String::new();
    let _ = encode(text, Encode { ascii, protect }, &mut out);
    assert!(balanced(&out), "{out}");
    out
}

fn returns(text: &Text) {
    for ascii in [false, true] {
        let latex = written(text, ascii, Protect::Marked);
        assert_eq!(show(&decode(&latex).text), show(text), "{latex}");
        assert_eq!(&decode(&latex).text, text, "{latex}");
    }
}

#[test]
fn entities_of_web_pages_are_characters_and_come_back_as_words() {
    for (latex, want) in [
        ("R\\&amp;D &amp; {\\&}amp; x", "R&D & & x"),
        ("d\\&\\#8217;Examples, &#8217;, &#x2019;", "d’Examples, ’, ’"),
        ("p &lt; 5\\% M\\&uuml;ller &#37; &#92; &#123;", "p < 5% Müller % \\ {"),
        ("\\&amp;lt; &amp;amp;", "&lt; &amp;"),
        ("AT\\&T; \\&nosuch; \\&", "AT&T; &nosuch; &"),
        ("\\&{}amp;", "&amp;"),
        ("{x\\&}amp;", "x&amp; | NoCase(x&)"),
    ] {
        assert_eq!(read(latex), want, "{latex}");
    }
    for plain in ["&amp;", "R&amp;D &lt; &#8217; &#x2019;", "&&amp;", "&amp;amp;", "AT&T;"] {
        returns(&Text::plain(plain));
    }
}

#[test]
fn accents_in_all_spellings() {
    for (latex, plain) in [
        (r#"{\"o} \"{o} \"o \" o"#, "ö ö ö ö"),
        (r"\'{\i} {\'\i} \'\i\ \'i", "í í í í"),
        (r"\v{c} \v c {\v c} \v{\i}", "č č č ǐ"),
        (r"\c c \H{o} \k{a} \r{a} \u{g} \=a \.z \d{s} \b{b}", "ç ő ą å ğ ā ż ṣ ḇ"),
        (r"\'{\^e} \'{\^{e}} {\'{\^e}} \d{\^a} \^{\d a}", "ế ế ế ậ ậ"),
        (r"{\aa}{\AA} \o\O\ \l{} \ss ens {\ae}\oe{} \i\j{} \dh\th\dj\ng", "åÅ øØ ł ßens æœ ıȷ ðþđŋ"),
        (r"\t{oo} \'{\o} \'{\ae}", "o͡o ǿ ǽ"),
        (r"\~{} \^{} \'{} x\~", "~ ^ ´ x~"),
        (r"\'", "´"),
    ] {
        assert_eq!(decode(latex).text.as_str(), plain, "{latex}");
    }
}

#[test]
fn symbols_dashes_and_quotes() {
    for (latex, shown) in [
        (r"a--b---c -{}- \textendash\ x", "a–b—c -- – x"),
        (r"R\&D 5\% \$3 \#1 a\_b \{x\}", "R&D 5% $3 #1 a_b {x}"),
        (r"50% & #3 a_b^c", "50% & #3 a_b^c"),
        ("``a'' it's", "“a” it's | Quote(“a”)"),
        ("``a `b' c''", "“a ‘b’ c” | Quote(“a ‘b’ c”) | Quote(‘b’)"),
        ("``a `b'''", "“a ‘b’” | Quote(“a ‘b’”) | Quote(‘b’)"),
        ("dogs'' ``x", "dogs” “x"),
        (r"\enquote{a \enquote{b}}", "“a ‘b’” | Quote(“a ‘b’”) | Quote(‘b’)"),
        (r#""straight" 'single'"#, r#""straight" 'single'"#),
        (r"J.~K. a\,b co\-op \slash", "J.\u{a0}K. a\u{202f}b co\u{ad}op /"),
        (r"\alpha\ \ensuremath{\beta} $\gamma$ $\mathbb{R}$ $\boldsymbol{\gamma}$", "α β γ ℝ 𝜸"),
        (r"\url{a\_b} \href{http://x/\%20}{t}", "a_b t | Link(\"a_b\")(a_b) | Link(\"http://x/%20\")(t)"),
        (r"\relax x \unskip", "x"),
        ("a\nb\n\nc", "a b\nc"),
        ("?`Que? !`Si!", "¿Que? ¡Si!"),
    ] {
        assert_eq!(read(latex), shown, "{latex}");
    }
}

#[test]
fn markup_and_switches() {
    for (latex, shown) in [
        (r"\emph{a \textbf{b}}", "a b | Italic(a b) | Bold(b)"),
        (r"{\em a} {\sc b} x {\it c {\bf d}}", "a b x c d | Italic(a) | SmallCaps(b) | Italic(c d) | Bold(d)"),
        (r"H\textsubscript{2}O \textsuperscript 2", "H2O 2 | Subscript(2) | Superscript(2)"),
        (r"\mkbibquote{x} \texttt{y}", "“x” y | Quote(“x”) | Code(y)"),
        (r"\foreignlanguage{german}{Haus}", "Haus | Language(\"de\")(Haus)"),
        (r"``a \em b'' c", "“a b” c | Quote(“a b”) | Italic(b”) | Italic( c)"),
    ] {
        assert_eq!(read(latex), shown, "{latex}");
    }
}

#[test]
fn math_stays_unless_trivial() {
    // Whatever white space and control characters were in it.
    assert_eq!(read("$^{1\rn}$"), read("$^{1 n}$"));
    assert_eq!(read(&format!("$^{{13{}}}$", "\0".repeat(300))), read("$^{13}$"));
    for (latex, shown) in [
        (r"a $O(n^2)$ b", "a $O(n^2)$ b | Math($O(n^2)$)"),
        (r"\(x_1\) \[y\] $$z$$", r"\(x_1\) \[y\] $$z$$ | Math(\(x_1\)) | Math(\[y\]) | Math($$z$$)"),
        (r"$\alpha$-Space", "α-Space"),
        (
            r"H$_2$O $^{13}$C 10$^{-3}$ 5$^{\rm th}$ 6$^{\mathrm{th}}$",
            "H2O 13C 10-3 5th 6th | Subscript(2) | Superscript(13) | Superscript(-3) | Superscript(th) | Superscript(th)",
        ),
        (r"37$^\circ$C", "37°C"),
        (r"$\textit{GAMR}$: x", "GAMR: x | Italic(GAMR)"),
        (r"costs $5", "costs $5"),
        (r"from $5 to $10", "from $5 to $10"),
        (r"$ x + y $", "$ x + y $ | Math($ x + y $)"),
        (r"\ensuremath{x^2}", "$x^2$ | Math($x^2$)"),
        (r"$\{a\}$ $\mbox{if $b$}$", r"$\{a\}$ $\mbox{if $b$}$ | Math($\{a\}$) | Math($\mbox{if $b$}$)"),
        (r"$a { b", "$a b"),
    ] {
        assert_eq!(read(latex), shown, "{latex}");
    }
}

#[test]
fn case_protection_is_structure() {
    for (latex, shown) in [
        ("{DNA} {T}he", "DNA The | NoCase(DNA) | NoCase(T)"),
        ("{{All of It}}", "All of It | NoCase(All of It)"),
        (r"{\'E}cole {\emph{x}} {{\emph{x}}}", "École x x | Italic(x) | NoCase(x) | Italic(x)"),
        (r"{{\'E}COLE} \emph{{E}. coli}", "ÉCOLE E. coli | NoCase(ÉCOLE) | Italic(E. coli) | NoCase(E)"),
        ("{$x$} {--} {12}", "$x$ – 12 | Math($x$)"),
        (
            r#"{\"U}ber die {{NP}}-H{\"a}rte von \emph{k}-{SAT} -- a $O(n^2)$ \LaTeX\ proof"#,
            r"Über die NP-Härte von k-SAT – a $O(n^2)$ LaTeX proof | NoCase(NP) | Italic(k) | NoCase(SAT) | Math($O(n^2)$) | Raw(LaTeX=\LaTeX)",
        ),
    ] {
        assert_eq!(read(latex), shown, "{latex}");
    }
}

#[test]
fn unknown_commands_are_kept_and_listed_once() {
    let read = decode(r"\foo{bar} \foo{x} {\noopsort{1973a}}1973 \USA{} {\baz all this} \q[1]{a}{b}");
    assert_eq!(
        show(&read.text),
        r"bar x 1973 USA all this ab | Raw(bar=\foo{bar}) | Raw(x=\foo{x}) | Raw(={\noopsort{1973a}}) | Raw(USA=\USA) | Raw(all this={\baz all this}) | Raw(ab=\q[1]{a}{b})"
    );
    let names: Vec<_> = read.unknown.iter().map(|(name, at)| (name.as_str(), *at)).collect();
    assert_eq!(names, [("foo", 0), ("USA", 41), ("baz", 49), ("q", 64)]);
    returns(&read.text);
}

#[test]
fn hostile_input_is_read_in_linear_time() {
    let n = 20_000;
    for latex in [
        "{".repeat(n),
        "}".repeat(n),
        "{a".repeat(n) + &"}".repeat(n),
        "$".repeat(n),
        "${".repeat(n),
        "$}".repeat(n),
        r"\'".repeat(n),
        r"\'{".repeat(n),
        r"\foo{".repeat(n),
        r"\foo{".repeat(n) + "x" + &"}".repeat(n),
        r"\href{".repeat(n),
        r"\emph".repeat(n),
        r"\em ".repeat(n),
        r"\em ``".repeat(n) + &"''".repeat(n),
        r"\enquote{".repeat(n),
        "`a".repeat(n) + &"' ".repeat(n),
        r"\foo[".repeat(n),
        r"\(".repeat(n),
        r"\ensuremath{".repeat(n) + &"}".repeat(n),
        r"{\foo ".repeat(n) + &"}".repeat(n),
        r"$\mathrm{".repeat(n),
        r"\".to_owned(),
        r"\'\t\v".to_owned(),
        "{A} ".repeat(n),
        "\u{301}".repeat(n) + "{",
        r"\t{".repeat(n),
    ] {
        let start = std::time::Instant::now();
        let text = decode(&latex).text;
        for ascii in [false, true] {
            let _ = written(&text, ascii, Protect::Auto);
        }
        let took = start.elapsed();
        assert!(took.as_secs() < 10, "{}: {took:?}", latex.chars().take(20).collect::<String>());
    }
}

#[test]
fn truncated_input_does_not_panic() {
    let latex = r#"{\"U}ber ``die {{NP}}'' `x' \emph{k}-\t{oo} -- $O(n^2)$ $\mathbb{R}$ $^{\rm th}$ \href{u}{t} \q[1]{ö} {\em \'{\^e}}"#;
    for end in (0..=latex.len()).filter(|&end| latex.is_char_boundary(end)) {
        for start in (0..=end).filter(|&start| latex.is_char_boundary(start)) {
            let text = decode(&latex[start..end]).text;
            let _ = written(&text, true, Protect::Auto);
        }
    }
}

#[test]
fn written_forms() {
    let ascii = |plain: &str| {
        let mut out = String::new();
        let report = encode_str(plain, true, &mut out);
        (out, report.unmapped)
    };
    for (plain, latex) in [
        ("Möbius é ç ế ǿ", r#"M{\"o}bius {\'e} {\c{c}} {\'{\^e}} {\'{\o}}"#),
        ("ß å ø ł ı", r"{\ss} {\aa} {\o} {\l} {\i}"),
        ("a–b—c “x” don’t", r"a--b---c {\textquotedblleft}x{\textquotedblright} don{\textquoteright}t"),
        ("γ-ray ≤ × ℝ 𝜸 −", r"$\gamma$-ray $\leq$ {\texttimes} $\mathbb{R}$ $\boldsymbol{\gamma}$ $-$"),
        ("x\u{30c} o\u{361}o ớ", r"{\v{x}} {\t{oo}} {\'{\ohorn}}"),
        (
            "100% of R&D_{x}~\\^ -- ``",
            r"100\% of R\&D\_\textbraceleft{}x\textbraceright{}\textasciitilde{}\textbackslash{}\textasciicircum{} -{}- \textasciigrave{}\textasciigrave{}",
        ),
        ("''", "'{}'"),
    ] {
        assert_eq!(ascii(plain), (latex.to_owned(), None));
        assert_eq!(decode(latex).text.as_str(), plain);
    }
    assert_eq!(decode("\\[x\\\rt\\] a\\\rb").text.as_str(), r"\[x\ t\] a b");
    assert_eq!(ascii("漢字 é"), (r"漢字 {\'e}".to_owned(), Some('漢')));
    assert_eq!(verbatim(r"http://a\_b\%20\~{}c{\textunderscore}d\x"), r"http://a_b%20~c_d\x");
    let spelled = r"http://a/{\_}{\%}20{\&}{&}{\#}{~}b\~c$\sim$d{$\sim$}e\textasciitilde f{id}$";
    assert_eq!(verbatim(spelled), "http://a/_%20&&#~b~c~d~e~f{id}$");
}

#[test]
fn words_are_protected_once() {
    for (plain, latex) in [
        ("DNA and NeurIPS in E. coli", "{DNA} and {NeurIPS} in {E}. coli"),
        ("The Growth of a Brain-Computer Interface: A Study", "The Growth of a Brain-Computer Interface: A Study"),
        ("A 3D-PC and X-Ray of COVID-19", "A {3D-PC} and {X-Ray} of {COVID-19}"),
        ("What (DNA) am I, anti-HIV?", "What ({DNA}) am {I}, anti-{HIV}?"),
        ("TCP/IP by O'Neil", "{TCP/IP} by {O'Neil}"),
    ] {
        assert_eq!(written(&Text::plain(plain), false, Protect::Auto), latex);
    }
    let mut text = Text::plain("On H2O and DNA");
    text.mark(4, 5, MarkKind::Subscript);
    text.mark(11, 14, MarkKind::NoCase);
    assert_eq!(written(&text, false, Protect::Auto), r"On {H}\textsubscript{2}{O} and {DNA}");
    assert_eq!(written(&text, false, Protect::Never), r"On H\textsubscript{2}O and DNA");
}

#[test]
fn verbatim_pieces_are_checked() {
    let mut text = Text::plain(r"a $\{$ $50%$ $x}$");
    text.mark(2, 6, MarkKind::Math);
    text.mark(7, 12, MarkKind::Math);
    text.mark(13, 17, MarkKind::Math);
    assert_eq!(written(&text, false, Protect::Marked), r"a $\lbrace $ $50\%$ \$x\textbraceright{}\$");
    let mut text = Text::plain("LaTeX x");
    text.mark(0, 5, MarkKind::Raw { format: "latex".into(), source: r"\LaTeX".into() });
    assert_eq!(written(&text, false, Protect::Marked), r"\LaTeX{} x");
    returns(&text);
    let mut text = Text::plain("x");
    text.mark(0, 1, MarkKind::Raw { format: "latex".into(), source: r"\foo{".into() });
    assert_eq!(written(&text, false, Protect::Marked), "x");
}

#[test]
fn what_follows_a_verbatim_command_stays_out_of_it() {
    for latex in [
        r"\?{}{A}",
        r"\?{}[a]",
        r"\?{}*a",
        r"\foo{}{A}",
        r"\foo*{}{A}",
        r"\foo[a]{}{A}",
        r"\foo*{}[a]",
        r"\foo{A}{}{A}",
        "{\0\\\0\\o}",
    ] {
        returns(&decode(latex).text);
    }
}

/// Pieces of text that between them have every special case, and marks around them.
#[derive(Clone, Debug)]
enum Piece {
    Plain(String),
    Whole(&'static str, u8),
    Marked(u8, Vec<Piece>),
}

fn pieces() -> impl Strategy<Value = Vec<Piece>> {
    let plain = prop_oneof![
        "[a-zA-Z]{1,6}",
        "[ -~]{1,8}",
        "[-'`?!,. ]{1,5}",
        "[éüßøłıÅçřőąếậơớ–—’‘“”…„«»αΩ×≤≠𝜸ℝ−漢\u{a0}\u{202f}\u{ad}´¨¸˚¯]{1,5}",
        "[ae]\u{30c}\u{327}?",
        Just(" ".to_owned()),
        Just("\n".to_owned()),
    ];
    let leaf = prop_oneof![
        4 => plain.prop_map(Piece::Plain),
        1 => (prop::sample::select(vec!["$x^2$", r"\(a_1\)", "$$n$$"]), Just(0u8)).prop_map(|(s, k)| Piece::Whole(s, k)),
        1 => (prop::sample::select(vec![r"\foo{bar}", r"{\baz}", r"\qux"]), Just(1u8)).prop_map(|(s, k)| Piece::Whole(s, k)),
    ];
    let piece = leaf.prop_recursive(4, 24, 4, |inner| {
        (0u8..14, prop::collection::vec(inner, 1..4)).prop_map(|(kind, inner)| Piece::Marked(kind, inner))
    });
    prop::collection::vec(piece, 0..5)
}

fn build(pieces: &[Piece], text: &mut Text, marks: &mut Vec<(usize, usize, MarkKind)>) {
    for piece in pieces {
        let start = text.len();
        match piece {
            Piece::Plain(s) => text.push_str(s),
            Piece::Whole(s, 0) => {
                text.push_str(s);
                marks.push((start, text.len(), MarkKind::Math));
            }
            Piece::Whole(s, _) => {
                text.push_str(if *s == r"\foo{bar}" { "bar" } else { "" });
                marks.push((start, text.len(), MarkKind::Raw { format: "latex".into(), source: (*s).into() }));
            }
            Piece::Marked(kind, inner) => {
                let place = marks.len();
                let (kind, open, close) = match kind {
                    0 => (MarkKind::Italic, "", ""),
                    1 => (MarkKind::Bold, "", ""),
                    2 => (MarkKind::Superscript, "", ""),
                    3 => (MarkKind::Subscript, "", ""),
                    4 => (MarkKind::SmallCaps, "", ""),
                    5 => (MarkKind::Underline, "", ""),
                    6 => (MarkKind::Strike, "", ""),
                    7 => (MarkKind::Code, "", ""),
                    8 => (MarkKind::Link("http://x.org/a_b%20c#d~e&f".into()), "", ""),
                    9 => (MarkKind::Language("fr".into()), "", ""),
                    10 | 11 => (MarkKind::NoCase, "x", "Y"),
                    12 => (MarkKind::Quote, "“", "”"),
                    _ => (MarkKind::Quote, "‘", "’"),
                };
                text.push_str(open);
                build(inner, text, marks);
                text.push_str(close);
                marks.insert(place, (start, text.len(), kind));
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, max_global_rejects: 20_000, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_reads_back(pieces in pieces()) {
        let (mut text, mut marks) = (Text::default(), Vec::new());
        build(&pieces, &mut text, &mut marks);
        for (start, end, kind) in marks {
            let again = |m: &crate::record::Mark| (m.start as usize, m.end as usize) == (start, end) && m.kind == kind;
            if !text.marks().iter().any(again) {
                text.mark(start, end, kind);
            }
        }
        text.tidy();
        prop_assume!(unicode_normalization::is_nfc(text.as_str()));
        // Tidying may have changed what a mark covers; only texts that keep the law's conditions are asked.
        prop_assume!(lawful(&text));
        for ascii in [false, true] {
            let latex = written(&text, ascii, Protect::Marked);
            prop_assert_eq!(show(&decode(&latex).text), show(&text), "{}", latex);
            prop_assert_eq!(&decode(&latex).text, &text, "{}", latex);
        }
    }

    #[test]
    fn any_string_is_read_and_written(latex in r"([{}$\\'`~ -]|[a-z]|\\[a-z]|é|\\emph|\\foo)*") {
        let text = decode(&latex).text;
        let _ = written(&text, true, Protect::Auto);
        let once = written(&text, false, Protect::Marked);
        // `$\{$` is rewritten so that BibTeX can count its braces.
        prop_assume!(!text.as_str().contains(r"\{") && !text.as_str().contains(r"\}"));
        let again = decode(&once).text;
        prop_assert_eq!(again.as_str(), text.as_str(), "{} -> {}", latex, once);
    }

    #[test]
    fn any_plain_string_returns(plain in any::<String>()) {
        let text = Text::plain(plain);
        prop_assume!(unicode_normalization::is_nfc(text.as_str()));
        for ascii in [false, true] {
            let latex = written(&text, ascii, Protect::Marked);
            let again = decode(&latex).text;
            prop_assert_eq!(again.as_str(), text.as_str(), "{}", latex);
        }
    }
}

fn lawful(text: &Text) -> bool {
    text.marks().iter().enumerate().all(|(i, m)| {
        let same = text.marks()[..i].iter().any(|o| (o.start, o.end, &o.kind) == (m.start, m.end, &m.kind));
        let span = &text.as_str()[m.start as usize..m.end as usize];
        let blank = span.trim() != span;
        // A command without text where another mark begins: inside or before it makes no difference.
        let moved = m.start == m.end && text.marks().iter().any(|o| o.start == m.start && o.end > m.end);
        !same && !blank && !moved
    })
}
