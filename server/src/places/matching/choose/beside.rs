//! Plants, natural areas and institutions: names that lead to places without being one.

use super::super::super::place::{PlaceIndex, PlaceLevel};
use super::super::TextHit;
use super::super::landmarks::LANDMARKS;
use super::super::regions::{Region, RegionKind};
use super::super::vocabulary::{is_nuclear, is_water};
use super::{Chooser, distinct};

impl Chooser<'_> {
    /// Plants and natural areas that lie in one oblast, and regions larger than one.
    pub(super) fn landmark_hits(&self) -> Vec<TextHit> {
        let mut hits = Vec::new();
        for (number, text) in self.texts.iter().enumerate() {
            let nuclear = text.words.iter().any(is_nuclear);
            for landmark in LANDMARKS.iter().filter(|landmark| nuclear || !landmark.nuclear) {
                let windows = text.words.windows(landmark.words.len());
                let found = windows
                    .enumerate()
                    .find(|(_, words)| words.iter().map(|word| word.key.as_str()).eq(landmark.words.iter().copied()));
                let Some((at, _)) = found else { continue };
                let next = text.words.get(at + landmark.words.len()).filter(|word| word.gap == " ");
                if next.is_some_and(is_water) {
                    continue;
                }
                let oblasts = landmark.oblasts.iter().filter_map(|id| self.gazetteer.by_id(id));
                hits.extend(oblasts.map(|oblast| self.hit(oblast, 0.75, number, at, at + landmark.words.len() - 1)));
            }
        }
        hits
    }

    /// A school or hospital is called by the adjective of its town; it is asked only when no town is named.
    ///
    /// The first such adjective is the institution's own, later ones are its owner's.
    pub(super) fn institution_hit(&self) -> Option<TextHit> {
        let mut institutions: Vec<_> = self.regions.of_kind(RegionKind::Adjective).collect();
        if institutions.is_empty() {
            institutions.extend(self.regions.of_kind(RegionKind::Council));
        }
        let region = institutions.into_iter().min_by_key(|region| (region.text, region.first))?;
        let place = self.town_of_adjective(region)?;
        Some(self.hit(place, 0.6, region.text, region.first, region.last))
    }

    fn town_of_adjective(&self, region: &Region) -> Option<PlaceIndex> {
        let mut hromadas: Vec<_> = region
            .named
            .iter()
            .copied()
            .filter(|place| self.gazetteer.get(*place).level == PlaceLevel::Hromada)
            .collect();
        self.narrow_around(&mut hromadas, region.text, region.first, Some(region));
        let centres = || hromadas.iter().filter_map(|hromada| self.gazetteer.centre(*hromada));
        let of_raion = |town: &PlaceIndex| self.gazetteer.get(*town).is_raion_city;
        match hromadas.as_slice() {
            [hromada] => return self.gazetteer.centre(*hromada),
            // Of several towns the one that a raion is named after is meant, if it is only one.
            [_, _, ..] => {
                return <[_; 1]>::try_from(centres().filter(of_raion).collect::<Vec<_>>()).ok().map(|[town]| town);
            }
            [] => {}
        }
        if hromadas.is_empty() { self.seat_of_adjective(region).or_else(|| self.town_of_root(region)) } else { None }
    }

    /// `Харьковский метрополитен`: the seat of the oblast of that adjective, where it is called alike; else the oblast.
    fn seat_of_adjective(&self, region: &Region) -> Option<PlaceIndex> {
        let [oblast] = *region.around.as_slice() else { return None };
        let centre = self.gazetteer.centre(oblast)?;
        let names = self.gazetteer.aliases(centre);
        let alike = names.iter().any(|alias| is_root_of(region.adjective.root(), &alias.name.to_lowercase()));
        (region.kind == RegionKind::Adjective).then_some(if alike { centre } else { oblast })
    }

    /// The one settlement of the raions around whose name begins like the adjective.
    fn town_of_root(&self, region: &Region) -> Option<PlaceIndex> {
        let root = region.adjective.root();
        let regions = self.regions.of_kind(RegionKind::Raion).chain(self.regions.of_kind(RegionKind::Council));
        let raions = regions.flat_map(|raion| raion.named.iter().chain(&raion.around));
        let raions: Vec<_> = raions.copied().collect();
        let named_alike = |place: &PlaceIndex| is_root_of(root, &self.gazetteer.get(*place).bare.to_lowercase());
        let within = |level| {
            let units = distinct(raions.iter().filter_map(|unit| self.gazetteer.at_or_above(*unit, level)).collect());
            let towns = units.iter().flat_map(|unit| self.gazetteer.settlements_of(*unit));
            distinct(towns.filter(named_alike).collect())
        };
        let mut towns = within(PlaceLevel::Raion);
        if towns.is_empty() {
            towns = within(PlaceLevel::Oblast);
        }
        self.narrow_around(&mut towns, region.text, region.first, Some(region));
        <[PlaceIndex; 1]>::try_from(towns).ok().map(|[town]| town)
    }
}

/// `михалків` begins like `Михалкове`, `липчан` like `Липча`.
fn is_root_of(root: &str, name: &str) -> bool {
    let same = root.chars().zip(name.chars()).take_while(|(one, other)| one == other).count();
    same >= 4 && root.chars().count() - same <= 2 && name.chars().count() - same <= 3
}
