//! Codes of published standards, checked for their form when they enter the model.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A code that does not have the form its standard prescribes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{given}` is not {expected}")]
pub struct InvalidCode {
    /// What was given.
    pub given: String,
    /// The form that was expected, in words.
    pub expected: &'static str,
}

macro_rules! letters {
    ($(#[$doc:meta])* $name:ident, $length:literal, $expected:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name([u8; $length]);

        impl $name {
            /// Reads a code in capitals or small letters; surrounding blanks are ignored.
            ///
            /// # Errors
            /// [`InvalidCode`] when it does not consist of the standard's number of ASCII letters.
            pub fn new(text: &str) -> Result<Self, InvalidCode> {
                let mut code = [0; $length];
                let trimmed = text.trim().as_bytes();
                if trimmed.len() != $length || !trimmed.iter().all(u8::is_ascii_alphabetic) {
                    return Err(InvalidCode { given: text.to_owned(), expected: $expected });
                }
                code.copy_from_slice(trimmed);
                code.make_ascii_uppercase();
                Ok(Self(code))
            }

            /// The code in capitals.
            #[must_use]
            pub fn as_str(&self) -> &str {
                std::str::from_utf8(&self.0).unwrap_or_default()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(self.as_str())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(self.as_str())
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidCode;
            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::new(&text)
            }
        }

        impl std::str::FromStr for $name {
            type Err = InvalidCode;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::new(text)
            }
        }

        impl From<$name> for String {
            fn from(code: $name) -> String {
                code.as_str().to_owned()
            }
        }
    };
}

letters!(
    /// An ISO 3166-1 alpha-2 code such as `UA`; its form is checked, not its existence.
    CountryCode,
    2,
    "an ISO 3166-1 code of two letters"
);
letters!(
    /// An ISO 4217 code such as `EUR`; its form is checked, not its existence.
    CurrencyCode,
    3,
    "an ISO 4217 code of three letters"
);

impl CountryCode {
    /// Ukraine.
    pub const UA: Self = Self(*b"UA");
}

impl CurrencyCode {
    /// The euro.
    pub const EUR: Self = Self(*b"EUR");
    /// The United States dollar.
    pub const USD: Self = Self(*b"USD");
}

impl schemars::JsonSchema for CountryCode {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "CountryCode".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^[A-Za-z]{2}$" })
    }
}

/// A BCP 47 language tag, in small letters: `en`, `uk`, `und` where the language is not known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Language(std::borrow::Cow<'static, str>);

impl Language {
    /// English.
    pub const EN: Self = Self(std::borrow::Cow::Borrowed("en"));
    /// Ukrainian.
    pub const UK: Self = Self(std::borrow::Cow::Borrowed("uk"));
    /// Not determined (ISO 639-2 `und`): the source does not say, and nobody guessed.
    pub const UND: Self = Self(std::borrow::Cow::Borrowed("und"));

    /// Reads a tag; its case is folded, its parts are not looked up.
    ///
    /// # Errors
    /// [`InvalidCode`] when it is empty, longer than 35 characters or has other than letters, digits and hyphens.
    pub fn new(tag: &str) -> Result<Self, InvalidCode> {
        let trimmed = tag.trim();
        let plain = trimmed.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if trimmed.is_empty() || trimmed.len() > 35 || !plain {
            return Err(InvalidCode { given: tag.to_owned(), expected: "a BCP 47 language tag" });
        }
        Ok(Self(trimmed.to_ascii_lowercase().into()))
    }

    /// The tag.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_fold_case_and_refuse_other_forms() {
        assert_eq!(CountryCode::new(" ua "), Ok(CountryCode::UA));
        assert_eq!(CurrencyCode::new("eur").map(String::from), Ok("EUR".to_owned()));
        assert!(CountryCode::new("UKR").is_err());
        assert!(CurrencyCode::new("€").is_err());
        assert_eq!(Language::new("UK"), Ok(Language::UK));
        assert!(Language::new("en us").is_err());
    }
}
