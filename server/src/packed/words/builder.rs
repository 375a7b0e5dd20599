//! Collects words with the numbers that hold them, and puts them in order.

use std::cmp::Ordering;
use std::collections::HashMap;

use roaring::RoaringBitmap;

use super::Words;

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
        self.finish_after(&Words::default(), |_| None)
    }

    /// All words, with those of an earlier list under the numbers that its numbers have now; `None` for one that is gone.
    /// Numbers that rise there rise here, too, and none of them was added here.
    #[must_use]
    pub fn finish_after(self, earlier: &Words, now: impl Fn(u32) -> Option<u32>) -> Words {
        let mut own: Vec<(Box<str>, u32)> = self.places.into_iter().collect();
        own.sort_unstable();
        let (mut texts, mut words) = (Vec::new(), Words::default());
        let mut numbers = Vec::new();
        for (text, before, added) in merged(earlier, &own) {
            numbers.clear();
            if let Some(place) = before {
                earlier.each(place, |number| numbers.extend(now(number)));
            }
            let kept = numbers.len();
            if let Some(held) = added {
                self.held[held as usize].each(|number| numbers.push(number));
            }
            if kept > 0 && kept < numbers.len() {
                numbers.sort_unstable();
            }
            if !numbers.is_empty() {
                texts.push(text);
                words.push(&numbers);
            }
        }
        words.words = texts.into_iter().collect();
        words.ends.shrink_to_fit();
        words.lists.shrink_to_fit();
        words.crowds.shrink_to_fit();
        words
    }
}

/// Every word of either, in order, with its place in the earlier list and that of what was added.
fn merged<'both>(
    earlier: &'both Words,
    own: &'both [(Box<str>, u32)],
) -> impl Iterator<Item = (&'both str, Option<u32>, Option<u32>)> {
    let mut old = earlier.words.iter().zip(0_u32..).peekable();
    let mut own = own.iter().map(|(word, held)| (word.as_ref(), *held)).peekable();
    std::iter::from_fn(move || {
        let order = match (old.peek(), own.peek()) {
            (Some((before, _)), Some((added, _))) => before.cmp(added),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => return None,
        };
        let before = if order.is_le() { old.next() } else { None };
        let added = if order.is_ge() { own.next() } else { None };
        let word = before.or(added).map(|(word, _)| word)?;
        Some((word, before.map(|(_, place)| place), added.map(|(_, held)| held)))
    })
}

impl Held {
    fn each(&self, mut take: impl FnMut(u32)) {
        match self {
            Self::Few { numbers, count } => numbers[..usize::from(*count)].iter().copied().for_each(take),
            Self::Many(bitmap) => bitmap.iter().for_each(&mut take),
        }
    }

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
