//! The project list and the project page exactly as sent: columns and labels, no opinions.

use std::collections::HashSet;
use std::slice;

use scraper::{Html, Selector};

use crate::formats::csv::{Header, fields};
use crate::formats::html::{blocks, labelled};
use crate::formats::text::{decode, squeeze};

/// Where the list stands below the site's address.
pub(super) const LIST: &str = "content/dam/ebrd_dxp/projectsData.csv";

/// The columns that are read; without one of them the file is not the one described.
pub(super) const COLUMNS: [&str; 7] =
    ["Title", "Sector", "Country", "Project ID", "Project status", "Publication date", "URL link to project"];

/// One row of the list; a field is `None` where it is blank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// The row as it came.
    pub(super) raw: String,
    /// The encoding it was read by, where it was not UTF-8.
    pub(super) guessed: Option<&'static str>,
    pub(super) title: Option<String>,
    pub(super) sector: Option<String>,
    pub(super) country: Option<String>,
    pub(super) id: Option<String>,
    pub(super) status: Option<String>,
    pub(super) published: Option<String>,
    pub(super) link: Option<String>,
}

/// A row without a single reading, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct UnreadableRow {
    /// Whether fields are missing at its end: as the last row of the file, it tells that the file was cut.
    pub(super) short: bool,
    pub(super) reason: String,
    pub(super) raw: String,
}

impl Row {
    /// Reads a row by the names of the columns.
    ///
    /// A row with more or fewer fields than columns has an unquoted comma in it or was cut: which field moved cannot
    /// be known, so it has no reading.
    pub(super) fn read(header: &Header, bytes: &[u8], media_type: &str) -> Result<Self, UnreadableRow> {
        let decoded = decode(bytes, media_type);
        let raw = decoded.text.into_owned();
        let row = match fields(&raw) {
            Ok(row) if row.len() == header.width() => row,
            Ok(row) => {
                let reason = format!("The row has {} fields where {} are due.", row.len(), header.width());
                return Err(UnreadableRow { short: row.len() < header.width(), reason, raw });
            }
            Err(reason) => return Err(UnreadableRow { short: false, reason, raw }),
        };
        let field = |name| header.field(&row, name).map(str::to_owned);
        Ok(Self {
            title: field("Title"),
            sector: field("Sector"),
            country: field("Country"),
            id: field("Project ID"),
            status: field("Project status"),
            published: field("Publication date"),
            link: field("URL link to project"),
            guessed: decoded.guessed,
            raw,
        })
    }
}

/// What a label of a project page stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Field {
    ProjectId,
    Location,
    Sector,
    NoticeType,
    EnvironmentalCategory,
    Status,
    ApprovalDate,
    TargetBoardDate,
    Disclosed,
    Client,
    Description,
    FinanceSummary,
    TotalCost,
    /// A heading that is known and not read; it ends the part before it.
    NotRead,
}

/// The labels of the old and of the new page layout.
const LABELS: [(&str, Field); 31] = [
    ("Project ID", Field::ProjectId),
    ("Project number", Field::ProjectId),
    ("Location", Field::Location),
    ("Industry Sector", Field::Sector),
    ("Business sector", Field::Sector),
    ("Notice type", Field::NoticeType),
    ("Environmental category", Field::EnvironmentalCategory),
    ("Status", Field::Status),
    ("Approval date", Field::ApprovalDate),
    ("Target board date", Field::TargetBoardDate),
    ("PSD disclosed", Field::Disclosed),
    ("Client", Field::Client),
    ("Client name", Field::Client),
    ("Client Information", Field::Client),
    ("Project Description", Field::Description),
    ("EBRD Finance Summary", Field::FinanceSummary),
    ("Total Project Cost", Field::TotalCost),
    ("Project Objectives", Field::NotRead),
    ("Transition Impact", Field::NotRead),
    ("ETI score", Field::NotRead),
    ("Additionality", Field::NotRead),
    ("Environmental and Social Summary", Field::NotRead),
    ("Technical Cooperation", Field::NotRead),
    ("Technical Cooperation and Grant Financing", Field::NotRead),
    ("Implementation Summary", Field::NotRead),
    ("Participation", Field::NotRead),
    ("PSD last updated", Field::NotRead),
    ("Understanding Transition", Field::NotRead),
    ("Business opportunities", Field::NotRead),
    ("General enquiries", Field::NotRead),
    ("Access to Information Policy", Field::NotRead),
];

/// Where persons are named: from such a block on, nothing of the page is kept.
const CONTACT_LABELS: [&str; 9] = [
    "Contact",
    "Contacts",
    "Contact person",
    "Client contact",
    "Project contact",
    "For further information",
    "Project enquiries",
    "Enquiries",
    "Representative",
];

