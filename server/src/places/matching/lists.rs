//! Lists of names: what one member is called holds for the others.

use super::super::kind::Kind;
use super::mentions::Mention;
use super::vocabulary::{KindWord, joins_lists, kind_word};
use super::words::Word;

/// A plural names the kind of the whole list: `Kharkiv and Sumy oblasts`, `села Мокрець і Бервиця`.
pub(super) fn share_kind(list: &mut [Mention]) {
    let mut kind = None;
    for mention in list.iter_mut().rev() {
        if mention.kind.is_some() {
            kind = mention.kind.filter(|kind| kind.plural);
        } else {
            mention.kind = kind;
        }
    }
    let mut kind: Option<KindWord> = None;
    for mention in list.iter_mut() {
        if mention.kind.is_some() {
            kind = mention.kind.filter(|kind| kind.plural || (kind.kind == Kind::Village && mention.cyrillic));
        } else {
            mention.kind = kind;
        }
    }
}

/// `Nine regions: …` and `in the regions of …` hold until the sentence ends.
pub(super) fn apply_colon(mentions: &mut [Mention], words: &[Word<'_>]) {
    for at in 1..words.len() {
        let oblasts = kind_word(&words[at - 1]).filter(|kind| kind.kind == Kind::Oblast && kind.plural);
        if oblasts.is_none() || !words[at].gap.contains(':') {
            continue;
        }
        let end = (at..words.len()).find(|end| words[*end].gap.contains(". ")).unwrap_or(words.len());
        let listed = mentions.iter_mut().filter(|mention| (at..end).contains(&mention.first));
        listed.filter(|mention| mention.kind.is_none()).for_each(|mention| mention.kind = oblasts);
    }
}

pub(super) fn are_listed(words: &[Word<'_>], last: usize, first: usize) -> bool {
    let breaks = |gap: &str| gap.contains(['.', ';', ':', '(', ')', '!', '?']) && gap.trim() != ".";
    let between = &words[last + 1..first];
    between.len() <= 4
        && between.iter().all(joins_lists)
        && words[last + 1..=first]
            .iter()
            .enumerate()
            .all(|(at, word)| !breaks(word.gap) && (at > 0 || word.gap.trim() != "."))
}
