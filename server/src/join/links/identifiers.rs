//! Links that published identifiers prove: a row of statistics with the bank's own number, and a part that names the
//! number of its framework.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

use super::profile::Profile;
use super::{Evidence, Link, LinkDecision, LinkKind, identifier};
use crate::catalogue::{Catalogue, RecordNumber};
use crate::harvest::PackedProject;

/// The numbers of other records that a record names by itself; whether there are such records is another question.
#[derive(Debug, Default)]
pub(super) struct Claims {
    /// The bank that a row of statistics reports, and the number that it gives for the bank's own record.
    restated: Option<(&'static str, String)>,
    /// Numbers of what it is a part of, each with the words that say so.
    part_of: Vec<(String, String)>,
    /// Numbers that begin with that of a whole loan, each with that.
    loan_parts: Vec<(String, String)>,
}

/// Every such link, with the record that it stands at.
pub(super) fn links(catalogue: &Catalogue, profiles: &[Profile<'_>]) -> Vec<(RecordNumber, Link)> {
    let found = profiles.iter().flat_map(|profile| {
        let proven = [restated(catalogue, profile), framework(catalogue, profile), loan_part(catalogue, profile)];
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

impl Claims {
    /// Reads a record.
    pub(super) fn of(project: PackedProject<'_>) -> Self {
        let given = || identifier(project, "crs-donor-project").map(Cow::into_owned);
        let restated = reported_bank(project).and_then(|bank| Some((bank, given()?)));
        Self { restated, part_of: part_of(project), loan_parts: loan_parts(project) }
    }
}

/// What is said to be a part of a number: "sub-operation of 2011-0487".
fn part_of(project: PackedProject<'_>) -> Vec<(String, String)> {
    static PART_OF: LazyLock<Regex> = LazyLock::new(|| {
        #[expect(clippy::expect_used, reason = "the pattern is constant, and a test reads with it")]
        Regex::new(r"(?i)\b(?:sub-?(?:operation|project|loan)|part|tranche|allocation)\s+(?:of|under)\s+(?:the\s+)?(?:[\w&-]+\s+){0,8}?\(?(?:(?:project|operation|number|no\.?|id)\s+)?(\d{4}-?\d{4}|\d{5,8})\b")
            .expect("a valid pattern")
    });
    let texts = project.titles().chain(project.descriptions());
    let named = texts.flat_map(|text| PART_OF.captures_iter(text.text()));
    named.map(|found| (found[0].to_owned(), found[1].to_owned())).collect()
}

/// Numbers that carry another before their own: `20190777-90604`.
fn loan_parts(project: PackedProject<'_>) -> Vec<(String, String)> {
    static PART: LazyLock<Regex> = LazyLock::new(|| {
        #[expect(clippy::expect_used, reason = "the pattern is constant, and a test reads with it")]
        Regex::new(r"(?:^|[-:])(\d{5,8})-\d{3,6}$").expect("a valid pattern")
    });
    if !project.id().native().contains('-') || reported_bank(project).is_some() {
        return Vec::new(); // The whole loan may list the numbers of its parts, too.
    }
    let values = project.identifiers().map(|identifier| identifier.value);
    let values = std::iter::once(project.id().native().into()).chain(values);
    let parts = values.filter_map(|value| {
        let whole = PART.captures(&value)?.get(1)?.as_str().to_owned();
        Some((value.into_owned(), whole))
    });
    parts.collect()
}

/// A row of statistics that carries the bank's own number restates the bank's record.
fn restated(catalogue: &Catalogue, profile: &Profile<'_>) -> Option<(RecordNumber, Link)> {
    let (bank, given) = profile.claims.restated.as_ref()?;
    let other = own_record(catalogue, bank, given)?;
    let text =
        format!("The row's provider project id {given} is the bank's own number of {}.", catalogue.project(other).id());
    Some((profile.number, proven(other, LinkKind::Restates, text)))
}

/// A record that says "sub-operation of 2011-0487" is a part of that one.
fn framework(catalogue: &Catalogue, profile: &Profile<'_>) -> Option<(RecordNumber, Link)> {
    let (words, other) = known(catalogue, profile, &profile.claims.part_of)?;
    let text = format!("The text says \"{words}\", which is the number of {}.", catalogue.project(other).id());
    Some((profile.number, proven(other, LinkKind::PartOfFramework, text)))
}

/// A part of a loan carries the loan's number before its own.
fn loan_part(catalogue: &Catalogue, profile: &Profile<'_>) -> Option<(RecordNumber, Link)> {
    let (given, other) = known(catalogue, profile, &profile.claims.loan_parts)?;
    let text = format!("The number {given} begins with that of {}.", catalogue.project(other).id());
    Some((profile.number, proven(other, LinkKind::SameProject, text)))
}

/// The first claim that names another record of the partner, and that record.
fn known<'claims>(
    catalogue: &Catalogue,
    profile: &Profile<'_>,
    claims: &'claims [(String, String)],
) -> Option<(&'claims str, RecordNumber)> {
    claims.iter().find_map(|(said, number)| {
        let other = own_record(catalogue, profile.project.id().partner(), number)?;
        (other != profile.number).then_some((said.as_str(), other))
    })
}

/// A bank's record by its own number, which texts also write with a hyphen: `2011-0487` is `20110487`.
fn own_record(catalogue: &Catalogue, bank: &str, number: &str) -> Option<RecordNumber> {
    let plain: String = number.chars().filter(char::is_ascii_alphanumeric).collect();
    let found = [number, plain.as_str()].into_iter().find_map(|value| catalogue.by_identifier(bank, value))?;
    (catalogue.project(found).id().partner() == bank).then_some(found)
}

fn proven(other: RecordNumber, kind: LinkKind, text: String) -> Link {
    let evidence = [Evidence { kind: "identifier", text, weight: 1.0 }].into();
    Link { other, kind, score: 1.0, evidence, decision: LinkDecision::Automatic }
}
