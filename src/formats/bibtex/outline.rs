//! What the cutter found in a block, so that its reader need not look for it again.
//!
//! The cutter has run the [machine](super::scan) over every byte before a block is cut. It [records](Recorder) what the
//! machine said, and the lexer [replays](Outline::replay) that, as if it had run the machine itself. A block of which not
//! everything is known, because a record in it was too long or had too much to say, has no outline: its reader lexes.
//!
//! ```text
//! @misc{k, year = {2000}}\n      Start(0, "misc", '{'), Key(6, 7), Plain(9, 13, 17, 21), End(23), Text(23, 24)
//! ```

use super::scan::{Fault, Sink, Sort};
use crate::cut::Outlined;
use crate::encoding::Growth;

/// One thing that the machine said. Offsets are counted from where the recorder began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Event {
    Text(u32, u32),
    Start { at: u32, word: (u32, u32), open: u8 },
    Key(u32, u32),
    Name(u32, u32),
    Piece(Sort, u32, u32),
    Field,
    /// A name, the one braced piece of its value, and the end of the field.
    Plain { name: (u32, u32), value: (u32, u32) },
    Rewind(u32),
    Truncate(u32),
    GiveUp,
    Fault(Fault, u32),
    End(u32),
}

/// How many events are kept for a block: more than any has whose text is not mostly damage.
const MOST: usize = 1 << 17;

/// Records what the machine says until it is taken, block by block.
#[derive(Debug)]
pub(super) struct Recorder {
    events: Vec<Event>,
    /// How many of the events are in blocks that were taken.
    taken: usize,
    /// The offset in the input at which the next block begins.
    next: usize,
    /// How many events are kept for a block.
    most: usize,
    /// The offset in the input from which those of the events are counted.
    base: usize,
    /// Whether there was too much to record.
    overflown: bool,
}

/// What the machine says of one block, from the beginning of an element, or of text, to the end of one.
#[derive(Debug)]
pub(super) struct Outline {
    events: Vec<Event>,
    /// Where the block begins, as the events count.
    begin: u32,
}

impl Default for Recorder {
    fn default() -> Recorder {
        Recorder { events: Vec::new(), taken: 0, next: 0, most: MOST, base: 0, overflown: false }
    }
}

impl Recorder {
    /// One that keeps nothing and gives nothing.
    pub(super) fn of_nothing() -> Recorder {
        Recorder { most: 0, ..Recorder::default() }
    }

    /// Takes what was recorded of the block from `from` to `to`, which is the beginning of an element or the end of the
    /// input. Nothing, if that is not all there is to say of it.
    pub(super) fn take(&mut self, from: usize, to: usize) -> Option<Outline> {
        let live = self.events.get(self.taken..).unwrap_or_default();
        let ends = |event: &Event| matches!(event, Event::Start { at, .. } if self.base + *at as usize >= to);
        let count = live.iter().position(ends).unwrap_or(live.len());
        let is_next = self.next == from && !self.overflown;
        self.overflown &= live.len() > count;
        self.next = to;
        let (events, begin) = (live.get(..count).unwrap_or_default().to_vec(), from.wrapping_sub(self.base) as u32);
        self.forget(count, to);
        let is_whole = match (events.first(), events.last()) {
            (Some(Event::Text(at, _) | Event::Start { at, .. }), Some(Event::End(end) | Event::Text(_, end))) => {
                *at == begin && from + (end - begin) as usize == to
            }
            _ => false,
        };
        (is_whole && is_next).then_some(Outline { events, begin })
    }

    /// Takes note that so many more events were taken, and that the next block begins at `next`. What was recorded of the
    /// others is moved only where it is much less than what was taken.
    fn forget(&mut self, count: usize, next: usize) {
        self.taken += count;
        if self.taken > self.events.len() / 4 * 3 {
            self.events.drain(..std::mem::take(&mut self.taken));
            let by = (next - std::mem::replace(&mut self.base, next)) as u32;
            for event in &mut self.events {
                *event = event.moved(by);
            }
        }
    }

    fn push(&mut self, event: Event) {
        if self.events.len() - self.taken < self.most {
            self.events.push(event);
        } else {
            self.overflown = true;
        }
    }

    /// An offset as events have it.
    fn at(&mut self, offset: usize) -> u32 {
        u32::try_from(offset.wrapping_sub(self.base)).unwrap_or_else(|_| {
            self.overflown = true;
            0
        })
    }

    fn both(&mut self, from: usize, to: usize) -> (u32, u32) {
        (self.at(from), self.at(to))
    }
}

impl Sink for Recorder {
    fn text(&mut self, from: usize, to: usize) {
        let (from, to) = self.both(from, to);
        self.push(Event::Text(from, to));
    }

    fn start(&mut self, at: usize, word: (usize, usize), open: u8) {
        let (at, word) = (self.at(at), self.both(word.0, word.1));
        self.push(Event::Start { at, word, open });
    }

    fn key(&mut self, from: usize, to: usize) {
        let (from, to) = self.both(from, to);
        self.push(Event::Key(from, to));
    }

    fn name(&mut self, from: usize, to: usize) {
        let (from, to) = self.both(from, to);
        self.push(Event::Name(from, to));
    }

    fn piece(&mut self, sort: Sort, from: usize, to: usize) {
        let (from, to) = self.both(from, to);
        self.push(Event::Piece(sort, from, to));
    }

