//! One feed of a partner, with its connector, its current reading and how it is doing.

use std::sync::Arc;

use arc_swap::{ArcSwap, ArcSwapOption};
use chrono::{DateTime, TimeDelta, Utc};
use connectors::connector::{Connector, Failure, Harvest};
use connectors::http::{Client, Clock, Ledger, Transport};
use connectors::model::CountryCode;
use connectors::partners::{Feed, Partner};

use super::{Asked, Reading, SourceState, SourceStatus};
use crate::config::PartnerConfig;

/// One feed of a partner.
pub struct Source {
    /// The partner.
    pub partner: &'static Partner,
    /// The feed.
    pub feed: &'static Feed,
    /// Whether it is read at all.
    pub enabled: bool,
    /// The countries it is read for.
    pub countries: Vec<CountryCode>,
    base_url: String,
    pub(super) connector: Box<dyn Connector>,
    pub(super) client: Client,
    pub(super) reading: ArcSwapOption<Reading>,
    pub(super) status: ArcSwap<SourceStatus>,
}

/// A client for a partner, with the way of asking that the operator set.
///
/// # Errors
/// A [`Failure`] where this machine cannot make a TLS client.
pub fn client_of(config: &PartnerConfig, ledger: Arc<dyn Ledger>, clock: Arc<dyn Clock>) -> Result<Client, Failure> {
    let transport = Transport::network(&config.http)?;
    Ok(Client::new(config.http.clone(), transport, ledger, clock))
}

impl Source {
    /// A source that shows the reading given, and has not been tried yet.
    ///
    /// # Errors
    /// A sentence where the partner's own options are wrong.
    pub fn open(
        partner: &'static Partner,
        feed: &'static Feed,
        config: &PartnerConfig,
        client: Client,
        reading: Option<Arc<Reading>>,
    ) -> Result<Self, String> {
        let connector = (feed.open)(client.clone(), &config.countries, &config.options)
            .map_err(|error| format!("partners.{}: {error}", partner.id))?;
        let max_age = TimeDelta::minutes(config.max_age_minutes.try_into().unwrap_or(i64::from(i32::MAX)));
        let mut status = SourceStatus::showing(reading.as_deref(), max_age);
        if reading.as_ref().is_some_and(|reading| reading.countries != config.countries) {
            // What is wanted has changed since it was read: it is shown, and read again at once.
            status.next_attempt_at = status.retrieved_at;
        }
        Ok(Self {
            partner,
            feed,
            enabled: config.enabled,
            countries: config.countries.clone(),
            base_url: config.http.base_url.to_string(),
            connector,
            client,
            reading: ArcSwapOption::new(reading),
            status: ArcSwap::from_pointee(status),
        })
    }

    /// The source's id, `eib-projects`.
    #[must_use]
    pub fn id(&self) -> &'static str {
        self.feed.id
    }

    /// What a harvest of it asks for.
    #[must_use]
    pub fn asked(&self) -> Asked<'_> {
        Asked { source: self.id(), base_url: &self.base_url, countries: &self.countries }
    }

    /// The reading that is shown.
    #[must_use]
    pub fn reading(&self) -> Option<Arc<Reading>> {
        self.reading.load_full()
    }

    /// How it is doing, as of the last change.
    #[must_use]
    pub fn status(&self) -> Arc<SourceStatus> {
        self.status.load_full()
    }

    /// The state at an instant.
    #[must_use]
    pub fn state(&self, now: DateTime<Utc>) -> SourceState {
        self.status.load().state(now)
    }

    /// Whether a harvest is due, and wanted.
    #[must_use]
    pub fn is_due(&self, now: DateTime<Utc>) -> bool {
        self.enabled && self.status.load().is_due(now)
    }

    /// The client through which it is read; its progress tells how far a harvest is.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Reads the partner now, without keeping anything.
    ///
    /// # Errors
    /// The connector's [`Failure`].
    pub async fn harvest(&self) -> Result<Harvest, Failure> {
        connectors::stage::read_all(&*self.connector, &self.countries).await
    }
}
