//! Rows and answers that once surprised somebody.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, TimeZone, Utc};
use wiremock::matchers::{method, path, query_param};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use super::PARTNER;
use crate::connector::{Connector, Failure, Harvest, Slice};
use crate::http::{Client, HttpOptions, Ledger, ManualClock, MemoryLedger, Transport};
use crate::model::{AmountBasis, CountryCode, Instrument, Project, codes};
use crate::stage;

const DATA: &str = "/dcd-public/rest/data/OECD.DCD.FSD,DSD_CRS@DF_CRS,1.6/.UKR.....C+D.V.DD..";
const HEADER: &str = include_str!("fixtures/2017.csv");

type Cells = &'static [(&'static str, &'static str)];

/// A commitment of 2021 as Sweden might report it; each test changes what it is about.
const ROW: Cells = &[
    ("DONOR", "SWE"),
    ("Donor", "Sweden"),
    ("RECIPIENT", "UKR"),
    ("SECTOR", "15112"),
    ("Sector", "Decentralisation"),
    ("FLOW_TYPE", "C"),
    ("PRICE_BASE", "V"),
    ("MD_DIM", "DD"),
    ("UNIT_MEASURE", "USD"),
    ("TIME_PERIOD", "2021"),
    ("OBS_VALUE", "1.25"),
    ("UNIT_MULT", "6"),
    ("OECD_ID", "2021000001"),
    ("DONOR_PROJECT_ID", "SE-1"),
    ("PROJECT_TITLE", "Local self-government"),
];

fn header() -> &'static str {
    HEADER.lines().next().unwrap()
}

/// A row under the full header, the first column of a name filled.
fn row(changes: Cells) -> String {
    let mut cells: BTreeMap<_, _> = ROW.iter().copied().collect();
    cells.extend(changes.iter().copied());
    let fields = header().split(',').map(|name| cells.remove(name).unwrap_or_default());
    let line = fields.collect::<Vec<_>>().join(",");
    assert!(cells.is_empty(), "no such columns: {cells:?}");
    line
}

fn file(rows: &[String]) -> String {
    format!("{}\r\n{}\r\n", header(), rows.join("\r\n"))
}

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2022, 6, 1, 0, 0, 0).unwrap()
}

fn connector(options: HttpOptions, ledger: Arc<dyn Ledger>, own: &str) -> Box<dyn Connector> {
    let transport = Transport::network(&options).unwrap();
    let client = Client::new(options, transport, ledger, Arc::new(ManualClock::at(now())));
    (PARTNER.feeds[0].open)(client, &[CountryCode::UA], &toml::from_str(own).unwrap()).unwrap()
}

fn options(server: &MockServer) -> HttpOptions {
    HttpOptions { base_url: server.uri().parse().unwrap(), ..(PARTNER.http)() }
}

async fn harvest_of(server: &MockServer, own: &str) -> Result<Harvest, Failure> {
    let connector = connector(options(server), Arc::new(MemoryLedger), own);
    connector.harvest(&Slice::Country(CountryCode::UA)).await
}

/// What comes of the same answer to every call.
async fn answered(status: u16, body: &str) -> Result<Harvest, Failure> {
    let server = MockServer::start().await;
    let answer = ResponseTemplate::new(status).set_body_string(body);
    Mock::given(method("GET")).respond_with(answer).mount(&server).await;
    harvest_of(&server, "").await
}

/// What comes of these files, by year; other years have no rows.
async fn read(years: &[(i32, String)]) -> Harvest {
    let server = MockServer::start().await;
    for (year, body) in years {
        let year = year.to_string();
        let matching =
            Mock::given(path(DATA)).and(query_param("startPeriod", &*year)).and(query_param("endPeriod", &*year));
        matching.respond_with(ResponseTemplate::new(200).set_body_string(body.clone())).mount(&server).await;
    }
    let empty = ResponseTemplate::new(404).set_body_string("NoRecordsFound");
    Mock::given(method("GET")).respond_with(empty).with_priority(9).mount(&server).await;
    harvest_of(&server, "").await.unwrap()
}

async fn read_2021(rows: &[Cells]) -> Harvest {
    read(&[(2021, file(&rows.iter().map(|changes| row(changes)).collect::<Vec<_>>()))]).await
}

/// Reads rows of one activity.
async fn one(rows: &[Cells]) -> Project {
    let harvest = read_2021(rows).await;
    assert_eq!((harvest.projects.len(), harvest.rejects.as_slice()), (1, [].as_slice()));
    harvest.projects.into_iter().next().unwrap()
}

