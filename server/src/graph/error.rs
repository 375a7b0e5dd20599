//! Faults of the caller, each with a stable code and a text that says what to do; and faults of the hub, whose text
//! stays in the log.

use std::sync::Arc;

use async_graphql::{Error, ErrorExtensions as _};

/// The caller can change the query and try again. The text is shown as it stands.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CallerFault {
    /// No partner has this id.
    #[error("There is no partner `{given}`. The partners are {known}.")]
    UnknownPartner {
        /// The id asked for.
        given: String,
        /// The ids that there are.
        known: String,
    },
    /// No place has this id.
    #[error(
        "There is no place `{0}`. Ids are KATOTTG codes (UA63000000000041885), NUTS codes (PL63) and country codes (UA); `places(search:)` finds them."
    )]
    UnknownPlace(String),
    /// No sector has this code.
    #[error("There is no sector `{0}`. Codes are DAC purposes of 5 digits and groups of 3; `sectors` lists them.")]
    UnknownSector(String),
    /// The page asked for is too large or too small.
    #[error("`{argument}` is {given}; it must lie between 0 and {most}.")]
    PageSize {
        /// `first` or `last`.
        argument: &'static str,
        /// What was asked for.
        given: i32,
        /// The most that is given.
        most: usize,
    },
    /// Both ends of a list at once.
    #[error("`first` and `last` cannot be given together: ask for one end of the list.")]
    FirstAndLast,
    /// A text that is no cursor of ours.
    #[error(
        "`{0}` is not a cursor of this list. Cursors are taken from `cursor`, `startCursor` or `endCursor` of an answer."
    )]
    InvalidCursor(String),
    /// A cursor of another order or filter.
    #[error("The cursor belongs to another filter or order of this list. Begin again without it.")]
    CursorMismatch,
    /// `facets(limit:)` out of bounds.
    #[error("`limit` is {0}; it must lie between 1 and 1000.")]
    FacetLimit(i32),
    /// A sum grouped by more than it can be.
    #[error("`groupBy` names {0} dimensions; at most 3 can be combined.")]
    TooManyDimensions(usize),
    /// A sum grouped twice by the same.
    #[error("`groupBy` names {0} twice; name each dimension once.")]
    RepeatedDimension(String),
    /// A sum with more groups than one answer holds.
    #[error("The sum has {given} rows; at most {most} are given. Choose less by `filter`, or fewer dimensions.")]
    TooManyRows {
        /// How many there are.
        given: usize,
        /// The most that is given.
        most: usize,
    },
    /// No rate is known for a currency.
    #[error("No rates are known for the currency `{given}`. Sums can be given in {known}.")]
    UnknownCurrency {
        /// The code asked for.
        given: String,
        /// The codes that there are.
        known: String,
    },
    /// The field is for somebody else, and nobody showed a token.
    #[error("This is not public: it needs a token of the role {needed}. Send it as `Authorization: Bearer …`.")]
    Unauthenticated {
        /// The least role that may.
        needed: &'static str,
    },
    /// The field is for somebody else.
    #[error("This needs the role {needed}; your token has the role {given}.")]
    Forbidden {
        /// The least role that may.
        needed: &'static str,
        /// The role that the token has.
        given: &'static str,
    },
    /// News came faster than they were taken.
    #[error(
        "{0} new catalogues came while this subscription was not read, and are missed. Ask by a query, then subscribe again."
    )]
    MissedNews(u64),
    /// Too many ids at once.
    #[error("{0} ids were given; at most 1000 can be looked up at once.")]
    TooManyIds(usize),
}

impl CallerFault {
    /// The code in `extensions.code`; it keeps its meaning for ever.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownPartner { .. } => "UNKNOWN_PARTNER",
            Self::UnknownPlace(_) => "UNKNOWN_PLACE",
            Self::UnknownSector(_) => "UNKNOWN_SECTOR",
            Self::PageSize { .. } => "PAGE_SIZE",
            Self::FirstAndLast => "FIRST_AND_LAST",
            Self::InvalidCursor(_) => "INVALID_CURSOR",
            Self::CursorMismatch => "CURSOR_MISMATCH",
            Self::FacetLimit(_) => "FACET_LIMIT",
            Self::TooManyDimensions(_) => "TOO_MANY_DIMENSIONS",
            Self::RepeatedDimension(_) => "REPEATED_DIMENSION",
            Self::TooManyRows { .. } => "TOO_MANY_ROWS",
            Self::UnknownCurrency { .. } => "UNKNOWN_CURRENCY",
            Self::Unauthenticated { .. } => "UNAUTHENTICATED",
            Self::Forbidden { .. } => "FORBIDDEN",
            Self::MissedNews(_) => "MISSED_NEWS",
            Self::TooManyIds(_) => "TOO_MANY_IDS",
        }
    }

    /// The fault as a GraphQL error.
    #[must_use]
    pub fn into_error(self) -> Error {
        Error::new(self.to_string()).extend_with(|_, extensions| extensions.set("code", self.code()))
    }

    /// No partner has this id: the fault names those that there are.
    #[must_use]
    pub fn unknown_partner(given: &str) -> Self {
        let known = connectors::partners::ALL.iter().map(|partner| format!("`{}`", partner.id));
        Self::UnknownPartner { given: given.to_owned(), known: known.collect::<Vec<_>>().join(", ") }
    }
}

/// What a fault of the hub is called in an answer.
pub const INTERNAL: &str = "INTERNAL";

/// The hub is at fault: the caller can do nothing about it, and is told an id by which the log has the cause.
#[derive(Debug, thiserror::Error)]
pub enum HubFault {
    /// A resolver stopped unexpectedly.
    #[error("a resolver panicked: {0}")]
    Panic(String),
    /// What a resolver stands on failed: the database, a file.
    #[error("{0:#}")]
    Other(anyhow::Error),
}

impl HubFault {
    /// The fault as a GraphQL error that says nothing of its cause; the cause travels with it as far as the log.
    #[must_use]
    pub fn into_error(self) -> Error {
        let source: Option<Arc<dyn std::any::Any + Send + Sync>> = Some(Arc::new(self));
        let error = Error { message: "Something went wrong on our side.".to_owned(), source, extensions: None };
        error.extend_with(|_, extensions| extensions.set("code", INTERNAL))
    }
}

impl From<anyhow::Error> for HubFault {
    fn from(cause: anyhow::Error) -> Self {
        Self::Other(cause)
    }
}

/// Turns faults into GraphQL errors at the end of a resolver.
pub trait OrFault<T> {
    /// The value, or the fault as a GraphQL error.
    ///
    /// # Errors
    /// The fault.
    fn or_fault(self) -> Result<T, Error>;
}

impl<T> OrFault<T> for Result<T, CallerFault> {
    fn or_fault(self) -> Result<T, Error> {
        self.map_err(CallerFault::into_error)
    }
}

/// A fault of the hub at the end of a resolver.
pub fn internal(cause: impl Into<anyhow::Error>) -> Error {
    HubFault::Other(cause.into()).into_error()
}
