//! A part of an ordered selection.
//!
//! Of an order that was sorted beforehand, a page is taken in one of two ways. Of a large selection the order is walked
//! from where the page begins until it is full: many of the records that are met belong to it. Of a small one the ranks
//! are gathered, and only the part that is shown gets sorted. A walk that meets too few records is given up, so that it
//! never costs much more than gathering would have.

use std::cmp::Ordering;
use std::ops::Range;

use roaring::RoaringBitmap;

use super::RecordNumber;
use super::order::Position;

/// Part of an ordered selection.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// The records, in order.
    pub numbers: Vec<RecordNumber>,
    /// Whether records of the selection stand before the first.
    pub has_previous: bool,
    /// Whether records of the selection stand after the last.
    pub has_next: bool,
}

/// Which part of an ordered selection is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// Only what stands after this.
    pub after: Option<Position>,
    /// Only what stands before this.
    pub before: Option<Position>,
    /// How many.
    pub size: usize,
    /// Whether the last are wanted, and not the first.
    pub from_end: bool,
}

/// A page of a sorted order: what stands at ranks below the range comes before it, what stands at or above its end after.
pub(super) fn of_sorted(
    sorted: &[RecordNumber],
    ranks: &[u32],
    selection: &RoaringBitmap,
    range: Range<u32>,
    window: &Window,
) -> Page {
    // As many steps as gathering would take; and a walk is begun only where fewer are to be expected.
    let steps = usize::try_from(selection.len()).unwrap_or(usize::MAX);
    let expected = window.size.saturating_add(1).saturating_mul(sorted.len()) / steps.max(1);
    let walked = (expected < steps).then(|| walked(sorted, selection, &range, window, steps)).flatten();
    walked.unwrap_or_else(|| gathered(sorted, ranks, selection, &range, window))
}

/// The page by walking the order; `None` where that takes more than these steps.
fn walked(
    sorted: &[RecordNumber],
    selection: &RoaringBitmap,
    range: &Range<u32>,
    window: &Window,
    steps: usize,
) -> Option<Page> {
    let mut walk = Walk { selection, steps };
    let least = (range.start as usize).min(sorted.len());
    let bound = (range.end as usize).clamp(least, sorted.len());
    let (inside, wanted) = (sorted[least..bound].iter(), window.size.saturating_add(1));
    let mut numbers = if window.from_end { walk.next(inside.rev(), wanted)? } else { walk.next(inside, wanted)? };
    let more = numbers.len() > window.size;
    numbers.truncate(window.size);
    if window.from_end {
        numbers.reverse();
    }
    let before = !walk.next(sorted[..least].iter().rev(), 1)?.is_empty();
    let after = !walk.next(sorted[bound..].iter(), 1)?.is_empty();
    Some(Page { numbers, has_previous: before || more && window.from_end, has_next: after || more && !window.from_end })
}

/// The page by the ranks of all that is selected.
fn gathered(
    sorted: &[RecordNumber],
    ranks: &[u32],
    selection: &RoaringBitmap,
    range: &Range<u32>,
    window: &Window,
) -> Page {
    let all = selection.iter().map(|number| ranks[number as usize]).collect();
    let (after, before) = (|rank: &u32| *rank >= range.start, |rank: &u32| *rank < range.end);
    cut(all, after, before, window, Ord::cmp, |rank| sorted[rank as usize])
}

/// A walk over a sorted order, with the steps that it may still take.
struct Walk<'selection> {
    selection: &'selection RoaringBitmap,
    steps: usize,
}

impl Walk<'_> {
    /// The next selected records, this many or all there are; `None` where the steps do not suffice.
    fn next<'order>(
        &mut self,
        order: impl Iterator<Item = &'order RecordNumber>,
        wanted: usize,
    ) -> Option<Vec<RecordNumber>> {
        let mut found = Vec::with_capacity(wanted.min(1_024));
        for number in order {
            self.steps = self.steps.checked_sub(1)?;
            if self.selection.contains(*number) {
                found.push(*number);
                if found.len() == wanted {
                    break;
                }
            }
        }
        Some(found)
    }
}

/// Takes the window out of a selection: only the part that is shown gets sorted.
pub(super) fn cut<Entry>(
    all: Vec<Entry>,
    after: impl Fn(&Entry) -> bool,
    before: impl Fn(&Entry) -> bool,
    window: &Window,
    compare: impl Fn(&Entry, &Entry) -> Ordering,
    number: impl Fn(Entry) -> RecordNumber,
) -> Page {
    let whole = all.len();
    let mut entries: Vec<Entry> = Vec::with_capacity(whole);
    let (mut skipped_before, mut skipped_after) = (false, false);
    for entry in all {
        match (after(&entry), before(&entry)) {
            (true, true) => entries.push(entry),
            (false, _) => skipped_before = true,
            (true, false) => skipped_after = true,
        }
    }
    let size = window.size.min(entries.len());
    let (dropped_before, dropped_after) = match (entries.len() > size, window.from_end) {
        (false, _) => (false, false),
        (true, false) => (false, true),
        (true, true) => (true, false),
    };
    let ordered =
        |left: &Entry, right: &Entry| if window.from_end { compare(right, left) } else { compare(left, right) };
    if size < entries.len() && size > 0 {
        entries.select_nth_unstable_by(size - 1, ordered);
    }
    entries.truncate(size);
    entries.sort_unstable_by(compare);
    Page {
        numbers: entries.into_iter().map(number).collect(),
        has_previous: skipped_before || dropped_before,
        has_next: skipped_after || dropped_after,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const RECORDS: u32 = 60;

    proptest! {
        /// Both ways give the same page, whatever is selected and wherever the page begins.
        #[test]
        fn a_walk_and_gathering_give_the_same_page(
            sorted in Just((0..RECORDS).collect::<Vec<_>>()).prop_shuffle(),
            selected in proptest::collection::vec(0..RECORDS, 0..RECORDS as usize),
            (start, end) in (0..=RECORDS, prop_oneof![0..=RECORDS, Just(u32::MAX)]),
            (size, from_end) in (0_usize..8, any::<bool>()),
            steps in 0_usize..80,
        ) {
            let mut ranks = vec![0; sorted.len()];
            (0..).zip(&sorted).for_each(|(rank, number)| ranks[*number as usize] = rank);
            let selection: RoaringBitmap = selected.into_iter().collect();
            let (range, window) = (start..end, Window { after: None, before: None, size, from_end });
            let expected = gathered(&sorted, &ranks, &selection, &range, &window);
            prop_assert_eq!(walked(&sorted, &selection, &range, &window, usize::MAX), Some(expected.clone()));
            // With few steps a walk is given up, or it gives the same.
            let hurried = walked(&sorted, &selection, &range, &window, steps);
            prop_assert!(hurried.is_none_or(|page| page == expected));
            prop_assert_eq!(of_sorted(&sorted, &ranks, &selection, range, &window), expected);
        }
    }
}
