//! Everything that the hub holds, as one file: projects with every amount, and the Alliance's public records, with the
//! terms of each source and the date.

use bytes::Bytes;
use connectors::model::{Money, PriceBase};
use serde_json::{Value, json};

use super::chunks::hub;
use super::row::code;
use super::{COLUMNS, Cell, Row, dictionary, points};
use crate::catalogue::lead_amount;
use crate::graph::types;
use crate::harvest::packed::Text;
use crate::records::Statement;
use crate::view::View;

/// How large a piece grows before it is handed out, in bytes.
const PIECE: usize = 32 << 10;

/// Where the tables come from that places, sectors and rates are told by.
const TABLES: &str = include_str!("../../reference/LICENCES.md");

/// The whole catalogue, piece by piece, in the order of the lists.
pub struct Whole {
    view: View,
    /// Which list, and which of its items, comes next; beyond the last list the file is finished.
    next: (usize, usize),
    begun: bool,
}

/// One list of the file: its name, how many items it has, and the text of one.
struct List {
    name: &'static str,
    count: fn(&View) -> usize,
    item: fn(&View, usize) -> Vec<u8>,
}

const LISTS: [List; 6] = [
    List { name: "projects", count: |view| view.catalogue.records().len(), item: project },
    List { name: "members", count: |view| view.records.members().len(), item: |view, at| text(&member(view, at)) },
    List {
        name: "partnerships",
        count: |view| view.records.partnerships().len(),
        item: |view, at| text(&partnership(view, at)),
    },
    List { name: "events", count: |view| view.records.events().len(), item: |view, at| text(&event(view, at)) },
    List {
        name: "principles",
        count: |view| view.records.principles().len(),
        item: |view, at| {
            let principle = &view.records.principles()[at];
            text(&numbered(&principle.id, &principle.text, &principle.sources))
        },
    },
    List {
        name: "calls",
        count: |view| view.records.calls().len(),
        item: |view, at| {
            let call = &view.records.calls()[at];
            text(&numbered(&call.id, &call.text, &call.sources))
        },
    },
];

impl Whole {
    /// The file of a view.
    #[must_use]
    pub fn new(view: View) -> Self {
        Self { view, next: (0, 0), begun: false }
    }

    fn head(&self) -> Vec<u8> {
        let mut head = hub(&self.view);
        let notes = [
            "Each partner's records stand under the terms that its source states; `sources` names them, with the day of \
             reading. Where a source states none, ask the partner.",
            "What the hub worked out (places, sectors, conversions) stands beside what the source states, with the \
             method and how sure it is.",
            "The Alliance's records name the public statements that they rest on.",
        ];
        head.insert("licence_notes".to_owned(), json!(notes));
        head.insert("reference_tables".to_owned(), json!(TABLES));
        let columns = serde_json::from_str::<Value>(&dictionary::json()).unwrap_or_default();
        head.insert("project_columns".to_owned(), columns["columns"].clone());
        let mut text = Value::Object(head).to_string();
        text.pop();
        text.into_bytes()
    }

    fn write(&mut self, out: &mut Vec<u8>) {
        while out.len() < PIECE {
            let (list, item) = self.next;
            let Some(List { name, count, item: write }) = LISTS.get(list) else { return };
            if item == 0 {
                out.extend_from_slice(format!(",\n\"{name}\":[").as_bytes());
            }
            if item < count(&self.view) {
                out.extend_from_slice(if item == 0 { b"\n" } else { b",\n" });
                out.extend_from_slice(&write(&self.view, item));
                self.next.1 += 1;
                // An empty list is opened and closed in one step.
                if item + 1 < count(&self.view) {
                    continue;
                }
            }
            out.extend_from_slice(b"\n]");
            self.next = (list + 1, 0);
            if list + 1 == LISTS.len() {
                out.extend_from_slice(b"}\n");
            }
        }
    }
}

impl Iterator for Whole {
    type Item = Bytes;

