//! Comma-separated values read record by record from a body that is still coming.

use bytes::{Buf, BytesMut};

use crate::http::{Body, Failure};

/// A record longer than this has an unclosed quote in it: the file is broken from there on.
const LONGEST_RECORD: usize = 1 << 20;

/// Cuts a body into records as it comes; only one record stands in memory at a time.
pub struct Records {
    body: Body,
    buffer: BytesMut,
    scanned: usize,
    in_quotes: bool,
    line: u64,
    ended: bool,
}

/// One record as it came, with the number of the line it begins at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawRecord {
    /// Bytes without the line break.
    pub bytes: Vec<u8>,
    /// Counted from 1, the header included.
    pub line: u64,
    /// Whether a line break ends it. The last record of a body may lack one; where its fields do not fit either, the
    /// body was cut short.
    pub ended: bool,
}

impl Records {
    /// Reads a body from its beginning.
    #[must_use]
    pub fn new(body: Body) -> Self {
        Self { body, buffer: BytesMut::new(), scanned: 0, in_quotes: false, line: 1, ended: false }
    }

    /// The body's address, media type and time.
    #[must_use]
    pub fn body(&self) -> &Body {
        &self.body
    }

    /// The next record that is not blank, `None` at the end.
    ///
    /// # Errors
    /// What [`Body::chunk`] gives, and [`Failure::Unreadable`] for a record without an end.
    pub async fn next(&mut self) -> Result<Option<RawRecord>, Failure> {
        loop {
            if let Some(record) = self.complete() {
                if record.bytes.iter().all(u8::is_ascii_whitespace) {
                    continue;
                }
                return Ok(Some(record));
            }
            if self.ended {
                return Ok(None);
            }
            if self.buffer.len() > LONGEST_RECORD {
                let reason = format!("line {} has an unclosed quote: over {LONGEST_RECORD} bytes", self.line);
                return Err(Failure::unreadable(self.body.url(), reason));
            }
            match self.body.chunk().await? {
                Some(chunk) => self.buffer.extend_from_slice(&chunk),
                None => self.ended = true,
            }
        }
    }

    /// A record whose end is in the buffer, or the rest of the buffer once the body has ended.
    fn complete(&mut self) -> Option<RawRecord> {
        while self.scanned < self.buffer.len() {
            let byte = self.buffer[self.scanned];
            self.scanned += 1;
            match byte {
                // A doubled quote inside quotes leaves and enters again: the same state as before.
                b'"' => self.in_quotes = !self.in_quotes,
                b'\n' if !self.in_quotes => return Some(self.cut(self.scanned)),
                _ => {}
            }
        }
        (self.ended && !self.buffer.is_empty()).then(|| self.cut(self.buffer.len()))
    }

    fn cut(&mut self, end: usize) -> RawRecord {
        let bytes = self.buffer[..end].to_vec();
        self.buffer.advance(end);
        self.scanned = 0;
        self.in_quotes = false;
        let line = self.line;
        self.line += bytes.iter().filter(|byte| **byte == b'\n').count() as u64;
        let unbroken = bytes.strip_suffix(b"\n");
        let ended = unbroken.is_some();
        let bytes = unbroken.map_or(bytes.as_slice(), |cut| cut.strip_suffix(b"\r").unwrap_or(cut));
        RawRecord { bytes: bytes.to_vec(), line, ended }
    }
}

/// Splits one record into its fields.
///
/// # Errors
/// A sentence where the record is not well-formed.
pub fn fields(record: &str) -> Result<Vec<String>, String> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(record.as_bytes());
    match reader.records().next() {
        Some(Ok(fields)) => Ok(fields.iter().map(str::to_owned).collect()),
        Some(Err(error)) => Err(error.to_string()),
        None => Ok(Vec::new()),
    }
}

/// Where each column stands, found by its name.
#[derive(Debug, Clone)]
pub struct Header(Vec<String>);

impl Header {
    /// A header line's fields.
    #[must_use]
    pub fn new(names: Vec<String>) -> Self {
        Self(names.into_iter().map(|name| name.trim().trim_start_matches('\u{feff}').to_owned()).collect())
    }

    /// How many columns there are.
    #[must_use]
    pub fn width(&self) -> usize {
        self.0.len()
    }

    /// The names that are missing of those wanted.
    #[must_use]
    pub fn missing<'name>(&self, wanted: &[&'name str]) -> Vec<&'name str> {
        wanted.iter().copied().filter(|name| self.position(name).is_none()).collect()
    }

    /// The position of the first column of this name; SDMX headers repeat names.
    #[must_use]
    pub fn position(&self, name: &str) -> Option<usize> {
        self.0.iter().position(|column| column == name)
    }

    /// The trimmed field of this column; `None` where the column or the field is missing or blank.
    #[must_use]
    pub fn field<'row>(&self, row: &'row [String], name: &str) -> Option<&'row str> {
        let field = row.get(self.position(name)?)?.trim();
        (!field.is_empty()).then_some(field)
    }
}
