//! The enums of the public schema, each beside the enum of the model that it shows.

use async_graphql::Enum;
use connectors::model;

use crate::{catalogue, changes, harvest, join, money, places, records, sectors};

/// What an amount stands for. Amounts of different bases are never added.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::AmountBasis")]
pub enum AmountBasis {
    /// Proposed or announced, not decided.
    Planned,
    /// The lender's board decided it.
    Approved,
    /// The contract is signed.
    Signed,
    /// A binding promise in the reporter's statistics (OECD only).
    Committed,
    /// Paid out.
    Disbursed,
    /// What the whole undertaking costs, all funders together.
    TotalCost,
}

/// What sums of money are grouped by. A record with several values is in the row `MULTIPLE`.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "join::finance::Dimension")]
pub enum Dimension {
    /// Who publishes the record, by id.
    Partner,
    /// Who gives the money: the bank whose lending a row of statistics reports, else the organisation named as funder,
    /// else the partner itself. `UNKNOWN` where statistics name nobody.
    Funder,
    /// The country by ISO 3166-1; `UNKNOWN` without any.
    Country,
    /// The first-level unit of Ukraine by KATOTTG; `NATIONWIDE` for what is meant for the whole country, `UNLOCATED`
    /// where no place is known, `ABROAD` outside Ukraine.
    Oblast,
    /// The hromada by KATOTTG, Kyiv and Sevastopol among them; `WIDER` where only an oblast or raion is known, and the
    /// words of OBLAST.
    Hromada,
    /// The DAC purpose or group; `UNKNOWN` where nothing is sure enough.
    Sector,
    /// The DAC group of three digits; `UNKNOWN` where nothing is sure enough.
    SectorGroup,
    /// The status.
    Status,
    /// The financial form.
    Instrument,
    /// The year of signature for SIGNED and of approval for APPROVED, else that of the amount; commitments and
    /// disbursements over several years are told apart by the year of each. `UNDATED` without any.
    Year,
}

/// How money that several records report is counted.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "join::finance::Counting")]
pub enum Counting {
    /// Every record is added.
    Gross,
    /// A record that restates another one, or is a part of one, is left out while that one is in the same total; of one
    /// undertaking's total costs the greatest counts. `excluded` says which.
    CountedOnce,
}

/// In whose prices an amount is.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum PriceBase {
    /// Prices of the amount's own time.
    Current,
    /// Prices of `priceYear` (OECD only).
    Constant,
}

/// At which day's rate an amount is converted.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "money::RateDate")]
pub enum RateDate {
    /// Of the amount's own date. A weekend or holiday takes the rate of the last day of publication before it, which
    /// `rateDate` names; a hryvnia amount has a rate for each calendar day where the National Bank's are read. An amount
    /// with a year or month only takes the mean of that year or month.
    ValueDate,
    /// The mean of the amount's year.
    YearAverage,
    /// The newest known.
    Latest,
}

/// Where a project stands, in the few words that all partners' words are mapped to.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::ProjectStatus")]
pub enum ProjectStatus {
    /// Under appraisal or proposed.
    Pipeline,
    /// Decided by the lender's board, not signed.
    Approved,
    /// The contract is signed.
    Signed,
    /// Works or disbursements are under way.
    Implementing,
    /// Finished.
    Completed,
    /// Given up.
    Cancelled,
    /// Halted, may go on.
    Suspended,
    /// Not stated, or a word that nobody has mapped; `statusNative` has the word.
    Unknown,
}

/// The financial form of a project.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::Instrument")]
pub enum Instrument {
    /// A loan to one borrower.
    Loan,
    /// A loan whose parts are chosen later.
    FrameworkLoan,
    /// A guarantee.
    Guarantee,
    /// Shares or fund units.
    Equity,
    /// A grant.
    Grant,
    /// Advice and training.
    TechnicalAssistance,
    /// Stated, and none of these.
    Other,
    /// Not stated.
    Unknown,
}

/// How a sector was found.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "sectors::SectorMethod")]
pub enum SectorMethod {
    /// The source gives the DAC code.
    Published,
    /// The partner's own sector words stand for it.
    Crosswalk,
    /// Words of the title or description decided.
    Text,
}

/// Who worded a text.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::TextKind")]
pub enum TextKind {
    /// The source's first wording.
    Original,
    /// A translation that the source itself publishes.
    OfficialTranslation,
    /// A translation by a machine.
    MachineTranslation,
}

/// How exact a location is.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "places::LocationLevel")]
pub enum LocationLevel {
    /// The whole country is meant: a level, never a point on the capital.
    Nationwide,
    /// A first-level unit of Ukraine, or a NUTS region.
    Oblast,
    /// A raion.
    Raion,
    /// A hromada.
    Hromada,
    /// A city, settlement, village or city district.
    Settlement,
    /// A point with coordinates.
    Point,
}

