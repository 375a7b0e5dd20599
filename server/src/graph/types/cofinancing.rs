//! `CofinancingGroup`: one undertaking, and the records of the partners that finance it.

use async_graphql::{ID, Object, TypeName};
use connectors::model;
use connectors::model::CurrencyCode;
use roaring::RoaringBitmap;
use rust_decimal::Decimal;

use super::{AmountBasis, Evidence, LinkDecision, Money, Place, Project};
use crate::catalogue::{Filter, RecordNumber, lead_amount};
use crate::graph::error::CallerFault;
use crate::graph::page::{Connection, PageArguments};
use crate::graph::scalars::{CurrencyCodeText, DecimalNumber};
use crate::harvest::PackedProject;
use crate::join;
use crate::places::PlaceIndex;
use crate::view::View;

/// What an id of a group begins with.
const PREFIX: &str = "cofinancing:";

/// One undertaking, and the records of the partners that finance it.
#[derive(Clone)]
pub struct CofinancingGroup {
    view: View,
    number: usize,
}

impl CofinancingGroup {
    /// The group of this id. Any member's id serves, so that an id stays good when a member with a smaller one comes.
    #[must_use]
    pub fn find(view: &View, id: &str) -> Option<Self> {
        let member = view.catalogue.by_id(id.strip_prefix(PREFIX)?)?;
        Some(Self { view: view.clone(), number: view.links.group_of(member)? })
    }

    /// A page of the groups with at least one member that a filter chooses, by id.
    ///
    /// # Errors
    /// A [`CallerFault`] in the arguments.
    pub fn page(view: &View, filter: &Filter, arguments: &PageArguments) -> Result<Connection<Self>, CallerFault> {
        let chosen = view.catalogue.select(filter);
        let holds = |group: &join::Group| group.members.iter().any(|member| chosen.contains(*member));
        let groups = view.links.groups();
        let numbers: Vec<usize> = (0..groups.len()).filter(|number| holds(&groups[*number])).collect();
        let key = |number: &usize| (String::new(), id_of(view, &groups[*number]));
        let node = |number: &usize| Self { view: view.clone(), number: *number };
        Connection::of(&numbers, &("cofinancing", filter), arguments, key, node)
    }

    fn group(&self) -> &join::Group {
        &self.view.links.groups()[self.number]
    }

    fn projects(&self) -> impl Iterator<Item = PackedProject<'_>> {
        self.group().members.iter().map(|member| self.view.catalogue.project(*member))
    }

    /// The sum of the lead amounts of some members, in euro to the cent.
    fn sum(&self, members: impl Iterator<Item = RecordNumber>) -> DecimalNumber {
        let euro = members.filter_map(|member| self.view.catalogue.euro_of(member, None));
        DecimalNumber(euro.fold(Decimal::ZERO, |sum, euro| sum.saturating_add(euro)).round_dp(2))
    }
}

fn id_of(view: &View, group: &join::Group) -> String {
    let smallest = group.members.first().map(|member| view.catalogue.project(*member).id().as_str());
    format!("{PREFIX}{}", smallest.unwrap_or_default())
}

impl TypeName for CofinancingGroup {
    fn type_name() -> std::borrow::Cow<'static, str> {
        "CofinancingGroup".into()
    }
}

/// One undertaking that several lenders finance, each with its own money, and their records of it. Rows of statistics that
/// repeat a member are no members: `Project.links` shows them.
#[Object]
impl CofinancingGroup {
    /// `cofinancing:` and the smallest id of a member. An id made of another member's id is answered, too.
    pub async fn id(&self) -> ID {
        ID(id_of(&self.view, self.group()))
    }

    /// The shortest English title of a member, else any title, else the id of the first member.
    async fn title(&self) -> String {
        let titles = || self.projects().flat_map(PackedProject::titles);
        let english = titles().filter(|title| *title.language == model::Language::EN);
        let shortest = english.min_by_key(|title| title.text().len()).or_else(|| titles().next());
        let id = || self.projects().next().map(|project| project.id().to_string());
        shortest.map(|title| title.text().to_owned()).or_else(id).unwrap_or_default()
    }

    /// The lenders' records, by id.
    async fn members(&self) -> Vec<Project> {
        self.group().members.iter().map(|member| Project::new(&self.view, *member)).collect()
    }

    /// The sum of one lead amount a member (SIGNED, else APPROVED, else COMMITTED, else PLANNED), each at its value date.
    /// `bases` says which those are. Members without an amount, or whose rate is not known, add nothing.
    async fn gross(&self) -> DecimalNumber {
        self.sum(self.group().members.iter().copied())
    }

    /// The same sum without parts of a framework that is a member itself.
    async fn counted_once(&self) -> DecimalNumber {
        let members: RoaringBitmap = self.group().members.iter().copied().collect();
        let links = &self.view.links;
        let repeats =
            |member: &u32| links.framework(*member, &members).is_some() || links.restated(*member, &members).is_some();
        self.sum(members.iter().filter(|member| !repeats(member)))
    }

    /// The currency of `gross` and `countedOnce`: the euro.
    async fn currency(&self) -> CurrencyCodeText {
        CurrencyCodeText(CurrencyCode::EUR)
    }

    /// What the amounts in `gross` stand for.
    async fn bases(&self) -> Vec<AmountBasis> {
        let mut bases: Vec<model::AmountBasis> =
            self.projects().filter_map(|project| Some(lead_amount(project)?.basis)).collect();
        bases.sort_unstable();
        bases.dedup();
        bases.into_iter().map(Into::into).collect()
    }

    /// What a member says that the whole costs, all funders together; the greatest where several say. Null where none does.
    async fn stated_total(&self) -> Option<Money> {
        let stated = self.group().members.iter().filter_map(|member| {
            let total = self.view.catalogue.euro_of(*member, Some(model::AmountBasis::TotalCost))?;
            Some((total, std::cmp::Reverse(*member)))
        });
        let (_, std::cmp::Reverse(member)) = stated.max()?;
        let total = self.view.catalogue.project(member).amount(model::AmountBasis::TotalCost)?;
        Some(Money::of(&self.view, member, total))
    }

    /// The reasons of every link that holds it together.
    async fn evidence(&self) -> Vec<Evidence> {
        self.group().evidence.iter().map(Evidence::from).collect()
    }

    /// CONFIRMED where somebody confirmed every link, else AUTOMATIC. A link that was rejected holds no group together.
    async fn decision(&self) -> LinkDecision {
        self.group().decision.into()
    }

    /// The place that all members name; null where they name none, or different ones.
    async fn place(&self) -> Option<Place> {
        let catalogue = &self.view.catalogue;
        let places = |member: &RecordNumber| -> Vec<PlaceIndex> {
            catalogue.record(*member).locations.iter().filter_map(|location| location.place).collect()
        };
        let mut members = self.group().members.iter();
        let first = places(members.next()?);
        let others: Vec<Vec<PlaceIndex>> = members.map(places).collect();
        let shared = first.into_iter().find(|place| others.iter().all(|others| others.contains(place)))?;
        Some(Place::new(&self.view, shared))
    }
}
