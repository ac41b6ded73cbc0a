//! Names with the family name first, as RIS has them: `Family, Given, Suffix`.

use super::Name;
use super::display::{joins, push_part};
use super::words::{is_all_caps, is_others, is_particle, is_suffix, split_name_line};
use crate::bytes::{first_pair, marks, next, trim};
use crate::record::Parts;
use std::borrow::Cow;

impl Name {
    /// Reads `Family, Given, Suffix`, and says whether there were more commas than that form has; what they part is then
    /// appended to the given names. Section 4.1 of the mapping reference, row RIS:
    ///
    /// - Without a comma the name is a literal: nothing is guessed. With nothing behind its only comma it is an
    ///   organisation, and so is EndNote's `Body,, Part`, which becomes `Body. Part`.
    /// - The suffix may also stand second: `King, Jr., Martin`, `King, Jr.`
    /// - Particles in front of the family name stay with it; those that end the given names are dropped ones. `*` is
    ///   removed, and runs of white space count as one space.
    ///
    /// Whether the string is a name at all is for [`is_others`] and [`split_name_line`] to say before.
    pub fn from_inverted(raw: &str) -> (Name, bool) {
        match plainly_inverted(raw) {
            Some((family, given)) => (Name::of_line(family, given), false),
            None => {
                let (name, more) = parted(raw);
                let is_split = dropped(&name.given).is_some() && !more;
                (
                    if is_split {
                        Name { suffix: name.suffix, ..Name::of_line(&name.family, &name.given) }
                    } else {
                        name
                    },
                    more,
                )
            }
        }
    }

    /// A person by the family name and the given names of a line: the particles behind these are dropped ones.
    pub(crate) fn of_line(family: &str, given: &str) -> Name {
        match dropped(given) {
            Some((given, particle)) => Name { dropping_particle: particle.to_owned(), ..Name::person(family, given) },
            None => Name::person(family, given),
        }
    }

    /// The name as `Family, Given, Suffix`: the particle in front of the family name, the dropping particle behind the
    /// given names. A literal as it is, an organisation with a comma behind it if the dialect has that. Without a family
    /// name the form has no place for the rest, which is then written in display order.
    pub fn to_inverted(&self, trailing_comma_for_organizations: bool) -> String {
        if self.is_literal() {
            let comma = if self.organization && trailing_comma_for_organizations { "," } else { "" };
            return [&self.literal, comma].concat();
        }
        if self.family.is_empty() && self.particle.is_empty() {
            return self.display();
        }
        let mut out =
            String::with_capacity(self.particle.len() + self.family.len() + self.given.len() + self.suffix.len() + 8);
        self.push_family(&mut out);
        // What more commas than the form has part is read as more of the given names.
        if !self.suffix.is_empty()
            && let Some(at) = self.given.find(", ")
        {
            let (first, more) = self.given.split_at(at);
            out.extend([", ", first, ", ", &self.suffix, more]);
            push_part(&mut out, &self.dropping_particle, false);
            return out;
        }
        if !self.given.is_empty() || !self.dropping_particle.is_empty() {
            out.push_str(", ");
            self.push_given(&mut out);
        } else if !self.suffix.is_empty() && !is_suffix(&self.suffix) {
            // Only a suffix that is known as one may stand second.
            out.push_str(", ");
        }
        if !self.suffix.is_empty() {
            out.push_str(", ");
            out.push_str(&self.suffix);
        }
        out
    }

    /// The parts of this name that reading [`to_inverted`](Name::to_inverted) again would not give back; none if and only
    /// if the whole name comes back. [`SPELLING`](Parts::SPELLING) stands for whatever is no part of its own: a comma
    /// inside a part, a literal that would be read as something else, a lone family name, which comes back as a literal.
    pub fn inverted_lost(&self, trailing_comma_for_organizations: bool) -> Parts {
        if self.is_plainly_inverted() {
            return Parts::NONE;
        }
        let written = self.to_inverted(trailing_comma_for_organizations);
        let mut lost = match &self.detail {
            // Only its identifiers, affiliations and so on: the form has no place for them.
            Some(_) => Name { detail: self.detail.clone(), ..Name::default() }.parts(),
            None => Parts::NONE,
        };
        let Some(back) = reread(&written) else { return lost | self.parts() | Parts::SPELLING };
        let dropping = if self.dropping_particle.is_empty() { Parts::SPELLING } else { Parts::DROPPING };
        for (differs, part) in [
            (self.particle != back.particle, Parts::PARTICLE),
            (self.dropping_particle != back.dropping_particle, dropping),
            (self.suffix != back.suffix, Parts::SUFFIX),
            (self.comma_suffix != back.comma_suffix, Parts::COMMA_SUFFIX),
            (self.organization != back.organization, Parts::ORGANIZATION),
        ] {
            if differs {
                lost |= part;
            }
        }
        // The particles come back as words of the names they stand beside; that is what their own parts say.
        let (mut family, mut given, mut given_back) = (String::new(), String::new(), String::new());
        self.push_family(&mut family);
        self.push_given(&mut given);
        back.push_given(&mut given_back);
        if family != back.family || given != given_back || self.literal != back.literal {
            lost |= Parts::SPELLING;
        }
        lost
    }

