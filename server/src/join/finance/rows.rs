//! The groups of a sum while it is added up.

use std::collections::HashMap;

use connectors::model::AmountBasis;

use super::columns::{Column, SEVERAL_YEARS};
use super::dictionary::Dictionary;
use super::tally::Sum;
use super::{Dimension, Finance, Part, Question, Row, RowKey};
use crate::catalogue::RecordNumber;
use crate::catalogue::labels::UNKNOWN;

/// How many combinations of values get a table of their own; above it they are looked up.
const DENSE: u64 = 1 << 22;

/// The groups of one sum.
pub(super) struct Rows<'view> {
    axes: Vec<Axis<'view>>,
    /// How many values each axis has, in the same order.
    lengths: Vec<u64>,
    by_year: bool,
    bases: Vec<AmountBasis>,
    slots: Slots,
    rows: Vec<Open>,
}

/// One dimension, as it is read for each record.
enum Axis<'view> {
    Column(Dimension, &'view Column),
    /// The years, and the codes of each basis in the order asked for.
    Years(&'view Dictionary, Vec<&'view [u32]>),
}

/// Where each combination of a basis and of values has its row.
enum Slots {
    /// The row's number plus one; 0 for none yet.
    Dense(Vec<u32>),
    Sparse(HashMap<u64, u32>),
}

/// A row that is still added to.
#[derive(Debug, Default)]
struct Open {
    basis: usize,
    codes: Vec<u32>,
    sum: Sum,
    /// Undertakings of several records, each once.
    shared: u64,
    unpublished: bool,
}

impl<'view> Rows<'view> {
    pub(super) fn new(finance: &'view Finance, question: &Question) -> Self {
        let axes: Vec<Axis<'view>> = question
            .group_by
            .iter()
            .map(|dimension| match finance.column(*dimension) {
                Some(column) => Axis::Column(*dimension, column),
                None => {
                    let codes = question.bases.iter().map(|basis| finance.year_codes(*basis));
                    Axis::Years(finance.years(), codes.collect())
                }
            })
            .collect();
        let lengths: Vec<u64> = axes.iter().map(|axis| axis.dictionary().len().max(1) as u64).collect();
        let by_year = axes.iter().any(|axis| matches!(axis, Axis::Years(..)));
        let combinations = lengths.iter().copied().fold(question.bases.len() as u64, u64::saturating_mul);
        let slots = match usize::try_from(combinations) {
            Ok(size) if combinations <= DENSE => Slots::Dense(vec![0; size]),
            _ => Slots::Sparse(HashMap::new()),
        };
        Self { axes, lengths, by_year, bases: question.bases.clone(), slots, rows: Vec::new() }
    }

    /// Whether the amount of a record is told apart by year.
    pub(super) fn splits(&self, number: RecordNumber, basis: usize) -> bool {
        self.by_year && self.axes.iter().any(|axis| axis.code(number, basis) == SEVERAL_YEARS)
    }

    /// The row of a record, or of the part of it that is of one year.
    pub(super) fn at(&mut self, number: RecordNumber, basis: usize, year: Option<u32>) -> u32 {
        let mut slot = basis as u64;
        for (axis, length) in self.axes.iter().zip(&self.lengths) {
            slot = slot * length + u64::from(axis.code_of(number, basis, year));
        }
        let next = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        let row = match &mut self.slots {
            Slots::Dense(table) => {
                let entry = &mut table[slot as usize];
                if *entry == 0 {
                    *entry = next + 1;
                }
                *entry - 1
            }
            Slots::Sparse(table) => *table.entry(slot).or_insert(next),
        };
        if row == next {
            let codes = self.axes.iter().map(|axis| axis.code_of(number, basis, year)).collect();
            self.rows.push(Open { basis, codes, ..Open::default() });
        }
        row
    }

    pub(super) fn add(&mut self, row: u32, cents: i64, shared: bool) {
        self.rows[row as usize].sum.add(cents, shared);
    }

    /// By row, undertakings of several records of which one was added to it.
    pub(super) fn add_shared_undertakings(&mut self, by_row: &[u64]) {
        for (row, count) in self.rows.iter_mut().zip(by_row) {
            row.shared += count;
        }
    }

    /// Makes a row for a record whose partner publishes no amount of the bases asked for.
    pub(super) fn note_unpublished(&mut self, number: RecordNumber) {
        let row = self.at(number, 0, None);
        self.rows[row as usize].unpublished = true;
    }

    /// The finished rows: by year where that comes first, else the greatest value first; ties by key.
    pub(super) fn finished(self) -> Vec<Row> {
        let by_year = matches!(self.axes.first(), Some(Axis::Years(..)));
        let mut rows: Vec<Row> = self.rows.iter().map(|row| self.row(row)).collect();
        rows.sort_by_cached_key(|row| {
            let year = row.keys.first().filter(|_| by_year).map(|key| key.key.clone());
            let value = std::cmp::Reverse(row.part.map(|part| part.cents));
            (year, value, row.keys.clone(), row.basis)
        });
        rows
    }

    fn row(&self, open: &Open) -> Row {
        let keys = self.axes.iter().zip(&open.codes).map(|(axis, code)| {
            let value = axis.dictionary().value(*code);
            RowKey {
                dimension: axis.dimension(),
                key: value.map_or_else(|| UNKNOWN.to_owned(), super::dimension::Value::key),
                label: value.map_or_else(String::new, super::dimension::Value::label),
            }
        });
        let part = open.sum.part(open.shared);
        let nothing = open.unpublished && part.records == 0;
        let part = if nothing { None } else { Some(part) };
        Row { keys: keys.collect(), basis: self.bases[open.basis], part }
    }
}

impl Axis<'_> {
    fn dictionary(&self) -> &Dictionary {
        match self {
            Self::Column(_, column) => &column.dictionary,
            Self::Years(years, _) => years,
        }
    }

    fn dimension(&self) -> Dimension {
        match self {
            Self::Column(dimension, _) => *dimension,
            Self::Years(..) => Dimension::Year,
        }
    }

    fn code(&self, number: RecordNumber, basis: usize) -> u32 {
        match self {
            Self::Column(_, column) => column.codes[number as usize],
            Self::Years(_, codes) => codes[basis][number as usize],
        }
    }

    fn code_of(&self, number: RecordNumber, basis: usize, year: Option<u32>) -> u32 {
        match (self, year) {
            (Self::Years(..), Some(year)) => year,
            _ => self.code(number, basis),
        }
    }
}

impl Sum {
    /// What it amounts to, with the undertakings of several records counted by somebody else.
    pub(super) fn part(&self, shared: u64) -> Part {
        Part { cents: self.cents, records: self.records, undertakings: self.alone + shared }
    }
}
