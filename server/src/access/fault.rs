//! Why somebody is not let in, by what they can do about it.

use connectors::connector::Failure;

use crate::db::DbError;

/// A token that is no good, or cannot be looked at now.
#[derive(Debug, thiserror::Error)]
pub enum AccessFault {
    /// Not a bearer token.
    #[error("The header `Authorization` must be `Bearer` and a token.")]
    Scheme,
    /// No such token was issued, neither here nor by a known issuer.
    #[error("The token is not known. `hub token create` issues one.")]
    Unknown,
    /// Its time is over.
    #[error("The token has expired. Ask an administrator for a new one, or sign in again.")]
    Expired,
    /// It was taken back.
    #[error("The token was revoked. Ask an administrator for a new one.")]
    Revoked,
    /// A token of the issuer that does not hold.
    #[error("The token of the issuer is not valid: {0}.")]
    Invalid(String),
    /// The issuer's keys cannot be read now.
    #[error("The issuer's keys cannot be read now; try again.")]
    Issuer(#[source] Box<Failure>),
    /// The database does not answer.
    #[error("The token cannot be looked up now; try again.")]
    Database(#[from] DbError),
}

impl AccessFault {
    /// The code in `extensions.code`; it keeps its meaning for ever.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Scheme => "TOKEN_MALFORMED",
            Self::Unknown => "TOKEN_UNKNOWN",
            Self::Expired => "TOKEN_EXPIRED",
            Self::Revoked => "TOKEN_REVOKED",
            Self::Invalid(_) => "TOKEN_INVALID",
            Self::Issuer(_) => "ISSUER_UNREACHABLE",
            Self::Database(_) => "DATABASE_UNAVAILABLE",
        }
    }

    /// Whether it is ours and may pass by itself; else the token is at fault.
    #[must_use]
    pub fn may_pass(&self) -> bool {
        matches!(self, Self::Issuer(_) | Self::Database(_))
    }
}
