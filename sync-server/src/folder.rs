//! The office's data folder: the database, and the two private keys that all else can be had from.
//!
//! Refuses to make an office where one is, and to work with keys that are not the database's.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use beket_directory::{Certificate, Directory, Office, OfficeError};
use beket_record::{Author, RecipientSecret, Record, Signer};
use beket_store::{Store, StoreError, Write};
use data_encoding::HEXLOWER;
use rand::CryptoRng;
use thiserror::Error;
use zeroize::Zeroizing;

const DATABASE: &str = "office.db";
const KEYS: &str = "office.key";
/// Where an office is built before it stands.
const SITE: &str = ".founding";
const KEYS_HEAD: &str = "beket office keys 1: whoever has these two lines is the office";

/// Why the folder could not be used.
#[derive(Debug, Error)]
pub enum FolderError {
    /// The disk.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There is an office here already.
    #[error("{0} already holds an office; nothing was changed. Choose an empty folder")]
    Taken(PathBuf),
    /// There is none.
    #[error("{0} holds no office. Run `sync-server init --data {0}` first")]
    Missing(PathBuf),
    /// The key file.
    #[error(
        "The office's keys in {0} cannot be read. Nothing was changed. Put the key file back from \
         a backup: without it no case can be opened"
    )]
    Keys(PathBuf),
    /// Key file and database are of two offices.
    #[error(
        "The keys in {0} are not those of the database beside them. Nothing was changed. Put \
         together a key file and a database of one backup"
    )]
    OtherKeys(PathBuf),
    /// A file could not be written.
    #[error("{path} cannot be written: {source}. Nothing was acknowledged")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The office could not state it.
    #[error("{0}. Nothing was changed")]
    Office(#[from] OfficeError),
}

/// An office's folder, open.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    /// The office's keys.
    pub office: Office,
    /// The records.
    pub store: Store,
}

impl Folder {
    /// Founds an office in a folder that holds none. `furnish` adds what an office cannot be without;
    /// if it fails, there is no office.
    pub fn init<E: From<FolderError>>(
        path: &Path,
        name: &str,
        now: u32,
        rng: &mut impl CryptoRng,
        furnish: impl FnOnce(&mut Store) -> Result<(), E>,
    ) -> Result<(), E> {
        let (database, keys) = (path.join(DATABASE), path.join(KEYS));
        if database.exists() || keys.exists() {
            return Err(FolderError::Taken(path.to_owned()).into());
        }
        make_private(path)?;
        let site = path.join(SITE);
        let failed = |source| FolderError::File { path: site.clone(), source };
        if site.exists() {
            // What an earlier run left half done was never an office.
            fs::remove_dir_all(&site).map_err(failed)?;
        }
        make_private(&site)?;
        let office = Office::random(rng);
        write_keys(&site.join(KEYS), &office)?;
        let mut store = Store::open(&site.join(DATABASE)).map_err(FolderError::from)?;
        add_founding(&mut store, &office, name, now, rng)?;
        furnish(&mut store)?;
        // Closing the only connection empties the log into the file.
        drop(store);
        fs::rename(site.join(KEYS), keys).map_err(failed)?;
        fs::rename(site.join(DATABASE), database).map_err(failed)?;
        fs::remove_dir(&site).map_err(failed)?;
        Ok(())
    }

    /// Opens an office's folder.
    pub fn open(path: &Path) -> Result<Self, FolderError> {
        let database = path.join(DATABASE);
        if !database.exists() {
            return Err(FolderError::Missing(path.to_owned()));
        }
        let office = read_keys(&path.join(KEYS))?;
        let store = Store::open_existing(&database)?;
        let folder = Self { path: path.to_owned(), office, store };
        folder.founding()?;
        Ok(folder)
    }

    /// One more connection to the same database.
    pub fn another_store(&self) -> Result<Store, StoreError> {
        Store::open_existing(&self.path.join(DATABASE))
    }

    /// The directory as it is on disk.
    pub fn directory(&self) -> Result<Directory, StoreError> {
        Ok(Directory::build(self.office.signer.author(), &self.store.directory_records()?))
    }

