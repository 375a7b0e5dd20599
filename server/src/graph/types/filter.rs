//! Inputs that choose projects and places.

use async_graphql::{ID, InputObject, OneofObject};
use roaring::RoaringBitmap;

use super::{AmountBasis, Instrument, LocationLevel, NeedChoice, PlaceLevel, ProjectStatus};
use crate::catalogue::Filter;
use crate::graph::error::CallerFault;
use crate::graph::scalars::{CountryCodeText, Date, DecimalNumber, Instant};
use crate::places::{Gazetteer, PlaceIndex};
use crate::sectors::SectorIndex;
use crate::view::View;

/// Which projects: lists mean any-of, different fields mean and, a field left out chooses nothing out. `within` a place
/// counts everything below it.
#[derive(InputObject, Default)]
pub struct ProjectFilter {
    /// Ids of partners.
    partners: Option<Vec<ID>>,
    /// Ids of projects.
    ids: Option<Vec<ID>>,
    /// Words that title, description or organisations hold, each as the beginning of a word.
    text: Option<String>,
    /// Countries by ISO 3166-1.
    countries: Option<Vec<CountryCodeText>>,
    /// Ids of places; each counts everything below it. A country counts every record that names it.
    within: Option<Vec<ID>>,
    /// DAC purposes (5 digits) and groups (3 digits); each counts everything below it.
    sectors: Option<Vec<String>>,
    /// Statuses.
    statuses: Option<Vec<ProjectStatus>>,
    /// Instruments.
    instruments: Option<Vec<Instrument>>,
    /// How exactly the place is known.
    location_levels: Option<Vec<LocationLevel>>,
    /// Only records with an amount of this basis; `amountMin`, `amountMax` and the orders by amount then compare it.
    basis: Option<AmountBasis>,
    /// Least amount in euro: of `basis`, else of the amount that binds most. Amounts without a known rate are left out.
    amount_min: Option<DecimalNumber>,
    /// Greatest amount in euro, as in `amountMin`.
    amount_max: Option<DecimalNumber>,
    /// Signed on this date or later; compares whole spans, so that `2022` holds all of that year.
    signed_from: Option<Date>,
    /// Signed on this date or earlier.
    signed_to: Option<Date>,
    /// Approved on this date or later.
    approved_from: Option<Date>,
    /// Approved on this date or earlier.
    approved_to: Option<Date>,
    /// First read in its present version at this instant or later.
    updated_since: Option<Instant>,
    /// Only records whose dates contradict their status, or only others.
    status_conflict: Option<bool>,
    /// Only records with an issue of this code, such as `MISSING_TITLE`.
    has_issue: Option<String>,
    /// Only records with a link to another record that was not rejected, or only others.
    linked: Option<bool>,
}

impl ProjectFilter {
    /// The filter in the catalogue's terms.
    ///
    /// # Errors
    /// A [`CallerFault`] for a partner, place or sector that there is not.
    pub fn read(self, view: &View) -> Result<Filter, CallerFault> {
        let texts = |ids: Option<Vec<ID>>| ids.map(|ids| ids.into_iter().map(|id| id.0).collect::<Vec<_>>());
        let partners = texts(self.partners);
        for partner in partners.iter().flatten() {
            let known = view.sources.iter().any(|source| source.partner.id == partner);
            if !known {
                return Err(CallerFault::unknown_partner(partner));
            }
        }
        Ok(Filter {
            partners,
            ids: texts(self.ids),
            text: self.text,
            countries: self.countries.map(|codes| codes.into_iter().map(|code| code.0).collect()),
            within: self.within.map(|ids| ids.iter().map(|id| place(id)).collect()).transpose()?,
            sectors: self.sectors.map(|codes| codes.into_iter().map(sector).collect()).transpose()?,
            statuses: self.statuses.map(|list| list.into_iter().map(Into::into).collect()),
            instruments: self.instruments.map(|list| list.into_iter().map(Into::into).collect()),
            location_levels: self.location_levels.map(|list| list.into_iter().map(Into::into).collect()),
            basis: self.basis.map(Into::into),
            amount_min: self.amount_min.map(|amount| amount.0),
            amount_max: self.amount_max.map(|amount| amount.0),
            signed_from: self.signed_from.map(|date| date.0),
            signed_to: self.signed_to.map(|date| date.0),
            approved_from: self.approved_from.map(|date| date.0),
            approved_to: self.approved_to.map(|date| date.0),
            updated_since: self.updated_since.map(|instant| instant.0),
            status_conflict: self.status_conflict,
            has_issue: self.has_issue,
            linked: self.linked,
            among: self.linked.map(|linked| match linked {
                true => view.links.linked().clone(),
                false => (0..).take(view.catalogue.records().len()).collect::<RoaringBitmap>() - view.links.linked(),
            }),
            ..Filter::default()
        })
    }
}

/// The place of this id.
pub(in crate::graph) fn place(id: &str) -> Result<PlaceIndex, CallerFault> {
    Gazetteer::embedded().by_id(id).ok_or_else(|| CallerFault::UnknownPlace(id.to_owned()))
}

fn sector(code: String) -> Result<String, CallerFault> {
    match SectorIndex::embedded().by_code(&code) {
        Some(sector) => Ok(sector.code.to_owned()),
        None => Err(CallerFault::UnknownSector(code)),
    }
}

/// Which places.
#[derive(InputObject, Default)]
pub struct PlaceFilter {
    /// Only this level.
    pub level: Option<PlaceLevel>,
    /// Only places below this one.
    pub within: Option<ID>,
    /// Only places with a partnership at or below them, or only others.
    pub partnered: Option<bool>,
    /// Which needs count for `hasNeeds`; null for all that were not withdrawn.
    pub needs: Option<NeedChoice>,
    /// Only places with a need at or below them, or only others; true where only `needs` is given.
    pub has_needs: Option<bool>,
    /// Which projects count for `hasProjects`; null for all.
    pub projects: Option<ProjectFilter>,
    /// Only places with a project at or below them, or only others; true where only `projects` is given.
    pub has_projects: Option<bool>,
}

/// How a project is named: by exactly one of these.
#[derive(OneofObject)]
pub enum ProjectBy {
    /// Its id in the hub, such as `eib:20230227`.
    Id(ID),
    /// An identifier that it carries.
    Identifier(IdentifierInput),
}

/// An identifier with the list that it belongs to.
#[derive(InputObject)]
pub struct IdentifierInput {
    /// `eib`, `ebrd`, `ceb`, `crs`, `iati`, …; case does not matter.
    pub scheme: String,
    /// The value as published.
    pub value: String,
}
