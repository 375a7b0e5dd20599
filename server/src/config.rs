//! What an operator can set: one struct for each concern, read from defaults, a file and the environment.
//!
//! Later layers win: the defaults of this module and of the partners' registry, then the file that `--config` or
//! `HUB_CONFIG` names, then variables `HUB_<KEY>` with `__` between levels (`HUB_PARTNERS__EIB__BASE_URL`). Nothing
//! outside this module reads the environment.

mod applications;
mod auth;
mod example;
mod graphql;
mod http;
mod keys;
mod load;
mod partner;
mod places;
mod rates;
mod secret;
mod subscriptions;

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use figment::Figment;
use figment::providers::{Format as _, Serialized, Toml};
use figment::value::Value;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use applications::ApplicationsConfig;
pub use auth::{AuthConfig, OidcConfig};
pub use example::example;
pub use graphql::{DocumentsConfig, GraphqlConfig};
pub use http::{HttpConfig, Statuses};
pub use load::LoadConfig;
pub use partner::PartnerConfig;
pub use places::PlacesConfig;
pub use rates::RatesConfig;
pub use secret::DatabaseUrl;
pub use subscriptions::SubscriptionsConfig;

/// All settings of the hub.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Config {
    /// Address and port to serve on.
    #[schemars(with = "String")]
    pub bind: SocketAddr,
    /// Folder for everything the hub keeps between runs.
    pub data_dir: PathBuf,
    /// Database for records, applications and tokens: `postgres://user:password@host/name`; not set for the file
    /// `hub.db` in `data_dir`, which needs no setting up. Better a variable than a line here: it holds a password.
    #[schemars(with = "Option<String>")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub database: Option<DatabaseUrl>,
    /// Logs.
    pub log: LogConfig,
    /// The HTTP server.
    pub http: HttpConfig,
    /// How much load the hub takes.
    pub load: LoadConfig,
    /// Limits of a query.
    pub graphql: GraphqlConfig,
    /// Documents that are kept, persisted or trusted.
    pub documents: DocumentsConfig,
    /// Connections that stay open.
    pub subscriptions: SubscriptionsConfig,
    /// The cache of finished answers.
    pub answers: AnswersConfig,
    /// Places.
    pub places: PlacesConfig,
    /// When partners are read.
    pub harvest: HarvestConfig,
    /// Where newer exchange rates are read.
    pub rates: RatesConfig,
    /// Who may do more than read.
    pub auth: AuthConfig,
    /// Applications for membership.
    pub applications: ApplicationsConfig,
    /// The partners, by id.
    #[schemars(skip)]
    pub partners: BTreeMap<String, PartnerConfig>,
}

/// Logs.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct LogConfig {
    /// What is logged: a level, or directives such as `info,server::harvest=debug`.
    pub filter: String,
    /// `text` for people, `json` for machines.
    pub format: LogFormat,
}

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// The cache of finished answers.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct AnswersConfig {
    /// Most memory for finished answers, in bytes, keys included; 0 for no cache.
    pub max_bytes: u64,
}

/// When partners are read.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct HarvestConfig {
    /// Whether partners are read at start and whenever a reading is past its age. Without it only `hub harvest` reads.
    pub automatic: bool,
    /// How long after a failure the next attempt waits, in seconds; doubles with each failure in a row.
    pub backoff_seconds: u64,
    /// The longest such wait, in seconds, unless the partner names a longer one.
    pub backoff_max_seconds: u64,
    /// How long an outcome is handed to those who ask for the same harvest again, in milliseconds.
    pub outcome_shared_ms: u64,
}

impl Default for Config {
    fn default() -> Self {
        let partners =
            connectors::partners::ALL.iter().map(|partner| (partner.id.to_owned(), PartnerConfig::of(partner)));
        Self {
            bind: SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)),
            data_dir: PathBuf::from("data"),
            database: None,
            log: LogConfig { filter: "info".to_owned(), format: LogFormat::Text },
            http: HttpConfig::default(),
            load: LoadConfig::default(),
            graphql: GraphqlConfig::default(),
            documents: DocumentsConfig::default(),
            subscriptions: SubscriptionsConfig::default(),
            answers: AnswersConfig { max_bytes: 128 << 20 },
            places: PlacesConfig::default(),
            harvest: HarvestConfig {
                automatic: true,
                backoff_seconds: 60,
                backoff_max_seconds: 3_600,
                outcome_shared_ms: 2_000,
            },
            rates: RatesConfig::default(),
            auth: AuthConfig::default(),
            applications: ApplicationsConfig::default(),
            partners: partners.collect(),
        }
    }
}

