//! Every statement that is ever sent, by the table it is about.

/// Statements with their names, and `ALL` of them for the test that prepares each on both engines.
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

    /// Every application with its applicant, where there still is one; the newest first.
    APPLICATIONS = "SELECT a.id, a.organisation, a.kind, a.country, a.place, a.website, a.state, a.received_at, \
        a.decided_at, a.reason, a.member_id, p.name, p.email, p.message, p.consent, p.consented_at, p.erase_after \
        FROM application a LEFT JOIN applicant p ON p.application_id = a.id ORDER BY a.received_at DESC, a.id DESC";
    /// One application.
    APPLICATION = "SELECT a.id, a.organisation, a.kind, a.country, a.place, a.website, a.state, a.received_at, \
        a.decided_at, a.reason, a.member_id, p.name, p.email, p.message, p.consent, p.consented_at, p.erase_after \
        FROM application a LEFT JOIN applicant p ON p.application_id = a.id WHERE a.id = $1";
    /// A new application.
    ADD_APPLICATION = "INSERT INTO application (id, organisation, kind, country, place, website, state, received_at) \
        VALUES ($1, $2, $3, $4, $5, $6, 'RECEIVED', $7)";
    /// Who applies.
    ADD_APPLICANT = "INSERT INTO applicant (application_id, name, email, message, consent, consented_at, erase_after) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    /// An application is decided; the state it had is named, so that no decision is lost.
    DECIDE_APPLICATION = "UPDATE application SET state = $1, decided_at = $2, reason = $3, member_id = $4 \
        WHERE id = $5 AND state = $6";
    /// Erases who applied.
    ERASE_APPLICANT = "DELETE FROM applicant WHERE application_id = $1";
    /// Whose time is over.
    APPLICANTS_DUE = "SELECT application_id FROM applicant WHERE erase_after <= $1 ORDER BY application_id";

    /// Everything that was said, the newest first.
    FEEDBACK = "SELECT id, member_id, about, title, body, given_at FROM feedback ORDER BY given_at DESC, id DESC";
    /// One of it.
    FEEDBACK_OF = "SELECT id, member_id, about, title, body, given_at FROM feedback WHERE id = $1";
    /// Something is said.
    ADD_FEEDBACK = "INSERT INTO feedback (id, member_id, about, title, body, given_at) VALUES ($1, $2, $3, $4, $5, $6)";

    /// The parties that have agreed to a partnership.
    CONFIRMATIONS = "SELECT party FROM partnership_confirmation WHERE partnership_id = $1 ORDER BY party";
    /// A party agrees.
    ADD_CONFIRMATION = "INSERT INTO partnership_confirmation (partnership_id, party, who, confirmed_at) \
        VALUES ($1, $2, $3, $4) ON CONFLICT (partnership_id, party) DO NOTHING";

    /// Everything that was decided about links.
    LINK_DECISIONS = "SELECT one, other, decision FROM link_decision ORDER BY one, other";
    /// What was decided about one.
    LINK_DECISION = "SELECT decision FROM link_decision WHERE one = $1 AND other = $2";
    /// Takes a decision about a link back.
    CLEAR_LINK_DECISION = "DELETE FROM link_decision WHERE one = $1 AND other = $2";
    /// A decision about a link.
    ADD_LINK_DECISION = "INSERT INTO link_decision (one, other, decision, reason, decided_at, who) \
        VALUES ($1, $2, $3, $4, $5, $6)";

    /// What a change brought before.
    RESULT = "SELECT mutation, digest, subject FROM mutation_result WHERE who = $1 AND client_id = $2";
    /// What a change brought.
    ADD_RESULT = "INSERT INTO mutation_result (who, client_id, mutation, digest, subject, made_at) \
        VALUES ($1, $2, $3, $4, $5, $6)";
    /// Forgets what was long ago.
    FORGET_RESULTS = "DELETE FROM mutation_result WHERE made_at < $1";

    /// Every token, the oldest first.
    TOKENS = "SELECT id, role, member_id, note, created_at, expires_at, revoked_at, last_used_at FROM token \
        ORDER BY created_at, id";
    /// The token of a hash.
    TOKEN_BY_HASH = "SELECT id, role, member_id, note, created_at, expires_at, revoked_at, last_used_at FROM token \
        WHERE hash = $1";
    /// A new token.
    ADD_TOKEN = "INSERT INTO token (id, hash, role, member_id, note, created_at, expires_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    /// Takes a token back.
    REVOKE_TOKEN = "UPDATE token SET revoked_at = $1 WHERE id = $2 AND revoked_at IS NULL";
    /// Notes that a token was used.
    TOKEN_USED = "UPDATE token SET last_used_at = $1 WHERE id = $2";
}

/// SQLite's own way to copy itself; PostgreSQL has a command for that.
pub(crate) const COPY_TO: &str = "VACUUM INTO $1";
