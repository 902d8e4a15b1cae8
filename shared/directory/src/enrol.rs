//! Setting up one kiosk: the office's enrolment of it, and whether its first device is admitted.
//!
//! Refuses to enrol at anything but a station, and to give a kiosk a letter that is in use.

use beket_record::{Author, Record, Scope, Signer};
use rand::CryptoRng;
use zeroize::Zeroizing;

use crate::certificate::{Certificate, Enrolment, Role};
use crate::code::EnrolmentCode;
use crate::office::{Office, OfficeError};
use crate::register::Directory;

/// The terms of one enrolment.
#[derive(Debug, Clone)]
pub struct EnrolmentTerms {
    /// The kiosk's station.
    pub station: Scope,
    /// What it is for.
    pub role: Role,
    /// Where the office is reached.
    pub url: String,
    /// Seconds since 1970.
    pub expires: u64,
}

impl Office {
    /// Makes an enrolment: the record of it, and the code to hand to whoever sets the kiosk up.
    pub fn enrol(
        &self,
        directory: &Directory,
        founding: &Record,
        terms: &EnrolmentTerms,
        now: u32,
        rng: &mut impl CryptoRng,
    ) -> Result<(Record, EnrolmentCode), OfficeError> {
        let station = &terms.station;
        let missing = || OfficeError::NoStation(station.clone());
        let station_record = &directory.stations.get(station).ok_or_else(missing)?.record;
        let station_secret = match terms.role {
            Role::SelfService => None,
            Role::Staffed => Some(
                directory
                    .scope_secret(station, &self.secret)
                    .ok_or_else(|| OfficeError::Locked(station.clone()))?,
            ),
        };
        let key = Signer::random(rng);
        let enrolment = Enrolment {
            key: *key.author().as_bytes(),
            letter: next_letter(directory, station)
                .ok_or_else(|| OfficeError::NoLetter(station.clone()))?,
            role: terms.role,
            expires: terms.expires,
        };
        let record = self.state(&Certificate::Enrolment(enrolment), station, None, now, rng)?;
        let mut records = vec![founding.bytes().to_vec(), station_record.bytes().to_vec()];
        let incidents = directory.open_incidents(station).into_iter();
        let incidents = incidents.filter_map(|code| directory.incidents.get(code));
        records.extend(incidents.map(|place| place.record.bytes().to_vec()));
        records.push(record.bytes().to_vec());
        let code = EnrolmentCode {
            url: terms.url.clone(),
            office: *self.signer.author().as_bytes(),
            records: records.into_iter().map(Into::into).collect(),
            key: Zeroizing::new(*key.to_bytes()),
            station_secret: station_secret.map(|secret| Zeroizing::new(*secret.as_bytes())),
        };
        Ok((record, code))
    }
}

impl Directory {
    /// Whether the office admits this device on first contact: it is the first of its enrolment,
    /// the enrolment has not expired by the office's clock, and no word on it stands yet.
    pub fn is_admissible(&self, device: &Author, now: u64) -> bool {
        let Some(enrolment_key) = self.devices.get(device) else {
            return false;
        };
        let in_time = self.enrolments.get(enrolment_key).is_some_and(|e| now <= e.expires);
        let sibling_known = self
            .devices
            .iter()
            .any(|(other, key)| key == enrolment_key && self.standings.contains_key(other));
        in_time && !sibling_known
    }
}

fn next_letter(directory: &Directory, station: &Scope) -> Option<String> {
    let taken: Vec<&str> = directory
        .enrolments
        .values()
        .filter(|enrolment| enrolment.station == *station)
        .map(|enrolment| enrolment.letter.as_str())
        .collect();
    let single = ('A'..='Z').map(String::from);
    let double = ('A'..='Z').flat_map(|a| ('A'..='Z').map(move |b| format!("{a}{b}")));
    single.chain(double).find(|letter| !taken.contains(&letter.as_str()))
}

#[cfg(test)]
mod tests;