fn amount(project: &Project, basis: AmountBasis) -> Option<(String, Option<String>)> {
    let money = project.amount(basis)?;
    Some((format!("{} {}", money.value, money.currency), money.date.map(|date| date.to_string())))
}

fn stated(value: &str, date: Option<&str>) -> Option<(String, Option<String>)> {
    Some((value.to_owned(), date.map(str::to_owned)))
}

fn issues(project: &Project) -> Vec<&str> {
    project.issues.iter().map(|issue| issue.code.as_str()).collect()
}

#[tokio::test]
async fn no_rows_are_an_empty_answer_with_any_status() {
    for (status, body) in [
        (200, "NoRecordsFound"),
        (200, "{\"code\": 404,\n\"text\": \"No Results Found\"}"),
        (200, "<Error><Text>NoRecordsFound</Text></Error>"),
        (400, "NoRecordsFound"),
        (404, "NoRecordsFound"),
        (404, ""),
        (404, "Not Found"),
        (500, "NoRecordsFound"),
    ] {
        let harvest = answered(status, body).await.unwrap();
        assert_eq!((harvest.projects.len(), harvest.rejects.len()), (0, 0), "{status} {body}");
        assert_eq!(harvest.issues[0].code, codes::NOTHING_PUBLISHED, "{status} {body}");
    }
    let only_header = answered(200, &format!("{}\n", header())).await.unwrap();
    assert!(only_header.projects.is_empty());
}

#[tokio::test]
async fn a_wrong_version_says_so_with_any_status() {
    for text in ["Could not find Dataflow and/or DSD", "Could not find DSD", "Dataflow not found"] {
        for status in [200, 404, 500] {
            let failure = answered(status, text).await.unwrap_err();
            let message = failure.to_string();
            assert_eq!(failure.kind(), "unreadable", "{status} {text}");
            assert!(message.contains("version 1.6") && message.contains("option `version`"), "{message}");
        }
    }
}

#[tokio::test]
async fn other_answers_are_failures() {
    let page = "<!DOCTYPE html><title>Just a moment...</title>";
    let own_rule = Some(Duration::from_secs(3_600));
    for (status, body, kind, wait) in [
        (403, "Forbidden", "refused", None),
        (200, page, "refused", None),
        (404, page, "not found", None),
        (429, "You have exceeded the number of requests for data downloads", "throttled", own_rule),
        (200, "You have exceeded the number of requests for data downloads", "throttled", own_rule),
        (500, "The data space is not set to public", "unreadable", None),
        (500, "Internal error", "unavailable", None),
        (200, "", "cut short", None),
        (200, &header()[..400], "cut short", None),
        (200, "DONOR,RECIPIENT\nSWE,UKR\n", "unreadable", None),
    ] {
        let failure = answered(status, body).await.unwrap_err();
        assert_eq!((failure.kind(), failure.wait()), (kind, wait), "{status} {body}");
    }
}

#[tokio::test]
async fn a_wait_that_the_service_names_is_kept() {
    let server = MockServer::start().await;
    let answer = ResponseTemplate::new(429).insert_header("Retry-After", "120");
    Mock::given(method("GET")).respond_with(answer).expect(1).mount(&server).await;
    assert_eq!(harvest_of(&server, "").await.unwrap_err().wait(), Some(Duration::from_secs(120)));
}

#[tokio::test]
async fn a_torn_last_row_is_a_cut_answer_and_a_short_whole_row_a_reject() {
    let whole = file(&[row(&[]), row(&[])]);
    let failure = answered(200, &whole[..whole.len() - 80]).await.unwrap_err();
    assert_eq!(failure.kind(), "cut short");
    let harvest = read(&[(2021, file(&[row(&[]), "DATAFLOW,too,short".to_owned()]))]).await;
    assert_eq!((harvest.projects.len(), harvest.rejects.len()), (1, 1));
}

#[tokio::test]
async fn ten_published_years_are_asked_after_the_unpublished_ones() {
    let server = MockServer::start().await;
    let rows = file(&[row(&[("TIME_PERIOD", "2019")])]);
    let published = Mock::given(path(DATA)).and(query_param("startPeriod", "2019"));
    published.respond_with(ResponseTemplate::new(200).set_body_string(rows)).mount(&server).await;
    let empty = ResponseTemplate::new(404).set_body_string("NoRecordsFound");
    Mock::given(method("GET")).respond_with(empty).with_priority(9).mount(&server).await;
    check_years(&server, "", (2010..=2021).rev().collect()).await;
    check_years(&server, "years = 2", (2018..=2021).rev().collect()).await;
    server.reset().await;
    let empty = ResponseTemplate::new(404).set_body_string("NoRecordsFound");
    Mock::given(method("GET")).respond_with(empty).mount(&server).await;
    check_years(&server, "", (2007..=2021).rev().collect()).await;
}

