//! Who this kiosk is: kept in its store's settings, in one entry that enrolment writes once.

use beket_directory::Role;
use beket_record::{Author, Scope, Signer};
use beket_store::{Store, Write};
use minicbor::{Decode, Encode};
use zeroize::Zeroizing;

use crate::KioskError;
use crate::lock::LockedSecret;

const KEY: &str = "identity";

/// A kiosk's own description.
#[derive(Debug, Clone)]
pub struct Identity {
    /// Signs what it writes.
    pub signer: Signer,
    /// Its station.
    pub station: Scope,
    /// Its letter in reference numbers.
    pub letter: String,
    /// What it is for.
    pub role: Role,
    /// The office's signing key, pinned at enrolment.
    pub office: Author,
    /// Where the office is reached.
    pub url: String,
    /// The station's private key, as the disk holds it.
    pub(crate) station_secret: StationSecret,
}

/// How the disk holds the station's private key.
#[derive(Debug, Clone, Encode, Decode)]
pub(crate) enum StationSecret {
    /// Not at all: a self-service kiosk.
    #[n(0)]
    None,
    /// In clear: a staffed kiosk without a passphrase.
    #[n(1)]
    Clear(#[cbor(n(0), with = "minicbor::bytes")] [u8; 32]),
    /// Locked by a passphrase.
    #[n(2)]
    Locked(#[n(0)] LockedSecret),
}

#[derive(Encode, Decode)]
#[cbor(map)]
struct OnDisk {
    #[n(0)]
    #[cbor(with = "minicbor::bytes")]
    seed: [u8; 32],
    #[n(1)]
    station: String,
    #[n(2)]
    letter: String,
    #[n(3)]
    role: Role,
    #[n(4)]
    #[cbor(with = "minicbor::bytes")]
    office: [u8; 32],
    #[n(5)]
    url: String,
    #[n(6)]
    station_secret: StationSecret,
}

impl Identity {
    /// Its name as people say it: `TRK-B`.
    pub fn name(&self) -> String {
        format!("{}-{}", self.station, self.letter)
    }

    /// Whether this is the passphrase that its private key lies behind.
    pub(crate) fn is_opened_by(&self, passphrase: &str) -> bool {
        match &self.station_secret {
            StationSecret::Locked(locked) => locked.unlock(passphrase).is_ok(),
            StationSecret::None | StationSecret::Clear(_) => false,
        }
    }

    /// Reads it from a store; `None` in a folder that was not enrolled.
    pub(crate) fn read(store: &Store) -> Result<Option<Self>, KioskError> {
        let Some(bytes) = store.setting(KEY)? else { return Ok(None) };
        let bytes = Zeroizing::new(bytes);
        let disk: OnDisk = minicbor::decode(&bytes).map_err(|_| KioskError::DamagedIdentity)?;
        Ok(Some(Self {
            signer: Signer::from_bytes(&Zeroizing::new(disk.seed)),
            station: disk.station.parse().map_err(|_| KioskError::DamagedIdentity)?,
            letter: disk.letter,
            role: disk.role,
            office: Author::from_bytes(disk.office),
            url: disk.url,
            station_secret: disk.station_secret,
        }))
    }

    pub(crate) fn write(&self, write: &mut Write<'_>) -> Result<(), KioskError> {
        let disk = OnDisk {
            seed: *self.signer.to_bytes(),
            station: self.station.to_string(),
            letter: self.letter.clone(),
            role: self.role,
            office: *self.office.as_bytes(),
            url: self.url.clone(),
            station_secret: self.station_secret.clone(),
        };
        let bytes = minicbor::to_vec(disk).map_err(|_| KioskError::DamagedIdentity)?;
        Ok(write.set(KEY, &Zeroizing::new(bytes))?)
    }
}
