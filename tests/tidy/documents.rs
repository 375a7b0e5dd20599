//! What documents say is there: files, headings, commands and settings.

use std::collections::BTreeSet;

use crate::tree::{File, files, none, read, root};

/// The targets of links in Markdown, without those to other sites and to places within the page.
fn links(document: &File) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut in_code = false;
    for (number, line) in document.lines() {
        in_code ^= line.trim_start().starts_with("```");
        if in_code {
            continue;
        }
        for rest in line.split("](").skip(1) {
            let target = rest.split([')', '#', ' ']).next().unwrap_or_default();
            if !target.is_empty() && !target.contains("://") && !target.starts_with("mailto:") {
                found.push((number, target.to_owned()));
            }
        }
    }
    found
}

#[test]
fn every_link_leads_to_a_file() {
    let mut faults = Vec::new();
    for document in files("", ".md") {
        let folder = root().join(&document.path).parent().map(std::path::Path::to_path_buf).unwrap_or_default();
        for (number, target) in links(&document) {
            if !folder.join(&target).exists() {
                faults.push(format!("{}:{number}: there is no {target}", document.path));
            }
        }
    }
    none(&faults);
}

#[test]
fn the_tree_in_the_architecture_is_the_tree() {
    let text = read("ARCHITECTURE.md");
    let (_, tree) = text.split_once("## The tree").expect("the section");
    let (_, block) = tree.split_once("```text\n").expect("the block");
    let (block, _) = block.split_once("```").expect("its end");
    let named: BTreeSet<&str> = block.lines().filter_map(|line| line.split_whitespace().next()).collect();
    let missing = named.iter().filter(|path| !root().join(path).exists());
    none(&missing.map(|path| format!("ARCHITECTURE.md: there is no {path}")).collect::<Vec<_>>());
    let layers = std::fs::read_dir(root().join("server/src")).expect("the server's source");
    let folders = layers.filter_map(Result::ok).filter(|entry| entry.path().is_dir());
    let folders = folders.map(|entry| format!("server/src/{}/", entry.file_name().to_string_lossy()));
    let untold = folders.filter(|folder| !named.contains(folder.as_str()));
    none(&untold.map(|folder| format!("ARCHITECTURE.md: the tree lacks {folder}")).collect::<Vec<_>>());
}

#[test]
fn only_the_given_names_stand_at_the_top() {
    let given = ["connectors", "deploy", "server", "tests", "Cargo.toml", "schema.graphql"];
    let expected_by_cargo_or_a_forge = [
        "ARCHITECTURE.md",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "Cargo.lock",
        "LICENSE",
        "README.md",
        "deny.toml",
        "docs",
        // Ignored by git.
        "data",
        "target",
    ];
    let entries = std::fs::read_dir(root()).expect("the root").filter_map(Result::ok);
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let allowed =
        |name: &str| name.starts_with('.') || given.contains(&name) || expected_by_cargo_or_a_forge.contains(&name);
    let odd = names.filter(|name| !allowed(name));
    none(&odd.map(|name| format!("{name}: the top level holds the given names only")).collect::<Vec<_>>());
}

#[test]
fn each_folder_of_tests_is_told() {
    let told = read("tests/README.md");
    let folders = std::fs::read_dir(root().join("tests")).expect("tests").filter_map(Result::ok);
    let folders = folders.filter(|entry| entry.path().is_dir()).map(|entry| entry.file_name());
    let untold = folders.filter(|name| !told.contains(&format!("`{}/`", name.to_string_lossy())));
    none(&untold.map(|name| format!("tests/README.md: `{}/` is not told", name.to_string_lossy())).collect::<Vec<_>>());
}

#[test]
fn each_command_of_the_readme_is_one_of_cargos() {
    let readme = read("README.md");
    for command in ["cargo run --release", "cargo test --workspace"] {
        assert!(readme.lines().any(|line| line == command), "README.md: `{command}` stands on no line of its own");
    }
    assert!(readme.lines().count() <= 120, "README.md is one page");
}

#[test]
fn variables_that_documents_name_are_settings() {
    let mut faults = Vec::new();
    let documents = files("", ".md").into_iter().chain(files("deploy", ""));
    for document in documents {
        for (number, line) in document.lines() {
            for variable in variables(line) {
                let read = server::config::Config::read(None, &[(variable.clone(), String::new())]);
                if let Err(error @ server::config::ConfigError::UnknownKey { .. }) = read {
                    faults.push(format!("{}:{number}: {error}", document.path));
                }
            }
        }
    }
    none(&faults);
}

/// The names of variables of the hub in a line, without those that stand for several (`HUB_PARTNERS__<PARTNER>__…`).
fn variables(line: &str) -> Vec<String> {
    let letter = |character: char| character.is_ascii_uppercase() || character.is_ascii_digit() || character == '_';
    let mut found = Vec::new();
    for (at, _) in line.match_indices("HUB_") {
        let name: String = line[at..].chars().take_while(|character| letter(*character)).collect();
        let before = line[..at].chars().next_back();
        let whole = before.is_none_or(|before| !letter(before));
        // `HUB_TEST_…` speaks to the tests.
        if whole && name.len() > 4 && !name.ends_with('_') && !name.starts_with("HUB_TEST_") {
            found.push(name);
        }
    }
    found
}
