//! Rows and pages that once surprised a reader of the EIB, and how the list is paged.

use std::sync::Arc;

use chrono::DateTime;
use serde_json::{Value, json};
use wiremock::matchers::{method, path, path_regex, query_param, query_param_is_missing};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::*;
use crate::http::{ManualClock, MemoryLedger, Transport};
use crate::model::{AmountBasis, Instrument, ProjectStatus, PublishedLocation};
use crate::stage;

/// A row of the list in the bank's form.
fn row(id: &str, title: &str, countries: &[(&str, &str)], information: Value) -> Value {
    let tag = |(label, value): &(&str, &str)| json!({"label": label, "subType": "countries", "type": "metadata", "value": value});
    json!({"id": id, "title": title, "description": "", "primaryTags": countries.iter().map(tag).collect::<Vec<_>>(),
           "additionalInformation": information, "startDate": null, "endDate": null, "url": id})
}

fn ukrainian(id: &str) -> Value {
    row(id, "EXAMPLE", &[("Ukraine", "UA")], json!(["Signed", "28/08/2026", 0.0, 1.0]))
}

fn read(row: &str) -> Project {
    let mut project = map::project(&wire::Row::read(row).unwrap(), row, DateTime::UNIX_EPOCH);
    map::complete(&mut project);
    project
}

fn with_detail(row: &Value, page: &str) -> Project {
    let raw = row.to_string();
    let row = wire::Row::read(&raw).unwrap();
    let mut project = map::project(&row, &raw, DateTime::UNIX_EPOCH);
    map::add_detail(&mut project, &row, wire::Detail::read(page).unwrap(), page);
    map::complete(&mut project);
    project
}

fn codes_of(project: &Project) -> Vec<&str> {
    project.issues.iter().map(|issue| issue.code.as_str()).collect()
}

/// The amounts as `BASIS value date`.
fn amounts_of(project: &Project) -> Vec<String> {
    let date = |money: &crate::model::Money| money.date.map_or(String::new(), |date| format!(" {date}"));
    let line =
        |money: &crate::model::Money| format!("{:?} {} {}{}", money.basis, money.value, money.currency, date(money));
    project.amounts.iter().map(line).collect()
}

#[track_caller]
fn check_information(information: Value, status: ProjectStatus, amounts: &[&str], issues: &[&str]) {
    let project = read(&row("29990001", "EXAMPLE", &[("Ukraine", "UA")], information.clone()).to_string());
    assert_eq!(project.status, status, "{information}");
    assert_eq!(amounts_of(&project), amounts, "{information}");
    assert_eq!(codes_of(&project), issues, "{information}");
}

#[test]
fn the_real_row_keeps_both_amounts_and_dates_only_the_signed_one() {
    let raw = r#"{"id":"20250219","title":"SIKELIA GREEN LOAN WIND AND SOLAR PV","description":"","primaryTags":[
        {"label":"Italy","subType":"countries","type":"metadata","value":"IT"},
        {"label":"Energy","subType":"sectors","type":"metadata","value":"1000"}],
        "additionalInformation":["Signed","28/08/2026",92000000.0,65000000.0],"startDate":null,"endDate":null}"#;
    let project = read(raw);
    assert_eq!(project.id.as_str(), "eib:20250219");
    assert_eq!(project.identifiers, [crate::model::Identifier::new("eib", "20250219")]);
    assert_eq!(amounts_of(&project), ["Approved 92000000 EUR", "Signed 65000000 EUR 2026-08-28"]);
    assert_eq!(project.signed_on.unwrap().to_string(), "2026-08-28");
    assert_eq!(project.sectors[0].code.as_deref(), Some("1000"));
    assert_eq!(project.provenance.raw, raw);
    assert_eq!(project.provenance.url.as_deref(), Some("https://www.eib.org/en/projects/all/20250219"));
    assert_eq!(codes_of(&project), <[&str; 0]>::default());
}

