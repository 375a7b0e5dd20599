//! The values of a dimension, each under a code.

use std::collections::HashMap;

use super::columns::SEVERAL_YEARS;
use super::dimension::Value;

/// The values of a dimension, by code.
#[derive(Debug, Default)]
pub(super) struct Dictionary {
    values: Vec<Value>,
    codes: HashMap<Value, u32>,
}

/// The codes of values in a later dictionary, by those in an earlier one; `None` for a value that no record has had yet.
pub(super) struct MovedCodes(Vec<Option<u32>>);

impl Dictionary {
    /// The code of a value, which gets one where it has none.
    pub(super) fn code(&mut self, value: Value) -> u32 {
        if let Some(code) = self.codes.get(&value) {
            return *code;
        }
        let code = u32::try_from(self.values.len()).unwrap_or(SEVERAL_YEARS - 1);
        self.values.push(value.clone());
        self.codes.insert(value, code);
        code
    }

    /// The code of a value that a record has.
    pub(super) fn known(&self, value: &Value) -> Option<u32> {
        self.codes.get(value).copied()
    }

    pub(super) fn value(&self, code: u32) -> Option<&Value> {
        self.values.get(code as usize)
    }

    pub(super) fn len(&self) -> usize {
        self.values.len()
    }
}

impl MovedCodes {
    /// No value has moved yet.
    pub(super) fn of(earlier: &Dictionary) -> Self {
        Self(vec![None; earlier.len()])
    }

    /// The later code of a value that has this code in the earlier dictionary.
    pub(super) fn code(&mut self, old: u32, from: &Dictionary, to: &mut Dictionary) -> u32 {
        let at = old as usize;
        *self.0[at].get_or_insert_with(|| to.code(from.values[at].clone()))
    }
}