async fn check_years(server: &MockServer, own: &str, expected: Vec<i32>) {
    let before = server.received_requests().await.unwrap().len();
    harvest_of(server, own).await.unwrap();
    let year = |request: &Request| {
        request.url.query_pairs().find(|(name, _)| name == "startPeriod").unwrap().1.parse::<i32>().unwrap()
    };
    let asked: Vec<_> = server.received_requests().await.unwrap()[before..].iter().map(year).collect();
    assert_eq!(asked, expected);
}

#[tokio::test]
async fn version_and_flow_can_be_set_and_other_keys_are_refused() {
    let server = MockServer::start().await;
    let rows = ResponseTemplate::new(200).set_body_string(file(&[row(&[])]));
    Mock::given(path(DATA.replace("1.6", "1.7").replace("DF_CRS,", "DF_NEW,"))).respond_with(rows).mount(&server).await;
    let own = "version = '1.7'\nflow = 'OECD.DCD.FSD,DSD_CRS@DF_NEW'";
    assert_eq!(harvest_of(&server, own).await.unwrap().projects.len(), 1);
    let client = Client::new(
        options(&server),
        Transport::network(&options(&server)).unwrap(),
        Arc::new(MemoryLedger),
        Arc::new(ManualClock::at(now())),
    );
    for own in ["vresion = '1.7'", "years = 0"] {
        assert!((PARTNER.feeds[0].open)(client.clone(), &[], &toml::from_str(own).unwrap()).is_err(), "{own}");
    }
}

#[tokio::test]
async fn a_country_that_is_no_recipient_is_a_clear_failure() {
    let server = MockServer::start().await;
    let connector = connector(options(&server), Arc::new(MemoryLedger), "");
    let poland = Slice::Country(CountryCode::new("PL").unwrap());
    let failure = connector.harvest(&poland).await.unwrap_err().to_string();
    assert!(failure.contains("PL is no recipient") && failure.contains("MD"), "{failure}");
    assert_eq!(connector.narrowest(&poland), poland);
}

#[derive(Default)]
struct Shelf(Mutex<Vec<DateTime<Utc>>>);

#[async_trait]
impl Ledger for Shelf {
    async fn load(&self) -> Vec<DateTime<Utc>> {
        self.0.lock().unwrap().clone()
    }

    async fn save(&self, instants: &[DateTime<Utc>]) {
        *self.0.lock().unwrap() = instants.to_vec();
    }
}

#[tokio::test]
async fn sixty_downloads_an_hour_are_kept_over_a_restart() {
    let server = MockServer::start().await;
    let rows = ResponseTemplate::new(404).set_body_string("NoRecordsFound");
    Mock::given(method("GET")).respond_with(rows).expect(60).mount(&server).await;
    let options = HttpOptions { pace_ms: 0, ..options(&server) };
    let shelf: Arc<dyn Ledger> = Arc::new(Shelf::default());
    for _ in 0..4 {
        let restarted = connector(options.clone(), shelf.clone(), "");
        restarted.harvest(&Slice::Everything).await.unwrap();
    }
    let failure = connector(options, shelf, "").harvest(&Slice::Everything).await.unwrap_err();
    assert_eq!((failure.kind(), failure.wait()), ("throttled", Some(Duration::from_secs(3_600))));
}

