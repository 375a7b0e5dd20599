//! Pages that once surprised us, and the site's behaviour as a whole. Values in the pages written here are invented.

mod news_pages;

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, NaiveDate};
use rust_decimal::Decimal;
use wiremock::matchers::{method, path, query_param, query_param_is_missing};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::*;
use crate::http::{ManualClock, MemoryLedger, Transport};
use crate::model::{AmountBasis, Instrument, OrganisationRole, Project, ProjectStatus, codes};
use crate::stage;

const LIST: &str = "/en/project-financing/projects-approved-administrative-council/";
const TOWN: &str = "<h1>Example town social housing</h1>
    <ul><li>Approval date: 3 June 2022</li><li>Borrower:</li><li>Country: Lithuania</li>
    <li>Loan size: € 25 000 000</li><li>Line of action: Support for vulnerable groups</li><li>Status: In progress</li></ul>
    <p>The project part-finances homes.</p><p>Final beneficiaries: families from Ukraine.</p><p>Share this page</p>";

fn read(slug: &str, html: &str) -> Project {
    let page = wire::project(html).unwrap();
    let provenance = Provenance::new(FEED, None, DateTime::UNIX_EPOCH, page.text(), "text/plain");
    map::project(slug, &page, provenance)
}

fn issues(project: &Project) -> Vec<&str> {
    project.issues.iter().map(|issue| issue.code.as_str()).collect()
}

/// Replaces one field of the example page and hands the record to the look of it.
#[track_caller]
fn check<T: PartialEq + std::fmt::Debug>(field: &str, value: &str, look: impl Fn(&Project) -> T, expected: T) {
    let from = TOWN.find(&format!("{field}:")).unwrap();
    let to = from + TOWN[from..].find("</li>").unwrap();
    let page = format!("{}{field}: {value}{}", &TOWN[..from], &TOWN[to..]);
    assert_eq!(look(&read("town", &page)), expected, "{field}: {value}");
}

#[test]
fn a_page_is_read_by_its_labels() {
    let project = read("example-town-lithuania", TOWN);
    assert_eq!(project.id.as_str(), "ceb:example-town-lithuania");
    assert_eq!(project.titles[0].text, "Example town social housing");
    assert_eq!(project.approved_on.unwrap().to_string(), "2022-06-03");
    assert_eq!(project.countries, [CountryCode::new("LT").unwrap()]);
    assert_eq!(project.sectors[0].label, "Support for vulnerable groups");
    assert_eq!((project.status, project.status_native.as_deref()), (ProjectStatus::Implementing, Some("In progress")));
    assert_eq!(project.instrument, Instrument::Loan);
    let description = "The project part-finances homes.\n\nFinal beneficiaries: families from Ukraine.";
    assert_eq!(project.descriptions[0].text, description);
    assert_eq!((project.organisations.len(), issues(&project)), (0, vec![]));
    assert!(project.provenance.raw.starts_with("Example town social housing\nApproval date: 3 June 2022\nBorrower:\n"));
}

#[test]
fn other_markup_gives_the_same_record() {
    let rebuilt = "<nav><h1>Menu</h1><p>Country: none</p></nav><main><h1>Example town social housing</h1>
        <div><h6>Approval date</h6><b>3 June 2022</b></div><div><h6>Borrower</h6></div><div><h6>Country</h6>
        <span>Lithuania</span></div><div><h6>Loan size</h6>€&nbsp;25&#8239;000&#8201;000</div>
        <div><h6>Line of action</h6>Support for vulnerable groups</div><div><h6>Status</h6><div>In progress</div></div>
        <div>The project part-finances homes.</div><div><strong>Final beneficiaries:</strong> families from Ukraine.
        </div><p>Share this page</p></main><footer>Status: closed</footer>";
    let (first, second) = (read("town", TOWN), read("town", rebuilt));
    assert_eq!(first.descriptions, second.descriptions);
    assert_eq!((first.amounts[0].value, first.status), (second.amounts[0].value, second.status));
    assert_eq!((first.countries, first.approved_on), (second.countries, second.approved_on));
}

#[test]
fn without_final_beneficiaries_only_paragraphs_are_the_description() {
    let html = "<li>Country: Italy</li><p>Homes in a town.</p><div>Related</div><p>More <b>homes</b>.</p>";
    assert_eq!(read("town", html).descriptions[0].text, "Homes in a town.\n\nMore homes.");
}

