//! Names as people write them, and as they are written.

use super::write::write_list;
use super::ordinary::{First, is_ordinary};
use super::plain::is_plain;
use super::list::{parse, parse_one, parse_with};
use super::write::write_name;
use super::*;
use crate::mapping::CellSink;
use crate::record::Name;
use crate::write::WriteOptions;
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
    all.extend(parsed.mistakes.iter().map(|(mistake, _)| format!("!{mistake:?}")));
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
        ("Doe, Jane,", "Jane||Doe|; !CommaBehind"),
        ("Doe, Jr, {}", "||Doe|Jr"),
        ("Douglas B.\\ Lenat and M.\\ Coppo", "Douglas B.||Lenat|; M.||Coppo|"),
        ("Jos\\'e Mu\\~noz", "José||Muñoz|"),
        ("H. W. {Lenstra, Jr.}", "H. W.||Lenstra|Jr."),
        ("{Lenstra, Jr.}, H. W.", "H. W.||Lenstra, Jr.|"),
        ("Doe,", "||Doe|; !CommaBehind"),
        ("Doe, Jane; and Roe, Kim;", "Jane||Doe|; Kim||Roe|; !SemicolonBehind; !SemicolonBehind"),
        ("Jean-Paul Sartre", "Jean-Paul||Sartre|"),
        ("O'Neil, Tip", "Tip||O'Neil|"),
        ("Smith, J and , ,", "J||Smith|; !Nothing"),
        ("", ""),
    ] {
        assert_eq!(show(source), shown, "{source}");
    }
}

#[test]
fn odd_lists() {
    for (source, shown) in [
        ("Doe, Jane and Roe, Kim et al.", "Jane||Doe|; Kim||Roe|; +; !EtAl"),
        ("Doe, Jane and et al.", "Jane||Doe|; +; !EtAl"),
        ("Doe, Jane, et al", "Jane||Doe|; +; !EtAl"),
        ("{et al.}", "{et al.}"),
        ("Doe, Jane and others and Roe, Kim", "Jane||Doe|; Kim||Roe|; +"),
        ("Doe, Jr, Jane, MD, PhD", "Jane, MD, PhD||Doe|Jr; !Commas"),
        ("Doe, Jane and  and Roe, Kim", "Jane||Doe|; Kim||Roe|; !Nothing"),
        ("Doe, Jane and", "Jane||Doe|; !Nothing"),
        ("Doe, {Jane", "Jane||Doe|"),
        // Semicolons.
        ("Doe, Jane; Roe, Kim", "Jane||Doe|; Kim||Roe|; !Semicolons"),
        ("Jane Doe; Kim van Roe; Al Poe", "Jane Doe; Kim|van|Roe; Al Poe|; !Several"),
        ("Jane Doe; Kim Roe; et al.", "Jane||Doe|; Kim||Roe|; +; !EtAl; !Semicolons"),
        ("Acme; Sons", "Acme;||Sons|; !Several"),
        ("M&uuml;ller, J.", "J.||Müller|"),
        // Commas alone.
        ("J. Doe, K. Roe", "J.||Doe|; K.||Roe|; !CommasAlone"),
        ("J. Doe, K. van Roe and A.-B. Poe", "J.||Doe|; K.|van|Roe|; A.-B.||Poe|; !CommasAlone"),
        ("Doe, J., Roe, K. L.", "J.||Doe|; K. L.||Roe|; !CommasAlone"),
        ("Garcia Marquez, Gabriel Jose", "Gabriel Jose||Garcia Marquez|"),
        ("Jane Doe, Kim Roe, Al Poe", "Al Poe||Jane Doe|Kim Roe; !Several"),
        ("Doe, Jr., J.", "J.||Doe|Jr."),
        ("J. Doe, Jr.", "J.||Doe|Jr.; !Suffix"),
        ("Jane Doe, Keith, Kim", "Kim||Jane Doe|Keith; !Several"),
        // Other words.
        ("J. Doe und K. van Roe \\& A. Poe", "J.||Doe|; K.|van|Roe|; A.||Poe|; !OtherWord"),
        ("Jane Doe und Kim Roe", "Jane Doe|und|Kim Roe|"),
        ("Doe, Jane und Roe, Kim", "Jane||Doe|; Kim||Roe|; !OtherWord"),
        ("Doe, J., Roe, K., & Poe, L.", "J.||Doe|; K.||Roe|; L.||Poe|; !OtherWord"),
        ("Jane Doe & Kim Roe & Ann Poe", "Jane||Doe|; Kim||Roe|; Ann||Poe|; !OtherWord"),
        ("Example Works & Sons Limited", "Example Works & Sons||Limited|"),
        // More names, in braces too.
        ("Doe, Jane and {{et~al.}}", "Jane||Doe|; +; !EtAl"),
        ("Doe, Jane and al.", "Jane||Doe|; +; !EtAl"),
        ("Doe, Jane and et {al.}", "Jane||Doe|; +; !EtAl"),
        ("Doe, Jane and {others}", "Jane||Doe|; {others}"),
        // Suffixes out of place.
        ("Doe, Jane F., Jr.", "Jane F.||Doe|Jr.; !Suffix"),
        ("Doe, Jane, PhD", "Jane||Doe|PhD; !Suffix"),
        ("Jane van Doe Jr. and Doe III, J.", "Jane|van|Doe|Jr.; J.||Doe|III; !Suffix; !Suffix"),
        ("Doe~Jr., J. and Doe, Jr.", "J.||Doe|Jr.; Jr.||Doe|; !Suffix"),
        // Roles.
        ("Jane Doe and Kim Roe (Eds.)", "Jane||Doe|; Kim||Roe|; !Role"),
        ("Doe, Jane, eds.", "Jane||Doe|; !Role"),
        ("{Moler (editor)}", "{Moler (editor)}"),
        // Capitals.
        ("DOE, JANE and ROE, K.", "JANE||DOE|; K.||ROE|; !Capitals"),
        ("NASA", "||NASA|"),
        ("Li, X.", "X.||Li|"),
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
        ("family=Doe, given=J,", "J||Doe|; !CommaBehind"),
        ("E=mc2", "||E=mc2|"),
        ("\\=Ozawa, T{\\=o}ru", "Tōru||Ōzawa|"),
    ] {
        assert_eq!(show(source), shown, "{source}");
    }
    let parsed = parse("nosortothers=true and family=Fontaine, prefix=de, useprefix=false, id=x, given-i={J.-P.}");
    let name = &parsed.names.list[0];
    let detail = name.detail.as_ref().unwrap();
    assert_eq!(name.dropping_particle, "de");
    assert_eq!(detail.ids, [("id".into(), "x".to_owned())]);
    assert_eq!(detail.flags, ["list:nosortothers=true".into(), Box::from("given-i=J.-P.")]);
    assert_eq!(parse("nosortothers=true and others").options.len(), 1);
}

