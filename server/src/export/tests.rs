//! Rows, formats, parameters, and what a spreadsheet must not take for a formula.

use std::collections::BTreeSet;
use std::sync::Arc;

use connectors::http::ManualClock;
use serde_json::Value;

use super::*;
use crate::config::Config;
use crate::hub::Hub;
use crate::samples::at;
use crate::view::View;

/// The built-in baseline, which nobody reads anew.
async fn view() -> View {
    let folder = tempfile::tempdir().unwrap();
    let mut config = Config { data_dir: folder.path().to_owned(), ..Config::default() };
    config.harvest.automatic = false;
    Hub::open(&config, Arc::new(ManualClock::at(at(0)))).await.unwrap().view()
}

fn file(view: &View, query: &str, format: Format) -> Vec<bytes::Bytes> {
    Chunks::new(view.clone(), Asked::read(query, format, view).unwrap(), format).collect()
}

fn rows(view: &View, query: &str) -> Vec<Value> {
    let text = file(view, query, Format::Ndjson).concat();
    std::str::from_utf8(&text).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[track_caller]
fn check_safe(text: &str, expected: &str) {
    assert_eq!(delimited::safe(text), expected);
}

#[test]
fn no_text_is_a_formula() {
    check_safe("Kharkiv metro", "Kharkiv metro");
    check_safe("=HYPERLINK(\"http://example.org\")", "'=HYPERLINK(\"http://example.org\")");
    check_safe("+380", "'+380");
    check_safe("-1+2", "'-1+2");
    check_safe("@SUM(A1)", "'@SUM(A1)");
    check_safe("  =1", "'  =1");
    check_safe("\t=1", "' =1");
    check_safe("＝1", "'＝1");
    check_safe("one\r\n=two", "one  =two");
    check_safe("5 - 3 = 2", "5 - 3 = 2");
}

#[test]
fn the_last_columns_say_where_a_row_comes_from_and_no_name_is_used_twice() {
    let names: Vec<&str> = COLUMNS.iter().map(|column| column.name).collect();
    assert_eq!(names[names.len() - 3..], ["source_url", "retrieved_at", "hub_id"]);
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
    assert!(COLUMNS.iter().all(|column| !column.meaning.is_empty()));
}

#[tokio::test]
async fn every_format_says_the_same_of_every_record() {
    let view = view().await;
    let lines = rows(&view, "");
    assert_eq!(lines.len(), view.catalogue.records().len());
    let whole: Value = serde_json::from_slice(&file(&view, "", Format::Json).concat()).unwrap();
    assert_eq!(whole["rows"].as_array().unwrap(), &lines);
    assert_eq!(whole["records"], lines.len());
    let map: Value = serde_json::from_slice(&file(&view, "", Format::GeoJson).concat()).unwrap();
    let features = map["features"].as_array().unwrap();
    let left_out = &map["left_out"];
    let counted: u64 =
        ["nationwide", "unlocated", "place_without_point"].iter().map(|part| left_out[part].as_u64().unwrap()).sum();
    assert_eq!(left_out["records"], counted);
    assert_eq!(features.len() as u64 + counted, lines.len() as u64);
    assert!(features.iter().all(|feature| feature["geometry"]["coordinates"].is_array()));
    assert!(features.iter().all(|feature| lines.contains(&feature["properties"])));
}

#[tokio::test]
async fn cells_and_values_agree_column_by_column() {
    let view = view().await;
    let text = file(&view, "", Format::Csv).concat();
    let mut reader = csv::Reader::from_reader(text.as_slice());
    let names: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    assert_eq!(names, COLUMNS.iter().map(|column| column.name).collect::<Vec<_>>());
    for (cells, line) in reader.records().zip(rows(&view, "")) {
        for (cell, column) in cells.unwrap().iter().zip(COLUMNS) {
            let value = &line[column.name];
            let absent = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
            assert_eq!(cell.is_empty(), absent, "{} of {}", column.name, line["hub_id"]);
            assert!(!(absent && column.empty.is_empty()), "{} has to say what empty means", column.name);
            if let (Some(values), Some(text)) = (column.values, value.as_str()) {
                assert!(values().contains(&text), "{text} is no {}", column.name);
            }
            assert!(!cell.starts_with(['=', '+', '@']), "{cell}");
        }
    }
}

#[tokio::test]
async fn an_amount_that_is_not_published_is_empty_and_zero_is_zero() {
    let view = view().await;
    for line in rows(&view, "grain=amount") {
        let published = line["amount_state"] == "PUBLISHED";
        assert_eq!(line["amount_value"].is_number(), published, "{line}");
        assert_eq!(line["amount_currency"].is_string() && line["amount_basis"].is_string(), published, "{line}");
        assert!(!published || line["amount_eur"].is_number() != line["amount_eur_missing"].is_string(), "{line}");
    }
    let amounts: usize = view
        .catalogue
        .records()
        .enumerate()
        .map(|(number, _)| view.catalogue.project(u32::try_from(number).unwrap()).amounts().count().max(1))
        .sum();
    assert_eq!(rows(&view, "grain=amount").len(), amounts);
}

#[tokio::test]
async fn a_filter_is_taken_as_parameters_and_as_json_alike() {
    let view = view().await;
    let parameters = rows(&view, "partners=eib,ebrd&statuses=SIGNED&amountMin=1000000");
    let json = r#"{"partners":["eib","ebrd"],"statuses":["SIGNED"],"amountMin":1000000}"#;
    let json: String = url::form_urlencoded::byte_serialize(json.as_bytes()).collect();
    assert!(!parameters.is_empty() && parameters.len() < rows(&view, "").len());
    assert_eq!(parameters, rows(&view, &format!("filter={json}")));
    assert_eq!(parameters, rows(&view, "partners=eib&partners=ebrd&statuses=SIGNED&amountMin=1000000"));
    assert!(rows(&view, "partners=").is_empty(), "an empty list chooses nothing, as in a query");
}

#[tokio::test]
async fn what_is_not_understood_is_refused_with_a_code() {
    let view = view().await;
    let check = |query: &str, code: &str, part: &str| {
        let fault = Asked::read(query, Format::Json, &view).unwrap_err();
        assert_eq!(fault.code(), code, "{query}: {fault}");
        assert!(fault.to_string().contains(part), "{query}: {fault}");
    };
    check("partners=xyz", "UNKNOWN_PARTNER", "`eib`");
    check("within=XX0", "UNKNOWN_PLACE", "XX0");
    check("sectors=99999", "UNKNOWN_SECTOR", "99999");
    check("partner=eib", "UNKNOWN_PARAMETER", "did you mean `partners`?");
    check("bom=true", "UNKNOWN_PARAMETER", "bom");
    check("statuses=DONE", "INVALID_FILTER", "DONE");
    check("signedFrom=soon", "INVALID_FILTER", "soon");
    check("statusConflict=yes", "INVALID_FILTER", "statusConflict");
    check("text=a&text=b", "GIVEN_TWICE", "text");
    check("text=a&filter=%7B%22text%22%3A%22b%22%7D", "GIVEN_TWICE", "text");
    check("filter=%5B%5D", "INVALID_FILTER", "JSON object");
    check("filter=%7B%22colour%22%3A1%7D", "UNKNOWN_PARAMETER", "colour");
    check("grain=day", "INVALID_PARAMETER", "`amount`");
}

#[tokio::test]
async fn a_file_comes_in_pieces_that_stay_small() {
    let view = view().await;
    for format in Format::ALL {
        let pieces = file(&view, "", format);
        assert!(pieces.len() > 1 && pieces.iter().all(|piece| piece.len() < 64 << 10), "{format:?}");
    }
    let pieces: Vec<_> = whole::Whole::new(view).collect();
    assert!(pieces.len() > 1 && pieces.iter().skip(1).all(|piece| piece.len() < 96 << 10));
}

#[tokio::test]
async fn the_whole_catalogue_names_terms_and_date_and_leaves_nothing_out() {
    let view = view().await;
    let file: Value = serde_json::from_slice(&whole::Whole::new(view.clone()).collect::<Vec<_>>().concat()).unwrap();
    let count = |list: &str| file[list].as_array().unwrap().len();
    assert_eq!(count("projects"), view.catalogue.records().len());
    assert_eq!(count("members"), view.records.members().len());
    assert_eq!(count("partnerships"), view.records.partnerships().len());
    assert_eq!(count("sources"), view.sources.len());
    assert!(
        file["sources"]
            .as_array()
            .unwrap()
            .iter()
            .all(|source| source["terms"].as_str().is_some_and(|terms| !terms.is_empty()))
    );
    assert_eq!(file["generation"], view.catalogue.generation());
    assert!(file["created_at"].is_string() && count("licence_notes") > 0);
    assert_eq!(count("project_columns"), COLUMNS.len());
}
