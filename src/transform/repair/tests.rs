use super::*;
use crate::record::{Kind, MarkKind, Names, Note, NoteKind};
use proptest::prelude::*;

/// Repairs a text; the words of `elsewhere` stand in another record.
fn repaired(raw: &str, elsewhere: &str, level: Level) -> (Text, Vec<Diagnostic>) {
    let record = |text: &str| {
        let mut record = Record::new(Kind::ArticleJournal);
        record.push(Field::Abstract, Value::Text(Text::plain(text)));
        Item::Record(Box::new(record))
    };
    let mut items = vec![record(raw), record(elsewhere)];
    let evidence = Evidence::of(&items);
    let mut sink = Vec::new();
    let Item::Record(record) = &mut items[0] else { panic!() };
    repair(record, level, &evidence, &mut sink);
    let text = record.slots.first().map_or_else(Text::default, |slot| text_of(slot.value()).unwrap().clone());
    (text, sink)
}

#[test]
fn each_repair_and_what_is_none() {
    for (before, after, codes) in [
        // Numbers.
        ("of 10, 000 features—in", "of 10,000 features—in", &["repair-number-space"][..]),
        ("1, 500 people and 2, 345, 067 more", "1,500 people and 2,345,067 more", &["repair-number-space"; 2]),
        ("over (12, 000) of $10, 000", "over (12,000) of $10,000", &["repair-number-space"; 2]),
        ("at scale ($n=1, 150$) to", "at scale ($n=1, 150$) to", &[]),
        ("in 2017, 100 of 10, 20, 300 and 5, 100, and 200", "in 2017, 100 of 10, 20, 300 and 5, 100, and 200", &[]),
        (
            "size [3, 224], 50, 100, 200 units, May 5, 200 and 1, 0000",
            "size [3, 224], 50, 100, 200 units, May 5, 200 and 1, 0000",
            &[],
        ),
        // Addresses.
        ("at https: //github. com/c-rbp.", "at https://github.com/c-rbp.", &["repair-url"]),
        (
            "at https: //serre-lab. github. io/Harmonization to help the",
            "at https://serre-lab.github.io/Harmonization to help the",
            &["repair-url"],
        ),
        (
            "page: https: //serre-lab. github. io/rnn rts site/.",
            "page: https://serre-lab.github.io/rnn rts site/.",
            &["repair-url", "repair-url-spaces"],
        ),
        (
            "available: github. com/fel-thomas/Sobol-Attribution-Method.",
            "available: github.com/fel-thomas/Sobol-Attribution-Method.",
            &["repair-url"],
        ),
        ("see https: //foo. org. We show", "see https://foo.org. We show", &["repair-url"]),
        ("see https: //foo. org. all others", "see https://foo.org. all others", &["repair-url"]),
        ("at http: //www. bbc. co. uk/x/index. html now", "at http://www.bbc.co.uk/x/index.html now", &["repair-url"]),
        ("at https://example.org/a, and", "at https://example.org/a, and", &[]),
        ("the protocol https: is. It is. So com/x", "the protocol https: is. It is. So com/x", &[]),
        // Abbreviations.
        (
            "models (i. e. , FID) and (i. e. , intra) or e. g. this",
            "models (i.e., FID) and (i.e., intra) or e.g. this",
            &["repair-abbreviation"; 3],
        ),
        ("E. G. Boring, wi. e. x, i.e., y", "E. G. Boring, wi. e. x, i.e., y", &[]),
        // Words.
        (
            "discriminative com- ponents of bio- logical models",
            "discriminative components of biological models",
            &["repair-hyphenation"; 2],
        ),
        (
            "data- and activity-dependent, pre- training, non- Euclidean",
            "data- and activity-dependent, pre- training, non- Euclidean",
            &[],
        ),
        // LaTeX.
        ("Reasoning ($\\textit{GAMR}$), which", "Reasoning (GAMR), which", &["repair-tex"]),
        ("recognition. \\textit{State-of-the-art DNNs}. We", "recognition. State-of-the-art DNNs. We", &["repair-tex"]),
        ("reduces \\gnetw contour", "reduces \\gnetw contour", &["repair-tex-unknown"]),
        ("50\\% of M\\'{e}ly \\& co, {\\em new}", "50% of Mély & co, new", &["repair-tex"; 4]),
        (
            "loss $\\mathcal{L} = \\textit{x}$ in C:\\ and \\\\",
            "loss $\\mathcal{L} = \\textit{x}$ in C:\\ and \\\\",
            &[],
        ),
        // Quotation marks.
        ("visual ``concepts'' buried", "visual “concepts” buried", &["repair-quotes"]),
        ("a ```` fence `````b'' of code", "a ```` fence `````b'' of code", &[]),
        ("known as “white-box\" methods", "known as “white-box” methods", &["repair-quotes"]),
        ("efforts to ``align” these", "efforts to “align” these", &["repair-quotes"]),
        (
            "the ”diversity vs. recognizability” scoring",
            "the “diversity vs. recognizability” scoring",
            &["repair-quotes"],
        ),
        (
            "called \"FORGrad\". the \"flow, \" and “snippets”, it's",
            "called \"FORGrad\". the \"flow, \" and “snippets”, it's",
            &[],
        ),
        ("f''(x) = 5'' and a ``", "f''(x) = 5'' and a ``", &[]),
        // Dashes.
        ("models -- and 10--20 units---all", "models – and 10–20 units—all", &["repair-dashes"; 3]),
        ("an area --- V4 --- of it", "an area — V4 — of it", &["repair-dashes"; 2]),
        (
            "$a -- b$, --verbose, x--y, ---- and https://a.org/b---c or a --",
            "$a -- b$, --verbose, x--y, ---- and https://a.org/b---c or a --",
            &[],
        ),
    ] {
        let (text, found) = repaired(before, "The component is biological.", Level::Safe);
        assert_eq!(text.as_str(), after);
        let mut ids: Vec<_> = found.iter().map(|it| it.code.id).collect();
        ids.sort_unstable();
        let mut codes = codes.to_vec();
        codes.sort_unstable();
        assert_eq!(ids, codes, "{before}");
        let (again, found) = repaired(text.as_str(), "The component is biological.", Level::Safe);
        assert_eq!(again.as_str(), after, "repairing again");
        assert!(found.iter().all(|it| it.code.severity == Severity::Warning), "{before}: {found:?}");
        assert_eq!(repaired(before, "", Level::Off).0.as_str(), before);
    }
}

