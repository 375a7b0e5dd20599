//! Which records stand in an earlier catalogue as they do in a later one: what was worked out of them there holds.

use std::sync::Arc;

use roaring::RoaringBitmap;

use super::record::status_conflict;
use super::{Catalogue, RecordNumber};
use crate::harvest::Reading;

/// Stands where there is no such record.
const NONE: RecordNumber = RecordNumber::MAX;

/// The records that two catalogues share. Both are numbered by id, so the numbers rise together.
#[derive(Debug, Default)]
pub struct Unchanged {
    /// By the number in the later catalogue, that in the earlier one.
    earlier: Vec<RecordNumber>,
    /// By the number in the earlier catalogue, that in the later one.
    later: Vec<RecordNumber>,
}

impl Unchanged {
    /// No record at all.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// The number of a record in the earlier catalogue, where it said the same there.
    #[must_use]
    pub fn earlier(&self, later: RecordNumber) -> Option<RecordNumber> {
        self.earlier.get(later as usize).copied().filter(|number| *number != NONE)
    }

    /// The number in the later catalogue of a record that still says the same.
    #[must_use]
    pub fn later(&self, earlier: RecordNumber) -> Option<RecordNumber> {
        self.later.get(earlier as usize).copied().filter(|number| *number != NONE)
    }

    /// The kept ones among some records of the earlier catalogue, by their numbers in the later one.
    pub(super) fn carried(&self, earlier: &RoaringBitmap) -> RoaringBitmap {
        let later = earlier.iter().filter_map(|number| self.later(number));
        RoaringBitmap::from_sorted_iter(later).unwrap_or_default()
    }

    /// What a catalogue shares with one of these projects of these readings, in the order of their ids.
    pub(super) fn of(earlier: &Catalogue, readings: &[Arc<Reading>], by_id: &[(u16, u32)]) -> Self {
        let records = earlier.records.len();
        let mut kept = Self { earlier: vec![NONE; by_id.len()], later: vec![NONE; records] };
        let mut old = 0;
        for (place, number) in by_id.iter().zip(0..) {
            let id = readings[usize::from(place.0)].harvest.projects.get(place.1).id();
            while (old as usize) < records && earlier.project(old).id() < id {
                old += 1;
            }
            let there = (old as usize) < records && earlier.project(old).id() == id;
            if there && says_the_same(earlier, old, &readings[usize::from(place.0)], place.1) {
                kept.earlier[number as usize] = old;
                kept.later[old as usize] = number;
            }
        }
        kept
    }
}

/// Whether all stands in a record that its places, sectors, issues, amounts and links are worked out of. Where it was read
/// may differ, and when, unless that makes a conflict of its dates.
fn says_the_same(earlier: &Catalogue, old: RecordNumber, reading: &Arc<Reading>, position: u32) -> bool {
    let (own, at) = earlier.records.place(old);
    let before = &earlier.readings[usize::from(own)];
    if Arc::ptr_eq(before, reading) && at == position {
        return true;
    }
    let (was, is) = (earlier.project(old), reading.harvest.projects.get(position));
    before.source == reading.source && was.says_the_same(is) && status_conflict(was) == status_conflict(is)
}
