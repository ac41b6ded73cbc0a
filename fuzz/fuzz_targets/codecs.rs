//! Any string as LaTeX, name, date, pages or identifier: a normal form is its own normal form.

#![no_main]

use bibferry::record::{Date, Lang, Name, Pages, identifier};
use bibferry::tex::{self, Encode, Protect};
use libfuzzer_sys::fuzz_target;

/// LaTeX read and written again.
fn latex(text: &str, ascii: bool) -> String {
    let mut out = String::new();
    let _ = tex::encode(&tex::decode(text).text, Encode { ascii, protect: Protect::Marked }, &mut out);
    out
}

fuzz_target!(|text: &str| {
    for ascii in [false, true] {
        // The first time marks inside marks may become one.
        let once = latex(text, ascii);
        let twice = latex(&once, ascii);
        assert!(tex::balanced(&once), "{once}");
        assert_eq!(latex(&twice, ascii), twice, "of {text:?}");
    }
    for date in [Some(Date::from_words(text)), Some(Date::from_slashed(text)), Date::from_edtf(text)].into_iter().flatten() {
        if date.literal.is_none() && !date.is_empty() {
            assert_eq!(Date::from_edtf(&date.to_string()).as_ref(), Some(&date), "of {text:?}");
        }
    }
    let shown = Name::from_display(text).display();
    assert_eq!(Name::from_display(&shown).display(), shown, "of {text:?}");
    let (name, _) = Name::from_inverted(text);
    let _ = (name.to_inverted(false), name.display(), name.parts());
    if let Some(pages) = Pages::parse(text) {
        let written = pages.write("-", ", ");
        assert_eq!(Pages::parse(&written).map(|it| it.write("-", ", ")), Some(written));
    }
    for read in [identifier::pmid, identifier::pmcid, identifier::arxiv, identifier::isbn, identifier::issn] {
        if let Some(id) = read(text) {
            assert_eq!(read(&id.value).map(|it| it.value), Some(id.value));
        }
    }
    if let Some(doi) = identifier::doi(text) {
        assert_eq!(identifier::doi(&doi), Some(doi));
    }
    let lang = Lang::parse(text);
    assert_eq!(Lang::parse(lang.as_str()), lang);
});
