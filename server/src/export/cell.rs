//! One value of one row.

use std::borrow::Cow;

use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

/// One value of one row.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell<'row> {
    /// Not stated, which is not zero: an empty cell, null in JSON.
    Absent,
    /// A text, code, date or instant.
    Text(Cow<'row, str>),
    /// Several texts: joined by `; ` in a cell, a list in JSON. Empty is as absent.
    List(Vec<Cow<'row, str>>),
    /// An exact number.
    Decimal(Decimal),
    /// A measure from 0 to 1, or degrees.
    Number(f64),
    /// How many.
    Count(usize),
    /// True or false.
    Flag(bool),
}

impl<'row> Cell<'row> {
    /// A text, where there is one.
    pub fn text(text: Option<&'row str>) -> Self {
        text.map_or(Self::Absent, |text| Self::Text(Cow::Borrowed(text)))
    }

    /// Something printed as text, where there is something.
    pub fn printed(value: Option<impl ToString>) -> Self {
        value.map_or(Self::Absent, |value| Self::Text(Cow::Owned(value.to_string())))
    }

    /// Texts in order, each once.
    pub fn list(texts: impl IntoIterator<Item = impl Into<Cow<'row, str>>>) -> Self {
        let mut list: Vec<Cow<'row, str>> = Vec::new();
        for text in texts {
            let text = text.into();
            if !list.contains(&text) {
                list.push(text);
            }
        }
        Self::List(list)
    }
}

impl Serialize for Cell<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Absent => serializer.serialize_none(),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(list) => list.serialize(serializer),
            // The number keeps its digits: it is never a binary float.
            Self::Decimal(decimal) => match decimal.normalize().to_string().parse::<serde_json::Number>() {
                Ok(number) => number.serialize(serializer),
                Err(_) => serializer.serialize_none(),
            },
            Self::Number(number) => serializer.serialize_f64(*number),
            Self::Count(count) => count.serialize(serializer),
            Self::Flag(flag) => serializer.serialize_bool(*flag),
        }
    }
}