#[test]
fn markup_and_messages() {
    let (text, found) = repaired("A ($\\textit{GAMR}$) of 10, 000 $x$ and \\emph{so on}", "", Level::Safe);
    assert_eq!(text.as_str(), "A (GAMR) of 10,000 $x$ and so on");
    let marks: Vec<_> =
        text.marks().iter().map(|mark| (&text.as_str()[mark.start as usize..mark.end as usize], &mark.kind)).collect();
    assert_eq!(marks, [("GAMR", &MarkKind::Italic), ("so on", &MarkKind::Italic)]);
    assert_eq!(found[2].message, "abstract: `10, 000` became `10,000`");
    let mut marked = Text::plain("see ``10, 000 of $x$'' here");
    assert!(marked.mark(4, 22, MarkKind::Italic) && marked.mark(17, 20, MarkKind::Math));
    let mut record = Record::new(Kind::Book);
    record.push(Field::Note, Value::Note(Note { kind: NoteKind::Note, text: marked }));
    repair(&mut record, Level::Safe, &Evidence::default(), &mut Vec::new());
    let text = text_of(record.slots[0].value()).unwrap();
    assert_eq!(text.as_str(), "see “10,000 of $x$” here");
    let marks: Vec<_> =
        text.marks().iter().map(|mark| &text.as_str()[mark.start as usize..mark.end as usize]).collect();
    assert_eq!(marks, ["“10,000 of $x$”", "$x$"]);
}

#[test]
fn names_in_capitals() {
    let mut record = Record::new(Kind::Book);
    let names = ["Agustin PICARD", "Tom ROUSSEAU", "JRR TOLKIEN", "Yann LeCun", "Wei LI"].map(Name::from_display);
    record.push(Field::Author, Value::Names(Names::of(names.to_vec())));
    let mut sink = Vec::new();
    repair(&mut record, Level::Safe, &Evidence::default(), &mut sink);
    assert!(sink.is_empty());
    repair(&mut record, Level::All, &Evidence::default(), &mut sink);
    let names: Vec<_> = record.names(Field::Author).unwrap().list.iter().map(Name::display).collect();
    assert_eq!(names, ["Agustin Picard", "Tom Rousseau", "JRR Tolkien", "Yann LeCun", "Wei LI"]);
    assert_eq!(sink[0].message, "author: `Agustin PICARD` became `Agustin Picard`");
    assert_eq!(sink.len(), 3);
}

/// Time grows with the text: what would take hours otherwise takes no time.
#[test]
fn hostile_texts() {
    for piece in [
        "$a$ ",
        "\\x{",
        "``",
        "10, 000, ",
        "http: //a. ",
        "a- b",
        " -- a",
        "---",
        "i. e. ",
        "\"",
        "{\\",
        "com- ponents component ",
        "”a ",
    ] {
        repaired(&piece.repeat(20_000), "", Level::All);
    }
}

proptest! {
    #[test]
    fn repairing_twice_changes_nothing(
        raw in "(10|1, |000|, |\\.|https|: |//|github\\. |com/|a|i\\. e\\. |``|''|“|”|\"|\\$|\\\\textit\\{|\\\\|\\}|\\{|x- |com- ponents|component| |--|-|é|\\PC){0,24}"
    ) {
        let (once, _) = repaired(&raw, "", Level::All);
        let mut record = Record::new(Kind::Book);
        record.push(Field::Abstract, Value::Text(once.clone()));
        let items = [Item::Record(Box::new(record.clone()))];
        repair(&mut record, Level::All, &Evidence::of(&items), &mut Vec::new());
        let again = record.slots.first().map_or_else(Text::default, |slot| text_of(slot.value()).unwrap().clone());
        prop_assert_eq!(again, once);
    }
}
