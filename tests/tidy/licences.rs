//! What is built into the binary names where it comes from.

use crate::tree::{files, none, read};

#[test]
fn each_embedded_table_stands_in_the_list_of_licences() {
    let list = read("server/reference/LICENCES.md");
    let mut paths = Vec::new();
    for folder in ["places", "rates", "sectors"] {
        let entries = std::fs::read_dir(crate::tree::root().join("server/reference").join(folder)).expect("a folder");
        let names = entries.filter_map(Result::ok).map(|entry| entry.file_name().to_string_lossy().into_owned());
        paths.extend(names.filter(|name| !name.ends_with(".py")).map(|name| format!("{folder}/{name}")));
    }
    assert!(paths.len() > 8, "only {} tables were found", paths.len());
    let untold = paths.iter().filter(|path| !list.contains(path.as_str()));
    none(
        &untold
            .map(|path| format!("server/reference/LICENCES.md lacks `{path}`: origin, licence, credit"))
            .collect::<Vec<_>>(),
    );
}

#[test]
fn every_record_of_the_alliance_names_a_source() {
    let records = files("server/seed", ".toml");
    assert!(records.len() > 250, "only {} records were found", records.len());
    let bare = records.iter().filter(|record| !record.text.contains("[[sources]]") && !record.text.contains("source"));
    none(&bare.map(|record| format!("{}: name a source", record.path)).collect::<Vec<_>>());
}
