//! `Node`: any record that has an id of its own.

use async_graphql::{ID, Interface};

use super::{
    Call, CofinancingGroup, Event, Member, Need, Offer, Partner, Partnership, Place, Principle, Project, QualityIssue,
    Source,
};
use crate::records::RecordRef;
use crate::view::View;

/// A record with an id that no other record of any type has.
#[derive(Interface, Clone)]
#[graphql(field(name = "id", ty = "ID", desc = "Unique across all types, and stable."))]
pub enum Node {
    /// A partner.
    Partner(Partner),
    /// A feed.
    Source(Source),
    /// A project.
    Project(Project),
    /// A quality issue.
    QualityIssue(QualityIssue),
    /// A place.
    Place(Place),
    /// A member.
    Member(Member),
    /// A partnership.
    Partnership(Partnership),
    /// A need.
    Need(Need),
    /// An offer.
    Offer(Offer),
    /// An event.
    Event(Event),
    /// A principle.
    Principle(Principle),
    /// A call.
    Call(Call),
    /// An undertaking that several lenders finance.
    CofinancingGroup(CofinancingGroup),
}

/// The record of this id; `None` where there is none.
#[must_use]
pub fn node_of(view: &View, id: &str) -> Option<Node> {
    if let Some(record) = view.records.find(id) {
        return Some(match record {
            RecordRef::Member(position) => Node::Member(Member::new(view, position)),
            RecordRef::Partnership(position) => Node::Partnership(Partnership::new(view, position)),
            RecordRef::Event(position) => Node::Event(Event::new(view, position)),
            RecordRef::Principle(position) => Node::Principle(Principle::new(view, position)),
            RecordRef::Call(position) => Node::Call(Call::new(view, position)),
            RecordRef::Need(position) => Node::Need(Need::new(view, position)),
            RecordRef::Offer(position) => Node::Offer(Offer::new(view, position)),
        });
    }
    Project::find(view, id)
        .map(Node::Project)
        .or_else(|| Partner::find(view, id).map(Node::Partner))
        .or_else(|| Source::find(view, id).map(Node::Source))
        .or_else(|| Place::find(view, id).map(Node::Place))
        .or_else(|| QualityIssue::find(view, id).map(Node::QualityIssue))
        .or_else(|| CofinancingGroup::find(view, id).map(Node::CofinancingGroup))
}
