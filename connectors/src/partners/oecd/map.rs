//! What a row means, and what an activity's rows mean together. Pure: no input or output, no clock.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::group::{Activity, Sum, Sums};
use super::wire;
use crate::formats::sdmx::{Row, scaled};
use crate::model::{
    AmountBasis, Contribution, CountryCode, CurrencyCode, Identifier, Instrument, Issue, Language, Money, NativeSector,
    Organisation, OrganisationRole, PartialDate, Project, ProjectId, Provenance, Severity, Text, codes,
};

/// What tells one activity from another: the provider, its own id for the project (else the CRS id), the recipient.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Key {
    donor: String,
    native: String,
    recipient: CountryCode,
}

/// A DAC purpose, told from others by its code where one is stated, else by its label.
#[derive(Debug, Clone)]
pub(super) struct Purpose {
    code: Option<String>,
    label: String,
}

/// What one row says.
#[derive(Debug)]
pub(super) struct Reading<'row> {
    pub(super) key: Key,
    pub(super) crs_id: Option<&'row str>,
    pub(super) title: Option<&'row str>,
    pub(super) short_description: Option<&'row str>,
    pub(super) description: Option<&'row str>,
    pub(super) purpose: Option<Purpose>,
    pub(super) instrument: Option<Instrument>,
    pub(super) identifiers: Vec<Identifier>,
    pub(super) organisations: Vec<Organisation>,
    /// `None` where the row states no value.
    pub(super) flow: Option<Flow<'row>>,
}

/// The money of one row.
#[derive(Debug)]
pub(super) struct Flow<'row> {
    pub(super) year: i32,
    pub(super) basis: AmountBasis,
    pub(super) label: &'row str,
    pub(super) value: Decimal,
    pub(super) currency: CurrencyCode,
}

/// What the query asked for; a row that says otherwise was not asked for, and would be counted twice.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked {
    pub(super) country: CountryCode,
    pub(super) recipient: &'static str,
    pub(super) year: i32,
}

/// Reads one row.
///
/// # Errors
/// A sentence where the row was not asked for or cannot be read.
pub(super) fn read<'row>(row: Row<'row>, asked: Asked) -> Result<Reading<'row>, String> {
    let year = asked.year.to_string();
    for (column, expected) in
        [(wire::RECIPIENT, asked.recipient), (wire::TIME_PERIOD, year.as_str()), (wire::MD_DIM, "DD")]
    {
        expect(row, column, expected)?;
    }
    let crs_id = row.get(wire::OECD_ID);
    Ok(Reading {
        key: key(row, crs_id, asked.country)?,
        crs_id,
        title: row.get(wire::PROJECT_TITLE),
        short_description: row.get(wire::SHORT_DESCRIPTION),
        description: row.get(wire::LONG_DESCRIPTION),
        purpose: purpose(row),
        instrument: instrument(row.get(wire::FINANCE_TYPE), row.get(wire::MODALITY)),
        identifiers: identifiers(row),
        organisations: organisations(row),
        flow: flow(row, asked.year)?,
    })
}

/// The canonical record of an activity.
pub(super) fn project(activity: Activity, source: &str) -> Project {
    let evidence = activity.evidence;
    let (rows, kept, encoding) = (evidence.rows, evidence.kept, evidence.guessed);
    let provenance =
        Provenance::new(source, Some(evidence.url), evidence.retrieved_at, evidence.raw, "text/csv; charset=utf-8");
    let mut project = Project::new(activity.key.id(), provenance);
    let original = |text: String| Text::original(Language::UND, text);
    project.titles = activity.title.or(activity.short_description).map(original).into_iter().collect();
    project.descriptions = activity.description.map(original).into_iter().collect();
    project.note_missing_title();
    project.identifiers = activity.identifiers;
    project.organisations = activity.organisations;
    project.countries = vec![activity.key.recipient];
    project.sectors = activity.purposes.largest_first().into_iter().map(sector).collect();
    project.instrument = activity.instruments.largest_first().first().copied().unwrap_or(Instrument::Unknown);
    project.contributions =
        activity.currency.map(|currency| contributions(activity.sums, currency)).unwrap_or_default();
    let bases = [AmountBasis::Committed, AmountBasis::Disbursed];
    project.amounts = bases.into_iter().filter_map(|basis| total(&project.contributions, basis)).collect();
    project.issues.extend(negative(activity.negative_rows));
    project.issues.extend(shortened(rows, kept));
    project.issues.extend(encoding.map(guessed));
    project
}

