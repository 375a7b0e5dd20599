//! A resolver that panics takes its own field alone.
//!
//! Looking at every field doubles the cost of a query, so this is no part of the schema that answers: a query that has
//! panicked there is worked out once more on a schema with this extension, and what did not panic is answered.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use async_graphql::extensions::{Extension, ExtensionContext, ExtensionFactory, NextResolve, ResolveInfo};
use async_graphql::{PathSegment, ServerError, ServerResult, Value};
use futures_util::FutureExt as _;

use super::error::HubFault;

/// Turns a panic at a field into that field's error.
pub struct PanicsAtFields;

impl ExtensionFactory for PanicsAtFields {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Self)
    }
}

#[async_trait::async_trait]
impl Extension for PanicsAtFields {
    async fn resolve(
        &self,
        context: &ExtensionContext<'_>,
        info: ResolveInfo<'_>,
        next: NextResolve<'_>,
    ) -> ServerResult<Option<Value>> {
        let path: Vec<PathSegment> = info.path_node.to_string_vec().into_iter().map(segment).collect();
        let position = info.field.name.pos;
        match AssertUnwindSafe(next.run(context, info)).catch_unwind().await {
            Ok(resolved) => resolved,
            Err(panic) => {
                let fault = HubFault::Panic(text(&*panic));
                Err(ServerError { path, ..fault.into_error().into_server_error(position) })
            }
        }
    }
}

/// Keys of an answer never begin with a digit.
fn segment(text: String) -> PathSegment {
    text.parse().map_or(PathSegment::Field(text), PathSegment::Index)
}

/// What a panic said.
#[must_use]
pub fn text(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(ToString::to_string);
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no text".to_owned())
}
