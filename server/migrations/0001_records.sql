-- One text for SQLite and PostgreSQL: texts, whole numbers, and nothing that only one of them knows.
-- Instants are RFC 3339 in UTC, decimals are written out, and a record's body is JSON.

-- Counts the changes. Whoever writes takes the next number first, so that writers follow one another, and other
-- processes see by it that something is new.
CREATE TABLE change_counter (
    id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    number BIGINT NOT NULL
);
INSERT INTO change_counter (id, number) VALUES (1, 0);

CREATE TABLE record (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL
        CHECK (kind IN ('members', 'partnerships', 'events', 'principles', 'calls', 'needs', 'offers')),
    body TEXT NOT NULL,
    -- The body that the seed file had when it was last read; null for a record without one.
    seed TEXT,
    origin TEXT NOT NULL CHECK (origin IN ('SEED', 'IMPORT', 'API')),
    version BIGINT NOT NULL CHECK (version > 0),
    created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    -- Null as long as it is shown; nothing is ever deleted.
    removed_at TEXT
);

-- Which records a record names, so that the database itself refuses a name that leads nowhere.
CREATE TABLE record_reference (
    record_id TEXT NOT NULL REFERENCES record (id),
    field TEXT NOT NULL,
    target_id TEXT NOT NULL REFERENCES record (id),
    PRIMARY KEY (record_id, field, target_id)
);
CREATE INDEX record_reference_by_target ON record_reference (target_id);

-- Who changed what, and when. Lines are added and never changed.
CREATE TABLE audit (
    change BIGINT NOT NULL,
    position BIGINT NOT NULL,
    made_at TEXT NOT NULL,
    who TEXT NOT NULL,
    role TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    before TEXT,
    after TEXT,
    PRIMARY KEY (change, position)
);
CREATE INDEX audit_by_subject ON audit (subject);
