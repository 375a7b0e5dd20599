//! `hub evaluate`: how well a matcher does on records whose answers are known. One file for each kind of records.

mod links;
mod places;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Args, Subcommand};

/// What can be said to `hub evaluate`.
#[derive(Debug, Args)]
pub(super) struct EvaluateArguments {
    #[command(subcommand)]
    kind: Kind,
}

#[derive(Debug, Subcommand)]
enum Kind {
    /// Compare the places found in project texts with those expected: precision and recall, in all and by language.
    Places(Labelled),
    /// Compare the links between pairs of records with those expected: precision and recall, real pairs and written ones
    /// apart.
    Links(links::Pairs),
}

/// A file of labelled records, and how the outcome is told.
#[derive(Debug, Args)]
struct Labelled {
    /// Labelled records as JSON Lines: one object in each line; `-` reads standard input.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Print one JSON object instead of a table.
    #[arg(long)]
    json: bool,
    /// List what went wrong, record by record.
    #[arg(long)]
    misses: bool,
}

impl Labelled {
    /// The whole file as text.
    fn read(&self) -> anyhow::Result<String> {
        let path = self.file.as_path();
        let text = if path == Path::new("-") {
            std::io::read_to_string(std::io::stdin())
        } else {
            std::fs::read_to_string(path)
        };
        text.with_context(|| format!("{} cannot be read", path.display()))
    }
}

/// Measures, and prints the outcome. A poor outcome is no failure: the command tells, and whoever asked judges.
pub(super) fn run(arguments: &EvaluateArguments) -> anyhow::Result<ExitCode> {
    match &arguments.kind {
        Kind::Places(labelled) => super::print(&places::report(labelled)?),
        Kind::Links(pairs) => super::print(&links::report(pairs)?),
    }
}
