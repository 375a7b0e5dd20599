//! Names of places in a text, longest first, each with the kind of place that the words around it give.

use super::super::fold::fold;
use super::super::gazetteer::Gazetteer;
use super::super::index::Posting;
use super::super::kind::Kind;
use super::super::place::{Category, PlaceIndex, PlaceLevel};
use super::choose::distinct;
use super::endings::{Grammar, nominatives, ukrainian_sister};
use super::lists::{apply_colon, are_listed, share_kind};
use super::regions::Regions;
use super::traps::{Trap, trap};
use super::vocabulary::{KindWord, follows_district, kind_word, qualifies};
use super::words::Word;
use super::{Parsed, is_settlement};

/// The most words that a name has.
const LONGEST: usize = 4;

/// A name in a text, and everything it may be a form of.
#[derive(Debug, Clone)]
pub(super) struct Mention {
    pub(super) text: usize,
    pub(super) first: usize,
    pub(super) last: usize,
    /// What the name can mean, given its kind.
    pub(super) called: Vec<Called>,
    /// The kind that the text gives it, itself or through the list it stands in.
    pub(super) kind: Option<KindWord>,
    /// The list it stands in.
    pub(super) group: usize,
    pub(super) trap: Trap,
    /// A region follows its list at once: `Солоне - Широке Солонянського району`.
    pub(super) before_region: bool,
    pub(super) cyrillic: bool,
    /// Found by its sound alone.
    by_sound: bool,
}

impl Mention {
    /// Every place that it can mean.
    pub(super) fn places(&self) -> Vec<PlaceIndex> {
        self.called.iter().map(|called| called.posting.place).collect()
    }
}

/// One reading of a name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Called {
    pub(super) posting: Posting,
    /// As it stands in the text, not declined and not in another spelling.
    pub(super) exact: bool,
}

/// All of a record's names.
#[derive(Debug, Default)]
pub(super) struct Mentions {
    pub(super) found: Vec<Mention>,
    groups: usize,
}

impl Mentions {
    /// Reads one text, whose regions are known.
    pub(super) fn read(&mut self, gazetteer: &Gazetteer, number: usize, text: &Parsed<'_>, regions: &Regions) {
        let start = self.found.len();
        let reader = Reader { gazetteer, words: &text.words, grammar: text.grammar };
        let mut at = 0;
        while at < text.words.len() {
            let open = text.words[at].capital && !text.words[at].blocked && !regions.cover(number, at);
            let mention = open.then(|| reader.mention(number, at)).flatten();
            at = mention.as_ref().map_or(at, |mention| mention.last) + 1;
            self.found.extend(mention);
        }
        self.group(start, text, regions);
        apply_colon(&mut self.found[start..], &text.words);
        for mention in &mut self.found[start..] {
            reader.settle(mention);
        }
        self.found.retain(|mention| !mention.called.is_empty());
    }

    fn group(&mut self, start: usize, text: &Parsed<'_>, regions: &Regions) {
        for at in start..self.found.len() {
            let joined = at > start && are_listed(&text.words, self.found[at - 1].last, self.found[at].first);
            self.groups += usize::from(!joined);
            self.found[at].group = self.groups;
        }
        for list in self.found[start..].chunk_by_mut(|one, other| one.group == other.group) {
            let Some(last) = list.last() else { continue };
            let region = regions.starting(last.text, last.last + 1).is_some();
            list.iter_mut().for_each(|mention| mention.before_region = region);
            share_kind(list);
        }
    }
}

struct Reader<'a> {
    gazetteer: &'a Gazetteer,
    words: &'a [Word<'a>],
    grammar: Grammar,
}

