//! Rows and pages that surprise, and what is made of them.

mod fixtures;
mod investments;
mod over_http;
mod project_pages;
mod rows;

use std::sync::Arc;

use chrono::{DateTime, NaiveDate};
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::map::{self, Detail, Listed, Standing};
use super::wire::{Page, Row};
use super::{PARTNER, PROJECTS, http};
use crate::connector::{Failure, Harvest, Slice};
use crate::formats::csv::{Header, fields};
use crate::http::{Client, HttpOptions, ManualClock, MemoryLedger, Transport};
use crate::model::{
    AmountBasis, CountryCode, Language, Money, OrganisationRole, PartialDate, Project, ProjectId, ProjectStatus,
    PublishedLocation, codes,
};
use crate::stage::baseline;

const HEADER: &str = "Title,Sector,Country,Project ID,Project status,Publication date,URL link to project";
const ROW: &str = "Town Water,Transport,Ukraine,99001,Signed,20 Oct 2022,";

fn read(row: &[u8]) -> Result<Row, super::wire::UnreadableRow> {
    Row::read(&Header::new(fields(HEADER).unwrap()), row, "text/csv; charset=ISO-8859-1")
}

fn listed(row: &[u8]) -> Listed {
    match map::standing(&read(row).unwrap(), &[CountryCode::UA]) {
        Standing::Wanted(listed) => *listed,
        other => panic!("{other:?}"),
    }
}

fn mapped(row: &str, page: &str) -> Project {
    let page = Page::read(page.as_bytes(), "text/html; charset=utf-8");
    map::project(&listed(row.as_bytes()), &Detail::Read(page), DateTime::UNIX_EPOCH)
}

/// A page in the new layout.
fn page(parts: &[(&str, &str)]) -> String {
    let parts = parts.iter().map(|(label, text)| format!("<div><h6>{label}</h6></div><p>{text}</p>"));
    format!("<title>Town Water | EBRD</title><nav><p>Contact</p></nav>{}", parts.collect::<String>())
}

fn codes_of(project: &Project) -> Vec<&str> {
    project.issues.iter().map(|issue| issue.code.as_str()).collect()
}

fn printed(money: &Money) -> String {
    let date = money.date.map_or("undated".to_owned(), |date| date.to_string());
    format!("{} {} {:?} {date}", money.value, money.currency, money.basis)
}
