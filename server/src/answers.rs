//! Finished answers, and how they are keyed.
//!
//! The key holds everything an answer depends on: the question (document, variables, operation), the rights of who
//! asks, and the edition of what the hub knows. New knowledge makes new keys, so nothing is ever invalidated and no
//! answer can be stale; old ones leave when room is needed.

mod encoded;

use std::sync::Arc;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use moka::future::Cache;

use crate::config::AnswersConfig;
use crate::hub::Edition;
pub use encoded::{Encoded, Encoding};

/// What a caller may see. Answers are shared only among callers of one class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rights {
    /// Anybody.
    Public,
}

/// Everything an answer depends on.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Key {
    /// The query's text.
    pub document: Arc<str>,
    /// The variables as canonical JSON.
    pub variables: String,
    /// The operation chosen.
    pub operation: Option<String>,
    /// Who asks.
    pub rights: Rights,
    /// What the hub knows.
    pub edition: Edition,
}

/// A finished answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The JSON text of the whole response.
    pub body: Bytes,
    /// Whether it can be given again: it has no error in it, and changed nothing.
    pub keep: bool,
    /// How the question ended.
    pub outcome: Outcome,
    /// How long it stays what it is.
    pub lasting: Lasting,
    /// The same text compressed, once somebody has asked for it so.
    pub encoded: Encoded,
}

/// How long an answer stays what it is, as far as the hub can know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lasting {
    /// It can change at any moment: a source is not fresh, or a record can be changed.
    Unknown,
    /// Until the first source is due.
    Until(DateTime<Utc>),
    /// As long as this version of the hub.
    Always,
}

/// How a question ended. Everything but the first two is without data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Data, and no error.
    Complete,
    /// Data with errors at some fields.
    Partial,
    /// The document cannot be read.
    Unreadable,
    /// The document, its variables or its size is not allowed: nothing was executed.
    Refused,
    /// A digest that the hub does not know: the document has to be sent along.
    Unknown,
    /// The hub has no room now, or the question took too long.
    Full,
    /// The hub is at fault.
    Broken,
}

/// The cache of finished answers, weighed by bytes.
#[derive(Clone)]
pub struct Answers {
    cache: Cache<Arc<Key>, Answer>,
}

impl Answers {
    /// A cache of at most the configured size.
    #[must_use]
    pub fn new(config: &AnswersConfig) -> Self {
        let weigh = |key: &Arc<Key>, answer: &Answer| {
            // Twice the text: its compressed forms come later, and are smaller.
            let fixed = std::mem::size_of::<Key>() + std::mem::size_of::<Answer>();
            let grown = key.document.len() + key.variables.len() + answer.body.len() * 2;
            u32::try_from(fixed + grown).unwrap_or(u32::MAX)
        };
        Self { cache: Cache::builder().weigher(weigh).max_capacity(config.max_bytes).build() }
    }

    /// The answer to a question. Everybody who asks the same at once waits for one execution; an answer that may not be
    /// kept is shared among them and then forgotten.
    pub async fn get(&self, key: Key, execute: impl Future<Output = Answer>) -> Answer {
        let execution = async {
            let answer = execute.await;
            if answer.keep { Ok(answer) } else { Err(answer) }
        };
        match self.cache.try_get_with(Arc::new(key), execution).await {
            Ok(answer) => answer,
            Err(forgotten) => Answer::clone(&forgotten),
        }
    }

    /// How many bytes the answers held weigh, keys included.
    pub async fn weight(&self) -> u64 {
        self.cache.run_pending_tasks().await;
        self.cache.weighted_size()
    }
}
