//! Which offer fits which need, how well, and why.
//!
//! A need and an offer match where both are open, both are about one theme, and the need is not the offering member's
//! own. The score is the sum of five parts, each between 0 and its weight:
//!
//! | part | weight | full where | half where | nothing where |
//! | --- | --- | --- | --- | --- |
//! | theme | 0.35 | always: no match without it | | |
//! | languages | 0.20 | both state a language that the other states | one of them states none | both state some, none in common |
//! | size | 0.15 | the larger has at most twice the inhabitants | one of them is not known; 2^3 times | 32 times and more |
//! | partners | 0.15 | the two are partners already; 0.8 of it where the community has none, less with each that it has | | |
//! | projects | 0.15 | no partner project on the theme is known there | there is one | the more there are |
//!
//! What is not known counts half: neither for nor against, and the reason says so. Scores are kept in ten-thousandths,
//! so that equal facts give equal orders everywhere. Ties go by id.

use std::sync::{Arc, OnceLock};

use connectors::model::Language;

use super::ByPlace;
use super::communities::{community_of, projects_there, ties_in_force};
use super::reasons;
use crate::catalogue::Catalogue;
use crate::places::{Gazetteer, PlaceIndex};
use crate::records::{Member, Need, NeedState, Offer, OfferState, Partnership, Records, fold};

/// The weights of the parts; they add up to one.
pub mod weights {
    /// One theme.
    pub const THEME: f64 = 0.35;
    /// A language in common.
    pub const LANGUAGES: f64 = 0.20;
    /// Communities of a like size.
    pub const SIZE: f64 = 0.15;
    /// The community's ties.
    pub const PARTNERS: f64 = 0.15;
    /// What partners finance there already.
    pub const PROJECTS: f64 = 0.15;
}

/// A need and an offer that fit, by their positions in the records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fit {
    /// The need.
    pub need: usize,
    /// The offer.
    pub offer: usize,
    score: u16,
}

impl Fit {
    /// How well they fit: 0 to 1.
    #[must_use]
    pub fn score(self) -> f64 {
        f64::from(self.score) / 10_000.0
    }

    /// A text that sorts the best fit first.
    #[must_use]
    pub fn rank(self) -> String {
        format!("{:05}", 10_000_u16.saturating_sub(self.score))
    }
}

/// What is known about a need's community; `None` for a need that is not open.
#[derive(Debug)]
pub(super) struct Community {
    /// The place that it acts for; `None` where the gazetteer does not know the need's place.
    pub(super) place: Option<PlaceIndex>,
    /// Partnerships said to be in force.
    pub(super) ties: Vec<usize>,
    /// Partner projects on the need's theme that are located there.
    pub(super) projects: u64,
    /// The partners whose projects these are.
    pub(super) financed_by: Vec<&'static str>,
}

/// One pair, and what its parts came to: each 0 to 1, `None` where it cannot be told.
#[derive(Debug)]
pub(super) struct Judgement<'records> {
    pub(super) need: &'records Need,
    pub(super) offer: &'records Offer,
    pub(super) member: &'records Member,
    pub(super) community: &'records Community,
    pub(super) shared_languages: Vec<Language>,
    pub(super) inhabitants: [Option<u32>; 2],
    pub(super) tie: Option<&'records Partnership>,
}

/// The matches of one revision of the records on one catalogue. What the communities have is worked out when it is
/// built; the list of a need or an offer when it is first asked for, among those of its theme, and kept.
#[derive(Debug)]
pub struct Matches {
    records: Arc<Records>,
    communities: Vec<Option<Community>>,
    of_needs: Vec<OnceLock<Vec<Fit>>>,
    of_offers: Vec<OnceLock<Vec<Fit>>>,
}

impl Matches {
    /// What can be matched in these records.
    #[must_use]
    pub fn of(records: &Arc<Records>, by_place: &ByPlace, catalogue: &Catalogue) -> Self {
        let communities = records
            .needs()
            .iter()
            .map(|need| (need.state == NeedState::Open).then(|| Community::of(need, records, by_place, catalogue)));
        Self {
            communities: communities.collect(),
            of_needs: records.needs().iter().map(|_| OnceLock::new()).collect(),
            of_offers: records.offers().iter().map(|_| OnceLock::new()).collect(),
            records: Arc::clone(records),
        }
    }

    /// The offers that fit a need, the best first.
    #[must_use]
    pub fn of_need(&self, need: usize) -> &[Fit] {
        let Some(kept) = self.of_needs.get(need) else { return &[] };
        kept.get_or_init(|| {
            let offers = self.records.offers_about(self.records.needs()[need].theme);
            sorted(offers.iter().filter_map(|offer| self.fit(need, *offer)), |fit| {
                self.records.offers()[fit.offer].id.as_str()
            })
        })
    }

