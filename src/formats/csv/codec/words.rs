//! Titles, notes, numbers and words of vocabularies.

use super::{reads, without_fraction};
use super::super::names::{self};
use crate::mapping::codecs::markup::{self, unescape};
use crate::mapping::codecs::{marked, one_line, put_trimmed};
use crate::mapping::{Codec, Shape};
use crate::record::{File, Lang, Note, NoteKind, Number, Parts, Publisher, PublisherRole, Text, Value};

/// Words with tags and entities of web pages, as programs leave them in what they keep.
pub(in crate::formats::csv) static TEXT: Codec = Codec {
    carries: Parts::ALL,
    read: |raws, _, values| marked::read_lines(raws, values),
    write: |value, sink| match value {
        Value::Text(text) => Some(marked::write_line(text, sink, marked::with_tags)),
        _ => None,
    },
    ..crate::mapping::codecs::TEXT
};

/// The same in paragraphs, which keep their line breaks.
pub(in crate::formats::csv) static PARAGRAPHS: Codec = Codec {
    name: "paragraphs",
    read: |raws, _, values| marked::read_paragraphs(raws, values),
    write: |value, sink| match value {
        Value::Text(text) => Some(marked::write_paragraphs(text, sink, marked::with_tags)),
        _ => None,
    },
    carries: Parts::ALL,
    ..crate::mapping::codecs::TEXT
};

/// Several texts with semicolons between them.
pub(in crate::formats::csv) static TEXTS: Codec = Codec {
    name: "texts, semicolons between",
    shape: Shape::Joined("; "),
    read: |raws, _, values| {
        let parts = raws.iter().flat_map(|raw| names::semicolons(raw));
        values.extend(parts.map(|part| Value::Text(Text::plain(unescape(part.trim())))));
        !values.is_empty()
    },
    write: |value, sink| {
        let Value::Text(text) = value else { return None };
        let line = one_line(text.as_str()).replace(';', ",");
        let lost = if line == text.as_str() { Parts::NONE } else { Parts::SPELLING };
        sink.put(0, line);
        Some(lost)
    },
    example: &["Words; more words"],
    ..crate::mapping::codecs::TEXT
};

/// A title, of which databases break the line now and then; words that say that there is none are none.
pub(in crate::formats::csv) static TITLE: Codec = reads(
    "title",
    |raws, _, values| {
        let raw = raws.first().copied().unwrap_or_default();
        if raw.eq_ignore_ascii_case("[No title available]") {
            return false;
        }
        values.push(Value::Text(markup::read(&one_line(raw))));
        true
    },
    &["On Examples"],
);

/// A title with that in another language behind it, as Scopus has both: `On Examples; [Sobre ejemplos]`.
pub(in crate::formats::csv) static TITLE_OF_TWO: Codec = reads(
    "title, perhaps with another in brackets",
    |raws, cx, values| {
        let raw = raws.first().copied().unwrap_or_default();
        (TITLE.read)(&[two_titles(raw).map_or(raw, |(title, _)| title)], cx, values)
    },
    &["On Examples; [Sobre ejemplos]"],
);

/// The two titles of a cell that has both.
pub(in crate::formats::csv) fn two_titles(raw: &str) -> Option<(&str, &str)> {
    let (title, other) = raw.trim_end().strip_suffix(']')?.split_once("; [")?;
    (!title.is_empty() && !other.is_empty()).then_some((title, other))
}

/// A title with the point behind it that PubMed puts there.
pub(in crate::formats::csv) static TITLE_WITH_POINT: Codec = reads(
    "title, with a last point",
    |raws, _, values| {
        let raw = raws.first().copied().unwrap_or_default().trim();
        let bare = raw.strip_suffix('.').filter(|it| !it.ends_with('.')).unwrap_or(raw);
        values.push(Value::Text(markup::read(&one_line(bare))));
        true
    },
    &["On Examples."],
);

/// An abstract; what databases write where there is none is none.
pub(in crate::formats::csv) static ABSTRACT: Codec = reads(
    "abstract",
    |raws, _, values| {
        let raw = raws.first().copied().unwrap_or_default();
        if !["[No abstract available]", "No abstract available.", "No abstract available"].contains(&raw.trim()) {
            values.push(Value::Text(markup::read(raw)));
        }
        true
    },
    &["An abstract."],
);

/// Notes, one cell each.
pub(in crate::formats::csv) static NOTE: Codec = Codec { carries: Parts::LINE_BREAKS, ..crate::mapping::codecs::NOTE };

