//! How recorded answers are damaged, by their format and not by partner.

use connectors::stage::Recorded;

use crate::play::Asked;

/// A page of the site that holds no record.
pub(crate) const OTHER_PAGE: &str =
    "<!DOCTYPE html><html><body><main><h1>One moment</h1><p>We check your browser.</p></main>";

/// Where the broken row of a list of pages leads.
const BROKEN_PAGE: &str = "broken-row/";

/// Adds a row that cannot be read before the first good one: to JSON an element that is no object, to CSV a line with
/// one field, to a list of pages a link to a page of another kind. Other answers stay as they are.
pub(crate) fn add_broken_row(asked: Asked) -> Recorded {
    if asked.path.ends_with(BROKEN_PAGE) {
        let body = OTHER_PAGE.into();
        return Recorded { status: 200, media_type: "text/html".to_owned(), body };
    }
    match format(&asked.recorded) {
        Format::Json => insert(asked.recorded, |text| first_row(text).map(|position| (position, "\"broken\",".into()))),
        Format::Csv => insert(asked.recorded, |text| Some((text.find('\n')? + 1, "broken\n".into()))),
        Format::Html => {
            let link = |text: &str| Some((first_link_below(text, &asked.path)?, anchor(&asked.path, BROKEN_PAGE)));
            insert(asked.recorded.clone(), link)
        }
        Format::Other => asked.recorded,
    }
}

/// Makes a page of a list one of a list without end: new rows each time, and always a next page. Answers that are no
/// such page stay as they are.
pub(crate) fn make_endless(asked: Asked) -> Recorded {
    let number = asked.number;
    match format(&asked.recorded) {
        Format::Json => renumber(asked.recorded, number),
        Format::Html => {
            let next = format!("<a rel=\"next\" href=\"?page={}\">Next</a>", number + 1);
            let more = anchor(&asked.path, &format!("endless-{number}/"));
            insert(asked.recorded.clone(), |text| Some((first_link_below(text, &asked.path)?, next + &more)))
        }
        Format::Csv | Format::Other => asked.recorded,
    }
}

/// Raises the number of rows that a JSON answer announces; `None` where it announces none.
pub(crate) fn announce_more(recorded: &Recorded, announced: u64) -> Option<Recorded> {
    let mut value: serde_json::Value = serde_json::from_slice(&recorded.body).ok()?;
    let number = value.as_object_mut()?.values_mut().find(|value| value.as_u64() == Some(announced))?;
    *number = (announced + 7).into();
    Some(Recorded { body: value.to_string().into(), ..recorded.clone() })
}

/// Writes the first letter of a text as a byte that is no UTF-8, wherever the text stands.
pub(crate) fn misspell(recorded: &Recorded, text: &str) -> Recorded {
    let (body, text) = (&recorded.body[..], text.as_bytes());
    let mut damaged = body.to_vec();
    for position in (0..body.len()).filter(|position| body[*position..].starts_with(text)) {
        damaged[position] = 0xE9;
    }
    Recorded { body: damaged.into(), ..recorded.clone() }
}

#[derive(PartialEq)]
enum Format {
    Json,
    Csv,
    Html,
    Other,
}

fn format(recorded: &Recorded) -> Format {
    let holds = |name| recorded.media_type.contains(name);
    match recorded.status {
        200 if holds("json") => Format::Json,
        200 if holds("csv") => Format::Csv,
        200 if holds("html") => Format::Html,
        _ => Format::Other,
    }
}

fn insert(recorded: Recorded, what: impl FnOnce(&str) -> Option<(usize, String)>) -> Recorded {
    let mut text = String::from_utf8_lossy(&recorded.body).into_owned();
    let Some((position, addition)) = what(&text) else { return recorded };
    text.insert_str(position, &addition);
    Recorded { body: text.into(), ..recorded }
}

/// The inside of the first JSON array of objects.
fn first_row(text: &str) -> Option<usize> {
    let opens_rows = |(position, _): &(usize, &str)| text[position + 1..].trim_start().starts_with('{');
    text.match_indices('[').find(opens_rows).map(|(position, _)| position + 1)
}

/// The first link of a page that leads below its own path.
fn first_link_below(page: &str, path: &str) -> Option<usize> {
    let beginning = format!("<a href=\"{path}");
    let leads_on = |(position, _): &(usize, &str)| {
        page[position + beginning.len()..].starts_with(|letter: char| letter.is_ascii_alphanumeric())
    };
    page.match_indices(&beginning).find(leads_on).map(|(position, _)| position)
}

fn anchor(path: &str, below: &str) -> String {
    format!("<a href=\"{path}{below}\">{below}</a>")
}

/// Gives the rows of a JSON page new ids and announces millions of them.
fn renumber(recorded: Recorded, number: usize) -> Recorded {
    let Ok(mut value) = serde_json::from_slice::<serde_json::Value>(&recorded.body) else { return recorded };
    for (name, field) in value.as_object_mut().into_iter().flatten() {
        if name.to_lowercase().contains("total") {
            *field = 9_000_000.into();
        }
        for (position, row) in field.as_array_mut().into_iter().flatten().enumerate() {
            row["id"] = format!("{number}{position:04}").into();
        }
    }
    Recorded { body: value.to_string().into(), ..recorded }
}
