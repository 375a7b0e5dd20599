//! Reads the seed files that are embedded in the binary.

use std::collections::BTreeMap;

use rust_embed::RustEmbed;
use serde::de::DeserializeOwned;

use super::check::Fault;
use super::set::{RecordFault, RecordSet};
use super::{Call, Event, Member, Partnership, Principle, Records};

#[derive(RustEmbed)]
#[folder = "seed/"]
struct Files;

/// The guide beside the records; no record itself.
const GUIDE: &str = "README.md";

/// A seed file that cannot be taken in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("seed/{file}: {reason}")]
pub struct SeedError {
    /// The file's path below `server/seed`.
    pub file: String,
    /// What is wrong with it, and in which field.
    pub reason: String,
}

impl SeedError {
    pub(super) fn new(file: &str, reason: impl ToString) -> Self {
        Self { file: file.to_owned(), reason: reason.to_string() }
    }
}

/// One sort of seed file.
pub(super) trait Record: DeserializeOwned {
    /// The folder that its files are in.
    const FOLDER: &'static str;

    /// Takes the id from the file's name and checks the fields.
    fn named(self, name: &str) -> Result<Self, Fault>;

    /// The id.
    fn id(&self) -> &str;
}

impl RecordSet {
    /// The records that are embedded in the binary.
    ///
    /// # Errors
    /// [`SeedError`] for the first file that breaks a rule; a test keeps the embedded ones free of them.
    pub fn seed() -> Result<Self, SeedError> {
        Self::read(seed_files()?)
    }

    /// Records from paths below the seed folder and their texts.
    ///
    /// # Errors
    /// [`SeedError`] for the first file that breaks a rule.
    pub fn read(files: impl IntoIterator<Item = (String, String)>) -> Result<Self, SeedError> {
        let files = Tray::new(files)?;
        Ok(Self {
            members: files.of_kind()?,
            partnerships: files.of_kind()?,
            events: files.of_kind()?,
            principles: files.of_kind()?,
            calls: files.of_kind()?,
            ..Self::default()
        })
    }
}

/// The embedded files: each path below the seed folder, and its text.
///
/// # Errors
/// [`SeedError`] for a file that is not UTF-8.
pub(super) fn seed_files() -> Result<Vec<(String, String)>, SeedError> {
    let mut files = Vec::new();
    for path in Files::iter().filter(|path| path != GUIDE) {
        let bytes = Files::get(&path).map(|file| file.data.into_owned()).unwrap_or_default();
        let text = String::from_utf8(bytes).map_err(|error| SeedError::new(&path, error))?;
        files.push((path.into_owned(), text));
    }
    Ok(files)
}

impl Records {
    /// The records that are embedded in the binary, and no others.
    ///
    /// # Errors
    /// As [`RecordSet::seed`] and [`Records::of`].
    pub fn seed() -> Result<Self, SeedError> {
        Ok(Self::of(RecordSet::seed()?)?)
    }

    /// As [`RecordSet::read`], indexed.
    ///
    /// # Errors
    /// [`SeedError`] for the first file that breaks a rule.
    pub fn read(files: impl IntoIterator<Item = (String, String)>) -> Result<Self, SeedError> {
        Ok(Self::of(RecordSet::read(files)?)?)
    }
}

/// A record of the seed that does not fit the others is named by its file.
impl From<RecordFault> for SeedError {
    fn from(fault: RecordFault) -> Self {
        let file = match fault.record.split_once(':') {
            Some((kind, name)) => format!("{kind}s/{name}.toml"),
            None => fault.record,
        };
        Self { file, reason: fault.reason }
    }
}

/// The files by path, so that whatever is read from them has a fixed order.
struct Tray(BTreeMap<String, String>);

impl Tray {
    fn new(files: impl IntoIterator<Item = (String, String)>) -> Result<Self, SeedError> {
        let mut tray = BTreeMap::new();
        for (path, text) in files {
            name_of(&path)?;
            tray.insert(path, text);
        }
        Ok(Self(tray))
    }

    /// Every record of one sort, by id.
    fn of_kind<R: Record>(&self) -> Result<Vec<R>, SeedError> {
        let mut records = Vec::new();
        for (path, text) in &self.0 {
            let (folder, name) = name_of(path)?;
            if folder == R::FOLDER {
                let record: R = toml::from_str(text).map_err(|error| SeedError::new(path, error))?;
                records.push(record.named(name).map_err(|fault| SeedError::new(path, fault))?);
            }
        }
        records.sort_by(|left, right| left.id().cmp(right.id()));
        twice(&records)?;
        Ok(records)
    }
}

/// `1.toml` and `01.toml` are two files and one principle.
fn twice<R: Record>(records: &[R]) -> Result<(), SeedError> {
    let Some(pair) = records.windows(2).find(|pair| pair[0].id() == pair[1].id()) else { return Ok(()) };
    Err(SeedError::new(R::FOLDER, format!("two files give the record `{}`", pair[0].id())))
}

/// The folder and the bare name of `<folder>/<name>.toml`.
pub(super) fn name_of(path: &str) -> Result<(&str, &str), SeedError> {
    const FOLDERS: [&str; 5] = [Member::FOLDER, Partnership::FOLDER, Event::FOLDER, Principle::FOLDER, Call::FOLDER];
    let parts = path.split_once('/').and_then(|(folder, file)| Some((folder, file.strip_suffix(".toml")?)));
    match parts {
        Some((folder, name)) if FOLDERS.contains(&folder) => Ok((folder, name)),
        _ => Err(SeedError::new(path, format!("is not <folder>/<name>.toml; the folders are {}", FOLDERS.join(", ")))),
    }
}
