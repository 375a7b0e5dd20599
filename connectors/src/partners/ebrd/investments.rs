//! The yearly investments workbook: signed amounts by facility, without any project number.
//!
//! Its rows are joined to the list by the words of the name and the country, and only where exactly one project has
//! them. All rows of one facility are added.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Range, Reader as _, Xlsx};
use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;

use super::countries::countries_in;
use crate::formats::money::printed_amount;
use crate::formats::text::squeeze;
use crate::model::{
    AmountBasis, Contribution, CountryCode, CurrencyCode, Instrument, Issue, Money, PartialDate, Project, Severity,
    codes, sha256_hex,
};

/// The columns that are read, by their headings.
const NAME: &str = "Operation Name";
const COUNTRY: &str = "Country";
const SIGNED: &str = "Original Signing Date";
const FINANCE: &str = "EBRD Finance";
const PARTS: [(&str, &str, Instrument); 3] = [
    ("EBRD Finance - Debt", "Debt", Instrument::Loan),
    ("EBRD Finance - Equity", "Equity", Instrument::Equity),
    ("EBRD Finance - Guarantee", "Guarantee", Instrument::Guarantee),
];

/// What the name of the last row begins with.
const TOTAL: &str = "overall - total";

/// One row, as sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// As a spreadsheet counts.
    pub(super) line: usize,
    pub(super) name: String,
    pub(super) countries: Vec<CountryCode>,
    pub(super) signed: Option<NaiveDate>,
    pub(super) finance: Decimal,
    /// Debt, equity and guarantee.
    pub(super) parts: [Decimal; 3],
    /// The cells, with tabs between them.
    pub(super) raw: String,
}

/// A row that cannot be read: its line, why, and its cells.
pub(super) type Unreadable = (usize, String, String);

/// The rows of the wanted countries.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Sheet {
    pub(super) rows: Vec<Row>,
    pub(super) unreadable: Vec<Unreadable>,
}

/// Reads the workbook.
///
/// # Errors
/// A sentence where it is no workbook, or none of its sheets has the header.
pub(super) fn read(workbook: &[u8], wanted: &[CountryCode]) -> Result<Sheet, String> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(workbook)).map_err(|error| format!("it is no workbook: {error}"))?;
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).map_err(|error| format!("its sheet {name} cannot be read: {error}"))?;
        if let Some(sheet) = sheet(&range, wanted) {
            return Ok(sheet);
        }
    }
    Err(format!("no sheet of it has a row with the headings {NAME}, {COUNTRY}, {SIGNED} and {FINANCE}"))
}

/// Reads a sheet; `None` where no row of it is the header. Editions have it on different rows, below a title.
pub(super) fn sheet(range: &Range<Data>, wanted: &[CountryCode]) -> Option<Sheet> {
    let first_line = range.start()?.0 as usize + 1;
    let mut rows = range.rows().zip(first_line..);
    let header: Vec<String> = rows.by_ref().find_map(|(cells, _)| {
        let texts: Vec<String> = cells.iter().map(|cell| squeeze(&text(cell))).collect();
        [NAME, COUNTRY, SIGNED, FINANCE].iter().all(|column| texts.iter().any(|text| text == column)).then_some(texts)
    })?;
    let mut sheet = Sheet::default();
    for (cells, line) in rows {
        let columns = Columns { header: &header, cells };
        match row(&columns, line, wanted) {
            Ok(row) => sheet.rows.extend(row),
            Err(reason) => sheet.unreadable.push((line, reason, columns.raw())),
        }
    }
    Some(sheet)
}

struct Columns<'sheet> {
    header: &'sheet [String],
    cells: &'sheet [Data],
}

impl Columns<'_> {
    fn cell(&self, column: &str) -> &Data {
        let position = self.header.iter().position(|name| name == column);
        position.and_then(|position| self.cells.get(position)).unwrap_or(&Data::Empty)
    }

    fn raw(&self) -> String {
        self.cells.iter().map(text).collect::<Vec<_>>().join("\t").trim_end().to_owned()
    }
}

/// `None` for an empty row, the total, and rows of other countries.
fn row(columns: &Columns<'_>, line: usize, wanted: &[CountryCode]) -> Result<Option<Row>, String> {
    let name = squeeze(&text(columns.cell(NAME)));
    if columns.raw().is_empty() || name.to_lowercase().starts_with(TOTAL) {
        return Ok(None);
    }
    let (countries, _) = countries_in(&text(columns.cell(COUNTRY)));
    if !countries.iter().any(|country| wanted.contains(country)) {
        return Ok(None);
    }
    if name.is_empty() {
        return Err("The row has no operation name.".to_owned());
    }
    let amount = |column: &str| match number(columns.cell(column)) {
        Some(value) => Ok(value),
        None => Err(format!("\"{}\" under {column} is not an amount.", text(columns.cell(column)))),
    };
    let [debt, equity, guarantee] = PARTS.map(|(column, ..)| amount(column));
    let signed = day(columns.cell(SIGNED));
    let parts = [debt?, equity?, guarantee?];
    Ok(Some(Row { line, name, countries, signed, finance: amount(FINANCE)?, parts, raw: columns.raw() }))
}

/// A cell as it is shown, dates in ISO form.
fn text(cell: &Data) -> String {
    match cell {
        Data::DateTime(_) | Data::DateTimeIso(_) => day(cell).map_or_else(|| cell.to_string(), |day| day.to_string()),
        _ => cell.to_string(),
    }
}

