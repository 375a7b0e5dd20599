//! The subjects that records are sorted by.

use serde::{Deserialize, Serialize};

/// What a record is about, in the Alliance's own short list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Theme {
    /// Homes, their repair and building.
    Housing,
    /// Power, heat, saving of energy.
    Energy,
    /// Drinking water, sewage, waste water.
    Water,
    /// Roads, rails, public transport.
    Transport,
    /// Hospitals, public health.
    Health,
    /// Schools, training.
    Education,
    /// Care and support of people, displaced persons among them.
    SocialProtection,
    /// Business, jobs, innovation.
    Economy,
    /// Nature, climate, waste.
    Environment,
    /// Heritage, arts, sport.
    Culture,
    /// Rescue services, demining, shelters.
    CivilProtection,
    /// Electronic government, data, networks.
    Digital,
    /// Self-government, democracy, administration.
    Governance,
    /// Know-how of administrations.
    CapacityBuilding,
    /// Transparency and the fight against corruption.
    AntiCorruption,
    /// The countryside.
    RuralDevelopment,
}

impl Theme {
    /// Every theme, in the list's order.
    pub const ALL: [Self; 16] = [
        Self::Housing,
        Self::Energy,
        Self::Water,
        Self::Transport,
        Self::Health,
        Self::Education,
        Self::SocialProtection,
        Self::Economy,
        Self::Environment,
        Self::Culture,
        Self::CivilProtection,
        Self::Digital,
        Self::Governance,
        Self::CapacityBuilding,
        Self::AntiCorruption,
        Self::RuralDevelopment,
    ];
}
