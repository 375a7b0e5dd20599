//! Small parts of a project: texts, identifiers, contributions, organisations.

use async_graphql::{Object, SimpleObject};
use connectors::model;

use super::{Money, OrganisationRole, TextKind};
use crate::graph::scalars::{Date, LanguageTag};
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

impl From<&model::Text> for Text {
    fn from(text: &model::Text) -> Self {
        Self { language: LanguageTag(text.language.clone()), text: text.text.clone(), kind: text.kind.into() }
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

impl From<&model::Identifier> for Identifier {
    fn from(identifier: &model::Identifier) -> Self {
        Self { scheme: identifier.scheme.clone(), value: identifier.value.clone() }
    }
}

/// A loan part, tranche or financial transaction.
pub struct Contribution {
    contribution: model::Contribution,
    amount: Money,
}

impl Contribution {
    /// A contribution to a project.
    #[must_use]
    pub fn of(view: &View, project: &model::Project, contribution: &model::Contribution) -> Self {
        Self { contribution: contribution.clone(), amount: Money::of(view, project, &contribution.amount) }
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

impl From<&model::Organisation> for ProjectOrganisation {
    fn from(organisation: &model::Organisation) -> Self {
        let model::Organisation { role, name, reference } = organisation.clone();
        Self { role: role.into(), name, reference }
    }
}
