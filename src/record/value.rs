//! What stands in a slot: one owned type for each sort of value, and the parts that a format may fail to carry.

use super::{Date, Id, Lang, Names, Number, Pages, Text};
use std::fmt;
use std::ops::{BitAnd, BitOr, BitOrAssign, Sub};

macro_rules! parts {
    ($($constant:ident $bit:literal $name:literal;)*) => {
        /// The separable parts of a value: what a codec says it carries, and what the report says was narrowed.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct Parts(u64);

        impl Parts {
            $(#[doc = concat!("The part reported as `", $name, "`.")] pub const $constant: Parts = Parts(1 << $bit);)*
            const TABLE: &'static [(Parts, &'static str)] = &[$((Parts::$constant, $name),)*];
        }
    };
}

parts! {
    MARKUP 0 "markup";
    NO_CASE 1 "no-case";
    MATH 2 "math";
    QUOTE 3 "quote";
    LINK 4 "link";
    RAW 5 "raw markup";
    LINE_BREAKS 6 "line breaks";
    PARTICLE 7 "particle";
    DROPPING 8 "dropping particle";
    SUFFIX 9 "suffix";
    COMMA_SUFFIX 10 "comma before the suffix";
    ORGANIZATION 11 "organization";
    IDS 12 "ids";
    AFFILIATION 13 "affiliation";
    ALT 14 "other-script form";
    FLAGS 15 "flags";
    OTHERS 16 "and others";
    UNPLACED 17 "unplaced contributor";
    ROLE 18 "role";
    APPROXIMATE 19 "approximate";
    UNCERTAIN 20 "uncertain";
    UNSPECIFIED 21 "unspecified digits";
    RANGE_END 22 "range end";
    MONTH 23 "month";
    DAY 24 "day";
    SEASON 25 "season";
    TIME 26 "time";
    LITERAL 27 "literal";
    ERA 28 "era";
    SCHEME 29 "scheme";
    QUALIFIER 30 "qualifier";
    LABEL 31 "label";
    KIND 32 "kind";
    LIST 33 "list";
    TARGET 34 "target";
    SPELLING 35 "spelling";
    GROUP 36 "group";
    ORDER 37 "order";
    OPEN_END 38 "open end";
}

impl Parts {
    /// No part.
    pub const NONE: Parts = Parts(0);
    /// Every part: the value comes back as it was.
    pub const ALL: Parts = Parts(u64::MAX);

    /// Both.
    #[must_use]
    pub const fn and(self, other: Parts) -> Parts {
        Parts(self.0 | other.0)
    }

    /// These without the others.
    #[must_use]
    pub const fn without(self, other: Parts) -> Parts {
        Parts(self.0 & !other.0)
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether all of `other` are among these.
    pub const fn contains(self, other: Parts) -> bool {
        self.0 & other.0 == other.0
    }

    /// The names of the parts, in the order of the table.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        Parts::TABLE.iter().filter(move |(part, _)| self.contains(*part)).map(|(_, name)| *name)
    }
}

impl BitOr for Parts {
    type Output = Parts;
    fn bitor(self, other: Parts) -> Parts {
        self.and(other)
    }
}

impl BitOrAssign for Parts {
    fn bitor_assign(&mut self, other: Parts) {
        self.0 |= other.0;
    }
}

impl BitAnd for Parts {
    type Output = Parts;
    fn bitand(self, other: Parts) -> Parts {
        Parts(self.0 & other.0)
    }
}

impl Sub for Parts {
    type Output = Parts;
    fn sub(self, other: Parts) -> Parts {
        self.without(other)
    }
}

impl fmt::Display for Parts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, name) in self.names().enumerate() {
            write!(f, "{}{name}", if i == 0 { "" } else { ", " })?;
        }
        Ok(())
    }
}

macro_rules! tokens {
    ($(#[$doc:meta])* $name:ident default $default:ident { $($variant:ident $word:literal $about:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $(#[doc = $about] $variant,)* }

        impl $name {
            /// All of them.
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];

            /// The word in the canonical JSON and in reports.
            pub const fn name(self) -> &'static str {
                match self { $($name::$variant => $word,)* }
            }

            /// The one with this [`name`](Self::name).
            pub fn from_name(name: &str) -> Option<$name> {
                Self::ALL.iter().copied().find(|it| it.name() == name)
            }
        }

        impl Default for $name {
            fn default() -> $name { $name::$default }
        }
    };
}

