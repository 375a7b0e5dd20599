//! Where a project happens, and what it is about: `ProjectLocation`, `Place`, `Country`, `Sector`.

use super::connection::{ListArguments, ProjectConnectionField};
use super::json::Json;
use super::member::MemberField;
use super::partnership::PartnershipField;
use super::records::ConnectionField;
use super::selection::{Fields, Selected, Selection};
use crate::catalogue::Location;
use crate::graph::page::PageArguments;
use crate::graph::scalars::LanguageTag;
use crate::graph::types;
use crate::places::{Country, Gazetteer, PlaceIndex};
use crate::sectors::Sector;
use crate::view::View;

/// A place, on the view that it is shown by.
#[derive(Clone, Copy)]
pub(super) struct PlaceRow<'row> {
    pub(super) view: &'row View,
    pub(super) place: PlaceIndex,
}

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
    type Row<'row> = (&'row View, &'row Location);

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

    fn write(&self, (view, location): (&View, &Location), json: &mut Json) {
        match self {
            Self::Level => json.name(types::LocationLevel::from(location.level)),
            Self::Place(plan) => {
                json.optional(location.place, |place, json| plan.write(PlaceRow { view, place }, json));
            }
            Self::Method => json.name(types::LocationMethod::from(location.method)),
            Self::Confidence => json.value(location.confidence),
            Self::Evidence => json.optional(location.evidence.as_deref(), |words, json| json.text(words)),
            Self::Candidates(plan) => {
                let places = location.candidates.iter().copied();
                json.list(places, |place, json| plan.write(PlaceRow { view, place }, json));
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
    Projects(Box<ListArguments>, Selection<ProjectConnectionField>),
    Members(PageArguments, Selection<ConnectionField<MemberField>>),
    Partnerships(Option<types::PartnershipState>, PageArguments, Selection<ConnectionField<PartnershipField>>),
}

impl Fields for PlaceField {
    const TYPE: &'static str = "Place";
    const INTERFACES: &'static [&'static str] = &["Node"];
    type Row<'row> = PlaceRow<'row>;

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
            "projects" => Self::Projects(ListArguments::read(selected)?, selected.below()?),
            "members" => Self::Members(selected.forward()?, selected.below()?),
            "partnerships" => {
                Self::Partnerships(selected.argument("state", None)?, selected.forward()?, selected.below()?)
            }
            _ => return None,
        })
    }

    fn write(&self, PlaceRow { view, place: index }: PlaceRow<'_>, json: &mut Json) {
        let gazetteer = Gazetteer::embedded();
        let place = gazetteer.get(index);
        let row = |place| PlaceRow { view, place };
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
            Self::Parent(plan) => json.optional(place.parent, |parent, json| plan.write(row(parent), json)),
            Self::Ancestors(plan) => json.list(gazetteer.ancestors(index), |place, json| plan.write(row(place), json)),
            Self::Iso3166_2 => json.optional(place.iso3166_2, |code, json| json.text(code)),
            Self::Population => json.optional(place.population, |inhabitants, json| json.value(inhabitants)),
            Self::Centroid => json.optional(place.centroid, |point, json| {
                json.raw(r#"{"type":"Point","coordinates":"#);
                json.list([point.longitude, point.latitude], |degrees, json| json.value(degrees));
                json.raw("}");
            }),
            Self::Projects(arguments, plan) => {
                let page = arguments.page(|filter, order| types::ProjectList::in_place(view, index, filter, order));
                json.fallible(page, |page, json| plan.write(&page, json));
            }
            Self::Members(arguments, plan) => {
                json.fallible(types::Member::in_place(view, index, arguments), |page, json| plan.write(&page, json));
            }
            Self::Partnerships(state, arguments, plan) => {
                let page = types::Partnership::in_place(view, index, *state, arguments);
                json.fallible(page, |page, json| plan.write(&page, json));
            }
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
