//! Options whose values are names of ours: any text is taken, and looked up later; completions know what there is.

use bibferry::formats;
use bibferry::record::{Field, Kind};
use clap::builder::{PossibleValue, TypedValueParser};
use std::ffi::OsStr;

/// Which names.
#[derive(Clone, Copy, Debug)]
pub(in crate::cli) enum Names {
    /// Formats that can be read.
    Read,
    /// Formats that can be written.
    Written,
    /// All formats.
    Formats,
    /// What may be lost: fields, kind, subtype, key.
    Losable,
    /// Whatever has a page.
    Pages,
}

impl Names {
    fn all(self) -> Vec<&'static str> {
        let formats = || formats::ALL.iter().copied();
        let fields = || Field::ALL.iter().map(|field| field.name());
        match self {
            Names::Read => formats().filter(|it| it.read.is_some()).map(|it| it.id).collect(),
            Names::Written => formats().filter(|it| it.write.is_some()).map(|it| it.id).collect(),
            Names::Formats => formats().map(|it| it.id).collect(),
            Names::Losable => fields().chain(["kind", "subtype", "key"]).collect(),
            Names::Pages => {
                let kinds = Kind::ALL.iter().map(|kind| kind.name());
                let mut all: Vec<_> = formats::codes().map(|code| code.id).chain(fields()).chain(kinds).collect();
                all.extend(formats().map(|it| it.id));
                all.sort_unstable();
                all.dedup();
                all
            }
        }
    }
}

impl TypedValueParser for Names {
    type Value = String;

    fn parse_ref(&self, _: &clap::Command, _: Option<&clap::Arg>, value: &OsStr) -> Result<String, clap::Error> {
        Ok(value.to_string_lossy().into_owned())
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(self.all().into_iter().map(PossibleValue::new)))
    }
}
