//! Hello, introduction, comparison: from surveys to what each side lacks.

use std::collections::BTreeSet;

use beket_directory::Set;
use beket_record::{Part, Record};
use beket_wire::{
    Hello, KnownAs, MAX_BATCH_RECORDS, Message, Opening, PROTOCOL_VERSION, Push, Reconcile,
    Reconciled, Route, SetName, Welcome,
};

use super::{Awaiting, Contact, Phase, Session};
use crate::ledger::{Ledger, most_rounds};
use crate::office::may_compare;
use crate::step::{Failure, SetUp, Step, Survey};

/// How often the register is exchanged before what still differs is left to the next session: the
/// office may answer certificates with certificates.
const REGISTER_ROUNDS: u32 = 3;
/// More missing records than a session could fetch; what is beyond waits for the next one.
const MOST_NEEDED: usize = 500_000;

impl Session {
    /// Opens a comparison of everything, the register and the records by the same message, so that
    /// the answers on records hold if those on the register show it to be in step.
    pub(super) fn surveyed(&mut self, surveys: Vec<Survey>) -> Result<Step, Failure> {
        self.ledgers.clear();
        self.early.clear();
        self.compare_rounds = 0;
        for Survey { set, items } in surveys {
            self.ledgers.insert(set.clone(), Ledger::new(set, &items)?);
        }
        let openings = self.openings()?;
        self.open = openings.iter().filter_map(|opening| opening.set.set()).collect();
        if self.contact != Contact::None {
            return Ok(self.ask(Route::Reconcile, &Reconcile { openings }, Awaiting::Reconciled));
        }
        let hello = Hello {
            nonce: self.set_up.nonce,
            clock: self.set_up.clock,
            versions: vec![PROTOCOL_VERSION],
            software: self.set_up.software.clone(),
            waiting: self.set_up.waiting,
            openings,
            disk_left: self.set_up.disk_left,
        };
        self.token.clear();
        Ok(self.ask(Route::Hello, &hello, Awaiting::Welcome))
    }

    /// The first message of every set. Of one that only travels up and is empty here there is
    /// nothing to say.
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

    pub(super) fn welcomed(&mut self, body: &[u8]) -> Result<Step, Failure> {
        let welcome: Welcome = decode(body)?;
        if welcome.version != PROTOCOL_VERSION {
            return Err(Failure::Version);
        }
        self.token = welcome.token.to_vec();
        self.report.known_as = Some(welcome.known_as);
        // By the first hello: the kiosk's clock was read when the session began.
        let skew = welcome.clock.cast_signed().saturating_sub(self.set_up.clock.cast_signed());
        self.report.skew.get_or_insert(skew);
        if welcome.known_as == KnownAs::Unknown {
            return self.load_credentials();
        }
        self.contact = Contact::Welcomed;
        Ok(self.answered(welcome.openings))
    }

    /// The office does not know this kiosk: a new one, or an office restored from a backup.
    fn load_credentials(&mut self) -> Result<Step, Failure> {
        if self.introduced {
            return Err(Failure::StillUnknown);
        }
        self.introduced = true;
        self.awaiting = Awaiting::Credentials;
        Ok(Step::LoadDirectory)
    }

    /// Whatever was stated about this station, this kiosk's own certificates among it. The rest of
    /// the directory is compared like any set, once the office knows who asks.
    pub(super) fn introduce(&mut self, records: &[Record]) -> Step {
        let own = |record: &&Record| {
            record.header().part == Part::Directory && record.header().scope == self.set_up.station
        };
        let own = records.iter().filter(own).take(MAX_BATCH_RECORDS);
        let records = own.map(|record| record.bytes().to_vec().into()).collect();
        self.ask(Route::Push, &Push { records, ask: Vec::new() }, Awaiting::Introduced)
    }

    pub(super) fn reconciled(&mut self, body: &[u8]) -> Result<Step, Failure> {
        let answer: Reconciled = decode(body)?;
        Ok(self.answered(answer.openings))
    }

    /// While the register is compared, answers on records wait.
    fn answered(&mut self, answers: Vec<Opening>) -> Step {
        if self.phase == Phase::Records {
            return self.hear(answers);
        }
        let is_register = |opening: &Opening| opening.set.set().is_some_and(|set| register(&set));
        let (register, records): (Vec<_>, Vec<_>) = answers.into_iter().partition(is_register);
        self.early.extend(records);
        self.hear(register)
    }

