//! What a row says: the one list of columns. Files and dictionary are written from it, so they cannot disagree.

use connectors::model::{OrganisationRole as Role, PriceBase};
use serde::Serialize;

use super::points;
use super::row::{code, codes, english};
use super::{Cell, Row};
use crate::graph::types;
use crate::money::{to_cent, to_printed_rate};
use crate::places::Gazetteer;

/// One column of a file.
pub struct Column {
    /// Its name, in every format.
    pub name: &'static str,
    /// What sort of value stands in it.
    pub kind: Kind,
    /// What it says, with units.
    pub meaning: &'static str,
    /// What an empty cell, and null in JSON, means; empty where it never is.
    pub empty: &'static str,
    /// The values there are, for a column of a closed list.
    pub values: Option<fn() -> Vec<&'static str>>,
    cell: for<'row> fn(&'row Row<'row>) -> Cell<'row>,
}

/// The sort of a column's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A text, or a code of an open list.
    Text,
    /// Texts: joined by `; ` in a spreadsheet, a list in JSON.
    List,
    /// One of the values listed.
    Code,
    /// An exact decimal.
    Decimal,
    /// A measure.
    Number,
    /// How many.
    Count,
    /// `true` or `false`.
    Flag,
    /// An ISO 8601 date; `2022` or `2022-06` where the source says no more.
    Date,
    /// An RFC 3339 instant in UTC.
    Instant,
}

impl Column {
    /// Its value in a row.
    #[must_use]
    pub fn cell<'row>(&self, row: &'row Row<'row>) -> Cell<'row> {
        (self.cell)(row)
    }

    const fn new(
        name: &'static str,
        kind: Kind,
        meaning: &'static str,
        empty: &'static str,
        cell: for<'row> fn(&'row Row<'row>) -> Cell<'row>,
    ) -> Self {
        Self { name, kind, meaning, empty, values: None, cell }
    }

    const fn of(mut self, values: fn() -> Vec<&'static str>) -> Self {
        self.values = Some(values);
        self
    }
}

/// Whether an amount is stated.
const PUBLISHED: [&str; 2] = ["PUBLISHED", "NOT_PUBLISHED"];

const NOT_STATED: &str = "the source does not state it";
const NO_AMOUNT: &str = "no amount is published (`amount_state`); this is not zero";
const NO_PLACE: &str = "no place below the country is known";
const NEVER: &str = "";

