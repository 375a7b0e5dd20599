//! Who asks, and what they may do: tokens that the hub issues, and accounts of an OpenID Connect issuer.
//!
//! Everybody may read what is public. Who shows a token has a role, and a member's token belongs to one member, whose
//! records alone it may change. A token that is no good is refused and never taken for none: who believes to be known
//! should not be answered as a stranger.

mod caller;
mod fault;
mod oidc;
mod token;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use chrono::TimeDelta;
use connectors::http::Clock;

pub use caller::{Caller, Role};
pub use fault::AccessFault;
pub use token::{Token, hash_of};

use crate::config::AuthConfig;
use crate::db::{Database, DbError};
use oidc::Issuer;

/// How exactly the last use of a token is kept: a write for each request would cost more than it tells.
const USED_EVERY: TimeDelta = TimeDelta::minutes(1);

/// Tells who asks.
pub struct Access {
    database: Database,
    clock: Arc<dyn Clock>,
    issuer: Option<Issuer>,
}

impl Access {
    /// By the settings, with the tokens of a database.
    ///
    /// # Errors
    /// The issuer's address is none, or this machine has no TLS.
    pub fn new(config: &AuthConfig, database: Database, clock: Arc<dyn Clock>) -> anyhow::Result<Self> {
        let issuer = config.oidc.issuer.as_deref().map(|issuer| Issuer::new(issuer, &config.oidc, Arc::clone(&clock)));
        Ok(Self { database, clock, issuer: issuer.transpose()? })
    }

    /// Who shows this `Authorization` header; the public where there is none.
    ///
    /// # Errors
    /// [`AccessFault`] for a token that is no good.
    pub async fn caller(&self, authorization: Option<&str>) -> Result<Caller, AccessFault> {
        let Some(authorization) = authorization else { return Ok(Caller::public()) };
        let bearer = authorization.split_once(' ').filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
        let token = bearer.map(|(_, token)| token.trim()).ok_or(AccessFault::Scheme)?;
        if token::is_ours(token) {
            return self.known(token).await;
        }
        match &self.issuer {
            Some(issuer) => issuer.caller(token).await,
            None => Err(AccessFault::Unknown),
        }
    }

    async fn known(&self, token: &str) -> Result<Caller, AccessFault> {
        let row = self.database.token_by_hash(&hash_of(token)).await?.ok_or(AccessFault::Unknown)?;
        let now = self.clock.now();
        if row.revoked_at.is_some() {
            return Err(AccessFault::Revoked);
        }
        if row.expires_at <= now {
            return Err(AccessFault::Expired);
        }
        if row.last_used_at.is_none_or(|used| now - used >= USED_EVERY) {
            self.database.token_used(&row.id, now).await?;
        }
        let role = Role::named(&row.role)
            .ok_or_else(|| AccessFault::Database(DbError::Unreadable(format!("there is no role `{}`", row.role))))?;
        Ok(Caller::known(format!("token:{}", row.id), role, row.member))
    }
}
