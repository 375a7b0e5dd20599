//! Counts the tokens of a document before anything reads it, so that a long one costs nothing but a look.

use std::ops::Range;

/// Whether a document has more tokens than this. Blanks, commas and comments are none; a string is one, whatever it holds.
/// Text that is no GraphQL is counted somehow: the parser refuses it.
pub(super) fn more_than(most: usize, document: &str) -> bool {
    Tokens::of(document).nth(most).is_some()
}

/// Where every token stands.
pub(super) fn tokens(document: &str) -> Vec<Range<usize>> {
    Tokens::of(document).collect()
}

struct Tokens<'document> {
    length: usize,
    rest: &'document [u8],
}

impl<'document> Tokens<'document> {
    fn of(document: &'document str) -> Self {
        Self { length: document.len(), rest: document.as_bytes() }
    }
}

impl Iterator for Tokens<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        loop {
            let (first, after) = self.rest.split_first()?;
            match first {
                // The last three are the mark of byte order.
                b' ' | b'\t' | b'\n' | b'\r' | b',' | 0xEF | 0xBB | 0xBF => self.rest = after,
                b'#' => self.rest = &after[position(after, |byte| matches!(byte, b'\n' | b'\r'))..],
                _ => {
                    let start = self.length - self.rest.len();
                    self.rest = after_token(*first, after);
                    return Some(start..self.length - self.rest.len());
                }
            }
        }
    }
}

fn after_token(first: u8, after: &[u8]) -> &[u8] {
    match first {
        b'"' if after.starts_with(b"\"\"") => after_block_string(&after[2..]),
        b'"' => after_string(after),
        b'0'..=b'9' | b'-' => &after[position(after, |byte| !is_word(byte) && byte != b'.')..],
        _ if is_word(first) => &after[position(after, |byte| !is_word(byte))..],
        b'.' => &after[position(after, |byte| byte != b'.').min(2)..],
        _ => after,
    }
}

/// Letters, digits, and what stands within a number.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+')
}

fn after_string(text: &[u8]) -> &[u8] {
    let mut index = 0;
    while let Some(byte) = text.get(index) {
        match byte {
            b'\\' => index += 2,
            b'"' => return &text[index + 1..],
            // A string ends with its line; the parser says so.
            b'\n' | b'\r' => return &text[index..],
            _ => index += 1,
        }
    }
    &[]
}

fn after_block_string(text: &[u8]) -> &[u8] {
    let mut index = 0;
    while index < text.len() {
        if text[index..].starts_with(b"\\\"\"\"") {
            index += 4;
        } else if text[index..].starts_with(b"\"\"\"") {
            return &text[index + 3..];
        } else {
            index += 1;
        }
    }
    &[]
}

/// The first position of a byte like this, else the end.
fn position(text: &[u8], is: impl Fn(u8) -> bool) -> usize {
    text.iter().position(|byte| is(*byte)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::more_than;

    #[track_caller]
    fn check(document: &str, tokens: usize) {
        assert!(!more_than(tokens, document), "{document} has more than {tokens}");
        assert!(tokens == 0 || more_than(tokens - 1, document), "{document} has fewer than {tokens}");
    }

    #[test]
    fn tokens_are_counted_as_the_specification_divides_them() {
        check("", 0);
        check("{ hub { name } }", 6);
        check("{,hub{name}} # a { comment }\n", 6);
        check("query Q($id: ID! = \"a b { \\\" c\") { ...F @skip(if: true) }", 22);
        check("{ a(b: \"\"\"block \" \\\"\"\" { } \"\"\", c: -1.5e+3) }", 11);
        check("\u{feff}{ a }", 3);
        check("{ \"broken\n a }", 4);
        check("\"", 1);
        check("\"\\", 1);
    }
}
