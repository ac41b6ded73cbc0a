//! What findings need before they are told: the name of their input, and that they are not told twice.

use super::input::Input;
use crate::diagnostic::Diagnostic;
use std::collections::BTreeSet;
use std::sync::Arc;

/// How many words of "once" are remembered: more, and an input of nothing but oddities would fill the memory.
const ONCE_LIMIT: usize = 10_000;

/// Prepares findings.
pub(super) struct Teller<'i> {
    inputs: &'i [Input],
    once: BTreeSet<(u32, &'static str, Box<str>)>,
}

impl<'i> Teller<'i> {
    pub(super) fn new(inputs: &'i [Input]) -> Teller<'i> {
        Teller { inputs, once: BTreeSet::new() }
    }

    /// The name of an input.
    pub(super) fn name(&self, input: u32) -> Option<Arc<str>> {
        self.inputs.get(input as usize).map(|input| input.name().clone())
    }

    /// A finding about an input as a whole.
    pub(super) fn of(&self, input: u32, finding: Diagnostic) -> Diagnostic {
        Diagnostic { file: self.name(input), ..finding }
    }

    /// A finding as it is told, if it is not one of those that are told once and were.
    pub(super) fn prepare(&mut self, mut finding: Diagnostic) -> Option<Diagnostic> {
        let input = finding.span.as_ref().map_or(0, |span| span.place.input);
        if let Some(word) = finding.once.take()
            && (self.once.len() >= ONCE_LIMIT || !self.once.insert((input, finding.code.id, word)))
        {
            return None;
        }
        if finding.file.is_none() && finding.span.is_some() {
            finding.file = self.name(input);
        }
        Some(finding)
    }
}
