//! Why a partner could not be read, named after what the caller can do next.

use std::time::Duration;

use url::Url;

/// Why a partner could not be read.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// Nobody answered: no name, no connection, or no answer in time. Ask again later.
    #[error("{url} did not answer: {reason}")]
    Unreachable {
        /// What was asked.
        url: Box<Url>,
        /// What happened on the way.
        reason: String,
    },
    /// The partner answered with a fault of its own (5xx). Ask again later.
    #[error("{url} answered with its own fault, status {status}")]
    Unavailable {
        /// What was asked.
        url: Box<Url>,
        /// The HTTP status.
        status: u16,
        /// The beginning of the body.
        excerpt: String,
    },
    /// The partner does not let us in: 401, 403, another 4xx, or a block page where data was due. Ask much later, with
    /// an address and a user agent that the partner accepts.
    #[error("{url} refused us: {reason}")]
    Refused {
        /// What was asked.
        url: Box<Url>,
        /// Status or kind of page.
        reason: String,
        /// The beginning of the body.
        excerpt: String,
    },
    /// There is nothing at this address (404, 410).
    #[error("{url} does not exist (status {status})")]
    NotFound {
        /// What was asked.
        url: Box<Url>,
        /// The HTTP status.
        status: u16,
        /// The beginning of the body.
        excerpt: String,
    },
    /// Too many requests: wait as long as stated.
    #[error("{url} asks us to wait{}", wait.map_or(String::new(), |wait| format!(" {} s", wait.as_secs())))]
    Throttled {
        /// What was asked.
        url: Box<Url>,
        /// The wait that the partner, or our own budget, names.
        wait: Option<Duration>,
    },
    /// The answer does not have the format that its README describes. A person has to look: `hub check` shows what no
    /// longer fits.
    #[error("{url} could not be read: {reason}")]
    Unreadable {
        /// What was asked.
        url: Box<Url>,
        /// What did not fit.
        reason: String,
    },
    /// The answer ended too early. Ask again.
    #[error("{url} was cut short: {reason}")]
    CutShort {
        /// What was asked.
        url: Box<Url>,
        /// What is missing.
        reason: String,
    },
    /// The answer is larger than the limit. Raise `max_body_bytes` of the partner if the size is right.
    #[error("{url} is larger than the limit of {limit} bytes (`max_body_bytes`)")]
    TooLarge {
        /// What was asked.
        url: Box<Url>,
        /// The limit.
        limit: u64,
    },
    /// Only so many requests were allowed, for a check, and they are spent.
    #[error("stopped before {url}: the check asks only a few pages")]
    Enough {
        /// What would have been asked.
        url: Box<Url>,
    },
}

impl Failure {
    /// An answer that does not fit its format.
    pub fn unreadable(url: &Url, reason: impl Into<String>) -> Self {
        Self::Unreadable { url: Box::new(url.clone()), reason: reason.into() }
    }

    /// An answer that ended too early.
    pub fn cut_short(url: &Url, reason: impl Into<String>) -> Self {
        Self::CutShort { url: Box::new(url.clone()), reason: reason.into() }
    }

    /// Our own budget of requests is spent for now.
    pub(crate) fn budget_spent(url: &Url, wait: Duration) -> Self {
        Self::Throttled { url: Box::new(url.clone()), wait: Some(wait) }
    }

    /// Whether the same request may succeed soon without anybody doing anything.
    #[must_use]
    pub fn may_pass(&self) -> bool {
        match self {
            Self::Unreachable { .. } | Self::Unavailable { .. } | Self::Throttled { .. } | Self::CutShort { .. } => {
                true
            }
            Self::Refused { .. }
            | Self::NotFound { .. }
            | Self::Unreadable { .. }
            | Self::TooLarge { .. }
            | Self::Enough { .. } => false,
        }
    }

    /// The wait that was asked of us, where one was.
    #[must_use]
    pub fn wait(&self) -> Option<Duration> {
        match self {
            Self::Throttled { wait, .. } => *wait,
            _ => None,
        }
    }

    /// The beginning of the body that came with a failing status, where one came.
    #[must_use]
    pub fn excerpt(&self) -> Option<&str> {
        match self {
            Self::Unavailable { excerpt, .. } | Self::Refused { excerpt, .. } | Self::NotFound { excerpt, .. } => {
                Some(excerpt)
            }
            _ => None,
        }
    }

    /// One stable word for logs and tests.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Unreachable { .. } => "unreachable",
            Self::Unavailable { .. } => "unavailable",
            Self::Refused { .. } => "refused",
            Self::NotFound { .. } => "not found",
            Self::Throttled { .. } => "throttled",
            Self::Unreadable { .. } => "unreadable",
            Self::CutShort { .. } => "cut short",
            Self::TooLarge { .. } => "too large",
            Self::Enough { .. } => "enough",
        }
    }
}
