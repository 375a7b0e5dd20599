//! What a part of the code must not know or do, by the words that it would need for it.

use crate::tree::{File, files, none};

/// Fails where a shipped line of these files holds one of the words.
#[track_caller]
fn check(sources: impl IntoIterator<Item = File>, words: &[&str], rule: &str) {
    let sources: Vec<File> = sources.into_iter().filter(|file| !file.is_test()).collect();
    assert!(!sources.is_empty(), "no file is looked at: {rule}");
    let mut faults = Vec::new();
    for file in &sources {
        for (number, line) in file.shipped() {
            let code = line.split_once("//").map_or(line, |(code, _)| code);
            for word in words.iter().filter(|word| code.contains(*word)) {
                faults.push(format!("{}:{number}: `{word}`: {rule}", file.path));
            }
        }
    }
    none(&faults);
}

/// A module: the file of its name and what lies in the folder of its name, where it has one.
fn below(folder: &str) -> Vec<File> {
    let module = format!("{folder}.rs");
    let mut found = if crate::tree::root().join(folder).is_dir() { files(folder, ".rs") } else { Vec::new() };
    let parent = folder.rsplit_once('/').map_or("", |(parent, _)| parent);
    found.extend(files(parent, ".rs").into_iter().filter(|file| file.path == module));
    found
}

#[test]
fn a_map_of_a_partner_has_neither_input_nor_a_clock() {
    let maps = files("connectors/src/partners", "/map.rs");
    assert_eq!(maps.len(), connectors::partners::ALL.len(), "every partner has a map.rs");
    check(
        maps,
        &["async ", ".await", "Utc::now", "SystemTime", "std::fs", "tokio::", "http::Client"],
        "map.rs is pure",
    );
}

#[test]
fn joins_are_computed_and_never_waited_for() {
    check(
        below("server/src/join"),
        &["async ", ".await", "tokio::"],
        "`join` is pure functions over what is in memory",
    );
}

#[test]
fn connectors_know_nothing_of_the_server() {
    let words = ["async_graphql", "poem", "moka", "server::", "sqlx"];
    check(
        files("connectors/src", ".rs"),
        &words,
        "connectors know nothing of GraphQL, HTTP serving, caches or storage",
    );
}

#[test]
fn only_the_graph_and_what_stands_after_it_knows_graphql() {
    for layer in
        ["config", "places", "sectors", "money", "db", "records", "harvest", "catalogue", "join", "view", "hub"]
    {
        if crate::tree::root().join(format!("server/src/{layer}.rs")).is_file() {
            check(
                below(&format!("server/src/{layer}")),
                &["async_graphql"],
                "nothing before `graph` names async_graphql",
            );
        }
    }
}

#[test]
fn only_the_configuration_reads_the_environment() {
    let outside = |file: &File| !file.path.starts_with("server/src/config");
    let sources = files("server/src", ".rs").into_iter().chain(files("connectors/src", ".rs")).filter(outside);
    check(sources, &["env::var", "env::vars", "var_os("], "only `server::config` reads the environment");
}

#[test]
fn money_is_never_a_binary_float() {
    let model = files("connectors/src/model", "money.rs").into_iter().chain(below("server/src/money"));
    check(model, &["f64", "f32"], "money is decimal");
}

#[test]
fn clients_are_assembled_in_one_place() {
    let outside = |file: &File| !file.path.starts_with("connectors/src/http");
    let sources = files("server/src", ".rs").into_iter().chain(files("connectors/src", ".rs")).filter(outside);
    check(sources, &["Client::builder", "ClientBuilder", "reqwest::get"], "clients are assembled in connectors::http");
}
