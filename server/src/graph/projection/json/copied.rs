//! What is copied as a whole: what stands before a value, and values that many records have.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;

use ahash::RandomState;

use super::Json;

/// Text that stands before a value: comma or brace, key and colon.
#[derive(Debug)]
pub(in super::super) enum Opening {
    /// A short one stands in a block that is copied as a whole, which takes no call.
    Short([u8; BLOCK], usize),
    Long(Box<[u8]>),
}

const BLOCK: usize = 32;

impl Opening {
    /// Before the value of this key, which is the first of its object or not. Names of GraphQL need no escape.
    pub(in super::super) fn of(key: &str, is_first: bool) -> Self {
        let pieces = [if is_first { b"{".as_slice() } else { b"," }, b"\"", key.as_bytes(), b"\":"];
        let length = pieces.iter().map(|piece| piece.len()).sum();
        if length > BLOCK {
            return Self::Long(pieces.concat().into());
        }
        let (mut block, mut end) = ([0; BLOCK], 0);
        for piece in pieces {
            block[end..end + piece.len()].copy_from_slice(piece);
            end += piece.len();
        }
        Self::Short(block, length)
    }
}

/// Where something was written for each value of a field, by the value's number. Many records say the same.
#[derive(Debug, Default)]
pub(in super::super) struct Repeated(RefCell<HashMap<u32, Range<usize>, RandomState>>);

impl Json {
    /// What stands before a value.
    #[inline]
    pub(in super::super) fn opening(&mut self, opening: &Opening) {
        match opening {
            Opening::Short(block, length) => {
                self.text.extend_from_slice(block);
                self.text.truncate(self.text.len() - BLOCK + length);
            }
            Opening::Long(text) => self.text.extend_from_slice(text),
        }
    }

    /// The value of a field that follows from a number alone: it is written once, and copied from there.
    pub(in super::super) fn repeated(&mut self, repeated: &Repeated, number: u32, write: impl FnOnce(&mut Self)) {
        if let Some(range) = repeated.0.borrow().get(&number) {
            return self.text.extend_from_within(range.clone());
        }
        let begin = self.text.len();
        write(self);
        repeated.0.borrow_mut().insert(number, begin..self.text.len());
    }
}
