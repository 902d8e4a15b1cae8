-- Every record that this replica holds, as it came.
CREATE TABLE record (
    -- Order of arrival. Never given twice, whatever was purged.
    row     INTEGER PRIMARY KEY AUTOINCREMENT,
    id      BLOB NOT NULL UNIQUE,
    -- The set it belongs to by its clear bytes and the directory: 'd', 'p', 'r', 's:CODE', 'h:CODE'.
    shelf   TEXT NOT NULL,
    -- Order in which it came to count; NULL while it is held. Once given, it stays.
    feed    INTEGER UNIQUE,
    part    INTEGER NOT NULL,
    lane    INTEGER NOT NULL,
    scope   TEXT NOT NULL,
    case_id BLOB NOT NULL,
    author  BLOB NOT NULL,
    made    INTEGER NOT NULL,
    came    INTEGER NOT NULL,
    -- The receipt that covers it, where it is known to be at the centre.
    receipt INTEGER REFERENCES receipt (row),
    bytes   BLOB NOT NULL,
    -- First 8 bytes of BLAKE3 over `bytes`: the id leaves the signature out, and disks rot.
    sum     INTEGER NOT NULL
) STRICT;
CREATE INDEX record_by_shelf ON record (shelf, made, id);
CREATE INDEX record_by_case ON record (case_id);
-- All that a judgement depends on, and where it led.
CREATE INDEX record_by_judgement ON record (author, part, scope, shelf);
-- What waits, as it is sent; counted by shelf without the table itself.
CREATE INDEX record_unreceipted ON record (lane, row, shelf) WHERE receipt IS NULL;

-- The last number given in the order of counting: a purge must not free it for another record.
CREATE TABLE feed (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    last INTEGER NOT NULL
) STRICT;
INSERT INTO feed (only, last) VALUES (1, 0);

-- Records that left their set, refused or damaged, each with its reason.
CREATE TABLE refused (
    id      BLOB PRIMARY KEY,
    case_id BLOB NOT NULL,
    reason  TEXT NOT NULL,
    at      INTEGER NOT NULL,
    bytes   BLOB NOT NULL
) STRICT;
CREATE INDEX refused_by_case ON refused (case_id);

-- The office's signed word on a batch of ids, 32 bytes each, in the order it was signed.
CREATE TABLE receipt (
    row       INTEGER PRIMARY KEY,
    at        INTEGER NOT NULL,
    signature BLOB NOT NULL,
    ids       BLOB NOT NULL
) STRICT;

-- Reference numbers given out here. An alias, not an identity: one may stand for two cases.
CREATE TABLE label (
    reference TEXT NOT NULL,
    case_id   BLOB NOT NULL,
    PRIMARY KEY (reference, case_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX label_by_case ON label (case_id);

CREATE TABLE setting (
    key   TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;
