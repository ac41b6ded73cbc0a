//! Lists of names, as BibTeX and BibLaTeX write them: sections 4.1 and D-05, D-51, D-52, D-63 of the mapping reference.
//!
//! [`list`] reads a list, [`ordinary`] the names that need no care, [`classic`] and [`long`] a name in either form; [`mistakes`]
//! knows what people write instead of `and`. [`plain`] tells the names that come back as they are, and [`write`] writes all
//! names: in the classic form, its parts in braces where they would not come back otherwise, and in
//! BibLaTeX the extended form where no classic one comes back. [`orcid`] reads and writes iDs in annotations.
//!
//! ```text
//! author         = {van Beethoven, Ludwig and family=Fontaine, given=Jean, prefix={de la}, useprefix=false},
//! author+an:orcid = {2="0000-0002-1825-0097"},
//! ```

mod classic;
mod list;
mod long;
mod mistakes;
mod orcid;
mod ordinary;
mod plain;
#[cfg(test)]
mod tests;
mod write;

pub(super) use orcid::NAMES_ORCID;
pub(super) use mistakes::is_more;
pub(super) use write::{Form, put_list};

use super::codec::WHOLE;
use crate::diagnostic::{Code, NAME_COMMAS, NAMES_ON_ONE_LINE, Severity};
use crate::mapping::{Codec, CodecReading, Shape};
use crate::record::{Names, Parts, Value, excerpt};
use list::{Mistake, Parsed, parse};

/// The parts of a list of names that the extended form carries.
pub(super) const LONG_CARRY: Parts =
    WHOLE.without(Parts::AFFILIATION).without(Parts::ALT).without(Parts::UNPLACED).without(Parts::ROLE).without(
        Parts::COMMA_SUFFIX,
    );

/// The parts that the classic form carries.
pub(super) const CLASSIC_CARRY: Parts = LONG_CARRY.without(Parts::IDS).without(Parts::FLAGS);

/// `et al.` where `and others` is meant.
pub(super) static ET_AL: Code = Code {
    id: "names-et-al",
    severity: Severity::Note,
    title: "`et al.` in a list of names",
    page: "BibTeX and BibLaTeX know that a list goes on by the words `and others` at its end, and take `et al.` for a \
           name. It was read as `and others`, and is written so.",
};

/// Names parted by commas alone.
pub(super) static BY_COMMAS: Code = Code {
    id: "names-by-commas",
    severity: Severity::Warning,
    title: "names separated by commas alone",
    page: "In .bib files names are separated by the word `and`; commas part one name. Here initials show that each piece \
           (`J. Doe, K. Roe`) or each two pieces (`Doe, J., Roe, K.`) are a name, and the list was split there.",
};

/// Names parted by another word.
pub(super) static BY_WORD: Code = Code {
    id: "names-by-other-word",
    severity: Severity::Warning,
    title: "names separated by another word than `and`",
    page: "In .bib files names are separated by the English word `and` in any language; styles print the word of theirs. \
           Here `&`, `und` or another such word stands between names that begin with initials or have their family names \
           first, or `&` between three or more, and the list was split there.",
};

/// A suffix out of place.
pub(super) static SUFFIX: Code = Code {
    id: "name-suffix-out-of-place",
    severity: Severity::Note,
    title: "`Jr.` or the like where BibTeX does not take it for a suffix",
    page: "BibTeX looks for a suffix between two commas, `King, Jr., Martin Luther`, and takes it for a part of the family \
           or given name elsewhere. It was read as the suffix that it is.",
};

/// A role behind a name.
pub(super) static ROLE: Code = Code {
    id: "name-with-role",
    severity: Severity::Warning,
    title: "a name with `(ed.)` or the like behind it",
    page: "What a person did is said by the field, `editor` or `translator`; BibTeX takes a word behind the name for a part \
           of it. The name was read without the word. Check that it stands in the right field.",
};

