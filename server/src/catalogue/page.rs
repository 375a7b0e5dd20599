//! A part of an ordered selection.
//!
//! Of an order that was sorted beforehand, a page is taken in one of two ways. Of a large selection the order is walked
//! from where the page begins until it is full: many of the records that are met belong to it. Of a small one all that the
//! order compares is gathered, and only the part that is shown gets sorted. A walk that meets too few records is given
//! up, so that it never costs much more than gathering would have.

use std::ops::Range;

use roaring::RoaringBitmap;

use super::RecordNumber;
use super::order::Position;
use crate::packed::Narrow;

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

/// Where a record stands in an order among the others of its catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Standing {
    /// Whether it lacks what the order compares; then it stands last.
    pub(super) is_missing: bool,
    /// Rises in the direction of the order.
    pub(super) value: i64,
    pub(super) number: RecordNumber,
}

/// A page of a sorted order: what stands at ranks below the range comes before it, what stands at or above its end after.
pub(super) fn of_sorted(
    sorted: &Narrow,
    standing: impl Fn(RecordNumber) -> Standing,
    selection: &RoaringBitmap,
    range: Range<usize>,
    window: &Window,
) -> Page {
    // As many steps as gathering would take; and a walk is begun only where fewer are to be expected.
    let steps = usize::try_from(selection.len()).unwrap_or(usize::MAX);
    let expected = window.size.saturating_add(1).saturating_mul(sorted.len()) / steps.max(1);
    let walked = (expected < steps).then(|| walked(sorted, selection, &range, window, steps)).flatten();
    walked.unwrap_or_else(|| gathered(sorted, standing, selection, &range, window))
}

/// The page by walking the order; `None` where that takes more than these steps.
fn walked(
    sorted: &Narrow,
    selection: &RoaringBitmap,
    range: &Range<usize>,
    window: &Window,
    steps: usize,
) -> Option<Page> {
    let mut walk = Walk { selection, steps };
    let bound = range.end.max(range.start);
    let at = |rank: usize| sorted.get(rank) as RecordNumber;
    let (inside, wanted) = ((range.start..bound).map(at), window.size.saturating_add(1));
    let mut numbers = if window.from_end { walk.next(inside.rev(), wanted)? } else { walk.next(inside, wanted)? };
    let more = numbers.len() > window.size;
    numbers.truncate(window.size);
    if window.from_end {
        numbers.reverse();
    }
    let before = !walk.next((0..range.start).rev().map(at), 1)?.is_empty();
    let after = !walk.next((bound..sorted.len()).map(at), 1)?.is_empty();
    Some(Page { numbers, has_previous: before || more && window.from_end, has_next: after || more && !window.from_end })
}

/// The page by where all that is selected stands.
fn gathered(
    sorted: &Narrow,
    standing: impl Fn(RecordNumber) -> Standing,
    selection: &RoaringBitmap,
    range: &Range<usize>,
    window: &Window,
) -> Page {
    let bound = |rank: usize| (rank < sorted.len()).then(|| standing(sorted.get(rank) as RecordNumber));
    let (least, bound) = (bound(range.start), bound(range.end));
    let after = |standing: &Standing| least.is_some_and(|least| *standing >= least);
    let before = |standing: &Standing| bound.is_none_or(|bound| *standing < bound);
    cut(selection.iter().map(&standing).collect(), after, before, window)
}

/// A walk over a sorted order, with the steps that it may still take.
struct Walk<'selection> {
    selection: &'selection RoaringBitmap,
    steps: usize,
}

impl Walk<'_> {
    /// The next selected records, this many or all there are; `None` where the steps do not suffice.
    fn next(&mut self, order: impl Iterator<Item = RecordNumber>, wanted: usize) -> Option<Vec<RecordNumber>> {
        let mut found = Vec::with_capacity(wanted.min(1_024));
        for number in order {
            self.steps = self.steps.checked_sub(1)?;
            if self.selection.contains(number) {
                found.push(number);
                if found.len() == wanted {
                    break;
                }
            }
        }
        Some(found)
    }
}

