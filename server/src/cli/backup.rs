//! `hub backup`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use crate::config::Config;
use crate::db::Database;

/// What can be said to `hub backup`.
#[derive(Debug, Args)]
pub(super) struct BackupArguments {
    /// The file to write; it must not be there yet.
    file: PathBuf,
}

/// Copies the database as of one moment. A hub that serves from it need not stop.
pub(super) async fn run(config: &Config, arguments: &BackupArguments) -> anyhow::Result<ExitCode> {
    let database = Database::open(config.database.as_ref(), &config.data_dir).await?;
    database.backup(&arguments.file).await?;
    database.close().await;
    super::print(&format!("The database was copied to {}.\n", arguments.file.display()))
}