#[test]
fn the_status_decides_what_the_third_position_means() {
    use ProjectStatus::{Approved, Pipeline, Signed, Unknown};
    check_information(
        json!(["Under appraisal", "19/04/2021", 75e6, 0.0]),
        Pipeline,
        &["Planned 75000000 EUR 2021-04-19"],
        &[],
    );
    check_information(
        json!(["Approved", "05/03/2026", 40e6, 0.0]),
        Approved,
        &["Approved 40000000 EUR 2026-03-05"],
        &[],
    );
    check_information(json!(["Signed", "10/2020", 0, 300e6]), Signed, &["Signed 300000000 EUR 2020-10"], &[]);
    check_information(
        json!(["Repaid", "2020", 1, 2]),
        Unknown,
        &["Planned 1 EUR", "Signed 2 EUR"],
        &["UNKNOWN_STATUS"],
    );
    check_information(json!(["", "", 250e6, 0]), Unknown, &["Planned 250000000 EUR"], &[]);
    check_information(json!([null, null, null, null]), Unknown, &[], &[]);
    check_information(json!([]), Unknown, &[], &[]);
}

#[test]
fn amounts_are_exact_in_any_form_and_odd_ones_are_flagged() {
    let signed = |text: &str| json!(["Signed", "2020", serde_json::from_str::<Value>(text).unwrap(), 0]);
    let reads = |text, amount: &str| {
        check_information(signed(text), ProjectStatus::Signed, &[&format!("Approved {amount}")], &[])
    };
    reads("9.2E7", "92000000 EUR");
    reads("1.55e+07", "15500000 EUR");
    reads("0.1", "0.1 EUR");
    reads("123456789012345678.01", "123456789012345678.01 EUR");
    reads("\"€44,000,000\"", "44000000 EUR");
    reads("\"75,000,000 USD\"", "75000000 USD");
    let odd = |text, amounts: &[&str], issue| check_information(signed(text), ProjectStatus::Signed, amounts, &[issue]);
    odd("-5.0", &["Approved -5 EUR"], "NEGATIVE_AMOUNT");
    odd("1e400", &[], "AMOUNT_NOT_NUMERIC");
    odd("\"up to EUR 25 million\"", &[], "AMOUNT_NOT_NUMERIC");
    odd("true", &[], "AMOUNT_NOT_NUMERIC");
}

#[test]
fn a_date_that_is_none_is_flagged_and_not_guessed() {
    for date in [json!("08/28/2026"), json!("soon"), json!("2020-10"), json!(1_756_000_000_000_u64)] {
        let information = json!(["Signed", date, 0, 1]);
        check_information(information, ProjectStatus::Signed, &["Signed 1 EUR"], &["UNREADABLE_DATE"]);
    }
}

#[test]
fn countries_count_by_value_and_regions_are_none() {
    let tags =
        [("China, People's Republic of", "CN"), ("Ukraine", "UA"), ("Regional - Africa", "AF"), ("Mixed", "REG")];
    let project = read(&row("29990001", "X", &tags, json!([])).to_string());
    assert_eq!(project.countries.iter().map(CountryCode::as_str).collect::<Vec<_>>(), ["CN", "UA"]);
    assert_eq!(codes_of(&project), ["UNKNOWN_COUNTRY", "UNKNOWN_COUNTRY"]);
    assert!(project.issues[0].message.contains("Regional - Africa"));
}

#[track_caller]
fn check_instrument(title: &str, description: &str, expected: Instrument) {
    let mut row = row("29990001", title, &[], json!([]));
    row["description"] = json!(description);
    assert_eq!(read(&row.to_string()).instrument, expected, "{title} / {description}");
}

