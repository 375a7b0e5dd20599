-- Who may do more than read. The token itself is nowhere: only its SHA-256 is kept.
CREATE TABLE token (
    id TEXT NOT NULL PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL CHECK (role IN ('MEMBER', 'EDITOR', 'ADMINISTRATOR')),
    -- Whose records it may change; null for those who may change any.
    member_id TEXT REFERENCES record (id),
    note TEXT,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    revoked_at TEXT,
    last_used_at TEXT,
    CHECK (role <> 'MEMBER' OR member_id IS NOT NULL)
);
