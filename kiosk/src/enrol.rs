//! Enrolment: from a code to a kiosk, with no network.
//!
//! Refuses folders that are a kiosk already, and codes that don't prove what they say. The code's
//! own private key signs this device's certificate and is then forgotten.

use beket_directory::{Directory, EnrolmentCode, certify_device};
use beket_record::Signer;
use beket_store::{Store, Write};
use rand::CryptoRng;

use crate::identity::{Identity, StationSecret};
use crate::lock::LockedSecret;
use crate::{KioskError, Now};

pub(crate) fn enrol(
    store: &mut Store,
    code: &EnrolmentCode,
    passphrase: Option<&str>,
    now: Now,
    rng: &mut impl CryptoRng,
) -> Result<Identity, KioskError> {
    if let Some(other) = Identity::read(store)? {
        return Err(KioskError::AlreadyEnrolled(other.name()));
    }
    let (mut records, station, enrolment) = code.prove()?;
    let station_secret = match (&code.station_secret, passphrase) {
        (None, _) => StationSecret::None,
        (Some(secret), None) => StationSecret::Clear(**secret),
        (Some(secret), Some(passphrase)) => {
            StationSecret::Locked(LockedSecret::lock(secret, passphrase, rng)?)
        }
    };
    let identity = Identity {
        signer: Signer::random(rng),
        station: station.clone(),
        letter: enrolment.letter,
        role: enrolment.role,
        office: beket_record::Author::from_bytes(code.office),
        url: code.url.clone(),
        station_secret,
    };
    let enrolment_key = Signer::from_bytes(&code.key);
    let clock = now.record_clock()?;
    records.push(certify_device(&enrolment_key, &identity.signer, &station, clock, rng)?);
    let directory = Directory::build(identity.office, &records);
    store.write(|write: &mut Write<'_>| {
        for record in &records {
            write.add(record, &directory.judge(record), now.seconds())?;
        }
        identity.write(write)
    })?;
    Ok(identity)
}
