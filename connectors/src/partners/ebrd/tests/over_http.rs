//! What is asked of the site, and what becomes of its answers.

use super::*;

const LIST_PATH: &str = "/content/dam/ebrd_dxp/projectsData.csv";

/// Most tests are about the list and its pages.
fn without_workbook() -> toml::Table {
    toml::from_str("workbook = false").unwrap()
}

struct Site {
    server: MockServer,
    options: toml::Table,
}

impl Site {
    async fn with_list(rows: &[&str]) -> Self {
        let site = Self { server: MockServer::start().await, options: without_workbook() };
        let body = [&[HEADER], rows].concat().join("\r\n") + "\r\n";
        site.answers(LIST_PATH, ResponseTemplate::new(200).set_body_raw(body, "text/csv;charset=iso-8859-1")).await;
        site
    }

    async fn answers(&self, at: &str, answer: ResponseTemplate) {
        Mock::given(method("GET")).and(path(at)).respond_with(answer).mount(&self.server).await;
    }

    async fn page(&self, id: &str, status: u16, html: &str) {
        let answer = ResponseTemplate::new(status).set_body_raw(html, "text/html");
        self.answers(&format!("/home/work-with-us/projects/psd/{id}.html"), answer).await;
    }

    async fn harvest(&self) -> Result<Harvest, Failure> {
        let base_url = self.server.uri().parse().unwrap();
        let options = HttpOptions { base_url, pace_ms: 0, retries: 0, ..http() };
        let transport = Transport::network(&options).unwrap();
        let clock = Arc::new(ManualClock::at(DateTime::UNIX_EPOCH));
        let client = Client::new(options, transport, Arc::new(MemoryLedger), clock);
        let connector = (PROJECTS.open)(client, &[CountryCode::UA], &self.options).unwrap();
        let slice = connector.narrowest(&Slice::Country(CountryCode::UA));
        assert_eq!(slice, Slice::Everything);
        connector.harvest(&slice).await
    }

    /// The paths asked, without the list.
    async fn pages_asked(&self) -> Vec<String> {
        let requests = self.server.received_requests().await.unwrap();
        let paths = requests.iter().map(|request| request.url.path().to_owned());
        paths.filter(|path| path != LIST_PATH).collect()
    }
}

fn row(id: &str) -> String {
    format!("Town {id},,Ukraine,{id},Signed,20 Oct 2022,")
}

/// Id, and the issues but for the missing title's.
fn summary(harvest: &Harvest) -> Vec<(String, Vec<&str>)> {
    harvest.projects.iter().map(|project| (project.id.to_string(), codes_of(project))).collect()
}

#[tokio::test]
async fn only_pages_of_wanted_countries_are_asked_and_the_newest_date_of_all_rows_counts() {
    let link = "Linked,,Ukraine,2,,1 Jan 2021,https://www.ebrd.com/work-with-us/projects/psd/town.html";
    let rows = [&row("1"), link, "Far,,Moldova,3,,2 Feb 2023,", "Blank,,Ukraine,,,,", "Odd,,Atlantis,4,,,"];
    let site = Site::with_list(&rows).await;
    site.page("1", 200, &page(&[("EBRD Finance Summary", "EUR 20,000,000.00")])).await;
    let answer = ResponseTemplate::new(200).set_body_raw(page(&[("Client", "Town")]), "text/html");
    site.answers("/work-with-us/projects/psd/town.html", answer).await;
    let harvest = site.harvest().await.unwrap();
    assert_eq!(summary(&harvest), [("ebrd:1".to_owned(), vec![]), ("ebrd:2".to_owned(), vec![])]);
    assert_eq!(harvest.projects[0].amounts.len(), 1);
    assert_eq!(harvest.projects[1].organisations[0].name, "Town");
    assert_eq!(harvest.published_at, NaiveDate::from_ymd_opt(2023, 2, 2));
    assert_eq!(harvest.announced, None);
    let [reject] = harvest.rejects.as_slice() else { panic!("{:?}", harvest.rejects) };
    assert_eq!((reject.position.as_str(), reject.raw.as_str()), ("line 5", "Blank,,Ukraine,,,,"));
    let [issue] = harvest.issues.as_slice() else { panic!("{:?}", harvest.issues) };
    assert!(issue.message.contains("Atlantis"), "{}", issue.message);
    assert_eq!(site.pages_asked().await.len(), 2);
}

