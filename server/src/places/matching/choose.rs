//! Which place each name means, by the kind it is called, the regions around it, and its standing.
//!
//! 1. `meaning`: one name.
//! 2. `around`: what the regions around a name leave of its readings.
//! 3. `beside`: plants, natural areas and institutions, which lead to places without being one.
//! 4. `together`: what the hits of a record say about one another.

mod around;
mod beside;
mod meaning;
mod together;

use super::super::fold::fold;
use super::super::gazetteer::Gazetteer;
use super::super::place::{Category, PlaceIndex, PlaceLevel};
use super::landmarks::{is_cause, reactor_oblast};
use super::mentions::{Mention, Mentions};
use super::regions::{RegionKind, Regions};
use super::traps::Trap;
use super::vocabulary::{is_nuclear, is_of_state_budget, nationwide};
use super::words::Word;
use super::{LocationLevel, Parsed, TextHit};
use together::merged;

/// Everything that is known of a record when its names are decided.
pub(super) struct Chooser<'a> {
    pub(super) gazetteer: &'a Gazetteer,
    pub(super) texts: &'a [Parsed<'a>],
    pub(super) regions: &'a Regions,
    pub(super) mentions: &'a Mentions,
    pub(super) hint: Option<PlaceIndex>,
}

/// What became of a name.
enum Choice {
    Place(PlaceIndex, f64),
    Several(Vec<PlaceIndex>),
    Nothing,
}

