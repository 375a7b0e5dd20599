//! Rows gathered into activities, so that memory grows with the activities and not with the rows.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

use super::map::{Flow, Key, Purpose, Reading};
use crate::model::{AmountBasis, CurrencyCode, Identifier, Instrument, Organisation};

/// How many bytes of its rows an activity keeps as evidence. Most have a few rows of about a kilobyte; a few hundred
/// programmes have hundreds.
const KEPT_BYTES: usize = 16 << 10;

/// All activities of one recipient, in the order they came.
#[derive(Debug, Default)]
pub(super) struct Activities {
    activities: Vec<Activity>,
    position_by_key: HashMap<Key, usize>,
}

/// What all rows of one activity say together.
#[derive(Debug)]
pub(super) struct Activity {
    pub(super) key: Key,
    pub(super) title: Option<String>,
    pub(super) short_description: Option<String>,
    pub(super) description: Option<String>,
    pub(super) identifiers: Vec<Identifier>,
    pub(super) organisations: Vec<Organisation>,
    pub(super) purposes: Tally<Purpose>,
    pub(super) instruments: Tally<Instrument>,
    pub(super) currency: Option<CurrencyCode>,
    pub(super) sums: Sums,
    pub(super) negative_rows: usize,
    pub(super) evidence: Evidence,
}

/// The money of an activity, by year, flow type and purpose.
pub(super) type Sums = BTreeMap<(i32, AmountBasis, Option<Purpose>), Sum>;

/// What was committed or disbursed in one year for one purpose.
#[derive(Debug)]
pub(super) struct Sum {
    pub(super) label: String,
    pub(super) value: Decimal,
    /// The CRS id, while all rows agree on it.
    pub(super) reference: Option<String>,
}

/// Header and rows as sent, and where they came from.
#[derive(Debug)]
pub(super) struct Evidence {
    pub(super) raw: String,
    header: Option<Arc<str>>,
    pub(super) rows: usize,
    pub(super) kept: usize,
    pub(super) url: String,
    pub(super) retrieved_at: DateTime<Utc>,
    pub(super) guessed: Option<&'static str>,
}

/// Where a row stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Origin<'row> {
    pub(super) header: &'row Arc<str>,
    pub(super) url: &'row str,
    pub(super) retrieved_at: DateTime<Utc>,
    /// The encoding that its text was read by, where it is not UTF-8.
    pub(super) guessed: Option<&'static str>,
}

/// Things with the money behind them, in the order they came.
#[derive(Debug)]
pub(super) struct Tally<T>(Vec<(T, [Decimal; 2])>);

impl Activities {
    /// Adds what one row says to its activity.
    ///
    /// # Errors
    /// A sentence where the row contradicts the rows before it.
    pub(super) fn add(&mut self, reading: Reading<'_>, raw: &str, origin: Origin<'_>) -> Result<(), String> {
        let position = self.position_by_key.get(&reading.key).copied();
        if let Some(activity) = position.map(|position| &mut self.activities[position]) {
            return activity.add(reading, raw, origin);
        }
        let mut activity = Activity::new(reading.key.clone(), origin);
        activity.add(reading, raw, origin)?;
        self.position_by_key.insert(activity.key.clone(), self.activities.len());
        self.activities.push(activity);
        Ok(())
    }

    pub(super) fn into_activities(self) -> Vec<Activity> {
        self.activities
    }
}

impl Activity {
    fn new(key: Key, origin: Origin<'_>) -> Self {
        Self {
            key,
            title: None,
            short_description: None,
            description: None,
            identifiers: Vec::new(),
            organisations: Vec::new(),
            purposes: Tally(Vec::new()),
            instruments: Tally(Vec::new()),
            currency: None,
            sums: BTreeMap::new(),
            negative_rows: 0,
            evidence: Evidence {
                raw: String::new(),
                header: None,
                rows: 0,
                kept: 0,
                url: origin.url.to_owned(),
                retrieved_at: origin.retrieved_at,
                guessed: None,
            },
        }
    }