    fn field(&mut self) {
        self.push(Event::Field);
    }

    fn plain(&mut self, name: (usize, usize), value: (usize, usize)) {
        let (from, to) = self.both(name.0, value.1);
        let within = |place: usize| from.wrapping_add(place.wrapping_sub(name.0) as u32);
        self.push(Event::Plain { name: (from, within(name.1)), value: (within(value.0), to) });
    }

    fn rewind(&mut self, to: usize) {
        let to = self.at(to);
        self.push(Event::Rewind(to));
    }

    fn truncate(&mut self, to: usize) {
        let to = self.at(to);
        self.push(Event::Truncate(to));
    }

    fn give_up(&mut self) {
        self.push(Event::GiveUp);
    }

    #[cold]
    fn fault(&mut self, fault: Fault, at: usize) {
        let at = self.at(at);
        self.push(Event::Fault(fault, at));
    }

    fn end(&mut self, to: usize) {
        let to = self.at(to);
        self.push(Event::End(to));
    }
}

impl Event {
    /// The same with other offsets. `both` is given a beginning and an end, and whether the words of a value stand between.
    fn map(self, both: &mut impl FnMut(u32, u32, bool) -> (u32, u32)) -> Event {
        let of = |both: (u32, u32), make: fn(u32, u32) -> Event| make(both.0, both.1);
        match self {
            Event::Text(from, to) => of(both(from, to, false), Event::Text),
            Event::Start { at, word, open } => {
                Event::Start { at: both(at, at, false).0, word: both(word.0, word.1, false), open }
            }
            Event::Key(from, to) => of(both(from, to, false), Event::Key),
            Event::Name(from, to) => of(both(from, to, false), Event::Name),
            Event::Piece(sort, from, to) => {
                let (from, to) = both(from, to, matches!(sort, Sort::Braced | Sort::Quoted));
                Event::Piece(sort, from, to)
            }
            Event::Plain { name, value } => {
                Event::Plain { name: both(name.0, name.1, false), value: both(value.0, value.1, true) }
            }
            Event::Rewind(to) => Event::Rewind(both(to, to, false).1),
            Event::Truncate(to) => Event::Truncate(both(to, to, false).1),
            Event::Fault(fault, at) => Event::Fault(fault, both(at, at, false).0),
            Event::End(to) => Event::End(both(to, to, false).1),
            Event::Field | Event::GiveUp => self,
        }
    }

    /// The same, counted from a place further on.
    fn moved(self, by: u32) -> Event {
        self.map(&mut |from, to, _| (from.wrapping_sub(by), to.wrapping_sub(by)))
    }
}

/// Within how many bytes the machine may look ahead for the end of a key without finding anything else in a longer text.
const NEAR: usize = 1 << 10;

impl Outlined for Outline {
    fn grown(&self, growth: &Growth) -> Option<Outline> {
        let mut begun = 0;
        let mut is_sound = |event: &Event| match *event {
            Event::Start { at, .. } => {
                begun = at;
                true
            }
            Event::Key(_, to) => (to.wrapping_sub(begun) as usize) < NEAR,
            // What is damaged is mended by what stands so many bytes further on.
            Event::Rewind(_) | Event::Truncate(_) | Event::GiveUp | Event::Fault(..) => false,
            _ => true,
        };
        if !self.events.iter().all(&mut is_sound) {
            return None;
        }
        let (mut at, mut spaces) = (growth.offsets(), growth.spaces());
        let mut both = |from: u32, to: u32, has_words: bool| {
            let (from, to) = (from.wrapping_sub(self.begin), to.wrapping_sub(self.begin));
            // Elsewhere a space parts what has none.
            while has_words && spaces.first().is_some_and(|space| (from..to).contains(space)) {
                spaces = spaces.get(1..).unwrap_or_default();
            }
            (at(from), at(to))
        };
        let events = self.events.iter().map(|event| event.map(&mut both)).collect();
        spaces.is_empty().then_some(Outline { events, begin: 0 })
    }
}

impl Outline {
    /// Says the events from the `from`th on, up to the end of the next element, as the machine would. Where it stopped,
    /// and whether an element ended there.
    pub(super) fn replay<S: Sink>(&self, from: usize, sink: &mut S) -> (usize, bool) {
        let events = self.events.get(from..).unwrap_or_default();
        let one = |at: u32| at.wrapping_sub(self.begin) as usize;
        let two = |(from, to): (u32, u32)| (one(from), one(to));
        for (nth, event) in events.iter().enumerate() {
            match *event {
                Event::Text(from, to) => sink.text(one(from), one(to)),
                Event::Start { at, word, open } => sink.start(one(at), two(word), open),
                Event::Key(from, to) => sink.key(one(from), one(to)),
                Event::Name(from, to) => sink.name(one(from), one(to)),
                Event::Piece(sort, from, to) => sink.piece(sort, one(from), one(to)),
                Event::Field => sink.field(),
                Event::Plain { name, value } => sink.plain(two(name), two(value)),
                Event::Rewind(to) => sink.rewind(one(to)),
                Event::Truncate(to) => sink.truncate(one(to)),
                Event::GiveUp => sink.give_up(),
                Event::Fault(fault, at) => sink.fault(fault, one(at)),
                Event::End(to) => {
                    sink.end(one(to));
                    return (from + nth + 1, true);
                }
            }
        }
        (from + events.len(), false)
    }
}
