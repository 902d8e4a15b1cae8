//! Taking an intake: from what a person said to a sealed record and its reference number.
//!
//! Needs no key but the public ones, so it works on a locked kiosk and on one that cannot read.
//! The document's key is forgotten with the record made.

use beket_directory::Directory;
use beket_model::{Document, Instant, Intake, Line, Reference, Stamp};
use beket_record::{CaseId, DocumentKey, Draft, Lane, Part, Record, Scope, seal};
use beket_store::{Store, Write};
use rand::CryptoRng;

use crate::{Identity, KioskError, Now};

const COUNTER: &str = "reference-counter";

/// An intake that is on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The number that people say.
    pub reference: String,
    /// Its identity.
    pub case: CaseId,
}

/// Takes a batch: all of it is on the platter when this returns, or none.
pub(crate) fn take(
    store: &mut Store,
    identity: &Identity,
    directory: &Directory,
    by: &str,
    intakes: Vec<Intake>,
    now: Now,
    rng: &mut impl CryptoRng,
) -> Result<Vec<Taken>, KioskError> {
    store.write(|write: &mut Write<'_>| {
        let mut taken = Vec::with_capacity(intakes.len());
        for intake in intakes {
            let counter = write.next_number(COUNTER)?;
            let station = identity.station.as_str();
            let reference = Reference::new(station, &identity.letter, counter)?;
            let (case, record) = record(identity, directory, by, intake, &reference, now, rng)?;
            write.add(&record, &directory.judge(record.header()), now.seconds())?;
            write.label(reference.as_str(), case)?;
            taken.push(Taken { reference: reference.to_string(), case });
        }
        Ok(taken)
    })
}

fn record(
    identity: &Identity,
    directory: &Directory,
    by: &str,
    mut intake: Intake,
    reference: &Reference,
    now: Now,
    rng: &mut impl CryptoRng,
) -> Result<(CaseId, Record), KioskError> {
    let scope = scope_of(&mut intake, identity, directory);
    if intake.taken_at.is_none() {
        intake.taken_at = Instant::from_unix(now.seconds().cast_signed()).ok();
    }
    let recipients = directory.recipients(Part::Intake, &scope).ok_or(KioskError::NoRecipients)?;
    let stamp = Stamp {
        author: identity.signer.author(),
        by: by.to_owned(),
        at: now.seconds().cast_signed(),
    };
    let (_, change) = Document::intake(&intake, reference, &stamp, rng)?;
    let case = CaseId::random(rng);
    let draft = Draft {
        part: Part::Intake,
        lane: lane_of(&intake),
        case,
        scope: &scope,
        made: now.record_clock()?,
        key: &DocumentKey::random(rng),
        recipients: &recipients,
        change: &change,
    };
    Ok((case, seal(draft, &identity.signer, rng)?))
}

/// A child alone goes first, then whatever belongs to an emergency.
fn lane_of(intake: &Intake) -> Lane {
    match intake.kind.is_emergency() {
        _ if intake.has_child_alone() => Lane::Urgent,
        true => Lane::Emergency,
        false => Lane::Ordinary,
    }
}

/// An appeal belongs to its station. Emergency kinds belong to the open incident that the form
/// names; where it names none, to the station's own open one, which the form then bears.
fn scope_of(intake: &mut Intake, identity: &Identity, directory: &Directory) -> Scope {
    let station = || identity.station.clone();
    if !intake.kind.is_emergency() {
        return station();
    }
    let open = directory.open_incidents(&identity.station);
    match &intake.incident {
        Some(named) => {
            let known = open.into_iter().find(|code| code.as_str() == named.as_str());
            known.cloned().unwrap_or_else(station)
        }
        None => match open.first() {
            Some(code) => {
                intake.incident = Line::try_from(code.to_string()).ok();
                (*code).clone()
            }
            None => station(),
        },
    }
}
