//! Why a document or its variables are refused, in the form that every GraphQL client reads.

use apollo_compiler::parser::{SourceMap, SourceSpan};
use serde::Serialize;

/// What the caller got wrong, by the step that found it. It decides the status of the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// The document cannot be read.
    Syntax,
    /// The document, the choice of its operation, its variables or its size is not allowed.
    Validation,
}

/// One reason of a refusal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// What is wrong, and what to do.
    pub message: String,
    /// Where in the document.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub locations: Vec<Location>,
    /// The code, which keeps its meaning for ever.
    pub extensions: Code,
}

/// A place in a document, both counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Location {
    /// The line.
    pub line: usize,
    /// The column, in characters.
    pub column: usize,
}

/// `extensions` of a reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Code {
    /// The stable code.
    pub code: &'static str,
}

/// Why a request is refused before any field is worked out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The step that found it.
    pub step: Step,
    /// Every reason found, at least one.
    pub reasons: Vec<Reason>,
}

impl Refusal {
    /// A refusal for one reason without a place in the document.
    #[must_use]
    pub fn new(code: &'static str, message: String) -> Self {
        Self {
            step: Step::Validation,
            reasons: vec![Reason { message, locations: Vec::new(), extensions: Code { code } }],
        }
    }

    /// A refusal for a reason at this place.
    #[must_use]
    pub fn at(code: &'static str, message: String, span: Option<SourceSpan>, sources: &SourceMap) -> Self {
        let mut refusal = Self::new(code, message);
        if let Some(reason) = refusal.reasons.first_mut() {
            reason.locations = location(span, sources).into_iter().collect();
        }
        refusal
    }
}

/// The place of a span, where it has one.
pub(super) fn location(span: Option<SourceSpan>, sources: &SourceMap) -> Option<Location> {
    let at = span?.line_column(sources)?;
    Some(Location { line: at.line, column: at.column })
}
