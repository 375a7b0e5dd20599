//! A partner's section: common settings, the way it is asked, and its own options.

use connectors::http::HttpOptions;
use connectors::model::CountryCode;
use connectors::partners::Partner;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

/// Settings of one partner.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct PartnerConfig {
    /// Whether this partner is read. Its baseline or last reading is shown either way.
    pub enabled: bool,
    /// Countries to read, by ISO 3166-1 code: a list, or one text with commas.
    #[serde(deserialize_with = "countries")]
    pub countries: Vec<CountryCode>,
    /// Age at which a reading is past its time and a new one is due, in minutes.
    pub max_age_minutes: u64,
    /// How it is asked.
    #[serde(flatten)]
    pub http: HttpOptions,
    /// The partner's own options; its README describes them.
    #[serde(flatten)]
    #[schemars(skip)]
    pub options: toml::Table,
}

impl PartnerConfig {
    /// The defaults of a partner in the registry.
    #[must_use]
    pub fn of(partner: &Partner) -> Self {
        Self {
            enabled: true,
            countries: vec![CountryCode::UA],
            max_age_minutes: partner.max_age_minutes,
            http: (partner.http)(),
            options: toml::Table::new(),
        }
    }
}

fn countries<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<CountryCode>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Given {
        List(Vec<String>),
        Text(String),
    }
    let names = match Given::deserialize(deserializer)? {
        Given::List(list) => list,
        Given::Text(text) => text.split([',', ' ']).filter(|name| !name.is_empty()).map(str::to_owned).collect(),
    };
    names.iter().map(|name| CountryCode::new(name).map_err(serde::de::Error::custom)).collect()
}
