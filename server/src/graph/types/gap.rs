//! `GapScore`: how large the gap of a place is, and what the score is made of.

use async_graphql::SimpleObject;

use crate::join;

/// High need with little money and few partners. The score is the product of its parts, each to the power of its weight:
/// a gap is where all of them come together, so that a place without an open need has none. The parts are shown, so that
/// the score can be argued with.
#[derive(SimpleObject)]
pub struct GapScore {
    /// 0 (none) to 1.
    value: f64,
    /// `needs`, `money` and `partners`.
    parts: Vec<GapPart>,
}

/// One part of the score.
#[derive(SimpleObject)]
pub struct GapPart {
    /// `needs`: n / (n + 1) for n open needs here and below. `money`: 1 / (1 + e / 100) for e euro of partners' money
    /// located here, for each inhabitant. `partners`: 1 / (1 + p) for p partnerships for each hromada here.
    name: String,
    /// 0 to 1, more for a larger gap; 0, without weight, where it cannot be told.
    value: f64,
    /// Its power in the product: 0.4, 0.3 and 0.3. Where a part cannot be told, its weight is 0 and the others weigh as much
    /// more.
    weight: f64,
    /// What was counted, as a sentence; or why it cannot be told.
    text: String,
}

impl From<join::Gap> for GapScore {
    fn from(gap: join::Gap) -> Self {
        Self { value: gap.value, parts: gap.parts.into_iter().map(GapPart::from).collect() }
    }
}

impl From<join::Part> for GapPart {
    fn from(part: join::Part) -> Self {
        Self { name: part.name.to_owned(), value: part.value, weight: part.weight, text: part.text }
    }
}
