//! Tables in and out. The rows are invented.

mod database;
mod reading;
mod rows;

use crate::records::{Member, Partnership, RecordSet, Records};

use super::*;

const HEAD: &str = "kind,state,party_1_name,party_1_country,party_1_place,party_2_name,party_2_country,party_2_place,\
                    as_of,source_title,source_published_on,source_says";
const SOURCE: &str = "A register,2026-11-01,so it is";

/// The seed.
fn seed() -> Records {
    Records::seed().unwrap()
}

/// A row of the columns of [`HEAD`].
fn row(parties: &str, as_of: &str) -> String {
    format!("TWINNING,ACTIVE,{parties},{as_of},{SOURCE}\n")
}

fn csv_of(rows: &[String]) -> Table {
    Table::read(format!("{HEAD}\n{}", rows.concat()).as_bytes(), Format::Csv, PARTNERSHIP_COLUMNS).unwrap()
}

fn judged_rows(rows: &[String]) -> Judged<Partnership> {
    judge(&csv_of(rows), &seed())
}

/// The fate of one row about a partnership, as text.
#[track_caller]
fn check_row(row: &str, expected: &str) {
    let judged = judged_rows(&[row.to_owned()]);
    assert_eq!(told(&judged.verdicts[0]), expected, "{row}");
}

/// `2 added partnership:a-b-pl` or `2 refused …`.
fn told(verdict: &Verdict) -> String {
    let (word, reasons) = match &verdict.fate {
        Fate::Added => ("added", Vec::new()),
        Fate::Same => ("same", Vec::new()),
        Fate::Changed(differences) => ("changed", differences.clone()),
        Fate::Kept { reason, .. } => ("kept", vec![reason.clone()]),
        Fate::Refused(reasons) => ("refused", reasons.clone()),
    };
    let id = verdict.id.clone().unwrap_or_else(|| "-".to_owned());
    let reasons = if reasons.is_empty() { String::new() } else { format!(": {}", reasons.join("; ")) };
    format!("{} {word} {id}{reasons}", verdict.line)
}
