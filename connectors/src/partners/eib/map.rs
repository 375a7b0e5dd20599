//! One row, and one project page, to the canonical record: pure, no input or output, no clock.

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use serde_json::Value;

use super::wire::{Detail, Row, Tag, summary};
use super::{FEED, PARTNER_ID};
use crate::formats::date::day_slash_month;
use crate::formats::money::printed_amount;
use crate::formats::text::squeeze;
use crate::model::{
    AmountBasis, CountryCode, CurrencyCode, Identifier, Instrument, Issue, Language, Money, NativeSector, Organisation,
    OrganisationRole, PartialDate, Project, ProjectId, ProjectStatus, Provenance, PublishedLocation, Severity, Text,
    codes,
};

/// Maps a row of the list. `raw` is its exact text.
pub(super) fn project(row: &Row, raw: &str, retrieved_at: DateTime<Utc>) -> Project {
    let id = ProjectId::new(PARTNER_ID, &[row.id.trim()]);
    let page = (!id.is_authored()).then(|| format!("https://www.eib.org/en/projects/all/{}", id.native()));
    let provenance = Provenance::new(FEED, page, retrieved_at, raw.to_owned(), "application/json");
    let mut project = Project::new(id, provenance);
    if !project.id.is_authored() {
        project.identifiers.push(Identifier::new("eib", row.id.trim()));
    }
    project.titles.extend(row.title.as_deref().and_then(text));
    project.descriptions.extend(row.description.as_deref().and_then(text));
    project.sectors = row.tags("sectors").filter_map(sector).collect();
    add_countries(&mut project, row);
    add_status(&mut project, row);
    add_amounts(&mut project, row);
    project
}

/// Adds what the project page says, and the page as evidence.
pub(super) fn add_detail(project: &mut Project, row: &Row, detail: Detail, page: &str) {
    if project.titles.is_empty() {
        project.titles.extend(detail.name.as_deref().and_then(text));
    }
    if project.descriptions.is_empty() {
        project.descriptions.extend(detail.description.or(detail.objectives).as_deref().and_then(text));
    }
    let promoter = |name| Organisation { role: OrganisationRole::Promoter, name, reference: None };
    project.organisations.extend(detail.promoters.into_iter().filter(|name| !is_blank(name)).map(promoter));
    // The page often names the country as the location: that is no place in the country.
    let is_country = |name: &String| {
        row.tags("countries").filter_map(|tag| tag.label.as_deref()).any(|label| label.eq_ignore_ascii_case(name))
    };
    let places = detail.locations.into_iter().filter(|name| !is_blank(name) && !is_country(name));
    project.locations.extend(places.map(PublishedLocation::Name));
    let cost = printed(&detail.total_cost.unwrap_or_default());
    add_amount(project, cost, AmountBasis::TotalCost, None);
    let evidence = &project.provenance;
    let raw = format!("{}\n{}", evidence.raw, summary(page));
    let (source, url) = (evidence.source.clone(), evidence.url.clone());
    project.provenance = Provenance::new(&source, url, evidence.retrieved_at, raw, "text/plain; charset=utf-8");
}

/// Says what can only be said once everything about the project has been read.
pub(super) fn complete(project: &mut Project) {
    let words = |texts: &[Text]| texts.first().map_or(String::new(), |text| text.text.clone());
    project.instrument = instrument(&words(&project.titles), &words(&project.descriptions));
    project.note_missing_title();
}

/// The countries of a row, by the value of their tags, and the names that are no country's.
pub(super) fn countries(row: &Row) -> (Vec<CountryCode>, Vec<&str>) {
    let (mut codes, mut others) = (Vec::new(), Vec::new());
    for tag in row.tags("countries") {
        let label = tag.label.as_deref().unwrap_or_default();
        let value = tag.value.as_deref().unwrap_or_default();
        match CountryCode::new(value) {
            Ok(code) if !label.starts_with("Regional") => {
                if !codes.contains(&code) {
                    codes.push(code);
                }
            }
            _ => others.push(if label.is_empty() { value } else { label }),
        }
    }
    (codes, others)
}

