//! Outlines of places, from a file that an operator names. None are built in: their licences do not allow it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use geojson::feature::Id;
use geojson::{Feature, GeometryValue, Position};
use serde_json::Value;

use super::gazetteer::Gazetteer;
use super::place::PlaceIndex;

/// The properties that may name a feature's place, the first that does wins; after them the feature's own `id`.
pub const CODE_PROPERTIES: [&str; 11] = [
    "code",
    "katottg",
    "katottg_code",
    "id",
    "NUTS_ID",
    "nuts_id",
    "iso3166_2",
    "shapeISO",
    "ADM3_PCODE",
    "ADM2_PCODE",
    "ADM1_PCODE",
];

/// Outlines by place.
#[derive(Debug, Default)]
pub struct Boundaries {
    outlines: HashMap<PlaceIndex, Value>,
}

/// Why a file of outlines cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("the boundaries in {} cannot be used: {reason}", path.display())]
pub struct BoundaryError {
    /// The file.
    pub path: PathBuf,
    /// What is wrong, with the feature it is wrong with.
    pub reason: String,
}

impl Boundaries {
    /// Reads a GeoJSON file. All of it must be right: a map with a gap that nobody sees is worse than none.
    ///
    /// # Errors
    /// [`BoundaryError`] for a file that cannot be read or is no `FeatureCollection`, and for the first feature that is
    /// broken, has no area, names no place that there is, or names one that another feature names.
    pub fn read(path: &Path) -> Result<Self, BoundaryError> {
        let error = |reason| BoundaryError { path: path.to_owned(), reason };
        let text = std::fs::read_to_string(path).map_err(|source| error(source.to_string()))?;
        Self::parse(&text).map_err(error)
    }

    fn parse(text: &str) -> Result<Self, String> {
        let mut file: Value = serde_json::from_str(text).map_err(|reason| format!("it is no JSON: {reason}"))?;
        let features = match file.get_mut("features").map(Value::take) {
            Some(Value::Array(features)) if file["type"] == "FeatureCollection" => features,
            _ => return Err("it is no FeatureCollection with `features`".to_owned()),
        };
        let mut outlines = HashMap::new();
        for (number, feature) in (1_usize..).zip(features) {
            let named = said(&feature);
            let fault = |reason: String| format!("feature {number}{named}: {reason}");
            let feature: Feature = serde_json::from_value(feature).map_err(|reason| fault(reason.to_string()))?;
            let place = place_of(&feature).ok_or_else(|| {
                fault(format!("no place has its code; `{}` or its `id` must be one", CODE_PROPERTIES.join("`, `")))
            })?;
            let outline = outline_of(&feature).map_err(fault)?;
            if outlines.insert(place, outline).is_some() {
                return Err(fault("another feature has the same code".to_owned()));
            }
        }
        Ok(Self { outlines })
    }

    /// The outline of a place as a GeoJSON geometry; `None` where the file has none.
    #[must_use]
    pub fn of(&self, place: PlaceIndex) -> Option<&Value> {
        self.outlines.get(&place)
    }

    /// How many places have one.
    #[must_use]
    pub fn len(&self) -> usize {
        self.outlines.len()
    }

    /// Whether no place has one.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.outlines.is_empty()
    }
}

/// How to tell the feature from others in a message: ` (code UA05, …)`.
fn said(feature: &Value) -> String {
    let properties = feature.get("properties");
    let stated = CODE_PROPERTIES.iter().filter_map(|name| Some((name, properties?.get(name)?)));
    let stated: Vec<String> = stated.map(|(name, value)| format!("{name} {value}")).collect();
    if stated.is_empty() { String::new() } else { format!(" ({})", stated.join(", ")) }
}

fn place_of(feature: &Feature) -> Option<PlaceIndex> {
    let property = |name: &&str| feature.property(*name).and_then(Value::as_str);
    let own = match &feature.id {
        Some(Id::String(id)) => Some(id.as_str()),
        _ => None,
    };
    CODE_PROPERTIES.iter().filter_map(property).chain(own).find_map(place_of_code)
}

fn place_of_code(code: &str) -> Option<PlaceIndex> {
    let gazetteer = Gazetteer::embedded();
    // Eurostat writes two countries otherwise than ISO.
    let iso = match code {
        "EL" => "GR",
        "UK" => "GB",
        code => code,
    };
    gazetteer.by_id(iso).or_else(|| gazetteer.by_iso3166_2(code)).or_else(|| gazetteer.by_ocha_code(code))
}

