//! `Country`.

use async_graphql::Object;
use connectors::model::CountryCode;

use crate::graph::scalars::CountryCodeText;
use crate::places::{self, Gazetteer};

/// A country by ISO 3166-1.
#[derive(Clone, Copy)]
pub struct Country(&'static places::Country);

impl Country {
    /// The country of this code; `None` where the list has none.
    #[must_use]
    pub fn find(code: CountryCode) -> Option<Self> {
        Gazetteer::embedded().country(code).map(Self)
    }
}

/// A country by ISO 3166-1.
#[Object]
impl Country {
    /// ISO 3166-1 alpha-2 code.
    async fn code(&self) -> CountryCodeText {
        CountryCodeText(self.0.code)
    }

    /// The short English name.
    async fn name(&self) -> &str {
        self.0.name
    }

    /// Whether it is a member of the European Union.
    async fn eu_member(&self) -> bool {
        self.0.eu_member
    }
}