#[tokio::test]
async fn one_activity_is_gathered_over_years_purposes_and_flow_types() {
    let of_2020 = file(&[
        row(&[("TIME_PERIOD", "2020"), ("OECD_ID", "2020000007"), ("OBS_VALUE", "0.5"), ("PROJECT_TITLE", "Older")]),
        row(&[("TIME_PERIOD", "2020"), ("FLOW_TYPE", "D"), ("OBS_VALUE", "0.25")]),
    ]);
    let of_2021 = file(&[
        row(&[]),
        row(&[("OBS_VALUE", "0.1"), ("OECD_ID", "2021000002")]),
        row(&[("SECTOR", "14022"), ("Sector", "Sanitation"), ("OBS_VALUE", "3")]),
        row(&[("DONOR_PROJECT_ID", "SE-2")]),
        row(&[("DONOR", "NOR")]),
    ]);
    let harvest = read(&[(2020, of_2020), (2021, of_2021)]).await;
    let ids: Vec<_> = harvest.projects.iter().map(|project| project.id.as_str()).collect();
    assert_eq!(ids, ["oecd:SWE:SE-1", "oecd:SWE:SE-2", "oecd:NOR:SE-1"]);
    let project = &harvest.projects[0];
    assert_eq!(project.titles[0].text, "Local self-government");
    assert_eq!(amount(project, AmountBasis::Committed), stated("4850000 USD", None));
    assert_eq!(amount(project, AmountBasis::Disbursed), stated("250000 USD", Some("2020")));
    let sectors: Vec<_> = project.sectors.iter().map(|sector| (sector.code.as_deref(), &*sector.label)).collect();
    assert_eq!(sectors, [(Some("14022"), "Sanitation"), (Some("15112"), "Decentralisation")]);
    let contributions = project.contributions.iter().map(|part| {
        let amount = (part.kind.as_str(), part.amount.value.to_string());
        (part.date.unwrap().to_string(), amount, part.sector.as_deref().unwrap(), part.reference.as_deref())
    });
    let contributions: Vec<_> = contributions.collect();
    let expected = |year: &str, kind, value: &str, sector, reference| {
        (year.to_owned(), (kind, value.to_owned()), sector, reference)
    };
    assert_eq!(
        contributions,
        [
            expected("2020", "Commitments", "500000", "15112", Some("2020000007")),
            expected("2020", "Disbursements", "250000", "15112", Some("2021000001")),
            expected("2021", "Commitments", "3000000", "14022", Some("2021000001")),
            expected("2021", "Commitments", "1350000", "15112", None),
        ]
    );
    let lines: Vec<_> = project.provenance.raw.lines().collect();
    assert_eq!((lines.len(), lines[0], lines[1]), (6, header(), &*row(&[])));
}

#[tokio::test]
async fn amounts_are_exact_and_keep_their_sign() {
    let project = one(&[&[("OBS_VALUE", "12.955397")]]).await;
    assert_eq!(amount(&project, AmountBasis::Committed), stated("12955397 USD", Some("2021")));
    assert_eq!(amount(&project, AmountBasis::Disbursed), None);
    let zero = one(&[&[("OBS_VALUE", "0.0"), ("FLOW_TYPE", "D")]]).await;
    assert_eq!(amount(&zero, AmountBasis::Disbursed), stated("0 USD", Some("2021")));
    let cancelled = one(&[&[], &[("OBS_VALUE", "-2")]]).await;
    assert_eq!(amount(&cancelled, AmountBasis::Committed), stated("-750000 USD", Some("2021")));
    assert_eq!(issues(&cancelled), [codes::NEGATIVE_AMOUNT]);
}

#[tokio::test]
async fn a_row_without_provider_or_value_is_an_activity_without_amounts() {
    let titled = one(&[&[
        ("DONOR", ""),
        ("Donor", ""),
        ("DONOR_PROJECT_ID", "_Z"),
        ("OECD_ID", "0012"),
        ("OBS_VALUE", ""),
        ("UNIT_MULT", ""),
        ("FLOW_TYPE", ""),
        ("PRICE_BASE", ""),
        ("SECTOR", ""),
    ]])
    .await;
    assert_eq!(titled.id.as_str(), "oecd:unknown:crs-0012");
    assert_eq!((titled.amounts.len(), titled.contributions.len(), titled.organisations.len()), (0, 0, 0));
    assert_eq!((titled.sectors[0].code.as_deref(), &*titled.sectors[0].label), (None, "Decentralisation"));
    assert!(one(&[&[("OBS_VALUE", "NaN")]]).await.amounts.is_empty());
}

#[tokio::test]
async fn titles_fall_back_and_are_missed_aloud() {
    let short = one(&[&[("PROJECT_TITLE", "_Z"), ("SHORT_DESCRIPTION", "SHORT")]]).await;
    assert_eq!((short.titles[0].text.as_str(), short.titles[0].language.as_str()), ("SHORT", "und"));
    let long = one(&[&[("PROJECT_TITLE", ""), ("LONG_DESCRIPTION", "Long")]]).await;
    assert_eq!(
        (long.titles.len(), long.descriptions[0].text.as_str(), issues(&long)),
        (0, "Long", vec![codes::MISSING_TITLE])
    );
}

