//! Places: the gazetteer of Ukraine, the European Union's regions and the world's countries, and how names find them.
//!
//! A code is the key, a name never is: in Ukraine 29,701 settlements share 17,587 names. The tables are built into the
//! program; `reference/LICENCES.md` says where each comes from.

mod boundaries;
pub mod evaluate;
mod fold;
mod gazetteer;
mod index;
mod keys;
mod kind;
mod load;
mod matching;
mod names;
mod place;
mod resolve;
mod search;
mod slips;
mod tables;
mod titles;
mod transliteration;

#[cfg(test)]
mod tests;

pub use boundaries::{Boundaries, BoundaryError, CODE_PROPERTIES};
pub use fold::{fold, sound};
pub use gazetteer::Gazetteer;
pub use matching::{LocationLevel, TextHit};
pub use place::{Alias, AliasKind, Category, Country, Place, PlaceIndex, PlaceLevel, Point};
pub use resolve::Resolution;
pub use search::Hit;
pub use titles::{Question, TitleHit, Titles};
pub use transliteration::latin;
