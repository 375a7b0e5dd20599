//! Names to places: exact after folding, by sound, by beginning, and with one typing slip.

use std::sync::OnceLock;

use super::fold::{fold, sound};
use super::keys::Keys;
use super::load::Loaded;
use super::names::{Names, own_names};
use super::place::{Category, Place, PlaceIndex, PlaceLevel};
use super::slips::Slips;

/// One way in which a place can be called by a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Posting {
    pub(super) place: PlaceIndex,
    /// The row in the names; `None` when the name follows from the place itself.
    pub(super) alias: Option<u32>,
    /// The name alone means another place: only `Lviv oblast` is the oblast, `Lviv` is the city.
    pub(super) needs_kind: bool,
}

/// How a name was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Closeness {
    /// The same after folding.
    Same,
    /// The same name in another spelling.
    SameSound,
    /// One slip away.
    Slip,
    /// One slip away from another spelling.
    SlipOfSound,
}

/// Shorter sounds are one slip away from too many names.
const SHORTEST_SOUND: usize = 6;

/// All names of all places.
#[derive(Debug)]
pub(super) struct NameIndex {
    names: Keys<Posting>,
    sounds: Keys<Posting>,
    /// Filed when the first slip is made: most runs of the program never see one.
    name_slips: OnceLock<Slips>,
    sound_slips: OnceLock<Slips>,
}

impl NameIndex {
    pub(super) fn build(loaded: &Loaded, names: &Names) -> Self {
        let mut rows = own_rows(loaded);
        rows.extend(alias_rows(loaded, names));
        mark_shared_with_cities(&mut rows, loaded);
        rows.extend(centre_rows(loaded));
        let sounds = Keys::build(rows.iter().map(|(key, posting)| (sound(key), *posting)).collect());
        Self { names: Keys::build(rows), sounds, name_slips: OnceLock::new(), sound_slips: OnceLock::new() }
    }

    /// What the folded key calls, and how closely; the closest way that finds a wanted place is the only one asked.
    pub(super) fn find(&self, key: &str, wanted: impl Fn(&Posting) -> bool) -> Option<(Closeness, Vec<Posting>)> {
        let by_sound = sound(key);
        let ways: [(Closeness, &dyn Fn() -> Vec<Posting>); 4] = [
            (Closeness::Same, &|| self.names.get(key).to_vec()),
            (Closeness::SameSound, &|| self.sounds.get(&by_sound).to_vec()),
            (Closeness::Slip, &|| self.names.near(self.name_slips.get_or_init(|| Slips::of(self.names.all())), key)),
            (Closeness::SlipOfSound, &|| {
                if by_sound.len() < SHORTEST_SOUND {
                    Vec::new()
                } else {
                    self.sounds.near(self.sound_slips.get_or_init(|| Slips::of(self.sounds.all())), &by_sound)
                }
            }),
        ];
        ways.into_iter().find_map(|(closeness, way)| {
            let mut found = way();
            found.retain(&wanted);
            (!found.is_empty()).then_some((closeness, found))
        })
    }

    /// What the folded key calls, written the same.
    pub(super) fn same(&self, key: &str) -> &[Posting] {
        self.names.get(key)
    }

    /// Whether a name begins with the key.
    pub(super) fn continues(&self, key: &str) -> bool {
        self.names.beginning(key).next().is_some()
    }

    /// What is called by the same name in any spelling.
    pub(super) fn same_sound(&self, key: &str) -> &[Posting] {
        self.sounds.get(&sound(key))
    }

    /// Names that begin with the key but are longer.
    pub(super) fn beginning<'a>(&'a self, key: &'a str) -> impl Iterator<Item = Posting> + 'a {
        self.names.beginning(key)
    }
}

fn own_rows(loaded: &Loaded) -> Vec<(String, Posting)> {
    let mut rows = Vec::with_capacity(loaded.places.len() * 3 / 2);
    for (place, about) in (0..).map(PlaceIndex::new).zip(&loaded.places) {
        let posting = Posting { place, alias: None, needs_kind: false };
        if is_settlement(about) {
            // The Latin form folds to the same key as the Ukrainian name.
            rows.push((fold(about.english), posting));
            continue;
        }
        let mut keys: Vec<_> = own_names(about).iter().map(|alias| fold(alias.name)).collect();
        keys.sort_unstable();
        keys.dedup();
        rows.extend(keys.into_iter().map(|key| (key, posting)));
    }
    rows
}

fn alias_rows<'a>(loaded: &'a Loaded, names: &'a Names) -> impl Iterator<Item = (String, Posting)> + 'a {
    names
        .all()
        .map(|(number, place, alias)| (fold(alias.name), Posting { place, alias: Some(number), needs_kind: false }))
        .filter(|(key, posting)| !key.is_empty() && posting.place.at() < loaded.places.len())
}

/// An oblast and a city often share a name; said without a word for the kind it means the city.
fn mark_shared_with_cities(rows: &mut [(String, Posting)], loaded: &Loaded) {
    let about = |posting: &Posting| &loaded.places[posting.place.at()];
    let mut cities: Vec<String> =
        rows.iter().filter(|(_, posting)| is_city(about(posting))).map(|(key, _)| key.clone()).collect();
    cities.sort_unstable();
    for (key, posting) in rows.iter_mut().filter(|(_, posting)| about(posting).category == Some(Category::Oblast)) {
        posting.needs_kind = cities.binary_search(key).is_ok();
    }
}

/// Texts call a hromada or raion by its centre too: `Merefa hromada`, `Kharkiv raion`.
fn centre_rows(loaded: &Loaded) -> impl Iterator<Item = (String, Posting)> + '_ {
    let units = loaded.centres.iter().filter(|(unit, _)| loaded.places[unit.at()].level != PlaceLevel::Oblast);
    units.map(|(unit, centre)| {
        (fold(loaded.places[centre.at()].english), Posting { place: *unit, alias: None, needs_kind: true })
    })
}

fn is_settlement(place: &Place) -> bool {
    matches!(place.category, Some(Category::City | Category::Settlement | Category::Village))
}

fn is_city(place: &Place) -> bool {
    matches!(place.category, Some(Category::City | Category::SpecialCity))
}
