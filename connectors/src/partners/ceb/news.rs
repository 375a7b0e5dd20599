//! What the bank's news add to its project pages: signatures, approvals, and grants that stand nowhere else.
//!
//! News name a loan by country and amount and not by its page. A figure is added only where exactly one project fits;
//! everything else is said and added to nothing.

use rust_decimal::Decimal;

use super::countries;
use super::map::date;
use super::wire::NewsPage;
use crate::formats::money::printed_amount;
use crate::formats::text::squeeze;
use crate::model::{
    AmountBasis, CountryCode, CurrencyCode, Identifier, Instrument, Issue, Language, Money, Organisation,
    OrganisationRole, PartialDate, Project, ProjectId, ProjectStatus, Provenance, Severity, Text, codes, sha256_hex,
};

/// A page of the news that was read.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub(super) slug: String,
    pub(super) page: NewsPage,
    /// With the page's text as evidence.
    pub(super) provenance: Provenance,
}

/// What one line of a page says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Event {
    /// A loan agreement was signed.
    Signed { amount: Decimal, countries: Vec<CountryCode> },
    /// A loan was approved: a line that begins with its country.
    Approved { amount: Decimal, country: CountryCode },
    /// A grant was approved; the amount is `None` where the page does not give it exactly.
    Granted { amount: Option<Decimal>, country: CountryCode, to: Option<String> },
}

/// Everything a page says about loans and grants, with the line that says so.
pub(super) fn events(page: &NewsPage) -> Vec<(Event, &str)> {
    let lines = || page.title.iter().chain(&page.lines).map(String::as_str);
    let listed = page.lines.iter().filter_map(|line| Some((listed_event(line)?, line.as_str())));
    // One page tells of one signature, in its title and again below: the first line that is complete counts.
    let signed = lines().find_map(|line| Some((signature(line)?, line)));
    listed.chain(signed).collect()
}

/// `ALBANIA: A €10 million loan to …`, `Greece:An €80 million loan`, `Croatia – € 40 million to the Government …`.
fn listed_event(line: &str) -> Option<Event> {
    let (country, rest) = line.split_once([':', '–', '—'])?;
    let country = countries::code(&squeeze(country))?;
    let [(amount, exact)] = amounts(rest)[..] else { return None };
    match rest.to_lowercase().find("grant") {
        Some(position) => {
            let to = rest.get(position..).and_then(|rest| rest.split_once(" to ")).map(|(_, to)| receiver(to));
            Some(Event::Granted { amount: exact.then_some(amount), country, to })
        }
        None => exact.then_some(Event::Approved { amount, country }),
    }
}

fn receiver(text: &str) -> String {
    let name = text.split(['.', ';', ',']).next().unwrap_or_default().trim();
    name.strip_prefix("the ").unwrap_or(name).to_owned()
}

/// A sentence that says that a loan of one exact amount was signed.
fn signature(line: &str) -> Option<Event> {
    let lower = line.to_lowercase();
    let signs = lower
        .split(|letter: char| !letter.is_alphabetic())
        .any(|word| matches!(word, "sign" | "signs" | "signed" | "signing" | "signature"));
    let [(amount, true)] = amounts(line)[..] else { return None };
    let countries = countries::named(line);
    (signs && lower.contains("loan") && !countries.is_empty()).then_some(Event::Signed { amount, countries })
}

/// The euro amounts in a text, each with whether it is stated as exact.
fn amounts(text: &str) -> Vec<(Decimal, bool)> {
    const ABOUT: [&str; 7] = ["almost", "about", "around", "nearly", "to", "over", "than"];
    let found = text.match_indices('€').filter_map(|(position, sign)| {
        let before = text[..position].split_whitespace().next_back().unwrap_or_default().to_lowercase();
        let after = squeeze(&text[position + sign.len()..]);
        let digits = after.find(|letter: char| !(letter.is_ascii_digit() || ",. ".contains(letter)));
        let (digits, rest) = after.split_at(digits.unwrap_or(after.len()));
        let word = rest.split(|letter: char| !letter.is_alphabetic()).next().unwrap_or_default();
        let factor = Some(word).filter(|word| matches!(*word, "million" | "billion" | "thousand")).unwrap_or_default();
        let (value, _) = printed_amount(&format!("€{} {factor}", digits.trim().trim_end_matches(['.', ','])))?;
        Some((value, !ABOUT.contains(&before.as_str())))
    });
    found.collect()
}

/// Adds what the news say to the projects; gives the grants as records of their own, and what fitted no project.
pub(super) fn attach(items: &[Item], projects: &mut [Project], wanted: &[CountryCode]) -> (Vec<Project>, Vec<Issue>) {
    let (mut grants, mut issues) = (Vec::new(), Vec::new());
    for item in items {
        let text = item.provenance.raw.as_str();
        if !wanted.iter().any(|country| countries::names(text, *country)) {
            continue;
        }
        let on = item.page.date.as_deref().and_then(date);
        for (event, line) in events(&item.page) {
            let added = match &event {
                Event::Granted { .. } => {
                    grants.push(grant(item, &event, line, on, grants.len()));
                    Ok(())
                }
                Event::Signed { amount, countries } => sign(item, projects, *amount, countries, on),
                Event::Approved { amount, country } => approve(item, projects, *amount, *country, on),
            };
            // What is approved elsewhere and does not name a wanted country is none of this reading's concern.
            let concerns = wanted.iter().any(|country| countries::names(line, *country));
            if let (Err(reason), true) = (added, concerns) {
                let message =
                    format!("A line of the news was added to no record, since {reason}: \"{line}\" ({}).", item.slug);
                issues.push(Issue::new(codes::UNMATCHED_ROW, Severity::Info, message).at("amounts"));
            }
        }
    }
    (grants, issues)
}

