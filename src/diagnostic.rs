//! Findings about the input: each with a code, a severity, a place and a hint. They never stop the run.
//!
//! A [`Code`] is a static that lives with whoever reports it: the codes of one format in its folder, the common ones
//! here. `bibferry explain CODE` prints its page.

use crate::source::Span;
use std::sync::Arc;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing: a repair that was made, a value that may be incomplete.
    Note,
    /// The input is not as it should be, but nothing was given up.
    Warning,
    /// A record or an input was given up; its text is kept where it could be.
    Error,
}

impl Severity {
    /// The word for it, as it is printed.
    pub const fn name(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// A sort of finding.
#[derive(Debug)]
pub struct Code {
    /// Its stable name, lower-case words joined by hyphens.
    pub id: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// One line: what happened.
    pub title: &'static str,
    /// What it means, why it matters, and what to do about it.
    pub page: &'static str,
}

impl PartialEq for Code {
    fn eq(&self, other: &Code) -> bool {
        self.id == other.id
    }
}

impl Eq for Code {}

/// A finding.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// What sort it is.
    pub code: &'static Code,
    /// How bad this one is: the code's severity.
    pub severity: Severity,
    /// What happened here.
    pub message: String,
    /// The name of the input, as the user gave it.
    pub file: Option<Arc<str>>,
    /// Where in it.
    pub span: Option<Span>,
    /// The number of the record in the run, from 1.
    pub record: Option<u64>,
    /// The record's citation key.
    pub key: Option<String>,
    /// What to do about it.
    pub hint: Option<String>,
    /// Findings that agree in code and in this word are reported once for each input.
    pub once: Option<Box<str>>,
}

impl Diagnostic {
    /// A finding without a place.
    #[cold]
    pub fn new(code: &'static Code, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code,
            severity: code.severity,
            message: message.into(),
            file: None,
            span: None,
            record: None,
            key: None,
            hint: None,
            once: None,
        }
    }

    /// The same finding at a place.
    #[must_use]
    pub fn at(mut self, span: impl Into<Span>) -> Diagnostic {
        self.span = Some(span.into());
        self
    }

    /// The same finding with advice.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Diagnostic {
        self.hint = Some(hint.into());
        self
    }

    /// The same finding, of which only the first with this word is reported for each input.
    #[must_use]
    pub fn once(mut self, word: impl Into<Box<str>>) -> Diagnostic {
        self.once = Some(word.into());
        self
    }

    /// The same finding about a record of the run.
    #[must_use]
    pub fn about(mut self, record: &crate::record::Record) -> Diagnostic {
        self.record = Some(record.origin.number).filter(|number| *number > 0);
        self.key = record.key.as_ref().map(|key| key.text.clone());
        if self.span.is_none() && record.origin.place.line > 0 {
            self.span = Some(record.origin.place.into());
        }
        self
    }
}

/// Where findings go while reading goes on.
pub trait Sink {
    /// Takes one finding.
    fn report(&mut self, diagnostic: Diagnostic);
}

impl Sink for Vec<Diagnostic> {
    fn report(&mut self, diagnostic: Diagnostic) {
        self.push(diagnostic);
    }
}

/// Findings are ignored.
impl Sink for () {
    fn report(&mut self, _: Diagnostic) {}
}

impl<F: FnMut(Diagnostic)> Sink for F {
    fn report(&mut self, diagnostic: Diagnostic) {
        self(diagnostic);
    }
}

macro_rules! codes {
    ($($constant:ident $id:literal $severity:ident $title:literal $page:literal;)*) => {
        $(#[doc = $title] pub static $constant: Code =
            Code { id: $id, severity: Severity::$severity, title: $title, page: $page };)*

        /// The codes that are not of one format.
        pub static COMMON: &[&Code] = &[$(&$constant,)*];
    };
}

