//! Matches and gaps of one moment: worked out once, when they are first asked for, and kept.

use std::sync::{Arc, OnceLock};

use super::{ByPlace, Gaps, Links, Matches};
use crate::catalogue::Catalogue;
use crate::records::Records;

/// What the records and the projects of one moment say to each other beyond their places.
pub struct Engagement {
    catalogue: Arc<Catalogue>,
    links: Arc<Links>,
    records: Arc<Records>,
    by_place: Arc<ByPlace>,
    matches: OnceLock<Matches>,
    gaps: OnceLock<Gaps>,
}

impl Engagement {
    /// Of these records on this catalogue; nothing is worked out yet.
    #[must_use]
    pub fn of(
        catalogue: &Arc<Catalogue>,
        links: &Arc<Links>,
        records: &Arc<Records>,
        by_place: &Arc<ByPlace>,
    ) -> Arc<Self> {
        Arc::new(Self {
            catalogue: Arc::clone(catalogue),
            links: Arc::clone(links),
            records: Arc::clone(records),
            by_place: Arc::clone(by_place),
            matches: OnceLock::new(),
            gaps: OnceLock::new(),
        })
    }

    /// Which offer fits which need.
    #[must_use]
    pub fn matches(&self) -> &Matches {
        self.matches.get_or_init(|| Matches::of(&self.records, &self.by_place, &self.catalogue))
    }

    /// Where need is high and money and partners are low.
    #[must_use]
    pub fn gaps(&self) -> &Gaps {
        self.gaps.get_or_init(|| Gaps::of(&self.records, &self.by_place, &self.catalogue, &self.links))
    }

    /// Works everything out, so that nobody waits for it who asks. Call it off the async threads.
    pub fn prepare(&self) {
        let _ = (self.matches(), self.gaps());
    }
}
