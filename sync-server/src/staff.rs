//! Staff accounts and their sessions, in tables beside the records.
//!
//! Keeps no password and no cookie, only what they hash to.

mod accounts;
mod lockout;
pub(crate) mod second_factor;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use beket_store::{Store, StoreError};
use data_encoding::HEXLOWER;
use rand::Rng;
use rusqlite::{Connection, OptionalExtension, params};
use thiserror::Error;

use crate::app::rng;
use crate::auth::Staff;
use crate::roles::{Action, Role};
pub(crate) use accounts::{Account, all, set_role};

/// How long a session lasts, in seconds: one long shift.
pub(crate) const SESSION_SECONDS: u64 = 12 * 60 * 60;

/// Why a password could not be hashed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("The password could not be hashed; nothing was changed")]
pub(crate) struct HashError;

/// Why something was not done about an account.
#[derive(Debug, Error)]
pub(crate) enum AccountError {
    /// No password was looked at or kept.
    #[error(transparent)]
    Hash(#[from] HashError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Makes the tables where they are missing.
pub(crate) fn prepare(store: &mut Store) -> Result<(), StoreError> {
    let connection = store.connection();
    connection.execute_batch(include_str!("staff.sql"))?;
    for (column, declared) in [
        // Accounts from before there were roles did everything.
        ("role", "TEXT NOT NULL DEFAULT 'administrator'"),
        ("closed", "INTEGER NOT NULL DEFAULT 0"),
        // A secret in base 32, and the step of the last code that was taken.
        ("totp", "TEXT"),
        ("totp_step", "INTEGER NOT NULL DEFAULT 0"),
        // Whether the password is one that somebody else made in the console, and knows.
        ("given", "INTEGER NOT NULL DEFAULT 0"),
    ] {
        let known = "SELECT 1 FROM pragma_table_info('staff') WHERE name = ?1";
        if !connection.prepare(known)?.exists([column])? {
            connection
                .execute_batch(&format!("ALTER TABLE staff ADD COLUMN {column} {declared}"))?;
        }
    }
    Ok(())
}

/// Hashes a password with a salt of its own.
pub(crate) fn hash(password: &str) -> Result<String, HashError> {
    let hash = Argon2::default().hash_password(password.as_bytes()).map_err(|_| HashError)?;
    Ok(hash.to_string())
}

/// 20 characters that are hard to confuse: 100 bits.
pub(crate) fn random_password() -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let mut bytes = [0_u8; 20];
    rng().fill_bytes(&mut bytes);
    bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect()
}

/// Adds an account.
pub(crate) fn add(
    store: &mut Store,
    name: &str,
    (hash, whose): (&str, Password),
    role: Role,
) -> Result<(), StoreError> {
    let add = "INSERT INTO staff (name, password, role, given) VALUES (?1, ?2, ?3, ?4)";
    let given = whose == Password::Given;
    store.connection().execute(add, params![name, hash, role.word(), given])?;
    Ok(())
}

/// Every account that is open, and its role's word, by name.
pub(crate) fn accounts(store: &mut Store) -> Result<Vec<(String, String)>, StoreError> {
    let mut query = store
        .connection()
        .prepare_cached("SELECT name, role FROM staff WHERE NOT closed ORDER BY name")?;
    let accounts = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(accounts.collect::<Result<_, _>>()?)
}

/// Everybody to whom a case can be given: who may work on it, by name.
pub(crate) fn names(store: &mut Store) -> Result<Vec<String>, StoreError> {
    let works = |role: &str| Role::of(role).is_some_and(|role| role.may(Action::Work));
    let all = accounts(store)?.into_iter().filter(|(_, role)| works(role));
    Ok(all.map(|(name, _)| name).collect())
}

/// What became of signing in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SignIn {
    /// The secret of the session's cookie.
    In(String),
    /// Name, password and code don't go together.
    Wrong,
    /// Too many were wrong; until when, in seconds since 1970.
    Locked(u64),
    /// A code from the telephone belongs to it.
    CodeNeeded,
}

