//! The bank's pages exactly as sent: which projects a list page links to, and what stands with each label of a
//! project's page. No opinions, and no CSS class: the site has been rebuilt more than once, its labels have stayed.

use std::slice::from_ref;

use scraper::{ElementRef, Html};
use url::Url;

use crate::formats::html::{blocks, labelled};
use crate::formats::text::squeeze;

pub(super) const APPROVAL_DATE: &str = "Approval date";
pub(super) const BORROWER: &str = "Borrower";
pub(super) const COUNTRY: &str = "Country";
pub(super) const LOAN_SIZE: &str = "Loan size";
pub(super) const LINE_OF_ACTION: &str = "Line of action";
pub(super) const STATUS: &str = "Status";

/// The labels of a project's page, in page order.
pub(super) const LABELS: [&str; 6] = [APPROVAL_DATE, BORROWER, COUNTRY, LOAN_SIZE, LINE_OF_ACTION, STATUS];

/// What the last paragraph of a project's page begins with.
const BENEFICIARIES: &str = "Final beneficiaries";

/// One page of the list.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct ListPage {
    /// The projects it links to, in page order; one may be linked more than once.
    pub(super) projects: Vec<Link>,
    /// The page that its "next" link names, as a path below the base address.
    pub(super) next: Option<String>,
}

/// A link to a project's page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Link {
    /// The last part of the address: the only identifier that the bank publishes.
    pub(super) slug: String,
    /// Where the page is, as a path below the base address.
    pub(super) path: String,
}

/// A project's page.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct ProjectPage {
    pub(super) heading: Option<String>,
    /// The labels that stand on the page with their values, which may be empty.
    pub(super) fields: Vec<(&'static str, String)>,
    /// The paragraphs after the labels, the one about the final beneficiaries included.
    pub(super) paragraphs: Vec<String>,
}

impl ProjectPage {
    /// The value that stands with a label; `None` where there is none.
    pub(super) fn field(&self, label: &str) -> Option<&str> {
        let (_, value) = self.fields.iter().find(|(name, _)| *name == label)?;
        (!value.is_empty()).then_some(value.as_str())
    }

    /// The record as text, in page order: what is kept as evidence.
    pub(super) fn text(&self) -> String {
        let heading = self.heading.iter().cloned();
        let fields = self.fields.iter().map(|(label, value)| format!("{label}: {value}").trim_end().to_owned());
        heading.chain(fields).chain(self.paragraphs.iter().cloned()).map(|line| line + "\n").collect()
    }
}

/// Reads a list page that came from this address; links count by their path below the list's own.
///
/// The host of a link is left aside, so that a reading never strays from the base address that is configured.
pub(super) fn list(html: &str, page: &Url, list_path: &str) -> ListPage {
    let document = Html::parse_document(html);
    let mut read = ListPage::default();
    for link in elements(&document, "a").chain(elements(&document, "link")) {
        let Some(target) = link.attr("href").and_then(|href| page.join(href).ok()) else { continue };
        let Some(rest) = below(target.path(), list_path) else { continue };
        let query = target.query().map_or(String::new(), |query| format!("?{query}"));
        let path = format!("{list_path}{rest}{query}");
        let slug = rest.trim_matches('/');
        if is_next(link) {
            read.next.get_or_insert(path);
        } else if !slug.is_empty() && !slug.contains('/') {
            let slug = percent_encoding::percent_decode_str(slug).decode_utf8_lossy().into_owned();
            read.projects.push(Link { slug, path: format!("{list_path}{rest}") });
        }
    }
    read
}

/// What follows the list's path in a link's path, from the slash on.
fn below<'path>(path: &'path str, list_path: &str) -> Option<&'path str> {
    let (before, rest) = path.split_once(list_path)?;
    (before.ends_with('/') && rest.starts_with('/')).then_some(rest)
}

/// Whether a link leads to the next page of a list, by its relation or its words.
fn is_next(link: ElementRef<'_>) -> bool {
    const WORDS: [&str; 5] = ["next", "next page", "›", "»", "→"];
    let related = link.attr("rel").is_some_and(|rel| rel.split_whitespace().any(|word| word == "next"));
    let text: String = link.text().collect();
    let words = [Some(text.as_str()), link.attr("aria-label"), link.attr("title")];
    related || words.into_iter().flatten().any(|word| WORDS.contains(&squeeze(word).to_lowercase().as_str()))
}

