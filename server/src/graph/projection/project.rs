//! `Project`, and its edge.

use connectors::model;

use super::json::{Json, Repeated};
use super::money::{ContributionField, MoneyField, MoneyRow};
use super::parts::{IdentifierField, OrganisationField, PartnerField, ProvenanceField, TextField};
use super::place::{CountryField, LocationField, SectorField};
use super::selection::{Fields, Selected, Selection};
use crate::catalogue::{self, Record, RecordNumber};
use crate::graph::scalars::LanguageTag;
use crate::graph::types::{self, AmountBasis};
use crate::harvest::PackedProject;
use crate::harvest::packed::Dated;
use crate::places::Gazetteer;
use crate::view::View;

/// One project, with what is known of it.
#[derive(Clone, Copy)]
pub(super) struct ProjectRow<'row> {
    view: &'row View,
    number: RecordNumber,
    project: PackedProject<'row>,
    record: Record<'row>,
}

impl<'row> ProjectRow<'row> {
    pub(super) fn new(view: &'row View, number: RecordNumber) -> Self {
        Self { view, number, project: view.catalogue.project(number), record: view.catalogue.record(number) }
    }

    fn money<'money>(self, money: &'money model::Money) -> MoneyRow<'money>
    where
        'row: 'money,
    {
        MoneyRow { view: self.view, project: self.project, money }
    }
}

/// A field of `Project`.
pub(super) enum ProjectField {
    Id,
    Partner(Selection<PartnerField>),
    Identifiers(Selection<IdentifierField>),
    Title(Vec<LanguageTag>),
    Titles(Selection<TextField>),
    Description(Vec<LanguageTag>),
    Status,
    StatusNative,
    StatusConflict,
    Instrument,
    Sector(Selection<SectorField>, Repeated),
    Sectors(Selection<SectorField>, Repeated),
    SectorMethod,
    SectorConfidence,
    SectorNative,
    Countries(Selection<CountryField>),
    Locations(Selection<LocationField>, Repeated),
    Amounts(Selection<MoneyField>),
    Amount(Option<AmountBasis>, Selection<MoneyField>),
    AmountNative,
    Contributions(Selection<ContributionField>),
    Organisations(Selection<OrganisationField>),
    ApprovedOn,
    SignedOn,
    StartedOn,
    EndedOn,
    UpdatedAt,
    Provenance(Selection<ProvenanceField>),
}

