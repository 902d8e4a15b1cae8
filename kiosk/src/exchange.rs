//! One conversation with the office: does what the engine says, step by step.
//!
//! State and IO, no decisions: those are `beket-sync`'s.

use std::collections::BTreeSet;

use beket_directory::{Directory, Set};
use beket_record::{CaseId, Part, Record, RecordId};
use beket_store::{Store, StoreError, Write};
use beket_sync::{Failure, Input, Report, Session, SetUp, Settlement, Step, Survey};
use beket_wire::{KnownAs, Route};
use rand::CryptoRng;
use serde::Serialize;

use crate::{Identity, KioskError, Now, Traffic};

/// What a conversation did, in the words of the command line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SyncReport {
    /// Records that the office newly stored.
    pub pushed: u64,
    /// Records that came from the office.
    pub pulled: u64,
    /// Records that the office refused this time.
    pub refused: u64,
    /// Records of this kiosk that the office has and holds back.
    pub held: u64,
    /// Requests made.
    pub round_trips: u64,
    /// Bytes of requests.
    pub bytes_up: u64,
    /// Bytes of answers.
    pub bytes_down: u64,
    /// Whether both sides hold the same of all that they share.
    pub in_step: bool,
    /// The office's clock less this kiosk's, in seconds, where the office said it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clock_skew_seconds: Option<i64>,
    /// Why the office does not count what this kiosk writes, where it does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_counted: Option<&'static str>,
    /// Why it ended early.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// What a conversation waits for.
#[derive(Debug)]
pub enum Next {
    /// This is to be posted, and the answer handed in.
    Ask(Question),
    /// Nothing: it is over.
    Over(SyncReport),
}

/// One request to the office, not yet signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Which request.
    pub route: Route,
    /// The conversation's token.
    pub token: Vec<u8>,
    /// Which request of the conversation, from 0.
    pub counter: u64,
    /// The message.
    pub body: Vec<u8>,
}

/// A conversation that waits for nobody: between a question and its answer the store is free for
/// whoever takes the next intake.
#[derive(Debug)]
pub struct Conversation {
    session: Session,
    touched: BTreeSet<CaseId>,
    /// Receipts or refusals came since.
    settled: bool,
}

impl Conversation {
    pub(crate) fn begin(
        store: &mut Store,
        identity: &Identity,
        directory: Directory,
        disk_left: Option<u64>,
        now: Now,
        rng: &mut impl CryptoRng,
    ) -> Result<(Self, Next), KioskError> {
        let mut nonce = [0; 16];
        rng.fill_bytes(&mut nonce);
        let set_up = SetUp {
            directory,
            device: identity.signer.author(),
            station: identity.station.clone(),
            scopes_here: store.scopes()?,
            clock: now.seconds(),
            software: env!("CARGO_PKG_VERSION").to_owned(),
            waiting: store.waiting()?,
            disk_left,
            nonce,
        };
        let (session, step) = Session::start(set_up);
        let mut conversation = Self { session, touched: BTreeSet::new(), settled: false };
        let next = conversation.go_on(step, store, identity, now, rng)?;
        Ok((conversation, next))
    }

    pub(crate) fn answer(
        &mut self,
        answer: Result<Vec<u8>, Failure>,
        store: &mut Store,
        identity: &Identity,
        now: Now,
        rng: &mut impl CryptoRng,
    ) -> Result<Next, KioskError> {
        let input = answer.map_or_else(Input::Failed, Input::Answered);
        let step = self.session.handle(input, rng);
        self.go_on(step, store, identity, now, rng)
    }

    /// What happened so far.
    pub fn progress(&self) -> &Report {
        self.session.report()
    }

    /// Cases of which records came since the last call; `None` where none did, and the mark of none
    /// has changed.
    pub fn touched(&mut self) -> Option<BTreeSet<CaseId>> {
        let touched = std::mem::take(&mut self.touched);
        let settled = std::mem::take(&mut self.settled);
        (settled || !touched.is_empty()).then_some(touched)
    }

    fn go_on(
        &mut self,
        mut step: Step,
        store: &mut Store,
        identity: &Identity,
        now: Now,
        rng: &mut impl CryptoRng,
    ) -> Result<Next, KioskError> {
        loop {
            let input = match step {
                Step::Ask { route, token, counter, body } => {
                    return Ok(Next::Ask(Question { route, token, counter, body }));
                }
                Step::Done(report) => {
                    return Ok(Next::Over(SyncReport::of(&report, store.held_at_centre()?)));
                }
                step => {
                    if let Step::Keep { records, .. } = &step {
                        self.touched.extend(records.iter().map(|record| record.header().case));
                    }
                    self.settled |= matches!(&step, Step::Settle(_));
                    perform(store, identity, step, now)?
                }
            };
            step = self.session.handle(input, rng);
        }
    }
}

fn not_counted(known_as: KnownAs) -> Option<&'static str> {
    match known_as {
        KnownAs::Admitted => None,
        KnownAs::Held => Some(
            "The office has not admitted this kiosk: another device used its code first, or the \
             code had expired. What it takes is safe and is held back until a person at the office \
             admits it (`sync-server device admit`)",
        ),
        KnownAs::Revoked => Some(
            "The office has revoked this kiosk. What it takes is kept and held back; it is told of \
             no new cases. Call the office",
        ),
        KnownAs::Unknown => Some("The office does not know this kiosk: it must be enrolled anew"),
    }
}

