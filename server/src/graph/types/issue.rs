//! `QualityIssue`: something odd, said aloud.

use async_graphql::{ID, Object, TypeName};

use super::{Project, Severity, Source};
use crate::catalogue::{IssueNumber, IssueRecord};
use crate::graph::error::CallerFault;
use crate::graph::page::{Connection, PageArguments};
use crate::view::View;

/// Something odd about a record, a row or a feed.
#[derive(Clone)]
pub struct QualityIssue {
    view: View,
    number: IssueNumber,
}

impl QualityIssue {
    /// The issue of this number in the view's catalogue.
    #[must_use]
    pub fn new(view: &View, number: IssueNumber) -> Self {
        Self { view: view.clone(), number }
    }

    /// The issue of this id.
    #[must_use]
    pub fn find(view: &View, id: &str) -> Option<Self> {
        let number = view.catalogue.issue_by_id(id)?;
        Some(Self::new(view, number))
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
        let numbers: Vec<IssueNumber> = view.catalogue.issues_in_order().iter().copied().filter(fits).collect();
        let key = |number: &IssueNumber| (String::new(), view.catalogue.issue(*number).id());
        Connection::of(&numbers, &("issues", code, partner), arguments, key, |number| Self::new(view, *number))
    }

    fn record(&self) -> IssueRecord<'_> {
        self.view.catalogue.issue(self.number)
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
        ID(self.record().id())
    }

    /// What kind of issue it is, such as `MISSING_TITLE`; a code keeps its meaning for ever.
    async fn code(&self) -> &str {
        self.record().code()
    }

    /// How much it weakens the record.
    async fn severity(&self) -> Severity {
        self.record().issue().severity.into()
    }

    /// What is odd, as a sentence.
    async fn message(&self) -> String {
        self.record().issue().into_owned().message
    }

    /// The field concerned, by its name in this schema; null where the whole record is.
    async fn field(&self) -> Option<String> {
        self.record().issue().into_owned().field
    }

    /// The feed that it came by.
    async fn source(&self) -> Option<Source> {
        Source::find(&self.view, self.record().source())
    }

    /// The record that it stands at; null for a row that could not be read and for a feed as a whole.
    async fn project(&self) -> Option<Project> {
        self.record().record().map(|number| Project::new(&self.view, number))
    }
}
