//! Answers of the publishers of rates, read into daily rates: text in, rates out, no reading over the network here.

mod ecb;
mod nbu;

pub use ecb::{ecb_data_portal, ecb_reference_rates};
pub use nbu::nbu_exchange_rates;

use super::DailyRate;

/// What an answer holds: the rates, and beside them what could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RateReading {
    /// The rates, in the order of the answer.
    pub rates: Vec<DailyRate>,
    /// One sentence for each cell or row that looked like a rate and was none.
    pub oddities: Vec<String>,
}

/// The answer is not what the feed sends.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an answer of {feed}: {reason}")]
pub struct UnreadableFeed {
    /// The feed.
    pub feed: &'static str,
    /// What is wrong with it.
    pub reason: String,
}