    /// Whether a name in capitals is probably not written so: `Agustin PICARD`. Looks at the words of the family name;
    /// given names in capitals may be initials.
    pub fn shouting(&self) -> bool {
        !self.is_literal() && self.family.split([' ', '\u{a0}']).any(is_all_caps)
    }

    /// Whether it is one of the many names that come back for sure, without trying: family and given names, or a
    /// literal, of words with single spaces between them.
    fn is_plainly_inverted(&self) -> bool {
        let rest_empty = [&self.particle, &self.dropping_particle, &self.suffix].iter().all(|part| part.is_empty());
        if !rest_empty || self.comma_suffix || self.organization || self.detail.is_some() {
            return false;
        }
        if self.is_literal() {
            return self.family.is_empty()
                && self.given.is_empty()
                && is_plain(&self.literal)
                && !is_others(&self.literal);
        }
        is_plain(&self.family)
            && is_plain(&self.given)
            && !is_suffix(&self.given)
            && dropped(&self.given).is_none()
            && !may_be_others(&self.family, &self.given)
    }

    /// Appends the particle and the family name.
    fn push_family(&self, out: &mut String) {
        out.push_str(&self.particle);
        push_part(out, &self.family, joins(&self.particle));
    }

    /// Appends the given names and the dropping particle.
    fn push_given(&self, out: &mut String) {
        out.push_str(&self.given);
        push_part(out, &self.dropping_particle, false);
    }
}

/// The given names before the particles that end them, and these: `Jean de la`.
fn dropped(given: &str) -> Option<(&str, &str)> {
    // Most given names are one word, or end in one with a capital.
    let space = given.bytes().rposition(|byte| byte == b' ')?;
    if given.as_bytes().get(space + 1).is_some_and(u8::is_ascii_uppercase) {
        return None;
    }
    let mut at = given.len();
    while let Some((before, word)) = given.get(..at).and_then(|rest| rest.rsplit_once(' '))
        // That of `et al`, without a point, is none.
        && word != "al"
        && is_particle(word)
        && !before.is_empty()
    {
        at = before.len();
    }
    (at < given.len()).then(|| Some((given.get(..at)?, given.get(at + 1..)?)))?
}

/// The parts of `Family, Given` in plain words, as most names are. A line that has them is one name and no list, unless it
/// [says](is_others) that there are more.
pub(crate) fn plainly_inverted(raw: &str) -> Option<(&str, &str)> {
    let parts = |comma| Some((trim(raw.get(..comma)?), trim(raw.get(comma + 1..)?)));
    let (family, given) = match only_sign(raw.as_bytes()) {
        Some(comma) => parts(comma).filter(|(family, given)| !family.is_empty() && !given.is_empty())?,
        // Names are short.
        None => parts(raw.bytes().position(|byte| byte == b',')?)
            .filter(|(family, given)| is_words(family) && is_words(given))?,
    };
    (!is_suffix(given)).then_some((family, given))
}

/// The place of the comma of a short line that has one, and else nothing that parts names or says something of one, and single
/// spaces: what nearly all names are. All bytes are looked at together, for no two names are of the same length.
fn only_sign(raw: &[u8]) -> Option<usize> {
    const LONGEST: usize = 32;
    // One more, so that each has one behind it.
    let mut line = [b'a'; LONGEST + 1];
    line.first_chunk_mut::<LONGEST>()?.get_mut(..raw.len())?.copy_from_slice(raw);
    let is_odd = |byte: u8| (byte < b' ') | (byte == b';') | (byte == b'*');
    let (line, behind): (&[u8; LONGEST], &[u8; LONGEST]) = (line.first_chunk()?, line.last_chunk()?);
    let odd = line.iter().fold(false, |any, byte| any | is_odd(*byte));
    let commas = line.iter().fold(0, |count, byte| count + u8::from(*byte == b','));
    let doubled = line.iter().zip(behind).fold(false, |any, (byte, next)| any | ((*byte == b' ') & (*next == b' ')));
    (!odd & !doubled & (commas == 1)).then(|| next(line, 0, |byte| byte == b','))
}

