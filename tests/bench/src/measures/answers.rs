//! Answers over HTTP, each beside a floor that returns the same bytes.

use std::path::Path;

use anyhow::{Result, ensure};

use super::block_on;
use crate::Effort;
use crate::load::{Connection, NUMBER, Question, run};
use crate::machine::Cores;
use crate::process::Served;
use crate::synthetic;
use crate::table::Line;

/// Connections that ask at once.
const CONNECTIONS: u64 = 16;
/// Projects of each partner in the catalogue that is served.
const PROJECTS: u32 = 1_000;

/// A joined question: a place with its partnerships and a page of projects, eight fields each. A language that nobody
/// speaks makes each request another question, and no answer another.
fn joined(place: &str, first: u32, language: &str) -> Question {
    let document = "query ($place: ID!, $first: Int!, $languages: [Language!]) { place(id: $place) { name \
         partnerships(first: 5) { totalCount nodes { id } } projects(first: $first) { totalCount nodes { \
         id title(languages: $languages) status signedOn partner { id } amount { value currency } sector { name } \
         locations { place { name } } } } } }";
    let variables = serde_json::json!({ "place": place, "first": first, "languages": [language] });
    Question(serde_json::json!({ "query": document, "variables": variables }).to_string())
}

/// A list without anything beside it, eight fields of each project.
fn listed(first: u32, language: &str) -> Question {
    let document = "query ($first: Int!, $languages: [Language!]) { projects(first: $first) { nodes { \
         id title(languages: $languages) status signedOn approvedOn instrument sectorMethod amount { value currency } } } }";
    let variables = serde_json::json!({ "first": first, "languages": [language] });
    Question(serde_json::json!({ "query": document, "variables": variables }).to_string())
}

/// The same list with a field that is not the catalogue's alone, so that no row of it is kept.
fn evidenced(first: u32, language: &str) -> Question {
    let Question(text) = listed(first, language);
    Question(text.replace(" sectorMethod ", " provenance { url } "))
}

/// Rows 1, 3 and 4 of the table.
pub(crate) fn answers(effort: &Effort) -> Result<Vec<Line>> {
    block_on(async {
        let (cores, folder) = (Cores::find()?, tempfile::tempdir()?);
        let settings = synthetic::write_readings(folder.path(), PROJECTS).await?;
        let settings: Vec<_> = settings.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        let hub = Served::hub(cores, folder.path(), &settings)?;
        let kharkiv = synthetic::PLACES[0];
        let language = format!("x-{NUMBER}");
        let cases = [
            ("the same joined query again, from the cache", joined(kharkiv, 50, "x-same"), 1.6),
            ("a joined query of 50 projects with 8 fields, not in the cache", joined(kharkiv, 50, &language), 5.0),
            ("a list of 1,000 projects with 8 fields, not in the cache", listed(1_000, &language), 8.0),
            ("a joined query of 1,000 projects with 8 fields, not in the cache", joined("UA", 1_000, &language), 8.0),
            ("a list of 1,000 projects whose rows are not kept either", evidenced(1_000, &language), f64::INFINITY),
        ];
        let mut lines = Vec::new();
        for (work, question, most) in cases {
            lines.push(case(&hub, (cores, folder.path()), (work, &question, most), effort).await?);
        }
        Ok(lines)
    })
}

/// The least cost of several runs, taken in turns with the floor's.
async fn case(
    hub: &Served,
    (cores, folder): (Cores, &Path),
    (work, question, most): (&str, &Question, f64),
    effort: &Effort,
) -> Result<Line> {
    let mut connection = Connection::open(hub.port).await?;
    let body = connection.ask(question, 0).await?.to_vec();
    let text = String::from_utf8_lossy(&body);
    ensure!(!text.contains("\"errors\""), "{work}: {}", text.chars().take(500).collect::<String>());
    let floor = Served::floor(cores, folder, &body)?;
    let (mut cost, mut least) = (f64::INFINITY, f64::INFINITY);
    for _ in 0..effort.runs {
        least = least.min(run(&floor, question, CONNECTIONS, effort.seconds).await?.cpu_us);
        cost = cost.min(run(hub, question, CONNECTIONS, effort.seconds).await?.cpu_us);
    }
    Ok(Line::ratio(&format!("{work} ({:.1} kB)", body.len() as f64 / 1e3), cost, least, most))
}
