//! The office's half of the conversation: answers from a directory and items, stateless.
//!
//! Every request stands alone, so that any of several servers can answer any of them. Refuses to
//! compare or hand out sets that the device's station does not serve. A device that is not in good
//! standing may push, and is told of the register alone; one that nobody certified, of nothing.

use std::collections::BTreeSet;

use beket_directory::{Directory, Held, Set};
use beket_record::{Author, BadSignature, CaseId, Record, RecordId, Unverified, verify_all};
use beket_wire::{Hello, KnownAs, Opening, PROTOCOL_VERSION, SetName, Welcome};
use rand::CryptoRng;

use crate::ledger::{Ledger, Mismatch};

/// How the office knows a device.
pub fn known_as(directory: &Directory, device: &Author) -> KnownAs {
    match directory.device_standing(device) {
        Ok(()) => KnownAs::Admitted,
        Err(Held::UnknownAuthor) => KnownAs::Unknown,
        Err(Held::Revoked) => KnownAs::Revoked,
        Err(Held::NotAdmitted | Held::NotItsScope) => KnownAs::Held,
    }
}

/// Whether the office compares a set with this device.
pub fn may_compare(directory: &Directory, device: &Author, set: &Set) -> bool {
    let known_as = known_as(directory, device);
    match set {
        Set::Directory | Set::Purge => known_as != KnownAs::Unknown,
        Set::Held(scope) => directory.serves(device, scope),
        Set::Scope(scope) => known_as == KnownAs::Admitted && directory.serves(device, scope),
        Set::Review => false,
    }
}

/// Whether the office hands this set's records to this device.
pub fn may_pull(directory: &Directory, device: &Author, set: &Set) -> bool {
    match set {
        Set::Held(_) | Set::Review => false,
        Set::Directory | Set::Purge | Set::Scope(_) => may_compare(directory, device, set),
    }
}

/// The sets whose items are needed to answer these openings: known by name, and open to the
/// device.
pub fn sets_of(directory: &Directory, device: &Author, openings: &[Opening]) -> Vec<Set> {
    let named: BTreeSet<Set> = openings.iter().filter_map(|opening| opening.set.set()).collect();
    named.into_iter().filter(|set| may_compare(directory, device, set)).collect()
}

/// Answers openings from the ledgers of [`sets_of`], each set once.
pub fn compare(openings: &[Opening], ledgers: &[Ledger]) -> Result<Vec<Opening>, Mismatch> {
    let mut answers = Vec::new();
    let mut answered = BTreeSet::new();
    for opening in openings {
        let Some(set) = opening.set.set() else { continue };
        let Some(ledger) = ledgers.iter().find(|ledger| *ledger.set() == set) else { continue };
        let Some(name) = SetName::of(&set).filter(|_| answered.insert(set)) else { continue };
        let empty_there = opening.message.is_empty();
        let message = if empty_there {
            Vec::new()
        } else {
            ledger.answer(&opening.message, ledgers.len())?
        };
        let range = empty_there && !ledger.is_empty();
        answers.push(Opening { set: name, message: message.into(), range });
    }
    Ok(answers)
}

/// Answers a hello.
pub fn welcome(
    directory: &Directory,
    device: &Author,
    hello: &Hello,
    ledgers: &[Ledger],
    token: Vec<u8>,
    now: u64,
) -> Result<Welcome, Mismatch> {
    let speaks = hello.versions.contains(&PROTOCOL_VERSION);
    let openings = if speaks { compare(&hello.openings, ledgers)? } else { Vec::new() };
    Ok(Welcome {
        token: token.into(),
        clock: now,
        version: if speaks { PROTOCOL_VERSION } else { 0 },
        known_as: known_as(directory, device),
        openings,
    })
}

/// Bytes of a push that are no record of anybody's, kept aside with the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    /// The hash of all the bytes: a forged copy of a record has not that record's address.
    pub id: RecordId,
    /// The case, where the layout could be read.
    pub case: CaseId,
    /// Why, for a person.
    pub reason: String,
}

/// Checks layout and signature of everything in a push, in its order. What it is worth is judged
/// after the push's own certificates have joined the directory.
pub fn verify(
    pushed: impl IntoIterator<Item = Vec<u8>>,
    rng: &mut impl CryptoRng,
) -> Vec<Result<Record, Rejected>> {
    let mut laid_out = Vec::new();
    let mut claims = Vec::new();
    for bytes in pushed {
        let id = RecordId::from_bytes(*blake3::hash(&bytes).as_bytes());
        claims.push(match Unverified::parse(bytes) {
            Ok(record) => {
                let case = record.header().case;
                laid_out.push(record);
                Ok((id, case))
            }
            Err(malformed) => {
                Err(Rejected { id, case: CaseId::NONE, reason: malformed.to_string() })
            }
        });
    }
    let mut verified = verify_all(laid_out, rng).into_iter();
    let verdict = |claim: Result<_, Rejected>| {
        let (id, case) = claim?;
        let verified = verified.next().unwrap_or(Err(BadSignature));
        verified.map_err(|bad| Rejected { id, case, reason: bad.to_string() })
    };
    claims.into_iter().map(verdict).collect()
}

#[cfg(test)]
mod tests;
