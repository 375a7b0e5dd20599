//! `Change`: what a new reading changed in one record.

use async_graphql::Object;
use chrono::{DateTime, Utc};

use super::{ChangeKind, Project};
use crate::catalogue;
use crate::graph::scalars::Instant;
use crate::view::View;

/// What a new reading changed in one record.
pub struct Change {
    project: Project,
    change: catalogue::Change,
    seen_at: DateTime<Utc>,
}

impl Change {
    /// A change of a record that stands in this view.
    #[must_use]
    pub fn new(view: &View, change: catalogue::Change, seen_at: DateTime<Utc>) -> Self {
        Self { project: Project::new(view, change.record), change, seen_at }
    }
}

/// What a new reading changed in one record.
#[Object]
impl Change {
    /// What happened.
    async fn kind(&self) -> ChangeKind {
        self.change.kind.into()
    }

    /// The record as it is now; a removed one as it was last.
    async fn project(&self) -> &Project {
        &self.project
    }

    /// The field by its name in this schema, an amount's with its basis: `signedOn`, `amounts.SIGNED`. Null for the whole
    /// record.
    async fn field(&self) -> Option<&str> {
        self.change.field
    }

    /// What stood there before; null where nothing did.
    async fn before(&self) -> Option<&str> {
        self.change.before.as_deref()
    }

    /// What stands there now; null where nothing does.
    async fn after(&self) -> Option<&str> {
        self.change.after.as_deref()
    }

    /// When the hub first saw it. When the partner made it is not known.
    async fn seen_at(&self) -> Instant {
        Instant(self.seen_at)
    }
}
