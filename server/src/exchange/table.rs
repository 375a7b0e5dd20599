//! A CSV or JSON file as rows.

use std::collections::BTreeMap;

use serde_json::Value;
use serde_json::value::RawValue;

use super::columns::{Column, known, nearest};

/// The most bytes of one file.
const MOST_BYTES: usize = 32 * 1024 * 1024;
/// The most characters of one cell.
const MOST_CHARACTERS: usize = 4_000;

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Comma-separated values with a first line of column names; read with semicolons or tabs, too.
    Csv,
    /// A list of objects whose keys are the columns.
    Json,
}

/// Why nothing of a file can be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// No format has this ending.
    #[error("`{0}` ends neither in .csv nor in .json; rename it, or save it as one of these")]
    Ending(String),
    /// More than can be taken in at once.
    #[error("the file has {0} bytes; at most 33554432 are read: split it")]
    TooLong(usize),
    /// The columns are not those of the table.
    #[error("line 1: {0}")]
    Columns(String),
    /// It is not the format that its ending says.
    #[error("the file is not readable as {format}: {reason}")]
    Unreadable {
        /// CSV or JSON.
        format: &'static str,
        /// What is wrong, and where.
        reason: String,
    },
}

/// One row: its filled cells, or why it could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The line that it begins on, from 1.
    pub line: u64,
    /// The filled cells by column, or what is wrong with the row as a whole.
    pub cells: Result<BTreeMap<String, String>, String>,
}

/// The rows of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// In the order of the file; empty lines are left out.
    pub rows: Vec<Row>,
}

impl Format {
    /// The format that a file's ending says.
    ///
    /// # Errors
    /// [`TableError::Ending`].
    pub fn of_path(path: &std::path::Path) -> Result<Self, TableError> {
        let ending = path.extension().and_then(std::ffi::OsStr::to_str).map(str::to_ascii_lowercase);
        match ending.as_deref() {
            Some("csv") => Ok(Self::Csv),
            Some("json") => Ok(Self::Json),
            _ => Err(TableError::Ending(path.display().to_string())),
        }
    }
}

impl Table {
    /// Reads a file. A row that cannot be read is kept with the reason, and the others are read all the same.
    ///
    /// # Errors
    /// [`TableError`] where nothing of it can be read.
    pub fn read(bytes: &[u8], format: Format, columns: &[Column]) -> Result<Self, TableError> {
        if bytes.len() > MOST_BYTES {
            return Err(TableError::TooLong(bytes.len()));
        }
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        let rows = match format {
            Format::Csv => delimited(bytes, columns)?,
            Format::Json => objects(bytes, columns)?,
        };
        Ok(Self { rows })
    }
}

fn delimited(bytes: &[u8], columns: &[Column]) -> Result<Vec<Row>, TableError> {
    let unreadable = |reason: String| TableError::Unreadable { format: "CSV", reason };
    let mut reader = csv::ReaderBuilder::new().flexible(true).delimiter(delimiter(bytes)).from_reader(bytes);
    let header = reader.byte_headers().map_err(|error| unreadable(error.to_string()))?;
    let names: Vec<String> = header.iter().map(|name| String::from_utf8_lossy(name).trim().to_lowercase()).collect();
    check_names(&names, columns)?;
    let mut rows = Vec::new();
    let mut lines = Lines { text: bytes, at: 0, line: 1 };
    let mut record = csv::ByteRecord::new();
    while reader.read_byte_record(&mut record).map_err(|error| unreadable(error.to_string()))? {
        let at = record.position().map_or(0, csv::Position::byte);
        let line = lines.at(usize::try_from(at).unwrap_or(usize::MAX));
        if record.iter().all(|cell| cell.trim_ascii().is_empty()) {
            continue;
        }
        rows.push(Row { line, cells: cells_of(&names, &record) });
    }
    Ok(rows)
}

/// What the first line divides its names by most often: a comma, a semicolon (spreadsheets of most of Europe), a tab.
fn delimiter(bytes: &[u8]) -> u8 {
    let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |delimiter: &u8| first.iter().filter(|byte| *byte == delimiter).count();
    *[b'\t', b';', b','].iter().max_by_key(|delimiter| count(delimiter)).unwrap_or(&b',')
}

fn check_names(names: &[String], columns: &[Column]) -> Result<(), TableError> {
    for (position, name) in names.iter().enumerate() {
        if names[..position].contains(name) {
            return Err(TableError::Columns(format!("the column `{name}` is there twice")));
        }
        check_name(name, columns).map_err(TableError::Columns)?;
    }
    Ok(())
}

