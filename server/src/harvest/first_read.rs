//! When each record of a reading was first read in its version.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// One instant for each record of a reading; neighbours that share one are kept as a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FirstRead {
    /// Where each run ends.
    ends: Vec<u32>,
    instants: Vec<DateTime<Utc>>,
}

impl FirstRead {
    /// The instant of the record at a position.
    #[must_use]
    pub fn get(&self, position: u32) -> Option<DateTime<Utc>> {
        let run = self.ends.partition_point(|end| *end <= position);
        self.instants.get(run).copied()
    }

    /// Every instant once for each run.
    #[must_use]
    pub fn instants(&self) -> &[DateTime<Utc>] {
        &self.instants
    }

    /// Every instant, record by record.
    pub fn iter(&self) -> impl Iterator<Item = DateTime<Utc>> {
        let count = self.ends.last().map_or(0, |end| *end as usize);
        (0..).map_while(|position| self.get(position)).take(count)
    }
}

impl FromIterator<DateTime<Utc>> for FirstRead {
    fn from_iter<T: IntoIterator<Item = DateTime<Utc>>>(instants: T) -> Self {
        let mut first_read = Self::default();
        for (instant, end) in instants.into_iter().zip(1..) {
            match first_read.ends.last_mut() {
                Some(last) if first_read.instants.last() == Some(&instant) => *last = end,
                _ => {
                    first_read.ends.push(end);
                    first_read.instants.push(instant);
                }
            }
        }
        first_read.ends.shrink_to_fit();
        first_read.instants.shrink_to_fit();
        first_read
    }
}

/// As a list with one instant a record.
impl Serialize for FirstRead {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for FirstRead {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::<DateTime<Utc>>::deserialize(deserializer).map(|instants| instants.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::at;

    #[test]
    fn each_record_keeps_its_instant() {
        let instants = [3, 3, 1, 2, 2, 2, 3].map(at);
        let first_read: FirstRead = instants.into_iter().collect();
        assert_eq!(first_read.iter().collect::<Vec<_>>(), instants);
        assert_eq!((first_read.instants().len(), first_read.get(7)), (4, None));
        let json = serde_json::to_string(&first_read).unwrap();
        assert_eq!(json, serde_json::to_string(&instants).unwrap());
        assert_eq!(serde_json::from_str::<FirstRead>(&json).unwrap(), first_read);
    }
}
