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

/// An undertaking of several records where one of them was added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Met {
    pub(super) undertaking: u32,
    pub(super) basis: usize,
    pub(super) coverage: usize,
    pub(super) row: u32,
}

/// How often undertakings were met under a key, each once a key.
pub(super) fn once<Key: Ord>(met: &[Met], key: impl Fn(&Met) -> Key) -> Vec<Key> {
    let mut keys: Vec<(u32, Key)> = met.iter().map(|met| (met.undertaking, key(met))).collect();
    keys.sort_unstable();
    keys.dedup();
    keys.into_iter().map(|(_, key)| key).collect()
}
