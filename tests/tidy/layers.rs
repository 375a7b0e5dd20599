//! The one-way street inside `server`: no module names one that stands below it in the reading order.

use crate::tree::{File, files, none, read};

/// The layers in the reading order of `server/src/lib.rs`; those of one number may know each other only downwards in
/// the order they are named.
fn layers() -> Vec<String> {
    let text = read("server/src/lib.rs");
    let numbered = |line: &&str| {
        let rest = line.strip_prefix("//! ").unwrap_or_default();
        rest.split_once(". ").is_some_and(|(number, _)| number.parse::<u8>().is_ok())
    };
    let mut layers = Vec::new();
    for line in text.lines().filter(numbered) {
        let names = line.split('[').skip(1).filter_map(|rest| rest.strip_prefix('`')?.split_once("`]"));
        layers.extend(names.map(|(name, _)| name.to_owned()));
    }
    layers
}

/// The layer that a file of `server/src` belongs to.
fn layer_of(path: &str) -> Option<&str> {
    let rest = path.strip_prefix("server/src/")?;
    rest.split(['/', '.']).next()
}

/// The layers that a line names by `crate::`.
fn named(line: &str) -> impl Iterator<Item = &str> {
    let code = line.split_once("//").map_or(line, |(code, _)| code);
    let paths = code.split("crate::").skip(1);
    paths
        .map(|path| path.split(|character: char| !character.is_alphanumeric() && character != '_').next().unwrap_or(""))
}

fn upward(file: &File, layers: &[String]) -> Vec<String> {
    let position = |name: &str| layers.iter().position(|layer| layer == name);
    let Some(own) = layer_of(&file.path).and_then(position) else { return Vec::new() };
    let lines = file.shipped().flat_map(|(number, line)| named(line).map(move |name| (number, name)));
    let up = lines.filter(|(_, name)| position(name).is_some_and(|other| other > own));
    up.map(|(number, name)| {
        let (path, own) = (&file.path, &layers[own]);
        format!("{path}:{number}: `{own}` names `{name}`, which stands below it in server/src/lib.rs")
    })
    .collect()
}

#[test]
fn the_reading_order_names_every_module_of_the_server_once() {
    let mut named = layers();
    let text = read("server/src/lib.rs");
    let declared = text.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    let mut declared: Vec<String> = declared.map(str::to_owned).collect();
    named.sort();
    declared.sort();
    assert_eq!(named, declared, "server/src/lib.rs: the numbered list and the modules differ");
}

#[test]
fn no_layer_names_one_below_it() {
    let layers = layers();
    let sources = files("server/src", ".rs").into_iter().filter(|file| !file.is_test());
    none(&sources.flat_map(|file| upward(&file, &layers)).collect::<Vec<_>>());
}

#[test]
fn the_servers_map_shows_every_layer() {
    let map = read("server/README.md");
    let rows: Vec<&str> = map.lines().filter(|line| line.starts_with("| `")).collect();
    let shown = |layer: &String| rows.iter().any(|row| row.contains(&format!("`{layer}`")));
    let missing = layers().into_iter().filter(|layer| !shown(layer));
    none(&missing.map(|layer| format!("server/README.md: the table of layers lacks `{layer}`")).collect::<Vec<_>>());
}

#[test]
fn an_upward_path_is_found() {
    let layers = ["places", "graph"].map(str::to_owned);
    let text =
        "use crate::places::Place;\nuse crate::graph::Query; // crate::graph\n#[cfg(test)]\nuse crate::graph::X;\n";
    let file = File { path: "server/src/places/search.rs".to_owned(), text: text.to_owned() };
    assert_eq!(upward(&file, &layers).len(), 1);
    assert!(upward(&file, &layers)[0].starts_with("server/src/places/search.rs:2:"));
}
