//! The journal macros of the astronomers' styles (`AASTeX`), which the records of the Astrophysics Data System have in their
//! `journal` fields.

/// The macros and what they print, sorted by name.
const JOURNALS: &[(&str, &str)] = &[
    ("aap", "A&A"),
    ("aapr", "A&A Rev."),
    ("aaps", "A&AS"),
    ("actaa", "Acta Astron."),
    ("aj", "AJ"),
    ("ao", "Appl. Opt."),
    ("apj", "ApJ"),
    ("apjl", "ApJL"),
    ("apjlett", "ApJL"),
    ("apjs", "ApJS"),
    ("apjsupp", "ApJS"),
    ("aplett", "Astrophys. Lett."),
    ("applopt", "Appl. Opt."),
    ("apspr", "Astrophys. Space Phys. Res."),
    ("apss", "Ap&SS"),
    ("araa", "ARA&A"),
    ("astap", "A&A"),
    ("azh", "AZh"),
    ("baas", "BAAS"),
    ("bac", "Bull. astr. Inst. Czechosl."),
    ("bain", "Bull. Astron. Inst. Netherlands"),
    ("caa", "Chinese Astron. Astrophys."),
    ("cjaa", "Chinese J. Astron. Astrophys."),
    ("fcp", "Fund. Cosmic Phys."),
    ("gca", "Geochim. Cosmochim. Acta"),
    ("grl", "Geophys. Res. Lett."),
    ("iaucirc", "IAU Circ."),
    ("ibvs", "IBVS"),
    ("icarus", "Icarus"),
    ("jcap", "J. Cosmology Astropart. Phys."),
    ("jcp", "J. Chem. Phys."),
    ("jgr", "J. Geophys. Res."),
    ("jqsrt", "J. Quant. Spec. Radiat. Transf."),
    ("jrasc", "JRASC"),
    ("maps", "Meteorit. Planet. Sci."),
    ("memras", "MmRAS"),
    ("memsai", "Mem. Soc. Astron. Italiana"),
    ("mnras", "MNRAS"),
    ("na", "New A"),
    ("nar", "New A Rev."),
    ("nat", "Nature"),
    ("nphysa", "Nucl. Phys. A"),
    ("pasa", "PASA"),
    ("pasj", "PASJ"),
    ("pasp", "PASP"),
    ("physrep", "Phys. Rep."),
    ("physscr", "Phys. Scr"),
    ("planss", "Planet. Space Sci."),
    ("pra", "Phys. Rev. A"),
    ("prb", "Phys. Rev. B"),
    ("prc", "Phys. Rev. C"),
    ("prd", "Phys. Rev. D"),
    ("pre", "Phys. Rev. E"),
    ("prl", "Phys. Rev. Lett."),
    ("procspie", "Proc. SPIE"),
    ("psj", "PSJ"),
    ("qjras", "QJRAS"),
    ("rmxaa", "Rev. Mexicana Astron. Astrofis."),
    ("skytel", "S&T"),
    ("solphys", "Sol. Phys."),
    ("sovast", "Soviet Ast."),
    ("ssr", "Space Sci. Rev."),
    ("zap", "ZAp"),
];

/// What a journal macro prints: `\apj` is `ApJ`.
pub(in crate::tex) fn journal(name: &str) -> Option<&'static str> {
    let at = JOURNALS.binary_search_by_key(&name, |&(name, _)| name).ok()?;
    JOURNALS.get(at).map(|&(_, title)| title)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn macros_can_be_searched() {
        assert!(JOURNALS.is_sorted());
        assert_eq!(journal("mnras"), Some("MNRAS"));
        assert_eq!(journal("nothing"), None);
    }
}
