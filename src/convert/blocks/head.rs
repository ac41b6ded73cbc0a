//! What the beginning of an input tells: its format and its encoding.

use crate::detect;
use crate::diagnostic::{Diagnostic, ENCODING_OVERRULED, ENCODING_READ};
use crate::encoding::Known;
use crate::error::Error;
use crate::foreign;
use crate::format::Format;
use crate::formats;
use crate::source::Place;

/// How much of an input is looked at to tell its format.
pub(in crate::convert) const HEAD: usize = 64 << 10;

/// Says in which encoding an input is read, where that is not what one would think.
pub(super) fn encoding_finding(known: &Known, input: u32) -> Diagnostic {
    let at = |line| Place { input, line, column: 1 };
    match known {
        Known::Mark(encoding) => {
            Diagnostic::new(&ENCODING_READ, format!("the input is read as {}, as its first bytes say", encoding.name()))
        }
        Known::Escapes(encoding) => {
            Diagnostic::new(&ENCODING_READ, format!("the input is read as {}, as its escapes say", encoding.name()))
        }
        Known::Declared(encoding, line) => {
            Diagnostic::new(&ENCODING_READ, format!("the input is read as {}, as this line says", encoding.name()))
                .at(at(*line))
        }
        Known::Overruled(encoding, line) => {
            let message = format!("this line says that the input is {}, but it is UTF-8 and read so", encoding.name());
            Diagnostic::new(&ENCODING_OVERRULED, message).at(at(*line))
        }
    }
}

/// The format of an input, by its name and first bytes.
pub(in crate::convert) fn tell(
    name: &str,
    head: &[u8],
    written: Option<&'static Format>,
) -> Result<&'static Format, Error> {
    if let Some(detected) = detect::detect(name, head, written) {
        return Ok(detected.format);
    }
    if let Some(foreign) = foreign::tell(head) {
        let (format, advice) = (foreign.name.to_owned(), foreign.advice.to_owned());
        return Err(Error::NotRead { path: name.to_owned(), format, advice });
    }
    let ending = detect::by_extension(name).filter(|format| format.read.is_none());
    let tried = match ending {
        Some(format) => format!("the name ends as {} files do, which bibferry writes but cannot read yet", format.name),
        None => {
            let readable: Vec<&str> = formats::ALL.iter().filter(|it| it.read.is_some()).map(|it| it.id).collect();
            format!("neither content nor file name is that of {}", readable.join(", "))
        }
    };
    Err(Error::Undetected { path: name.to_owned(), tried })
}
