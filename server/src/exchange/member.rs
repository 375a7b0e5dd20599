//! Members as rows.

use std::collections::BTreeMap;

use connectors::model::{CountryCode, Language, PartialDate};

use super::cells::Cells;
use super::columns::{Column, MEMBER_COLUMNS};
use super::tabled::{Tabled, missing_of_new};
use super::{names, source};
use crate::records::{Fault, Member, MemberKind, MemberRole, Names, RecordSet, Statement, fold};

/// What a row says about a member.
#[derive(Debug, Default)]
pub struct MemberDraft {
    id: Option<String>,
    names: BTreeMap<Language, String>,
    abbreviation: Option<String>,
    kind: Option<MemberKind>,
    role: Option<MemberRole>,
    country: Option<CountryCode>,
    place: Option<String>,
    website: Option<String>,
    joined_on: Option<PartialDate>,
    as_of: Option<PartialDate>,
    note: Option<String>,
    source: Option<Statement>,
}

impl MemberDraft {
    /// The name that finds a record: the English one, else the first.
    fn name(&self) -> Option<&str> {
        self.names.get(&Language::EN).or_else(|| self.names.values().next()).map(String::as_str)
    }
}

impl Tabled for Member {
    type Draft = MemberDraft;

    const KIND: &'static str = "members";
    const PREFIX: &'static str = "member";
    const COLUMNS: &'static [Column] = MEMBER_COLUMNS;

    fn read(cells: &mut Cells<'_>) -> MemberDraft {
        let country = cells.country("country");
        let draft = MemberDraft {
            id: cells.owned("id"),
            names: names_of(cells),
            abbreviation: cells.owned("abbreviation"),
            kind: cells.word("kind"),
            role: cells.word("role"),
            country,
            place: cells.place("place", country),
            website: cells.owned("website"),
            joined_on: cells.date("joined_on"),
            as_of: cells.date("as_of"),
            note: cells.owned("note"),
            source: source::read(cells),
        };
        if draft.id.is_none() && draft.names.is_empty() {
            cells.refuse("name", "is empty, and so is `id`");
        }
        draft
    }

    fn stated_id(draft: &MemberDraft) -> Option<&str> {
        draft.id.as_deref()
    }

    /// All members: their names differ by language, and they are few.
    fn bucket(&self) -> String {
        String::new()
    }

    fn bucket_of(_: &MemberDraft) -> String {
        String::new()
    }

    /// One country, where both state one, and one name in common.
    fn is_about(&self, draft: &MemberDraft) -> bool {
        let elsewhere = self.country.zip(draft.country).is_some_and(|(own, stated)| own != stated);
        let named = |name: &String| self.names.iter().any(|(_, own)| fold(own) == fold(name));
        !elsewhere && draft.names.values().any(named)
    }

    fn slug(draft: &MemberDraft) -> String {
        draft.name().map(names::slug).unwrap_or_default()
    }

    fn applied(draft: MemberDraft, base: Option<&Self>) -> Result<Self, Vec<String>> {
        let sources = source::joined(base.map_or(&[], |base| &base.sources), draft.source);
        let kind = draft.kind.or(base.map(|base| base.kind));
        let missing = missing_of_new::<Self>(kind.is_some(), &sources);
        let mut names: BTreeMap<Language, String> = base.map(named).unwrap_or_default();
        names.extend(draft.names);
        let Some(kind) = kind.filter(|_| missing.is_empty()) else { return Err(missing) };
        Ok(Self {
            id: String::new(),
            names: Names::of(names),
            abbreviation: draft.abbreviation.or_else(|| base?.abbreviation.clone()),
            kind,
            role: draft.role.or(base.map(|base| base.role)).unwrap_or(MemberRole::Unknown),
            country: draft.country.or_else(|| base?.country),
            place: draft.place.or_else(|| base?.place.clone()),
            website: draft.website.or_else(|| base?.website.clone()),
            joined_on: draft.joined_on.or_else(|| base?.joined_on),
            as_of: draft.as_of.or_else(|| base?.as_of),
            note: draft.note.or_else(|| base?.note.clone()),
            sources,
        })
    }

    fn finished(self, id: &str) -> Result<Self, Fault> {
        Self { id: id.to_owned(), ..self }.checked()
    }

    fn id(&self) -> &str {
        &self.id
    }

    fn as_of(&self) -> Option<PartialDate> {
        self.as_of
    }

    fn sources(&self) -> &[Statement] {
        &self.sources
    }

    fn cells(&self) -> BTreeMap<String, String> {
        let mut cells = BTreeMap::from([
            ("id".to_owned(), self.id.clone()),
            ("kind".to_owned(), written(&self.kind)),
            ("role".to_owned(), written(&self.role)),
        ]);
        for (language, name) in self.names.iter() {
            let column =
                if *language == Language::EN { "name".to_owned() } else { format!("name_{}", language.as_str()) };
            cells.insert(column, name.to_owned());
        }
        let optional = [
            ("abbreviation", self.abbreviation.clone()),
            ("country", self.country.map(String::from)),
            ("place", self.place.clone()),
            ("website", self.website.clone()),
            ("joined_on", self.joined_on.map(String::from)),
            ("as_of", self.as_of.map(String::from)),
            ("note", self.note.clone()),
        ];
        cells.extend(optional.into_iter().filter_map(|(column, text)| Some((column.to_owned(), text?))));
        source::cells(&self.sources, &mut cells);
        cells
    }

    fn all(set: &RecordSet) -> &[Self] {
        &set.members
    }
}

fn named(member: &Member) -> BTreeMap<Language, String> {
    member.names.iter().map(|(language, name)| (language.clone(), name.to_owned())).collect()
}

fn names_of(cells: &mut Cells<'_>) -> BTreeMap<Language, String> {
    let given: Vec<_> = cells.iter().collect();
    let mut names = BTreeMap::new();
    for (column, text) in given {
        let language = match column.strip_prefix("name_") {
            Some(tag) => Language::new(tag).ok(),
            None => (column == "name").then_some(Language::EN),
        };
        if let Some(language) = language {
            names.insert(language, text.to_owned());
        }
    }
    names
}

/// A word as it stands in files.
pub(super) fn written(word: &impl serde::Serialize) -> String {
    match serde_json::to_value(word) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}
