//! The kiosk's half of the conversation: one session, from hello to report.
//!
//! A state machine that gives one [`Step`] at a time and takes its [`Input`]. It counts nothing as
//! sent that the office's key did not sign for, blocks on no single record, and can be dropped at
//! any step: what was settled stays settled, the rest is computed anew next time.

mod compare;
mod fetch;
mod send;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use beket_directory::{Directory, Set};
use beket_record::{CaseId, Position, Record, RecordId, Scope};
use beket_wire::{KnownAs, Message, Opening, Receipt, Route};
use rand::CryptoRng;
use thiserror::Error;

use crate::ledger::{Ledger, Mismatch};

/// What a session starts from.
#[derive(Debug, Clone)]
pub struct SetUp {
    /// What this replica knows of who may do what.
    pub directory: Directory,
    /// The kiosk's station.
    pub station: Scope,
    /// Scopes of which records are here, beyond those that the directory names.
    pub scopes_here: Vec<Scope>,
    /// Seconds since 1970 by the kiosk's clock.
    pub clock: u64,
    /// The program's version.
    pub software: String,
    /// Records without a receipt.
    pub waiting: u64,
    /// Fresh for every session.
    pub nonce: [u8; 16],
}

/// What the shell is to do next.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// Say which records these sets hold, in order.
    Survey(Vec<Set>),
    /// Post this message and check that the office signed the answer.
    Ask {
        /// Which request.
        route: Route,
        /// The token that the welcome gave; empty before it.
        token: Vec<u8>,
        /// Which request of this conversation, from 0.
        counter: u64,
        /// The message.
        body: Vec<u8>,
    },
    /// Put these ids in sending order, and name every record without a receipt.
    Rank(Vec<RecordId>),
    /// Read these records, in this order, until so many bytes are together (at least one).
    Load(Vec<RecordId>, usize),
    /// Read the whole directory: the office does not know this kiosk.
    LoadDirectory,
    /// Store what the office gave; if any is of the directory, build it anew.
    Keep {
        /// Verified, judged to belong to their sets.
        records: Vec<Record>,
        /// The office's receipt over them, in this order, verified.
        receipt: Option<Receipt>,
    },
    /// Store what the office decided.
    Settle(Settlement),
    /// The session is over.
    Done(Report),
}

/// What the shell answers with.
#[derive(Debug)]
pub enum Input {
    /// To [`Step::Survey`].
    Surveyed(Vec<Survey>),
    /// To [`Step::Ask`]: the office's message.
    Answered(Vec<u8>),
    /// To [`Step::Ask`]: no answer that the office signed.
    Failed(Failure),
    /// To [`Step::Rank`].
    Ranked {
        /// The ids asked about that are here, first lane first.
        ranked: Vec<RecordId>,
        /// Records without a receipt, first lane first.
        unreceipted: Vec<RecordId>,
    },
    /// To [`Step::Load`] and [`Step::LoadDirectory`].
    Loaded(Vec<Record>),
    /// To [`Step::Keep`]: with the directory built anew, if it changed.
    Kept(Option<Box<Directory>>),
    /// To [`Step::Settle`].
    Settled,
}

/// The items of one set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survey {
    /// Which set.
    pub set: Set,
    /// Its items, in order.
    pub items: Vec<Position>,
}

/// What the office decided on records that it was sent or asked about.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Settlement {
    /// These turned out not to be at the centre: whatever receipt they had is void.
    pub not_there: Vec<RecordId>,
    /// The office's verified word on these, in this order.
    pub receipt: Option<(Receipt, Vec<RecordId>)>,
    /// Refused for good, each with the office's reason.
    pub refused: Vec<(RecordId, String)>,
    /// Purged cases.
    pub purged: Vec<CaseId>,
}

/// Why a session ended early. Everything stays where it was.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Failure {
    /// Nobody answered.
    #[error("the office cannot be reached ({0}). Everything stays safe on this device")]
    Unreachable(String),
    /// Somebody answered who is not the office.
    #[error(
        "something answered at the office's address that is not the office ({0}). Nothing it said \
         was believed; everything stays safe on this device"
    )]
    NotTheOffice(String),
    /// The office declined the request.
    #[error("the office did not serve the request: {0}")]
    Declined(String),
    /// The office speaks another version.
    #[error("the office and this kiosk share no version: this kiosk needs an update")]
    Version,
    /// The office holds this kiosk's certificates and still does not know it.
    #[error("the office does not know this kiosk, and could not be told: it must be enrolled anew")]
    StillUnknown,
    /// The comparison went wrong.
    #[error(transparent)]
    Comparison(#[from] MismatchText),
    /// The shell answered a step with what does not belong to it: a defect.
    #[error("the conversation lost its place (a defect of this program)")]
    OutOfStep,
}

