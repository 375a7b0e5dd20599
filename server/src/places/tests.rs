//! What readers rely on, over the embedded tables.

use connectors::model::{CountryCode, PartialDate};
use proptest::prelude::*;

use super::*;

fn gazetteer() -> &'static Gazetteer {
    Gazetteer::embedded()
}

fn id(place: PlaceIndex) -> &'static str {
    gazetteer().get(place).id
}

#[track_caller]
fn place(id: &str) -> PlaceIndex {
    gazetteer().by_id(id).unwrap_or_else(|| panic!("no place {id}"))
}

#[track_caller]
fn check_resolves(name: &str, expected: &str) {
    match gazetteer().resolve(name, Some(CountryCode::UA)) {
        Resolution::Place { place, .. } => assert_eq!(id(place), expected, "{name}"),
        other => panic!("{name}: {other:?}"),
    }
}

#[track_caller]
fn check_found(text: &str, expected: &str, kind: AliasKind) {
    let hits = gazetteer().search(text, 10);
    let first = hits.first().unwrap_or_else(|| panic!("{text}: nothing found"));
    assert_eq!((id(first.place), first.alias_kind), (expected, kind), "{text}: {hits:?}");
}

const KYIV: &str = "UA80000000000093317";
const KYIV_OBLAST: &str = "UA32000000000030281";
const KHARKIV: &str = "UA63120270010096107";
const KHARKIV_OBLAST: &str = "UA63000000000041885";
const LVIV: &str = "UA46060250010015970";
const LVIV_OBLAST: &str = "UA46000000000026241";
const MYKOLAIV: &str = "UA48060150010035747";
const DNIPRO: &str = "UA12020010010037010";
const DNIPROPETROVSK_OBLAST: &str = "UA12000000000090473";

#[test]
fn the_whole_codifier_nuts_and_the_countries_are_there() {
    let count = |level| gazetteer().at_level(level).count();
    assert_eq!(count(PlaceLevel::Country), 250);
    assert_eq!(count(PlaceLevel::Region), 115 + 299 + 1_345);
    assert_eq!(count(PlaceLevel::Oblast), 27);
    assert_eq!(count(PlaceLevel::Raion), 136);
    assert_eq!(count(PlaceLevel::Hromada), 1_772);
    assert_eq!(count(PlaceLevel::Settlement), 29_701);
    assert_eq!(count(PlaceLevel::District), 108);
}

#[test]
fn iso_and_katottg_lead_to_the_same_oblast_also_where_their_digits_differ() {
    for (iso, digits) in [("UA-43", "UA01"), ("UA-09", "UA44"), ("UA-77", "UA73"), ("UA-30", "UA80"), ("ua-40", "UA85")]
    {
        let oblast = gazetteer().by_iso3166_2(iso).unwrap();
        assert!(id(oblast).starts_with(digits), "{iso}");
    }
    let same = gazetteer().at_level(PlaceLevel::Oblast).map(|oblast| gazetteer().get(oblast));
    assert_eq!(same.filter(|oblast| oblast.iso3166_2.unwrap()[3..] == oblast.id[2..4]).count(), 22);
    assert_eq!(gazetteer().by_iso3166_2("UA-99"), None);
}

#[test]
fn every_unit_lies_in_the_one_whose_digits_it_shares() {
    for (index, place) in gazetteer().all().filter(|(_, place)| place.category.is_some()) {
        let above = gazetteer().get(gazetteer().parent(index).unwrap());
        let expected = match place.level {
            PlaceLevel::Oblast => 2,
            PlaceLevel::Raion => 4,
            PlaceLevel::Hromada => 6,
            _ if above.category == Some(Category::SpecialCity) => 4,
            PlaceLevel::Settlement => 9,
            _ => 12,
        };
        assert_eq!(above.id[..expected.min(above.id.len())], place.id[..expected], "{place:?}");
    }
}

