//! Which record carries which identifier.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use connectors::model::{Project, ProjectId};

use super::{RecordNumber, Unchanged};
use crate::harvest::packed;

/// Records by a hash of each identifier that they carry; whether a record truly carries it is read from the record.
#[derive(Debug, Default)]
pub(super) struct Identifiers(Vec<(u32, RecordNumber)>);

impl Identifiers {
    /// Those of records that are kept from an earlier catalogue.
    pub(super) fn of_kept(earlier: &Self, kept: &Unchanged) -> Self {
        let filed = earlier.0.iter().filter_map(|(hash, number)| Some((*hash, kept.later(*number)?)));
        Self(filed.collect())
    }

    /// Notes what a record carries, but for the number of which its own id is made: by that it is found as it is.
    pub(super) fn add(&mut self, number: RecordNumber, project: &Project) {
        let others =
            project.identifiers.iter().filter(|identifier| own_id(&identifier.scheme, &identifier.value) != project.id);
        self.0.extend(others.map(|identifier| (hash(&identifier.scheme, &identifier.value), number)));
    }

    /// Puts them in order; nothing is found before.
    pub(super) fn finish(&mut self) {
        self.0.sort(); // Those that were kept stand in order already.
        self.0.dedup();
        self.0.shrink_to_fit();
    }

    /// The records that may carry an identifier, by number: all that do, and by accident others.
    pub(super) fn candidates(&self, scheme: &str, value: &str) -> impl Iterator<Item = RecordNumber> {
        let hash = hash(scheme, value);
        let first = self.0.partition_point(|(filed, _)| *filed < hash);
        self.0[first..].iter().take_while(move |(filed, _)| *filed == hash).map(|(_, number)| *number)
    }

    pub(super) fn bytes(&self) -> usize {
        self.0.capacity() * size_of::<(u32, RecordNumber)>()
    }
}

/// Schemes count in capitals and small letters alike.
fn hash(scheme: &str, value: &str) -> u32 {
    let mut hasher = DefaultHasher::new();
    (scheme.to_lowercase(), value).hash(&mut hasher);
    (hasher.finish() >> 32) as u32
}

/// The id of the record that a partner would have under this number of its own.
pub(super) fn own_id(scheme: &str, value: &str) -> ProjectId {
    ProjectId::new(&scheme.to_lowercase(), &[value])
}

/// Whether an identifier is of this scheme and has this value.
pub(super) fn is(identifier: &packed::Identifier<'_>, scheme: &str, value: &str) -> bool {
    identifier.value == value && identifier.scheme.to_lowercase() == scheme.to_lowercase()
}