#[tokio::test]
async fn provider_agency_and_channel_stay_with_the_record() {
    let project = one(&[&[
        ("DONOR", "4EU001"),
        ("Donor", "EU Institutions"),
        ("DONOR_AGENCY", "3"),
        ("Donor agency", "European Investment Bank"),
        ("CHANNELDELIVERY_CODE", "12002"),
        ("CHANNELDELIVERY_NAME", "Local Government"),
        ("DRR", "0"),
    ]])
    .await;
    let identifiers: Vec<_> = project.identifiers.iter().map(|id| format!("{}={}", id.scheme, id.value)).collect();
    let expected =
        ["crs=2021000001", "crs-donor-project=SE-1", "crs-donor=4EU001", "crs-agency=3", "crs-channel=12002"];
    assert_eq!(identifiers, expected);
    let organisations: Vec<_> =
        project.organisations.iter().map(|one| (&*one.name, one.reference.as_deref().unwrap())).collect();
    assert_eq!(
        organisations,
        [
            ("EU Institutions", "crs-donor:4EU001"),
            ("European Investment Bank", "crs-agency:3"),
            ("Local Government", "crs-channel:12002"),
        ]
    );
    let all_channels = one(&[&[("CHANNEL", "_T"), ("Channel", "")]]).await;
    assert!(all_channels.identifiers.iter().all(|identifier| identifier.scheme != "crs-channel"));
}

#[tokio::test]
async fn instruments_follow_finance_type_and_modality() {
    for (finance_type, modality, expected) in [
        ("110", "C01", Instrument::Grant),
        ("110", "D02", Instrument::TechnicalAssistance),
        ("421", "C01", Instrument::Loan),
        ("431", "", Instrument::Loan),
        ("510", "", Instrument::Equity),
        ("1100", "", Instrument::Guarantee),
        ("610", "F01", Instrument::Other),
        ("", "C01", Instrument::Unknown),
    ] {
        let line = row(&[("FINANCETYPE_CODE", "FINANCE"), ("MODALITY", "MODE")]);
        let line = line.replace("FINANCE,", &format!("{finance_type},")).replace("MODE,", &format!("{modality},"));
        let project = read(&[(2021, file(&[line]))]).await.projects.remove(0);
        assert_eq!(project.instrument, expected, "{finance_type} {modality}");
    }
    let mixed = one(&[&[("FINANCETYPE_CODE", "110")], &[("FINANCETYPE_CODE", "421"), ("OBS_VALUE", "9")]]).await;
    assert_eq!(mixed.instrument, Instrument::Loan);
}

#[tokio::test]
async fn rows_that_were_not_asked_for_or_cannot_be_read_are_rejects() {
    for (changes, reason) in [
        ([("RECIPIENT", "MDA")].as_slice() as Cells, "RECIPIENT is MDA"),
        (&[("TIME_PERIOD", "2020")], "TIME_PERIOD is 2020"),
        (&[("MD_DIM", "_T")], "MD_DIM is _T"),
        (&[("PRICE_BASE", "Q")], "PRICE_BASE is Q"),
        (&[("FLOW_TYPE", "G")], "flow type is G"),
        (&[("OBS_VALUE", "a lot")], "a lot with the multiplier 6"),
        (&[("UNIT_MULT", "")], "multiplier nothing"),
        (&[("UNIT_MEASURE", "XDC1")], "`XDC1` is not an ISO 4217 code"),
        (&[("UNIT_MEASURE", "EUR")], "the activity is in USD, this row in EUR"),
        (&[("OECD_ID", ""), ("DONOR_PROJECT_ID", "")], "neither"),
    ] {
        let harvest = read_2021(&[&[], changes, &[]]).await;
        let project = &harvest.projects[0];
        assert_eq!(amount(project, AmountBasis::Committed), stated("2500000 USD", Some("2021")), "{reason}");
        let [reject] = harvest.rejects.as_slice() else { panic!("{reason}: {:?}", harvest.rejects) };
        assert!(reject.reason.contains(reason), "{}", reject.reason);
        assert_eq!((reject.position.as_str(), &reject.raw), ("UKR 2021, line 3", &row(changes)));
    }
}

#[tokio::test]
async fn an_answer_to_another_question_is_unreadable() {
    let stray = row(&[("RECIPIENT", "MDA")]);
    let failure = answered(200, &file(&vec![stray; 1_001])).await.unwrap_err();
    assert!(failure.to_string().contains("RECIPIENT is MDA where UKR was asked for"), "{failure}");
}

