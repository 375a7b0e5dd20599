//! The GraphQL schema over a view of the hub.

pub mod complete;
pub mod documents;
pub mod error;
mod federation;
pub mod guard;
pub mod hints;
mod mutation;
pub mod page;
pub mod panics;
pub mod projection;
mod query;
pub mod scalars;
mod subscription;
pub mod types;

#[cfg(test)]
mod tests;

use async_graphql::{SDLExportOptions, Schema, SchemaBuilder};

use crate::config::GraphqlConfig;
pub use federation::subgraph_sdl;
pub use mutation::Mutation;
pub use query::Query;
pub use subscription::SubscriptionRoot;

/// The hub's schema. The view is given with each request.
pub type HubSchema = Schema<Query, Mutation, SubscriptionRoot>;

/// The schema. No extension is registered: one that looks at every field doubles the cost of a query. The operator's
/// limits are held in front of it, by [`documents`]; those here stand behind as a second line.
#[must_use]
pub fn schema(limits: &GraphqlConfig) -> HubSchema {
    builder(limits).finish()
}

/// The same schema where a panic takes one field alone, at twice the cost.
#[must_use]
pub fn careful_schema(limits: &GraphqlConfig) -> HubSchema {
    builder(limits).extension(panics::PanicsAtFields).finish()
}

fn builder(limits: &GraphqlConfig) -> SchemaBuilder<Query, Mutation, SubscriptionRoot> {
    Schema::build(Query::default(), Mutation, SubscriptionRoot)
        .limit_depth(limits.max_depth)
        .limit_recursive_depth(limits.max_recursion)
        .disable_suggestions()
}

/// The public schema as text, sorted, so that its changes stay small. It says all that the endpoint answers, and so also
/// what gateways ask.
#[must_use]
pub fn sdl() -> String {
    let options = SDLExportOptions::new().sorted_arguments().sorted_enum_items().sorted_fields().include_specified_by();
    let schema = Schema::build(Query::default(), Mutation, SubscriptionRoot).finish();
    let text = schema.sdl_with_options(options).replace('\t', "  ");
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    federation::described(&(lines.join("\n").trim_end().to_owned() + "\n"))
}
