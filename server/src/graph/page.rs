//! Relay connections: pages of a list, and cursors that survive a new generation.
//!
//! A cursor holds the sort key and id of its record and a digest of the order and filter, and no offset: in a later
//! generation the page goes on after that key, whatever has come or gone before it.

use std::borrow::Cow;

use async_graphql::{Object, OutputType, SimpleObject, TypeName};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use connectors::model::sha256_hex;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::error::CallerFault;

/// How many items a page holds unless the caller says otherwise.
pub const DEFAULT_SIZE: usize = 50;
/// The most items a page holds.
pub const MOST: usize = 1_000;

/// The four paging arguments.
#[derive(Debug, Clone, Default)]
pub struct PageArguments {
    /// How many from the beginning.
    pub first: Option<i32>,
    /// Only what stands after this cursor.
    pub after: Option<String>,
    /// How many from the end.
    pub last: Option<i32>,
    /// Only what stands before this cursor.
    pub before: Option<String>,
}

impl PageArguments {
    /// Arguments of a list that is only read forward.
    #[must_use]
    pub fn forward(first: Option<i32>, after: Option<String>) -> Self {
        Self { first, after, ..Self::default() }
    }

    /// The size, and whether it counts from the end.
    ///
    /// # Errors
    /// [`CallerFault::FirstAndLast`] and [`CallerFault::PageSize`].
    pub fn size(&self) -> Result<(usize, bool), CallerFault> {
        let checked = |argument, given: i32| match usize::try_from(given) {
            Ok(size) if size <= MOST => Ok(size),
            _ => Err(CallerFault::PageSize { argument, given, most: MOST }),
        };
        match (self.first, self.last) {
            (Some(_), Some(_)) => Err(CallerFault::FirstAndLast),
            (None, None) => Ok((DEFAULT_SIZE, false)),
            (Some(first), None) => Ok((checked("first", first)?, false)),
            (None, Some(last)) => Ok((checked("last", last)?, true)),
        }
    }
}

/// What a cursor says.
#[derive(Serialize, Deserialize)]
struct Cursor<List, Position> {
    list: List,
    at: Position,
}

/// A digest of what a list's cursors depend on: its name, order and filter.
#[must_use]
pub fn digest(list: &impl Serialize) -> String {
    digest_of(&json(list))
}

fn digest_of(list: &[u8]) -> String {
    sha256_hex(list)[..12].to_owned()
}

fn json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).unwrap_or_default()
}

/// Writes a cursor.
#[must_use]
pub fn encode<Position: Serialize>(list: &str, at: Position) -> String {
    URL_SAFE_NO_PAD.encode(json(&Cursor { list, at }))
}

/// Reads a cursor of this list.
///
/// # Errors
/// [`CallerFault::InvalidCursor`] and [`CallerFault::CursorMismatch`].
pub fn decode<Position: DeserializeOwned>(list: &str, cursor: &str) -> Result<Position, CallerFault> {
    let invalid = || CallerFault::InvalidCursor(cursor.chars().take(80).collect());
    let json = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| invalid())?;
    let read: Cursor<String, serde_json::Value> = serde_json::from_slice(&json).map_err(|_| invalid())?;
    if read.list != list {
        return Err(CallerFault::CursorMismatch);
    }
    serde_json::from_value(read.at).map_err(|_| invalid())
}

/// A page of a list, by the Relay cursor connections specification. Cursors are written for who asks for them.
pub struct Connection<Node: OutputType> {
    /// The items of this page.
    nodes: Vec<Node>,
    /// Where each stands.
    keys: Vec<SortKey>,
    /// What the list's cursors depend on, as JSON.
    list: Vec<u8>,
    total_count: usize,
    has_previous_page: bool,
    has_next_page: bool,
}

/// One item of a list with its cursor.
#[derive(SimpleObject, Clone)]
#[graphql(name_type)]
pub struct Edge<Node: OutputType> {
    /// Where the item stands in the list; opaque, for `after` and `before`.
    pub cursor: String,
    /// The item.
    pub node: Node,
}

