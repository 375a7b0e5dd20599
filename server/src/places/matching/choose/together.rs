//! What the hits of a record say about one another.

use super::super::super::place::{PlaceIndex, PlaceLevel};
use super::super::regions::RegionKind;
use super::super::{LocationLevel, TextHit};
use super::{Chooser, REFERENCE, ROAD_END};

impl Chooser<'_> {
    /// A name that only says where something else is counts when nothing else does, and then for its oblast.
    pub(super) fn drop_references(&self, hits: &mut Vec<TextHit>) {
        let town =
            |hit: &TextHit| hit.level == LocationLevel::Settlement && hit.place.is_some() && hit.confidence > 0.8;
        if hits.iter().any(town) {
            hits.retain(|hit| hit.confidence != ROAD_END);
        }
        // `the Kyiv - Odesa highway: repairs in Cherkasy region`
        let named = self.regions_named(hits);
        let outside = |place: PlaceIndex| !named.iter().any(|region| self.gazetteer.is_within(place, *region));
        hits.retain(|hit| hit.confidence != ROAD_END || named.is_empty() || !hit.place.is_some_and(outside));
        let is_reference = |hit: &TextHit| hit.confidence <= REFERENCE;
        if hits.iter().any(|hit| !is_reference(hit) && hit.place.is_some()) {
            hits.retain(|hit| !is_reference(hit));
        }
        for hit in hits.iter_mut().filter(|hit| is_reference(hit)) {
            hit.place =
                hit.place.and_then(|place| self.gazetteer.oblast_of(place)).filter(|place| self.is_oblast(*place));
            hit.level = LocationLevel::Oblast;
        }
        hits.retain(|hit| !is_reference(hit) || hit.place.is_some());
    }

    /// The oblasts and raions that the record names by the words for their kind.
    fn regions_named(&self, hits: &[TextHit]) -> Vec<PlaceIndex> {
        let is_oblast = |hit: &&TextHit| hit.confidence > 0.9 && hit.level == LocationLevel::Oblast;
        let oblasts = hits.iter().filter(is_oblast).filter_map(|hit| hit.place);
        let raions = self.regions.of_kind(RegionKind::Raion).flat_map(|raion| raion.named.iter().chain(&raion.around));
        let raions = raions.filter_map(|place| self.gazetteer.at_or_above(*place, PlaceLevel::Raion));
        oblasts.chain(raions).collect()
    }

    /// `с. Бутове Чмирівської територіальної громади`: the hromada only says which Butove.
    pub(super) fn drop_outer_hromadas(&self, hits: &mut Vec<TextHit>) {
        let towns: Vec<_> =
            hits.iter().filter(|hit| hit.level == LocationLevel::Settlement).filter_map(|hit| hit.place).collect();
        let holds = |hromada: PlaceIndex| towns.iter().any(|town| self.gazetteer.is_within(*town, hromada));
        hits.retain(|hit| hit.level != LocationLevel::Hromada || !hit.place.is_some_and(holds));
    }

    /// A project in several settlements of one hromada is the hromada's.
    pub(super) fn shared_hromadas(&self, hits: &[TextHit]) -> Vec<TextHit> {
        let mut shared: Vec<(PlaceIndex, Vec<&TextHit>)> = Vec::new();
        for hit in hits.iter().filter(|hit| hit.level == LocationLevel::Settlement) {
            let Some(hromada) = hit.place.and_then(|place| self.gazetteer.at_or_above(place, PlaceLevel::Hromada))
            else {
                continue;
            };
            match shared.iter_mut().find(|(other, _)| *other == hromada) {
                Some((_, towns)) if towns.iter().any(|town| town.place == hit.place) => {}
                Some((_, towns)) => towns.push(hit),
                None => shared.push((hromada, vec![hit])),
            }
        }
        shared.retain(|(_, towns)| towns.len() > 1);
        let of = |(hromada, towns): (PlaceIndex, Vec<&TextHit>)| {
            let evidence: Vec<_> = towns.iter().map(|town| town.evidence.as_str()).collect();
            let hit =
                TextHit { place: Some(hromada), level: LocationLevel::Hromada, confidence: 0.6, ..towns[0].clone() };
            TextHit { evidence: evidence.join(", "), ..hit }
        };
        shared.into_iter().map(of).collect()
    }
}

/// One hit for each place, the most certain; ambiguous ones stay.
pub(super) fn merged(mut hits: Vec<TextHit>) -> Vec<TextHit> {
    hits.sort_by(|one, other| other.confidence.total_cmp(&one.confidence).then(one.text.cmp(&other.text)));
    let mut merged: Vec<TextHit> = Vec::new();
    for hit in hits {
        let same = |other: &TextHit| {
            other.place == hit.place && other.level == hit.level && other.candidates == hit.candidates
        };
        if !merged.iter().any(same) {
            merged.push(hit);
        }
    }
    merged
}
