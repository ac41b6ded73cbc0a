//! The venues: short names and what publishers print on the volumes, without ordinals, years and places.
//!
//! One table for both directions. The first short name of a full one is written; others are only read.

/// A short name, and the full one.
type Venue = (&'static str, &'static str);

/// Sorted by field of study; the first row with a full name gives the short name that is written.
const VENUES: &[Venue] = &[
    // Machine learning.
    ("NeurIPS", "Advances in Neural Information Processing Systems"),
    ("NIPS", "Advances in Neural Information Processing Systems"),
    ("ICML", "Proceedings of the International Conference on Machine Learning"),
    ("ICLR", "International Conference on Learning Representations"),
    ("TMLR", "Transactions on Machine Learning Research"),
    ("JMLR", "Journal of Machine Learning Research"),
    ("MLJ", "Machine Learning"),
    ("AISTATS", "Proceedings of the International Conference on Artificial Intelligence and Statistics"),
    ("COLT", "Proceedings of the Conference on Learning Theory"),
    ("ALT", "Proceedings of the International Conference on Algorithmic Learning Theory"),
    ("UAI", "Proceedings of the Conference on Uncertainty in Artificial Intelligence"),
    ("ACML", "Proceedings of the Asian Conference on Machine Learning"),
    ("MLSys", "Proceedings of Machine Learning and Systems"),
    ("AutoML", "Proceedings of the International Conference on Automated Machine Learning"),
    ("CoLLAs", "Proceedings of the Conference on Lifelong Learning Agents"),
    ("CPAL", "Conference on Parsimony and Learning"),
    ("CLeaR", "Proceedings of the Conference on Causal Learning and Reasoning"),
    ("LoG", "Proceedings of the Learning on Graphs Conference"),
    ("RLC", "Reinforcement Learning Conference"),
    ("RLJ", "Reinforcement Learning Journal"),
    ("COLM", "Conference on Language Modeling"),
    ("ICANN", "International Conference on Artificial Neural Networks"),
    ("IJCNN", "Proceedings of the International Joint Conference on Neural Networks"),
    ("ECML-PKDD", "Machine Learning and Knowledge Discovery in Databases"),
    ("ECML", "European Conference on Machine Learning"),
    ("TNNLS", "IEEE Transactions on Neural Networks and Learning Systems"),
    ("DMLR", "Journal of Data-centric Machine Learning Research"),
    // Artificial intelligence.
    ("AAAI", "Proceedings of the AAAI Conference on Artificial Intelligence"),
    ("IJCAI", "Proceedings of the International Joint Conference on Artificial Intelligence"),
    ("ECAI", "European Conference on Artificial Intelligence"),
    ("IAAI", "Proceedings of the Innovative Applications of Artificial Intelligence Conference"),
    ("AAMAS", "Proceedings of the International Conference on Autonomous Agents and Multiagent Systems"),
    ("ICAPS", "Proceedings of the International Conference on Automated Planning and Scheduling"),
    ("SoCS", "Proceedings of the International Symposium on Combinatorial Search"),
    ("KR", "Proceedings of the International Conference on Principles of Knowledge Representation and Reasoning"),
    ("CP", "Principles and Practice of Constraint Programming"),
    ("SAT", "Theory and Applications of Satisfiability Testing"),
    ("AIES", "Proceedings of the AAAI/ACM Conference on AI, Ethics, and Society"),
    ("HCOMP", "Proceedings of the AAAI Conference on Human Computation and Crowdsourcing"),
    ("ICWSM", "Proceedings of the International AAAI Conference on Web and Social Media"),
    ("AIIDE", "Proceedings of the AAAI Conference on Artificial Intelligence and Interactive Digital Entertainment"),
    ("JAIR", "Journal of Artificial Intelligence Research"),
    ("AIJ", "Artificial Intelligence"),
    ("JAAMAS", "Autonomous Agents and Multi-Agent Systems"),
    // Vision, graphics, medical images.
    ("CVPR", "Proceedings of the IEEE/CVF Conference on Computer Vision and Pattern Recognition"),
    ("ICCV", "Proceedings of the IEEE/CVF International Conference on Computer Vision"),
    ("ECCV", "Proceedings of the European Conference on Computer Vision"),
    ("WACV", "Proceedings of the IEEE/CVF Winter Conference on Applications of Computer Vision"),
    ("BMVC", "Proceedings of the British Machine Vision Conference"),
    ("ACCV", "Proceedings of the Asian Conference on Computer Vision"),
    ("ICPR", "Proceedings of the International Conference on Pattern Recognition"),
    ("3DV", "Proceedings of the International Conference on 3D Vision"),
    ("ICIP", "Proceedings of the IEEE International Conference on Image Processing"),
    ("MICCAI", "Medical Image Computing and Computer Assisted Intervention"),
    ("MIDL", "Proceedings of Medical Imaging with Deep Learning"),
    ("TPAMI", "IEEE Transactions on Pattern Analysis and Machine Intelligence"),
    ("PAMI", "IEEE Transactions on Pattern Analysis and Machine Intelligence"),
    ("IJCV", "International Journal of Computer Vision"),
    ("TIP", "IEEE Transactions on Image Processing"),
    ("TMI", "IEEE Transactions on Medical Imaging"),
    ("MedIA", "Medical Image Analysis"),
    ("TOG", "ACM Transactions on Graphics"),
    // Language and speech.
    ("ACL", "Proceedings of the Annual Meeting of the Association for Computational Linguistics"),
    ("EMNLP", "Proceedings of the Conference on Empirical Methods in Natural Language Processing"),
    (
        "NAACL",
        "Proceedings of the Conference of the North American Chapter of the Association for Computational Linguistics",
    ),
    ("EACL", "Proceedings of the Conference of the European Chapter of the Association for Computational Linguistics"),
    ("CoNLL", "Proceedings of the Conference on Computational Natural Language Learning"),
    ("COLING", "Proceedings of the International Conference on Computational Linguistics"),
    ("LREC", "Proceedings of the International Conference on Language Resources and Evaluation"),
    ("TACL", "Transactions of the Association for Computational Linguistics"),
    ("Interspeech", "Proceedings of Interspeech"),
    ("ICASSP", "Proceedings of the IEEE International Conference on Acoustics, Speech and Signal Processing"),
    ("TASLP", "IEEE/ACM Transactions on Audio, Speech, and Language Processing"),
    ("ISMIR", "Proceedings of the International Society for Music Information Retrieval Conference"),
    // Data, web, retrieval.
    ("KDD", "Proceedings of the ACM SIGKDD Conference on Knowledge Discovery and Data Mining"),
    ("WWW", "Proceedings of the ACM Web Conference"),
    ("TheWebConf", "Proceedings of the ACM Web Conference"),
    (
        "SIGIR",
        "Proceedings of the International ACM SIGIR Conference on Research and Development in Information Retrieval",
    ),
    ("WSDM", "Proceedings of the ACM International Conference on Web Search and Data Mining"),
    ("CIKM", "Proceedings of the ACM International Conference on Information and Knowledge Management"),
    ("RecSys", "Proceedings of the ACM Conference on Recommender Systems"),
    ("ICDM", "Proceedings of the IEEE International Conference on Data Mining"),
    ("SDM", "Proceedings of the SIAM International Conference on Data Mining"),
    ("SIGMOD", "Proceedings of the ACM SIGMOD International Conference on Management of Data"),
    ("VLDB", "Proceedings of the VLDB Endowment"),
    ("PVLDB", "Proceedings of the VLDB Endowment"),
    ("ICDE", "Proceedings of the IEEE International Conference on Data Engineering"),
    ("TKDE", "IEEE Transactions on Knowledge and Data Engineering"),
    // Robotics.
    ("CoRL", "Proceedings of the Conference on Robot Learning"),
    ("ICRA", "Proceedings of the IEEE International Conference on Robotics and Automation"),
    ("IROS", "Proceedings of the IEEE/RSJ International Conference on Intelligent Robots and Systems"),
    ("RSS", "Proceedings of Robotics: Science and Systems"),
    ("HRI", "Proceedings of the ACM/IEEE International Conference on Human-Robot Interaction"),
    ("L4DC", "Proceedings of the Learning for Dynamics and Control Conference"),
    ("RA-L", "IEEE Robotics and Automation Letters"),
    ("RAL", "IEEE Robotics and Automation Letters"),
    ("T-RO", "IEEE Transactions on Robotics"),
    ("TRO", "IEEE Transactions on Robotics"),
    ("IJRR", "The International Journal of Robotics Research"),
    // People, theory, systems, security, health.
    ("CHI", "Proceedings of the CHI Conference on Human Factors in Computing Systems"),
    ("FAccT", "Proceedings of the ACM Conference on Fairness, Accountability, and Transparency"),
    ("CogSci", "Proceedings of the Annual Meeting of the Cognitive Science Society"),
    ("CCN", "Conference on Cognitive Computational Neuroscience"),
    ("STOC", "Proceedings of the Annual ACM Symposium on Theory of Computing"),
    ("FOCS", "Proceedings of the IEEE Annual Symposium on Foundations of Computer Science"),
    ("SODA", "Proceedings of the Annual ACM-SIAM Symposium on Discrete Algorithms"),
    ("EC", "Proceedings of the ACM Conference on Economics and Computation"),
    ("ICSE", "Proceedings of the IEEE/ACM International Conference on Software Engineering"),
    ("CCS", "Proceedings of the ACM SIGSAC Conference on Computer and Communications Security"),
    ("MLHC", "Proceedings of the Machine Learning for Healthcare Conference"),
    ("CHIL", "Proceedings of the Conference on Health, Inference, and Learning"),
    ("PLoS CB", "PLOS Computational Biology"),
    ("PNAS", "Proceedings of the National Academy of Sciences"),
];

