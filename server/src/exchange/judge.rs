//! What becomes of each row.

use std::collections::{BTreeSet, HashMap};

use super::cells::Cells;
use super::difference::differences;
use super::table::{Row, Table};
use super::tabled::Tabled;
use crate::records::{RecordRef, Records};

/// What becomes of one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It makes a new record.
    Added,
    /// It changes the record; each field that differs, before and after.
    Changed(Vec<String>),
    /// The record says all that it says.
    Same,
    /// It differs, and the record stays as it is: why, and the fields.
    Kept {
        /// Why.
        reason: String,
        /// What the row says otherwise.
        differences: Vec<String>,
    },
    /// It cannot be taken in; each reason begins with its column where it has one.
    Refused(Vec<String>),
}

/// One row with its fate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The line that the row begins on.
    pub line: u64,
    /// The record that it is about; `None` where it could not be read.
    pub id: Option<String>,
    /// What becomes of it.
    pub fate: Fate,
}

/// The fates of all rows, and the records to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged<Record> {
    /// A verdict for each row, in the order of the file.
    pub verdicts: Vec<Verdict>,
    /// New and changed records, in the order of the file.
    pub written: Vec<Record>,
}

/// Which records a row may change.
pub(super) struct Standing<'records> {
    /// The records that there are.
    pub(super) records: &'records Records,
    /// Ids that no new record may take: those of removed ones, too.
    pub(super) taken: BTreeSet<String>,
    /// Ids of records that somebody changed through the hub.
    pub(super) own: BTreeSet<String>,
    /// Whether the file's word counts more than theirs, and more than a newer record's.
    pub(super) overwrite: bool,
}

/// What becomes of each row of a table on these records. A bad row hides no good one.
#[must_use]
pub fn judge<Record: Tabled>(table: &Table, records: &Records) -> Judged<Record> {
    let taken = Record::all(records.set()).iter().map(|record| record.id().to_owned()).collect();
    judged(table, Standing { records, taken, own: BTreeSet::new(), overwrite: false })
}

pub(super) fn judged<Record: Tabled>(table: &Table, standing: Standing<'_>) -> Judged<Record> {
    let mut court = Court::new(standing);
    let verdicts = table.rows.iter().map(|row| court.try_row(row)).collect();
    Judged { verdicts, written: court.written }
}

/// The rows before the one that is looked at, and the records.
struct Court<'records, Record> {
    standing: Standing<'records>,
    records: &'records [Record],
    buckets: HashMap<String, Vec<usize>>,
    ids: HashMap<&'records str, usize>,
    written: Vec<Record>,
    /// The line that spoke of a record, by its id.
    spoken: HashMap<String, u64>,
    new_buckets: HashMap<String, Vec<usize>>,
}

impl<'records, Record: Tabled> Court<'records, Record> {
    fn new(standing: Standing<'records>) -> Self {
        let records = Record::all(standing.records.set());
        let mut buckets: HashMap<String, Vec<usize>> = HashMap::new();
        for (position, record) in records.iter().enumerate() {
            buckets.entry(record.bucket()).or_default().push(position);
        }
        let ids = records.iter().enumerate().map(|(position, record)| (record.id(), position)).collect();
        let (written, spoken, new_buckets) = (Vec::new(), HashMap::new(), HashMap::new());
        Self { standing, records, buckets, ids, written, spoken, new_buckets }
    }

    fn try_row(&mut self, row: &Row) -> Verdict {
        let refused = |id, reasons| Verdict { line: row.line, id, fate: Fate::Refused(reasons) };
        let cells = match &row.cells {
            Ok(cells) => cells,
            Err(reason) => return refused(None, vec![reason.clone()]),
        };
        let mut cells = Cells::new(cells);
        let draft = Record::read(&mut cells);
        let faults = cells.faults();
        if !faults.is_empty() {
            return refused(Record::stated_id(&draft).map(str::to_owned), faults);
        }
        match self.decide(row.line, draft) {
            Ok((id, fate)) => Verdict { line: row.line, id: Some(id), fate },
            Err((id, reasons)) => refused(id, reasons),
        }
    }

