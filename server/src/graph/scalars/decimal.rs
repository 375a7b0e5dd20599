//! `Decimal`: an exact decimal as a JSON number.

use async_graphql::{InputValueError, InputValueResult, Number, Scalar, ScalarType, Value};
use rust_decimal::Decimal;

/// An exact decimal, written as a JSON number. Input: a number or a string. Money is exact to the cent; nothing is ever
/// rounded through a binary float.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DecimalNumber(pub Decimal);

/// An exact decimal, written as a JSON number. Input: a number or a string. Money is exact to the cent; nothing is ever
/// rounded through a binary float.
#[Scalar(name = "Decimal")]
impl ScalarType for DecimalNumber {
    fn parse(value: Value) -> InputValueResult<Self> {
        let text = match &value {
            Value::Number(number) => number.to_string(),
            Value::String(text) => text.trim().to_owned(),
            _ => return Err(InputValueError::expected_type(value)),
        };
        let exact = text.parse().or_else(|_| Decimal::from_scientific(&text));
        exact.map(Self).map_err(|_| InputValueError::custom(format!("`{text}` is not a decimal of at most 28 digits")))
    }

    fn to_value(&self) -> Value {
        // A decimal is always printed as digits with an optional point, which is a JSON number.
        self.0.normalize().to_string().parse::<Number>().map_or(Value::Null, Value::Number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(input: Value, printed: &str) {
        let read = DecimalNumber::parse(input).map_err(|error| error.into_server_error(Default::default())).unwrap();
        assert_eq!(serde_json::to_string(&read.to_value()).unwrap(), printed);
    }

    #[test]
    fn numbers_and_strings_stay_exact() {
        check(Value::Number("12345678901234567.89".parse().unwrap()), "12345678901234567.89");
        check(Value::String("0.10".to_owned()), "0.1");
        check(Value::Number("1e3".parse().unwrap()), "1000");
        check(Value::Number((-5).into()), "-5");
        assert!(DecimalNumber::parse(Value::String("much".to_owned())).is_err());
        assert!(DecimalNumber::parse(Value::Boolean(true)).is_err());
    }
}
