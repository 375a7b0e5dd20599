//! A column of which many entries are empty.

/// Values by number; an empty entry takes a bit and a half.
#[derive(Debug, Clone)]
pub struct Sparse<Value> {
    blocks: Vec<Block>,
    values: Vec<Value>,
    count: usize,
}

/// Which of 64 entries have a value, and how many values stand before them.
#[derive(Debug, Clone, Copy, Default)]
struct Block {
    present: u64,
    before: u32,
}

impl<Value> Default for Sparse<Value> {
    fn default() -> Self {
        Self { blocks: Vec::new(), values: Vec::new(), count: 0 }
    }
}

impl<Value: Copy> Sparse<Value> {
    /// Adds the entry of the next number.
    pub fn push(&mut self, value: Option<Value>) {
        let bit = self.count % 64;
        if bit == 0 {
            let before = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
            self.blocks.push(Block { present: 0, before });
        }
        if let (Some(value), Some(block)) = (value, self.blocks.last_mut()) {
            block.present |= 1 << bit;
            self.values.push(value);
        }
        self.count += 1;
    }

    /// The value of a number; `None` where its entry is empty, or was never added.
    #[must_use]
    pub fn get(&self, number: u32) -> Option<Value> {
        let block = self.blocks.get(number as usize / 64)?;
        let bit = 1_u64 << (number % 64);
        if block.present & bit == 0 {
            return None;
        }
        let earlier = (block.present & (bit - 1)).count_ones();
        self.values.get((block.before + earlier) as usize).copied()
    }

    /// Gives back the room for further entries.
    pub fn shrink(&mut self) {
        self.blocks.shrink_to_fit();
        self.values.shrink_to_fit();
    }

    /// The bytes it takes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.blocks.capacity() * size_of::<Block>() + self.values.capacity() * size_of::<Value>()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_number_keeps_its_value(entries in prop::collection::vec(any::<Option<i64>>(), 0..300)) {
            let mut column = Sparse::default();
            entries.iter().for_each(|entry| column.push(*entry));
            let read: Vec<_> = (0..).take(entries.len()).map(|number| column.get(number)).collect();
            prop_assert_eq!(read, entries.clone());
            prop_assert_eq!(column.get(u32::try_from(entries.len()).unwrap()), None);
        }
    }
}
