//! `hub export`: members and partnerships as a file.

use std::process::ExitCode;

use chrono::Utc;
use clap::{Args, ValueEnum};

use crate::config::Config;
use crate::db::Database;
use crate::exchange::{self, Format};
use crate::records::{Member, Partnership};

/// What can be said to `hub export`.
#[derive(Debug, Args)]
pub(super) struct ExportArguments {
    /// What to write.
    what: What,
    /// How to write it.
    #[arg(long, value_enum, default_value_t = Format::Csv)]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum What {
    /// Members.
    Members,
    /// Partnerships.
    Partnerships,
}

/// Writes every record of a sort to standard output, in the columns that `hub import` reads.
pub(super) async fn run(config: &Config, arguments: &ExportArguments) -> anyhow::Result<ExitCode> {
    let database = Database::open(config.database.as_ref(), &config.data_dir).await?;
    let written = match arguments.what {
        What::Members => exchange::export::<Member>(&database, arguments.format, Utc::now()).await,
        What::Partnerships => exchange::export::<Partnership>(&database, arguments.format, Utc::now()).await,
    };
    database.close().await;
    super::print(&String::from_utf8_lossy(&written?))
}
