//! Who may do more than read.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Who may do more than read. Tokens of `hub token create` need no setting.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct AuthConfig {
    /// Accounts of an OpenID Connect issuer.
    pub oidc: OidcConfig,
}

/// Accounts of an OpenID Connect issuer.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct OidcConfig {
    /// Address of the issuer, exactly as its tokens name it (`iss`); its keys are found by its
    /// `.well-known/openid-configuration`. Not set, only the hub's own tokens are taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// What the issuer's tokens must name as their audience (`aud`).
    pub audience: String,
    /// The claim with the role: `member`, `editor` or `administrator`, as a text or a list; dots lead into nested
    /// claims (`realm_access.roles`). Any other value gives the rights of the public.
    pub role_claim: String,
    /// The claim with the id of the member that a `member` stands for, such as `member:lviv`.
    pub member_claim: String,
    /// After how many minutes the issuer's keys are read anew.
    pub keys_max_age_minutes: u32,
}

impl Default for OidcConfig {
    fn default() -> Self {
        Self {
            issuer: None,
            audience: "alliance-hub".to_owned(),
            role_claim: "hub_role".to_owned(),
            member_claim: "hub_member".to_owned(),
            keys_max_age_minutes: 60,
        }
    }
}
