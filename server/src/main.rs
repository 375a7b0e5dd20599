//! The hub's command line.

use std::process::ExitCode;

use clap::Parser as _;

/// Answers are many small pieces that come and go, and a few large ones: the system's allocator gives memory back between
/// two of them and has to ask for it again. It asks for no huge pages: of those the system fills holes, and among the
/// structures of a large catalogue they held an eighth more memory.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

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
