//! Documents: read, validated and measured once, however often they are asked.
//!
//! The order is that of cost: length and tokens before the parser, the parser before the shape, the shape before validation, and
//! all of them before any field is worked out. What is said of a document is kept, a refusal as well.
//!
//! The library that executes is more lenient than the specification in some places and stricter in one, so
//! `apollo-compiler` validates in front of it; [`strict`] adds what that leaves out.

mod cost;
mod descriptions;
mod merged;
mod refusal;
mod shape;
mod strict;
mod tokens;
mod variables;

use std::sync::Arc;

use ahash::RandomState;
use apollo_compiler::diagnostic::ToCliReport as _;
use apollo_compiler::executable::{Operation, OperationType};
use apollo_compiler::parser::Parser;
use apollo_compiler::validation::{DiagnosticList, Valid};
use apollo_compiler::{ExecutableDocument, Node, Schema, ast};
use async_graphql::parser::types::ExecutableDocument as Parsed;
use moka::sync::Cache;
use serde_json::{Map, Value};

use self::cost::Costed;
use self::refusal::location;
pub use self::refusal::{Code, Location, Reason, Refusal, Step};
use crate::config::{DocumentsConfig, GraphqlConfig};

const UNREADABLE: &str = "GRAPHQL_PARSE_FAILED";
const INVALID: &str = "GRAPHQL_VALIDATION_FAILED";
const NO_OPERATION: &str = "OPERATION_RESOLUTION_FAILURE";
/// A directive of the specification that the validator does not know.
const ONE_OF: &str = "directive @oneOf on INPUT_OBJECT";
/// Most reasons that one refusal lists.
const MOST_REASONS: usize = 20;

/// Reads documents, and keeps what was read.
pub struct Documents {
    schema: Valid<Schema>,
    limits: GraphqlConfig,
    known: Cache<Arc<str>, Result<Arc<Document>, Arc<Refusal>>, RandomState>,
}

/// A valid document within the limits of its shape.
pub struct Document {
    text: Arc<str>,
    checked: Valid<ExecutableDocument>,
    parsed: Parsed,
    is_anew: bool,
}

/// An operation that may be executed, with its variables.
pub struct Admitted {
    /// The document.
    pub document: Arc<Document>,
    /// The operation, by its name in the document.
    pub operation: Node<Operation>,
    /// The variables as the operation's types have them.
    pub variables: Map<String, Value>,
    /// What it costs.
    pub cost: u64,
}

impl Documents {
    /// Documents of a schema.
    ///
    /// # Errors
    /// Where the schema's text is not valid, which is a fault of the hub.
    pub fn new(sdl: &str, limits: &GraphqlConfig, config: &DocumentsConfig) -> anyhow::Result<Self> {
        let mut schema = Schema::builder().ignore_builtin_redefinitions().parse(sdl, "schema.graphql");
        if !sdl.contains("directive @oneOf") {
            schema = schema.parse(ONE_OF, "built_in.graphql");
        }
        let schema = schema.build().and_then(Schema::validate);
        let schema = schema.map_err(|found| anyhow::anyhow!("the schema is not valid: {}", found.errors))?;
        // What is kept of a document has some thirty times the size of its text.
        let weigh = |text: &Arc<str>, _: &Result<_, _>| u32::try_from(1_000 + text.len() * 30).unwrap_or(u32::MAX);
        let known =
            Cache::builder().weigher(weigh).max_capacity(config.cache_bytes).build_with_hasher(RandomState::new());
        Ok(Self { schema, limits: limits.clone(), known })
    }

    /// The schema that documents are validated by.
    #[must_use]
    pub fn schema(&self) -> &Valid<Schema> {
        &self.schema
    }

    /// Reads a document, or finds it among those that were read.
    ///
    /// # Errors
    /// The [`Refusal`] with what is wrong with it.
    pub fn read(&self, text: &str) -> Result<Arc<Document>, Arc<Refusal>> {
        if let Some(known) = self.known.get(text) {
            return known;
        }
        let text: Arc<str> = text.into();
        let read = self.examine(&text).map(Arc::new).map_err(Arc::new);
        self.known.insert(text, read.clone());
        read
    }

    fn examine(&self, text: &Arc<str>) -> Result<Document, Refusal> {
        let limits = &self.limits;
        if text.len() > limits.max_document_bytes {
            let most = limits.max_document_bytes;
            let message = format!(
                "The document is longer than {most} bytes (`graphql.max_document_bytes`). Ask in several requests, and send values as variables."
            );
            return Err(Refusal::new("DOCUMENT_TOO_LARGE", message));
        }
        if tokens::more_than(limits.max_tokens, text) {
            let most = limits.max_tokens;
            let message =
                format!("The document has more than {most} tokens (`graphql.max_tokens`). Ask in several requests.");
            return Err(Refusal::new("TOKEN_LIMIT", message));
        }
        let (ast, text_read) = self.parsed(text)?;
        shape::check(&ast, limits)?;
        let checked = match ast.to_executable_validate(&self.schema) {
            Ok(checked) => checked,
            Err(found) if strict::are_taken(&found.errors, &found.partial) => Valid::assume_valid(found.partial),
            Err(found) => return Err(refused(Step::Validation, INVALID, &found.errors)),
        };
        let reasons = strict::reasons(&self.schema, &checked);
        if !reasons.is_empty() {
            return Err(Refusal { step: Step::Validation, reasons });
        }
        let (parsed, is_anew) = executable(&text_read, &checked)?;
        Ok(Document { text: Arc::clone(text), checked, parsed, is_anew })
    }

