//! What news say, and to which project it is added.

use super::*;
use crate::model::{CurrencyCode, Language, Money, PartialDate, ProjectId, Text};
use crate::partners::ceb::news::{Event, Item, attach, events};

fn code(country: &str) -> CountryCode {
    CountryCode::new(country).unwrap()
}

fn item(title: &str, date: &str, lines: &[&str]) -> Item {
    let lines: String = lines.iter().map(|line| format!("<p>{line}</p>")).collect();
    let page = wire::news(&format!("<main><h1>{title}</h1><p>{date}</p>{lines}</main>"));
    let provenance = Provenance::new(FEED, None, DateTime::UNIX_EPOCH, page.text(), "text/plain");
    Item { slug: "news".to_owned(), page, provenance }
}

/// A loan of whole million euro.
fn loan(slug: &str, title: &str, country: &str, million: i64, approved: Option<&str>) -> Project {
    let provenance = Provenance::new(FEED, None, DateTime::UNIX_EPOCH, slug.to_owned(), "text/plain");
    let value = Decimal::from(million * 1_000_000);
    let approved_on = approved.map(|date| PartialDate::parse(date).unwrap());
    Project {
        titles: vec![Text::original(Language::EN, title)],
        countries: vec![code(country)],
        amounts: vec![Money::new(value, CurrencyCode::EUR, AmountBasis::Approved, approved_on)],
        approved_on,
        ..Project::new(ProjectId::new("ceb", &[slug]), provenance)
    }
}

#[track_caller]
fn check(line: &str, expected: Option<Event>) {
    let item = item("Some news", "07 June 2024", &[line]);
    assert_eq!(item.page.date.as_deref(), Some("07 June 2024"));
    assert_eq!(events(&item.page).into_iter().map(|(event, _)| event).next(), expected, "{line}");
}

#[test]
fn lines_of_every_year_are_read() {
    let approved = |million: i64, country| Event::Approved {
        amount: Decimal::from(million) * Decimal::from(1_000_000),
        country: code(country),
    };
    check("Croatia – € 40 million to the Government of Croatia", Some(approved(40, "HR")));
    check("Greece:An €80 million loan", Some(approved(80, "GR")));
    check("ALBANIA: A €10 million loan to Fed Invest.", Some(approved(10, "AL")));
    check("LITHUANIA: A loan of €1,460 million", Some(approved(1_460, "LT")));
    check("LITHUANIA: A loan of up to €25 million", None);
    check("LITHUANIA: €25 million and €5 million", None);
    check("The bank approves €878 million in all", None);
    let to = Some("Estonian Refugee Council".to_owned());
    check(
        "ESTONIA: A grant of almost €200 000 to the Estonian Refugee Council.",
        Some(Event::Granted { amount: None, country: code("EE"), to: to.clone() }),
    );
    check(
        "ESTONIA: A €200 000 grant to the Estonian Refugee Council",
        Some(Event::Granted { amount: Some(200_000.into()), country: code("EE"), to }),
    );
    let signed = Event::Signed { amount: 450_000_000.into(), countries: vec![code("PL"), code("UA")] };
    check("CEB signs a record €450 million loan with Poland to aid people from Ukraine", Some(signed));
    check("CEB designs a €450 million loan with Poland", None);
}

/// The signature days after the news, or the issues' reasons.
#[track_caller]
fn check_attached(items: &[Item], projects: Vec<Project>, expected: &[Option<&str>], issues: usize) {
    let mut projects = projects;
    let (_, said) = attach(items, &mut projects, &[CountryCode::UA]);
    let signed: Vec<Option<String>> =
        projects.iter().map(|project| project.signed_on.map(|on| on.to_string())).collect();
    assert_eq!(signed.iter().map(Option::as_deref).collect::<Vec<_>>(), expected);
    assert_eq!(said.len(), issues, "{said:?}");
    for project in projects.iter().filter(|project| project.signed_on.is_some()) {
        assert!(project.provenance.raw.contains("News, news:"));
        assert_eq!(project.amount(AmountBasis::Signed).unwrap().date, project.signed_on);
    }
}