    /// The record by which the office named itself.
    pub fn founding(&self) -> Result<Record, FolderError> {
        let own = self.office.signer.author();
        let is_founding = |record: &Record| {
            record.header().author == own
                && matches!(Certificate::from_bytes(record.body()), Some(Certificate::Office(_)))
        };
        let mut records = self.store.directory_records()?.into_iter();
        records.find(is_founding).ok_or_else(|| FolderError::OtherKeys(self.path.clone()))
    }

    /// Makes a statement of the office's on the directory as it is, adds it, and judges everything
    /// anew by it: one transaction, so that two commands at once see each other.
    pub fn state<T>(
        &mut self,
        now: u64,
        make: impl FnOnce(&Office, &Directory) -> Result<(Record, T), OfficeError>,
    ) -> Result<T, FolderError> {
        self.state_all(now, |office, directory, _| {
            let (record, made) = make(office, directory)?;
            Ok((vec![record], made))
        })
    }

    /// Revokes a kiosk. What it wrote and counts here goes on counting, by the office's own word.
    pub fn revoke(
        &mut self,
        device: &Author,
        now: u64,
        clock: u32,
        rng: &mut impl CryptoRng,
    ) -> Result<(), FolderError> {
        self.state_all(now, |office, directory, write| {
            let counted = write.counted_of(device)?;
            Ok((office.revoke(directory, device, &counted, clock, rng)?, ()))
        })
    }

    fn state_all<T>(
        &mut self,
        now: u64,
        make: impl FnOnce(&Office, &Directory, &Write<'_>) -> Result<(Vec<Record>, T), FolderError>,
    ) -> Result<T, FolderError> {
        let office = &self.office;
        let own = office.signer.author();
        self.store.write(|write: &mut Write<'_>| -> Result<T, FolderError> {
            let mut register = write.directory_records()?;
            let (records, made) = make(office, &Directory::build(own, &register), write)?;
            register.extend(records.iter().cloned());
            let directory = Directory::build(own, &register);
            for record in &records {
                write.add(record, &directory.judge(record), now)?;
            }
            write.reshelve(&directory)?;
            Ok(made)
        })
    }
}

fn add_founding(
    store: &mut Store,
    office: &Office,
    name: &str,
    now: u32,
    rng: &mut impl CryptoRng,
) -> Result<(), FolderError> {
    let founding = office.found(name, now, rng)?;
    let directory = Directory::build(office.signer.author(), [&founding]);
    store.write(|write: &mut Write<'_>| {
        write.add(&founding, &directory.judge(&founding), now.into())?;
        Ok(())
    })
}

fn make_private(path: &Path) -> Result<(), FolderError> {
    let failed = |source| FolderError::File { path: path.to_owned(), source };
    if !path.exists() {
        fs::create_dir_all(path).map_err(failed)?;
        fs::set_permissions(path, fs::Permissions::from_mode(0o700)).map_err(failed)?;
    }
    Ok(())
}

fn write_keys(path: &Path, office: &Office) -> Result<(), FolderError> {
    let failed = |source| FolderError::File { path: path.to_owned(), source };
    let text = Zeroizing::new(format!(
        "{KEYS_HEAD}\n{}\n{}\n",
        HEXLOWER.encode(office.signer.to_bytes().as_ref()),
        HEXLOWER.encode(office.secret.as_bytes()),
    ));
    let mut file =
        OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map_err(failed)?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(failed)
}

fn read_keys(path: &Path) -> Result<Office, FolderError> {
    let unreadable = || FolderError::Keys(path.to_owned());
    let text = Zeroizing::new(fs::read_to_string(path).map_err(|_| unreadable())?);
    let mut lines = text.lines();
    if lines.next() != Some(KEYS_HEAD) {
        return Err(unreadable());
    }
    let mut key = || -> Option<Zeroizing<[u8; 32]>> {
        let bytes = Zeroizing::new(HEXLOWER.decode(lines.next()?.as_bytes()).ok()?);
        Some(Zeroizing::new(bytes.as_slice().try_into().ok()?))
    };
    let (signer, secret) = key().zip(key()).ok_or_else(unreadable)?;
    Ok(Office {
        signer: Signer::from_bytes(&signer),
        secret: RecipientSecret::from_bytes(&secret).map_err(|_| unreadable())?,
    })
}
