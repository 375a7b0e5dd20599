//! The file, piece by piece. A piece is written when the one before it has been taken, so that a slow reader costs no
//! memory and a large file no more than a small one.

use bytes::Bytes;
use roaring::RoaringBitmap;
use serde_json::{Map, Value, json};

use super::columns::instant;
use super::{Asked, Format, delimited, points, sources};
use crate::view::View;

/// How large a piece grows before it is handed out, in bytes; one row may carry it further.
const PIECE: usize = 32 << 10;

/// A file of projects, piece by piece.
pub struct Chunks {
    view: View,
    asked: Asked,
    format: Format,
    left: roaring::bitmap::IntoIter,
    next: Part,
    /// What comes before the first row.
    head: Vec<u8>,
    rows: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Head,
    Rows,
    End,
}

impl Chunks {
    /// The rows that are asked for, by hub id: files of two days differ where the records do.
    #[must_use]
    pub fn new(view: View, asked: Asked, format: Format) -> Self {
        let selection = view.catalogue.select(&asked.filter);
        let shown = match format {
            Format::GeoJson => with_points(&view, &selection),
            _ => selection.clone(),
        };
        let head = head(&view, &asked, format, &selection, &shown);
        Self { view, asked, format, left: shown.into_iter(), next: Part::Head, head, rows: 0 }
    }

    fn write_rows(&mut self, out: &mut Vec<u8>) {
        while out.len() < PIECE {
            let Some(number) = self.left.next() else {
                self.next = Part::End;
                out.extend_from_slice(match self.format {
                    Format::Csv | Format::Ndjson => b"",
                    Format::Json | Format::GeoJson => b"\n]}\n",
                });
                return;
            };
            for row in self.asked.grain.rows(&self.view, number, self.asked.filter.basis) {
                let written = match self.format {
                    Format::Csv => {
                        delimited::row(out, &row);
                        Ok(())
                    }
                    Format::Ndjson => points::object(out, &row).map(|()| out.push(b'\n')),
                    Format::Json => {
                        out.extend_from_slice(separator(self.rows));
                        points::object(out, &row)
                    }
                    Format::GeoJson => {
                        out.extend_from_slice(separator(self.rows));
                        points::feature(out, &row)
                    }
                };
                if let Err(error) = written {
                    tracing::error!(project.id = row.id(), %error, "a row could not be written");
                }
                self.rows += 1;
            }
        }
    }
}

fn separator(rows: u64) -> &'static [u8] {
    if rows == 0 { b"\n" } else { b",\n" }
}

impl Iterator for Chunks {
    type Item = Bytes;

    fn next(&mut self) -> Option<Bytes> {
        let mut out = Vec::with_capacity(PIECE + (PIECE >> 2));
        match self.next {
            Part::Head => {
                out = std::mem::take(&mut self.head);
                self.next = Part::Rows;
                self.write_rows(&mut out);
            }
            Part::Rows => self.write_rows(&mut out),
            Part::End => return None,
        }
        (!out.is_empty()).then(|| Bytes::from(out))
    }
}

/// The records of a selection that have a point.
fn with_points(view: &View, selection: &RoaringBitmap) -> RoaringBitmap {
    let has_point = |number: &u32| !points::of(view.catalogue.record(*number)).is_empty();
    selection.iter().filter(has_point).collect()
}

fn head(view: &View, asked: &Asked, format: Format, selection: &RoaringBitmap, shown: &RoaringBitmap) -> Vec<u8> {
    let mut out = Vec::new();
    match format {
        Format::Csv => {
            if asked.bom {
                out.extend_from_slice(delimited::BYTE_ORDER_MARK);
            }
            delimited::head(&mut out);
        }
        Format::Ndjson => {}
        Format::Json => open(&mut out, about(view, asked, selection), "rows"),
        Format::GeoJson => {
            let coverage = view.catalogue.coverage(&(selection - shown));
            let mut members = about(view, asked, selection);
            members.insert("type".to_owned(), json!("FeatureCollection"));
            let left_out = json!({
                "records": coverage.records,
                "nationwide": coverage.nationwide,
                "unlocated": coverage.unlocated,
                "place_without_point": coverage.located,
            });
            members.insert("left_out".to_owned(), left_out);
            open(&mut out, members, "features");
        }
    }
    out
}

/// Opens an object whose last member is a list.
fn open(out: &mut Vec<u8>, members: Map<String, Value>, list: &str) {
    let mut text = Value::Object(members).to_string();
    text.pop();
    out.extend_from_slice(text.as_bytes());
    out.extend_from_slice(format!(",\"{list}\":[").as_bytes());
}

/// What a reader has to know of the file.
pub(super) fn about(view: &View, asked: &Asked, selection: &RoaringBitmap) -> Map<String, Value> {
    let mut about = hub(view);
    about.insert("grain".to_owned(), json!(asked.grain.word()));
    about.insert("parameters".to_owned(), json!(asked.given));
    about.insert("records".to_owned(), json!(selection.len()));
    about
}

/// What any file says of the hub that made it.
pub(super) fn hub(view: &View) -> Map<String, Value> {
    let mut about = Map::new();
    about.insert("hub".to_owned(), json!("Alliance Hub"));
    about.insert("version".to_owned(), json!(env!("CARGO_PKG_VERSION")));
    about.insert("generation".to_owned(), json!(view.catalogue.generation()));
    about.insert("created_at".to_owned(), json!(instant(view.catalogue.created_at())));
    about.insert("dictionary".to_owned(), json!("/export/dictionary.json"));
    about.insert("sources".to_owned(), serde_json::to_value(sources::of(view)).unwrap_or_default());
    about
}