#[test]
fn ancestors_come_nearest_first_and_end_with_the_country() {
    let ids: Vec<_> = gazetteer().ancestors(place(KHARKIV)).map(id).collect();
    assert_eq!(ids, ["UA63120270000028556", "UA63120000000091135", KHARKIV_OBLAST, "UA"]);
    let ids: Vec<_> = gazetteer().ancestors(place("EL303")).map(id).collect();
    assert_eq!(ids, ["EL30", "EL3", "GR"]);
}

#[test]
fn children_are_sorted_by_name_and_lie_within() {
    let ukraine = place("UA");
    let names: Vec<_> = gazetteer().children(ukraine).iter().map(|oblast| gazetteer().name(*oblast, &[])).collect();
    assert_eq!((names.len(), names[0], names[26]), (27, "Autonomous Republic of Crimea", "Zhytomyr Oblast"));
    assert!(names.contains(&"Kyiv City") && names.is_sorted());
    assert!(gazetteer().is_within(place(KHARKIV), ukraine));
    assert!(!gazetteer().is_within(place(KHARKIV_OBLAST), place(KHARKIV)));
    assert!(!gazetteer().is_within(place(KYIV), place(KYIV_OBLAST)));
}

#[test]
fn names_come_in_the_first_language_there_is() {
    let name = |id, languages: &[&str]| gazetteer().name(place(id), languages);
    assert_eq!(name(KHARKIV_OBLAST, &[]), "Kharkiv Oblast");
    assert_eq!(name(KHARKIV_OBLAST, &["uk"]), "Харківська область");
    assert_eq!(name(KHARKIV_OBLAST, &["ru"]), "Харьковская область");
    assert_eq!(name(LVIV, &["pl", "uk"]), "Львів");
    assert_eq!(name(LVIV, &["xx"]), "Lviv");
    assert_eq!(name("UA63120270000028556", &[]), "Kharkivska Hromada");
    assert_eq!(name("GR", &["fr"]), "Grèce");
}

#[test]
fn countries_tell_who_is_in_the_union() {
    let member = |code: &str| gazetteer().country(CountryCode::new(code).unwrap()).unwrap().eu_member;
    assert!(member("PL") && member("GR") && !member("UA") && !member("GB"));
    assert_eq!(gazetteer().countries().iter().filter(|country| country.eu_member).count(), 27);
}

#[test]
fn a_published_oblast_is_the_oblast_and_a_published_city_the_city() {
    check_resolves("Kharkiv oblast", KHARKIV_OBLAST);
    check_resolves("Харківська область", KHARKIV_OBLAST);
    check_resolves("Kharkivska", KHARKIV_OBLAST);
    check_resolves("Donetsk oblast", "UA14000000000091971");
    check_resolves("Mykolaiv", MYKOLAIV);
    check_resolves("Odesa", "UA51100270010076757");
    check_resolves("Dnipro (then Dnipropetrovsk)", DNIPRO);
    check_resolves("Dnipropetrovsk", DNIPRO);
    check_resolves("Dnipropetrovsk region", DNIPROPETROVSK_OBLAST);
    check_resolves("Volyn", "UA07000000000024379");
    check_resolves("Zakarpattia Oblast, Ukraine", "UA21000000000011690");
    check_resolves("Ukraine", "UA");
}

#[test]
fn kyiv_the_city_is_not_kyiv_oblast() {
    check_resolves("Kyiv", KYIV);
    check_resolves("м. Київ", KYIV);
    check_resolves("city of Kyiv", KYIV);
    check_resolves("Kiev region", KYIV_OBLAST);
    check_resolves("Київська область", KYIV_OBLAST);
    check_resolves("Kyivska", KYIV_OBLAST);
}

#[test]
fn an_unknown_name_is_unknown_also_where_another_country_has_it() {
    assert_eq!(gazetteer().resolve("Atlantis", None), Resolution::Unknown);
    assert_eq!(gazetteer().resolve("", None), Resolution::Unknown);
    assert_eq!(gazetteer().resolve("Kharkiv", CountryCode::new("PL").ok()), Resolution::Unknown);
}