impl Key {
    /// The record's id. Almost all that is read is for Ukraine; an activity in another country names its recipient in
    /// a third part, since a provider may use one project id for several.
    pub(super) fn id(&self) -> ProjectId {
        let mut parts = vec![self.donor.as_str(), self.native.as_str()];
        if self.recipient != CountryCode::UA {
            parts.push(self.recipient.as_str());
        }
        ProjectId::new("oecd", &parts)
    }
}

impl Purpose {
    fn name(&self) -> &str {
        self.code.as_deref().unwrap_or(&self.label)
    }
}

impl PartialEq for Purpose {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Purpose {}

impl PartialOrd for Purpose {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Purpose {
    fn cmp(&self, other: &Self) -> Ordering {
        self.name().cmp(other.name())
    }
}

fn expect(row: Row<'_>, column: &str, expected: &str) -> Result<(), String> {
    let given = row.get(column).unwrap_or("nothing");
    if given == expected {
        return Ok(());
    }
    Err(format!("{column} is {given} where {expected} was asked for"))
}

fn key(row: Row<'_>, crs_id: Option<&str>, recipient: CountryCode) -> Result<Key, String> {
    let donor = row.get(wire::DONOR).unwrap_or("unknown").to_owned();
    let by_crs_id = || crs_id.map(|id| format!("crs-{id}"));
    let native = row.get(wire::DONOR_PROJECT_ID).map(str::to_owned).or_else(by_crs_id);
    let native = native.ok_or_else(|| "neither the provider's project id nor a CRS id is stated".to_owned())?;
    Ok(Key { donor, native, recipient })
}

fn purpose(row: Row<'_>) -> Option<Purpose> {
    let code = row.get(wire::SECTOR);
    let label = row.get(wire::SECTOR_LABEL).or(code)?;
    Some(Purpose { code: code.map(str::to_owned), label: label.to_owned() })
}

fn sector(purpose: Purpose) -> NativeSector {
    NativeSector { scheme: "DAC".to_owned(), code: purpose.code, label: purpose.label }
}

/// Technical assistance is told by the modality (experts, training) whatever the finance type; all else by the latter.
fn instrument(finance_type: Option<&str>, modality: Option<&str>) -> Option<Instrument> {
    match (finance_type, modality) {
        (_, Some("D01" | "D02")) => Some(Instrument::TechnicalAssistance),
        (Some("110"), _) => Some(Instrument::Grant),
        (Some("421" | "422" | "423" | "431"), _) => Some(Instrument::Loan),
        (Some("432" | "433" | "510" | "520"), _) => Some(Instrument::Equity),
        (Some("1100"), _) => Some(Instrument::Guarantee),
        (Some(_), _) => Some(Instrument::Other),
        (None, _) => None,
    }
}

/// Provider, agency and channel stay with the record: by them a row that restates a bank's own project can be told.
fn identifiers(row: Row<'_>) -> Vec<Identifier> {
    let stated = [
        ("crs", row.get(wire::OECD_ID)),
        ("crs-donor-project", row.get(wire::DONOR_PROJECT_ID)),
        ("crs-donor", row.get(wire::DONOR)),
        ("crs-agency", row.get(wire::DONOR_AGENCY)),
        ("crs-channel", channel_code(row)),
    ];
    stated.into_iter().filter_map(|(scheme, value)| Some(Identifier::new(scheme, value?))).collect()
}

fn organisations(row: Row<'_>) -> Vec<Organisation> {
    let channel_name = wire::CHANNEL_NAMES.into_iter().find_map(|name| row.get(name));
    let donor = (row.get(wire::DONOR), row.get(wire::DONOR_LABEL));
    let agency = (row.get(wire::DONOR_AGENCY), row.get(wire::DONOR_AGENCY_LABEL));
    [
        organisation(OrganisationRole::Funder, "crs-donor", donor.0, donor.1.or(donor.0)),
        organisation(OrganisationRole::Funder, "crs-agency", agency.0, agency.1),
        organisation(OrganisationRole::Implementer, "crs-channel", channel_code(row), channel_name),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// An organisation with a name; a bare code stays an identifier.
fn organisation(role: OrganisationRole, scheme: &str, code: Option<&str>, name: Option<&str>) -> Option<Organisation> {
    let reference = code.map(|code| format!("{scheme}:{code}"));
    Some(Organisation { role, name: name?.to_owned(), reference })
}

/// The channel; `_T` stands for all channels together.
fn channel_code<'row>(row: Row<'row>) -> Option<&'row str> {
    wire::CHANNEL_CODES.into_iter().find_map(|column| row.get(column)).filter(|code| *code != "_T")
}

/// The money of a row: current prices only, in the unit that the row states.
fn flow<'row>(row: Row<'row>, year: i32) -> Result<Option<Flow<'row>>, String> {
    // `NaN` is how SDMX-CSV writes a missing number.
    let Some(value) = row.get(wire::OBS_VALUE).filter(|value| *value != "NaN") else { return Ok(None) };
    expect(row, wire::PRICE_BASE, "V")?;
    let (basis, name) = match row.get(wire::FLOW_TYPE) {
        Some("C") => (AmountBasis::Committed, "Commitments"),
        Some("D") => (AmountBasis::Disbursed, "Disbursements"),
        other => return Err(format!("the flow type is {} where C or D was asked for", other.unwrap_or("nothing"))),
    };
    let multiplier = row.get(wire::UNIT_MULT);
    let unreadable = || format!("{value} with the multiplier {} is no exact number", multiplier.unwrap_or("nothing"));
    let unit = row.get(wire::UNIT_MEASURE).unwrap_or_default();
    let currency = CurrencyCode::new(unit).map_err(|error| error.to_string())?;
    let value = scaled(value, multiplier).ok_or_else(unreadable)?;
    Ok(Some(Flow { year, basis, label: row.get(wire::FLOW_TYPE_LABEL).unwrap_or(name), value, currency }))
}