/// Reads a project's page; `None` where not one of the six labels stands with a value: then it is another kind of
/// page, or the site was rebuilt.
pub(super) fn project(html: &str) -> Option<ProjectPage> {
    let content = main_content(html);
    let blocks = blocks(&content);
    let fields: Vec<(&str, String)> =
        LABELS.iter().filter_map(|label| Some((*label, labelled(&blocks, label, &LABELS)?))).collect();
    if fields.iter().all(|(_, value)| value.is_empty()) {
        return None;
    }
    let heading = elements(&content, "h1").map(text_of).find(|text| !text.is_empty());
    let after = fields.iter().filter_map(|(label, value)| end_of(&blocks, label, value)).max().unwrap_or_default();
    Some(ProjectPage { heading, fields, paragraphs: paragraphs(&content, blocks.get(after..).unwrap_or_default()) })
}

/// A page of the news.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct NewsPage {
    pub(super) title: Option<String>,
    /// The first line that is a date, as printed.
    pub(super) date: Option<String>,
    /// The lines below the title, the date among them.
    pub(super) lines: Vec<String>,
}

impl NewsPage {
    /// The page as text: what is kept as evidence.
    pub(super) fn text(&self) -> String {
        self.title.iter().chain(&self.lines).map(|line| format!("{line}\n")).collect()
    }
}

/// Reads a page of the news.
pub(super) fn news(html: &str) -> NewsPage {
    let content = main_content(html);
    let title = elements(&content, "h1").map(text_of).find(|text| !text.is_empty());
    let lines: Vec<String> = blocks(&content).into_iter().filter(|line| Some(line) != title.as_ref()).collect();
    let date = lines.iter().find(|line| super::map::date(line).is_some()).cloned();
    NewsPage { title, date, lines }
}

/// The text of a page that could not be read, so that a person can see what came.
pub(super) fn visible_text(html: &str) -> String {
    blocks(&main_content(html)).join("\n").chars().take(2_000).collect()
}

/// The `main` part of a page alone, without menus and footers, where the page says which part that is.
fn main_content(html: &str) -> Html {
    let document = Html::parse_document(html);
    let main = elements(&document, "main").next().map(|main| main.html());
    main.map_or(document, |main| Html::parse_fragment(&main))
}

/// The position after a field: its label's block and, where the value is a block of its own, that one.
fn end_of(blocks: &[String], label: &str, value: &str) -> Option<usize> {
    let in_label_block = |block: &String| labelled(from_ref(block), label, &[]);
    let (position, beside) =
        blocks.iter().enumerate().find_map(|(position, block)| Some((position, in_label_block(block)?)))?;
    Some(if beside == value { position + 1 } else { position + 2 })
}

/// The texts between the fields and the end of the record, which the final beneficiaries mark. Where they are not
/// named, only real paragraphs count, since what follows a record on a page may be anything.
fn paragraphs(content: &Html, after: &[String]) -> Vec<String> {
    let ends = |block: &String| labelled(from_ref(block), BENEFICIARIES, &[]);
    if let Some((position, who)) = after.iter().enumerate().find_map(|(position, block)| Some((position, ends(block)?)))
    {
        let last = if who.is_empty() { position + 1 } else { position };
        return after.iter().take(last + 1).cloned().collect();
    }
    let lines = elements(content, "p").map(|paragraph| blocks(&Html::parse_fragment(&paragraph.html())));
    let after_fields = lines.filter(|lines| lines.first().is_some_and(|line| after.contains(line)));
    after_fields.map(|lines| lines.join(" ")).collect()
}

fn elements<'page>(page: &'page Html, name: &'static str) -> impl Iterator<Item = ElementRef<'page>> {
    let elements = page.root_element().descendants().filter_map(ElementRef::wrap);
    elements.filter(move |element| element.value().name() == name)
}

fn text_of(element: ElementRef<'_>) -> String {
    squeeze(&element.text().collect::<String>())
}
