//! Words that say what kind of place a name means: oblast, raion, hromada, city, village.

use super::fold::fold;
use super::place::{Category, Place, PlaceLevel};

/// The kind of place that a text asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Kind {
    Oblast,
    Raion,
    Hromada,
    /// A city, or a smaller settlement called a city.
    City,
    /// A settlement or village.
    Village,
}

impl Kind {
    /// Whether a place can be called this.
    pub(super) fn fits(self, place: &Place) -> bool {
        match self {
            Self::Oblast => place.category == Some(Category::Oblast) || place.level == PlaceLevel::Region,
            Self::Raion => matches!(place.level, PlaceLevel::Raion | PlaceLevel::District),
            Self::Hromada => place.level == PlaceLevel::Hromada,
            Self::City => place.level == PlaceLevel::Settlement || place.category == Some(Category::SpecialCity),
            Self::Village => place.level == PlaceLevel::Settlement && place.category != Some(Category::City),
        }
    }
}

/// Words for a kind, folded; a word of Cyrillic stands here in its Latin form.
const WORDS: [(Kind, &[&str]); 5] = [
    (
        Kind::Oblast,
        &[
            "oblast", "oblasts", "oblasti", "obl", "region", "regions", "province", "provinz", "gebiet", "obwod",
            "oblaste",
        ],
    ),
    (Kind::Raion, &["raion", "raions", "rayon", "rajon", "district", "bezirk"]),
    (
        Kind::Hromada,
        &[
            "hromada",
            "hromadas",
            "hromady",
            "gromada",
            "community",
            "communities",
            "municipality",
            "gemeinde",
            "gmina",
            "otg",
            "oth",
            "th",
            "tg",
        ],
    ),
    (Kind::City, &["city", "town", "misto", "mista", "misti", "m", "horod", "gorod", "stadt", "ville", "miasto"]),
    (Kind::Village, &["village", "settlement", "selo", "sela", "seli", "s", "smt", "selyshche", "dorf", "wies"]),
];

/// Words that may stand between a name and the word for its kind.
const FILLERS: [&str; 12] =
    ["the", "of", "de", "du", "la", "le", "der", "von", "territorial", "terytorialna", "united", "amalgamated"];

/// The kind that a folded word names.
pub(super) fn kind_of(word: &str) -> Option<Kind> {
    WORDS.iter().find(|(_, words)| words.contains(&word)).map(|(kind, _)| *kind)
}

/// A name without the words for its kind: `Lvivska oblast`, `м. Львів`, `the city of Lviv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked {
    /// The folded name.
    pub(super) key: String,
    /// What kind of place is meant, where the text says so.
    pub(super) kind: Option<Kind>,
    /// The whole text, folded, for names that hold such a word themselves.
    pub(super) whole: String,
}

impl Asked {
    /// Takes a text apart.
    pub(super) fn of(text: &str) -> Self {
        let whole = fold(text);
        let mut words: Vec<&str> = whole.split(' ').collect();
        let mut kind = None;
        while words.len() > 1 {
            let (first, last) = (words[0], words[words.len() - 1]);
            if let Some(named) = kind_of(last) {
                kind = kind.or(Some(named));
                words.pop();
            } else if FILLERS.contains(&last) && kind.is_some() {
                words.pop();
            } else if let Some(named) = kind_of(first) {
                kind = kind.or(Some(named));
                words.remove(0);
            } else if FILLERS.contains(&first) {
                words.remove(0);
            } else {
                break;
            }
        }
        Self { key: words.join(" "), kind, whole }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, key: &str, kind: Option<Kind>) {
        let asked = Asked::of(text);
        assert_eq!((asked.key.as_str(), asked.kind), (key, kind));
    }

    #[test]
    fn words_for_a_kind_are_told_from_the_name() {
        check("Kharkiv", "kharkiv", None);
        check("Kharkiv oblast", "kharkiv", Some(Kind::Oblast));
        check("Харківська обл.", "kharkivska", Some(Kind::Oblast));
        check("the city of Lviv", "lviv", Some(Kind::City));
        check("м. Біла Церква", "bila tserkva", Some(Kind::City));
        check("Merefa territorial community", "merefa", Some(Kind::Hromada));
        check("oblast de Lviv", "lviv", Some(Kind::Oblast));
        check("Oblast", "oblast", None);
    }
}
