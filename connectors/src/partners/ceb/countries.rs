//! The bank's 43 member countries by the names it has printed over the years, old ones included.

use crate::model::CountryCode;

/// The name of today first. Kosovo has no code in ISO 3166-1; `XK` is the one that European institutions use.
const NAMES: [(&str, &[&str]); 43] = [
    ("AD", &["Andorra"]),
    ("AL", &["Albania"]),
    ("BA", &["Bosnia and Herzegovina", "Bosnia & Herzegovina", "Bosnia-Herzegovina"]),
    ("BE", &["Belgium"]),
    ("BG", &["Bulgaria"]),
    ("CH", &["Switzerland"]),
    ("CY", &["Cyprus"]),
    ("CZ", &["Czechia", "Czech Republic"]),
    ("DE", &["Germany"]),
    ("DK", &["Denmark"]),
    ("EE", &["Estonia"]),
    ("ES", &["Spain"]),
    ("FI", &["Finland"]),
    ("FR", &["France"]),
    ("GE", &["Georgia"]),
    ("GR", &["Greece"]),
    ("HR", &["Croatia"]),
    ("HU", &["Hungary"]),
    ("IE", &["Ireland"]),
    ("IS", &["Iceland"]),
    ("IT", &["Italy"]),
    ("LI", &["Liechtenstein"]),
    ("LT", &["Lithuania"]),
    ("LU", &["Luxembourg"]),
    ("LV", &["Latvia"]),
    ("MD", &["Moldova", "Republic of Moldova", "Moldova (Republic of)", "Moldova, Republic of"]),
    ("ME", &["Montenegro"]),
    (
        "MK",
        &[
            "North Macedonia",
            "Republic of North Macedonia",
            "Macedonia",
            "The former Yugoslav Republic of Macedonia",
            "\"the former Yugoslav Republic of Macedonia\"",
            "FYROM",
        ],
    ),
    ("MT", &["Malta"]),
    ("NL", &["Netherlands", "The Netherlands"]),
    ("NO", &["Norway"]),
    ("PL", &["Poland"]),
    ("PT", &["Portugal"]),
    ("RO", &["Romania"]),
    ("RS", &["Serbia"]),
    ("SE", &["Sweden"]),
    ("SI", &["Slovenia"]),
    ("SK", &["Slovakia", "Slovak Republic"]),
    ("SM", &["San Marino"]),
    ("TR", &["Türkiye", "Turkey", "Turkiye"]),
    ("UA", &["Ukraine"]),
    ("VA", &["Holy See"]),
    ("XK", &["Kosovo", "Kosovo*"]),
];

/// Words by which a text names a country or its people beside the names above.
const PEOPLE: [(&str, &[&str]); 1] = [("UA", &["Ukrainian", "Ukrainians"])];

/// The code of a country by its name, in any case; `None` for a name that is not in the list.
pub(super) fn code(name: &str) -> Option<CountryCode> {
    let name = name.trim().to_lowercase();
    let (code, _) = NAMES.iter().find(|(_, names)| names.iter().any(|known| known.to_lowercase() == name))?;
    CountryCode::new(code).ok()
}

/// Whether a text names a country or its people, as whole words.
pub(super) fn names(text: &str, country: CountryCode) -> bool {
    let text = words(text);
    let known = NAMES.iter().chain(&PEOPLE).filter(|(code, _)| *code == country.as_str());
    known.flat_map(|(_, names)| *names).any(|name| text.contains(&words(name)))
}

/// Every country that a text names, itself or by its people.
pub(super) fn named(text: &str) -> Vec<CountryCode> {
    let codes = NAMES.iter().filter_map(|(code, _)| CountryCode::new(code).ok());
    codes.filter(|country| names(text, *country)).collect()
}

/// The words of a text in small letters, each between blanks, so that a phrase is found by its words only.
fn words(text: &str) -> String {
    let text = text.to_lowercase();
    let words: Vec<&str> =
        text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    format!(" {} ", words.join(" "))
}
