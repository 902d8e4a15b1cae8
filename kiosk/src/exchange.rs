//! One conversation with the office: does what the engine says, step by step.
//!
//! State and IO, no decisions: those are `beket-sync`'s.

use beket_directory::{Directory, Set};
use beket_record::{Part, Record, RecordId};
use beket_store::{Store, StoreError, Write};
use beket_sync::{Failure, Input, Report, Session, SetUp, Settlement, Step, Survey};
use rand::CryptoRng;
use serde::Serialize;

use crate::{Identity, KioskError, Link, Now};

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
    /// Why it ended early.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// Talks to the office until both are in step or the link fails.
pub(crate) fn exchange(
    store: &mut Store,
    identity: &Identity,
    directory: Directory,
    link: &mut Link,
    now: Now,
    rng: &mut impl CryptoRng,
    watch: &mut dyn FnMut(&Report),
) -> Result<SyncReport, KioskError> {
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
        nonce,
    };
    let (mut session, mut step) = Session::start(set_up);
    let report = loop {
        let input = match step {
            Step::Done(report) => break report,
            Step::Ask { route, token, counter, body } => {
                let answer = link.ask(&identity.signer, route, &token, counter, &body);
                watch(session.report());
                answer.map_or_else(Input::Failed, Input::Answered)
            }
            step => perform(store, identity, step, now)?,
        };
        step = session.handle(input, rng);
    };
    let held = store.held_at_centre()?;
    Ok(SyncReport {
        pushed: report.pushed,
        pulled: report.pulled,
        refused: report.refused,
        held,
        round_trips: report.round_trips,
        bytes_up: link.traffic.up,
        bytes_down: link.traffic.down,
        in_step: report.in_step,
        clock_skew_seconds: report.skew,
        error: report.failure.as_ref().map(Failure::to_string),
    })
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
