//! Of places, and of how a project is put on the map.

use async_graphql::Enum;

use crate::{catalogue, places};

/// How exact a location is.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "places::LocationLevel")]
pub enum LocationLevel {
    /// The whole country is meant: a level, never a point on the capital.
    Nationwide,
    /// A first-level unit of Ukraine, or a NUTS region.
    Oblast,
    /// A raion.
    Raion,
    /// A hromada.
    Hromada,
    /// A city, settlement, village or city district.
    Settlement,
    /// A point with coordinates.
    Point,
}

/// How a location was found.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "catalogue::LocationMethod")]
pub enum LocationMethod {
    /// The source gives a code.
    PublishedCode,
    /// The source gives coordinates.
    PublishedPoint,
    /// The source gives a name in a field of its own.
    PublishedName,
    /// The title names it.
    MatchedTitle,
    /// The description names it.
    MatchedDescription,
}

/// How large a place is.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "places::PlaceLevel")]
pub enum PlaceLevel {
    /// A country.
    Country,
    /// A NUTS region of level 1, 2 or 3.
    Region,
    /// One of the 27 first-level units of Ukraine, Kyiv and Sevastopol among them.
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

/// What kind of name an alias is.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "places::AliasKind")]
pub enum AliasKind {
    /// In official use now.
    Official,
    /// Another way to write the same name in Latin letters.
    Transliteration,
    /// The official name until a renaming; `until` has its last date.
    Former,
    /// From the Russian form of the name.
    Russified,
    /// From the time of another state, or of another language in the place.
    Historical,
    /// In use, and none of the above.
    Common,
}