impl Fields for ProjectField {
    const TYPE: &'static str = "Project";
    const INTERFACES: &'static [&'static str] = &["Node"];
    type Row<'row> = ProjectRow<'row>;

    fn read(selected: &Selected<'_>) -> Option<Self> {
        let languages =
            || selected.argument::<Option<Vec<LanguageTag>>>("languages", None).map(Option::unwrap_or_default);
        Some(match selected.name() {
            "id" => Self::Id,
            "partner" => Self::Partner(selected.below()?),
            "identifiers" => Self::Identifiers(selected.below()?),
            "title" => Self::Title(languages()?),
            "titles" => Self::Titles(selected.below()?),
            "description" => Self::Description(languages()?),
            "status" => Self::Status,
            "statusNative" => Self::StatusNative,
            "statusConflict" => Self::StatusConflict,
            "instrument" => Self::Instrument,
            "sector" => Self::Sector(selected.below()?, Repeated::default()),
            "sectors" => Self::Sectors(selected.below()?, Repeated::default()),
            "sectorMethod" => Self::SectorMethod,
            "sectorConfidence" => Self::SectorConfidence,
            "sectorNative" => Self::SectorNative,
            "countries" => Self::Countries(selected.below()?),
            "locations" => Self::Locations(selected.below()?, Repeated::default()),
            "amounts" => Self::Amounts(selected.below()?),
            "amount" => Self::Amount(selected.argument("basis", None)?, selected.below()?),
            "amountNative" => Self::AmountNative,
            "contributions" => Self::Contributions(selected.below()?),
            "organisations" => Self::Organisations(selected.below()?),
            "approvedOn" => Self::ApprovedOn,
            "signedOn" => Self::SignedOn,
            "startedOn" => Self::StartedOn,
            "endedOn" => Self::EndedOn,
            "updatedAt" => Self::UpdatedAt,
            "provenance" => Self::Provenance(selected.below()?),
            _ => return None,
        })
    }

    fn write(&self, row: ProjectRow<'_>, json: &mut Json) {
        let ProjectRow { view, number, project, record } = row;
        match self {
            Self::Id => json.letters(project.id().as_bytes()),
            Self::Partner(plan) => {
                json.optional(connectors::partners::find(project.id().partner()), |partner, json| {
                    plan.write(partner, json)
                });
            }
            Self::Identifiers(plan) => {
                json.list(project.identifiers(), |identifier, json| plan.write(&identifier, json))
            }
            Self::Title(languages) => {
                json.optional(types::chosen(|| project.titles(), languages), |text, json| json.letters(text.as_bytes()))
            }
            Self::Titles(plan) => json.list(project.titles(), |text, json| plan.write(text, json)),
            Self::Description(languages) => {
                json.optional(types::chosen(|| project.descriptions(), languages), |text, json| {
                    json.letters(text.as_bytes())
                });
            }
            Self::Status => json.name(types::ProjectStatus::from(project.status())),
            Self::StatusNative => json.optional(project.status_native(), |words, json| json.text(words)),
            Self::StatusConflict => json.value(record.status_conflict),
            Self::Instrument => json.name(types::Instrument::from(project.instrument())),
            Self::Sector(plan, repeated) => json.repeated(repeated, record.sector_number, |json| {
                json.optional(record.sector.main, |sector, json| plan.write(sector, json));
            }),
            Self::Sectors(plan, repeated) => json.repeated(repeated, record.sector_number, |json| {
                json.list(record.sector.all.iter().copied(), |sector, json| plan.write(sector, json));
            }),
            Self::SectorMethod => {
                json.optional(record.sector.method, |method, json| json.name(types::SectorMethod::from(method)))
            }
            Self::SectorConfidence => json.optional(record.sector.confidence, |sure, json| json.value(sure)),
            Self::SectorNative => json.optional(types::sector_words(project), |words, json| json.text(&words)),
            Self::Countries(plan) => {
                let countries = project.countries().filter_map(|code| Gazetteer::embedded().country(code));
                json.list(countries, |country, json| plan.write(country, json));
            }
            Self::Locations(plan, repeated) => json.repeated(repeated, record.locations_number, |json| {
                json.list(record.locations, |location, json| plan.write((view, location), json));
            }),
            Self::Amounts(plan) => json.list(project.amounts(), |money, json| plan.write(row.money(&money), json)),
            Self::Amount(basis, plan) => {
                let money = match basis {
                    Some(basis) => project.amount((*basis).into()),
                    None => catalogue::lead_amount(project),
                };
                json.optional(money, |money, json| plan.write(row.money(&money), json));
            }
            Self::AmountNative => json.optional(project.amount_native(), |words, json| json.text(words)),
            Self::Contributions(plan) => json.list(project.contributions(), |contribution, json| {
                plan.write((&contribution, row.money(&contribution.amount)), json);
            }),
            Self::Organisations(plan) => json.list(project.organisations(), |named, json| plan.write(named, json)),
            Self::ApprovedOn => json.day(project.day(Dated::Approved)),
            Self::SignedOn => json.day(project.day(Dated::Signed)),
            Self::StartedOn => json.day(project.day(Dated::Started)),
            Self::EndedOn => json.day(project.day(Dated::Ended)),
            Self::UpdatedAt => json.instant(record.updated_at),
            Self::Provenance(plan) => {
                let source = view.source(view.catalogue.source_of(number));
                json.optional(source, |source, json| plan.write((&view.sources[source], &project.provenance()), json));
            }
        }
    }
}

/// A field of `ProjectEdge`.
pub(super) enum EdgeField {
    Cursor,
    Node(Selection<ProjectField>),
}

impl EdgeField {
    pub(super) fn is_cursor(&self) -> bool {
        matches!(self, Self::Cursor)
    }
}

impl Fields for EdgeField {
    const TYPE: &'static str = "ProjectEdge";
    type Row<'row> = (&'row str, ProjectRow<'row>);

    fn read(selected: &Selected<'_>) -> Option<Self> {
        Some(match selected.name() {
            "cursor" => Self::Cursor,
            "node" => Self::Node(selected.below()?),
            _ => return None,
        })
    }

    fn write(&self, (cursor, project): (&str, ProjectRow<'_>), json: &mut Json) {
        match self {
            Self::Cursor => json.text(cursor),
            Self::Node(plan) => plan.write(project, json),
        }
    }
}
