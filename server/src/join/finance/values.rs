//! What one record adds to a sum: its basis, and its value in the currency asked for.

use connectors::model::{AmountBasis, CurrencyCode};

use super::columns::{euro_columns, parts_in};
use super::{Ground, Question, Reason};
use crate::catalogue::{EuroColumn, RecordNumber, amount_in};
use crate::money::to_cents;

/// The values of records under one question.
pub(super) struct Values<'view> {
    ground: Ground<'view>,
    bases: Vec<AmountBasis>,
    currency: CurrencyCode,
    columns: Vec<EuroColumn<'view>>,
}

/// What a record adds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Added {
    /// The position of its basis in the order asked for.
    pub(super) basis: usize,
    pub(super) cents: i64,
}

impl<'view> Values<'view> {
    pub(super) fn new(ground: Ground<'view>, question: &Question) -> Self {
        let columns = euro_columns(ground.catalogue, &question.bases);
        Self { ground, bases: question.bases.clone(), currency: question.currency, columns }
    }

    /// The value of a record, or why it has none.
    pub(super) fn of(&self, number: RecordNumber) -> Result<Added, Reason> {
        let stated = self.ground.catalogue.stated(number);
        let Some(basis) = self.bases.iter().position(|basis| stated.holds(*basis)) else {
            return Err(Reason::NO_SUCH_BASIS);
        };
        if self.currency == CurrencyCode::EUR
            && let Some(cents) = self.columns[basis].cents(number)
        {
            return Ok(Added { basis, cents });
        }
        self.converted(number, basis)
    }

    fn converted(&self, number: RecordNumber, basis: usize) -> Result<Added, Reason> {
        let Ground { catalogue, rates, .. } = self.ground;
        match amount_in(catalogue.project(number), self.bases[basis], self.currency, rates) {
            None => Err(Reason::NO_SUCH_BASIS),
            Some(Err(missing)) => Err(Reason::of(&missing)),
            Some(Ok(value)) => to_cents(value).map(|cents| Added { basis, cents }).ok_or(Reason::AMOUNT_TOO_LARGE),
        }
    }

    /// Whether the amount that a record adds was converted at a rate.
    pub(super) fn is_converted(&self, number: RecordNumber, basis: usize) -> bool {
        let basis = self.bases[basis];
        if self.currency == CurrencyCode::EUR {
            return !self.ground.finance.is_in_euro(number, basis);
        }
        let mut amounts = self.ground.catalogue.project(number).amounts();
        !amounts.any(|money| money.basis == basis && money.currency == self.currency)
    }

    /// The parts of a record's amount by the code of their year.
    pub(super) fn years(&self, number: RecordNumber, added: Added) -> Vec<(u32, i64)> {
        let Ground { catalogue, rates, finance, .. } = self.ground;
        let basis = self.bases[added.basis];
        let euro = finance.parts(number, basis);
        if self.currency == CurrencyCode::EUR {
            return euro.to_vec();
        }
        let parts = parts_in(catalogue.project(number), basis, self.currency, rates).unwrap_or_default();
        let coded: Vec<(u32, i64)> =
            parts.iter().filter_map(|(year, cents)| Some((finance.years().known(year)?, *cents))).collect();
        // The parts make up the amount, or it stands as a whole under the first of its years.
        if coded.iter().map(|(_, cents)| *cents).sum::<i64>() == added.cents {
            return coded;
        }
        euro.first().map(|(year, _)| (*year, added.cents)).into_iter().collect()
    }
}
