//! The words around a name that say what it is: a kind of place, a street, a river, a bank, a signature.

mod kinds;
mod meetings;

use super::super::kind::Kind;
use super::words::Word;
pub(super) use kinds::{KindWord, kind_word};
pub(super) use meetings::{is_between_meeting_and_venue, is_of_meeting, is_of_seat, is_signed};

/// Words that may stand between the members of a list.
pub(super) fn joins_lists(word: &Word<'_>) -> bool {
    const JOINING: [&str; 26] = [
        "and", "und", "et", "oraz", "i", "a", "та", "і", "й", "и", "or", "as", "well", "sowie", "ou", "the", "of",
        "in", "city", "у", "в", "likely", "also", "partly", "de", "z",
    ];
    JOINING.contains(&word.small.as_str()) || kind_word(word).is_some_and(|word| word.kind >= Kind::City)
}

/// Adjectives that stand between a name and the word for its kind: `Бугринської об’єднаної територіальної громади`.
pub(super) fn qualifies(word: &Word<'_>) -> bool {
    const STEMS: [&str; 11] = [
        "територіальн",
        "об’єднан",
        "сільськ",
        "селищн",
        "міськ",
        "районн",
        "обласн",
        "новостворен",
        "territorial",
        "united",
        "amalgamated",
    ];
    STEMS.iter().any(|stem| word.small.starts_with(stem))
}

/// Words that open the name of a street, a square or a patron.
pub(super) fn opens_street(word: &Word<'_>) -> bool {
    const STEMS: [&str; 16] = [
        "вулиц",
        "проспект",
        "провул",
        "бульвар",
        "площ",
        "набережн",
        "імен",
        "мікрорайон",
        "кварт",
        "тупик",
        "узвіз",
        "улиц",
        "переул",
        "street",
        "avenue",
        "ulic",
    ];
    const WORDS: [&str; 13] =
        ["вул", "просп", "пр", "пров", "пер", "бульв", "пл", "наб", "ім", "мкр", "ул", "rue", "straße"];
    WORDS.contains(&word.small.as_str()) || STEMS.iter().any(|stem| word.small.starts_with(stem))
}

/// Prepositions after which a new part of the sentence begins.
pub(super) fn is_preposition(word: &Word<'_>) -> bool {
    const WORDS: [&str; 15] = ["у", "в", "на", "до", "від", "із", "з", "по", "in", "at", "для", "під", "à", "w", "we"];
    WORDS.contains(&word.small.as_str())
}

/// A bank or another company that bears the name of its town.
pub(super) fn is_bank(word: &Word<'_>) -> bool {
    const ENDS: [&str; 7] = ["bank", "банк", "банку", "банка", "банком", "банке", "banku"];
    word.small == "banque" || word.small == "bankas" || ENDS.iter().any(|end| word.small.ends_with(end))
}

/// A river, or another water, that bears the name of a town.
pub(super) fn is_water(word: &Word<'_>) -> bool {
    const STEMS: [&str; 19] = [
        "river",
        "reservoir",
        "basin",
        "estuary",
        "canal",
        "cascade",
        "річк",
        "річц",
        "ріки",
        "рік",
        "басейн",
        "водосховищ",
        "лиман",
        "реки",
        "река",
        "реке",
        "fluss",
        "fleuve",
        "rzek",
    ];
    STEMS.iter().any(|stem| word.small.starts_with(stem))
}

/// `Lviv district heating` is about heat, not about a district.
pub(super) fn follows_district(word: &Word<'_>) -> bool {
    matches!(word.small.as_str(), "heating" | "heat" | "cooling" | "energy" | "hospital" | "court")
}

