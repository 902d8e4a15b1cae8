//! The enrolment code: all that a kiosk needs to be set up with no network, on one line.
//!
//! It carries private keys: whoever reads it can be that kiosk. Refuses mistyped and cut codes
//! before anything is made of them.

use std::fmt;

use beket_record::{
    Author, CaseId, Lane, Part, RecipientSecret, Record, Scope, SealError, Signer, Statement,
    Unverified, state,
};
use data_encoding::BASE64URL_NOPAD;
use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};
use rand::CryptoRng;
use thiserror::Error;
use zeroize::Zeroizing;

use crate::certificate::{Certificate, Device, Enrolment, Role};
use crate::register::Directory;

const PREFIX: &str = "BEKET1.";
const CHECK_BYTES: usize = 4;

/// Why a text is no enrolment code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CodeError {
    /// Not a code at all.
    #[error("this is not an enrolment code: one starts with {PREFIX}")]
    NotACode,
    /// Cut or mistyped.
    #[error("the enrolment code was cut or mistyped: copy it again, whole, on one line")]
    Damaged,
    /// Its certificates do not prove what it says.
    #[error("the enrolment code's certificates are not the office's own: ask for a new code")]
    Unproven,
}

/// An enrolment code's content.
#[derive(Clone)]
pub struct EnrolmentCode {
    /// Where the office is reached.
    pub url: String,
    /// The office's signing key.
    pub office: [u8; 32],
    /// Directory records: the office, the station, its open incidents, the enrolment.
    pub records: Vec<ByteVec>,
    /// The enrolment's private key.
    pub key: Zeroizing<[u8; 32]>,
    /// For staffed kiosks: the station's private key.
    pub station_secret: Option<Zeroizing<[u8; 32]>>,
}

/// Without the keys.
impl fmt::Debug for EnrolmentCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EnrolmentCode")
            .field("url", &self.url)
            .field("office", &Author::from_bytes(self.office))
            .finish_non_exhaustive()
    }
}

#[derive(Encode, Decode)]
#[cbor(map)]
struct Wire {
    #[n(0)]
    url: String,
    #[n(1)]
    #[cbor(with = "minicbor::bytes")]
    office: [u8; 32],
    #[n(2)]
    records: Vec<ByteVec>,
    #[n(3)]
    #[cbor(with = "minicbor::bytes")]
    key: [u8; 32],
    #[n(4)]
    #[cbor(with = "minicbor::bytes")]
    station_secret: Option<[u8; 32]>,
}

impl EnrolmentCode {
    /// The code as one line of text.
    #[expect(
        clippy::expect_used,
        clippy::missing_panics_doc,
        reason = "writing plain fields to memory has no way to fail"
    )]
    pub fn to_text(&self) -> Zeroizing<String> {
        let wire = Wire {
            url: self.url.clone(),
            office: self.office,
            records: self.records.clone(),
            key: *self.key,
            station_secret: self.station_secret.as_ref().map(|secret| **secret),
        };
        let mut bytes = Zeroizing::new(minicbor::to_vec(wire).expect("plain fields encode"));
        let check = blake3::hash(&bytes);
        bytes.extend_from_slice(&check.as_bytes()[..CHECK_BYTES]);
        Zeroizing::new(format!("{PREFIX}{}", BASE64URL_NOPAD.encode(&bytes)))
    }

    /// Reads a code that a person pasted.
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        let body = text.trim().strip_prefix(PREFIX).ok_or(CodeError::NotACode)?;
        let bytes = BASE64URL_NOPAD.decode(body.as_bytes()).map_err(|_| CodeError::Damaged)?;
        let bytes = Zeroizing::new(bytes);
        let (content, check) = bytes.split_last_chunk::<CHECK_BYTES>().ok_or(CodeError::Damaged)?;
        if blake3::hash(content).as_bytes()[..CHECK_BYTES] != *check {
            return Err(CodeError::Damaged);
        }
        let wire: Wire = minicbor::decode(content).map_err(|_| CodeError::Damaged)?;
        Ok(Self {
            url: wire.url,
            office: wire.office,
            records: wire.records,
            key: Zeroizing::new(wire.key),
            station_secret: wire.station_secret.map(Zeroizing::new),
        })
    }

    /// Checks the certificates and gives what they prove: the records, the station's code and the
    /// enrolment.
    pub fn prove(&self) -> Result<(Vec<Record>, Scope, Enrolment), CodeError> {
        let office = Author::from_bytes(self.office);
        let key = Signer::from_bytes(&self.key).author();
        let mut records = Vec::new();
        let mut proven = None;
        for bytes in &self.records {
            let record = Unverified::parse(bytes.to_vec()).map_err(|_| CodeError::Unproven)?;
            let record = record.verify().map_err(|_| CodeError::Unproven)?;
            if record.header().author != office {
                return Err(CodeError::Unproven);
            }
            if let Some(Certificate::Enrolment(enrolment)) = Certificate::from_bytes(record.body())
                && enrolment.key == *key.as_bytes()
            {
                proven = Some((record.header().scope.clone(), enrolment));
            }
            records.push(record);
        }
        let (station, enrolment) = proven.ok_or(CodeError::Unproven)?;
        let directory = Directory::build(office, &records);
        let place = directory.stations.get(&station).ok_or(CodeError::Unproven)?;
        let secret_fits = match (enrolment.role, &self.station_secret) {
            (Role::SelfService, None) => true,
            (Role::Staffed, Some(secret)) => RecipientSecret::from_bytes(secret)
                .is_ok_and(|secret| secret.recipient() == place.recipient),
            _ => false,
        };
        if directory.office_recipient.is_none() || !secret_fits {
            return Err(CodeError::Unproven);
        }
        Ok((records, station, enrolment))
    }
}

/// Certifies a device's key with its enrolment's; both must be at hand.
pub fn certify_device(
    enrolment_key: &Signer,
    device: &Signer,
    station: &Scope,
    now: u32,
    rng: &mut impl CryptoRng,
) -> Result<Record, SealError> {
    let agreed = Device::agree(device, &enrolment_key.author(), station);
    let body = Certificate::Device(agreed).to_bytes();
    let statement = Statement {
        part: Part::Directory,
        lane: Lane::Ordinary,
        case: CaseId::NONE,
        scope: station,
        made: now,
        secret: None,
        body: &body,
    };
    state(statement, enrolment_key, rng)
}

#[cfg(test)]
mod tests;
