//! Texts with their language and origin.

use serde::{Deserialize, Serialize};

use super::Language;

/// Who worded a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum TextKind {
    /// The source's first wording.
    Original,
    /// A translation that the source itself publishes.
    OfficialTranslation,
    /// A translation by a machine.
    MachineTranslation,
}

/// One wording of a title or description.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Text {
    /// The language, `und` where the source does not say.
    pub language: Language,
    /// The words, as sent.
    pub text: String,
    /// Who worded it.
    pub kind: TextKind,
}

impl Text {
    /// The source's own wording.
    pub fn original(language: Language, text: impl Into<String>) -> Self {
        Self { language, text: text.into(), kind: TextKind::Original }
    }
}