impl SyncReport {
    fn of(report: &Report, held: u64) -> Self {
        Self {
            pushed: report.pushed,
            pulled: report.pulled,
            refused: report.refused,
            held,
            round_trips: report.round_trips,
            bytes_up: 0,
            bytes_down: 0,
            in_step: report.in_step,
            clock_skew_seconds: report.skew,
            not_counted: report.known_as.and_then(not_counted),
            error: report.failure.as_ref().map(Failure::to_string),
        }
    }

    /// The same, with what its link counted.
    #[must_use]
    pub fn over(self, traffic: &Traffic) -> Self {
        Self { bytes_up: traffic.up, bytes_down: traffic.down, ..self }
    }
}

/// The steps that only concern the disk.
fn perform(
    store: &mut Store,
    identity: &Identity,
    step: Step,
    now: Now,
) -> Result<Input, KioskError> {
    Ok(match step {
        Step::Survey(sets) => Input::Surveyed(survey(store, sets)?),
        Step::Rank(ids) => {
            Input::Ranked { ranked: store.ranked(&ids)?, unreceipted: store.unreceipted()? }
        }
        Step::Load(ids, most_bytes) => Input::Loaded(load(store, &ids, most_bytes)?),
        Step::LoadDirectory => Input::Loaded(store.directory_records()?),
        Step::Keep { records, receipt } => {
            let ids: Vec<RecordId> = records.iter().map(Record::id).collect();
            let receipt = receipt.map(|receipt| (receipt, ids));
            let directory = keep(store, identity, &records, now)?;
            settle(store, &Settlement { receipt, ..Settlement::default() }, now)?;
            Input::Kept(directory.map(Box::new))
        }
        Step::Settle(settlement) => {
            settle(store, &settlement, now)?;
            Input::Settled
        }
        Step::Ask { .. } | Step::Done(_) => Input::Failed(Failure::OutOfStep),
    })
}

fn survey(store: &Store, sets: Vec<Set>) -> Result<Vec<Survey>, StoreError> {
    sets.into_iter()
        .map(|set| {
            let items = store.items(&set)?;
            Ok(Survey { set, items })
        })
        .collect()
}

fn load(store: &Store, ids: &[RecordId], most_bytes: usize) -> Result<Vec<Record>, StoreError> {
    let (mut records, mut bytes) = (Vec::new(), 0);
    for id in ids {
        let Some(record) = store.record(*id)? else { continue };
        bytes += record.bytes().len();
        if !records.is_empty() && bytes > most_bytes {
            break;
        }
        records.push(record);
    }
    Ok(records)
}

/// Stores what came. Certificates and purges change who may do what, so everything here is judged
/// again in the same transaction.
fn keep(
    store: &mut Store,
    identity: &Identity,
    records: &[Record],
    now: Now,
) -> Result<Option<Directory>, KioskError> {
    let is_register = |r: &Record| matches!(r.header().part, Part::Directory | Part::Purge);
    let mut register = store.directory_records()?;
    let changes = records.iter().any(is_register);
    register.extend(records.iter().filter(|r| is_register(r)).cloned());
    let directory = Directory::build(identity.office, &register);
    store.write(|write: &mut Write<'_>| -> Result<(), KioskError> {
        for record in records {
            write.add(record, &directory.judge(record), now.seconds())?;
            if record.header().part == Part::Purge {
                write.purge(record.header().case)?;
            }
        }
        if changes {
            write.reshelve(&directory)?;
        }
        Ok(())
    })?;
    Ok(changes.then_some(directory))
}

fn settle(store: &mut Store, settlement: &Settlement, now: Now) -> Result<(), KioskError> {
    store.write(|write: &mut Write<'_>| {
        write.drop_receipts(&settlement.not_there)?;
        if let Some((receipt, ids)) = &settlement.receipt {
            write.keep_receipt(receipt, ids)?;
        }
        for (id, reason) in &settlement.refused {
            write.refuse(*id, reason, now.seconds())?;
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    #[test]
    fn receipts_are_told_of_though_no_record_came() {
        let (folder, worker, mut rng) = fixture::kiosk(beket_directory::Role::Staffed, None);
        let (identity, path) = (worker.identity().clone(), worker.path().to_owned());
        drop(worker);
        let mut store = Store::open_existing(&path).unwrap();
        let directory = Directory::build(identity.office, &store.directory_records().unwrap());
        let begun =
            Conversation::begin(&mut store, &identity, directory, None, fixture::now(), &mut rng);
        let (mut talk, _) = begun.unwrap();
        assert_eq!(talk.touched(), None);
        let step = Step::Settle(Settlement::default());
        drop(talk.go_on(step, &mut store, &identity, fixture::now(), &mut rng).unwrap());
        assert_eq!((talk.touched(), talk.touched()), (Some(BTreeSet::new()), None));
        drop(folder);
    }
}
