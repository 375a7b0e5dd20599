//! Tokens that the hub issues itself.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use connectors::model::sha256_hex;

/// What every token of the hub begins with, so that it is known for one where it turns up by mistake.
const PREFIX: &str = "hub_";

/// A new token. It exists here, in the output of the command that made it, and nowhere else.
pub struct Token {
    /// Its id, for revoking it and for the audit; it tells nothing of the token.
    pub id: String,
    text: String,
}

impl Token {
    /// 32 bytes of the operating system's randomness.
    ///
    /// # Errors
    /// The operating system has none.
    pub fn new() -> anyhow::Result<Self> {
        let mut bytes = [0; 38];
        getrandom::fill(&mut bytes).map_err(|error| anyhow::anyhow!("no randomness for a token: {error}"))?;
        let (secret, id) = bytes.split_at(32);
        let id = id.iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Self { id, text: format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(secret)) })
    }

    /// The token itself, to be shown once.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.text
    }

    /// What is kept of it.
    #[must_use]
    pub fn hash(&self) -> String {
        hash_of(&self.text)
    }
}

/// Whether a text is in the form of our tokens.
pub(super) fn is_ours(token: &str) -> bool {
    token.starts_with(PREFIX)
}

/// What is kept of a token: SHA-256. A token has 256 bits of randomness, so nothing slower is needed to keep it from
/// being guessed.
#[must_use]
pub fn hash_of(token: &str) -> String {
    sha256_hex(token.as_bytes())
}
