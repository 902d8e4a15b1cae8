//! The one owner of a kiosk's store, engine and link.
//!
//! Everything that happens to a data folder goes through here, under the command line and under a
//! window alike. Holds opened keys in memory only while it is unlocked.

use std::path::{Path, PathBuf};

use beket_directory::{Directory, EnrolmentCode, Role};
use beket_model::{Case, Heads, Intake, KeyRing};
use beket_record::{CaseId, RecipientSecret};
use beket_store::{RefusedRecord, Store};
use beket_sync::{Failure, Report};
use rand::CryptoRng;

use crate::casebook::{self, Change, Listed, Watch};
use crate::envelopes::Envelopes;
use crate::exchange::{Conversation, Next};
use crate::identity::StationSecret;
use crate::take::{Along, Taken, take};
use crate::{Identity, KioskError, Link, SyncReport, enrol, safe};

const STORE_FILE: &str = "kiosk.db";

/// A moment of the kiosk's clock: wrong until proven right, and good enough to sort by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    milliseconds: u64,
}

impl Now {
    /// Milliseconds since 1970.
    pub fn from_milliseconds(milliseconds: u64) -> Self {
        Self { milliseconds }
    }

    pub(crate) fn milliseconds(self) -> u64 {
        self.milliseconds
    }

    pub(crate) fn seconds(self) -> u64 {
        self.milliseconds / 1000
    }

    /// As records bear it.
    pub(crate) fn record_clock(self) -> Result<u32, KioskError> {
        u32::try_from(self.seconds()).map_err(|_| KioskError::Clock)
    }
}

/// A kiosk at work.
#[derive(Debug)]
pub struct Worker {
    path: PathBuf,
    store: Store,
    identity: Identity,
    directory: Directory,
    /// Which state of the register `directory` was built from.
    version: (i64, i64),
    /// The station's private key, while it is open.
    station_secret: Option<RecipientSecret>,
    ring: Option<KeyRing>,
    envelopes: Envelopes,
}

impl Worker {
    /// Sets up a kiosk in an empty folder; a second run on the same folder is refused.
    pub fn enrol(
        folder: &Path,
        code: &EnrolmentCode,
        passphrase: Option<&str>,
        now: Now,
        rng: &mut impl CryptoRng,
    ) -> Result<Self, KioskError> {
        let path = folder.join(STORE_FILE);
        let mut store = Store::open(&path)?;
        let identity = enrol::enrol(&mut store, code, passphrase, now, rng)?;
        Self::with(path, store, identity)
    }

    /// Opens an enrolled kiosk's folder. A staffed kiosk without a passphrase is unlocked at once.
    pub fn open(folder: &Path) -> Result<Self, KioskError> {
        let path = folder.join(STORE_FILE);
        if !path.exists() {
            return Err(KioskError::NotEnrolled);
        }
        let store = Store::open_existing(&path)?;
        let identity = Identity::read(&store)?.ok_or(KioskError::NotEnrolled)?;
        Self::with(path, store, identity)
    }

    fn with(path: PathBuf, store: Store, identity: Identity) -> Result<Self, KioskError> {
        let version = store.directory_version()?;
        let directory = Directory::build(identity.office, &store.directory_records()?);
        let mut worker = Self {
            path,
            store,
            identity,
            directory,
            version,
            station_secret: None,
            ring: None,
            envelopes: Envelopes::default(),
        };
        if let StationSecret::Clear(secret) = &worker.identity.station_secret {
            let secret = *secret;
            worker.hold(&secret)?;
        }
        Ok(worker)
    }

    /// Another process may have brought certificates since.
    fn refresh(&mut self) -> Result<(), KioskError> {
        let version = self.store.directory_version()?;
        if version != self.version {
            let records = self.store.directory_records()?;
            self.directory = Directory::build(self.identity.office, &records);
            self.version = version;
            self.ring = self.station_secret.as_ref().map(|secret| self.ring_of(secret));
        }
        Ok(())
    }

    /// From here on the file does not grow.
    #[cfg(test)]
    pub(crate) fn fill_the_disk(&mut self) {
        let connection = self.store.connection();
        let pages: i64 = connection.query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
        connection.pragma_update(None, "max_page_count", pages).unwrap();
    }

    /// Who this kiosk is.
    pub fn identity(&self) -> &Identity {
        &self.identity
    }

    /// Whether a passphrase would let it read more.
    pub fn is_locked(&self) -> bool {
        self.ring.is_none() && self.identity.role == Role::Staffed
    }

    /// Whether its private key lies on the disk unlocked.
    pub fn has_no_passphrase(&self) -> bool {
        matches!(self.identity.station_secret, StationSecret::Clear(_))
    }

    /// Opens the private keys with the volunteers' passphrase.
    pub fn unlock(&mut self, passphrase: &str) -> Result<(), KioskError> {
        if let StationSecret::Locked(locked) = &self.identity.station_secret {
            let secret = locked.unlock(passphrase)?;
            self.hold(&secret)?;
        }
        Ok(())
    }

    fn hold(&mut self, secret: &[u8; 32]) -> Result<(), KioskError> {
        let secret =
            RecipientSecret::from_bytes(secret).map_err(|_| KioskError::DamagedIdentity)?;
        self.ring = Some(self.ring_of(&secret));
        self.station_secret = Some(secret);
        Ok(())
    }

    /// The station's key, and the keys of its open incidents, which the directory grants to it.
    fn ring_of(&self, station: &RecipientSecret) -> KeyRing {
        let incidents = self.directory.open_incidents(&self.identity.station).into_iter();
        let incidents = incidents.filter_map(|code| self.directory.scope_secret(code, station));
        KeyRing(incidents.chain([station.clone()]).collect())
    }