#[test]
fn a_loan_size_is_read_with_any_kind_of_space() {
    let amount = |project: &Project| project.amount(AmountBasis::Approved).map(|money| money.value);
    for space in [" ", "\u{a0}", "\u{202f}", "\u{2009}", "&nbsp;", ","] {
        let printed = format!("€{}200{space}000{space}000", if space == "," { "" } else { space });
        check("Loan size", &printed, amount, Some(Decimal::from(200_000_000)));
    }
    check("Loan size", "", |project| (amount(project), project.instrument), (None, Instrument::Unknown));
    let prose = |project: &Project| (amount(project), project.amount_native.clone(), issues(project).join(" "));
    let text = "up to € 25 million in two parts";
    check("Loan size", text, prose, (None, Some(text.to_owned()), codes::AMOUNT_NOT_NUMERIC.to_owned()));
}

#[test]
fn a_country_is_found_by_its_old_names_too() {
    let countries = |project: &Project| project.countries.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    check("Country", "Czech Republic", countries, "CZ".to_owned());
    check("Country", "Slovak Republic", countries, "SK".to_owned());
    check("Country", "Türkiye", countries, "TR".to_owned());
    check("Country", "Turkey", countries, "TR".to_owned());
    check("Country", "Republic of Moldova", countries, "MD".to_owned());
    check("Country", "Bosnia and Herzegovina", countries, "BA".to_owned());
    check("Country", "Poland, Slovak Republic", countries, "PL SK".to_owned());
    let odd = |project: &Project| (countries(project), issues(project).join(" "));
    check("Country", "Poland / Atlantis", odd, ("PL".to_owned(), codes::UNKNOWN_COUNTRY.to_owned()));
}

#[test]
fn a_date_is_as_exact_as_printed() {
    let date = |project: &Project| (project.approved_on.map(|date| date.to_string()), issues(project).join(" "));
    let exact = |text: &str| (Some(text.to_owned()), String::new());
    check("Approval date", "07 June 2024", date, exact("2024-06-07"));
    check("Approval date", "November 2024", date, exact("2024-11"));
    check("Approval date", "2025", date, exact("2025"));
    check("Approval date", "soon", date, (None, codes::UNREADABLE_DATE.to_owned()));
    check("Approval date", "", date, (None, String::new()));
}

#[test]
fn a_status_that_nobody_mapped_keeps_its_word() {
    let status = |project: &Project| (project.status, project.status_native.clone(), issues(project).join(" "));
    let unknown = (ProjectStatus::Unknown, Some("Asleep".to_owned()), codes::UNKNOWN_STATUS.to_owned());
    check("Status", "Asleep", status, unknown);
    check("Status", "", status, (ProjectStatus::Unknown, None, String::new()));
}

#[test]
fn a_borrower_is_an_organisation() {
    let borrower = |project: &Project| project.organisations.first().map(|who| (who.role, who.name.clone()));
    check("Borrower", "Example Bank", borrower, Some((OrganisationRole::Borrower, "Example Bank".to_owned())));
}

#[test]
fn a_record_concerns_a_country_by_its_place_or_by_whole_words() {
    let concerns = |project: &Project| map::concerns(project, &[CountryCode::UA]);
    check("Country", "Lithuania", concerns, true);
    let page = |text: &str| read("town", &format!("<h1>{text}</h1><p>Country: Italy</p><p>Homes.</p>"));
    for (title, expected) in [
        ("Aid for Ukraine's neighbours", true),
        ("Aid for Ukrainians", true),
        ("Ukrainian refugees", true),
        ("Aid for Ukrainestan", false),
        ("Homes for students", false),
    ] {
        assert_eq!(concerns(&page(title)), expected, "{title}");
    }
    assert!(map::concerns(&page("Aid"), &[CountryCode::UA, CountryCode::new("it").unwrap()]));
    let moldova = [CountryCode::new("MD").unwrap()];
    assert!(map::concerns(&page("Schools in the Republic of Moldova"), &moldova));
}

#[test]
fn a_page_without_its_labels_is_no_project() {
    assert!(wire::project("<h1>Example</h1><p>Status quo and countryside</p>").is_none());
    assert!(wire::project("<p>Borrower:</p><p>Country:</p>").is_none());
}

#[test]
fn a_list_links_to_projects_below_it_and_to_its_next_page() {
    let page = Url::parse(&format!("http://localhost:1/hub{LIST}?page=1")).unwrap();
    let html = format!(
        "<a href='{LIST}'>All</a> <a href='/en/news/a/'>News</a> <a href='{LIST}a-poland'>A</a>
         <a href='https://www.example.org{LIST}b%C3%A9-italy/?x=1#top'>B</a> <a href='c-spain/'>C</a>
         <a href='{LIST}page/2/'>2</a> <a href='?page=2' aria-label='Next page'>&gt;</a>"
    );
    let list_path = LIST.trim_matches('/');
    let read = wire::list(&html, &page, list_path);
    let slugs: Vec<&str> = read.projects.iter().map(|link| link.slug.as_str()).collect();
    assert_eq!(slugs, ["a-poland", "bé-italy", "c-spain"]);
    assert_eq!(read.projects[1].path, format!("{list_path}/b%C3%A9-italy/"));
    assert_eq!(read.next, Some(format!("{list_path}/?page=2")));
    let related = wire::list("<link rel='next' href='page/2/'>", &page, list_path);
    assert_eq!(related.next, Some(format!("{list_path}/page/2/")));
}