    fn next(&mut self) -> Option<Bytes> {
        let mut out = if self.begun { Vec::with_capacity(PIECE + (PIECE >> 2)) } else { self.head() };
        self.begun = true;
        self.write(&mut out);
        (!out.is_empty()).then(|| Bytes::from(out))
    }
}

fn text(value: &Value) -> Vec<u8> {
    value.to_string().into_bytes()
}

/// A project: the columns of a row, then what has several parts.
fn project(view: &View, at: usize) -> Vec<u8> {
    let number = u32::try_from(at).unwrap_or(u32::MAX);
    let row = Row::new(view, number, lead_amount(view.catalogue.project(number)));
    let mut out = vec![b'{'];
    let written = points::members(&mut out, &row);
    debug_assert!(written.is_ok() && !COLUMNS.is_empty(), "a vector takes everything");
    let project = row.project();
    let contributions = project.contributions().map(|part| {
        json!({ "reference": part.reference, "kind": part.kind, "amount": amount(&part.amount), "date": part.date })
    });
    let parts = [
        ("titles", texts(project.titles())),
        ("descriptions", texts(project.descriptions())),
        ("amounts", project.amounts().map(|money| amount(&money)).collect()),
        ("contributions", contributions.collect()),
    ];
    for (name, part) in parts {
        out.extend_from_slice(format!(",\"{name}\":{part}").as_bytes());
    }
    out.push(b'}');
    out
}

fn texts<'view>(texts: impl Iterator<Item = Text<'view>>) -> Value {
    texts.map(|text| json!({ "language": text.language, "text": text.text(), "kind": text_kind(text) })).collect()
}

fn text_kind(text: Text<'_>) -> String {
    code::<types::TextKind>(text.kind).into_owned()
}

fn amount(money: &Money) -> Value {
    let year = match money.price_base {
        PriceBase::Current => None,
        PriceBase::Constant(year) => Some(year),
    };
    json!({
        "value": Cell::Decimal(money.value),
        "currency": money.currency,
        "basis": code::<types::AmountBasis>(money.basis),
        "price_year": year,
        "date": money.date,
    })
}

fn member(view: &View, at: usize) -> Value {
    let member = &view.records.members()[at];
    let names: serde_json::Map<String, Value> =
        member.names.iter().map(|(language, name)| (language.as_str().to_owned(), json!(name))).collect();
    json!({
        "id": member.id, "names": names, "abbreviation": member.abbreviation, "kind": member.kind,
        "role": member.role, "country_code": member.country, "place_id": member.place, "website": member.website,
        "joined_on": member.joined_on, "as_of": member.as_of, "note": member.note,
        "statements": statements(&member.sources),
    })
}

fn partnership(view: &View, at: usize) -> Value {
    let tie = &view.records.partnerships()[at];
    let parties = tie.parties.iter().map(|party| {
        json!({ "name": party.name, "country_code": party.country, "place_id": party.place, "member_id": party.member })
    });
    json!({
        "id": tie.id, "kind": tie.kind, "state": tie.state, "parties": parties.collect::<Vec<_>>(),
        "themes": tie.themes, "programme": tie.programme, "started_on": tie.started_on, "ended_on": tie.ended_on,
        "as_of": tie.as_of, "note": tie.note, "statements": statements(&tie.sources),
    })
}

fn event(view: &View, at: usize) -> Value {
    let event = &view.records.events()[at];
    json!({
        "id": event.id, "title": event.title, "starts_on": event.starts_on, "ends_on": event.ends_on,
        "place_name": event.place_name, "place_id": event.place, "url": event.url, "note": event.note,
        "statements": statements(&event.sources),
    })
}

fn numbered(id: &str, text: &str, sources: &[Statement]) -> Value {
    json!({ "id": id, "text": text, "statements": statements(sources) })
}

fn statements(sources: &[Statement]) -> Value {
    let statements = sources.iter().map(|statement| {
        json!({
            "title": statement.title, "url": statement.url, "published_on": statement.published_on,
            "read_on": statement.read_on, "says": statement.says,
        })
    });
    statements.collect()
}
