//! One feed of a partner, with its connector, its current reading and how it is doing.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use arc_swap::{ArcSwap, ArcSwapOption};
use chrono::{DateTime, TimeDelta, Utc};
use connectors::connector::{Connector, Failure, Harvest};
use connectors::http::{Client, Clock, Ledger, Transport};
use connectors::model::CountryCode;
use connectors::partners::{Feed, Partner};

use super::{Asked, Origin, Reading, SourceState, SourceStatus};
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
    claimed: Arc<AtomicBool>,
}

/// Held from the moment a refresh is asked for in the background until it has ended, so that nobody asks for a second.
pub(super) struct Claim(Arc<AtomicBool>);

impl Drop for Claim {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Release);
    }
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
        Ok(Self::read_by(connector, partner, feed, config, client, reading))
    }

    /// A source that is read by this connector.
    pub(crate) fn read_by(
        connector: Box<dyn Connector>,
        partner: &'static Partner,
        feed: &'static Feed,
        config: &PartnerConfig,
        client: Client,
        reading: Option<Arc<Reading>>,
    ) -> Self {
        let max_age = TimeDelta::minutes(i32::try_from(config.max_age_minutes).unwrap_or(i32::MAX).into());
        let mut status = SourceStatus::showing(reading.as_deref(), max_age);
        // A reading for other countries is shown until the right one comes, and that is due at once.
        let other = reading.as_deref().filter(|reading| !is_for(reading, &config.countries));
        status.next_attempt_at = other.map(|reading| reading.retrieved_at).or(status.next_attempt_at);
        Self {
            partner,
            feed,
            enabled: config.enabled,
            countries: config.countries.clone(),
            base_url: config.http.base_url.to_string(),
            connector,
            client,
            reading: ArcSwapOption::new(reading),
            status: ArcSwap::from_pointee(status),
            claimed: Arc::default(),
        }
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

    /// The right to ask for a refresh in the background; `None` while somebody else holds it.
    pub(super) fn claim(&self) -> Option<Claim> {
        let free = !self.claimed.swap(true, Ordering::AcqRel);
        free.then(|| Claim(Arc::clone(&self.claimed)))
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

fn is_for(reading: &Reading, countries: &[CountryCode]) -> bool {
    let set = |countries: &[CountryCode]| countries.iter().copied().collect::<BTreeSet<_>>();
    reading.origin == Origin::Baseline || set(&reading.countries) == set(countries)
}
