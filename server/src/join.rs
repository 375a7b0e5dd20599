//! Joins between the partners' projects and the Alliance's records, and among the projects themselves: pure functions
//! over finished indexes.

mod by_place;
mod communities;
mod engagement;
pub mod finance;
mod gaps;
pub mod links;
mod matches;
mod reasons;
mod themes;

#[cfg(test)]
mod tests;

pub use by_place::ByPlace;
pub use engagement::Engagement;
pub use finance::Finance;
pub use gaps::{Gap, Gaps, Part};
pub use links::{Evidence, Group, Link, LinkDecision, LinkDecisions, LinkKind, Links};
pub use matches::{Fit, Matches, weights};
pub use themes::{sectors_of, themes_of};
