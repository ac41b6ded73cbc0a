//! What the cutter found in the items of a block, so that their reader need not look for it again.
//!
//! An item whose text is all there when the cutter comes to it, and is an object [of the usual kind](super::scan), is found
//! sound and taken apart by the cutter: it must go through that text anyway. Where the members stand is
//! [recorded](Recorder), and the reader of the block [asks](Outline::item) for it, item by item. Of an item that is not
//! recorded nothing is known but where it begins.
//!
//! ```text
//! {"id": "a", "volume": 1}      (2..4, 7..10) (13..19, 22..23), ends at 24
//! ```

use super::scan;
use crate::cut::Outlined;
use std::borrow::Cow;
use std::ops::Range;

/// The names and the values of an object's members.
pub(in crate::formats) type Object<'t> = Vec<(Cow<'t, str>, &'t str)>;

/// Items with more members are left to their reader.
const MOST: usize = 1 << 10;

/// A member of an item, counted from where the item begins: its name, without quotation marks, and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Member {
    name: Range<u32>,
    value: Range<u32>,
}

/// An item: its offset in the input, its length, and how many members it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Item {
    start: u64,
    length: u32,
    members: u32,
}

/// Records items until they are taken, block by block.
#[derive(Debug, Default)]
pub(super) struct Recorder {
    items: Vec<Item>,
    /// The members of all items, one item behind the other.
    members: Vec<Member>,
}

impl Recorder {
    /// Records the item at an offset of the input, with which these bytes begin, and says how long it is. `None`: there is
    /// not all of it, or it is not as most are.
    pub(super) fn record(&mut self, start: u64, bytes: &[u8]) -> Option<usize> {
        let before = self.members.len();
        let found = scan::object(bytes, |name, value| {
            let place = |range: Range<usize>| Some(u32::try_from(range.start).ok()?..u32::try_from(range.end).ok()?);
            self.members.push(Member { name: place(name)?, value: place(value)? });
            (self.members.len() - before < MOST).then_some(())
        });
        let members = (self.members.len() - before) as u32;
        let Some((length, end)) = found.and_then(|end| Some((u32::try_from(end).ok()?, end))) else {
            self.members.truncate(before);
            return None;
        };
        self.items.push(Item { start, length, members });
        Some(end)
    }

    /// Forgets the item that was recorded last.
    pub(super) fn forget(&mut self) {
        if let Some(item) = self.items.pop() {
            self.members.truncate(self.members.len() - item.members as usize);
        }
    }

    /// Takes what was recorded of the block from `from` to `to`.
    pub(super) fn take(&mut self, from: u64, to: u64) -> Outline {
        let count = self.items.partition_point(|item| item.start < to);
        let items = split_front(&mut self.items, count);
        let members: usize = items.iter().map(|item| item.members as usize).sum();
        let members = split_front(&mut self.members, members);
        Outline { start: from, items, members, next: (0, 0) }
    }
}

/// Takes the first of a list, and leaves room for as many again, or a little more.
fn split_front<T: Clone>(all: &mut Vec<T>, count: usize) -> Vec<T> {
    let (_, behind) = all.split_at(count);
    let mut rest = Vec::with_capacity(behind.len().max(count) * 9 / 8);
    rest.extend_from_slice(behind);
    let mut front = std::mem::replace(all, rest);
    front.truncate(count);
    front
}

/// What is known of the items of one block.
#[derive(Debug)]
pub(in crate::formats) struct Outline {
    /// The offset of the block in the input.
    start: u64,
    items: Vec<Item>,
    members: Vec<Member>,
    /// The first item that has not been asked for, and its first member.
    next: (usize, usize),
}

/// JSON is UTF-8: what is not is read without its outline.
impl Outlined for Outline {}

impl Outline {
    /// The item at an offset of the block's text: its members, and where it ends. Items are asked for in their order.
    /// `None`: it was not recorded.
    pub(in crate::formats) fn item<'t>(&mut self, text: &'t str, at: usize) -> Option<(Object<'t>, usize)> {
        let start = self.start + at as u64;
        let item = loop {
            let item = self.items.get(self.next.0).filter(|item| item.start <= start)?;
            self.next = (self.next.0 + 1, self.next.1 + item.members as usize);
            if item.start == start {
                break item;
            }
        };
        let end = at + item.length as usize;
        let text = text.get(at..end)?;
        let part = |range: &Range<u32>| text.get(range.start as usize..range.end as usize);
        let mut all = Vec::with_capacity(item.members as usize);
        for member in self.members.get(self.next.1 - item.members as usize..self.next.1)? {
            all.push((Cow::Borrowed(part(&member.name)?), part(&member.value)?));
        }
        Some((all, end))
    }
}