/// Where a page stands in its list.
#[derive(SimpleObject, Clone)]
#[graphql(shareable)]
pub struct PageInfo {
    /// Whether items stand after the last of this page.
    pub has_next_page: bool,
    /// Whether items stand before the first of this page.
    pub has_previous_page: bool,
    /// The cursor of the first item; null where the page is empty.
    pub start_cursor: Option<String>,
    /// The cursor of the last item; null where the page is empty.
    pub end_cursor: Option<String>,
}

/// A page of a list, by the Relay cursor connections specification.
#[Object(name_type)]
impl<Node: OutputType + TypeName + Clone> Connection<Node> {
    /// The items of this page, each with its cursor.
    async fn edges(&self) -> Vec<Edge<Node>> {
        let nodes = self.nodes.iter().cloned();
        self.cursors().into_iter().zip(nodes).map(|(cursor, node)| Edge { cursor, node }).collect()
    }

    /// The items of this page.
    #[graphql(name = "nodes")]
    async fn page_nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// Where this page stands in the list.
    #[graphql(name = "pageInfo")]
    async fn page_place(&self) -> PageInfo {
        self.page_info()
    }

    /// How many items the whole list has, on all its pages.
    #[graphql(name = "totalCount")]
    async fn list_length(&self) -> usize {
        self.total_count
    }
}

impl<Node: OutputType + TypeName> TypeName for Connection<Node> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Connection", <Node as TypeName>::type_name()).into()
    }
}

impl<Node: OutputType> TypeName for Edge<Node> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Edge", <Node as OutputType>::type_name()).into()
    }
}

/// One item of an ordered list: what it is sorted by, then its id.
pub type SortKey = (String, String);

impl<Node: OutputType> Connection<Node> {
    /// A page of a list that stands in memory, in the order of its keys.
    ///
    /// `list` names the list and all that chose its items; `key` gives an item's sort key, by which the items must
    /// already be sorted.
    ///
    /// # Errors
    /// A [`CallerFault`] in the arguments.
    pub fn of<Item>(
        items: &[Item],
        list: &impl Serialize,
        arguments: &PageArguments,
        key: impl Fn(&Item) -> SortKey,
        node: impl Fn(&Item) -> Node,
    ) -> Result<Self, CallerFault> {
        let list = json(list);
        let (size, from_end) = arguments.size()?;
        let position =
            |cursor: &Option<String>| cursor.as_deref().map(|cursor| decode(&digest_of(&list), cursor)).transpose();
        let (after, before): (Option<SortKey>, Option<SortKey>) =
            (position(&arguments.after)?, position(&arguments.before)?);
        let from = after.map_or(0, |after| items.partition_point(|item| key(item) <= after));
        let to = before.map_or(items.len(), |before| items.partition_point(|item| key(item) < before)).max(from);
        let (start, end) =
            if from_end { (to.saturating_sub(size).max(from), to) } else { (from, (from + size).min(to)) };
        let page = &items[start..end];
        Ok(Self {
            nodes: page.iter().map(node).collect(),
            keys: page.iter().map(key).collect(),
            list,
            total_count: items.len(),
            has_previous_page: start > 0,
            has_next_page: end < items.len(),
        })
    }

    /// The items of this page.
    #[must_use]
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// How many items the whole list has.
    #[must_use]
    pub fn total_count(&self) -> usize {
        self.total_count
    }

    /// Where this page stands in the list.
    #[must_use]
    pub fn page_info(&self) -> PageInfo {
        let list = digest_of(&self.list);
        let mut ends = self.keys.first().into_iter().chain(self.keys.last()).map(|key| encode(&list, key));
        PageInfo {
            has_next_page: self.has_next_page,
            has_previous_page: self.has_previous_page,
            start_cursor: ends.next(),
            end_cursor: ends.next(),
        }
    }

    /// The cursors of the items, in order.
    #[must_use]
    pub fn cursors(&self) -> Vec<String> {
        let list = digest_of(&self.list);
        self.keys.iter().map(|key| encode(&list, key)).collect()
    }
}
