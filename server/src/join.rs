//! Joins between the partners' projects and the Alliance's records: pure functions over finished indexes.

mod by_place;

pub use by_place::ByPlace;
