//! What the matcher makes of texts; all of them written for these tests.

use connectors::model::{CountryCode, Language};

use super::super::{Gazetteer, PlaceIndex};
use super::{LocationLevel, TextHit};

fn hits(language: &str, text: &str, hint: Option<&str>) -> Vec<TextHit> {
    let gazetteer = Gazetteer::embedded();
    let language = Language::new(language).unwrap();
    gazetteer.match_texts(&[(text, &language)], Some(CountryCode::UA), hint.and_then(|hint| gazetteer.by_id(hint)))
}

fn names(hits: &[TextHit]) -> Vec<&'static str> {
    let name = |place: PlaceIndex| Gazetteer::embedded().name(place, &[]);
    let mut names: Vec<_> = hits.iter().filter_map(|hit| hit.place).map(name).collect();
    names.sort_unstable();
    names
}

#[track_caller]
fn check(language: &str, text: &str, expected: &[&str]) {
    let hits = hits(language, text, None);
    assert_eq!(names(&hits), expected, "{text}: {hits:#?}");
}

#[test]
fn a_city_is_not_the_oblast_of_its_name() {
    check("en", "New trams for Mykolaiv and Dnipro.", &["Dnipro", "Mykolaiv"]);
    check("en", "Roads in Mykolaiv region", &["Mykolaiv Oblast"]);
    check("en", "A hospital in the city of Kyiv", &["Kyiv City"]);
    check("en", "Schools in Kyiv region", &["Kyiv Oblast"]);
    check("en", "Water in Dnipro region", &["Dnipropetrovsk Oblast"]);
}

#[test]
fn a_plural_names_the_kind_of_the_whole_list() {
    check("en", "Kyiv, Sumy and Odesa oblasts", &["Kyiv Oblast", "Odesa Oblast", "Sumy Oblast"]);
    check("en", "in the regions of Lviv and Rivne", &["Lviv Oblast", "Rivne Oblast"]);
    check("en", "Three regions: Kharkiv, Kherson, and Kyiv", &["Kharkiv Oblast", "Kherson Oblast", "Kyiv Oblast"]);
    check("en", "in Zakarpattia, Lviv and Volyn", &["Lviv Oblast", "Volyn Oblast", "Zakarpattia Oblast"]);
    check("de", "in den Regionen Lwiw und Poltawa", &["Lviv Oblast", "Poltava Oblast"]);
    check("uk", "дороги Донецької та Луганської областей", &["Donetsk Oblast", "Luhansk Oblast"]);
}

#[test]
fn declined_names_are_found() {
    check("uk", "школа у м. Кривому Розі", &["Kryvyi Rih"]);
    check("uk", "лікарня в м. Новограді-Волинському", &["Zviahel"]);
    check("uk", "парк у місті Білій Церкві", &["Bila Tserkva"]);
    check("uk", "житло у Києві, Львові та Чернівцях", &["Chernivtsi", "Kyiv City", "Lviv"]);
    check("uk", "РЕКОНСТРУКЦІЯ ВОДОГОНУ В М. ЧЕРКАСИ", &["Cherkasy"]);
    check("ru", "кредит Полтаве и Одессе", &["Odesa", "Poltava"]);
    check("pl", "szpital we Lwowie", &["Lviv"]);
}

#[test]
fn names_of_other_languages_and_times_are_found() {
    check("en", "tramway in Lvov", &["Lviv"]);
    check("de", "Krankenhaus in Lemberg und in Charkiw", &["Kharkiv", "Lviv"]);
    check("fr", "une école à Tchernihiv", &["Chernihiv"]);
    check("en", "heat for Chervonohrad", &["Sheptytskyi"]);
    check("en", "District heating in Dnipropetrovsk", &["Dnipro"]);
    check("en", "NIKOLAEV DISTRICT HEATING", &["Mykolaiv"]);
}

#[test]
fn a_homonym_needs_a_region() {
    let ambiguous = hits("en", "Housing in Mykolaivka", None);
    assert_eq!(ambiguous.len(), 1);
    assert_eq!((ambiguous[0].place, ambiguous[0].candidates.len()), (None, 97));
    check("uk", "клуб у с. Іванівка Семенівського району", &["Ivanivka"]);
    let hinted = hits("uk", "школа в с. Миколаївка", Some("UA53000000000028050"));
    assert!(!hinted.is_empty());
    let gazetteer = Gazetteer::embedded();
    let poltava = gazetteer.by_id("UA53000000000028050").unwrap();
    let places = hinted.iter().flat_map(|hit| hit.place.into_iter().chain(hit.candidates.iter().copied()));
    assert!(places.into_iter().all(|place| gazetteer.is_within(place, poltava)));
}