/// What [`Name::from_inverted`] makes of names of any form.
fn parted(raw: &str) -> (Name, bool) {
    let raw: Cow<str> = if raw.contains('*') { raw.replace('*', "").into() } else { raw.into() };
    let Some((first, rest)) = raw.split_once(',') else { return (Name::literal(tidy(&raw)), false) };
    let family = tidy(first);
    let (second, third, more) = match rest.split_once(',') {
        None => (rest, None, None),
        Some((second, rest)) => match rest.split_once(',') {
            None => (second, Some(rest), None),
            Some((third, more)) => (second, Some(third), Some(more)),
        },
    };
    let Some(third) = third else { return (two_parts(family, tidy(second)), false) };
    if second.is_empty() && more.is_none() && !family.is_empty() {
        return (sub_body(&family, &tidy(third)), false);
    }
    let (mut given, mut suffix) = (tidy(second), tidy(third));
    if is_suffix(&given) && !is_suffix(&suffix) {
        (given, suffix) = (suffix, given);
    }
    for extra in more.iter().flat_map(|more| more.split(',')) {
        let extra = tidy(extra);
        if !extra.is_empty() {
            given.push_str(if given.is_empty() { "" } else { ", " });
            given.push_str(&extra);
        }
    }
    if given.is_empty() && suffix.is_empty() {
        return (two_parts(family, given), false);
    }
    (Name { family, given, suffix, ..Name::default() }, more.is_some())
}

/// What parts names and their words, says something of a name, or is no character of words.
static SIGNS: [bool; 256] = marks(b" ,;*", b' ');

/// Whether a part of a name is words with single spaces between them.
fn is_plain(part: &str) -> bool {
    is_words(part) && trim(part).len() == part.len()
}

/// The same of a part without white space around it.
fn is_words(part: &str) -> bool {
    // Too short, as a rule, for steps of many bytes.
    let mut before = b' ';
    for byte in part.bytes() {
        if SIGNS[usize::from(byte)] && (byte != b' ' || before == b' ') {
            return false;
        }
        before = byte;
    }
    before != b' '
}

/// Whether `Family, Given` might be one of the inverted ways to say that there are more, all of which are short.
fn may_be_others(family: &str, given: &str) -> bool {
    // Behind a comma: `al., et`, `others, and`, or nothing but points.
    let may_end = given.starts_with(|c: char| matches!(c, 'e' | 'E' | 'a' | 'A') || !c.is_alphanumeric());
    family.len() + given.len() < 16 && may_end && is_others(&[family, ", ", given].concat())
}

/// What a reader makes of one line; nothing if it would not take it for one name.
fn reread(line: &str) -> Option<Name> {
    if is_others(line) || split_name_line(line).is_some() {
        return None;
    }
    Some(Name::from_inverted(line).0)
}

/// `Family, Given`; a suffix for a given name; or an organisation.
fn two_parts(family: String, given: String) -> Name {
    if given.is_empty() {
        let organization = !family.is_empty();
        Name { literal: family, organization, ..Name::default() }
    } else if is_suffix(&given) {
        Name { family, suffix: given, ..Name::default() }
    } else {
        Name::person(family, given)
    }
}

/// EndNote's `Body,, Part`.
fn sub_body(body: &str, part: &str) -> Name {
    let literal = if part.is_empty() { body.to_owned() } else { format!("{body}. {part}") };
    Name { literal, organization: true, ..Name::default() }
}

