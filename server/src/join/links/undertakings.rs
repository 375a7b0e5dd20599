//! Which records are one undertaking, and which undertakings several partners finance.

use super::{Evidence, Group, Link, LinkDecision, LinkKind};
use crate::catalogue::RecordNumber;

/// The number of each record's undertaking: the smallest number among its records.
///
/// A part of a framework is an undertaking of its own; a restatement is the undertaking that it restates.
pub(super) fn numbers(links: &[Vec<Link>]) -> Vec<u32> {
    let one = |link: &Link| link.decision != LinkDecision::Rejected && link.kind != LinkKind::PartOfFramework;
    components(links, one)
}

/// The undertakings that partners finance together: what co-financing holds together, with the loan parts of each
/// member.
pub(super) fn groups(links: &[Vec<Link>]) -> Vec<Group> {
    let own = components(links, |link| link.decision != LinkDecision::Rejected && link.kind.is_mutual());
    let mut members: std::collections::BTreeMap<u32, Vec<RecordNumber>> = std::collections::BTreeMap::new();
    for (number, root) in (0..).zip(&own) {
        members.entry(*root).or_default().push(number);
    }
    members.into_values().filter_map(|members| group(links, members)).collect()
}

/// The group of these members; `None` where no co-financing holds them together.
fn group(links: &[Vec<Link>], members: Vec<RecordNumber>) -> Option<Group> {
    let inner = |number: &RecordNumber| {
        let number = *number;
        links[number as usize].iter().filter(move |link| link.other > number && link.kind.is_mutual())
    };
    let held: Vec<&Link> =
        members.iter().flat_map(inner).filter(|link| link.decision != LinkDecision::Rejected).collect();
    if !held.iter().any(|link| link.kind == LinkKind::CofinancedWith) {
        return None;
    }
    let confirmed = held.iter().all(|link| link.decision == LinkDecision::Confirmed);
    let decision = if confirmed { LinkDecision::Confirmed } else { LinkDecision::Automatic };
    let evidence: Vec<Evidence> = held.iter().flat_map(|link| link.evidence.iter().cloned()).collect();
    Some(Group { members, evidence, decision })
}

/// The smallest number that each record is connected with by links of a choice.
fn components(links: &[Vec<Link>], chosen: impl Fn(&Link) -> bool) -> Vec<u32> {
    let mut above: Vec<u32> = (0..).take(links.len()).collect();
    for (number, links) in (0..).zip(links) {
        for link in links.iter().filter(|link| chosen(link)) {
            let (one, other) = (root(&mut above, number), root(&mut above, link.other));
            let (smaller, greater) = (one.min(other), one.max(other));
            above[greater as usize] = smaller;
        }
    }
    (0..).take(links.len()).map(|number| root(&mut above, number)).collect()
}

fn root(above: &mut [u32], mut number: u32) -> u32 {
    while above[number as usize] != number {
        above[number as usize] = above[above[number as usize] as usize];
        number = above[number as usize];
    }
    number
}