#[tokio::test]
async fn a_missing_page_a_shell_and_another_projects_page_leave_the_row_standing() {
    let site = Site::with_list(&[&row("1"), &row("2"), &row("3"), &row("4")]).await;
    site.page("1", 404, "").await;
    site.page("2", 200, "<nav><p>Status</p><p>Location</p></nav><p>Loading</p>").await;
    site.page("3", 200, &page(&[("Project ID", "99"), ("Client", "Other")])).await;
    site.page("4", 200, &page(&[("Project ID", "4"), ("Client", "Town")])).await;
    let harvest = site.harvest().await.unwrap();
    let unread = |id: &str| (format!("ebrd:{id}"), vec![codes::DETAIL_NOT_READ]);
    assert_eq!(summary(&harvest), [unread("1"), unread("2"), unread("3"), ("ebrd:4".to_owned(), vec![])]);
    let third = &harvest.projects[2];
    assert_eq!((third.provenance.raw.as_str(), third.organisations.len()), (row("3").as_str(), 0));
    assert_eq!(harvest.issues, []);
}

#[tokio::test]
async fn a_refusal_ends_the_asking_of_pages() {
    let site = Site::with_list(&[&row("1"), &row("2"), &row("3")]).await;
    site.page("1", 403, "Access denied").await;
    let harvest = site.harvest().await.unwrap();
    let unread = |id: &str| (format!("ebrd:{id}"), vec![codes::DETAIL_NOT_READ]);
    assert_eq!(summary(&harvest), [unread("1"), unread("2"), unread("3")]);
    assert_eq!(site.pages_asked().await.len(), 1);
    assert!(harvest.issues[0].message.starts_with("The pages of 2 projects"), "{:?}", harvest.issues);
}

#[tokio::test]
async fn a_site_whose_pages_fail_in_a_row_is_left_alone() {
    let rows: Vec<String> = (1..=8).map(|id| row(&id.to_string())).collect();
    let site = Site::with_list(&rows.iter().map(String::as_str).collect::<Vec<_>>()).await;
    for id in 1..=8 {
        site.page(&id.to_string(), 500, "").await;
    }
    assert_eq!(site.harvest().await.unwrap().projects.len(), 8);
    assert_eq!(site.pages_asked().await.len(), 5);
}