impl Chooser<'_> {
    /// The hits of a record: one for each place, most certain first.
    pub(super) fn hits(&self) -> Vec<TextHit> {
        let mut hits = self.region_hits();
        let nationwide = self.nationwide_hits();
        let mut choices: Vec<_> = self.mentions.found.iter().map(|mention| (mention, self.choose(mention))).collect();
        self.settle_lists(&mut choices);
        for (mention, choice) in choices {
            hits.extend(self.mention_hits(mention, choice, !nationwide.is_empty()));
        }
        hits.extend(self.landmark_hits());
        if !hits.iter().any(|hit| hit.level >= LocationLevel::Hromada) {
            hits.extend(self.institution_hit());
        }
        if hits.iter().all(|hit| hit.place.is_none()) {
            hits.extend(self.raion_hits());
        }
        self.drop_references(&mut hits);
        self.drop_outer_hromadas(&mut hits);
        hits.extend(self.shared_hromadas(&hits));
        hits.extend(nationwide);
        merged(hits)
    }

    fn nationwide_hits(&self) -> Vec<TextHit> {
        let texts = self.texts.iter().enumerate();
        let found = texts.filter_map(|(number, text)| Some((number, nationwide(text.text)?.to_owned())));
        let hit = |(text, evidence)| TextHit {
            text,
            level: LocationLevel::Nationwide,
            place: None,
            confidence: 0.9,
            evidence,
            candidates: Vec::new(),
        };
        found.map(hit).collect()
    }

    fn hit(&self, place: PlaceIndex, confidence: f64, text: usize, first: usize, last: usize) -> TextHit {
        let level = LocationLevel::of(self.gazetteer.get(place));
        let evidence = self.texts[text].evidence(first, last);
        TextHit { text, level, place: Some(place), confidence, evidence, candidates: Vec::new() }
    }

    /// Oblasts and hromadas that are named with the word for their kind.
    fn region_hits(&self) -> Vec<TextHit> {
        let mut hits = Vec::new();
        for region in self.regions.of_kind(RegionKind::Oblast).chain(self.regions.of_kind(RegionKind::Hromada)) {
            let mut places = region.named.clone();
            self.narrow_around(&mut places, region.text, region.first, Some(region));
            if let [place] = places.as_slice() {
                hits.push(self.hit(*place, 0.95, region.text, region.first, region.last));
            } else if places.len() > 1 {
                hits.push(self.several(places, region.text, region.first, region.last));
            }
        }
        hits
    }

    fn several(&self, mut candidates: Vec<PlaceIndex>, text: usize, first: usize, last: usize) -> TextHit {
        candidates.sort_by_key(|place| self.gazetteer.rank(*place));
        let level =
            candidates.first().map_or(LocationLevel::Settlement, |place| LocationLevel::of(self.gazetteer.get(*place)));
        let evidence = self.texts[text].evidence(first, last);
        TextHit { text, level, place: None, confidence: 0.3, evidence, candidates }
    }

    /// A homonym in a list lies where its neighbours in the list do.
    fn settle_lists(&self, choices: &mut [(&Mention, Choice)]) {
        let settled: Vec<(usize, PlaceIndex)> = choices
            .iter()
            .filter_map(|(mention, choice)| match choice {
                Choice::Place(place, _) => Some((mention.group, *place)),
                _ => None,
            })
            .collect();
        for (mention, choice) in choices {
            let Choice::Several(places) = choice else { continue };
            for level in [PlaceLevel::Hromada, PlaceLevel::Raion, PlaceLevel::Oblast] {
                let neighbours = settled.iter().filter(|(group, _)| *group == mention.group);
                let units: Vec<_> =
                    neighbours.filter_map(|(_, place)| self.gazetteer.at_or_above(*place, level)).collect();
                let near = |place| units.iter().any(|unit| self.gazetteer.is_within(place, *unit));
                if keep(places, near) {
                    break;
                }
            }
            if let [place] = places.as_slice() {
                *choice = Choice::Place(*place, 0.8);
            }
        }
    }

    /// A raion as it is now is itself the place; of one before 2020 only the oblast is known.
    fn raion_hits(&self) -> Vec<TextHit> {
        let mut hits = Vec::new();
        for region in self.regions.of_kind(RegionKind::Raion) {
            let oblasts = |places: &[PlaceIndex]| {
                distinct(places.iter().filter_map(|place| self.gazetteer.oblast_of(*place)).collect())
            };
            let mut places = if region.named.is_empty() { oblasts(&region.around) } else { region.named.clone() };
            self.narrow_around(&mut places, region.text, region.first, Some(region));
            if let [place] = places.as_slice() {
                hits.push(self.hit(*place, 0.7, region.text, region.first, region.last));
            }
        }
        hits
    }

    fn mention_hits(&self, mention: &Mention, choice: Choice, nationwide: bool) -> Vec<TextHit> {
        let Mention { text, first, last, .. } = *mention;
        if mention.trap == Trap::NoPlace || is_cause(&self.key(mention)) {
            return Vec::new();
        }
        match choice {
            Choice::Place(place, _)
                if self.is_capital(place) && mention.kind.is_none() && (nationwide || self.is_of_state(mention)) =>
            {
                Vec::new()
            }
            Choice::Place(..) if mention.trap == Trap::RoadEnd && self.is_on_road_to_capital(mention) => Vec::new(),
            Choice::Place(place, confidence) => {
                let place = self.reactor(mention, place).unwrap_or(place);
                let confidence = match mention.trap {
                    Trap::Reference => REFERENCE,
                    Trap::RoadEnd => ROAD_END,
                    _ => confidence,
                };
                vec![self.hit(place, confidence, text, first, last)]
            }
            Choice::Several(places) => {
                let oblast = self.common_oblast(&places).map(|oblast| self.hit(oblast, 0.6, text, first, last));
                oblast.into_iter().chain([self.several(places, text, first, last)]).collect()
            }
            Choice::Nothing => Vec::new(),
        }
    }

    /// `Kyiv receives macro-financial assistance`: the capital stands for the State.
    fn is_of_state(&self, mention: &Mention) -> bool {
        self.texts[mention.text].words.iter().any(is_of_state_budget)
    }

    /// `Київ — Чоп`: a road from the capital crosses oblasts, and neither of its ends is where the works are.
    fn is_on_road_to_capital(&self, mention: &Mention) -> bool {
        let is_end = |other: &&Mention| other.text == mention.text && other.trap == Trap::RoadEnd;
        let near = |other: &&Mention| other.first.abs_diff(mention.first) <= 4;
        let ends = self.mentions.found.iter().filter(is_end).filter(near);
        ends.flat_map(|end| end.places()).any(|place| self.is_capital(place))
    }

    fn key(&self, mention: &Mention) -> String {
        fold(&self.texts[mention.text].evidence(mention.first, mention.last))
    }

    fn is_capital(&self, place: PlaceIndex) -> bool {
        self.gazetteer.get(place).category == Some(Category::SpecialCity)
    }

    /// Beside words of nuclear power the name of a city is a plant's, which stands elsewhere in the oblast.
    fn reactor(&self, mention: &Mention, place: PlaceIndex) -> Option<PlaceIndex> {
        let words = &self.texts[mention.text].words;
        let numbered = |word: &Word<'_>| word.text.starts_with(|letter: char| letter.is_ascii_digit());
        let unit = words.get(mention.last + 1).is_some_and(|next| next.gap == " " && numbered(next));
        let unit = unit || words.windows(2).any(|pair| pair[0].small == "unit" && numbered(&pair[1]));
        if mention.kind.is_some() || !(unit || words.iter().any(is_nuclear)) {
            return None;
        }
        reactor_oblast(self.gazetteer.get(place).english).and_then(|id| self.gazetteer.by_id(id))
    }

    fn common_oblast(&self, places: &[PlaceIndex]) -> Option<PlaceIndex> {
        let oblast = self.gazetteer.oblast_of(*places.first()?)?;
        places.iter().all(|place| self.gazetteer.is_within(*place, oblast)).then_some(oblast)
    }

    fn is_oblast(&self, place: PlaceIndex) -> bool {
        self.gazetteer.get(place).category == Some(Category::Oblast)
    }
}

const REFERENCE: f64 = 0.2;
const ROAD_END: f64 = 0.5;
/// The places in the order of their codes, each once.
pub(super) fn distinct(mut places: Vec<PlaceIndex>) -> Vec<PlaceIndex> {
    places.sort_unstable();
    places.dedup();
    places
}

/// Keeps what is wanted, unless nothing is; whether anything was.
fn keep(places: &mut Vec<PlaceIndex>, wanted: impl Fn(PlaceIndex) -> bool) -> bool {
    let any = places.iter().any(|place| wanted(*place));
    if any {
        places.retain(|place| wanted(*place));
    }
    any
}