#[test]
fn what_a_name_has_beside_its_parts_is_written_in_the_extended_form() {
    for source in [
        "family=Doe, given=Jane, id=x1",
        "family=Doe, given=Jane, suffix={Jr.}, id={a b}, given-i={J.}, hash=ab12",
        "nosortothers=true and family=Fontaine, given=Jean, prefix={de la}, useprefix=false",
        "sortingnamehashtemplate=short and family=Doe, given=Jane",
    ] {
        let name = parse_one(source).unwrap();
        assert_eq!(written(&name, true), (source.to_owned(), Parts::NONE));
        assert_ne!(written(&name, false).0, source);
    }
    let mut name = Name::person("Doe", "Jane");
    name.detail = Some(Box::new(crate::record::NameDetail { flags: vec!["equal".into()], ..Default::default() }));
    assert_eq!(written(&name, true), ("Doe, Jane".to_owned(), Parts::FLAGS));
}

/// Names that would be taken for something else are written so that they are not.
#[test]
fn names_that_look_like_lists_come_back() {
    for (family, given) in [
        ("others", ""), ("Others", ""), ("al", "et"), ("Doe", "Jane et al"), ("J. Doe", "K. Roe"), ("Doe", "J., Roe, K."),
        ("Doe; Roe", "Jane; Kim"), ("Doe Jr.", "Jane"), ("Doe III", "Jane"), ("Doe", "Jr."), ("Jane Doe", "Jr."), ("Jr.", "Jane"),
        ("Doe, Jr.", "H."), ("(Eds.)", "Jane"), ("Doe", "Jane (Eds.)"), ("Doe", "Jane, eds."), ("Doe,", "Jane,"), ("Doe and Roe", ""), ("a=b", "c=d"), ("and", "and"), ("Doe", "Jane, Kim"), ("", "Jane"),
    ] {
        let name = Name::person(family, given);
        let (out, lost) = written(&name, true);
        let reads = parse_one(&out);
        assert_eq!(reads.as_ref() == Some(&name), lost.is_empty(), "{out} {reads:?}");
        assert_eq!(parse(&out).names.list.len(), 1, "{out}");
        assert_eq!(written(&reads.unwrap(), true), (out, Parts::NONE));
    }
}

fn part(words: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(words), 1..3).prop_map(|words| words.join(" "))
}

const ODD: &[&str] = &[
    "Jr.", "III", "et", "al.", "et al.", "others", "und", "&", "(Eds.)", "eds.", "J.", "Doe", "Roe", "van", "PhD", "and", "a,", ";",
];