/// A part without white space around it and with single spaces in it.
fn tidy(part: &str) -> String {
    let part = part.trim();
    let odd = |b: u8, next| ((b == b' ') & (next == b' ')) | ((b.wrapping_sub(b'\t') < 5) & (b != 0x0b));
    if first_pair(part.as_bytes(), odd).is_some() {
        part.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
    } else {
        part.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::NameDetail;
    use proptest::prelude::*;

    fn show(name: &Name) -> String {
        let organization = if name.organization { "!" } else { "" };
        let dropped = if name.dropping_particle.is_empty() { "" } else { "+" };
        let given = [&name.given, dropped, &name.dropping_particle].concat();
        format!("{}|{given}|{}|{}{organization}", name.family, name.suffix, name.literal)
    }

    #[test]
    fn plain_names_are_plain_whatever_their_length() {
        for length in 1..50 {
            let family = "D".repeat(length);
            for (behind, is_plain) in
                [("J", true), ("J;", false), ("J, R", false), ("J*", false), ("J  R", false), ("Jr.", false)]
            {
                let line = format!("{family}, {behind}");
                assert_eq!(plainly_inverted(&line), is_plain.then_some((&*family, behind)), "{line}");
            }
        }
    }

    proptest! {
        #[test]
        fn usual_names_are_no_others(raw in "[A-D é\u{a0},*\t\u{b}\u{1}]{0,4},[ A-D.é\u{a0}\u{3000};]{0,4}|(Doe|Jr\\.),? ?(Jr\\.|J\\. D\\.)") {
            if let Some((family, given)) = plainly_inverted(&raw) {
                prop_assert_eq!(Name::from_inverted(&raw), (Name::of_line(family, given), false));
                prop_assert_eq!(parted(&raw), (Name::person(family, given), false));
                prop_assert_eq!(split_name_line(&raw), None);
                prop_assert!(Name::from_initials(&raw).is_none());
            }
        }
    }

    #[test]
    fn real_lines() {
        // Family name | given names + dropped particle | suffix | literal, `!` for an organisation.
        for (raw, parts) in [
            ("Shannon,Claude E.", "Shannon|Claude E.||"),
            ("van der Vaart III, Rafael", "van der Vaart III|Rafael||"),
            ("de la Vallée Poussin, Charles, Jr.", "de la Vallée Poussin|Charles|Jr.|"),
            ("King, Jr., Martin", "King|Martin|Jr.|"),
            ("King, Jr.", "King||Jr.|"),
            ("King, , Jr.", "King||Jr.|"),
            ("Smith, John, PhD", "Smith|John|PhD|"),
            ("World Health Organization", "|||World Health Organization"),
            ("Acme Corp,", "|||Acme Corp!"),
            ("Acme Corp,,", "|||Acme Corp!"),
            ("Body,, Subbody", "|||Body. Subbody!"),
            ("*Acme Corp", "|||Acme Corp"),
            ("Doe*,  Jane  A.", "Doe|Jane A.||"),
            ("Fontaine, Jean de la", "Fontaine|Jean+de la||"),
            ("Fontaine, J. de, Jr.", "Fontaine|J.+de|Jr.|"),
            ("Fontaine, Jean Le", "Fontaine|Jean Le||"),
            ("Doe, J. et al", "Doe|J. et al||"),
            ("Fontaine, de la", "Fontaine|de+la||"),
            (", Rafael", "|Rafael||"),
            ("JuilleratKaren L", "|||JuilleratKaren L"),
            ("", "|||"),
            (",", "|||"),
        ] {
            let (name, extra) = Name::from_inverted(raw);
            assert_eq!((show(&name).as_str(), extra), (parts, false), "{raw}");
        }
        let (name, extra) = Name::from_inverted("Doe, Jane, Jr., MD, PhD");
        assert_eq!((show(&name).as_str(), extra), ("Doe|Jane, MD, PhD|Jr.|", true));
    }

    #[test]
    fn written_names_and_what_they_lose() {
        let beethoven = Name { particle: "van".into(), ..Name::person("Beethoven", "Ludwig") };
        let alembert = Name { particle: "d'".into(), ..Name::person("Alembert", "Jean") };
        let fontaine = Name { dropping_particle: "de la".into(), ..Name::person("Fontaine", "Jean") };
        let king = Name { suffix: "Jr.".into(), ..Name::person("King", "Martin") };
        let who = Name { organization: true, ..Name::literal("World Health Organization") };
        for (name, comma, line, lost) in [
            (Name::person("Serre", "Thomas"), false, "Serre, Thomas", Parts::NONE),
            (beethoven, false, "van Beethoven, Ludwig", Parts::PARTICLE),
            (alembert, false, "d'Alembert, Jean", Parts::PARTICLE),
            (fontaine, false, "Fontaine, Jean de la", Parts::NONE),
            (Name::person("Fontaine", "Jean de la"), false, "Fontaine, Jean de la", Parts::SPELLING),
            (king.clone(), false, "King, Martin, Jr.", Parts::NONE),
            (Name { comma_suffix: true, ..king.clone() }, false, "King, Martin, Jr.", Parts::COMMA_SUFFIX),
            (Name { given: String::new(), ..king.clone() }, false, "King, Jr.", Parts::NONE),
            (Name { given: String::new(), suffix: "PhD".into(), ..king }, false, "King, , PhD", Parts::NONE),
            (who.clone(), false, "World Health Organization", Parts::ORGANIZATION),
            (who, true, "World Health Organization,", Parts::NONE),
            (Name::literal("Plato"), true, "Plato", Parts::NONE),
            (Name::person("Plato", ""), true, "Plato", Parts::SPELLING),
            (Name::person("", "Plato"), true, "Plato", Parts::SPELLING),
            (Name::literal("Acme, Inc."), true, "Acme, Inc.", Parts::SPELLING),
            (Name::literal("et al."), true, "et al.", Parts::SPELLING),
            (Name::person("Sun, Li", "Wei"), true, "Sun, Li, Wei", Parts::SUFFIX | Parts::SPELLING),
            (Name::person("King", "Jr."), true, "King, Jr.", Parts::SUFFIX | Parts::SPELLING),
            (Name::person("Doe", "Jane; Roe, Kim"), true, "Doe, Jane; Roe, Kim", Parts::SPELLING),
        ] {
            assert_eq!(name.to_inverted(comma), line);
            assert_eq!(name.inverted_lost(comma), lost, "{line}");
        }
        let detail = NameDetail { ids: vec![("orcid".into(), "0000-0002-1825-0097".into())], ..NameDetail::default() };
        let name = Name { detail: Some(Box::new(detail)), ..Name::person("Fontaine", "Jean") };
        assert_eq!(name.inverted_lost(false), Parts::IDS);
    }

    #[test]
    fn shouted_names() {
        assert!(Name::from_display("Agustin PICARD").shouting());
        assert!(!Name::person("Tolkien", "JRR").shouting());
        assert!(!Name::literal("CERN").shouting());
    }

    fn part() -> impl Strategy<Value = String> {
        prop_oneof![
            3 => Just(String::new()),
            3 => "(Ann|Li|de la|d'|al-|Jr\\.|III|PhD|et|al\\.|others|Doe|王)( (Ann|van|Bo|Jr\\.))?",
            1 => "[A-Za-z ,;*'\u{a0}.é\t-]{0,12}",
            1 => "(et al|and others|Doe, J; Roe, K|\\.\\.\\.)",
            1 => "\\PC{0,8}",
        ]
    }

    prop_compose! {
        fn any_name()(
            family in part(), given in part(), particle in part(), dropping_particle in part(), suffix in part(), literal in part(),
            keep in 0u8..16, comma_suffix in prop::bool::weighted(0.1), organization in prop::bool::weighted(0.2),
            ids in prop::collection::vec(Just((Box::from("orcid"), "1".to_owned())), 0..2),
        ) -> Name {
            let when = |bit: u8, part: String| if keep & bit == 0 { String::new() } else { part };
            let detail = (!ids.is_empty() && keep == 15).then(|| Box::new(NameDetail { ids, ..NameDetail::default() }));
            Name {
                family, given, particle: when(1, particle), dropping_particle: when(2, dropping_particle), suffix: when(4, suffix),
                literal: when(8, literal), comma_suffix, organization, detail,
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]
        #[test]
        fn nothing_is_lost_if_and_only_if_the_name_comes_back(name in any_name(), comma: bool) {
            let back = reread(&name.to_inverted(comma));
            let lost = name.inverted_lost(comma);
            prop_assert_eq!(back.as_ref() == Some(&name), lost.is_empty(), "{:?} {:?} {:?}", name, back, lost);
        }

        #[test]
        fn what_was_read_is_written_back(raw in "\\PC{0,30}|[A-Zé ,;*.]{0,20}|(Doe|King|Jr\\.|, |,){0,6}") {
            let (name, extra) = Name::from_inverted(&raw);
            let (again, _) = Name::from_inverted(&name.to_inverted(true));
            // Extra commas do not stay in the given names, and a lone given name or suffix has no form of its own.
            if !extra && !name.family.is_empty() {
                prop_assert_eq!(again, name);
            }
        }
    }
}
