//! Places where need is high and money and partners are low, with the parts that the score is made of.
//!
//! | part | weight | value |
//! | --- | --- | --- |
//! | needs | 0.4 | n / (n + 1) for n open needs at the place and below it |
//! | money | 0.3 | 1 / (1 + e / 100) for e euro of partners' money located there, for each inhabitant |
//! | partners | 0.3 | 1 / (1 + p) for p partnerships there for each hromada; one of a state not known counts half |
//!
//! The score is the product of the parts, each to the power of its weight: a gap is where all three come together, so a
//! place without an open need has none, and neither has one with plenty of money. With a theme, needs and money are
//! those about it; partnerships count whole, because few say what they are about.
//!
//! Money is the amount of each record that binds most, in euro at its own date. It counts whole in every place that the
//! record is located in. A record that restates another, a part of a framework that counts itself, and a cancelled
//! project do not count. What cannot be told is said and not guessed: the part then weighs nothing, and the others as
//! much more.

use std::collections::HashMap;

use connectors::model::ProjectStatus;
use roaring::RoaringBitmap;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::themes::themes_of;
use super::{ByPlace, Links};
use crate::catalogue::{Catalogue, RecordNumber};
use crate::places::{Gazetteer, PlaceIndex, PlaceLevel};
use crate::records::{NeedState, PartnershipState, Records, Theme};

/// The weights of the parts; they add up to one.
const NEEDS: f64 = 0.4;
const MONEY: f64 = 0.3;
const PARTNERS: f64 = 0.3;
/// Euro for each inhabitant at which the money part is a half.
const HALF: f64 = 100.0;

/// How large the gap of a place is.
#[derive(Debug, Clone, PartialEq)]
pub struct Gap {
    /// 0 (none) to 1.
    pub value: f64,
    /// What it is made of.
    pub parts: [Part; 3],
}

/// One part of the score.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// `needs`, `money` or `partners`.
    pub name: &'static str,
    /// 0 to 1, more for a larger gap; 0 where it cannot be told.
    pub value: f64,
    /// Its power in the product; 0 where its value cannot be told.
    pub weight: f64,
    /// What was counted, as a sentence; or why it cannot be told.
    pub text: String,
}

/// A theme, or all of them.
type About = Option<Theme>;

/// What is counted at each place, once for each revision of the records on each catalogue.
#[derive(Debug, Default)]
pub struct Gaps {
    needs: HashMap<(PlaceIndex, About), u32>,
    money: HashMap<(PlaceIndex, About), Financed>,
    ties: HashMap<PlaceIndex, Ties>,
    hromadas: HashMap<PlaceIndex, u32>,
    ranked: HashMap<(PlaceLevel, About), Vec<PlaceIndex>>,
}

/// What partners finance at a place.
#[derive(Debug, Clone, Copy, Default)]
struct Financed {
    euro: Decimal,
    records: u32,
    /// Records without an amount that is known in euro.
    unvalued: u32,
}

#[derive(Debug, Clone, Copy, Default)]
struct Ties {
    active: u32,
    unknown: u32,
}

impl Gaps {
    /// Counts needs, money and partnerships by place. It takes time in proportion to the records; call it off the async
    /// threads.
    #[must_use]
    pub fn of(records: &Records, by_place: &ByPlace, catalogue: &Catalogue, links: &Links) -> Self {
        let mut gaps = Self::default();
        gaps.count_needs(records);
        gaps.count_money(catalogue, links);
        gaps.count_ties(records, by_place);
        gaps.count_hromadas();
        gaps.rank();
        gaps
    }

    /// The gap of one place, of a theme or of all.
    #[must_use]
    pub fn gap(&self, place: PlaceIndex, about: About) -> Gap {
        let parts = balanced([self.need_part(place, about), self.money_part(place, about), self.partner_part(place)]);
        let value = parts.iter().map(|part| part.value.powf(part.weight)).product::<f64>();
        // Four places are more than the score is worth, and the same on every machine.
        Gap { value: (value * 10_000.0).round() / 10_000.0, parts }
    }

    /// The places of a level with open needs, the largest gap first, those of one value by id.
    #[must_use]
    pub fn ranked(&self, level: PlaceLevel, about: About) -> &[PlaceIndex] {
        self.ranked.get(&(level, about)).map_or(&[], Vec::as_slice)
    }

    fn count_needs(&mut self, records: &Records) {
        let gazetteer = Gazetteer::embedded();
        for need in records.needs().iter().filter(|need| need.state == NeedState::Open) {
            let Some(place) = gazetteer.by_id(&need.place) else { continue };
            for holder in std::iter::once(place).chain(gazetteer.ancestors(place)) {
                for about in [None, Some(need.theme)] {
                    *self.needs.entry((holder, about)).or_default() += 1;
                }
            }
        }
    }

    fn count_money(&mut self, catalogue: &Catalogue, links: &Links) {
        let all: RoaringBitmap = (0..u32::try_from(catalogue.records().len()).unwrap_or(u32::MAX)).collect();
        for number in &all {
            let counted_elsewhere = links.restated(number, &all).or_else(|| links.framework(number, &all)).is_some();
            if counted_elsewhere || catalogue.project(number).status() == ProjectStatus::Cancelled {
                continue;
            }
            let themes = themes_of(&catalogue.record(number));
            let euro = catalogue.lead_euro(number);
            for holder in holders(catalogue, number) {
                for about in std::iter::once(None).chain(themes.iter().copied().map(Some)) {
                    self.money.entry((holder, about)).or_default().add(euro);
                }
            }
        }
    }

