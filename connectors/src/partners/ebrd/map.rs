//! One row of the list, with its project page where that could be read, to one canonical record.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use url::Url;

use super::countries::countries_in;
use super::wire::{Field, Page, Row};
use crate::formats::date::day_month_year;
use crate::formats::money::printed_amount;
use crate::formats::text::squeeze;
use crate::model::{
    AmountBasis, CountryCode, Identifier, Issue, Language, Money, NativeSector, Organisation, OrganisationRole,
    PartialDate, Project, ProjectId, ProjectStatus, Provenance, PublishedLocation, Severity, Text, codes,
};

/// The site whose pages the list links to.
const SITE: &str = "https://www.ebrd.com/";

/// A longer text after the client's label is prose about the client and not its name.
const LONGEST_NAME: usize = 120;

/// A row that names its project and a wanted country.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Listed {
    pub(super) id: String,
    pub(super) countries: Vec<CountryCode>,
    /// Names in the country column that are not in our table.
    pub(super) unknown_countries: Vec<String>,
    pub(super) row: Row,
}

/// What becomes of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Standing {
    Wanted(Box<Listed>),
    /// In other countries, or regional.
    Elsewhere,
    /// In a country, or countries, whose name is not in our table.
    UnknownCountry(String),
    /// Without a reading, and why.
    Unreadable(&'static str),
}

/// What is known from a project's page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Detail {
    Read(Page),
    NotRead { severity: Severity, reason: String },
}

/// Decides what becomes of a row, the country first: a row of another country is none of our concern.
pub(super) fn standing(row: &Row, wanted: &[CountryCode]) -> Standing {
    let Some(country) = &row.country else { return Standing::Unreadable("The row has no country.") };
    let (countries, unknown_countries) = countries_in(country);
    if !countries.iter().any(|country| wanted.contains(country)) {
        let all_known = unknown_countries.is_empty();
        return if all_known { Standing::Elsewhere } else { Standing::UnknownCountry(unknown_countries.join(", ")) };
    }
    match row.id.clone() {
        Some(id) => Standing::Wanted(Box::new(Listed { id, countries, unknown_countries, row: row.clone() })),
        None => Standing::Unreadable("The row has no project id."),
    }
}

/// The day on which the project was published, by the list.
pub(super) fn published(row: &Row) -> Option<NaiveDate> {
    row.published.as_deref().and_then(day_month_year)
}

/// The path (and query) of the project's page below the site's address.
///
/// The host of the row's link is not asked: the client's base address is, so that a mirror or a stage serves too.
pub(super) fn page_path(listed: &Listed) -> String {
    match site_link(listed) {
        Some(link) => match link.query() {
            Some(query) => format!("{}?{query}", link.path()),
            None => link.path().to_owned(),
        },
        None => default_path(&listed.id),
    }
}

/// One record.
pub(super) fn project(listed: &Listed, detail: &Detail, retrieved_at: DateTime<Utc>) -> Project {
    let row = &listed.row;
    let page = match detail {
        Detail::Read(page) => Some(page),
        Detail::NotRead { .. } => None,
    };
    let value = |field| page.and_then(|page| page.value(field));
    let mut project = Project::new(ProjectId::new("ebrd", &[&listed.id]), provenance(listed, page, retrieved_at));
    if !project.id.is_authored() {
        project.identifiers.push(Identifier::new("ebrd", &listed.id));
    }
    project.titles.extend(row.title.iter().map(|title| Text::original(Language::EN, title)));
    project.descriptions.extend(value(Field::Description).map(|text| Text::original(Language::EN, text)));
    project.countries.clone_from(&listed.countries);
    let sector = row.sector.clone().or_else(|| value(Field::Sector));
    project.sectors.extend(sector.map(|label| NativeSector { scheme: "EBRD".to_owned(), code: None, label }));
    project.locations.extend(value(Field::Location).and_then(place_name).map(PublishedLocation::Name));
    project.organisations.extend(value(Field::Client).and_then(client));
    take_status(&mut project, [row.status.clone(), value(Field::Status)]);
    take_approval(&mut project, value(Field::ApprovalDate));
    take_amounts(&mut project, value(Field::FinanceSummary), value(Field::TotalCost));
    note_oddities(&mut project, listed, detail);
    project
}

/// The hub's word for the bank's, in the list or on the page.
pub(super) fn status(native: &str) -> Option<ProjectStatus> {
    let folded = squeeze(native).to_lowercase();
    if folded.contains("cancel") {
        return Some(ProjectStatus::Cancelled);
    }
    match folded.as_str() {
        "exploratory" | "concept review" | "structure review" | "final review" | "passed final review" => {
            Some(ProjectStatus::Pipeline)
        }
        "approved" | "board approved" => Some(ProjectStatus::Approved),
        "signed" => Some(ProjectStatus::Signed),
        // While a loan is repaid the works may be over; the operation is not.
        "implementing" | "disbursing" | "repaying" => Some(ProjectStatus::Implementing),
        "complete" | "completed" => Some(ProjectStatus::Completed),
        _ => None,
    }
}

fn provenance(listed: &Listed, page: Option<&Page>, retrieved_at: DateTime<Utc>) -> Provenance {
    let public = site_link(listed).map(String::from);
    let authored = listed.id.starts_with("authored-");
    let url = public.or_else(|| (!authored).then(|| format!("{SITE}{}", default_path(&listed.id))));
    let raw = match page {
        Some(page) => format!("{}\n\n{}", listed.row.raw, page.evidence()),
        None => listed.row.raw.clone(),
    };
    Provenance::new("ebrd-projects", url, retrieved_at, raw, "text/plain; charset=utf-8")
}