    /// The keys at hand, while they are open.
    pub(crate) fn key_ring(&self) -> Option<KeyRing> {
        self.ring.clone()
    }

    fn ring(&self) -> Result<&KeyRing, KioskError> {
        match self.identity.role {
            Role::SelfService => Err(KioskError::SelfService),
            Role::Staffed => self.ring.as_ref().ok_or(KioskError::Locked),
        }
    }

    /// Takes intakes, in the name of `by` or of the kiosk. Those that could be taken are on the
    /// platter when it returns; each of the others has its reason.
    pub fn take(
        &mut self,
        intakes: Vec<Intake>,
        by: Option<&str>,
        now: Now,
        rng: &mut impl CryptoRng,
    ) -> Result<Vec<Result<Taken, KioskError>>, KioskError> {
        self.take_along(intakes, by, None, now, rng)
    }

    fn take_along(
        &mut self,
        intakes: Vec<Intake>,
        by: Option<&str>,
        along: Along<'_>,
        now: Now,
        rng: &mut impl CryptoRng,
    ) -> Result<Vec<Result<Taken, KioskError>>, KioskError> {
        self.refresh()?;
        let name = self.identity.name();
        let by = by.unwrap_or(&name);
        let known = (&self.identity, &self.directory);
        take(&mut self.store, known, &mut self.envelopes, by, (intakes, along), now, rng)
    }

    /// Does what can be done of the next form while nobody waits for it.
    pub fn prepare(&mut self, rng: &mut impl CryptoRng) {
        self.envelopes.prepare(&self.directory, &self.identity.station, rng);
    }

    /// Takes one intake, and keeps what is left of the draft with it: after a power cut a form is on
    /// the disk or in the draft, never in both, never in neither.
    pub(crate) fn take_form(
        &mut self,
        intake: Intake,
        by: Option<&str>,
        draft: Option<&str>,
        now: Now,
        rng: &mut impl CryptoRng,
    ) -> Result<Taken, KioskError> {
        let sealed = self.sealed_draft(draft, rng)?;
        // Where nobody's draft is kept, that one was begun is over with it.
        let along = sealed.as_ref().map_or((stand::BEGUN, &[0][..]), |it| (safe::DRAFT, it));
        let mut answers = self.take_along(vec![intake], by, Some(along), now, rng)?;
        answers.pop().unwrap_or(Err(KioskError::NoRecipients))
    }

    /// Edits a case by its reference number or id, on the state that was `seen`, or else on the one
    /// that is here. Gives what would take it back; `None` where nothing changed.
    #[expect(clippy::too_many_arguments, reason = "each is a thing of its own")]
    pub fn edit(
        &mut self,
        named: &str,
        change: &Change,
        seen: Option<&Heads>,
        by: Option<&str>,
        now: Now,
        rng: &mut impl CryptoRng,
        watch: &mut Watch<'_>,
    ) -> Result<Option<Change>, KioskError> {
        self.refresh()?;
        let ring = self.ring()?.clone();
        let name = self.identity.name();
        let by = by.unwrap_or(&name);
        let (store, directory) = (&mut self.store, &self.directory);
        casebook::edit(
            store,
            &self.identity,
            directory,
            &ring,
            named,
            change,
            seen,
            by,
            now,
            rng,
            watch,
        )
    }

    /// Every case here, with what can be read of it.
    pub fn list(&self, watch: &mut Watch<'_>) -> Result<Vec<Listed>, KioskError> {
        casebook::list(&self.store, self.ring.as_ref(), watch)
    }

    /// One case, as far as it can be read.
    pub fn case(&self, case: CaseId) -> Result<Case, KioskError> {
        Ok(Case::open(&self.store.case(case)?, self.ring()?))
    }

    /// Records that the office refused, with its reasons.
    pub fn refused(&self) -> Result<Vec<RefusedRecord>, KioskError> {
        Ok(self.store.refused()?)
    }

    /// One conversation with the office over a link that is waited for. `watch` sees the progress
    /// after every answer.
    pub fn sync(
        &mut self,
        link: &mut Link,
        now: Now,
        rng: &mut impl CryptoRng,
        watch: &mut dyn FnMut(&Report),
    ) -> Result<SyncReport, KioskError> {
        let signer = self.identity.signer.clone();
        let (mut conversation, mut next) = self.begin(now, rng)?;
        loop {
            let question = match next {
                Next::Ask(question) => question,
                Next::Over(report) => return Ok(report.over(&link.traffic)),
            };
            let answer = link.ask(&signer, &question);
            watch(conversation.progress());
            next = self.go_on(&mut conversation, answer, now, rng)?;
        }
    }

    /// Begins a conversation whose questions somebody else posts.
    pub fn begin(
        &mut self,
        now: Now,
        rng: &mut impl CryptoRng,
    ) -> Result<(Conversation, Next), KioskError> {
        self.refresh()?;
        let directory = self.directory.clone();
        let left = self.disk_left();
        Conversation::begin(&mut self.store, &self.identity, directory, left, now, rng)
    }

    /// Takes the answer to a conversation's question.
    pub fn go_on(
        &mut self,
        conversation: &mut Conversation,
        answer: Result<Vec<u8>, Failure>,
        now: Now,
        rng: &mut impl CryptoRng,
    ) -> Result<Next, KioskError> {
        let next = conversation.answer(answer, &mut self.store, &self.identity, now, rng)?;
        self.refresh()?;
        Ok(next)
    }
}

mod kept;
mod stand;

pub use stand::Stand;

#[cfg(test)]
mod tests;
