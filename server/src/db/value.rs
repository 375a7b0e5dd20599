//! What goes into a statement and comes out of a row: texts and whole numbers, each of which may be absent.

use std::collections::HashMap;

use chrono::{DateTime, SecondsFormat, Utc};
use sqlx::postgres::PgRow;
use sqlx::query::Query;
use sqlx::sqlite::SqliteRow;
use sqlx::{Column as _, Database, Encode, Row as _, Type, TypeInfo as _, ValueRef as _};

use super::DbError;

/// A value of a statement or a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// TEXT.
    Text(Option<String>),
    /// BIGINT.
    Integer(Option<i64>),
}

/// A row, by the names of its columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row(HashMap<String, Value>);

impl Row {
    /// A text.
    ///
    /// # Errors
    /// [`DbError::Unreadable`] where the column is absent, null or no text.
    pub fn text(&self, column: &str) -> Result<String, DbError> {
        self.optional_text(column)?.ok_or_else(|| DbError::Unreadable(format!("`{column}` is null")))
    }

    /// A text that may be null.
    ///
    /// # Errors
    /// [`DbError::Unreadable`] where the column is absent or no text.
    pub fn optional_text(&self, column: &str) -> Result<Option<String>, DbError> {
        match self.0.get(column) {
            Some(Value::Text(text)) => Ok(text.clone()),
            // SQLite has no type for an expression or column without a value.
            Some(Value::Integer(None)) => Ok(None),
            _ => Err(DbError::Unreadable(format!("`{column}` is no text"))),
        }
    }

    /// A whole number.
    ///
    /// # Errors
    /// [`DbError::Unreadable`] where the column is absent, null or no number.
    pub fn integer(&self, column: &str) -> Result<i64, DbError> {
        match self.0.get(column) {
            Some(Value::Integer(Some(number))) => Ok(*number),
            _ => Err(DbError::Unreadable(format!("`{column}` is no whole number"))),
        }
    }

    /// An instant.
    ///
    /// # Errors
    /// [`DbError::Unreadable`] where the column is not an RFC 3339 instant.
    pub fn instant(&self, column: &str) -> Result<DateTime<Utc>, DbError> {
        instant(column, &self.text(column)?)
    }

    /// An instant that may be null.
    ///
    /// # Errors
    /// [`DbError::Unreadable`] where the column is neither null nor an RFC 3339 instant.
    pub fn optional_instant(&self, column: &str) -> Result<Option<DateTime<Utc>>, DbError> {
        self.optional_text(column)?.map(|text| instant(column, &text)).transpose()
    }
}

fn instant(column: &str, text: &str) -> Result<DateTime<Utc>, DbError> {
    let read = DateTime::parse_from_rfc3339(text);
    read.map(|at| at.with_timezone(&Utc)).map_err(|_| DbError::Unreadable(format!("`{column}` is no instant: {text}")))
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(Some(text.to_owned()))
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(Some(text))
    }
}

impl From<Option<String>> for Value {
    fn from(text: Option<String>) -> Self {
        Self::Text(text)
    }
}

impl From<Option<&str>> for Value {
    fn from(text: Option<&str>) -> Self {
        Self::Text(text.map(str::to_owned))
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Integer(Some(number))
    }
}

impl From<DateTime<Utc>> for Value {
    /// To the microsecond, always with six digits, so that the order of the texts is the order of the instants.
    fn from(at: DateTime<Utc>) -> Self {
        Self::Text(Some(at.to_rfc3339_opts(SecondsFormat::Micros, true)))
    }
}

impl From<Option<DateTime<Utc>>> for Value {
    fn from(at: Option<DateTime<Utc>>) -> Self {
        at.map_or(Self::Text(None), Self::from)
    }
}

/// A statement with its values, for either engine.
pub(super) fn bound<DB: Database>(sql: &'static str, values: &[Value]) -> Query<'static, DB, DB::Arguments>
where
    Option<String>: for<'q> Encode<'q, DB> + Type<DB>,
    Option<i64>: for<'q> Encode<'q, DB> + Type<DB>,
{
    values.iter().fold(sqlx::query(sql), |query, value| match value {
        Value::Text(text) => query.bind(text.clone()),
        Value::Integer(number) => query.bind(*number),
    })
}

/// A row of either engine as ours.
pub(super) trait IntoRow {
    fn into_row(self) -> Result<Row, DbError>;
}

macro_rules! into_row {
    ($engine:ty, $integer:literal) => {
        impl IntoRow for $engine {
            fn into_row(self) -> Result<Row, DbError> {
                let mut row = HashMap::new();
                for (number, column) in self.columns().iter().enumerate() {
                    let raw = self.try_get_raw(number)?;
                    let value = match raw.type_info().name() {
                        _ if raw.is_null() => Value::Text(None),
                        $integer => Value::Integer(self.try_get(number)?),
                        _ => Value::Text(self.try_get(number)?),
                    };
                    row.insert(column.name().to_owned(), value);
                }
                Ok(Row(row))
            }
        }
    };
}

into_row!(SqliteRow, "INTEGER");
into_row!(PgRow, "INT8");
