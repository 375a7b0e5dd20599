//! The registry and the partners' folders: what is there, and that it agrees.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use connectors::http::{Client, ManualClock, MemoryLedger, Transport};
use connectors::model::{CountryCode, codes};
use connectors::{partners, stage};

use crate::play::recording;
use crate::{COUNTRIES, baseline, feeds};

/// The countries that recordings hold records of; a few are of neighbours, to be left out of a reading of Ukraine.
const RECORDED: [&str; 2] = ["UA", "MD"];

fn folders() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../connectors/src/partners")
}

#[test]
fn each_folder_is_a_partner_and_each_partner_a_folder() {
    let entries = std::fs::read_dir(folders()).unwrap().map(|entry| entry.unwrap());
    let names: BTreeSet<String> = entries.map(|entry| entry.file_name().into_string().unwrap()).collect();
    let ids: BTreeSet<String> = partners::ALL.iter().map(|partner| partner.id.to_owned()).collect();
    assert_eq!(names, ids);
    assert_eq!(ids.len(), partners::ALL.len(), "an id stands twice");
}

#[test]
fn ids_are_small_letters_and_a_feed_begins_with_its_partner() {
    let plain = |id: &str| id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    let mut seen = BTreeSet::new();
    for (partner, feed) in feeds() {
        assert!(plain(partner.id) && !partner.id.contains('-') && plain(feed.id), "{} {}", partner.id, feed.id);
        assert!(feed.id.starts_with(&format!("{}-", partner.id)), "{}", feed.id);
        assert!(seen.insert(feed.id), "{} stands twice", feed.id);
    }
}

#[test]
fn an_id_finds_its_partner() {
    for partner in partners::ALL {
        assert_eq!(partners::find(partner.id).map(|found| found.name), Some(partner.name));
    }
    assert!(partners::find("no-such-partner").is_none());
}

#[test]
fn each_readme_has_the_five_headings_in_order() {
    for partner in partners::ALL {
        let readme = std::fs::read_to_string(folders().join(partner.id).join("README.md")).unwrap();
        let headings = ["Source", "Licence", "Fields", "Limits", "Quirks"];
        let all: Vec<&str> = readme.lines().filter_map(|line| line.strip_prefix("## ")).collect();
        let found: Vec<&str> = all.into_iter().filter(|heading| headings.contains(heading)).collect();
        assert_eq!(found, headings, "{}", partner.id);
    }
}

#[test]
fn each_fixture_is_named_in_the_index() {
    for partner in partners::ALL {
        let folder = folders().join(partner.id).join("fixtures");
        let index: toml::Table = std::fs::read_to_string(folder.join("index.toml")).unwrap().parse().unwrap();
        let answers = index["answer"].as_array().unwrap().iter();
        let mut named: BTreeSet<&str> = answers.map(|answer| answer["file"].as_str().unwrap()).collect();
        named.insert("index.toml");
        let files = files_below(&folder, "").unwrap();
        assert_eq!(files.iter().map(String::as_str).collect::<BTreeSet<_>>(), named, "{}", partner.id);
        assert!(files.iter().all(|file| (partner.fixtures)(file).is_some()), "{}: not built in", partner.id);
    }
}

fn files_below(folder: &Path, prefix: &str) -> std::io::Result<BTreeSet<String>> {
    let mut files = BTreeSet::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            files.extend(files_below(&entry.path(), &format!("{name}/"))?);
        } else {
            files.insert(name);
        }
    }
    Ok(files)
}

#[tokio::test]
async fn each_baseline_reads_and_each_record_names_where_its_facts_were_seen() {
    for (partner, feed) in feeds() {
        let (harvest, recording) = (baseline(partner, feed).await, recording(partner));
        assert!(!harvest.projects.is_empty(), "{}", feed.id);
        for project in &harvest.projects {
            let (id, seen) = (&project.id, recording.records().get(project.id.native()));
            assert!(seen.is_some_and(|entry| entry.url.starts_with("http")), "{id}: no [record] in the index");
            assert!(project.issues.iter().any(|issue| issue.code == codes::AUTHORED_FIXTURE), "{id}");
        }
    }
}

#[tokio::test]
async fn each_record_of_an_index_is_in_a_baseline() {
    let countries = RECORDED.map(|code| CountryCode::new(code).unwrap());
    for partner in partners::ALL {
        let mut read = BTreeSet::new();
        for feed in partner.feeds {
            let harvest = stage::baseline(partner, feed, &countries).await.unwrap();
            read.extend(harvest.projects.iter().map(|project| project.id.native().to_owned()));
        }
        let recording = recording(partner);
        let missing: Vec<&String> = recording.records().keys().filter(|native| !read.contains(*native)).collect();
        assert!(missing.is_empty(), "{}: {missing:?}", partner.id);
    }
}

#[test]
fn an_option_that_nobody_knows_is_refused() {
    for (partner, feed) in feeds() {
        let options = (partner.http)();
        let transport = Transport::Recording(Arc::new(recording(partner)));
        let clock = Arc::new(ManualClock::at(recording(partner).compiled()));
        let client = Client::new(options, transport, Arc::new(MemoryLedger), clock);
        let unknown = toml::Table::from_iter([("no_such_option".to_owned(), true.into())]);
        assert!((feed.open)(client, &COUNTRIES, &unknown).is_err(), "{}", feed.id);
    }
}
