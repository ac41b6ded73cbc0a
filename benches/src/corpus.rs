//! A made-up library: the mix of types, names, markup and lengths that real ones have. The same number of records gives
//! the same bytes on every machine, and a longer library begins with a shorter one.

use std::fmt::Write as _;

const WORDS: &[&str] = &[
    "adaptive", "analysis", "approach", "bounds", "carbon", "coastal", "complex", "control", "data", "deep", "design",
    "dynamics", "effects", "energy", "estimation", "evidence", "field", "forest", "functions", "graph", "growth",
    "inference", "kernel", "large", "learning", "linear", "market", "methods", "models", "networks", "noise", "ocean",
    "optimal", "patterns", "phase", "protein", "quantum", "random", "regional", "response", "sampling", "sediment",
    "sparse", "stochastic", "structure", "surface", "systems", "theory", "transport", "variational", "waves",
];
const CAPITALS: &[&str] = &["{DNA}", "{Bayesian}", "{Markov}", "{GPU}", "{Fourier}", "{NP}", "{Alpine}", "{RNA-Seq}"];
const SPECIALS: &[&str] = &[
    "Schr{\\\"o}dinger", "R\\&D", "50\\%", "na{\\\"\\i}ve", "$\\alpha$", "\\emph{in situ}", "Poincar{\\'e}", "caf\u{e9}",
    "\u{3b2}-carotene", "cost--benefit", "``so-called''",
];
const FAMILY: &[&str] = &[
    "Smith", "M{\\\"u}ller", "Garc\u{ed}a", "van der Berg", "Erd{\\H{o}}s", "O'Neil", "Li", "Novák", "de la Cruz",
    "Johansson", "Saint-Exup{\\'e}ry", "Kowalski", "Ferreira", "Yılmaz", "Tanaka", "Singh", "{\\O}stergaard", "Dubois",
];
const GIVEN: &[&str] = &[
    "Anna", "Jos{\\'e}", "J. R.", "Zo\u{eb}", "Wei", "Kim", "Fran\u{e7}ois", "Ingrid", "Paul", "M.-L.", "Olufemi", "Rahul",
];
const JOURNALS: &[&str] = &[
    "Journal of Applied Examples", "Annals of Made-Up Results", "Physical Notes B", "PLOS Sample", "Letters in Nothing",
    "Zeitschrift f{\\\"u}r Beispiele",
];
const PUBLISHERS: &[&str] = &["Example Press", "Wiley \\& Daughters", "Universit{\\\"a}tsverlag", "North Sample"];
const PLACES: &[&str] = &["New York", "S\u{e3}o Paulo", "Z{\\\"u}rich", "Oslo", "Berlin"];

