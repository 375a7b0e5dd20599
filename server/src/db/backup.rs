//! A copy of the whole database, while it is in use.

use std::path::Path;

use super::engine::Engine;
use super::{Database, DbError, statements};

impl Database {
    /// Writes a copy of a SQLite database as of one moment, whoever reads and writes meanwhile. The file appears under
    /// its name only when it is whole and on the disk.
    ///
    /// # Errors
    /// [`DbError::Backup`] where the file is there already or cannot be written, and for PostgreSQL, which brings its
    /// own command.
    pub async fn backup(&self, path: &Path) -> Result<(), DbError> {
        let failed = |reason: &dyn ToString| DbError::Backup { path: path.to_path_buf(), reason: reason.to_string() };
        let Engine::Sqlite { writer, .. } = &self.engine else {
            return Err(failed(&"PostgreSQL is backed up by its own command: pg_dump --format=custom"));
        };
        if path.exists() {
            return Err(failed(&"it is there already; name a new file"));
        }
        let mut unfinished = path.as_os_str().to_owned();
        unfinished.push(".part");
        let unfinished = std::path::PathBuf::from(unfinished);
        // What an earlier attempt left behind.
        drop(std::fs::remove_file(&unfinished));
        let name = unfinished.to_str().ok_or_else(|| failed(&"its name is not UTF-8"))?;
        let copied = sqlx::query(statements::COPY_TO).bind(name.to_owned()).execute(writer).await;
        copied.map_err(|error| failed(&error))?;
        let on_disk = std::fs::File::open(&unfinished).and_then(|file| file.sync_all());
        on_disk.and_then(|()| std::fs::rename(&unfinished, path)).map_err(|error| failed(&error))
    }
}
