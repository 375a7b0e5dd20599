//! Queries that are not for everybody. Their answers are kept for nobody.

use async_graphql::{Context, ID, Object, Result};

use super::view;
use crate::access::Role;
use crate::graph::error::{OrFault as _, internal};
use crate::graph::guard::{AtLeast, asker};
use crate::graph::page::{Connection, PageArguments};
use crate::graph::types::{Application, ApplicationState, AuditEntry, Feedback};

/// What is not for everybody.
#[derive(Default)]
pub(super) struct PrivateQuery;

#[Object]
impl PrivateQuery {
    /// Applications for membership, the newest first. Administrators only.
    #[graphql(guard = "AtLeast(Role::Administrator)")]
    async fn applications(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Only those that stand so; null for all.")] state: Option<ApplicationState>,
        #[graphql(desc = "How many: 50 unless given, at most 1,000.")] first: Option<i32>,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
    ) -> Result<Connection<Application>> {
        let rows = asker(context)?.changes.hub().database().applications().await.map_err(internal)?;
        let arguments = PageArguments::forward(first, after);
        Application::page(view(context), &rows, state.map(Into::into), &arguments).or_fault()
    }

    /// What members said to the institutions of the European Union, the newest first. Editors and administrators.
    #[graphql(guard = "AtLeast(Role::Editor)")]
    async fn feedback(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How many: 50 unless given, at most 1,000.")] first: Option<i32>,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
    ) -> Result<Connection<Feedback>> {
        let rows = asker(context)?.changes.hub().database().feedback().await.map_err(internal)?;
        Feedback::page(view(context), &rows, &PageArguments::forward(first, after)).or_fault()
    }

    /// What was done to a record, application, token or link, the oldest line first. Administrators only.
    #[graphql(guard = "AtLeast(Role::Administrator)")]
    async fn audit(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Its id; for a link the ids of both projects with a space between, the smaller first.")]
        subject: ID,
    ) -> Result<Vec<AuditEntry>> {
        let lines = asker(context)?.changes.hub().database().audit_of(&subject).await.map_err(internal)?;
        Ok(lines.into_iter().map(AuditEntry::from).collect())
    }
}
