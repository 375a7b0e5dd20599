//! Many open connections, of which few ask.

use anyhow::{Result, ensure};

use super::block_on;
use crate::Effort;
use crate::load::{Connection, Question, run};
use crate::machine::{Cores, raise_open_files};
use crate::process::Served;
use crate::synthetic;
use crate::table::Line;

/// Open connections, those that ask among them.
const OPEN: u64 = 10_000;
/// Connections that ask.
const ACTIVE: u64 = 64;

/// Row 9 of the table.
pub(crate) fn connections(effort: &Effort) -> Result<Vec<Line>> {
    let allowed = raise_open_files()?;
    ensure!(allowed > OPEN + 200, "only {allowed} open files are allowed; raise `ulimit -Hn` above {OPEN}");
    block_on(async {
        let (cores, folder) = (Cores::find()?, tempfile::tempdir()?);
        let settings = synthetic::write_readings(folder.path(), 1_000).await?;
        let settings: Vec<_> = settings.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        let hub = Served::hub(cores, folder.path(), &settings)?;
        let question = Question(r#"{"query":"{ projects(first: 50) { nodes { id title status } } }"}"#.to_owned());
        let mut idle = Vec::new();
        for _ in ACTIVE..OPEN {
            let mut connection = Connection::open(hub.port).await?;
            // Each has asked once: it is open, and known.
            connection.ask(&question, 0).await?;
            idle.push(connection);
        }
        let ran = run(&hub, &question, ACTIVE, effort.seconds).await?;
        let megabytes = hub.resident_bytes()? as f64 / 1e6;
        for connection in idle.iter_mut().step_by(100) {
            connection.ask(&question, 0).await?;
        }
        ensure!(hub.is_running(), "the hub has ended");
        let work = format!("{OPEN} open connections, {ACTIVE} active ({} answers, no error)", ran.requests);
        Ok(vec![Line::figure(&work, megabytes, 300.0, "MB")])
    })
}
