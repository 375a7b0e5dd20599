//! Whole behaviours as documents: how the partners meet the hub, what is asked, and what is answered, in one file each.
//!
//! The documents stand beside this file; `README.md` says how they are written. Documents with the same partners share
//! one hub, so that they take little time, except those that change something.

#[allow(dead_code, reason = "shared, and no target needs all of it")]
#[path = "../support/hub.rs"]
mod hub;
#[allow(dead_code, reason = "shared, and no target needs all of it")]
#[path = "../support/played.rs"]
mod played;
#[allow(dead_code, reason = "shared, and no target needs all of it")]
#[path = "../support/stand_in.rs"]
mod stand_in;

mod document;
mod expected;
mod run;

use std::collections::BTreeMap;
use std::path::Path;

use document::{Document, Setting};

fn documents() -> Vec<Document> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases");
    let entries = std::fs::read_dir(&folder).expect("the folder of the documents").filter_map(Result::ok);
    let mut paths: Vec<_> = entries.map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "md") && !path.ends_with("README.md"));
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{name}: {error}"));
        Document::parse(&name, &text).unwrap_or_else(|fault| panic!("tests/cases/{name}: {fault}"))
    };
    paths.iter().map(read).collect()
}

#[tokio::test]
async fn every_document_holds() {
    let documents = documents();
    assert!(!documents.is_empty(), "there are documents");
    let mut by_setting: BTreeMap<Setting, Vec<Document>> = BTreeMap::new();
    for document in documents {
        by_setting.entry(document.setting.clone()).or_default().push(document);
    }
    let mut faults = Vec::new();
    for (setting, documents) in by_setting {
        faults.extend(run::all(&setting, &documents).await);
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n\n"));
}
