//! Sums over everything, each worked out once a generation.
//!
//! What a dashboard shows first is asked of the whole catalogue, by everybody, and takes longest. The usual questions are
//! worked out as soon as a generation answers; any other is kept once it was asked.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::{Dimension, Question, Summary};
use crate::money::Bases;

/// Questions beyond these are answered and not kept: whoever asks at random must not fill the memory.
const MOST: usize = 256;

/// The sums over one catalogue as a whole.
#[derive(Debug, Default)]
pub(super) struct Kept(Mutex<HashMap<Question, Arc<OnceLock<Summary>>>>);

impl Kept {
    /// The sum kept for a question; works it out where there is none. Who asks meanwhile waits for it.
    pub(super) fn get(&self, question: &Question, work_out: impl FnOnce() -> Summary) -> Summary {
        let place = {
            let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            match kept.get(question) {
                Some(place) => Some(Arc::clone(place)),
                None if kept.len() < MOST => Some(Arc::clone(kept.entry(question.clone()).or_default())),
                None => None,
            }
        };
        match place {
            Some(place) => place.get_or_init(work_out).clone(),
            None => work_out(),
        }
    }
}

/// What is asked most: euro of each basis, counted once, in one row, by oblast, by sector, and by both.
pub(super) fn usual() -> impl Iterator<Item = Question> {
    const GROUPS: [&[Dimension]; 4] =
        [&[], &[Dimension::Oblast], &[Dimension::Sector], &[Dimension::Oblast, Dimension::Sector]];
    Bases::ALL.into_iter().flat_map(|basis| {
        GROUPS.into_iter().map(move |group_by| Question { group_by: group_by.to_vec(), ..Question::of(basis) })
    })
}

#[cfg(test)]
mod tests {
    use connectors::model::AmountBasis;

    use super::*;

    #[test]
    fn a_sum_is_worked_out_once_for_each_question() {
        let (kept, signed) = (Kept::default(), Question::of(AmountBasis::Signed));
        let sum = |converted| move || Summary { converted, ..Summary::default() };
        assert_eq!(kept.get(&signed, sum(1)).converted, 1);
        assert_eq!(kept.get(&signed, sum(2)).converted, 1);
        assert_eq!(kept.get(&Question::of(AmountBasis::Approved), sum(3)).converted, 3);
    }

    #[test]
    fn more_questions_than_are_kept_are_answered() {
        let kept = Kept::default();
        let currency = |number: usize| {
            let letter = |shift: usize| {
                char::from(b'A' + u8::try_from(number / 26_usize.pow(u32::try_from(shift).unwrap()) % 26).unwrap())
            };
            format!("{}{}{}", letter(2), letter(1), letter(0)).parse().unwrap()
        };
        for number in 0..MOST + 5 {
            let question = Question { currency: currency(number), ..Question::of(AmountBasis::Signed) };
            let converted = number as u64;
            let sum = kept.get(&question, || Summary { converted, ..Summary::default() });
            assert_eq!(sum.converted, converted);
        }
        assert_eq!(kept.0.lock().unwrap().len(), MOST);
    }
}
