//! Finished answers, and how they are keyed.
//!
//! The key holds everything an answer depends on: the question (document, variables, operation), the rights of who
//! asks, and the edition of what the hub knows. New knowledge makes new keys, so nothing is ever invalidated and no
//! answer can be stale; old ones leave when room is needed.

mod encoded;

use std::sync::Arc;

use ahash::RandomState;
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
    pub edition: Arc<Edition>,
}

/// A request by anybody, as it was sent.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Sent {
    /// Its body.
    pub body: Bytes,
    /// What the hub knows.
    pub edition: Arc<Edition>,
}

/// What an answer is found by.
#[derive(Debug, PartialEq, Eq, Hash)]
enum Held {
    /// What was asked.
    Key(Key),
    /// How it was asked: who asks in the same words again is answered before they are read.
    Sent(Sent),
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
    cache: Cache<Held, Answer, RandomState>,
}

impl Answers {
    /// A cache of at most the configured size.
    #[must_use]
    pub fn new(config: &AnswersConfig) -> Self {
        let weigh = |held: &Held, answer: &Answer| {
            let fixed = std::mem::size_of::<Held>() + std::mem::size_of::<Answer>();
            let key = match held {
                Held::Key(key) => key.document.len() + key.variables.len(),
                // The text is weighed here, too: it stays as long as either is held.
                Held::Sent(sent) => sent.body.len(),
            };
            // Twice the text: its compressed forms come later, and are smaller.
            u32::try_from(fixed + key + answer.body.len() * 2).unwrap_or(u32::MAX)
        };
        Self {
            cache: Cache::builder().weigher(weigh).max_capacity(config.max_bytes).build_with_hasher(RandomState::new()),
        }
    }

    /// The answer to a question, where it is held.
    pub async fn find(&self, key: &Key) -> Option<Answer> {
        self.cache.get(&Held::Key(key.clone())).await
    }

    /// The answer to a request that was sent in the same words before.
    pub async fn again(&self, sent: &Sent) -> Option<Answer> {
        self.cache.get(&Held::Sent(sent.clone())).await
    }

    /// Holds an answer that was found by the words in which it was asked for, too. An answer that is asked for once is
    /// held once.
    pub async fn note(&self, sent: Sent, answer: Answer) {
        self.cache.insert(Held::Sent(sent), answer).await;
    }

    /// The answer to a question. Everybody who asks the same at once waits for one execution; an answer that may not be
    /// kept is shared among them and then forgotten.
    pub async fn get(&self, key: Key, execute: impl Future<Output = Answer>) -> Answer {
        let execution = async {
            let answer = execute.await;
            if answer.keep { Ok(answer) } else { Err(answer) }
        };
        match self.cache.try_get_with(Held::Key(key), execution).await {
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

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    impl Answers {
        /// How many entries are held.
        pub(crate) async fn entries(&self) -> u64 {
            self.cache.run_pending_tasks().await;
            self.cache.entry_count()
        }
    }

    fn key() -> Key {
        let edition = Arc::new(Edition::default());
        Key { document: "{ a }".into(), variables: "{}".to_owned(), operation: None, rights: Rights::Public, edition }
    }

    /// Asks one question 256 times at the same moment; tells how often it was worked out.
    async fn burst(keep: bool) -> usize {
        let answers = Answers::new(&crate::config::Config::default().answers);
        let begun = Arc::new(AtomicUsize::new(0));
        let (open, opened) = tokio::sync::watch::channel(false);
        let asking: Vec<_> = (0..256)
            .map(|_| {
                let (answers, begun, mut opened) = (answers.clone(), Arc::clone(&begun), opened.clone());
                tokio::spawn(async move {
                    let execute = async {
                        begun.fetch_add(1, Ordering::SeqCst);
                        opened.wait_for(|open| *open).await.unwrap();
                        let (body, encoded) = (Bytes::from_static(b"{}"), Encoded::default());
                        Answer { body, keep, outcome: Outcome::Complete, lasting: Lasting::Unknown, encoded }
                    };
                    answers.get(key(), execute).await
                })
            })
            .collect();
        // On one thread everybody has asked once this task has its turn again.
        tokio::task::yield_now().await;
        open.send_replace(true);
        for asking in asking {
            assert_eq!(asking.await.unwrap().body, "{}");
        }
        assert_eq!(answers.find(&key()).await.is_some(), keep);
        begun.load(Ordering::SeqCst)
    }

    #[tokio::test]
    async fn a_burst_of_one_question_is_worked_out_once() {
        assert_eq!(burst(true).await, 1);
    }

    #[tokio::test]
    async fn an_answer_that_is_not_kept_is_shared_by_all_who_asked_meanwhile() {
        assert_eq!(burst(false).await, 1);
    }

    #[tokio::test]
    async fn the_same_words_are_found_in_the_same_edition_only() {
        let answers = Answers::new(&crate::config::Config::default().answers);
        let sent = Sent { body: Bytes::from_static(b"{}"), edition: Arc::default() };
        let answer = Answer {
            body: Bytes::from_static(b"1"),
            keep: true,
            outcome: Outcome::Complete,
            lasting: Lasting::Always,
            encoded: Encoded::default(),
        };
        answers.note(sent.clone(), answer.clone()).await;
        assert_eq!(answers.again(&sent).await, Some(answer));
        let later = Edition { sources: 1, ..Edition::default() };
        assert_eq!(answers.again(&Sent { edition: Arc::new(later), ..sent }).await, None);
    }
}
