//! The recorded answers, read as the baseline.

use super::*;

async fn read_baseline() -> Harvest {
    baseline(&PARTNER, &PROJECTS, &[CountryCode::UA]).await.unwrap()
}

#[tokio::test]
async fn every_operation_in_ukraine_is_read_with_its_page() {
    let harvest = read_baseline().await;
    assert_eq!((harvest.projects.len(), harvest.rejects.len(), harvest.issues.len()), (34, 0, 0));
    let unread = harvest.projects.iter().find(|project| codes_of(project).contains(&codes::DETAIL_NOT_READ));
    assert_eq!(unread, None);
    assert_eq!(harvest.projects.iter().filter(|project| project.id.is_authored()).count(), 15);
    assert_eq!(harvest.projects.iter().filter(|project| project.amount_native.is_some()).count(), 9);
    assert!(harvest.projects.iter().all(|project| project.provenance.url.is_some()));
    assert_eq!(harvest.published_at, NaiveDate::from_ymd_opt(2023, 12, 15));
}

#[tokio::test]
async fn the_two_metros_carry_their_amounts_and_days() {
    let harvest = read_baseline().await;
    for (native, amount) in [
        (
            "authored-kharkiv-metro-extension",
            &["160000000 EUR Approved 2017-11-29", "160000000 EUR Signed 2017-12-11"] as &[_],
        ),
        ("authored-dnipropetrovsk-metro-construction-completion-project", &["152000000 EUR Approved 2012-07-24"]),
    ] {
        let metro = harvest.projects.iter().find(|project| project.id.native() == native).unwrap();
        assert_eq!(metro.amounts.iter().map(printed).collect::<Vec<_>>(), amount);
        assert_eq!(metro.amount(AmountBasis::Approved).unwrap().date, metro.approved_on);
    }
}

#[tokio::test]
async fn a_figure_that_is_only_a_ceiling_is_no_number() {
    let harvest = read_baseline().await;
    let lviv = harvest.projects.iter().find(|project| project.id.as_str() == "ebrd:53825").unwrap();
    assert_eq!(lviv.amounts, []);
    assert!(lviv.amount_native.as_deref().unwrap().starts_with("Up to EUR 25 million"));
    assert_eq!(lviv.organisations[0].name, "City of Lviv");
}

#[test]
fn unknown_options_are_refused() {
    let client = || {
        let clock = Arc::new(ManualClock::at(DateTime::UNIX_EPOCH));
        Client::new(http(), Transport::network(&http()).unwrap(), Arc::new(MemoryLedger), clock)
    };
    let options = toml::from_str("page = true").unwrap();
    assert!((PROJECTS.open)(client(), &[], &options).is_err());
    assert!((PROJECTS.open)(client(), &[], &toml::Table::new()).is_ok());
}
