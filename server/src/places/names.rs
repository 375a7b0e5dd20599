//! Every other name of a place: official ones in other languages and scripts, former, russified, historical.

use std::collections::{HashMap, HashSet};

use connectors::model::PartialDate;

use super::fold::{fold, is_cyrillic, sound};
use super::load::Loaded;
use super::place::{Alias, AliasKind, Category, Place, PlaceIndex, PlaceLevel};
use super::tables::{self, filled, rows};
use super::transliteration::latin;

/// The names of the tables, in the order of the places they belong to.
#[derive(Debug, Default)]
pub(super) struct Names {
    rows: Vec<(PlaceIndex, Alias)>,
}

impl Names {
    /// Reads every table of names.
    pub(super) fn load(loaded: &Loaded) -> Self {
        let mut rows = authored(loaded);
        rows.extend(former(loaded));
        rows.extend(short(loaded));
        rows.extend(countries(loaded));
        rows.sort_by_key(|(place, _)| *place);
        let known: HashSet<_> = rows.iter().map(|(place, alias)| (*place, alias.name)).collect();
        let spellings = geonames(loaded).into_iter().filter(|(place, alias)| !known.contains(&(*place, alias.name)));
        let spellings: Vec<_> = spellings.collect();
        rows.extend(spellings);
        rows.sort_by_key(|(place, _)| *place);
        Self { rows }
    }

    /// The names of one place that stand in the tables.
    pub(super) fn of(&self, place: PlaceIndex) -> impl Iterator<Item = &Alias> {
        let start = self.rows.partition_point(|(other, _)| *other < place);
        self.rows[start..].iter().take_while(move |(other, _)| *other == place).map(|(_, alias)| alias)
    }

    /// Every row with its place and its number.
    pub(super) fn all(&self) -> impl Iterator<Item = (u32, PlaceIndex, &Alias)> {
        (0..).zip(&self.rows).map(|(number, (place, alias))| (number, *place, alias))
    }

    /// One row.
    pub(super) fn row(&self, number: u32) -> Option<&Alias> {
        self.rows.get(number as usize).map(|(_, alias)| alias)
    }
}

/// The names that follow from the place itself: its own language's, the codifier's bare word, the Latin form.
pub(super) fn own_names(place: &Place) -> Vec<Alias> {
    let language = (place.category.is_some()).then_some("uk");
    let own = |name, language, kind| Alias { name, language, kind, until: None };
    let mut names = vec![own(place.english, Some("en"), AliasKind::Official)];
    names.push(own(place.original, language, AliasKind::Official));
    names.push(own(place.bare, language, AliasKind::Official));
    if let (Some(_), Some(latin)) = (place.category, bare_latin(place)) {
        names.push(own(latin, None, AliasKind::Transliteration));
    }
    let mut seen: Vec<&str> = Vec::new();
    names.retain(|alias| {
        !seen.contains(&alias.name) && {
            seen.push(alias.name);
            true
        }
    });
    names
}

/// The Latin form of the codifier's bare word, as a part of the English name that is kept already.
fn bare_latin(place: &Place) -> Option<&'static str> {
    match place.category? {
        Category::Raion | Category::Hromada | Category::District => {
            place.english.rsplit_once(' ').map(|(bare, _)| bare)
        }
        _ => Some(place.english),
    }
}

fn authored(loaded: &Loaded) -> Vec<(PlaceIndex, Alias)> {
    let row = |row: tables::Row| {
        let [id, name, kind, language] = row.fields();
        let kind = AliasKind::from_word(kind)?;
        Some((*loaded.ids.get(id)?, Alias { name, language: filled(language), kind, until: None }))
    };
    rows(tables::ALIASES).filter_map(row).collect()
}

/// What an oblast is called without the word `oblast`; the two cities are officially called so.
fn short(loaded: &Loaded) -> impl Iterator<Item = (PlaceIndex, Alias)> + '_ {
    loaded.short_names.iter().map(|(place, name)| {
        let city = loaded.places[place.at()].category == Some(Category::SpecialCity);
        let kind = if city { AliasKind::Official } else { AliasKind::Common };
        (*place, Alias { name, language: Some("en"), kind, until: None })
    })
}

