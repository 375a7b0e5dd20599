//! What was written of records, for who asks the same of them again.
//!
//! A dashboard asks for the same fields of projects with ever other filters and pages, so its rows repeat where its
//! answers do not. Their text is kept by shape: what is asked of a record, as one text. The catalogue does not know what
//! a shape says; it keeps what follows from itself alone, and all of it goes with the generation.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, RwLock};

use ahash::RandomState;
use moka::sync::Cache;

use super::RecordNumber;

/// How many shapes are kept: those that are asked for most.
const SHAPES: u64 = 16;
/// The most bytes of text that are kept of one shape.
const MOST_BYTES: usize = 4 << 20;

/// Text of records, by shape.
pub struct Fragments(Cache<String, Arc<Fragment>, RandomState>);

/// Text of records in one shape.
#[derive(Default)]
pub struct Fragment(RwLock<Rows>);

/// The texts one after the other.
#[derive(Default)]
pub struct Rows {
    text: Vec<u8>,
    spans: HashMap<RecordNumber, Range<u32>, RandomState>,
}

impl Default for Fragments {
    fn default() -> Self {
        Self(Cache::builder().max_capacity(SHAPES).build_with_hasher(RandomState::new()))
    }
}

impl Fragments {
    /// What is kept in a shape.
    #[must_use]
    pub fn of(&self, shape: &str) -> Arc<Fragment> {
        self.0.get_with_by_ref(shape, Arc::default)
    }
}

impl Fragment {
    /// Reads the rows that are kept, while none is added.
    pub fn read<Out>(&self, read: impl FnOnce(&Rows) -> Out) -> Out {
        // Rows are added whole or not at all, also where a thread stops at it.
        read(&self.0.read().unwrap_or_else(std::sync::PoisonError::into_inner))
    }

    /// Keeps rows, each by its number and where it stands in a text. Where somebody else is adding some, or no room is
    /// left, they are not kept.
    pub fn add(&self, text: &[u8], rows: impl IntoIterator<Item = (RecordNumber, Range<usize>)>) {
        let Ok(mut kept) = self.0.try_write() else { return };
        for (number, range) in rows {
            let (begin, row) = (kept.text.len(), &text[range]);
            if kept.spans.contains_key(&number) || begin + row.len() > MOST_BYTES {
                continue;
            }
            kept.text.extend_from_slice(row);
            if let (Ok(begin), Ok(end)) = (u32::try_from(begin), u32::try_from(kept.text.len())) {
                kept.spans.insert(number, begin..end);
            }
        }
    }
}

impl Rows {
    /// The text of a record.
    #[inline]
    #[must_use]
    pub fn get(&self, number: RecordNumber) -> Option<&[u8]> {
        let Range { start, end } = self.spans.get(&number)?;
        self.text.get(*start as usize..*end as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(fragments: &Fragments, shape: &str, number: RecordNumber) -> Option<String> {
        fragments.of(shape).read(|rows| rows.get(number).map(|row| String::from_utf8_lossy(row).into_owned()))
    }

    #[test]
    fn rows_are_kept_by_shape_and_number() {
        let fragments = Fragments::default();
        fragments.of("id").add(b"[one,two]", [(7, 1..4), (9, 5..8)]);
        assert_eq!(row(&fragments, "id", 7).as_deref(), Some("one"));
        assert_eq!(row(&fragments, "id", 9).as_deref(), Some("two"));
        assert_eq!(row(&fragments, "id", 8), None);
        assert_eq!(row(&fragments, "title", 7), None);
    }

    #[test]
    fn no_shape_takes_more_room_than_it_has() {
        let (fragments, text) = (Fragments::default(), vec![b'x'; MOST_BYTES / 2]);
        for number in 0..5 {
            fragments.of("id").add(&text, [(number, 0..text.len())]);
        }
        assert_eq!((0..5).filter(|number| row(&fragments, "id", *number).is_some()).count(), 2);
    }
}