impl Reader<'_> {
    fn mention(&self, text: usize, first: usize) -> Option<Mention> {
        let lengths = || (1..=LONGEST).rev().filter(|length| first + length <= self.words.len());
        lengths()
            .find_map(|length| self.of_length(text, first, length))
            .or_else(|| lengths().find_map(|length| self.by_sound(text, first, length)))
    }

    fn of_length(&self, text: usize, first: usize, length: usize) -> Option<Mention> {
        let span = &self.words[first..first + length];
        // `Volyn oblasts` is a name and a word for its kind, although `Volyn Oblast` is a name too.
        let unit = length > 1 && kind_word(&span[length - 1]).is_some_and(|kind| kind.kind <= Kind::Hromada);
        if unit || !is_one_name(span) {
            return None;
        }
        let mut called = Vec::new();
        self.extend("", span, true, &mut called);
        self.read_as(text, first, first + length - 1, called)
    }

    /// Every way to decline the words such that some name goes on with them.
    fn extend(&self, front: &str, span: &[Word<'_>], exact: bool, called: &mut Vec<Called>) {
        let Some((word, rest)) = span.split_first() else { return };
        for form in self.forms(word) {
            let key = format!("{front}{}", fold(&form));
            let exact = exact && form == word.small;
            if rest.is_empty() {
                called
                    .extend(self.gazetteer.index.same(&key).iter().map(|posting| Called { posting: *posting, exact }));
            } else if self.gazetteer.index.continues(&format!("{key} ")) {
                self.extend(&format!("{key} "), rest, exact, called);
            }
        }
    }

    fn forms(&self, word: &Word<'_>) -> Vec<String> {
        let mut forms = nominatives(&word.small, self.grammar);
        if matches!(self.grammar, Grammar::Russian | Grammar::Polish) {
            let sisters: Vec<_> = forms.iter().filter_map(|form| ukrainian_sister(form)).collect();
            forms.extend(sisters);
        }
        forms
    }

    /// A name in another country's spelling; whether it may count is known when its list is.
    fn by_sound(&self, text: usize, first: usize, length: usize) -> Option<Mention> {
        let span = &self.words[first..first + length];
        let key: Vec<&str> = span.iter().map(|word| word.key.as_str()).collect();
        let key = key.join(" ");
        // Where words are declined, a shorter one is still told by its endings.
        let shortest = if matches!(self.grammar, Grammar::Polish | Grammar::Russian) { 5 } else { 6 };
        if !is_one_name(span) || key.len() < shortest || (span[0].is_cyrillic() && self.grammar == Grammar::Ukrainian) {
            return None;
        }
        let mut keys = vec![key];
        if let [word] = span {
            keys.extend(self.forms(word).iter().map(|form| fold(form)).filter(|form| form.len() >= shortest));
        }
        let alike = keys.iter().flat_map(|key| self.gazetteer.index.same_sound(key));
        let called = alike.map(|posting| Called { posting: *posting, exact: false }).collect();
        self.read_as(text, first, first + length - 1, called).map(|mention| Mention { by_sound: true, ..mention })
    }

    fn read_as(&self, text: usize, first: usize, last: usize, called: Vec<Called>) -> Option<Mention> {
        let cyrillic = self.words[first].is_cyrillic();
        let kind = self.kind_after(last).filter(|_| !cyrillic).or_else(|| self.kind_before(first));
        let known = |called: &Called| {
            let place = self.gazetteer.get(called.posting.place);
            kind.is_some_and(|kind| kind.kind.fits(place)) || self.may_stand_alone(called, cyrillic)
        };
        if !called.iter().any(known) {
            return None;
        }
        let mention = Mention {
            text,
            first,
            last,
            called,
            kind,
            group: 0,
            trap: Trap::None,
            before_region: false,
            cyrillic,
            by_sound: false,
        };
        Some(mention)
    }

    /// Leaves what the name can mean, once the list around it has given it a kind or not.
    fn settle(&self, mention: &mut Mention) {
        let place = |called: &Called| self.gazetteer.get(called.posting.place);
        let fits = |called: &Called, kind: KindWord| kind.kind.fits(place(called));
        let given = mention.kind;
        if let Some(kind) = given.filter(|kind| !mention.called.iter().any(|called| fits(called, *kind))) {
            self.promote(&mut mention.called, kind.kind);
        }
        mention.kind = given.filter(|kind| mention.called.iter().any(|called| fits(called, *kind)));
        match mention.kind {
            Some(kind) => mention.called.retain(|called| fits(called, kind)),
            // `Vynohradar district` names a part of a city, and no village of that name.
            None if given.is_some_and(|kind| kind.kind == Kind::Raion) => mention.called.clear(),
            None => mention.called.retain(|called| self.may_stand_alone(called, mention.cyrillic)),
        }
        // A word of three letters is a name only where everybody knows it: `для Сум`.
        let short = mention.first == mention.last && self.words[mention.first].key.len() < 4;
        if mention.kind.is_none() && short {
            mention.called.retain(|called| mention.cyrillic && place(called).is_oblast_city);
        }
        if mention.kind.is_none() && mention.by_sound {
            let known = |called: &Called| {
                place(called).is_oblast_city
                    || place(called).is_raion_city
                    || place(called).category == Some(Category::City)
            };
            mention.called.retain(known);
        }
        mention.trap = trap(self.words, mention.first, mention.last, mention.kind);
    }

    /// `Dnipro region` is the oblast that Dnipro is the seat of, and a hromada may be called by its town.
    fn promote(&self, called: &mut Vec<Called>, kind: Kind) {
        let unit = |place: PlaceIndex| match kind {
            Kind::Oblast => self.gazetteer.oblast_by_city(place),
            Kind::Hromada => self.gazetteer.hromada_by_town(place),
            _ => None,
        };
        let units = called.iter().filter_map(|called| unit(called.posting.place)).collect();
        let units: Vec<_> =
            distinct(units).into_iter().map(|place| Posting { place, alias: None, needs_kind: true }).collect();
        if !units.is_empty() {
            *called = units.into_iter().map(|posting| Called { posting, exact: false }).collect();
        }
    }

    /// An adjective alone is no place, and a hromada by its centre's name is the centre.
    fn may_stand_alone(&self, called: &Called, cyrillic: bool) -> bool {
        let place = self.gazetteer.get(called.posting.place);
        if called.posting.needs_kind {
            return false;
        }
        is_settlement(place)
            || (place.level == PlaceLevel::Oblast
                && !(cyrillic && called.posting.alias.is_none_or(|row| self.is_adjective(row))))
    }

    fn is_adjective(&self, row: u32) -> bool {
        let adjective = |name: &str| ["ька", "ая", "ska", "zka", "skaya"].iter().any(|ending| name.ends_with(ending));
        self.gazetteer.names().row(row).is_none_or(|alias| adjective(alias.name))
    }

    /// `the city of`, `м.`, `the regions of`, `Gebiet`.
    fn kind_before(&self, first: usize) -> Option<KindWord> {
        const LINKS: [&str; 10] = ["of", "the", "de", "d", "von", "la", "le", "du", "der", "des"];
        let mut at = first.checked_sub(1)?;
        if self.words[first].gap.trim_matches([' ', '.', '\u{a0}', ')', '(', '“', '"', '«', '\'', '’']).len() > 1 {
            return None;
        }
        while LINKS.contains(&self.words[at].small.as_str()) {
            at = at.checked_sub(1)?;
        }
        let word = &self.words[at];
        if word.small == "community" && at > 0 && qualifies(&self.words[at - 1]) {
            return Some(KindWord { kind: Kind::Hromada, prefers: None, plural: false });
        }
        let kind = kind_word(word)?;
        // In Cyrillic the word for a larger unit follows its name.
        (!word.is_cyrillic() || kind.kind >= Kind::City).then_some(kind)
    }

    /// `Kharkiv oblast`, `Merefa territorial community`, `Kyiv city`.
    fn kind_after(&self, last: usize) -> Option<KindWord> {
        let mut at = last + 1;
        let word = self.words.get(at)?;
        if word.gap != " " {
            return None;
        }
        if qualifies(word) {
            at += 1;
            let community = self.words.get(at).is_some_and(|word| word.small == "community");
            if community {
                return Some(KindWord { kind: Kind::Hromada, prefers: None, plural: false });
            }
        }
        let heating = self.words.get(at + 1).is_some_and(|word| word.gap == " " && follows_district(word));
        self.words.get(at).and_then(kind_word).filter(|kind| kind.kind != Kind::Raion || !heating)
    }
}

/// Words of one name are joined by a blank or a hyphen, and none of them is part of something else.
fn is_one_name(span: &[Word<'_>]) -> bool {
    let joined = span[1..].iter().all(|word| matches!(word.gap, " " | "-" | "‑" | "\u{a0}"));
    joined && span.iter().all(|word| !word.blocked)
}
