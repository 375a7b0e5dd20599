//! `SearchHit`: what a search over places, projects, members and partnerships found.

use async_graphql::{Enum, SimpleObject};
use connectors::model::Language;

use super::{AliasKind, Member, Node, Partnership, Place, Project};
use crate::places::{Gazetteer, Hit, PlaceIndex, PlaceLevel, Question, TitleHit};
use crate::view::View;

/// What a search looks through. The order is that of hits of one score.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SearchKind {
    /// Places of Ukraine, NUTS regions and countries, by every name they have or had.
    Place,
    /// Projects of all partners, by title.
    Project,
    /// Members, by name and abbreviation.
    Member,
    /// Partnerships, by the names of their parties and by programme.
    Partnership,
}

/// A record that a search found. Names that several places share are hits of their own each.
#[derive(SimpleObject)]
pub struct SearchHit {
    /// The record.
    node: Node,
    /// What to show for it: of a place the English name with its oblast or country, else the title or name.
    label: String,
    /// The name or title by which it was found, as it is written there.
    matched: String,
    /// The kind of name by which a place was called: the place itself, or one in the title. Null where the title was found
    /// by its own words.
    alias_kind: Option<AliasKind>,
    /// From 0 to 1: 1 for the very name; less for a former one, another spelling, a beginning, a slip, or a title with
    /// more words than were asked for.
    score: f64,
}

impl SearchHit {
    /// The best hits of the kinds wanted, of all kinds where none is named; at most as many as said.
    #[must_use]
    pub fn find(view: &View, text: &str, kinds: &[SearchKind], limit: usize) -> Vec<Self> {
        let gazetteer = Gazetteer::embedded();
        let question = gazetteer.question(text);
        let wanted = |kind| kinds.is_empty() || kinds.contains(&kind);
        let mut hits: Vec<(SearchKind, Self)> = Vec::new();
        if wanted(SearchKind::Place) {
            let found = gazetteer.search(text, limit).into_iter();
            hits.extend(found.map(|hit| (SearchKind::Place, Self::place(view, &hit))));
        }
        if wanted(SearchKind::Project) {
            let found = view.catalogue.titled(&question).into_iter().take(limit);
            hits.extend(found.map(|hit| (SearchKind::Project, Self::project(view, &hit))));
        }
        hits.extend(Self::records(view, &question, limit).into_iter().filter(|(kind, _)| wanted(*kind)));
        // Each kind is in its own best order already, and a stable sort keeps that.
        hits.sort_by(|(one, left), (other, right)| right.score.total_cmp(&left.score).then(one.cmp(other)));
        hits.into_iter().map(|(_, hit)| hit).take(limit).collect()
    }

    fn records(view: &View, question: &Question, limit: usize) -> Vec<(SearchKind, Self)> {
        let members = view.records.members_titled(question).into_iter().take(limit);
        let members = members.map(|hit| (SearchKind::Member, Self::member(view, &hit)));
        let partnerships = view.records.partnerships_titled(question).into_iter().take(limit);
        let partnerships = partnerships.map(|hit| (SearchKind::Partnership, Self::partnership(view, &hit)));
        members.chain(partnerships).collect()
    }

    fn place(view: &View, hit: &Hit) -> Self {
        let node = Node::Place(Place::new(view, hit.place));
        let alias_kind = Some(hit.alias_kind.into());
        Self { node, label: label(hit.place), matched: hit.matched.to_owned(), alias_kind, score: hit.score }
    }

    fn project(view: &View, hit: &TitleHit<u32>) -> Self {
        let titles = || view.catalogue.project(hit.key).titles();
        let matched = titles().nth(hit.nth).or_else(|| titles().next()).map_or("", |title| title.text());
        let english = titles().find(|title| *title.language == Language::EN);
        let label = english.map_or(matched, |title| title.text()).to_owned();
        Self::titled(Node::Project(Project::new(view, hit.key)), label, matched, hit)
    }

    fn member(view: &View, hit: &TitleHit<usize>) -> Self {
        let member = &view.records.members()[hit.key];
        let label = member.names.in_languages(&[]).to_owned();
        let mut names = member.names.iter().map(|(_, name)| name).chain(member.abbreviation.as_deref());
        let matched = names.nth(hit.nth).unwrap_or_default();
        Self::titled(Node::Member(Member::new(view, hit.key)), label, matched, hit)
    }

    fn partnership(view: &View, hit: &TitleHit<usize>) -> Self {
        let partnership = &view.records.partnerships()[hit.key];
        let label = partnership.title();
        let matched = partnership.programme.clone().filter(|_| hit.nth > 0).unwrap_or_else(|| label.clone());
        Self::titled(Node::Partnership(Partnership::new(view, hit.key)), label, &matched, hit)
    }

    fn titled<Key>(node: Node, label: String, matched: &str, hit: &TitleHit<Key>) -> Self {
        let alias_kind = hit.alias_kind.map(Into::into);
        Self { node, label, matched: matched.to_owned(), alias_kind, score: hit.score }
    }
}

/// `Mykolaiv, Lviv Oblast`: the name, with what tells it from others of that name.
fn label(place: PlaceIndex) -> String {
    let gazetteer = Gazetteer::embedded();
    let about = gazetteer.get(place);
    let name = gazetteer.name(place, &[]);
    let around = match about.level {
        PlaceLevel::Country => None,
        PlaceLevel::Oblast | PlaceLevel::Region => gazetteer.at_or_above(place, PlaceLevel::Country),
        _ => gazetteer.oblast_of(place),
    };
    around.map_or_else(|| name.to_owned(), |around| format!("{name}, {}", gazetteer.name(around, &[])))
}