/// Every column, in order. The last three say where a row comes from, so that they survive when others are cut away.
pub static COLUMNS: &[Column] = &[
    Column::new("title", Kind::Text, "The English title, else the first wording.", "no source gives a title", |row| {
        Cell::text(english(|| row.project().titles()).map(|text| text.text()))
    }),
    Column::new(
        "title_language",
        Kind::Text,
        "The language of `title`, BCP 47; `und` where the source does not say.",
        "no source gives a title",
        |row| Cell::text(english(|| row.project().titles()).map(|text| text.language.as_str())),
    ),
    Column::new("description", Kind::Text, "The English description, else the first wording.", NOT_STATED, |row| {
        Cell::text(english(|| row.project().descriptions()).map(|text| text.text()))
    }),
    Column::new("partner_id", Kind::Text, "The partner whose record it is.", NEVER, |row| {
        Cell::text(Some(row.project().id().partner()))
    }),
    Column::new("partner_name", Kind::Text, "The partner's official English name.", NEVER, |row| {
        Cell::text(connectors::partners::find(row.project().id().partner()).map(|partner| partner.name))
    }),
    Column::new("status", Kind::Code, "Where the project stands, in the hub's words.", NEVER, |row| {
        Cell::Text(code::<types::ProjectStatus>(row.project().status()))
    })
    .of(codes::<types::ProjectStatus>),
    Column::new("status_native", Kind::Text, "The source's own words for the status.", NOT_STATED, |row| {
        Cell::text(row.project().status_native())
    }),
    Column::new("status_conflict", Kind::Flag, "True where the dates contradict the status.", NEVER, |row| {
        Cell::Flag(row.record().status_conflict)
    }),
    Column::new("instrument", Kind::Code, "The financial form.", NEVER, |row| {
        Cell::Text(code::<types::Instrument>(row.project().instrument()))
    })
    .of(codes::<types::Instrument>),
    Column::new("sector_code", Kind::Text, "The main sector: a DAC purpose or group.", "none is sure enough", |row| {
        Cell::text(row.record().sector.main.map(|sector| sector.code))
    }),
    Column::new("sector_name", Kind::Text, "The main sector's English name.", "none is sure enough", |row| {
        Cell::text(row.record().sector.main.map(|sector| sector.name))
    }),
    Column::new("sector_method", Kind::Code, "How the sector was found.", "there is nothing to go by", |row| {
        row.record().sector.method.map_or(Cell::Absent, |method| Cell::Text(code::<types::SectorMethod>(method)))
    })
    .of(codes::<types::SectorMethod>),
    Column::new(
        "sector_confidence",
        Kind::Number,
        "How sure the sector is, 0 to 1; 1 for a published code.",
        "there is nothing to go by",
        |row| row.record().sector.confidence.map_or(Cell::Absent, Cell::Number),
    ),
    Column::new("sector_native", Kind::List, "The partner's own sector words.", NOT_STATED, |row| {
        Cell::list(row.project().sectors().map(|sector| sector.label))
    }),
    Column::new("country_codes", Kind::List, "Countries by ISO 3166-1.", NOT_STATED, |row| {
        Cell::list(row.project().countries().map(|code| code.to_string()))
    }),
    Column::new("country_names", Kind::List, "The countries' short English names.", NOT_STATED, |row| {
        let countries = row.project().countries();
        Cell::list(countries.filter_map(|code| Gazetteer::embedded().country(code)).map(|country| country.name))
    }),
    Column::new(
        "location_level",
        Kind::Code,
        "How exactly the first location is known. NATIONWIDE is the whole country and not its capital.",
        "no place is stated",
        |row| row.location().map_or(Cell::Absent, |at| Cell::Text(code::<types::LocationLevel>(at.level))),
    )
    .of(codes::<types::LocationLevel>),
    Column::new("location_method", Kind::Code, "How the first location was found.", "no place is stated", |row| {
        row.location().map_or(Cell::Absent, |at| Cell::Text(code::<types::LocationMethod>(at.method)))
    })
    .of(codes::<types::LocationMethod>),
    Column::new(
        "location_confidence",
        Kind::Number,
        "How sure the first location is, 0 to 1; 1 for a published code.",
        "no place is stated",
        |row| row.location().map_or(Cell::Absent, |at| Cell::Number(at.confidence)),
    ),
    Column::new("place_ids", Kind::List, "The places: KATOTTG or NUTS codes.", NO_PLACE, |row| {
        Cell::list(row.places().map(|place| Gazetteer::embedded().get(place).id))
    }),
    Column::new("place_names", Kind::List, "The places' English names.", NO_PLACE, |row| {
        Cell::list(row.places().map(|place| Gazetteer::embedded().name(place, &[])))
    }),
    Column::new("oblast_codes", Kind::List, "First-level units of Ukraine by ISO 3166-2.", NO_PLACE, |row| {
        Cell::list(row.oblasts().filter_map(|place| Gazetteer::embedded().get(place).iso3166_2))
    }),
    Column::new("oblast_names", Kind::List, "The first-level units' English names.", NO_PLACE, |row| {
        Cell::list(row.oblasts().map(|place| Gazetteer::embedded().name(place, &[])))
    }),
    Column::new(
        "longitude",
        Kind::Number,
        "Degrees east, WGS 84: a point of the first place, not of the works.",
        NO_PLACE,
        |row| points::of(row.record()).first().map_or(Cell::Absent, |point| Cell::Number(point.longitude)),
    ),
    Column::new("latitude", Kind::Number, "Degrees north, of the same point.", NO_PLACE, |row| {
        points::of(row.record()).first().map_or(Cell::Absent, |point| Cell::Number(point.latitude))
    }),
    Column::new("amount_state", Kind::Code, "Whether the source states the row's amount.", NEVER, |row| {
        Cell::text(Some(PUBLISHED[usize::from(row.amount().is_none())]))
    })
    .of(|| PUBLISHED.to_vec()),
    Column::new(
        "amount_value",
        Kind::Decimal,
        "The amount in whole units of `amount_currency`, exact. Never add amounts of different bases or currencies.",
        NO_AMOUNT,
        |row| row.amount().map_or(Cell::Absent, |money| Cell::Decimal(money.value)),
    ),
    Column::new("amount_currency", Kind::Text, "The currency, ISO 4217.", NO_AMOUNT, |row| {
        row.amount().map_or(Cell::Absent, |money| Cell::text(Some(money.currency.as_str())))
    }),
    Column::new(
        "amount_basis",
        Kind::Code,
        "What the amount stands for. With one row a project: the basis of the filter, else what binds most of SIGNED, \
         APPROVED, COMMITTED and PLANNED.",
        NO_AMOUNT,
        |row| row.amount().map_or(Cell::Absent, |money| Cell::Text(code::<types::AmountBasis>(money.basis))),
    )
    .of(codes::<types::AmountBasis>),
    Column::new("amount_price_base", Kind::Code, "In whose prices the amount is.", NO_AMOUNT, |row| {
        row.amount().map_or(Cell::Absent, |money| {
            let current = money.price_base == PriceBase::Current;
            let base = if current { types::PriceBase::Current } else { types::PriceBase::Constant };
            Cell::Text(code::<types::PriceBase>(base))
        })
    })
    .of(codes::<types::PriceBase>),
    Column::new(
        "amount_price_year",
        Kind::Count,
        "The year of constant prices.",
        "current prices, or no amount",
        |row| match row.amount().map(|money| money.price_base) {
            Some(PriceBase::Constant(year)) => Cell::Count(usize::try_from(year).unwrap_or_default()),
            _ => Cell::Absent,
        },
    ),
    Column::new(
        "amount_date",
        Kind::Date,
        "The day, month or year that the amount belongs to.",
        "not stated, or a sum over several years",
        |row| Cell::printed(row.amount().and_then(|money| money.date)),
    ),
    Column::new(
        "amount_eur",
        Kind::Decimal,
        "The amount in euro at its value date, rounded to the cent.",
        "no amount, or no rate (`amount_eur_missing`); this is not zero",
        |row| row.euro().and_then(|euro| euro.value).map_or(Cell::Absent, |value| Cell::Decimal(to_cent(value))),
    ),
    Column::new(
        "amount_eur_rate",
        Kind::Decimal,
        "Euro for one unit of `amount_currency`.",
        "no conversion, or several rates",
        |row| row.euro().and_then(|euro| euro.rate).map_or(Cell::Absent, |rate| Cell::Decimal(to_printed_rate(rate))),
    ),
    Column::new(
        "amount_eur_rate_date",
        Kind::Date,
        "The span of the rate.",
        "no conversion, or several rates",
        |row| Cell::printed(row.euro().and_then(|euro| euro.rate_date)),
    ),
    Column::new("amount_eur_rate_source", Kind::Text, "Who published the rate.", "no conversion", |row| {
        Cell::text(row.euro().and_then(|euro| euro.rate_source.as_deref()))
    }),
    Column::new(
        "amount_eur_missing",
        Kind::Text,
        "Why there is no amount in euro.",
        "there is one, or no amount",
        |row| Cell::text(row.euro().and_then(|euro| euro.missing.as_deref())),
    ),
    Column::new(
        "amount_bases",
        Kind::List,
        "Every basis of which the record states an amount; `grain=amount` gives each its row.",
        "no amount is published; this is not zero",
        |row| Cell::list(row.project().amounts().map(|money| code::<types::AmountBasis>(money.basis))),
    ),
    Column::new(
        "amount_native",
        Kind::Text,
        "The source's words for an amount that has no single reading as a number.",
        "there are none",
        |row| Cell::text(row.project().amount_native()),
    ),
    Column::new("approved_on", Kind::Date, "When the lender's board decided.", NOT_STATED, |row| {
        Cell::printed(row.project().approved_on())
    }),
    Column::new("signed_on", Kind::Date, "When the contract was signed.", NOT_STATED, |row| {
        Cell::printed(row.project().signed_on())
    }),
    Column::new("started_on", Kind::Date, "When it began.", NOT_STATED, |row| {
        Cell::printed(row.project().started_on())
    }),
    Column::new("ended_on", Kind::Date, "When it ended or is to end.", NOT_STATED, |row| {
        Cell::printed(row.project().ended_on())
    }),
    Column::new("funders", Kind::List, "Who gives the money, as published.", NOT_STATED, |row| {
        organisations(row, |role| role == Role::Funder)
    }),
    Column::new("borrowers", Kind::List, "Who takes the loan, as published.", NOT_STATED, |row| {
        organisations(row, |role| role == Role::Borrower)
    }),
    Column::new(
        "other_organisations",
        Kind::List,
        "Promoters, implementers, beneficiaries and others, as published.",
        NOT_STATED,
        |row| organisations(row, |role| !matches!(role, Role::Funder | Role::Borrower)),
    ),
    Column::new(
        "identifiers",
        Kind::List,
        "Every identifier of the record, as `scheme:value`.",
        "there is none beside `hub_id`",
        |row| {
            let identifiers = row.project().identifiers();
            Cell::list(identifiers.map(|identifier| format!("{}:{}", identifier.scheme, identifier.value)))
        },
    ),
    Column::new("issues", Kind::List, "Codes of what is odd about the record.", "nothing is", |row| {
        Cell::list(row.issue_codes())
    }),
    Column::new("updated_at", Kind::Instant, "When the hub first read this version of the record.", NEVER, |row| {
        Cell::printed(Some(instant(row.record().updated_at)))
    }),
    Column::new("source_id", Kind::Text, "The feed that the record came by.", NEVER, |row| {
        Cell::text(Some(row.source()))
    }),
    Column::new("source_sha256", Kind::Text, "SHA-256 of the record exactly as the source sent it.", NEVER, |row| {
        Cell::printed(Some(row.project().provenance().sha256))
    }),
    Column::new("source_url", Kind::Text, "The page that a reader can open.", "there is none", |row| {
        row.project().provenance().url.map_or(Cell::Absent, Cell::Text)
    }),
    Column::new(
        "retrieved_at",
        Kind::Instant,
        "When the record was read; for a baseline record, the day on which its facts were compiled.",
        NEVER,
        |row| Cell::printed(Some(instant(row.project().provenance().retrieved_at))),
    ),
    Column::new("hub_id", Kind::Text, "The record's id in the hub, stable for ever.", NEVER, |row| {
        Cell::text(Some(row.id()))
    }),
];

fn organisations<'row>(row: &'row Row<'row>, wanted: impl Fn(Role) -> bool) -> Cell<'row> {
    let organisations = row.project().organisations();
    Cell::list(organisations.filter(|named| wanted(named.role)).map(|named| named.name))
}

/// An instant as it is written everywhere.
pub(super) fn instant(at: chrono::DateTime<chrono::Utc>) -> String {
    at.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true)
}
