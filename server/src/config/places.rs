//! Places.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Places.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct PlacesConfig {
    /// GeoJSON file (a `FeatureCollection`, RFC 7946, WGS 84) with the outlines that `Place.boundary` gives; not set for
    /// none. A feature names its place by one of the properties `code`, `katottg`, `katottg_code`, `id`, `NUTS_ID`,
    /// `nuts_id`, `iso3166_2`, `shapeISO`, `ADM3_PCODE`, `ADM2_PCODE`, `ADM1_PCODE`, or by its own `id`: a KATOTTG, NUTS,
    /// country, ISO 3166-2 or OCHA code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub boundaries: Option<PathBuf>,
}
