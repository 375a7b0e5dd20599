//! Undertakings of several records: which of their records a total leaves out, and each of them counted once.

use std::collections::BTreeSet;

use roaring::RoaringBitmap;

use super::values::Values;
use super::{Links, Reason};
use crate::catalogue::RecordNumber;
use crate::join::LinkKind;

/// Why a record is left out of a total that counts once; `None` where it stays.
///
/// What it restates, or is a part of, must be in the same total. Of records that restate one another in a circle the
/// smallest number stays, so that the money is never lost.
pub(super) fn left_out(
    links: &Links,
    values: &Values<'_>,
    context: &RoaringBitmap,
    number: RecordNumber,
) -> Option<Reason> {
    let in_total = |other: RecordNumber| context.contains(other) && values.of(other).is_ok();
    let above = |number: RecordNumber, kind| {
        let holding = links.links(number).iter().filter(move |link| link.holds(kind));
        holding.map(|link| link.other).filter(|other| in_total(*other)).collect::<Vec<_>>()
    };
    let (restated, framework) = (above(number, LinkKind::Restates), above(number, LinkKind::PartOfFramework));
    let reason = match (restated.is_empty(), framework.is_empty()) {
        (true, true) => return None,
        (false, _) => Reason::RESTATES,
        (true, false) => Reason::PART_OF_FRAMEWORK,
    };
    let mut reached: BTreeSet<RecordNumber> = BTreeSet::new();
    let mut open: Vec<RecordNumber> = restated.into_iter().chain(framework).collect();
    while let Some(next) = open.pop() {
        if reached.insert(next) {
            open.extend(above(next, LinkKind::Restates));
            open.extend(above(next, LinkKind::PartOfFramework));
        }
    }
    let first_of_circle = reached.contains(&number) && reached.first() == Some(&number);
    (!first_of_circle).then_some(reason)
}

/// Undertakings of several records of which one was added, each counted once: in all, by basis, by what is known of the
/// place, and by row.
#[derive(Debug, Default)]
pub(super) struct Met {
    all: Seen,
    by_basis: Vec<Seen>,
    by_coverage: [Seen; 3],
    /// By undertaking, the row in which it was met first, plus one. Most are met in no other.
    first_row: Vec<u32>,
    /// Further rows, an undertaking and a row each, as often as they were met.
    further: Vec<(u32, u32)>,
    /// The rows in which an undertaking was met first.
    rows: Vec<u64>,
}

/// A set of undertakings that knows how many they are.
#[derive(Debug, Default)]
struct Seen {
    bits: Vec<u64>,
    count: u64,
}

impl Seen {
    fn add(&mut self, undertaking: u32) {
        let (word, bit) = ((undertaking / 64) as usize, 1 << (undertaking % 64));
        if self.bits.len() <= word {
            self.bits.resize((word + 1).next_power_of_two(), 0);
        }
        self.count += u64::from(self.bits[word] & bit == 0);
        self.bits[word] |= bit;
    }
}

impl Met {
    /// None met yet, in a sum over this many bases.
    pub(super) fn of(bases: usize) -> Self {
        let mut by_basis = Vec::new();
        by_basis.resize_with(bases, Seen::default);
        Self { by_basis, ..Self::default() }
    }

    /// A record of an undertaking was added to a row.
    pub(super) fn add(&mut self, undertaking: u32, (basis, coverage, row): (usize, usize, u32)) {
        self.all.add(undertaking);
        self.by_basis[basis].add(undertaking);
        self.by_coverage[coverage].add(undertaking);
        let (at, mark) = (undertaking as usize, row.saturating_add(1));
        if self.first_row.len() <= at {
            self.first_row.resize((at + 1).next_power_of_two(), 0);
        }
        if self.first_row[at] == 0 {
            self.first_row[at] = mark;
            self.count_row(row);
        } else if self.first_row[at] != mark {
            self.further.push((undertaking, row));
        }
    }

    fn count_row(&mut self, row: u32) {
        if self.rows.len() <= row as usize {
            self.rows.resize(row as usize + 1, 0);
        }
        self.rows[row as usize] += 1;
    }

    pub(super) fn in_all(&self) -> u64 {
        self.all.count
    }

    pub(super) fn of_basis(&self, basis: usize) -> u64 {
        self.by_basis[basis].count
    }

    pub(super) fn of_coverage(&self, coverage: usize) -> u64 {
        self.by_coverage[coverage].count
    }

    /// By row, how many were met in it.
    pub(super) fn by_row(mut self) -> Vec<u64> {
        let mut further = std::mem::take(&mut self.further);
        further.sort_unstable();
        further.dedup();
        further.into_iter().for_each(|(_, row)| self.count_row(row));
        self.rows
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    /// How many undertakings are met under each key.
    fn counted<Key: Ord>(met: &[(u32, Key)], key: &Key) -> u64 {
        met.iter().filter(|(_, own)| own == key).map(|(undertaking, _)| *undertaking).collect::<BTreeSet<_>>().len()
            as u64
    }

    proptest! {
        #[test]
        fn each_undertaking_counts_once_under_each_key(
            added in proptest::collection::vec((0_u32..200, (0_usize..2, 0_usize..3, 0_u32..5)), 0..60),
        ) {
            let mut met = Met::of(2);
            added.iter().for_each(|(undertaking, keys)| met.add(*undertaking, *keys));
            let by = |key: fn(&(usize, usize, u32)) -> usize| -> Vec<(u32, usize)> {
                added.iter().map(|(undertaking, keys)| (*undertaking, key(keys))).collect()
            };
            let all = by(|_| 0);
            prop_assert_eq!(met.in_all(), counted(&all, &0));
            for basis in 0..2 {
                prop_assert_eq!(met.of_basis(basis), counted(&by(|keys| keys.0), &basis));
            }
            for coverage in 0..3 {
                prop_assert_eq!(met.of_coverage(coverage), counted(&by(|keys| keys.1), &coverage));
            }
            let rows = met.by_row();
            for row in 0..5 {
                let found = rows.get(row).copied().unwrap_or_default();
                prop_assert_eq!(found, counted(&by(|keys| keys.2 as usize), &row));
            }
        }
    }
}