/// Takes the window out of a selection: only the part that is shown gets sorted.
pub(super) fn cut(
    all: Vec<Standing>,
    after: impl Fn(&Standing) -> bool,
    before: impl Fn(&Standing) -> bool,
    window: &Window,
) -> Page {
    let mut inside = Vec::with_capacity(all.len());
    let (mut skipped_before, mut skipped_after) = (false, false);
    for standing in all {
        match (after(&standing), before(&standing)) {
            (true, true) => inside.push(standing),
            (false, _) => skipped_before = true,
            (true, false) => skipped_after = true,
        }
    }
    let size = window.size.min(inside.len());
    let (dropped_before, dropped_after) = match (inside.len() > size, window.from_end) {
        (false, _) => (false, false),
        (true, false) => (false, true),
        (true, true) => (true, false),
    };
    if size < inside.len() && size > 0 {
        if window.from_end {
            inside.select_nth_unstable_by(size - 1, |left, right| right.cmp(left));
        } else {
            inside.select_nth_unstable(size - 1);
        }
    }
    inside.truncate(size);
    inside.sort_unstable();
    Page {
        numbers: inside.into_iter().map(|standing| standing.number).collect(),
        has_previous: skipped_before || dropped_before,
        has_next: skipped_after || dropped_after,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const RECORDS: usize = 60;

    proptest! {
        /// Both ways give what a plain list gives, whatever is selected, missing or alike, and wherever the page begins.
        #[test]
        fn a_walk_and_gathering_give_the_same_page(
            values in proptest::collection::vec(proptest::option::of(0_i64..9), RECORDS),
            selected in proptest::collection::vec(0..RECORDS as u32, 0..RECORDS),
            range in (0..=RECORDS, 0..=RECORDS).prop_map(|(start, end)| start..end),
            (size, from_end) in (0_usize..8, any::<bool>()),
            steps in 0_usize..80,
        ) {
            let standing = |number: RecordNumber| {
                let value = values[number as usize];
                Standing { is_missing: value.is_none(), value: value.unwrap_or_default(), number }
            };
            let mut order: Vec<RecordNumber> = (0..RECORDS as u32).collect();
            order.sort_by_key(|number| (values[*number as usize].is_none(), values[*number as usize], *number));
            let sorted: Narrow = order.iter().copied().map(u64::from).collect();
            let selection: RoaringBitmap = selected.into_iter().collect();
            let window = Window { after: None, before: None, size, from_end };
            let expected = gathered(&sorted, standing, &selection, &range, &window);
            if range.start <= range.end {
                prop_assert_eq!(&expected, &cut_out(&order, &selection, &range, &window));
            }
            prop_assert_eq!(walked(&sorted, &selection, &range, &window, usize::MAX), Some(expected.clone()));
            // With few steps a walk is given up, or it gives the same.
            let hurried = walked(&sorted, &selection, &range, &window, steps);
            prop_assert!(hurried.is_none_or(|page| page == expected));
            prop_assert_eq!(of_sorted(&sorted, standing, &selection, range, &window), expected);
        }
    }

    fn cut_out(order: &[RecordNumber], selection: &RoaringBitmap, range: &Range<usize>, window: &Window) -> Page {
        let chosen = |part: &[RecordNumber]| -> Vec<RecordNumber> {
            part.iter().copied().filter(|number| selection.contains(*number)).collect()
        };
        let mut numbers = chosen(&order[range.clone()]);
        let more = numbers.len().saturating_sub(window.size);
        let dropped = if window.from_end { 0..more } else { numbers.len() - more..numbers.len() };
        numbers.drain(dropped);
        let (before, after) = (chosen(&order[..range.start]), chosen(&order[range.end..]));
        let has_previous = !before.is_empty() || more > 0 && window.from_end;
        Page { numbers, has_previous, has_next: !after.is_empty() || more > 0 && !window.from_end }
    }
}
