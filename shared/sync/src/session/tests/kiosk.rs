//! The shell around a session: a kiosk in memory that does what the engine says, and checks after
//! every step that it forgot nothing and claims nothing that was never so.

use std::collections::{BTreeMap, BTreeSet};

use beket_directory::Set;
use beket_record::{Author, CaseId, Record, RecordId, Scope, Signer};
use beket_wire::Route;
use rand_chacha::ChaCha8Rng;

use super::replica::Replica;
use crate::{Failure, Input, Report, Session, SetUp, Settlement, Step, Survey};

pub(super) struct Kiosk {
    pub(super) signer: Signer,
    pub(super) station: Scope,
    pub(super) replica: Replica,
    pub(super) receipted: BTreeSet<RecordId>,
    pub(super) refused: BTreeMap<RecordId, String>,
    /// All that was ever written here.
    pub(super) taken: BTreeMap<RecordId, CaseId>,
    /// What its clock is ahead of the office's, in seconds.
    pub(super) ahead: i64,
    /// Requests of the last session: route, bytes up, bytes down.
    pub(super) traffic: Vec<(Route, usize, usize)>,
}

/// What the link does with a request.
pub(super) type Ask<'a> = dyn FnMut(Route, &[u8]) -> Result<Vec<u8>, Failure> + 'a;

/// What a session of this kiosk starts from.
pub(super) fn set_up(kiosk: &Kiosk) -> SetUp {
    SetUp {
        directory: kiosk.replica.directory.clone(),
        device: kiosk.author(),
        station: kiosk.station.clone(),
        scopes_here: kiosk.replica.scopes(),
        clock: 0,
        software: "test".to_owned(),
        waiting: kiosk.unreceipted().len() as u64,
        disk_left: None,
        nonce: [7; 16],
    }
}

impl Kiosk {
    pub(super) fn author(&self) -> Author {
        self.signer.author()
    }

    pub(super) fn routes(&self) -> Vec<Route> {
        self.traffic.iter().map(|(route, ..)| *route).collect()
    }

    pub(super) fn unreceipted(&self) -> Vec<RecordId> {
        self.replica.ranked(|id| !self.receipted.contains(id))
    }

    /// One session over this link; ends without a word before the step for which `crash` says so.
    pub(super) fn talk(
        &mut self,
        now: u64,
        rng: &mut ChaCha8Rng,
        ask: &mut Ask<'_>,
        crash: &mut dyn FnMut(&mut ChaCha8Rng) -> bool,
    ) -> Option<Report> {
        self.traffic.clear();
        let clock = now.saturating_add_signed(self.ahead);
        let (mut session, mut step) = Session::start(SetUp { clock, ..set_up(self) });
        loop {
            if crash(rng) {
                return None;
            }
            let input = match step {
                Step::Done(report) => return Some(report),
                Step::Ask { route, body, counter, .. } => {
                    assert_eq!(counter, self.traffic.len() as u64);
                    assert!(body.len() < beket_wire::MAX_BODY_BYTES - 256);
                    let answer = ask(route, &body);
                    let down = answer.as_ref().map_or(0, Vec::len);
                    self.traffic.push((route, body.len(), down));
                    answer.map_or_else(Input::Failed, Input::Answered)
                }
                step => self.perform(step),
            };
            step = session.handle(input, rng);
        }
    }

    pub(super) fn perform(&mut self, step: Step) -> Input {
        match step {
            Step::Survey(sets) => {
                Input::Surveyed(sets.into_iter().map(|s| self.survey(s)).collect())
            }
            Step::Rank(ids) => {
                let ids: BTreeSet<RecordId> = ids.into_iter().collect();
                let ranked = self.replica.ranked(|id| ids.contains(id));
                Input::Ranked { ranked, unreceipted: self.unreceipted() }
            }
            Step::Load(ids, most_bytes) => Input::Loaded(self.load(&ids, most_bytes)),
            Step::LoadDirectory => Input::Loaded(self.replica.register()),
            Step::Keep { records, receipt } => {
                let before = self.replica.directory.clone();
                self.replica.add(&records);
                if let Some(receipt) = receipt {
                    let ids: Vec<RecordId> = records.iter().map(Record::id).collect();
                    assert!(receipt.covers(&before.office(), &ids));
                    self.receipted.extend(ids);
                }
                self.forget_purged();
                let register = records.iter().any(super::replica::is_register);
                Input::Kept(register.then(|| Box::new(self.replica.directory.clone())))
            }
            Step::Settle(settlement) => {
                self.settle(settlement);
                Input::Settled
            }
            Step::Ask { .. } | Step::Done(_) => unreachable!(),
        }
    }

    fn survey(&self, set: Set) -> Survey {
        let items = self.replica.items(&set);
        Survey { set, items }
    }

    fn load(&self, ids: &[RecordId], most_bytes: usize) -> Vec<Record> {
        let mut bytes = 0;
        let mut records = Vec::new();
        for record in ids.iter().filter_map(|id| self.replica.get(id)) {
            bytes += record.bytes().len();
            if !records.is_empty() && bytes > most_bytes {
                break;
            }
            records.push(record.clone());
        }
        records
    }

    fn settle(&mut self, settlement: Settlement) {
        for id in &settlement.not_there {
            self.receipted.remove(id);
        }
        if let Some((receipt, ids)) = settlement.receipt {
            assert!(receipt.covers(&self.replica.directory.office(), &ids));
            self.receipted.extend(ids.iter().filter(|id| self.replica.records.contains_key(id)));
        }
        for (id, reason) in settlement.refused {
            self.replica.records.remove(&id);
            self.receipted.remove(&id);
            self.refused.insert(id, reason);
        }
    }

    fn forget_purged(&mut self) {
        let records = &self.replica.records;
        self.receipted.retain(|id| records.contains_key(id));
    }
}
