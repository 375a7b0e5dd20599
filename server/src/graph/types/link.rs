//! `ProjectLink`: what one record is to another, with the evidence.

use async_graphql::SimpleObject;

use super::{LinkDecision, LinkDirection, LinkKind, Project};
use crate::catalogue::RecordNumber;
use crate::join;
use crate::view::View;

/// What one record is to another one, and why the hub thinks so.
#[derive(SimpleObject, Clone)]
pub struct ProjectLink {
    /// What they are to each other.
    kind: LinkKind,
    /// Which of the two the kind speaks of: FORWARD where this record restates, or is a part of, `project`.
    direction: LinkDirection,
    /// The other record.
    project: Project,
    /// How sure it is, 0 to 1; 1 only for a published identifier.
    score: f64,
    /// The reasons, the heaviest first; a weight below 0 speaks against the link.
    evidence: Vec<Evidence>,
    /// Who decided. A REJECTED link is shown and has no effect on totals, undertakings and groups.
    decision: LinkDecision,
}

/// One reason for a link, or against it.
#[derive(SimpleObject, Clone)]
pub struct Evidence {
    /// What it rests on: `identifier`, `framework`, `mention`, `place`, `subject`, `title`, `sector`, `amount`, `total`,
    /// `date`, `client` or `supplement`.
    kind: String,
    /// The reason, as a sentence.
    text: String,
    /// How much it adds to the score.
    weight: f64,
}

impl ProjectLink {
    /// Every link of a record, the surest first; those of some kinds where any are named.
    #[must_use]
    pub fn all(view: &View, number: RecordNumber, kinds: Option<&[LinkKind]>) -> Vec<Self> {
        let wanted = |link: &join::Link| kinds.is_none_or(|kinds| kinds.contains(&link.kind.into()));
        let around = view.links.around(number).filter(|(link, _)| wanted(link));
        around.map(|(link, other)| Self::new(view, number, link, other)).collect()
    }

    fn new(view: &View, number: RecordNumber, link: &join::Link, other: RecordNumber) -> Self {
        let direction = match (link.kind.is_mutual(), link.other == number) {
            (true, _) => LinkDirection::Mutual,
            (false, false) => LinkDirection::Forward,
            (false, true) => LinkDirection::Backward,
        };
        Self {
            kind: link.kind.into(),
            direction,
            project: Project::new(view, other),
            score: link.score,
            evidence: link.evidence.iter().map(Evidence::from).collect(),
            decision: link.decision.into(),
        }
    }
}

impl From<&join::Evidence> for Evidence {
    fn from(evidence: &join::Evidence) -> Self {
        let join::Evidence { kind, text, weight } = evidence;
        Self { kind: (*kind).to_owned(), text: text.clone(), weight: *weight }
    }
}
