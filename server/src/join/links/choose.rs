//! Which of the links found stand beside one another.
//!
//! A row of statistics repeats one record. A record is co-financed with one undertaking of each other lender, the surest.
//! A rejected link stays shown and takes nobody's place.

use std::collections::HashMap;

use super::profile::Profile;
use super::{Link, LinkDecision, LinkDecisions, LinkKind, candidates, frameworks, identifiers, weigh};
use crate::catalogue::{Catalogue, RecordNumber};

/// Every link, by the record that it stands at; the surest first.
pub(super) fn links(catalogue: &Catalogue, decisions: &LinkDecisions) -> Vec<Vec<Link>> {
    let profiles = profiles(catalogue);
    let mut chosen = Chosen { profiles: &profiles, decisions, links: vec![Vec::new(); profiles.len()] };
    for (from, link) in identifiers::links(catalogue).into_iter().chain(frameworks::links(&profiles)) {
        chosen.add(from, link);
    }
    let mut found = Found::default();
    for (one, other, kind) in candidates::pairs(&profiles) {
        found.weigh(&profiles[one], &profiles[other], kind);
    }
    chosen.add_restatements(found.restatements);
    chosen.add_same(found.same);
    chosen.add_cofinanced(found.cofinanced);
    chosen.finish()
}

/// Every record, ready to be compared. Reading their words is most of the work, so every core takes a part of them.
fn profiles(catalogue: &Catalogue) -> Vec<Profile<'_>> {
    const LEAST: usize = 128;
    let records = catalogue.records().len();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let part = records.div_ceil(cores).max(LEAST);
    let read = |from: usize| -> Vec<Profile<'_>> {
        let numbers = (0..).take(records).skip(from).take(part);
        numbers.map(|number| Profile::of(catalogue, number)).collect()
    };
    std::thread::scope(|scope| {
        let parts: Vec<_> = (0..records).step_by(part).map(|from| scope.spawn(move || read(from))).collect();
        let joined = parts.into_iter().map(|part| part.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        joined.flatten().collect()
    })
}

/// Links that are heavy enough, by kind.
#[derive(Default)]
struct Found {
    restatements: Vec<(RecordNumber, Link)>,
    same: Vec<(RecordNumber, Link)>,
    cofinanced: Vec<(RecordNumber, Link)>,
}

impl Found {
    fn weigh(&mut self, one: &Profile<'_>, other: &Profile<'_>, kind: LinkKind) {
        let (link, list) = match kind {
            LinkKind::Restates => (weigh::restates(one, other), &mut self.restatements),
            LinkKind::SameProject => (weigh::same_project(one, other), &mut self.same),
            LinkKind::CofinancedWith => (weigh::cofinanced(one, other), &mut self.cofinanced),
            LinkKind::PartOfFramework => return,
        };
        list.extend(link.map(|link| (one.number, link)));
    }
}

struct Chosen<'all> {
    profiles: &'all [Profile<'all>],
    decisions: &'all LinkDecisions,
    links: Vec<Vec<Link>>,
}

impl Chosen<'_> {
    /// Adds a link with what was decided about it, unless the two records have one already; whether it has an effect.
    fn add(&mut self, from: RecordNumber, mut link: Link) -> bool {
        let linked =
            |one: RecordNumber, other: RecordNumber| self.links[one as usize].iter().any(|link| link.other == other);
        if from == link.other || linked(from, link.other) || linked(link.other, from) {
            return false;
        }
        let id = |number: RecordNumber| self.profiles[number as usize].project.id().as_str();
        link.decision = self.decisions.of(id(from), id(link.other));
        let effective = link.decision != LinkDecision::Rejected;
        if link.kind.is_mutual() {
            self.links[link.other as usize].push(Link { other: from, ..link.clone() });
        }
        self.links[from as usize].push(link);
        effective
    }

    /// Whether a record has a link of a kind that was not rejected.
    fn has(&self, number: RecordNumber, kind: LinkKind) -> bool {
        self.links[number as usize].iter().any(|link| link.holds(kind))
    }

    /// Each row of statistics repeats one record: the surest that was not rejected.
    fn add_restatements(&mut self, found: Vec<(RecordNumber, Link)>) {
        for (from, link) in surest_first(found, self.decisions, self.profiles) {
            if !self.has(from, LinkKind::Restates) {
                self.add(from, link);
            }
        }
    }

    fn add_same(&mut self, found: Vec<(RecordNumber, Link)>) {
        for (from, link) in surest_first(found, self.decisions, self.profiles) {
            self.add(from, link);
        }
    }

    /// Two phases of one lender cannot both be the undertaking that another lender calls its own.
    fn add_cofinanced(&mut self, found: Vec<(RecordNumber, Link)>) {
        let mut partners: HashMap<(RecordNumber, String), Vec<RecordNumber>> = HashMap::new();
        for (from, link) in surest_first(found, self.decisions, self.profiles) {
            let other = link.other;
            let repeats = [from, other].into_iter().any(|number| self.has(number, LinkKind::Restates));
            let (left, right) = (self.slot(from, other), self.slot(other, from));
            let taken = |slot: &(RecordNumber, String), by: RecordNumber| {
                let beside = partners.get(slot).into_iter().flatten();
                beside.into_iter().any(|known| !self.same(*known, by))
            };
            if repeats || taken(&left, other) || taken(&right, from) {
                continue;
            }
            if self.add(from, link) {
                partners.entry(left).or_default().push(other);
                partners.entry(right).or_default().push(from);
            }
        }
    }

    /// The place that a record has for the records of another's lender.
    fn slot(&self, number: RecordNumber, other: RecordNumber) -> (RecordNumber, String) {
        (number, self.profiles[other as usize].lender.clone().unwrap_or_default())
    }

    fn same(&self, one: RecordNumber, other: RecordNumber) -> bool {
        let same = |link: &Link| link.other == other && link.holds(LinkKind::SameProject);
        one == other || self.links[one as usize].iter().any(same)
    }

    fn finish(mut self) -> Vec<Vec<Link>> {
        for links in &mut self.links {
            links.sort_by(|left, right| right.score.total_cmp(&left.score).then(left.other.cmp(&right.other)));
        }
        self.links
    }
}

/// Confirmed links first, then by score, ties by the records' numbers.
fn surest_first(
    mut found: Vec<(RecordNumber, Link)>,
    decisions: &LinkDecisions,
    profiles: &[Profile<'_>],
) -> Vec<(RecordNumber, Link)> {
    let id = |number: RecordNumber| profiles[number as usize].project.id().as_str();
    let confirmed =
        |(from, link): &(RecordNumber, Link)| decisions.of(id(*from), id(link.other)) == LinkDecision::Confirmed;
    found.sort_by(|left, right| {
        let decided = confirmed(right).cmp(&confirmed(left));
        let score = right.1.score.total_cmp(&left.1.score);
        decided.then(score).then_with(|| (left.0, left.1.other).cmp(&(right.0, right.1.other)))
    });
    found
}
