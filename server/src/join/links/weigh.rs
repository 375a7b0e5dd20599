//! From what two records have in common to a link: which weights, which thresholds, and what must be there whatever the
//! sum.
//!
//! A score is the sum of the weights of its evidence, from 0 to 1. A link stands from its kind's threshold on, and only
//! where its own condition holds: two lenders' records, say, need more than a common city and subject, which two
//! undertakings may share. The labelled pairs in `server/tests/links` measure what these figures are worth.

use connectors::model::{AmountBasis, Instrument};

use super::profile::Profile;
use super::signals::{Amounts, Places, Signals, difference, is_town};
use super::{Evidence, Link, LinkDecision, LinkKind};
use crate::places::Gazetteer;

/// From here on two lenders' records are one undertaking.
pub(super) const COFINANCED: f64 = 0.65;
/// From here on a row of statistics repeats a lender's own record.
pub(super) const RESTATES: f64 = 0.6;
/// From here on two records of one lender are one undertaking.
pub(super) const SAME_PROJECT: f64 = 0.65;

/// Reasons as they are gathered; sentences are written only where they are needed.
struct Scale<'pair> {
    one: &'pair Profile<'pair>,
    other: &'pair Profile<'pair>,
    signals: Signals,
    weights: Vec<(&'static str, f64)>,
}

/// Whether two lenders finance one undertaking.
pub(super) fn cofinanced(one: &Profile<'_>, other: &Profile<'_>) -> Option<Link> {
    let signals = Signals::of(one, other);
    let mut scale = Scale { one, other, signals, weights: Vec::new() };
    let mentions = scale.mentions();
    scale.weigh("mention", [0.0, 0.35, 0.45][mentions]);
    scale.weigh("place", scale.place());
    scale.weigh("subject", 0.25 * signals.subject);
    scale.weigh("sector", if signals.same_sector == Some(true) { 0.05 } else { 0.0 });
    scale.weigh("amount", scale.lent());
    scale.weigh("total", scale.total());
    scale.weigh("date", scale.date(mentions > 0));
    scale.weigh("client", scale.client());
    let proven = scale.lent() > 0.0 || scale.total() > 0.0 || signals.same_client == Some(true);
    // A programme for the country and a project of a city are one undertaking only if figures say so.
    let one_sided = one.places.is_empty() != other.places.is_empty();
    let unplaced = signals.places == Places::Unknown && !one_sided;
    let condition = if mentions > 0 {
        let alike = match (one_sided && signals.places == Places::Unknown, unplaced) {
            (true, _) => signals.subject >= 0.75,
            // Two programmes for the country: a common subject and a mention may be all that they share.
            (_, true) => signals.subject >= 0.5 && (proven || (signals.same_words && !one.subject.words.is_empty())),
            _ => signals.subject >= 0.5,
        };
        alike || (signals.subject >= 0.3 && proven)
    } else {
        // A city has many projects of one kind: figures or the client must agree, too.
        let town = matches!(signals.places, Places::Shared(share, place) if share >= 0.5 && is_town(place));
        let place = town || (signals.same_client == Some(true) && signals.same_words);
        place && signals.subject >= 0.5 && proven && signals.months.is_none_or(|months| months <= 18)
    };
    scale.link(LinkKind::CofinancedWith, COFINANCED, condition)
}

/// Whether a row of statistics (`row`) repeats the record of the bank that it reports.
pub(super) fn restates(row: &Profile<'_>, own: &Profile<'_>) -> Option<Link> {
    let signals = Signals::of(row, own);
    let mut scale = Scale { one: row, other: own, signals, weights: Vec::new() };
    let hundredths = nearest(row, own);
    let amount = match hundredths {
        None => 0.0,
        Some(0..=3) => 0.4,
        Some(4..=10) => 0.25,
        Some(11..=25) => 0.05,
        Some(_) => -0.2,
    };
    scale.weigh("amount", amount);
    scale.weigh("subject", 0.35 * signals.subject);
    scale.weigh("title", if signals.same_words && signals.subject >= 0.9 { 0.1 } else { 0.0 });
    scale.weigh("place", scale.place() / 2.0);
    scale.weigh("sector", if signals.same_sector == Some(true) { 0.05 } else { 0.0 });
    scale.weigh(
        "date",
        match signals.months {
            Some(0..=12) => 0.15,
            Some(25..) => -0.3,
            _ => 0.0,
        },
    );
    let equal = hundredths.is_some_and(|hundredths| hundredths <= 10);
    let placed = matches!(signals.places, Places::Shared(..));
    let condition =
        (signals.subject >= 0.5 && (equal || signals.same_words)) || (placed && equal && signals.subject >= 0.3);
    scale.link(LinkKind::Restates, RESTATES, condition)
}

