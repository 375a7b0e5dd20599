//! Joins between the partners' projects and the Alliance's records, and among the projects themselves: pure functions
//! over finished indexes.

mod by_place;
pub mod finance;
pub mod links;

pub use by_place::ByPlace;
pub use finance::Finance;
pub use links::{Evidence, Group, Link, LinkDecision, LinkDecisions, LinkKind, Links};
