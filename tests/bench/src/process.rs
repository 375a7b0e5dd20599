//! The hub and the floor as processes of their own, on the core of what is measured.

use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use anyhow::{Context as _, Result};
use bytes::Bytes;
use clap::Parser as _;
use poem::{EndpointExt as _, Response, endpoint::make};
use server::config::Config;
use server::http::serving::Serving;
use tokio::net::TcpListener;

use crate::machine::{self, Cores};

/// Longer than a start may take, with a large catalogue on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// A running process. Dropped, it ends.
pub(crate) struct Served {
    child: Child,
    /// Where it answers.
    pub(crate) port: u16,
}

impl Served {
    /// The hub with these settings, without the prefix `HUB_`; the caller goes back to the core of the load.
    pub(crate) fn hub(cores: Cores, data: &Path, settings: &[(&str, &str)]) -> Result<Self> {
        let mut command = part("hub")?;
        command.env("HUB_DATA_DIR", data).env("HUB_BIND", "127.0.0.1:0").env("HUB_HARVEST__AUTOMATIC", "false");
        command.envs(settings.iter().map(|(key, value)| (format!("HUB_{key}"), value)));
        Self::start(cores, command)
    }

    /// A handler that returns these bytes.
    pub(crate) fn floor(cores: Cores, folder: &Path, body: &[u8]) -> Result<Self> {
        let file = folder.join("floor.json");
        std::fs::write(&file, body).context("the floor's bytes cannot be written")?;
        let mut command = part("floor")?;
        command.arg(file);
        Self::start(cores, command)
    }

    fn start(cores: Cores, mut command: Command) -> Result<Self> {
        // A process runs where it was started.
        cores.enter_served()?;
        let mut child = command.stderr(Stdio::piped()).spawn().context("this program cannot be started again")?;
        cores.enter_load()?;
        let said = child.stderr.take().context("no log")?;
        let (tell, told) = mpsc::channel();
        std::thread::spawn(move || {
            for line in BufReader::new(said).lines().map_while(Result::ok) {
                if let Some(port) = port_in(&line) {
                    if tell.send(port).is_err() {
                        break; // Nobody waits for it any more.
                    }
                } else if line.contains("ERROR") || line.starts_with("bench-hub:") {
                    eprintln!("{line}");
                }
            }
        });
        let port = told.recv_timeout(PATIENCE).context("a part of the measurement does not begin to serve")?;
        Ok(Self { child, port })
    }

    /// The CPU time used until now, in seconds.
    pub(crate) fn cpu_seconds(&self) -> Result<f64> {
        machine::cpu_seconds(self.child.id())
    }

    /// The memory held now, in bytes.
    pub(crate) fn resident_bytes(&self) -> Result<u64> {
        machine::resident_bytes(self.child.id())
    }

    /// Whether it still runs.
    pub(crate) fn is_running(&self) -> bool {
        machine::is_running(self.child.id())
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to end.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// This program again, with nothing of this environment but one worker thread.
fn part(name: impl AsRef<OsStr>) -> Result<Command> {
    let program = std::env::current_exe().context("this program's own path")?;
    let mut command = Command::new(program);
    command.env_clear().env("TOKIO_WORKER_THREADS", "1").arg("part").arg(name).stdin(Stdio::null());
    Ok(command)
}

/// `… serving on http://127.0.0.1:8080, …`
fn port_in(line: &str) -> Option<u16> {
    let after = line.split("serving on http://127.0.0.1:").nth(1)?;
    after.split(|letter: char| !letter.is_ascii_digit()).next()?.parse().ok()
}

/// `part hub`: the hub's own command.
pub(crate) fn hub() -> Result<()> {
    machine::raise_open_files()?;
    let arguments = server::cli::Arguments::try_parse_from(["hub", "serve"])?;
    runtime()?.block_on(server::cli::run(arguments))?;
    Ok(())
}

/// `part floor`: a handler that returns the bytes of a file behind the hub's middleware.
pub(crate) fn floor(body: &Path) -> Result<()> {
    let body = Bytes::from(std::fs::read(body).context("the floor's bytes cannot be read")?);
    let config = Config::load(None)?;
    runtime()?.block_on(async move {
        let answer = make(move |_| {
            let body = body.clone();
            async move {
                let media_type = "application/json; charset=utf-8";
                let response = Response::builder().content_type(media_type).header("vary", "accept, accept-encoding");
                response.body(body)
            }
        });
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        eprintln!("serving on http://{}", listener.local_addr()?);
        let serving = Serving::new(server::http::floor(answer.boxed(), &config), &config.load);
        serving.run(listener, std::future::pending(), Duration::ZERO).await?;
        Ok(())
    })
}

fn runtime() -> Result<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?)
}
