//! What a worker keeps and counts for a screen: drafts, volunteers, how things stand.

use std::path::Path;

use beket_record::{RecipientSecret, Scope};
use beket_store::Write;
use rand::CryptoRng;
use zeroize::Zeroizing;

use super::Worker;
use crate::desk::Aside;
use crate::forms::scan;
use crate::{KioskError, Volunteer, safe};

const LAST_CONTACT: &str = "last-contact";

/// How many records are where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Counts {
    /// Without the office's receipt.
    pub(crate) waiting: u64,
    /// At the office, which holds them back.
    pub(crate) held: u64,
    /// Put aside, refused or damaged.
    pub(crate) aside: u64,
}

impl Worker {
    /// A person waits for what is written here.
    pub(crate) fn wait_at_most(&self, time: std::time::Duration) -> Result<(), KioskError> {
        Ok(self.store.wait_at_most(time)?)
    }

    /// The data file.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn counts(&self) -> Result<Counts, KioskError> {
        Ok(Counts {
            waiting: self.store.waiting_of_cases()?,
            held: self.store.held_at_centre()?,
            aside: self.store.refused()?.len() as u64,
        })
    }

    /// The first of the records that were put aside, newest first.
    pub(crate) fn asides(&self, most: usize) -> Result<Vec<Aside>, KioskError> {
        let refused = self.store.refused()?.into_iter().take(most);
        let aside = |record: beket_store::RefusedRecord| {
            let numbers = self.store.summary(record.case)?.references;
            let named = numbers.into_iter().next().unwrap_or_else(|| record.case.to_string());
            Ok(Aside { named, damaged: record.is_damaged() })
        };
        refused.map(aside).collect()
    }

    /// The station as people call it.
    pub(crate) fn station_name(&self) -> String {
        let code = &self.identity.station;
        let mut stations = self.directory.stations();
        let found = stations.find(|(known, _)| *known == code);
        found.map_or_else(|| code.to_string(), |(_, name)| name.to_owned())
    }

    /// Open incidents of the station, with their names.
    pub(crate) fn incidents(&self) -> Vec<(Scope, String)> {
        let open = self.directory.open_incidents(&self.identity.station).into_iter();
        open.map(|code| (code.clone(), self.directory.incident_name(code).to_owned())).collect()
    }

    /// Seconds since 1970 by the office's clock, when it last answered to the end.
    pub(crate) fn last_contact(&self) -> Result<Option<u64>, KioskError> {
        let kept = self.store.setting(LAST_CONTACT)?;
        Ok(kept.and_then(|bytes| Some(u64::from_be_bytes(bytes.try_into().ok()?))))
    }

    pub(crate) fn note_contact(&mut self, at: u64) -> Result<(), KioskError> {
        let bytes = at.to_be_bytes();
        self.store.write(|write: &mut Write<'_>| Ok(write.set(LAST_CONTACT, &bytes)?))
    }

    /// Bytes left on the disk, where the system says so.
    pub(crate) fn disk_left(&self) -> Option<u64> {
        let disk = rustix::fs::statvfs(&self.path).ok()?;
        Some(disk.f_bavail.saturating_mul(disk.f_frsize))
    }

    /// What lies behind the passphrase: the draft of an unfinished form, and who works here.
    pub(crate) fn kept(&self) -> Result<(Option<Zeroizing<String>>, Vec<Volunteer>), KioskError> {
        let Some(secret) = &self.station_secret else { return Ok((None, Vec::new())) };
        Ok((safe::draft(&self.store, secret)?, safe::volunteers(&self.store, secret)?))
    }

    /// What is being typed, as it is kept; `None` on a kiosk that holds no key, where it lives in
    /// memory only.
    pub(crate) fn sealed_draft(
        &self,
        draft: Option<&str>,
        rng: &mut impl CryptoRng,
    ) -> Result<Option<Vec<u8>>, KioskError> {
        let secret = self.station_secret.as_ref();
        secret.map(|secret| safe::sealed_draft(secret, draft, rng)).transpose()
    }

    /// Keeps a draft that is sealed.
    pub(crate) fn keep_draft(&mut self, sealed: &[u8]) -> Result<(), KioskError> {
        self.store.write(|write: &mut Write<'_>| Ok(write.set(safe::DRAFT, sealed)?))
    }

    /// Adds a volunteer, or gives one a new PIN; gives everybody's names. `None` where others work
    /// here and none of them vouches for it with their own PIN, nor the kiosk's passphrase does, where
    /// it has one: whoever stands before a locked screen must not let themselves in, and a shift that
    /// has left should not lock out the next.
    pub(crate) fn add_volunteer(
        &mut self,
        name: &str,
        pin: &str,
        vouched: &str,
        rng: &mut impl CryptoRng,
    ) -> Result<Option<Vec<String>>, KioskError> {
        let secret = self.secret()?;
        let mut all = safe::volunteers(&self.store, &secret)?;
        let typed = Zeroizing::new(scan::pin(vouched));
        let vouch = |known: &Volunteer| known.knows(&typed);
        if !all.is_empty() && !all.iter().any(vouch) && !self.identity.is_opened_by(vouched) {
            return Ok(None);
        }
        let fresh = Volunteer::new(name, pin, rng)?;
        all.retain(|volunteer| volunteer.name != fresh.name);
        all.push(fresh);
        self.store
            .write(|write: &mut Write<'_>| safe::keep_volunteers(write, &secret, &all, rng))?;
        Ok(Some(all.into_iter().map(|volunteer| volunteer.name).collect()))
    }

    /// Whether this is a volunteer's PIN.
    pub(crate) fn is_volunteer(&self, name: &str, pin: &str) -> Result<bool, KioskError> {
        let all = safe::volunteers(&self.store, &self.secret()?)?;
        Ok(all.iter().any(|volunteer| volunteer.name == name && volunteer.knows(pin)))
    }

    fn secret(&self) -> Result<RecipientSecret, KioskError> {
        self.ring()?;
        self.station_secret.clone().ok_or(KioskError::Locked)
    }
}
