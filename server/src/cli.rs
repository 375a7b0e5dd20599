//! The commands of the binary: one file each, and how they begin.

mod backup;
mod check;
mod erase;
mod evaluate;
mod export;
mod harvest;
mod import;
mod log;
mod serve;
mod stage;
mod token;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::Config;

/// Joins what EIB, EBRD, OECD and CEB finance in Ukraine with the records of the European Alliance of Cities and
/// Regions for the Reconstruction of Ukraine, by place, as one GraphQL schema.
#[derive(Debug, Parser)]
#[command(name = "hub", version)]
pub struct Arguments {
    /// Configuration file (TOML); `hub config` prints an example. Variables HUB_… win over it.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the schema, the playground and the health checks (the default).
    Serve,
    /// Play the partners' recorded answers on this machine, for demonstrations and tests.
    Stage(stage::StageArguments),
    /// Read partners now and keep what they answer.
    Harvest(harvest::HarvestArguments),
    /// Ask every partner once: which answer, how fast, and what no longer fits the expected format.
    Check(check::CheckArguments),
    /// Measure how well texts are matched, on a file of labelled records.
    Evaluate(evaluate::EvaluateArguments),
    /// Take members or partnerships in from a CSV or JSON file.
    Import(import::ImportArguments),
    /// Write members or partnerships as CSV or JSON.
    Export(export::ExportArguments),
    /// Issue tokens for who may do more than read, list them, and take them back.
    Token(token::TokenArguments),
    /// Erase who stands behind an application for membership, when they ask for it.
    Erase(erase::EraseArguments),
    /// Copy the database to a new file, while it is in use.
    Backup(backup::BackupArguments),
    /// Print the public GraphQL schema.
    Schema {
        /// As a subgraph for Apollo Federation 2, for a composer.
        #[arg(long)]
        subgraph: bool,
    },
    /// Print the example configuration, with every setting, its meaning and its default.
    Config,
}

/// Runs the command that was asked for.
///
/// # Errors
/// What an operator has to mend, with the reason.
pub async fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let config = || Config::load(arguments.config.as_deref());
    match arguments.command.unwrap_or(Command::Serve) {
        Command::Serve => serve::run(config()?).await,
        Command::Stage(arguments) => stage::run(&arguments).await,
        Command::Harvest(arguments) => harvest::run(config()?, &arguments).await,
        Command::Check(arguments) => check::run(&config()?, &arguments).await,
        Command::Evaluate(arguments) => evaluate::run(&arguments),
        Command::Import(arguments) => import::run(&config()?, &arguments).await,
        Command::Export(arguments) => export::run(&config()?, &arguments).await,
        Command::Token(arguments) => token::run(&config()?, arguments).await,
        Command::Erase(arguments) => erase::run(&config()?, &arguments).await,
        Command::Backup(arguments) => backup::run(&config()?, &arguments).await,
        Command::Schema { subgraph: false } => print(&crate::graph::sdl()),
        Command::Schema { subgraph: true } => print(&crate::graph::subgraph_sdl()),
        Command::Config => print(&crate::config::example()),
    }
}

/// Writes to standard output; a reader that has gone away (`hub schema | head`) is no error.
fn print(text: &str) -> anyhow::Result<ExitCode> {
    use std::io::Write as _;
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(ExitCode::SUCCESS),
    }
}
