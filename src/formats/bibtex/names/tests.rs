//! Names as people write them.

use super::list::parse;
use crate::record::{Name, Names};
use proptest::prelude::*;

/// `given|particle|family|suffix`, or the literal in braces.
fn show(source: &str) -> String {
    let parsed = parse(source);
    let mut all: Vec<String> = parsed
        .names
        .list
        .iter()
        .map(|name| {
            if name.is_literal() {
                return format!("{{{}}}", name.literal);
            }
            let particle = [name.particle.as_str(), name.dropping_particle.as_str()].join("");
            format!("{}|{particle}|{}|{}", name.given, name.family, name.suffix)
        })
        .collect();
    if parsed.names.others {
        all.push("+".to_owned());
    }
    all.extend(parsed.mistakes.iter().map(|(mistake, item)| format!("!{mistake:?}({item})")));
    all.join("; ")
}

#[test]
fn classic_names() {
    for (source, shown) in [
        ("Donald E. Knuth", "Donald E.||Knuth|"),
        ("Knuth, Donald E.", "Donald E.||Knuth|"),
        ("Ludwig van Beethoven", "Ludwig|van|Beethoven|"),
        ("van Beethoven, Ludwig", "Ludwig|van|Beethoven|"),
        ("Charles Louis Xavier Joseph de la Vall{\\'e}e Poussin", "Charles Louis Xavier Joseph|de la|Vallée Poussin|"),
        ("de la Vall{\\'e}e Poussin, Charles", "Charles|de la|Vallée Poussin|"),
        ("von Last, Jr, First", "First|von|Last|Jr"),
        ("King, Jr., Martin Luther", "Martin Luther||King|Jr."),
        ("Drummond de Andrade, Carlos", "Carlos||Drummond de Andrade|"),
        ("Carlos Drummond de Andrade", "Carlos Drummond|de|Andrade|"),
        ("{van der} Berg, Jan", "Jan||van der Berg|"),
        ("Jan {van der Berg}", "Jan||van der Berg|"),
        ("Jean {\\relax van} Foo", "Jean|van|Foo|"),
        ("{\\'E}mile Zola", "Émile||Zola|"),
        ("Paul {\\'e}tienne Foo", "Paul|étienne|Foo|"),
        ("\\'Emile Zola", "Émile||Zola|"),
        ("S\\o ren Kierkegaard", "Søren||Kierkegaard|"),
        ("Kurt G{\\\"o}del and Paul Erd{\\H{o}}s", "Kurt||Gödel|; Paul||Erdős|"),
        ("{\\L}ukasiewicz, Jan", "Jan||Łukasiewicz|"),
        ("{Barnes and Noble} and {NASA}", "{Barnes and Noble}; {NASA}"),
        ("{Barnes} and {Noble}", "{Barnes}; {Noble}"),
        ("{Barnes} {Noble}", "Barnes||Noble|"),
        ("Doe, J. AND Roe,~K.\n\tand\r\nPoe, L.", "J.||Doe|; K.||Roe|; L.||Poe|"),
        ("Alexandr and Anderson, Andy", "||Alexandr|; Andy||Anderson|"),
        ("A~B. Cee", "A B.||Cee|"),
        ("Plato and others", "||Plato|; +"),
        ("jean de la fontaine", "|jean de la|fontaine|"),
        ("de la fontaine", "|de la|fontaine|"),
        ("Doe, Jane,", "||Doe|Jane"),
        ("Doe,", "||Doe|"),
        ("Jean-Paul Sartre", "Jean-Paul||Sartre|"),
        ("O'Neil, Tip", "Tip||O'Neil|"),
        ("Smith, J and , ,", "J||Smith|"),
        ("", ""),
    ] {
        assert_eq!(show(source), shown, "{source}");
    }
}

#[test]
fn odd_lists() {
    for (source, shown) in [
        ("Doe, Jane and Roe, Kim et al.", "Jane||Doe|; Kim||Roe|; +; !EtAl(Roe, Kim et al.)"),
        ("Doe, Jane and et al.", "Jane||Doe|; +; !EtAl(et al.)"),
        ("Doe, Jane; Roe, Kim", "Jane||Doe|; Kim||Roe|; !Semicolons(Doe, Jane; Roe, Kim)"),
        ("Doe, Jr, Jane, MD, PhD", "Jane, MD, PhD||Doe|Jr; !Commas(Doe, Jr, Jane, MD, PhD)"),
        ("Doe, Jane and  and Roe, Kim", "Jane||Doe|; Kim||Roe|; !Nothing()"),
        ("Doe, Jane and", "Jane||Doe|; !Nothing()"),
        ("Doe, {Jane", "Jane||Doe|"),
    ] {
        assert_eq!(show(source), shown, "{source}");
    }
}

#[test]
fn extended_names() {
    for (source, shown) in [
        ("given=Hans, family=Harman and family=Simth, prefix=de, useprefix=true", "Hans||Harman|; |de|Simth|"),
        ("family=Fontaine, given=Jean, prefix=de la, useprefix=false", "Jean|de la|Fontaine|"),
        ("family={Smith, Jones}, given=\"A, B\", suffix=Jr.", "A, B||Smith, Jones|Jr."),
        ("nosortothers=true and Doe, Jane", "Jane||Doe|"),
        ("family=Doe, given=J, given-i=J", "J||Doe|"),
    ] {
        assert_eq!(show(source), shown, "{source}");
    }
    let parsed = parse("family=Fontaine, prefix=de, useprefix=false, id=x and nosortothers=true");
    let [name] = parsed.names.list.as_slice() else { panic!("{parsed:?}") };
    assert_eq!(name.dropping_particle, "de");
    let detail = name.detail.as_ref().unwrap();
    assert_eq!(detail.ids, [("id".into(), "x".to_owned())]);
    assert_eq!(detail.flags, ["list:nosortothers=true".into()]);
}

fn part(first: &'static str) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(vec!["Ann", "B.", "Çelik", "O'Neil", "Jean-Luc", "王"]), 1..3)
        .prop_map(move |words| format!("{first}{}", words.join(" ")))
}

proptest! {
    #[test]
    fn classic_form_reads_back(
        list in prop::collection::vec((part(""), part(""), prop::sample::select(vec!["", "van", "de la", "d'"]), prop::sample::select(vec!["", "Jr.", "III"])), 1..5),
        others: bool,
    ) {
        let mut source = String::new();
        let mut names = Names { others, ..Names::default() };
        for (family, given, particle, suffix) in list {
            if !source.is_empty() {
                source.push_str(" and ");
            }
            source.push_str(particle);
            source.push_str(if particle.is_empty() { "" } else { " " });
            source.push_str(&family);
            source.push_str(if suffix.is_empty() { "" } else { ", " });
            source.push_str(suffix);
            source.push_str(", ");
            source.push_str(&given);
            names.list.push(Name { particle: particle.into(), suffix: suffix.into(), ..Name::person(family, given) });
        }
        if others {
            source.push_str(" and others");
        }
        prop_assert_eq!(parse(&source).names, names, "{}", source);
    }

    #[test]
    fn no_list_panics(source in "\\PC{0,40}|([{}\\\\,=;\"~' aAé]|and| and |others|van|\\\\'|family=){0,30}") {
        parse(&source);
    }
}