#[tokio::test]
async fn the_baseline_holds_what_the_facts_state() {
    let harvest = stage::baseline(&PARTNER, &PARTNER.feeds[0], &[CountryCode::UA]).await.unwrap();
    let find = |slug: &str| harvest.projects.iter().find(|project| project.id.native() == slug).unwrap();
    assert_eq!((harvest.projects.len(), harvest.rejects.len(), harvest.issues.len()), (15, 0, 0));
    assert_eq!(harvest.published_at, NaiveDate::from_ymd_opt(2023, 11, 17));
    let loans = harvest.projects.iter().filter(|project| project.instrument == Instrument::Loan);
    let sum =
        |basis| loans.clone().filter_map(|project| project.amount(basis)).map(|money| money.value).sum::<Decimal>();
    assert_eq!(sum(AmountBasis::Approved), Decimal::from(1_875_000_000));
    assert_eq!(sum(AmountBasis::Signed), Decimal::from(650_000_000));
    let in_ukraine = harvest.projects.iter().filter(|project| project.countries == [CountryCode::UA]).count();
    assert_eq!(in_ukraine, 5);

    let czech = find("aid-displaced-persons-fleeing-conflict-ukraine-czech-republic");
    assert_eq!(czech.identifiers[0].value, czech.id.native());
    assert_eq!(
        czech.provenance.url.as_deref(),
        Some(format!("https://coebank.org{LIST}{}/", czech.id.native()).as_str())
    );
    assert_eq!(czech.status, ProjectStatus::Implementing);
    assert_eq!(issues(czech), [codes::AUTHORED_FIXTURE]);

    let poland = find("authored-aid-fund-poland");
    assert_eq!(issues(poland), [codes::AUTHORED_IDENTIFIER, codes::MISSING_TITLE, codes::AUTHORED_FIXTURE]);
    assert_eq!((poland.identifiers.len(), poland.titles.len(), poland.organisations.len()), (0, 0, 1));

    let homes = ["authored-home-ukraine", "authored-home-additional-ukraine"].map(find);
    let approved = homes.map(|home| home.amount(AmountBasis::Approved).unwrap().value);
    assert_eq!(approved, [Decimal::from(100_000_000); 2]);
    assert!(homes.iter().all(|home| home.locations.is_empty()));
    assert_eq!(homes.map(|home| home.signed_on.map(|on| on.to_string())), [Some("2024-06-11".to_owned()), None]);
    assert_eq!(find("authored-heal-ukraine").signed_on.unwrap().to_string(), "2024-06");
    assert_eq!(find("authored-internally-displaced-persons-ukraine").approved_on.unwrap().to_string(), "2024-11");
}

#[tokio::test]
async fn every_record_of_the_index_is_in_the_baseline() {
    let harvest = stage::baseline(&PARTNER, &PARTNER.feeds[0], &[CountryCode::UA]).await.unwrap();
    let mut ids: Vec<&str> = harvest.projects.iter().map(|project| project.id.native()).collect();
    ids.sort_unstable();
    let recording = stage::Recording::of(&PARTNER).unwrap();
    assert_eq!(ids, recording.records().keys().map(String::as_str).collect::<Vec<_>>());
}

/// A site that a test builds, and a connector that reads it.
struct Site {
    server: MockServer,
    clock: Arc<ManualClock>,
    options: toml::Table,
}

impl Site {
    async fn new() -> Self {
        let options = toml::from_str("news_pages = 0").unwrap(); // Most tests are about the projects.
        Self { server: MockServer::start().await, clock: Arc::new(ManualClock::at(DateTime::UNIX_EPOCH)), options }
    }

    /// Lists projects on the first page of the list.
    async fn lists(self, slugs: &[&str]) -> Self {
        let page = links(slugs);
        let first = Mock::given(method("GET")).and(path(LIST)).and(query_param_is_missing("page"));
        first.respond_with(html(&page)).mount(&self.server).await;
        self
    }

    async fn page(self, slug: &str, answer: ResponseTemplate) -> Self {
        Mock::given(method("GET")).and(path(format!("{LIST}{slug}/"))).respond_with(answer).mount(&self.server).await;
        self
    }

    async fn harvest(&self) -> Result<Harvest, Failure> {
        let base_url = Url::parse(&self.server.uri()).unwrap();
        let options = HttpOptions { base_url, pace_ms: 0, ..(PARTNER.http)() };
        let transport = Transport::network(&options).unwrap();
        let client = Client::new(options, transport, Arc::new(MemoryLedger), self.clock.clone());
        open(client, &[CountryCode::UA], &self.options).unwrap().harvest(&Slice::Everything).await
    }

