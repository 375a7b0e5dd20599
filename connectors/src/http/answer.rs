//! Reads a body as it comes, caps it, and tells a block page from data.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use chrono::{DateTime, Utc};
use url::Url;

use super::transport::{RawAnswer, RawBody};
use super::{Client, Failure};
use crate::formats::text::{Decoded, decode};

/// How much of a failing answer's body is kept.
const EXCERPT_BYTES: usize = 2_048;

/// The kind of content that is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expect {
    /// JSON.
    Json,
    /// Comma-separated values, plain or by SDMX.
    Csv,
    /// A page for people.
    Html,
    /// Any other file.
    File,
}

impl Expect {
    /// The `Accept` header that asks for it.
    pub(super) fn accept(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Csv => "text/csv, application/vnd.sdmx.data+csv;q=0.9, */*;q=0.1",
            Self::Html => "text/html",
            Self::File => "*/*",
        }
    }

    /// Whether a body that begins like this is a page in place of the data due.
    fn is_block_page(self, beginning: &[u8]) -> bool {
        let data_due = matches!(self, Self::Json | Self::Csv);
        data_due && beginning.iter().find(|byte| !byte.is_ascii_whitespace()).is_some_and(|byte| *byte == b'<')
    }
}

/// A whole answer.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Where it came from.
    pub url: Url,
    /// The media type as sent; may be empty.
    pub media_type: String,
    /// When it was read.
    pub retrieved_at: DateTime<Utc>,
    /// The body, decompressed.
    pub body: Bytes,
}

impl Answer {
    /// The body as text; see [`decode`] for what happens to other encodings than UTF-8.
    #[must_use]
    pub fn text(&self) -> Decoded<'_> {
        decode(&self.body, &self.media_type)
    }
}

/// An answer whose body is read piece by piece.
pub struct Body {
    url: Url,
    media_type: String,
    raw: RawBody,
    first: Option<Bytes>,
    read: u64,
    expect: Expect,
    client: Client,
    retrieved_at: DateTime<Utc>,
}

impl Body {
    /// Takes a successful answer; any other becomes the failure that says what to do.
    pub(super) async fn open(sent: RawAnswer, url: &Url, expect: Expect, client: &Client) -> Result<Self, Failure> {
        let (status, retry_after) = (sent.status, sent.retry_after.clone());
        let mut body = Self {
            url: url.clone(),
            media_type: sent.media_type,
            raw: sent.body,
            first: None,
            read: 0,
            expect,
            client: client.clone(),
            retrieved_at: client.now(),
        };
        if (200..300).contains(&status) {
            return Ok(body);
        }
        let excerpt = body.excerpt().await;
        let url = Box::new(url.clone());
        let wait = retry_after.and_then(|text| wait_named(&text, client.now()));
        Err(match status {
            404 | 410 => Failure::NotFound { url, status, excerpt },
            429 => Failure::Throttled { url, wait },
            503 if wait.is_some() => Failure::Throttled { url, wait },
            400..500 => Failure::Refused { url, reason: format!("status {status}"), excerpt },
            _ => Failure::Unavailable { url, status, excerpt },
        })
    }

    /// Where the answer comes from.
    #[must_use]
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// The media type as sent; may be empty.
    #[must_use]
    pub fn media_type(&self) -> &str {
        &self.media_type
    }

    /// When the answer began.
    #[must_use]
    pub fn retrieved_at(&self) -> DateTime<Utc> {
        self.retrieved_at
    }

    /// The next piece, `None` at the end.
    ///
    /// # Errors
    /// [`Failure::CutShort`] or [`Failure::Unreachable`] on the way, [`Failure::TooLarge`] past the limit,
    /// [`Failure::Refused`] where a page comes in place of the data due.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Failure> {
        if let Some(first) = self.first.take() {
            return Ok(Some(first));
        }
        let Some(chunk) = self.raw.chunk(&self.url).await? else { return Ok(None) };
        if self.read == 0 && self.expect.is_block_page(&chunk) {
            let reason = "an HTML or XML page came where data was due".to_owned();
            let excerpt = lossy(&chunk);
            return Err(Failure::Refused { url: Box::new(self.url.clone()), reason, excerpt });
        }
        self.read += chunk.len() as u64;
        self.client.progress().read(chunk.len());
        let limit = self.client.0.options.max_body_bytes;
        if self.read > limit {
            return Err(Failure::TooLarge { url: Box::new(self.url.clone()), limit });
        }
        Ok(Some(chunk))
    }

    /// The same body with its first piece read, so that a failure at the very beginning is still retried.
    pub(super) async fn begun(mut self) -> Result<Self, Failure> {
        self.first = self.chunk().await?;
        Ok(self)
    }

    /// The whole body at once.
    pub(super) async fn whole(mut self) -> Result<Answer, Failure> {
        let mut body = BytesMut::new();
        while let Some(chunk) = self.chunk().await? {
            body.extend_from_slice(&chunk);
        }
        Ok(Answer { url: self.url, media_type: self.media_type, retrieved_at: self.retrieved_at, body: body.freeze() })
    }

    async fn excerpt(&mut self) -> String {
        let mut kept = BytesMut::new();
        while kept.len() < EXCERPT_BYTES {
            // The answer is a failure already: a second one on the way to its text adds nothing.
            let Ok(Some(chunk)) = self.raw.chunk(&self.url).await else { break };
            kept.extend_from_slice(&chunk);
        }
        lossy(&kept)
    }
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(&bytes[..bytes.len().min(EXCERPT_BYTES)]).into_owned()
}

/// The wait that `Retry-After` names, in seconds or as an HTTP date (RFC 9110, section 10.2.3).
fn wait_named(text: &str, now: DateTime<Utc>) -> Option<Duration> {
    if let Ok(seconds) = text.trim().parse() {
        return Some(Duration::from_secs(seconds));
    }
    let instant = DateTime::parse_from_rfc2822(text.trim()).ok()?;
    Some((instant.with_timezone(&Utc) - now).to_std().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let now = DateTime::UNIX_EPOCH;
        assert_eq!(wait_named("120", now), Some(Duration::from_secs(120)));
        assert_eq!(wait_named("Thu, 01 Jan 1970 00:02:00 GMT", now), Some(Duration::from_secs(120)));
        assert_eq!(wait_named("soon", now), None);
    }
}
