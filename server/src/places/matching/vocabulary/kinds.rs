//! Words for kinds of places, in every case and number in which texts have them.

use super::super::super::kind::Kind;
use super::super::super::place::Category;
use super::super::words::Word;

/// A word for a kind of place, as a text uses it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::places::matching) struct KindWord {
    pub(in crate::places::matching) kind: Kind,
    /// The category that the word means first of all.
    pub(in crate::places::matching) prefers: Option<Category>,
    pub(in crate::places::matching) plural: bool,
}

const OBLAST: [&str; 19] = [
    "regionie",
    "regionu",
    "regione",
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
const OBLASTS: [&str; 19] = [
    "oblasten",
    "regiony",
    "regionach",
    "regionów",
    "regioni",
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
pub(in crate::places::matching) fn kind_word(word: &Word<'_>) -> Option<KindWord> {
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
