//! Projects in little memory: each written once into bytes, and read from there field by field.
//!
//! A project of 25 fields is some 25 pieces of memory with a pointer, a length and a capacity each. Here it is one run of
//! bytes: numbers as short as they are, words that many projects share by their number, a digest as 32 bytes. What is
//! asked for most stands first, and every list has its length before it, so a field is found by a few steps and nothing
//! is allocated to read it.

mod parts;
mod project;
mod read;
mod tables;
#[cfg(test)]
mod tests;
mod write;

use std::fmt;

use chrono::NaiveDate;
use connectors::connector::{Harvest, Reject};
use connectors::model::{Issue, Language, Project};
use serde::de::{Deserializer, SeqAccess, Visitor};
use serde::{Deserialize, Serialize, Serializer};

use tables::Tables;

pub use parts::{
    Contribution, Day, Id, Identifier, NativeSector, Organisation, Provenance, PublishedIssue, Sha256Text, Text,
};
pub use project::{Dated, PackedProject};
pub use write::ProjectsBuilder;

/// What one harvest brought, its projects packed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct PackedHarvest {
    /// Canonical records, each id once, in the order they came.
    pub projects: Projects,
    /// Rows that could not be read, as they came.
    pub rejects: Vec<Reject>,
    /// How many rows the partner said there are, before any filter of ours.
    pub announced: Option<u64>,
    /// The newest date that the source states about itself or its rows.
    pub published_at: Option<NaiveDate>,
    /// What is odd about the feed as a whole.
    pub issues: Vec<Issue>,
}

impl From<Harvest> for PackedHarvest {
    fn from(harvest: Harvest) -> Self {
        let Harvest { projects, rejects, announced, published_at, issues } = harvest;
        Self { projects: projects.into_iter().collect(), rejects, announced, published_at, issues }
    }
}

/// Projects, packed.
#[derive(Clone, Default)]
pub struct Projects {
    tables: Tables,
    blocks: Vec<Block>,
}

/// How many projects stand in one block: so many that an allocator does not round their bytes up by much, and no more, so
/// that no piece of memory is very large, and none moves when more come.
const BLOCK: usize = 1 << 12;

/// Some projects, one after the other.
#[derive(Clone, Default)]
struct Block {
    bytes: Box<[u8]>,
    /// Where each project ends.
    ends: Box<[u32]>,
    /// The raw records, one after the other.
    raw: Box<str>,
}

impl Projects {
    /// How many.
    #[must_use]
    pub fn len(&self) -> usize {
        self.blocks.last().map_or(0, |last| (self.blocks.len() - 1) * BLOCK + last.ends.len())
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// The project at a position below [`Projects::len`].
    #[must_use]
    pub fn get(&self, position: u32) -> PackedProject<'_> {
        let block = &self.blocks[position as usize / BLOCK];
        let within = position as usize % BLOCK;
        let start = within.checked_sub(1).map_or(0, |before| block.ends[before] as usize);
        PackedProject::new(&self.tables, &block.raw, &block.bytes[start..block.ends[within] as usize])
    }

    /// Every project, in order.
    pub fn iter(&self) -> impl Iterator<Item = PackedProject<'_>> {
        (0..).map(|position| self.get(position)).take(self.len())
    }

    /// The languages of their texts, each once.
    #[must_use]
    pub fn languages(&self) -> &[Language] {
        &self.tables.languages
    }

    /// The bytes that they take, without their raw records.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let blocks = self.blocks.iter().map(|block| block.bytes.len() + block.ends.len() * size_of::<u32>());
        blocks.sum::<usize>() + self.tables.bytes()
    }
}

impl FromIterator<Project> for Projects {
    fn from_iter<T: IntoIterator<Item = Project>>(projects: T) -> Self {
        let mut builder = ProjectsBuilder::default();
        for project in projects {
            builder.push(&project);
        }
        builder.finish()
    }
}

impl From<Vec<Project>> for Projects {
    fn from(projects: Vec<Project>) -> Self {
        projects.into_iter().collect()
    }
}

impl fmt::Debug for Projects {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.iter().map(PackedProject::to_project)).finish()
    }
}

/// As a list of whole projects: what is kept on disk does not depend on how they are packed.
impl Serialize for Projects {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(PackedProject::to_project))
    }
}

impl<'de> Deserialize<'de> for Projects {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(Packing)
    }
}

/// Packs each project as soon as it is read, so that never many whole ones are in memory.
struct Packing;

impl<'de> Visitor<'de> for Packing {
    type Value = Projects;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list of projects")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut projects: A) -> Result<Projects, A::Error> {
        let mut builder = ProjectsBuilder::default();
        while let Some(project) = projects.next_element::<Project>()? {
            builder.push(&project);
        }
        Ok(builder.finish())
    }
}
