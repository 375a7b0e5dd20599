//! Pages read by the text of their labels, since tags and classes change with every rebuild of a site.

use scraper::{ElementRef, Html, Node};

use super::text::squeeze;

/// The visible texts of a page, block by block, in page order. Script, style and head are left out.
#[must_use]
pub fn blocks(page: &Html) -> Vec<String> {
    let mut blocks = vec![String::new()];
    collect(page.root_element(), &mut blocks);
    blocks.iter().map(|block| squeeze(block)).filter(|block| !block.is_empty()).collect()
}

fn collect(element: ElementRef<'_>, blocks: &mut Vec<String>) {
    const HIDDEN: [&str; 5] = ["head", "script", "style", "noscript", "template"];
    const INLINE: [&str; 13] =
        ["a", "abbr", "b", "bdi", "em", "i", "mark", "small", "span", "strong", "sub", "sup", "u"];
    let name = element.value().name();
    if HIDDEN.contains(&name) {
        return;
    }
    let breaks = !INLINE.contains(&name);
    if breaks {
        blocks.push(String::new());
    }
    for child in element.children() {
        match child.value() {
            Node::Text(text) => {
                if let Some(block) = blocks.last_mut() {
                    block.push_str(text);
                }
            }
            Node::Element(_) => {
                if let Some(child) = ElementRef::wrap(child) {
                    collect(child, blocks);
                }
            }
            _ => {}
        }
    }
    if breaks {
        blocks.push(String::new());
    }
}

/// The value that stands with a label: after its colon in the same block, or in the next block that is no label.
///
/// `Some("")` where the label stands without a value; `None` where it does not stand at all. Labels compare without
/// regard to case, a final colon, and which dash is used.
#[must_use]
pub fn labelled(blocks: &[String], label: &str, all_labels: &[&str]) -> Option<String> {
    let is_label = |block: &str| all_labels.iter().any(|other| split_label(block, other).is_some());
    for (position, block) in blocks.iter().enumerate() {
        let Some(rest) = split_label(block, label) else { continue };
        if !rest.is_empty() || block.trim_end().ends_with(':') {
            return Some(rest);
        }
        let next = blocks.get(position + 1).filter(|next| !is_label(next));
        return Some(next.cloned().unwrap_or_default());
    }
    None
}

/// What follows the label in a block that begins with it; `None` for another block.
fn split_label(block: &str, label: &str) -> Option<String> {
    let fold = |text: &str| text.replace(['–', '—'], "-").to_lowercase();
    let (block_folded, label_folded) = (fold(block), fold(label));
    let rest = block_folded.strip_prefix(&label_folded)?;
    if !(rest.is_empty() || rest.trim_start().starts_with(':')) {
        return None;
    }
    // The fold keeps the number of characters, not of bytes, so the value is cut by characters.
    let value: String = block.chars().skip(label_folded.chars().count()).collect();
    Some(value.trim_start().trim_start_matches(':').trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LABELS: [&str; 3] = ["Approval date", "Borrower", "Promoter - financial intermediary"];

    #[track_caller]
    fn check(html: &str, label: &str, expected: Option<&str>) {
        let blocks = blocks(&Html::parse_document(html));
        assert_eq!(labelled(&blocks, label, &LABELS).as_deref(), expected, "{blocks:?}");
    }

    #[test]
    fn a_value_stands_after_the_colon_or_in_the_next_block() {
        check("<ul><li>Approval date: 3 June 2022</li></ul>", "Approval date", Some("3 June 2022"));
        check("<div><h6>Approval date</h6></div><p>3&nbsp;June 2022</p>", "Approval date", Some("3 June 2022"));
        check("<dl><dt><b>approval</b> date:</dt><dd>x</dd></dl>", "Approval date", Some(""));
        check("<p>Promoter – financial intermediary</p><p>City</p>", LABELS[2], Some("City"));
    }

    #[test]
    fn an_empty_value_is_not_the_next_label() {
        check("<li>Borrower:</li><li>Approval date: x</li>", "Borrower", Some(""));
        check("<p>Borrower</p><p>Approval date</p>", "Borrower", Some(""));
        check("<p>Borrowers of the bank</p>", "Borrower", None);
        check("<script>Borrower: x</script>", "Borrower", None);
    }
}