/// Former names with the last edition that has them, in Ukrainian and in the Latin form of their day.
fn former(loaded: &Loaded) -> Vec<(PlaceIndex, Alias)> {
    let mut names = Vec::new();
    for row in rows(tables::FORMER_NAMES) {
        let [id, name, _, last] = row.fields();
        let Some(place) = loaded.ids.get(id).copied() else { continue };
        let until = PartialDate::parse(last).ok();
        let alias = Alias { name, language: Some("uk"), kind: AliasKind::Former, until };
        names.push((place, alias));
        names.push((place, Alias { name: latin(name).leak(), language: None, ..alias }));
    }
    names
}

/// Spellings that GeoNames collected, without saying whose they are.
///
/// The great cities have their names in a table of our own, with kinds; what GeoNames adds for them is mostly noise.
fn geonames(loaded: &Loaded) -> Vec<(PlaceIndex, Alias)> {
    let mut names = Vec::new();
    for row in tables::lines(tables::geonames()) {
        let [id, _, _, _, spellings] = row.fields();
        let Some(index) = loaded.ids.get(id).copied() else { continue };
        let place = &loaded.places[index.at()];
        if place.is_oblast_city || place.category == Some(Category::SpecialCity) {
            continue;
        }
        let russian: Vec<_> = spellings.split('|').filter(|name| name.contains(is_cyrillic)).map(heard).collect();
        let own = heard(place.english);
        for name in spellings.split('|').filter(|name| !name.is_empty()) {
            let (kind, language) = spelling_kind(name, &own, &russian);
            names.push((index, Alias { name, language, kind, until: None }));
        }
    }
    names
}

/// What sounds like the official name is another spelling of it; what sounds like the Russian name comes from it.
fn spelling_kind(name: &str, own: &str, russian: &[String]) -> (AliasKind, Option<&'static str>) {
    let heard = heard(name);
    match name.contains(is_cyrillic) {
        true => (AliasKind::Russified, Some("ru")),
        false if heard == own => (AliasKind::Transliteration, None),
        false if russian.contains(&heard) => (AliasKind::Russified, None),
        false => (AliasKind::Common, None),
    }
}

fn heard(name: &str) -> String {
    sound(&fold(name))
}

fn countries(loaded: &Loaded) -> Vec<(PlaceIndex, Alias)> {
    let codes: HashMap<_, _> =
        loaded.countries.iter().map(|country| (country.code.to_string(), country.place)).collect();
    let mut names = Vec::new();
    for row in rows(tables::COUNTRIES) {
        let [id, _, _, french, russian, _, native] = row.fields();
        let Some(place) = codes.get(id).copied() else { continue };
        let spoken = [(french, Some("fr")), (russian, Some("ru"))];
        for (name, language) in spoken.into_iter().chain(native.split('|').map(|name| (name, None))) {
            let alias = Alias { name, language, kind: AliasKind::Official, until: None };
            names.extend(filled(name).map(|_| (place, alias)));
        }
    }
    names
}

/// The name in the first of the wanted languages that there is one in.
pub(super) fn preferred(place: &Place, names: &Names, index: PlaceIndex, languages: &[&str]) -> &'static str {
    let of = |wanted: &str| match primary(wanted) {
        "en" => Some(place.english),
        "uk" if place.category.is_some() || place.id == "UA" => Some(place.original),
        wanted => names
            .of(index)
            .find(|alias| alias.language == Some(wanted) && is_current(alias, place))
            .map(|alias| alias.name),
    };
    languages.iter().find_map(|wanted| of(wanted)).unwrap_or(place.english)
}

/// `uk` of `uk-Latn-UA`.
fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

/// A name to show in its language: no former one, and of an oblast none that is only its adjective.
fn is_current(alias: &Alias, place: &Place) -> bool {
    let adjective = place.level == PlaceLevel::Oblast && alias.name.ends_with("ая");
    !adjective && !matches!(alias.kind, AliasKind::Former | AliasKind::Historical)
}
