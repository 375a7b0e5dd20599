//! What the embedded records are, and how they are asked.

use super::*;

fn date(text: &str) -> PartialDate {
    PartialDate::parse(text).unwrap()
}

#[test]
fn the_seed_holds_what_the_sources_gave() {
    let records = seed();
    let counts = [
        records.members().len(),
        records.partnerships().len(),
        records.events().len(),
        records.principles().len(),
        records.calls().len(),
    ];
    assert_eq!(counts, [9, 265, 15, 8, 6]);
}

#[test]
fn every_file_on_disk_is_embedded_and_found_by_its_path() {
    let records = seed();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("seed");
    for folder in ["members", "partnerships", "events", "principles", "calls"] {
        for file in std::fs::read_dir(root.join(folder)).unwrap() {
            let path = file.unwrap().path();
            let id = format!("{}:{}", folder.trim_end_matches('s'), path.file_stem().unwrap().to_str().unwrap());
            assert!(records.find(&id).is_some(), "{}", path.display());
        }
    }
    assert_eq!(records.find("member:nobody"), None);
}

#[test]
fn lists_are_in_their_documented_order() {
    let records = seed();
    assert!(records.members().is_sorted_by_key(|member| &member.id));
    assert!(records.partnerships().is_sorted_by_key(|partnership| &partnership.id));
    assert!(records.events().is_sorted_by_key(|event| (event.starts_on, &event.id)));
    let numbers: Vec<_> = records.principles().iter().map(|principle| principle.number).collect();
    assert_eq!(numbers, [1, 2, 3, 4, 5, 6, 7, 8]);
    let numbers: Vec<_> = records.calls().iter().map(|call| call.number).collect();
    assert_eq!(numbers, [1, 2, 3, 4, 5, 6]);
}

#[test]
fn kyiv_and_paris_are_sister_cities_as_of_2022() {
    let records = seed();
    let tie = find_partnership(&records, "partnership:kyiv-paris-fr");
    assert_eq!((tie.kind, tie.state), (PartnershipKind::Twinning, PartnershipState::Active));
    assert_eq!((tie.as_of, tie.started_on), (date("2022"), None));
    assert_eq!(tie.source_url(), Some("https://decentralization.ua/en/news/15435"));
    let ends: Vec<_> = tie.parties.iter().map(|end| (end.name.as_str(), end.place.as_deref(), end.country)).collect();
    let kyiv = ("Kyiv", Some("UA80000000000093317"), Some(CountryCode::UA));
    assert_eq!(ends, [kyiv, ("Paris", Some("FR101"), Some(country("FR")))]);
}

#[test]
fn a_pair_that_two_sources_name_is_one_record_led_by_the_dated_statement() {
    let records = seed();
    let tie = find_partnership(&records, "partnership:dnipro-vilnius-lt");
    assert_eq!((tie.as_of, tie.state), (date("2016-09-07"), PartnershipState::Unknown));
    let said: Vec<_> = tie.sources.iter().map(|source| (source.published_on, source.confidence)).collect();
    let statement = (Some(date("2016-09-07")), Confidence::High);
    assert_eq!(said, [statement, (Some(date("2016-09-12")), Confidence::Medium)]);
    for (id, sources) in [("kyiv-leipzig-de", 2), ("sumy-celle-de", 2), ("dnipro-ploiesti-ro", 1)] {
        assert_eq!(find_partnership(&records, &format!("partnership:{id}")).sources.len(), sources, "{id}");
    }
}

#[test]
fn the_list_of_2016_is_never_shown_as_current() {
    let records = seed();
    let listed: Vec<_> =
        records.partnerships().iter().filter(|tie| tie.sources[0].title.contains("Wikidata")).collect();
    assert_eq!(listed.len(), 231);
    for tie in listed {
        assert_eq!((tie.as_of, tie.state), (date("2016-09-12"), PartnershipState::Unknown), "{}", tie.id);
    }
}

#[test]
fn active_means_stated_since_the_full_scale_invasion_and_an_offer_is_a_proposal() {
    let records = seed();
    let active = |tie: &&Partnership| tie.state == PartnershipState::Active;
    for tie in records.partnerships().iter().filter(active) {
        assert!(tie.as_of.year_number() >= 2022, "{}", tie.id);
        assert!(tie.sources[0].published_on.is_some() || tie.as_of != tie.sources[0].read_on.unwrap(), "{}", tie.id);
    }
    let offer = find_partnership(&records, "partnership:uzhhorod-poprad-sk");
    assert_eq!(offer.state, PartnershipState::Proposed);
}

