//! Limits of a query, and the documents that are kept.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Limits of a query. Each refuses a query before any of its fields is worked out.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct GraphqlConfig {
    /// Longest document, in bytes. Reading takes time in proportion to it, comments included.
    pub max_document_bytes: usize,
    /// Most tokens in a document: names, values and marks. The longest documented question has some 150, a dashboard's
    /// document with all its fragments seldom over 2,000.
    pub max_tokens: usize,
    /// Deepest nesting of braces and brackets that the parser follows.
    pub max_recursion: usize,
    /// Deepest nesting of fields. The deepest documented question needs 10, the introspection of common tools 15.
    pub max_depth: usize,
    /// Most that a query may cost. A field costs 1, and what stands below a list as often as the list is long: `first`
    /// where it has one. A list of 1,000 projects with 8 fields costs 8,000; 50,000 take some tens of milliseconds.
    pub max_cost: u64,
    /// How long a list without `first` is taken to be. Most have under 5 items: amounts, locations, parties.
    pub assumed_list_size: u64,
    /// Most aliases in a document. A table of one alias for each oblast needs 27.
    pub max_aliases: usize,
    /// Most fields that repeat one beside them. Generated documents repeat a few.
    pub max_repeated_fields: usize,
    /// Most fields at the root of an operation, fragments included.
    pub max_root_fields: usize,
    /// Most directives in a document.
    pub max_directives: usize,
    /// Largest variables of a request, in bytes of JSON. A list of 1,000 ids has some 40 kB.
    pub max_variables_bytes: usize,
    /// Most items that `first` and `last` may ask for; over 1,000 has no effect.
    pub max_page_size: u64,
    /// Most requests in one batch; 0 refuses batches: one request then costs what one question costs.
    pub max_batch: usize,
    /// Longest time for working out a query, in milliseconds.
    pub max_execution_ms: u64,
    /// Whether clients may ask for the schema. It is public at `/schema.graphql` in any case.
    pub introspection: bool,
}

impl Default for GraphqlConfig {
    fn default() -> Self {
        Self {
            max_document_bytes: 100_000,
            max_tokens: 4_000,
            max_recursion: 64,
            max_depth: 15,
            max_cost: 50_000,
            assumed_list_size: 5,
            max_aliases: 60,
            max_repeated_fields: 100,
            max_root_fields: 60,
            max_directives: 60,
            max_variables_bytes: 64 << 10,
            max_page_size: 1_000,
            max_batch: 0,
            max_execution_ms: 10_000,
            introspection: true,
        }
    }
}

/// Documents that are kept: read ones for speed, persisted and trusted ones by their digest.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct DocumentsConfig {
    /// Most memory for documents that were read and validated, in bytes, so that an equal one is not read again.
    pub cache_bytes: u64,
    /// Most memory for persisted queries (`extensions.persistedQuery`), in bytes; 0 for none.
    pub persisted_bytes: u64,
    /// Folder of trusted documents: every file `*.graphql` below it can be asked for by the SHA-256 of its text.
    pub trusted_dir: Option<PathBuf>,
    /// Whether only trusted documents are answered.
    pub trusted_only: bool,
}

impl Default for DocumentsConfig {
    fn default() -> Self {
        Self { cache_bytes: 32 << 20, persisted_bytes: 8 << 20, trusted_dir: None, trusted_only: false }
    }
}
