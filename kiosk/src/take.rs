//! Taking an intake: from what a person said to a sealed record and its reference number.
//!
//! Needs no key but the public ones, so it works on a locked kiosk and on one that cannot read.
//! The document's key is forgotten with the record made, its envelope used once.

use beket_directory::Directory;
use beket_model::{Document, Instant, Intake, Line, Reference, Stamp};
use beket_record::{CaseId, Draft, Lane, Record, Scope, seal};
use beket_store::{Added, Store, Write};
use rand::CryptoRng;

use crate::envelopes::Envelopes;
use crate::{Identity, KioskError, Now};

const COUNTER: &str = "reference-counter";

/// An intake that is on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The number that people say.
    pub reference: String,
    /// Its identity.
    pub case: CaseId,
    /// When, as it bears it: seconds since 1970.
    pub taken_at: u64,
    /// The station or incident whose kiosks can read it.
    pub scope: Scope,
    /// The incident that the form of an emergency names, where no open incident here bears it.
    pub unknown_incident: Option<String>,
    /// Incidents that it might belong to as well, where the form named none and several are open.
    pub other_incidents: Vec<Scope>,
}

/// A setting that goes along, and its value.
pub(crate) type Along<'a> = Option<(&'a str, &'a [u8])>;

/// Takes a batch: what could be taken is on the platter when this returns, the rest is answered
/// with its reason and stops nothing. A failing disk takes none of it. A setting goes along where
/// all of it was taken.
pub(crate) fn take(
    store: &mut Store,
    (identity, directory): (&Identity, &Directory),
    envelopes: &mut Envelopes,
    by: &str,
    (intakes, along): (Vec<Intake>, Along<'_>),
    now: Now,
    rng: &mut impl CryptoRng,
) -> Result<Vec<Result<Taken, KioskError>>, KioskError> {
    store.write(|write: &mut Write<'_>| {
        let mut unused = None;
        let mut answers = Vec::with_capacity(intakes.len());
        for mut intake in intakes {
            let counter = match unused.take() {
                Some(counter) => counter,
                None => write.next_number(COUNTER)?,
            };
            let named = Named::of(&intake);
            let at = || Instant::from_unix(now.seconds().cast_signed()).ok();
            intake.taken_at = intake.taken_at.or_else(at);
            let taken_at = intake.taken_at.map_or(0, |at| at.unix().unsigned_abs());
            let made = Reference::new(identity.station.as_str(), &identity.letter, counter)
                .map_err(KioskError::from)
                .and_then(|reference| {
                    Ok((
                        record((identity, directory), envelopes, by, intake, &reference, now, rng)?,
                        reference,
                    ))
                });
            answers.push(match made {
                Ok((record, reference)) => {
                    let told = (named, taken_at);
                    Ok(keep(write, directory, &record, &reference, told, now)?)
                }
                Err(reason) => {
                    unused = Some(counter);
                    Err(reason)
                }
            });
        }
        if let Some((setting, value)) = along
            && answers.iter().all(Result::is_ok)
        {
            write.set(setting, value)?;
        }
        Ok(answers)
    })
}

fn keep(
    write: &mut Write<'_>,
    directory: &Directory,
    record: &Record,
    reference: &Reference,
    (named, taken_at): (Named, u64),
    now: Now,
) -> Result<Taken, KioskError> {
    let (case, scope) = (record.header().case, record.header().scope.clone());
    let judgement = directory.judge(record);
    if write.add(record, &judgement, now.seconds())? == Added::Barred {
        return Err(KioskError::NoRecipients);
    }
    write.label(reference.as_str(), case)?;
    let (unknown_incident, other_incidents) = match named {
        Named::NotOfAnIncident => (None, Vec::new()),
        Named::None => {
            let station = &record_station(directory, record).unwrap_or_else(|| scope.clone());
            let open = directory.open_incidents(station).into_iter();
            (None, open.filter(|code| **code != scope).cloned().collect())
        }
        Named::Code(code) => {
            let known = code.trim().eq_ignore_ascii_case(scope.as_str());
            (Some(code).filter(|_| !known), Vec::new())
        }
    };
    let reference = reference.to_string();
    Ok(Taken { reference, case, taken_at, scope, unknown_incident, other_incidents })
}

fn record_station(directory: &Directory, record: &Record) -> Option<Scope> {
    directory.writer(&record.header().author).map(|writer| writer.station)
}

/// What a form says of its incident.
enum Named {
    /// Its kind belongs to the station.
    NotOfAnIncident,
    None,
    Code(String),
}

impl Named {
    fn of(intake: &Intake) -> Self {
        match &intake.incident {
            _ if !intake.kind.is_emergency() => Self::NotOfAnIncident,
            None => Self::None,
            Some(code) => Self::Code(code.as_str().to_owned()),
        }
    }
}

fn record(
    (identity, directory): (&Identity, &Directory),
    envelopes: &mut Envelopes,
    by: &str,
    mut intake: Intake,
    reference: &Reference,
    now: Now,
    rng: &mut impl CryptoRng,
) -> Result<Record, KioskError> {
    let scope = scope_of(&mut intake, identity, directory);
    let envelope = envelopes.take(directory, &scope, rng)?;
    let stamp = Stamp {
        author: identity.signer.author(),
        by: by.to_owned(),
        at: now.seconds().cast_signed(),
    };
    let (_, change) = Document::intake(&intake, reference, &stamp, rng)?;
    let draft = Draft {
        envelope: &envelope,
        lane: lane_of(&intake),
        scope: &scope,
        made: now.record_clock()?,
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
