//! What a place is: a node of the codifier of Ukraine, a region of the European Union's nomenclature, or a country.

use connectors::model::{CountryCode, PartialDate};

/// A place's position in the gazetteer; valid for one build of the hub, so it is never published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceIndex(u32);

impl PlaceIndex {
    /// The position as a number, for bitmaps and columns.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.0
    }

    pub(super) const fn new(number: u32) -> Self {
        Self(number)
    }

    pub(super) const fn at(self) -> usize {
        self.0 as usize
    }
}

/// How large a unit is, from the country down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceLevel {
    /// A country.
    Country,
    /// A NUTS region of level 1, 2 or 3.
    Region,
    /// One of the 27 first-level units of Ukraine; Kyiv and Sevastopol are among them.
    Oblast,
    /// A raion of Ukraine.
    Raion,
    /// A hromada of Ukraine.
    Hromada,
    /// A city, settlement or village of Ukraine.
    Settlement,
    /// A district of a Ukrainian city.
    District,
}

/// The codifier's own category.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// `O`: an oblast, or Crimea.
    Oblast,
    /// `K`: a city with special status, Kyiv or Sevastopol.
    SpecialCity,
    /// `P`.
    Raion,
    /// `H`.
    Hromada,
    /// `M`.
    City,
    /// `X`.
    Settlement,
    /// `C`.
    Village,
    /// `B`.
    District,
}

impl Category {
    /// Reads the codifier's letter.
    #[must_use]
    pub fn from_letter(letter: &str) -> Option<Self> {
        Some(match letter {
            "O" => Self::Oblast,
            "K" => Self::SpecialCity,
            "P" => Self::Raion,
            "H" => Self::Hromada,
            "M" => Self::City,
            "X" => Self::Settlement,
            "C" => Self::Village,
            "B" => Self::District,
            _ => return None,
        })
    }

    /// The level of places of this category.
    #[must_use]
    pub const fn level(self) -> PlaceLevel {
        match self {
            Self::Oblast | Self::SpecialCity => PlaceLevel::Oblast,
            Self::Raion => PlaceLevel::Raion,
            Self::Hromada => PlaceLevel::Hromada,
            Self::City | Self::Settlement | Self::Village => PlaceLevel::Settlement,
            Self::District => PlaceLevel::District,
        }
    }

    /// How many characters of a code are shared by everything below a unit of this category.
    pub(super) const fn prefix(self) -> usize {
        match self {
            Self::Oblast | Self::SpecialCity => 4,
            Self::Raion => 6,
            Self::Hromada => 9,
            Self::City | Self::Settlement | Self::Village => 12,
            Self::District => 14,
        }
    }
}

/// A point on the earth, WGS 84 degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// Degrees east.
    pub longitude: f64,
    /// Degrees north.
    pub latitude: f64,
}

/// One place.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// `UA63000000000041885` (KATOTTG), `PL63` (NUTS) or `UA` (country).
    pub id: &'static str,
    /// How large it is.
    pub level: PlaceLevel,
    /// The codifier's category; `None` outside Ukraine.
    pub category: Option<Category>,
    /// The country it lies in, or is.
    pub country: CountryCode,
    /// The next larger place; `None` for a country.
    pub parent: Option<PlaceIndex>,
    /// The name in English; for a Ukrainian place without one, the official Latin form.
    pub english: &'static str,
    /// The name in the place's own language.
    pub original: &'static str,
    /// The codifier's bare word: the adjective of a raion or hromada. Elsewhere the original name.
    pub bare: &'static str,
    /// The ISO 3166-2 code of a first-level unit of Ukraine.
    pub iso3166_2: Option<&'static str>,
    /// Inhabitants: of hromadas and larger units on 1 January 2022, of settlements by GeoNames. Often out of date.
    pub population: Option<u32>,
    /// A settlement's point by GeoNames; a hromada's is its centre's, a larger unit's the mean of its settlements'.
    pub centroid: Option<Point>,
    /// Whether it is the seat of its oblast, or the city that the oblast is named after.
    pub is_oblast_city: bool,
    /// Whether its raion is named after it.
    pub is_raion_city: bool,
}

/// A country of ISO 3166-1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Country {
    /// The two-letter code.
    pub code: CountryCode,
    /// The three-letter code.
    pub alpha3: &'static str,
    /// The short name in English.
    pub name: &'static str,
    /// Whether it is a member of the European Union.
    pub eu_member: bool,
    /// The country as a place.
    pub place: PlaceIndex,
}

/// What kind of name an alias is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AliasKind {
    /// In official use now.
    Official,
    /// Another way to write the same name in Latin letters.
    Transliteration,
    /// The official name until a renaming.
    Former,
    /// From the Russian form of the name.
    Russified,
    /// From the time of another state, or of another language in the place.
    Historical,
    /// In use, and none of the above.
    Common,
}

impl AliasKind {
    /// Reads the word used in the tables.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "official" => Self::Official,
            "transliteration" => Self::Transliteration,
            "former" => Self::Former,
            "russified" => Self::Russified,
            "historical" => Self::Historical,
            "common" => Self::Common,
            _ => return None,
        })
    }
}

/// Another name of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Alias {
    /// The name.
    pub name: &'static str,
    /// The language, where one can be told.
    pub language: Option<&'static str>,
    /// What kind of name it is.
    pub kind: AliasKind,
    /// For a former name, the last edition of the codifier that has it.
    pub until: Option<PartialDate>,
}
