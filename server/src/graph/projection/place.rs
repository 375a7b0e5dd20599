//! Where a project happens, and what it is about: `ProjectLocation`, `Place`, `Country`, `Sector`.

use super::json::Json;
use super::selection::{Fields, Selected, Selection};
use crate::catalogue::Location;
use crate::graph::scalars::LanguageTag;
use crate::graph::types;
use crate::places::{Country, Gazetteer, PlaceIndex};
use crate::sectors::Sector;

/// A field of `ProjectLocation`.
pub(super) enum LocationField {
    Level,
    Place(Selection<PlaceField>),
    Method,
    Confidence,
    Evidence,
    Candidates(Selection<PlaceField>),
}

impl Fields for LocationField {
    const TYPE: &'static str = "ProjectLocation";
    type Row<'row> = &'row Location;

    fn read(selected: &Selected<'_>) -> Option<Self> {
        Some(match selected.name() {
            "level" => Self::Level,
            "place" => Self::Place(selected.below()?),
            "method" => Self::Method,
            "confidence" => Self::Confidence,
            "evidence" => Self::Evidence,
            "candidates" => Self::Candidates(selected.below()?),
            _ => return None,
        })
    }

    fn write(&self, location: &Location, json: &mut Json) {
        match self {
            Self::Level => json.name(types::LocationLevel::from(location.level)),
            Self::Place(plan) => json.optional(location.place, |place, json| plan.write(place, json)),
            Self::Method => json.name(types::LocationMethod::from(location.method)),
            Self::Confidence => json.value(location.confidence),
            Self::Evidence => json.optional(location.evidence.as_deref(), |words, json| json.text(words)),
            Self::Candidates(plan) => {
                json.list(location.candidates.iter().copied(), |place, json| plan.write(place, json));
            }
        }
    }
}

/// A field of `Place`.
pub(super) enum PlaceField {
    Id,
    Level,
    Name(Vec<LanguageTag>),
    Country(Selection<CountryField>),
    Parent(Box<Selection<PlaceField>>),
    Ancestors(Box<Selection<PlaceField>>),
    Iso3166_2,
    Population,
    Centroid,
}

impl Fields for PlaceField {
    const TYPE: &'static str = "Place";
    const INTERFACES: &'static [&'static str] = &["Node"];
    type Row<'row> = PlaceIndex;

    fn read(selected: &Selected<'_>) -> Option<Self> {
        Some(match selected.name() {
            "id" => Self::Id,
            "level" => Self::Level,
            "name" => Self::Name(selected.argument::<Option<Vec<LanguageTag>>>("languages", None)?.unwrap_or_default()),
            "country" => Self::Country(selected.below()?),
            "parent" => Self::Parent(Box::new(selected.below()?)),
            "ancestors" => Self::Ancestors(Box::new(selected.below()?)),
            "iso3166_2" => Self::Iso3166_2,
            "population" => Self::Population,
            "centroid" => Self::Centroid,
            _ => return None,
        })
    }

    fn write(&self, index: PlaceIndex, json: &mut Json) {
        let gazetteer = Gazetteer::embedded();
        let place = gazetteer.get(index);
        match self {
            Self::Id => json.text(place.id),
            Self::Level => json.name(types::PlaceLevel::from(place.level)),
            Self::Name(languages) if languages.is_empty() => json.text(gazetteer.name(index, &[])),
            Self::Name(languages) => {
                let languages: Vec<&str> = languages.iter().map(|tag| tag.0.as_str()).collect();
                json.text(gazetteer.name(index, &languages));
            }
            Self::Country(plan) => {
                json.optional(gazetteer.country(place.country), |country, json| plan.write(country, json));
            }
            Self::Parent(plan) => json.optional(place.parent, |parent, json| plan.write(parent, json)),
            Self::Ancestors(plan) => json.list(gazetteer.ancestors(index), |place, json| plan.write(place, json)),
            Self::Iso3166_2 => json.optional(place.iso3166_2, |code, json| json.text(code)),
            Self::Population => json.optional(place.population, |inhabitants, json| json.value(inhabitants)),
            Self::Centroid => json.optional(place.centroid, |point, json| {
                json.raw(r#"{"type":"Point","coordinates":"#);
                json.list([point.longitude, point.latitude], |degrees, json| json.value(degrees));
                json.raw("}");
            }),
        }
    }
}

/// A field of `Country`.
pub(super) enum CountryField {
    Code,
    Name,
    EuMember,
}

impl Fields for CountryField {
    const TYPE: &'static str = "Country";
    type Row<'row> = &'static Country;

    fn read(selected: &Selected<'_>) -> Option<Self> {
        Some(match selected.name() {
            "code" => Self::Code,
            "name" => Self::Name,
            "euMember" => Self::EuMember,
            _ => return None,
        })
    }

    fn write(&self, country: &'static Country, json: &mut Json) {
        match self {
            Self::Code => json.text(country.code.as_str()),
            Self::Name => json.text(country.name),
            Self::EuMember => json.value(country.eu_member),
        }
    }
}

/// A field of `Sector`.
pub(super) enum SectorField {
    Code,
    Name,
    Group(Box<Selection<SectorField>>),
    Withdrawn,
}

impl Fields for SectorField {
    const TYPE: &'static str = "Sector";
    type Row<'row> = &'static Sector;

    fn read(selected: &Selected<'_>) -> Option<Self> {
        Some(match selected.name() {
            "code" => Self::Code,
            "name" => Self::Name,
            "group" => Self::Group(Box::new(selected.below()?)),
            "withdrawn" => Self::Withdrawn,
            _ => return None,
        })
    }

    fn write(&self, sector: &'static Sector, json: &mut Json) {
        match self {
            Self::Code => json.text(sector.code),
            Self::Name => json.text(sector.name),
            Self::Group(plan) => json.optional(sector.group(), |group, json| plan.write(group, json)),
            Self::Withdrawn => json.value(sector.withdrawn()),
        }
    }
}