/// Signs in. Takes as long for a name that nobody has, and locks it out alike.
pub(crate) fn sign_in(
    store: &mut Store,
    name: &str,
    password: &str,
    code: &str,
    now: u64,
) -> Result<SignIn, StoreError> {
    match check(store, name, password, now)? {
        Checked::Right => {}
        Checked::Wrong => return Ok(SignIn::Wrong),
        Checked::Locked(until) => return Ok(SignIn::Locked(until)),
    }
    if let Some(second) = second_factor::of(store, name)? {
        if code.trim().is_empty() {
            return Ok(SignIn::CodeNeeded);
        }
        if !second_factor::spend(store, name, &second, code, now)? {
            lockout::failed(store.connection(), name, now)?;
            return Ok(SignIn::Wrong);
        }
    }
    lockout::forget(store.connection(), name)?;
    Ok(SignIn::In(new_session(store, name, now)?))
}

/// Always a new one: a cookie that somebody else had put there opens nothing.
fn new_session(store: &mut Store, name: &str, now: u64) -> Result<String, StoreError> {
    let mut secret = [0_u8; 32];
    rng().fill_bytes(&mut secret);
    let secret = HEXLOWER.encode(&secret);
    let tx = store.connection().transaction()?;
    tx.execute("DELETE FROM session WHERE expires < ?1", [now.cast_signed()])?;
    tx.execute(
        "INSERT INTO session (token, staff, expires) VALUES (?1, ?2, ?3)",
        params![token(&secret), name, (now + SESSION_SECONDS).cast_signed()],
    )?;
    tx.commit()?;
    Ok(secret)
}

/// Whether a password was right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Checked {
    Right,
    Wrong,
    /// Too many were wrong; until when, in seconds since 1970.
    Locked(u64),
}

/// Compares a password with an account's. Whoever guesses must wait, at the door and inside.
pub(crate) fn check(
    store: &mut Store,
    name: &str,
    password: &str,
    now: u64,
) -> Result<Checked, StoreError> {
    let connection = store.connection();
    if let Some(until) = lockout::locked(connection, name, now)? {
        return Ok(Checked::Locked(until));
    }
    let query = "SELECT password FROM staff WHERE name = ?1 AND NOT closed";
    let known: Option<String> = connection.query_row(query, [name], |row| row.get(0)).optional()?;
    if verify(password, known.as_deref()) {
        return Ok(Checked::Right);
    }
    lockout::failed(connection, name, now)?;
    Ok(Checked::Wrong)
}

/// Ends all sessions of an account but the one of `keep`; what was wrong before is forgotten.
pub(crate) fn end_others(
    connection: &Connection,
    name: &str,
    keep: Option<&str>,
) -> Result<(), StoreError> {
    let keep = keep.map(token).unwrap_or_default();
    connection
        .execute("DELETE FROM session WHERE staff = ?1 AND token <> ?2", params![name, keep])?;
    lockout::forget(connection, name)
}

/// Whose word a password is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Password {
    /// Whoever looks after accounts made it and knows it: it opens nothing but the way to another.
    Given,
    /// Its owner chose it, or had it from whoever has the server itself.
    Own,
}

