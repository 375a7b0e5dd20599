//! Which of the links found stand beside one another.
//!
//! A row of statistics repeats one record. A record is co-financed with one undertaking of each other lender, the surest.
//! A rejected link stays shown and takes nobody's place.

use std::collections::HashMap;
use std::sync::Arc;

use super::profile::{Profile, Told};
use super::{Link, LinkDecision, LinkDecisions, LinkKind, candidates, frameworks, identifiers, weigh};
use crate::catalogue::{Catalogue, RecordNumber, Unchanged};
use crate::cores::on_all_cores;

/// What was read of records and found between them, before it was chosen: of records that stay, it holds in the next
/// catalogue.
#[derive(Debug, Default)]
pub(super) struct Seen {
    told: Vec<Arc<Told>>,
    /// In the order of their numbers.
    compared: Vec<Compared>,
}

/// Two records that were compared, and the link between them with the record that it stands at.
#[derive(Debug)]
struct Compared {
    pair: (RecordNumber, RecordNumber),
    link: Option<(RecordNumber, Link)>,
}

/// Every link, by the record that it stands at, the surest first; and what was seen on the way.
pub(super) fn links(
    (earlier, kept): (&Seen, &Unchanged),
    catalogue: &Catalogue,
    decisions: &LinkDecisions,
) -> (Vec<Vec<Link>>, Seen) {
    let told = earlier.told(kept, catalogue);
    let profiles = told.iter().zip(0..).map(|(told, number)| Profile::of(catalogue, number, Arc::clone(told)));
    let profiles: Vec<_> = profiles.collect();
    let mut chosen = Chosen { profiles: &profiles, decisions, links: vec![Vec::new(); profiles.len()] };
    for (from, link) in identifiers::links(catalogue, &profiles).into_iter().chain(frameworks::links(&profiles)) {
        chosen.add(from, link);
    }
    let compared = earlier.compared(kept, &profiles);
    let mut found = Found::default();
    compared.iter().filter_map(|compared| compared.link.as_ref()).for_each(|(from, link)| found.add(*from, link));
    chosen.add_restatements(found.restatements);
    chosen.add_same(found.same);
    chosen.add_cofinanced(found.cofinanced);
    let links = chosen.finish();
    let seen = if told.len() <= MOST_SEEN { Seen { told, compared } } else { Seen::default() };
    (links, seen)
}

/// Of larger catalogues nothing is kept for the next one: every record's words and every pair compared take memory.
const MOST_SEEN: usize = 50_000;

impl Seen {
    /// What every record tells. Reading their words is most of the work, so every core takes a part of the new ones.
    fn told(&self, kept: &Unchanged, catalogue: &Catalogue) -> Vec<Arc<Told>> {
        let numbers = (0..).take(catalogue.records().len());
        let known = |number: RecordNumber| self.told.get(kept.earlier(number)? as usize);
        let new: Vec<RecordNumber> = numbers.clone().filter(|number| known(*number).is_none()).collect();
        let mut read = on_all_cores(&new, |number| Arc::new(Told::of(catalogue, *number))).into_iter();
        numbers.filter_map(|number| known(number).map(Arc::clone).or_else(|| read.next())).collect()
    }

    /// Every pair worth comparing, compared; of two records that stay, as it was.
    fn compared(&self, kept: &Unchanged, profiles: &[Profile<'_>]) -> Vec<Compared> {
        let known = |(one, other): (RecordNumber, RecordNumber)| {
            let before = (kept.earlier(one)?, kept.earlier(other)?);
            let at = self.compared.binary_search_by_key(&before, |compared| compared.pair).ok()?;
            Some(self.compared[at].link.as_ref().map(|(from, link)| {
                let (from, other) = if *from == before.0 { (one, other) } else { (other, one) };
                (from, Link { other, ..link.clone() })
            }))
        };
        let pairs = candidates::pairs(profiles).into_iter().map(|pair| {
            let weighed = || weighed(&profiles[pair.0 as usize], &profiles[pair.1 as usize]);
            Compared { pair, link: known(pair).unwrap_or_else(weighed) }
        });
        pairs.collect()
    }
}

/// The link between two records, with the record that it stands at.
fn weighed(one: &Profile<'_>, other: &Profile<'_>) -> Option<(RecordNumber, Link)> {
    let (one, other, kind) = candidates::directed(one, other)?;
    let link = match kind {
        LinkKind::Restates => weigh::restates(one, other),
        LinkKind::SameProject => weigh::same_project(one, other),
        LinkKind::CofinancedWith => weigh::cofinanced(one, other),
        LinkKind::PartOfFramework => None,
    };
    Some((one.number, link?))
}

/// Links that are heavy enough, by kind.
#[derive(Default)]
struct Found {
    restatements: Vec<(RecordNumber, Link)>,
    same: Vec<(RecordNumber, Link)>,
    cofinanced: Vec<(RecordNumber, Link)>,
}

impl Found {
    fn add(&mut self, from: RecordNumber, link: &Link) {
        let list = match link.kind {
            LinkKind::Restates => &mut self.restatements,
            LinkKind::SameProject => &mut self.same,
            LinkKind::CofinancedWith => &mut self.cofinanced,
            LinkKind::PartOfFramework => return,
        };
        list.push((from, link.clone()));
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