/// Beginnings that stand for a contact block even where the person's name follows in the same block.
const CONTACT_BEGINNINGS: [&str; 5] =
    ["company contact", "contact information", "contact details", "contact person", "contact name"];

/// The labelled parts of a project page, in page order, without anything about persons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Page {
    /// The encoding it was read by, where it was not UTF-8.
    pub(super) guessed: Option<&'static str>,
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Part {
    field: Field,
    /// The label as printed.
    label: String,
    blocks: Vec<String>,
}

impl Page {
    /// Reads the parts of a page; a block page has none.
    pub(super) fn read(body: &[u8], media_type: &str) -> Self {
        let decoded = decode(body, media_type);
        let page = Html::parse_document(&decoded.text);
        let headings = headings(&page);
        let mut parts: Vec<Part> = Vec::new();
        let mut within = false;
        for block in blocks(&page) {
            if !parts.is_empty() && begins_contact(&block, &headings) {
                break;
            }
            if let Some(part) = Part::begun_by(&block) {
                parts.push(part);
                within = true;
            } else if headings.contains(&block) {
                within = false;
            } else if let Some(part) = parts.last_mut().filter(|_| within) {
                part.blocks.push(block);
            }
        }
        parts.iter_mut().for_each(Part::trim);
        parts.retain(|part| part.field != Field::NotRead && !part.blocks.is_empty());
        Self { guessed: decoded.guessed, parts }
    }

    /// Whether a label with a value was found that only a project summary has. `Location`, `Status` and the like stand
    /// in the search filters of a navigation shell, too.
    pub(super) fn is_summary(&self) -> bool {
        let common = [Field::Location, Field::Sector, Field::Status, Field::NoticeType, Field::EnvironmentalCategory];
        self.parts.iter().any(|part| !common.contains(&part.field))
    }

    /// The blocks of the first part for this field, one to a paragraph.
    pub(super) fn value(&self, field: Field) -> Option<String> {
        self.parts.iter().find(|part| part.field == field).map(|part| part.blocks.join("\n\n"))
    }

    /// The parts as evidence: one line `label: block` for each block, the label as printed.
    pub(super) fn evidence(&self) -> String {
        let lines = self.parts.iter().flat_map(|part| part.blocks.iter().map(|block| (&part.label, block)));
        lines.map(|(label, block)| format!("{label}: {block}\n")).collect()
    }
}

impl Part {
    /// The part that a block begins, where it begins with a label.
    fn begun_by(block: &String) -> Option<Self> {
        let (rest, label, field) = LABELS
            .iter()
            .find_map(|(label, field)| Some((labelled(slice::from_ref(block), label, &[])?, label, *field)))?;
        let label = block.chars().take(label.chars().count()).collect();
        let blocks = if rest.is_empty() { Vec::new() } else { vec![rest] };
        Some(Self { field, label, blocks })
    }

    /// Leaves one block to every field but the description, and nothing where a person may be reached: what follows
    /// an unknown heading's text cannot be told from the value.
    fn trim(&mut self) {
        let reach = self.blocks.iter().any(|block| reaches_a_person(block));
        if reach || self.field != Field::Description {
            self.blocks.truncate(1);
        }
        self.blocks.retain(|block| !reaches_a_person(block));
    }
}

/// The texts that the page marks as headings.
fn headings(page: &Html) -> HashSet<String> {
    let Ok(selector) = Selector::parse("h1, h2, h3, h4, h5, h6, dt, th, legend, summary") else {
        return HashSet::new();
    };
    page.select(&selector).map(|heading| squeeze(&heading.text().collect::<String>())).collect()
}

fn begins_contact(block: &String, headings: &HashSet<String>) -> bool {
    let folded = block.to_lowercase();
    CONTACT_BEGINNINGS.iter().any(|beginning| folded.starts_with(beginning))
        || CONTACT_LABELS.iter().any(|label| labelled(slice::from_ref(block), label, &[]).is_some())
        || (headings.contains(block) && folded.contains("contact"))
}

/// Whether a block holds an e-mail address or a telephone number.
fn reaches_a_person(block: &str) -> bool {
    const MARKS: [&str; 8] = ["tel:", "tel.", "phone:", "telephone:", "mobile:", "fax:", "e-mail:", "email:"];
    let folded = block.to_lowercase();
    let mark = |word: &str| MARKS.iter().any(|mark| word.trim_start_matches('(').starts_with(mark));
    let address = |word: &str| word.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    folded.split(' ').any(|word| mark(word) || address(word)) || has_telephone_number(block)
}

/// A plus sign and at least ten digits, with blanks, brackets, dots and hyphens between them. An amount has commas.
fn has_telephone_number(block: &str) -> bool {
    block.split('+').skip(1).any(|after| {
        let number = after.chars().take_while(|letter| letter.is_ascii_digit() || " ()-.".contains(*letter));
        number.filter(char::is_ascii_digit).count() >= 10
    })
}
