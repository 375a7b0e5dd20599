//! Which numbers hold which words.
//!
//! A word that few hold keeps them as a list of differences, one or two bytes each; one that many hold as a bitmap.

use std::collections::HashMap;

use roaring::RoaringBitmap;

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
        if let Ok(crowd) = self.crowds.binary_search_by_key(&place, |(place, _)| *place) {
            *held |= &self.crowds[crowd].1;
            return;
        }
        let end = |place: u32| self.ends.get(place as usize).map_or(0, |end| *end as usize);
        let start = place.checked_sub(1).map_or(0, end);
        let list = numbers(Bytes::new(&self.lists[start..end(place)]));
        if held.is_empty() {
            *held = RoaringBitmap::from_sorted_iter(list).unwrap_or_default();
        } else {
            held.extend(list);
        }
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

/// Collects words; numbers come in rising order.
#[derive(Debug, Default)]
pub struct WordsBuilder {
    places: HashMap<Box<str>, u32>,
    held: Vec<Held>,
}

/// The numbers of one word while words are collected: most are held by very few.
#[derive(Debug)]
enum Held {
    Few { numbers: [u32; FEW], count: u8 },
    Many(RoaringBitmap),
}

const FEW: usize = 4;

impl WordsBuilder {
    /// Notes that a number holds a word; it may be said again.
    pub fn add(&mut self, word: &str, number: u32) {
        let place = self.places.get(word).copied().unwrap_or_else(|| {
            let place = u32::try_from(self.held.len()).unwrap_or(u32::MAX);
            self.places.insert(word.into(), place);
            self.held.push(Held::Few { numbers: [0; FEW], count: 0 });
            place
        });
        self.held[place as usize].add(number);
    }

    /// All words; nothing is added any more.
    #[must_use]
    pub fn finish(self) -> Words {
        let mut places: Vec<(Box<str>, u32)> = self.places.into_iter().collect();
        places.sort_unstable();
        let mut words = Words { words: places.iter().map(|(word, _)| word.as_ref()).collect(), ..Words::default() };
        words.ends.reserve_exact(places.len());
        for (place, (_, held)) in (0..).zip(&places) {
            match &self.held[*held as usize] {
                Held::Few { numbers, count } => list(numbers[..usize::from(*count)].iter().copied(), &mut words.lists),
                Held::Many(bitmap) => {
                    let before = words.lists.len();
                    list(bitmap, &mut words.lists);
                    if words.lists.len() - before > bytes_of(bitmap) {
                        words.lists.truncate(before);
                        words.crowds.push((place, bitmap.clone())); // The clone has no spare room.
                    }
                }
            }
            words.ends.push(u32::try_from(words.lists.len()).unwrap_or(u32::MAX));
        }
        words.lists.shrink_to_fit();
        words.crowds.shrink_to_fit();
        words
    }
}

impl Held {
    fn add(&mut self, number: u32) {
        match self {
            Self::Few { numbers, count } => {
                let known = usize::from(*count);
                if known > 0 && numbers[known - 1] == number {
                    return;
                }
                if known < FEW {
                    numbers[known] = number;
                    *count += 1;
                } else {
                    *self = Self::Many(numbers.iter().copied().chain([number]).collect());
                }
            }
            Self::Many(bitmap) => {
                bitmap.insert(number);
            }
        }
    }
}

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
    const BESIDE: usize = 40;
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
            prop_assert_eq!(words.all().collect::<Vec<_>>(), plain.keys().copied().collect::<Vec<_>>());
            for (word, numbers) in &plain {
                prop_assert_eq!(words.get(word).iter().collect::<BTreeSet<_>>(), numbers.clone());
            }
        }
    }
}
