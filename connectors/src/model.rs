//! The canonical model: one record shape for every partner, with the partner's own words kept beside ours.
//!
//! Nothing here does any input or output, and nothing here knows a partner.

mod code;
mod date;
mod issue;
mod money;
mod place;
mod project;
mod provenance;
mod status;
mod text;

pub use code::{CountryCode, CurrencyCode, InvalidCode, Language};
pub use date::{DateLetters, InvalidDate, PartialDate};
pub use issue::{Issue, Severity, codes};
pub use money::{AmountBasis, Money, PriceBase};
pub use place::PublishedLocation;
pub use project::{Contribution, Identifier, NativeSector, Organisation, OrganisationRole, Project, ProjectId};
pub use provenance::{Provenance, sha256_hex};
pub use status::{Instrument, ProjectStatus};
pub use text::{Text, TextKind};
