//! The kiosk's half of the conversation: one session, from hello to report.
//!
//! A state machine that gives one [`Step`] at a time and takes its [`Input`]. It counts nothing as
//! sent that the office's key did not sign for, blocks on no single record, and can be dropped at
//! any step: what was settled stays settled, the rest is computed anew next time.

mod compare;
mod fetch;
mod send;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use beket_directory::Set;
use beket_record::{Part, Position, Record, RecordId, Scope};
use beket_wire::{Message, Opening, Route};
use rand::CryptoRng;

use crate::ledger::Ledger;
use crate::office::known_as;
use crate::step::{Failure, Input, Report, SetUp, Step};

/// More requests than any honest conversation makes before its token has expired.
const MOST_ROUND_TRIPS: u64 = 10_000;

/// Which sets a phase is about: the register (certificates and purges) first, since it decides
/// what the rest is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Register,
    Records,
}

/// How far the conversation came since it began, or began anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Contact {
    None,
    Welcomed,
    /// Records went either way.
    Exchanging,
}

/// Which answer is awaited.
#[derive(Debug, Clone, PartialEq)]
enum Awaiting {
    Survey,
    Welcome,
    Credentials,
    Introduced,
    Reconciled,
    Ranked,
    Loaded,
    Pushed { sent: Vec<(RecordId, Part)>, asked: Vec<RecordId> },
    Settled,
    Pulled(Set, PullKind),
    Kept(Kept),
    Nothing,
}

#[derive(Debug, Clone, PartialEq)]
enum PullKind {
    These(BTreeSet<RecordId>),
    /// Everything after a place.
    Range(Option<Position>),
}

/// What is to be remembered while records are being stored.
#[derive(Debug, Clone, PartialEq)]
struct Kept {
    /// A range that goes on here.
    next: Option<(Set, Position)>,
    /// Certificates among them that nothing proved yet.
    unproven: Vec<Record>,
}

/// One conversation.
#[derive(Debug)]
pub struct Session {
    set_up: SetUp,
    phase: Phase,
    awaiting: Awaiting,
    token: Vec<u8>,
    counter: u64,
    introduced: bool,
    contact: Contact,
    /// How often the register's differences were exchanged.
    register_rounds: u32,
    ledgers: BTreeMap<Set, Ledger>,
    /// Sets whose comparison is under way.
    open: BTreeSet<Set>,
    /// Comparing messages since the survey.
    compare_rounds: usize,
    /// Answers on records, kept until the register is known to be in step.
    early: Vec<Opening>,
    have: BTreeSet<RecordId>,
    need: BTreeMap<Set, BTreeSet<RecordId>>,
    ranges: Vec<(Set, Option<Position>)>,
    /// How many ids to name in one request: about as many as one answer brings.
    page: usize,
    /// Records of sets that the office does not compare: asked for one by one.
    uncompared: BTreeSet<RecordId>,
    to_push: VecDeque<RecordId>,
    to_ask: VecDeque<RecordId>,
    /// Certificates that came before what proves them.
    unproven: Vec<Record>,
    incomplete: bool,
    report: Report,
}

impl Session {
    /// Opens a conversation.
    pub fn start(set_up: SetUp) -> (Self, Step) {
        let mut session = Self::new(set_up);
        let step = session.survey();
        (session, step)
    }

    fn new(set_up: SetUp) -> Self {
        Self {
            set_up,
            phase: Phase::Register,
            awaiting: Awaiting::Nothing,
            token: Vec::new(),
            counter: 0,
            introduced: false,
            contact: Contact::None,
            register_rounds: 0,
            ledgers: BTreeMap::new(),
            open: BTreeSet::new(),
            compare_rounds: 0,
            early: Vec::new(),
            have: BTreeSet::new(),
            need: BTreeMap::new(),
            ranges: Vec::new(),
            page: fetch::FIRST_PAGE,
            uncompared: BTreeSet::new(),
            to_push: VecDeque::new(),
            to_ask: VecDeque::new(),
            unproven: Vec::new(),
            incomplete: false,
            report: Report::default(),
        }
    }

    /// Everything that is not settled is computed anew, after a new hello.
    fn begin_anew(&mut self) -> Step {
        let (set_up, report) = (self.set_up.clone(), self.report.clone());
        let (counter, introduced) = (self.counter, self.introduced);
        *self = Self { counter, introduced, report, ..Self::new(set_up) };
        self.survey()
    }