fn odd_part(fewer: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(ODD), 0..4 - fewer).prop_map(|words| words.join(" "))
}

/// Words of given names. A family name does not begin with an initial: that is a name in a list parted by commas.
const GIVEN: &[&str] = &["Ann", "B.", "Çelik", "O'Neil", "Jean-Luc", "王"];
const FAMILY: &[&str] = &["Ann", "Çelik", "O'Neil", "Jean-Luc", "王"];

/// What ordinary names are made of and what makes them others, and what stands between: each between middle points.
const ORDINARY: &str = "Doe·Roe·ROE·Jean-Luc·O'Neil·J.·K·J.-P.·van·der·de·d'·'t·Çelik·ő·öst·Žemaitė·×·Roe×·{\\\"O}z·G{\\\"o}del·\\'{E}t·\
    \\'e·{\\'\\i}·{\\c c}·\\c c·\\v{s}·{\\o}·\\o·\\o{}·{\\ij}·\\ij{}·{\\L}·{\\relax van}·\\~n·\\={a}·\
    {Acme}·{}·{·}·,·,·,·,·.·-·--·''·~·=·;·&·and·and·and·AND·Et Al.·et al·al.·Others·others·etal·Jr.·III·\
    Sr·PhD·ed.·Eds.·(Eds.)·und·et·y·I·In·M.fl·U. A.·王·family=Doe·\u{a0}";
const BETWEEN: &str = "· · · · ·  ·\n· \n\t ·\n\n· and · and ·\nand\n·, ·, ·,· , ";

fn pieces_of(pieces: &'static str) -> impl Strategy<Value = &'static str> {
    prop::sample::select(pieces.split('·').collect::<Vec<_>>())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6000))]

    #[test]
    fn ordinary_names_are_read_as_any(pieces in prop::collection::vec((pieces_of(ORDINARY), pieces_of(BETWEEN)), 0..9)) {
        let source: String = pieces.iter().flat_map(|(piece, between)| [*piece, *between]).collect();
        prop_assert_eq!(parse(&source), parse_with(&source, |_, _, _| First::Odd), "{:?}", source);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6000))]

    #[test]
    fn plain_names_are_ordinary(
        family in prop::collection::vec((pieces_of(ORDINARY), pieces_of("··· ·-")), 1..3),
        given in prop::collection::vec((pieces_of(ORDINARY), pieces_of("··· ·-")), 1..4),
    ) {
        let of = |pieces: Vec<(&str, &str)>| pieces.into_iter().flat_map(|(piece, between)| [piece, between]).collect::<String>();
        let (family, given) = (of(family), of(given));
        let name = Name::person(family.trim(), given.clone());
        let source = format!("{}, {}", name.family, given);
        prop_assert!(!is_plain(&name.family, &given) || is_ordinary(&source, &Name { given: given.clone(), ..name }), "{}", source);
    }
}

