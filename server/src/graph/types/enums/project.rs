//! Of projects: where one stands, in which form, and how the hub knows.

use async_graphql::Enum;
use connectors::model;

use crate::{catalogue, sectors};

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