#[tokio::test]
async fn without_the_option_no_page_is_asked() {
    let mut site = Site::with_list(&[&row("1")]).await;
    site.options.insert("pages".to_owned(), false.into());
    let harvest = site.harvest().await.unwrap();
    assert_eq!(summary(&harvest), [("ebrd:1".to_owned(), vec![codes::DETAIL_NOT_READ])]);
    assert_eq!(site.pages_asked().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_repeated_row_stands_once_and_a_changed_repeat_is_flagged() {
    let changed = "Other title,,Ukraine,1,Signed,,";
    let site = Site::with_list(&[&row("1"), &row("1"), &row("2"), &row("2"), changed]).await;
    for id in ["1", "2"] {
        site.page(id, 200, &page(&[("Client", "Town")])).await;
    }
    let harvest = site.harvest().await.unwrap();
    let flagged = ("ebrd:1".to_owned(), vec![codes::CONFLICTING_DUPLICATE]);
    assert_eq!(summary(&harvest), [flagged, ("ebrd:2".to_owned(), vec![])]);
    assert_eq!(site.pages_asked().await.len(), 2);
}

#[track_caller]
fn check_failure(outcome: Result<Harvest, Failure>, kind: &str, said: &str) {
    let failure = outcome.unwrap_err();
    assert_eq!(failure.kind(), kind, "{failure}");
    assert!(failure.to_string().contains(said), "{failure}");
}

#[tokio::test]
async fn a_list_that_is_not_the_one_described_fails_as_a_whole() {
    for (body, kind, said) in [
        (HEADER.replace("Project ID", "Op ID"), "unreadable", "no column named Project ID"),
        (String::new(), "unreadable", "empty"),
        (format!("{HEADER}\n{ROW}\nTown,Energy"), "cut short", "line 3"),
        ("<html>Denied</html>".to_owned(), "refused", "HTML"),
    ] {
        let site = Site { server: MockServer::start().await, options: without_workbook() };
        site.answers(LIST_PATH, ResponseTemplate::new(200).set_body_raw(body, "text/csv")).await;
        check_failure(site.harvest().await, kind, said);
    }
}

#[tokio::test]
async fn columns_are_found_by_name_in_any_order_with_others_between() {
    let site = Site { server: MockServer::start().await, options: without_workbook() };
    let body = "Project ID,New,URL link to project,Publication date,Project status,Country,Sector,Title\n\
                7,x,,,Signed,Ukraine,Energy,Town\n";
    site.answers(LIST_PATH, ResponseTemplate::new(200).set_body_raw(body, "text/csv")).await;
    let harvest = site.harvest().await.unwrap();
    let [project] = harvest.projects.as_slice() else { panic!("{harvest:?}") };
    assert_eq!((project.id.as_str(), project.titles[0].text.as_str()), ("ebrd:7", "Town"));
    assert_eq!((project.status, project.sectors[0].label.as_str()), (ProjectStatus::Signed, "Energy"));
}

const WORKBOOK: &str = "/content/dam/ebrd_dxp/assets/pdfs/publications/ebrd-investments-1991-";

#[tokio::test]
async fn the_newest_workbook_that_there_is_gives_signed_amounts() {
    let mut site = Site::with_list(&["Kharkiv Metro Extension,,Ukraine,7,,,", "Other,,Ukraine,8,,,"]).await;
    site.options = toml::from_str("pages = false").unwrap();
    let workbook = (PARTNER.fixtures)("ebrd-investments-1991-2025.xlsx").unwrap().into_owned();
    site.answers(&format!("{WORKBOOK}1969.xlsx"), ResponseTemplate::new(200).set_body_bytes(workbook)).await;
    let harvest = site.harvest().await.unwrap();
    assert_eq!(printed(harvest.projects[0].amount(AmountBasis::Signed).unwrap()), "160000000 EUR Signed 2017-12-11");
    assert_eq!(harvest.projects[0].signed_on, harvest.projects[0].amounts[0].date);
    assert!(harvest.projects[1].amounts.is_empty());
    let unmatched: Vec<_> = harvest.issues.iter().filter(|issue| issue.code == codes::UNMATCHED_ROW).collect();
    assert!(unmatched.len() == 1 && unmatched[0].message.contains("Kyiv City Transport II"), "{unmatched:?}");
    assert_eq!(site.pages_asked().await, [format!("{WORKBOOK}1970.xlsx"), format!("{WORKBOOK}1969.xlsx")]);
}

#[tokio::test]
async fn without_a_workbook_the_list_stands_and_says_so() {
    let mut site = Site::with_list(&[&row("1")]).await;
    site.options = toml::from_str("pages = false\nworkbook_path = \"book.xlsx\"").unwrap();
    site.answers("/book.xlsx", ResponseTemplate::new(200).set_body_raw("<html>", "text/html")).await;
    let harvest = site.harvest().await.unwrap();
    assert_eq!(harvest.projects.len(), 1);
    assert!(harvest.issues.iter().any(|issue| issue.code == codes::ADDITION_NOT_READ), "{:?}", harvest.issues);
}
