//! Scalars of the public schema, one file for each that needs rules of its own.

mod decimal;
mod geojson;
mod text;
mod time;

pub use decimal::DecimalNumber;
pub use geojson::GeoJson;
pub use text::{CountryCodeText, CurrencyCodeText, LanguageTag, Url};
pub use time::{Date, Instant};