#[test]
fn ninety_seven_mykolaivkas_are_candidates_until_an_oblast_is_named() {
    let Resolution::Candidates(candidates) = gazetteer().resolve("Mykolaivka", None) else { panic!("chosen") };
    let settlements = candidates.iter().filter(|place| gazetteer().get(**place).level == PlaceLevel::Settlement);
    assert!(settlements.filter(|place| gazetteer().get(**place).original == "Миколаївка").count() == 97);
    let Resolution::Candidates(some) = gazetteer().resolve("Mykolaivka, Sumy oblast", None) else { panic!("chosen") };
    assert!(some.len() < 20 && some.iter().all(|place| id(*place).starts_with("UA59")));
}

#[test]
fn any_spelling_finds_the_city_and_says_by_which_name() {
    check_found("Lviv", LVIV, AliasKind::Official);
    check_found("Lvov", LVIV, AliasKind::Russified);
    check_found("Lwów", LVIV, AliasKind::Historical);
    check_found("Lemberg", LVIV, AliasKind::Historical);
    check_found("Львов", LVIV, AliasKind::Russified);
    check_found("L'viv", LVIV, AliasKind::Transliteration);
    check_found("ЛЬВІВ", LVIV, AliasKind::Official);
    check_found("Nikolaev", MYKOLAIV, AliasKind::Russified);
    check_found("Dnipropetrovsk", DNIPRO, AliasKind::Former);
    check_found("Dnipropetrovsk oblast", DNIPROPETROVSK_OBLAST, AliasKind::Official);
    check_found("Chervonohrad", "UA46120130010071117", AliasKind::Former);
    check_found("Novohrad-Volynskyi", "UA18080150010017476", AliasKind::Former);
    check_found("Lviv region", LVIV_OBLAST, AliasKind::Common);
}

#[test]
fn one_slip_is_forgiven() {
    check_found("Kharkvi", KHARKIV, AliasKind::Official);
    check_found("Mykolaeiv", MYKOLAIV, AliasKind::Official);
    check_found("Харкив", KHARKIV, AliasKind::Official);
    check_found("Zaporizhzia", "UA23060070010069526", AliasKind::Official);
}

#[test]
fn the_beginning_of_a_name_finds_it() {
    let hits = gazetteer().search("Khark", 3);
    assert_eq!(id(hits[0].place), KHARKIV, "{hits:?}");
}

#[test]
fn a_renaming_has_the_last_edition_that_had_the_old_name() {
    let aliases = gazetteer().aliases(place("UA46120130010071117"));
    let former = aliases.iter().find(|alias| alias.name == "Червоноград" && alias.until.is_some()).unwrap();
    assert_eq!((former.kind, former.until), (AliasKind::Former, PartialDate::parse("2024-01-19").ok()));
}

#[test]
fn points_and_population_come_from_geonames_and_of_larger_units_from_their_settlements() {
    let about = |id| gazetteer().get(place(id));
    let point = about(KHARKIV).centroid.unwrap();
    assert!((point.latitude - 49.98).abs() < 0.01 && (point.longitude - 36.25).abs() < 0.01);
    assert_eq!(about("UA63120270000028556").centroid, about(KHARKIV).centroid);
    let oblast = about(KHARKIV_OBLAST).centroid.unwrap();
    assert!((oblast.latitude - 49.6).abs() < 0.5 && (oblast.longitude - 36.6).abs() < 0.5, "{oblast:?}");
    assert!(about(KHARKIV).population.unwrap() > 1_000_000);
    assert_eq!(about(LVIV_OBLAST).population.map(|people| people / 100_000), Some(24));
    assert_eq!(about("UA01000000000013043").population, None);
}

#[test]
fn small_places_are_found_by_their_russian_and_older_spellings() {
    check_found("Krasnograd", "UA63060050010042407", AliasKind::Russified);
    check_found("Кагарлык", "UA32120050010091788", AliasKind::Russified);
}

