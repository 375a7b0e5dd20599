//! The hub as a part of somebody else's graph: its records by their keys, for Apollo Federation 2.
//!
//! A gateway sends all keys of one step at once to `_entities`; each is looked up in an index of the one view that
//! answers, so a batch costs no more than its length. A key that nothing has gives null for that one alone: keys are
//! read here, and not by their scalars, whose refusal would take the whole batch along.

use async_graphql::{Context, ID, Object};
use connectors::model::CountryCode;

use super::view;
use crate::graph::types::{Country, Member, Node, Partner, Partnership, Place, Project, Sector, node_of};
use crate::sectors::SectorIndex;

/// Records by their keys.
#[derive(Default)]
pub(super) struct Entities;

#[Object]
impl Entities {
    #[graphql(entity)]
    async fn partner_by_key(&self, context: &Context<'_>, id: ID) -> Option<Partner> {
        Partner::find(view(context), &id)
    }

    #[graphql(entity)]
    async fn project_by_key(&self, context: &Context<'_>, id: ID) -> Option<Project> {
        Project::find(view(context), &id)
    }

    #[graphql(entity)]
    async fn place_by_key(&self, context: &Context<'_>, id: ID) -> Option<Place> {
        Place::find(view(context), &id)
    }

    #[graphql(entity)]
    async fn member_by_key(&self, context: &Context<'_>, id: ID) -> Option<Member> {
        match node_of(view(context), &id) {
            Some(Node::Member(member)) => Some(member),
            _ => None,
        }
    }

    #[graphql(entity)]
    async fn partnership_by_key(&self, context: &Context<'_>, id: ID) -> Option<Partnership> {
        match node_of(view(context), &id) {
            Some(Node::Partnership(partnership)) => Some(partnership),
            _ => None,
        }
    }

    #[graphql(entity)]
    async fn sector_by_key(&self, _context: &Context<'_>, code: ID) -> Option<Sector> {
        SectorIndex::embedded().by_code(&code).map(Sector)
    }

    #[graphql(entity)]
    async fn country_by_key(&self, _context: &Context<'_>, code: ID) -> Option<Country> {
        Country::find(CountryCode::new(&code).ok()?)
    }
}
