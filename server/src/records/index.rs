//! Ways to a record other than by reading the whole list: by id, by place, by member.

use std::collections::HashMap;

use super::filter::fold;
use super::seed::SeedError;
use super::{Call, Event, Member, Partnership, Principle, Records};

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
    /// For each member all its names and its abbreviation, folded, one a line.
    pub(super) member_texts: Vec<String>,
    nowhere: AtPlace,
}

impl Index {
    pub(super) fn new(
        members: &[Member],
        partnerships: &[Partnership],
        events: &[Event],
        principles: &[Principle],
        calls: &[Call],
    ) -> Result<Self, SeedError> {
        let mut index = Self { member_texts: members.iter().map(text_of).collect(), ..Self::default() };
        index.name(members.iter().map(|member| &member.id), RecordRef::Member);
        index.name(partnerships.iter().map(|partnership| &partnership.id), RecordRef::Partnership);
        index.name(events.iter().map(|event| &event.id), RecordRef::Event);
        index.name(principles.iter().map(|principle| &principle.id), RecordRef::Principle);
        index.name(calls.iter().map(|call| &call.id), RecordRef::Call);
        for (position, member) in members.iter().enumerate() {
            index.locate(member.place.as_deref(), position, |at| &mut at.members);
        }
        for (position, event) in events.iter().enumerate() {
            index.locate(event.place.as_deref(), position, |at| &mut at.events);
        }
        for (position, partnership) in partnerships.iter().enumerate() {
            index.take_parties(position, partnership)?;
        }
        Ok(index)
    }

    pub(super) fn find(&self, id: &str) -> Option<RecordRef> {
        self.ids.get(id).copied()
    }

    pub(super) fn at(&self, place: &str) -> &AtPlace {
        self.places.get(place).unwrap_or(&self.nowhere)
    }

    pub(super) fn places(&self) -> impl Iterator<Item = (&str, &AtPlace)> {
        self.places.iter().map(|(place, at)| (place.as_str(), at))
    }

    pub(super) fn partnerships_of(&self, member: &str) -> &[usize] {
        self.parties.get(member).map_or(&[], Vec::as_slice)
    }

    fn name<'r>(&mut self, ids: impl Iterator<Item = &'r String>, to: fn(usize) -> RecordRef) {
        self.ids.extend(ids.enumerate().map(|(position, id)| (id.clone(), to(position))));
    }

    fn locate(&mut self, place: Option<&str>, position: usize, list: fn(&mut AtPlace) -> &mut Vec<usize>) {
        let Some(place) = place else { return };
        append(list(self.places.entry(place.to_owned()).or_default()), position);
    }

    fn take_parties(&mut self, position: usize, partnership: &Partnership) -> Result<(), SeedError> {
        for (nth, party) in partnership.parties.iter().enumerate() {
            self.locate(party.place.as_deref(), position, |at| &mut at.partnerships);
            let Some(member) = &party.member else { continue };
            if !matches!(self.find(member), Some(RecordRef::Member(_))) {
                let file = partnership.id.replacen("partnership:", "partnerships/", 1) + ".toml";
                return Err(SeedError::new(&file, format!("`parties[{nth}].member`: there is no record `{member}`")));
            }
            append(self.parties.entry(member.clone()).or_default(), position);
        }
        Ok(())
    }
}

impl Records {
    /// Every place that a record names and `exists` does not know, in the order of the lists.
    pub fn unknown_places(&self, exists: impl Fn(&str) -> bool) -> Vec<UnknownPlace> {
        let members = self.members.iter().map(|member| (&member.id, "place".to_owned(), &member.place));
        let parties = self.partnerships.iter().flat_map(|partnership| {
            let numbered = partnership.parties.iter().enumerate();
            numbered.map(|(nth, party)| (&partnership.id, format!("parties[{nth}].place"), &party.place))
        });
        let events = self.events.iter().map(|event| (&event.id, "place".to_owned(), &event.place));
        let named = members.chain(parties).chain(events);
        let given = named.filter_map(|(id, field, place)| Some((id, field, place.as_ref()?)));
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
