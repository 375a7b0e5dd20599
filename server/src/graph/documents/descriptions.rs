//! Descriptions of operations, fragments and variables. The specification of September 2025 has them, and the parsers
//! do not yet: they are put out of sight.

use super::tokens;

/// The document with blanks in place of its descriptions, so that every place in it stays where it is; `None` where it
/// has none.
pub(super) fn blanked(document: &str) -> Option<String> {
    let tokens = tokens::tokens(document);
    let text = |index: usize| tokens.get(index).and_then(|range| document.get(range.clone())).unwrap_or_default();
    let (mut round, mut inner) = (0usize, 0usize);
    let mut blanked = document.as_bytes().to_vec();
    let mut found = false;
    for (index, range) in tokens.iter().enumerate() {
        match text(index) {
            "(" => round += 1,
            ")" => round = round.saturating_sub(1),
            "{" | "[" => inner += 1,
            "}" | "]" => inner = inner.saturating_sub(1),
            token if token.starts_with('"') && inner == 0 => {
                let before = index.checked_sub(1).map(text).unwrap_or_default();
                let is_description = match round {
                    0 => matches!(text(index + 1), "query" | "mutation" | "subscription" | "fragment"),
                    1 => text(index + 1) == "$" && before != "=",
                    _ => false,
                };
                if is_description {
                    found = true;
                    blanked[range.clone()]
                        .iter_mut()
                        .filter(|byte| !matches!(byte, b'\n' | b'\r'))
                        .for_each(|byte| *byte = b' ');
                }
            }
            _ => {}
        }
    }
    found.then(|| String::from_utf8(blanked).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::blanked;

    #[track_caller]
    fn check(document: &str, expected: Option<&str>) {
        assert_eq!(blanked(document).as_deref(), expected);
    }

    #[test]
    fn descriptions_become_blanks_and_values_stay() {
        check("{ a }", None);
        check("\"D\" query Q { a }", Some("    query Q { a }"));
        check(
            "query Q(\"d\" $a: String = \"x\" $b: Int) { a(b: [\"y\" $a]) }",
            Some("query Q(    $a: String = \"x\" $b: Int) { a(b: [\"y\" $a]) }"),
        );
        check("query Q($a: Int @d(x: \"y\") $b: Int) { a }", None);
        check("\"\"\"\nЇ\n\"\"\" fragment F on Q { a }", Some("   \n  \n    fragment F on Q { a }"));
        check("\"D\" { a }", None);
    }
}
