//! The command line, by the binary itself: what each command prints, and what it says to mistakes.

use std::process::{Command, Output, Stdio};

/// Runs the binary with nothing in its environment but the variables given.
fn hub(arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hub"));
    command.env_clear().args(arguments).envs(variables.iter().copied());
    command.output().expect("the binary runs")
}

/// What a command prints where all is well.
fn printed(arguments: &[&str]) -> String {
    let output = hub(arguments, &[]);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

/// Runs a command that must be refused, with all of these words in its one message.
#[track_caller]
fn check_refused(arguments: &[&str], variables: &[(&str, &str)], words: &[&str]) {
    let output = hub(arguments, variables);
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code().is_some_and(|code| code != 0), "{arguments:?} was not refused");
    assert!(output.stdout.is_empty(), "{arguments:?} printed something");
    for word in words {
        assert!(message.contains(word), "`{word}` is not in: {message}");
    }
}

/// The labelled pairs of the tests, as a person would ask for them.
#[test]
fn labelled_pairs_are_measured_and_a_broken_line_is_named() {
    let pairs = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/links/pairs.jsonl");
    let scores: serde_json::Value = serde_json::from_str(&printed(&["evaluate", "links", pairs, "--json"])).unwrap();
    assert_eq!((&scores["real"]["precision"], &scores["real"]["recall"]), (&1.0.into(), &1.0.into()), "{scores}");
    let table = printed(&["evaluate", "links", pairs, "--misses"]);
    assert!(
        ["COFINANCED_WITH", "synthetic", "pairs judged otherwise"].iter().all(|word| table.contains(word)),
        "{table}"
    );
    let broken = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/links/README.md");
    check_refused(&["evaluate", "links", broken], &[], &["README.md", "line 1"]);
}

#[test]
fn the_schema_printed_is_the_schema_committed() {
    let committed = include_str!("../../schema.graphql");
    assert!(printed(&["schema"]) == committed, "`cargo run -- schema > schema.graphql` renews the file");
}

#[test]
fn the_example_configuration_is_printed() {
    assert_eq!(printed(&["config"]), server::config::example());
}

#[test]
fn the_version_is_the_packages_own() {
    assert_eq!(printed(&["--version"]), format!("hub {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn the_help_lists_every_command() {
    let help = printed(&["--help"]);
    for command in ["serve", "stage", "harvest", "check", "evaluate", "token", "erase", "backup", "schema", "config"] {
        assert!(help.lines().any(|line| line.trim_start().starts_with(command)), "{command} is not in: {help}");
    }
}

#[test]
fn an_unknown_key_is_refused_with_the_nearest_known_one() {
    let typing_slip = [("HUB_PARTNERS__EIB__BASE_ULR", "http://127.0.0.1:1/")];
    check_refused(&["serve"], &typing_slip, &["HUB_PARTNERS__EIB__BASE_ULR", "`partners.eib.base_url`"]);
    check_refused(&["harvest"], &[("HUB_BNID", "127.0.0.1:0")], &["HUB_BNID", "`bind`"]);
}

#[test]
fn a_value_that_does_not_fit_is_refused() {
    check_refused(&["serve"], &[("HUB_BIND", "everywhere")], &["bind"]);
}

#[test]
fn a_configuration_file_that_is_not_there_is_named() {
    check_refused(&["--config", "no-such.toml"], &[], &["no-such.toml"]);
}

#[test]
fn an_unknown_partner_is_refused_with_the_known_ones() {
    for command in ["harvest", "check"] {
        check_refused(&[command, "xyz"], &[], &["`xyz`", "`eib`", "`ebrd`", "`oecd`", "`ceb`"]);
    }
}

#[test]
fn the_stage_prints_the_environment_that_serve_needs() {
    use std::io::{BufRead as _, BufReader};
    let mut command = Command::new(env!("CARGO_BIN_EXE_hub"));
    command.env_clear().args(["stage", "--bind", "127.0.0.1:0"]).stdout(Stdio::piped());
    let mut stage = command.spawn().expect("the binary runs");
    let lines = BufReader::new(stage.stdout.take().expect("its output")).lines().map_while(Result::ok);
    let lines: Vec<String> = lines.take_while(|line| !line.contains("then: hub serve")).collect();
    stage.kill().and_then(|()| stage.wait()).expect("it ends");
    let exports: Vec<&str> = lines.iter().filter_map(|line| line.strip_prefix("export HUB_PARTNERS__")).collect();
    for partner in connectors::partners::ALL {
        let (id, name) = (partner.id, partner.id.to_uppercase());
        let address = exports.iter().find_map(|line| line.strip_prefix(&format!("{name}__BASE_URL=http://127.0.0.1:")));
        assert!(address.is_some_and(|rest| rest.ends_with(&format!("/{id}"))), "{id}: {lines:#?}");
        assert!(exports.contains(&format!("{name}__PACE_MS=0").as_str()), "{id}: {lines:#?}");
    }
}

/// Two labelled records; the second is matched to nothing, as its first word is a bank.
const LABELLED: &str = r#"{"id": "a", "text": "Trams in Lviv", "lang": "en", "expected": ["UA46000000000026241", "UA46060250010015970"]}
{"id": "b", "text": "Kredit der Bank Lviv", "lang": "de", "expected": ["UA46000000000026241"]}
"#;

#[test]
fn labelled_texts_are_evaluated_as_a_table_as_json_and_with_the_misses() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("labelled.jsonl");
    std::fs::write(&path, LABELLED).expect("a file");
    let file = path.to_str().expect("a path of text");
    let table = printed(&["evaluate", "places", file]);
    assert!(table.contains("oblast recall") && table.contains("0.500") && !table.contains("Trams"), "{table}");
    let misses = printed(&["evaluate", "places", file, "--misses"]);
    assert!(misses.contains("b (de): Kredit der Bank Lviv\n  missed  UA46000000000026241 Lviv Oblast"), "{misses}");
    let json = printed(&["evaluate", "places", file, "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let keys: Vec<&String> = json.as_object().expect("an object").keys().collect();
    assert_eq!(keys, ["languages", "oblast", "place"]);
    assert_eq!(json["oblast"], serde_json::json!({"precision": 1.0, "recall": 0.5}));
    assert_eq!(json["languages"]["en"]["place"], serde_json::json!({"precision": 1.0, "recall": 1.0}));
    assert_eq!(json["languages"]["others"]["recall"], 0.0);
}

#[test]
fn a_line_that_is_no_labelled_record_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("torn.jsonl");
    std::fs::write(&path, format!("{LABELLED}\n{{\"text\": ")).expect("a file");
    let file = path.to_str().expect("a path of text");
    check_refused(&["evaluate", "places", file], &[], &["torn.jsonl", "line 4", "labelled record"]);
    check_refused(&["evaluate", "places", "/nowhere.jsonl"], &[], &["/nowhere.jsonl cannot be read"]);
    check_refused(&["evaluate", "rivers", file], &[], &["rivers"]);
}
