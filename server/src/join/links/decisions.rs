//! What people decided about links: by pair of project ids, so that a decision outlives every catalogue.

use std::collections::BTreeMap;

use super::LinkDecision;

/// Decisions by pair of project ids; which of the two is named first makes no difference.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LinkDecisions(BTreeMap<(String, String), LinkDecision>);

impl LinkDecisions {
    /// No decisions: every link is the hub's own.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Decides about the link between two projects; a later decision replaces an earlier one, and
    /// [`LinkDecision::Automatic`] takes it back.
    pub fn decide(&mut self, one: &str, other: &str, decision: LinkDecision) {
        let pair = pair(one, other);
        match decision {
            LinkDecision::Automatic => self.0.remove(&pair),
            decided => self.0.insert(pair, decided),
        };
    }

    /// What was decided about the link between two projects.
    #[must_use]
    pub fn of(&self, one: &str, other: &str) -> LinkDecision {
        if self.0.is_empty() {
            return LinkDecision::Automatic; // The usual case, asked for every link: no key is built.
        }
        self.0.get(&pair(one, other)).copied().unwrap_or(LinkDecision::Automatic)
    }

    /// How many pairs were decided about.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing was decided.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'id> FromIterator<(&'id str, &'id str, LinkDecision)> for LinkDecisions {
    fn from_iter<T: IntoIterator<Item = (&'id str, &'id str, LinkDecision)>>(decided: T) -> Self {
        let mut decisions = Self::none();
        decided.into_iter().for_each(|(one, other, decision)| decisions.decide(one, other, decision));
        decisions
    }
}

fn pair(one: &str, other: &str) -> (String, String) {
    let (smaller, greater) = if one <= other { (one, other) } else { (other, one) };
    (smaller.to_owned(), greater.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_holds_for_a_pair_in_either_order_until_it_is_taken_back() {
        let mut decisions: LinkDecisions = [("eib:1", "ebrd:2", LinkDecision::Rejected)].into_iter().collect();
        assert_eq!(decisions.of("ebrd:2", "eib:1"), LinkDecision::Rejected);
        assert_eq!(decisions.of("eib:1", "ebrd:3"), LinkDecision::Automatic);
        decisions.decide("ebrd:2", "eib:1", LinkDecision::Confirmed);
        assert_eq!((decisions.of("eib:1", "ebrd:2"), decisions.len()), (LinkDecision::Confirmed, 1));
        decisions.decide("eib:1", "ebrd:2", LinkDecision::Automatic);
        assert!(decisions.is_empty());
    }
}