/// How a location was found.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "catalogue::LocationMethod")]
pub enum LocationMethod {
    /// The source gives a code.
    PublishedCode,
    /// The source gives coordinates.
    PublishedPoint,
    /// The source gives a name in a field of its own.
    PublishedName,
    /// The title names it.
    MatchedTitle,
    /// The description names it.
    MatchedDescription,
}

/// What an organisation does in a project.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::OrganisationRole")]
pub enum OrganisationRole {
    /// Gives the money.
    Funder,
    /// Takes the loan.
    Borrower,
    /// Proposes and carries the project.
    Promoter,
    /// Does the work or channels the money.
    Implementer,
    /// Benefits from it.
    Beneficiary,
    /// Named without a role.
    Other,
}

/// How much an issue weakens the record it stands at.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::Severity")]
pub enum Severity {
    /// Worth knowing; the record can be used as it is.
    Info,
    /// A field is missing, doubtful or in conflict with another.
    Warning,
    /// The record, or a part of it, could not be read.
    Error,
}

/// How a source is doing. BASELINE until a first reading has succeeded, whatever the attempts (`lastError` tells
/// them); then FAILED if the last attempt failed, else STALE past the maximum age, else FRESH.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "harvest::SourceState")]
pub enum SourceState {
    /// The last reading succeeded and is not past its age.
    Fresh,
    /// The reading is past its age; a new one is due or under way.
    Stale,
    /// The last attempt failed; the reading before it is shown, with its date.
    Failed,
    /// Nothing has been read from the partner yet: facts compiled on `retrievedAt` and built into the hub are shown.
    Baseline,
    /// Nothing has been read, and there is no baseline.
    NeverFetched,
}

/// The order of projects. A project without the value stands last in every order; ties go by id.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "catalogue::Order")]
pub enum ProjectOrder {
    /// By signature, newest first.
    SignedDesc,
    /// By signature, oldest first.
    SignedAsc,
    /// By approval, newest first.
    ApprovedDesc,
    /// By amount in euro, largest first: of the filter's `basis`, else of the amount that binds most (SIGNED, APPROVED,
    /// COMMITTED, PLANNED).
    AmountDesc,
    /// By amount in euro, smallest first, as in `AMOUNT_DESC`.
    AmountAsc,
    /// By title, without regard to case and accents.
    TitleAsc,
    /// By `updatedAt`, newest first.
    UpdatedDesc,
    /// By how well the title fits the filter's `text`; without it by id.
    Relevance,
}

/// How large a place is.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "places::PlaceLevel")]
pub enum PlaceLevel {
    /// A country.
    Country,
    /// A NUTS region of level 1, 2 or 3.
    Region,
    /// One of the 27 first-level units of Ukraine, Kyiv and Sevastopol among them.
    Oblast,
    /// A raion of Ukraine.
    Raion,
    /// A hromada of Ukraine.
    Hromada,
    /// A city, settlement or village of Ukraine.
    Settlement,
    /// A district of a Ukrainian city.
    District,
}

/// What kind of name an alias is.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "places::AliasKind")]
pub enum AliasKind {
    /// In official use now.
    Official,
    /// Another way to write the same name in Latin letters.
    Transliteration,
    /// The official name until a renaming; `until` has its last date.
    Former,
    /// From the Russian form of the name.
    Russified,
    /// From the time of another state, or of another language in the place.
    Historical,
    /// In use, and none of the above.
    Common,
}

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

/// What one record is to another.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "join::LinkKind")]
pub enum LinkKind {
    /// Two records of one lender for one undertaking: a loan and its top-up, parts of a loan, a grant beside it.
    SameProject,
    /// Two lenders finance one undertaking, each with its own money.
    CofinancedWith,
    /// One was lent under a framework, whose record the other is.
    PartOfFramework,
    /// One repeats, in another reporter's statistics, the money of the other.
    Restates,
}

/// Which of two linked records the link's kind speaks of.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkDirection {
    /// This record restates the other, or is a part of it.
    Forward,
    /// The other restates this one, or is a part of it.
    Backward,
    /// The kind says the same from both sides.
    Mutual,
}

/// Who decided that a link holds.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "join::LinkDecision")]
pub enum LinkDecision {
    /// The hub, from the evidence.
    Automatic,
    /// Somebody looked at it, and it is right.
    Confirmed,
    /// Somebody looked at it, and it is wrong: it stays shown and has no effect.
    Rejected,
}

/// What happened to a record.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "catalogue::ChangeKind")]
pub enum ChangeKind {
    /// It was not there before.
    Added,
    /// It is no longer there.
    Removed,
    /// An amount was added, changed or taken away.
    AmountChanged,
    /// The status changed, in the hub's words or the partner's.
    StatusChanged,
    /// A date was added, changed or taken away.
    DateChanged,
    /// A title or description changed.
    TextChanged,
    /// It is there again after it was removed.
    Restored,
}
