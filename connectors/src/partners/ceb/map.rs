//! One page to one canonical record: what the bank's words mean. Pure: no input or output, no clock.

use chrono::NaiveDate;

use super::countries;
use super::wire::{APPROVAL_DATE, BORROWER, COUNTRY, LINE_OF_ACTION, LOAN_SIZE, ProjectPage, STATUS};
use crate::formats::date::day_month_year;
use crate::formats::money::printed_amount;
use crate::model::{
    AmountBasis, CountryCode, CurrencyCode, Identifier, Instrument, Issue, Language, Money, NativeSector, Organisation,
    OrganisationRole, PartialDate, Project, ProjectId, ProjectStatus, Provenance, Severity, Text, codes,
};

/// The canonical record of a project's page.
pub(super) fn project(slug: &str, page: &ProjectPage, provenance: Provenance) -> Project {
    let mut project = Project::new(ProjectId::new("ceb", &[slug]), provenance);
    if project.id.is_authored() {
        // An identifier that nobody published is no identifier, and its address is no page of the bank.
        project.provenance.url = None;
    } else {
        project.identifiers.push(Identifier::new("ceb", slug));
    }
    project.titles.extend(page.heading.iter().map(|title| Text::original(Language::EN, title)));
    project.note_missing_title();
    if !page.paragraphs.is_empty() {
        project.descriptions.push(Text::original(Language::EN, page.paragraphs.join("\n\n")));
    }
    read_countries(&mut project, page);
    read_status(&mut project, page);
    read_approval_date(&mut project, page);
    read_loan_size(&mut project, page);
    project.sectors.extend(page.field(LINE_OF_ACTION).map(sector));
    project.organisations.extend(page.field(BORROWER).map(borrower));
    project
}

/// Whether a record is about one of the countries: it is there, or its title or description names the country.
pub(super) fn concerns(project: &Project, countries: &[CountryCode]) -> bool {
    let named = |country| {
        let mut texts = project.titles.iter().chain(&project.descriptions);
        texts.any(|text| countries::names(&text.text, country))
    };
    countries.iter().any(|country| project.countries.contains(country) || named(*country))
}

fn read_countries(project: &mut Project, page: &ProjectPage) {
    let Some(printed) = page.field(COUNTRY) else { return };
    let whole = countries::code(printed).map(|code| vec![Ok(code)]);
    let parts = || printed.split([',', ';', '/']).map(|name| countries::code(name).ok_or(name)).collect();
    for country in whole.unwrap_or_else(parts) {
        match country {
            Ok(code) if project.countries.contains(&code) => {}
            Ok(code) => project.countries.push(code),
            Err(name) => {
                let message = format!("The country `{}` is not in the list of the bank's members.", name.trim());
                project.issues.push(Issue::new(codes::UNKNOWN_COUNTRY, Severity::Warning, message).at("countries"));
            }
        }
    }
}

fn read_status(project: &mut Project, page: &ProjectPage) {
    let Some(word) = page.field(STATUS) else { return };
    project.status_native = Some(word.to_owned());
    if word.eq_ignore_ascii_case("in progress") {
        project.status = ProjectStatus::Implementing;
        return;
    }
    let message = format!("Nobody has mapped the status `{word}` yet.");
    project.issues.push(Issue::new(codes::UNKNOWN_STATUS, Severity::Warning, message).at("status"));
}

fn read_approval_date(project: &mut Project, page: &ProjectPage) {
    let Some(printed) = page.field(APPROVAL_DATE) else { return };
    project.approved_on = date(printed);
    if project.approved_on.is_none() {
        let message = format!("The approval date `{printed}` could not be read.");
        project.issues.push(Issue::new(codes::UNREADABLE_DATE, Severity::Warning, message).at("approvedOn"));
    }
}

/// The loan that the Administrative Council approved; the bank lends in euro, so a number without a sign is euro.
fn read_loan_size(project: &mut Project, page: &ProjectPage) {
    let Some(printed) = page.field(LOAN_SIZE) else { return };
    project.instrument = Instrument::Loan;
    let Some((value, currency)) = printed_amount(printed) else {
        project.amount_native = Some(printed.to_owned());
        let message = format!("The loan size `{printed}` has no single reading as a number.");
        project.issues.push(Issue::new(codes::AMOUNT_NOT_NUMERIC, Severity::Warning, message).at("amounts"));
        return;
    };
    let currency = currency.unwrap_or(CurrencyCode::EUR);
    project.amounts.push(Money::new(value, currency, AmountBasis::Approved, project.approved_on));
}

/// Reads `3 June 2022`, and what is stated of a date otherwise: `November 2024`, `2025`.
pub(super) fn date(printed: &str) -> Option<PartialDate> {
    if let Some(day) = day_month_year(printed) {
        return Some(PartialDate::day(day));
    }
    if let Some(first) = day_month_year(&format!("1 {printed}")) {
        return month_of(first);
    }
    PartialDate::parse(printed.trim()).ok()
}

fn month_of(day: NaiveDate) -> Option<PartialDate> {
    use chrono::Datelike as _;
    PartialDate::month(day.year(), day.month())
}

fn sector(printed: &str) -> NativeSector {
    NativeSector { scheme: "CEB line of action".to_owned(), code: None, label: printed.to_owned() }
}

fn borrower(printed: &str) -> Organisation {
    Organisation { role: OrganisationRole::Borrower, name: printed.to_owned(), reference: None }
}