#[test]
fn only_whole_words_say_what_the_instrument_is() {
    check_instrument("EXAMPLE TOWN WATER FL", "", Instrument::FrameworkLoan);
    check_instrument("EXAMPLE", "A multi-sector framework loan.", Instrument::FrameworkLoan);
    check_instrument("EXAMPLE", "Sub-operation of a framework loan.", Instrument::Unknown);
    check_instrument("FLOOD PROTECTION", "", Instrument::Unknown);
    check_instrument("PROCREDIT BANK GUARANTEE FACILITY", "", Instrument::Guarantee);
    check_instrument("EXAMPLE", "Backed by an EU guarantee and a grant.", Instrument::Unknown);
    check_instrument("E5P grant: Example", "", Instrument::Grant);
    check_instrument("GREEN LOAN WIND", "", Instrument::Loan);
}

#[test]
fn a_title_is_english_unless_its_letters_show_otherwise_and_its_lack_is_said() {
    let language =
        |title| read(&row("29990001", title, &[], json!([])).to_string()).titles[0].language.as_str().to_owned();
    assert_eq!(language("KHARKIV METRO"), "en");
    assert_eq!(language("Харківський метрополітен"), "und");
    assert_eq!(codes_of(&read(&row("29990001", " ", &[], json!([])).to_string())), ["MISSING_TITLE"]);
}

/// A project page with these cells, inside the noise of a site.
fn page(cells: &[(&str, &str)]) -> String {
    let cell = |(label, value): &(&str, &str)| {
        format!(
            "<div class=\"eib-list__column\"><div class=\"eib-list__row--header\">{label}</div>\
             <div class=\"eib-list__row--body\">{value}</div></div>"
        )
    };
    let cells: String = cells.iter().map(cell).collect();
    format!(
        "<html><body><nav>Location</nav><nav>News</nav><div id=\"pipeline\">{cells}</div><footer>Contact</footer></body></html>"
    )
}

#[test]
fn a_project_page_is_read_by_its_labels_with_either_dash() {
    for dash in ["-", "–"] {
        let promoter = format!("Promoter {dash} financial intermediary");
        let page = page(&[
            (&promoter, "<ul><li>CITY OF EXAMPLE</li><li>STATE AGENCY</li></ul>"),
            ("Total cost<br>(Approximate amount)", "EUR&nbsp;305 million"),
            ("Location", "<ul><li>UKRAINE</li><li>Dnipro</li></ul>"),
            ("Description", "<p>First.</p><p>Second.</p>"),
            ("Objectives", "Aim."),
        ]);
        let project = with_detail(&ukrainian("29990001"), &page);
        let names: Vec<_> = project.organisations.iter().map(|organisation| organisation.name.as_str()).collect();
        assert_eq!(names, ["CITY OF EXAMPLE", "STATE AGENCY"]);
        assert_eq!(project.locations, [PublishedLocation::Name("Dnipro".to_owned())]);
        assert_eq!(project.amount(AmountBasis::TotalCost).unwrap().value, 305_000_000.into());
        assert_eq!(project.descriptions[0].text, "First.");
        assert!(project.provenance.raw.ends_with("</div></div></div>"), "{}", project.provenance.raw);
        assert!(project.provenance.raw.contains("<div id=\"pipeline\">"));
    }
}

#[track_caller]
fn check_cost(cost: &str, value: Option<i64>, issues: &[&str]) {
    let project =
        with_detail(&ukrainian("29990001"), &page(&[("Total cost (Approximate amount)", cost), ("Comments", "")]));
    assert_eq!(project.amount(AmountBasis::TotalCost).map(|money| money.value), value.map(Into::into), "{cost}");
    assert_eq!(codes_of(&project), issues, "{cost}");
}

#[test]
fn a_cost_is_a_number_or_nothing_or_prose_with_an_issue() {
    check_cost("EUR 250 million", Some(250_000_000), &[]);
    check_cost("Not applicable.", None, &[]);
    check_cost("–", None, &[]);
    check_cost("", None, &[]);
    check_cost("around EUR 20 to 30 million", None, &["AMOUNT_NOT_NUMERIC"]);
}

