//! Accounts as those see them who look after them: role, closed or open.
//!
//! Refuses to leave nobody who looks after accounts.

use beket_store::{Store, StoreError};
use rusqlite::params;

use crate::roles::Role;

/// Gives an account another role, or closes it, or opens it again. `false` where that would leave
/// nobody to look after accounts.
pub(crate) fn set_role(
    store: &mut Store,
    name: &str,
    role: Role,
    closed: bool,
) -> Result<bool, StoreError> {
    let tx = store.connection().transaction()?;
    tx.execute(
        "UPDATE staff SET role = ?2, closed = ?3 WHERE name = ?1",
        params![name, role.word(), closed],
    )?;
    let left = "SELECT 1 FROM staff WHERE role = 'administrator' AND NOT closed";
    if !tx.prepare(left)?.exists([])? {
        return Ok(false);
    }
    if closed {
        tx.execute("DELETE FROM session WHERE staff = ?1", [name])?;
    }
    tx.commit()?;
    Ok(true)
}

/// An account as those see it who look after them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Account {
    pub(crate) name: String,
    pub(crate) role: String,
    pub(crate) closed: bool,
    /// Whether it asks for a code from a telephone.
    pub(crate) second: bool,
}

/// Every account, by name.
pub(crate) fn all(store: &mut Store) -> Result<Vec<Account>, StoreError> {
    let mut query = store
        .connection()
        .prepare_cached("SELECT name, role, closed, totp IS NOT NULL FROM staff ORDER BY name")?;
    let all = query.query_map([], |row| {
        let (name, role) = (row.get(0)?, row.get(1)?);
        Ok(Account { name, role, closed: row.get(2)?, second: row.get(3)? })
    })?;
    Ok(all.collect::<Result<_, _>>()?)
}