macro_rules! notes {
    ($($(#[$doc:meta])* $constant:ident $name:literal $kind:ident;)*) => {
        $($(#[$doc])* pub(in crate::formats::csv) static $constant: Codec = reads(
            $name,
            |raws, _, values| {
                let raw = raws.first().copied().unwrap_or_default();
                values.push(Value::Note(Note { kind: NoteKind::$kind, text: Text::plain(raw) }));
                true
            },
            &["A note."],
        );)*
    };
}

notes! {
    /// How it was published.
    HOW_PUBLISHED "how it was published" HowPublished;
}

/// A number.
pub(in crate::formats::csv) static NUMBER: Codec = Codec {
    read: |raws, _, values| {
        let raw = raws.first().copied().unwrap_or_default();
        values.push(Value::Number(Number::new(without_fraction(raw))));
        true
    },
    ..crate::mapping::codecs::NUMBER
};

/// Languages, by tag, code or name.
pub(in crate::formats::csv) static LANGUAGE: Codec = Codec {
    shape: Shape::Joined("; "),
    read: |raws, cx, values| {
        let bare = raws.first().copied().unwrap_or_default().replace('|', ";");
        (crate::mapping::codecs::languages::LANGUAGE.read)(&[&bare], cx, values)
    },
    ..crate::mapping::codecs::languages::LANGUAGE
};

/// A language in the words of a program that takes one.
pub(in crate::formats::csv) static ONE_LANGUAGE: Codec = Codec {
    name: "language",
    shape: Shape::Each,
    carries: Parts::ALL,
    read: |raws, _, values| {
        values.push(Value::Lang(Lang::parse(raws.first().copied().unwrap_or_default())));
        true
    },
    write: |value, sink| {
        let Value::Lang(lang) = value else { return None };
        let cell = one_line(lang.as_str());
        if Lang::parse(cell.trim()) != *lang {
            return None;
        }
        put_trimmed(cell, sink);
        Some(Parts::NONE)
    },
    example: &["en"],
};

macro_rules! publishers {
    ($($(#[$doc:meta])* $constant:ident $name:literal $role:ident;)*) => {
        $($(#[$doc])* pub(in crate::formats::csv) static $constant: Codec = Codec {
            name: $name,
            read: |raws, _, values| {
                let name = Text::plain(unescape(raws.first().copied().unwrap_or_default()));
                values.push(Value::Publisher(Publisher { name, role: PublisherRole::$role }));
                true
            },
            ..reads($name, |_, _, _| false, &["Example University"])
        };)*
    };
}

publishers! {
    /// A publisher.
    PUBLISHER "publisher" Publisher;
    /// A school.
    SCHOOL "school" School;
    /// An institution.
    INSTITUTION "institution" Institution;
    /// An organisation.
    ORGANIZATION "organization" Organization;
}

/// Files, semicolons between them.
pub(in crate::formats::csv) static FILES: Codec = Codec {
    name: "files, semicolons between",
    shape: Shape::Joined("; "),
    carries: Parts::NONE,
    read: |raws, _, values| {
        let parts = raws.iter().flat_map(|raw| raw.split("; ")).map(str::trim).filter(|path| !path.is_empty());
        values.extend(parts.map(|path| Value::File(File { path: path.to_owned(), ..File::default() })));
        !values.is_empty()
    },
    write: |value, sink| {
        let Value::File(file) = value else { return None };
        let cell = one_line(&file.path);
        let lost = if cell == file.path && !cell.contains("; ") && cell.trim() == cell { Parts::NONE } else { Parts::SPELLING };
        put_trimmed(cell.replace("; ", ";"), sink);
        Some(lost)
    },
    example: &["/a/b.pdf; /c/d.pdf"],
};

/// A word of a vocabulary.
pub(in crate::formats::csv) static TOKEN: Codec = Codec {
    read: |raws, _, values| {
        values.push(Value::Token(raws.first().copied().unwrap_or_default().to_lowercase()));
        true
    },
    write: |_, _| None,
    ..crate::mapping::codecs::TOKEN
};

/// Whether an article may be read by all.
pub(in crate::formats::csv) static OPEN_ACCESS: Codec = reads(
    "open access",
    |raws, _, values| {
        let raw = raws.first().copied().unwrap_or_default().trim().to_lowercase();
        let open = ["true", "yes", "1", "open access", "is_oa"].contains(&raw.as_str());
        if open {
            values.push(Value::Token("open-access".to_owned()));
        }
        open
    },
    &["true"],
);