fn sign(
    item: &Item,
    projects: &mut [Project],
    amount: Decimal,
    countries: &[CountryCode],
    on: Option<PartialDate>,
) -> Result<(), &'static str> {
    let fits = |project: &Project| {
        let before =
            project.approved_on.is_none_or(|approved| on.is_none_or(|on| approved.first_day() <= on.last_day()));
        before && project.amount(AmountBasis::Signed).is_none() && is_loan(project, amount, countries)
    };
    let project = the_one(projects, &item.provenance.raw, fits)?;
    project.amounts.push(Money::new(amount, CurrencyCode::EUR, AmountBasis::Signed, on));
    project.signed_on = project.signed_on.or(on);
    note_evidence(project, item);
    Ok(())
}

/// An approval that the project's own page dates already says nothing new.
fn approve(
    item: &Item,
    projects: &mut [Project],
    amount: Decimal,
    country: CountryCode,
    on: Option<PartialDate>,
) -> Result<(), &'static str> {
    let same_day = |approved: PartialDate| {
        on.is_none_or(|on| approved.first_day() <= on.last_day() && on.first_day() <= approved.last_day())
    };
    let known = |project: &Project| project.approved_on.is_some_and(same_day) && is_loan(project, amount, &[country]);
    if projects.iter().any(known) {
        return Ok(());
    }
    let undated = |project: &Project| project.approved_on.is_none() && is_loan(project, amount, &[country]);
    let project = the_one(projects, &item.provenance.raw, undated)?;
    project.approved_on = on;
    if let Some(approved) = project.amounts.iter_mut().find(|money| money.basis == AmountBasis::Approved) {
        approved.date = on;
    }
    note_evidence(project, item);
    Ok(())
}

/// Whether a project is a loan of this amount in one of the countries.
fn is_loan(project: &Project, amount: Decimal, countries: &[CountryCode]) -> bool {
    let approved = project.amount(AmountBasis::Approved);
    approved.is_some_and(|money| money.value == amount && money.currency == CurrencyCode::EUR)
        && countries.iter().any(|country| project.countries.contains(country))
}

/// The only project that fits. A project with a short name of its own (HOME, HEAL) fits only a text that has it.
fn the_one<'list>(
    projects: &'list mut [Project],
    text: &str,
    fits: impl Fn(&Project) -> bool,
) -> Result<&'list mut Project, &'static str> {
    let named = |project: &Project| {
        let names = short_names(project);
        names.is_empty()
            || names.iter().any(|name| text.split(|letter: char| !letter.is_alphanumeric()).any(|word| word == name))
    };
    let mut found = projects.iter_mut().filter(|project| fits(project) && named(project));
    match (found.next(), found.next()) {
        (Some(project), None) => Ok(project),
        (None, _) => Err("no project page has this country, amount and name"),
        (Some(_), Some(_)) => Err("several project pages have this country and amount"),
    }
}

/// Words in capitals in the title: the names by which programmes go.
fn short_names(project: &Project) -> Vec<String> {
    const COMMON: [&str; 4] = ["CEB", "EUR", "IDP", "SME"];
    let words = project.titles.iter().flat_map(|title| title.text.split(|letter: char| !letter.is_alphanumeric()));
    let is_name = |word: &&str| word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_uppercase());
    words.filter(is_name).filter(|word| !COMMON.contains(word)).map(str::to_owned).collect()
}

/// Keeps the page beside the project's own, so that the record shows what it rests on.
fn note_evidence(project: &mut Project, item: &Item) {
    let url = item.provenance.url.as_deref().unwrap_or(&item.slug);
    project.provenance.raw += &format!("\nNews, {url}:\n{}", item.provenance.raw);
    project.provenance.sha256 = sha256_hex(project.provenance.raw.as_bytes());
}

/// A grant of the Migrant and Refugee Fund, which has no page of its own.
fn grant(item: &Item, event: &Event, line: &str, on: Option<PartialDate>, number: usize) -> Project {
    let Event::Granted { amount, country, to } = event else {
        return Project::new(ProjectId::new("ceb", &[&item.slug]), item.provenance.clone());
    };
    let native = format!("{}-{}-{}", item.slug, country.as_str().to_lowercase(), number + 1);
    let mut project = Project::new(ProjectId::new("ceb", &[&native]), item.provenance.clone());
    project.identifiers.push(Identifier::new("ceb-news", &item.slug));
    project.titles.extend(item.page.title.iter().map(|title| Text::original(Language::EN, title)));
    project.note_missing_title();
    project.descriptions.push(Text::original(Language::EN, line));
    project.countries.push(*country);
    project.instrument = Instrument::Grant;
    project.status = ProjectStatus::Approved;
    project.approved_on = on;
    let beneficiary =
        |name: &String| Organisation { role: OrganisationRole::Beneficiary, name: name.clone(), reference: None };
    project.organisations.extend(to.as_ref().map(beneficiary));
    match amount {
        Some(amount) => project.amounts.push(Money::new(*amount, CurrencyCode::EUR, AmountBasis::Approved, on)),
        None => {
            project.amount_native = Some(line.to_owned());
            let message = format!("The news gives no exact amount: {line}");
            project.issues.push(Issue::new(codes::AMOUNT_NOT_NUMERIC, Severity::Warning, message).at("amounts"));
        }
    }
    project
}
