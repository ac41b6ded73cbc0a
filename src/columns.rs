//! Columns of tables: what the user says that they mean (`--map`), and which of them are written (`--columns`).
//!
//! ```
//! use bibferry::columns::{ColumnMap, Meaning};
//! use bibferry::record::Field;
//! let mut map = ColumnMap::default();
//! map.add("Titel=title")?;
//! assert_eq!(map.meaning("Titel"), Some(Meaning::Field(Field::Title)));
//! # Ok::<(), bibferry::Error>(())
//! ```

use crate::error::Error;
use crate::format::did_you_mean;
use crate::record::Field;
use std::sync::Arc;

/// What a column of a table means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// What the reference is: a kind, or a type word.
    Kind,
    /// The finer word beside the kind.
    Subtype,
    /// The citation key.
    Key,
    /// A field.
    Field(Field),
}

/// The names of columns that are no fields.
const OTHERS: [(&str, Meaning); 3] = [("kind", Meaning::Kind), ("subtype", Meaning::Subtype), ("key", Meaning::Key)];

impl Meaning {
    /// The meaning with this [`name`](Meaning::name).
    pub fn from_name(name: &str) -> Option<Meaning> {
        let other = OTHERS.iter().find(|(it, _)| *it == name).map(|(_, meaning)| *meaning);
        other.or_else(|| Field::from_name(name).map(Meaning::Field))
    }

    /// The name of the column that has it in our own tables.
    pub fn name(self) -> &'static str {
        match self {
            Meaning::Field(field) => field.name(),
            other => OTHERS.iter().find(|(_, meaning)| *meaning == other).map_or("", |(name, _)| name),
        }
    }

    /// All names, in the order of the columns of our own tables.
    pub fn names() -> impl Iterator<Item = &'static str> {
        OTHERS.iter().map(|(name, _)| *name).chain(Field::ALL.iter().map(|field| field.name()))
    }
}

/// What the user says that columns mean.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ColumnMap(Arc<Vec<(Box<str>, Meaning)>>);

impl ColumnMap {
    /// Adds one `COLUMN=FIELD`. The last of several for one column holds.
    ///
    /// # Errors
    /// A usage error if there is no `=`, no column before it, or no field of that name, with the nearest that there is.
    pub fn add(&mut self, pair: &str) -> Result<(), Error> {
        // Names of columns may have an equals sign in them, names of fields have none.
        let Some((column, name)) = pair.rsplit_once('=').map(|(a, b)| (a.trim(), b.trim())) else {
            return Err(Error::Usage(format!("--map needs COLUMN=FIELD, not `{pair}`")));
        };
        if column.is_empty() {
            return Err(Error::Usage(format!("--map names no column: `{pair}`")));
        }
        let meaning = Meaning::from_name(name).or_else(|| Meaning::from_name(&name.to_lowercase()));
        let Some(meaning) = meaning else {
            let advice = match did_you_mean(name, Meaning::names()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`bibferry explain` lists all fields".to_owned(),
            };
            return Err(Error::Usage(format!("unknown field `{name}` in --map {pair}: {advice}")));
        };
        let all = Arc::make_mut(&mut self.0);
        all.retain(|(it, _)| **it != *column);
        all.push((column.into(), meaning));
        Ok(())
    }

    /// Adds the lines of a file: `COLUMN=FIELD` each, but for empty lines and those that begin with `#`.
    ///
    /// # Errors
    /// As [`add`](ColumnMap::add), with the line's number.
    pub fn add_lines(&mut self, name: &str, text: &str) -> Result<(), Error> {
        for (number, line) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            self.add(line).map_err(|error| match error {
                Error::Usage(message) => Error::Usage(format!("{name}:{number}: {message}")),
                other => other,
            })?;
        }
        Ok(())
    }

    /// What a column means, if the user says so.
    pub fn meaning(&self, column: &str) -> Option<Meaning> {
        self.0.iter().find(|(it, _)| it.eq_ignore_ascii_case(column.trim())).map(|(_, meaning)| *meaning)
    }

    /// The columns that are named.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(column, _)| &**column)
    }
}

/// Which columns are written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ColumnChoice {
    /// Our columns, as far as they occur.
    #[default]
    Occurring,
    /// All of our columns, whether they occur or not, and what else occurs.
    All,
    /// These, in this order.
    List(Arc<[Box<str>]>),
    /// Those that Zotero exports, in its layout.
    Zotero,
}

impl ColumnChoice {
    /// Reads what `--columns` says: `all`, `zotero`, or names with commas between them.
    ///
    /// # Errors
    /// A usage error if the list is empty, or a name is nearly but not quite that of a field.
    pub fn parse(text: &str) -> Result<ColumnChoice, Error> {
        match text.trim().to_lowercase().as_str() {
            "all" => return Ok(ColumnChoice::All),
            "zotero" => return Ok(ColumnChoice::Zotero),
            _ => {}
        }
        let mut names: Vec<Box<str>> = Vec::new();
        for name in text.split(',').map(str::trim).filter(|name| !name.is_empty()) {
            if Meaning::from_name(name).is_none()
                && let Some(near) = did_you_mean(name, Meaning::names())
            {
                return Err(Error::Usage(format!("unknown column `{name}` in --columns: did you mean `{near}`?")));
            }
            if !names.iter().any(|it| **it == *name) {
                names.push(name.into());
            }
        }
        if names.is_empty() {
            return Err(Error::Usage("--columns names no column".to_owned()));
        }
        Ok(ColumnChoice::List(names.into()))
    }

    /// Whether a column is written.
    pub fn has(&self, column: &str) -> bool {
        match self {
            ColumnChoice::List(names) => names.iter().any(|name| **name == *column),
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_are_answered_with_what_was_meant() {
        let said =
            |pair: &str| ColumnMap::default().add(pair).map_err(|error| error.to_string()).err().unwrap_or_default();
        assert!(said("Titel=titel").contains("did you mean `title`?"), "{}", said("Titel=titel"));
        assert!(said("Titel").contains("COLUMN=FIELD"));
        assert!(said("=title").contains("no column"));
        let mut map = ColumnMap::default();
        assert!(map.add_lines("my.map", "# mine\n\nA = B=author\nJahr=issued\n").is_ok());
        assert_eq!(map.meaning("a = b"), Some(Meaning::Field(Field::Author)));
        let wrong = map.add_lines("my.map", "A=title\nB=nonsense\n").map_err(|error| error.to_string());
        assert!(wrong.is_err_and(|it| it.contains("my.map:2")));
    }

    #[test]
    fn columns_to_write() {
        assert_eq!(ColumnChoice::parse("Zotero").ok(), Some(ColumnChoice::Zotero));
        let list = ColumnChoice::parse("title, doi,title,Cited by");
        assert!(list.is_ok_and(|it| it.has("Cited by") && it.has("doi") && !it.has("author")));
        assert!(ColumnChoice::parse("titel").is_err());
        assert!(ColumnChoice::parse(" , ").is_err());
    }
}
