//! Real recorded data, read through the same connectors, where `HUB_TEST_DATA` names the folder that holds it.
//!
//! What was recorded is one page, the text of one page, and rows in another layout of the same statistics; what is put
//! around them, so that they come as the partner sends them, is said at each test. Without the folder nothing is
//! tested here.

use std::collections::HashMap;
use std::path::PathBuf;

use connectors::connector::{Failure, Harvest};
use connectors::http::{Client, HttpOptions, ManualClock, MemoryLedger, Transport};
use connectors::model::{AmountBasis, CountryCode};
use connectors::{partners, stage};
use rust_decimal::Decimal;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

/// A recorded file, where there are any.
fn recorded(path: &str) -> Option<String> {
    let folder = PathBuf::from(std::env::var_os("HUB_TEST_DATA")?);
    let path = folder.join(path);
    Some(std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
}

/// Reads a partner's first feed for one country, from a server that answers so.
async fn read(
    partner: &str,
    country: &str,
    answer: impl Fn(&Request) -> ResponseTemplate + Send + Sync + 'static,
) -> Result<Harvest, Failure> {
    let partner = partners::find(partner).expect("a partner");
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(answer).mount(&server).await;
    let base_url = server.uri().parse().expect("an address of ours");
    let options = HttpOptions { base_url, pace_ms: 0, retries: 0, budget: None, ..(partner.http)() };
    let transport = Transport::network(&options)?;
    let clock = ManualClock::at(crate::play::recording(partner).compiled());
    let client = Client::new(options, transport, std::sync::Arc::new(MemoryLedger), std::sync::Arc::new(clock));
    let countries = [CountryCode::new(country).expect("a country")];
    let connector = (partner.feeds[0].open)(client, &countries, &toml::Table::new()).expect("good options");
    stage::read_all(&*connector, &countries).await
}

fn body(text: String, media_type: &str) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_raw(text, media_type)
}

#[tokio::test]
async fn a_page_of_the_eib_is_read_as_it_was_sent() {
    let Some(page) = recorded("eib/page-provider-projects-list.json") else { return };
    // It was asked for one row of 17,013. Here it is the whole list, so that the reading is complete.
    let whole = page.replace("\"totalItems\": 17013", "\"totalItems\": 1");
    let details = |request: &Request| !request.url.path().contains("page-provider");
    let harvest = read("eib", "IT", move |request| match details(request) {
        true => ResponseTemplate::new(404),
        false => body(whole.clone(), "application/json"),
    });
    let harvest = harvest.await.unwrap_or_else(|failure| panic!("{failure}"));
    let [project] = &harvest.projects[..] else { panic!("{} projects", harvest.projects.len()) };
    assert_eq!(
        (project.id.as_str(), project.titles[0].text.as_str()),
        ("eib:20250219", "SIKELIA GREEN LOAN WIND AND SOLAR PV")
    );
    let amount = |basis| project.amounts.iter().find(|amount| amount.basis == basis).map(|amount| amount.value);
    assert_eq!(amount(AmountBasis::Approved), Some(Decimal::from(92_000_000)));
    assert_eq!(amount(AmountBasis::Signed), Some(Decimal::from(65_000_000)));
    assert_eq!(project.signed_on.map(|day| day.to_string()).as_deref(), Some("2026-08-28"));
}

