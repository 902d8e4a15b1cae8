//! What every request may use: the office's keys, readers of the store, the one writer, a clock.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard};
use std::time::{SystemTime, UNIX_EPOCH};

use beket_directory::{Directory, Office};
use beket_model::KeyRing;
use beket_store::{Store, StoreError};
use beket_sync::TokenKey;
use rand::rand_core::UnwrapErr;
use rand::rngs::SysRng;
use tokio::sync::{Semaphore, watch};

use crate::columns::Columns;
use crate::folder::{Folder, FolderError};
use crate::kiosks::Contacts;
use crate::limits::Limits;
use crate::log::Log;
use crate::projection::Latest;
use crate::writer::Writer;
use crate::{log, projection, staff, terms};

/// How browsers and kiosks reach the office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reached {
    /// In clear, from this computer alone.
    Plainly,
    /// Over its own TLS.
    OverTls,
    /// Through a proxy, which speaks TLS with them and says where they are.
    ThroughProxy,
}

impl Reached {
    /// Whether browsers see an address that begins with `https`.
    pub(crate) fn is_safe(self) -> bool {
        self != Self::Plainly
    }
}

/// The office at work.
#[derive(Debug)]
pub struct App {
    /// The office's keys.
    pub(crate) office: Office,
    /// Opens every document.
    pub(crate) ring: KeyRing,
    /// Makes and checks tokens.
    pub(crate) tokens: TokenKey,
    /// The one writer.
    pub(crate) writer: Writer,
    /// Passwords that may be hashed at once: each takes 19 MiB for a while.
    pub(crate) hashing: Semaphore,
    /// How often each may ask.
    pub(crate) limits: Limits,
    /// What there is by now, for pages that wait for more.
    pub(crate) latest: watch::Sender<Latest>,
    /// What kiosks said when they were last in contact.
    pub(crate) contacts: Contacts,
    /// Who saw and did what.
    pub(crate) log: Log,
    /// How browsers reach it.
    pub(crate) reached: Reached,
    columns: Arc<RwLock<Columns>>,
    folder: Mutex<Folder>,
    readers: Mutex<Vec<Store>>,
    directory: Mutex<Option<(RegisterVersion, Arc<Directory>)>>,
}

pub(crate) type RegisterVersion = (i64, i64);

impl App {
    /// Opens the folder and starts its writer and its projection.
    pub fn open(path: &Path, reached: Reached) -> Result<Arc<Self>, FolderError> {
        let mut folder = Folder::open(path)?;
        projection::prepare(&mut folder.store)?;
        staff::prepare(&mut folder.store)?;
        log::prepare(&mut folder.store)?;
        terms::kept::prepare(&mut folder.store)?;
        let contacts = Contacts::load(&mut folder.store)?;
        let ring = KeyRing(vec![folder.office.secret.clone()]);
        let columns = Columns::load(folder.store.connection())?;
        let latest = watch::Sender::new(columns.latest_of_all());
        let columns = Arc::new(RwLock::new(columns));
        let (store, kept) = (folder.another_store()?, (columns.clone(), latest.clone()));
        let projector = projection::start(store, ring.clone(), &folder.office, kept);
        let writer = Writer::start(folder.another_store()?, folder.office.clone(), projector);
        Ok(Arc::new(Self {
            tokens: TokenKey::of(&folder.office.signer),
            office: folder.office.clone(),
            ring,
            writer,
            hashing: Semaphore::new(2),
            limits: Limits::default(),
            latest,
            contacts,
            log: Log::start(folder.another_store()?),
            reached,
            columns,
            folder: Mutex::new(folder),
            readers: Mutex::new(Vec::new()),
            directory: Mutex::new(None),
        }))
    }

    /// What lists and counts ask of every case.
    pub(crate) fn columns(&self) -> RwLockReadGuard<'_, Columns> {
        self.columns.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does what changes the register, with the office's keys.
    pub(crate) fn folder<T>(&self, work: impl FnOnce(&mut Folder) -> T) -> T {
        work(&mut self.folder.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads what is in memory of the rows anew: the calendar is another.
    pub(crate) fn reload(&self) -> Result<(), StoreError> {
        let fresh = self.read(|store| Columns::load(store.connection()))?;
        *self.columns.write().unwrap_or_else(PoisonError::into_inner) = fresh;
        Ok(())
    }

    /// Runs `read` on a connection of its own; connections are kept for the next reader.
    pub(crate) fn read<T, E: From<StoreError>>(
        &self,
        read: impl FnOnce(&mut Store) -> Result<T, E>,
    ) -> Result<T, E> {
        let kept = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut store = match kept {
            Some(store) => store,
            None => self.folder.lock().unwrap_or_else(PoisonError::into_inner).another_store()?,
        };
        let result = read(&mut store);
        self.readers.lock().unwrap_or_else(PoisonError::into_inner).push(store);
        result
    }

    /// The directory; read anew whenever this or another process changed it.
    pub(crate) fn directory(&self) -> Result<Arc<Directory>, StoreError> {
        Ok(self.register()?.1)
    }

    /// The directory, and which state of the register it was built from.
    pub(crate) fn register(&self) -> Result<(RegisterVersion, Arc<Directory>), StoreError> {
        self.read(|store| {
            let version = store.directory_version()?;
            let mut cached = self.directory.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some((known, directory)) = cached.as_ref()
                && *known == version
            {
                return Ok((version, directory.clone()));
            }
            let office = self.office.signer.author();
            let directory = Arc::new(Directory::build(office, &store.directory_records()?));
            *cached = Some((version, directory.clone()));
            Ok((version, directory))
        })
    }
}

/// Seconds since 1970 by the office's clock.
pub(crate) fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// The office's clock as records bear it.
pub(crate) fn record_clock() -> u32 {
    u32::try_from(now()).unwrap_or(u32::MAX)
}

/// The operating system's randomness.
pub(crate) fn rng() -> UnwrapErr<SysRng> {
    UnwrapErr(SysRng)
}
