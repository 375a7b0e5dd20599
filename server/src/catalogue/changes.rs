//! What changed from one catalogue to the next.
//!
//! Two readings are compared only where both come from the partner and asked for the same: what differs between the
//! built-in baseline and a first reading, or between two addresses, is no change of the partner's.

use std::collections::HashSet;
use std::sync::Arc;

use connectors::model::{AmountBasis, Money, Project, Text};

use super::{Catalogue, RecordNumber};
use crate::harvest::{Origin, PackedProject, Reading};

/// What happened to a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeKind {
    /// It was not there before.
    Added,
    /// It is no longer there.
    Removed,
    /// An amount was added, changed or taken away.
    AmountChanged,
    /// The status changed, in the hub's words or the partner's.
    StatusChanged,
    /// A date was added, changed or taken away.
    DateChanged,
    /// A title or description changed.
    TextChanged,
    /// It is there again after it was removed.
    Restored,
}

/// One change of one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What happened.
    pub kind: ChangeKind,
    /// The record in the newer catalogue; of a removed one, in the older.
    pub record: RecordNumber,
    /// The record in the older catalogue, where it stood there.
    pub earlier: Option<RecordNumber>,
    /// The field by its name in the schema, an amount's with its basis: `amounts.SIGNED`; `None` for the whole record.
    pub field: Option<&'static str>,
    /// What stood there before; `None` where nothing did.
    pub before: Option<String>,
    /// What stands there now; `None` where nothing does.
    pub after: Option<String>,
}

/// Every change between two catalogues, by the id of the record, then by field; `removed` are the ids that were removed
/// earlier and did not come back.
#[must_use]
pub fn between(before: &Catalogue, after: &Catalogue, removed: &HashSet<String>) -> Vec<Change> {
    let pairs = compared(before, after);
    let among = |readings: &[usize], reading: u16| readings.contains(&usize::from(reading));
    let (older, newer): (Vec<usize>, Vec<usize>) = pairs.into_iter().unzip();
    let mut changes = Vec::new();
    for number in (0..).take(after.records.len()) {
        if !among(&newer, after.records.place(number).0) {
            continue;
        }
        let project = after.project(number);
        match before.by_id(project.id().as_str()) {
            Some(earlier) => compare(before.project(earlier), project, (earlier, number), &mut changes),
            None => {
                let again = removed.contains(project.id().as_str());
                let kind = if again { ChangeKind::Restored } else { ChangeKind::Added };
                changes.push(Change { kind, record: number, earlier: None, field: None, before: None, after: None });
            }
        }
    }
    for number in (0..).take(before.records.len()) {
        let id = before.project(number).id().as_str();
        if among(&older, before.records.place(number).0) && after.by_id(id).is_none() {
            let (kind, earlier) = (ChangeKind::Removed, Some(number));
            changes.push(Change { kind, record: number, earlier, field: None, before: None, after: None });
        }
    }
    let id = |change: &Change| match change.kind {
        ChangeKind::Removed => before.project(change.record).id().as_str(),
        _ => after.project(change.record).id().as_str(),
    };
    changes.sort_by(|left, right| id(left).cmp(id(right)));
    changes
}

/// The positions of the readings that can be compared, and that differ.
fn compared(before: &Catalogue, after: &Catalogue) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for (newer, reading) in after.readings.iter().enumerate() {
        let older = before.readings.iter().position(|older| older.source == reading.source);
        let Some(older) = older else { continue };
        if !Arc::ptr_eq(&before.readings[older], reading) && are_comparable(&before.readings[older], reading) {
            pairs.push((older, newer));
        }
    }
    pairs
}

fn are_comparable(before: &Reading, after: &Reading) -> bool {
    let from_partner = before.origin == Origin::Partner && after.origin == Origin::Partner;
    from_partner && before.base_url == after.base_url && before.countries == after.countries
}

fn compare(
    before: PackedProject<'_>,
    after: PackedProject<'_>,
    (earlier, record): (RecordNumber, RecordNumber),
    changes: &mut Vec<Change>,
) {
    let (before, after) = (&before.to_project(), &after.to_project());
    if before == after {
        return;
    }
    let mut note = |kind, field, was: Option<String>, is: Option<String>| {
        if was != is {
            let (field, earlier) = (Some(field), Some(earlier));
            changes.push(Change { kind, record, earlier, field, before: was, after: is });
        }
    };
    for (basis, field) in AMOUNTS {
        note(ChangeKind::AmountChanged, field, amount(before.amount(basis)), amount(after.amount(basis)));
    }
    note(ChangeKind::StatusChanged, "status", Some(status(before)), Some(status(after)));
    note(ChangeKind::StatusChanged, "statusNative", before.status_native.clone(), after.status_native.clone());
    for (field, date) in DATES {
        note(ChangeKind::DateChanged, field, date(before), date(after));
    }
    note(ChangeKind::TextChanged, "titles", texts(&before.titles), texts(&after.titles));
    note(ChangeKind::TextChanged, "descriptions", texts(&before.descriptions), texts(&after.descriptions));
}

const AMOUNTS: [(AmountBasis, &str); 6] = [
    (AmountBasis::Planned, "amounts.PLANNED"),
    (AmountBasis::Approved, "amounts.APPROVED"),
    (AmountBasis::Signed, "amounts.SIGNED"),
    (AmountBasis::Committed, "amounts.COMMITTED"),
    (AmountBasis::Disbursed, "amounts.DISBURSED"),
    (AmountBasis::TotalCost, "amounts.TOTAL_COST"),
];

type DateOf = fn(&Project) -> Option<String>;

const DATES: [(&str, DateOf); 4] = [
    ("approvedOn", |project| project.approved_on.map(|date| date.to_string())),
    ("signedOn", |project| project.signed_on.map(|date| date.to_string())),
    ("startedOn", |project| project.started_on.map(|date| date.to_string())),
    ("endedOn", |project| project.ended_on.map(|date| date.to_string())),
];

fn amount(money: Option<&Money>) -> Option<String> {
    money.map(|money| format!("{} {}", money.value.normalize(), money.currency))
}

/// The status by its name in the schema; every one is a single word.
fn status(project: &Project) -> String {
    format!("{:?}", project.status).to_uppercase()
}

/// The wordings, each in a paragraph of its own.
fn texts(texts: &[Text]) -> Option<String> {
    let words: Vec<&str> = texts.iter().map(|text| text.text.as_str()).collect();
    (!words.is_empty()).then(|| words.join("\n\n"))
}