/// What a venue of a page says: the full name, and the short one if it is one.
pub(super) fn read(venue: &str) -> (&str, Option<&str>) {
    match full(venue) {
        Some(full) => (full, Some(venue)),
        None => (venue, None),
    }
}

/// The full name of a short one, in any letter case.
pub(super) fn full(short: &str) -> Option<&'static str> {
    // No short name is longer, and most full ones are.
    if short.len() > 12 {
        return None;
    }
    VENUES.iter().find(|(it, _)| it.eq_ignore_ascii_case(short)).map(|(_, full)| *full)
}

/// The short name of a full one, in any letter case.
pub(super) fn short(full: &str) -> Option<&'static str> {
    VENUES.iter().find(|(_, it)| it.eq_ignore_ascii_case(full)).map(|(short, _)| *short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_works_both_ways() {
        for (at, (it, name)) in VENUES.iter().enumerate() {
            assert!(it.len() <= 12, "{it}");
            assert_eq!(full(it), Some(*name), "{it} stands twice");
            assert_eq!(full(name), None, "{name} is a short name as well");
            let first = VENUES.iter().position(|(_, other)| other == name).unwrap();
            assert!(first <= at);
            assert_eq!(short(name), Some(VENUES[first].0));
        }
        assert_eq!(read("NIPS"), ("Advances in Neural Information Processing Systems", Some("NIPS")));
        assert_eq!(read("Neural Computation"), ("Neural Computation", None));
    }
}