    /// The record's id and the row's fate; or the reasons against it.
    fn decide(&mut self, line: u64, draft: Record::Draft) -> Result<(String, Fate), (Option<String>, Vec<String>)> {
        if let Some(earlier) = self.earlier(&draft) {
            let id = earlier.to_owned();
            let before = self.spoken.get(&id).copied().unwrap_or_default();
            return Err((Some(id), vec![format!("line {before} is about the same record already")]));
        }
        let base = self.base(&draft).map_err(|reason| (Record::stated_id(&draft).map(str::to_owned), vec![reason]))?;
        let id = match base {
            Some(base) => base.id().to_owned(),
            None => self.new_id(&draft).map_err(|reason| (None, vec![reason]))?,
        };
        let bucket = Record::bucket_of(&draft);
        let failed = |reasons| (Some(id.clone()), reasons);
        let record = Record::applied(draft, base).map_err(failed)?;
        let record = record.finished(&id).map_err(|fault| failed(vec![fault.to_string()]))?;
        let stranger = record.members().into_iter().find(|(_, id)| !self.is_member(id));
        if let Some((column, id)) = stranger {
            return Err(failed(vec![format!("`{column}`: there is no member `{id}`")]));
        }
        let fate = self.fate(base, &record);
        self.spoken.insert(id.clone(), line);
        if matches!(fate, Fate::Added | Fate::Changed(_)) {
            self.new_buckets.entry(bucket).or_default().push(self.written.len());
            self.written.push(record);
        }
        Ok((id, fate))
    }

    /// The record that an earlier row made or changed, or spoke of, and that this row is about.
    fn earlier(&self, draft: &Record::Draft) -> Option<&str> {
        if let Some(id) = Record::stated_id(draft) {
            return self.spoken.get_key_value(id).map(|(id, _)| id.as_str());
        }
        let bucket = Record::bucket_of(draft);
        let new = self.new_buckets.get(&bucket).into_iter().flatten().map(|position| &self.written[*position]);
        let old = self.buckets.get(&bucket).into_iter().flatten().map(|position| &self.records[*position]);
        let spoken = old.filter(|record| self.spoken.contains_key(record.id()));
        new.chain(spoken).find(|record| record.is_about(draft)).map(Record::id)
    }

    /// The record that the row is about.
    fn base(&self, draft: &Record::Draft) -> Result<Option<&'records Record>, String> {
        let records = self.records;
        if let Some(id) = Record::stated_id(draft) {
            return match self.ids.get(id) {
                Some(position) => Ok(Some(&records[*position])),
                None if self.standing.taken.contains(id) => Err(format!("`id`: the record `{id}` was removed")),
                None => self.stated_new(id),
            };
        }
        let among = self.buckets.get(&Record::bucket_of(draft)).into_iter().flatten();
        let found: Vec<_> = among.map(|position| &records[*position]).filter(|record| record.is_about(draft)).collect();
        match found.as_slice() {
            [] => Ok(None),
            [only] => Ok(Some(only)),
            several => {
                let ids: Vec<_> = several.iter().map(|record| record.id()).collect();
                Err(format!("the row can be about {}; say which in `id`", ids.join(" or ")))
            }
        }
    }

    fn is_member(&self, id: &str) -> bool {
        matches!(self.standing.records.find(id), Some(RecordRef::Member(_)))
    }

    /// A new record may state its id, in the form that ids have.
    fn stated_new(&self, id: &str) -> Result<Option<&'records Record>, String> {
        let name = id.strip_prefix(Record::PREFIX).and_then(|rest| rest.strip_prefix(':'));
        match name.filter(|name| !name.is_empty() && super::names::slug(name) == **name) {
            Some(_) => Ok(None),
            None => {
                let form = format!("`{}:` and small letters, digits and single hyphens", Record::PREFIX);
                Err(format!("`id`: `{id}` is not {form}"))
            }
        }
    }

    fn new_id(&self, draft: &Record::Draft) -> Result<String, String> {
        if let Some(id) = Record::stated_id(draft) {
            return Ok(id.to_owned());
        }
        let slug = Record::slug(draft);
        if slug.is_empty() {
            return Err("no id can be made of the name; give one in `id`".to_owned());
        }
        let free = |id: &String| !self.standing.taken.contains(id) && !self.spoken.contains_key(id);
        let ids = std::iter::once(format!("{}:{slug}", Record::PREFIX))
            .chain((2..).map(|number| format!("{}:{slug}-{number}", Record::PREFIX)));
        ids.take(1_000).find(free).ok_or_else(|| format!("too many records are called `{slug}`; give an id in `id`"))
    }

    fn fate(&self, base: Option<&Record>, record: &Record) -> Fate {
        let Some(base) = base else { return Fate::Added };
        if base == record {
            return Fate::Same;
        }
        let differences = differences(base, record);
        let kept = |reason: String| Fate::Kept { reason, differences: differences.clone() };
        let newer = base.as_of().zip(record.as_of()).filter(|(known, stated)| known.first_day() > stated.first_day());
        match newer {
            _ if self.standing.overwrite => Fate::Changed(differences),
            Some((known, stated)) => kept(format!("the record is of {known}, the row of {stated}")),
            None if self.standing.own.contains(base.id()) => kept("the record was changed through the hub".to_owned()),
            None => Fate::Changed(differences),
        }
    }
}
