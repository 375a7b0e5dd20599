//! Where readings are kept between runs.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use async_trait::async_trait;

use super::Reading;

/// Keeps the last good reading of each source.
#[async_trait]
pub trait Readings: Send + Sync {
    /// The reading kept for a source, `None` where there is none.
    ///
    /// # Errors
    /// [`StoreError`] where one is kept and cannot be read.
    async fn load(&self, source: &str) -> Result<Option<Reading>, StoreError>;

    /// Keeps a reading in place of the one before it; a crash leaves one of the two whole.
    ///
    /// # Errors
    /// [`StoreError`] where it cannot be written.
    async fn save(&self, reading: std::sync::Arc<Reading>) -> Result<(), StoreError>;
}

/// A reading could not be kept or found again.
#[derive(Debug, thiserror::Error)]
#[error("the reading kept in {} cannot be used", path.display())]
pub struct StoreError {
    path: PathBuf,
    source: io::Error,
}

/// One compressed JSON file a source.
#[derive(Debug, Clone)]
pub struct FileReadings {
    folder: PathBuf,
}

impl FileReadings {
    /// Keeps the readings in a folder, which is made when the first is kept.
    #[must_use]
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    fn path(&self, source: &str) -> PathBuf {
        self.folder.join(format!("{source}.json.zst"))
    }

    async fn run<T: Send + 'static>(
        path: PathBuf,
        work: impl FnOnce(&Path) -> io::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        let joined =
            tokio::task::spawn_blocking(move || work(&path).map_err(|source| StoreError { path, source })).await;
        joined.unwrap_or_else(|error| Err(StoreError { path: PathBuf::new(), source: io::Error::other(error) }))
    }
}

#[async_trait]
impl Readings for FileReadings {
    async fn load(&self, source: &str) -> Result<Option<Reading>, StoreError> {
        Self::run(self.path(source), |path| match std::fs::File::open(path) {
            Ok(file) => {
                let decoder = io::BufReader::new(zstd::Decoder::new(file)?);
                serde_json::from_reader(decoder).map(Some).map_err(io::Error::other)
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        })
        .await
    }

    async fn save(&self, reading: std::sync::Arc<Reading>) -> Result<(), StoreError> {
        Self::run(self.path(&reading.source), move |path| write_whole(path, |file| compress(&reading, file))).await
    }
}

/// Writes a reading with a checksum, so that a file damaged on the disk is never taken for figures.
fn compress(reading: &Reading, file: impl Write) -> io::Result<()> {
    let mut encoder = zstd::Encoder::new(file, 3)?;
    encoder.include_checksum(true)?;
    let mut buffered = io::BufWriter::new(&mut encoder);
    serde_json::to_writer(&mut buffered, reading).map_err(io::Error::other)?;
    // A buffer that is merely dropped keeps its last failure to itself, and half a file would pass for a whole one.
    buffered.flush()?;
    drop(buffered);
    encoder.finish()?.flush()
}

/// Writes a file beside its place and moves it there, so that a reader never meets half of it.
pub(super) fn write_whole(path: &Path, write: impl FnOnce(&mut std::fs::File) -> io::Result<()>) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let beside = path.with_added_extension("new");
    let mut file = std::fs::File::create(&beside)?;
    write(&mut file)?;
    file.sync_all()?;
    std::fs::rename(&beside, path)
}

#[cfg(test)]
mod tests;
