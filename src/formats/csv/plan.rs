//! What becomes of the columns of a table.

use super::FAMILY;
use super::dialects::{Derive, Dialect};
use super::layout::Layout;
use super::missing::WORDLESS;
use super::own::Column;
use crate::columns::{ColumnMap, Meaning};
use crate::record::Field;

/// What becomes of a column's cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Action {
    /// They are of this tag.
    Tag(u16),
    /// They say what the record is; of several such columns the one of the lowest rank first.
    Type(usize),
    /// The user says what they are.
    Mapped(Meaning),
    /// They are of our own table.
    Own(Column),
    /// Nobody knows.
    Extra,
}

/// What becomes of all columns of a table: found out once, not for each row.
pub(super) struct Plan<'l> {
    pub(super) layout: &'l Layout,
    pub(super) dialect: &'static Dialect,
    pub(super) actions: Vec<Action>,
    /// The tag of whose cells others are made, and how.
    pub(super) derived: Option<(u16, Derive)>,
}

impl<'l> Plan<'l> {
    pub(super) fn new(layout: &'l Layout, map: &ColumnMap) -> Plan<'l> {
        let dialect = layout.dialect;
        let mut taken: Vec<u16> = Vec::new();
        let actions = layout.names.iter().map(|name| {
            if let Some(meaning) = map.meaning(name) {
                return Action::Mapped(meaning);
            }
            if dialect.is_own() {
                return Action::Own(Column::of(name));
            }
            // Of two columns for one thing the second is kept as it is.
            match dialect.tag(name).filter(|tag| !name.is_empty() && !taken.contains(tag)) {
                Some(tag) => {
                    taken.push(tag);
                    let rank = dialect.type_columns.iter().position(|it| dialect.mapping.tag(it) == Some(tag));
                    rank.map_or(Action::Tag(tag), Action::Type)
                }
                None => Action::Extra,
            }
        });
        let derived = dialect.derived.and_then(|(name, take_apart)| Some((dialect.mapping.tag(name)?, take_apart)));
        Plan { layout, dialect, actions: actions.collect(), derived }
    }

    /// The name under which a column's cells are kept that nobody understands.
    pub(super) fn name(&self, column: usize) -> String {
        match self.layout.names.get(column).filter(|name| !name.is_empty()) {
            Some(name) => name.clone(),
            None => format!("#{}", column + 1),
        }
    }

    /// The field of a tag, by the first row of the mapping that has it.
    pub(super) fn field(&self, tag: u16) -> Option<Field> {
        let mapping = self.dialect.mapping;
        let name = mapping.tags.get(usize::from(tag)).map_or("", |tag| tag.name);
        mapping.rules.iter().find(|rule| rule.tags.split('/').any(|it| it == name)).map(|rule| rule.field)
    }

    /// Whether a column has what two letters cannot be.
    pub(super) fn has_no_words(&self, column: usize) -> bool {
        matches!(self.actions.get(column), Some(Action::Tag(tag)) if self.field(*tag).is_some_and(|field| WORDLESS.contains(&field)))
    }

    /// The column of our own tables that has what a column has.
    pub(super) fn own_name(&self, column: usize) -> String {
        match self.actions.get(column) {
            Some(Action::Mapped(meaning) | Action::Own(Column::Meaning(meaning))) => meaning.name().to_owned(),
            Some(Action::Type(_)) => Meaning::Kind.name().to_owned(),
            Some(Action::Tag(tag)) => {
                let mapping = self.dialect.mapping;
                let name = mapping.tags.get(usize::from(*tag)).map_or("", |tag| tag.name);
                let key = mapping.keys.contains(&name).then(|| Meaning::Key.name());
                key.or(self.field(*tag).map(Field::name)).map_or_else(|| Column::of_extra(FAMILY, &self.name(column)), str::to_owned)
            }
            Some(Action::Own(Column::Extra(family, tag))) => Column::of_extra(family, tag),
            Some(Action::Own(Column::MadeKey)) => self.name(column),
            _ => Column::of_extra(FAMILY, &self.name(column)),
        }
    }
}