#[test]
fn another_page_is_no_project_page() {
    assert_eq!(wire::Detail::read("<html><body><p>Just a moment...</p></body></html>"), None);
}

/// A connector that asks a server of the test.
fn connector(server: &MockServer, options: &str) -> Box<dyn Connector> {
    let http = HttpOptions { pace_ms: 0, retries: 0, base_url: server.uri().parse().unwrap(), ..(PARTNER.http)() };
    let transport = Transport::network(&http).unwrap();
    let clock = Arc::new(ManualClock::at(DateTime::UNIX_EPOCH));
    let client = Client::new(http, transport, Arc::new(MemoryLedger), clock);
    open(client, &[CountryCode::UA], &options.parse().unwrap()).unwrap()
}

/// A server with these pages of rows, which announces `total`.
async fn server(pages: &[&[Value]], size: u64, total: u64) -> MockServer {
    let server = MockServer::start().await;
    for (number, rows) in pages.iter().enumerate() {
        let body = json!({"data": rows, "totalItems": total, "itemPerPage": size, "pageNumber": number,
                          "resultItems": rows.len(), "message": "Success", "pageable": true, "valid": true});
        Mock::given(method("GET"))
            .and(path("/page-provider/projects/list"))
            .and(query_param("pageNumber", number.to_string()))
            .and(query_param("countries", "UA"))
            .and(query_param("sortColumn", "id"))
            .respond_with(ResponseTemplate::new(200).set_body_json(body))
            .mount(&server)
            .await;
    }
    server
}

async fn harvest(server: &MockServer, options: &str) -> Result<Harvest, Failure> {
    connector(server, options).harvest(&Slice::Country(CountryCode::UA)).await
}

fn ids(harvest: &Harvest) -> Vec<&str> {
    harvest.projects.iter().map(|project| project.id.native()).collect()
}

#[tokio::test]
async fn pages_are_followed_to_the_announced_end_and_other_countries_dropped() {
    let foreign = row("3", "ELSEWHERE", &[("Moldova", "MD")], json!(["Signed", "01/01/2027", 0, 1]));
    let untagged = row("5", "NOWHERE", &[], json!([]));
    let server =
        server(&[&[ukrainian("1"), ukrainian("2")], &[foreign, ukrainian("4")], &[untagged, ukrainian("6")]], 2, 6)
            .await;
    let harvest = harvest(&server, "details = false").await.unwrap();
    assert_eq!(ids(&harvest), ["1", "2", "4", "6"]);
    assert_eq!(harvest.announced, Some(6));
    assert_eq!(harvest.published_at.unwrap().to_string(), "2026-08-28");
    assert_eq!(harvest.issues[0].message, "Rows that name no country were left out: 1.");
    assert_eq!(server.received_requests().await.unwrap().len(), 3);
}

#[tokio::test]
async fn a_reading_of_everything_asks_for_no_country_and_keeps_all() {
    let server = MockServer::start().await;
    let foreign = row("3", "ELSEWHERE", &[("Regional - Africa", "REG")], json!([]));
    let answer = ResponseTemplate::new(200).set_body_json(json!({"data": [ukrainian("1"), foreign], "totalItems": 2}));
    Mock::given(query_param_is_missing("countries")).respond_with(answer).mount(&server).await;
    let harvest = connector(&server, "details = false").harvest(&Slice::Everything).await.unwrap();
    assert_eq!(ids(&harvest), ["1", "3"]);
}

