//! `hub erase`.

use std::process::ExitCode;

use clap::Args;
use connectors::http::{Clock as _, SystemClock};

use crate::changes::erase;
use crate::config::Config;
use crate::db::{Author, Database};

/// What can be said to `hub erase`.
#[derive(Debug, Args)]
pub(super) struct EraseArguments {
    /// Ids of applications, such as `application:019abc…`.
    #[arg(required = true, value_name = "APPLICATION")]
    applications: Vec<String>,
}

/// Erases who stands behind these applications, because they asked for it. The applications remain.
pub(super) async fn run(config: &Config, arguments: &EraseArguments) -> anyhow::Result<ExitCode> {
    let database = Database::open(config.database.as_ref(), &config.data_dir).await?;
    for id in &arguments.applications {
        anyhow::ensure!(
            database.application(id).await?.is_some(),
            "there is no application `{id}`; nothing was erased"
        );
    }
    let erased = erase(&database, &Author::command_line(), &arguments.applications, SystemClock.now()).await?;
    database.close().await;
    super::print(&format!(
        "The personal data of {erased} of {} applications was erased. Copies made by `hub backup` still hold it.\n",
        arguments.applications.len()
    ))
}