/// A generator of numbers: Knuth's constants, the upper bits.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }

    fn of<'w>(&mut self, words: &[&'w str]) -> &'w str {
        words[self.below(words.len())]
    }

    /// Whether something happens that does so this often in a hundred.
    fn happens(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

/// This many records in BibLaTeX.
pub fn bib(records: usize) -> String {
    let mut out = String::with_capacity(records * 950);
    for number in 0..records {
        entry(&mut Dice(number as u64 * 7919 + 1), number, &mut out);
    }
    out
}

fn entry(dice: &mut Dice, number: usize, out: &mut String) {
    let kind = dice.of(&["article", "article", "article", "inproceedings", "book", "incollection", "thesis", "report", "online"]);
    let year = 1960 + dice.below(65);
    let _ = writeln!(out, "@{kind}{{key{year}:{number},");
    let mut field = |name: &str, value: &str| {
        let _ = writeln!(out, "  {name} = {{{value}}},");
    };
    field("author", &names(dice));
    field("title", &title(dice, 10));
    match kind {
        "article" => {
            field("journaltitle", dice.of(JOURNALS));
            field("volume", &(1 + dice.below(90)).to_string());
            field("number", &(1 + dice.below(12)).to_string());
            field("issn", &issn(dice));
        }
        "inproceedings" | "incollection" => {
            field("booktitle", &format!("Proceedings of {}", title(dice, 6)));
            field("editor", &names(dice));
            field("publisher", dice.of(PUBLISHERS));
            field("location", dice.of(PLACES));
        }
        "book" => {
            field("publisher", dice.of(PUBLISHERS));
            field("location", dice.of(PLACES));
            field("edition", &(1 + dice.below(4)).to_string());
        }
        "thesis" | "report" => {
            field("type", if kind == "thesis" { "phdthesis" } else { "techreport" });
            field("institution", "University of Examples");
        }
        _ => field("urldate", &format!("{year}-12-31")),
    }
    match dice.below(3) {
        0 => field("date", &year.to_string()),
        1 => field("date", &format!("{year}-{:02}", 1 + dice.below(12))),
        _ => field("date", &format!("{year}-{:02}-{:02}", 1 + dice.below(12), 1 + dice.below(28))),
    }
    if matches!(kind, "article" | "inproceedings" | "incollection") {
        let first = 1 + dice.below(1500);
        field("pages", &format!("{first}--{}", first + dice.below(40)));
    }
    if dice.happens(75) {
        field("doi", &format!("10.{}/x.{year}.{number:05}", 1000 + dice.below(8000)));
    }
    if dice.happens(35) {
        field("url", &format!("https://www.example.org/{}/{year}?id={number}&ref=a_b#s1", dice.of(WORDS)));
    }
    if dice.happens(55) {
        field("keywords", &[dice.of(WORDS), dice.of(WORDS), dice.of(WORDS)].join(", "));
    }
    field("langid", dice.of(&["english", "ngerman", "french"]));
    if dice.happens(50) {
        field("abstract", &prose(dice, 800));
    }
    out.push_str("}\n\n");
}

fn names(dice: &mut Dice) -> String {
    if dice.happens(3) {
        return "{{Institute of Made-Up Studies}}".to_owned();
    }
    let count = 1 + dice.below(6);
    let list: Vec<String> = (0..count).map(|_| format!("{}, {}", dice.of(FAMILY), dice.of(GIVEN))).collect();
    list.join(" and ")
}

fn title(dice: &mut Dice, words: usize) -> String {
    let mut title = String::from(dice.of(&["On", "Towards", "A", "Beyond", "The"]));
    for _ in 0..3 + dice.below(words) {
        title.push(' ');
        title.push_str(if dice.happens(8) { dice.of(CAPITALS) } else { dice.of(WORDS) });
    }
    title
}

fn prose(dice: &mut Dice, length: usize) -> String {
    let mut prose = String::with_capacity(length + 40);
    while prose.len() < length {
        let start = prose.len();
        for at in 0..8 + dice.below(10) {
            prose.push_str(if at > 0 { " " } else { "" });
            prose.push_str(if dice.happens(5) { dice.of(SPECIALS) } else { dice.of(WORDS) });
        }
        if let Some(first) = prose.get_mut(start..start + 1) {
            first.make_ascii_uppercase();
        }
        prose.push_str(". ");
    }
    prose.trim_end().to_owned()
}

/// A serial number with a right check digit.
fn issn(dice: &mut Dice) -> String {
    let digits: Vec<usize> = (0..7).map(|_| dice.below(10)).collect();
    let sum: usize = digits.iter().zip((2..=8).rev()).map(|(digit, weight)| digit * weight).sum();
    let check = match (11 - sum % 11) % 11 {
        10 => "X".to_owned(),
        digit => digit.to_string(),
    };
    let body: String = digits.iter().map(usize::to_string).collect();
    format!("{}-{}{check}", &body[..4], &body[4..])
}

/// The same library in another format.
#[cfg(feature = "measure")]
pub fn in_format(bib: &str, format: &str) -> Result<Vec<u8>, bibferry::Error> {
    use bibferry::convert::{self, Input, Options};
    let mut out = Vec::new();
    let options = Options::to(bibferry::formats::by_name(format)?);
    convert::run(&[Input::bytes("corpus.bib", bib)], &mut out, &options, &mut ())?;
    Ok(out)
}
