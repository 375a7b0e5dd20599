//! The investments workbook: rows that once surprised us, written as cells. Their values are invented.

use calamine::{Cell, Data, Range};

use super::super::investments::{Sheet, attach, read, sheet};
use super::*;
use crate::model::{Instrument, Provenance, Text};

const HEADER: [&str; 8] = [
    "Operation Name",
    "Country",
    "Sector",
    "Original Signing Date",
    "EBRD Finance",
    "EBRD Finance - Debt",
    "EBRD Finance - Equity",
    "EBRD Finance - Guarantee",
];

/// Cells from texts: whole numbers and days as a workbook has them, the rest as text.
fn cells(rows: &[&[&str]]) -> Range<Data> {
    let mut all = Vec::new();
    for (line, row) in (0..).zip(rows) {
        for (column, text) in (0..).zip(*row) {
            let value = match text.parse::<f64>() {
                Ok(number) => Data::Float(number),
                Err(_) => Data::String((*text).to_owned()),
            };
            all.push(Cell::new((line, column), value));
        }
    }
    Range::from_sparse(all)
}

fn read_rows(rows: &[&[&str]]) -> Sheet {
    let mut all: Vec<&[&str]> = vec![&["EBRD investments"], &["in EUR"], &HEADER];
    all.extend(rows);
    sheet(&cells(&all), &[CountryCode::UA]).unwrap()
}

fn listed(id: &str, title: &str) -> Project {
    let provenance = Provenance::new("ebrd-projects", None, DateTime::UNIX_EPOCH, title.to_owned(), "text/plain");
    let titles = vec![Text::original(Language::EN, title)];
    Project { titles, countries: vec![CountryCode::UA], ..Project::new(ProjectId::new("ebrd", &[id]), provenance) }
}

#[test]
fn the_header_is_found_and_other_countries_and_the_total_are_left_out() {
    let sheet = read_rows(&[
        &["Example Metro", "UKRAINE", "Transport", "44252", "50000000", "50000000", "0", "0"],
        &["Example Road", "POLAND", "Transport", "44252", "1", "1", "0", "0"],
        &["Overall - Total", "", "", "", "50000001", "50000001", "0", "0"],
    ]);
    assert_eq!((sheet.rows.len(), sheet.unreadable.len()), (1, 0));
    let row = &sheet.rows[0];
    assert_eq!((row.line, row.signed, row.finance), (4, NaiveDate::from_ymd_opt(2021, 2, 25), 50_000_000.into()));
    assert!(super::super::investments::sheet(&cells(&[&["Something else"]]), &[CountryCode::UA]).is_none());
    assert!(read(b"<html>", &[CountryCode::UA]).unwrap_err().starts_with("it is no workbook"));
}

#[test]
fn rows_of_one_facility_are_added_and_said() {
    let sheet = read_rows(&[
        &["Example  METRO: phase I", "UKRAINE", "", "44252", "30", "20", "10", "0"],
        &["Example metro - Phase I", "UKRAINE", "", "-", "5", "5", "0", "0"],
    ]);
    let mut projects = [listed("1", "Example Metro, Phase I"), listed("2", "Example Metro, Phase II")];
    assert_eq!(attach(sheet, &mut projects), []);
    let [first, second] = projects;
    assert_eq!(first.amounts.iter().map(printed).collect::<Vec<_>>(), ["35 EUR Signed 2021-02-25"]);
    let parts: Vec<String> =
        first.contributions.iter().map(|part| format!("{} {}", part.kind, part.amount.value)).collect();
    assert_eq!(parts, ["Debt 20", "Equity 10", "Debt 5"]);
    assert_eq!(first.instrument, Instrument::Unknown, "debt and equity together are neither");
    assert_eq!(codes_of(&first), [codes::SUMMED_ROWS, codes::UNREADABLE_DATE]);
    assert!(first.provenance.raw.contains("Investments workbook, row 4:"));
    assert!(second.amounts.is_empty());
}

#[test]
fn a_row_that_fits_no_project_or_several_is_kept_apart() {
    let rows: [&[&str]; 2] = [
        &["Example Metro", "UKRAINE", "", "44252", "5", "5", "0", "0"],
        &["Example Bridge", "UKRAINE", "", "44252", "7", "7", "0", "0"],
    ];
    let mut projects = [listed("1", "Example Metro"), listed("2", "Example metro")];
    let issues = attach(read_rows(&rows), &mut projects);
    assert!(issues.iter().all(|issue| issue.code == codes::UNMATCHED_ROW));
    assert!(issues[0].message.contains("Example Bridge") && issues[0].message.contains("no project"), "{issues:?}");
    assert!(issues[1].message.contains("Example Metro") && issues[1].message.contains("several"), "{issues:?}");
    assert!(projects.iter().all(|project| project.amounts.is_empty()));
}

#[test]
fn an_amount_that_is_none_is_a_reject_and_parts_that_differ_are_said() {
    let sheet = read_rows(&[
        &["Example Metro", "UKRAINE", "", "44252", "much", "0", "0", "0"],
        &["Example Road", "UKRAINE", "", "44252", "8", "-", "0", "7"],
    ]);
    assert_eq!(sheet.unreadable[0].1, "\"much\" under EBRD Finance is not an amount.");
    let mut projects = [listed("1", "Example Road")];
    assert_eq!(attach(sheet, &mut projects), []);
    assert_eq!(projects[0].instrument, Instrument::Guarantee);
    assert_eq!(codes_of(&projects[0]), [codes::PARTS_DIFFER]);
}

#[tokio::test]
async fn the_recorded_workbook_gives_signed_amounts() {
    let harvest = baseline(&PARTNER, &PROJECTS, &[CountryCode::UA]).await.unwrap();
    let signed: Vec<String> = harvest
        .projects
        .iter()
        .filter_map(|project| {
            Some(format!("{} {}", project.id.native(), printed(project.amount(AmountBasis::Signed)?)))
        })
        .collect();
    assert_eq!(
        signed,
        ["50836 50000000 EUR Signed 2021-02-26", "authored-kharkiv-metro-extension 160000000 EUR Signed 2017-12-11"]
    );
}
