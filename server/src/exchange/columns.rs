//! The columns of both tables, in the order in which they are written.

/// One column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name in the first line, and its key in JSON.
    pub name: &'static str,
    /// What stands in it.
    pub meaning: &'static str,
}

const fn column(name: &'static str, meaning: &'static str) -> Column {
    Column { name, meaning }
}

/// The columns of members. Names in other languages stand in columns `name_<language>`, such as `name_uk`.
pub const MEMBER_COLUMNS: &[Column] = &[
    column("id", "The record's id, `member:<name>`; empty for a new one, or where the name finds it."),
    column("name", "The official English name; needed unless another language has one."),
    column("abbreviation", "What it is called for short."),
    column(
        "kind",
        "ASSOCIATION, CITY, REGION, MUNICIPALITY, NETWORK, EU_INSTITUTION or OTHER; needed for a new record.",
    ),
    column("role", "CORE, ASSOCIATED, INSTITUTIONAL, INVITED or UNKNOWN; empty is UNKNOWN for a new record."),
    column("country", "The country by ISO 3166-1; not needed where the place tells it."),
    column("place", "Its own territory: a KATOTTG or NUTS code, or a name that only one place has."),
    column("website", "Its public site."),
    column("joined_on", "When it joined: 2022, 2022-06 or 2022-06-30."),
    column("as_of", "The date of the statement."),
    column("note", "What a reader should know."),
    column("source_title", "Where it is stated; needed for a new record."),
    column("source_url", "The source's public address."),
    column("source_published_on", "The source's own date; this or the next is needed beside a title."),
    column("source_read_on", "When it was read, where it shows no date."),
    column("source_says", "What it says, in a few words; needed beside a title."),
    column("source_confidence", "high, medium or low; empty is medium."),
];

/// The columns of partnerships. A cluster has further parties in `party_3_…` to `party_20_…`.
pub const PARTNERSHIP_COLUMNS: &[Column] = &[
    column("id", "The record's id, `partnership:<name>`; empty for a new one, or where the parties find it."),
    column(
        "kind",
        "TWINNING, PEER_TO_PEER, CLUSTER, COOPERATION_AGREEMENT, SOLIDARITY or LETTER_OF_INTENT; needed for a new record.",
    ),
    column("state", "PROPOSED, ACTIVE, ENDED or UNKNOWN; empty is UNKNOWN for a new record."),
    column("party_1_name", "The authority's city or territory, as it is called in English; needed."),
    column("party_1_country", "Its country by ISO 3166-1; not needed where the place tells it."),
    column(
        "party_1_place",
        "In Ukraine the KATOTTG code, else the NUTS 3 region; or a name that only one place has. Empty in Ukraine: the name is looked for.",
    ),
    column("party_1_member", "The id of the member that it is."),
    column("party_2_name", "As of party 1."),
    column("party_2_country", "As of party 1."),
    column("party_2_place", "As of party 1."),
    column("party_2_member", "As of party 1."),
    column("themes", "What it is about, joined by `;`: ENERGY; WATER."),
    column("programme", "The programme that brought it about."),
    column("started_on", "When it was concluded: 2022, 2022-06 or 2022-06-30."),
    column("ended_on", "When it ended."),
    column("as_of", "The stated date; empty is the source's own date, else the day on which it was read."),
    column("note", "What a reader should know."),
    column("source_title", "Where it is stated; needed for a new record."),
    column("source_url", "The source's public address."),
    column("source_published_on", "The source's own date; this or the next is needed beside a title."),
    column("source_read_on", "When it was read, where it shows no date."),
    column("source_says", "What it says, in a few words; needed beside a title."),
    column("source_confidence", "high, medium or low; empty is medium."),
];

/// How many parties a row can have.
pub(super) const PARTIES: usize = 20;

/// Whether a table of these columns may have a column of this name.
pub(super) fn known(columns: &[Column], name: &str) -> bool {
    let listed = |name: &str| columns.iter().any(|column| column.name == name);
    if listed(name) {
        return true;
    }
    if let Some(language) = name.strip_prefix("name_") {
        return listed("abbreviation")
            && connectors::model::Language::new(language).is_ok_and(|tag| tag.as_str() == language);
    }
    let further = name.strip_prefix("party_").and_then(|rest| rest.split_once('_'));
    further.is_some_and(|(number, field)| {
        let number = number.parse::<usize>().ok().filter(|parsed| parsed.to_string() == number);
        number.is_some_and(|number| (3..=PARTIES).contains(&number)) && listed(&format!("party_1_{field}"))
    })
}

/// The known name that is nearest to an unknown one.
pub(super) fn nearest(columns: &[Column], name: &str) -> Option<&'static str> {
    let close = columns.iter().map(|column| (strsim::normalized_damerau_levenshtein(column.name, name), column.name));
    close
        .filter(|(closeness, _)| *closeness > 0.6)
        .max_by(|left, right| left.0.total_cmp(&right.0))
        .map(|(_, name)| name)
}
