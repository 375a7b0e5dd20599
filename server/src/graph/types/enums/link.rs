//! Of links between records of one undertaking.

use async_graphql::Enum;

use crate::join;

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
