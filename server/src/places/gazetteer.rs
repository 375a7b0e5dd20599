//! Every place the hub knows, found by id, by code, by kinship and by name.

use std::collections::HashMap;
use std::sync::OnceLock;

use connectors::model::CountryCode;

use super::index::NameIndex;
use super::load::{Loaded, load};
use super::names::{Names, own_names, preferred};
use super::place::{Alias, Country, Place, PlaceIndex, PlaceLevel};

/// The whole gazetteer; there is one, and it never changes while the program runs.
#[derive(Debug)]
pub struct Gazetteer {
    places: Vec<Place>,
    ids: HashMap<&'static str, PlaceIndex>,
    countries: Vec<Country>,
    families: Families,
    names: Names,
    centres: Vec<(PlaceIndex, PlaceIndex)>,
    pub(super) index: NameIndex,
}

/// Children of every place, sorted by name, in one list.
#[derive(Debug)]
struct Families {
    children: Vec<PlaceIndex>,
    starts: Vec<u32>,
}

impl Gazetteer {
    /// The gazetteer that is built into the program; the first call puts it together.
    pub fn embedded() -> &'static Self {
        static EMBEDDED: OnceLock<Gazetteer> = OnceLock::new();
        EMBEDDED.get_or_init(|| Self::of(load()))
    }

    fn of(loaded: Loaded) -> Self {
        let names = Names::load(&loaded);
        let index = NameIndex::build(&loaded, &names);
        let Loaded { places, countries, ids, mut centres, .. } = loaded;
        centres.sort_unstable();
        Self { families: Families::of(&places), places, ids, countries, names, centres, index }
    }

    /// How many places there are.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "it is never empty")]
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// A place.
    #[must_use]
    pub fn get(&self, place: PlaceIndex) -> &Place {
        &self.places[place.at()]
    }

    /// Every place, countries first, then Ukraine in the order of the codes, then NUTS.
    pub fn all(&self) -> impl Iterator<Item = (PlaceIndex, &Place)> {
        (0..).map(PlaceIndex::new).zip(&self.places)
    }

    /// The place of a KATOTTG, NUTS or country code.
    #[must_use]
    pub fn by_id(&self, id: &str) -> Option<PlaceIndex> {
        self.ids.get(id.trim()).copied()
    }

    /// The first-level unit of Ukraine with an ISO 3166-2 code such as `UA-77`.
    ///
    /// The digits of ISO and KATOTTG differ in five of the 27 units, so neither is ever worked out from the other.
    #[must_use]
    pub fn by_iso3166_2(&self, code: &str) -> Option<PlaceIndex> {
        let wanted = code.trim().to_ascii_uppercase();
        self.at_level(PlaceLevel::Oblast).find(|place| self.get(*place).iso3166_2 == Some(wanted.as_str()))
    }

    /// The unit of Ukraine that OCHA knows by a code such as `UA6312027`: the digits of the KATOTTG code down to its level.
    #[must_use]
    pub fn by_ocha_code(&self, code: &str) -> Option<PlaceIndex> {
        let code = code.trim();
        let whole =
            |place: &PlaceIndex| self.get(*place).category.is_some_and(|category| category.prefix() == code.len());
        let start = self.ids.get("UA").map_or(0, |country| country.at());
        let units = self.places[start..].iter().zip(start..).filter(|(place, _)| place.category.is_some());
        let mut found = units.filter(|(place, _)| place.id.starts_with(code) && code.len() >= 4);
        found.find_map(|(place, _)| self.by_id(place.id).filter(whole))
    }

    /// The next larger place; `None` for a country.
    #[must_use]
    pub fn parent(&self, place: PlaceIndex) -> Option<PlaceIndex> {
        self.get(place).parent
    }

    /// Everything that the place lies in, nearest first.
    pub fn ancestors(&self, place: PlaceIndex) -> impl Iterator<Item = PlaceIndex> {
        std::iter::successors(self.parent(place), |above| self.parent(*above))
    }

    /// What lies straight below the place, sorted by English name.
    #[must_use]
    pub fn children(&self, place: PlaceIndex) -> &[PlaceIndex] {
        let bound = |at: usize| self.families.starts[at] as usize;
        &self.families.children[bound(place.at())..bound(place.at() + 1)]
    }

    /// Whether the one place is the other or lies in it.
    #[must_use]
    pub fn is_within(&self, inner: PlaceIndex, outer: PlaceIndex) -> bool {
        inner == outer || self.ancestors(inner).any(|above| above == outer)
    }

    /// The place itself or the nearest above it of a level.
    #[must_use]
    pub fn at_or_above(&self, place: PlaceIndex, level: PlaceLevel) -> Option<PlaceIndex> {
        std::iter::once(place).chain(self.ancestors(place)).find(|above| self.get(*above).level == level)
    }

    /// The first-level unit of Ukraine that the place is or lies in.
    #[must_use]
    pub fn oblast_of(&self, place: PlaceIndex) -> Option<PlaceIndex> {
        self.at_or_above(place, PlaceLevel::Oblast)
    }

    /// The settlement that an oblast or hromada is governed from, or that a raion is named after.
    #[must_use]
    pub fn centre(&self, unit: PlaceIndex) -> Option<PlaceIndex> {
        let at = self.centres.binary_search_by_key(&unit, |(unit, _)| *unit).ok()?;
        self.centres.get(at).map(|(_, centre)| *centre)
    }

    /// The oblast that a city is the seat of, or gave its name to; for Kyiv, Kyiv oblast.
    pub(super) fn oblast_by_city(&self, city: PlaceIndex) -> Option<PlaceIndex> {
        let seated = |oblast: &PlaceIndex| self.centre(*oblast) == Some(city) && self.centre(*oblast) != Some(*oblast);
        let own = || self.oblast_of(city).filter(|_| self.get(city).is_oblast_city);
        self.at_level(PlaceLevel::Oblast).find(seated).or_else(own)
    }

    /// The hromada that a settlement lies in, when it is the centre or the hromada is called after it.
    pub(super) fn hromada_by_town(&self, town: PlaceIndex) -> Option<PlaceIndex> {
        let hromada = self.at_or_above(town, PlaceLevel::Hromada)?;
        let start = |place: PlaceIndex| self.get(place).bare.chars().take(5).collect::<String>();
        (self.centre(hromada) == Some(town) || start(hromada) == start(town)).then_some(hromada)
    }

    /// Every settlement below a place.
    pub(super) fn settlements_of(&self, place: PlaceIndex) -> Vec<PlaceIndex> {
        let below = self.children(place).iter().flat_map(|child| match self.get(*child).level {
            PlaceLevel::Settlement => vec![*child],
            PlaceLevel::District => Vec::new(),
            _ => self.settlements_of(*child),
        });
        below.collect()
    }

    /// Every place of a level, in the order of the codes.
    pub fn at_level(&self, level: PlaceLevel) -> impl Iterator<Item = PlaceIndex> {
        self.all().filter(move |(_, place)| place.level == level).map(|(index, _)| index)
    }

    /// The country that a place lies in, or is.
    #[must_use]
    pub fn country_of(&self, place: PlaceIndex) -> CountryCode {
        self.get(place).country
    }

    /// A country by its code.
    #[must_use]
    pub fn country(&self, code: CountryCode) -> Option<&Country> {
        let at = self.countries.binary_search_by_key(&code, |country| country.code).ok()?;
        self.countries.get(at)
    }

    /// Every country, sorted by code.
    #[must_use]
    pub fn countries(&self) -> &[Country] {
        &self.countries
    }

    /// The name in the first of the languages that there is one in; otherwise the English official name.
    #[must_use]
    pub fn name(&self, place: PlaceIndex, languages: &[&str]) -> &'static str {
        preferred(self.get(place), &self.names, place, languages)
    }

    /// Every name of the place other than its English one.
    #[must_use]
    pub fn aliases(&self, place: PlaceIndex) -> Vec<Alias> {
        let own = own_names(self.get(place)).into_iter().skip(1);
        own.chain(self.names.of(place).copied()).collect()
    }

    pub(super) fn names(&self) -> &Names {
        &self.names
    }
}

impl Families {
    fn of(places: &[Place]) -> Self {
        let mut children: Vec<_> = (0..).map(PlaceIndex::new).take(places.len()).collect();
        let parent = |child: &PlaceIndex| places[child.at()].parent;
        children.retain(|child| parent(child).is_some());
        children.sort_unstable_by_key(|child| (parent(child), places[child.at()].english, *child));
        let mut starts = vec![0; places.len() + 1];
        for above in children.iter().filter_map(parent) {
            starts[above.at() + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        Self { children, starts }
    }
}