    /// Takes in the office's answers; asks on where a comparison is not complete.
    fn hear(&mut self, answers: Vec<Opening>) -> Step {
        let phase = self.phase == Phase::Register;
        let mut silent: BTreeSet<Set> =
            self.open.iter().filter(|set| register(set) == phase).cloned().collect();
        self.open.retain(|set| register(set) != phase);
        let sets = answers.len();
        let mut openings = Vec::new();
        for answer in answers {
            let Some(set) = answer.set.set().filter(|set| silent.remove(set)) else { continue };
            let next = self.take_in(&set, &answer, sets);
            if let Some(next) = next {
                self.open.insert(set);
                openings.push(Opening { set: answer.set, message: next.into(), range: false });
            }
        }
        for set in silent {
            self.give_up(&set);
        }
        if openings.is_empty() {
            return self.compared();
        }
        self.compare_rounds += 1;
        if self.leads_nowhere() {
            // As if the office had fallen silent.
            return self.hear(Vec::new());
        }
        self.ask(Route::Reconcile, &Reconcile { openings }, Awaiting::Reconciled)
    }

    /// One set's answer; gives what to ask next.
    fn take_in(&mut self, set: &Set, answer: &Opening, sets: usize) -> Option<Vec<u8>> {
        let ledger = self.ledgers.get(set)?;
        if ledger.is_empty() {
            if answer.range {
                self.ranges.push((set.clone(), None));
            }
            return None;
        }
        let Ok(told) = ledger.hear(&answer.message, sets) else {
            self.give_up(set);
            return None;
        };
        self.have.extend(told.have);
        if self.wants(set) {
            self.need.entry(set.clone()).or_default().extend(told.need);
        }
        told.next
    }

    /// A set that the office does not compare: because this kiosk is not in good standing or its
    /// station no longer serves the scope; or because the comparison went wrong. What is here
    /// still has to get there, so it is asked for by id.
    fn give_up(&mut self, set: &Set) {
        let SetUp { directory, device, .. } = &self.set_up;
        self.incomplete |= self.wants(set) && may_compare(directory, device, set);
        self.uncompared.extend(self.ledgers.get(set).iter().flat_map(|ledger| ledger.ids()));
    }

    fn leads_nowhere(&self) -> bool {
        let here: usize = self.ledgers.values().map(Ledger::len).sum();
        let needed: usize = self.need.values().map(BTreeSet::len).sum();
        needed > MOST_NEEDED || self.compare_rounds > most_rounds(here + needed)
    }

    /// Both sides' differences of this phase are known. A register in step needs no new survey:
    /// the same message has already been answered for the records.
    fn compared(&mut self) -> Step {
        let needs = self.need.values().any(|ids| !ids.is_empty()) || !self.ranges.is_empty();
        let differs = needs || !self.have.is_empty();
        if self.phase == Phase::Register {
            if differs && self.register_rounds < REGISTER_ROUNDS {
                return self.rank();
            }
            self.incomplete |= differs;
            self.have.clear();
            self.need.clear();
            self.ranges.clear();
            self.phase = Phase::Records;
            let early = std::mem::take(&mut self.early);
            return self.hear(early);
        }
        self.rank()
    }

    fn rank(&mut self) -> Step {
        self.awaiting = Awaiting::Ranked;
        Step::Rank(self.have.iter().copied().collect())
    }

    /// The exchange of this phase is over. After the register's, everything is compared anew, by
    /// what is known now.
    pub(super) fn phase_over(&mut self) -> Step {
        if self.phase == Phase::Records {
            return self.finish();
        }
        self.register_rounds += 1;
        self.report.distrusted += std::mem::take(&mut self.unproven).len() as u64;
        self.need.clear();
        self.survey()
    }
}

/// Whether a set decides what the others are.
fn register(set: &Set) -> bool {
    matches!(set, Set::Directory | Set::Purge)
}

pub(super) fn decode<M: Message>(body: &[u8]) -> Result<M, Failure> {
    M::from_bytes(body).map_err(|error| Failure::NotTheOffice(error.to_string()))
}
