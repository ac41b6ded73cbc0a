//! The degrees of theses, by the words that sources have for them. Section 2.5 of the mapping reference.
//!
//! ```
//! use bibferry::mapping::degrees::degree;
//! assert_eq!(degree("Ph.D. thesis"), Some("phd"));
//! assert_eq!(degree("Master's dissertation"), Some("masters"));
//! assert_eq!(degree("An essay on doctors"), None);
//! ```

/// The degree that a text names, as the subtype of a thesis.
pub fn degree(text: &str) -> Option<&'static str> {
    const WORDS: &[(&str, &[&str])] = &[
        ("masters", &["master", "masters", "magister", "ma", "msc", "mphil", "mba", "meng", "masterarbeit"]),
        ("phd", &["phd", "doctoral", "doctor", "dr", "dphil", "edd", "doktor", "thèse", "doctorat"]),
        ("bachelors", &["bachelor", "bachelors", "ba", "bsc", "bachelorarbeit"]),
        ("habilitation", &["habilitation", "habilitationsschrift"]),
        ("licentiate", &["licentiate"]),
        ("diploma", &["diploma", "diplom", "diplomarbeit"]),
        ("candidate", &["candidate"]),
    ];
    if text.len() > 80 {
        return None;
    }
    let bare: String = text.chars().filter(|c| !matches!(c, '.' | '\'' | '’')).flat_map(char::to_lowercase).collect();
    let has = |word: &&str| bare.split(|c: char| !c.is_alphanumeric()).any(|it| it == *word);
    // A master's dissertation is a master's thesis: the order of the table counts.
    WORDS.iter().find(|(_, words)| words.iter().any(has)).map(|(degree, _)| *degree)
}