    /// The needs that an offer fits, the best first.
    #[must_use]
    pub fn of_offer(&self, offer: usize) -> &[Fit] {
        let Some(kept) = self.of_offers.get(offer) else { return &[] };
        kept.get_or_init(|| {
            let needs = self.records.needs_about(self.records.offers()[offer].theme);
            sorted(needs.iter().filter_map(|need| self.fit(*need, offer)), |fit| {
                self.records.needs()[fit.need].id.as_str()
            })
        })
    }

    /// Why they fit, a sentence for each part, the heaviest first; empty where they do not.
    #[must_use]
    pub fn reasons(&self, fit: Fit) -> Vec<String> {
        self.judge(fit.need, fit.offer).map(|judgement| reasons::of(&judgement, &self.records)).unwrap_or_default()
    }

    fn fit(&self, need: usize, offer: usize) -> Option<Fit> {
        let score = self.judge(need, offer)?.score();
        Some(Fit { need, offer, score })
    }

    fn judge(&self, need: usize, offer: usize) -> Option<Judgement<'_>> {
        let community = self.communities.get(need)?.as_ref()?;
        let member = &self.records.members()[self.records.offerer(offer)];
        let (need, offer) = (&self.records.needs()[need], &self.records.offers()[offer]);
        let own = need.member.as_ref() == Some(&offer.member);
        if offer.state != OfferState::Open || need.theme != offer.theme || own {
            return None;
        }
        let shared = need.languages.iter().filter(|language| offer.languages.contains(language));
        let gazetteer = Gazetteer::embedded();
        let territory = member.place.as_deref().and_then(|place| gazetteer.by_id(place));
        let inhabitants = [community.place, territory].map(|place| gazetteer.get(place?).population);
        let ties = community.ties.iter().map(|position| &self.records.partnerships()[*position]);
        let tie = ties.into_iter().find(|tie| names(tie, member));
        Some(Judgement {
            need,
            offer,
            member,
            community,
            shared_languages: shared.cloned().collect(),
            inhabitants,
            tie,
        })
    }
}

impl Community {
    fn of(need: &Need, records: &Records, by_place: &ByPlace, catalogue: &Catalogue) -> Self {
        let place = Gazetteer::embedded().by_id(&need.place).map(community_of);
        let (projects, financed_by) =
            place.map(|place| projects_there(catalogue, place, need.theme)).unwrap_or_default();
        let ties = place.map(|place| ties_in_force(records, by_place, place)).unwrap_or_default();
        Self { place, ties, projects, financed_by }
    }
}

impl Judgement<'_> {
    /// In ten-thousandths.
    fn score(&self) -> u16 {
        let parts = [
            (weights::THEME, Some(1.0)),
            (weights::LANGUAGES, self.languages()),
            (weights::SIZE, self.size()),
            (weights::PARTNERS, self.partners()),
            (weights::PROJECTS, self.projects()),
        ];
        let sum: f64 = parts.iter().map(|(weight, value)| weight * value.unwrap_or(0.5)).sum();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the sum lies between 0 and 1")]
        let score = (sum.clamp(0.0, 1.0) * 10_000.0).round() as u16;
        score
    }

    fn languages(&self) -> Option<f64> {
        if self.need.languages.is_empty() || self.offer.languages.is_empty() {
            return None;
        }
        Some(if self.shared_languages.is_empty() { 0.0 } else { 1.0 })
    }

    /// How many times larger the larger of the two is.
    pub(super) fn ratio(&self) -> Option<f64> {
        let [ours, theirs] = self.inhabitants.map(|inhabitants| inhabitants.filter(|number| *number > 0));
        let (ours, theirs) = (f64::from(ours?), f64::from(theirs?));
        Some(ours.max(theirs) / ours.min(theirs))
    }

    fn size(&self) -> Option<f64> {
        let doublings = self.ratio()?.log2();
        Some((1.0 - (doublings - 1.0) / 4.0).clamp(0.0, 1.0))
    }

    fn partners(&self) -> Option<f64> {
        self.community.place?;
        if self.tie.is_some() {
            return Some(1.0);
        }
        Some(0.8 / (1.0 + count(self.community.ties.len() as u64)))
    }

    fn projects(&self) -> Option<f64> {
        self.community.place?;
        Some(1.0 / (1.0 + count(self.community.projects)))
    }
}

/// Numbers of this size are exact as floats, and more of them change nothing.
fn count(number: u64) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}

/// Whether a member is one of the parties: by its id, or by its name and place.
fn names(partnership: &Partnership, member: &Member) -> bool {
    partnership.parties.iter().any(|party| {
        let named = || member.names.iter().any(|(_, name)| fold(name) == fold(&party.name));
        match &party.member {
            Some(id) => *id == member.id,
            None => party.place.is_some() && party.place == member.place && named(),
        }
    })
}

fn sorted<'records>(fits: impl Iterator<Item = Fit>, id: impl Fn(&Fit) -> &'records str) -> Vec<Fit> {
    let mut fits: Vec<Fit> = fits.collect();
    fits.sort_by(|left, right| right.score.cmp(&left.score).then_with(|| id(left).cmp(id(right))));
    fits
}
