//! What the office alone can do: state, admit, revoke, purge (and, in `enrol`, enrol).
//!
//! Owns the office's two private keys. Every private key of a station or an incident is granted to
//! the office by the record that states it, so these two are all that an office must guard.

use beket_record::{
    Author, CaseId, DocumentKey, Lane, Part, Recipient, RecipientSecret, Record, RecordId, Scope,
    SealError, Signer, Statement, state,
};
use rand::CryptoRng;
use thiserror::Error;

use crate::certificate::{
    Certificate, Counted, Incident, OfficeName, Standing, StandingState, Station,
};
use crate::register::Directory;

/// Why the office could not do it.
#[derive(Debug, Error)]
pub enum OfficeError {
    /// The directory has no such station.
    #[error("there is no station {0}: add it first, or check its code")]
    NoStation(Scope),
    /// The directory has no such incident.
    #[error("there is no incident {0}: check its code")]
    NoIncident(Scope),
    /// The code is taken.
    #[error("the code {0} is already in use: choose another")]
    Taken(Scope),
    /// A private key that only this office can open did not open.
    #[error("the private key of {0} does not open with this office's keys")]
    Locked(Scope),
    /// All letters of the station are given out.
    #[error("station {0} has given out all its kiosk letters")]
    NoLetter(Scope),
    /// A record could not be made.
    #[error(transparent)]
    Seal(#[from] SealError),
}

/// The office's keys.
#[derive(Debug, Clone)]
pub struct Office {
    /// Signs statements, receipts and what staff write.
    pub signer: Signer,
    /// Opens every document.
    pub secret: RecipientSecret,
}

impl Office {
    /// Draws the keys of a new office.
    pub fn random(rng: &mut impl CryptoRng) -> Self {
        Self { signer: Signer::random(rng), secret: RecipientSecret::random(rng) }
    }

    /// The office names itself.
    pub fn found(
        &self,
        name: &str,
        now: u32,
        rng: &mut impl CryptoRng,
    ) -> Result<Record, OfficeError> {
        let name =
            OfficeName { name: name.to_owned(), recipient: *self.secret.recipient().as_bytes() };
        self.state(&Certificate::Office(name), &Scope::office(), None, now, rng)
    }

    /// Adds a station.
    pub fn add_station(
        &self,
        directory: &Directory,
        code: &Scope,
        name: &str,
        now: u32,
        rng: &mut impl CryptoRng,
    ) -> Result<Record, OfficeError> {
        if directory.place(code).is_some() || *code == Scope::office() {
            return Err(OfficeError::Taken(code.clone()));
        }
        let secret = RecipientSecret::random(rng);
        let station = Station {
            name: name.to_owned(),
            recipient: *secret.recipient().as_bytes(),
            revision: next_revision(None, now),
        };
        let granted = (&secret, vec![self.secret.recipient()]);
        self.state(&Certificate::Station(station), code, Some(granted), now, rng)
    }

    /// Opens an incident at some stations; or, where it is known, opens it again with these.
    pub fn open_incident(
        &self,
        directory: &Directory,
        code: &Scope,
        name: &str,
        stations: &[Scope],
        now: u32,
        rng: &mut impl CryptoRng,
    ) -> Result<Record, OfficeError> {
        if directory.is_station(code) || *code == Scope::office() {
            return Err(OfficeError::Taken(code.clone()));
        }
        let secret = match directory.incidents.get(code) {
            Some(_) => directory
                .scope_secret(code, &self.secret)
                .ok_or_else(|| OfficeError::Locked(code.clone()))?,
            None => RecipientSecret::random(rng),
        };
        let revision =
            next_revision(directory.incidents.get(code).map(|place| place.revision), now);
        let incident = Incident {
            name: name.to_owned(),
            recipient: *secret.recipient().as_bytes(),
            stations: stations.iter().map(ToString::to_string).collect(),
            closed: false,
            revision,
        };
        let mut recipients = vec![self.secret.recipient()];
        for station in stations {
            let place = directory.stations.get(station);
            recipients
                .push(place.ok_or_else(|| OfficeError::NoStation(station.clone()))?.recipient);
        }
        self.state(&Certificate::Incident(incident), code, Some((&secret, recipients)), now, rng)
    }

