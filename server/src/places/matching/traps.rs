//! Names that look like the place of a project and are not: banks, rivers, venues, institutions, landmarks.

use super::super::kind::Kind;
use super::vocabulary::{
    KindWord, follows_in_institution, is_bank, is_between_meeting_and_venue, is_of_crossing, is_of_meeting,
    is_of_reference, is_of_seat, is_preposition, is_road, is_signed, is_water,
};
use super::words::Word;

/// What a name is, if not the place of the project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trap {
    /// Nothing speaks against it.
    None,
    /// Not the place of the project.
    NoPlace,
    /// Says only where something else is: `west of Kyiv`.
    Reference,
    /// An end of a road, which may be far from the works: `Київ — Чоп`.
    RoadEnd,
}

/// Looks at the words around a name.
pub(super) fn trap(words: &[Word<'_>], first: usize, last: usize, kind: Option<KindWord>) -> Trap {
    let next = words.get(last + 1).filter(|word| word.gap == " ");
    let before = first.checked_sub(1).map(|at| &words[at]);
    let close = |word: &&Word<'_>| {
        matches!(words[first].gap.trim_end_matches(['«', '"', '“', '„', '\'']), " " | ". ") && !word.blocked
    };
    if kind.is_none() && is_named_after(words, first, last, next, before.filter(close)) {
        return Trap::NoPlace;
    }
    if kind.is_none() && (is_dateline(words, last) || is_crossed(words, first, last) || is_seat(words, first)) {
        return Trap::NoPlace;
    }
    if before.is_some_and(|word| word.small == "р" && words[first].gap.contains('.')) || is_venue(words, first, last) {
        return Trap::NoPlace;
    }
    let region = kind.is_some_and(|kind| kind.kind == Kind::Oblast);
    if !region && is_reference(words, first) {
        return Trap::Reference;
    }
    if kind.is_none() && is_road_end(words, first, last) { Trap::RoadEnd } else { Trap::None }
}

fn is_road_end(words: &[Word<'_>], first: usize, last: usize) -> bool {
    let dash = |word: &Word<'_>| matches!(word.gap.trim_matches([' ', '”', '"', '“']), "-" | "–" | "—" | "‑");
    let joined = first > 0 && dash(&words[first]) && words[first - 1].capital
        || words.get(last + 1).is_some_and(|next| dash(next) && next.capital);
    let around = &words[first.saturating_sub(10)..words.len().min(last + 6)];
    joined && around.iter().any(is_road)
}

fn is_named_after(
    words: &[Word<'_>],
    first: usize,
    last: usize,
    next: Option<&Word<'_>>,
    before: Option<&Word<'_>>,
) -> bool {
    let ends = words.get(last + 1).is_none_or(|next| !next.gap.starts_with([' ', '-', ',']));
    let apart = words[first].gap.ends_with('(') || words[first].gap == ", " && ends;
    let seat = apart && words[first.saturating_sub(4)..first].iter().any(is_bank);
    let second =
        words.get(last + 2).is_some_and(|word| word.gap == " " && word.capital && follows_in_institution(word));
    let named = |word: &Word<'_>| is_bank(word) || is_water(word);
    let dam = words[last + 1..].iter().take(2).any(is_dam);
    seat || dam
        || next.is_some_and(|word| named(word) || follows_in_institution(word) || word.capital && second)
        || before.is_some_and(named)
}

fn is_dam(word: &Word<'_>) -> bool {
    word.small.starts_with("hydroelectric") || matches!(word.small.as_str(), "dam" | "гес" | "гэс" | "hpp")
}

/// `Kyiv, 3 June 2022`: where and when a paper was signed.
fn is_dateline(words: &[Word<'_>], last: usize) -> bool {
    let day = words.get(last + 1).filter(|word| word.gap == ", ").and_then(|word| word.text.parse::<u8>().ok());
    let month = words.get(last + 2).is_some_and(|word| word.gap == " " && word.text.chars().all(char::is_alphabetic));
    let year = words.get(last + 3).and_then(|word| word.text.parse::<u16>().ok());
    day.is_some_and(|day| (1..=31).contains(&day)) && month && year.is_some_and(|year| year > 1900)
}

/// `a bridge over the Dnipro`, `міст через Дніпро`: what is crossed is a water. `over the Dnipro tramway` is not.
fn is_crossed(words: &[Word<'_>], first: usize, last: usize) -> bool {
    const ARTICLES: [&str; 6] = ["the", "den", "die", "le", "la", "l"];
    let ends =
        words.get(last + 1).is_none_or(|next| next.gap != " " || next.capital || is_preposition(next) || is_link(next));
    let article = first.checked_sub(1).filter(|at| ARTICLES.contains(&words[*at].small.as_str()));
    let crossing = article.unwrap_or(first).checked_sub(1).map(|at| &words[at]);
    let needs_article = |word: &Word<'_>| !matches!(word.small.as_str(), "через" | "czerez" | "przez");
    ends && crossing.is_some_and(|word| is_of_crossing(word) && (article.is_some() || !needs_article(word)))
}

/// `the Government of Ukraine in Kyiv`, `an office in Kyiv`: where somebody sits who acts for the whole country.
fn is_seat(words: &[Word<'_>], first: usize) -> bool {
    let Some(at) = first.checked_sub(1).filter(|at| is_preposition(&words[*at])) else { return false };
    let clause = words[at.saturating_sub(4)..=at].iter().rev();
    let gaps = clause.clone().map(|word| word.gap).position(|gap| gap.contains([',', ';', '.', ':', '(']));
    clause.skip(1).take(gaps.unwrap_or(4)).any(is_of_seat)
}

fn ends_sentence(word: &Word<'_>) -> bool {
    word.gap.contains(['.', ';', ':'])
}

fn is_link(word: &Word<'_>) -> bool {
    matches!(word.small.as_str(), "and" | "та" | "і" | "й" | "и" | "und" | "et" | "i" | "oraz" | "is" | "was" | "will")
}

/// `signed in Kyiv`, `the training was held in Uman`, `wurde in Kyjiw unterzeichnet`.
fn is_venue(words: &[Word<'_>], first: usize, last: usize) -> bool {
    let Some(at) = first.checked_sub(1) else { return false };
    let preposition = is_preposition(&words[at]) || words[at].small == "м";
    let front = words[at.saturating_sub(8)..at].iter().rev();
    let meeting = front.clone().position(is_of_meeting);
    let close =
        |distance: usize| front.take(distance).all(|word| is_between_meeting_and_venue(word) && !ends_sentence(word));
    let before = meeting.is_some_and(close) && !ends_sentence(&words[at]);
    let next = words.get(last + 1..).unwrap_or_default().iter().take_while(|word| word.gap == " ").take(2);
    preposition && (before || next.into_iter().any(is_signed))
}

/// `near Kyiv`, `the satellite city of Kyiv`, `западнее Киева`.
fn is_reference(words: &[Word<'_>], first: usize) -> bool {
    const LINKS: [&str; 15] =
        ["of", "the", "city", "from", "to", "м", "від", "от", "de", "d", "von", "der", "nähe", "la", "ville"];
    let mut at = first;
    while at > 0 && !words[at].gap.contains([',', ';', '(']) {
        at -= 1;
        if is_of_reference(&words[at]) {
            return true;
        }
        if !LINKS.contains(&words[at].small.as_str()) {
            return false;
        }
    }
    false
}