#[tokio::test]
async fn evidence_has_a_limit_and_sums_have_none() {
    let project = one(&[&[] as Cells; 200]).await;
    assert_eq!(amount(&project, AmountBasis::Committed), stated("250000000 USD", Some("2021")));
    assert!(project.provenance.raw.len() < 20_000);
    assert_eq!(issues(&project), [codes::RAW_SHORTENED]);
}

#[tokio::test]
async fn quoted_commas_quotes_and_line_breaks_stay_in_their_field() {
    let line = row(&[("PROJECT_TITLE", "TITLE")]).replace("TITLE", "\"Water, \"\"heat\"\"\nand light\"");
    let harvest = read(&[(2021, file(&[line]))]).await;
    assert_eq!(harvest.projects[0].titles[0].text, "Water, \"heat\"\nand light");
}

#[tokio::test]
async fn a_row_in_another_encoding_is_read_by_a_guess_and_says_so() {
    let server = MockServer::start().await;
    let mut body = file(&[row(&[("PROJECT_TITLE", "Caf")])]).into_bytes();
    let end = body.windows(3).position(|letters| letters == b"Caf").unwrap() + 3;
    body.insert(end, 0xE9);
    Mock::given(path(DATA)).respond_with(ResponseTemplate::new(200).set_body_bytes(body)).mount(&server).await;
    let harvest = harvest_of(&server, "years = 1").await.unwrap();
    assert_eq!(harvest.projects[0].titles[0].text, "Café");
    assert_eq!(issues(&harvest.projects[0]), [codes::ENCODING_GUESSED]);
}

#[tokio::test]
async fn another_recipient_is_part_of_the_id() {
    let server = MockServer::start().await;
    let rows = ResponseTemplate::new(200).set_body_string(file(&[row(&[("RECIPIENT", "MDA")])]));
    Mock::given(path(DATA.replace("UKR", "MDA"))).respond_with(rows).mount(&server).await;
    let connector = connector(options(&server), Arc::new(MemoryLedger), "years = 1");
    let moldova = CountryCode::new("MD").unwrap();
    let harvest = connector.harvest(&Slice::Country(moldova)).await.unwrap();
    assert_eq!(harvest.projects[0].id.as_str(), "oecd:SWE:SE-1:MD");
    assert_eq!(harvest.projects[0].countries, [moldova]);
}

#[tokio::test]
async fn the_baseline_holds_the_facts_and_nothing_else() {
    let harvest = stage::baseline(&PARTNER, &PARTNER.feeds[0], &[CountryCode::UA]).await.unwrap();
    assert_eq!((harvest.projects.len(), harvest.rejects.len(), harvest.issues.len()), (36 + 26, 0, 0));
    let with_amounts: Vec<_> = harvest.projects.iter().filter(|project| !project.amounts.is_empty()).collect();
    assert_eq!(with_amounts.len(), 36);
    let total = |basis| {
        let values = with_amounts.iter().filter_map(|project| project.amount(basis));
        values.map(|money| money.value).sum::<rust_decimal::Decimal>().to_string()
    };
    assert_eq!((total(AmountBasis::Committed), total(AmountBasis::Disbursed)), ("103345480".into(), "46452458".into()));
    assert!(with_amounts.iter().all(|project| project.id.is_authored()));
    assert_eq!(with_amounts.iter().filter(|project| project.titles.is_empty()).count(), 8);
    let titled = harvest.projects.iter().filter(|project| project.id.native().starts_with("unknown:crs-"));
    assert_eq!(titled.count(), 26);
    let first = &harvest.projects[0];
    assert_eq!(first.id.as_str(), "oecd:AUT:authored-indirect-student-costs");
    assert_eq!(amount(first, AmountBasis::Committed), stated("12955397 USD", Some("2021")));
    assert_eq!(issues(first), [codes::AUTHORED_IDENTIFIER, codes::AUTHORED_FIXTURE]);
    let health = harvest.projects.iter().find(|project| project.id.as_str() == "oecd:unknown:crs-2015004870").unwrap();
    assert_eq!(health.sectors.len(), 3);
    for project in &harvest.projects {
        let url = project.provenance.url.as_deref().unwrap();
        assert!(url.starts_with("https://github.com/"), "{} has no public source: {url}", project.id);
        assert_eq!(project.countries, [CountryCode::UA]);
    }
}