#[test]
fn one_end_is_in_ukraine_the_other_is_not_and_pairs_are_unique() {
    let records = seed();
    let mut pairs = std::collections::BTreeSet::new();
    for tie in records.partnerships() {
        let [ours, theirs] = tie.parties.as_slice() else { panic!("{}", tie.id) };
        assert_eq!(ours.country, Some(CountryCode::UA), "{}", tie.id);
        assert_ne!(theirs.country.unwrap(), CountryCode::UA, "{}", tie.id);
        let ours = ours.place.as_ref().unwrap_or(&ours.name);
        assert!(pairs.insert((ours, &theirs.name, theirs.country)), "{}", tie.id);
    }
}

#[test]
fn a_place_that_is_not_certain_is_absent_with_a_reason() {
    let records = seed();
    let tie = find_partnership(&records, "partnership:horodok-strzyzow-pl");
    assert_eq!(tie.parties[0].place, None);
    assert!(tie.note.as_deref().unwrap().contains("several places"));
    let chelm = find_partnership(&records, "partnership:lutsk-chelm-pl");
    assert_eq!((chelm.parties[1].place.as_deref(), chelm.parties[1].country), (None, Some(country("PL"))));
}

#[test]
fn the_alliance_was_launched_in_brussels() {
    let records = seed();
    let launch = &records.events()[0];
    assert_eq!(launch.id, "event:2022-06-30-launch");
    assert_eq!((launch.place_name.as_deref(), launch.place.as_deref()), (Some("Brussels"), Some("BE100")));
    assert_eq!(records.at("BE100").events.first(), Some(&0));
}

#[test]
fn members_are_found_by_text_kind_role_and_country() {
    let text = |text: &str| MemberFilter { text: Some(text.to_owned()), ..MemberFilter::default() };
    check_members(text(" committee of the REGIONS "), &["member:cor"]);
    check_members(text("íclei"), &["member:iclei-europe"]);
    check_members(text("ceb"), &["member:ceb"]);
    check_members(text("border regions"), &[]);
    let invited = MemberFilter { role: Some(MemberRole::Invited), ..MemberFilter::default() };
    check_members(invited, &["member:ceb", "member:ebrd", "member:eib", "member:oecd"]);
    let network = MemberFilter { kind: Some(MemberKind::Network), ..MemberFilter::default() };
    check_members(network, &["member:aer", "member:eurocities", "member:iclei-europe"]);
    let seated = MemberFilter { country: Some(country("FR")), ..MemberFilter::default() };
    check_members(seated, &["member:coe-congress"]);
    check_members(MemberFilter { role: Some(MemberRole::Institutional), ..text("the regions") }, &["member:cor"]);
}

#[test]
fn partnerships_are_found_by_kind_state_theme_and_country() {
    let all = PartnershipFilter::default();
    check_partnerships(all, 265);
    check_partnerships(PartnershipFilter { kind: Some(PartnershipKind::Twinning), ..all }, 251);
    check_partnerships(PartnershipFilter { kind: Some(PartnershipKind::CooperationAgreement), ..all }, 12);
    check_partnerships(PartnershipFilter { state: Some(PartnershipState::Active), ..all }, 22);
    check_partnerships(PartnershipFilter { state: Some(PartnershipState::Proposed), ..all }, 3);
    check_partnerships(PartnershipFilter { country: Some(CountryCode::UA), ..all }, 265);
    check_partnerships(PartnershipFilter { country: Some(country("GR")), ..all }, 6);
    check_partnerships(PartnershipFilter { theme: Some(Theme::Energy), ..all }, 0);
    let french = PartnershipFilter { country: Some(country("FR")), state: Some(PartnershipState::Active), ..all };
    check_partnerships(french, 5);
}

