//! Names in display order: given names, particles, family name, suffix.

use super::words::{is_particle, is_suffix, starts_lower};
use super::{Name, NameDetail};

/// Whether a particle is written together with the name behind it: *d'*Alembert, *al-*Khwarizmi.
pub(super) fn joins(particle: &str) -> bool {
    particle.ends_with(['\'', '’', '-'])
}

/// Appends a part, with a space before it unless it is the first or the particle before it joins it.
pub(super) fn push_part(out: &mut String, part: &str, joined: bool) {
    if part.is_empty() {
        return;
    }
    if !out.is_empty() && !joined {
        out.push(' ');
    }
    out.push_str(part);
}

impl Name {
    /// The name as people write it: given names, particles, family name, suffix. No space stands behind a particle that
    /// ends in an apostrophe or a hyphen, and a comma stands before the suffix if [`comma_suffix`](Name::comma_suffix).
    pub fn display(&self) -> String {
        if self.is_literal() {
            return self.literal.clone();
        }
        let lengths =
            [&self.given, &self.dropping_particle, &self.particle, &self.family, &self.suffix].map(String::len);
        let mut out = String::with_capacity(lengths.iter().sum::<usize>() + 5);
        out.push_str(&self.given);
        push_part(&mut out, &self.dropping_particle, false);
        push_part(&mut out, &self.particle, joins(&self.dropping_particle));
        let before = if self.particle.is_empty() { &self.dropping_particle } else { &self.particle };
        push_part(&mut out, &self.family, joins(before));
        if self.comma_suffix && !self.suffix.is_empty() && !out.is_empty() {
            out.push(',');
        }
        push_part(&mut out, &self.suffix, false);
        out
    }

    /// Reads a name in display order as mapping.md 4.1 has it for DBLP, which is BibTeX's rule: the last word is the
    /// family name, the particle goes from the first word in lower case to the last such word before the family name,
    /// what is before it are the given names. One word is a family name. `Jr.`, `III` and their like at the end are the
    /// suffix, and `0002` a DBLP homonym number, which goes to the identifiers as `dblp-homonym`.
    ///
    /// Of a name all in lower case only words known as particles are particles: the rule has nothing to go by. A name
    /// with a comma before anything but a suffix, or one whose parts would not give the same string back, is a literal.
    /// Runs of white space count as one space; apart from that and the homonym number, `display` gives the string back.
    pub fn from_display(raw: &str) -> Name {
        let mut words: Vec<&str> = raw.split_ascii_whitespace().collect();
        let homonym = words.last().copied().filter(|last| words.len() > 1 && is_homonym(last));
        if homonym.is_some() {
            words.pop();
        }
        let mut name = split_words(&words);
        if let Some(number) = homonym {
            let ids = vec![("dblp-homonym".into(), number.to_owned())];
            name.detail = Some(Box::new(NameDetail { ids, ..NameDetail::default() }));
        }
        name
    }
}

/// A homonym number of DBLP; none has reached 1000.
fn is_homonym(word: &str) -> bool {
    word.len() == 4 && word.starts_with('0') && word.bytes().all(|b| b.is_ascii_digit())
}

