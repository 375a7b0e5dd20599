//! Who may ask for what: the caller of a request, and guards of fields.

use std::net::IpAddr;
use std::sync::Arc;

use async_graphql::{Context, Guard, Result};

use super::error::{CallerFault, OrFault as _};
use crate::access::{Caller, Role};
use crate::changes::Changes;

/// Who asks, and by what the hub is changed; given with each request.
#[derive(Clone)]
pub struct Asker {
    /// Who.
    pub caller: Caller,
    /// Where from, where that is known.
    pub address: Option<IpAddr>,
    /// By what the hub is changed.
    pub changes: Arc<Changes>,
}

/// Who asks. A request without anybody is one of the public, who can change nothing.
pub(super) fn asker<'context>(context: &Context<'context>) -> Result<&'context Asker> {
    context.data::<Asker>()
}

/// Lets a field be asked for by a role and those above it.
#[derive(Debug, Clone, Copy)]
pub(super) struct AtLeast(pub(super) Role);

impl Guard for AtLeast {
    async fn check(&self, context: &Context<'_>) -> Result<()> {
        let role = context.data::<Asker>().map_or(Role::Public, |asker| asker.caller.role());
        if role >= self.0 {
            return Ok(());
        }
        let needed = self.0.name();
        let fault = if role == Role::Public {
            CallerFault::Unauthenticated { needed }
        } else {
            CallerFault::Forbidden { needed, given: role.name() }
        };
        Err(fault).or_fault()
    }
}
