//! Lists of names.

use super::{ReadCells, across, reads};
use super::super::joined::{joined, with_degrees};
use super::super::names::{self, Order, SEMICOLON, Style};
use crate::mapping::codecs::markup::{escape_entities, unescape};
use crate::mapping::codecs::one_line;
use crate::mapping::{CellSink, Codec, CodecReading, Shape};
use crate::record::{Name, Names, Parts, Value};

fn read_names(raw: &str, style: &Style, role: Option<&str>, values: &mut Vec<Value>) -> bool {
    let names = names::read(raw, style, role);
    let found = names.is_some();
    values.extend(names.map(Value::Names));
    found
}

macro_rules! names {
    ($($(#[$doc:meta])* $constant:ident $name:literal $between:expr, $order:expr, $role:expr, $example:literal;)*) => {
        $($(#[$doc])* pub(in crate::formats::csv) static $constant: Codec = reads(
            $name,
            |raws, _, values| {
                const STYLE: Style = Style { between: $between, order: $order };
                read_names(raws.first().copied().unwrap_or_default(), &STYLE, $role, values)
            },
            &[$example],
        );)*
    };
}

names! {
    /// `Doe, Jane; Roe, Kim`, and names in one piece.
    INVERTED "names, family name first" SEMICOLON, Order::Inverted, None, "Doe, Jane; Roe, Kim";
    /// `Doe J.; Roe K.`, or with commas between them, as Scopus had it before.
    SCOPUS "names, initials last" &[";", ", "], Order::Initials, None, "Doe J.; Roe K.";
    /// `Doe J, Roe K.`
    COMMA_INITIALS "names, initials last, commas between" &[";", ", "], Order::Initials, None, "Doe J, Roe K";
    /// `Jane Doe; Kim Roe`
    DISPLAY "names as printed" SEMICOLON, Order::Display, None, "Jane Doe; Kim Roe";
    /// `J Doe, K Roe`
    DISPLAY_COMMAS "names as printed, commas between" &[";", ", "], Order::Display, None, "J Doe, K Roe";
    /// `Jane Doe|Kim Roe`
    DISPLAY_BARS "names as printed, bars between" &["|", ";"], Order::Display, None, "Jane Doe|Kim Roe";
    /// `Doe, Jane and Roe, Kim`
    AND "names, `and` between" &[" and ", ";"], Order::Display, None, "Doe, Jane and Roe, Kim";
    /// Who advised a thesis.
    ADVISORS "names (advisor)" &[" and ", ";"], Order::Display, Some("advisor"), "Doe, Jane and Roe, Kim";
    /// Names in whatever form.
    GUESS "names" &[], Order::Guess, None, "Doe, Jane; Roe, Kim";
    /// Inventors of a patent.
    INVENTORS "names (inventor)" &[";;"], Order::Register, Some("inventor"), "DOE JANE A;;ROE KIM";
    /// Who applies for a patent: people or companies, and nothing says which.
    APPLICANTS "names of people or bodies" &[";;"], Order::Inverted, None, "DOE JANE A;;EXAMPLE CORP";
    /// Bodies.
    GROUPS "bodies" SEMICOLON, Order::Inverted, None, "Examples Study Group";
}

/// `Doe, Jane; Roe, Kim` beside `Doe, J; Roe, K`, which says nothing more.
pub(in crate::formats::csv) static INVERTED_AND_SHORT: Codec = across(&reads(
    "names, and the same with initials",
    |raws, cx, values| read_again(raws, &INVERTED, cx, values),
    &["Doe, Jane; Roe, Kim", "Doe, J; Roe, K"],
));

/// `Doe, Jane (57194012345)` beside `Doe J.` and perhaps the numbers alone, which say nothing more.
pub(in crate::formats::csv) static SCOPUS_AGAIN: Codec = across(&reads(
    "names with numbers, and the same with initials",
    |raws, cx, values| read_again(raws, &SCOPUS, cx, values),
    &["Doe, Jane (57194012345)", "Doe J.", "57194012345"],
));

/// The same beside the numbers alone.
pub(in crate::formats::csv) static SCOPUS_WITH_IDS: Codec = across(&reads(
    "names with numbers, and the numbers",
    |raws, cx, values| match raws {
        [full, numbers] => read_again(&[*full, "", *numbers], &SCOPUS, cx, values),
        _ => false,
    },
    &["Doe, Jane (57194012345)", "57194012345"],
));

/// Reads names in full, if the others, of this form, and the numbers say nothing more.
fn read_again(raws: &[&str], short: &Codec, cx: &mut CodecReading<'_, '_>, values: &mut Vec<Value>) -> bool {
    let (full, again, numbers) = (raws.first(), raws.get(1), raws.get(2).copied().unwrap_or_default());
    let Some(full) = full.filter(|full| !full.is_empty() && (INVERTED.read)(&[**full], cx, values)) else { return false };
    let mut shorter = Vec::new();
    let again = again.copied().unwrap_or_default();
    let is_read = again.is_empty() || (short.read)(&[again], cx, &mut shorter);
    let says_all = match (values.last(), shorter.last()) {
        (Some(Value::Names(names)), Some(Value::Names(short))) => is_shorter(short, names),
        _ => again.is_empty(),
    };
    let has_all = names::semicolons(numbers).iter().all(|number| full.contains(number.trim()));
    if !(is_read && says_all && has_all && (!again.is_empty() || !numbers.is_empty())) {
        values.clear();
        return false;
    }
    true
}

/// Whether names say nothing that others do not say: they are of the same people, with some of their initials.
fn is_shorter(short: &Names, full: &Names) -> bool {
    let initials = |name: &Name| -> Vec<char> {
        let given = [&name.given, " ", &name.dropping_particle].concat();
        let words = given.split([' ', '-', '.', '\u{a0}']).filter_map(|word| word.chars().next());
        words.flat_map(char::to_uppercase).collect()
    };
    let is_short = |(short, full): (&Name, &Name)| {
        // `JR` may be initials.
        let more = if full.suffix.is_empty() { &*short.suffix } else { "" };
        let mut letters = short.given.chars().chain(more.chars()).filter(|c| c.is_alphabetic()).flat_map(char::to_uppercase);
        let mut rest = initials(full).into_iter();
        let whole = |name: &Name| [&name.family, &name.literal].map(|part| part.to_lowercase());
        let is_same = whole(short) == whole(full) && (full.suffix.is_empty() || full.suffix == short.suffix);
        is_same && letters.all(|letter| rest.any(|initial| initial == letter))
    };
    short.others == full.others && short.list.len() == full.list.len() && short.list.iter().zip(&full.list).all(is_short)
}

/// `J Doe, K Roe…`: Google Scholar cuts long lists off.
pub(in crate::formats::csv) static SCHOLAR_NAMES: Codec = reads(
    "names as printed, commas between, perhaps cut off",
    |raws, cx, values| {
        let raw = raws.first().copied().unwrap_or_default().trim();
        let whole = raw.strip_suffix('…').or_else(|| raw.strip_suffix("..."));
        let found = (DISPLAY_COMMAS.read)(&[whole.unwrap_or(raw).trim_end_matches([',', ' '])], cx, values);
        if let (Some(_), Some(Value::Names(names))) = (whole, values.last_mut()) {
            names.others = true;
        }
        found
    },
    &["J Doe, K Roe…"],
);

/// `Jane DoeKim Roe`: names with nothing between them, as Springer has them.
pub(in crate::formats::csv) static JOINED_NAMES: Codec = reads(
    "names as printed, nothing between",
    |raws, _, values| {
        let raw = unescape(raws.first().copied().unwrap_or_default());
        let pieces = joined(&raw).into_iter().filter(|piece| !piece.trim().is_empty());
        values.push(Value::Names(Names { list: pieces.map(with_degrees).collect(), ..Names::default() }));
        true
    },
    &["Jane DoeKim Roe"],
);

/// `Doe J, Roe KL.`: a point ends the list.
pub(in crate::formats::csv) static PUBMED_NAMES: Codec = reads(
    "names, initials last, a point behind",
    |raws, cx, values| {
        let raw = raws.first().copied().unwrap_or_default().trim();
        (COMMA_INITIALS.read)(&[raw.strip_suffix('.').unwrap_or(raw)], cx, values)
    },
    &["Doe J, Roe KL."],
);

/// A contributor's list in cells that are written, too: `Doe, Jane; Roe, Kim`.
const fn written_names(name: &'static str, read: ReadCells, write: fn(&Value, &mut CellSink<'_, '_>) -> Option<Parts>) -> Codec {
    Codec {
        name,
        shape: Shape::Joined("; "),
        carries: Parts::ALL.without(Parts::OTHERS.and(Parts::UNPLACED)),
        read,
        write,
        example: &["Doe, Jane; Roe, Kim"],
    }
}

const ZOTERO_STYLE: Style = Style { between: SEMICOLON, order: Order::Inverted };

fn write_names(value: &Value, sink: &mut CellSink<'_, '_>, role: Option<&str>) -> Option<Parts> {
    let Value::Names(names) = value else { return None };
    if names.role.as_deref() != role {
        return None;
    }
    let mut lost = Parts::NONE;
    let mut all = Vec::with_capacity(names.list.len());
    for name in &names.list {
        lost |= name.inverted_lost(false);
        all.push(one_line(name.to_inverted(false)).replace(';', ","));
    }
    let cell = escape_entities(&all.join("; ")).into_owned();
    // What is read back must be these names, but for what is said to be lost.
    let back = names::read(&cell, &ZOTERO_STYLE, role).unwrap_or_default();
    let bare = Names { others: false, unplaced: Vec::new(), ..names.clone() };
    if back != bare && lost.is_empty() {
        lost |= Parts::SPELLING;
    }
    if cell.is_empty() {
        return None;
    }
    sink.put(0, cell);
    Some(lost)
}

macro_rules! zotero_names {
    ($($(#[$doc:meta])* $constant:ident $name:literal $role:expr;)*) => {
        $($(#[$doc])* pub(in crate::formats::csv) static $constant: Codec = written_names(
            $name,
            |raws, _, values| read_names(raws.first().copied().unwrap_or_default(), &ZOTERO_STYLE, $role, values),
            |value, sink| write_names(value, sink, $role),
        );)*
    };
}

zotero_names! {
    /// Names in the role of the column.
    NAMES "names" None;
    /// Who represents the inventor.
    ATTORNEYS "names (attorney)" Some("attorney");
    /// Who commented on a post.
    COMMENTERS "names (commenter)" Some("commenter");
    /// Who brought in a bill with others.
    COSPONSORS "names (cosponsor)" Some("cosponsor");
    /// The lawyers of a case.
    COUNSEL "names (counsel)" Some("counsel");
    /// Who wrote the words of a song.
    LYRICISTS "names (lyricist)" Some("lyricist");
}
