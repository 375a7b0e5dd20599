//! Asks the project pages one after the other, until the site shows that it answers no more.

use super::map::{Detail, Listed, page_path};
use super::wire::{Field, Page};
use crate::connector::Failure;
use crate::http::{Client, Expect};
use crate::model::Severity;

/// How many pages in a row may be unreadable before no more are asked: a site that is down or behind a gate is left
/// alone.
const PATIENCE: u32 = 5;

/// The reading of project pages within one harvest.
pub(super) struct Pages {
    client: Client,
    unread_in_a_row: u32,
    /// Why no more pages are asked.
    stopped: Option<String>,
    not_asked: usize,
}

impl Pages {
    pub(super) fn new(client: Client) -> Self {
        Self { client, unread_in_a_row: 0, stopped: None, not_asked: 0 }
    }

    /// No page is asked, for this reason.
    pub(super) fn stopped(client: Client, reason: &str) -> Self {
        Self { stopped: Some(reason.to_owned()), ..Self::new(client) }
    }

    /// What can be known of this project from its page.
    pub(super) async fn read(&mut self, listed: &Listed) -> Detail {
        if let Some(reason) = &self.stopped {
            self.not_asked += 1;
            return Detail::NotRead { severity: Severity::Info, reason: reason.clone() };
        }
        match self.ask(listed).await {
            Ok(Ok(page)) => {
                self.unread_in_a_row = 0;
                Detail::Read(page)
            }
            Ok(Err(reason)) => {
                self.count_unread();
                Detail::NotRead { severity: Severity::Warning, reason }
            }
            // Many older projects have no page; that says nothing about the next.
            Err(failure @ Failure::NotFound { .. }) => {
                Detail::NotRead { severity: Severity::Info, reason: format!("{failure}.") }
            }
            Err(failure) => {
                self.count_unread();
                if ends_the_reading(&failure) {
                    self.stopped = Some(format!("no more pages were asked after this: {failure}."));
                }
                Detail::NotRead { severity: Severity::Warning, reason: format!("{failure}.") }
            }
        }
    }

    /// How many projects' pages were not asked, and why.
    pub(super) fn left_out(&self) -> Option<(usize, &str)> {
        let reason = self.stopped.as_deref()?;
        (self.not_asked > 0).then_some((self.not_asked, reason))
    }

    /// The page; the inner error says why it is not this project's summary.
    async fn ask(&self, listed: &Listed) -> Result<Result<Page, String>, Failure> {
        let url = self.client.url(&page_path(listed))?;
        let answer = self.client.get(&url, Expect::Html).await?;
        let page = Page::read(&answer.body, &answer.media_type);
        if !page.is_summary() {
            return Ok(Err(format!("{url} has none of the labels of a project summary.")));
        }
        Ok(match page.value(Field::ProjectId).filter(|id| *id != listed.id) {
            Some(other) => Err(format!("{url} is about project {other}.")),
            None => Ok(page),
        })
    }

    fn count_unread(&mut self) {
        self.unread_in_a_row += 1;
        if self.unread_in_a_row >= PATIENCE && self.stopped.is_none() {
            self.stopped = Some(format!("no more pages were asked after {PATIENCE} in a row could not be read."));
        }
    }
}

/// Whether asking the next page would only bother the site, or make this harvest endless.
fn ends_the_reading(failure: &Failure) -> bool {
    matches!(
        failure,
        Failure::Refused { .. } | Failure::Throttled { .. } | Failure::Unreachable { .. } | Failure::Enough { .. }
    )
}
