//! Records, readings and sources written for tests. Their facts are invented.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use connectors::connector::{Connector, Harvest};
use connectors::http::{Client, Clock, MemoryLedger, Transport};
use connectors::model::{AmountBasis, CountryCode, CurrencyCode, Language, Money, PartialDate, Project, ProjectId};
use connectors::model::{Provenance, PublishedLocation, Text};
use connectors::partners::{self, Partner};
use connectors::stage::Recording;

use crate::catalogue::Catalogue;
use crate::config::PartnerConfig;
use crate::harvest::{Origin, Reading, Source};
use crate::join::{ByPlace, Engagement, Finance, Links};
use crate::money::Rates;
use crate::records::Records;
use crate::view::{Moment, View};

/// An instant, in minutes after midnight of 24 November 2026.
pub(crate) fn at(minute: i64) -> DateTime<Utc> {
    let midnight: DateTime<Utc> = "2026-11-24T00:00:00Z".parse().unwrap();
    midnight + TimeDelta::minutes(minute)
}

/// A record of this id that states Ukraine and nothing else.
pub(crate) fn project(id: &str) -> Project {
    let (partner, native) = id.split_once(':').unwrap();
    let raw = format!("{{\"id\":\"{native}\"}}");
    let provenance = Provenance::new(&format!("{partner}-projects"), None, at(0), raw, "application/json");
    let mut project = Project::new(ProjectId::new(partner, &[native]), provenance);
    project.countries = vec![CountryCode::UA];
    project
}

/// The record with an English title.
pub(crate) fn titled(id: &str, title: &str) -> Project {
    Project { titles: vec![Text::original(Language::EN, title)], ..project(id) }
}

/// Whole euro of a basis, without a date.
pub(crate) fn euro(value: i64, basis: AmountBasis) -> Money {
    Money::new(value.into(), CurrencyCode::EUR, basis, None)
}

/// The record at a place of this code.
pub(crate) fn placed(id: &str, code: &str) -> Project {
    let code = PublishedLocation::Code { scheme: "KATOTTG".to_owned(), value: code.to_owned() };
    Project { locations: vec![code], ..project(id) }
}

/// A date as exact as it is written.
pub(crate) fn date(text: &str) -> Option<PartialDate> {
    Some(PartialDate::parse(text).unwrap())
}

/// A reading of a source at a minute.
pub(crate) fn reading(source: &str, minute: i64, projects: Vec<Project>) -> Arc<Reading> {
    let first_read = projects.iter().map(|_| at(minute)).collect();
    let harvest = Harvest { projects, ..Harvest::default() };
    let (source, countries, origin) = (source.to_owned(), vec![CountryCode::UA], Origin::Partner);
    Arc::new(Reading {
        source,
        origin,
        base_url: String::new(),
        countries,
        retrieved_at: at(minute),
        harvest: harvest.into(),
        first_read,
    })
}

/// A catalogue of one reading.
pub(crate) fn catalogue(projects: Vec<Project>) -> Catalogue {
    catalogue_of(vec![reading("eib-projects", 0, projects)])
}

/// A catalogue of these readings.
pub(crate) fn catalogue_of(readings: Vec<Arc<Reading>>) -> Catalogue {
    Catalogue::build(readings, &Rates::embedded(), at(0))
}

/// A partner's first source, read by a connector of the test's own.
pub(crate) fn source(
    id: &str,
    connector: impl Connector + 'static,
    clock: &Arc<dyn Clock>,
    shown: Option<Arc<Reading>>,
) -> Source {
    let partner: &'static Partner = partners::find(id).unwrap();
    let config = PartnerConfig { max_age_minutes: 60, ..PartnerConfig::of(partner) };
    let transport = Transport::Recording(Arc::new(Recording::of(partner).unwrap()));
    let client = Client::new(config.http.clone(), transport, Arc::new(MemoryLedger), Arc::clone(clock));
    Source::read_by(Box::new(connector), partner, &partner.feeds[0], &config, client, shown)
}

/// One moment of these records and projects, without sources.
pub(crate) fn view(records: Records, projects: Vec<Project>) -> View {
    let catalogue = Arc::new(catalogue(projects));
    let links = Arc::new(Links::none(catalogue.records().len()));
    let records = Arc::new(records);
    let by_place = Arc::new(ByPlace::of(&records));
    let engagement = Engagement::of(&catalogue, &links, &records, &by_place);
    let rates = Arc::new(Rates::embedded().clone());
    let finance = Arc::new(Finance::of(&catalogue, &links, &rates));
    View::new(Moment {
        catalogue,
        links,
        finance,
        records,
        record_issues: Arc::default(),
        by_place,
        engagement,
        rates,
        sources: Arc::new([]),
        rate_feeds: Arc::new([]),
        boundaries: Arc::default(),
    })
}
