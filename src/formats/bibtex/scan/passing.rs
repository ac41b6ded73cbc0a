//! Entries whose end a look at their braces shows: who only wants to know where they begin passes over them.
//!
//! What is passed is as most entries are, and the [machine](super) finds the same end there: behind the key stands a comma,
//! no `@` stands in it, no `%` between its fields or in a quoted value, every quotation mark outside of braces opens or
//! closes a value, and the next element follows its brace. All else is left to the machine.

use super::ahead::LOOK;
use super::bytes::{KEY_STOPS, View, WORD_STOPS, run};
use super::fields::{close_of, skip_space};
use super::{Body, Machine, State};
use crate::bytes::next;

impl Machine {
    /// Between elements: passes over the plain entries that come next, each of which is given with where it begins.
    pub(in super::super) fn pass(&mut self, view: View<'_>, mut entry: impl FnMut(usize)) {
        while self.state == State::Text
            && self.at == self.begin
            && self.at >= view.base
            && let Some((begin, end)) = plain_entry(view.rest(self.at))
        {
            entry(self.at + begin);
            self.begin = self.at + end;
            self.at = self.begin;
        }
    }
}

/// Where an entry behind white space begins and ends, if it is plain.
fn plain_entry(bytes: &[u8]) -> Option<(usize, usize)> {
    let begin = skip_space(bytes, 0);
    let word = bytes.get(begin..)?.strip_prefix(b"@")?;
    let length = run(word, &WORD_STOPS);
    let is_word = word.first()?.is_ascii_alphabetic() && word.get(length) == Some(&b'{');
    if !is_word || Body::of(word.get(..length)?) != Body::Entry {
        return None;
    }
    let key = skip_space(bytes, begin + 1 + length + 1);
    let stop = key + run(bytes.get(key..)?, &KEY_STOPS);
    if bytes.get(stop) != Some(&b',') || matches!(bytes.get(key), Some(b'@' | b'%')) || stop - key > LOOK {
        return None;
    }
    let end = plain_fields(bytes, stop + 1)?;
    (bytes.get(skip_space(bytes, end)) == Some(&b'@')).then_some((begin, end))
}

/// Where plain fields end, with the entry's brace.
fn plain_fields(bytes: &[u8], mut at: usize) -> Option<usize> {
    let mut in_quotes = false;
    loop {
        at = next(bytes, at, |byte| {
            (byte == b'{') | (byte == b'}') | (byte == b'"') | (byte == b'@') | (byte == b'%')
        });
        match bytes.get(at)? {
            b'{' => at = close_of(bytes, at)? + 1,
            b'}' if !in_quotes => return Some(at + 1),
            b'"' => {
                let around = if in_quotes {
                    bytes.get(skip_space(bytes, at + 1)).is_some_and(|byte| matches!(byte, b',' | b'#' | b'}'))
                } else {
                    bytes.get(..at)?.trim_ascii_end().last() == Some(&b'=')
                };
                if !around {
                    return None;
                }
                in_quotes = !in_quotes;
                at += 1;
            }
            _ => return None,
        }
    }
}
