//! How a source is doing: part of every answer, so that a gap is never read as a zero.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::{Origin, Reading};

/// The state of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SourceState {
    /// The last attempt succeeded and its reading is not past its age.
    Fresh,
    /// The reading is past its age; a new one is due or under way.
    Stale,
    /// The last attempt failed; the reading before it is shown.
    Failed,
    /// Nothing has been read from the partner yet: the built-in baseline is shown.
    Baseline,
    /// Nothing has been read, and there is no baseline.
    NeverFetched,
}

/// How a source is doing, as of the last change.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceStatus {
    /// Where the shown reading comes from.
    pub origin: Option<Origin>,
    /// When the shown reading was made.
    pub retrieved_at: Option<DateTime<Utc>>,
    /// The newest date the source states itself.
    pub published_at: Option<NaiveDate>,
    /// When a harvest was last begun.
    pub last_attempt_at: Option<DateTime<Utc>>,
    /// Why the last attempt failed; `None` after a success.
    pub last_error: Option<String>,
    /// When the next harvest is due at the earliest.
    pub next_attempt_at: Option<DateTime<Utc>>,
    /// Whether a harvest is under way.
    pub harvesting: bool,
    /// Records in the shown reading.
    pub records: usize,
    /// Rows of the shown reading that could not be read.
    pub rejected: usize,
    /// Failures in a row.
    pub failures: u32,
    /// How old a reading may grow.
    pub max_age: TimeDelta,
}

impl SourceStatus {
    /// The status of a source that shows this reading and has not been tried in this run.
    #[must_use]
    pub fn showing(reading: Option<&Reading>, max_age: TimeDelta) -> Self {
        let untried = Self { max_age, ..Self::default() };
        reading.map_or(untried.clone(), |reading| untried.with(reading))
    }

    /// The same attempts and failures beside the facts of this reading.
    #[must_use]
    pub fn with(&self, reading: &Reading) -> Self {
        let next_attempt_at = (reading.origin == Origin::Partner).then(|| reading.retrieved_at + self.max_age);
        Self {
            origin: Some(reading.origin),
            next_attempt_at,
            retrieved_at: Some(reading.retrieved_at),
            published_at: reading.harvest.published_at,
            records: reading.harvest.projects.len(),
            rejected: reading.harvest.rejects.len(),
            ..self.clone()
        }
    }

    /// The state at an instant; only the passing of time changes it between attempts.
    #[must_use]
    pub fn state(&self, now: DateTime<Utc>) -> SourceState {
        match self.origin {
            None => SourceState::NeverFetched,
            Some(Origin::Baseline) => SourceState::Baseline,
            Some(Origin::Partner) if self.last_error.is_some() => SourceState::Failed,
            Some(Origin::Partner) if self.is_past_age(now) => SourceState::Stale,
            Some(Origin::Partner) => SourceState::Fresh,
        }
    }

    /// Whether a harvest is due.
    #[must_use]
    pub fn is_due(&self, now: DateTime<Utc>) -> bool {
        match self.next_attempt_at {
            _ if self.harvesting => false,
            Some(next) => now >= next,
            None => self.origin != Some(Origin::Partner) || self.is_past_age(now),
        }
    }

    fn is_past_age(&self, now: DateTime<Utc>) -> bool {
        self.retrieved_at.is_none_or(|at| now - at >= self.max_age)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::minutes(minute)
    }

    fn read_at_zero() -> SourceStatus {
        let max_age = TimeDelta::minutes(60);
        SourceStatus { origin: Some(Origin::Partner), retrieved_at: Some(at(0)), max_age, ..SourceStatus::default() }
    }

    #[test]
    fn a_reading_ages_from_fresh_to_stale_and_is_then_due() {
        let status = read_at_zero();
        assert_eq!((status.state(at(59)), status.is_due(at(59))), (SourceState::Fresh, false));
        assert_eq!((status.state(at(60)), status.is_due(at(60))), (SourceState::Stale, true));
    }

    #[test]
    fn a_failure_shows_until_the_next_success_and_waits_its_time() {
        let status =
            SourceStatus { last_error: Some("refused".to_owned()), next_attempt_at: Some(at(90)), ..read_at_zero() };
        assert_eq!((status.state(at(61)), status.is_due(at(61))), (SourceState::Failed, false));
        assert!(status.is_due(at(90)));
        assert!(!SourceStatus { harvesting: true, ..status }.is_due(at(90)));
    }

    #[test]
    fn a_baseline_stays_one_whatever_the_attempts() {
        let status =
            SourceStatus { origin: Some(Origin::Baseline), last_error: Some("x".to_owned()), ..read_at_zero() };
        assert_eq!(status.state(at(0)), SourceState::Baseline);
        assert!(SourceStatus { origin: Some(Origin::Baseline), ..read_at_zero() }.is_due(at(0)));
        assert_eq!(SourceStatus::default().state(at(0)), SourceState::NeverFetched);
    }
}
