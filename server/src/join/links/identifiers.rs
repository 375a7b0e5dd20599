//! Links that published identifiers prove: a row of statistics with the bank's own number, and a part that names the
//! number of its framework.

use std::sync::LazyLock;

use regex::Regex;

use super::{Evidence, Link, LinkDecision, LinkKind, identifier};
use crate::catalogue::{Catalogue, RecordNumber};
use crate::harvest::PackedProject;

/// Every such link, with the record that it stands at.
pub(super) fn links(catalogue: &Catalogue) -> Vec<(RecordNumber, Link)> {
    let numbers = (0..).take(catalogue.records().len());
    let found = numbers.flat_map(|number| {
        let proven = [restated(catalogue, number), framework(catalogue, number), loan_part(catalogue, number)];
        proven.into_iter().flatten()
    });
    found.collect()
}

/// The bank whose lending a row of the Creditor Reporting System reports: by its provider code, else by the agency under
/// the European Union's institutions.
pub(in crate::join) fn reported_bank(project: PackedProject<'_>) -> Option<&'static str> {
    let donor = identifier(project, "crs-donor")?;
    let agency = identifier(project, "crs-agency");
    match (donor.as_ref(), agency.as_deref()) {
        ("5RDB007" | "990", _) => Some("ebrd"),
        ("5RDB005" | "1013", _) => Some("ceb"),
        ("4EU004" | "919", _) | ("4EU001" | "918", Some("3")) => Some("eib"),
        _ => None,
    }
}

/// A row of statistics that carries the bank's own number restates the bank's record.
fn restated(catalogue: &Catalogue, number: RecordNumber) -> Option<(RecordNumber, Link)> {
    let project = catalogue.project(number);
    let bank = reported_bank(project)?;
    let given = identifier(project, "crs-donor-project")?;
    let other = own_record(catalogue, bank, &given)?;
    let text =
        format!("The row's provider project id {given} is the bank's own number of {}.", catalogue.project(other).id());
    Some((number, proven(other, LinkKind::Restates, text)))
}

/// A record that says "sub-operation of 2011-0487" is a part of that one.
fn framework(catalogue: &Catalogue, number: RecordNumber) -> Option<(RecordNumber, Link)> {
    static PART_OF: LazyLock<Regex> = LazyLock::new(|| {
        #[expect(clippy::expect_used, reason = "the pattern is constant, and a test reads with it")]
        Regex::new(r"(?i)\b(?:sub-?(?:operation|project|loan)|part|tranche|allocation)\s+(?:of|under)\s+(?:the\s+)?(?:[\w&-]+\s+){0,8}?\(?(?:(?:project|operation|number|no\.?|id)\s+)?(\d{4}-?\d{4}|\d{5,8})\b")
            .expect("a valid pattern")
    });
    let project = catalogue.project(number);
    let texts = project.titles().chain(project.descriptions());
    let mut named = texts.flat_map(|text| PART_OF.captures_iter(text.text()));
    let (words, other) = named.find_map(|found| {
        let other = own_record(catalogue, project.id().partner(), &found[1]).filter(|other| *other != number)?;
        Some((found[0].to_owned(), other))
    })?;
    let text = format!("The text says \"{words}\", which is the number of {}.", catalogue.project(other).id());
    Some((number, proven(other, LinkKind::PartOfFramework, text)))
}

/// A part of a loan carries the loan's number before its own: `20190777-90604`.
fn loan_part(catalogue: &Catalogue, number: RecordNumber) -> Option<(RecordNumber, Link)> {
    static PART: LazyLock<Regex> = LazyLock::new(|| {
        #[expect(clippy::expect_used, reason = "the pattern is constant, and a test reads with it")]
        Regex::new(r"(?:^|[-:])(\d{5,8})-\d{3,6}$").expect("a valid pattern")
    });
    let project = catalogue.project(number);
    if !project.id().native().contains('-') || reported_bank(project).is_some() {
        return None; // The whole loan may list the numbers of its parts, too.
    }
    let values = project.identifiers().map(|identifier| identifier.value);
    let (given, other) = std::iter::once(project.id().native().into()).chain(values).find_map(|value| {
        let whole = PART.captures(&value)?.get(1)?.as_str();
        let other = own_record(catalogue, project.id().partner(), whole).filter(|other| *other != number)?;
        Some((value.clone().into_owned(), other))
    })?;
    let text = format!("The number {given} begins with that of {}.", catalogue.project(other).id());
    Some((number, proven(other, LinkKind::SameProject, text)))
}

/// A bank's record by its own number, which texts also write with a hyphen: `2011-0487` is `20110487`.
fn own_record(catalogue: &Catalogue, bank: &str, number: &str) -> Option<RecordNumber> {
    let plain: String = number.chars().filter(char::is_ascii_alphanumeric).collect();
    let found = [number, plain.as_str()].into_iter().find_map(|value| catalogue.by_identifier(bank, value))?;
    (catalogue.project(found).id().partner() == bank).then_some(found)
}

fn proven(other: RecordNumber, kind: LinkKind, text: String) -> Link {
    let evidence = vec![Evidence { kind: "identifier", text, weight: 1.0 }];
    Link { other, kind, score: 1.0, evidence, decision: LinkDecision::Automatic }
}