#[test]
fn a_stated_theme_is_found() {
    let themed = format!("themes = ['ENERGY', 'WATER']\n{PARTNERSHIP}");
    let records = read(&[("partnerships/a-b-fr.toml", partnership(&themed, PARTIES))]).unwrap();
    let filter = |theme| PartnershipFilter { theme: Some(theme), ..PartnershipFilter::default() };
    assert_eq!(records.partnerships_matching(&filter(Theme::Water)), [0]);
    assert_eq!(records.partnerships_matching(&filter(Theme::Housing)), [0; 0]);
}

#[test]
fn events_since_a_date_include_those_still_going_on() {
    let records = seed();
    assert_eq!(records.events_since(date("2025-07-11")), [14]);
    assert_eq!(records.events_since(date("2025-07-12")), [0; 0]);
    assert_eq!(records.events_since(date("2025")).len(), 2);
    assert_eq!(records.events_since(date("2022")).len(), 15);
}

#[test]
fn what_stands_at_a_place_is_found_by_its_exact_code() {
    let records = seed();
    let kharkiv = records.at("UA63120270010096107");
    let ids: Vec<_> = kharkiv.partnerships.iter().map(|at| records.partnerships()[*at].id.as_str()).collect();
    assert!(ids.contains(&"partnership:kharkiv-lublin-pl"), "{ids:?}");
    assert_eq!(ids.len(), 10);
    assert_eq!(records.at("UA63000000000041885"), &AtPlace::default());
    assert!(records.places().any(|(place, at)| place == "DE300" && !at.events.is_empty()));
    let member_at = read(&[("members/a.toml", member(MEMBER))]).unwrap();
    assert_eq!(member_at.at("PL633").members, [0]);
}

#[test]
fn two_parties_in_one_region_stand_there_once() {
    let twins = "[[parties]]\nname = 'A'\nplace = 'PL633'\n".repeat(2);
    let records = read(&[("partnerships/a-b-pl.toml", partnership(PARTNERSHIP, &twins))]).unwrap();
    assert_eq!(records.at("PL633").partnerships, [0]);
}

#[test]
fn places_unknown_to_a_gazetteer_are_told_with_record_and_field() {
    let records = read(&[
        ("members/a.toml", member(MEMBER)),
        ("partnerships/a-b-fr.toml", partnership(PARTNERSHIP, PARTIES)),
        ("events/2024-05-08-a.toml", member(&format!("place = 'DE300'\n{EVENT}"))),
    ])
    .unwrap();
    let told: Vec<_> = records.unknown_places(|place| place == "PL633").iter().map(ToString::to_string).collect();
    let expected = [
        "partnership:a-b-fr: `parties[0].place`: there is no place `UA80000000000093317`",
        "event:2024-05-08-a: `place`: there is no place `DE300`",
    ];
    assert_eq!(told, expected);
    assert!(records.unknown_places(|_| true).is_empty());
}

#[test]
fn a_name_comes_in_the_first_language_there_is_else_in_english() {
    let names = "names = { en = 'Gdansk', pl = 'Gdańsk' }";
    let records = read(&[("members/a.toml", member(&MEMBER.replace("names = { en = 'Gdańsk' }", names)))]).unwrap();
    let member = &records.members()[0];
    let polish = Language::new("pl").unwrap();
    assert_eq!(member.names.in_languages(&[Language::UK, polish]), "Gdańsk");
    assert_eq!(member.names.in_languages(&[Language::UK]), "Gdansk");
    assert_eq!(member.names.in_languages(&[]), "Gdansk");
    assert_eq!(member.country, Some(country("PL")));
}

#[test]
fn the_revision_changes_with_the_content_alone() {
    let files = [("members/a.toml", member(MEMBER)), ("events/2024-05-08-a.toml", member(EVENT))];
    let revision = read(&files).unwrap().revision().to_owned();
    let [first, second] = files.clone();
    assert_eq!(read(&[second, first]).unwrap().revision(), revision);
    let [first, second] = files;
    let remarked = (first.0, format!("# a remark\n{}", first.1));
    assert_eq!(read(&[remarked, second.clone()]).unwrap().revision(), revision);
    let changed = (first.0, first.1.replace("CORE", "ASSOCIATED"));
    assert_ne!(read(&[changed, second.clone()]).unwrap().revision(), revision);
    let renamed = ("members/b.toml", first.1);
    assert_ne!(read(&[renamed, second]).unwrap().revision(), revision);
    assert_eq!(revision.len(), 64);
}