tokens! {
    /// What a publisher is to the item (D-11: kept by role, never joined).
    PublisherRole default Publisher {
        Publisher "publisher" "The publisher.",
        Distributor "distributor" "Who distributes it.",
        Manufacturer "manufacturer" "Who made it.",
        Institution "institution" "The institution that issued a report.",
        School "school" "The school that accepted a thesis.",
        Organization "organization" "The organisation behind a manual, site or conference.",
        Label "label" "The label of a recording.",
        Studio "studio" "The studio of a film.",
        Network "network" "The network that broadcast it.",
        Repository "repository" "The repository that keeps data or preprints.",
        Company "company" "The company that made a program.",
    }
}

tokens! {
    /// What a note is.
    NoteKind default Note {
        Note "note" "A note.",
        Addendum "addendum" "Printed at the end of a reference.",
        HowPublished "howpublished" "How it was published.",
        Research "research" "A note of one's own.",
        Comment "comment" "A comment.",
        Caption "caption" "A caption.",
        Legal "legal" "A legal note.",
        Custom "custom" "A field of the user's.",
        Label "label" "A label.",
    }
}

tokens! {
    /// What a web address leads to.
    UrlKind default Landing {
        Landing "landing" "The item's page.",
        FullText "fulltext" "The text.",
        Pdf "pdf" "The text as PDF.",
        Html "html" "The text as HTML.",
        Archive "archive" "An archived copy.",
        Related "related" "Something related.",
        Repository "repository" "Where the code or data are.",
        License "license" "The licence.",
        Image "image" "A picture.",
        Aggregator "aggregator" "The record in a database.",
        DoiDerived "doi-derived" "The DOI as an address: nothing that the DOI does not say.",
    }
}

tokens! {
    /// Where a keyword comes from.
    KeywordKind default Unspecified {
        Unspecified "unspecified" "The source does not say.",
        Author "author" "The authors chose it.",
        Index "index" "A database assigned it.",
        Subject "subject" "From a controlled vocabulary.",
        Automatic "automatic" "A program added it.",
    }
}

/// A keyword or subject heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keyword {
    /// The words.
    pub text: String,
    /// The vocabulary (`mesh`, `lcsh` …), if the source names one.
    pub scheme: Option<Box<str>>,
    /// Where it comes from.
    pub kind: KeywordKind,
    /// Whether it is a main topic.
    pub major: bool,
}

/// A note with its kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Note {
    /// What the note is.
    pub kind: NoteKind,
    /// What it says.
    pub text: Text,
}

/// A web address. Kept byte for byte; never fetched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Url {
    /// The address.
    pub url: String,
    /// What it leads to.
    pub kind: UrlKind,
    /// The words shown for it.
    pub label: Option<Box<str>>,
}

/// Who published the item, in what role. Places stand in [`Field::Place`](super::Field::Place), tied by the group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Publisher {
    /// The name.
    pub name: Text,
    /// The role.
    pub role: PublisherRole,
}

/// A link to another record or work.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Relation {
    /// What the other is to this one: `crossref`, `related`, `review-of`, `set-member` …
    pub kind: Box<str>,
    /// The other's key, identifier or description.
    pub target: String,
}

impl Relation {
    /// The kind of a link to a record whose fields this one has taken: the link says nothing more.
    pub const INHERITED: &str = "inherited";
}

/// An attached file. Never opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct File {
    /// The path as the source has it.
    pub path: String,
    /// The media type, or the word that the source uses for it.
    pub mime: Option<Box<str>>,
    /// The words shown for it.
    pub label: Option<Box<str>>,
}

