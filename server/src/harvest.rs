//! When a partner is read, and what is kept of it.
//!
//! 1. [`Reading`]: what one harvest brought, with the instant at which each record was first read in this version.
//! 2. [`packed`]: the projects of a reading, in little memory.
//! 3. [`Readings`]: where readings are kept between runs.
//! 4. [`Source`]: one feed with its connector, its current reading and how it is doing.
//! 5. [`RateFeeds`]: newer exchange rates, read and kept the same way.
//! 6. [`Harvester`]: all sources; one harvest of each at a time, in the background, and never in a query's way.

mod first_read;
mod harvester;
mod ledger;
pub mod packed;
mod rates;
mod reading;
mod source;
mod status;
mod store;

pub use first_read::FirstRead;
pub use harvester::{Harvester, Outcome};
pub use ledger::FileLedger;
pub use packed::PackedProject;
pub use rates::{RateFeeds, RatesNow};
pub use reading::{Asked, Origin, Reading};
pub use source::{Source, client_of};
pub use status::{SourceState, SourceStatus};
pub use store::{FileReadings, Readings, StoreError};
