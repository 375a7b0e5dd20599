//! Choosing records: pure functions from a filter to positions, in the order of the list.

use chrono::NaiveDate;
use connectors::model::{CountryCode, PartialDate};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::{
    Member, MemberKind, MemberRole, Need, NeedState, OfferState, Partnership, PartnershipKind, PartnershipState,
    Records, Theme,
};

/// What a member has to be; an absent field lets everything through.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MemberFilter {
    /// Part of a name or abbreviation, whatever its case and accents.
    pub text: Option<String>,
    /// What sort of body.
    pub kind: Option<MemberKind>,
    /// How it stands to the Alliance.
    pub role: Option<MemberRole>,
    /// Its country.
    pub country: Option<CountryCode>,
}

/// What a partnership has to be; an absent field lets everything through.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PartnershipFilter {
    /// What sort of tie.
    pub kind: Option<PartnershipKind>,
    /// Where it stands.
    pub state: Option<PartnershipState>,
    /// What it is about.
    pub theme: Option<Theme>,
    /// The country of any of its parties.
    pub country: Option<CountryCode>,
}

/// What a need has to be; without a state, anything but withdrawn.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct NeedFilter {
    /// Where it stands.
    pub state: Option<NeedState>,
    /// What it is about.
    pub theme: Option<Theme>,
}

/// What an offer has to be; one that was withdrawn is never chosen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OfferFilter {
    /// What it is about.
    pub theme: Option<Theme>,
    /// The country of the member that offers it.
    pub country: Option<CountryCode>,
}

impl Records {
    /// Whether an offer is what a filter asks for.
    #[must_use]
    pub fn offer_admitted(&self, position: usize, filter: OfferFilter) -> bool {
        let offer = &self.offers()[position];
        let member = || &self.members()[self.offerer(position)];
        offer.state != OfferState::Withdrawn
            && filter.theme.is_none_or(|theme| offer.theme == theme)
            && filter.country.is_none_or(|country| member().country == Some(country))
    }

    /// Positions of the members that match.
    #[must_use]
    pub fn members_matching(&self, filter: &MemberFilter) -> Vec<usize> {
        let text = filter.text.as_deref().map(|text| fold(text.trim()));
        let said =
            |position: usize| text.as_deref().is_none_or(|text| self.index.member_texts[position].contains(text));
        positions(self.members(), |position, member| filter.admits(member) && said(position))
    }

    /// Positions of the partnerships that match.
    #[must_use]
    pub fn partnerships_matching(&self, filter: &PartnershipFilter) -> Vec<usize> {
        positions(self.partnerships(), |_, partnership| filter.admits(partnership))
    }

    /// Positions of the events that go on at or after the beginning of this date.
    #[must_use]
    pub fn events_since(&self, since: PartialDate) -> Vec<usize> {
        let first: NaiveDate = since.first_day();
        positions(self.events(), |_, event| event.last_day() >= first)
    }
}

impl NeedFilter {
    /// Whether a need is what is asked for.
    #[must_use]
    pub fn admits(&self, need: &Need) -> bool {
        let stands = match self.state {
            Some(state) => need.state == state,
            None => need.state != NeedState::Withdrawn,
        };
        stands && self.theme.is_none_or(|theme| need.theme == theme)
    }
}

impl MemberFilter {
    fn admits(&self, member: &Member) -> bool {
        self.kind.is_none_or(|kind| member.kind == kind)
            && self.role.is_none_or(|role| member.role == role)
            && self.country.is_none_or(|country| member.country == Some(country))
    }
}

impl PartnershipFilter {
    fn admits(&self, partnership: &Partnership) -> bool {
        let there = |country| partnership.parties.iter().any(|party| party.country == Some(country));
        self.kind.is_none_or(|kind| partnership.kind == kind)
            && self.state.is_none_or(|state| partnership.state == state)
            && self.theme.is_none_or(|theme| partnership.themes.contains(&theme))
            && self.country.is_none_or(there)
    }
}

/// A text without case, accents and compatibility forms, so that `Łódź` and `łódz` are one.
#[must_use]
pub fn fold(text: &str) -> String {
    text.nfkd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase).collect()
}

fn positions<T>(list: &[T], admits: impl Fn(usize, &T) -> bool) -> Vec<usize> {
    list.iter().enumerate().filter(|(position, item)| admits(*position, item)).map(|(position, _)| position).collect()
}
