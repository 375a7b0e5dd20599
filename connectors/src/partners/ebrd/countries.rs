//! The country names that the EBRD prints.

use crate::model::CountryCode;

/// What the EBRD prints for an operation in more than one country: no country.
const REGIONAL: &str = "regional";

/// The EBRD's names and ISO 3166-1 codes, older names included; `XK` is the user-assigned code in common use.
const NAMES: [(&str, &str); 56] = [
    ("albania", "AL"),
    ("armenia", "AM"),
    ("azerbaijan", "AZ"),
    ("belarus", "BY"),
    ("benin", "BJ"),
    ("bosnia and herzegovina", "BA"),
    ("bulgaria", "BG"),
    ("cote d'ivoire", "CI"),
    ("côte d'ivoire", "CI"),
    ("croatia", "HR"),
    ("cyprus", "CY"),
    ("czech republic", "CZ"),
    ("czechia", "CZ"),
    ("egypt", "EG"),
    ("estonia", "EE"),
    ("fyr macedonia", "MK"),
    ("georgia", "GE"),
    ("ghana", "GH"),
    ("greece", "GR"),
    ("hungary", "HU"),
    ("iraq", "IQ"),
    ("jordan", "JO"),
    ("kazakhstan", "KZ"),
    ("kenya", "KE"),
    ("kosovo", "XK"),
    ("kyrgyz republic", "KG"),
    ("kyrgyzstan", "KG"),
    ("latvia", "LV"),
    ("lebanon", "LB"),
    ("lithuania", "LT"),
    ("moldova", "MD"),
    ("mongolia", "MN"),
    ("montenegro", "ME"),
    ("morocco", "MA"),
    ("nigeria", "NG"),
    ("north macedonia", "MK"),
    ("poland", "PL"),
    ("romania", "RO"),
    ("russia", "RU"),
    ("russian federation", "RU"),
    ("senegal", "SN"),
    ("serbia", "RS"),
    ("slovak republic", "SK"),
    ("slovakia", "SK"),
    ("slovenia", "SI"),
    ("tajikistan", "TJ"),
    ("tunisia", "TN"),
    ("turkey", "TR"),
    ("turkiye", "TR"),
    ("türkiye", "TR"),
    ("turkmenistan", "TM"),
    ("ukraine", "UA"),
    ("uzbekistan", "UZ"),
    ("west bank and gaza", "PS"),
    ("west bank & gaza", "PS"),
    ("macedonia", "MK"),
];

/// The countries that a text names, and the parts of it that are no name known here.
pub(super) fn countries_in(text: &str) -> (Vec<CountryCode>, Vec<String>) {
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for part in text.split([',', ';', '/']).map(str::trim).filter(|part| !part.is_empty()) {
        let folded = part.replace('’', "'").to_lowercase();
        if folded == REGIONAL {
            continue;
        }
        let code = NAMES.iter().find(|(name, _)| *name == folded).and_then(|(_, code)| CountryCode::new(code).ok());
        match code {
            Some(code) if known.contains(&code) => {}
            Some(code) => known.push(code),
            None => unknown.push(part.to_owned()),
        }
    }
    (known, unknown)
}
