//! The office in memory: answers requests through `office`, as the server does; states, admits,
//! revokes, purges; is restored from backups. Owns no check.

use std::collections::{BTreeMap, BTreeSet};

use beket_directory::{Office, Set, StandingState};
use beket_record::{
    Author, CaseId, Lane, Part, Position, Record, RecordId, Scope, Statement, state,
};
use beket_wire::{
    BATCH_BYTES, Hello, KnownAs, MAX_BATCH_BYTES, MAX_BATCH_RECORDS, MAX_IDS, Message, Opening,
    Pull, Pulled, Push, Pushed, Receipt, Reconcile, Reconciled, Route, Verdict,
};
use rand_chacha::ChaCha8Rng;

use super::replica::{Replica, is_register, place};
use crate::{Failure, Ledger, office};

pub(super) struct Centre {
    pub(super) keys: Office,
    pub(super) replica: Replica,
    pub(super) now: u64,
    /// How often it was restored from a backup.
    pub(super) epoch: u32,
    /// All that was ever on its disk.
    pub(super) ever: BTreeMap<RecordId, CaseId>,
    pub(super) backups: Vec<Replica>,
    /// Addresses of these are refused, for no reason that the directory knows.
    pub(super) refuses: BTreeSet<RecordId>,
    /// A server that says `more` only where there is more.
    pub(super) looks_ahead: bool,
    pub(super) rng: ChaCha8Rng,
}

type Answer = Result<Vec<u8>, Failure>;

fn declined(reason: &str) -> Failure {
    Failure::Declined(reason.to_owned())
}

impl Centre {
    /// Keeps what it states itself.
    pub(super) fn keep(&mut self, record: &Record) {
        self.replica.add(std::slice::from_ref(record));
        self.ever.insert(record.id(), record.header().case);
    }

    pub(super) fn back_up(&mut self) {
        self.backups.push(self.replica.clone());
    }

    pub(super) fn restore(&mut self, backup: usize) {
        self.replica = self.backups[backup].clone();
        self.epoch += 1;
    }

    pub(super) fn serve(&mut self, device: &Author, route: Route, body: &[u8]) -> Answer {
        self.now += 1;
        match route {
            Route::Hello => self.hello(device, &read(body)?),
            Route::Reconcile => self.reconcile(device, &read(body)?),
            Route::Push => self.push(device, read(body)?),
            Route::Pull => self.pull(device, &read(body)?),
        }
    }

    fn ledgers(&self, device: &Author, openings: &[Opening]) -> Vec<Ledger> {
        let sets = office::sets_of(&self.replica.directory, device, openings).into_iter();
        sets.map(|set| Ledger::new(set.clone(), &self.replica.items(&set)).unwrap()).collect()
    }

    fn hello(&self, device: &Author, hello: &Hello) -> Answer {
        let ledgers = self.ledgers(device, &hello.openings);
        let directory = &self.replica.directory;
        let token = device.as_bytes()[..8].to_vec();
        let welcome = office::welcome(directory, device, hello, &ledgers, token, self.now);
        Ok(welcome.map_err(|_| declined("malformed"))?.to_bytes())
    }

    fn reconcile(&self, device: &Author, reconcile: &Reconcile) -> Answer {
        let ledgers = self.ledgers(device, &reconcile.openings);
        let openings = office::compare(&reconcile.openings, &ledgers);
        Ok(Reconciled { openings: openings.map_err(|_| declined("malformed"))? }.to_bytes())
    }

