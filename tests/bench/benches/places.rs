//! How many places one core looks up in a second, and how many texts it matches.
//!
//! `cargo bench --package bench --bench places`; the figures that were measured stand in `docs/performance.md`.

use std::hint::black_box;
use std::time::Instant;

use connectors::model::{CountryCode, Language};
use server::places::{Gazetteer, PlaceLevel};

/// How many questions a run asks.
const QUESTIONS: usize = 20_000;
/// Runs of each kind, of which the best counts: on a machine that does other work the others measure that work.
const RUNS: usize = 7;

/// Texts as partners write them, invented.
const TEXTS: [(&str, &str); 6] = [
    ("en", "Rehabilitation of district heating in the cities of Kremenchuk, Lubny and Myrhorod in Poltava region."),
    (
        "en",
        "The loan agreement was signed in Kyiv; it finances trams for Lviv and a bridge over the Dnipro in Cherkasy.",
    ),
    ("uk", "Реконструкція системи водопостачання в смт Великий Бичків Рахівського району Закарпатської області"),
    ("uk", "Відбудова шкіл у Чернігові, Ніжині та Прилуках за кошти кредиту, підписаного в Києві"),
    ("de", "Wasserversorgung in den Regionen Charkiw, Saporischschja und Mykolajiw"),
    ("pl", "Szkoła w Żółkwi w obwodzie lwowskim i pomoc dla Chersonia"),
];

#[expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
fn main() {
    let start = Instant::now();
    let gazetteer = Gazetteer::embedded();
    println!("{:<44} {:>10.0} ms", "putting the gazetteer together", start.elapsed().as_secs_f64() * 1e3);
    let names = names(gazetteer);
    let exact: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let slips: Vec<String> = names.iter().map(|name| slip(name)).collect();
    let mixed: Vec<String> =
        (0..).zip(&names).map(|(at, name)| if at % 5 == 4 { slip(name) } else { (*name).to_owned() }).collect();
    // The tables for slips are filed at the first one; that is paid once a run.
    let start = Instant::now();
    black_box(gazetteer.search("Kharkvi", 10));
    println!("{:<44} {:>10.0} ms", "filing names for slips, once", start.elapsed().as_secs_f64() * 1e3);
    let search = |name: &String| !gazetteer.search(name, 10).is_empty();
    measure("search, exact after folding", &exact, search);
    measure("search, one slip", &slips, search);
    measure("search, 80 % exact and 20 % one slip", &mixed, search);
    let texts: Vec<(Language, &str)> =
        TEXTS.iter().filter_map(|(tag, text)| Some((Language::new(tag).ok()?, *text))).collect();
    measure("texts matched to places", &texts, |(language, text)| {
        !gazetteer.match_texts(&[(text, language)], Some(CountryCode::UA), None).is_empty()
    });
}

/// English names of settlements, every seventh, so that neighbours in the code do not follow one another.
fn names(gazetteer: &'static Gazetteer) -> Vec<&'static str> {
    let settlements = gazetteer.at_level(PlaceLevel::Settlement).step_by(7);
    settlements.map(|place| gazetteer.name(place, &[])).filter(|name| name.len() >= 5).collect()
}

/// The name without the letter in its middle, or with it twice.
fn slip(name: &str) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    let middle = letters.len() / 2;
    if letters.len().is_multiple_of(2) {
        letters.remove(middle);
    } else {
        letters.insert(middle, letters[middle]);
    }
    letters.into_iter().collect()
}

#[expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
#[expect(clippy::cast_precision_loss, reason = "some thousand questions")]
fn measure<Question>(what: &str, questions: &[Question], ask: impl Fn(&Question) -> bool) {
    let run = || {
        let start = Instant::now();
        let found = questions.iter().cycle().take(QUESTIONS).filter(|question| black_box(ask(question))).count();
        (start.elapsed().as_secs_f64(), found)
    };
    let (seconds, found) =
        (0..RUNS).map(|_| run()).fold((f64::INFINITY, 0), |best, next| if next.0 < best.0 { next } else { best });
    let share = 100.0 * found as f64 / QUESTIONS as f64;
    println!("{what:<44} {:>10.0} a second, {share:.1} % found", QUESTIONS as f64 / seconds);
}
