//! The rows of tokens. The tokens themselves are not kept, only their hashes.

use chrono::{DateTime, Utc};

use super::audit::{Author, Deed};
use super::value::Row;
use super::{Database, DbError, Transaction, statements};

/// A row of a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenRow {
    /// Its id, which tells nothing of the token.
    pub id: String,
    /// The name of its role.
    pub role: String,
    /// Whose records it may change; `None` for those who may change any.
    pub member: Option<String>,
    /// What it is for, as whoever created it said.
    pub note: Option<String>,
    /// When it was created.
    pub created_at: DateTime<Utc>,
    /// From when on it is refused.
    pub expires_at: DateTime<Utc>,
    /// When it was taken back.
    pub revoked_at: Option<DateTime<Utc>>,
    /// When it was last used, to the minute.
    pub last_used_at: Option<DateTime<Utc>>,
}

/// A token to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewToken {
    /// Its id.
    pub id: String,
    /// SHA-256 of the token.
    pub hash: String,
    /// The name of its role.
    pub role: &'static str,
    /// Whose records it may change.
    pub member: Option<String>,
    /// What it is for.
    pub note: Option<String>,
    /// From when on it is refused.
    pub expires_at: DateTime<Utc>,
}

impl TokenRow {
    fn of(row: &Row) -> Result<Self, DbError> {
        Ok(Self {
            id: row.text("id")?,
            role: row.text("role")?,
            member: row.optional_text("member_id")?,
            note: row.optional_text("note")?,
            created_at: row.instant("created_at")?,
            expires_at: row.instant("expires_at")?,
            revoked_at: row.optional_instant("revoked_at")?,
            last_used_at: row.optional_instant("last_used_at")?,
        })
    }
}

impl Database {
    /// Every token, the oldest first.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn tokens(&self) -> Result<Vec<TokenRow>, DbError> {
        self.rows(statements::TOKENS, &[]).await?.iter().map(TokenRow::of).collect()
    }

    /// The token of this hash.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn token_by_hash(&self, hash: &str) -> Result<Option<TokenRow>, DbError> {
        self.rows(statements::TOKEN_BY_HASH, &[hash.into()]).await?.first().map(TokenRow::of).transpose()
    }

    /// Notes that a token was used. It is no change of anything that is shown, so it takes no number.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn token_used(&self, id: &str, at: DateTime<Utc>) -> Result<(), DbError> {
        self.note(statements::TOKEN_USED, &[at.into(), id.into()]).await
    }
}

impl Transaction {
    /// Adds a token.
    ///
    /// # Errors
    /// [`DbError::Refused`] where there is no such member.
    pub async fn add_token(&mut self, author: &Author, token: &NewToken) -> Result<(), DbError> {
        let values = [
            token.id.as_str().into(),
            token.hash.as_str().into(),
            token.role.into(),
            token.member.clone().into(),
            token.note.clone().into(),
            self.now().into(),
            token.expires_at.into(),
        ];
        self.run(statements::ADD_TOKEN, &values).await?;
        let subject = format!("token:{}", token.id);
        let after = serde_json::json!({ "role": token.role, "member": token.member, "expiresAt": token.expires_at });
        let deed = Deed { action: "TOKEN_CREATED", subject: &subject, before: None, after: Some(&after.to_string()) };
        self.tell(author, deed).await
    }

    /// Takes a token back; `false` where there is none of this id that is still good.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn revoke_token(&mut self, author: &Author, id: &str) -> Result<bool, DbError> {
        if self.run(statements::REVOKE_TOKEN, &[self.now().into(), id.into()]).await? == 0 {
            return Ok(false);
        }
        let subject = format!("token:{id}");
        let deed = Deed { action: "TOKEN_REVOKED", subject: &subject, before: None, after: None };
        self.tell(author, deed).await.map(|()| true)
    }
}
