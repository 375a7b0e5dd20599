//! The hub's command line.

use std::process::ExitCode;

use clap::Parser as _;

#[tokio::main]
async fn main() -> ExitCode {
    match server::cli::run(server::cli::Arguments::parse()).await {
        Ok(code) => code,
        Err(error) => {
            // The chain of causes is printed once, here at the edge.
            eprintln!("hub: {error:#}");
            ExitCode::FAILURE
        }
    }
}