    fn count_ties(&mut self, records: &Records, by_place: &ByPlace) {
        for (place, at) in by_place.all() {
            let states = at.partnerships.iter().map(|position| records.partnerships()[*position].state);
            let ties = states.fold(Ties::default(), Ties::add);
            self.ties.insert(place, ties);
        }
    }

    fn count_hromadas(&mut self) {
        let gazetteer = Gazetteer::embedded();
        for hromada in gazetteer.at_level(PlaceLevel::Hromada) {
            for holder in gazetteer.ancestors(hromada) {
                *self.hromadas.entry(holder).or_default() += 1;
            }
        }
    }

    fn rank(&mut self) {
        let gazetteer = Gazetteer::embedded();
        let mut ranked: HashMap<_, Vec<(f64, PlaceIndex)>> = HashMap::new();
        for (place, about) in self.needs.keys() {
            let value = self.gap(*place, *about).value;
            ranked.entry((gazetteer.get(*place).level, *about)).or_default().push((value, *place));
        }
        for (key, mut places) in ranked {
            places.sort_by(|(left, one), (right, other)| {
                right.total_cmp(left).then_with(|| gazetteer.get(*one).id.cmp(gazetteer.get(*other).id))
            });
            self.ranked.insert(key, places.into_iter().map(|(_, place)| place).collect());
        }
    }

    fn need_part(&self, place: PlaceIndex, about: About) -> Part {
        let number = self.needs.get(&(place, about)).copied().unwrap_or_default();
        let of = about.map(|theme| format!(" about {}", super::reasons::theme(theme))).unwrap_or_default();
        let text = match number {
            0 => format!("No open need{of} is published here."),
            1 => format!("One open need{of} is published here."),
            number => format!("{number} open needs{of} are published here."),
        };
        let number = f64::from(number);
        Part { name: "needs", value: number / (number + 1.0), weight: NEEDS, text }
    }

    fn money_part(&self, place: PlaceIndex, about: About) -> Part {
        let known = |value, text| Part { name: "money", value, weight: MONEY, text };
        let unknown = |text| Part { name: "money", value: 0.0, weight: 0.0, text };
        let of = about.map(|theme| format!(" about {}", super::reasons::theme(theme))).unwrap_or_default();
        let Some(financed) = self.money.get(&(place, about)) else {
            return known(1.0, format!("No partner project{of} is known to be located here."));
        };
        let Financed { euro, records, unvalued } = *financed;
        if unvalued == records {
            return unknown(format!("Not counted: none of {records} partner projects{of} here has an amount in euro."));
        }
        let without = match unvalued {
            0 => String::new(),
            number => format!(" {number} of them without an amount in euro are not in this sum."),
        };
        let sum = format!("EUR {} of {records} partner projects{of} located here", euro.round_dp(0));
        match Gazetteer::embedded().get(place).population.filter(|number| *number > 0) {
            None => unknown(format!("Not counted, because the inhabitants are not known: {sum}.{without}")),
            Some(inhabitants) => {
                let each = euro / Decimal::from(inhabitants);
                let value = 1.0 / (1.0 + each.to_f64().unwrap_or(f64::MAX) / HALF);
                known(value, format!("{sum}, {} for each of {inhabitants} inhabitants.{without}", each.round_dp(2)))
            }
        }
    }

    fn partner_part(&self, place: PlaceIndex) -> Part {
        let Ties { active, unknown } = self.ties.get(&place).copied().unwrap_or_default();
        let hromadas = self.hromadas.get(&place).copied().unwrap_or(1).max(1);
        let each = (f64::from(active) + f64::from(unknown) / 2.0) / f64::from(hromadas);
        let among = if hromadas > 1 { format!(" for {hromadas} hromadas") } else { String::new() };
        let text = match (active, unknown) {
            (0, 0) => format!("No partnership is known here{among}."),
            (active, 0) => format!("{active} partnerships in force here{among}."),
            (active, unknown) => {
                format!("{active} partnerships in force here{among}, and {unknown} of which no recent source says so.")
            }
        };
        Part { name: "partners", value: 1.0 / (1.0 + each), weight: PARTNERS, text }
    }
}

impl Financed {
    fn add(&mut self, euro: Option<Decimal>) {
        self.records += 1;
        match euro {
            Some(euro) => self.euro += euro,
            None => self.unvalued += 1,
        }
    }
}

impl Ties {
    fn add(mut self, state: PartnershipState) -> Self {
        match state {
            PartnershipState::Active => self.active += 1,
            PartnershipState::Unknown => self.unknown += 1,
            PartnershipState::Proposed | PartnershipState::Ended => {}
        }
        self
    }
}

/// Every place that holds one of a record's places, each once.
fn holders(catalogue: &Catalogue, number: RecordNumber) -> Vec<PlaceIndex> {
    let gazetteer = Gazetteer::embedded();
    let places = catalogue.record(number).locations.iter().filter_map(|location| location.place);
    let mut holders: Vec<_> =
        places.flat_map(|place| std::iter::once(place).chain(gazetteer.ancestors(place))).collect();
    holders.sort_unstable();
    holders.dedup();
    holders
}

/// The weights of what is known, made to add up to one.
fn balanced(mut parts: [Part; 3]) -> [Part; 3] {
    let sum: f64 = parts.iter().map(|part| part.weight).sum();
    for part in &mut parts {
        part.weight = (part.weight / sum * 10_000.0).round() / 10_000.0;
    }
    parts
}
