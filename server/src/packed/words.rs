//! Which numbers hold which words.
//!
//! A word that few hold keeps them as a list of differences, one or two bytes each; one that many hold as a bitmap.

mod builder;

use roaring::RoaringBitmap;

pub use builder::WordsBuilder;

use super::{Bytes, Lexicon, put};

/// Sorted words, each with the numbers that hold it.
#[derive(Debug, Default)]
pub struct Words {
    words: Lexicon,
    /// Where each word's list ends in `lists`; a word with a bitmap has none.
    ends: Vec<u32>,
    lists: Vec<u8>,
    /// The bitmaps of the words that many hold, by word.
    crowds: Vec<(u32, RoaringBitmap)>,
}

impl Words {
    /// Every word, in order.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.words.iter()
    }

    /// The word of a place in the order.
    #[must_use]
    pub fn word(&self, place: u32) -> &str {
        self.words.get(place)
    }

    /// The place of a word in the order.
    #[must_use]
    pub fn find(&self, word: &str) -> Option<u32> {
        let place = self.first_from(word);
        ((place as usize) < self.words.len() && self.word(place) == word).then_some(place)
    }

    /// The numbers that hold the word of this place.
    #[must_use]
    pub fn holding(&self, place: u32) -> RoaringBitmap {
        let mut held = RoaringBitmap::new();
        self.add_holding(place, &mut held);
        held
    }

    /// The numbers that hold a word.
    #[must_use]
    pub fn get(&self, word: &str) -> RoaringBitmap {
        self.find(word).map(|place| self.holding(place)).unwrap_or_default()
    }

    /// The numbers that hold a word which begins so, or is it.
    #[must_use]
    pub fn beginning(&self, beginning: &str) -> RoaringBitmap {
        let mut held = RoaringBitmap::new();
        for place in self.places_beginning(beginning) {
            self.add_holding(place, &mut held);
        }
        held
    }

    /// The places of the words that begin so.
    pub fn places_beginning<'own>(&'own self, beginning: &'own str) -> impl Iterator<Item = u32> + 'own {
        let all = self.first_from(beginning)..u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        all.take_while(move |place| self.word(*place).starts_with(beginning))
    }

    /// The bytes it takes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let crowds: usize = self.crowds.iter().map(|(_, bitmap)| bytes_of(bitmap)).sum();
        self.words.bytes() + self.ends.capacity() * size_of::<u32>() + self.lists.capacity() + crowds
    }

    fn add_holding(&self, place: u32, held: &mut RoaringBitmap) {
        if let Some(crowd) = self.crowd(place) {
            *held |= crowd;
            return;
        }
        let list = numbers(self.list(place));
        if held.is_empty() {
            *held = RoaringBitmap::from_sorted_iter(list).unwrap_or_default();
        } else {
            held.extend(list);
        }
    }

    /// The numbers of a word, rising.
    fn each(&self, place: u32, take: impl FnMut(u32)) {
        match self.crowd(place) {
            Some(crowd) => crowd.iter().for_each(take),
            None => numbers(self.list(place)).for_each(take),
        }
    }

    fn crowd(&self, place: u32) -> Option<&RoaringBitmap> {
        let crowd = self.crowds.binary_search_by_key(&place, |(place, _)| *place).ok()?;
        Some(&self.crowds[crowd].1)
    }

    fn list(&self, place: u32) -> Bytes<'_> {
        let end = |place: u32| self.ends.get(place as usize).map_or(0, |end| *end as usize);
        let start = place.checked_sub(1).map_or(0, end);
        Bytes::new(&self.lists[start..end(place)])
    }

    /// Adds the rising numbers of the next word.
    fn push(&mut self, numbers: &[u32]) {
        let before = self.lists.len();
        list(numbers.iter().copied(), &mut self.lists);
        if self.lists.len() - before > BESIDE {
            let bitmap = RoaringBitmap::from_sorted_iter(numbers.iter().copied()).unwrap_or_default();
            if self.lists.len() - before > bytes_of(&bitmap) {
                self.lists.truncate(before);
                let place = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
                self.crowds.push((place, bitmap));
            }
        }
        self.ends.push(u32::try_from(self.lists.len()).unwrap_or(u32::MAX));
    }

    /// The place of the first word that is not smaller.
    fn first_from(&self, word: &str) -> u32 {
        let (mut low, mut high) = (0, u32::try_from(self.words.len()).unwrap_or(u32::MAX));
        while low < high {
            let middle = low.midpoint(high);
            if self.word(middle) < word { low = middle + 1 } else { high = middle }
        }
        low
    }
}

