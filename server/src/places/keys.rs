//! Sorted texts with what each of them calls: found whole, by their beginning, and one slip away.

use super::slips::Slips;

/// Sorted distinct keys, each with its postings.
#[derive(Debug)]
pub(super) struct Keys<Posting> {
    text: String,
    /// Where each key starts in the text, and one more for the end of the last.
    bounds: Vec<u32>,
    /// Where each key's postings start, and one more for the end.
    starts: Vec<u32>,
    postings: Vec<Posting>,
}

impl<Posting: Copy + Ord> Keys<Posting> {
    /// Files what is called by each key.
    pub(super) fn build(mut rows: Vec<(String, Posting)>) -> Self {
        rows.sort_unstable();
        rows.dedup();
        let mut keys =
            Self { text: String::new(), bounds: vec![0], starts: Vec::new(), postings: Vec::with_capacity(rows.len()) };
        let mut last = None;
        for (key, posting) in &rows {
            if last != Some(key) {
                keys.starts.push(narrow(keys.postings.len()));
                keys.text.push_str(key);
                keys.bounds.push(narrow(keys.text.len()));
                last = Some(key);
            }
            keys.postings.push(*posting);
        }
        keys.starts.push(narrow(keys.postings.len()));
        keys
    }

    fn count(&self) -> usize {
        self.bounds.len() - 1
    }

    fn key(&self, number: u32) -> &str {
        let at = number as usize;
        &self.text[self.bounds[at] as usize..self.bounds[at + 1] as usize]
    }

    /// The bytes it takes.
    pub(super) fn bytes(&self) -> usize {
        let numbers = (self.bounds.capacity() + self.starts.capacity()) * size_of::<u32>();
        self.text.capacity() + numbers + self.postings.capacity() * size_of::<Posting>()
    }

    /// Every key, in order.
    pub(super) fn all(&self) -> impl Iterator<Item = &str> {
        (0..narrow(self.count())).map(|number| self.key(number))
    }

    /// What is called by a key one slip away.
    pub(super) fn near(&self, slips: &Slips, key: &str) -> Vec<Posting> {
        let near = slips.near(key, |number| self.key(number)).into_iter();
        near.flat_map(|number| self.postings(number)).copied().collect()
    }

    fn postings(&self, number: u32) -> &[Posting] {
        let at = number as usize;
        &self.postings[self.starts[at] as usize..self.starts[at + 1] as usize]
    }

    /// The number of the first key that is not smaller.
    fn lower_bound(&self, key: &str) -> u32 {
        let (mut low, mut high) = (0, narrow(self.count()));
        while low < high {
            let middle = low.midpoint(high);
            if self.key(middle) < key { low = middle + 1 } else { high = middle }
        }
        low
    }

    /// What is called by the key.
    pub(super) fn get(&self, key: &str) -> &[Posting] {
        let number = self.lower_bound(key);
        let found = (number as usize) < self.count() && self.key(number) == key;
        if found { self.postings(number) } else { &[] }
    }

    /// What is called by a key that begins so and is longer.
    pub(super) fn beginning<'a>(&'a self, start: &'a str) -> impl Iterator<Item = Posting> + 'a {
        (self.lower_bound(start)..narrow(self.count()))
            .take_while(move |number| self.key(*number).starts_with(start))
            .filter(move |number| self.key(*number).len() > start.len())
            .flat_map(|number| self.postings(number).iter().copied())
    }
}

/// Names of all places together stay far below four billion letters.
fn narrow(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