/// A personal name of the words, or a literal.
fn split_words(words: &[&str]) -> Name {
    let mut rest = words;
    let mut name = Name::default();
    if let [before @ .., last] = words
        && !before.is_empty()
        && is_suffix(last)
    {
        rest = before;
        (*last).clone_into(&mut name.suffix);
    }
    let Some((last, before)) = rest.split_last() else { return name };
    // The one comma that display order knows stands before the suffix.
    let family = last.strip_suffix(',').filter(|family| !family.is_empty() && !name.suffix.is_empty());
    name.comma_suffix = family.is_some();
    let family = family.unwrap_or(last);
    if family.contains(',') || before.iter().any(|word| word.contains(',')) {
        return Name::literal(words.join(" "));
    }
    let has_case = rest.iter().any(|word| word.chars().any(char::is_uppercase));
    let lower = |word: &&&str| starts_lower(word) && (has_case || is_particle(word));
    let first = before.iter().position(|word| lower(&word)).unwrap_or(before.len());
    let end = before.iter().rposition(|word| lower(&word)).map_or(first, |last| last + 1);
    let (head, tail) = before.split_at_checked(end).unwrap_or((before, &[]));
    let (given, particle) = head.split_at_checked(first).unwrap_or((head, &[]));
    if particle.last().is_some_and(|word| joins(word)) {
        return Name::literal(words.join(" "));
    }
    // Without a particle, `end` is the end and `tail` is empty.
    name.family = if tail.is_empty() { family.to_owned() } else { format!("{} {family}", tail.join(" ")) };
    name.given = given.join(" ");
    name.particle = particle.join(" ");
    name
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn display_order() {
        // Given names | particle | family name | suffix.
        for (raw, parts) in [
            ("Ludwig van Beethoven", "Ludwig|van|Beethoven|"),
            ("Thomas Serre", "Thomas||Serre|"),
            ("Rufin VanRullen", "Rufin||VanRullen|"),
            ("Wai K. Vong", "Wai K.||Vong|"),
            ("de la Cruz", "|de la|Cruz|"),
            ("Juan de la Cruz", "Juan|de la|Cruz|"),
            ("Charles Louis Xavier Joseph de la Vallee Poussin", "Charles Louis Xavier Joseph|de la|Vallee Poussin|"),
            ("Jean le Rond d'Alembert", "Jean|le|Rond d'Alembert|"),
            ("Gerard 't Hooft", "Gerard|'t|Hooft|"),
            ("Guido van den Berg van Saparoea", "Guido|van den Berg van|Saparoea|"),
            ("Plato", "||Plato|"),
            ("山田太郎", "||山田太郎|"),
            ("山田 太郎", "山田||太郎|"),
            ("Martin Luther King, Jr.", "Martin Luther||King|Jr."),
            ("Martin Luther King Jr.", "Martin Luther||King|Jr."),
            ("Ken Thompson III", "Ken||Thompson|III"),
            ("Émile Borel", "Émile||Borel|"),
            ("Óscar de Élan", "Óscar|de|Élan|"),
            ("bell hooks", "bell||hooks|"),
            ("thomas de boer", "thomas|de|boer|"),
            ("de la cruz", "|de la|cruz|"),
            ("J.R.R. Tolkien", "J.R.R.||Tolkien|"),
            ("Jr.", "||Jr.|"),
            ("Studio 2000", "Studio||2000|"),
        ] {
            let name = Name::from_display(raw);
            assert_eq!(format!("{}|{}|{}|{}", name.given, name.particle, name.family, name.suffix), parts, "{raw}");
            assert_eq!(name.display(), raw);
            assert_eq!(name.comma_suffix, raw.contains(','));
        }
        for raw in ["Acme, Inc.", "Beethoven, Ludwig van", "Abd al- Rahman", "King,", ", Jr."] {
            let name = Name::from_display(raw);
            assert_eq!((name.literal.as_str(), name.display().as_str()), (raw, raw));
        }
        assert_eq!(Name::from_display("  "), Name::default());
    }

    #[test]
    fn homonym_numbers() {
        let name = Name::from_display("Jan de Boer 0002");
        assert_eq!(name.display(), "Jan de Boer");
        assert_eq!(name.particle, "de");
        assert_eq!(name.detail.unwrap().ids, [("dblp-homonym".into(), "0002".to_owned())]);
    }

    #[test]
    fn particles_join() {
        let mut name = Name::person("Alembert", "Jean");
        name.particle = "d'".into();
        assert_eq!(name.display(), "Jean d'Alembert");
        name.dropping_particle = "le Rond".into();
        assert_eq!(name.display(), "Jean le Rond d'Alembert");
        name.suffix = "Jr.".into();
        name.comma_suffix = true;
        assert_eq!(name.display(), "Jean le Rond d'Alembert, Jr.");
        assert_eq!(Name { particle: "al-".into(), ..Name::person("Khwarizmi", "Ma'") }.display(), "Ma' al-Khwarizmi");
    }

    proptest! {
        #[test]
        fn display_gives_the_string_back(raw in "\\PC{0,30}|((van|de|d'|al-|Ann|J\\.|O'Neil|Jr\\.|III|王|é|,|'|x,) ?){0,7}") {
            let single = raw.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
            let name = Name::from_display(&raw);
            if name.detail.is_none() {
                prop_assert_eq!(name.display(), single);
            }
        }
    }
}
