//! Codes, tags and addresses: texts of a stated form.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use connectors::model::{CountryCode, CurrencyCode, Language};

macro_rules! coded {
    ($(#[$doc:meta])* $name:ident, $inner:ty, $graphql:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name(pub $inner);

        $(#[$doc])*
        #[Scalar(name = $graphql)]
        impl ScalarType for $name {
            fn parse(value: Value) -> InputValueResult<Self> {
                let Value::String(text) = &value else { return Err(InputValueError::expected_type(value)) };
                <$inner>::new(text).map(Self).map_err(InputValueError::custom)
            }

            fn to_value(&self) -> Value {
                Value::String(self.0.as_str().to_owned())
            }
        }
    };
}

coded!(
    /// ISO 3166-1 alpha-2 code, such as `UA`.
    CountryCodeText,
    CountryCode,
    "CountryCode"
);
coded!(
    /// ISO 4217 code, such as `EUR`.
    CurrencyCodeText,
    CurrencyCode,
    "CurrencyCode"
);
coded!(
    /// BCP 47 language tag: `en`, `uk`, `fr`; `und` where the source does not say.
    LanguageTag,
    Language,
    "Language"
);

/// An absolute http(s) address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Url(pub String);

/// An absolute http(s) address.
#[Scalar(name = "URL", specified_by_url = "https://url.spec.whatwg.org/")]
impl ScalarType for Url {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else { return Err(InputValueError::expected_type(value)) };
        let web = url::Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
        web.map(|url| Self(url.into())).ok_or_else(|| InputValueError::custom("not an absolute http(s) address"))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }
}