#[test]
fn a_signature_is_added_to_the_only_loan_that_fits() {
    let news = [item("CEB and Ukraine sign a €100 million loan for HOME", "11 June 2024", &[])];
    let home = || loan("home", "HOME: homes", "UA", 100, None);
    let heal = || loan("heal", "Care (HEAL)", "UA", 100, Some("2023-11-17"));
    let later = || loan("home-2", "HOME: more homes", "UA", 100, Some("2025"));
    check_attached(&news, vec![heal(), home(), later()], &[None, Some("2024-06-11"), None], 0);
    check_attached(&news, vec![heal()], &[None], 1);
    check_attached(&news, vec![home(), home()], &[None, None], 1);
    check_attached(&news, vec![loan("home", "HOME", "UA", 99, None)], &[None], 1);
    check_attached(&news, vec![loan("home", "HOME", "PL", 100, None)], &[None], 1);
    let twice = [news[0].clone(), news[0].clone()];
    check_attached(&twice, vec![home()], &[Some("2024-06-11")], 1);
}

#[test]
fn news_without_a_wanted_country_are_passed_over() {
    let news = [item("CEB signs a €10 million loan with Albania", "11 June 2024", &["ALBANIA: A €10 million loan"])];
    check_attached(&news, vec![loan("a", "Loan", "AL", 10, None)], &[None], 0);
}

#[test]
fn an_approval_dates_a_record_that_its_page_does_not_date() {
    let news = [item("New loans", "13 June 2025", &["UKRAINE: A €50 million loan"])];
    let mut projects = [loan("a", "Mortgages", "UA", 50, None), loan("b", "Other", "UA", 60, None)];
    let (grants, issues) = attach(&news, &mut projects, &[CountryCode::UA]);
    assert_eq!((grants.len(), issues.len()), (0, 0));
    let day = PartialDate::parse("2025-06-13").ok();
    assert_eq!((projects[0].approved_on, projects[0].amounts[0].date), (day, day));
    assert_eq!(projects[1].approved_on, None);
    let known = [loan("a", "Mortgages", "UA", 50, Some("2025"))];
    let mut projects = known.clone();
    assert_eq!(attach(&news, &mut projects, &[CountryCode::UA]).1, []);
    assert_eq!(projects, known, "the page's own date stands");
}

#[tokio::test]
async fn grants_that_stand_only_in_news_are_records() {
    let harvest = stage::baseline(&PARTNER, &PARTNER.feeds[0], &[CountryCode::UA]).await.unwrap();
    let grants: Vec<&Project> =
        harvest.projects.iter().filter(|project| project.instrument == Instrument::Grant).collect();
    let printed = |project: &&Project| {
        let amount = project.amount(AmountBasis::Approved).map_or("none".to_owned(), |money| money.value.to_string());
        format!("{} {amount} {}", project.countries[0], project.organisations[0].name)
    };
    assert_eq!(
        grants.iter().map(printed).collect::<Vec<_>>(),
        [
            "BG 400000 International Organization for Migration in Bulgaria",
            "EE none Estonian Refugee Council",
            "LT none Ministry of Social Affairs and Labour of Lithuania",
            "MD 900000 Ministry of Health of the Republic of Moldova",
        ]
    );
    assert!(grants.iter().all(|grant| grant.approved_on.unwrap().to_string() == "2022-05-11"));
}

#[tokio::test]
async fn without_news_the_projects_stand_and_say_so() {
    let mut site = Site::new().await.lists(&["town"]).await.page("town", html(TOWN)).await;
    site.options = toml::Table::new();
    let harvest = site.harvest().await.unwrap();
    assert_eq!((harvest.projects.len(), harvest.issues[0].code.as_str()), (1, codes::ADDITION_NOT_READ));
}