proptest! {
    #[test]
    fn classic_form_reads_back(
        list in prop::collection::vec((part(FAMILY), part(GIVEN), prop::sample::select(vec!["", "van", "de la", "d'"]), prop::sample::select(vec!["", "Jr.", "III"])), 1..5),
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

    /// Lists of names that look like something else: what is written a second time is what was written first, and what
    /// reads otherwise is in the report.
    #[test]
    fn awkward_names_are_stable(
        list in prop::collection::vec((odd_part(0), odd_part(0), odd_part(2), prop::bool::weighted(0.2)), 1..4),
        others: bool,
    ) {
        let name = |(family, given, suffix, literal): (String, String, String, bool)| match literal {
            true => Name { organization: true, ..Name::literal(if family.is_empty() { "x" } else { &*family }) },
            false if family.is_empty() => Name::person("Doe", given),
            false => Name { suffix, ..Name::person(family, given) },
        };
        let names = Names { others, ..Names::of(list.into_iter().map(name).collect()) };
        // With `carry` nothing is added to a name.
        for (form, carry) in [(Form::Classic, true), (Form::Long, true), (Form::Classic, false), (Form::Long, false)] {
            let options = WriteOptions { carry, ..WriteOptions::default() };
            let write = |names: &Names| {
                let mut out = String::new();
                let lost = write_list(names, form, &mut CellSink::new(&options, "book"), &mut out);
                (out, lost)
            };
            let (out, lost) = write(&names);
            let reads = parse(&out).names;
            prop_assert!(!carry || !lost.is_empty() || reads == names, "{} {:?}", out, reads);
            prop_assert_eq!(write(&reads).0, out);
        }
    }

    #[test]
    fn no_list_panics(source in "\\PC{0,40}|([{}\\\\,=;\"~' aAé]|and| and |others|van|\\\\'|family=){0,30}") {
        parse(&source);
    }
}

fn written(name: &Name, long: bool) -> (String, Parts) {
    let options = WriteOptions::default();
    let mut sink = CellSink::new(&options, "book");
    let mut out = String::new();
    let lost = if long {
        write_name(name, Form::Long, &mut sink, &mut out)
    } else {
        write_name(name, Form::Classic, &mut sink, &mut out)
    };
    (out, lost)
}

#[test]
fn a_suffix_alone_is_written_so_that_it_stays_one() {
    let name = Name { suffix: "Jr.".into(), ..Name::person("Doe", "") };
    assert_eq!(written(&name, false), ("Doe, Jr., {}".to_owned(), Parts::NONE));
}

/// What stands twice is kept.
#[test]
fn parts_that_stand_twice_are_kept() {
    let source = "family=Doe, given=Jane, given=Kim";
    let name = parse_one(source).unwrap();
    assert_eq!((&*name.given, name.detail.as_ref().unwrap().flags.as_slice()), ("Jane", &["given=Kim".into()][..]));
    assert_eq!(written(&name, true), (source.to_owned(), Parts::NONE));
}

/// A literal that says that there are more is not written as one where it would not be read so.
#[test]
fn et_al_at_the_end_is_written_as_others() {
    let options = WriteOptions::default();
    let literal = Name { organization: true, ..Name::literal("et al.") };
    for (list, others, text) in [
        (vec![Name::person("Doe", "J."), literal.clone()], false, "Doe, J. and others"),
        (vec![Name::person("Doe", "J."), literal.clone()], true, "Doe, J. and {et al.} and others"),
        (vec![literal.clone()], false, "{et al.}"),
    ] {
        let mut out = String::new();
        let names = Names { others, ..Names::of(list) };
        let lost = write_list(&names, Form::Classic, &mut CellSink::new(&options, "book"), &mut out);
        assert_eq!(out, text);
        assert_eq!(parse(&out).names == names, lost.is_empty(), "{out}");
    }
}

#[test]
fn classic_names_come_back() {
    for (raw, family, given, particle, suffix) in [
        ("de la Vall{\\'e}e Poussin, Jr., Charles", "Vallée Poussin", "Charles", "de la", "Jr."),
        ("Ludwig van Beethoven", "Beethoven", "Ludwig", "van", ""),
        ("Plato", "Plato", "", "", ""),
        ("hooks, bell", "hooks", "bell", "", ""),
        ("Drummond de Andrade, Carlos", "Drummond de Andrade", "Carlos", "", ""),
        ("{Barnes and Noble}, Jane", "Barnes and Noble", "Jane", "", ""),
        ("{\\'E}lie Cartan", "Cartan", "Élie", "", ""),
        ("{Acme Corp}{}", "Acme Corp", "", "", ""),
        ("Knuth, Donald~E.", "Knuth", "Donald E.", "", ""),
    ] {
        let name = parse_one(raw).unwrap();
        assert_eq!(
            (&*name.family, &*name.given, &*name.particle, &*name.suffix),
            (family, given, particle, suffix),
            "{raw}"
        );
        let (out, lost) = written(&name, false);
        assert_eq!(lost, Parts::NONE, "{raw} → {out}");
        assert_eq!(parse_one(&out), Some(name), "{raw} → {out}");
    }
}

#[test]
fn names_are_written_as_readers_expect() {
    let name = |family: &str, given: &str| Name::person(family, given);
    for (name, out) in [
        (name("Serre", "Thomas"), "Serre, Thomas"),
        (name("Drummond de Andrade", "Carlos"), "{Drummond de Andrade}, Carlos"),
        (name("Sun, Li", "Wei"), "{Sun, Li}, Wei"),
        (Name { particle: "van der".into(), ..name("Berg", "A.") }, "van der Berg, A."),
        (name("van der Berg", "A."), "van der Berg, A."),
        (name("Él de la Cruz", "A."), "{Él de la Cruz}, A."),
        (name("Plato", ""), "Plato"),
        (Name { organization: true, ..Name::literal("Barnes & Noble") }, "{Barnes \\& Noble}"),
    ] {
        assert_eq!(written(&name, false), (out.to_owned(), Parts::NONE));
    }
    let dropping = Name { dropping_particle: "de la".into(), ..name("Fontaine", "Jean") };
    assert_eq!(written(&dropping, false), ("de la Fontaine, Jean".to_owned(), Parts::DROPPING));
    let long = "family=Fontaine, given=Jean, prefix={de la}, useprefix=false";
    assert_eq!(written(&dropping, true), (long.to_owned(), Parts::NONE));
}
