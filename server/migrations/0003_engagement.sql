-- Applications for membership. What belongs to a person stands apart, so that it can be erased alone.
CREATE TABLE application (
    id TEXT NOT NULL PRIMARY KEY,
    organisation TEXT NOT NULL,
    kind TEXT NOT NULL,
    country TEXT NOT NULL,
    place TEXT,
    website TEXT,
    state TEXT NOT NULL CHECK (state IN ('RECEIVED', 'UNDER_REVIEW', 'ACCEPTED', 'DECLINED', 'WITHDRAWN')),
    received_at TEXT NOT NULL,
    decided_at TEXT,
    reason TEXT,
    member_id TEXT REFERENCES record (id)
);
CREATE INDEX application_by_time ON application (received_at);

CREATE TABLE applicant (
    application_id TEXT NOT NULL PRIMARY KEY REFERENCES application (id),
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    message TEXT,
    -- The words that were agreed to, and when.
    consent TEXT NOT NULL,
    consented_at TEXT NOT NULL,
    erase_after TEXT NOT NULL
);
CREATE INDEX applicant_by_end ON applicant (erase_after);

CREATE TABLE feedback (
    id TEXT NOT NULL PRIMARY KEY,
    member_id TEXT REFERENCES record (id),
    about TEXT,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    given_at TEXT NOT NULL
);
CREATE INDEX feedback_by_time ON feedback (given_at);

-- Which parties of a proposed partnership have agreed to it.
CREATE TABLE partnership_confirmation (
    partnership_id TEXT NOT NULL REFERENCES record (id),
    party BIGINT NOT NULL,
    who TEXT NOT NULL,
    confirmed_at TEXT NOT NULL,
    PRIMARY KEY (partnership_id, party)
);

-- What people decided about links between projects; the smaller id stands first.
CREATE TABLE link_decision (
    one TEXT NOT NULL,
    other TEXT NOT NULL,
    decision TEXT NOT NULL CHECK (decision IN ('CONFIRMED', 'REJECTED')),
    reason TEXT,
    decided_at TEXT NOT NULL,
    who TEXT NOT NULL,
    PRIMARY KEY (one, other),
    CHECK (one < other)
);

-- What a change brought that came with an id of its caller's, so that the same change sent again is not made again.
CREATE TABLE mutation_result (
    who TEXT NOT NULL,
    client_id TEXT NOT NULL,
    mutation TEXT NOT NULL,
    -- SHA-256 of the whole input.
    digest TEXT NOT NULL,
    subject TEXT NOT NULL,
    made_at TEXT NOT NULL,
    PRIMARY KEY (who, client_id)
);
CREATE INDEX mutation_result_by_time ON mutation_result (made_at);
