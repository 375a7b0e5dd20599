//! An answer's text in compressed forms, each made once, when it is first asked for.

use std::io::Write as _;
use std::sync::{Arc, OnceLock};

use bytes::Bytes;

/// A content coding of HTTP.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// `zstd`.
    Zstd,
    /// `br`.
    Brotli,
    /// `gzip`.
    Gzip,
}

impl Encoding {
    /// All of them, the best first.
    pub const ALL: [Self; 3] = [Self::Zstd, Self::Brotli, Self::Gzip];

    /// Its name in headers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Zstd => "zstd",
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }

    fn encode(self, text: &[u8]) -> std::io::Result<Vec<u8>> {
        match self {
            Self::Zstd => zstd::bulk::compress(text, 3),
            Self::Brotli => {
                // Quality 5 is where JSON stops to shrink for little time.
                let mut encoder = brotli::CompressorWriter::new(Vec::new(), 4096, 5, 20);
                encoder.write_all(text)?;
                Ok(encoder.into_inner())
            }
            Self::Gzip => {
                let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
                encoder.write_all(text)?;
                encoder.finish()
            }
        }
    }
}

/// The compressed forms of one text, shared by all who hold it.
#[derive(Debug, Clone, Default)]
pub struct Encoded(Arc<[OnceLock<Bytes>; 3]>);

impl Encoded {
    /// The text in this form; `None` where it cannot be compressed or grows by it.
    #[must_use]
    pub fn get(&self, encoding: Encoding, text: &Bytes) -> Option<Bytes> {
        let encode = || encoding.encode(text).map(Bytes::from).unwrap_or_else(|_| text.clone());
        let form = self.0.get(encoding as usize)?.get_or_init(encode);
        (form.len() < text.len()).then(|| form.clone())
    }
}

impl PartialEq for Encoded {
    /// Forms follow from the text.
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Encoded {}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    fn decoded(encoding: Encoding, form: &[u8]) -> Vec<u8> {
        let mut text = Vec::new();
        match encoding {
            Encoding::Zstd => text = zstd::decode_all(form).unwrap(),
            Encoding::Brotli => drop(brotli::Decompressor::new(form, 4096).read_to_end(&mut text).unwrap()),
            Encoding::Gzip => drop(flate2::read::GzDecoder::new(form).read_to_end(&mut text).unwrap()),
        }
        text
    }

    #[test]
    fn every_form_holds_the_text_and_is_made_once() {
        let text = Bytes::from("{\"data\":{\"name\":\"Київ\"}}".repeat(100));
        let encoded = Encoded::default();
        for encoding in Encoding::ALL {
            let form = encoded.get(encoding, &text).unwrap();
            assert_eq!(decoded(encoding, &form), text, "{encoding:?}");
            assert_eq!(encoded.clone().get(encoding, &text).unwrap().as_ptr(), form.as_ptr(), "{encoding:?}");
        }
    }

    #[test]
    fn what_does_not_shrink_stays_as_it_is() {
        assert_eq!(Encoded::default().get(Encoding::Gzip, &Bytes::from_static(b"{}")), None);
    }
}
