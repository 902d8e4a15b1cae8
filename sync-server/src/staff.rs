//! Staff accounts and their sessions, in tables beside the records.
//!
//! Keeps no password and no cookie, only what they hash to.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use beket_store::{Store, StoreError};
use data_encoding::HEXLOWER;
use rand::Rng;
use rusqlite::{OptionalExtension, params};
use thiserror::Error;

use crate::app::rng;
use crate::roles::{Action, Role};

/// How long a session lasts, in seconds: one long shift.
pub(crate) const SESSION_SECONDS: u64 = 12 * 60 * 60;

/// Why a password could not be hashed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("The password could not be hashed; nothing was changed")]
pub(crate) struct HashError;

/// Makes the tables where they are missing.
pub(crate) fn prepare(store: &mut Store) -> Result<(), StoreError> {
    let connection = store.connection();
    connection.execute_batch(include_str!("staff.sql"))?;
    // Accounts from before there were roles did everything.
    let roles = "SELECT 1 FROM pragma_table_info('staff') WHERE name = 'role'";
    if !connection.prepare(roles)?.exists([])? {
        let add = "ALTER TABLE staff ADD COLUMN role TEXT NOT NULL DEFAULT 'administrator'";
        connection.execute_batch(add)?;
    }
    Ok(())
}

/// Hashes a password with a salt of its own.
pub(crate) fn hash(password: &str) -> Result<String, HashError> {
    let hash = Argon2::default().hash_password(password.as_bytes()).map_err(|_| HashError)?;
    Ok(hash.to_string())
}

/// Adds an account.
pub(crate) fn add(store: &mut Store, name: &str, hash: &str, role: Role) -> Result<(), StoreError> {
    let add = "INSERT INTO staff (name, password, role) VALUES (?1, ?2, ?3)";
    store.connection().execute(add, params![name, hash, role.word()])?;
    Ok(())
}

/// Every account and its role's word, by name.
pub(crate) fn accounts(store: &mut Store) -> Result<Vec<(String, String)>, StoreError> {
    let mut query =
        store.connection().prepare_cached("SELECT name, role FROM staff ORDER BY name")?;
    let accounts = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(accounts.collect::<Result<_, _>>()?)
}

/// Everybody to whom a case can be given: who may work on it, by name.
pub(crate) fn names(store: &mut Store) -> Result<Vec<String>, StoreError> {
    let works = |role: &str| Role::of(role).is_some_and(|role| role.may(Action::Work));
    let all = accounts(store)?.into_iter().filter(|(_, role)| works(role));
    Ok(all.map(|(name, _)| name).collect())
}

/// Signs in: the cookie's secret, or `None` where name and password don't go together. Takes as
/// long for a name that nobody has.
pub(crate) fn sign_in(
    store: &mut Store,
    name: &str,
    password: &str,
    now: u64,
) -> Result<Option<String>, StoreError> {
    let query = "SELECT password FROM staff WHERE name = ?1";
    let connection = store.connection();
    let known: Option<String> = connection.query_row(query, [name], |row| row.get(0)).optional()?;
    if !verify(password, known.as_deref()) {
        return Ok(None);
    }
    let mut secret = [0_u8; 32];
    rng().fill_bytes(&mut secret);
    let secret = HEXLOWER.encode(&secret);
    let tx = connection.transaction()?;
    tx.execute("DELETE FROM session WHERE expires < ?1", [now.cast_signed()])?;
    tx.execute(
        "INSERT INTO session (token, staff, expires) VALUES (?1, ?2, ?3)",
        params![token(&secret), name, (now + SESSION_SECONDS).cast_signed()],
    )?;
    tx.commit()?;
    Ok(Some(secret))
}

fn verify(password: &str, known: Option<&str>) -> bool {
    // A hash of no password that anyone could have.
    const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5bm9ib2R5bm9i\
                          $AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    let Ok(hash) = PasswordHash::new(known.unwrap_or(NOBODY)) else { return false };
    Argon2::default().verify_password(password.as_bytes(), &hash).is_ok() && known.is_some()
}

/// Whose session a cookie's secret opens, if it still does, and their role. A role that this
/// version does not know may do nothing.
pub(crate) fn whose(
    store: &mut Store,
    secret: &str,
    now: u64,
) -> Result<Option<(String, Role)>, StoreError> {
    let query =
        "SELECT staff.name, staff.role FROM session JOIN staff ON staff.name = session.staff
                 WHERE token = ?1 AND expires >= ?2";
    let connection = store.connection();
    let mut query = connection.prepare_cached(query)?;
    let who = query.query_row(params![token(secret), now.cast_signed()], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
    });
    Ok(who.optional()?.and_then(|(name, role)| Some((name, Role::of(&role)?))))
}

/// Ends a session.
pub(crate) fn sign_out(store: &mut Store, secret: &str) -> Result<(), StoreError> {
    store.connection().execute("DELETE FROM session WHERE token = ?1", [token(secret)])?;
    Ok(())
}

fn token(secret: &str) -> Vec<u8> {
    blake3::hash(secret.as_bytes()).as_bytes().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_from_before_there_were_roles_does_everything() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(&folder.path().join("office.db")).unwrap();
        let old = "CREATE TABLE staff (name TEXT PRIMARY KEY, password TEXT NOT NULL) STRICT;
                   INSERT INTO staff VALUES ('admin', 'x');";
        store.connection().execute_batch(old).unwrap();
        prepare(&mut store).unwrap();
        prepare(&mut store).unwrap();
        let all = accounts(&mut store).unwrap();
        assert_eq!(all, [("admin".to_owned(), "administrator".to_owned())]);
    }

    #[test]
    fn only_name_and_password_together_open_a_session_and_only_for_its_time() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(&folder.path().join("office.db")).unwrap();
        prepare(&mut store).unwrap();
        add(&mut store, "admin", &hash("бес жұлдыз").unwrap(), Role::Auditor).unwrap();
        assert_eq!(sign_in(&mut store, "admin", "бес", 100).unwrap(), None);
        assert_eq!(sign_in(&mut store, "nobody", "бес жұлдыз", 100).unwrap(), None);

        let secret = sign_in(&mut store, "admin", "бес жұлдыз", 100).unwrap().unwrap();
        let last = 100 + SESSION_SECONDS;
        assert_eq!(
            whose(&mut store, &secret, last).unwrap(),
            Some(("admin".to_owned(), Role::Auditor))
        );
        assert_eq!(whose(&mut store, &secret, last + 1).unwrap(), None);
        assert_eq!(whose(&mut store, "other", 100).unwrap(), None);
        sign_out(&mut store, &secret).unwrap();
        assert_eq!(whose(&mut store, &secret, 100).unwrap(), None);
    }
}
