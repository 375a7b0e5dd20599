//! Files as rows, each with its line.

use super::*;

/// A line number, and the cells that stand there or what is wrong with them.
type ReadRow = (u64, Result<Vec<(String, String)>, String>);

fn rows(text: &str, format: Format) -> Vec<ReadRow> {
    let table = Table::read(text.as_bytes(), format, MEMBER_COLUMNS).unwrap();
    table.rows.into_iter().map(|row| (row.line, row.cells.map(|cells| cells.into_iter().collect()))).collect()
}

fn cells(pairs: &[(&str, &str)]) -> Result<Vec<(String, String)>, String> {
    Ok(pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect())
}

#[track_caller]
fn check_csv(text: &str, expected: &[ReadRow]) {
    assert_eq!(rows(text, Format::Csv), expected, "{text}");
}

#[track_caller]
fn check_unreadable(bytes: &[u8], format: Format, expected: &str) {
    let error = Table::read(bytes, format, MEMBER_COLUMNS).unwrap_err().to_string();
    assert!(error.contains(expected), "{error}");
}

#[test]
fn rows_know_the_line_that_they_begin_on() {
    let text = "name,note\nA,\"two\nlines\"\n\n , \nB,\n";
    check_csv(text, &[(2, cells(&[("name", "A"), ("note", "two\nlines")])), (6, cells(&[("name", "B")]))]);
}

#[test]
fn semicolons_tabs_and_a_byte_order_mark_are_read() {
    check_csv("\u{feff}Name;Note\r\nŁódź;a, b\r\n", &[(2, cells(&[("name", "Łódź"), ("note", "a, b")]))]);
    check_csv("name\tnote\nA\tb;c\n", &[(2, cells(&[("name", "A"), ("note", "b;c")]))]);
}

#[test]
fn a_bad_row_is_kept_with_its_reason_and_hides_no_other() {
    let read = rows("name,note\nA,b,c\nB,\u{202e}c\nC,\u{7}\nD,\n", Format::Csv);
    assert_eq!(read.len(), 4);
    let reason = |row: usize| read[row].1.as_ref().unwrap_err().as_str();
    assert!(reason(0).contains("3 cells"));
    assert!(reason(1).contains("`note`") && reason(2).contains("control character"));
    assert_eq!(read[3], (5, cells(&[("name", "D")])));
    let latin1 = Table::read(b"name\nK\xf6ln\nB\n", Format::Csv, MEMBER_COLUMNS).unwrap();
    assert!(latin1.rows[0].cells.as_ref().unwrap_err().contains("UTF-8") && latin1.rows[1].cells.is_ok());
    let long = format!("name\n{}\n", "x".repeat(4_001));
    assert!(rows(&long, Format::Csv)[0].1.as_ref().unwrap_err().contains("4001"));
}

#[test]
fn objects_are_rows_too() {
    let text = "[\n {\"name\": \"A\", \"note\": null},\n\n {\"name\": 5,\n \"kind\": \"CITY\"},\n 7,\n {\"name\": {}}, {\"nam\": \"\"}\n]";
    let read = rows(text, Format::Json);
    assert_eq!(read[0], (2, cells(&[("name", "A")])));
    assert_eq!(read[1], (4, cells(&[("kind", "CITY"), ("name", "5")])));
    assert_eq!(read[2], (6, Err("the row is not an object".to_owned())));
    assert_eq!(read[3], (7, Err("`name` has to be a text".to_owned())));
    assert_eq!(read[4], (7, Err("there is no column `nam`; is `name` meant?".to_owned())));
}

#[test]
fn a_file_without_the_columns_is_refused_as_a_whole() {
    check_unreadable(b"name,knid\n", Format::Csv, "line 1: there is no column `knid`; is `kind` meant?");
    check_unreadable(b"name,zzzzzzzzz\n", Format::Csv, "the columns are id, name,");
    check_unreadable(b"name,name\n", Format::Csv, "`name` is there twice");
    check_unreadable(b"[{\"name\": ]", Format::Json, "line 1 column");
    check_unreadable(b"{}", Format::Json, "not readable as JSON");
    assert!(Format::of_path(std::path::Path::new("a.xlsx")).unwrap_err().to_string().contains("a.xlsx"));
    assert_eq!(Format::of_path(std::path::Path::new("A.CSV")), Ok(Format::Csv));
}

#[test]
fn names_in_other_languages_and_further_parties_are_columns() {
    for name in ["name_uk", "name_sr-latn"] {
        assert!(super::super::columns::known(MEMBER_COLUMNS, name), "{name}");
        assert!(!super::super::columns::known(PARTNERSHIP_COLUMNS, name), "{name}");
    }
    for (name, expected) in [
        ("party_3_name", true),
        ("party_20_place", true),
        ("party_21_name", false),
        ("party_03_name", false),
        ("party_3_shoe", false),
    ] {
        assert_eq!(super::super::columns::known(PARTNERSHIP_COLUMNS, name), expected, "{name}");
    }
}

#[test]
fn a_guarded_text_comes_back_as_it_was() {
    let guard = super::super::table::guarded;
    assert_eq!(guard("=1+1"), "'=1+1");
    assert_eq!(guard("Lviv"), "Lviv");
    check_csv("name\n'=1+1\n", &[(2, cells(&[("name", "=1+1")]))]);
    check_csv("name\n's-Hertogenbosch\n", &[(2, cells(&[("name", "'s-Hertogenbosch")]))]);
}

#[test]
fn the_guide_explains_every_column() {
    let guide = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/import.md")).unwrap();
    for column in MEMBER_COLUMNS.iter().chain(PARTNERSHIP_COLUMNS) {
        let line = format!("| `{}` | {} |", column.name, column.meaning);
        assert!(guide.contains(&line), "docs/import.md lacks {line}");
    }
}
