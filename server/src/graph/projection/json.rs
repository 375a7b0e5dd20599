//! Bytes of JSON: written field by field, and put into a whole answer.
//!
//! What is written here equals what `serde_json` writes of the library's values, byte for byte.

mod copied;

use std::io::Write as _;

use async_graphql::resolver_utils::EnumType;
use async_graphql::{Response, Value};
use bytes::Bytes;
use chrono::{DateTime, SecondsFormat, Utc};
use connectors::model::PartialDate;
use rust_decimal::Decimal;
use serde::Serialize;

pub(super) use self::copied::{Opening, Repeated};
use crate::harvest::packed;

/// JSON that is being written.
#[derive(Debug, Default)]
pub(super) struct Json {
    text: Vec<u8>,
    is_given_up: bool,
}

impl Json {
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self { text: Vec::with_capacity(bytes), is_given_up: false }
    }

    /// What was written; `None` where a part of it has to be answered by the library.
    pub(super) fn finish(self) -> Option<Bytes> {
        (!self.is_given_up).then(|| self.text.into())
    }

    /// What could be worked out. A fault is the library's to tell: it knows where the field stands.
    #[inline]
    pub(super) fn fallible<Value, Fault>(
        &mut self,
        worked_out: Result<Value, Fault>,
        write: impl FnOnce(Value, &mut Self),
    ) {
        match worked_out {
            Ok(value) => write(value, self),
            Err(_) => self.is_given_up = true,
        }
    }

    /// How much is written.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// What is written.
    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.text
    }

    /// Bytes that are JSON already.
    #[inline]
    pub(super) fn bytes(&mut self, json: &[u8]) {
        self.text.extend_from_slice(json);
    }

    /// Text that is JSON already.
    #[inline]
    pub(super) fn raw(&mut self, json: &str) {
        self.text.extend_from_slice(json.as_bytes());
    }

    /// A string.
    #[inline]
    pub(super) fn text(&mut self, text: &str) {
        self.letters(text.as_bytes());
    }

    /// A string in UTF-8.
    #[inline]
    pub(super) fn letters(&mut self, text: &[u8]) {
        if needs_no_escape(text) {
            self.quoted(text);
        } else {
            self.serialized(&String::from_utf8_lossy(text));
        }
    }

    /// An enum's value, by its name in the schema.
    #[inline]
    pub(super) fn name<Enum: EnumType>(&mut self, value: Enum) {
        let item = Enum::items().iter().find(|item| item.value == value);
        // Names of the schema need no escape.
        self.quoted(item.map_or("", |item| item.name).as_bytes());
    }

    /// A decimal, as `Decimal` of the schema is written.
    #[inline]
    pub(super) fn decimal(&mut self, value: Decimal) {
        match u64::try_from(value.mantissa()) {
            Ok(digits) => self.fixed(digits, value.scale()),
            Err(_) => self.shown(format_args!("{}", value.normalize())),
        }
    }

    /// A number with so many of its digits behind the point, without zeros at its end there.
    #[inline]
    fn fixed(&mut self, digits: u64, scale: u32) {
        if scale == 0 {
            self.text.extend_from_slice(itoa::Buffer::new().format(digits).as_bytes());
        } else {
            self.fraction(digits, scale);
        }
    }

    fn fraction(&mut self, mut digits: u64, mut scale: u32) {
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
        self.text.extend_from_slice(&text[begin..]);
    }

    /// A date, as exact as it is.
    #[inline]
    pub(super) fn date(&mut self, date: PartialDate) {
        match date.letters() {
            Some(letters) => self.quoted(letters.as_bytes()),
            None => self.shown(format_args!("\"{date}\"")),
        }
    }

    /// A date of a packed project, or null.
    #[inline]
    pub(super) fn day(&mut self, day: Option<packed::Day>) {
        match day.and_then(packed::Day::letters) {
            Some(letters) => self.quoted(letters.as_bytes()),
            None => self.optional(day.and_then(packed::Day::to_model), |date, json| json.date(date)),
        }
    }

    /// An instant.
    pub(super) fn instant(&mut self, at: DateTime<Utc>) {
        self.quoted(at.to_rfc3339_opts(SecondsFormat::AutoSi, true).as_bytes());
    }

    /// A count.
    pub(super) fn integer(&mut self, count: u64) {
        self.fixed(count, 0);
    }

    /// A number or a truth value.
    pub(super) fn value(&mut self, value: impl Serialize) {
        self.serialized(&value);
    }

    /// A value, or null.
    #[inline]
    pub(super) fn optional<Value>(&mut self, value: Option<Value>, write: impl FnOnce(Value, &mut Self)) {
        match value {
            Some(value) => write(value, self),
            None => self.raw("null"),
        }
    }

    /// A list.
    #[inline]
    pub(super) fn list<Item>(&mut self, items: impl IntoIterator<Item = Item>, mut write: impl FnMut(Item, &mut Self)) {
        self.text.push(b'[');
        for (position, item) in items.into_iter().enumerate() {
            if position > 0 {
                self.text.push(b',');
            }
            write(item, self);
        }
        self.text.push(b']');
    }

    /// A list whose items are about equally long: the first tells how much room all of them take.
    #[inline]
    pub(super) fn long_list<Item>(
        &mut self,
        items: impl ExactSizeIterator<Item = Item>,
        mut write: impl FnMut(Item, &mut Self),
    ) {
        let (mut left, before) = (items.len(), self.text.len());
        self.list(items, |item, json| {
            write(item, json);
            if left > 1 {
                let room = (json.text.len() - before) * 5 / 4;
                json.text.reserve((left - 1) * room);
                left = 0;
            }
        });
    }

    #[inline]
    fn quoted(&mut self, plain: &[u8]) {
        self.text.reserve(plain.len() + 2);
        self.text.push(b'"');
        self.text.extend_from_slice(plain);
        self.text.push(b'"');
    }

    fn shown(&mut self, text: std::fmt::Arguments<'_>) {
        if let Err(error) = self.text.write_fmt(text) {
            tracing::error!(%error, "bytes could not be added to an answer");
        }
    }

    fn serialized(&mut self, value: &(impl Serialize + ?Sized)) {
        if let Err(error) = serde_json::to_writer(&mut self.text, value) {
            tracing::error!(%error, "a value could not be written as JSON");
        }
    }

    /// A value of the library; bytes in it are a list that is written already.
    fn tree(&mut self, value: &Value) {
        match value {
            Value::Binary(written) => self.text.extend_from_slice(written),
            Value::String(text) => self.text(text),
            Value::Enum(name) => self.text(name),
            Value::List(items) => self.list(items, |item, json| json.tree(item)),
            Value::Object(fields) => {
                self.text.push(b'{');
                for (position, (key, value)) in fields.iter().enumerate() {
                    if position > 0 {
                        self.text.push(b',');
                    }
                    self.text(key);
                    self.text.push(b':');
                    self.tree(value);
                }
                self.text.push(b'}');
            }
            Value::Number(_) | Value::Boolean(_) | Value::Null => self.serialized(value),
        }
    }
}

/// Whether a string stands in JSON as it is. Without an early end, so that the compiler looks at many letters at once.
#[inline]
fn needs_no_escape(text: &[u8]) -> bool {
    !text.iter().fold(false, |found, &letter| found | (letter < 0x20) | (letter == b'"') | (letter == b'\\'))
}

/// A whole answer as JSON, with the lists that were written ahead in their places.
#[must_use]
pub fn to_json(response: &Response) -> Vec<u8> {
    let mut json = Json::with_capacity(1_024 + written_in(&response.data));
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
    json.text
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
        assert_eq!(String::from_utf8(json.text).unwrap(), value.normalize().to_string(), "{value:?}");
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