/// An amount; an empty cell and a dash are nothing. A workbook keeps numbers as binary floats: what is read is the
/// shortest decimal that stands for the same one, which is what was typed.
fn number(cell: &Data) -> Option<Decimal> {
    match cell {
        Data::Empty => Some(Decimal::ZERO),
        Data::Int(value) => Some(Decimal::from(*value)),
        Data::Float(value) => value.to_string().parse::<Decimal>().ok().map(|value| value.normalize()),
        Data::String(text) if matches!(text.trim(), "" | "-" | "–") => Some(Decimal::ZERO),
        Data::String(text) => printed_amount(text).map(|(value, _)| value),
        _ => None,
    }
}

/// A day; `None` for the junk that stands in some cells. Without a date's format, a day is a number of days.
fn day(cell: &Data) -> Option<NaiveDate> {
    let serial = match cell {
        Data::DateTime(instant) => instant.as_f64(),
        Data::Float(days) if (20_000.0..80_000.0).contains(days) => *days,
        Data::DateTimeIso(text) | Data::String(text) => return text.get(..10)?.parse().ok(),
        _ => return None,
    };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count of days, checked below")]
    let days = serial.floor().clamp(0.0, 100_000.0) as u64;
    NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(days))
}

/// Adds the signed amounts to the projects that they belong to, and says of every row that belongs to none why.
pub(super) fn attach(sheet: Sheet, projects: &mut [Project]) -> Vec<Issue> {
    let mut facilities: BTreeMap<(String, Vec<CountryCode>), Vec<Row>> = BTreeMap::new();
    for row in sheet.rows {
        facilities.entry((folded(&row.name), row.countries.clone())).or_default().push(row);
    }
    let mut issues = Vec::new();
    for ((name, countries), rows) in facilities {
        let same = |project: &Project| {
            project.titles.iter().any(|title| folded(&title.text) == name)
                && countries.iter().any(|country| project.countries.contains(country))
        };
        let mut found = projects.iter_mut().filter(|project| same(project));
        match (found.next(), found.next()) {
            (Some(project), None) => add(project, &rows),
            (None, _) => issues.push(unmatched(&rows, "no project of the list has its name and country")),
            (Some(_), Some(_)) => {
                issues.push(unmatched(&rows, "several projects of the list have its name and country"))
            }
        }
    }
    issues
}

/// The words of a name in small letters.
fn folded(name: &str) -> String {
    let lower = name.to_lowercase();
    let words = lower.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

fn unmatched(rows: &[Row], reason: &str) -> Issue {
    let lines: Vec<String> = rows.iter().map(|row| format!("row {}: {}", row.line, row.raw)).collect();
    let message = format!(
        "The investments workbook has a facility that was added to no record, since {reason}. {}",
        lines.join("; ")
    );
    Issue::new(codes::UNMATCHED_ROW, Severity::Info, message).at("amounts")
}

fn add(project: &mut Project, rows: &[Row]) {
    let signed = rows.iter().filter_map(|row| row.signed).min();
    let total: Decimal = rows.iter().map(|row| row.finance).sum();
    let date = signed.map(PartialDate::day);
    project.amounts.push(Money::new(total, CurrencyCode::EUR, AmountBasis::Signed, date));
    project.signed_on = project.signed_on.or(date);
    project.contributions.extend(rows.iter().flat_map(contributions));
    let forms: Vec<Instrument> = PARTS
        .iter()
        .enumerate()
        .filter(|(position, _)| rows.iter().any(|row| !row.parts[*position].is_zero()))
        .map(|(_, (_, _, form))| *form)
        .collect();
    if let ([only], Instrument::Unknown) = (forms.as_slice(), project.instrument) {
        project.instrument = *only;
    }
    note_oddities(project, rows);
    for row in rows {
        project.provenance.raw += &format!("\n\nInvestments workbook, row {}:\n{}", row.line, row.raw);
    }
    project.provenance.sha256 = sha256_hex(project.provenance.raw.as_bytes());
}

fn contributions(row: &Row) -> impl Iterator<Item = Contribution> + '_ {
    let date = row.signed.map(PartialDate::day);
    let parts = PARTS.iter().zip(row.parts).filter(|(_, value)| !value.is_zero());
    parts.map(move |((_, kind, _), value)| Contribution {
        reference: None,
        kind: (*kind).to_owned(),
        amount: Money::new(value, CurrencyCode::EUR, AmountBasis::Signed, date),
        date,
        sector: None,
    })
}

fn note_oddities(project: &mut Project, rows: &[Row]) {
    if rows.len() > 1 {
        let message = format!("The signed amount is the sum of {} rows of the investments workbook.", rows.len());
        project.issues.push(Issue::new(codes::SUMMED_ROWS, Severity::Info, message).at("amounts"));
    }
    for row in rows.iter().filter(|row| row.parts.iter().sum::<Decimal>() != row.finance) {
        let message =
            format!("Debt, equity and guarantee in row {} of the workbook do not make up its total.", row.line);
        project.issues.push(Issue::new(codes::PARTS_DIFFER, Severity::Warning, message).at("contributions"));
    }
    if rows.iter().any(|row| row.signed.is_none()) {
        let message = "A signing date in the investments workbook could not be read.";
        project.issues.push(Issue::new(codes::UNREADABLE_DATE, Severity::Warning, message).at("signedOn"));
    }
}