#[tokio::test]
async fn the_same_page_as_the_beginning_of_a_longer_list_is_cut_short() {
    let Some(page) = recorded("eib/page-provider-projects-list.json") else { return };
    let empty = page.split_once("\"data\": [").map(|_| r#"{"data":[],"totalItems":17013,"valid":true}"#.to_owned());
    let empty = empty.expect("the list");
    let harvest = read("eib", "IT", move |request| {
        let first = request.url.query().is_some_and(|query| query.contains("pageNumber=0"));
        body(if first { page.clone() } else { empty.clone() }, "application/json")
    });
    assert!(harvest.await.is_err(), "one row of 17,013 is no reading");
}

#[tokio::test]
async fn a_page_of_the_ceb_is_read_by_its_labels() {
    let Some(page) = recorded("ceb/detail-page-fields.json") else { return };
    let page: serde_json::Value = serde_json::from_str(&page).expect("JSON");
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let path = text(&page["page"]).replace("https://coebank.org", "");
    // Only the text of the page was recorded; the markup is the plainest that can carry it.
    let fields = page["fields_in_page_order"].as_array().cloned().unwrap_or_default();
    let items: String =
        fields.iter().map(|field| format!("<li>{}: {}</li>", text(&field["label"]), text(&field["value"]))).collect();
    let detail = format!("<html><body><h1>{}</h1><ul>{items}</ul></body></html>", text(&page["title"]));
    let list = format!("<html><body><a href=\"{path}\">{}</a></body></html>", text(&page["title"]));
    let harvest = read("ceb", "UA", move |request| {
        let wanted = request.url.path().trim_end_matches('/') == path.trim_end_matches('/');
        body(if wanted { detail.clone() } else { list.clone() }, "text/html; charset=utf-8")
    });
    let harvest = harvest.await.unwrap_or_else(|failure| panic!("{failure}"));
    let [project] = &harvest.projects[..] else { panic!("{:?}", harvest.rejects) };
    assert_eq!(project.id.as_str(), "ceb:aid-displaced-persons-fleeing-conflict-ukraine-czech-republic");
    assert_eq!(project.countries.iter().map(|country| country.as_str()).collect::<Vec<_>>(), ["CZ"]);
    assert_eq!(project.amounts.iter().map(|amount| amount.value).collect::<Vec<_>>(), [Decimal::from(200_000_000)]);
    assert_eq!(project.approved_on.map(|day| day.to_string()).as_deref(), Some("2022-06-03"));
    assert!(project.organisations.is_empty(), "the page names no borrower");
}

#[tokio::test]
async fn rows_of_the_creditor_reporting_system_keep_every_amount() {
    let Some(rows) = recorded("oecd/crs_2021_microdata_ukr_mda_ceb.csv") else { return };
    let (csv, committed, disbursed) = as_sdmx(&rows);
    let harvest = read("oecd", "UA", move |request| {
        let year = request.url.query().is_some_and(|query| query.contains("startPeriod=2021"));
        match year {
            true => body(csv.clone(), "text/csv"),
            false => ResponseTemplate::new(404).set_body_string("NoRecordsFound"),
        }
    });
    let harvest = harvest.await.unwrap_or_else(|failure| panic!("{failure}"));
    assert!(harvest.rejects.is_empty(), "{:?}", harvest.rejects);
    assert!(harvest.projects.len() > 150, "{} activities", harvest.projects.len());
    let sum = |basis| -> Decimal {
        let amounts = harvest.projects.iter().flat_map(|project| &project.amounts);
        amounts.filter(|amount| amount.basis == basis).map(|amount| amount.value).sum()
    };
    assert_eq!((sum(AmountBasis::Committed), sum(AmountBasis::Disbursed)), (committed, disbursed));
    assert!(disbursed < committed, "what was paid out is less than what was promised");
}

/// The rows for Ukraine in the layout of the SDMX service, and what they commit and disburse in dollars. The bulk file
/// that they come from has no identifiers of activities, so each row is an activity of its own.
fn as_sdmx(rows: &str) -> (String, Decimal, Decimal) {
    const HEADER: &str = "DONOR,Donor,RECIPIENT,SECTOR,Sector,FLOW_TYPE,PRICE_BASE,MD_DIM,UNIT_MEASURE,TIME_PERIOD,\
                          OBS_VALUE,UNIT_MULT,OECD_ID,DONOR_PROJECT_ID,FINANCETYPE_CODE,PROJECT_TITLE\n";
    let mut reader = csv::Reader::from_reader(rows.as_bytes());
    let names: HashMap<String, usize> =
        reader.headers().expect("a header").iter().enumerate().map(|(at, name)| (name.to_owned(), at)).collect();
    let (mut written, mut sums) = (csv::Writer::from_writer(HEADER.as_bytes().to_vec()), [Decimal::ZERO; 2]);
    for (number, row) in reader.records().enumerate() {
        let row = row.expect("a row");
        let get = |name: &str| names.get(name).and_then(|at| row.get(*at)).unwrap_or_default();
        if get("recipient_code") != "85" {
            continue;
        }
        for (flow, column) in [("C", "usd_commitment"), ("D", "usd_disbursement")] {
            let Ok(value) = get(column).parse::<Decimal>() else { continue };
            sums[usize::from(flow == "D")] += value * Decimal::from(1_000_000);
            let id = format!("row-{number}");
            let (donor, name, purpose) = (get("donor_code"), get("donor_name"), get("purpose_code"));
            let (finance, title) = (get("finance_t"), get("project_title"));
            let fields =
                [donor, name, "UKR", purpose, get("purpose_name"), flow, "V", "DD", "USD", "2021", get(column), "6"];
            let line = fields.into_iter().chain(["", id.as_str(), finance, title]);
            written.write_record(line).expect("a line");
        }
    }
    let csv = String::from_utf8(written.into_inner().expect("in memory")).expect("text");
    (csv, sums[0].normalize(), sums[1].normalize())
}
