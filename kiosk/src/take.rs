//! Taking an intake: from what a person said to a sealed record and its reference number.
//!
//! Needs no key but the public ones, so it works on a locked kiosk and on one that cannot read.
//! The document's key is forgotten with the record made.

use beket_directory::Directory;
use beket_model::{Document, Instant, Intake, Line, Reference, Stamp};
use beket_record::{CaseId, DocumentKey, Draft, Lane, Part, Record, Scope, seal};
use beket_store::{Added, Store, Write};
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
    /// The station or incident whose kiosks can read it.
    pub scope: Scope,
    /// The incident that the form names, where no open incident here bears that code.
    pub unknown_incident: Option<String>,
}

/// Takes a batch: what could be taken is on the platter when this returns, the rest is answered
/// with its reason and stops nothing. A failing disk takes none of it.
pub(crate) fn take(
    store: &mut Store,
    identity: &Identity,
    directory: &Directory,
    by: &str,
    intakes: Vec<Intake>,
    now: Now,
    rng: &mut impl CryptoRng,
) -> Result<Vec<Result<Taken, KioskError>>, KioskError> {
    store.write(|write: &mut Write<'_>| {
        let mut unused = None;
        let mut answers = Vec::with_capacity(intakes.len());
        for intake in intakes {
            let counter = match unused.take() {
                Some(counter) => counter,
                None => write.next_number(COUNTER)?,
            };
            let named = intake.incident.as_ref().map(|code| code.as_str().to_owned());
            let made = Reference::new(identity.station.as_str(), &identity.letter, counter)
                .map_err(KioskError::from)
                .and_then(|reference| {
                    Ok((record(identity, directory, by, intake, &reference, now, rng)?, reference))
                });
            answers.push(match made {
                Ok((record, reference)) => {
                    Ok(keep(write, directory, &record, &reference, named, now)?)
                }
                Err(reason) => {
                    unused = Some(counter);
                    Err(reason)
                }
            });
        }
        Ok(answers)
    })
}

fn keep(
    write: &mut Write<'_>,
    directory: &Directory,
    record: &Record,
    reference: &Reference,
    named: Option<String>,
    now: Now,
) -> Result<Taken, KioskError> {
    let (case, scope) = (record.header().case, record.header().scope.clone());
    let judgement = directory.judge(record);
    if write.add(record, &judgement, now.seconds())? == Added::Barred {
        return Err(KioskError::NoRecipients);
    }
    write.label(reference.as_str(), case)?;
    let unknown = |code: &String| !code.trim().eq_ignore_ascii_case(scope.as_str());
    let unknown_incident = named.filter(unknown);
    Ok(Taken { reference: reference.to_string(), case, scope, unknown_incident })
}

fn record(
    identity: &Identity,
    directory: &Directory,
    by: &str,
    mut intake: Intake,
    reference: &Reference,
    now: Now,
    rng: &mut impl CryptoRng,
) -> Result<Record, KioskError> {
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
    let draft = Draft {
        part: Part::Intake,
        lane: lane_of(&intake),
        case: CaseId::random(rng),
        scope: &scope,
        made: now.record_clock()?,
        key: &DocumentKey::random(rng),
        recipients: &recipients,
        change: &change,
    };
    Ok(seal(draft, &identity.signer, rng)?)
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
            let same = |code: &&&Scope| code.as_str().eq_ignore_ascii_case(named.as_str().trim());
            open.iter().find(same).map_or_else(station, |code| (*code).clone())
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
