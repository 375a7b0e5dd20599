//! One row: one record, or one amount of it.

use std::borrow::Cow;

use async_graphql::resolver_utils::EnumType;
use connectors::model::{AmountBasis, CurrencyCode, Language, Money};

use crate::catalogue::{Location, Record, RecordNumber, lead_amount, parts_of};
use crate::harvest::PackedProject;
use crate::harvest::packed::Text;
use crate::money::{Conversion, RateDate};
use crate::places::{Gazetteer, PlaceIndex};
use crate::view::View;

/// What one row stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Grain {
    /// One row a record, with the amount that binds most, or the one of the filter's basis.
    #[default]
    Project,
    /// One row an amount; a record without any still has one row, so that none goes missing.
    Amount,
}

impl Grain {
    /// The grains by the word of the parameter.
    pub const WORDS: [(&'static str, Self); 2] = [("project", Self::Project), ("amount", Self::Amount)];

    /// The word of the parameter.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Project => "project",
            Self::Amount => "amount",
        }
    }

    /// The rows of a record.
    pub(super) fn rows<'view>(
        self,
        view: &'view View,
        number: RecordNumber,
        basis: Option<AmountBasis>,
    ) -> Vec<Row<'view>> {
        let project = view.catalogue.project(number);
        let row = |amount| Row::new(view, number, amount);
        match self {
            Self::Project => {
                vec![row(basis.map_or_else(|| lead_amount(project), |basis| project.amount(basis)))]
            }
            Self::Amount if project.amounts().next().is_none() => vec![row(None)],
            Self::Amount => project.amounts().map(|amount| row(Some(amount))).collect(),
        }
    }
}

/// One record, with one of its amounts or none.
pub struct Row<'view> {
    view: &'view View,
    number: RecordNumber,
    project: PackedProject<'view>,
    record: Record<'view>,
    source: &'view str,
    amount: Option<Money>,
    euro: Option<Conversion>,
}

impl<'view> Row<'view> {
    pub(super) fn new(view: &'view View, number: RecordNumber, amount: Option<Money>) -> Self {
        let (project, record) = (view.catalogue.project(number), view.catalogue.record(number));
        let euro = amount.as_ref().map(|money| in_euro(view, project, money));
        Self { view, number, project, record, source: view.catalogue.source_of(number), amount, euro }
    }

    /// The record's id.
    #[must_use]
    pub fn id(&self) -> &'view str {
        self.project.id().as_str()
    }

    /// The partner's own record.
    #[must_use]
    pub fn project(&self) -> PackedProject<'view> {
        self.project
    }

    /// What the hub worked out about it.
    #[must_use]
    pub fn record(&self) -> Record<'view> {
        self.record
    }

    /// The id of the feed it came by.
    #[must_use]
    pub fn source(&self) -> &'view str {
        self.source
    }

    /// The row's amount; `None` where the record states none, or none of the basis asked for.
    #[must_use]
    pub fn amount(&self) -> Option<&Money> {
        self.amount.as_ref()
    }

    /// The amount in euro at its value date; `None` without an amount.
    #[must_use]
    pub fn euro(&self) -> Option<&Conversion> {
        self.euro.as_ref()
    }

    /// The codes of the record's issues.
    pub fn issue_codes(&self) -> impl Iterator<Item = &'view str> {
        let catalogue = &self.view.catalogue;
        catalogue.issues_of(self.number).map(|number| catalogue.issue(number).code())
    }

    /// The record's locations that are a place.
    pub fn places(&self) -> impl Iterator<Item = PlaceIndex> + use<'view> {
        self.record.locations.iter().filter_map(|location| location.place)
    }

    /// The first-level units of Ukraine that hold the record's places.
    pub fn oblasts(&self) -> impl Iterator<Item = PlaceIndex> + use<'view> {
        self.places().filter_map(|place| Gazetteer::embedded().oblast_of(place))
    }

    /// The location by which the others are judged: the first.
    #[must_use]
    pub fn location(&self) -> Option<&'view Location> {
        self.record.locations.first()
    }
}

/// The English wording, else the first.
pub(super) fn english<'view, Texts: Iterator<Item = Text<'view>>>(texts: impl Fn() -> Texts) -> Option<Text<'view>> {
    texts().find(|text| *text.language == Language::EN).or_else(|| texts().next())
}

/// An enum's value by its name in the GraphQL schema, so that a file and a query say the same.
pub(super) fn code<Value: EnumType>(value: impl Into<Value>) -> Cow<'static, str> {
    let value = value.into();
    Value::items().iter().find(|item| item.value == value).map_or("", |item| item.name).into()
}

/// Every name of an enum.
pub(super) fn codes<Value: EnumType>() -> Vec<&'static str> {
    Value::items().iter().map(|item| item.name).collect()
}

fn in_euro(view: &View, project: PackedProject<'_>, money: &Money) -> Conversion {
    let parts = parts_of(project, money);
    match parts.as_slice() {
        [] => view.rates.convert(money, CurrencyCode::EUR, RateDate::ValueDate),
        parts => view.rates.convert_contributions(parts, CurrencyCode::EUR, RateDate::ValueDate),
    }
}
