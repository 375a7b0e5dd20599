//! The root of subscriptions: what the hub tells by itself.

use std::sync::Arc;

use async_graphql::{Context, ID, Result, Subscription};
use futures_util::StreamExt as _;
use futures_util::stream::{self, BoxStream};
use tokio::sync::broadcast::error::RecvError;

use super::error::{CallerFault, OrFault as _};
use super::query::view;
use super::types::{Change, Partner, ProjectFilter, Source};
use crate::catalogue::{ChangeKind, Filter};
use crate::hub::{News, Swap};

/// The root of subscriptions.
#[derive(Default)]
pub struct SubscriptionRoot;

/// The root of subscriptions: what the hub tells by itself. Who takes news more slowly than it comes is told so by the
/// error `MISSED_NEWS`, and the subscription ends: it says nothing rather than something incomplete.
#[Subscription(name = "Subscription")]
impl SubscriptionRoot {
    /// A source that has brought a new reading, as it is then.
    async fn source_refreshed(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Only sources of this partner; null for all.")] partner: Option<ID>,
    ) -> Result<BoxStream<'static, Result<Source>>> {
        if let Some(id) = partner.as_ref().filter(|id| Partner::find(view(context), id).is_none()) {
            return Err(CallerFault::unknown_partner(id)).or_fault();
        }
        let wanted = move |source: &Source| partner.as_ref().is_none_or(|id| source.partner_id() == Some(id.as_str()));
        Ok(told(news(context), move |swap| {
            let sources = swap.sources.iter().filter_map(|id| Source::find(&swap.after, id));
            sources.filter(|source| wanted(source)).collect()
        }))
    }

    /// What a new reading changed in one record. Two readings are compared only where both came from the partner: the
    /// first one after the built-in baseline changes nothing.
    async fn project_changed(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Only records that this chooses, before the change or after it; null for all.")]
        filter: Option<ProjectFilter>,
    ) -> Result<BoxStream<'static, Result<Change>>> {
        let filter = filter.unwrap_or_default().read(view(context)).or_fault()?;
        Ok(told(news(context), move |swap| changes(swap, &filter)))
    }
}

fn news(context: &Context<'_>) -> Arc<News> {
    Arc::clone(context.data_unchecked::<Arc<News>>())
}

/// What each swap tells, until the hub stops. A swap is looked at only when the listener has taken all of the one before.
fn told<Item: Send + 'static>(
    news: Arc<News>,
    of: impl Fn(&Swap) -> Vec<Item> + Send + 'static,
) -> BoxStream<'static, Result<Item>> {
    let swaps = stream::unfold(Some(news.listen()), |listening| async move {
        let mut listening = listening?;
        match listening.recv().await {
            Ok(swap) => Some((Ok(swap), Some(listening))),
            Err(RecvError::Lagged(missed)) => Some((Err(CallerFault::MissedNews(missed)), None)),
            Err(RecvError::Closed) => None,
        }
    });
    let told = swaps.flat_map(move |swap| {
        let items = match swap {
            Ok(swap) => of(&swap).into_iter().map(Ok).collect(),
            Err(fault) => vec![Err(fault).or_fault()],
        };
        stream::iter(items)
    });
    told.take_until(Box::pin(news.closed())).boxed()
}

fn changes(swap: &Swap, filter: &Filter) -> Vec<Change> {
    let (before, after) = (swap.before.catalogue.select(filter), swap.after.catalogue.select(filter));
    let chosen = swap.changes.iter().filter(|change| {
        let now = change.kind != ChangeKind::Removed && after.contains(change.record);
        now || change.earlier.is_some_and(|earlier| before.contains(earlier))
    });
    let seen = chosen.map(|change| {
        let view = if change.kind == ChangeKind::Removed { &swap.before } else { &swap.after };
        Change::new(view, change.clone(), swap.at)
    });
    seen.collect()
}

#[cfg(test)]
mod tests;
