//! What members and partnerships are called, to be found by it.

use super::Records;
use super::set::RecordSet;
use crate::places::{Question, TitleHit, Titles};

/// Names of members and partnerships, each under the record's position in its list.
#[derive(Debug, Default)]
pub(super) struct RecordTitles {
    members: Titles<usize>,
    partnerships: Titles<usize>,
}

impl RecordTitles {
    pub(super) fn of(set: &RecordSet) -> Self {
        let members = set.members.iter().enumerate().flat_map(|(position, member)| {
            let names = member.names.iter().map(|(_, name)| name).chain(member.abbreviation.as_deref());
            names.map(move |name| (position, name))
        });
        let titles: Vec<String> = set.partnerships.iter().map(super::Partnership::title).collect();
        let partnerships =
            set.partnerships.iter().zip(&titles).enumerate().flat_map(|(position, (partnership, title))| {
                let titles = [Some(title.as_str()), partnership.programme.as_deref()].into_iter().flatten();
                titles.map(move |title| (position, title))
            });
        Self { members: Titles::of(members), partnerships: Titles::of(partnerships) }
    }
}

impl Records {
    /// Members by name or abbreviation, in any spelling, the best first; the key is the position in
    /// [`Records::members`].
    #[must_use]
    pub fn members_titled(&self, question: &Question) -> Vec<TitleHit<usize>> {
        self.index.titles.members.find(question)
    }

    /// Partnerships by the names of their parties, or by their programme (the second title), in any spelling, the best
    /// first; the key is the position in [`Records::partnerships`].
    #[must_use]
    pub fn partnerships_titled(&self, question: &Question) -> Vec<TitleHit<usize>> {
        self.index.titles.partnerships.find(question)
    }
}
