//! The Alliance Hub's server: the Alliance's records, joins with the partners' projects, GraphQL and HTTP.
//!
//! # Reading order
//!
//! Data flows down this list and nothing reaches back up; a test holds the order.
//!
//! 1. [`config`]: what an operator can set.
//! 2. [`packed`], [`cores`]: much knowledge in little memory, and work that every core takes a part of.
//! 3. [`places`], [`sectors`], [`money`]: reference knowledge, built in.
//! 4. [`db`], [`access`]: the one door to the database, and who may do what.
//! 5. [`records`]: the Alliance's own records.
//! 6. [`exchange`]: members and partnerships as tables, in and out.
//! 7. [`harvest`]: when a partner is read, and what is kept of it.
//! 8. [`catalogue`]: every project, indexed, immutable.
//! 9. [`join`]: records and projects by place, and the same project seen twice.
//! 10. [`view`]: one moment of all of that, on which an answer is worked out.
//! 11. [`hub`]: holds the current view and swaps it when a source brings something new.
//! 12. [`changes`]: what people change through the hub.
//! 13. [`graph`]: the GraphQL schema.
//! 14. [`answers`]: finished answers and how they are keyed.
//! 15. [`export`]: projects as files.
//! 16. [`http`]: what is answered at which address.
//! 17. [`cli`]: the commands of the binary.

pub mod access;
pub mod answers;
pub mod catalogue;
pub mod changes;
pub mod cli;
pub mod config;
pub mod cores;
pub mod db;
pub mod exchange;
pub mod export;
pub mod graph;
pub mod harvest;
pub mod http;
pub mod hub;
pub mod join;
pub mod money;
pub mod packed;
pub mod places;
pub mod records;
pub mod sectors;
pub mod view;

#[cfg(test)]
mod samples;
