//! Where log lines go: standard error, as text for people or JSON for machines.

use tracing_subscriber::EnvFilter;

use crate::config::{LogConfig, LogFormat};

/// Begins logging.
///
/// # Errors
/// Where the filter cannot be read.
pub(super) fn begin(config: &LogConfig) -> anyhow::Result<()> {
    let filter: EnvFilter =
        config.filter.parse().map_err(|error| anyhow::anyhow!("log.filter `{}`: {error}", config.filter))?;
    let subscriber = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match config.format {
        LogFormat::Text => subscriber.init(),
        LogFormat::Json => subscriber.json().flatten_event(true).init(),
    }
    Ok(())
}
