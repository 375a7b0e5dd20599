//! Bytes to text, when the header about the encoding is wrong as often as not.

use std::borrow::Cow;

use encoding_rs::{Encoding, WINDOWS_1252};

/// A text and how it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded<'bytes> {
    /// The text, without a byte order mark.
    pub text: Cow<'bytes, str>,
    /// The name of the encoding used, where it was not UTF-8: worth an issue, since a guess can be wrong.
    pub guessed: Option<&'static str>,
}

/// Reads bytes as UTF-8 whatever the header says; where they are not UTF-8, by the header's charset, else as
/// windows-1252.
///
/// UTF-8 comes first because its texts are almost never valid by accident, while the EBRD's UTF-8 file is served with
/// a header that names Latin-1.
#[must_use]
pub fn decode<'bytes>(bytes: &'bytes [u8], media_type: &str) -> Decoded<'bytes> {
    let bare = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(bare) {
        return Decoded { text: Cow::Borrowed(text), guessed: None };
    }
    let charset =
        media_type.parse::<mime::Mime>().ok().and_then(|mime| mime.get_param("charset").map(|c| c.to_string()));
    let declared = charset.and_then(|label| Encoding::for_label(label.as_bytes()));
    let encoding = declared.filter(|encoding| *encoding != encoding_rs::UTF_8).unwrap_or(WINDOWS_1252);
    let (text, encoding, _) = encoding.decode(bytes);
    Decoded { text, guessed: Some(encoding.name()) }
}

/// A text with runs of white space, no-break spaces included, folded to one blank.
#[must_use]
pub fn squeeze(text: &str) -> String {
    text.split(|letter: char| letter.is_whitespace()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf8_wins_over_the_header_and_others_are_guessed_aloud() {
        let utf8 = decode("Київ é".as_bytes(), "text/csv; charset=ISO-8859-1");
        assert_eq!((utf8.text.as_ref(), utf8.guessed), ("Київ é", None));
        let latin = decode(b"caf\xe9", "text/csv");
        assert_eq!((latin.text.as_ref(), latin.guessed), ("café", Some("windows-1252")));
        let cyrillic = decode(b"\xca\xe8\xbf\xe2", "text/csv; charset=windows-1251");
        assert_eq!((cyrillic.text.as_ref(), cyrillic.guessed), ("Київ", Some("windows-1251")));
        assert_eq!(decode(b"\xEF\xBB\xBFid", "").text, "id");
    }

    #[test]
    fn all_kinds_of_space_are_one_blank() {
        assert_eq!(squeeze(" €\u{a0}200\u{202f}000\u{2009}000\n"), "€ 200 000 000");
    }
}
