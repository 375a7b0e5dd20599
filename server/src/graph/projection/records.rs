//! Connections of the Alliance's records.

use super::connection::PageInfoField;
use super::json::Json;
use super::selection::{Fields, Selected, Selection};
use crate::graph::page::Connection;

/// A type of record of which there are connections.
pub(super) trait RecordFields: for<'row> Fields<Row<'row> = &'row Self::Record> {
    /// The names of the connection and of its edge in the schema.
    const CONNECTION: &'static str;
    const EDGE: &'static str;
    type Record: async_graphql::OutputType + 'static;
}

/// A field of a connection.
pub(super) enum ConnectionField<Record> {
    Edges(Selection<RecordEdgeField<Record>>),
    Nodes(Selection<Record>),
    PageInfo(Selection<PageInfoField>),
    TotalCount,
}

impl<Record: RecordFields> Fields for ConnectionField<Record> {
    const TYPE: &'static str = Record::CONNECTION;
    type Row<'row> = &'row Connection<Record::Record>;

    fn read(selected: &Selected<'_>) -> Option<Self> {
        Some(match selected.name() {
            "edges" => Self::Edges(selected.below()?),
            "nodes" => Self::Nodes(selected.below()?),
            "pageInfo" => Self::PageInfo(selected.below()?),
            "totalCount" => Self::TotalCount,
            _ => return None,
        })
    }

    fn write(&self, connection: &Connection<Record::Record>, json: &mut Json) {
        match self {
            Self::Edges(plan) => {
                let cursors = connection.cursors();
                let edges = cursors.iter().map(String::as_str).zip(connection.nodes());
                json.list(edges, |edge, json| plan.write(edge, json));
            }
            Self::Nodes(plan) => json.list(connection.nodes(), |record, json| plan.write(record, json)),
            Self::PageInfo(plan) => plan.write(&connection.page_info(), json),
            Self::TotalCount => json.integer(connection.total_count() as u64),
        }
    }
}

/// A field of an edge.
pub(super) enum RecordEdgeField<Record> {
    Cursor,
    Node(Selection<Record>),
}

impl<Record: RecordFields> Fields for RecordEdgeField<Record> {
    const TYPE: &'static str = Record::EDGE;
    type Row<'row> = (&'row str, &'row Record::Record);

    fn read(selected: &Selected<'_>) -> Option<Self> {
        Some(match selected.name() {
            "cursor" => Self::Cursor,
            "node" => Self::Node(selected.below()?),
            _ => return None,
        })
    }

    fn write(&self, (cursor, record): (&str, &Record::Record), json: &mut Json) {
        match self {
            Self::Cursor => json.text(cursor),
            Self::Node(plan) => plan.write(record, json),
        }
    }
}
