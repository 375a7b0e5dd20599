//! The EIB's answers exactly as sent: the list as JSON, the project page by the text of its labels. No opinions.

use std::slice::from_ref;

use scraper::Html;
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::formats::html::{blocks, labelled};
use crate::http::{Answer, Failure};

/// One page of `page-provider/projects/list`. The rows stay as sent, so that one broken row is one reject.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Page {
    pub(super) data: Vec<Box<RawValue>>,
    pub(super) total_items: Option<u64>,
    pub(super) item_per_page: Option<u64>,
    #[serde(default = "yes")]
    valid: bool,
    message: Option<String>,
}

fn yes() -> bool {
    true
}

impl Page {
    pub(super) fn read(answer: &Answer) -> Result<Self, Failure> {
        let page: Self = serde_json::from_str(&answer.text().text).map_err(|error| {
            // An end of the text inside the JSON is a body that was cut, and may come whole the next time.
            let failure = if error.is_eof() { Failure::cut_short } else { Failure::unreadable };
            failure(&answer.url, format!("not a page of projects: {error}"))
        })?;
        if page.valid {
            return Ok(page);
        }
        let message = page.message.unwrap_or_default();
        Err(Failure::unreadable(&answer.url, format!("the page calls itself invalid: `{message}`")))
    }

    /// Whether no page comes after this one, where `asked` rows were asked for. The page's own size counts before
    /// ours, since a site may allow fewer.
    pub(super) fn is_last(&self, number: u32, asked: u32) -> bool {
        let size = self.item_per_page.filter(|size| *size > 0).unwrap_or_else(|| asked.into());
        let rows = self.data.len() as u64;
        rows < size || self.total_items.is_some_and(|total| (u64::from(number) + 1).saturating_mul(size) >= total)
    }
}

/// One project as the list sends it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Row {
    /// Eight digits, the year first.
    pub(super) id: String,
    pub(super) title: Option<String>,
    pub(super) description: Option<String>,
    primary_tags: Option<Vec<Tag>>,
    additional_information: Option<Vec<Value>>,
}

/// A country or sector.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Tag {
    pub(super) label: Option<String>,
    sub_type: Option<String>,
    pub(super) value: Option<String>,
}

impl Row {
    pub(super) fn read(raw: &str) -> Result<Self, String> {
        let row: Self = serde_json::from_str(raw).map_err(|error| error.to_string())?;
        if row.id.trim().is_empty() { Err("the row has no id".to_owned()) } else { Ok(row) }
    }

    /// The tags of a kind: `countries` or `sectors`.
    pub(super) fn tags(&self, kind: &str) -> impl Iterator<Item = &Tag> {
        self.primary_tags.iter().flatten().filter(move |tag| tag.sub_type.as_deref() == Some(kind))
    }

    /// Additional information by its position: status word, date of the status, amount proposed or approved, amount
    /// signed.
    pub(super) fn information(&self, position: usize) -> &Value {
        self.additional_information.as_ref().and_then(|all| all.get(position)).unwrap_or(&Value::Null)
    }
}

/// What a project page says beside the list.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Detail {
    pub(super) name: Option<String>,
    pub(super) promoters: Vec<String>,
    pub(super) locations: Vec<String>,
    pub(super) total_cost: Option<String>,
    pub(super) description: Option<String>,
    pub(super) objectives: Option<String>,
}

/// All labels known; one of them ends the value of another.
const LABELS: [&str; 18] = [
    "Release date",
    "Status",
    "Reference",
    "Project name",
    "Promoter - financial intermediary",
    "Proposed EIB finance (Approximate amount)",
    "Proposed EIB finance",
    "Total cost (Approximate amount)",
    "Total cost",
    "Location",
    "Sector(s)",
    "Description",
    "Objectives",
    "Environmental aspects",
    "Procurement",
    "Additionality and Impact",
    "Comments",
    "Under EFSD+ Guarantee",
];

impl Detail {
    /// Reads a project page; `None` where it has none of the labels, and so is another page.
    pub(super) fn read(page: &str) -> Option<Self> {
        let mut blocks = blocks(&Html::parse_document(summary(page)));
        // Part of a label that may stand on a line of its own.
        blocks.retain(|block| !block.eq_ignore_ascii_case("(Approximate amount)"));
        if !blocks.iter().any(is_label) {
            return None;
        }
        let first = |label| section(&blocks, label).into_iter().next();
        Some(Self {
            name: first("Project name"),
            promoters: section(&blocks, "Promoter - financial intermediary"),
            locations: section(&blocks, "Location"),
            total_cost: first("Total cost (Approximate amount)").or_else(|| first("Total cost")),
            description: first("Description"),
            objectives: first("Objectives"),
        })
    }
}

fn is_label(block: &String) -> bool {
    LABELS.iter().any(|label| labelled(from_ref(block), label, &[]).is_some())
}

/// The blocks that stand with a label: what follows its colon, or all blocks up to the next label. Where no label
/// follows, only the next block: the rest belongs to the foot of the page.
fn section(blocks: &[String], label: &str) -> Vec<String> {
    let values = |position: usize| {
        let inline = labelled(from_ref(&blocks[position]), label, &[])?;
        if !inline.is_empty() {
            return Some(vec![inline]);
        }
        let rest = &blocks[position + 1..];
        let end = rest.iter().position(is_label).unwrap_or(rest.len().min(1));
        Some(rest[..end].to_vec()).filter(|values| !values.is_empty())
    };
    (0..blocks.len()).find_map(values).unwrap_or_default()
}

/// The part of a project page that describes the project, exactly as sent: the element `pipeline`, else everything.
///
/// The rest of the page changes with every request, and evidence that changes by itself proves nothing.
pub(super) fn summary(page: &str) -> &str {
    let opening = page.find("id=\"pipeline\"").and_then(|id| page[..id].rfind("<div"));
    let Some(start) = opening else { return page };
    let mut depth = 0_usize;
    for (offset, _) in page[start..].match_indices("div") {
        let position = start + offset;
        if page[..position].ends_with("</") {
            depth = depth.saturating_sub(1);
        } else if page[..position].ends_with('<') {
            depth += 1;
        }
        if depth == 0 {
            let end = page[position..].find('>').map_or(page.len(), |length| position + length + 1);
            return &page[start..end];
        }
    }
    page
}