/// The row's link, where it leads to a page of the bank's site.
fn site_link(listed: &Listed) -> Option<Url> {
    let link = Url::parse(SITE).ok()?.join(listed.row.link.as_deref()?).ok()?;
    let web = matches!(link.scheme(), "http" | "https");
    let site = matches!(link.host_str(), Some("www.ebrd.com" | "ebrd.com"));
    (web && site && link.path() != "/").then_some(link)
}

fn default_path(id: &str) -> String {
    let id = percent_encoding::utf8_percent_encode(id, percent_encoding::NON_ALPHANUMERIC).to_string();
    // A hyphen is as good as a letter in a path, and the site's addresses are full of them.
    format!("home/work-with-us/projects/psd/{}.html", id.replace("%2D", "-"))
}

/// The page's location, where it says more than the country.
fn place_name(location: String) -> Option<String> {
    let (_, unknown) = countries_in(&location);
    (!unknown.is_empty()).then_some(location)
}

fn client(name: String) -> Option<Organisation> {
    let is_name = name.chars().count() <= LONGEST_NAME;
    is_name.then_some(Organisation { role: OrganisationRole::Borrower, name, reference: None })
}

/// The list's word comes first; where nobody has mapped it, the page's word still gives the hub's.
fn take_status(project: &mut Project, words: [Option<String>; 2]) {
    let words: Vec<String> = words.into_iter().flatten().collect();
    for word in words.iter().filter(|word| status(word).is_none()) {
        let message = format!("The status \"{word}\" is not one that the hub knows.");
        project.issues.push(Issue::new(codes::UNKNOWN_STATUS, Severity::Warning, message).at("status"));
    }
    project.status = words.iter().find_map(|word| status(word)).unwrap_or(ProjectStatus::Unknown);
    project.status_native = words.into_iter().next();
}

fn take_approval(project: &mut Project, printed: Option<String>) {
    let Some(printed) = printed else { return };
    project.approved_on = printed_date(&printed);
    if project.approved_on.is_none() {
        let message = format!("The approval date \"{printed}\" could not be read.");
        project.issues.push(Issue::new(codes::UNREADABLE_DATE, Severity::Warning, message).at("approvedOn"));
    }
}

/// A day, or the month where no day is printed.
fn printed_date(text: &str) -> Option<PartialDate> {
    let month = || {
        let first = day_month_year(&format!("1 {text}"))?;
        PartialDate::month(first.year(), first.month())
    };
    day_month_year(text).map(PartialDate::day).or_else(month)
}

fn take_amounts(project: &mut Project, finance: Option<String>, total: Option<String>) {
    let finance_basis = if is_approved(project) { AmountBasis::Approved } else { AmountBasis::Planned };
    let decided = project.approved_on.filter(|_| finance_basis == AmountBasis::Approved);
    let mut prose = Vec::new();
    for (name, printed, basis, date) in [
        ("EBRD Finance Summary", finance, finance_basis, decided),
        ("Total Project Cost", total, AmountBasis::TotalCost, None),
    ] {
        let Some(printed) = printed else { continue };
        if let Some((value, Some(currency))) = printed_amount(&printed) {
            project.amounts.push(Money::new(value, currency, basis, date));
            continue;
        }
        let message = format!("The {name} has no single reading as a number: {printed}");
        project.issues.push(Issue::new(codes::AMOUNT_NOT_NUMERIC, Severity::Warning, message).at("amounts"));
        prose.push(if basis == AmountBasis::TotalCost { format!("{name}: {printed}") } else { printed });
    }
    project.amount_native = (!prose.is_empty()).then(|| prose.join("\n"));
}

/// Without any sign of a decision the summary's figure is a plan: the weakest claim.
fn is_approved(project: &Project) -> bool {
    let decided = [
        ProjectStatus::Approved,
        ProjectStatus::Signed,
        ProjectStatus::Implementing,
        ProjectStatus::Completed,
        ProjectStatus::Suspended,
    ];
    project.approved_on.is_some() || decided.contains(&project.status)
}

fn note_oddities(project: &mut Project, listed: &Listed, detail: &Detail) {
    project.note_missing_title();
    if !listed.unknown_countries.is_empty() {
        let message = format!("Not known as countries: {}.", listed.unknown_countries.join(", "));
        project.issues.push(Issue::new(codes::UNKNOWN_COUNTRY, Severity::Warning, message).at("countries"));
    }
    if let Some(printed) = listed.row.published.as_deref().filter(|_| published(&listed.row).is_none()) {
        let message = format!("The publication date \"{printed}\" could not be read.");
        project.issues.push(Issue::new(codes::UNREADABLE_DATE, Severity::Info, message));
    }
    let guesses = [("row", listed.row.guessed), ("page", detail.guessed())];
    for (part, encoding) in guesses.into_iter().filter_map(|(part, guessed)| Some((part, guessed?))) {
        let message = format!("The {part} was not UTF-8 and was read as {encoding}; some letters may be wrong.");
        project.issues.push(Issue::new(codes::ENCODING_GUESSED, Severity::Warning, message).at("provenance"));
    }
    if let Detail::NotRead { severity, reason } = detail {
        let message = format!("The project page was not read, so amounts, client and text may be absent: {reason}");
        project.issues.push(Issue::new(codes::DETAIL_NOT_READ, *severity, message));
    }
}

impl Detail {
    fn guessed(&self) -> Option<&'static str> {
        match self {
            Self::Read(page) => page.guessed,
            Self::NotRead { .. } => None,
        }
    }
}