/// Whether two records of one lender are one undertaking: a loan with its top-up, its parts, or a grant beside it.
pub(super) fn same_project(one: &Profile<'_>, other: &Profile<'_>) -> Option<Link> {
    let signals = Signals::of(one, other);
    let mut scale = Scale { one, other, signals, weights: Vec::new() };
    let grant = |profile: &Profile<'_>| profile.project.instrument() == Instrument::Grant;
    let supplement = one.subject.supplement || other.subject.supplement;
    let alike = signals.same_words && signals.subject >= 0.75;
    // A grant beside a loan is told by the same title only: many grants go to one client.
    let beside = grant(one) != grant(other) && alike && titled(one, other);
    scale.weigh("title", if signals.same_words { 0.45 } else { 0.45 * signals.subject });
    scale.weigh("supplement", if supplement || beside { 0.25 } else { 0.0 });
    scale.weigh("place", scale.place());
    scale.weigh("sector", if signals.same_sector == Some(true) { 0.05 } else { 0.0 });
    scale.weigh("client", scale.client());
    scale.weigh(
        "date",
        match signals.months {
            Some(0..=36) => 0.1,
            Some(61..) => -0.4,
            _ => 0.0,
        },
    );
    let soon = signals.months.is_some_and(|months| months <= 12);
    let condition = if supplement || beside {
        signals.subject >= 0.65
    } else {
        alike && soon && titled(one, other) && grant(one) == grant(other)
    };
    let named = !one.subject.words.is_empty() || matches!(signals.places, Places::Shared(..));
    let threshold = if supplement || beside { SAME_PROJECT } else { SAME_PROJECT + 0.05 };
    scale.link(LinkKind::SameProject, threshold, condition && (named || beside))
}

/// A sum of weights as a score: from 0.9 on it grows slowly, so that of two sure links the surer is told, and none is as
/// sure as a published identifier.
fn score(sum: f64) -> f64 {
    let bounded = if sum <= 0.9 { sum } else { 0.9 + (sum - 0.9) / 5.0 };
    (bounded.min(0.99) * 1_000.0).round() / 1_000.0
}

/// Whether both have a title: a sentence that somebody wrote about a record is not what the lender calls it.
fn titled(one: &Profile<'_>, other: &Profile<'_>) -> bool {
    [one, other].iter().all(|profile| profile.project.titles().next().is_some())
}

/// By how many hundredths the committed amount of a row differs from the nearest amount of the bank's own record.
fn nearest(row: &Profile<'_>, own: &Profile<'_>) -> Option<u32> {
    const OWN: [AmountBasis; 3] = [AmountBasis::Signed, AmountBasis::Approved, AmountBasis::Planned];
    let reported = row.lent()?;
    OWN.iter().filter_map(|basis| own.euro(*basis)).map(|amount| difference(reported, amount)).min()
}

