//! `bibferry formats`: all formats in a table, or one with its mapping, as people read it.

use super::layout::{paragraph, table};
use bibferry::Error;
use bibferry::format::{Carrier, Format};
use bibferry::formats;
use bibferry::mapping::{CarryIn, Mapping, Rule, TypeRule, Way};
use bibferry::record::Field;
use bibferry::transform::repair::Level;

/// The page of one format, or the table of all.
pub(super) fn page(name: Option<&str>) -> Result<String, Error> {
    match name {
        Some(name) => formats::by_name(name).map(describe),
        None => Ok(list()),
    }
}

fn list() -> String {
    let mut rows = vec![["format", "", "endings", "about"].map(str::to_owned).to_vec()];
    rows.extend(formats::ALL.iter().map(|format| {
        vec![
            format.id.to_owned(),
            ways(format).to_owned(),
            dotted(format),
            format!("{}: {}", format.name, format.about),
        ]
    }));
    let mut page = String::new();
    table(&mut page, 0, &rows);
    page.push_str("\n`bibferry formats FORMAT` describes one.\n");
    page
}

/// What we do with a format.
fn ways(format: &Format) -> &'static str {
    match (format.read.is_some(), format.write.is_some()) {
        (true, true) => "read, write",
        (true, false) => "read",
        (false, true) => "write",
        (false, false) => "",
    }
}

fn dotted(format: &Format) -> String {
    format.extensions.iter().map(|ending| format!(".{ending}")).collect::<Vec<_>>().join(" ")
}

/// The page of a format.
pub(super) fn describe(format: &'static Format) -> String {
    let mut page = format!("{}: {}\n\n", format.id, format.name);
    paragraph(&mut page, 2, format.about);
    page.push('\n');
    let mut facts = Vec::new();
    let mut fact = |name: &str, value: String| {
        if !value.is_empty() {
            facts.push(vec![name.to_owned(), value]);
        }
    };
    fact("here", ways(format).to_owned());
    fact("also called", format.aliases.join(", "));
    fact("endings", dotted(format));
    fact("media types", format.media_types.join(", "));
    fact("specification", format.specification.to_owned());
    let repair = match format.repair {
        Level::Off => "",
        Level::Safe => "--repair=safe unless --repair=off",
        Level::All => "--repair=all unless --repair=off",
    };
    fact("repaired", repair.to_owned());
    table(&mut page, 2, &facts);
    if format.write.is_some() {
        page.push_str("\nWhat is lost in writing it\n\n");
        paragraph(&mut page, 2, format.lost);
        paragraph(&mut page, 2, carried(format));
    }
    match format.mapping {
        Some(mapping) => mapped(&mut page, mapping),
        // A format without tags that holds everything has a member for each field.
        None if format.carrier == Carrier::Native => fields(&mut page),
        None => {}
    }
    if !format.codes.is_empty() {
        page.push_str("\nFindings of its own (`bibferry explain CODE`)\n\n");
        let codes: Vec<_> = format.codes.iter().map(|code| vec![code.id.to_owned(), code.title.to_owned()]).collect();
        table(&mut page, 2, &codes);
    }
    page
}

fn carried(format: &Format) -> &'static str {
    match (format.carrier, format.mapping.map(|mapping| mapping.carry)) {
        (Carrier::Native, None | Some(CarryIn::Nowhere)) => "",
        (Carrier::Native, Some(_)) => "With --carry everything is taken along, in fields of ours.",
        (Carrier::Notes, _) => "With --carry what fits there is taken along in note lines.",
        (Carrier::None, _) => "--carry can take nothing along.",
    }
}

fn mapped(page: &mut String, mapping: &Mapping) {
    page.push_str("\nTypes: what it says, and the kind that it is\n\n");
    table(page, 2, &type_rows(mapping.types.rows));
    page.push_str("\nFields: what it says, and the field that it is (the first row that fits is taken)\n\n");
    let rules: Vec<_> = mapping.rules.iter().map(rule_row).collect();
    table(page, 2, &rules);
    if !mapping.keys.is_empty() {
        page.push_str("\nThe citation key\n\n");
        paragraph(page, 2, &mapping.keys.join(", "));
    }
    if !mapping.echoes.is_empty() {
        page.push_str("\nRepeated for programs that look there\n\n");
        let echoes: Vec<_> = mapping
            .echoes
            .iter()
            .map(|echo| vec![echo.tag.to_owned(), format!("the value of {}{}", echo.of, on(echo.types, &[]))])
            .collect();
        table(page, 2, &echoes);
    }
    if !mapping.unsupported.is_empty() {
        page.push_str("\nFields that it has no place for\n\n");
        paragraph(page, 2, &mapping.unsupported.iter().map(|field| field.name()).collect::<Vec<_>>().join(", "));
    }
}

/// A row for each type word and direction, with all its kinds.
fn type_rows(types: &[TypeRule]) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    for row in types {
        let word = match row.mark {
            Some(mark) => format!("{} + {mark}", row.word),
            None => row.word.to_owned(),
        };
        let kind = match row.subtype {
            Some(subtype) => format!("{} ({subtype})", row.kind.name()),
            None => row.kind.name().to_owned(),
        };
        let way = arrow(row.way);
        match rows.iter_mut().find(|it| it.starts_with(&[word.clone(), way.to_owned()])) {
            Some(same) => same.last_mut().into_iter().for_each(|kinds| *kinds = format!("{kinds}, {kind}")),
            None => rows.push(vec![word, way.to_owned(), kind]),
        }
    }
    rows
}

fn rule_row(rule: &Rule) -> Vec<String> {
    let mut when = format!("{}{}", rule.codec.name, on(rule.types, rule.not_types));
    if rule.when.is_some() {
        let beside: Vec<String> = rule.beside.iter().map(|(tag, value)| format!("{tag} = {value}")).collect();
        when.push_str(", by the other tags");
        if !beside.is_empty() {
            when.push_str(", such as ");
            when.push_str(&beside.join(", "));
        }
    }
    vec![rule.tags.to_owned(), arrow(rule.way).to_owned(), rule.field.name().to_owned(), when]
}

/// In which direction a row works: tags to the left, fields to the right.
fn arrow(way: Way) -> &'static str {
    match way {
        Way::Both => "<->",
        Way::Read => "-->",
        Way::Write => "<--",
    }
}

fn on(types: &[&str], not_types: &[&str]) -> String {
    match (types, not_types) {
        ([], []) => String::new(),
        ([], not) => format!(", not on {}", not.join(", ")),
        (types, _) => format!(", on {}", types.join(", ")),
    }
}

fn fields(page: &mut String) {
    page.push_str("\nFields: each is a member of the record's `fields`; `many` are arrays\n\n");
    let rows: Vec<_> = Field::ALL
        .iter()
        .map(|field| {
            let many = if field.repeats() { " (many)" } else { "" };
            let value = format!("{:?}{many}", field.value_type()).to_lowercase();
            vec![field.name().to_owned(), value, field.about().to_owned()]
        })
        .collect();
    table(page, 2, &rows);
}
