//! Applications for membership.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Applications for membership.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct ApplicationsConfig {
    /// How many days an applicant's name, e-mail address and message are kept; then they are erased. The applicant agrees
    /// to this number.
    pub retention_days: u32,
    /// How many applications one client address may send in an hour.
    pub per_client_per_hour: u32,
}

impl Default for ApplicationsConfig {
    fn default() -> Self {
        Self { retention_days: 365, per_client_per_hour: 5 }
    }
}