    /// Closes an incident: its key is granted to the office alone from here on.
    pub fn close_incident(
        &self,
        directory: &Directory,
        code: &Scope,
        now: u32,
        rng: &mut impl CryptoRng,
    ) -> Result<Record, OfficeError> {
        let place =
            directory.incidents.get(code).ok_or_else(|| OfficeError::NoIncident(code.clone()))?;
        let secret = directory
            .scope_secret(code, &self.secret)
            .ok_or_else(|| OfficeError::Locked(code.clone()))?;
        let incident = Incident {
            name: place.name.clone(),
            recipient: *place.recipient.as_bytes(),
            stations: place.stations.iter().map(ToString::to_string).collect(),
            closed: true,
            revision: next_revision(Some(place.revision), now),
        };
        let granted = (&secret, vec![self.secret.recipient()]);
        self.state(&Certificate::Incident(incident), code, Some(granted), now, rng)
    }

    /// Admits the first device of an enrolment on its first contact, without anybody's decision: an
    /// office put back from a backup may do so once more, and then any decision that it forgot
    /// outranks this.
    pub fn admit_on_contact(
        &self,
        directory: &Directory,
        device: &Author,
        now: u32,
        rng: &mut impl CryptoRng,
    ) -> Result<Record, OfficeError> {
        self.stand(directory, device, StandingState::Admitted, 0, now, rng)
    }

    /// Admits a device or revokes it, by a person's decision.
    pub fn set_standing(
        &self,
        directory: &Directory,
        device: &Author,
        state: StandingState,
        now: u32,
        rng: &mut impl CryptoRng,
    ) -> Result<Record, OfficeError> {
        let known = directory.standings.get(device).map(|known| known.revision);
        self.stand(directory, device, state, next_revision(known, now), now, rng)
    }

    fn stand(
        &self,
        directory: &Directory,
        device: &Author,
        state: StandingState,
        revision: u32,
        now: u32,
        rng: &mut impl CryptoRng,
    ) -> Result<Record, OfficeError> {
        let standing = Standing { device: *device.as_bytes(), state, revision };
        let scope = directory.writer(device).map_or_else(Scope::office, |writer| writer.station);
        self.state(&Certificate::Standing(standing), &scope, None, now, rng)
    }

    /// Revokes a device; what it wrote and the office had counted until then goes on counting,
    /// here and wherever the records travel.
    pub fn revoke(
        &self,
        directory: &Directory,
        device: &Author,
        counted: &[RecordId],
        now: u32,
        rng: &mut impl CryptoRng,
    ) -> Result<Vec<Record>, OfficeError> {
        let revoked = self.set_standing(directory, device, StandingState::Revoked, now, rng)?;
        let scope = revoked.header().scope.clone();
        let news = counted.iter().filter(|id| !directory.has_counted(id));
        let news: Vec<RecordId> = news.copied().collect();
        let counted = Counted::all(&news)
            .map(|counted| self.state(&Certificate::Counted(counted), &scope, None, now, rng));
        [Ok(revoked)].into_iter().chain(counted).collect()
    }

    /// Bars a case for good.
    pub fn purge(
        &self,
        case: CaseId,
        scope: &Scope,
        now: u32,
        rng: &mut impl CryptoRng,
    ) -> Result<Record, OfficeError> {
        let statement = Statement {
            part: Part::Purge,
            lane: Lane::Ordinary,
            case,
            scope,
            made: now,
            secret: None,
            body: &[],
        };
        Ok(state(statement, &self.signer, rng)?)
    }

    pub(crate) fn state(
        &self,
        certificate: &Certificate,
        scope: &Scope,
        secret: Option<(&RecipientSecret, Vec<Recipient>)>,
        now: u32,
        rng: &mut impl CryptoRng,
    ) -> Result<Record, OfficeError> {
        let secret = secret.map(|(secret, to)| (DocumentKey::from_bytes(*secret.as_bytes()), to));
        let body = certificate.to_bytes();
        let statement = Statement {
            part: Part::Directory,
            lane: Lane::Urgent,
            case: CaseId::NONE,
            scope,
            made: now,
            secret: secret.as_ref().map(|(key, to)| (key, to.as_slice())),
            body: &body,
        };
        Ok(state(statement, &self.signer, rng)?)
    }
}

/// Above what is known here and, by the clock, above what an office restored from a backup has
/// forgotten.
fn next_revision(known: Option<u32>, now: u32) -> u32 {
    known.map_or(now, |known| now.max(known.saturating_add(1)))
}

#[cfg(test)]
mod tests;