proptest! {
    #[test]
    fn every_name_of_a_place_finds_it(number in 0..32_000_usize) {
        let (place, about) = gazetteer().all().nth(number).unwrap();
        for name in gazetteer().aliases(place).iter().map(|alias| alias.name).chain([about.english]) {
            let hits = gazetteer().search(name, usize::MAX);
            prop_assert!(hits.iter().any(|hit| hit.place == place), "{name} does not find {}", about.id);
        }
    }

    #[test]
    fn a_resolved_name_is_a_name_of_the_place_or_of_a_candidate(number in 0..32_000_usize) {
        let (place, _) = gazetteer().all().nth(number).unwrap();
        for alias in gazetteer().aliases(place) {
            let places = match gazetteer().resolve(alias.name, None) {
                Resolution::Place { place, .. } => vec![place],
                Resolution::Candidates(candidates) => candidates,
                Resolution::Unknown => Vec::new(),
            };
            let key = fold(alias.name);
            let called = |place: &PlaceIndex| gazetteer().search(&key, usize::MAX).iter().any(|hit| hit.place == *place);
            prop_assert!(!places.is_empty() && places.iter().all(called), "{} of {}", alias.name, id(place));
        }
    }

    #[test]
    fn any_text_can_be_asked_for(text in ".{0,40}") {
        let hits = gazetteer().search(&text, 20);
        prop_assert!(hits.len() <= 20 && hits.windows(2).all(|pair| pair[0].score >= pair[1].score));
        let resolution = gazetteer().resolve(&text, None);
        prop_assert!(!matches!(resolution, Resolution::Candidates(candidates) if candidates.len() < 2));
    }
}

#[test]
fn every_name_of_the_oblasts_and_their_cities_finds_them() {
    let prominent = gazetteer().all().filter(|(_, place)| place.is_oblast_city || place.level == PlaceLevel::Oblast);
    for (place, about) in prominent {
        for alias in gazetteer().aliases(place) {
            let hits = gazetteer().search(alias.name, 10);
            assert!(hits.iter().any(|hit| hit.place == place), "{} does not find {}", alias.name, about.id);
        }
    }
}

/// Every name in five with a letter too few.
#[test]
fn one_slip_in_the_name_of_any_settlement_is_forgiven() {
    let settlements = gazetteer().at_level(PlaceLevel::Settlement).step_by(97);
    for place in settlements {
        let mut name = gazetteer().get(place).english.to_owned();
        name.remove(name.len() / 2);
        let found = gazetteer().search(&name, usize::MAX);
        let short = name.len() < 5;
        let another = found.first().is_some_and(|hit| hit.score > 0.9);
        assert!(short || another || found.iter().any(|hit| hit.place == place), "{name} does not find {}", id(place));
    }
}

/// The official table and the kinship of codes hold for every row of the codifier, where a folder of test data is named.
#[test]
fn every_row_of_the_codifier_has_the_latin_form_and_the_parent_that_others_found() {
    #[expect(clippy::disallowed_methods, reason = "test data stays outside the project")]
    let Ok(folder) = std::env::var("HUB_TEST_DATA") else { return };
    let Ok(table) = std::fs::read_to_string(std::path::Path::new(&folder).join("geo/ua_katottg.csv")) else { return };
    let mut rows = 0;
    for row in table.lines().skip(1) {
        let [code, _, _, parent, name, translit] = row.split(',').collect::<Vec<_>>().try_into().expect("six columns");
        let index = place(code);
        assert_eq!((gazetteer().get(index).bare, latin(name).as_str()), (name, translit), "{code}");
        let above = gazetteer().parent(index).map(id);
        let special = gazetteer()
            .oblast_of(index)
            .is_some_and(|oblast| gazetteer().get(oblast).category == Some(Category::SpecialCity));
        assert!(special || parent.is_empty() || above == Some(parent), "{code}: {above:?}, not {parent}");
        rows += 1;
    }
    assert_eq!(rows, 31_744);
}
