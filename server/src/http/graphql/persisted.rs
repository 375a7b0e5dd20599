//! Documents that are asked for by the SHA-256 of their text: persisted by clients (Apollo's protocol), or trusted by the
//! operator.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;
use connectors::model::sha256_hex;
use moka::sync::Cache;

use super::request::Question;
use crate::answers::Outcome;
use crate::config::DocumentsConfig;
use crate::graph::documents::Refusal;

/// The documents that have a digest.
pub(super) struct Persisted {
    sent: Option<Cache<String, Arc<str>>>,
    trusted: HashMap<String, Arc<str>>,
    trusted_only: bool,
}

/// A refusal, and how the question ends by it.
pub(super) type Refused = (Refusal, Outcome);

impl Persisted {
    /// Reads the trusted documents.
    ///
    /// # Errors
    /// Where the folder or a file in it cannot be read, or only trusted documents are to be answered and there is none.
    pub(super) fn open(config: &DocumentsConfig) -> anyhow::Result<Self> {
        let mut trusted = HashMap::new();
        if let Some(folder) = &config.trusted_dir {
            read_below(folder, &mut trusted)?;
            tracing::info!(documents = trusted.len(), "trusted documents were read");
        }
        if config.trusted_only && trusted.is_empty() {
            anyhow::bail!(
                "only trusted documents are to be answered (`documents.trusted_only`), and there is none: name their folder by `documents.trusted_dir`"
            );
        }
        let weigh =
            |digest: &String, text: &Arc<str>| u32::try_from(digest.len() + text.len() + 100).unwrap_or(u32::MAX);
        let sent = (config.persisted_bytes > 0)
            .then(|| Cache::builder().weigher(weigh).max_capacity(config.persisted_bytes).build());
        Ok(Self { sent, trusted, trusted_only: config.trusted_only })
    }

    /// The text of the document that is asked for.
    pub(super) fn text(&self, question: &Question) -> Result<Arc<str>, Refused> {
        match (&question.query, &question.digest) {
            (Some(query), None) if self.trusted_only => self.trusted_text(&sha256_hex(query.as_bytes())),
            (Some(query), None) => Ok(query.as_str().into()),
            (Some(query), Some(digest)) => {
                if sha256_hex(query.as_bytes()) != *digest {
                    let message = "The SHA-256 sent is not that of the document sent. It is taken of the text in UTF-8, in small hexadecimal digits.";
                    return Err((Refusal::new("PERSISTED_QUERY_MISMATCH", message.to_owned()), Outcome::Refused));
                }
                if self.trusted_only { self.trusted_text(digest) } else { Ok(query.as_str().into()) }
            }
            (None, Some(digest)) => self.by_digest(digest),
            (None, None) => Ok("".into()),
        }
    }

    fn by_digest(&self, digest: &str) -> Result<Arc<str>, Refused> {
        if let Some(text) = self.trusted.get(digest) {
            return Ok(Arc::clone(text));
        }
        if self.trusted_only {
            return self.trusted_text(digest);
        }
        let Some(sent) = &self.sent else {
            let refusal = Refusal::new("PERSISTED_QUERY_NOT_SUPPORTED", "PersistedQueryNotSupported".to_owned());
            return Err((refusal, Outcome::Unknown));
        };
        // Clients look for these very words, and send the document then.
        sent.get(digest).ok_or_else(|| {
            (Refusal::new("PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound".to_owned()), Outcome::Unknown)
        })
    }

    fn trusted_text(&self, digest: &str) -> Result<Arc<str>, Refused> {
        self.trusted.get(digest).cloned().ok_or_else(|| {
            let message =
                "Only trusted documents are answered here (`documents.trusted_only`), and this is none of them.";
            (Refusal::new("DOCUMENT_NOT_TRUSTED", message.to_owned()), Outcome::Refused)
        })
    }

    /// Keeps a document that was sent with its digest, once it is known to be valid.
    pub(super) fn keep(&self, question: &Question, text: &Arc<str>) {
        if let (Some(sent), Some(_), Some(digest)) = (&self.sent, &question.query, &question.digest) {
            sent.insert(digest.clone(), Arc::clone(text));
        }
    }
}

fn read_below(folder: &Path, trusted: &mut HashMap<String, Arc<str>>) -> anyhow::Result<()> {
    let unreadable =
        || format!("the trusted documents in {} cannot be read (`documents.trusted_dir`)", folder.display());
    for entry in std::fs::read_dir(folder).with_context(unreadable)? {
        let path = entry.with_context(unreadable)?.path();
        if path.is_dir() {
            read_below(&path, trusted)?;
        } else if path.extension().is_some_and(|extension| extension == "graphql") {
            let text = std::fs::read_to_string(&path).with_context(unreadable)?;
            // Editors end a file with a line break that clients do not send.
            let trimmed = text.trim_end();
            trusted.insert(sha256_hex(trimmed.as_bytes()), trimmed.into());
            trusted.insert(sha256_hex(text.as_bytes()), text.as_str().into());
        }
    }
    Ok(())
}
