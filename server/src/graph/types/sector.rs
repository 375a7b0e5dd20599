//! `Sector`: a DAC purpose or group.

use async_graphql::{ID, Object};

use crate::sectors;

/// A DAC purpose (5 digits) or sector group (3 digits), withdrawn codes included.
#[derive(Clone, Copy)]
pub struct Sector(pub &'static sectors::Sector);

/// A purpose (5 digits) or sector group (3 digits) of the DAC's list, withdrawn codes included.
#[Object]
impl Sector {
    /// The code in the DAC's list.
    async fn code(&self) -> ID {
        ID(self.0.code.to_owned())
    }

    /// The English name in the list.
    async fn name(&self) -> &str {
        self.0.name
    }

    /// The next wider sector: of a purpose its group, of some groups an umbrella; else null.
    async fn group(&self) -> Option<Sector> {
        self.0.group().map(Sector)
    }

    /// Whether the list has withdrawn the code; older records still carry it.
    async fn withdrawn(&self) -> bool {
        self.0.withdrawn()
    }
}
