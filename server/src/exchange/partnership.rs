//! Partnerships as rows. One pair of authorities is one record, however many sources name it: in Ukraine an authority
//! is its code, elsewhere its name and country.

use std::collections::BTreeMap;

use connectors::model::{CountryCode, PartialDate};

use super::cells::Cells;
use super::columns::{Column, PARTIES, PARTNERSHIP_COLUMNS};
use super::member::written;
use super::tabled::{Tabled, missing_of_new};
use super::{names, source};
use crate::places::Gazetteer;
use crate::records::{Fault, Partnership, PartnershipKind, PartnershipState, Party, RecordSet, Statement, Theme};

/// What a row says about a partnership.
#[derive(Debug)]
pub struct PartnershipDraft {
    id: Option<String>,
    kind: Option<PartnershipKind>,
    state: Option<PartnershipState>,
    parties: Vec<Party>,
    themes: Vec<Theme>,
    programme: Option<String>,
    started_on: Option<PartialDate>,
    ended_on: Option<PartialDate>,
    as_of: Option<PartialDate>,
    note: Option<String>,
    source: Option<Statement>,
}

impl Tabled for Partnership {
    type Draft = PartnershipDraft;

    const KIND: &'static str = "partnerships";
    const PREFIX: &'static str = "partnership";
    const COLUMNS: &'static [Column] = PARTNERSHIP_COLUMNS;

    fn read(cells: &mut Cells<'_>) -> PartnershipDraft {
        let source = source::read(cells);
        let stated = source.as_ref().and_then(|source| source.published_on.or(source.read_on));
        let parties: Vec<Party> = (1..=PARTIES).filter_map(|number| party(cells, number)).collect();
        let id = cells.owned("id");
        if id.is_none() && parties.len() < 2 {
            cells.refuse("party_2_name", "a partnership has two parties or more");
        }
        PartnershipDraft {
            id,
            kind: cells.word("kind"),
            state: cells.word("state"),
            parties,
            themes: cells.words("themes"),
            programme: cells.owned("programme"),
            started_on: cells.date("started_on"),
            ended_on: cells.date("ended_on"),
            as_of: cells.date("as_of").or(stated),
            note: cells.owned("note"),
            source,
        }
    }

    fn stated_id(draft: &PartnershipDraft) -> Option<&str> {
        draft.id.as_deref()
    }

    fn bucket(&self) -> String {
        bucket(&self.parties)
    }

    fn bucket_of(draft: &PartnershipDraft) -> String {
        bucket(&draft.parties)
    }

    /// Each party of the row is one of the record's, and they are as many.
    fn is_about(&self, draft: &PartnershipDraft) -> bool {
        self.parties.len() == draft.parties.len()
            && draft.parties.iter().all(|party| self.parties.iter().any(|own| same(own, party)))
    }

    fn slug(draft: &PartnershipDraft) -> String {
        let mut parties: Vec<&Party> = draft.parties.iter().collect();
        parties.sort_by_key(|party| party.country != Some(CountryCode::UA));
        let mut parts: Vec<String> = parties.iter().map(|party| names::slug(english(party))).collect();
        let country = parties.last().and_then(|party| party.country);
        parts.extend(country.map(|country| names::slug(country.as_str())));
        parts.retain(|part| !part.is_empty());
        parts.join("-")
    }

    fn applied(draft: PartnershipDraft, base: Option<&Self>) -> Result<Self, Vec<String>> {
        let sources = source::joined(base.map_or(&[], |base| &base.sources), draft.source);
        let kind = draft.kind.or(base.map(|base| base.kind));
        let as_of = draft.as_of.or(base.map(|base| base.as_of));
        let mut missing = missing_of_new::<Self>(kind.is_some(), &sources);
        if as_of.is_none() {
            missing.push("`as_of`: is empty, and so are the dates of the source".to_owned());
        }
        let (Some(kind), Some(as_of), true) = (kind, as_of, missing.is_empty()) else { return Err(missing) };
        let themes = if draft.themes.is_empty() {
            base.map(|base| base.themes.clone()).unwrap_or_default()
        } else {
            draft.themes
        };
        Ok(Self {
            id: String::new(),
            kind,
            state: draft.state.or(base.map(|base| base.state)).unwrap_or(PartnershipState::Unknown),
            parties: parties_upon(draft.parties, base, draft.id.is_some()),
            themes,
            programme: draft.programme.or_else(|| base?.programme.clone()),
            started_on: draft.started_on.or_else(|| base?.started_on),
            ended_on: draft.ended_on.or_else(|| base?.ended_on),
            as_of,
            note: draft.note.or_else(|| base?.note.clone()),
            sources,
        })
    }

    fn finished(self, id: &str) -> Result<Self, Fault> {
        Self { id: id.to_owned(), ..self }.checked()
    }

    fn id(&self) -> &str {
        &self.id
    }

    fn as_of(&self) -> Option<PartialDate> {
        Some(self.as_of)
    }

    fn sources(&self) -> &[Statement] {
        &self.sources
    }

    fn members(&self) -> Vec<(String, &str)> {
        let numbered = (1..).zip(&self.parties);
        let named =
            numbered.filter_map(|(number, party)| Some((format!("party_{number}_member"), party.member.as_deref()?)));
        named.collect()
    }