codes! {
    ENCODING_GUESSED "encoding-guessed" Warning "a line is not UTF-8"
        "The file is not declared to be in another encoding, but a line in it is not UTF-8. That line was read as \
         Windows-1252, as were all later ones like it. If letters came out wrong, name the encoding: `--encoding latin1`, \
         `--encoding shift_jis`, any name of the WHATWG Encoding Standard.";
    ENCODING_INVALID "encoding-invalid" Warning "bytes that the named encoding does not have"
        "The input holds bytes that its encoding (named by `--encoding` or by a byte order mark) does not have. They were \
         replaced by U+FFFD. Check the name of the encoding.";
    ENCODING_READ "encoding-read" Note "an input is read in another encoding than UTF-8"
        "A byte order mark, or a line near the beginning such as `% Encoding: ISO-8859-1`, says what encoding the input is \
         in. Output is always UTF-8; a line that says otherwise is changed. `--encoding` overrules such a line.";
    ENCODING_OVERRULED "encoding-overruled" Warning "an input declares an encoding that it is not in"
        "A line near the beginning names an encoding, but the text beyond ASCII is valid UTF-8, which text in other \
         encodings hardly ever is. It was read as UTF-8; `--encoding` says otherwise.";
    RECORD_TOO_LONG "record-too-long" Error "a record is longer than the limit"
        "A record is longer than `--max-record` allows. It was not read; its text is kept and is written back to the same \
         format. Either the record's end is damaged and it swallowed others, or the limit is too small for it.";
    RECORD_TOO_WIDE "record-too-wide" Error "a record has more fields, or its lists more parts, than the limit"
        "A record has more fields than `--max-fields` allows. It was not read; its text is kept and is written back to the \
         same format.";
    MORE_FINDINGS "more-findings" Note "more findings of one sort in one record"
        "A record has more than a hundred findings of one sort. The first of them are told; this is the number of the others.";
    FIELD_UNKNOWN "field-unknown" Warning "a field that no table knows"
        "The format's table has no rule for this field or tag, or the value is not what the rule takes. It is kept as it \
         is, written back to the same format, and named in the loss report of any other; `--carry` takes it along.";
    FIELD_REPEATED "field-repeated" Warning "a field stands twice where one value is expected"
        "The first value that the field can hold was taken; the others are kept as they are, as an unknown field would be.";
    NOT_AVAILABLE "csv-not-available" Note "NA in several cells of a row, or where a number stands, is a missing value"
        "R writes `NA` without quotation marks where a value is missing. In a row with two such cells or more they were \
         read as empty, and so was the only one of a row in a column of identifiers, addresses, volumes, issues, pages, \
         dates or abstracts. A cell in quotation marks (`\"NA\"`), and the only one of a row elsewhere, are read as what \
         they say. The tags of a record in RIS are read as the cells of a row are. Reported once for each input.";
    TYPE_UNKNOWN "type-unknown" Warning "a type word that no table knows"
        "The record's type word is in no table of the format. The record was read as `misc`, the word is kept, and the \
         same format gets it back.";
    TYPE_MISSING "type-missing" Warning "a record without a type word"
        "The record does not say what it is; it was read as `misc`.";
    DATE_LITERAL "date-literal" Note "a date that could not be parsed"
        "The date's words are kept and written as they are, but nothing can sort or convert them.";
    DATE_CONFLICT "date-conflict" Warning "two fields disagree about a date"
        "Two fields of the record give different years for the same event. The one whose office it is to give the year \
         was taken; the other is kept as an unknown field would be.";
    NAME_COMMAS "name-commas" Warning "a name with more commas than its format allows"
        "The first two commas were taken to separate the parts of the name; the rest was added to the given names.";
    NAMES_ON_ONE_LINE "names-on-one-line" Warning "several names where one is expected"
        "The names were separated by semicolons in a field that holds one name, and were split there.";
    ID_INVALID "id-invalid" Warning "an identifier whose check digit is wrong"
        "The value has the shape of an identifier but not its check digit. It is kept as it is.";
    CROSSREF_MISSING "crossref-missing" Warning "an entry takes fields from one that is not there"
        "No entry in any of the inputs has the key that `crossref` or `xdata` names. What the entry has of its own was \
         taken; the link is kept.";
    CROSSREF_CYCLE "crossref-cycle" Warning "entries take fields from each other in a circle"
        "An entry is its own parent, by way of others perhaps. What came before that was taken.";
    INHERITED_TOO_MUCH "inherited-too-much" Warning "an entry would take more from others than the limit"
        "An entry has more parents than are looked at, one above another or in all, or these have more than a mebibyte to \
         give. What came before that was taken.";
    XDATA_UNUSED "xdata-unused" Warning "an @xdata entry that nobody uses"
        "An `@xdata` entry holds fields for other entries and is no reference of its own, so that no other format gets it. \
         No entry of the inputs names this one.";
    JSON_INVALID "json-invalid" Error "text that is not JSON"
        "The text at this place is not JSON, or not an item as `bibferry explain json` describes it. It was not read; its \
         text is kept.";
    JSON_VALUE "json-value" Warning "a property whose value has another type than it should"
        "The property is kept as it is, as an unknown field would be.";
    KEY_DUPLICATE "key-duplicate" Warning "a citation key stands twice"
        "Two records have the same key. The first keeps it; the later one got a letter added, so that both can be cited.";
    KEY_SANITISED "key-sanitised" Warning "a citation key with characters that the format does not allow"
        "The format's readers would take the key apart at these characters; they were left out.";
    CITATION_UNDEFINED "citation-undefined" Warning "a document cites what no input has"
        "With `--cited` only what the document cites is written. None of the inputs has a record with this key, nor one \
         that names it among its aliases. The document will show a question mark there.";
    CITATIONS_MISSING "citations-missing" Warning "a part of a document could not be read"
        "An `.aux` file includes another one that could not be read, so that what this one cites is missing from the \
         output. Run LaTeX again, or give the `.aux` file of the document as a whole.";
    CHARACTER_UNMAPPED "character-unmapped" Warning "a character for which LaTeX has no command"
        "With `--ascii` every character is written as a LaTeX command where there is one. For this one there is none in \
         our table; it was written as it is.";
    CARRIED_CONFLICT "carried-conflict" Warning "a carried value disagrees with the record"
        "A note holds a line that an earlier conversion wrote with `--carry`, but the record has another value in that \
         field. The line was left in the note.";
    FIELD_MISSING "field-missing" Note "a record lacks what its entry type requires"
        "`bibferry check` compares each record with what biblatex requires of the entry type that the record's kind is \
         written as. Styles print such an entry with a gap, and BibTeX warns of it. Where one of several fields is enough \
         they are joined by `or`.";
    DATE_IN_WORDS "date-in-words" Note "a date that BibTeX can only have in words"
        "The date is a range, a season, about a year or in words. In a .bib file for BibTeX it stands in `year` and `month` \
         as styles print it; Biber, which sorts by integers there, warns of it. BibLaTeX's `date` holds all but words.";
    NUMBER_IN_WORDS "number-in-words" Note "a volume that is no integer"
        "BibLaTeX has integers in `volume` and `volumes`; Biber leaves others out, and says so with \
         `--validate-datamodel`. The value is written as it is: BibTeX prints it.";
    VERIFY_DIFFERS "verify-differs" Error "what was written does not read back as it should"
        "`--verify` read the output back and found a difference that the loss report does not name. This is a fault of \
         bibferry: please report it with the record.";
    OUTPUT_FAILED "output-failed" Error "an output could not be written"
        "With `--out-dir` and `--in-place` each input has an output of its own. This one could not be written and stayed as \
         it was; the others were.";
    OUTPUT_LEFT_OVER "output-left-over" Warning "a numbered file stands behind the last one"
        "With `--chunk` the output is a row of numbered files. An earlier and longer row left files behind that were not \
         written now: whoever reads them all gets old records among the new. Remove them.";
    IN_PLACE_LOSS "in-place-loss" Error "a file that cannot be rewritten whole"
        "With `--in-place` a file is replaced by what is written of it, in its own format. Something in this one would be \
         lost, so that it was left alone. Write it to another file with `-o`, and see with `--loss=full` what that is.";
    LOSS_DROPPED "loss-dropped" Warning "something that the output does not hold"
        "The format has no place for it. `--carry` takes it along where the format has notes or fields for that; \
         `bibferry formats FORMAT` says what it holds. With `--strict` or `--deny-loss` it is an error.";
    LOSS_NARROWED "loss-narrowed" Warning "something of which the output holds a part"
        "The value was written without the parts that are named: identifiers of an author, say, or the formatting of a \
         title. With `--strict` or `--deny-loss` it is an error.";
    LOSS_MERGED "loss-merged" Warning "several values became one"
        "The format has one place where the record has several values; they were joined. With `--strict` or `--deny-loss` \
         it is an error.";
    LOSS_MOVED "loss-moved" Warning "something that will be read as another field"
        "The format has no place of its own for it; it stands where readers take it for another field. With `--strict` or \
         `--deny-loss` it is an error.";
    LOSS_REDUNDANT "loss-redundant" Note "something left out that another value says"
        "Nothing is lost: an address that is the DOI's, say.";
    LOSS_ADDED "loss-added" Note "something made that the format demands"
        "The source does not have it, but the format is not valid without it: a citation key, say.";
    INPUT_FAILED "input-failed" Error "an input could not be read"
        "The other inputs were read. Whether any could be is in the exit code: 3 if none, else 1.";
    INPUT_EMPTY "input-empty" Warning "an input without a record"
        "Nothing in the input is a record of its format. If the format was detected, name it with `--from`.";
}
