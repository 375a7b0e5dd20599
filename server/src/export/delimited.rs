//! Rows as comma-separated values that a spreadsheet can open without harm.

use std::borrow::Cow;

use super::{COLUMNS, Cell, Row};

/// What Excel needs to take a file for UTF-8.
pub(super) const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// Writes the line of column names.
pub(super) fn head(out: &mut Vec<u8>) {
    line(out, COLUMNS.iter().map(|column| Cow::Borrowed(column.name)));
}

/// Writes the line of a row.
pub(super) fn row(out: &mut Vec<u8>, row: &Row<'_>) {
    line(out, COLUMNS.iter().map(|column| field(&column.cell(row)).into_owned().into()));
}

/// Writes one line by RFC 4180.
pub(super) fn line<'field>(out: &mut Vec<u8>, fields: impl Iterator<Item = Cow<'field, str>>) {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    let written = writer.write_record(fields.map(|field| field.into_owned())).and_then(|()| Ok(writer.flush()?));
    // A vector takes everything.
    drop(written);
}

/// A value as a spreadsheet is to see it.
pub(super) fn field<'cell>(cell: &'cell Cell<'_>) -> Cow<'cell, str> {
    match cell {
        Cell::Absent => Cow::Borrowed(""),
        Cell::Text(text) => safe(text),
        Cell::List(list) => Cow::Owned(safe(&list.join("; ")).into_owned()),
        Cell::Decimal(decimal) => Cow::Owned(decimal.normalize().to_string()),
        Cell::Number(number) => Cow::Owned(number.to_string()),
        Cell::Count(count) => Cow::Owned(count.to_string()),
        Cell::Flag(flag) => Cow::Borrowed(if *flag { "true" } else { "false" }),
    }
}

/// A text that no spreadsheet takes for a formula, on one line.
///
/// Titles are other people's words: one that begins with a sign of a formula gets an apostrophe before it, by which
/// spreadsheets know a text. Control characters, line ends among them, become blanks, so that one row is one line.
pub(super) fn safe(text: &str) -> Cow<'_, str> {
    let one_line: Cow<'_, str> = if text.contains(char::is_control) {
        text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect::<String>().into()
    } else {
        text.into()
    };
    // The wide forms are folded to the plain ones by some spreadsheets.
    let formula = one_line.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    if formula { format!("'{one_line}").into() } else { one_line }
}
