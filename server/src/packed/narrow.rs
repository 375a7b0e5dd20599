//! Numbers in no more bits than the largest of them needs.

/// Numbers by place. Past the end every number is 0.
#[derive(Debug, Clone, Default)]
pub struct Narrow {
    words: Vec<u64>,
    /// The bits of each number.
    width: u32,
    /// That many bits, all set.
    mask: u64,
    count: usize,
}

impl Narrow {
    /// How many.
    #[must_use]
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The number at a place.
    #[must_use]
    pub fn get(&self, place: usize) -> u64 {
        let (word, shift) = self.bit(place);
        let half = |word: usize| u128::from(self.words.get(word).copied().unwrap_or(0));
        ((half(word) | half(word + 1) << u64::BITS) >> shift) as u64 & self.mask
    }

    /// Every number, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = u64> {
        (0..self.count).map(|place| self.get(place))
    }

    /// Adds the number of the next place. A larger one than all before makes room in every place.
    pub fn push(&mut self, number: u64) {
        let width = u64::BITS - number.leading_zeros();
        if width > self.width {
            self.widen(width);
        }
        let (word, shift) = self.bit(self.count);
        self.words.resize(self.words.len().max(self.end(self.count + 1)), 0);
        let shifted = u128::from(number) << shift;
        for (half, word) in [shifted as u64, (shifted >> u64::BITS) as u64].into_iter().zip(word..) {
            if half != 0 {
                self.words[word] |= half;
            }
        }
        self.count += 1;
    }

    /// Of numbers of which the first ones fit and the others do not: how many fit.
    #[must_use]
    pub fn partition_point(&self, fits: impl Fn(u64) -> bool) -> usize {
        let (mut low, mut high) = (0, self.count);
        while low < high {
            let middle = low.midpoint(high);
            if fits(self.get(middle)) { low = middle + 1 } else { high = middle }
        }
        low
    }

    /// Gives back the room for further numbers.
    pub fn shrink(&mut self) {
        self.words.shrink_to_fit();
    }

    /// The bytes they take.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.words.capacity() * size_of::<u64>()
    }

    fn widen(&mut self, width: u32) {
        let mut wider = Self { width, mask: u64::MAX >> (u64::BITS - width), ..Self::default() };
        wider.words.reserve_exact(wider.end(self.count + 1));
        self.iter().for_each(|number| wider.push(number));
        *self = wider;
    }

    /// The word where a place begins, and the bit there.
    fn bit(&self, place: usize) -> (usize, u32) {
        let bit = place * self.width as usize;
        (bit / 64, (bit % 64) as u32)
    }

    /// The words that so many numbers take.
    fn end(&self, count: usize) -> usize {
        (count * self.width as usize).div_ceil(64)
    }
}

impl FromIterator<u64> for Narrow {
    fn from_iter<T: IntoIterator<Item = u64>>(numbers: T) -> Self {
        let mut narrow = Self::default();
        numbers.into_iter().for_each(|number| narrow.push(number));
        narrow.shrink();
        narrow
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_place_keeps_its_number(
            numbers in prop::collection::vec(prop_oneof![Just(0), 0..100_u64, any::<u32>().prop_map(u64::from), any::<u64>()], 0..200),
        ) {
            let narrow: Narrow = numbers.iter().copied().collect();
            prop_assert_eq!(narrow.iter().collect::<Vec<_>>(), numbers.clone());
            prop_assert_eq!((narrow.len(), narrow.get(numbers.len())), (numbers.len(), 0));
        }

        #[test]
        fn the_first_that_does_not_fit_is_found(mut numbers in prop::collection::vec(0..50_u64, 0..40), bound in 0..60_u64) {
            numbers.sort_unstable();
            let narrow: Narrow = numbers.iter().copied().collect();
            let expected = numbers.partition_point(|number| *number < bound);
            prop_assert_eq!(narrow.partition_point(|number| number < bound), expected);
        }
    }

    #[test]
    fn numbers_below_a_million_take_twenty_bits() {
        let narrow: Narrow = (0..1_000_000).rev().collect();
        assert_eq!(narrow.bytes(), 2_500_000);
        assert_eq!((narrow.get(0), narrow.get(999_999)), (999_999, 0));
    }

    #[test]
    fn numbers_that_are_all_0_take_nothing() {
        let narrow: Narrow = [0; 1_000].into_iter().collect();
        assert_eq!((narrow.len(), narrow.bytes()), (1_000, 0));
    }
}
