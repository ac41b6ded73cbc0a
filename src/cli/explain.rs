//! `bibferry explain`: what a finding, a field, a kind or a format is.

use super::formats::describe;
use super::layout::{paragraph, table};
use bibferry::format::did_you_mean;
use bibferry::formats::{self, codes};
use bibferry::mapping::Mapping;
use bibferry::record::{Field, Host, Kind};
use bibferry::{Code, Error};

/// The pages of everything with this name, or a list of all names.
pub(super) fn page(name: Option<&str>) -> Result<String, Error> {
    let Some(name) = name else { return Ok(list()) };
    let wanted = name.trim().to_lowercase();
    let mut pages: Vec<String> = codes().filter(|code| code.id == wanted).map(code_page).collect();
    pages.extend(Field::from_name(&wanted).map(field_page));
    pages.extend(Kind::from_name(&wanted).map(kind_page));
    pages.extend(formats::ALL.iter().copied().filter(|format| format.id == wanted).map(describe));
    if pages.is_empty() {
        return Err(unknown(name));
    }
    Ok(pages.join("\n"))
}

fn unknown(name: &str) -> Error {
    let names = codes()
        .map(|code| code.id)
        .chain(Field::ALL.iter().map(|field| field.name()))
        .chain(Kind::ALL.iter().map(|kind| kind.name()))
        .chain(formats::ALL.iter().map(|format| format.id));
    let advice = match did_you_mean(name, names) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`bibferry explain` lists what there is".to_owned(),
    };
    Error::Usage(format!("`{name}` is no code, field, kind or format: {advice}"))
}

fn list() -> String {
    let mut page = String::new();
    let mut section = |title: &str, rows: Vec<Vec<String>>| {
        page.push_str(title);
        page.push_str("\n\n");
        table(&mut page, 2, &rows);
        page.push('\n');
    };
    let row = |name: &str, about: &str| vec![name.to_owned(), about.to_owned()];
    section(
        "Findings",
        codes().map(|it| vec![it.id.to_owned(), it.severity.name().to_owned(), it.title.to_owned()]).collect(),
    );
    section("Fields", Field::ALL.iter().map(|it| row(it.name(), it.about())).collect());
    section("Kinds", Kind::ALL.iter().map(|it| row(it.name(), it.about())).collect());
    section("Formats", formats::ALL.iter().map(|it| row(it.id, it.about)).collect());
    page.truncate(page.trim_end().len());
    page.push('\n');
    page
}

fn code_page(code: &'static Code) -> String {
    let mut page = format!("{} ({}): {}\n\n", code.id, code.severity.name(), code.title);
    paragraph(&mut page, 2, code.page);
    page
}

fn field_page(field: Field) -> String {
    let mut page = format!("{} (field)\n\n", field.name());
    paragraph(&mut page, 2, field.about());
    page.push('\n');
    let value = format!("{:?}", field.value_type()).to_lowercase();
    let many = if field.repeats() { "may repeat" } else { "once in a record" };
    let mut rows = vec![vec!["value".to_owned(), format!("{value}, {many}")]];
    rows.extend(field.csl().map(|variable| vec!["CSL".to_owned(), variable.to_owned()]));
    for (id, mapping) in mappings() {
        let mut tags: Vec<&str> = Vec::new();
        for rule in mapping.rules.iter().filter(|rule| rule.field == field) {
            if !tags.contains(&rule.tags) {
                tags.push(rule.tags);
            }
        }
        let tags = if tags.is_empty() { "no place".to_owned() } else { tags.join(", ") };
        rows.push(vec![id.to_owned(), tags]);
    }
    table(&mut page, 2, &rows);
    page
}

fn kind_page(kind: Kind) -> String {
    let mut page = format!("{} (kind)\n\n", kind.name());
    paragraph(&mut page, 2, kind.about());
    page.push('\n');
    let host = match kind.host() {
        Host::Container => "volume, publisher, ISBN and so on are those of what it is in",
        Host::Own => "volume, publisher, ISBN and so on are its own",
    };
    let mut rows = vec![vec!["numbers".to_owned(), host.to_owned()]];
    if !kind.subtypes().is_empty() {
        rows.push(vec!["subtypes".to_owned(), kind.subtypes().join(", ")]);
    }
    for (id, mapping) in mappings() {
        let mut words: Vec<String> = Vec::new();
        for row in mapping.types.rows.iter().filter(|row| row.kind == kind) {
            let word = row.mark.map_or(row.word.to_owned(), |mark| format!("{} + {mark}", row.word));
            if !words.contains(&word) {
                words.push(word);
            }
        }
        let words = if words.is_empty() { "no word".to_owned() } else { words.join(", ") };
        rows.push(vec![id.to_owned(), words]);
    }
    table(&mut page, 2, &rows);
    page
}

/// The formats that have tables.
fn mappings() -> impl Iterator<Item = (&'static str, &'static Mapping)> {
    formats::ALL.iter().filter_map(|format| Some((format.id, format.mapping?)))
}