fn outline_of(feature: &Feature) -> Result<Value, String> {
    let geometry = feature.geometry.as_ref().ok_or("it has no geometry")?;
    match &geometry.value {
        GeometryValue::Polygon { coordinates } => check_polygon(coordinates)?,
        GeometryValue::MultiPolygon { coordinates } => coordinates.iter().try_for_each(|rings| check_polygon(rings))?,
        other => return Err(format!("its geometry is a {}, and not a Polygon or MultiPolygon", other.type_name())),
    }
    serde_json::to_value(geometry).map_err(|reason| reason.to_string())
}

fn check_polygon(rings: &[Vec<Position>]) -> Result<(), String> {
    if rings.is_empty() {
        return Err("its polygon has no ring".to_owned());
    }
    for ring in rings {
        if ring.len() < 4 || ring.first() != ring.last() {
            return Err(
                "a ring is not closed: its last position must equal its first, and four are the least".to_owned()
            );
        }
        let on_earth = |position: &Position| matches!(position.as_slice(), [longitude, latitude, ..] if longitude.abs() <= 180.0 && latitude.abs() <= 90.0);
        if let Some(position) = ring.iter().find(|position| !on_earth(position)) {
            let position = position.as_slice();
            return Err(format!("{position:?} is no longitude and latitude in degrees (WGS 84)"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const RING: &str = "[[30,50],[31,50],[31,51],[30,50]]";

    fn file(features: &str) -> String {
        format!(r#"{{"type":"FeatureCollection","features":[{features}]}}"#)
    }

    fn feature(properties: &str) -> String {
        format!(
            r#"{{"type":"Feature","properties":{properties},"geometry":{{"type":"Polygon","coordinates":[{RING}]}}}}"#
        )
    }

    #[track_caller]
    fn check_refused(text: &str, words: &[&str]) {
        let reason = Boundaries::parse(text).unwrap_err();
        assert!(words.iter().all(|word| reason.contains(word)), "{reason}");
    }

    #[test]
    fn a_place_is_named_by_any_of_its_codes() {
        for (properties, id) in [
            (r#"{"code":"UA63000000000041885","name":"x"}"#, "UA63000000000041885"),
            (r#"{"id":"PL63"}"#, "PL63"),
            (r#"{"NUTS_ID":"EL"}"#, "GR"),
            (r#"{"shapeISO":"UA-77"}"#, "UA73000000000044923"),
            (r#"{"ADM1_PCODE":"UA63","ADM3_PCODE":"UA6312027"}"#, "UA63120270000028556"),
            (r#"{"name":"no code here","id":7,"code":"UA"}"#, "UA"),
        ] {
            let boundaries = Boundaries::parse(&file(&feature(properties))).unwrap();
            let place = Gazetteer::embedded().by_id(id).unwrap();
            assert_eq!(boundaries.of(place).unwrap()["type"], "Polygon", "{properties}");
        }
    }

    #[test]
    fn a_feature_may_name_its_place_by_its_own_id() {
        let text = file(&feature("null").replacen("{", r#"{"id":"UA-30","#, 1));
        let boundaries = Boundaries::parse(&text).unwrap();
        assert_eq!(boundaries.len(), 1);
        assert!(boundaries.of(Gazetteer::embedded().by_id("UA80000000000093317").unwrap()).is_some());
        assert!(boundaries.of(Gazetteer::embedded().by_id("UA32000000000030281").unwrap()).is_none());
    }

    #[test]
    fn a_broken_file_names_the_feature_and_what_is_wrong_with_it() {
        let good = feature(r#"{"code":"UA63000000000041885"}"#);
        let second = |feature: &str| file(&format!("{good},{feature}"));
        check_refused("{", &["no JSON"]);
        check_refused(r#"{"type":"Feature"}"#, &["FeatureCollection"]);
        check_refused(&second(&feature(r#"{"code":"UA99"}"#)), &["feature 2 (code \"UA99\")", "no place"]);
        check_refused(&second(&good), &["feature 2", "another feature"]);
        let point =
            r#"{"type":"Feature","properties":{"code":"UA"},"geometry":{"type":"Point","coordinates":[30,50]}}"#;
        check_refused(&second(point), &["feature 2 (code \"UA\")", "Point"]);
        let open = feature(r#"{"code":"UA"}"#).replace(",[30,50]]", "]");
        check_refused(&second(&open), &["feature 2", "not closed"]);
        let metres = feature(r#"{"code":"UA"}"#).replace("[31,51]", "[3100000,51]");
        check_refused(&second(&metres), &["feature 2", "3100000", "WGS 84"]);
        let none = r#"{"type":"Feature","properties":{"code":"UA"},"geometry":null}"#;
        check_refused(&second(none), &["feature 2", "no geometry"]);
        check_refused(&second("7"), &["feature 2"]);
    }
}
