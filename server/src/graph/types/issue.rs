//! `QualityIssue`: something odd, said aloud.

use std::borrow::Cow;

use async_graphql::{ID, Object, TypeName};
use connectors::model::Issue;

use super::{Node, Project, Severity, Source, node_of};
use crate::catalogue::{IssueNumber, IssueRecord};
use crate::graph::error::CallerFault;
use crate::graph::page::{Connection, PageArguments};
use crate::records::RecordIssue;
use crate::view::View;

/// Something odd about a record, a row or a feed.
#[derive(Clone)]
pub struct QualityIssue {
    view: View,
    number: Number,
}

/// Where an issue stands in a view.
#[derive(Clone, Copy)]
enum Number {
    /// Among those of the catalogue.
    Catalogue(IssueNumber),
    /// Among those of the Alliance's records.
    Record(usize),
}

impl QualityIssue {
    /// The issue of this number in the view's catalogue.
    #[must_use]
    pub fn new(view: &View, number: IssueNumber) -> Self {
        Self { view: view.clone(), number: Number::Catalogue(number) }
    }

    /// The issue of this id.
    #[must_use]
    pub fn find(view: &View, id: &str) -> Option<Self> {
        let of_record = || view.record_issues.find(id).map(Number::Record);
        let number = view.catalogue.issue_by_id(id).map(Number::Catalogue).or_else(of_record)?;
        Some(Self { view: view.clone(), number })
    }

    /// A page of the issues of a code and of a partner's sources, by id; of all where none is named.
    ///
    /// # Errors
    /// A [`CallerFault`] in the arguments.
    pub fn page(
        view: &View,
        code: Option<&str>,
        partner: Option<&str>,
        arguments: &PageArguments,
    ) -> Result<Connection<Self>, CallerFault> {
        let of_partner = |source: &str, partner: &str| source.split('-').next() == Some(partner);
        let fits = |number: &IssueNumber| {
            let record = view.catalogue.issue(*number);
            code.is_none_or(|code| record.code() == code)
                && partner.is_none_or(|partner| of_partner(record.source(), partner))
        };
        let id = |number: &Number| match number {
            Number::Catalogue(number) => view.catalogue.issue(*number).id(),
            Number::Record(position) => view.record_issues.list()[*position].id.clone(),
        };
        let numbers = view.catalogue.issues_in_order().iter().copied().filter(fits);
        let mut numbers: Vec<Number> = numbers.map(Number::Catalogue).collect();
        // Records come by no source, so that a partner has none of theirs; they are few, and each finds its place.
        let records = view.record_issues.list().iter().enumerate().filter(|_| partner.is_none());
        for (position, record) in records.filter(|(_, record)| code.is_none_or(|code| record.issue.code == code)) {
            let at = numbers.partition_point(|number| id(number) < record.id);
            numbers.insert(at, Number::Record(position));
        }
        let key = |number: &Number| (String::new(), id(number));
        let made = |number: &Number| Self { view: view.clone(), number: *number };
        Connection::of(&numbers, &("issues", code, partner), arguments, key, made)
    }

    /// The issue of a partner's record, row or feed; `None` for one of the Alliance's records.
    fn of_catalogue(&self) -> Option<IssueRecord<'_>> {
        match self.number {
            Number::Catalogue(number) => Some(self.view.catalogue.issue(number)),
            Number::Record(_) => None,
        }
    }

    /// The issue of one of the Alliance's records.
    fn of_record(&self) -> Option<&RecordIssue> {
        match self.number {
            Number::Catalogue(_) => None,
            Number::Record(position) => self.view.record_issues.list().get(position),
        }
    }

    fn issue(&self) -> Cow<'_, Issue> {
        match self.number {
            Number::Catalogue(number) => self.view.catalogue.issue(number).issue(),
            Number::Record(position) => Cow::Borrowed(&self.view.record_issues.list()[position].issue),
        }
    }
}

impl TypeName for QualityIssue {
    fn type_name() -> std::borrow::Cow<'static, str> {
        "QualityIssue".into()
    }
}

/// Something odd about a record, about a row that could not be read, or about a whole feed. The hub repairs nothing in
/// silence.
#[Object]
impl QualityIssue {
    /// Stable as long as the same is said of the same.
    pub async fn id(&self) -> ID {
        let of_record = || self.of_record().map(|record| record.id.clone());
        ID(self.of_catalogue().map(IssueRecord::id).or_else(of_record).unwrap_or_default())
    }

    /// What kind of issue it is, such as `MISSING_TITLE`; a code keeps its meaning for ever.
    async fn code(&self) -> String {
        self.issue().code.clone()
    }

    /// How much it weakens the record.
    async fn severity(&self) -> Severity {
        self.issue().severity.into()
    }

    /// What is odd, as a sentence.
    async fn message(&self) -> String {
        self.issue().into_owned().message
    }

    /// The field concerned, by its name in this schema; null where the whole record is, or several fields are.
    async fn field(&self) -> Option<String> {
        self.issue().into_owned().field
    }

    /// The feed that it came by; null for one of the Alliance's records.
    async fn source(&self) -> Option<Source> {
        Source::find(&self.view, self.of_catalogue()?.source())
    }

    /// The project that it stands at; null for a row that could not be read, for a feed as a whole, and for one of the
    /// Alliance's records.
    async fn project(&self) -> Option<Project> {
        self.of_catalogue()?.record().map(|number| Project::new(&self.view, number))
    }

    /// The Alliance's record that it stands at: one that was changed in the hub and differs from its seed file. Null for
    /// what came by a feed, and where the record is not shown.
    async fn record(&self) -> Option<Node> {
        node_of(&self.view, &self.of_record()?.record)
    }
}