/// Why the settings could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file named is not there or cannot be opened.
    #[error("the configuration file {} cannot be read", path.display())]
    File {
        /// Its path.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A key that no setting has.
    #[error("{origin} sets `{given}`, which no setting has{}. `hub config` prints them all", nearest(known))]
    UnknownKey {
        /// The file or variable.
        origin: String,
        /// The key as given, with dots between levels.
        given: String,
        /// The nearest key that there is.
        known: Option<String>,
    },
    /// A value that does not fit its setting.
    #[error(
        "{origin} gives `{key}` a value that does not fit: {reason}. `hub config` prints each setting with its default"
    )]
    Value {
        /// The file or variable.
        origin: String,
        /// The setting, with dots between levels.
        key: String,
        /// What does not fit.
        reason: String,
    },
    /// The file is no TOML.
    #[error("the configuration file {} is no TOML: {reason}", path.display())]
    Toml {
        /// Its path.
        path: PathBuf,
        /// Where it goes wrong.
        reason: String,
    },
}

fn nearest(known: &Option<String>) -> String {
    known.as_ref().map_or(String::new(), |known| format!("; did you mean `{known}`?"))
}

impl Config {
    /// Reads all layers, with the file named on the command line, else by `HUB_CONFIG`, else none.
    ///
    /// # Errors
    /// [`ConfigError`], which names the file or variable and what to do.
    pub fn load(file: Option<&Path>) -> Result<Self, ConfigError> {
        #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the environment")]
        let variables: Vec<(String, String)> = std::env::vars().collect();
        Self::read(file, &variables)
    }

    /// Reads all layers from a file and the variables given.
    ///
    /// # Errors
    /// [`ConfigError`].
    pub fn read(file: Option<&Path>, variables: &[(String, String)]) -> Result<Self, ConfigError> {
        let named =
            variables.iter().find(|(name, _)| name == keys::FILE_VARIABLE).map(|(_, value)| PathBuf::from(value));
        let mut layers = Figment::from(Serialized::defaults(Self::default()));
        let file = file.map(Path::to_path_buf).or(named);
        if let Some(path) = file.clone() {
            let text =
                std::fs::read_to_string(&path).map_err(|source| ConfigError::File { path: path.clone(), source })?;
            let broken = |error: toml::de::Error| ConfigError::Toml { path: path.clone(), reason: error.to_string() };
            let table: toml::Table = text.parse().map_err(broken)?;
            keys::refuse_unknown(&path.display().to_string(), keys::dotted(&table))?;
            layers = layers.merge(Toml::string(&text));
        }
        for (name, value) in variables.iter().filter(|(name, _)| keys::is_ours(name)) {
            let key = keys::of_variable(name);
            keys::refuse_unknown(&format!("the variable {name}"), [key.clone()])?;
            let Ok(value) = value.parse::<Value>();
            layers = layers.merge(Serialized::default(&key, value));
        }
        layers.extract().map_err(|error| misfit(&error, file.as_deref(), variables))
    }
}

/// The first value that does not fit, with the file or variable that gives it.
fn misfit(error: &figment::Error, file: Option<&Path>, variables: &[(String, String)]) -> ConfigError {
    let key = error.path.join(".");
    let variable = variables.iter().find(|(name, _)| keys::is_ours(name) && keys::of_variable(name) == key);
    let origin = match (variable, file) {
        (Some((name, _)), _) => format!("the variable {name}"),
        (None, Some(path)) => path.display().to_string(),
        (None, None) => "the hub's own default".to_owned(),
    };
    ConfigError::Value { origin, key, reason: error.kind.to_string() }
}

#[cfg(test)]
mod tests;
