//! Lists of very many parts: names, keywords, numbers. Taken apart, each part takes fifty times its bytes.

use super::Engine;
use crate::diagnostic::RECORD_TOO_WIDE;
use crate::record::Type;
use memchr::{memchr_iter, memmem};

/// How many parts a list has, at the most: what stands between them is one of these in every format.
fn parts(list: &str) -> usize {
    let bytes = list.as_bytes();
    let marks = [b',', b';', b'|', b'\n'].map(|mark| memchr_iter(mark, bytes).count());
    marks.into_iter().fold(memmem::find_iter(bytes, b" and ").count(), usize::max) + 1
}

impl Engine<'_, '_, '_> {
    /// Keeps lists as they are with which the record would have more parts than it may have fields. Only values of more
    /// bytes can.
    pub(super) fn set_wide_lists_aside(&mut self) {
        let limit = self.reading.options.max_fields;
        if self.cells.list.iter().map(|cell| cell.raw.len()).sum::<usize>() <= limit {
            return;
        }
        let mut count = 0;
        for at in 0..self.cells.list.len() {
            let cell = &self.cells.list[at];
            if cell.used || !cell.id.is_some_and(|tag| self.is_list(tag)) {
                continue;
            }
            let more = parts(&cell.raw);
            if count + more <= limit {
                count += more;
                continue;
            }
            let message =
                format!("with `{}` this record has lists of more than {limit} parts; it is kept as it is", cell.tag);
            let finding = self.reading.report(&RECORD_TOO_WIDE, cell.at.clone(), message);
            finding.hint = Some("raise the limit with --max-fields".to_owned());
            self.keep(at);
        }
    }

    /// Whether any row reads a list from a tag.
    fn is_list(&self, tag: u16) -> bool {
        let types = [Type::Names, Type::Keyword, Type::Id, Type::Url, Type::Publisher, Type::Relation, Type::File];
        let rules = self.mapping.index().rules.iter().filter(|rule| rule.tags.contains(&tag));
        rules.map(|rule| rule.rule.field.value_type()).any(|it| types.contains(&it))
    }
}
