//! Which bases a record states amounts of.

use connectors::model::AmountBasis;

/// A set of bases, small enough to stand in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Bases(u8);

impl Bases {
    /// Every basis, in the order of the columns.
    pub const ALL: [AmountBasis; 6] = [
        AmountBasis::Planned,
        AmountBasis::Approved,
        AmountBasis::Signed,
        AmountBasis::Committed,
        AmountBasis::Disbursed,
        AmountBasis::TotalCost,
    ];

    /// The place of a basis in [`Bases::ALL`].
    #[must_use]
    pub const fn position(basis: AmountBasis) -> usize {
        match basis {
            AmountBasis::Planned => 0,
            AmountBasis::Approved => 1,
            AmountBasis::Signed => 2,
            AmountBasis::Committed => 3,
            AmountBasis::Disbursed => 4,
            AmountBasis::TotalCost => 5,
        }
    }

    /// The same set and this one.
    #[must_use]
    pub const fn with(self, basis: AmountBasis) -> Self {
        Self(self.0 | 1 << Self::position(basis))
    }

    /// Everything in either.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether a basis is in it.
    #[must_use]
    pub const fn holds(self, basis: AmountBasis) -> bool {
        self.0 & 1 << Self::position(basis) != 0
    }

    /// Its bases, in the order of [`Bases::ALL`].
    pub fn iter(self) -> impl Iterator<Item = AmountBasis> {
        Self::ALL.into_iter().filter(move |basis| self.holds(*basis))
    }
}

impl FromIterator<AmountBasis> for Bases {
    fn from_iter<Items: IntoIterator<Item = AmountBasis>>(bases: Items) -> Self {
        bases.into_iter().fold(Self::default(), Self::with)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_what_was_put_in() {
        for basis in Bases::ALL {
            assert_eq!(Bases::default().with(basis).iter().collect::<Vec<_>>(), [basis]);
            assert_eq!(Bases::ALL[Bases::position(basis)], basis);
        }
        assert_eq!(Bases::from_iter(Bases::ALL).iter().count(), 6);
        assert!(!Bases::default().holds(AmountBasis::Signed));
    }
}
