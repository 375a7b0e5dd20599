//! `ProjectLocation`: where a project happens, and how that is known.

use async_graphql::Object;

use super::{LocationLevel, LocationMethod, Place};
use crate::catalogue::Location;
use crate::view::View;

/// Where a project happens, and how that is known.
pub struct ProjectLocation {
    pub(super) view: View,
    pub(super) location: Location,
}

/// Where a project happens, and how that is known.
#[Object]
impl ProjectLocation {
    /// How exact it is.
    async fn level(&self) -> LocationLevel {
        self.location.level.into()
    }

    /// The place; null where the whole country is meant, and where the words fit several places.
    async fn place(&self) -> Option<Place> {
        self.location.place.map(|place| Place::new(&self.view, place))
    }

    /// How it was found.
    async fn method(&self) -> LocationMethod {
        self.location.method.into()
    }

    /// 0 to 1; 1 for a published code.
    async fn confidence(&self) -> f64 {
        self.location.confidence
    }

    /// The words that were matched, as they stand in the source; null where nothing was matched.
    async fn evidence(&self) -> Option<&str> {
        self.location.evidence.as_deref()
    }

    /// Other places the words could mean, when ambiguous; then `place` is null.
    async fn candidates(&self) -> Vec<Place> {
        self.location.candidates.iter().map(|place| Place::new(&self.view, *place)).collect()
    }
}
