//! Records as labelled pairs write them: the fields of the public schema, few or many.

use chrono::{DateTime, Utc};
use connectors::model::{
    AmountBasis, CountryCode, CurrencyCode, Identifier, Instrument, Language, Money, NativeSector, Organisation,
    OrganisationRole, PartialDate, Project, ProjectId, ProjectStatus, Provenance, PublishedLocation, Text,
};
use rust_decimal::Decimal;
use serde::Deserialize;

/// A record of a labelled pair. Every field but the id may be left out.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Sketch {
    id: String,
    title: Option<String>,
    description: Option<String>,
    #[serde(default = "english")]
    language: String,
    instrument: Option<Word>,
    status: Option<Word>,
    #[serde(default = "ukraine")]
    countries: Vec<CountryCode>,
    #[serde(default)]
    locations: Vec<String>,
    #[serde(default)]
    sectors: Vec<String>,
    #[serde(default)]
    amounts: Vec<Amount>,
    approved_on: Option<PartialDate>,
    signed_on: Option<PartialDate>,
    #[serde(default)]
    organisations: Vec<Named>,
    #[serde(default)]
    identifiers: Vec<Identified>,
}

/// A value of an enumeration, as the schema writes it: `FRAMEWORK_LOAN`.
#[derive(Debug, Clone, Deserialize)]
#[serde(transparent)]
struct Word(String);

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Amount {
    value: Decimal,
    currency: Option<CurrencyCode>,
    basis: Word,
    date: Option<PartialDate>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    role: Word,
    name: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Identified {
    scheme: String,
    value: String,
}

fn english() -> String {
    "en".to_owned()
}

fn ukraine() -> Vec<CountryCode> {
    vec![CountryCode::UA]
}

impl Word {
    /// The value of this name, by the names of the model: `FrameworkLoan`.
    fn read<T: serde::de::DeserializeOwned>(&self) -> Result<T, String> {
        let capital = |word: &str| {
            let mut letters = word.chars();
            letters
                .next()
                .map(|first| first.to_uppercase().chain(letters.flat_map(char::to_lowercase)).collect::<String>())
        };
        let name: String = self.0.split('_').filter_map(capital).collect();
        serde_json::from_value(serde_json::Value::String(name))
            .map_err(|_| format!("there is no value `{}` here", self.0))
    }
}

impl Sketch {
    /// The id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The record, as a connector would have made it.
    ///
    /// # Errors
    /// A sentence for what the schema has no name for.
    pub fn project(&self, now: DateTime<Utc>) -> Result<Project, String> {
        let (partner, native) =
            self.id.split_once(':').ok_or_else(|| format!("the id `{}` has no partner before a colon", self.id))?;
        let source = format!("{partner}-projects");
        let provenance = Provenance::new(&source, None, now, self.id.clone(), "text/plain");
        let language = Language::new(&self.language).map_err(|error| error.to_string())?;
        let text = |text: &Option<String>| -> Vec<Text> {
            text.iter().map(|text| Text::original(language.clone(), text)).collect()
        };
        let native: Vec<&str> = native.split(':').collect();
        let mut project = Project::new(ProjectId::new(partner, &native), provenance);
        project.titles = text(&self.title);
        project.descriptions = text(&self.description);
        project.instrument = self.instrument.as_ref().map_or(Ok(Instrument::Unknown), Word::read)?;
        project.status = self.status.as_ref().map_or(Ok(ProjectStatus::Unknown), Word::read)?;
        project.countries.clone_from(&self.countries);
        project.locations = self.locations.iter().cloned().map(PublishedLocation::Name).collect();
        project.sectors = self.sectors.iter().map(|label| sector(partner, label)).collect();
        project.amounts = self.amounts.iter().map(Amount::money).collect::<Result<_, _>>()?;
        project.approved_on = self.approved_on;
        project.signed_on = self.signed_on;
        project.organisations = self.organisations.iter().map(Named::organisation).collect::<Result<_, _>>()?;
        let identifiers = self.identifiers.iter();
        project.identifiers = identifiers.map(|given| Identifier::new(&given.scheme, given.value.clone())).collect();
        Ok(project)
    }
}

impl Amount {
    fn money(&self) -> Result<Money, String> {
        let basis: AmountBasis = self.basis.read()?;
        Ok(Money::new(self.value, self.currency.unwrap_or(CurrencyCode::EUR), basis, self.date))
    }
}

impl Named {
    fn organisation(&self) -> Result<Organisation, String> {
        let role: OrganisationRole = self.role.read()?;
        Ok(Organisation { role, name: self.name.clone(), reference: None })
    }
}

/// A purpose of five digits is the DAC's, other words are the partner's own.
fn sector(partner: &str, label: &str) -> NativeSector {
    let purpose = label.len() == 5 && label.bytes().all(|byte| byte.is_ascii_digit());
    let scheme = match (purpose, partner) {
        (true, _) => "DAC".to_owned(),
        (false, "ceb") => "CEB line of action".to_owned(),
        (false, partner) => partner.to_uppercase(),
    };
    NativeSector { scheme, code: purpose.then(|| label.to_owned()), label: label.to_owned() }
}