#[tokio::test]
async fn a_broken_row_is_a_reject_with_its_exact_text() {
    let server = MockServer::start().await;
    let body = format!(r#"{{"data": [{{"id" : 7}}, {}], "totalItems": 2}}"#, ukrainian("1"));
    let answer = ResponseTemplate::new(200).set_body_raw(body, "application/json");
    Mock::given(path("/page-provider/projects/list")).respond_with(answer).mount(&server).await;
    let harvest = harvest(&server, "details = false").await.unwrap();
    assert_eq!(ids(&harvest), ["1"]);
    assert_eq!(harvest.rejects[0].raw, r#"{"id" : 7}"#);
    assert_eq!(harvest.rejects[0].position, "page 1, row 1");
}

#[tokio::test]
async fn a_row_that_repeats_across_pages_stands_once_and_the_gap_is_said() {
    let server = server(&[&[ukrainian("1"), ukrainian("2")], &[ukrainian("2"), ukrainian("3")]], 2, 4).await;
    let harvest = harvest(&server, "details = false").await.unwrap();
    assert_eq!(ids(&harvest), ["1", "2", "3"]);
    assert_eq!(harvest.issues[0].code, codes::FEWER_ROWS_THAN_ANNOUNCED);
}

#[tokio::test]
async fn fewer_rows_than_announced_is_cut_short() {
    for pages in [vec![vec![ukrainian("1"), ukrainian("2")], vec![ukrainian("3")]], vec![vec![]]] {
        let pages: Vec<&[Value]> = pages.iter().map(Vec::as_slice).collect();
        let server = server(&pages, 2, 40).await;
        assert_eq!(harvest(&server, "details = false").await.unwrap_err().kind(), "cut short");
    }
}

#[tokio::test]
async fn a_list_without_an_end_is_an_error() {
    let same = server(&[&[ukrainian("1"), ukrainian("2")], &[ukrainian("1"), ukrainian("2")]], 2, 40).await;
    assert!(harvest(&same, "details = false").await.unwrap_err().to_string().contains("repeats the page before"));
    let long = server(&[&[ukrainian("1")], &[ukrainian("2")], &[ukrainian("3")]], 1, 40).await;
    assert!(harvest(&long, "details = false\nmax_pages = 2").await.unwrap_err().to_string().contains("max_pages"));
}

#[track_caller]
fn check_page(body: &str, kind: &str) {
    let url = "https://www.eib.org/".parse().unwrap();
    let answer =
        Answer { url, media_type: String::new(), retrieved_at: DateTime::UNIX_EPOCH, body: body.to_owned().into() };
    assert_eq!(wire::Page::read(&answer).unwrap_err().kind(), kind, "{body}");
}

#[test]
fn an_answer_of_another_shape_is_no_empty_list() {
    check_page(r#"{"data": [{"id": "1"}, {"id"#, "cut short");
    check_page(r#"{"rows": []}"#, "unreadable");
    check_page(r#"{"data": [], "totalItems": 0, "valid": false, "message": "Error"}"#, "unreadable");
}

#[tokio::test]
async fn a_missing_page_is_no_issue_and_a_failing_one_fails_only_itself() {
    let server = server(&[&[ukrainian("1"), ukrainian("2"), ukrainian("3")]], 100, 3).await;
    let found = page(&[("Location", "Kharkiv"), ("Comments", "")]);
    let pages = [("1", ResponseTemplate::new(404)), ("2", ResponseTemplate::new(500))];
    for (id, answer) in pages.into_iter().chain([("3", ResponseTemplate::new(200).set_body_string(found))]) {
        Mock::given(path(format!("/en/projects/all/{id}"))).respond_with(answer).expect(1).mount(&server).await;
    }
    let harvest = harvest(&server, "").await.unwrap();
    let issues: Vec<_> = harvest.projects.iter().map(codes_of).collect();
    assert_eq!(issues, [vec![], vec!["DETAIL_NOT_READ"], vec![]]);
    assert_eq!(harvest.projects[2].locations, [PublishedLocation::Name("Kharkiv".to_owned())]);
}

/// Five projects whose pages all answer alike: every project says so once, and only so many pages are asked for.
async fn check_patience(answer: ResponseTemplate, asked: u64) {
    let rows: Vec<_> = ["1", "2", "3", "4", "5"].map(ukrainian).into();
    let server = server(&[&rows], 100, 5).await;
    Mock::given(path_regex("^/en/projects/all/")).respond_with(answer).expect(asked).mount(&server).await;
    let harvest = harvest(&server, "").await.unwrap();
    assert!(harvest.projects.iter().all(|project| codes_of(project) == ["DETAIL_NOT_READ"]));
}

#[tokio::test]
async fn a_site_that_refuses_is_not_asked_for_more_pages() {
    check_patience(ResponseTemplate::new(403), 1).await;
    check_patience(ResponseTemplate::new(429), 1).await;
    check_patience(ResponseTemplate::new(500), 3).await;
    check_patience(ResponseTemplate::new(200).set_body_string("<html>Just a moment...</html>"), 3).await;
}

#[test]
fn an_unknown_option_is_refused() {
    let http = HttpOptions::polite("https://www.eib.org/");
    let client = || {
        let clock = Arc::new(ManualClock::at(DateTime::UNIX_EPOCH));
        Client::new(http.clone(), Transport::network(&http).unwrap(), Arc::new(MemoryLedger), clock)
    };
    assert!(open(client(), &[], &"item_per_page = 1000".parse().unwrap()).is_ok());
    assert!(open(client(), &[], &"item_per_page = 0".parse().unwrap()).is_err());
    assert!(open(client(), &[], &"items = 1".parse().unwrap()).is_err());
}

#[tokio::test]
async fn the_baseline_reads_whole() {
    let harvest = stage::baseline(&PARTNER, &PARTNER.feeds[0], &[CountryCode::UA]).await.unwrap();
    assert_eq!(harvest.rejects, []);
    assert_eq!(harvest.issues, []);
    assert_eq!((harvest.projects.len(), harvest.announced), (34, Some(36)));
    let recording = stage::Recording::of(&PARTNER).unwrap();
    for project in &harvest.projects {
        assert!(project.countries.contains(&CountryCode::UA), "{}", project.id);
        assert!(recording.records().contains_key(project.id.native()), "{} has no source", project.id);
        assert!(!codes_of(project).contains(&codes::DETAIL_NOT_READ), "{}", project.id);
        assert_eq!(project.id.is_authored(), project.identifiers.is_empty(), "{}", project.id);
    }
}

#[tokio::test]
async fn the_same_recording_serves_another_country() {
    let moldova = CountryCode::new("MD").unwrap();
    let harvest = stage::baseline(&PARTNER, &PARTNER.feeds[0], &[moldova]).await.unwrap();
    assert_eq!(ids(&harvest), ["20090772", "20160888", "20240698", "authored-procredit-credit-lines-2020"]);
}

#[track_caller]
fn check_baseline(harvest: &Harvest, id: &str, signed_on: &str, amounts: &[&str], place: &str) {
    let project = harvest.projects.iter().find(|project| project.id.native() == id).unwrap();
    assert_eq!(project.signed_on.map(|date| date.to_string()).unwrap_or_default(), signed_on, "{id}");
    assert_eq!(amounts_of(project), amounts, "{id}");
    assert_eq!(project.locations, [PublishedLocation::Name(place.to_owned())], "{id}");
}

#[tokio::test]
async fn the_baseline_holds_the_metros_and_the_trams() {
    let harvest = stage::baseline(&PARTNER, &PARTNER.feeds[0], &[CountryCode::UA]).await.unwrap();
    let metro = ["Signed 160000000 EUR 2017-12-11"];
    check_baseline(&harvest, "authored-kharkiv-metro", "2017-12-11", &metro, "Kharkiv");
    let metro = ["Signed 152000000 EUR 2013-10-25", "TotalCost 305000000 EUR"];
    check_baseline(&harvest, "authored-dnipro-metro", "2013-10-25", &metro, "Dnipropetrovsk");
    let trams = ["Planned 75000000 EUR 2021-04-19", "TotalCost 100000000 EUR"];
    check_baseline(&harvest, "20200817", "", &trams, "Kharkiv");
}
