//! What one harvest of a source brought.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use connectors::connector::Harvest;
use connectors::model::CountryCode;
use serde::{Deserialize, Serialize};

use super::FirstRead;
use super::packed::PackedHarvest;

/// A harvest with its date, kept until a better one comes.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Reading {
    /// The source's id, `eib-projects`.
    pub source: String,
    /// Whether it was read from the partner or came with the program.
    pub origin: Origin,
    /// The address below which it was asked; empty for a baseline.
    pub base_url: String,
    /// The countries it was asked for.
    pub countries: Vec<CountryCode>,
    /// When the harvest ended; for a baseline, when its facts were compiled.
    pub retrieved_at: DateTime<Utc>,
    /// What was read.
    pub harvest: PackedHarvest,
    /// For each record of the harvest, when this version of it was first read.
    pub first_read: FirstRead,
}

/// What a harvest asked for.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'source> {
    /// The source's id.
    pub source: &'source str,
    /// The address below which it asked.
    pub base_url: &'source str,
    /// The countries.
    pub countries: &'source [CountryCode],
}

/// Where a reading comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Origin {
    /// Built into the program: facts compiled on a stated day.
    Baseline,
    /// Read from the partner.
    Partner,
}

impl Reading {
    /// A reading in which a record keeps the instant at which the reading before it first had the same content.
    #[must_use]
    pub fn after(before: Option<&Self>, asked: &Asked<'_>, harvest: Harvest, now: DateTime<Utc>) -> Self {
        let before = before.filter(|before| before.origin == Origin::Partner);
        let known: HashMap<&str, u32> = before
            .map(|before| {
                before.harvest.projects.iter().zip(0..).map(|(project, at)| (project.id().as_str(), at)).collect()
            })
            .unwrap_or_default();
        let first_read = harvest.projects.iter().map(|project| {
            let same = before.zip(known.get(project.id.as_str())).filter(|(before, position)| {
                before.harvest.projects.get(**position).provenance().sha256.is(&project.provenance.sha256)
            });
            same.and_then(|(before, position)| before.first_read.get(*position)).unwrap_or(now)
        });
        let first_read = first_read.collect();
        Self {
            source: asked.source.to_owned(),
            origin: Origin::Partner,
            base_url: asked.base_url.to_owned(),
            countries: asked.countries.to_vec(),
            retrieved_at: now,
            harvest: harvest.into(),
            first_read,
        }
    }

    /// The built-in reading; every record is as old as its own evidence.
    #[must_use]
    pub fn baseline(source: &str, countries: &[CountryCode], harvest: Harvest, compiled: DateTime<Utc>) -> Self {
        let first_read = harvest.projects.iter().map(|project| project.provenance.retrieved_at).collect();
        let (source, countries) = (source.to_owned(), countries.to_vec());
        let (base_url, harvest) = (String::new(), harvest.into());
        Self { source, origin: Origin::Baseline, base_url, countries, retrieved_at: compiled, harvest, first_read }
    }
}
