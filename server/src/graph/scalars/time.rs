//! Dates as exact as the source states them, and instants.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::{DateTime, SecondsFormat, Utc};
use connectors::model::PartialDate;

/// ISO 8601 date, e.g. `2026-11-23`; `2022` or `2022-06` where the source says no more. Filters compare whole spans.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Date(pub PartialDate);

/// ISO 8601 date, e.g. `2026-11-23`; `2022` or `2022-06` where the source says no more. Filters compare whole spans.
#[Scalar]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        let text = match &value {
            Value::String(text) => text.clone(),
            Value::Number(year) => year.to_string(),
            _ => return Err(InputValueError::expected_type(value)),
        };
        PartialDate::parse(&text).map(Self).map_err(InputValueError::custom)
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// RFC 3339 instant in UTC, e.g. `2026-11-23T08:30:00Z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Instant(pub DateTime<Utc>);

/// RFC 3339 instant in UTC, e.g. `2026-11-23T08:30:00Z`.
#[Scalar(name = "DateTime", specified_by_url = "https://scalars.graphql.org/andimarek/date-time.html")]
impl ScalarType for Instant {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else { return Err(InputValueError::expected_type(value)) };
        let read = DateTime::parse_from_rfc3339(text);
        read.map(|instant| Self(instant.with_timezone(&Utc))).map_err(|_| {
            InputValueError::custom(format!("`{text}` is not an RFC 3339 instant; write 2026-11-23T08:30:00Z"))
        })
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }
}