#[test]
fn a_raion_of_before_2020_tells_homonyms_apart() {
    check("uk", "ліцей у с. Мала Дівиця Прилуцького району", &["Mala Divytsia"]);
    check("uk", "амбулаторія в с. Гусинці Бориспільського району", &["Boryspilskyi Raion"]);
}

#[test]
fn hromadas_are_found_by_their_adjective_and_by_their_town() {
    check("uk", "освітлення Баришівської територіальної громади", &["Baryshivska Hromada"]);
    check("en", "Apostolove and Bashtanka communities", &["Apostolivska Hromada", "Bashtanska Hromada"]);
    check("en", "Merefa territorial community", &["Merefianska Hromada"]);
}

#[test]
fn several_settlements_of_one_hromada_are_the_hromadas_too() {
    check(
        "uk",
        "водогін у селах Семиполки та Опанасів Броварського району",
        &["Kalytianska Hromada", "Opanasiv", "Semypolky"],
    );
}

#[test]
fn an_institution_is_where_its_adjective_says_when_nothing_else_does() {
    check("uk", "Глобинська центральна районна лікарня", &["Hlobyne"]);
    check("uk", "Львівський національний університет у м. Дрогобичі", &["Drohobych"]);
}

#[test]
fn banks_rivers_venues_and_streets_are_no_places() {
    check("en", "Credit line to Bank Lviv", &[]);
    check("en", "Loan to Sky Bank (Kyiv) for small enterprises", &[]);
    check("en", "Cleaning the Dnipro River in Kherson", &["Kherson"]);
    check("en", "The agreement was signed in Kyiv.", &[]);
    check("en", "Kyiv, 3 June 2022: the bank lends to Uzhhorod", &["Uzhhorod"]);
    check("en", "Study by the Kyiv School of Economics", &[]);
    check("uk", "школа по вул. Харківській, 5, м. Суми", &["Sumy"]);
    check("uk", "парк імені Б. Хмельницького в м. Полтаві", &["Poltava"]);
    check("uk", "міст через р. Хорол у м. Миргород", &["Myrhorod"]);
    check("fr", "accord signé à Kyiv avec Mykolaiv", &["Mykolaiv"]);
}

#[test]
fn a_neighbour_only_says_where_something_is() {
    check("en", "Homes in Fastiv, near Kyiv", &["Fastiv"]);
    check("en", "A plant west of Lviv", &["Lviv Oblast"]);
    check("en", "Rehabilitation of the Kyiv-Chop road", &[]);
}

#[test]
fn a_nationwide_project_is_never_in_the_capital() {
    let hits = hits("en", "Housing loan, implemented throughout Ukraine. Kyiv thanked the bank.", None);
    assert_eq!(hits.len(), 1, "{hits:?}");
    assert_eq!((hits[0].level, hits[0].place), (LocationLevel::Nationwide, None));
}

#[test]
fn plants_and_regions_larger_than_an_oblast_lead_to_oblasts() {
    check("en", "Safety upgrades of the nuclear reactors at Rivne", &["Rivne Oblast"]);
    check("en", "Roads in Donbas", &["Donetsk Oblast", "Luhansk Oblast"]);
    check("en", "Liquidation after the Chernobyl disaster", &[]);
}

#[test]
fn the_evidence_is_the_words_of_the_text() {
    let hits = hits("uk", "ремонт у м. Шостці", None);
    assert_eq!((hits[0].evidence.as_str(), hits[0].level, hits[0].text), ("Шостці", LocationLevel::Settlement, 0));
    assert!(hits[0].confidence > 0.8 && hits[0].candidates.is_empty());
}

#[test]
fn title_and_description_are_read_together() {
    let gazetteer = Gazetteer::embedded();
    let texts = [("Solar plant in Irpin", &Language::EN), ("The town lies in Kyiv region.", &Language::EN)];
    let hits = gazetteer.match_texts(&texts, Some(CountryCode::UA), None);
    assert_eq!(names(&hits), ["Irpin", "Kyiv Oblast"]);
    assert!(gazetteer.match_texts(&texts, CountryCode::new("PL").ok(), None).is_empty());
}

