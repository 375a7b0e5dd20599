//! Streets and persons, whose names are no places.

use super::vocabulary::{is_preposition, kind_word, opens_street};
use super::words::Word;

/// Marks what belongs to a street, or to a person with initials.
pub(super) fn block(words: &mut [Word<'_>]) {
    for at in 0..words.len() {
        if opens_street(&words[at]) {
            block_street(words, at + 1);
        }
        let initial = words[at].capital && words[at].text.chars().count() == 1 && kind_word(&words[at]).is_none();
        let given = ["богдана", "богдан", "bohdan", "bogdan"].contains(&words[at].small.as_str());
        if let Some(next) =
            words.get_mut(at + 1).filter(|next| next.gap.trim() == "." && initial || given && next.gap == " ")
        {
            next.blocked = true;
        }
    }
    for at in 1..words.len() {
        if words[at].small == "шосе" {
            words[at - 1].blocked = true;
        }
    }
}

fn block_street(words: &mut [Word<'_>], start: usize) {
    for word in words.iter_mut().skip(start).take(5) {
        let ends = word.gap.contains([',', ';', '(', ')', '—', '–']) || word.gap.contains(" - ");
        let number = word.text.starts_with(|letter: char| letter.is_numeric());
        let place = !word.capital && (kind_word(word).is_some() || is_preposition(word));
        if ends || number || place {
            return;
        }
        word.blocked = true;
    }
}
