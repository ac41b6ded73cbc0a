//! bibferry converts bibliographies and loses nothing in silence.
//!
//! One [`Record`](record::Record) stands in the middle. Readers turn bytes into [items](record::Item) and keep what
//! they do not understand; writers [take](write::Outgoing) from a record, and what nobody took is the
//! [loss report](loss::Report). Everything known about a format stands in one static [`Format`](format::Format) and one
//! [`Mapping`](mapping::Mapping) that works in both directions.
//!
//! ```
//! use bibferry::convert::{self, Input, Options};
//! use bibferry::formats;
//!
//! let ris = "TY  - BOOK\r\nAU  - Doe, Jane\r\nTI  - On Examples\r\nPY  - 2020\r\nER  - \r\n";
//! let options = Options::to(formats::by_name("jsonl")?);
//! let mut out = Vec::new();
//! let outcome = convert::run(&[Input::bytes("refs.ris", ris)], &mut out, &options, &mut ())?;
//! assert_eq!(outcome.records, 1);
//! assert!(String::from_utf8(out).unwrap().contains("On Examples"));
//! # Ok::<(), bibferry::Error>(())
//! ```
//!
//! Where to go on: [`mod@format`] for what a format is, [`formats`] for those there are, [`mapping`] for the tables,
//! [`convert`] for the pipeline, and there [`Reader`](convert::Reader) and [`Writer`](convert::Writer) for one item at a
//! time.
//!
//! The feature `cli`, which is on by default, is the command and what it alone needs; `default-features = false` leaves the
//! library.

#![forbid(unsafe_code)]

mod bytes;
pub mod check;
pub mod cited;
pub mod columns;
pub mod convert;
pub mod cut;
pub mod detect;
pub mod diagnostic;
pub mod encoding;
mod entities;
mod error;
mod foreign;
pub mod format;
pub mod formats;
pub mod loss;
pub mod mapping;
pub mod page;
pub mod read;
pub mod record;
pub mod source;
pub mod tex;
pub mod transform;
pub mod verify;
pub mod write;

pub use diagnostic::{Code, Diagnostic, Severity};
pub use error::Error;
