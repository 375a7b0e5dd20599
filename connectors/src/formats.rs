//! Readers that several partners share.

pub mod csv;
pub mod date;
pub mod html;
pub mod money;
pub mod sdmx;
pub mod text;
