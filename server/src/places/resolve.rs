//! Which place a source means by a name that it publishes in a field of its own.

use connectors::model::CountryCode;

use super::gazetteer::Gazetteer;
use super::index::Posting;
use super::kind::{Asked, Kind};
use super::place::{AliasKind, Category, PlaceIndex, PlaceLevel};

/// What a published name means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolution {
    /// One place, and by which kind of name it was called.
    Place {
        /// The place.
        place: PlaceIndex,
        /// The kind of the name used.
        alias_kind: AliasKind,
    },
    /// Several places of this name, and nothing to choose between them.
    Candidates(Vec<PlaceIndex>),
    /// No place of this name.
    Unknown,
}

impl Gazetteer {
    /// Resolves a name as published: `Kharkiv oblast`, `Mykolaiv`, `Dnipro (then Dnipropetrovsk)`, `Makariv, Kyiv oblast`.
    ///
    /// What follows a comma must be a place that holds the named one. A bare name prefers the seat of an oblast, then
    /// the city that a raion is named after; between equals nothing is chosen, and never by size.
    #[must_use]
    pub fn resolve(&self, published_name: &str, country: Option<CountryCode>) -> Resolution {
        let in_country = |posting: &Posting| country.is_none_or(|country| self.country_of(posting.place) == country);
        let mut found = self.called(published_name);
        if found.is_empty() {
            found = self.called_in(published_name);
        }
        found.retain(in_country);
        self.choose(&found)
    }

    /// A name with its regions behind it, or with a remark in brackets.
    fn called_in(&self, published_name: &str) -> Vec<Posting> {
        let name = published_name.split(['(', ';']).next().unwrap_or_default();
        let mut parts = name.split(',').map(str::trim).filter(|part| !part.is_empty());
        let mut found = parts.next().map(|first| self.called(first)).unwrap_or_default();
        for region in parts {
            let regions = self.called(region);
            let within = |posting: &Posting| regions.iter().any(|region| self.is_within(posting.place, region.place));
            if found.iter().any(within) {
                found.retain(within);
            }
        }
        found
    }

    /// Everything that a name, with or without a word for the kind, can mean.
    pub(super) fn called(&self, name: &str) -> Vec<Posting> {
        let asked = Asked::of(name);
        let whole = self.index.same(&asked.whole).iter().filter(|posting| !posting.needs_kind);
        let mut found: Vec<Posting> = whole.copied().collect();
        if let Some(kind) = asked.kind {
            let named = self.index.same(&asked.key).iter().filter(|posting| kind.fits(self.get(posting.place)));
            found.extend(named);
        }
        if found.is_empty() {
            let alike = self.index.same_sound(&asked.key).iter();
            found.extend(alike.filter(|posting| self.answers(posting, asked.kind)));
        }
        found
    }

    /// Whether the posting is one for a name said with this kind, or without any.
    pub(super) fn answers(&self, posting: &Posting, kind: Option<Kind>) -> bool {
        kind.map_or(!posting.needs_kind, |kind| kind.fits(self.get(posting.place)))
    }

    fn choose(&self, found: &[Posting]) -> Resolution {
        let Some(best) = found.iter().map(|posting| self.standing(posting.place)).min() else {
            return Resolution::Unknown;
        };
        let mut chosen: Vec<&Posting> = found.iter().collect();
        if best < Standing::Other {
            chosen.retain(|posting| self.standing(posting.place) == best);
        }
        chosen.sort_by_key(|posting| (posting.place, posting.alias.is_some()));
        chosen.dedup_by_key(|posting| posting.place);
        match chosen.as_slice() {
            [only] => Resolution::Place { place: only.place, alias_kind: self.kind_of(only) },
            several => Resolution::Candidates(self.by_rank(several)),
        }
    }

    fn by_rank(&self, postings: &[&Posting]) -> Vec<PlaceIndex> {
        let mut places: Vec<_> = postings.iter().map(|posting| posting.place).collect();
        places.sort_by_key(|place| self.rank(*place));
        places
    }

    /// The kind of name that a posting stands for.
    pub(super) fn kind_of(&self, posting: &Posting) -> AliasKind {
        posting.alias.and_then(|row| self.names().row(row)).map_or(AliasKind::Official, |alias| alias.kind)
    }

    fn standing(&self, place: PlaceIndex) -> Standing {
        let about = self.get(place);
        match (about.level, about.category) {
            (PlaceLevel::Country, _) => Standing::Country,
            (_, Some(Category::SpecialCity)) => Standing::OblastCity,
            _ if about.is_oblast_city => Standing::OblastCity,
            (PlaceLevel::Oblast, _) => Standing::Oblast,
            _ if about.is_raion_city => Standing::RaionCity,
            _ => Standing::Other,
        }
    }
}

/// By which right a place may take a bare name for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Standing {
    Country,
    OblastCity,
    Oblast,
    RaionCity,
    Other,
}
