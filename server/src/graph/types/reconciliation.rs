//! `Reconciliation`: a lender's own records beside the rows of statistics that repeat them.

use async_graphql::{Object, Result, SimpleObject};
use roaring::RoaringBitmap;

use super::{Project, ProjectConnection, ProjectList, ProjectOrder};
use crate::catalogue::Filter;
use crate::graph::error::OrFault as _;
use crate::graph::page::PageArguments;
use crate::graph::scalars::DecimalNumber;
use crate::join::links::reconcile;
use crate::view::View;

/// A lender's own records beside the rows of statistics that repeat them.
pub struct Reconciliation {
    view: View,
    filter: Filter,
    reconciled: reconcile::Reconciled,
}

/// Two accounts of the same money.
#[derive(SimpleObject)]
pub struct ReconciledPair {
    /// The record of the left partner.
    left: Project,
    /// The record of the right partner.
    right: Project,
    /// By how much the left amount is more than the right one, in euro, each at its own value date. Null where one states
    /// no amount, or no rate is known.
    difference: Option<DecimalNumber>,
    /// Why the two are taken for the same money, and what explains that they differ.
    reasons: Vec<String>,
}

impl Reconciliation {
    /// Compares the records of two partners that a filter chooses.
    #[must_use]
    pub fn new(view: &View, partners: [&str; 2], filter: Filter) -> Self {
        let reconciled = reconcile::Reconciled::of(&view.catalogue, &view.links, partners, &filter);
        Self { view: view.clone(), filter, reconciled }
    }

    fn only(&self, chosen: &RoaringBitmap, arguments: PageArguments) -> Result<ProjectConnection> {
        let filter = Filter { signed_from: None, signed_to: None, among: Some(chosen.clone()), ..self.filter.clone() };
        ProjectList::new(&self.view, filter, ProjectOrder::SignedDesc.into()).page(arguments).or_fault()
    }
}

/// A lender's own records beside the rows of statistics that repeat them. In the statistics, only rows of the other
/// partner's lending are compared.
#[Object]
impl Reconciliation {
    /// Records of both that tell of the same money, by id. One record may be repeated by several rows: each is a pair.
    async fn matched(&self) -> Vec<ReconciledPair> {
        let pairs = self.reconciled.matched.iter().map(|(left, right)| ReconciledPair {
            left: Project::new(&self.view, *left),
            right: Project::new(&self.view, *right),
            difference: reconcile::difference(&self.view.catalogue, *left, *right).map(DecimalNumber),
            reasons: reconcile::reasons(&self.view.catalogue, &self.view.links, *left, *right),
        });
        pairs.collect()
    }

    /// Records of the left partner without a counterpart on the right.
    async fn only_left(
        &self,
        #[graphql(desc = "How many: 50 unless given, at most 1,000.")] first: Option<i32>,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
    ) -> Result<ProjectConnection> {
        self.only(&self.reconciled.only_left, PageArguments::forward(first, after))
    }

    /// Records of the right partner without a counterpart on the left.
    async fn only_right(
        &self,
        #[graphql(desc = "How many: 50 unless given, at most 1,000.")] first: Option<i32>,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
    ) -> Result<ProjectConnection> {
        self.only(&self.reconciled.only_right, PageArguments::forward(first, after))
    }
}
