//! `Member`.

use connectors::model::Language;

use super::json::Json;
use super::place::{CountryField, PlaceField, PlaceRow};
use super::records::RecordFields;
use super::selection::{Fields, Selected, Selection};
use crate::graph::scalars::LanguageTag;
use crate::graph::types::{self, Member};
use crate::places::Gazetteer;

/// A field of `Member`.
pub(super) enum MemberField {
    Id,
    Name(Vec<Language>),
    Abbreviation,
    Kind,
    Role,
    Country(Selection<CountryField>),
    Place(Selection<PlaceField>),
    Website,
    JoinedOn,
    SourceUrl,
}

impl RecordFields for MemberField {
    const CONNECTION: &'static str = "MemberConnection";
    const EDGE: &'static str = "MemberEdge";
    type Record = Member;
}

impl Fields for MemberField {
    const TYPE: &'static str = "Member";
    const INTERFACES: &'static [&'static str] = &["Node"];
    type Row<'row> = &'row Member;

    fn read(selected: &Selected<'_>) -> Option<Self> {
        Some(match selected.name() {
            "id" => Self::Id,
            "name" => {
                let languages: Option<Vec<LanguageTag>> = selected.argument("languages", None)?;
                Self::Name(languages.into_iter().flatten().map(|tag| tag.0).collect())
            }
            "abbreviation" => Self::Abbreviation,
            "kind" => Self::Kind,
            "role" => Self::Role,
            "country" => Self::Country(selected.below()?),
            "place" => Self::Place(selected.below()?),
            "website" => Self::Website,
            "joinedOn" => Self::JoinedOn,
            "sourceUrl" => Self::SourceUrl,
            _ => return None,
        })
    }

    fn write(&self, shown: &Member, json: &mut Json) {
        let member = shown.member();
        match self {
            Self::Id => json.text(&member.id),
            Self::Name(languages) => json.text(member.names.in_languages(languages)),
            Self::Abbreviation => json.optional(member.abbreviation.as_deref(), |words, json| json.text(words)),
            Self::Kind => json.name(types::MemberKind::from(member.kind)),
            Self::Role => json.name(types::MemberRole::from(member.role)),
            Self::Country(plan) => {
                let country = member.country.and_then(|code| Gazetteer::embedded().country(code));
                json.optional(country, |country, json| plan.write(country, json));
            }
            Self::Place(plan) => json.optional(shown.place_index(), |place, json| {
                plan.write(PlaceRow { view: shown.view(), place }, json);
            }),
            Self::Website => json.optional(member.website.as_deref(), |url, json| json.text(url)),
            Self::JoinedOn => json.optional(member.joined_on, |date, json| json.date(date)),
            Self::SourceUrl => json.optional(member.source_url(), |url, json| json.text(url)),
        }
    }
}