/// The date of the status shown: a day; authored rows may state only month and year, or the year.
pub(super) fn status_date(row: &Row) -> Option<PartialDate> {
    let text = row.information(1).as_str()?.trim();
    if let Some(day) = day_slash_month(text) {
        return Some(PartialDate::day(day));
    }
    match text.split_once('/') {
        Some((month, year)) => PartialDate::parse(&format!("{year}-{month}")).ok(),
        None => PartialDate::parse(text).ok().filter(|_| text.len() == 4),
    }
}

fn add_countries(project: &mut Project, row: &Row) {
    let (codes, others) = countries(row);
    project.countries = codes;
    for other in others {
        let message = format!("The source files the project under `{other}`, which is not a country.");
        project.issues.push(Issue::new(codes::UNKNOWN_COUNTRY, Severity::Info, message).at("countries"));
    }
}

fn add_status(project: &mut Project, row: &Row) {
    let word = match row.information(0) {
        Value::Null => String::new(),
        Value::String(word) => word.trim().to_owned(),
        other => other.to_string(),
    };
    project.status = match word.to_lowercase().as_str() {
        "under appraisal" => ProjectStatus::Pipeline,
        "approved" => ProjectStatus::Approved,
        "signed" => ProjectStatus::Signed,
        _ => ProjectStatus::Unknown,
    };
    if project.status == ProjectStatus::Unknown && !word.is_empty() {
        let message = format!("The status `{word}` is not one of those known.");
        project.issues.push(Issue::new(codes::UNKNOWN_STATUS, Severity::Warning, message).at("status"));
    }
    project.status_native = Some(word).filter(|word| !word.is_empty());
    let date = status_date(row);
    match project.status {
        ProjectStatus::Approved => project.approved_on = date,
        ProjectStatus::Signed => project.signed_on = date,
        _ => {}
    }
    note_unreadable_date(project, row.information(1), date);
}

fn note_unreadable_date(project: &mut Project, sent: &Value, read: Option<PartialDate>) {
    let blank = sent.is_null() || sent.as_str().is_some_and(|text| text.trim().is_empty());
    if blank || read.is_some() {
        return;
    }
    let issue = Issue::new(codes::UNREADABLE_DATE, Severity::Warning, format!("The status date {sent} is no date."));
    project.issues.push(match project.status {
        ProjectStatus::Approved => issue.at("approvedOn"),
        ProjectStatus::Signed => issue.at("signedOn"),
        _ => issue,
    });
}

fn add_amounts(project: &mut Project, row: &Row) {
    let date = status_date(row);
    let of_status = match project.status {
        ProjectStatus::Pipeline => Some(AmountBasis::Planned),
        ProjectStatus::Approved => Some(AmountBasis::Approved),
        ProjectStatus::Signed => Some(AmountBasis::Signed),
        _ => None,
    };
    // Without a status that says more, the third position is what it is at first: a proposal.
    let decided = matches!(project.status, ProjectStatus::Approved | ProjectStatus::Signed);
    let third = if decided { AmountBasis::Approved } else { AmountBasis::Planned };
    for (position, basis) in [(2, third), (3, AmountBasis::Signed)] {
        // The one date of a row belongs to the status shown, and so to the amount of that status only.
        add_amount(project, sent(row.information(position)), basis, date.filter(|_| of_status == Some(basis)));
    }
}

/// How an amount reads.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Reading {
    Stated(Decimal, CurrencyCode),
    NotStated,
    Unreadable(String),
}

