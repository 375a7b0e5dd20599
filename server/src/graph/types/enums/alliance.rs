//! Of the Alliance's records.

use async_graphql::Enum;

use crate::{changes, records};

/// What sort of body a member is.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "records::MemberKind")]
pub enum MemberKind {
    /// A national or regional association of authorities.
    Association,
    /// One city.
    City,
    /// One region.
    Region,
    /// One municipality other than a city.
    Municipality,
    /// A network across countries.
    Network,
    /// A body of the European Union.
    EuInstitution,
    /// Any other body.
    Other,
}

/// How a member stands to the Alliance.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "records::MemberRole")]
pub enum MemberRole {
    /// A core partner.
    Core,
    /// An associated partner.
    Associated,
    /// Holds an institutional role: founded, coordinates, or is called an institutional partner.
    Institutional,
    /// Invited by the Alliance to work with it; not a member by its own act.
    Invited,
    /// Belongs to it; no source says as what.
    Unknown,
}

/// What sort of tie a partnership is.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "records::PartnershipKind")]
pub enum PartnershipKind {
    /// Sister cities, twin cities, city partnerships.
    Twinning,
    /// Colleagues learn from colleagues.
    PeerToPeer,
    /// Several authorities together.
    Cluster,
    /// An agreement to work together.
    CooperationAgreement,
    /// Help in war time.
    Solidarity,
    /// An intention, signed.
    LetterOfIntent,
}

/// Where a partnership stands, as of its `asOf`.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "records::PartnershipState")]
pub enum PartnershipState {
    /// Offered, or decided by one side; nobody says that it was concluded.
    Proposed,
    /// A source of 24 February 2022 or later says that it was concluded or is in force.
    Active,
    /// A source says that it ended.
    Ended,
    /// Stated, but only by an older or undated source.
    Unknown,
}

/// Where a need stands.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "records::NeedState")]
pub enum NeedState {
    /// Published, and nobody has taken it up.
    Open,
    /// An offer was found for it.
    Matched,
    /// It is met.
    Met,
    /// Its publisher took it back.
    Withdrawn,
}

/// Where an offer stands.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "records::OfferState")]
pub enum OfferState {
    /// Published and free.
    Open,
    /// A need was found for it.
    Matched,
    /// Its publisher took it back.
    Withdrawn,
}

/// What a need, an offer, a partnership or a principle is about.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "records::Theme")]
pub enum Theme {
    /// Homes and their repair.
    Housing,
    /// Heat, power and saving them.
    Energy,
    /// Drinking water and sewerage.
    Water,
    /// Roads, rail, trams and buses.
    Transport,
    /// Hospitals and care.
    Health,
    /// Kindergartens, schools and universities.
    Education,
    /// Support for people in need, displaced persons among them.
    SocialProtection,
    /// Business and jobs.
    Economy,
    /// Waste, air, climate and nature.
    Environment,
    /// Culture and heritage.
    Culture,
    /// Rescue, shelters and demining.
    CivilProtection,
    /// E-government and networks.
    Digital,
    /// Local self-government and democracy.
    Governance,
    /// Learning and advice.
    CapacityBuilding,
    /// Transparency and the fight against corruption.
    AntiCorruption,
    /// The countryside.
    RuralDevelopment,
}

/// Where an application stands.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "changes::ApplicationState")]
pub enum ApplicationState {
    /// It came, and nobody has looked at it.
    Received,
    /// Somebody looks at it.
    UnderReview,
    /// The body is a member.
    Accepted,
    /// The body is none.
    Declined,
    /// The body took it back.
    Withdrawn,
}
