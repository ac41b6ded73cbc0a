//! What commands do that are neither accents nor characters: the table.

use crate::record::MarkKind;

/// A change of letter case that a command asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    Upper,
    Lower,
}

impl Case {
    pub(super) fn of(self, text: &str) -> String {
        match self {
            Case::Upper => text.to_uppercase(),
            Case::Lower => text.to_lowercase(),
        }
    }
}

/// What a command does.
#[derive(Clone, Copy)]
pub(super) enum Action {
    /// Marks its argument.
    Mark(fn() -> MarkKind),
    /// Marks the rest of the group.
    Switch(fn() -> MarkKind),
    /// Ends the switches of its group that are of this kind.
    Off(fn(&MarkKind) -> bool),
    /// Its argument is printed as it is.
    Through,
    /// Its argument is printed in other letters.
    Case(Case),
    /// Its argument is printed between these.
    Wrapped(&'static str, &'static str),
    /// Nothing is printed and nothing lost.
    Nothing,
    /// A line ends.
    Break,
    /// A line may end, perhaps: `\linebreak[0]`.
    BreakHint,
    /// These characters.
    Prints(&'static str),
    /// These characters, raised.
    Raised(&'static str),
    /// An argument between quotation marks; with a star, single ones.
    Quoted,
    /// `\href{address}{text}`.
    Href,
    /// `\url{address}`.
    Url,
    /// A verbatim argument to print.
    Verbatim,
    /// `\verb|text|`.
    Verb,
    /// `\foreignlanguage{name}{text}`, and the same as a quotation.
    Foreign(bool),
    /// Its argument is in this language.
    In(&'static str),
    /// `\textgreek{l'ogos}`.
    Greek,
    /// A known command whose argument is not for print: kept as an empty `Raw`.
    Hidden,
    /// A known command of several arguments, one of which is printed, so many before and behind it not: kept as `Raw`.
    Known(usize, usize),
    /// A known name that is printed as such: kept as `Raw` over it.
    Logo(&'static str),
    /// A citation: kept as `Raw` over its keys.
    Cited,
    /// A word of BibLaTeX's localisation: kept as `Raw` over it.
    BibString,
    /// `\switchargs{b}{a}`, from the examples that come with BibTeX: kept as `Raw` over both.
    Swapped,
    /// `\ensuremath{…}`.
    Math,
    /// `\ce{H2O}`: kept as `Raw` over the formula.
    Chemistry,
    /// A character by its number: `\char"7E`, `\symbol{126}`.
    Code,
    /// A character by its hexadecimal number between braces.
    HexCode,
    /// An accent by its number: `\accent19 e`.
    FontAccent,
    /// The next character, whatever it means else: `\string~`.
    Next,
    /// A length or number follows: kept as an empty `Raw`.
    Dimension,
    /// `\discretionary{before}{after}{else}`.
    Discretionary,
}

/// The commands that are neither accents nor characters, sorted by name: of LaTeX, and of the packages that people's
/// files take for granted (babel, biblatex, csquotes, graphicx, hyperref, mhchem, natbib, soul, ulem, xcolor).
const COMMANDS: &[(&str, Action)] = &[
    ("AMS", Action::Logo("AMS")),
    ("AMSLaTeX", Action::Logo("AMS-LaTeX")),
    ("AMSTeX", Action::Logo("AMS-TeX")),
    ("AmS", Action::Logo("AMS")),
    ("AmSLaTeX", Action::Logo("AMS-LaTeX")),
    ("AmSTeX", Action::Logo("AMS-TeX")),
    ("BibLaTeX", Action::Logo("BibLaTeX")),
    ("BibTeX", Action::Logo("BibTeX")),
    ("CYR", Action::Nothing),
    ("ConTeXt", Action::Logo("ConTeXt")),
    ("ElsevierGlyph", Action::HexCode),
    ("Huge", Action::Nothing),
    ("JabRef", Action::Logo("JabRef")),
    ("KOMAScript", Action::Logo("KOMA-Script")),
    ("LARGE", Action::Nothing),
    ("LaTeX", Action::Logo("LaTeX")),
    ("LaTeXTeX", Action::Logo("(La)TeX")),
    ("LaTeXe", Action::Logo("LaTeX2e")),
    ("Large", Action::Nothing),
    ("LuaLaTeX", Action::Logo("LuaLaTeX")),
    ("LuaTeX", Action::Logo("LuaTeX")),
    ("LyX", Action::Logo("LyX")),
    ("METAFONT", Action::Logo("METAFONT")),
    ("METAPOST", Action::Logo("METAPOST")),
    ("MF", Action::Logo("METAFONT")),
    ("MP", Action::Logo("METAPOST")),
    ("MakeIndex", Action::Logo("MakeIndex")),
    ("MakeLowercase", Action::Case(Case::Lower)),
    ("MakeTextLowercase", Action::Case(Case::Lower)),
    ("MakeTextUppercase", Action::Case(Case::Upper)),
    ("MakeUppercase", Action::Case(Case::Upper)),
    ("PiCTeX", Action::Logo("PiCTeX")),
    ("SliTeX", Action::Logo("SliTeX")),
    ("TeX", Action::Logo("TeX")),
    ("XeLaTeX", Action::Logo("XeLaTeX")),
    ("XeTeX", Action::Logo("XeTeX")),
    ("accent", Action::FontAccent),
    ("addtocounter", Action::Hidden),
    ("allowbreak", Action::Nothing),
    ("autocap", Action::Through),
    ("autocite", Action::Cited),
    ("begin", Action::Hidden),
    ("bf", Action::Switch(|| MarkKind::Bold)),
    ("bfseries", Action::Switch(|| MarkKind::Bold)),
    ("bibclosebracket", Action::Prints("]")),
    ("bibcloseparen", Action::Prints(")")),
    ("bibcpstring", Action::BibString),
    ("bibfnamefont", Action::Through),
    ("bibinfo", Action::Known(1, 0)),
    ("bibitem", Action::Hidden),
    ("biblstring", Action::BibString),
    ("bibnamefont", Action::Through),
    ("bibopenbracket", Action::Prints("[")),
    ("bibopenparen", Action::Prints("(")),
    ("bibsentence", Action::Nothing),
    ("bibsstring", Action::BibString),
    ("bibstring", Action::BibString),
    ("bigskip", Action::Nothing),
    ("blockquote", Action::Quoted),
    ("brackettext", Action::Wrapped("[", "]")),
    ("break", Action::Nothing),
    ("bsc", Action::Mark(|| MarkKind::SmallCaps)),
    ("caps", Action::Through),
    ("ce", Action::Chemistry),
    ("centering", Action::Nothing),
    ("char", Action::Code),
    ("cite", Action::Cited),
    ("citealp", Action::Cited),
    ("citealt", Action::Cited),
    ("citeauthor", Action::Cited),
    ("citep", Action::Cited),
    ("citet", Action::Cited),
    ("citetitle", Action::Cited),
    ("citeyear", Action::Cited),
    ("clearpage", Action::Nothing),
    ("code", Action::Known(0, 0)),
    ("color", Action::Hidden),
    ("colorbox", Action::Known(1, 0)),
    ("cyr", Action::Nothing),
    ("cyracc", Action::Nothing),
    ("cyrchar", Action::Nothing),
    ("detokenize", Action::Verbatim),
    ("discretionary", Action::Discretionary),
    ("displaystyle", Action::Nothing),
    ("em", Action::Switch(|| MarkKind::Italic)),
    ("emph", Action::Mark(|| MarkKind::Italic)),
    ("end", Action::Hidden),
    ("endgraf", Action::Break),
    ("enquote", Action::Quoted),
    ("ensuremath", Action::Math),
    ("fbox", Action::Through),
    ("fg", Action::Prints("\u{a0}»")),
    ("fontencoding", Action::Hidden),
    ("fontfamily", Action::Hidden),
    ("fontseries", Action::Hidden),
    ("fontshape", Action::Hidden),
    ("fontsize", Action::Hidden),
    ("footcite", Action::Cited),
    ("footfullcite", Action::Cited),
    ("footnote", Action::Hidden),
    ("footnotemark", Action::Hidden),
    ("footnotesize", Action::Nothing),
    ("foreignblockquote", Action::Foreign(true)),
    ("foreignlanguage", Action::Foreign(false)),
    ("foreignquote", Action::Foreign(true)),
    ("foreigntextquote", Action::Foreign(true)),
    ("framebox", Action::Through),
    ("frenchspacing", Action::Nothing),
    ("fullcite", Action::Cited),
    ("fup", Action::Mark(|| MarkKind::Superscript)),
    ("hbox", Action::Through),
    ("hfill", Action::Nothing),
    ("hl", Action::Through),
    ("hphantom", Action::Hidden),
    ("href", Action::Href),
    ("hskip", Action::Dimension),
    ("hspace", Action::Hidden),
    ("huge", Action::Nothing),
    ("hyperlink", Action::Known(1, 0)),
    ("hyperref", Action::Known(0, 0)),
    ("hypertarget", Action::Known(1, 0)),
    ("ieme", Action::Raised("e")),
    ("iemes", Action::Raised("es")),
    ("ier", Action::Raised("er")),
    ("iere", Action::Raised("re")),
    ("ieres", Action::Raised("res")),
    ("iers", Action::Raised("ers")),
    ("ignorespaces", Action::Nothing),
    ("index", Action::Hidden),
    ("isdot", Action::Nothing),
    ("it", Action::Switch(|| MarkKind::Italic)),
    ("itshape", Action::Switch(|| MarkKind::Italic)),
    ("kern", Action::Dimension),
    ("label", Action::Hidden),
    ("large", Action::Nothing),
    ("leavevmode", Action::Nothing),
    ("limits", Action::Nothing),
    ("linebreak", Action::BreakHint),
    ("llap", Action::Through),
    ("lower", Action::Dimension),
    ("lowercase", Action::Case(Case::Lower)),
    ("lsstyle", Action::Nothing),
    ("lstinline", Action::Verb),
    ("makebox", Action::Through),
    ("mathbin", Action::Through),
    ("mathnormal", Action::Through),
    ("mathop", Action::Through),
    ("mathord", Action::Through),
    ("mathrel", Action::Through),
    ("mathrm", Action::Through),
    ("mathstrut", Action::Nothing),
    ("mbox", Action::Through),
    ("mdseries", Action::Off(|kind| *kind == MarkKind::Bold)),
    ("medskip", Action::Nothing),
    ("midsentence", Action::Nothing),
    ("mkbibacro", Action::Through),
    ("mkbibbold", Action::Mark(|| MarkKind::Bold)),
    ("mkbibbrackets", Action::Wrapped("[", "]")),
    ("mkbibemph", Action::Mark(|| MarkKind::Italic)),
    ("mkbibitalic", Action::Mark(|| MarkKind::Italic)),
    ("mkbibparens", Action::Wrapped("(", ")")),
    ("mkbibquote", Action::Quoted),
    ("mkbibsc", Action::Mark(|| MarkKind::SmallCaps)),
    ("mkbibsubscript", Action::Mark(|| MarkKind::Subscript)),
    ("mkbibsuperscript", Action::Mark(|| MarkKind::Superscript)),
    ("mkern", Action::Dimension),
    ("mskip", Action::Dimension),
    ("natexlab", Action::Through),
    ("negthinspace", Action::Nothing),
    ("newblock", Action::Nothing),
    ("newline", Action::Break),
    ("newpage", Action::Nothing),
    ("nobreak", Action::Nothing),
    ("nocite", Action::Hidden),
    ("noindent", Action::Nothing),
    ("nolimits", Action::Nothing),
    ("nolinebreak", Action::BreakHint),
    ("nolinkurl", Action::Verbatim),
    ("nonfrenchspacing", Action::Nothing),
    ("nopagebreak", Action::BreakHint),
    ("nopunct", Action::Nothing),
    ("normalfont", Action::Off(|_| true)),
    ("normalsize", Action::Nothing),
    ("null", Action::Nothing),
    ("num", Action::Through),
    ("og", Action::Prints("«\u{a0}")),
    ("operatorname", Action::Through),
    ("pagebreak", Action::BreakHint),
    ("pageref", Action::Hidden),
    ("pagestyle", Action::Hidden),
    ("par", Action::Break),
    ("parbox", Action::Known(1, 0)),
    ("parencite", Action::Cited),
    ("parentext", Action::Wrapped("(", ")")),
    ("path", Action::Verbatim),
    ("pdfLaTeX", Action::Logo("pdfLaTeX")),
    ("pdfTeX", Action::Logo("pdfTeX")),
    ("penalty", Action::Dimension),
    ("phantom", Action::Hidden),
    // The Journal of Statistical Software, as the citations of R's packages have it.
    ("pkg", Action::Known(0, 0)),
    ("proglang", Action::Known(0, 0)),
    ("protect", Action::Nothing),
    ("raggedright", Action::Nothing),
    ("raise", Action::Dimension),
    ("raisebox", Action::Known(1, 0)),
    ("ref", Action::Hidden),
    ("relax", Action::Nothing),
    ("rlap", Action::Through),
    ("rm", Action::Off(|_| true)),
    ("rmfamily", Action::Off(|kind| *kind == MarkKind::Code)),
    ("rotatebox", Action::Known(1, 0)),
    ("sb", Action::Mark(|| MarkKind::Subscript)),
    ("sc", Action::Switch(|| MarkKind::SmallCaps)),
    ("scalebox", Action::Known(1, 0)),
    ("scriptsize", Action::Nothing),
    ("scriptstyle", Action::Nothing),
    ("scshape", Action::Switch(|| MarkKind::SmallCaps)),
    ("selectfont", Action::Nothing),
    ("selectlanguage", Action::Hidden),
    ("setcounter", Action::Hidden),
    ("sf", Action::Nothing),
    ("sffamily", Action::Nothing),
    ("sl", Action::Switch(|| MarkKind::Italic)),
    ("sloppy", Action::Nothing),
    ("slshape", Action::Switch(|| MarkKind::Italic)),
    ("small", Action::Nothing),
    ("smallskip", Action::Nothing),
    ("so", Action::Through),
    ("sout", Action::Mark(|| MarkKind::Strike)),
    ("sp", Action::Mark(|| MarkKind::Superscript)),
    ("st", Action::Mark(|| MarkKind::Strike)),
    ("string", Action::Next),
    ("strut", Action::Nothing),
    ("switchargs", Action::Swapped),
    ("symbol", Action::Code),
    ("texorpdfstring", Action::Known(0, 1)),
    ("text", Action::Through),
    ("textarabic", Action::In("ar")),
    ("textbf", Action::Mark(|| MarkKind::Bold)),
    ("textchinese", Action::In("zh")),
    ("textcite", Action::Cited),
    ("textcolor", Action::Known(1, 0)),
    ("textcyr", Action::Through),
    ("textcyrillic", Action::Through),
    ("textenglish", Action::In("en")),
    ("textfrench", Action::In("fr")),
    ("textgerman", Action::In("de")),
    ("textgreek", Action::Greek),
    ("texthebrew", Action::In("he")),
    ("textin", Action::Through),
    ("textit", Action::Mark(|| MarkKind::Italic)),
    ("textitalian", Action::In("it")),
    ("textjapanese", Action::In("ja")),
    ("textlatin", Action::Through),
    ("textlf", Action::Through),
    ("textls", Action::Through),
    ("textmd", Action::Through),
    ("textnormal", Action::Through),
    ("textquote", Action::Quoted),
    ("textrm", Action::Through),
    ("textrussian", Action::In("ru")),
    ("textsc", Action::Mark(|| MarkKind::SmallCaps)),
    ("textsf", Action::Through),
    ("textsl", Action::Mark(|| MarkKind::Italic)),
    ("textspanish", Action::In("es")),
    ("textssc", Action::Mark(|| MarkKind::SmallCaps)),
    ("textstyle", Action::Nothing),
    ("textsubscript", Action::Mark(|| MarkKind::Subscript)),
    ("textsuperscript", Action::Mark(|| MarkKind::Superscript)),
    ("textswab", Action::Through),
    ("texttitlecase", Action::Through),
    ("texttt", Action::Mark(|| MarkKind::Code)),
    ("textulc", Action::Through),
    ("textup", Action::Through),
    ("thanks", Action::Hidden),
    ("tiny", Action::Nothing),
    ("tt", Action::Switch(|| MarkKind::Code)),
    ("ttfamily", Action::Switch(|| MarkKind::Code)),
    ("ul", Action::Mark(|| MarkKind::Underline)),
    ("uline", Action::Mark(|| MarkKind::Underline)),
    ("underline", Action::Mark(|| MarkKind::Underline)),
    ("unskip", Action::Nothing),
    ("unspace", Action::Nothing),
    ("up", Action::Mark(|| MarkKind::Superscript)),
    ("uppercase", Action::Case(Case::Upper)),
    ("upshape", Action::Off(|kind| matches!(kind, MarkKind::Italic | MarkKind::SmallCaps))),
    ("url", Action::Url),
    ("urlstyle", Action::Hidden),
    ("vbox", Action::Through),
    ("vcenter", Action::Through),
    ("verb", Action::Verb),
    ("vphantom", Action::Hidden),
    ("vskip", Action::Dimension),
    ("vspace", Action::Hidden),
    ("xspace", Action::Nothing),
];

/// What a command does, if it is known.
pub(super) fn action(name: &str) -> Option<Action> {
    match COMMANDS.binary_search_by_key(&name, |&(name, _)| name) {
        Ok(at) => COMMANDS.get(at).map(|&(_, action)| action),
        Err(_) => is_sort_key(name).then_some(Action::Hidden),
    }
}

/// Whether this is one of the commands that people define to print nothing, for a key that only sorts. There is no
/// standard one, but their names are alike: `\noopsort`, `\SortNoop`.
fn is_sort_key(name: &str) -> bool {
    ["noop", "noopsort", "sortnoop", "nosort", "sortkey"].iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// BibLaTeX's localisation keys whose English words are not the key itself.
const BIB_STRINGS: &[(&str, &str)] = &[
    ("andothers", "et al."),
    ("byeditor", "edited by"),
    ("edition", "ed."),
    ("editor", "ed."),
    ("editors", "eds."),
    ("inpreparation", "in preparation"),
    ("inpress", "in press"),
    ("jourser", "ser."),
    ("newseries", "new series"),
    ("number", "no."),
    ("oldseries", "old series"),
    ("pages", "pp."),
    ("page", "p."),
    ("volume", "vol."),
];

/// The English words of a localisation key.
pub(super) fn bib_string(key: &str) -> &str {
    BIB_STRINGS.iter().find(|&&(it, _)| it == key).map_or(key, |&(_, words)| words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tex::tables;

    #[test]
    fn commands_can_be_searched_and_are_in_one_table() {
        assert!(COMMANDS.iter().map(|&(name, _)| name).is_sorted());
        for &(name, _) in COMMANDS {
            assert!(tables::symbol(name).is_none(), "{name}");
            assert!(tables::accent_named(name).is_none(), "{name}");
            assert!(tables::journal(name).is_none(), "{name}");
            assert!(!tables::is_alphabet(name), "{name}");
        }
    }
}
