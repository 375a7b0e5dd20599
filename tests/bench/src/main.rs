//! Measures what an answer costs: the hub on one core, the load on another, as CPU time for each request and as a ratio to
//! a handler that only returns the same bytes behind the same middleware.
//!
//! CPU time and ratios hold on a machine that does other work, too; times on a clock do not. Each figure is the least of
//! several short runs.
//!
//! 1. [`machine`]: cores, limits, CPU time and memory of a process.
//! 2. [`process`]: the hub and the floor as processes of their own: this program again, under another command.
//! 3. [`load`]: keep-alive connections that ask one question after another.
//! 4. [`synthetic`]: projects that follow from a number.
//! 5. [`measures`]: one file for each sort of measurement.

mod load;
mod machine;
mod measures;
mod process;
mod synthetic;
mod table;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::table::Line;

/// As in the hub.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What an answer of the hub costs.
#[derive(Debug, Parser)]
struct Arguments {
    #[command(flatten)]
    effort: Effort,
    #[command(subcommand)]
    command: Option<Command>,
}

/// How much is measured.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Effort {
    /// Seconds of each run under load.
    #[arg(long, default_value_t = 2.0, global = true)]
    seconds: f64,
    /// Runs of each kind, of which the best counts.
    #[arg(long, default_value_t = 5, global = true)]
    runs: usize,
    /// Projects in the synthetic catalogue.
    #[arg(long, default_value_t = 1_000_000, global = true)]
    projects: u32,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Answers over HTTP: from the cache, 50 projects, 1,000 projects.
    Answers,
    /// A synthetic catalogue: filter, page and facets, totals, memory.
    Catalogue,
    /// Many open connections.
    Connections,
    /// Reading partners anew while questions go on.
    Refresh,
    /// Sums of money over the synthetic catalogue.
    Totals,
    /// One process of a measurement.
    #[command(hide = true)]
    Part {
        #[command(subcommand)]
        part: Part,
    },
}

#[derive(Debug, Subcommand)]
enum Part {
    /// The hub, set by the environment.
    Hub,
    /// A handler that returns the bytes of a file.
    Floor {
        /// The file.
        body: PathBuf,
    },
    /// The synthetic catalogue, measured in this process.
    Catalogue,
}

fn main() -> ExitCode {
    let Arguments { effort, command } = Arguments::parse();
    let ran = match command {
        Some(Command::Part { part }) => return part.run(&effort),
        Some(Command::Answers) => measures::answers(&effort),
        Some(Command::Catalogue) => measures::catalogue(&effort),
        Some(Command::Connections) => measures::connections(&effort),
        Some(Command::Refresh) => measures::refresh(&effort),
        Some(Command::Totals) => measures::totals(&effort),
        None => all(&effort),
    };
    match ran {
        Ok(lines) => {
            table::print(&lines);
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("bench-hub: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn all(effort: &Effort) -> anyhow::Result<Vec<Line>> {
    let mut lines = measures::answers(effort)?;
    lines.extend(measures::connections(effort)?);
    lines.extend(measures::refresh(effort)?);
    lines.extend(measures::catalogue(effort)?);
    lines.extend(measures::totals(effort)?);
    Ok(lines)
}

impl Part {
    fn run(self, effort: &Effort) -> ExitCode {
        let ended = match self {
            Self::Hub => process::hub(),
            Self::Floor { body } => process::floor(&body),
            Self::Catalogue => measures::catalogue_part(effort),
        };
        match ended {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("bench-hub: {error:#}");
                ExitCode::FAILURE
            }
        }
    }
}
