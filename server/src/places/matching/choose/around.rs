//! What the regions around a name leave of its readings.

use super::super::super::place::{PlaceIndex, PlaceLevel};
use super::super::mentions::Mention;
use super::super::regions::{Region, RegionKind};
use super::{Chooser, distinct, keep};

impl Chooser<'_> {
    /// Keeps the places in the regions around a word, nearest region first; whether any region knew one of them.
    pub(super) fn narrow_around(
        &self,
        places: &mut Vec<PlaceIndex>,
        text: usize,
        word: usize,
        but: Option<&Region>,
    ) -> bool {
        let mut regions: Vec<&Region> = self.regions.found.iter().collect();
        regions.retain(|region| but.is_none_or(|but| (but.text, but.first) != (region.text, region.first)));
        regions.sort_by_key(|region| (region.text != text, region.first < word, region.first.abs_diff(word)));
        let mut narrowed = false;
        for kind in [RegionKind::Council, RegionKind::Hromada, RegionKind::Raion, RegionKind::Oblast] {
            for region in regions.iter().filter(|region| region.kind == kind) {
                narrowed |= self.narrow_to(places, region);
            }
        }
        let latin = self.latin_oblasts();
        narrowed |= !latin.is_empty()
            && keep(places, |place| latin.iter().any(|oblast| self.gazetteer.is_within(place, *oblast)));
        narrowed |= self.hint.is_some_and(|hint| keep(places, |place| self.gazetteer.is_within(place, hint)));
        for region in regions.iter().filter(|region| region.kind == RegionKind::Adjective) {
            // An adjective says little; it is asked only while nothing else has decided.
            if places.len() > 1 {
                self.narrow_to(places, region);
            }
        }
        narrowed
    }

    /// A raion of before 2020 is not the unit of its name now: first what lies in that, then what lies around it.
    fn narrow_to(&self, places: &mut Vec<PlaceIndex>, region: &Region) -> bool {
        let within =
            |place: PlaceIndex, units: &[PlaceIndex]| units.iter().any(|unit| self.gazetteer.is_within(place, *unit));
        let above = |units: &[PlaceIndex], level| -> Vec<PlaceIndex> {
            units.iter().filter_map(|unit| self.gazetteer.at_or_above(*unit, level)).collect()
        };
        let units: Vec<PlaceIndex> = region.named.iter().chain(&region.around).copied().collect();
        if keep(places, |place| within(place, &units)) {
            return true;
        }
        if matches!(region.kind, RegionKind::Oblast | RegionKind::Hromada) {
            return false;
        }
        let raions = above(&units, PlaceLevel::Raion);
        let oblasts = above(&units, PlaceLevel::Oblast);
        keep(places, |place| within(place, &raions)) || keep(places, |place| within(place, &oblasts))
    }

    /// The oblast that stands right behind a name: `Mykolaiv, Lviv region`, `Золочів Харківської області`.
    pub(super) fn oblast_behind(&self, mention: &Mention) -> Option<PlaceIndex> {
        let words = &self.texts[mention.text].words;
        let gap = words.get(mention.last + 1)?.gap;
        if !matches!(gap, ", " | " (" | " ") {
            return None;
        }
        let region = self.regions.starting(mention.text, mention.last + 1);
        if let Some(region) = region.filter(|region| region.kind == RegionKind::Oblast) {
            return region.named.first().copied();
        }
        let mut behind = self.mentions.found.iter().filter(|other| other.text == mention.text);
        let behind = behind.find(|other| other.first == mention.last + 1 && other.kind.is_some())?;
        behind.called.iter().map(|called| called.posting.place).find(|place| self.is_oblast(*place))
    }

    /// Oblasts named in Latin letters are mentions, not regions; they tell homonyms apart all the same.
    pub(super) fn latin_oblasts(&self) -> Vec<PlaceIndex> {
        let named = |mention: &&Mention| mention.called.iter().all(|called| self.is_oblast(called.posting.place));
        let mentions = self.mentions.found.iter().filter(named);
        distinct(mentions.flat_map(Mention::places).collect())
    }
}