/// The numbers of a list of differences.
fn numbers(mut list: Bytes<'_>) -> impl Iterator<Item = u32> {
    let mut last = 0;
    std::iter::from_fn(move || {
        if list.is_empty() {
            return None;
        }
        last += list.small();
        Some(last)
    })
}

/// The bytes that stand beside each container of a bitmap, about.
const BESIDE: usize = 40;

fn list(numbers: impl IntoIterator<Item = u32>, out: &mut Vec<u8>) {
    let mut last = 0;
    for number in numbers {
        put::number(out, (number - last).into());
        last = number;
    }
}

/// About what a bitmap takes in memory: its data, and what stands beside each of its containers.
#[must_use]
pub fn bytes_of(bitmap: &RoaringBitmap) -> usize {
    bitmap.serialized_size() + bitmap.statistics().n_containers as usize * BESIDE
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_are_found_whole_and_by_their_beginning() {
        let mut builder = WordsBuilder::default();
        for (number, text) in (0..).zip(["water for lviv", "water", "lviv", "waterway"]) {
            text.split(' ').for_each(|word| builder.add(word, number));
        }
        let words = builder.finish();
        let listed = |bitmap: RoaringBitmap| bitmap.iter().collect::<Vec<_>>();
        assert_eq!(words.all().collect::<Vec<_>>(), ["for", "lviv", "water", "waterway"]);
        assert_eq!(listed(words.get("water")), [0, 1]);
        assert_eq!(listed(words.beginning("wat")), [0, 1, 3]);
        assert!(words.get("wat").is_empty());
        assert_eq!(listed(words.beginning("")), [0, 1, 2, 3]);
    }

    #[test]
    fn a_crowd_is_a_bitmap_and_a_few_are_a_list() {
        let mut builder = WordsBuilder::default();
        for number in 0..100_000 {
            builder.add("all", number);
            builder.add(&format!("only{}", number % 20_000), number);
        }
        let words = builder.finish();
        assert_eq!(words.crowds.len(), 1);
        assert_eq!(words.get("all").len(), 100_000);
        assert_eq!(words.get("only7").iter().collect::<Vec<_>>(), [7, 20_007, 40_007, 60_007, 80_007]);
    }

    proptest! {
        #[test]
        fn every_word_keeps_its_numbers(texts in prop::collection::vec(prop::collection::vec("[ab]{1,3}", 0..6), 0..80)) {
            let (mut builder, mut plain) = (WordsBuilder::default(), BTreeMap::<&str, BTreeSet<u32>>::new());
            for (number, text) in (0..).zip(&texts) {
                for word in text {
                    builder.add(word, number * 1_000);
                    plain.entry(word).or_default().insert(number * 1_000);
                }
            }
            let words = builder.finish();
            // The first texts fall away, the others move up, and some come back at the end.
            let (gone, mut again) = (u32::try_from(texts.len() / 3).unwrap(), WordsBuilder::default());
            let last = u32::try_from(texts.len()).unwrap();
            let mut expected = WordsBuilder::default();
            for (number, text) in (gone..).zip(&texts[gone as usize..]) {
                text.iter().for_each(|word| expected.add(word, number - gone));
            }
            for (number, text) in (0..gone).zip(&texts) {
                for word in text {
                    expected.add(word, last + number);
                    again.add(word, last + number);
                }
            }
            let moved = |number: u32| (number / 1_000).checked_sub(gone);
            let (after, expected) = (again.finish_after(&words, moved), expected.finish());
            prop_assert_eq!(after.all().collect::<Vec<_>>(), expected.all().collect::<Vec<_>>());
            for word in expected.all() {
                prop_assert_eq!(after.get(word), expected.get(word));
            }
            prop_assert_eq!(words.all().collect::<Vec<_>>(), plain.keys().copied().collect::<Vec<_>>());
            for (word, numbers) in &plain {
                prop_assert_eq!(words.get(word).iter().collect::<BTreeSet<_>>(), numbers.clone());
            }
        }
    }
}
