//! Keys one typing slip away: a letter too many, too few, wrong, or two that changed places.
//!
//! Two words that are one slip apart become equal when one letter, or none, is taken out of each. So every key is
//! filed under itself and under each form with a letter less, as a hash; a question is looked up the same way.

/// Shorter keys have too many neighbours to be told apart.
const SHORTEST: usize = 4;

/// Hashes of the keys' forms, sorted, each with the number of its key in the lower half.
#[derive(Debug)]
pub(super) struct Slips(Vec<u64>);

impl Slips {
    /// Files every key; keys are numbered in the order given.
    pub(super) fn of<'a>(keys: impl Iterator<Item = &'a str>) -> Self {
        let mut filed = Vec::new();
        for (number, key) in (0_u32..).zip(keys).filter(|(_, key)| key.len() >= SHORTEST) {
            forms(key.as_bytes(), |hash| filed.push(u64::from(hash) << 32 | u64::from(number)));
        }
        filed.sort_unstable();
        Self(filed)
    }

    /// The numbers of the keys one slip away from the question.
    pub(super) fn near<'a>(&self, question: &str, key: impl Fn(u32) -> &'a str) -> Vec<u32> {
        if question.len() < SHORTEST {
            return Vec::new();
        }
        let mut near = Vec::new();
        forms(question.as_bytes(), |hash| near.extend(self.filed_under(hash)));
        near.sort_unstable();
        near.dedup();
        near.retain(|number| is_one_slip(key(*number).as_bytes(), question.as_bytes()));
        near
    }

    fn filed_under(&self, hash: u32) -> impl Iterator<Item = u32> {
        let start = self.0.partition_point(|filed| filed >> 32 < u64::from(hash));
        let same = self.0[start..].iter().take_while(move |filed| **filed >> 32 == u64::from(hash));
        same.map(|filed| (filed & u64::from(u32::MAX)) as u32)
    }
}

/// Calls with the hash of the word and of each form of it that lacks one letter.
fn forms(word: &[u8], mut file: impl FnMut(u32)) {
    file(hash(word.iter()));
    for gap in 0..word.len() {
        file(hash(word[..gap].iter().chain(&word[gap + 1..])));
    }
}

/// FNV-1a; two words that share a hash by accident are told apart afterwards.
fn hash<'a>(letters: impl Iterator<Item = &'a u8>) -> u32 {
    letters.fold(0x811c_9dc5, |hash: u32, letter| (hash ^ u32::from(*letter)).wrapping_mul(0x0100_0193))
}

/// Whether one insertion, deletion, replacement or swap of neighbours turns the one word into the other.
fn is_one_slip(left: &[u8], right: &[u8]) -> bool {
    let same_start = left.iter().zip(right).take_while(|(left, right)| left == right).count();
    let (left, right) = (&left[same_start..], &right[same_start..]);
    match left.len().cmp(&right.len()) {
        std::cmp::Ordering::Less => right.len() == left.len() + 1 && left == &right[1..],
        std::cmp::Ordering::Greater => left.len() == right.len() + 1 && &left[1..] == right,
        std::cmp::Ordering::Equal => {
            let replaced = left.get(1..) == right.get(1..);
            replaced || (left[..2] == [right[1], right[0]] && left[2..] == right[2..])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(question: &str, expected: &[&str]) {
        let keys = ["kharkiv", "kherson", "lviv", "mykolaiv", "mykolaivka", "odesa", "sumy", "uman"];
        let slips = Slips::of(keys.into_iter());
        let near: Vec<_> =
            slips.near(question, |number| keys[number as usize]).iter().map(|number| keys[*number as usize]).collect();
        assert_eq!(near, expected, "{question}");
    }

    #[test]
    fn one_slip_is_forgiven() {
        check("kharkv", &["kharkiv"]);
        check("khharkiv", &["kharkiv"]);
        check("kjarkiv", &["kharkiv"]);
        check("hkarkiv", &["kharkiv"]);
        check("kharkvi", &["kharkiv"]);
        check("lvuv", &["lviv"]);
    }

    #[test]
    fn two_slips_are_not() {
        check("karkv", &[]);
        check("khrakvi", &[]);
        check("mykolaivkko", &[]);
        check("umn", &[]);
    }

    #[test]
    fn the_word_itself_is_near_but_not_a_slip_of_a_longer_one() {
        check("mykolaiv", &["mykolaiv"]);
    }
}
