//! `Feedback`, and `AuditEntry`: what members say, and what was done.

use async_graphql::{ID, Object, SimpleObject, TypeName};

use super::{Member, Node, node_of};
use crate::db::{self, FeedbackRow};
use crate::graph::error::CallerFault;
use crate::graph::page::{Connection, PageArguments};
use crate::graph::scalars::Instant;
use crate::records::RecordRef;
use crate::view::View;

/// What a member says to the institutions of the European Union.
#[derive(Clone)]
pub struct Feedback {
    view: View,
    row: FeedbackRow,
}

impl Feedback {
    /// The feedback of a row.
    #[must_use]
    pub fn new(view: &View, row: FeedbackRow) -> Self {
        Self { view: view.clone(), row }
    }

    /// A page of feedback, the newest first.
    ///
    /// # Errors
    /// A [`CallerFault`] in the arguments.
    pub fn page(view: &View, rows: &[FeedbackRow], arguments: &PageArguments) -> Result<Connection<Self>, CallerFault> {
        let key = |row: &FeedbackRow| super::need::newest_first(row.given_at, &row.id);
        Connection::of(rows, &"feedback", arguments, key, |row| Self::new(view, row.clone()))
    }
}

impl TypeName for Feedback {
    fn type_name() -> std::borrow::Cow<'static, str> {
        "Feedback".into()
    }
}

/// What a member says to the institutions of the European Union. Not public.
#[Object]
impl Feedback {
    /// Stable.
    pub async fn id(&self) -> ID {
        ID(self.row.id.clone())
    }

    /// Who gave it; null for the Alliance's own.
    async fn member(&self) -> Option<Member> {
        match self.view.records.find(self.row.member.as_deref()?)? {
            RecordRef::Member(position) => Some(Member::new(&self.view, position)),
            _ => None,
        }
    }

    /// What it is about; null where nothing was named, or where it is gone.
    async fn about(&self) -> Option<Node> {
        node_of(&self.view, self.row.about.as_deref()?)
    }

    /// In a few words.
    async fn title(&self) -> &str {
        &self.row.title
    }

    /// In full.
    async fn text(&self) -> &str {
        &self.row.body
    }

    /// When it was given.
    async fn given_at(&self) -> Instant {
        Instant(self.row.given_at)
    }
}

/// A line of the audit: who changed what, and when. It never holds personal data.
#[derive(SimpleObject)]
pub struct AuditEntry {
    /// When.
    at: Instant,
    /// Who: a token, an account, the command line, or a part of the hub itself.
    who: String,
    /// With which rights.
    role: String,
    /// What was done, such as `RECORD_CHANGED`.
    action: String,
    /// What it was before, as JSON; null where there was nothing.
    before: Option<String>,
    /// What it was afterwards, as JSON; null where there is nothing to show.
    after: Option<String>,
}

impl From<db::AuditEntry> for AuditEntry {
    fn from(entry: db::AuditEntry) -> Self {
        Self {
            at: Instant(entry.at),
            who: entry.author.who,
            role: entry.author.role,
            action: entry.action,
            before: entry.before,
            after: entry.after,
        }
    }
}
