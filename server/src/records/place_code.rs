//! The forms that a place's code can have. Whether such a place exists is the gazetteer's to say.

use connectors::model::CountryCode;

/// The country that a code of a known form lies in: KATOTTG (`UA` and 17 digits), NUTS level 1 to 3 (`PL63`), or a
/// country by its ISO 3166-1 code. `None` for every other text.
pub(super) fn country(code: &str) -> Option<CountryCode> {
    let (prefix, rest) = code.split_at_checked(2)?;
    if !prefix.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return None;
    }
    let katottg = rest.len() == 17 && rest.bytes().all(|byte| byte.is_ascii_digit());
    let nuts =
        (1..=3).contains(&rest.len()) && rest.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    match (prefix, rest.is_empty()) {
        // NUTS writes Greece and the United Kingdom with codes of its own; a country stands by its ISO code.
        ("EL" | "UK", true) => None,
        (_, true) => CountryCode::new(prefix).ok(),
        ("UA", false) => katottg.then_some(CountryCode::UA),
        ("EL", false) if nuts => CountryCode::new("GR").ok(),
        ("UK", false) if nuts => CountryCode::new("GB").ok(),
        (_, false) if nuts => CountryCode::new(prefix).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(code: &str, expected: Option<&str>) {
        assert_eq!(country(code).map(String::from).as_deref(), expected, "{code}");
    }

    #[test]
    fn a_code_tells_its_country() {
        check("UA63120270010096107", Some("UA"));
        check("PL633", Some("PL"));
        check("FR1", Some("FR"));
        check("EL522", Some("GR"));
        check("UKC1", Some("GB"));
        check("GR", Some("GR"));
    }

    #[test]
    fn other_texts_have_none() {
        for code in ["", "U", "ua", "EL", "UK", "UA63", "UA6312027001009610", "UA6312027001009610x", "PL6333", "pl63"] {
            check(code, None);
        }
        check("Київ", None);
    }
}
