//! The Alliance Hub's server: the Alliance's records, joins with the partners' projects, GraphQL and HTTP.
//!
//! # Reading order
//!
//! Data flows down this list and nothing reaches back up; a test holds the order.
//!
//! 1. [`config`]: what an operator can set.
//! 2. [`places`], [`sectors`], [`money`]: reference knowledge, built in.
//! 3. [`records`]: the Alliance's own records.
//! 4. [`harvest`]: when a partner is read, and what is kept of it.
//! 5. [`catalogue`]: every project, indexed, immutable.
//! 6. [`join`]: records and projects by place, and the same project seen twice.
//! 7. [`view`]: one moment of all of that, on which an answer is worked out.
//! 8. [`hub`]: holds the current view and swaps it when a source brings something new.
//! 9. [`graph`]: the GraphQL schema.
//! 10. [`answers`]: finished answers and how they are keyed.
//! 11. [`export`]: projects as files.
//! 12. [`http`]: what is answered at which address.
//! 13. [`cli`]: the commands of the binary.

pub mod answers;
pub mod catalogue;
pub mod cli;
pub mod config;
pub mod export;
pub mod graph;
pub mod harvest;
pub mod http;
pub mod hub;
pub mod join;
pub mod money;
pub mod places;
pub mod records;
pub mod sectors;
pub mod view;

#[cfg(test)]
mod samples;
