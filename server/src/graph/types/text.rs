//! Small parts of a project: texts, identifiers, contributions, organisations.

use async_graphql::{Object, SimpleObject};
use connectors::model;

use super::{Money, OrganisationRole, TextKind};
use crate::catalogue::RecordNumber;
use crate::graph::scalars::{Date, LanguageTag};
use crate::harvest::packed;
use crate::view::View;

/// One wording of a title or description.
#[derive(SimpleObject)]
pub struct Text {
    /// The language; `und` where the source does not say.
    language: LanguageTag,
    /// The words, as sent.
    text: String,
    /// Who worded it.
    kind: TextKind,
}

impl From<packed::Text<'_>> for Text {
    fn from(text: packed::Text<'_>) -> Self {
        Self { language: LanguageTag(text.language.clone()), text: text.text().to_owned(), kind: text.kind.into() }
    }
}

/// An identifier with the list that it belongs to.
#[derive(SimpleObject)]
pub struct Identifier {
    /// `eib`, `ebrd`, `ceb`, `crs`, `iati`, `crs-donor`, …
    scheme: String,
    /// The value as published.
    value: String,
}

impl From<packed::Identifier<'_>> for Identifier {
    fn from(identifier: packed::Identifier<'_>) -> Self {
        Self { scheme: identifier.scheme.to_owned(), value: identifier.value.into_owned() }
    }
}

/// A loan part, tranche or financial transaction.
pub struct Contribution {
    contribution: model::Contribution,
    amount: Money,
}

impl Contribution {
    /// A contribution to the project of this number.
    #[must_use]
    pub fn of(view: &View, number: RecordNumber, contribution: &packed::Contribution<'_>) -> Self {
        Self { contribution: contribution.to_model(), amount: Money::of(view, number, contribution.amount.clone()) }
    }
}

/// A loan part, tranche or financial transaction, where published.
#[Object]
impl Contribution {
    /// The source's own reference; null where it has none.
    async fn reference(&self) -> Option<&str> {
        self.contribution.reference.as_deref()
    }

    /// What it is, in the source's words.
    async fn kind(&self) -> &str {
        &self.contribution.kind
    }

    /// How much.
    async fn amount(&self) -> &Money {
        &self.amount
    }

    /// The day, month or year; null where the source gives none.
    async fn date(&self) -> Option<Date> {
        self.contribution.date.map(Date)
    }
}

/// An organisation as the source names it. Persons are never held.
#[derive(SimpleObject)]
pub struct ProjectOrganisation {
    /// What it does in the project.
    role: OrganisationRole,
    /// Its name, as published.
    name: String,
    /// A code that the source gives for it, `<scheme>:<code>`; null where it gives none.
    reference: Option<String>,
}

impl From<packed::Organisation<'_>> for ProjectOrganisation {
    fn from(organisation: packed::Organisation<'_>) -> Self {
        let packed::Organisation { role, name, reference } = organisation;
        Self { role: role.into(), name: name.to_owned(), reference: reference.map(str::to_owned) }
    }
}