/// A [`Mismatch`], as text.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct MismatchText(String);

impl From<Mismatch> for Failure {
    fn from(mismatch: Mismatch) -> Self {
        Self::Comparison(MismatchText(mismatch.to_string()))
    }
}

/// What a session did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Records that the office newly stored.
    pub pushed: u64,
    /// Records that came from the office.
    pub pulled: u64,
    /// Records that the office refused.
    pub refused: u64,
    /// Records that the office holds back.
    pub held: u64,
    /// Requests that were answered or failed.
    pub round_trips: u64,
    /// How the office knows this kiosk.
    pub known_as: Option<KnownAs>,
    /// The office's clock less the kiosk's, in seconds.
    pub skew: Option<i64>,
    /// Records that the office offered and that did not prove themselves.
    pub distrusted: u64,
    /// Whether both sides hold the same of every set that they share.
    pub in_step: bool,
    /// Why it ended early, if it did.
    pub failure: Option<Failure>,
}

/// Which sets a phase is about: the directory first, since it decides what the rest is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Register,
    Records,
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
    NotThereSettled,
    Loaded,
    Pushed(Vec<(RecordId, CaseId)>),
    PushSettled,
    Asked(Vec<RecordId>),
    Pulled(Set, PullKind),
    Kept(Set, Option<Position>),
    Nothing,
}

#[derive(Debug, Clone, PartialEq)]
enum PullKind {
    These(BTreeSet<RecordId>),
    Range,
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
    ledgers: BTreeMap<Set, Ledger>,
    /// Answers of the welcome, kept until the directory is known to be in step.
    early: Vec<Opening>,
    have: BTreeSet<RecordId>,
    need: BTreeMap<Set, BTreeSet<RecordId>>,
    to_push: VecDeque<RecordId>,
    to_ask: VecDeque<RecordId>,
    ranges: Vec<(Set, Option<Position>)>,
    incomplete: bool,
    report: Report,
}

impl Session {
    /// Opens a conversation.
    pub fn start(set_up: SetUp) -> (Self, Step) {
        let session = Self {
            set_up,
            phase: Phase::Register,
            awaiting: Awaiting::Survey,
            token: Vec::new(),
            counter: 0,
            introduced: false,
            ledgers: BTreeMap::new(),
            early: Vec::new(),
            have: BTreeSet::new(),
            need: BTreeMap::new(),
            to_push: VecDeque::new(),
            to_ask: VecDeque::new(),
            ranges: Vec::new(),
            incomplete: false,
            report: Report::default(),
        };
        let sets = [Set::Directory, Set::Purge].into_iter().chain(session.record_sets()).collect();
        (session, Step::Survey(sets))
    }

    /// What happened so far.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// Takes the answer to the last step and gives the next one.
    pub fn handle(&mut self, input: Input, rng: &mut impl CryptoRng) -> Step {
        let awaiting = std::mem::replace(&mut self.awaiting, Awaiting::Nothing);
        let next = match (awaiting, input) {
            (_, Input::Failed(failure)) => Err(failure),
            (Awaiting::Survey, Input::Surveyed(surveys)) => self.surveyed(surveys),
            (Awaiting::Welcome, Input::Answered(body)) => self.welcomed(&body),
            (Awaiting::Credentials, Input::Loaded(records)) => Ok(self.introduce(&records)),
            (Awaiting::Introduced, Input::Answered(_)) => Ok(self.greet_again()),
            (Awaiting::Reconciled, Input::Answered(body)) => self.reconciled(&body),
            (Awaiting::Ranked, Input::Ranked { ranked, unreceipted }) => {
                Ok(self.ranked(ranked, unreceipted))
            }
            (Awaiting::NotThereSettled | Awaiting::PushSettled, Input::Settled) => {
                Ok(self.exchange())
            }
            (Awaiting::Loaded, Input::Loaded(records)) => Ok(self.push(&records)),
            (Awaiting::Pushed(sent), Input::Answered(body)) => self.pushed(&sent, &body),
            (Awaiting::Asked(ids), Input::Answered(body)) => self.told(ids, &body),
            (Awaiting::Pulled(set, kind), Input::Answered(body)) => {
                self.pulled(set, kind, &body, rng)
            }
            (Awaiting::Kept(set, after), Input::Kept(directory)) => {
                Ok(self.kept(set, after, directory))
            }
            _ => Err(Failure::OutOfStep),
        };
        next.unwrap_or_else(|failure| self.fail(failure))
    }

    fn fail(&mut self, failure: Failure) -> Step {
        self.report.failure = Some(failure);
        self.report.in_step = false;
        Step::Done(self.report.clone())
    }

    fn finish(&mut self) -> Step {
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
