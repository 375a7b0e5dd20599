//! Asks again where that can help.

use std::future::Future;
use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBuilder};

use super::{Client, Failure};

/// Runs an attempt, and repeats it while its failure may pass and the options allow.
///
/// The wait doubles from one second; a wait that the partner names is kept instead, or, where it is longer than the
/// options allow, handed to the caller at once.
pub(super) async fn run<T, Attempt, Running>(client: &Client, mut attempt: Attempt) -> Result<T, Failure>
where
    Attempt: FnMut() -> Running,
    Running: Future<Output = Result<T, Failure>>,
{
    let options = &client.0.options;
    let longest = Duration::from_secs(options.retry_after_max_seconds);
    let mut waits = ExponentialBuilder::default()
        .with_min_delay(Duration::from_secs(1))
        .with_max_delay(Duration::from_secs(30))
        .with_max_times(options.retries as usize)
        .build();
    // A loop and not `backon::Retry`, whose future cannot be shown to be `Send` behind the connector's trait.
    loop {
        let failure = match attempt().await {
            Ok(answer) => return Ok(answer),
            Err(failure) => failure,
        };
        let sits_out = failure.may_pass() && failure.wait().is_none_or(|wait| wait <= longest);
        let Some(wait) = waits.next().filter(|_| sits_out) else { return Err(failure) };
        client.0.clock.sleep(failure.wait().unwrap_or(wait)).await;
    }
}
