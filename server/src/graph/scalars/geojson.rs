//! `GeoJSON`: a geometry by RFC 7946.

use async_graphql::{InputValueResult, Scalar, ScalarType, Value};

/// `GeoJSON` geometry (RFC 7946), WGS 84, longitude first.
#[derive(Debug, Clone, PartialEq)]
pub struct GeoJson(pub Value);

/// `GeoJSON` geometry (RFC 7946), WGS 84, longitude first.
#[Scalar(name = "GeoJSON", specified_by_url = "https://www.rfc-editor.org/rfc/rfc7946")]
impl ScalarType for GeoJson {
    fn parse(value: Value) -> InputValueResult<Self> {
        Ok(Self(value))
    }

    fn to_value(&self) -> Value {
        self.0.clone()
    }
}
