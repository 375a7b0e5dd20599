//! Much knowledge in little memory: what is held once for each of a million projects.
//!
//! 1. [`Bytes`] and [`put`]: numbers and texts one after the other, without a pointer or a length of eight bytes each.
//! 2. [`Lexicon`]: distinct texts, each under a number.
//! 3. [`Narrow`]: a column of numbers in as few bits as they need.
//! 4. [`Sparse`]: a column of which many entries are empty.
//! 5. [`Words`]: which numbers hold which words.

mod bytes;
mod lexicon;
mod narrow;
mod sparse;
mod words;

pub use bytes::{Bytes, folded, put, unfolded};
pub use lexicon::{Lexicon, LexiconBuilder};
pub use narrow::Narrow;
pub use sparse::Sparse;
pub use words::{Words, WordsBuilder, bytes_of};
