//! RIS for RefWorks, which reads the tags of 2001 best.

use super::super::codec::{PARAGRAPHS, TEXT};
use crate::mapping::codecs::dates::DATE;
use crate::mapping::{Rule, write};
use crate::record::Field;

/// What stands in serials.
const SERIALS: &[&str] = &["JOUR", "ABST", "MGZN", "NEWS"];

/// The tags of 2001, before those of 2011.
pub(super) const RULES: &[Rule] = &[
    write("T1", Field::Title, &TEXT),
    write("JF", Field::ContainerTitle, &TEXT).on(SERIALS),
    write("JO", Field::ContainerShort, &TEXT).on(SERIALS).when(|seen| seen.has("JF"), &[("JF", "Journal of Examples")]),
    write("Y1", Field::Issued, &DATE).except(&["CONF"]),
    write("N2", Field::Abstract, &PARAGRAPHS),
];
