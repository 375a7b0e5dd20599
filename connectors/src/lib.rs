#![doc = include_str!("../README.md")]
//!
//! # Reading order
//!
//! 1. [`model`]: what a project is, whoever tells us.
//! 2. [`connector`]: the one trait that every partner implements, and what it hands back.
//! 3. [`partners`]: the partners, one folder each.
//! 4. [`formats`]: readers that several partners share.
//! 5. [`http`]: the one place where a client is assembled.
//! 6. [`stage`]: plays the partners' recorded answers, for tests, demonstrations and the baseline.

pub mod connector;
pub mod formats;
pub mod http;
pub mod model;
pub mod partners;
pub mod stage;
