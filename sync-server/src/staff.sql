CREATE TABLE IF NOT EXISTS staff (
    name     TEXT PRIMARY KEY,
    -- Argon2id, as a PHC string.
    password TEXT NOT NULL,
    -- A word of `Role`.
    role     TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS session (
    -- BLAKE3 of the cookie: a copy of the database opens no session.
    token   BLOB PRIMARY KEY,
    staff   TEXT NOT NULL REFERENCES staff (name) ON DELETE CASCADE,
    expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- Of any name that was tried, whether somebody has it or not: who is locked out tells nothing.
CREATE TABLE IF NOT EXISTS sign_in_failure (
    name         TEXT PRIMARY KEY,
    failed       INTEGER NOT NULL,
    locked_until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