    /// The document as written, and the text that was read: the document's own, or the one without descriptions.
    fn parsed(&self, text: &Arc<str>) -> Result<(ast::Document, Arc<str>), Refusal> {
        let parse =
            |text: &str| Parser::new().recursion_limit(self.limits.max_recursion).parse_ast(text, "document.graphql");
        match parse(text) {
            Ok(ast) => Ok((ast, Arc::clone(text))),
            Err(found) => {
                let refused = || refused(Step::Syntax, UNREADABLE, &found.errors);
                let blanked = descriptions::blanked(text).ok_or_else(refused)?;
                Ok((parse(&blanked).map_err(|_| refused())?, blanked.into()))
            }
        }
    }

    /// Admits an operation with its variables, within every limit.
    ///
    /// # Errors
    /// The [`Refusal`] with what is wrong.
    pub fn admit(
        &self,
        document: &Arc<Document>,
        name: Option<&str>,
        given: &Map<String, Value>,
    ) -> Result<Admitted, Refusal> {
        let operation = document.operation(name)?;
        let introspects = introspects(operation, &document.checked);
        if introspects && !self.limits.introspection {
            let message =
                "The schema cannot be asked for here (`graphql.introspection`); it stands at /schema.graphql.";
            return Err(Refusal::new("INTROSPECTION_OFF", message.to_owned()));
        }
        if introspects && let Err(deep) = apollo_compiler::introspection::check_max_depth(&document.checked, operation)
        {
            let message = "Lists of the schema are nested too deeply: `fields`, `interfaces`, `possibleTypes` and `inputFields` stand within each other at most twice.";
            return Err(Refusal::at(
                "INTROSPECTION_DEPTH",
                message.to_owned(),
                deep.location(),
                &document.checked.sources,
            ));
        }
        let variables = variables::coerced(&self.schema, operation, &document.checked.sources, given)?;
        let costed =
            Costed { document: &document.checked, schema: &self.schema, variables: &variables, limits: &self.limits };
        let cost = costed.check(operation)?;
        Ok(Admitted { document: Arc::clone(document), operation: operation.clone(), variables, cost })
    }
}

impl Document {
    /// The text as it was sent.
    #[must_use]
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// The document as the validator has it.
    #[must_use]
    pub fn checked(&self) -> &Valid<ExecutableDocument> {
        &self.checked
    }

    /// The document as the executing library has it.
    #[must_use]
    pub fn parsed(&self) -> &Parsed {
        &self.parsed
    }

    /// Whether that document was written out anew, so that places in it are not those of the text that was sent.
    #[must_use]
    pub fn is_written_anew(&self) -> bool {
        self.is_anew
    }

    /// The operation of this name; without one, the only operation.
    ///
    /// # Errors
    /// `OPERATION_RESOLUTION_FAILURE` where there is none, or more than one.
    pub fn operation(&self, name: Option<&str>) -> Result<&Node<Operation>, Refusal> {
        // An empty name is none: clients send it for a document without names.
        let name = name.filter(|name| !name.is_empty());
        self.checked.operations.get(name).map_err(|_| {
            let message = match name {
                Some(name) => format!("The document has no operation `{}`.", name.chars().take(80).collect::<String>()),
                None if self.checked.operations.is_empty() => "The document has no operation.".to_owned(),
                None => "The document has several operations: say by `operationName` which one.".to_owned(),
            };
            Refusal::new(NO_OPERATION, message)
        })
    }

    /// The type of the operation of this name.
    ///
    /// # Errors
    /// As [`Document::operation`].
    pub fn operation_type(&self, name: Option<&str>) -> Result<OperationType, Refusal> {
        self.operation(name).map(|operation| operation.operation_type)
    }
}

/// Whether an operation asks for the schema.
fn introspects(operation: &Operation, document: &ExecutableDocument) -> bool {
    operation.root_fields(document).any(|field| matches!(field.name.as_str(), "__schema" | "__type"))
}

/// The document as the executing library has it, which neither reads `\u{…}` nor puts fields of one key together as the
/// specification has it: where the document needs that, it is written out anew. `true` then: places in it are others.
fn executable(text: &str, checked: &ExecutableDocument) -> Result<(Parsed, bool), Refusal> {
    let anew = |document: &ExecutableDocument| {
        async_graphql::parser::parse_query(document.serialize().no_indent().to_string()).map(|parsed| (parsed, true))
    };
    let read = match merged::merged(checked) {
        Some(merged) => anew(&merged),
        None => async_graphql::parser::parse_query(text).map(|parsed| (parsed, false)).or_else(|_| anew(checked)),
    };
    read.map_err(|error| {
        tracing::error!(%error, "a valid document cannot be executed");
        Refusal::new(UNREADABLE, "The document is valid, and the hub cannot execute it; please report it.".to_owned())
    })
}

fn refused(step: Step, code: &'static str, errors: &DiagnosticList) -> Refusal {
    let reasons = errors.iter().take(MOST_REASONS).map(|found| Reason {
        message: found.error.to_string(),
        locations: location(found.error.location(), found.sources).into_iter().collect(),
        extensions: Code { code },
    });
    Refusal { step, reasons: reasons.collect() }
}
