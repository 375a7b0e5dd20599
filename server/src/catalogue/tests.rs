//! What a catalogue finds, counts and orders.

mod changes;
mod content;
mod counts;
mod filters;
mod pages;
mod words;

use roaring::RoaringBitmap;

use super::*;
use crate::places::Gazetteer;

const KHARKIV_OBLAST: &str = "UA63000000000041885";
const KHARKIV: &str = "UA63120270010096107";
const LVIV: &str = "UA46060250010015970";
const LVIV_OBLAST: &str = "UA46000000000026241";

fn place(id: &str) -> PlaceIndex {
    Gazetteer::embedded().by_id(id).unwrap()
}

/// The native ids of a selection, in order, with blanks between.
fn natives(catalogue: &Catalogue, selection: &RoaringBitmap) -> String {
    let ids = selection.iter().map(|number| catalogue.project(number).id().native());
    ids.collect::<Vec<_>>().join(" ")
}
