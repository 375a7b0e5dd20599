//! The words around a name that say what it is: a kind of place, a street, a river, a bank, a signature.

use super::super::kind::Kind;
use super::super::place::Category;
use super::words::Word;

/// A word for a kind of place, as a text uses it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct KindWord {
    pub(super) kind: Kind,
    /// The category that the word means first of all.
    pub(super) prefers: Option<Category>,
    pub(super) plural: bool,
}

const OBLAST: [&str; 16] = [
    "область",
    "області",
    "областю",
    "обл",
    "области",
    "областью",
    "region",
    "région",
    "oblast",
    "oblaste",
    "province",
    "gebiet",
    "obwód",
    "obwodu",
    "obwodzie",
    "oblasti",
];
const OBLASTS: [&str; 14] = [
    "областей",
    "областях",
    "областям",
    "областями",
    "regions",
    "régions",
    "oblasts",
    "provinces",
    "regionen",
    "gebiete",
    "gebieten",
    "obwody",
    "obwodach",
    "obwodów",
];
const RAION: [&str; 14] = [
    "район",
    "району",
    "районі",
    "районом",
    "района",
    "районе",
    "raion",
    "rayon",
    "district",
    "rejon",
    "rejonie",
    "rejonu",
    "powiat",
    "powiecie",
];
const RAIONS: [&str; 7] = ["районів", "районах", "районы", "районов", "districts", "raions", "rayons"];
const HROMADA: [&str; 9] = ["громада", "громади", "громаді", "громаду", "громадою", "отг", "тг", "hromada", "gromada"];
const HROMADAS: [&str; 7] = ["громад", "громадах", "громадам", "громадами", "hromadas", "communities", "hromady"];
const CITY: [&str; 20] = [
    "м",
    "місто",
    "міста",
    "місті",
    "місту",
    "містом",
    "г",
    "город",
    "города",
    "городе",
    "городу",
    "city",
    "town",
    "stadt",
    "ville",
    "miasto",
    "miasta",
    "mieście",
    "miastem",
    "municipality",
];
const CITIES: [&str; 11] =
    ["міст", "містах", "містам", "городах", "cities", "towns", "städte", "städten", "villes", "miast", "miastach"];
const SETTLEMENT: [&str; 13] = [
    "смт",
    "селище",
    "селища",
    "селищі",
    "селищем",
    "щі",
    "ще",
    "пгт",
    "поселок",
    "посёлок",
    "поселке",
    "поселка",
    "settlement",
];
const VILLAGE: [&str; 15] = [
    "с",
    "село",
    "села",
    "селі",
    "селу",
    "селом",
    "селе",
    "хутір",
    "village",
    "dorf",
    "wieś",
    "wsi",
    "wioska",
    "сели",
    "сс",
];
const VILLAGES: [&str; 6] = ["сіл", "селах", "сёл", "villages", "dörfer", "dörfern"];

/// The kind of place that a word names.
pub(super) fn kind_word(word: &Word<'_>) -> Option<KindWord> {
    let lists: [(&[&str], Kind, Option<Category>, bool); 11] = [
        (&OBLAST, Kind::Oblast, None, false),
        (&OBLASTS, Kind::Oblast, None, true),
        (&RAION, Kind::Raion, None, false),
        (&RAIONS, Kind::Raion, None, true),
        (&HROMADA, Kind::Hromada, None, false),
        (&HROMADAS, Kind::Hromada, None, true),
        (&CITY, Kind::City, Some(Category::City), false),
        (&CITIES, Kind::City, Some(Category::City), true),
        (&SETTLEMENT, Kind::Village, Some(Category::Settlement), false),
        (&VILLAGE, Kind::Village, Some(Category::Village), false),
        (&VILLAGES, Kind::Village, Some(Category::Village), true),
    ];
    let small = word.small.as_str();
    // `М. Грушевського` is a person; `м. Харків` is a city.
    if word.capital && word.text.chars().count() == 1 && !word.shouted {
        return None;
    }
    let found = lists.iter().find(|(words, ..)| words.contains(&small));
    found.map(|(_, kind, prefers, plural)| KindWord { kind: *kind, prefers: *prefers, plural: *plural })
}

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
    const STEMS: [&str; 17] = [
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
        "straße",
        "ulic",
    ];
    const WORDS: [&str; 12] = ["вул", "просп", "пр", "пров", "пер", "бульв", "пл", "наб", "ім", "мкр", "ул", "rue"];
    WORDS.contains(&word.small.as_str()) || STEMS.iter().any(|stem| word.small.starts_with(stem))
}

/// Prepositions after which a new part of the sentence begins.
pub(super) fn is_preposition(word: &Word<'_>) -> bool {
    const WORDS: [&str; 12] = ["у", "в", "на", "до", "від", "із", "з", "по", "in", "at", "для", "під"];
    WORDS.contains(&word.small.as_str())
}

/// A bank or another company that bears the name of its town.
pub(super) fn is_bank(word: &Word<'_>) -> bool {
    matches!(word.small.as_str(), "bank" | "банк" | "банку" | "банка" | "bankas" | "banque" | "банком")
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
    const STEMS: [&str; 12] = [
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
    STEMS.iter().any(|stem| word.small.starts_with(stem))
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

/// Verbs and nouns of signing, meeting and announcing, after which a name is a venue.
pub(super) fn is_of_meeting(word: &Word<'_>) -> bool {
    const STEMS: [&str; 27] = [
        "signed",
        "signing",
        "signature",
        "signé",
        "unterzeichn",
        "podpis",
        "підпис",
        "подпис",
        "held",
        "venue",
        "met",
        "meeting",
        "conference",
        "summit",
        "forum",
        "seminar",
        "workshop",
        "took",
        "announced",
        "відбу",
        "провед",
        "зустріч",
        "прошл",
        "состоя",
        "rencontre",
        "stattfand",
        "headquarter",
    ];
    STEMS.iter().any(|stem| word.small.starts_with(stem))
}

/// Words after which a name only says where something else is.
pub(super) fn is_of_reference(word: &Word<'_>) -> bool {
    const WORDS: [&str; 33] = [
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
        "près",
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