fn check_name(name: &str, columns: &[Column]) -> Result<(), String> {
    if known(columns, name) {
        return Ok(());
    }
    let hint = match nearest(columns, name) {
        Some(nearest) => format!("; is `{nearest}` meant?"),
        None => {
            let names: Vec<_> = columns.iter().map(|column| column.name).collect();
            format!("; the columns are {}", names.join(", "))
        }
    };
    Err(format!("there is no column `{}`{hint}", name.chars().take(60).collect::<String>()))
}

fn cells_of(names: &[String], record: &csv::ByteRecord) -> Result<BTreeMap<String, String>, String> {
    if record.len() > names.len() {
        return Err(format!(
            "the row has {} cells, the first line {}; a text with the delimiter in it stands in quotes",
            record.len(),
            names.len()
        ));
    }
    let mut cells = BTreeMap::new();
    for (name, cell) in names.iter().zip(record) {
        let text = std::str::from_utf8(cell)
            .map_err(|_| format!("`{name}` is not in UTF-8; save the file with that encoding"))?;
        put(&mut cells, name, unguarded(text))?;
    }
    Ok(cells)
}

fn objects(bytes: &[u8], columns: &[Column]) -> Result<Vec<Row>, TableError> {
    let unreadable = |reason: String| TableError::Unreadable { format: "JSON", reason };
    let text = std::str::from_utf8(bytes).map_err(|error| unreadable(error.to_string()))?;
    let values: Vec<&RawValue> = serde_json::from_str(text).map_err(|error| unreadable(error.to_string()))?;
    let mut lines = Lines { text: bytes, at: 0, line: 1 };
    // Each value is a slice of the text, so the distance of their beginnings is where it stands.
    let at = |value: &RawValue| (value.get().as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    Ok(values.into_iter().map(|value| Row { line: lines.at(at(value)), cells: cells_in(value, columns) }).collect())
}

/// Counts lines up to places in a text that are asked for in their order.
struct Lines<'text> {
    text: &'text [u8],
    at: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line of what begins at this byte, or behind the line ends that stand there.
    fn at(&mut self, byte: usize) -> u64 {
        let rest = self.text.get(byte..).unwrap_or_default();
        let ends = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let at = (byte + ends).min(self.text.len()).max(self.at);
        self.line += self.text[self.at..at].iter().filter(|byte| **byte == b'\n').count() as u64;
        self.at = at;
        self.line
    }
}

fn cells_in(value: &RawValue, columns: &[Column]) -> Result<BTreeMap<String, String>, String> {
    let object: serde_json::Map<String, Value> =
        serde_json::from_str(value.get()).map_err(|_| "the row is not an object".to_owned())?;
    let mut cells = BTreeMap::new();
    for (name, value) in object {
        check_name(&name, columns)?;
        let text = match value {
            Value::Null => continue,
            Value::String(text) => text,
            Value::Number(number) => number.to_string(),
            Value::Array(items) => texts(&name, items)?,
            Value::Bool(_) | Value::Object(_) => return Err(format!("`{name}` has to be a text")),
        };
        put(&mut cells, &name, &text)?;
    }
    Ok(cells)
}

fn texts(name: &str, items: Vec<Value>) -> Result<String, String> {
    let text = |item: Value| match item {
        Value::String(text) => Ok(text),
        _ => Err(format!("`{name}` has to be a text or a list of texts")),
    };
    Ok(items.into_iter().map(text).collect::<Result<Vec<_>, _>>()?.join("; "))
}

fn put(cells: &mut BTreeMap<String, String>, name: &str, text: &str) -> Result<(), String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(());
    }
    let length = text.chars().count();
    if length > MOST_CHARACTERS {
        return Err(format!("`{name}` has {length} characters; at most {MOST_CHARACTERS} are taken"));
    }
    if text.chars().any(hidden) {
        return Err(format!(
            "`{name}` has a control character or one that changes the direction of writing; remove it"
        ));
    }
    cells.insert(name.to_owned(), text.to_owned());
    Ok(())
}

/// Characters that nobody sees and that make a text look like another one.
fn hidden(letter: char) -> bool {
    let direction = matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}');
    direction || (letter.is_control() && !matches!(letter, '\n' | '\r' | '\t'))
}

/// The signs that a spreadsheet takes for the beginning of a formula.
const FORMULA: [char; 4] = ['=', '+', '-', '@'];

/// A text that no spreadsheet takes for a formula: with an apostrophe before a sign of one.
pub(super) fn guarded(text: &str) -> String {
    if text.starts_with(FORMULA) { format!("'{text}") } else { text.to_owned() }
}

/// The text that was guarded.
fn unguarded(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| rest.starts_with(FORMULA)).unwrap_or(text)
}