fn contributions(sums: Sums, currency: CurrencyCode) -> Vec<Contribution> {
    let contribution = |((year, basis, purpose), sum): ((i32, AmountBasis, Option<Purpose>), Sum)| {
        let date = PartialDate::year(year);
        Contribution {
            reference: sum.reference,
            kind: sum.label,
            amount: Money::new(sum.value, currency, basis, date),
            date,
            sector: purpose.and_then(|purpose| purpose.code),
        }
    };
    sums.into_iter().map(contribution).collect()
}

/// The sum of one basis over all years and purposes; it has a date only where all of it is of one year.
fn total(contributions: &[Contribution], basis: AmountBasis) -> Option<Money> {
    let mut parts = contributions.iter().filter(|part| part.amount.basis == basis);
    let first = parts.next()?.amount.clone();
    parts.try_fold(first, |sum, part| {
        let value = sum.value.checked_add(part.amount.value)?;
        Some(Money { value, date: sum.date.filter(|date| Some(*date) == part.date), ..sum })
    })
}

fn negative(rows: usize) -> Option<Issue> {
    let message = match rows {
        0 => return None,
        1 => "One row is negative: a cancellation or a repayment. It is part of the sum.".to_owned(),
        rows => format!("{rows} rows are negative: cancellations or repayments. They are part of the sums."),
    };
    Some(Issue::new(codes::NEGATIVE_AMOUNT, Severity::Info, message).at("amounts"))
}

fn shortened(rows: usize, kept: usize) -> Option<Issue> {
    let message = format!("Of {rows} rows the first {kept} are kept as evidence; the sums are of all of them.");
    (kept < rows).then(|| Issue::new(codes::RAW_SHORTENED, Severity::Info, message).at("provenance"))
}

fn guessed(encoding: &str) -> Issue {
    let message = format!("A row is not UTF-8 and was read as {encoding}; some letters may be wrong.");
    Issue::new(codes::ENCODING_GUESSED, Severity::Warning, message).at("provenance")
}
