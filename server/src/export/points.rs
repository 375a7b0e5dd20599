//! Rows as features of a map.

use serde_json::{Value, json};

use super::{COLUMNS, Row};
use crate::catalogue::Record;
use crate::places::{Gazetteer, Point};

/// The points of a record's places, each once; empty where none of them has one.
///
/// They are points of places and not of the works themselves: of a settlement, or of the centre of a larger unit.
pub(super) fn of(record: Record<'_>) -> Vec<Point> {
    let mut points = Vec::new();
    for place in record.locations.iter().filter_map(|location| location.place) {
        if let Some(point) = Gazetteer::embedded().get(place).centroid.filter(|point| !points.contains(point)) {
            points.push(point);
        }
    }
    points
}

/// Writes a row as a feature, whose properties are the columns.
pub(super) fn feature(out: &mut Vec<u8>, row: &Row<'_>) -> serde_json::Result<()> {
    out.extend_from_slice(br#"{"type":"Feature","id":"#);
    serde_json::to_writer(&mut *out, row.id())?;
    out.extend_from_slice(br#","geometry":"#);
    serde_json::to_writer(&mut *out, &geometry(&of(row.record())))?;
    out.extend_from_slice(br#","properties":"#);
    object(out, row)?;
    out.push(b'}');
    Ok(())
}

fn geometry(points: &[Point]) -> Value {
    let position = |point: &Point| json!([point.longitude, point.latitude]);
    match points {
        [] => Value::Null,
        [point] => json!({ "type": "Point", "coordinates": position(point) }),
        points => {
            json!({ "type": "MultiPoint", "coordinates": points.iter().map(position).collect::<Vec<_>>() })
        }
    }
}

/// Writes a row as an object, a member for each column, in their order.
pub(super) fn object(out: &mut Vec<u8>, row: &Row<'_>) -> serde_json::Result<()> {
    out.push(b'{');
    members(out, row)?;
    out.push(b'}');
    Ok(())
}

/// Writes the members of a row's object, without its braces.
pub(super) fn members(out: &mut Vec<u8>, row: &Row<'_>) -> serde_json::Result<()> {
    for (nth, column) in COLUMNS.iter().enumerate() {
        if nth > 0 {
            out.push(b',');
        }
        serde_json::to_writer(&mut *out, column.name)?;
        out.push(b':');
        serde_json::to_writer(&mut *out, &column.cell(row))?;
    }
    Ok(())
}
