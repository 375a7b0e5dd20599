//! Which place each name means, by the kind it is called, the regions around it, and its standing.

use super::super::fold::fold;
use super::super::gazetteer::Gazetteer;
use super::super::index::Posting;
use super::super::kind::Kind;
use super::super::place::{Category, PlaceIndex, PlaceLevel};
use super::endings::Adjective;
use super::landmarks::{LANDMARKS, is_cause, reactor_oblast};
use super::mentions::{Called, Mention, Mentions};
use super::regions::{Region, RegionKind, Regions};
use super::traps::Trap;
use super::vocabulary::{is_nuclear, nationwide};
use super::words::Word;
use super::{LocationLevel, Parsed, TextHit, is_settlement};

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
                Choice::Place(place, _) => {
                    Some((mention.group, self.gazetteer.at_or_above(*place, PlaceLevel::Hromada)?))
                }
                _ => None,
            })
            .collect();
        for (mention, choice) in choices {
            let Choice::Several(places) = choice else { continue };
            let near = |place| {
                settled
                    .iter()
                    .any(|(group, hromada)| *group == mention.group && self.gazetteer.is_within(place, *hromada))
            };
            keep(places, near);
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
                if self.is_capital(place)
                    && (nationwide && mention.kind.is_none() || mention.trap == Trap::RoadEnd) =>
            {
                Vec::new()
            }
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

    fn choose(&self, mention: &Mention) -> Choice {
        if let Some(kind) = mention.kind.map(|kind| kind.kind).filter(|kind| *kind <= Kind::Hromada) {
            return self.choose_unit(mention, kind);
        }
        if mention.kind.is_none() && self.is_among_oblasts(mention) {
            return self.choose_unit_named(mention);
        }
        self.choose_settlement(mention)
    }

    fn choose_unit(&self, mention: &Mention, kind: Kind) -> Choice {
        let mut places = distinct(mention.places());
        if kind != Kind::Oblast {
            self.narrow_around(&mut places, mention.text, mention.first, None);
        }
        decided(places, 0.95)
    }

    /// In a list with `Volyn` or `Zakarpattia`, `Lviv` is the oblast too.
    fn is_among_oblasts(&self, mention: &Mention) -> bool {
        let list = self.mentions.found.iter().filter(|other| other.group == mention.group && other.kind.is_none());
        let only_oblast = |other: &&Mention| other.called.iter().all(|called| self.is_oblast(called.posting.place));
        list.clone().count() > 1 && list.clone().any(|other| only_oblast(&other))
    }

    fn is_oblast(&self, place: PlaceIndex) -> bool {
        self.gazetteer.get(place).category == Some(Category::Oblast)
    }

    fn choose_unit_named(&self, mention: &Mention) -> Choice {
        let own = mention.called.iter().map(|called| called.posting.place).find(|place| self.is_oblast(*place));
        let key = self.key(mention);
        let shared = || {
            let postings = self.gazetteer.index.same(&key).iter();
            postings.map(|posting| posting.place).find(|place| self.is_oblast(*place))
        };
        own.or_else(shared).map_or_else(|| self.choose_settlement(mention), |oblast| Choice::Place(oblast, 0.8))
    }

    fn choose_settlement(&self, mention: &Mention) -> Choice {
        let mut called = mention.called.clone();
        called.retain(|called| is_settlement(self.gazetteer.get(called.posting.place)));
        if called.is_empty() {
            return decided(distinct(mention.places()), 0.85);
        }
        if mention.kind.is_none()
            && let Some(place) = self.known(&called)
        {
            return Choice::Place(place, 0.85);
        }
        let all = distinct(called.iter().map(|called| called.posting.place).collect());
        let mut places = all.clone();
        let narrowed = self.narrow_around(&mut places, mention.text, mention.last, None);
        if !narrowed && (self.is_outside_hint(&all) || self.is_far(mention)) {
            return Choice::Nothing;
        }
        if mention.kind.is_none() && !self.may_be_small(mention, &places, all.len(), narrowed) {
            return if self.is_said_as_place(mention) { decided(all, 0.5) } else { Choice::Nothing };
        }
        called.retain(|called| places.contains(&called.posting.place));
        self.prefer(mention, &mut called);
        let places = distinct(called.iter().map(|called| called.posting.place).collect());
        match (mention.kind, places.as_slice()) {
            (Some(_), [place]) => Choice::Place(*place, if narrowed { 0.95 } else { 0.9 }),
            (None, [place]) => Choice::Place(*place, if narrowed { 0.8 } else { 0.7 }),
            (Some(_), several) if several.len() > 1 => {
                self.known(&called).map_or_else(|| Choice::Several(several.to_vec()), |place| Choice::Place(place, 0.8))
            }
            (_, []) => Choice::Nothing,
            (_, several) => Choice::Several(several.to_vec()),
        }
    }

    fn is_outside_hint(&self, places: &[PlaceIndex]) -> bool {
        self.hint.is_some_and(|hint| !places.iter().any(|place| self.gazetteer.is_within(*place, hint)))
    }

    /// No village of this name lies in any oblast around the regions that the texts name: it is one we do not know.
    fn is_far(&self, mention: &Mention) -> bool {
        let regions = self.regions.of_kind(RegionKind::Raion).chain(self.regions.of_kind(RegionKind::Oblast));
        let known = regions.into_iter().any(|region| !(region.named.is_empty() && region.around.is_empty()));
        known && mention.kind.is_some_and(|kind| kind.prefers == Some(Category::Village))
    }

    /// The seat of an oblast, else the city that a raion is named after, when only one of the readings is.
    fn known(&self, called: &[Called]) -> Option<PlaceIndex> {
        let place = |called: &&Called| self.gazetteer.get(called.posting.place);
        let only = |wanted: &dyn Fn(&&Called) -> bool| {
            let places =
                distinct(called.iter().filter(|called| wanted(called)).map(|called| called.posting.place).collect());
            <[PlaceIndex; 1]>::try_from(places).ok().map(|[place]| place)
        };
        let seat = |called: &&Called| place(called).is_oblast_city || self.is_capital(called.posting.place);
        let exact_seat = only(&|called| called.exact && seat(called));
        let in_hint = |place: &PlaceIndex| {
            let hint = self.hint.or_else(|| self.only_oblast());
            hint.is_none_or(|hint| {
                let other = called.iter().any(|called| self.gazetteer.is_within(called.posting.place, hint));
                !other || self.gazetteer.is_within(*place, hint)
            })
        };
        let raion_city = || only(&|called| place(called).is_raion_city);
        exact_seat.or_else(|| only(&seat)).or_else(raion_city).filter(in_hint)
    }

    /// The oblast of the record, when its texts name exactly one.
    fn only_oblast(&self) -> Option<PlaceIndex> {
        let oblasts = distinct(
            self.regions.of_kind(RegionKind::Oblast).flat_map(|region| region.named.iter().copied()).collect(),
        );
        <[PlaceIndex; 1]>::try_from(oblasts).ok().map(|[oblast]| oblast)
    }

    /// A village's name is often a common word: without a word for its kind it needs a region beside it.
    fn may_be_small(&self, mention: &Mention, places: &[PlaceIndex], all: usize, narrowed: bool) -> bool {
        let words = &self.texts[mention.text].words[mention.first..=mention.last];
        let letters: usize = words.iter().map(|word| word.key.len()).sum();
        let cities = places.iter().filter(|place| self.gazetteer.get(**place).category == Some(Category::City)).count();
        let exact = mention.called.iter().any(|called| called.exact);
        if mention.cyrillic {
            // `Бахмутського (Артемівського) району` is no village of that name.
            let adjective = Adjective::of(&words[0].small).is_some_and(|adjective| adjective.is_of_place());
            if adjective && !exact {
                return false;
            }
            return mention.before_region && narrowed || cities == 1 && exact && all <= 4 && letters >= 5;
        }
        let region = narrowed && places.len() < all.max(2);
        letters >= 5
            && (exact && (cities == 1 && all <= 4 || region || all == 1 && letters >= 6) || cities == 1 && all == 1)
    }

    /// `in Mykolaivka`: certainly a place, if one of many; only after such a word, since names are common words too.
    fn is_said_as_place(&self, mention: &Mention) -> bool {
        let words = &self.texts[mention.text].words;
        let before = mention.first.checked_sub(1).map(|at| words[at].small.as_str());
        let exact = mention.called.iter().any(|called| called.exact);
        !mention.cyrillic
            && exact
            && mention.places().len() > 1
            && words[mention.first].key.len() >= 6
            && matches!(before, Some("in" | "à" | "w" | "nach"))
    }

    /// Of several readings, those as written before declined ones, and of the category that the word means.
    fn prefer(&self, mention: &Mention, called: &mut Vec<Called>) {
        let category = mention.kind.and_then(|kind| kind.prefers);
        let wanted = category.or(mention.kind.is_none().then_some(Category::City));
        let of_category = |called: &Called| self.gazetteer.get(called.posting.place).category == wanted;
        if wanted.is_some() && called.iter().any(of_category) {
            called.retain(of_category);
        }
        let current = |called: &Called| called.exact && self.is_current(&called.posting);
        for better in [&|called: &Called| called.exact, &current as &dyn Fn(&Called) -> bool] {
            if called.iter().any(better) {
                called.retain(better);
            }
        }
    }

    fn is_current(&self, posting: &Posting) -> bool {
        self.gazetteer.kind_of(posting) == super::super::place::AliasKind::Official
    }

    /// Keeps the places in the regions around a word, nearest region first; whether any region knew one of them.
    fn narrow_around(&self, places: &mut Vec<PlaceIndex>, text: usize, word: usize, but: Option<&Region>) -> bool {
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

    /// Oblasts named in Latin letters are mentions, not regions; they tell homonyms apart all the same.
    fn latin_oblasts(&self) -> Vec<PlaceIndex> {
        let named = |mention: &&Mention| mention.called.iter().all(|called| self.is_oblast(called.posting.place));
        let mentions = self.mentions.found.iter().filter(named);
        distinct(mentions.flat_map(Mention::places).collect())
    }

    /// Plants and natural areas that lie in one oblast, and regions larger than one.
    fn landmark_hits(&self) -> Vec<TextHit> {
        let mut hits = Vec::new();
        for (number, text) in self.texts.iter().enumerate() {
            let nuclear = text.words.iter().any(is_nuclear);
            for landmark in LANDMARKS.iter().filter(|landmark| nuclear || !landmark.nuclear) {
                let windows = text.words.windows(landmark.words.len());
                let found = windows
                    .enumerate()
                    .find(|(_, words)| words.iter().map(|word| word.key.as_str()).eq(landmark.words.iter().copied()));
                let Some((at, _)) = found else { continue };
                let oblasts = landmark.oblasts.iter().filter_map(|id| self.gazetteer.by_id(id));
                hits.extend(oblasts.map(|oblast| self.hit(oblast, 0.75, number, at, at + landmark.words.len() - 1)));
            }
        }
        hits
    }

    /// A school or hospital is called by the adjective of its town; it is asked only when no town is named.
    ///
    /// The first such adjective is the institution's own, later ones are its owner's.
    fn institution_hit(&self) -> Option<TextHit> {
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
        if let [hromada] = hromadas.as_slice() {
            return self.gazetteer.centre(*hromada);
        }
        if hromadas.is_empty() { self.town_of_root(region) } else { None }
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

    /// A name that only says where something else is counts when nothing else does, and then for its oblast.
    fn drop_references(&self, hits: &mut Vec<TextHit>) {
        let town =
            |hit: &TextHit| hit.level == LocationLevel::Settlement && hit.place.is_some() && hit.confidence > 0.8;
        if hits.iter().any(town) {
            hits.retain(|hit| hit.confidence != ROAD_END);
        }
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

    /// `с. Бутове Чмирівської територіальної громади`: the hromada only says which Butove.
    fn drop_outer_hromadas(&self, hits: &mut Vec<TextHit>) {
        let towns: Vec<_> =
            hits.iter().filter(|hit| hit.level == LocationLevel::Settlement).filter_map(|hit| hit.place).collect();
        let holds = |hromada: PlaceIndex| towns.iter().any(|town| self.gazetteer.is_within(*town, hromada));
        hits.retain(|hit| hit.level != LocationLevel::Hromada || !hit.place.is_some_and(holds));
    }

    /// A project in several settlements of one hromada is the hromada's.
    fn shared_hromadas(&self, hits: &[TextHit]) -> Vec<TextHit> {
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

const REFERENCE: f64 = 0.2;
const ROAD_END: f64 = 0.5;

fn decided(places: Vec<PlaceIndex>, confidence: f64) -> Choice {
    match places.as_slice() {
        [] => Choice::Nothing,
        [place] => Choice::Place(*place, confidence),
        _ => Choice::Several(places),
    }
}

/// The places in the order of their codes, each once.
pub(super) fn distinct(mut places: Vec<PlaceIndex>) -> Vec<PlaceIndex> {
    places.sort_unstable();
    places.dedup();
    places
}

/// `михалків` begins like `Михалкове`, `липчан` like `Липча`.
fn is_root_of(root: &str, name: &str) -> bool {
    let same = root.chars().zip(name.chars()).take_while(|(one, other)| one == other).count();
    same >= 4 && root.chars().count() - same <= 2 && name.chars().count() - same <= 3
}

/// Keeps what is wanted, unless nothing is; whether anything was.
fn keep(places: &mut Vec<PlaceIndex>, wanted: impl Fn(PlaceIndex) -> bool) -> bool {
    let any = places.iter().any(|place| wanted(*place));
    if any {
        places.retain(|place| wanted(*place));
    }
    any
}

/// One hit for each place, the most certain; ambiguous ones stay.
fn merged(mut hits: Vec<TextHit>) -> Vec<TextHit> {
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