    fn push(&mut self, device: &Author, push: Push) -> Answer {
        let bytes: usize = push.records.iter().map(|record| record.len()).sum();
        let too_many = push.records.len() > MAX_BATCH_RECORDS || push.ask.len() > MAX_IDS;
        if too_many || (push.records.len() > 1 && bytes > MAX_BATCH_BYTES) {
            return Err(declined("more than one push may hold"));
        }
        let verified = office::verify(push.records.into_iter().map(Vec::from), &mut self.rng);
        let sound: Vec<Record> = verified.iter().filter_map(|r| r.clone().ok()).collect();
        let mut extended = self.replica.clone();
        extended.add(&sound.iter().filter(|r| is_register(r)).cloned().collect::<Vec<_>>());
        if office::known_as(&extended.directory, device) == KnownAs::Unknown {
            return Err(declined("the office does not know this kiosk"));
        }
        let taken: Vec<Record> =
            sound.into_iter().filter(|record| !self.refuses.contains(&record.id())).collect();
        let outcomes = self.replica.add(&taken);
        let mut outcomes = taken.iter().map(Record::id).zip(outcomes);
        let mut kept = Vec::new();
        let mut verdicts = Vec::new();
        for verified in verified {
            let verdict = match verified {
                Err(rejected) => Verdict::refused(rejected.reason),
                Ok(record) if self.refuses.contains(&record.id()) => Verdict::refused("refused"),
                Ok(_) => {
                    let (id, (judgement, known)) = outcomes.next().unwrap();
                    let verdict = Verdict::of(&judgement, known);
                    kept.extend(verdict.is_kept().then_some(id));
                    verdict
                }
            };
            verdicts.push(verdict);
        }
        if taken.iter().any(is_register) {
            self.admit_newcomers();
        }
        for id in &push.ask {
            let id = RecordId::from_bytes(id.as_slice().try_into().unwrap());
            let here = self.replica.records.contains_key(&id);
            kept.extend(here.then_some(id));
            verdicts.push(if here { Verdict::Duplicate } else { Verdict::Missing });
        }
        self.remember(&kept);
        let receipt = Receipt::sign(&self.keys.signer, self.now, &kept);
        Ok(Pushed { verdicts, receipt }.to_bytes())
    }

    fn remember(&mut self, kept: &[RecordId]) {
        for id in kept {
            if let Some(record) = self.replica.get(id) {
                self.ever.insert(*id, record.header().case);
            }
        }
    }

    fn admit_newcomers(&mut self) {
        for device in self.replica.directory.devices_without_word() {
            if self.replica.directory.is_admissible(&device, self.now) {
                self.set_standing(&device, StandingState::Admitted);
            }
        }
    }

    pub(super) fn set_standing(&mut self, device: &Author, state: StandingState) {
        let (now, rng) = (self.clock(), &mut self.rng);
        let directory = &self.replica.directory;
        let record = self.keys.set_standing(directory, device, state, now, rng).unwrap();
        self.keep(&record);
    }

    pub(super) fn clock(&self) -> u32 {
        u32::try_from(self.now).unwrap()
    }

    fn pull(&mut self, device: &Author, pull: &Pull) -> Answer {
        let may = |set: &Set| office::may_pull(&self.replica.directory, device, set);
        let set = pull.set.set().filter(may).ok_or_else(|| declined("not this set"))?;
        let members = self.replica.of(&set);
        let (asked, range): (Vec<&Record>, bool) = if pull.ids.is_empty() {
            let after = pull.after.map(Position::from);
            let later = |item: &Position| after.is_none_or(|after| *item > after);
            (members.into_iter().filter(|(item, _)| later(item)).map(|(_, r)| r).collect(), true)
        } else {
            let id = |id: &[u8]| RecordId::from_bytes(id.try_into().unwrap());
            let records = pull.ids.iter().filter_map(|bytes| self.replica.get(&id(bytes)));
            (records.filter(|r| members.contains_key(&place(r))).collect(), false)
        };
        let batch = batch(&asked);
        let rest = asked.len() > batch.len();
        let more = range && if self.looks_ahead { rest } else { !batch.is_empty() };
        let ids: Vec<RecordId> = batch.iter().map(|record| record.id()).collect();
        let receipt = Receipt::sign(&self.keys.signer, self.now, &ids);
        let records = batch.iter().map(|record| record.bytes().to_vec().into()).collect();
        Ok(Pulled { records, more, receipt }.to_bytes())
    }

    /// An answer of the office in a case.
    pub(super) fn statement(&mut self, part: Part, (case, scope): (CaseId, &Scope)) {
        let (lane, made) = (Lane::Ordinary, self.clock());
        let statement = Statement { part, lane, case, scope, made, secret: None, body: &[] };
        let record = state(statement, &self.keys.signer, &mut self.rng).unwrap();
        self.keep(&record);
    }
}

/// As much as goes into one answer.
fn batch<'a>(records: &[&'a Record]) -> Vec<&'a Record> {
    let mut bytes = 0;
    let fits = |record: &&&Record| {
        bytes += record.bytes().len();
        bytes <= BATCH_BYTES
    };
    records.iter().take(MAX_BATCH_RECORDS).take_while(fits).copied().collect()
}

fn read<M: Message>(body: &[u8]) -> Result<M, Failure> {
    M::from_bytes(body).map_err(|_| declined("malformed"))
}
