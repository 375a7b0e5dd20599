//! What the hub shows of its database: loaded anew after each change, whoever made it.

use std::sync::Arc;
use std::time::Duration;

use connectors::model::sha256_hex;

use super::{Built, Hub};
use crate::db::Database;
use crate::join::{ByPlace, Finance, LinkDecision, LinkDecisions, Links};
use crate::records::{Loaded, Records};

/// How often the hub looks whether another process has changed something: one small row is read.
const LOOK: Duration = Duration::from_secs(1);

/// What people decided about links.
#[derive(Default, PartialEq, Eq)]
pub(super) struct Decisions {
    pub(super) links: LinkDecisions,
    pub(super) digest: String,
}

impl Hub {
    /// Shows records and decisions as they are after a change, if they are not shown so yet: joins and answers hold it
    /// from then on.
    ///
    /// # Errors
    /// The database does not answer; then what was shown is still shown.
    pub async fn reload(&self, change: i64) -> anyhow::Result<()> {
        let _turn = self.loading.lock().await;
        if self.built.load().change >= change {
            return Ok(());
        }
        let before = self.built.load_full();
        let loaded = Records::load(&self.database).await?;
        let record_issues = Arc::new(loaded.issues());
        let Loaded { records, change, faults, .. } = loaded;
        let decisions = Decisions::load(&self.database).await?;
        let decided =
            (decisions != *before.decisions).then(|| (Arc::clone(&before.catalogue), Arc::clone(&before.rates)));
        for fault in faults {
            tracing::error!(%fault, "a record in the database breaks a rule; it is not shown");
        }
        let built = tokio::task::spawn_blocking(move || {
            let by_place = ByPlace::of(&records);
            let linked = decided.map(|(catalogue, rates)| {
                let links = Links::of(&catalogue, &decisions.links);
                let finance = Finance::of(&catalogue, &links, &rates);
                (Arc::new(links), Arc::new(finance))
            });
            (Arc::new(records), Arc::new(by_place), Arc::new(decisions), linked)
        });
        let (records, by_place, decisions, linked) = built.await?;
        let (links, finance) = linked.unwrap_or_else(|| (Arc::clone(&before.links), Arc::clone(&before.finance)));
        let built =
            Built { records, record_issues, by_place, decisions, links, finance, change, ..Built::clone(&before) };
        let built = built.engaged();
        built.prepare();
        self.built.store(Arc::new(built));
        Ok(())
    }

    /// Follows the database for ever, and shows what other processes write to it: an import, a command, another hub.
    pub async fn watch(&self) {
        let mut failing = false;
        loop {
            let noticed = match self.database.last_change().await {
                Ok(change) => self.reload(change).await,
                Err(error) => Err(error.into()),
            };
            // Said once, and not at every look, for as long as it lasts.
            match &noticed {
                Ok(()) if failing => tracing::info!("records can be loaded again"),
                Err(error) if !failing => {
                    let error = format!("{error:#}");
                    tracing::error!(error, "records cannot be loaded; those of before are shown");
                }
                _ => {}
            }
            failing = noticed.is_err();
            self.clock.sleep(LOOK).await;
        }
    }
}

impl Decisions {
    pub(super) async fn load(database: &Database) -> anyhow::Result<Self> {
        let rows = database.link_decisions().await?;
        let digest = if rows.is_empty() { String::new() } else { sha256_hex(format!("{rows:?}").as_bytes()) };
        let decided = rows.iter().filter_map(|(one, other, decision)| {
            let decision = match decision.as_str() {
                "CONFIRMED" => LinkDecision::Confirmed,
                "REJECTED" => LinkDecision::Rejected,
                _ => return None,
            };
            Some((one.as_str(), other.as_str(), decision))
        });
        Ok(Self { links: decided.collect(), digest })
    }
}
