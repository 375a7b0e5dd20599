//! Where a record was seen, when, and exactly what was seen.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The evidence behind one record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// The feed it came by, e.g. `eib-projects`.
    pub source: String,
    /// The page a reader can open, where there is one.
    pub url: Option<String>,
    /// When it was read.
    pub retrieved_at: DateTime<Utc>,
    /// SHA-256 of [`Provenance::raw`], 64 small hexadecimal digits.
    pub sha256: String,
    /// The record exactly as the source sent it; parts from several pages stand one after the other.
    pub raw: String,
    /// The media type of [`Provenance::raw`].
    pub raw_media_type: String,
}

impl Provenance {
    /// Evidence with its digest computed.
    #[must_use]
    pub fn new(source: &str, url: Option<String>, retrieved_at: DateTime<Utc>, raw: String, media_type: &str) -> Self {
        let sha256 = sha256_hex(raw.as_bytes());
        Self { source: source.to_owned(), url, retrieved_at, sha256, raw, raw_media_type: media_type.to_owned() }
    }
}

/// SHA-256 as 64 small hexadecimal digits.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        write!(hex, "{byte:02x}").unwrap_or_default(); // writing to a String cannot fail
    }
    hex
}
