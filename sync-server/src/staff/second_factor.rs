//! The second factor: a code from a telephone, good for half a minute and only once (RFC 6238).

use beket_store::{Store, StoreError};
use data_encoding::BASE32_NOPAD;
use rand::Rng as _;
use rusqlite::{OptionalExtension, params};
use totp_rs::{Builder, Totp};

use crate::app::rng;

/// Bytes of a secret.
const SECRET_BYTES: usize = 20;

/// A new secret, as telephones take it.
pub(crate) fn new_secret() -> String {
    let mut bytes = [0; SECRET_BYTES];
    rng().fill_bytes(&mut bytes);
    BASE32_NOPAD.encode(&bytes)
}

/// What a telephone scans.
pub(crate) fn address(secret: &str, name: &str) -> Option<String> {
    totp(secret, name)?.to_url().ok()
}

/// The step whose code this is, if it is one of this moment's.
pub(crate) fn step(secret: &str, code: &str, now: u64) -> Option<u64> {
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    totp(secret, "beket")?.check(&code, now)
}

fn totp(secret: &str, name: &str) -> Option<Totp> {
    let bytes = BASE32_NOPAD.decode(secret.as_bytes()).ok()?;
    // A colon would end the name.
    let name = name.replace(':', " ");
    let built =
        Builder::new().with_secret(bytes).with_account_name(name).with_issuer(Some("Beket"));
    built.build().ok()
}

/// The secret of an account, and the step of the last code that it took.
pub(super) fn of(store: &mut Store, name: &str) -> Result<Option<(String, u64)>, StoreError> {
    let query = "SELECT totp, totp_step FROM staff WHERE name = ?1 AND totp IS NOT NULL";
    let found = store
        .connection()
        .query_row(query, [name], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.cast_unsigned())));
    Ok(found.optional()?)
}

/// Whether an account asks for a code.
pub(crate) fn is_set(store: &mut Store, name: &str) -> Result<bool, StoreError> {
    Ok(of(store, name)?.is_some())
}

/// Sets an account's secret, or takes it away.
pub(crate) fn set(store: &mut Store, name: &str, secret: Option<&str>) -> Result<(), StoreError> {
    let put = "UPDATE staff SET totp = ?2, totp_step = 0 WHERE name = ?1";
    store.connection().execute(put, params![name, secret])?;
    Ok(())
}

/// Sets the secret of an account that had none, once a code of it was typed.
pub(crate) fn begin(
    store: &mut Store,
    name: &str,
    secret: &str,
    code: &str,
    now: u64,
) -> Result<bool, StoreError> {
    if is_set(store, name)? || step(secret, code, now).is_none() {
        return Ok(false);
    }
    set(store, name, Some(secret))?;
    spend(store, name, &(secret.to_owned(), 0), code, now)
}

/// Takes the secret away from whoever still has the telephone. A wrong code is one more guess.
pub(crate) fn end(store: &mut Store, name: &str, code: &str, now: u64) -> Result<bool, StoreError> {
    let Some(second) = of(store, name)? else { return Ok(true) };
    if !spend(store, name, &second, code, now)? {
        super::lockout::failed(store.connection(), name, now)?;
        return Ok(false);
    }
    set(store, name, None)?;
    Ok(true)
}

/// Takes a code, once.
pub(super) fn spend(
    store: &mut Store,
    name: &str,
    (secret, last): &(String, u64),
    code: &str,
    now: u64,
) -> Result<bool, StoreError> {
    let Some(step) = step(secret, code, now).filter(|step| step > last) else { return Ok(false) };
    let put = "UPDATE staff SET totp_step = ?2 WHERE name = ?1 AND totp_step < ?2";
    Ok(store.connection().execute(put, params![name, step.cast_signed()])? == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_good_around_its_half_minute_and_a_secret_can_be_scanned() {
        // RFC 6238, appendix B: SHA-1, the secret "12345678901234567890", at 59 s: 94287082.
        let secret = BASE32_NOPAD.encode(b"12345678901234567890");
        assert!(step(&secret, "287 082", 59).is_some());
        assert!(step(&secret, "287082", 59 + 120).is_none());
        assert!(step(&secret, "", 59).is_none() && step("!", "287082", 59).is_none());
        let address = address(&new_secret(), "Айгүл: бас").unwrap();
        assert!(address.starts_with("otpauth://totp/Beket:"), "{address}");
    }
}