/// Gives an account another password; all its sessions end but the one of `keep`.
pub(crate) fn set_password(
    store: &mut Store,
    name: &str,
    (hash, whose): (&str, Password),
    keep: Option<&str>,
) -> Result<(), StoreError> {
    let tx = store.connection().transaction()?;
    let set = "UPDATE staff SET password = ?2, given = ?3 WHERE name = ?1";
    tx.execute(set, params![name, hash, whose == Password::Given])?;
    end_others(&tx, name, keep)?;
    Ok(tx.commit()?)
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
) -> Result<Option<Staff>, StoreError> {
    let query =
        "SELECT staff.name, staff.role, given FROM session JOIN staff ON staff.name = session.staff
                 WHERE token = ?1 AND expires >= ?2 AND NOT closed";
    let connection = store.connection();
    let mut query = connection.prepare_cached(query)?;
    let who = query.query_row(params![token(secret), now.cast_signed()], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get(2)?))
    });
    let staff = |(name, role, must_choose): (String, String, bool)| {
        Some(Staff { name, role: Role::of(&role)?, must_choose })
    };
    Ok(who.optional()?.and_then(staff))
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
mod inside;

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
        add(&mut store, "admin", (&hash("бес жұлдыз").unwrap(), Password::Own), Role::Auditor)
            .unwrap();
        let mut try_in =
            |name, password, now| sign_in(&mut store, name, password, "", now).unwrap();
        assert_eq!(try_in("admin", "бес", 100), SignIn::Wrong);
        assert_eq!(try_in("nobody", "бес жұлдыз", 100), SignIn::Wrong);
        let SignIn::In(secret) = try_in("admin", "бес жұлдыз", 100) else {
            panic!("not in")
        };
        let last = 100 + SESSION_SECONDS;
        assert_eq!(
            whose(&mut store, &secret, last).unwrap(),
            Some(Staff { name: "admin".to_owned(), role: Role::Auditor, must_choose: false })
        );
        assert_eq!(whose(&mut store, &secret, last + 1).unwrap(), None);
        assert_eq!(whose(&mut store, "other", 100).unwrap(), None);
        sign_out(&mut store, &secret).unwrap();
        assert_eq!(whose(&mut store, &secret, 100).unwrap(), None);
    }

    fn office(name: &str) -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(&folder.path().join("office.db")).unwrap();
        prepare(&mut store).unwrap();
        add(&mut store, name, (&hash("құпия").unwrap(), Password::Own), Role::Administrator)
            .unwrap();
        (folder, store)
    }

    #[test]
    fn whoever_guesses_is_locked_out_whether_somebody_has_the_name_or_not() {
        let (_folder, mut store) = office("admin");
        for name in ["admin", "nobody"] {
            for _ in 0..5 {
                assert_eq!(sign_in(&mut store, name, "x", "", 100).unwrap(), SignIn::Wrong);
            }
            let right = sign_in(&mut store, name, "құпия", "", 159).unwrap();
            assert_eq!(right, SignIn::Locked(160), "{name}");
        }
        assert!(matches!(sign_in(&mut store, "admin", "құпия", "", 160).unwrap(), SignIn::In(_)));
        assert_eq!(sign_in(&mut store, "admin", "x", "", 161).unwrap(), SignIn::Wrong);
        assert!(matches!(sign_in(&mut store, "admin", "құпия", "", 161).unwrap(), SignIn::In(_)));
    }

    #[test]
    fn a_code_is_asked_for_and_taken_once() {
        let (_folder, mut store) = office("admin");
        // RFC 6238, appendix B: at 59 s the code is 287082.
        let secret = data_encoding::BASE32_NOPAD.encode(b"12345678901234567890");
        second_factor::set(&mut store, "admin", Some(&secret)).unwrap();
        let mut with = |code| sign_in(&mut store, "admin", "құпия", code, 59).unwrap();
        assert_eq!(with(""), SignIn::CodeNeeded);
        assert_eq!(with("000000"), SignIn::Wrong);
        assert!(matches!(with("287082"), SignIn::In(_)));
        assert_eq!(with("287082"), SignIn::Wrong, "nobody who looked over a shoulder gets in");
    }

    #[test]
    fn somebody_is_always_left_to_look_after_accounts() {
        let (_folder, mut store) = office("admin");
        add(&mut store, "Дана", ("x", Password::Own), Role::Operator).unwrap();
        assert!(!set_role(&mut store, "admin", Role::Operator, false).unwrap());
        assert!(!set_role(&mut store, "admin", Role::Administrator, true).unwrap());
        assert!(set_role(&mut store, "Дана", Role::Administrator, false).unwrap());
        let SignIn::In(secret) = sign_in(&mut store, "admin", "құпия", "", 100).unwrap()
        else {
            panic!("not in")
        };
        assert!(set_role(&mut store, "admin", Role::Operator, true).unwrap());
        assert_eq!(
            whose(&mut store, &secret, 100).unwrap(),
            None,
            "a closed account is out at once"
        );
        assert_eq!(sign_in(&mut store, "admin", "құпия", "", 100).unwrap(), SignIn::Wrong);
    }

    #[test]
    fn another_password_ends_all_other_sessions() {
        let (_folder, mut store) = office("admin");
        let mut enter = || match sign_in(&mut store, "admin", "құпия", "", 100).unwrap() {
            SignIn::In(secret) => secret,
            other => panic!("{other:?}"),
        };
        let (mine, stolen) = (enter(), enter());
        set_password(&mut store, "admin", (&hash("жаңа").unwrap(), Password::Own), Some(&mine))
            .unwrap();
        assert!(whose(&mut store, &mine, 100).unwrap().is_some());
        assert_eq!(whose(&mut store, &stolen, 100).unwrap(), None);
        assert_eq!(check(&mut store, "admin", "жаңа", 100).unwrap(), Checked::Right);
    }
}
