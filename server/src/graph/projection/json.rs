//! Bytes of JSON: written field by field, and put into a whole answer.
//!
//! What is written here equals what `serde_json` writes of the library's values, byte for byte.

use std::io::Write as _;

use async_graphql::resolver_utils::EnumType;
use async_graphql::{Response, Value};
use bytes::Bytes;
use chrono::{DateTime, SecondsFormat, Utc};
use connectors::model::PartialDate;
use rust_decimal::Decimal;
use serde::Serialize;

/// JSON that is being written.
#[derive(Debug, Default)]
pub(super) struct Json(Vec<u8>);

impl From<Json> for Bytes {
    fn from(json: Json) -> Self {
        json.0.into()
    }
}

impl Json {
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn reserve(&mut self, more: usize) {
        self.0.reserve(more);
    }

    /// Text that is JSON already.
    pub(super) fn raw(&mut self, json: &str) {
        self.0.extend_from_slice(json.as_bytes());
    }

    /// A string.
    pub(super) fn text(&mut self, text: &str) {
        if needs_no_escape(text) {
            self.0.reserve(text.len() + 2);
            self.0.push(b'"');
            self.0.extend_from_slice(text.as_bytes());
            self.0.push(b'"');
        } else {
            self.serialized(text);
        }
    }

    /// An enum's value, by its name in the schema.
    pub(super) fn name<Enum: EnumType>(&mut self, value: Enum) {
        let item = Enum::items().iter().find(|item| item.value == value);
        // Names of the schema need no escape.
        self.quoted(item.map_or("", |item| item.name));
    }

    /// A decimal, as `Decimal` of the schema is written.
    pub(super) fn decimal(&mut self, value: Decimal) {
        match u64::try_from(value.mantissa()) {
            Ok(digits) => self.fixed(digits, value.scale()),
            Err(_) => self.shown(format_args!("{}", value.normalize())),
        }
    }

    /// A number with so many of its digits behind the point, without zeros at its end there.
    fn fixed(&mut self, mut digits: u64, mut scale: u32) {
        while scale > 0 && digits.is_multiple_of(10) {
            (digits, scale) = (digits / 10, scale - 1);
        }
        // 20 digits at most, or a nought before the point and 28 digits behind it.
        let (mut text, mut begin, mut written) = ([b'0'; 32], 32, 0);
        loop {
            begin -= 1;
            let digit = (digits % 10) as u8;
            text[begin] = b'0' + digit;
            (digits, written) = (digits / 10, written + 1);
            if digits == 0 && written > scale {
                break;
            }
            if written == scale {
                begin -= 1;
                text[begin] = b'.';
            }
        }
        self.0.extend_from_slice(&text[begin..]);
    }

    /// A date, as exact as it is.
    pub(super) fn date(&mut self, date: PartialDate) {
        match date.letters() {
            Some(letters) => self.quoted(letters.as_str()),
            None => self.shown(format_args!("\"{date}\"")),
        }
    }

    /// An instant.
    pub(super) fn instant(&mut self, at: DateTime<Utc>) {
        self.quoted(&at.to_rfc3339_opts(SecondsFormat::AutoSi, true));
    }

    /// A number or a truth value.
    pub(super) fn value(&mut self, value: impl Serialize) {
        self.serialized(&value);
    }

    /// A value, or null.
    pub(super) fn optional<Value>(&mut self, value: Option<Value>, write: impl FnOnce(Value, &mut Self)) {
        match value {
            Some(value) => write(value, self),
            None => self.raw("null"),
        }
    }

    /// A list.
    pub(super) fn list<Item>(&mut self, items: impl IntoIterator<Item = Item>, mut write: impl FnMut(Item, &mut Self)) {
        self.0.push(b'[');
        for (position, item) in items.into_iter().enumerate() {
            if position > 0 {
                self.0.push(b',');
            }
            write(item, self);
        }
        self.0.push(b']');
    }

    fn quoted(&mut self, plain: &str) {
        self.0.push(b'"');
        self.raw(plain);
        self.0.push(b'"');
    }

    fn shown(&mut self, text: std::fmt::Arguments<'_>) {
        if let Err(error) = self.0.write_fmt(text) {
            tracing::error!(%error, "bytes could not be added to an answer");
        }
    }

    fn serialized(&mut self, value: &(impl Serialize + ?Sized)) {
        if let Err(error) = serde_json::to_writer(&mut self.0, value) {
            tracing::error!(%error, "a value could not be written as JSON");
        }
    }

    /// A value of the library; bytes in it are a list that is written already.
    fn tree(&mut self, value: &Value) {
        match value {
            Value::Binary(written) => self.0.extend_from_slice(written),
            Value::String(text) => self.text(text),
            Value::Enum(name) => self.text(name),
            Value::List(items) => self.list(items, |item, json| json.tree(item)),
            Value::Object(fields) => {
                self.0.push(b'{');
                for (position, (key, value)) in fields.iter().enumerate() {
                    if position > 0 {
                        self.0.push(b',');
                    }
                    self.text(key);
                    self.0.push(b':');
                    self.tree(value);
                }
                self.0.push(b'}');
            }
            Value::Number(_) | Value::Boolean(_) | Value::Null => self.serialized(value),
        }
    }
}

/// Whether a string stands in JSON as it is. Without an early end, so that the compiler looks at many letters at once.
fn needs_no_escape(text: &str) -> bool {
    !text.bytes().fold(false, |found, letter| found | (letter < 0x20) | (letter == b'"') | (letter == b'\\'))
}

/// A whole answer as JSON, with the lists that were written ahead in their places.
#[must_use]
pub fn to_json(response: &Response) -> Vec<u8> {
    let mut json = Json(Vec::with_capacity(1_024 + written_in(&response.data)));
    json.raw(r#"{"data":"#);
    json.tree(&response.data);
    if !response.extensions.is_empty() {
        json.raw(r#","extensions":"#);
        json.serialized(&response.extensions);
    }
    if !response.errors.is_empty() {
        json.raw(r#","errors":"#);
        json.serialized(&response.errors);
    }
    json.raw("}");
    json.0
}

/// How many bytes of a value are written already.
fn written_in(value: &Value) -> usize {
    match value {
        Value::Binary(written) => written.len(),
        Value::List(items) => items.iter().map(written_in).sum(),
        Value::Object(fields) => fields.values().map(written_in).sum(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(value: Decimal) {
        let mut json = Json::default();
        json.decimal(value);
        assert_eq!(String::from_utf8(json.0).unwrap(), value.normalize().to_string(), "{value:?}");
    }

    #[test]
    fn decimals_at_the_edges_are_written_as_they_are_shown() {
        for text in ["0", "0.00", "-0.0", "10", "100.10", "0.05", "-3.50", "18446744073709551615", "1e-28"] {
            check(text.parse().or_else(|_| Decimal::from_scientific(text)).unwrap());
        }
        check(Decimal::MAX);
        check(Decimal::from_i128_with_scale(i128::from(u64::MAX), 28));
    }

    proptest! {
        #[test]
        fn a_decimal_is_written_as_it_is_shown(digits in any::<i64>(), scale in 0u32..=28) {
            check(Decimal::from_i128_with_scale(i128::from(digits), scale));
        }
    }
}
