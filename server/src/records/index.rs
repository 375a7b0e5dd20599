//! Ways to a record other than by reading the whole list: by id, by place, by member.

use std::collections::HashMap;

use super::filter::fold;
use super::set::{RecordFault, RecordSet};
use super::theme::Theme;
use super::titles::RecordTitles;
use super::{Member, Need, Offer, Partnership, Records};

/// Which list a record is in, and its position there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RecordRef {
    /// In [`Records::members`].
    Member(usize),
    /// In [`Records::partnerships`].
    Partnership(usize),
    /// In [`Records::events`].
    Event(usize),
    /// In [`Records::principles`].
    Principle(usize),
    /// In [`Records::calls`].
    Call(usize),
    /// In [`Records::needs`].
    Need(usize),
    /// In [`Records::offers`].
    Offer(usize),
}

/// Positions of the records that name one place, each list in its own order and free of repeats.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AtPlace {
    /// Members whose territory it is.
    pub members: Vec<usize>,
    /// Partnerships with a party there.
    pub partnerships: Vec<usize>,
    /// Events that took place there.
    pub events: Vec<usize>,
    /// Needs of the place.
    pub needs: Vec<usize>,
    /// Offers of members whose territory it is; those of a member without a territory stand at its country.
    pub offers: Vec<usize>,
}

impl AtPlace {
    /// Nothing at all.
    #[must_use]
    pub fn none() -> &'static Self {
        static NONE: AtPlace = AtPlace {
            members: Vec::new(),
            partnerships: Vec::new(),
            events: Vec::new(),
            needs: Vec::new(),
            offers: Vec::new(),
        };
        &NONE
    }

    /// Each of the lists.
    pub fn lists_mut(&mut self) -> [&mut Vec<usize>; 5] {
        [&mut self.members, &mut self.partnerships, &mut self.events, &mut self.needs, &mut self.offers]
    }

    /// Adds all that stands at another place; the lists have then to be sorted and freed of repeats.
    pub fn add(&mut self, other: &Self) {
        let others = [&other.members, &other.partnerships, &other.events, &other.needs, &other.offers];
        self.lists_mut().into_iter().zip(others).for_each(|(list, more)| list.extend(more));
    }
}

/// A place that a record names and the gazetteer does not know.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{record}: `{field}`: there is no place `{place}`")]
pub struct UnknownPlace {
    /// The record's id.
    pub record: String,
    /// The field that names it.
    pub field: String,
    /// The code.
    pub place: String,
}

#[derive(Debug, Default)]
pub(super) struct Index {
    ids: HashMap<String, RecordRef>,
    places: HashMap<String, AtPlace>,
    parties: HashMap<String, Vec<usize>>,
    needs: Lists,
    offers: Lists,
    /// For each offer the position of the member that offers it.
    pub(super) offerers: Vec<usize>,
    /// For each member all its names and its abbreviation, folded, one a line.
    pub(super) member_texts: Vec<String>,
    pub(super) titles: RecordTitles,
}

/// Positions of needs or offers by what they share.
#[derive(Debug, Default)]
struct Lists {
    members: HashMap<String, Vec<usize>>,
    themes: HashMap<Theme, Vec<usize>>,
}

impl Index {
    pub(super) fn new(set: &RecordSet) -> Result<Self, RecordFault> {
        let member_texts = set.members.iter().map(text_of).collect();
        let mut index = Self { member_texts, titles: RecordTitles::of(set), ..Self::default() };
        index.name(set.members.iter().map(|member| &member.id), RecordRef::Member)?;
        index.name(set.partnerships.iter().map(|partnership| &partnership.id), RecordRef::Partnership)?;
        index.name(set.needs.iter().map(|need| &need.id), RecordRef::Need)?;
        index.name(set.offers.iter().map(|offer| &offer.id), RecordRef::Offer)?;
        index.name(set.events.iter().map(|event| &event.id), RecordRef::Event)?;
        index.name(set.principles.iter().map(|principle| &principle.id), RecordRef::Principle)?;
        index.name(set.calls.iter().map(|call| &call.id), RecordRef::Call)?;
        for (position, member) in set.members.iter().enumerate() {
            index.locate(member.place.as_deref(), position, |at| &mut at.members);
        }
        for (position, event) in set.events.iter().enumerate() {
            index.locate(event.place.as_deref(), position, |at| &mut at.events);
        }
        for (position, partnership) in set.partnerships.iter().enumerate() {
            index.take_parties(position, partnership)?;
        }
        for (position, need) in set.needs.iter().enumerate() {
            index.take_need(position, need)?;
        }
        for (position, offer) in set.offers.iter().enumerate() {
            index.take_offer(position, offer, &set.members)?;
        }
        Ok(index)
    }

    pub(super) fn find(&self, id: &str) -> Option<RecordRef> {
        self.ids.get(id).copied()
    }

    pub(super) fn at(&self, place: &str) -> &AtPlace {
        self.places.get(place).unwrap_or(AtPlace::none())
    }

    pub(super) fn places(&self) -> impl Iterator<Item = (&str, &AtPlace)> {
        self.places.iter().map(|(place, at)| (place.as_str(), at))
    }

    pub(super) fn partnerships_of(&self, member: &str) -> &[usize] {
        self.parties.get(member).map_or(&[], Vec::as_slice)
    }

