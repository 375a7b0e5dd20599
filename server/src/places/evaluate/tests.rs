//! What the measure counts, and the bars that the matcher has to reach.

use super::*;

const RECORDS: &str = r#"
{"id": "a", "text": "Trams in Lviv", "lang": "en", "expected": ["UA46000000000026241", "UA46060250010015970"]}
{"id": "b", "text": "Roads in Lviv and Sumy oblasts", "lang": "en", "expected": ["UA46000000000026241"]}

{"id": "c", "text": "ремонт у м. Шостці", "lang": "uk", "expected": ["UA80000000000093317"], "hint_oblast": ""}
"#;

#[test]
fn codes_are_compared_exactly_and_a_settlement_brings_its_oblast() {
    let scores = evaluate(Gazetteer::embedded(), &read(RECORDS).unwrap());
    let english = scores.languages["en"];
    assert_eq!((english.records, english.oblast.precision, english.oblast.recall), (2, 2.0 / 3.0, 1.0));
    assert_eq!((english.place.precision, english.place.recall), (1.0, 1.0));
    assert_eq!((scores.all.oblast.precision, scores.all.oblast.recall), (0.5, 2.0 / 3.0));
    let misses: Vec<_> =
        scores.misses.iter().map(|miss| (miss.id.as_str(), miss.missed.len(), miss.wrong.len())).collect();
    assert_eq!(misses, [("b", 0, 1), ("c", 1, 2)]);
}

#[test]
fn nothing_expected_and_nothing_found_is_perfect() {
    let record = r#"{"text": "Export credits", "lang": "de", "expected": []}"#;
    let scores = evaluate(Gazetteer::embedded(), &read(record).unwrap());
    assert_eq!((scores.all.oblast.f1(), scores.languages[OTHERS].place.f1()), (1.0, 1.0));
}

#[test]
fn a_line_that_is_no_record_is_named() {
    let refused = |lines: &str| read(lines).unwrap_err().to_string();
    let message = refused("\n{\"text\": 1}");
    assert!(message.starts_with("line 2 ") && message.contains("expected a string at column 10"), "{message}");
    let message = refused(r#"{"text": "", "lang": "en", "expected": ["Lviv, Sumy"]}"#);
    assert!(message.starts_with("line 1 ") && message.contains("`Lviv, Sumy`"), "{message}");
    assert!(refused("{\"text\": \"\"").contains("EOF"));
}

#[track_caller]
fn check_bars(scores: &Scores) {
    let all = &scores.all;
    assert!(all.oblast.precision >= 0.97 && all.oblast.recall >= 0.92, "{scores:#?}");
    assert!(all.place.precision >= 0.90 && all.place.recall >= 0.80, "{scores:#?}");
    for (language, bar) in [("en", 0.80), ("uk", 0.80), (OTHERS, 0.75)] {
        let place = scores.languages[language].place;
        assert!(place.precision >= bar && place.recall >= bar, "{language}: {scores:#?}");
    }
}

#[test]
fn texts_written_for_the_matcher_are_matched_well_enough() {
    let texts = read(include_str!("../../../tests/places/texts.jsonl")).unwrap();
    assert!(texts.len() > 300 && texts.iter().filter(|text| text.expected.is_empty()).count() > 40);
    check_bars(&evaluate(Gazetteer::embedded(), &texts));
}

/// The bars hold on the reviewed records, where a folder of test data is named.
#[test]
fn reviewed_records_are_matched_well_enough() {
    #[expect(clippy::disallowed_methods, reason = "test data stays outside the project")]
    let Ok(folder) = std::env::var("HUB_TEST_DATA") else { return };
    let path = std::path::Path::new(&folder).join("place-matching/train.jsonl");
    let Ok(lines) = std::fs::read_to_string(path) else { return };
    check_bars(&evaluate(Gazetteer::embedded(), &read(&lines).unwrap()));
}
