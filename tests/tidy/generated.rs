//! What is printed from the code is what is committed.

use crate::tree::read;

#[test]
fn the_schema_is_printed_from_the_code() {
    let same = server::graph::sdl() == read("schema.graphql");
    assert!(same, "schema.graphql differs from the code: `cargo schema > schema.graphql`, and read the difference");
}

#[test]
fn the_example_configuration_is_printed_from_the_code() {
    let same = server::config::example() == read("deploy/hub.example.toml");
    assert!(same, "deploy/hub.example.toml differs: `cargo example-config > deploy/hub.example.toml`");
}

#[test]
fn the_example_configuration_is_accepted_as_it_stands() {
    let path = crate::tree::root().join("deploy/hub.example.toml");
    if let Err(error) = server::config::Config::read(Some(&path), &[]) {
        panic!("deploy/hub.example.toml: {error}");
    }
}
