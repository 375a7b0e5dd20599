//! Numbers and texts one after the other.

/// What stands in packed bytes, from the first not yet read. Past the end every number is 0 and every text empty.
#[derive(Debug, Clone, Copy, Default)]
pub struct Bytes<'packed>(&'packed [u8]);

impl<'packed> Bytes<'packed> {
    /// Begins to read.
    #[inline]
    #[must_use]
    pub fn new(packed: &'packed [u8]) -> Self {
        Self(packed)
    }

    /// Whether everything is read.
    #[inline]
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// One byte.
    #[inline]
    pub fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *first
    }

    /// A number: seven bits a byte, the lowest first; the highest bit says that another byte follows.
    #[inline]
    pub fn number(&mut self) -> u64 {
        let first = self.byte();
        if first < CONTINUES {
            return first.into();
        }
        let mut number = u64::from(first & !CONTINUES);
        for shift in (7..64).step_by(7) {
            let byte = self.byte();
            number |= u64::from(byte & !CONTINUES) << shift;
            if byte < CONTINUES {
                break;
            }
        }
        number
    }

    /// A number below 2³², such as a length or a place in a list.
    #[inline]
    pub fn small(&mut self) -> u32 {
        u32::try_from(self.number()).unwrap_or(u32::MAX)
    }

    /// A number with a sign.
    pub fn signed(&mut self) -> i64 {
        unfolded(self.number())
    }

    /// This many bytes.
    #[inline]
    pub fn take(&mut self, length: usize) -> &'packed [u8] {
        let (taken, rest) = self.0.split_at(length.min(self.0.len()));
        self.0 = rest;
        taken
    }

    /// A text of this many bytes.
    pub fn text(&mut self, length: usize) -> &'packed str {
        std::str::from_utf8(self.take(length)).unwrap_or_default()
    }

    /// A part that was put with its length before it.
    #[inline]
    pub fn part(&mut self) -> Self {
        let length = self.small();
        Self(self.take(length as usize))
    }
}

/// A number with a sign as one without: small ones of either sign are small.
#[must_use]
pub fn folded(signed: i64) -> u64 {
    ((signed << 1) ^ (signed >> 63)).cast_unsigned()
}

/// The number with a sign that [`folded`] made into this.
#[must_use]
pub fn unfolded(folded: u64) -> i64 {
    (folded >> 1).cast_signed() ^ -(folded & 1).cast_signed()
}

/// The bit of a byte that says that another follows.
const CONTINUES: u8 = 0x80;

/// Writes what [`Bytes`] reads.
pub mod put {
    use super::CONTINUES;

    /// A number.
    pub fn number(out: &mut Vec<u8>, mut number: u64) {
        while number >= u64::from(CONTINUES) {
            out.push(number as u8 | CONTINUES);
            number >>= 7;
        }
        out.push(number as u8);
    }

    /// A number with a sign: small ones of either sign are short.
    pub fn signed(out: &mut Vec<u8>, signed: i64) {
        number(out, super::folded(signed));
    }

    /// A part, with its length before it.
    pub fn part(out: &mut Vec<u8>, part: &[u8]) {
        number(out, part.len() as u64);
        out.extend_from_slice(part);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_was_put_is_read(number: u64, signed: i64, text: String, small in 0..300_u64) {
            let mut out = Vec::new();
            put::number(&mut out, number);
            put::part(&mut out, text.as_bytes());
            put::signed(&mut out, signed);
            put::number(&mut out, small);
            let mut bytes = Bytes::new(&out);
            prop_assert_eq!(bytes.number(), number);
            prop_assert_eq!(bytes.part().text(text.len()), text);
            prop_assert_eq!((bytes.signed(), bytes.number()), (signed, small));
            prop_assert!(bytes.is_empty());
        }
    }

    #[test]
    fn small_numbers_of_either_sign_take_one_byte() {
        for number in -64..64 {
            let mut out = Vec::new();
            put::signed(&mut out, number);
            assert_eq!(out.len(), 1, "{number}");
        }
    }

    #[test]
    fn nothing_stands_past_the_end() {
        let mut bytes = Bytes::new(&[0xff]);
        assert_eq!((bytes.number(), bytes.number(), bytes.text(3)), (0x7f, 0, ""));
    }
}
