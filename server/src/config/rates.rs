//! Where newer exchange rates are read.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use url::Url;

/// Exchange rates. Those built in serve without any of this; newer ones are added to them and kept in `data_dir`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct RatesConfig {
    /// Whether newer rates are read, at start and whenever the last reading is past its age. They are not read where
    /// `harvest.automatic` is off.
    pub enabled: bool,
    /// Address of the data portal of the European Central Bank: reference rates of the euro, each working day.
    #[schemars(with = "String")]
    pub ecb_base_url: Url,
    /// Address of the National Bank of Ukraine: official rates of the hryvnia, each calendar day.
    #[schemars(with = "String")]
    pub nbu_base_url: Url,
    /// How old a reading of rates may grow before the next, in minutes.
    pub max_age_minutes: u64,
}

impl Default for RatesConfig {
    #[expect(clippy::expect_used, reason = "the addresses are constants, and a test opens them")]
    fn default() -> Self {
        let address = |text: &str| Url::parse(text).expect("a constant address");
        Self {
            enabled: true,
            ecb_base_url: address("https://data-api.ecb.europa.eu/"),
            nbu_base_url: address("https://bank.gov.ua/"),
            max_age_minutes: 12 * 60,
        }
    }
}
