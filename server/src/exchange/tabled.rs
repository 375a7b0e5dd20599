//! What a sort of record is as rows of a table.

use std::collections::BTreeMap;

use connectors::model::PartialDate;
use serde::Serialize;

use super::cells::Cells;
use super::columns::Column;
use crate::records::{Fault, RecordSet, Statement};

/// A sort of record that comes and goes as rows.
pub trait Tabled: Clone + PartialEq + Serialize + Sized {
    /// What a row says, every cell read by its type.
    type Draft;

    /// The folder of its seed files.
    const KIND: &'static str;
    /// What its ids begin with, without the colon.
    const PREFIX: &'static str;
    /// The columns.
    const COLUMNS: &'static [Column];

    /// Reads a row. What cannot be read is noted in the cells and absent here.
    fn read(cells: &mut Cells<'_>) -> Self::Draft;

    /// The id that a row states.
    fn stated_id(draft: &Self::Draft) -> Option<&str>;

    /// A text that rows and records about the same thing share; others may share it, too.
    fn bucket(&self) -> String;

    /// As [`Tabled::bucket`], of a row.
    fn bucket_of(draft: &Self::Draft) -> String;

    /// Whether a row is about this record, among those of its bucket.
    fn is_about(&self, draft: &Self::Draft) -> bool;

    /// A name in small letters, digits and hyphens that a new record's id is made of.
    fn slug(draft: &Self::Draft) -> String;

    /// A record with what the row says, upon the one that it is about; fields that the row leaves empty stay.
    ///
    /// # Errors
    /// A sentence for each field that a new record needs and the row lacks.
    fn applied(draft: Self::Draft, base: Option<&Self>) -> Result<Self, Vec<String>>;

    /// The same with this id, if its fields obey the rules.
    ///
    /// # Errors
    /// The first [`Fault`].
    fn finished(self, id: &str) -> Result<Self, Fault>;

    /// Its id.
    fn id(&self) -> &str;

    /// The date of what it says, where it has one.
    fn as_of(&self) -> Option<PartialDate>;

    /// What it rests on.
    fn sources(&self) -> &[Statement];

    /// The members that it names, each with the column.
    fn members(&self) -> Vec<(String, &str)> {
        Vec::new()
    }

    /// Its filled cells.
    fn cells(&self) -> BTreeMap<String, String>;

    /// The records of this sort.
    fn all(set: &RecordSet) -> &[Self];
}

/// What a record of any sort needs and a row leaves out; a record that is there has both.
pub(super) fn missing_of_new<Record: Tabled>(has_kind: bool, sources: &[Statement]) -> Vec<String> {
    let new = Record::PREFIX;
    let kind = (!has_kind).then(|| format!("`kind`: is empty, and the {new} is new"));
    let unfounded = || format!("`source_title`: is empty, and the {new} is new; name what it rests on");
    kind.into_iter().chain(sources.is_empty().then(unfounded)).collect()
}