    /// The years are read from the newest to the oldest, so that the newest wording stays.
    fn add(&mut self, reading: Reading<'_>, raw: &str, origin: Origin<'_>) -> Result<(), String> {
        if let Some(flow) = &reading.flow {
            self.add_flow(flow, &reading)?;
        }
        keep_first(&mut self.title, reading.title);
        keep_first(&mut self.short_description, reading.short_description);
        keep_first(&mut self.description, reading.description);
        reading.identifiers.into_iter().for_each(|identifier| keep_new(&mut self.identifiers, identifier));
        reading.organisations.into_iter().for_each(|organisation| keep_new(&mut self.organisations, organisation));
        let money = reading.flow.as_ref().map(|flow| (flow.basis, flow.value));
        if let Some(purpose) = reading.purpose {
            self.purposes.add(purpose, money);
        }
        if let Some(instrument) = reading.instrument {
            self.instruments.add(instrument, money);
        }
        self.evidence.add(raw, origin);
        Ok(())
    }

    fn add_flow(&mut self, flow: &Flow<'_>, reading: &Reading<'_>) -> Result<(), String> {
        if let Some(currency) = self.currency.filter(|currency| *currency != flow.currency) {
            return Err(format!("the activity is in {currency}, this row in {}", flow.currency));
        }
        let slot = (flow.year, flow.basis, reading.purpose.clone());
        let new =
            || Sum { label: flow.label.to_owned(), value: Decimal::ZERO, reference: reading.crs_id.map(str::to_owned) };
        let sum = self.sums.entry(slot).or_insert_with(new);
        let too_large = || "the sum over the activity is too large to be exact".to_owned();
        sum.value = sum.value.checked_add(flow.value).ok_or_else(too_large)?;
        if sum.reference.as_deref() != reading.crs_id {
            sum.reference = None;
        }
        self.currency = Some(flow.currency);
        self.negative_rows += usize::from(flow.value.is_sign_negative() && !flow.value.is_zero());
        Ok(())
    }
}

impl Evidence {
    fn add(&mut self, raw: &str, origin: Origin<'_>) {
        self.rows += 1;
        self.retrieved_at = self.retrieved_at.max(origin.retrieved_at);
        self.guessed = self.guessed.or(origin.guessed);
        if self.kept > 0 && self.raw.len() + raw.len() > KEPT_BYTES {
            return;
        }
        if self.header.as_ref() != Some(origin.header) {
            self.header = Some(origin.header.clone());
            self.push(origin.header);
        }
        self.push(raw);
        self.kept += 1;
    }

    fn push(&mut self, line: &str) {
        self.raw.push_str(line);
        self.raw.push('\n');
    }
}

impl<T: PartialEq + Clone> Tally<T> {
    fn add(&mut self, thing: T, money: Option<(AmountBasis, Decimal)>) {
        let position = self.0.iter().position(|(known, _)| *known == thing).unwrap_or_else(|| {
            self.0.push((thing, [Decimal::ZERO; 2]));
            self.0.len() - 1
        });
        let Some((basis, value)) = money else { return };
        let weight = &mut self.0[position].1[usize::from(basis == AmountBasis::Disbursed)];
        *weight = weight.saturating_add(value);
    }

    /// The largest by commitments first, then by disbursements; equals stay in the order they came.
    pub(super) fn largest_first(&self) -> Vec<T> {
        let mut order: Vec<_> = self.0.iter().collect();
        order.sort_by_key(|(_, weight)| std::cmp::Reverse(*weight));
        order.into_iter().map(|(thing, _)| thing.clone()).collect()
    }
}

fn keep_first(kept: &mut Option<String>, new: Option<&str>) {
    if kept.is_none() {
        *kept = new.map(str::to_owned);
    }
}

fn keep_new<T: PartialEq>(kept: &mut Vec<T>, new: T) {
    if !kept.contains(&new) {
        kept.push(new);
    }
}
