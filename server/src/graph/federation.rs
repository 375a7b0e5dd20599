//! Apollo Federation 2: what makes the hub a subgraph, beside the lookup by key in the query root.

use async_graphql::{SDLExportOptions, Schema};

use super::{Mutation, Query, SubscriptionRoot};

/// What the specification of subgraphs prescribes, as the library prints it, with what it is for: the library prints it
/// without a description.
const PRESCRIBED: [(&str, &str); 6] = [
    ("union _Entity", "A record that a gateway can ask for by its key (Apollo Federation)."),
    ("type _Service", "What a gateway has to know of the hub (Apollo Federation)."),
    ("  sdl: String", "The schema with the keys of its records; never null."),
    (
        "  _entities(",
        "Records by their keys, in the order asked; null for each that there is not. For gateways (Apollo Federation); anybody else asks `nodes`.",
    ),
    ("    representations: [_Any!]!", "Each with `__typename` and the fields of its key."),
    ("  _service: _Service!", "What a gateway has to know of the hub (Apollo Federation)."),
];

/// The schema of the subgraph, as a composer takes it: with `@link` and `@key`.
#[must_use]
pub fn subgraph_sdl() -> String {
    let options = SDLExportOptions::new().federation().compose_directive().sorted_fields();
    let schema = Schema::build(Query::default(), Mutation, SubscriptionRoot).finish();
    schema.sdl_with_options(options).replace('\t', "  ").trim_end().to_owned() + "\n"
}

/// The text of the schema with a description of what federation adds.
pub(super) fn described(sdl: &str) -> String {
    // An argument without a description stands in its field's line.
    let mut sdl = sdl.replacen("(representations: [_Any!]!)", "(\n    representations: [_Any!]!\n  )", 1);
    for (printed, description) in PRESCRIBED {
        let indent = &printed[..printed.len() - printed.trim_start().len()];
        let described = format!("\n{indent}\"\"\"\n{indent}{description}\n{indent}\"\"\"\n{printed}");
        sdl = sdl.replacen(&format!("\n{printed}"), &described, 1);
    }
    sdl
}