    /// What happened so far.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// Takes the answer to the last step and gives the next one.
    pub fn handle(&mut self, input: Input, rng: &mut impl CryptoRng) -> Step {
        let awaiting = std::mem::replace(&mut self.awaiting, Awaiting::Nothing);
        let exchanged = matches!(awaiting, Awaiting::Pushed { .. } | Awaiting::Pulled(..));
        if exchanged && matches!(input, Input::Answered(_)) {
            self.contact = Contact::Exchanging;
        }
        let next = match (awaiting, input) {
            (_, Input::Failed(Failure::Expired(_))) if self.contact == Contact::Exchanging => {
                Ok(self.begin_anew())
            }
            (_, Input::Failed(failure)) => Err(failure),
            (Awaiting::Survey, Input::Surveyed(surveys)) => self.surveyed(surveys),
            (Awaiting::Welcome, Input::Answered(body)) => self.welcomed(&body),
            (Awaiting::Credentials, Input::Loaded(records)) => Ok(self.introduce(&records)),
            (Awaiting::Introduced, Input::Answered(_)) => Ok(self.survey()),
            (Awaiting::Reconciled, Input::Answered(body)) => self.reconciled(&body),
            (Awaiting::Ranked, Input::Ranked { ranked, unreceipted }) => {
                Ok(self.ranked(ranked, unreceipted))
            }
            (Awaiting::Settled, Input::Settled) => Ok(self.exchange()),
            (Awaiting::Loaded, Input::Loaded(records)) => self.push(&records),
            (Awaiting::Pushed { sent, asked }, Input::Answered(body)) => {
                self.pushed(&sent, &asked, &body)
            }
            (Awaiting::Pulled(set, kind), Input::Answered(body)) => {
                self.pulled(set, &kind, &body, rng)
            }
            (Awaiting::Kept(kept), Input::Kept(directory)) => Ok(self.kept(kept, directory)),
            _ => Err(Failure::OutOfStep),
        };
        let endless = self.report.round_trips > MOST_ROUND_TRIPS;
        let next = if endless { Err(Failure::Endless) } else { next };
        next.unwrap_or_else(|failure| self.fail(failure))
    }

    fn fail(&mut self, failure: Failure) -> Step {
        self.awaiting = Awaiting::Nothing;
        self.report.failure = Some(failure);
        self.report.in_step = false;
        Step::Done(self.report.clone())
    }

    fn finish(&mut self) -> Step {
        if self.register_rounds > 0 {
            self.report.known_as = Some(known_as(&self.set_up.directory, &self.set_up.device));
        }
        self.report.in_step = !self.incomplete && self.report.distrusted == 0;
        Step::Done(self.report.clone())
    }

    fn ask(&mut self, route: Route, message: &impl Message, awaiting: Awaiting) -> Step {
        self.awaiting = awaiting;
        self.report.round_trips += 1;
        let counter = self.counter;
        self.counter += 1;
        Step::Ask { route, token: self.token.clone(), counter, body: message.to_bytes() }
    }

    /// Looks at everything that is here, to compare it.
    fn survey(&mut self) -> Step {
        self.awaiting = Awaiting::Survey;
        let register = [Set::Directory, Set::Purge].into_iter();
        Step::Survey(register.chain(self.record_sets()).collect())
    }

    /// Sets of the second phase: scopes of the station, and whatever else is here to be sent.
    fn record_sets(&self) -> Vec<Set> {
        let served = self.set_up.directory.scopes_of(&self.set_up.station);
        let scopes: BTreeSet<Scope> =
            served.into_iter().chain(self.set_up.scopes_here.iter().cloned()).collect();
        let held = scopes.iter().cloned().map(Set::Held);
        scopes.iter().cloned().map(Set::Scope).chain(held).collect()
    }

    /// Whether records of a set travel down as well as up. Closed incidents only go up.
    fn wants(&self, set: &Set) -> bool {
        match set {
            Set::Directory | Set::Purge => true,
            Set::Scope(scope) => {
                self.set_up.directory.scopes_of(&self.set_up.station).contains(scope)
            }
            Set::Held(_) | Set::Review => false,
        }
    }
}

#[cfg(test)]
mod tests;
