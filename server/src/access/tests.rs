//! Who is let in, and as whom.

mod issuer;
mod tokens;

use std::sync::Arc;

use connectors::http::ManualClock;

use super::{Access, AccessFault, Caller};
use crate::config::AuthConfig;
use crate::db::tests::Scratch;
use crate::samples::at;

/// A hub's access by a database and a clock at midnight.
fn access(scratch: &Scratch, config: &AuthConfig) -> (Access, Arc<ManualClock>) {
    let clock = Arc::new(ManualClock::at(at(0)));
    let access = Access::new(config, scratch.database.clone(), Arc::clone(&clock) as Arc<_>).unwrap();
    (access, clock)
}

/// Who a token stands for, or the code of the refusal.
async fn asked(access: &Access, token: &str) -> Result<Caller, &'static str> {
    access.caller(Some(&format!("Bearer {token}"))).await.map_err(|fault: AccessFault| fault.code())
}
