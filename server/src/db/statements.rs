//! Every statement that is ever sent, by the table it is about.

/// Statements with their names, and [`ALL`] of them for the test that prepares each on both engines.
macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident = $sql:literal;)*) => {
        $($(#[$doc])* pub(crate) const $name: &str = $sql;)*

        /// All of them.
        #[cfg(test)]
        pub(crate) const ALL: &[(&str, &str)] = &[$((stringify!($name), $sql)),*];
    };
}

statements! {
    /// The number of the last change.
    LAST_CHANGE = "SELECT number FROM change_counter WHERE id = 1";
    /// Takes the next number.
    NEXT_CHANGE = "UPDATE change_counter SET number = number + 1 WHERE id = 1 RETURNING number";

    /// Every record, the removed ones too.
    RECORDS = "SELECT id, kind, body, seed, origin, version, created_at, changed_at, removed_at FROM record ORDER BY id";
    /// One record.
    RECORD = "SELECT id, kind, body, seed, origin, version, created_at, changed_at, removed_at FROM record WHERE id = $1";
    /// A new record.
    ADD_RECORD = "INSERT INTO record (id, kind, body, seed, origin, version, created_at, changed_at, removed_at) \
        VALUES ($1, $2, $3, $4, $5, 1, $6, $6, $7)";
    /// A record changes; the version it had is named, so that no change is lost.
    CHANGE_RECORD = "UPDATE record SET body = $1, seed = $2, origin = $3, version = version + 1, changed_at = $4, \
        removed_at = $5 WHERE id = $6 AND version = $7";
    /// What a record names.
    ADD_REFERENCE = "INSERT INTO record_reference (record_id, field, target_id) VALUES ($1, $2, $3)";
    /// Takes away what a record named before.
    CLEAR_REFERENCES = "DELETE FROM record_reference WHERE record_id = $1";

    /// A line of the audit.
    ADD_AUDIT = "INSERT INTO audit (change, position, made_at, who, role, action, subject, before, after) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    /// The story of one thing, the oldest line first.
    AUDIT_OF = "SELECT change, position, made_at, who, role, action, subject, before, after FROM audit \
        WHERE subject = $1 ORDER BY change, position";
}

/// SQLite's own way to copy itself; PostgreSQL has a command for that.
pub(crate) const COPY_TO: &str = "VACUUM INTO $1";
