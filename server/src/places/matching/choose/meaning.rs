//! Which place one name means.

use super::super::super::index::Posting;
use super::super::super::kind::Kind;
use super::super::super::place::{AliasKind, Category, PlaceIndex};
use super::super::endings::{Adjective, Grammar};
use super::super::is_settlement;
use super::super::mentions::{Called, Mention};
use super::super::regions::RegionKind;
use super::super::vocabulary::is_preposition;
use super::{Choice, Chooser, distinct};

impl Chooser<'_> {
    pub(super) fn choose(&self, mention: &Mention) -> Choice {
        if let Some(kind) = mention.kind.map(|kind| kind.kind).filter(|kind| *kind <= Kind::Hromada) {
            return self.choose_unit(mention, kind);
        }
        if mention.kind.is_none() && (self.is_among_oblasts(mention) || self.is_rather_oblast(mention)) {
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

    /// `Bukovyna` is the oblast, although a village is called so, too.
    fn is_rather_oblast(&self, mention: &Mention) -> bool {
        let place = |called: &Called| self.gazetteer.get(called.posting.place).category;
        let oblast = |called: &Called| place(called) == Some(Category::Oblast) && !called.posting.needs_kind;
        let city = |called: &Called| matches!(place(called), Some(Category::City | Category::SpecialCity));
        mention.called.iter().any(oblast) && !mention.called.iter().any(city)
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
        if let Some(oblast) = self.oblast_behind(mention) {
            let within = |called: &Called| self.gazetteer.is_within(called.posting.place, oblast);
            if called.iter().any(within) {
                called.retain(within);
            }
        }
        if mention.kind.is_none()
            && let Some(place) = self.known(&called)
        {
            return Choice::Place(place, 0.85);
        }
        let all = distinct(called.iter().map(|called| called.posting.place).collect());
        let mut places = all.clone();
        let narrowed = self.narrow_around(&mut places, mention.text, mention.last, None);
        if !narrowed && (self.is_outside_hint(&all) || self.is_far(mention) || self.is_doubtful(mention)) {
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

    /// The text names oblasts, none of which holds a place of this name, and no place is called exactly so.
    fn is_doubtful(&self, mention: &Mention) -> bool {
        let own = |called: &Called| called.exact && self.is_current(&called.posting);
        mention.kind.is_none() && !self.latin_oblasts().is_empty() && !mention.called.iter().any(own)
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
        // A city of this very name comes before one that was ever called so.
        let own = |called: &&Called| place(called).category == Some(Category::City) && self.is_current(&called.posting);
        let seat_of_name = |called: &&Called| seat(called) && self.is_current(&called.posting);
        let exact_seat = |called: &&Called| called.exact && seat(called);
        let of_name = || only(&exact_seat).or_else(|| only(&seat_of_name));
        let in_hint = |place: &PlaceIndex| {
            let hint = self.hint.or_else(|| self.only_oblast());
            hint.is_none_or(|hint| {
                let other = called.iter().any(|called| self.gazetteer.is_within(called.posting.place, hint));
                !other || self.gazetteer.is_within(*place, hint)
            })
        };
        let raion_city = |called: &&Called| place(called).is_raion_city;
        let own_raion_city = |called: &&Called| raion_city(called) && self.is_current(&called.posting);
        let by_any_name = || {
            let another = called.iter().any(|called| own(&called));
            if another { None } else { only(&seat).or_else(|| only(&raion_city)) }
        };
        of_name().or_else(|| only(&own_raion_city)).or_else(by_any_name).filter(in_hint)
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
            // In Russian `Славянске` is the town `Славянск`, and no adjective.
            let russian = self.texts[mention.text].grammar == Grammar::Russian;
            let town = ["ске", "цке", "ску", "цку"].iter().any(|ending| words[0].small.ends_with(ending));
            let adjective = adjective && !(russian && town);
            if adjective && !exact {
                return false;
            }
            let sure = exact || all == 1 || self.is_behind_preposition(mention);
            return mention.before_region && narrowed || cities == 1 && sure && all <= 4 && letters >= 5;
        }
        let region = narrowed && places.len() < all.max(2);
        letters >= 5 - usize::from(self.is_listed(mention))
            && (exact && (cities == 1 && all <= 4 || region || all == 1 && letters >= 6) || cities == 1 && all == 1)
    }

    /// `у Нетішині та Славуті`: a name in a list with one that a preposition makes a place.
    fn is_behind_preposition(&self, mention: &Mention) -> bool {
        let words = &self.texts[mention.text].words;
        let list =
            self.mentions.found.iter().filter(|other| other.group == mention.group && other.text == mention.text);
        let first = list.map(|other| other.first).min().unwrap_or(mention.first);
        let front = first.checked_sub(1).map(|at| &words[at]);
        front.is_some_and(|word| is_preposition(word) && !words[first].gap.contains(['.', ',', ';']))
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
            && (matches!(before, Some("in" | "à" | "w" | "we" | "nach")) || self.is_listed(mention))
    }

    /// In a list with cities a name is a place, too; which one, its neighbours tell.
    fn is_listed(&self, mention: &Mention) -> bool {
        let is_city = |called: &Called| self.gazetteer.get(called.posting.place).category == Some(Category::City);
        let others =
            self.mentions.found.iter().filter(|other| other.group == mention.group && other.first != mention.first);
        mention.called.iter().any(is_city) && others.into_iter().any(|other| other.called.iter().any(is_city))
    }

    /// Of several readings, those as written before declined ones, and of the category that the word means.
    fn prefer(&self, mention: &Mention, called: &mut Vec<Called>) {
        let category = mention.kind.and_then(|kind| kind.prefers);
        let wanted = category.or(mention.kind.is_none().then_some(Category::City));
        let of_category = |called: &Called| self.gazetteer.get(called.posting.place).category == wanted;
        if wanted.is_some() && called.iter().any(of_category) {
            called.retain(of_category);
        }
        let exact = |called: &Called| called.exact;
        let exact_and_current = |called: &Called| called.exact && self.is_current(&called.posting);
        let current = |called: &Called| self.is_current(&called.posting);
        let ways: [&dyn Fn(&Called) -> bool; 3] = [&exact, &exact_and_current, &current];
        for better in ways {
            if called.iter().any(better) {
                called.retain(better);
            }
        }
    }

    fn is_current(&self, posting: &Posting) -> bool {
        self.gazetteer.kind_of(posting) == AliasKind::Official
    }
}

fn decided(places: Vec<PlaceIndex>, confidence: f64) -> Choice {
    match places.as_slice() {
        [] => Choice::Nothing,
        [place] => Choice::Place(*place, confidence),
        _ => Choice::Several(places),
    }
}
