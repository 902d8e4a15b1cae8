//! When each kiosk was last in contact, what it said of itself then, and what the office calls it.
//!
//! In memory for every page, in a table for the time after a restart. Proves nothing: a kiosk says of
//! itself what it likes.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use beket_record::Author;
use beket_store::{Store, StoreError};
use rusqlite::params;

/// A kiosk's last contact is written down once in so many seconds.
const WRITTEN_EVERY: u64 = 60;
/// A kiosk that said nothing for so many seconds is silent.
pub(crate) const SILENT_SECONDS: u64 = 15 * 60;
/// Of its version so many characters are kept.
const MOST_CHARS: usize = 40;

/// What a kiosk said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Contact {
    /// Seconds since 1970 by the office's clock.
    pub(crate) at: u64,
    /// How far its clock was ahead, in seconds.
    pub(crate) skew: i64,
    pub(crate) software: String,
    /// Records that it had not sent yet.
    pub(crate) waiting: u64,
    /// Bytes left on its disk.
    pub(crate) disk_left: Option<u64>,
}

impl Contact {
    /// Whether it is silent by now.
    pub(crate) fn is_silent(&self, now: u64) -> bool {
        now.saturating_sub(self.at) > SILENT_SECONDS
    }
}

/// Of every kiosk.
#[derive(Debug, Default)]
pub(crate) struct Contacts {
    /// Each with when it was written down.
    known: Mutex<BTreeMap<Author, (Contact, u64)>>,
}

impl Contacts {
    /// What was written down.
    pub(crate) fn load(store: &mut Store) -> Result<Self, StoreError> {
        let connection = store.connection();
        connection.execute_batch(
            "CREATE TABLE IF NOT EXISTS contact (
                device    BLOB PRIMARY KEY,
                at        INTEGER NOT NULL,
                skew      INTEGER NOT NULL,
                software  TEXT NOT NULL,
                waiting   INTEGER NOT NULL,
                disk_left INTEGER
            ) STRICT, WITHOUT ROWID;
            -- What staff call a kiosk.
            CREATE TABLE IF NOT EXISTS kiosk_label (
                device BLOB PRIMARY KEY,
                label  TEXT NOT NULL
            ) STRICT, WITHOUT ROWID",
        )?;
        let mut query = connection
            .prepare("SELECT device, at, skew, software, waiting, disk_left FROM contact")?;
        let rows = query.query_map([], |row| {
            let number = |at| row.get::<_, i64>(at).map(i64::cast_unsigned);
            let contact = Contact {
                at: number(1)?,
                skew: row.get(2)?,
                software: row.get(3)?,
                waiting: number(4)?,
                disk_left: row.get::<_, Option<i64>>(5)?.map(i64::cast_unsigned),
            };
            Ok((row.get::<_, [u8; 32]>(0)?, contact))
        })?;
        let mut known = BTreeMap::new();
        for row in rows {
            let (device, contact) = row?;
            let at = contact.at;
            known.insert(Author::from_bytes(device), (contact, at));
        }
        Ok(Self { known: Mutex::new(known) })
    }

    /// Takes in what a kiosk says; whether it is time to write it down.
    pub(crate) fn note(&self, device: Author, mut contact: Contact) -> Option<Contact> {
        contact.software = contact.software.chars().take(MOST_CHARS).collect();
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let written = known.get(&device).map_or(0, |(_, written)| *written);
        let due = contact.at.saturating_sub(written) >= WRITTEN_EVERY;
        let at = if due { contact.at } else { written };
        known.insert(device, (contact.clone(), at));
        due.then_some(contact)
    }

    /// Of every kiosk that ever was in contact.
    pub(crate) fn all(&self) -> BTreeMap<Author, Contact> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.iter().map(|(device, (contact, _))| (*device, contact.clone())).collect()
    }
}

/// Writes a contact down.
pub(crate) fn write(store: &mut Store, device: &Author, it: &Contact) -> Result<(), StoreError> {
    let number = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    store.connection().execute(
        "INSERT OR REPLACE INTO contact (device, at, skew, software, waiting, disk_left)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            device.as_bytes(),
            number(it.at),
            it.skew,
            it.software,
            number(it.waiting),
            it.disk_left.map(number)
        ],
    )?;
    Ok(())
}

/// What staff call each kiosk.
pub(crate) fn labels(store: &mut Store) -> Result<BTreeMap<Author, String>, StoreError> {
    let mut query = store.connection().prepare_cached("SELECT device, label FROM kiosk_label")?;
    let rows = query.query_map([], |row| Ok((row.get::<_, [u8; 32]>(0)?, row.get(1)?)))?;
    let mut labels = BTreeMap::new();
    for row in rows {
        let (device, label) = row?;
        labels.insert(Author::from_bytes(device), label);
    }
    Ok(labels)
}

/// Calls a kiosk something.
pub(crate) fn label(store: &mut Store, device: &Author, label: &str) -> Result<(), StoreError> {
    let put = "INSERT OR REPLACE INTO kiosk_label (device, label) VALUES (?1, ?2)";
    store.connection().execute(put, params![device.as_bytes(), label])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_contact_outlives_a_restart_and_is_not_written_every_second() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(&folder.path().join("office.db")).unwrap();
        let device = Author::from_bytes([7; 32]);
        let said = |at| Contact {
            at,
            skew: -3_600,
            software: "ж".repeat(100),
            waiting: u64::MAX,
            disk_left: Some(5),
        };
        let contacts = Contacts::load(&mut store).unwrap();
        let due = contacts.note(device, said(1_000)).unwrap();
        write(&mut store, &device, &due).unwrap();
        assert_eq!(contacts.note(device, said(1_030)), None);
        assert_eq!(contacts.all()[&device].at, 1_030);
        assert!(contacts.note(device, said(1_060)).is_some());
        let again = Contacts::load(&mut store).unwrap().all();
        assert_eq!((again[&device].at, again[&device].skew), (1_000, -3_600));
        assert_eq!(again[&device].software.chars().count(), MOST_CHARS);
        assert!(!again[&device].is_silent(1_900) && again[&device].is_silent(1_901));
    }
}
