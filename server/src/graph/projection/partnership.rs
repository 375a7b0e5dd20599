//! `Partnership`, and its parties.

use super::json::Json;
use super::member::MemberField;
use super::place::{CountryField, PlaceField, PlaceRow};
use super::records::RecordFields;
use super::selection::{Fields, Selected, Selection};
use crate::graph::types::{self, Partnership, PartnershipParty};
use crate::places::Gazetteer;

/// A field of `Partnership`.
pub(super) enum PartnershipField {
    Id,
    Kind,
    State,
    Parties(Selection<PartyField>),
    Themes,
    Programme,
    StartedOn,
    EndedOn,
    AsOf,
    Note,
    SourceUrl,
}

impl RecordFields for PartnershipField {
    const CONNECTION: &'static str = "PartnershipConnection";
    const EDGE: &'static str = "PartnershipEdge";
    type Record = Partnership;
}

impl Fields for PartnershipField {
    const TYPE: &'static str = "Partnership";
    const INTERFACES: &'static [&'static str] = &["Node"];
    type Row<'row> = &'row Partnership;

    fn read(selected: &Selected<'_>) -> Option<Self> {
        Some(match selected.name() {
            "id" => Self::Id,
            "kind" => Self::Kind,
            "state" => Self::State,
            "parties" => Self::Parties(selected.below()?),
            "themes" => Self::Themes,
            "programme" => Self::Programme,
            "startedOn" => Self::StartedOn,
            "endedOn" => Self::EndedOn,
            "asOf" => Self::AsOf,
            "note" => Self::Note,
            "sourceUrl" => Self::SourceUrl,
            _ => return None,
        })
    }

    fn write(&self, shown: &Partnership, json: &mut Json) {
        let partnership = shown.partnership();
        match self {
            Self::Id => json.text(&partnership.id),
            Self::Kind => json.name(types::PartnershipKind::from(partnership.kind)),
            Self::State => json.name(types::PartnershipState::from(partnership.state)),
            Self::Parties(plan) => json.list(shown.ends(), |party, json| plan.write(&party, json)),
            Self::Themes => json.list(&partnership.themes, |theme, json| json.name(types::Theme::from(*theme))),
            Self::Programme => json.optional(partnership.programme.as_deref(), |words, json| json.text(words)),
            Self::StartedOn => json.optional(partnership.started_on, |date, json| json.date(date)),
            Self::EndedOn => json.optional(partnership.ended_on, |date, json| json.date(date)),
            Self::AsOf => json.date(partnership.as_of),
            Self::Note => json.optional(partnership.note.as_deref(), |words, json| json.text(words)),
            Self::SourceUrl => json.optional(partnership.source_url(), |url, json| json.text(url)),
        }
    }
}

/// A field of `PartnershipParty`.
pub(super) enum PartyField {
    Name,
    Country(Selection<CountryField>),
    Place(Selection<PlaceField>),
    Member(Selection<MemberField>),
}

impl Fields for PartyField {
    const TYPE: &'static str = "PartnershipParty";
    type Row<'row> = &'row PartnershipParty;

    fn read(selected: &Selected<'_>) -> Option<Self> {
        Some(match selected.name() {
            "name" => Self::Name,
            "country" => Self::Country(selected.below()?),
            "place" => Self::Place(selected.below()?),
            "member" => Self::Member(selected.below()?),
            _ => return None,
        })
    }

    fn write(&self, shown: &PartnershipParty, json: &mut Json) {
        let party = shown.party();
        match self {
            Self::Name => json.text(&party.name),
            Self::Country(plan) => {
                let country = party.country.and_then(|code| Gazetteer::embedded().country(code));
                json.optional(country, |country, json| plan.write(country, json));
            }
            Self::Place(plan) => json.optional(shown.place_index(), |place, json| {
                plan.write(PlaceRow { view: shown.view(), place }, json);
            }),
            Self::Member(plan) => json.optional(shown.as_member(), |member, json| plan.write(&member, json)),
        }
    }
}