    pub(super) fn needs_of(&self, member: &str) -> &[usize] {
        self.needs.members.get(member).map_or(&[], Vec::as_slice)
    }

    pub(super) fn offers_of(&self, member: &str) -> &[usize] {
        self.offers.members.get(member).map_or(&[], Vec::as_slice)
    }

    pub(super) fn needs_about(&self, theme: Theme) -> &[usize] {
        self.needs.themes.get(&theme).map_or(&[], Vec::as_slice)
    }

    pub(super) fn offers_about(&self, theme: Theme) -> &[usize] {
        self.offers.themes.get(&theme).map_or(&[], Vec::as_slice)
    }

    fn name<'r>(
        &mut self,
        ids: impl Iterator<Item = &'r String>,
        to: fn(usize) -> RecordRef,
    ) -> Result<(), RecordFault> {
        for (position, id) in ids.enumerate() {
            if self.ids.insert(id.clone(), to(position)).is_some() {
                return Err(RecordFault::new(id, "another record has this id"));
            }
        }
        Ok(())
    }

    fn locate(&mut self, place: Option<&str>, position: usize, list: fn(&mut AtPlace) -> &mut Vec<usize>) {
        let Some(place) = place else { return };
        append(list(self.places.entry(place.to_owned()).or_default()), position);
    }

    fn take_parties(&mut self, position: usize, partnership: &Partnership) -> Result<(), RecordFault> {
        for (nth, party) in partnership.parties.iter().enumerate() {
            self.locate(party.place.as_deref(), position, |at| &mut at.partnerships);
            let Some(member) = &party.member else { continue };
            self.require_member(&partnership.id, &format!("parties[{nth}].member"), member)?;
            append(self.parties.entry(member.clone()).or_default(), position);
        }
        Ok(())
    }

    fn take_need(&mut self, position: usize, need: &Need) -> Result<(), RecordFault> {
        self.require_numbered(&need.id, &need.principles, &need.calls)?;
        self.locate(Some(&need.place), position, |at| &mut at.needs);
        append(self.needs.themes.entry(need.theme).or_default(), position);
        if let Some(member) = &need.member {
            self.require_member(&need.id, "member", member)?;
            append(self.needs.members.entry(member.clone()).or_default(), position);
        }
        Ok(())
    }

    fn take_offer(&mut self, position: usize, offer: &Offer, members: &[Member]) -> Result<(), RecordFault> {
        self.require_numbered(&offer.id, &offer.principles, &offer.calls)?;
        let offerer = self.require_member(&offer.id, "member", &offer.member)?;
        self.offerers.push(offerer);
        let member = &members[offerer];
        let country = member.country.map(String::from);
        self.locate(member.place.as_deref().or(country.as_deref()), position, |at| &mut at.offers);
        append(self.offers.themes.entry(offer.theme).or_default(), position);
        append(self.offers.members.entry(offer.member.clone()).or_default(), position);
        Ok(())
    }

    fn require_member(&self, record: &str, field: &str, id: &str) -> Result<usize, RecordFault> {
        match self.find(id) {
            Some(RecordRef::Member(position)) => Ok(position),
            _ => Err(RecordFault::new(record, format!("`{field}`: there is no record `{id}`"))),
        }
    }

    fn require_numbered(&self, record: &str, principles: &[String], calls: &[String]) -> Result<(), RecordFault> {
        let strange = |id: &&String, right: fn(RecordRef) -> bool| !self.find(id).is_some_and(right);
        let principle = principles.iter().find(|id| strange(id, |found| matches!(found, RecordRef::Principle(_))));
        let call = calls.iter().find(|id| strange(id, |found| matches!(found, RecordRef::Call(_))));
        match (principle, call) {
            (None, None) => Ok(()),
            (Some(id), _) => Err(RecordFault::new(record, format!("`principles`: there is no principle `{id}`"))),
            (None, Some(id)) => Err(RecordFault::new(record, format!("`calls`: there is no call `{id}`"))),
        }
    }
}

impl Records {
    /// Every place that a record names and `exists` does not know, in the order of the lists.
    pub fn unknown_places(&self, exists: impl Fn(&str) -> bool) -> Vec<UnknownPlace> {
        let members = self.members().iter().map(|member| (&member.id, "place".to_owned(), &member.place));
        let parties = self.partnerships().iter().flat_map(|partnership| {
            let numbered = partnership.parties.iter().enumerate();
            numbered.map(|(nth, party)| (&partnership.id, format!("parties[{nth}].place"), &party.place))
        });
        let events = self.events().iter().map(|event| (&event.id, "place".to_owned(), &event.place));
        let named = members.chain(parties).chain(events);
        let needs = self.needs().iter().map(|need| (&need.id, "place".to_owned(), &need.place));
        let given = named.filter_map(|(id, field, place)| Some((id, field, place.as_ref()?))).chain(needs);
        given
            .filter(|(_, _, place)| !exists(place))
            .map(|(id, field, place)| UnknownPlace { record: id.clone(), field, place: place.clone() })
            .collect()
    }
}

/// Both parties may lie in one region; the partnership stands there once.
fn append(positions: &mut Vec<usize>, position: usize) {
    if positions.last() != Some(&position) {
        positions.push(position);
    }
}

fn text_of(member: &Member) -> String {
    let names = member.names.iter().map(|(_, name)| name);
    let words: Vec<_> = names.chain(member.abbreviation.as_deref()).map(fold).collect();
    words.join("\n")
}
