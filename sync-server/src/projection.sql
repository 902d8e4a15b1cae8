-- Rows made from the records: what lists and searches read. Disposable: made anew by `reindex`, and
-- whenever their layout changes.
CREATE TABLE IF NOT EXISTS projection (
    only     INTEGER PRIMARY KEY CHECK (only = 1),
    layout     INTEGER NOT NULL,
    -- Another number whenever the rows are made anew: case numbers are given anew, too.
    generation INTEGER NOT NULL,
    position   INTEGER NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS case_row (
    -- Order of arrival at the office. Never given twice, whatever was purged.
    n           INTEGER PRIMARY KEY AUTOINCREMENT,
    case_id     BLOB NOT NULL UNIQUE,
    reference   TEXT NOT NULL,
    kind        TEXT NOT NULL,
    -- Of an appeal its status, of a person whereabouts.
    status      TEXT NOT NULL,
    category    TEXT NOT NULL,
    programme   TEXT NOT NULL,
    language    TEXT NOT NULL,
    station     TEXT NOT NULL,
    scope       TEXT NOT NULL,
    kato        TEXT NOT NULL,
    assignee    TEXT NOT NULL,
    -- The day that the person was told, YYYY-MM-DD, or empty.
    due         TEXT NOT NULL,
    -- What an appeal is by law, and when it was handed in: the term follows from them.
    procedure   TEXT NOT NULL,
    handed_in   INTEGER NOT NULL,
    -- Where they stay, by what they came or go, which way, when.
    site        TEXT NOT NULL,
    journey     TEXT NOT NULL,
    direction   TEXT NOT NULL,
    moved       INTEGER NOT NULL,
    -- When it was decided; 0 where it is not.
    decided     INTEGER NOT NULL,
    child_alone INTEGER NOT NULL,
    conflicts   INTEGER NOT NULL,
    -- Cases that kiosks suggested to be of the same person or household.
    suggested   INTEGER NOT NULL,
    -- The name, surname first, and the bytes that sort it as Kazakh does.
    person      TEXT NOT NULL,
    sort        BLOB NOT NULL,
    -- Those it is about, as JSON: what is compared and counted of each.
    people      TEXT NOT NULL,
    -- The ids of the cases that staff found to be of the same people.
    same        TEXT NOT NULL,
    -- A bit for each of them whom another case counts already.
    repeats     INTEGER NOT NULL DEFAULT 0,
    -- The same, where all that there are are counted together.
    repeats_among INTEGER NOT NULL DEFAULT 0,
    -- All names in it, folded: what is in `case_text` cannot be read again.
    names       TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    changed_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS case_row_by_reference ON case_row (reference);
CREATE INDEX IF NOT EXISTS case_row_by_name ON case_row (sort, n);

-- Names folded, words folded, numbers and days of birth (`b19850302`): for search across spellings. The row's number is the case's.
CREATE VIRTUAL TABLE IF NOT EXISTS case_text USING fts5 (
    names, words, numbers, content = '', contentless_delete = 1, prefix = '2 3'
);

-- Every name that occurs, folded, under itself and under itself without any one letter: two that
-- share a key are a slip apart.
CREATE TABLE IF NOT EXISTS name_near (
    key  TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (key, name)
) STRICT, WITHOUT ROWID;

-- What people of different cases may share, hashed: an IIN, a telephone, a name with the day of birth.
CREATE TABLE IF NOT EXISTS alike_key (
    key INTEGER NOT NULL,
    n   INTEGER NOT NULL,
    PRIMARY KEY (key, n)
) STRICT, WITHOUT ROWID;

-- Cases of which somebody is strongly like somebody of another, both ways, until staff compared them.
CREATE TABLE IF NOT EXISTS alike (
    one   INTEGER NOT NULL,
    other INTEGER NOT NULL,
    PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;
