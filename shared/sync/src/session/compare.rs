//! Hello, introduction, comparison: from surveys to what each side lacks.

use std::collections::BTreeMap;

use beket_directory::Set;
use beket_record::{Part, Record};
use beket_wire::{
    Hello, KnownAs, Message, Opening, PROTOCOL_VERSION, Push, Reconcile,
    Reconciled, Route, SetName, Welcome,
};

use super::{Awaiting, Failure, Phase, Session, Step, Survey};
use crate::ledger::Ledger;

impl Session {
    pub(super) fn surveyed(&mut self, surveys: Vec<Survey>) -> Result<Step, Failure> {
        self.ledgers = BTreeMap::new();
        for Survey { set, items } in surveys {
            self.ledgers.insert(set.clone(), Ledger::new(set, &items)?);
        }
        let openings = self.openings()?;
        if self.phase == Phase::Register {
            return Ok(self.greet(openings));
        }
        if openings.is_empty() {
            return Ok(self.compared());
        }
        Ok(self.ask(Route::Reconcile, &Reconcile { openings }, Awaiting::Reconciled))
    }

    /// The first message of every set. Of what is held back and empty here there is nothing to say.
    fn openings(&self) -> Result<Vec<Opening>, Failure> {
        let mut openings = Vec::new();
        for (set, ledger) in &self.ledgers {
            let idle = ledger.is_empty() && !self.wants(set);
            let Some(name) = SetName::of(set).filter(|_| !idle) else { continue };
            let message = if ledger.is_empty() { Vec::new() } else { ledger.opening()? };
            openings.push(Opening { set: name, message: message.into(), range: false });
        }
        Ok(openings)
    }

    fn greet(&mut self, openings: Vec<Opening>) -> Step {
        let hello = Hello {
            nonce: self.set_up.nonce,
            clock: self.set_up.clock,
            versions: vec![PROTOCOL_VERSION],
            software: self.set_up.software.clone(),
            waiting: self.set_up.waiting,
            openings,
        };
        self.token.clear();
        self.ask(Route::Hello, &hello, Awaiting::Welcome)
    }

    pub(super) fn welcomed(&mut self, body: &[u8]) -> Result<Step, Failure> {
        let welcome: Welcome = decode(body)?;
        if welcome.version != PROTOCOL_VERSION {
            return Err(Failure::Version);
        }
        self.token = welcome.token.to_vec();
        self.report.known_as = Some(welcome.known_as);
        self.report.skew =
            Some(welcome.clock.cast_signed().saturating_sub(self.set_up.clock.cast_signed()));
        if welcome.known_as == KnownAs::Unknown {
            return self.load_credentials();
        }
        let register = |opening: &Opening| matches!(opening.set.kind, 0 | 1);
        let (register, records) = welcome.openings.into_iter().partition(register);
        self.early = records;
        self.hear(register)
    }

    /// The office does not know this kiosk: it gets the directory that is here, which holds the
    /// kiosk's own certificates and whatever an older office has forgotten.
    fn load_credentials(&mut self) -> Result<Step, Failure> {
        if self.introduced {
            return Err(Failure::StillUnknown);
        }
        self.introduced = true;
        self.awaiting = Awaiting::Credentials;
        Ok(Step::LoadDirectory)
    }

    pub(super) fn introduce(&mut self, records: &[Record]) -> Step {
        let certificates = records.iter().filter(|record| record.header().part == Part::Directory);
        let records = certificates.map(|record| record.bytes().to_vec().into()).collect();
        self.ask(Route::Push, &Push { records, ask: Vec::new() }, Awaiting::Introduced)
    }

    /// The same hello once more, from a fresh survey.
    pub(super) fn greet_again(&mut self) -> Step {
        self.awaiting = Awaiting::Survey;
        let sets = [Set::Directory, Set::Purge].into_iter().chain(self.record_sets());
        Step::Survey(sets.collect())
    }

    pub(super) fn reconciled(&mut self, body: &[u8]) -> Result<Step, Failure> {
        let answer: Reconciled = decode(body)?;
        self.hear(answer.openings)
    }

    /// Takes in the office's answers; asks on where a comparison is not complete.
    fn hear(&mut self, answers: Vec<Opening>) -> Result<Step, Failure> {
        let mut openings = Vec::new();
        for answer in answers {
            let Some(set) = answer.set.set() else { continue };
            if !self.is_of_phase(&set) {
                continue;
            }
            if answer.range && self.wants(&set) {
                self.ranges.push((set.clone(), None));
            }
            let Some(ledger) = self.ledgers.get(&set).filter(|_| !answer.message.is_empty()) else {
                continue;
            };
            let told = ledger.hear(&answer.message, 1)?;
            self.have.extend(told.have);
            if self.wants(&set) {
                self.need.entry(set).or_default().extend(told.need);
            }
            if let Some(next) = told.next {
                openings.push(Opening { set: answer.set, message: next.into(), range: false });
            }
        }
        if openings.is_empty() {
            return Ok(self.compared());
        }
        Ok(self.ask(Route::Reconcile, &Reconcile { openings }, Awaiting::Reconciled))
    }

    fn is_of_phase(&self, set: &Set) -> bool {
        matches!(set, Set::Directory | Set::Purge) == (self.phase == Phase::Register)
    }

    /// Both sides' differences of this phase are known. A register in step needs no new survey:
    /// the welcome has already answered for the records.
    fn compared(&mut self) -> Step {
        let in_step = self.have.is_empty() && self.need.values().all(|ids| ids.is_empty());
        if self.phase == Phase::Register && in_step && self.ranges.is_empty() {
            self.phase = Phase::Records;
            let early = std::mem::take(&mut self.early);
            return self.hear(early).unwrap_or_else(|failure| self.fail(failure));
        }
        self.awaiting = Awaiting::Ranked;
        Step::Rank(self.have.iter().copied().collect())
    }

    /// The exchange of this phase is over.
    pub(super) fn phase_over(&mut self) -> Step {
        if self.phase == Phase::Records {
            return self.finish();
        }
        self.phase = Phase::Records;
        self.early.clear();
        self.awaiting = Awaiting::Survey;
        Step::Survey(self.record_sets())
    }
}

pub(super) fn decode<M: Message>(body: &[u8]) -> Result<M, Failure> {
    M::from_bytes(body).map_err(|error| Failure::NotTheOffice(error.to_string()))
}