impl Scale<'_> {
    fn weigh(&mut self, kind: &'static str, weight: f64) {
        if weight != 0.0 {
            self.weights.push((kind, weight));
        }
    }

    /// How many of the two name the other's lender.
    fn mentions(&self) -> usize {
        let names = |from: &Profile<'_>, to: &Profile<'_>| {
            to.lender.as_deref().is_some_and(|lender| from.mentions.contains_key(lender))
        };
        usize::from(names(self.one, self.other)) + usize::from(names(self.other, self.one))
    }

    fn place(&self) -> f64 {
        match self.signals.places {
            Places::Shared(share, place) if is_town(place) => 0.1 + 0.2 * share,
            Places::Shared(share, _) => 0.05 + 0.15 * share,
            Places::Within(_) => 0.1,
            Places::Unknown => 0.0,
            Places::Apart => -1.0,
        }
    }

    fn lent(&self) -> f64 {
        match self.signals.lent {
            Amounts::Equal(0..=2) => 0.1,
            Amounts::Far => -0.1,
            _ => 0.0,
        }
    }

    fn total(&self) -> f64 {
        match (self.signals.fits_total, self.signals.totals) {
            (_, Amounts::Other | Amounts::Far) => -0.2,
            (Some(_), _) => 0.15,
            (None, Amounts::Equal(0..=2)) => 0.1,
            _ => 0.0,
        }
    }

    /// A text that names the other lender bridges more time than a likeness does.
    fn date(&self, mentioned: bool) -> f64 {
        match (self.signals.months, mentioned) {
            (None, _) => 0.0,
            (Some(0..=12), _) => 0.1,
            (Some(13..=24), true) => 0.05,
            (Some(13..=18), false) => 0.0,
            (Some(25..=48), true) => -0.1,
            (Some(_), true) => -0.4,
            (Some(_), false) => -0.3,
        }
    }

    fn client(&self) -> f64 {
        match self.signals.same_client {
            Some(true) => 0.15,
            // Companies have many names; only for money that goes through banks is another name another undertaking.
            Some(false) if self.signals.places == Places::Unknown => -0.2,
            _ => 0.0,
        }
    }

    /// The link, where it is heavy enough.
    fn link(self, kind: LinkKind, threshold: f64, condition: bool) -> Option<Link> {
        let sum: f64 = self.weights.iter().map(|(_, weight)| weight).sum();
        if !condition || sum < threshold {
            return None;
        }
        let mut evidence: Vec<Evidence> =
            self.weights.iter().map(|(kind, weight)| self.evidence(kind, *weight)).collect();
        evidence.sort_by(|left, right| right.weight.total_cmp(&left.weight).then_with(|| left.kind.cmp(right.kind)));
        let (score, evidence) = (score(sum), evidence.into());
        Some(Link { other: self.other.number, kind, score, evidence, decision: LinkDecision::Automatic })
    }

    fn evidence(&self, kind: &'static str, weight: f64) -> Evidence {
        let weight = (weight * 100.0).round() / 100.0;
        Evidence { kind, text: self.sentence(kind, weight < 0.0), weight }
    }

    fn sentence(&self, kind: &str, against: bool) -> String {
        match kind {
            "mention" => self.quoted(),
            "place" => self.where_both(),
            "subject" | "title" => self.what_both(),
            "sector" => "Both are of one sector.".to_owned(),
            "amount" => self.how_much(against),
            "total" => self.in_all(against),
            "date" => self.months_apart(),
            "client" if against => "They name clients of different names.".to_owned(),
            "client" => "They name a client of the same name.".to_owned(),
            _ => "One of them says that it adds to what there is, or is a grant beside a loan of the same title."
                .to_owned(),
        }
    }

    fn quoted(&self) -> String {
        let said = |from: &Profile<'_>, to: &Profile<'_>| {
            let sentence = from.mentions.get(to.lender.as_deref()?)?;
            Some(format!("{} says: \"{sentence}\"", from.project.id()))
        };
        let said: Vec<String> =
            [said(self.one, self.other), said(self.other, self.one)].into_iter().flatten().collect();
        said.join("; ")
    }

    fn where_both(&self) -> String {
        let name = |place| {
            let gazetteer = Gazetteer::embedded();
            format!("{} ({})", gazetteer.name(place, &["en"]), gazetteer.get(place).id)
        };
        match self.signals.places {
            Places::Shared(share, place) if share >= 1.0 => format!("Both are in {}.", name(place)),
            Places::Shared(_, place) => format!("Both are in {}, among other places.", name(place)),
            Places::Within(place) => format!("One is in {}, the other in a place there.", name(place)),
            Places::Unknown | Places::Apart => "Their places differ.".to_owned(),
        }
    }

    fn what_both(&self) -> String {
        let topics = self.signals.topics.names();
        match (topics.is_empty(), self.signals.same_words) {
            (false, true) => format!("Their titles have the same telling words; both are about {}.", topics.join(", ")),
            (false, false) => format!("Both are about {}.", topics.join(", ")),
            (true, _) => "Their titles have the same telling words.".to_owned(),
        }
    }

    fn how_much(&self, against: bool) -> String {
        let euro =
            |profile: &Profile<'_>| profile.lent().map_or_else(String::new, |euro| format!("{} EUR", euro.round()));
        let (one, other) = (euro(self.one), euro(self.other));
        if against {
            return format!("The amounts are far apart: {one} and {other}.");
        }
        format!("The amounts agree: {one} and {other}.")
    }

    fn in_all(&self, against: bool) -> String {
        if against {
            return "They state total costs that differ.".to_owned();
        }
        match self.signals.fits_total {
            Some(total) => format!("Together they come to the total cost stated, {} EUR.", total.round()),
            None => "They state the same total cost.".to_owned(),
        }
    }

    fn months_apart(&self) -> String {
        match self.signals.months {
            Some(0) => "They were decided in the same month or year.".to_owned(),
            Some(months) => format!("They were decided about {months} months apart."),
            None => "One of them has no date.".to_owned(),
        }
    }
}