/// Names that nothing parts for certain.
pub(super) static SEVERAL: Code = Code {
    id: "names-unseparated",
    severity: Severity::Warning,
    title: "one name that seems to be several",
    page: "In .bib files names are separated by the word `and`. This name has semicolons in it, or a name between two \
           commas where a suffix stands, as if it were a list; but that is not certain, and it was read as BibTeX reads it. Put \
           `and` between names, or braces around the name of an organisation.",
};

/// An `and` with nothing on one side.
pub(super) static NOTHING: Code = Code {
    id: "names-empty",
    severity: Severity::Warning,
    title: "an `and` without a name on one side of it",
    page: "A list of names begins or ends with `and`, or has two of them in a row. Check whether a name is missing.",
};

/// Names in capitals.
pub(super) static CAPITALS: Code = Code {
    id: "names-in-capitals",
    severity: Severity::Note,
    title: "names all in capitals",
    page: "Styles print names as they stand. They were kept as they are; `--repair=all` writes them in the usual letter case.",
};

/// A list of names in classic form.
pub(super) static NAMES: Codec = Codec {
    name: "names",
    shape: Shape::Joined(" and "),
    carries: CLASSIC_CARRY,
    read: |raws, cx, values| {
        let before = values.len();
        for raw in raws {
            let Some(names) = read_list(raw, cx) else {
                values.truncate(before);
                return false;
            };
            values.push(Value::Names(names));
        }
        true
    },
    write: |value, sink| write::write(value, Form::Classic, sink),
    example: &["van Beethoven, Ludwig and {Acme Corp} and others"],
};

/// A list of names, in BibLaTeX's extended form where needed.
pub(super) static NAMES_LONG: Codec =
    Codec { carries: LONG_CARRY, write: |value, sink| write::write(value, Form::Long, sink), ..NAMES };

/// Reads a list and reports what is odd about it. Nothing, if it holds what no record can.
pub(super) fn read_list(raw: &str, cx: &mut CodecReading<'_, '_>) -> Option<Names> {
    let parsed = parse(raw);
    let nobody = parsed.names.list.is_empty() && !raw.trim().is_empty();
    if nobody || !parsed.options.is_empty() {
        return None;
    }
    report(&parsed, cx);
    Some(parsed.names)
}

fn report(parsed: &Parsed<'_>, cx: &mut CodecReading<'_, '_>) {
    for (mistake, item) in &parsed.mistakes {
        let (code, what) = match mistake {
            Mistake::Commas => (&NAME_COMMAS, "more commas than a name has"),
            Mistake::EtAl => (&ET_AL, "`and others` is meant"),
            Mistake::Semicolons => (&NAMES_ON_ONE_LINE, "names separated by semicolons, split there"),
            Mistake::CommasAlone => (&BY_COMMAS, "names separated by commas, split there"),
            Mistake::OtherWord => (&BY_WORD, "names separated by another word than `and`, split there"),
            Mistake::CommaBehind => (&NAME_COMMAS, "a comma behind a name"),
            Mistake::SemicolonBehind => (&NAME_COMMAS, "a semicolon behind a name"),
            Mistake::Suffix => (&SUFFIX, "a suffix where BibTeX takes it for a part of the name"),
            Mistake::Role => (&ROLE, "what a person did, behind the name"),
            Mistake::Several => (&SEVERAL, "this seems to be several names, and was read as one"),
            Mistake::Nothing => (&NOTHING, "no name before or after `and`"),
            Mistake::Capitals => (&CAPITALS, "a name in capitals"),
        };
        // With a suffix and no given name there is no better way to write it.
        let stays = match mistake {
            Mistake::Several | Mistake::Capitals => true,
            Mistake::Suffix => parsed.names.list.iter().any(|name| !name.suffix.is_empty() && name.given.is_empty()),
            _ => false,
        };
        if !stays {
            cx.mend();
        }
        let message = if item.is_empty() { what.to_owned() } else { format!("{what}: {}", excerpt(item, 60)) };
        cx.report(code, message);
    }
}
