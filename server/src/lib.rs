//! The Alliance Hub's server: the Alliance's records, joins with the partners' projects, GraphQL and HTTP.

pub mod money;
pub mod records;
pub mod sectors;
pub mod places;
pub mod http;
