//! What keeps the tree in order: promises that no compiler holds.
//!
//! A failure names the file, and the command or the line that repairs it.

mod documents;
mod generated;
mod invariants;
mod layers;
mod licences;
mod schema;
mod sources;
mod tree;
