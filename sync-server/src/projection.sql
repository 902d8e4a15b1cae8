-- Rows made from the records: what lists and searches read. Disposable: `reindex` makes them anew.
CREATE TABLE IF NOT EXISTS projection (
    only     INTEGER PRIMARY KEY CHECK (only = 1),
    position INTEGER NOT NULL
) STRICT;
INSERT INTO projection (only, position) VALUES (1, 0) ON CONFLICT DO NOTHING;

CREATE TABLE IF NOT EXISTS case_row (
    case_id     BLOB PRIMARY KEY,
    reference   TEXT NOT NULL,
    kind        TEXT NOT NULL,
    language    TEXT NOT NULL,
    child_alone INTEGER NOT NULL,
    scope       TEXT NOT NULL,
    station     TEXT NOT NULL,
    person      TEXT NOT NULL,
    -- IINs and phones of everybody in it, each between spaces.
    numbers     TEXT NOT NULL,
    -- Names and words folded, for search across spellings.
    folded      TEXT NOT NULL,
    status      TEXT NOT NULL,
    conflicts   INTEGER NOT NULL,
    unread      INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    changed_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS case_row_by_arrival ON case_row (received_at, case_id);
CREATE INDEX IF NOT EXISTS case_row_by_conflict ON case_row (received_at, case_id)
    WHERE conflicts > 0;