    fn cells(&self) -> BTreeMap<String, String> {
        let themes: Vec<String> = self.themes.iter().map(written).collect();
        let mut cells = BTreeMap::from([
            ("id".to_owned(), self.id.clone()),
            ("kind".to_owned(), written(&self.kind)),
            ("state".to_owned(), written(&self.state)),
            ("as_of".to_owned(), String::from(self.as_of)),
        ]);
        for (number, party) in (1..).zip(&self.parties) {
            let fields = [
                ("name", Some(party.name.clone())),
                ("country", party.country.map(String::from)),
                ("place", party.place.clone()),
                ("member", party.member.clone()),
            ];
            let fields =
                fields.into_iter().filter_map(|(field, text)| Some((format!("party_{number}_{field}"), text?)));
            cells.extend(fields);
        }
        let optional = [
            ("themes", (!themes.is_empty()).then(|| themes.join("; "))),
            ("programme", self.programme.clone()),
            ("started_on", self.started_on.map(String::from)),
            ("ended_on", self.ended_on.map(String::from)),
            ("note", self.note.clone()),
        ];
        cells.extend(optional.into_iter().filter_map(|(column, text)| Some((column.to_owned(), text?))));
        source::cells(&self.sources, &mut cells);
        cells
    }

    fn all(set: &RecordSet) -> &[Self] {
        &set.partnerships
    }
}

/// The party of this number; `None` where its cells are empty.
fn party(cells: &mut Cells<'_>, number: usize) -> Option<Party> {
    let column = |field: &str| format!("party_{number}_{field}");
    let fields = ["name", "country", "place", "member"].map(|field| cells.text(&column(field)));
    if fields.iter().all(Option::is_none) {
        return None;
    }
    let Some(name) = fields[0].map(str::to_owned) else {
        cells.refuse(&column("name"), "is empty, and other columns of the party are not");
        return None;
    };
    let country = cells.country(&column("country"));
    let place = match fields[2] {
        Some(_) => cells.place(&column("place"), country),
        // In Ukraine the place is the authority; elsewhere the hub knows regions and not cities. Where the row states
        // the record's id, nothing has to be found by its parties.
        None if country == Some(CountryCode::UA) && cells.text("id").is_none() => {
            cells.named_place(&column("name"), &name, country)
        }
        None => None,
    };
    let implied = || Some(Gazetteer::embedded().country_of(Gazetteer::embedded().by_id(place.as_deref()?)?));
    let country = country.or_else(implied);
    if country.is_none() && fields[1].is_none() && fields[2].is_none() {
        cells.refuse(&column("country"), "is empty, and no place tells the country");
    }
    Some(Party { name, country, place, member: cells.owned(&column("member")) })
}

/// The countries of all parties, and of those outside Ukraine the first word of the name.
fn bucket(parties: &[Party]) -> String {
    let part = |party: &Party| {
        let country = party.country.map(String::from).unwrap_or_default();
        if party.country == Some(CountryCode::UA) {
            return country;
        }
        let name = names::slug(&party.name);
        format!("{country}-{}", name.split('-').next().unwrap_or_default())
    };
    let mut parts: Vec<String> = parties.iter().map(part).collect();
    parts.sort_unstable();
    parts.join(" ")
}

/// Whether two parties are one authority: in Ukraine by their codes where both have one, else by name.
fn same(one: &Party, other: &Party) -> bool {
    if one.country != other.country {
        return false;
    }
    if let (Some(CountryCode::UA), Some(one), Some(other)) = (one.country, &one.place, &other.place) {
        return one == other;
    }
    let one_region = one.place.is_some() && one.place == other.place;
    names::slug(&one.name) == names::slug(&other.name) || (one_region && names::begins_alike(&one.name, &other.name))
}

/// The English name of a Ukrainian place, else the name that the row gives.
fn english(party: &Party) -> &str {
    let gazetteer = Gazetteer::embedded();
    let place = party.place.as_deref().filter(|_| party.country == Some(CountryCode::UA));
    place.and_then(|place| gazetteer.by_id(place)).map_or(&party.name, |place| gazetteer.name(place, &[]))
}

/// The record's parties with what the row adds: a place or member that was not known, and the names where the row states
/// the record's id. Without any in the row they stay.
fn parties_upon(row: Vec<Party>, base: Option<&Partnership>, states_id: bool) -> Vec<Party> {
    let Some(base) = base else { return row };
    if row.is_empty() {
        return base.parties.clone();
    }
    if states_id {
        let known = |party: &Party| base.parties.iter().find(|own| same(own, party));
        let upon = |party: Party| Party {
            place: party.place.clone().or_else(|| known(&party)?.place.clone()),
            member: party.member.clone().or_else(|| known(&party)?.member.clone()),
            ..party
        };
        return row.into_iter().map(upon).collect();
    }
    let upon = |own: &Party| match row.iter().find(|party| same(own, party)) {
        Some(party) => Party {
            place: own.place.clone().or_else(|| party.place.clone()),
            member: own.member.clone().or_else(|| party.member.clone()),
            ..own.clone()
        },
        None => own.clone(),
    };
    base.parties.iter().map(upon).collect()
}
