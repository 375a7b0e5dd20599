//! `Money`, `Conversion` and `Contribution`.

use connectors::model::{self, CurrencyCode};

use super::json::Json;
use super::selection::{Fields, Selected, Selection};
use crate::graph::scalars::CurrencyCodeText;
use crate::graph::types::{self, PriceBase, RateDate};
use crate::harvest::{PackedProject, packed};
use crate::money;
use crate::view::View;

/// An amount of a project.
#[derive(Clone, Copy)]
pub(super) struct MoneyRow<'row> {
    pub(super) view: &'row View,
    pub(super) project: PackedProject<'row>,
    pub(super) money: &'row model::Money,
}

/// A field of `Money`.
pub(super) enum MoneyField {
    Value,
    Currency,
    Basis,
    PriceBase,
    PriceYear,
    Date,
    Converted(CurrencyCode, money::RateDate, Selection<ConversionField>),
}

impl Fields for MoneyField {
    const TYPE: &'static str = "Money";
    type Row<'row> = MoneyRow<'row>;

    fn read(selected: &Selected<'_>) -> Option<Self> {
        Some(match selected.name() {
            "value" => Self::Value,
            "currency" => Self::Currency,
            "basis" => Self::Basis,
            "priceBase" => Self::PriceBase,
            "priceYear" => Self::PriceYear,
            "date" => Self::Date,
            "converted" => {
                let to = selected.argument("to", Some(|| CurrencyCodeText(CurrencyCode::EUR)))?;
                let at = selected.argument("at", Some(|| RateDate::ValueDate))?;
                Self::Converted(to.0, at.into(), selected.below()?)
            }
            _ => return None,
        })
    }

    fn write(&self, MoneyRow { view, project, money }: MoneyRow<'_>, json: &mut Json) {
        match self {
            Self::Value => json.decimal(money.value),
            Self::Currency => json.text(money.currency.as_str()),
            Self::Basis => json.name(types::AmountBasis::from(money.basis)),
            Self::PriceBase => json.name(match money.price_base {
                model::PriceBase::Current => PriceBase::Current,
                model::PriceBase::Constant(_) => PriceBase::Constant,
            }),
            Self::PriceYear => match money.price_base {
                model::PriceBase::Current => json.raw("null"),
                model::PriceBase::Constant(year) => json.value(year),
            },
            Self::Date => json.optional(money.date, |date, json| json.date(date)),
            Self::Converted(to, at, plan) => {
                let conversion = types::converted(&view.rates, project, money, (*to, *at));
                plan.write(&conversion, json);
            }
        }
    }
}

/// A field of `Conversion`.
pub(super) enum ConversionField {
    Value,
    Rate,
    RateDate,
    RateSource,
    Missing,
}

impl Fields for ConversionField {
    const TYPE: &'static str = "Conversion";
    type Row<'row> = &'row money::Conversion;

    fn read(selected: &Selected<'_>) -> Option<Self> {
        Some(match selected.name() {
            "value" => Self::Value,
            "rate" => Self::Rate,
            "rateDate" => Self::RateDate,
            "rateSource" => Self::RateSource,
            "missing" => Self::Missing,
            _ => return None,
        })
    }

    fn write(&self, conversion: &money::Conversion, json: &mut Json) {
        match self {
            Self::Value => json.optional(conversion.value, |value, json| json.decimal(money::to_cent(value))),
            Self::Rate => json.optional(conversion.rate, |rate, json| json.decimal(money::to_printed_rate(rate))),
            Self::RateDate => json.optional(conversion.rate_date, |date, json| json.date(date)),
            Self::RateSource => json.optional(conversion.rate_source.as_deref(), |source, json| json.text(source)),
            Self::Missing => json.optional(conversion.missing.as_deref(), |reason, json| json.text(reason)),
        }
    }
}

/// A field of `Contribution`.
pub(super) enum ContributionField {
    Reference,
    Kind,
    Amount(Selection<MoneyField>),
    Date,
}

impl Fields for ContributionField {
    const TYPE: &'static str = "Contribution";
    type Row<'row> = (&'row packed::Contribution<'row>, MoneyRow<'row>);

    fn read(selected: &Selected<'_>) -> Option<Self> {
        Some(match selected.name() {
            "reference" => Self::Reference,
            "kind" => Self::Kind,
            "amount" => Self::Amount(selected.below()?),
            "date" => Self::Date,
            _ => return None,
        })
    }

    fn write(&self, (contribution, amount): (&packed::Contribution<'_>, MoneyRow<'_>), json: &mut Json) {
        match self {
            Self::Reference => json.optional(contribution.reference.as_deref(), |words, json| json.text(words)),
            Self::Kind => json.text(contribution.kind),
            Self::Amount(plan) => plan.write(amount, json),
            Self::Date => json.optional(contribution.date, |date, json| json.date(date)),
        }
    }
}