#[test]
fn a_line_between_towns_is_not_at_its_ends_when_a_region_is_named() {
    check("en", "M05 road Kyiv - Odesa: a section in Cherkasy region", &["Cherkasy Oblast"]);
    check("uk", "водогін Київ — Біла Церква", &[]);
    check("pl", "Droga Kijów - Czop", &[]);
}

#[test]
fn what_is_crossed_is_a_water() {
    check("en", "A bridge over the Dnipro in Cherkasy", &["Cherkasy"]);
    check("uk", "міст через Дніпро у м. Кременчук", &["Kremenchuk"]);
    check("de", "Brücke über den Dnipro in Krementschuk", &["Kremenchuk"]);
    check("en", "Buses for the Dnipro municipality", &["Dnipro"]);
}

#[test]
fn who_sits_in_the_capital_acts_for_the_country() {
    check("en", "Support to the Government of Ukraine in Kyiv", &[]);
    check("fr", "Subvention au ministère de la Santé à Kyiv", &[]);
    check("en", "Kyiv receives macro-financial assistance", &[]);
    check("en", "Kyiv Security Forum", &[]);
    check("en", "New boilers for hospitals in Kyiv", &["Kyiv City"]);
}

#[test]
fn a_venue_is_told_from_a_place_by_the_words_between() {
    check("en", "The contract signed for metro cars in Kharkiv", &["Kharkiv"]);
    check("en", "The loan was signed on 12 May 2017 in Kyiv by the EIB", &[]);
    check("de", "Der Vertrag wurde in Kyjiw unterzeichnet", &[]);
    check("pl", "Konferencja odbyła się w Kijowie", &[]);
    check("uk", "Відбудова будинків у Чернігові та Ніжині", &["Chernihiv", "Nizhyn"]);
}

#[test]
fn the_oblast_behind_a_name_decides_between_homonyms() {
    check("en", "Mykolaiv, Lviv region: cement", &["Lviv Oblast", "Mykolaiv"]);
    let mykolaiv = hits("en", "Mykolaiv, Lviv region: cement", None);
    let gazetteer = Gazetteer::embedded();
    assert!(mykolaiv.iter().filter_map(|hit| hit.place).any(|place| gazetteer.get(place).id == "UA46100110010094231"));
    check("en", "Networks in Sievierodonetsk, Lysychansk and Rubizhne", &["Lysychansk", "Rubizhne", "Siverskodonetsk"]);
}

#[test]
fn oblasts_and_towns_are_told_in_the_grammar_of_each_language() {
    check("pl", "Szkoła w Żółkwi w obwodzie lwowskim", &["Lviv Oblast", "Zhovkva"]);
    check("pl", "Oczyszczalnia w Użhorodzie i pomoc dla Chersonia", &["Kherson", "Uzhhorod"]);
    check("ru", "дороги Днепропетровской и Одесской областей", &["Dnipropetrovsk Oblast", "Odesa Oblast"]);
    check("ru", "жилье в Славянске и в Белой Церкви", &["Bila Tserkva", "Sloviansk"]);
    check("ru", "Харьковский метрополитен", &["Kharkiv"]);
    check("fr", "Déminage dans l'oblast de Kherson", &["Kherson Oblast"]);
    check("fr", "le tramway d’Odessa", &["Odesa"]);
    check("de", "Kiewer Metro und Odessas Hafen", &["Kyiv City", "Odesa"]);
    check("de", "Krankenhaus in Schowkwa bei Lwiw", &["Zhovkva"]);
    check("uk", "бібліотека у Новій Каховці", &["Nova Kakhovka"]);
    check("uk", "школа в м. Смілі", &["Smila"]);
    check("en", "cross-border cooperation in Bukovyna", &["Chernivtsi Oblast"]);
}

mod any_text {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn can_be_read(text in "[ -~А-яіїєґІЇЄҐ’“”—\n]{0,120}", language in "(uk|en|pl|ru)") {
            for hit in hits(&language, &text, None) {
                prop_assert!(text.contains(&hit.evidence) || hit.evidence.contains(", "));
                prop_assert!(hit.place.is_none() || hit.candidates.is_empty());
                prop_assert!((0.0..=1.0).contains(&hit.confidence));
            }
        }
    }
}
