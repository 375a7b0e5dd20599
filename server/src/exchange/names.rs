//! Names as parts of ids, and names compared.

use crate::places::latin;
use crate::records::fold;

/// A text in small letters, digits and single hyphens; empty where nothing of it can be written so.
pub(super) fn slug(text: &str) -> String {
    let mut slug = String::new();
    for letter in fold(&latin(text)).chars() {
        match letter {
            'ł' => slug.push('l'),
            'đ' | 'ð' => slug.push('d'),
            'ø' => slug.push('o'),
            'ß' => slug.push_str("ss"),
            'æ' => slug.push_str("ae"),
            'œ' => slug.push_str("oe"),
            'þ' => slug.push_str("th"),
            'ı' => slug.push('i'),
            '\'' | '’' | 'ʼ' => {}
            letter if letter.is_ascii_alphanumeric() => slug.push(letter),
            _ if slug.ends_with('-') || slug.is_empty() => {}
            _ => slug.push('-'),
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// Whether one name is the other, or the other with more behind it: Klagenfurt and Klagenfurt am Wörthersee.
pub(super) fn begins_alike(one: &str, other: &str) -> bool {
    let (one, other) = (slug(one), slug(other));
    let (short, long) = if one.len() <= other.len() { (&one, &other) } else { (&other, &one) };
    !short.is_empty() && long.strip_prefix(short.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}