/// What stands in a slot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Words for people.
    Text(Text),
    /// Contributors in one role.
    Names(Names),
    /// A date or a span of time.
    Date(Date),
    /// Page ranges.
    Pages(Pages),
    /// A number as printed.
    Number(Number),
    /// A keyword.
    Keyword(Keyword),
    /// A note.
    Note(Note),
    /// An identifier.
    Id(Id),
    /// A web address.
    Url(Url),
    /// A publisher.
    Publisher(Publisher),
    /// A relation.
    Relation(Relation),
    /// A file.
    File(File),
    /// A language.
    Lang(Lang),
    /// A word of a program's vocabulary.
    Token(String),
}

impl Value {
    /// The parts this value has, of which a format may fail to carry some.
    pub fn parts(&self) -> Parts {
        let when = |yes: bool, part: Parts| if yes { part } else { Parts::NONE };
        match self {
            Value::Text(text) => text.parts(),
            Value::Names(names) => names.parts(),
            Value::Date(date) => date.parts(),
            Value::Pages(pages) => pages.parts(),
            Value::Number(_) | Value::Token(_) | Value::Lang(_) => Parts::NONE,
            Value::Keyword(keyword) => {
                when(keyword.scheme.is_some(), Parts::SCHEME)
                    | when(keyword.kind != KeywordKind::Unspecified || keyword.major, Parts::KIND)
            }
            Value::Note(note) => note.text.parts() | when(note.kind != NoteKind::Note, Parts::KIND),
            Value::Id(id) => id.parts(),
            Value::Url(url) => {
                when(url.kind != UrlKind::Landing, Parts::KIND) | when(url.label.is_some(), Parts::LABEL)
            }
            Value::Publisher(publisher) => {
                publisher.name.parts() | when(publisher.role != PublisherRole::Publisher, Parts::ROLE)
            }
            Value::Relation(_) => Parts::KIND,
            Value::File(file) => when(file.label.is_some(), Parts::LABEL) | when(file.mime.is_some(), Parts::KIND),
        }
    }

    /// Whether the value says nothing: an empty value never enters a record.
    pub fn is_empty(&self) -> bool {
        match self {
            Value::Text(text) => text.says_nothing(),
            Value::Names(names) => names.list.iter().all(super::Name::is_empty) && names.unplaced.is_empty(),
            Value::Date(date) => date.is_empty(),
            Value::Pages(pages) => pages.ranges.is_empty(),
            Value::Number(number) => number.as_str().is_empty(),
            Value::Keyword(keyword) => keyword.text.is_empty(),
            Value::Note(note) => note.text.says_nothing(),
            Value::Id(id) => id.value.is_empty(),
            Value::Url(url) => url.url.is_empty(),
            Value::Publisher(publisher) => publisher.name.is_empty(),
            Value::Relation(relation) => relation.target.is_empty(),
            Value::File(file) => file.path.is_empty(),
            Value::Lang(lang) => lang.as_str().is_empty(),
            Value::Token(token) => token.is_empty(),
        }
    }

    /// The value as one line for reports and messages, cut to `limit` characters.
    pub fn excerpt(&self, limit: usize) -> String {
        let whole = match self {
            Value::Text(text) => text.as_str().to_owned(),
            Value::Names(names) => names.list.iter().map(super::Name::display).collect::<Vec<_>>().join("; "),
            Value::Date(date) => date.to_string(),
            Value::Pages(pages) => pages.to_string(),
            Value::Number(number) => number.as_str().to_owned(),
            Value::Keyword(keyword) => keyword.text.clone(),
            Value::Note(note) => note.text.as_str().to_owned(),
            Value::Id(id) => id.value.clone(),
            Value::Url(url) => url.url.clone(),
            Value::Publisher(publisher) => publisher.name.as_str().to_owned(),
            Value::Relation(relation) => relation.target.clone(),
            Value::File(file) => file.path.clone(),
            Value::Lang(lang) => lang.as_str().to_owned(),
            Value::Token(token) => token.clone(),
        };
        excerpt(&whole, limit)
    }
}

/// One line of at most `limit` characters, with `…` where it was cut.
pub fn excerpt(whole: &str, limit: usize) -> String {
    let mut chars = whole.chars().map(|c| if c.is_control() { ' ' } else { c });
    let mut cut: String = chars.by_ref().take(limit).collect();
    if chars.next().is_some() {
        cut.push('…');
    }
    cut
}
