//! Every spelling that files have, as tables: what is written, and what it says.

use super::read;

fn all(table: &[(&str, &str)]) {
    let wrong: Vec<String> = table
        .iter()
        .filter(|(latex, shown)| read(latex) != *shown)
        .map(|(latex, shown)| format!("{latex}\n   is {}\n  not {shown}", read(latex)))
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn accents() {
    all(&[
        (r#"{\"o} \"{o} \"o {\" o} \" o {\"{o}} {{\"o}}"#, "ö ö ö ö ö ö ö | NoCase(ö)"),
        (r"\'{\i} {\'\i} \'\i{} {\'{\i}} \'{i} \^{\i} \`\i \~{\i} \={\i} \u{\i}", "í í í í í î ìĩ ī ĭ"),
        (r"\v{\j} \^{\j} \^\j", "ǰ ĵ ĵ"),
        (r"\v{c} \v c {\v c} {\v{c}} \v{\i} \v Z", "č č č č ǐ Ž"),
        (r"\c{c} \c c {\c c} \c{S} \c{t}", "ç ç ç Ş ţ"),
        (r"\k{a} \k a {\k{E}} \k{\i}", "ą ą Ę į"),
        (r"\r{a} \r a {\r A} \r{u}", "å å Å ů"),
        (r"\H{o} \H o \H{U} \u{g} \u a \=a \={\i} \.z \.{I} \. Z", "ő ő Ű ğ ă ā ī ż İ Ż"),
        (r"\d{s} \d a \b{d} \b k \h{a} \textcommabelow{s} \cb{t} \G{a}", "ṣ ạ ḏ ḵ ả ș ț ȁ"),
        (
            r"\'{\^e} \'{\^{e}} {\'{\^e}} {\'\^e} {\d{\^o}} \d{\^a} \^{\d a} \`{\u a} \~{\ohorn} {\h{\uhorn}}",
            "ế ế ế ế ộ ậ ậ ằ ỡ ử",
        ),
        (r"\t{oo} {\t oo} \t{\i a}", "o͡o o͡o ı͡a"),
        (r"\'{\o} \'{\ae} \={\ae} \v{\ae}", "ǿ ǽ ǣ æ̌"),
        (r"\'{\cyrg} \u{\cyri} \'{\textalpha}", "ѓ й ά"),
        (r"\~{n} \~n {\~ n} a\~{}b \~{}x \^{}y", "ñ ñ ñ a~b ~x ^y"),
        (r"\polhk{a} \ocirc{u} \soft{d} \udot{s}", "ą ů ď ṣ"),
        (r#"\accent19 e \accent"7F u \accent'27A"#, "é ü Å"),
        (r#"Fran\c{c}ois Fran\c cois Mi\v{s}kovi\'c na\"\i ve na{\"\i}ve"#, "François François Mišković naïve naïve"),
        (r"\L{}\'o{d}\'z {\L}{\'o}d{\'z}", "Łódź Łódź | NoCase(d)"),
    ]);
}

#[test]
fn letters() {
    all(&[
        (r"{\aa} {\AA} \o{} \O{} \l \L{} {\ss} \SS{} {\ae} {\AE} \oe{} \OE{}", "å Å ø Ø łŁ ß ẞ æ Æ œ Œ"),
        (r"\i{} \j{} \dh{} \DH{} \th{} \TH{} \dj{} \DJ{} \ng{} \NG{} \ij{} \IJ", "ı ȷ ð Ð þ Þ đ Đ ŋ Ŋ ĳ Ĳ"),
        (r"Stra\ss e \O re S\o ren \AA rhus {\OE}uvres", "Straße Øre Søren Århus Œuvres"),
        (r"\CYRP\cyre\cyrt\cyrr {\cyrchar\CYRZH}", "ПетрЖ"),
        (r"\textgreek{l'ogos} \textgreek{λόγος}", "λόγος λόγος | Language(\"el\")(λόγος)"),
        (r"\textalpha\textbeta{} \textmu m", "αβ µm"),
        (r#"\char"41 \char66 \char`\_ \symbol{126} \char'101"#, "AB_~ A"),
    ]);
}

#[test]
fn symbols() {
    all(&[
        (r"\& \% \$ \# \_ \{ \} \slash \textbackslash{} \textasciitilde{} \textunderscore", r"& % $ # _ { } /\ ~ _"),
        (
            r"\textregistered{} \texttrademark{} \copyright{} \textcopyright{} \texteuro{} \pounds 5 \EUR{}",
            "® ™ © © € £5 €",
        ),
        (r"\textdegree C \textmu{} \dots{} \ldots{} \S 3 \P{} \dag{} \ddag{} \textbullet", "°C µ … … §3 ¶ † ‡ •"),
        (r"\textonehalf{} \textonesuperior{} \textordfeminine{} \textperthousand{} \textnumero", "½ ¹ ª ‰ №"),
        (r"a--b a---b a-b a-{}-b \textendash{} \textemdash{} \textminus 1", "a–b a—b a-b a--b – — −1"),
        (r"~a~b\,c\;d\ e\:f\thinspace{}g", "\u{a0}a\u{a0}b\u{202f}c\u{2004}d e\u{205f}f\u{2009}g"),
        (r"co\-op a\/b {\'E}t\'e\/ \allowbreak x", "co\u{ad}op ab Été x"),
        (r"\alpha{} \Omega{} \times{} \rightarrow{} \leq 5 \infty", "α Ω × → ≤5 ∞"),
        (r"http://a.org/~name/ and/or~not /{}~x", "http://a.org/~name/ and/or\u{a0}not /\u{a0}x"),
        (r"\string~ \string_x \mathsemicolon \adddot\addspace b", "~ _x ;. b"),
    ]);
}

#[test]
fn quotation_marks() {
    all(&[
        ("``a'' `b' it's '90s rock 'n' roll", "“a” ‘b’ it's '90s rock 'n' roll | Quote(“a”) | Quote(‘b’)"),
        (r"\enquote{a} \enquote*{b} \textquote[c]{d}", "“a” ‘b’ “d” | Quote(“a”) | Quote(‘b’) | Quote(“d”)"),
        (r"\mkbibquote{a \mkbibquote{b}}", "“a ‘b’” | Quote(“a ‘b’”) | Quote(‘b’)"),
        (r"\foreigntextquote{german}{a}", "“a” | Quote(“a”)"),
        (r"\glqq a\grqq{} \glq b\grq{} \flqq c\frqq{} \guillemotleft d\guillemotright", "„a“ ‚b‘ «c» «d»"),
        (
            r"\quotedblbase a\textquotedblleft{} \og texte \fg{} \og texte\fg.",
            "„a“ «\u{a0}texte\u{a0}» «\u{a0}texte\u{a0}».",
        ),
        ("\"`Neue Medien\"' x", "„Neue Medien“ x"),
        ("\"`Neue Medien\" x", "\"‘Neue Medien\" x"),
        (",,Haus``, ,,Hof'' 1,,2", "„Haus“, „Hof” 1,,2"),
        ("\"plain\" {\"}braced{\"}", "\"plain\" \"braced\""),
    ]);
}

#[test]
fn markup() {
    all(&[
        (
            r"\emph{a} \textit{b} \textsl{c} \textbf{d} \textsc{e}",
            "a b c d e | Italic(a) | Italic(b) | Italic(c) | Bold(d) | SmallCaps(e)",
        ),
        (
            r"x\textsuperscript{th} x\textsubscript{2} x\up{e} 2\ieme{} a",
            "xth x2 xe 2e a | Superscript(th) | Subscript(2) | Superscript(e) | Superscript(e)",
        ),
        (
            r"\texttt{a} \textrm{b} \textup{c} \textnormal{d} \textsf{e} \textmd{f} \underline{g} \uline{h}",
            "a b c d e f g h | Code(a) | Underline(g) | Underline(h)",
        ),
        (
            r"{\em a} {\it b} {\bf c} {\sc d} {\tt e} {\rm f} {\sl g} {\sf h}",
            "a b c d e f g h | Italic(a) | Italic(b) | Bold(c) | SmallCaps(d) | Code(e) | Italic(g)",
        ),
        (
            r"{\itshape a} {\slshape b} {\bfseries c} {\scshape d} {\ttfamily e} {\upshape f}",
            "a b c d e f | Italic(a) | Italic(b) | Bold(c) | SmallCaps(d) | Code(e)",
        ),
        (r"{\it a \rm b} {\it a \bf b \upshape c}", "a b a b c | Italic(a ) | Italic(a b ) | Bold(b ) | Bold(c)"),
        (
            r"\mkbibemph{a} \mkbibbold{b} \mkbibitalic{c} \mkbibparens{d} \mkbibbrackets{e}",
            "a b c (d) [e] | Italic(a) | Bold(b) | Italic(c)",
        ),
        (r"\mbox{a b} \hbox{c} \protect\emph{d} {\protect\em e}", "a b c d e | Italic(d) | Italic(e)"),
        (r"\uppercase{dna} \MakeUppercase{stra\ss e} \lowercase{DNA} \MakeUppercase{\'e}t", "DNA STRASSE dna Ét"),
        (
            r"\foreignlanguage{french}{a} \foreignlanguage{ngerman}{b} \foreignlanguage{klingon}{c}",
            "a b c | Language(\"fr\")(a) | Language(\"de\")(b)",
        ),
        (r"\verb|a_b| \url|x| \path{C:\x} \nolinkurl{a_b}", "a_b x C:\\x a_b | Code(a_b) | Link(\"x\")(x)"),
        (
            r"\url{http://a/b_c~d} \href{http://a/%20}{t}",
            "http://a/b_c~d t | Link(\"http://a/b_c~d\")(http://a/b_c~d) | Link(\"http://a/%20\")(t)",
        ),
    ]);
}

#[test]
fn what_is_not_for_print_keeps_its_source() {
    all(&[
        (
            r"{\noopsort{a}}X \noop{b}Y \SortNoop{c}Z",
            r"X Y Z | Raw(={\noopsort{a}}) | Raw(=\noop{b}) | Raw(=\SortNoop{c})",
        ),
        (r"\relax{}x \relax y{\relax Ch}z", "x yChz"),
        (
            r"{\LaTeX} \TeX{} \BibTeX\ x",
            r"LaTeX TeX BibTeX x | Raw(LaTeX={\LaTeX}) | Raw(TeX=\TeX) | Raw(BibTeX=\BibTeX)",
        ),
        (r"\apj {\mnras}", r"ApJMNRAS | Raw(ApJ=\apj) | Raw(MNRAS={\mnras})"),
        (
            r"a\footnote{b} \textcolor{red}{c} \texorpdfstring{$\alpha$}{alpha}",
            r"a c α | Raw(=\footnote{b}) | Raw(c=\textcolor{red}{c}) | Raw(α=\texorpdfstring{$\alpha$}{alpha})",
        ),
        (
            r"T\kern-.1667em\lower.5ex\hbox{E} a\hskip 1em plus 2pt b",
            r"TE a b | Raw(=\kern-.1667em) | Raw(=\lower.5ex) | Raw(=\hskip 1em plus 2pt)",
        ),
        (
            r"see \cite[p.~3]{key} \bibstring{newseries}",
            r"see key new series | Raw(key=\cite[p.~3]{key}) | Raw(new series=\bibstring{newseries})",
        ),
        (
            r"{\noopsort{1973a}}{\switchargs{--90}{1968}}",
            r"1968–90 | Raw(1968–90={\switchargs{--90}{1968}}) | Raw(={\noopsort{1973a}})",
        ),
        (
            r"\ce{H2SO4} \ce{SO4^2-} \ce{2H+}",
            r"H2SO4 SO42- 2H+ | Raw(H2SO4=\ce{H2SO4}) | Subscript(2) | Subscript(4) | Raw(SO42-=\ce{SO4^2-}) | Subscript(4) | Superscript(2-) | Raw(2H+=\ce{2H+}) | Superscript(+)",
        ),
        (r"\PROC of \USA, {\PROC} of", r"PROC of USA, PROC of | Raw(PROC =\PROC ) | Raw(USA=\USA) | Raw(PROC={\PROC})"),
        (r"a\linebreak[0]b\\[2pt]c\newline d\discretionary{-}{}{}e\discretionary{k-}{k}{ck}er", "ab\nc\nd\u{ad}ecker"),
    ]);
}

#[test]
fn what_sorts_is_written_before_what_is_printed() {
    let latex = r"{\noopsort{1973a}}{\switchargs{--90}{1968}}";
    let text = super::decode(latex).text;
    assert_eq!(super::written(&text, false, super::Protect::Marked), latex);
}

#[test]
fn formulas_that_are_text() {
    all(&[
        (r"$\alpha$ $\beta\gamma$ \(\times\) $\sim$ $\pm$ $<$ $-$ $\mu$m", "α βγ × ∼ ± < − μm"),
        (
            r"H$_2$O $^{13}$C $_{2}$ x$^2$ 5$^{\rm th}$ $4^{th}$ $60^{\rm th}$",
            "H2O 13C 2 x2 5th 4th 60th | Subscript(2) | Superscript(13) | Subscript(2) | Superscript(2) | Superscript(th) | Superscript(th) | Superscript(th)",
        ),
        (
            r"$\mathrm{H_2O}$ ${\rm CO}_2$ $\mathrm{CO}_{2}$ $\textrm{Na}^+$",
            "H2O CO2 CO2 Na+ | Subscript(2) | Subscript(2) | Subscript(2) | Superscript(+)",
        ),
        (
            r"37$^\circ$C $25^{\circ}$C $^{\circ}\mathrm{C}$ 5$'$ $\chi^2$ $\delta^{13}$C",
            "37°C 25°C °C 5′ χ2 δ13C | Superscript(2) | Superscript(13)",
        ),
        (
            r"FEAL-$4$ $2$D $10^{435}$ 10$^{-3}$ $13\%$ $1.5$",
            "FEAL-4 2D 10435 10-3 13% 1.5 | Superscript(435) | Superscript(-3)",
        ),
        (r"$\mathbb{R}$ $\mathbb{R}^3$ ${\mathbb R}$ ${\cal F}$ $\mathcal{O}$", "ℝ ℝ3 ℝ ℱ 𝒪 | Superscript(3)"),
        (r"Schr$\ddot{o}$dinger Poincar$\acute{e}$ na$\ddot{\imath}$ve", "Schrödinger Poincaré naïve"),
        (
            r"$\textit{GAMR}$ $^{\textregistered}$ \ensuremath{\alpha} $\ensuremath{x}$",
            r"GAMR ® α $\ensuremath{x}$ | Italic(GAMR) | Superscript(®) | Math($\ensuremath{x}$)",
        ),
        (
            r"$^{sup}_{sub}$ $\sp{sup}\sb{sub}$ $_x$",
            "supsub supsub x | Superscript(sup) | Subscript(sub) | Superscript(sup) | Subscript(sub) | Subscript(x)",
        ),
    ]);
}

#[test]
fn formulas_that_stay() {
    for math in [
        r"$x^2$",
        r"$O(n\log n)$",
        r"$x_i$",
        r"$\beta_i$",
        r"$k$",
        r"$2 + 1$",
        r"$\alpha \leq \beta$",
        r"$\geq 65$",
        r"$\hat{x}$",
        r"$\sqrt{2}$",
        r"$E=mc^2$",
        r"\(x\)",
        r"\[x\]",
        r"$$x$$",
        r"$K_S^0$",
        r"$H^1$",
        r"${E}$",
        r"$\mathbb{R}^n$",
        r"${\rm GF}(2^m)$",
        r"$4^n$",
        r"$10^x$",
        r"$\overline\lambda$",
    ] {
        assert_eq!(read(math), format!("{math} | Math({math})"));
    }
}

#[test]
fn case_protection() {
    all(&[
        ("{DNA} {T}he {nm}", "DNA The nm | NoCase(DNA) | NoCase(T) | NoCase(nm)"),
        ("{{Whole Title}} {,} {12} {}", "Whole Title , 12 | NoCase(Whole Title)"),
        // To BibTeX `{\` begins a special character, whose letters it changes as any other.
        (
            r"{\'E}cole {\emph{E. coli}} {\em E. coli} {\LaTeX}",
            r"École E. coli E. coli LaTeX | Italic(E. coli) | Italic(E. coli) | Raw(LaTeX={\LaTeX})",
        ),
        (
            r"{{\emph{E. coli}}} {{\em BMO\/}}",
            "E. coli BMO | NoCase(E. coli) | Italic(E. coli) | NoCase(BMO) | Italic(BMO)",
        ),
        (
            r"\emph{{DNA}} \emph{E. coli} \textsc{dna} \textsc{{DNA}}",
            "DNA E. coli dna DNA | Italic(DNA) | NoCase(DNA) | Italic(E. coli) | SmallCaps(dna) | SmallCaps(DNA) | NoCase(DNA)",
        ),
        (r"Web-{Prot{\'e}g{\'e}} {\relax Ch}arles {$\Omega$}", "Web-Protégé Charles Ω | NoCase(Protégé) | NoCase(Ω)"),
    ]);
}
