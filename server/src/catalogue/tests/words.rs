//! The words of titles, descriptions and organisations.

use connectors::model::{Language, Organisation, OrganisationRole, Project, Text};

use super::*;
use crate::samples::{catalogue, titled};

fn written() -> Catalogue {
    let heating = vec![Text::original(Language::EN, "District heating for Chernihiv")];
    let lent =
        Organisation { role: OrganisationRole::Borrower, name: "Ville de Besançon".to_owned(), reference: None };
    catalogue(vec![
        titled("eib:1", "Heating in the City of Kharkiv"),
        titled("eib:2", "Реконструкція лікарні у Слов’янську та Києві"),
        Project { descriptions: heating, ..titled("eib:3", "Municipal loan") },
        Project { organisations: vec![lent], ..titled("eib:4", "Heat") },
    ])
}

#[track_caller]
fn check(text: &str, expected: &str) {
    let catalogue = written();
    let filter = Filter { text: Some(text.to_owned()), ..Filter::default() };
    assert_eq!(natives(&catalogue, &catalogue.select(&filter)), expected, "{text}");
}

#[test]
fn every_word_must_begin_a_word_without_regard_to_case_and_accents() {
    check("heat", "1 3 4");
    check("HEATING", "1 3");
    check("heating kharkiv", "1");
    check("  kharkiv, heat ", "1");
    check("eating", "");
    check("besancon", "4");
    check("BESANÇ", "4");
}

#[test]
fn cyrillic_words_are_found_with_any_apostrophe_and_without() {
    check("лікарн", "2");
    check("ЛІКАРНІ", "2");
    for apostrophe in ["'", "’", "ʼ", "‘", "`", "´", "′", ""] {
        check(&format!("слов{apostrophe}янськ"), "2");
    }
    check("києв", "2");
}

#[test]
fn a_text_without_words_chooses_nothing_out() {
    check("", "1 2 3 4");
    check(" – ! ", "1 2 3 4");
    check("heat heat heat", "1 3 4");
}

#[test]
fn whole_words_in_the_title_fit_best() {
    let catalogue = written();
    let filter = Filter { text: Some("heat".to_owned()), ..Filter::default() };
    let window = Window { after: None, before: None, size: 10, from_end: false };
    let page = catalogue.page(&catalogue.select(&filter), Order::Relevance, &filter, &window);
    let order: Vec<_> = page.numbers.iter().map(|number| catalogue.project(*number).id().native()).collect();
    assert_eq!(order, ["4", "1", "3"]);
}
