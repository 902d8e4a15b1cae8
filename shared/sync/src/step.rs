//! What a session asks of its shell, what it hears back, and what it reports at the end.

use beket_directory::{Directory, Set};
use beket_record::{Author, Position, Record, RecordId, Scope};
use beket_wire::{KnownAs, Receipt, Route};
use thiserror::Error;

use crate::ledger::Mismatch;

/// What a session starts from.
#[derive(Debug, Clone)]
pub struct SetUp {
    /// What this replica knows of who may do what.
    pub directory: Directory,
    /// The key that this kiosk signs with.
    pub device: Author,
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
    /// Bytes left on this replica's disk, where its system says so.
    pub disk_left: Option<u64>,
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
    /// Store what the office gave, each where its judgement puts it; if any is of the directory,
    /// build that anew first and judge by it.
    Keep {
        /// Verified, of the set that was asked for.
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
    /// The office would go on, after a new hello: the conversation's token has expired.
    #[error("the office did not serve the request: {0}")]
    Expired(String),
    /// The office speaks another version.
    #[error("the office and this kiosk share no version: this kiosk needs an update")]
    Version,
    /// The office holds this kiosk's certificates and still does not know it.
    #[error("the office does not know this kiosk, and could not be told: it must be enrolled anew")]
    StillUnknown,
    /// The office always has one more thing to say.
    #[error("the conversation with the office found no end. What was settled stays settled")]
    Endless,
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
