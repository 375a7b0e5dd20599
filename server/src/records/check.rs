//! The rules that a file's fields have to obey, each with a sentence for whoever wrote the file.

use connectors::model::{CountryCode, PartialDate};
use url::Url;

use super::place_code;

/// What is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{field}`: {reason}")]
pub struct Fault {
    /// The field, with its position where there are several: `parties[1].place`.
    pub field: String,
    /// What is wrong with it.
    pub reason: String,
}

impl Fault {
    pub(super) fn new(field: &str, reason: impl Into<String>) -> Self {
        Self { field: field.to_owned(), reason: reason.into() }
    }
}

/// A text that says something.
pub(super) fn filled(field: &str, text: &str) -> Result<(), Fault> {
    if text.trim().is_empty() {
        return Err(Fault::new(field, "is empty; leave the line out where nothing is known"));
    }
    Ok(())
}

/// As [`filled`], for a field that may be absent.
pub(super) fn filled_if_given(field: &str, text: Option<&str>) -> Result<(), Fault> {
    text.map_or(Ok(()), |text| filled(field, text))
}

/// An absolute web address, where one is given.
pub(super) fn address(field: &str, text: Option<&str>) -> Result<(), Fault> {
    let Some(text) = text else { return Ok(()) };
    let web = Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    if web { Ok(()) } else { Err(Fault::new(field, format!("`{text}` is not an absolute http or https address"))) }
}

/// A place code of a known form that does not contradict the country; gives back the country, stated or implied.
pub(super) fn place(
    field: &str,
    code: Option<&str>,
    country: Option<CountryCode>,
) -> Result<Option<CountryCode>, Fault> {
    let Some(code) = code else { return Ok(country) };
    let Some(implied) = place_code::country(code) else {
        let forms = "a KATOTTG code (UA and 17 digits), a NUTS code (PL63) or a country (PL)";
        return Err(Fault::new(field, format!("`{code}` is not {forms}")));
    };
    match country {
        Some(country) if country != implied => {
            Err(Fault::new(field, format!("`{code}` lies in {implied}, but the country says {country}")))
        }
        _ => Ok(Some(implied)),
    }
}

/// An id of a record that is made here: the type, a colon and a UUID of version 7 in small letters.
pub(super) fn uuid(kind: &str, id: &str) -> Result<(), Fault> {
    let text = id.strip_prefix(kind).and_then(|rest| rest.strip_prefix(':'));
    let right = |text: &&str| {
        uuid::Uuid::try_parse(text).is_ok_and(|uuid| uuid.get_version_num() == 7 && uuid.to_string() == **text)
    };
    match text.filter(right) {
        Some(_) => Ok(()),
        None => Err(Fault::new("id", format!("`{id}` is not `{kind}:` and a UUID of version 7"))),
    }
}

/// An end that does not come before its beginning.
pub(super) fn order(field: &str, first: Option<PartialDate>, last: Option<PartialDate>) -> Result<(), Fault> {
    match (first, last) {
        (Some(first), Some(last)) if last.last_day() < first.first_day() => {
            Err(Fault::new(field, format!("{last} is before {first}")))
        }
        _ => Ok(()),
    }
}

/// A file name that can stand in an id: small letters, digits, single hyphens between them.
pub(super) fn slug(name: &str) -> Result<(), Fault> {
    let plain =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    if name.split('-').all(plain) {
        return Ok(());
    }
    Err(Fault::new("file name", format!("`{name}` has more than small letters, digits and single hyphens")))
}
