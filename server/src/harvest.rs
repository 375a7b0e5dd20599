//! When a partner is read, and what is kept of it.
//!
//! 1. [`Reading`]: what one harvest brought, with the instant at which each record was first read in this version.
//! 2. [`Readings`]: where readings are kept between runs.
//! 3. [`Source`]: one feed with its connector, its current reading and how it is doing.
//! 4. [`RateFeeds`]: newer exchange rates, read and kept the same way.
//! 5. [`Harvester`]: all sources; one harvest of each at a time, in the background, and never in a query's way.

mod harvester;
mod ledger;
mod rates;
mod reading;
mod source;
mod status;
mod store;

pub use harvester::{Harvester, Outcome};
pub use ledger::FileLedger;
pub use rates::{RateFeeds, RatesNow};
pub use reading::{Asked, Origin, Reading};
pub use source::{Source, client_of};
pub use status::{SourceState, SourceStatus};
pub use store::{FileReadings, Readings, StoreError};
