//! What a directory record states, as numbered CBOR fields: unknown ones are passed over, so that
//! an older replica keeps holding and passing on what it does not understand.
//!
//! Where two statements speak of one thing, the higher revision holds; at equal revisions the
//! more cautious one (closed over open, revoked over admitted), then the higher record address.

use beket_record::{Author, RecordId, Scope, Signer};
use minicbor::{Decode, Encode};

/// One statement.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub enum Certificate {
    /// The office names itself.
    #[n(0)]
    Office(#[n(0)] OfficeName),
    /// A station exists.
    #[n(1)]
    Station(#[n(0)] Station),
    /// An incident is open, or closed.
    #[n(2)]
    Incident(#[n(0)] Incident),
    /// One kiosk may be set up.
    #[n(3)]
    Enrolment(#[n(0)] Enrolment),
    /// A kiosk was set up: signed with its enrolment's key.
    #[n(4)]
    Device(#[n(0)] Device),
    /// Whether a kiosk's records count.
    #[n(5)]
    Standing(#[n(0)] Standing),
    /// Records that counted before their kiosk was revoked, and go on counting.
    #[n(6)]
    Counted(#[n(0)] Counted),
}

/// The office's own statement.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct OfficeName {
    /// How people call it.
    #[n(0)]
    #[cbor(default)]
    pub name: String,
    /// The key that every document is sealed to.
    #[n(1)]
    #[cbor(with = "minicbor::bytes")]
    pub recipient: [u8; 32],
}

/// A station. Its private key is granted to the office by the record that carries this.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Station {
    /// How people call it.
    #[n(0)]
    #[cbor(default)]
    pub name: String,
    /// The key that the station's documents are sealed to, beside the office's.
    #[n(1)]
    #[cbor(with = "minicbor::bytes")]
    pub recipient: [u8; 32],
    /// Higher holds.
    #[n(2)]
    #[cbor(default)]
    pub revision: u32,
}

/// An incident. Its private key is granted to the office and to its stations' keys.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Incident {
    /// How people call it.
    #[n(0)]
    #[cbor(default)]
    pub name: String,
    /// The key that the incident's documents are sealed to, beside the office's.
    #[n(1)]
    #[cbor(with = "minicbor::bytes")]
    pub recipient: [u8; 32],
    /// Codes of the stations that serve it.
    #[n(2)]
    #[cbor(default)]
    pub stations: Vec<String>,
    /// Closed incidents take no new cases; late records of theirs are still taken.
    #[n(3)]
    #[cbor(default)]
    pub closed: bool,
    /// Higher holds.
    #[n(4)]
    #[cbor(default)]
    pub revision: u32,
}

/// What a kiosk is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum Role {
    /// Worked by volunteers: may hold its scopes' private keys.
    #[n(0)]
    Staffed,
    /// A touchscreen for citizens: holds no private key and cannot read what it took.
    #[n(1)]
    SelfService,
}

impl Role {
    /// The word of the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Staffed => "staffed",
            Self::SelfService => "self-service",
        }
    }
}

/// Permission to set up one kiosk.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Enrolment {
    /// The public key whose private half travels in the enrolment code.
    #[n(0)]
    #[cbor(with = "minicbor::bytes")]
    pub key: [u8; 32],
    /// The kiosk's letter in reference numbers.
    #[n(1)]
    #[cbor(default)]
    pub letter: String,
    /// What it is for.
    #[n(2)]
    pub role: Role,
    /// Seconds since 1970 by the office's clock; first contact after it needs a person's adoption.
    #[n(3)]
    #[cbor(default)]
    pub expires: u64,
}

/// A kiosk that was set up.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Device {
    /// The key it signs with.
    #[n(0)]
    #[cbor(with = "minicbor::bytes")]
    pub key: [u8; 32],
    /// Signed with that key over the enrolment and its station: nobody can certify a device that
    /// is not in their hands.
    #[n(1)]
    #[cbor(with = "minicbor::bytes")]
    pub proof: [u8; 64],
}

impl Device {
    const DOMAIN: &[u8] = b"beket-device-1";

    /// A device agrees to be certified by this enrolment at this station.
    pub(crate) fn agree(device: &Signer, enrolment: &Author, station: &Scope) -> Self {
        let proof = device.sign(&Self::statement(enrolment, station));
        Self { key: *device.author().as_bytes(), proof }
    }

    /// Whether the device itself agreed.
    pub(crate) fn agreed(&self, enrolment: &Author, station: &Scope) -> bool {
        let device = Author::from_bytes(self.key);
        device.verifies(&Self::statement(enrolment, station), &self.proof)
    }

    fn statement(enrolment: &Author, station: &Scope) -> Vec<u8> {
        let station = station.as_str().as_bytes();
        [Self::DOMAIN, enrolment.as_bytes(), station].concat()
    }
}

/// Whether a device's records count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum StandingState {
    /// They do.
    #[n(0)]
    Admitted,
    /// They are held: the device was stolen, lost or cloned.
    #[n(1)]
    Revoked,
}

/// The office's word on one device.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Standing {
    /// The device's key.
    #[n(0)]
    #[cbor(with = "minicbor::bytes")]
    pub device: [u8; 32],
    /// What holds.
    #[n(1)]
    pub state: StandingState,
    /// Higher holds.
    #[n(2)]
    #[cbor(default)]
    pub revision: u32,
}

/// The first bytes of a record's address: enough that nobody finds another record with the same.
pub(crate) type Mention = [u8; 16];

/// Records that the office counted, whatever becomes of the device that wrote them: so a
/// revocation takes nobody off a list who was on it.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Counted {
    /// [`Mention`]s, one behind the other.
    #[n(0)]
    #[cbor(with = "minicbor::bytes")]
    mentions: Vec<u8>,
}

impl Counted {
    /// As many as fit into one record, with room to spare.
    const MOST: usize = 8_000;

    /// As many statements as these records need.
    pub(crate) fn all(records: &[RecordId]) -> impl Iterator<Item = Self> {
        records
            .chunks(Self::MOST)
            .map(|chunk| Self { mentions: chunk.iter().flat_map(mention).collect() })
    }

    /// What it mentions; bytes that are no whole mention say nothing.
    pub(crate) fn mentions(&self) -> impl Iterator<Item = Mention> {
        self.mentions.as_chunks().0.iter().copied()
    }
}

/// How a statement mentions a record.
pub(crate) fn mention(id: &RecordId) -> Mention {
    id.as_bytes().first_chunk().copied().unwrap_or_default()
}

impl Certificate {
    /// Reads a statement; `None` for one that this version does not know, or with bytes behind it.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut decoder = minicbor::Decoder::new(bytes);
        let certificate = decoder.decode().ok()?;
        (decoder.position() == bytes.len()).then_some(certificate)
    }

    /// Writes a statement.
    #[expect(
        clippy::expect_used,
        clippy::missing_panics_doc,
        reason = "writing plain fields to memory has no way to fail"
    )]
    pub fn to_bytes(&self) -> Vec<u8> {
        minicbor::to_vec(self).expect("plain fields encode")
    }
}

#[cfg(test)]
mod tests;
