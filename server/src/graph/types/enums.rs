//! The enums of the public schema, each beside the enum of the model that it shows.

mod alliance;
mod link;
mod money;
mod place;
mod project;
mod source;

pub use alliance::*;
pub use link::*;
pub use money::*;
pub use place::*;
pub use project::*;
pub use source::*;