    async fn requests(&self) -> usize {
        self.server.received_requests().await.unwrap().len()
    }
}

fn links(slugs: &[&str]) -> String {
    slugs.iter().map(|slug| format!("<a href='{LIST}{slug}/'>{slug}</a>")).collect()
}

fn html(body: &str) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_raw(body, "text/html; charset=utf-8")
}

#[tokio::test]
async fn a_page_that_is_gone_or_rebuilt_is_rejected_and_the_others_stand() {
    let site = Site::new().await.lists(&["a", "gone", "b", "odd", "c"]).await;
    let site = site.page("a", html(TOWN)).await.page("b", html(TOWN)).await.page("c", html(TOWN)).await;
    let harvest = site.page("odd", html("<p>New site</p>")).await.harvest().await.unwrap();
    assert_eq!(harvest.projects.len(), 3);
    let rejects: Vec<(&str, &str)> =
        harvest.rejects.iter().map(|reject| (reject.position.as_str(), reject.raw.as_str())).collect();
    assert_eq!(rejects, [("project 2 of 5, gone", ""), ("project 4 of 5, odd", "New site")]);
    assert!(harvest.rejects.iter().all(|reject| reject.reason.starts_with("Unreadable page: ")));
}

#[tokio::test]
async fn a_rebuilt_site_is_unreadable() {
    let site = Site::new().await.lists(&["a", "b"]).await;
    let site = site.page("a", html("<p>New site</p>")).await.page("b", html("<p>New site</p>")).await;
    assert_eq!(site.harvest().await.unwrap_err().kind(), "unreadable");
    assert_eq!(Site::new().await.lists(&[]).await.harvest().await.unwrap_err().kind(), "unreadable");
}

#[tokio::test]
async fn faults_in_a_row_end_the_reading_and_a_single_one_does_not() {
    let names = ["a", "b", "c", "d", "e", "f"];
    let mut site = Site::new().await.lists(&names).await;
    for name in ["a", "b", "c", "e", "f"] {
        site = site.page(name, html(TOWN)).await;
    }
    let one = site.page("d", ResponseTemplate::new(403)).await.harvest().await.unwrap();
    assert_eq!((one.projects.len(), one.rejects.len()), (5, 1));

    let mut site = Site::new().await.lists(&names).await;
    for name in &names[..3] {
        site = site.page(name, html(TOWN)).await;
    }
    for name in &names[3..] {
        site = site.page(name, ResponseTemplate::new(403)).await;
    }
    assert_eq!(site.harvest().await.unwrap_err().kind(), "refused");
}

#[tokio::test]
async fn a_throttled_page_is_waited_for() {
    let site = Site::new().await.lists(&["a"]).await;
    let wait = ResponseTemplate::new(429).insert_header("Retry-After", "7");
    let once = Mock::given(path(format!("{LIST}a/"))).respond_with(wait).up_to_n_times(1);
    once.mount(&site.server).await;
    let site = site.page("a", html(TOWN)).await;
    assert_eq!(site.harvest().await.unwrap().projects.len(), 1);
    assert_eq!(site.clock.waits(), [Duration::from_secs(7)]);
}

#[tokio::test]
async fn a_list_that_shows_its_last_page_again_ends_with_a_word() {
    let site = Site::new().await.page("a", html(TOWN)).await.page("b", html(TOWN)).await;
    for (number, names) in [("2", ["b"]), ("3", ["b"])] {
        let next = links(&names) + "<a rel='next' href='?page=3'>more</a>";
        Mock::given(query_param("page", number)).respond_with(html(&next)).mount(&site.server).await;
    }
    let first = links(&["a", "a"]) + "<a href='?page=2'>Next</a>";
    Mock::given(path(LIST)).respond_with(html(&first)).mount(&site.server).await;
    let harvest = site.harvest().await.unwrap();
    assert_eq!((harvest.projects.len(), harvest.issues[0].code.as_str()), (2, codes::FEWER_ROWS_THAN_ANNOUNCED));
    assert_eq!(site.requests().await, 5);
}

#[tokio::test]
async fn a_list_without_end_is_unreadable() {
    let site = Site::new().await;
    let endless = |request: &wiremock::Request| {
        let number = request.url.query().and_then(|query| query.strip_prefix("page=")?.parse().ok()).unwrap_or(1);
        html(&format!("<a href='{LIST}p{number}/'>p</a><a href='?page={}'>Next</a>", number + 1))
    };
    Mock::given(path(LIST)).respond_with(endless).mount(&site.server).await;
    assert_eq!(site.harvest().await.unwrap_err().kind(), "unreadable");
    assert!(site.requests().await <= MOST_LIST_PAGES + 1);
}
