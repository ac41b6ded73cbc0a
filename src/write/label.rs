//! Names that a writer puts in front of its values, over and over.

/// A text that is copied by as many bytes as any other of its `SIZE`, so that no branch depends on how long it is. It holds
/// ASCII.
///
/// ```text
/// Label::<32>::new("author = ".into()).push(&mut out);        // `author = `
/// ```
#[derive(Debug)]
pub(crate) struct Label<const SIZE: usize> {
    /// The text, with spaces behind it up to so many bytes.
    padded: String,
    /// How many bytes of these are the text.
    length: usize,
}

impl<const SIZE: usize> Label<SIZE> {
    pub(crate) fn new(text: &str) -> Label<SIZE> {
        Label { padded: format!("{text:SIZE$}"), length: text.len() }
    }

    /// Appends the text.
    #[inline]
    pub(crate) fn push(&self, out: &mut String) {
        let end = out.len() + self.length;
        match self.padded.get(..SIZE) {
            Some(label) if self.length <= SIZE => {
                out.push_str(label);
                out.truncate(end);
            }
            _ => out.push_str(&self.padded),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_its_text_whatever_its_length() {
        for text in ["", "a", "1234567", "12345678", "123456789"] {
            let mut out = String::from("before");
            Label::<8>::new(text).push(&mut out);
            assert_eq!(out, format!("before{text}"));
        }
    }
}
