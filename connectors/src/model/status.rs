//! The few words that all partners' words are mapped to.

use serde::{Deserialize, Serialize};

/// Where a project stands. The source's own word is kept beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
    /// Not stated, or a word that nobody has mapped.
    Unknown,
}

/// The financial form of a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