fn add_amount(project: &mut Project, reading: Reading, basis: AmountBasis, date: Option<PartialDate>) {
    match reading {
        Reading::NotStated => {}
        Reading::Stated(value, currency) => {
            if value.is_sign_negative() {
                let message = format!("The amount {value} is negative: a cancellation or a repayment.");
                project.issues.push(Issue::new(codes::NEGATIVE_AMOUNT, Severity::Warning, message).at("amounts"));
            }
            project.amounts.push(Money::new(value, currency, basis, date));
        }
        Reading::Unreadable(text) => {
            let message = format!("The amount `{text}` has no single reading as a number.");
            project.issues.push(Issue::new(codes::AMOUNT_NOT_NUMERIC, Severity::Warning, message).at("amounts"));
            project.amount_native.get_or_insert(text);
        }
    }
}

/// Reads an amount of the list, a number or a text.
pub(super) fn sent(value: &Value) -> Reading {
    match value {
        Value::Null => Reading::NotStated,
        Value::String(text) => printed(text),
        Value::Number(number) => {
            let text = number.to_string();
            exact(&text).map_or(Reading::Unreadable(text), |value| stated(value, None))
        }
        other => Reading::Unreadable(other.to_string()),
    }
}

/// Reads an amount printed for people.
pub(super) fn printed(text: &str) -> Reading {
    if is_blank(text) {
        return Reading::NotStated;
    }
    printed_amount(text).map_or_else(|| Reading::Unreadable(squeeze(text)), |(value, currency)| stated(value, currency))
}

/// A 0 means that the bank does not state the amount. Where it names no currency, it means euro.
fn stated(value: Decimal, currency: Option<CurrencyCode>) -> Reading {
    if value.is_zero() {
        return Reading::NotStated;
    }
    Reading::Stated(value.normalize(), currency.unwrap_or(CurrencyCode::EUR))
}

/// The exact value of a JSON number; `None` where a decimal cannot hold it exactly.
fn exact(number: &str) -> Option<Decimal> {
    let mantissa = number.split(['e', 'E']).next().unwrap_or(number);
    let value = Decimal::from_str_exact(mantissa).ok()?;
    if mantissa.len() == number.len() { Some(value) } else { Decimal::from_scientific(number).ok() }
}

fn is_blank(text: &str) -> bool {
    let text = squeeze(text).to_lowercase();
    ["", "-", "–", "n/a", "not applicable"].contains(&text.trim_end_matches('.'))
}

fn sector(tag: &Tag) -> Option<NativeSector> {
    let present = |text: &Option<String>| text.as_deref().map(squeeze).filter(|text| !text.is_empty());
    Some(NativeSector { scheme: "EIB".to_owned(), code: present(&tag.value), label: present(&tag.label)? })
}

/// A text with its language: English is what is asked for, so it is English unless its letters show otherwise.
fn text(words: &str) -> Option<Text> {
    let other_script = |letter: char| matches!(letter, '\u{370}'..='\u{52f}');
    let language = if words.chars().any(other_script) { Language::UND } else { Language::EN };
    (!words.trim().is_empty()).then(|| Text::original(language, words.trim()))
}

/// The financial form, where the words say so. A guarantee, grant or loan counts only in the title: texts name those
/// of others (`backed by a guarantee of the European Union`), and sub-operations name the framework they belong to.
fn instrument(title: &str, description: &str) -> Instrument {
    let (title_words, words) = (phrase(title), phrase(description));
    let is_part = words.to_lowercase().contains(" sub operation ");
    let framework = |text: &str| text.contains(" FL ") || text.to_lowercase().contains(" framework loan ");
    if framework(&title_words) || (framework(&words) && !is_part) {
        return Instrument::FrameworkLoan;
    }
    let named = [
        (["guarantee", "guarantees"], Instrument::Guarantee),
        (["grant", "grants"], Instrument::Grant),
        (["loan", "loans"], Instrument::Loan),
    ];
    let title_words = title_words.to_lowercase();
    let says = |word: &str| title_words.contains(&format!(" {word} "));
    named.into_iter().find(|(words, _)| words.iter().any(|word| says(word))).map_or(Instrument::Unknown, |(_, it)| it)
}

/// The words of a text with one blank around each, so that a whole word or phrase can be looked for.
fn phrase(text: &str) -> String {
    let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.fold(" ".to_owned(), |joined, word| joined + word + " ")
}
