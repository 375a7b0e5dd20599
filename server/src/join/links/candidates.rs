//! Which pairs are worth comparing: records that share a key, and in crowded blocks only the nearest of them, so that the
//! work grows with the records and not with their square.
//!
//! A key joins what both records of an undertaking are likely to share: place and topic, telling words, client and topic,
//! lender and amount. A block of more than [`CROWD`] records is walked twice, by date and by amount, and each record is
//! compared with the next [`NEIGHBOURS`] of either walk.

use rust_decimal::prelude::ToPrimitive as _;

use super::LinkKind;
use super::lexicon::Topics;
use super::profile::{Profile, Told};
use super::signals::excluded;
use super::subject::hashed;
use crate::catalogue::RecordNumber;
use crate::places::Gazetteer;

/// A block of more records than this is walked, not compared throughout.
const CROWD: usize = 24;
/// How many records each one of a crowded block is compared with, on either walk.
const NEIGHBOURS: usize = 12;
/// Records decided further apart than this many days are never one undertaking, unless an identifier says so.
const FARTHEST: i32 = 6 * 366;

/// Pairs to compare, each once, the smaller number first; in the order of their numbers.
pub(super) fn pairs(profiles: &[Profile<'_>]) -> Vec<(RecordNumber, RecordNumber)> {
    let mut keyed: Vec<(u64, u32)> = Vec::new();
    for (profile, position) in profiles.iter().zip(0..) {
        if profile.lender.is_some() {
            keyed.extend(profile.keys.iter().map(|key| (*key, position)));
        }
    }
    keyed.sort_unstable();
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    for block in keyed.chunk_by(|left, right| left.0 == right.0).filter(|block| block.len() > 1) {
        let members: Vec<u32> = block.iter().map(|(_, position)| *position).collect();
        if members.len() <= CROWD {
            walk(&members, members.len(), profiles, &mut pairs);
            continue;
        }
        for order in [by_date, by_amount] {
            let mut members = members.clone();
            members.sort_by_cached_key(|position| (order(&profiles[*position as usize]), *position));
            walk(&members, NEIGHBOURS, profiles, &mut pairs);
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

fn walk(members: &[u32], far: usize, profiles: &[Profile<'_>], pairs: &mut Vec<(u32, u32)>) {
    for (at, one) in members.iter().enumerate() {
        for other in members[at + 1..].iter().take(far) {
            let (smaller, greater) = (*one.min(other), *one.max(other));
            if comparable(&profiles[smaller as usize], &profiles[greater as usize]) {
                pairs.push((smaller, greater));
            }
        }
    }
}

/// Whether nothing at first sight makes the comparison useless.
fn comparable(one: &Profile<'_>, other: &Profile<'_>) -> bool {
    relation(one, other).is_some() && near(one, other) && !excluded(one, other)
}

/// What one could be to the other, by who lends and who reports.
fn relation(one: &Profile<'_>, other: &Profile<'_>) -> Option<LinkKind> {
    match (one.lender == other.lender, one.reported, other.reported) {
        // Rows of one provider are activities already; those of two are not compared by likeness.
        (_, true, true) => None,
        (true, false, false) => Some(LinkKind::SameProject),
        (true, ..) => Some(LinkKind::Restates),
        (false, ..) => Some(LinkKind::CofinancedWith),
    }
}

/// The pair with the row of statistics first, where there is one, and what the first could be to the second.
pub(super) fn directed<'pair, 'of>(
    one: &'pair Profile<'of>,
    other: &'pair Profile<'of>,
) -> Option<(&'pair Profile<'of>, &'pair Profile<'of>, LinkKind)> {
    let kind = relation(one, other)?;
    let swapped = kind == LinkKind::Restates && other.reported;
    Some(if swapped { (other, one, kind) } else { (one, other, kind) })
}

fn near(one: &Profile<'_>, other: &Profile<'_>) -> bool {
    let Some(((first, last), (other_first, other_last))) = one.days.zip(other.days) else { return true };
    first - other_last <= FARTHEST && other_first - last <= FARTHEST
}

fn by_date(profile: &Profile<'_>) -> i64 {
    profile.days.map_or(i64::MAX, |(first, _)| i64::from(first))
}

fn by_amount(profile: &Profile<'_>) -> i64 {
    profile.whole_euro
}

/// The keys of a record, each once.
pub(super) fn keys(profile: &Told) -> Vec<u64> {
    let families: Vec<u64> = families(profile.subject.topics).into_iter().take(4).collect();
    let words: Vec<u64> = profile.subject.words.iter().take(6).copied().collect();
    let mut keys = Vec::new();
    for place in places(profile) {
        keys.extend(families.iter().map(|family| key(1, place, *family)));
        if families.is_empty() {
            keys.extend(words.iter().map(|word| key(2, place, *word)));
        }
    }
    for (at, word) in words.iter().enumerate() {
        keys.extend(words[at + 1..].iter().map(|other| key(3, *word, *other)));
        keys.extend(families.iter().map(|family| key(4, *word, *family)));
    }
    for client in profile.clients.iter().take(4) {
        keys.push(key(5, *client, 0));
    }
    if let (Some(lender), Some(bucket)) = (&profile.lender, profile.lent().and_then(|euro| bucket(euro.to_u64()?))) {
        for family in families.iter().copied().chain(families.is_empty().then_some(0)) {
            let of_lender = key(6, hashed(lender), family);
            keys.extend([bucket, bucket + 1].map(|bucket| key(7, of_lender, bucket)));
        }
    }
    if words.is_empty() {
        keys.extend(families.iter().map(|family| key(8, *family, 0)));
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Places and the oblasts that hold them.
fn places(profile: &Told) -> Vec<u64> {
    let gazetteer = Gazetteer::embedded();
    let named = || profile.places.iter().chain(&profile.possible);
    let oblasts = named().filter_map(|place| gazetteer.oblast_of(*place));
    let all = named().copied().chain(oblasts).take(32);
    all.map(|place| hashed(gazetteer.get(place).id)).collect()
}

/// The widest topics that hold these.
fn families(topics: Topics) -> Vec<u64> {
    let mut families: Vec<u64> = topics.each().map(|topic| u64::from(Topics::widest(topic))).collect();
    families.sort_unstable();
    families.dedup();
    families
}

/// Eight steps for each doubling.
fn bucket(euro: u64) -> Option<u64> {
    let doublings = euro.checked_ilog2()?;
    let eighths = (euro << 3 >> doublings) & 7;
    Some(u64::from(doublings) * 8 + eighths)
}

fn key(kind: u64, one: u64, other: u64) -> u64 {
    let mut mixed = one ^ kind.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    for _ in 0..2 {
        mixed = (mixed ^ mixed >> 32).wrapping_mul(0xd6e8_feb8_6659_fd93);
        mixed ^= other.rotate_left(17);
    }
    mixed ^ mixed >> 29
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_within_a_few_per_cent_share_a_bucket_or_are_neighbours() {
        for euro in [1_000_000_u64, 7_000_000, 25_000_000, 160_000_000] {
            let near = bucket(euro + euro * 3 / 100).unwrap();
            assert!(bucket(euro).unwrap().abs_diff(near) <= 1, "{euro}");
        }
        assert_eq!(bucket(0), None);
    }
}