/// Roads and railways, which are called by the towns that they join.
pub(super) fn is_road(word: &Word<'_>) -> bool {
    const STEMS: [&str; 25] = [
        "водог",
        "водов",
        "газопро",
        "pipeline",
        "drog",
        "autostrad",
        "kolejow",
        "bahnstreck",
        "eisenbahn",
        "ferroviaire",
        "трасс",
        "шоссе",
        "железнодорож",
        "road",
        "highway",
        "motorway",
        "railway",
        "corridor",
        "дорог",
        "дорож",
        "траса",
        "трасі",
        "шлях",
        "залізниц",
        "autobahn",
    ];
    let is_line = matches!(word.small.as_str(), "line" | "lines" | "route" | "лінія" | "лінії");
    is_line || STEMS.iter().any(|stem| word.small.starts_with(stem))
}

/// What follows a name in the name of a school, a document or a newspaper.
pub(super) fn follows_in_institution(word: &Word<'_>) -> bool {
    const WORDS: [&str; 13] = [
        "school",
        "business",
        "polytechnic",
        "declaration",
        "protocol",
        "memorandum",
        "summit",
        "conference",
        "forum",
        "post",
        "independent",
        "agreement",
        "format",
    ];
    WORDS.contains(&word.small.as_str())
}

/// Words after which a name with an article is that of a water: `over the Dnipro`, `along the Dnipro`.
pub(super) fn is_of_crossing(word: &Word<'_>) -> bool {
    const WORDS: [&str; 13] =
        ["over", "across", "along", "into", "через", "czerez", "przez", "über", "sur", "am", "above", "banks", "down"];
    WORDS.contains(&word.small.as_str())
}

/// Words after which a name only says where something else is.
pub(super) fn is_of_reference(word: &Word<'_>) -> bool {
    const WORDS: [&str; 40] = [
        "near",
        "outside",
        "west",
        "east",
        "north",
        "south",
        "satellite",
        "suburb",
        "suburbs",
        "close",
        "km",
        "kilometres",
        "kilometers",
        "км",
        "біля",
        "поблизу",
        "недалеко",
        "неподалік",
        "під",
        "возле",
        "около",
        "западнее",
        "восточнее",
        "севернее",
        "южнее",
        "unweit",
        "westlich",
        "östlich",
        "nördlich",
        "südlich",
        "koło",
        "pod",
        "opodal",
        "près",
        "proche",
        "bei",
        "nähe",
        "nahe",
        "под",
        "від",
    ];
    WORDS.contains(&word.small.as_str())
}

/// Words of nuclear power: `Rivne 4` is a reactor, and stands in another town of the oblast.
pub(super) fn is_nuclear(word: &Word<'_>) -> bool {
    const STEMS: [&str; 13] = [
        "nuclear",
        "reactor",
        "npp",
        "аес",
        "аэс",
        "атомн",
        "ядерн",
        "kernkraft",
        "akw",
        "nucléaire",
        "jądrow",
        "atomkraft",
        "euratom",
    ];
    STEMS.iter().any(|stem| word.small.starts_with(stem))
}

/// Help that a State gets for its budget, whatever the town that stands for it.
pub(super) fn is_of_state_budget(word: &Word<'_>) -> bool {
    const STEMS: [&str; 6] = ["macrofinan", "makrofinan", "макрофін", "макрофин", "eurobond", "budgetary"];
    let macro_financial = word.small == "financial" && word.gap == "-";
    macro_financial || STEMS.iter().any(|stem| word.small.starts_with(stem))
}

/// The whole country, in the words of several languages.
const NATIONWIDE: [&str; 16] = [
    "throughout ukraine",
    "across ukraine",
    "across the country",
    "throughout the country",
    "all over ukraine",
    "all of ukraine",
    "whole of ukraine",
    "nationwide",
    "countrywide",
    "country-wide",
    "по всій україні",
    "по всій країні",
    "по всей украине",
    "landesweit",
    "dans toute l'ukraine",
    "w całej ukrainie",
];

/// Where a text says that the whole country is meant, and in which words.
pub(super) fn nationwide(text: &str) -> Option<&str> {
    let small = text.to_lowercase();
    let (at, words) = NATIONWIDE.iter().find_map(|words| Some((small.find(words)?, *words)))?;
    Some(text.get(at..at + words.len()).unwrap_or(text))
}
