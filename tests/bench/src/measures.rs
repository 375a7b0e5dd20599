//! One file for each sort of measurement.

mod answers;
mod catalogue;
mod connections;
mod refresh;
mod totals;

pub(crate) use answers::answers;
pub(crate) use catalogue::{catalogue, part as catalogue_part};
pub(crate) use connections::connections;
pub(crate) use refresh::refresh;
pub(crate) use totals::totals;

/// Runs asynchronous work on this thread.
fn block_on<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(work)
}
