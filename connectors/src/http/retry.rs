//! Asks again where that can help.

use std::future::Future;
use std::time::Duration;

use backon::{ExponentialBuilder, Retryable};

use super::{Client, Failure};

/// Runs an attempt, and repeats it while its failure may pass and the options allow.
///
/// The wait doubles from one second; a wait that the partner names is kept instead, or, where it is longer than the
/// options allow, handed to the caller at once.
pub(super) async fn run<T, Attempt, Running>(client: &Client, attempt: Attempt) -> Result<T, Failure>
where
    Attempt: FnMut() -> Running,
    Running: Future<Output = Result<T, Failure>>,
{
    let options = &client.0.options;
    let longest = Duration::from_secs(options.retry_after_max_seconds);
    let waits = ExponentialBuilder::default()
        .with_min_delay(Duration::from_secs(1))
        .with_max_delay(Duration::from_secs(30))
        .with_max_times(options.retries as usize);
    let clock = client.0.clock.clone();
    attempt
        .retry(waits)
        .sleep(move |wait| {
            let clock = clock.clone();
            async move { clock.sleep(wait).await }
        })
        .when(|failure| failure.may_pass() && failure.wait().is_none_or(|wait| wait <= longest))
        .adjust(|failure, wait| wait.map(|wait| failure.wait().unwrap_or(wait)))
        .await
}
