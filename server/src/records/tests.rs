//! What the seed holds, and what a seed file must not do.

use std::path::Path;

use connectors::model::{CountryCode, Language, PartialDate};

use super::*;

const SOURCE: &str = "[[sources]]\ntitle = 'A page'\nurl = 'https://example.org/a'\npublished_on = '2024'\n\
                      says = 'so it is'\nconfidence = 'high'\n";
const MEMBER: &str = "kind = 'CITY'\nrole = 'CORE'\ncountry = 'PL'\nplace = 'PL633'\nnames = { en = 'Gdańsk' }\n";
const PARTNERSHIP: &str = "kind = 'TWINNING'\nstate = 'ACTIVE'\nas_of = '2024'\n";
const PARTIES: &str =
    "[[parties]]\nname = 'A'\nplace = 'UA80000000000093317'\n[[parties]]\nname = 'B'\ncountry = 'FR'\n";
const EVENT: &str = "title = 'A meeting'\nstarts_on = '2024-05-08'\n";

fn seed() -> Records {
    Records::seed().unwrap()
}

fn read(files: &[(&str, String)]) -> Result<Records, SeedError> {
    Records::read(files.iter().map(|(path, text)| ((*path).to_owned(), text.clone())))
}

fn member(head: &str) -> String {
    format!("{head}{SOURCE}")
}

fn partnership(head: &str, parties: &str) -> String {
    format!("{head}{parties}{SOURCE}")
}

/// One file alone is refused, with a message that has all these parts.
#[track_caller]
fn check_refused(path: &str, text: String, parts: &[&str]) {
    let message = read(&[(path, text)]).unwrap_err().to_string();
    for part in [&["seed/", path], parts].concat() {
        assert!(message.contains(part), "`{part}` is not in: {message}");
    }
}

#[track_caller]
fn check_members(filter: MemberFilter, expected: &[&str]) {
    let records = seed();
    let ids: Vec<_> = records.members_matching(&filter).iter().map(|at| records.members()[*at].id.as_str()).collect();
    assert_eq!(ids, expected, "{filter:?}");
}

#[track_caller]
fn check_partnerships(filter: PartnershipFilter, expected: usize) {
    assert_eq!(seed().partnerships_matching(&filter).len(), expected, "{filter:?}");
}

fn country(code: &str) -> CountryCode {
    CountryCode::new(code).unwrap()
}

fn find_partnership<'r>(records: &'r Records, id: &str) -> &'r Partnership {
    match records.find(id) {
        Some(RecordRef::Partnership(at)) => &records.partnerships()[at],
        other => panic!("{id}: {other:?}"),
    }
}

mod kept;
mod published;
mod refusals;
mod seeded;
