//! One Automerge document: created in one batch, loaded from guarded changes, edited on the heads
//! that somebody saw.
//!
//! A document is a function of the *set* of its changes: the order of arrival never shows. What
//! does not fit (a missing dependency, a wrong operation number, a reused actor, an operation on
//! what its writer has not seen, a change that makes Automerge panic) is a [`Setback`]; the rest
//! reads as if it had not come.
//!
//! Every change has an actor of its own, half of it the author's key: no copied disk can reuse a
//! sequence number, and nobody can take the place of another device's change.

mod create;
mod history;
mod ledger;
mod load;
mod order;
mod put;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::OnceLock;

use automerge::transaction::CommitOptions;
use automerge::{ActorId, Automerge, Change, ReadDoc};
use beket_record::{Author, GuardError, Guarded, Part};
use rand::Rng;
use thiserror::Error;

use crate::patch::Write;
use crate::reading::{self, Reading};
use crate::tree::Node;
use crate::{ChangeHash, Heads, Stamp};

pub use history::{Event, Wrote};
pub(crate) use load::parse;

/// Why a document could not be written.
#[derive(Debug, Error)]
pub enum DocumentError {
    /// The state that the form was drawn from is not here.
    #[error("the state of the case that this form was drawn from is not known here; open it again")]
    UnknownHeads,
    /// No field of that name.
    #[error("the case has no field {0}")]
    NoField(String),
    /// The writer's clock shows no time that a change may bear.
    #[error("the clock of this device shows no possible time; set it and try again")]
    Clock,
    /// A document that would say nothing.
    #[error("there is nothing to write")]
    Nothing,
    /// The change breaks a limit: author and reader share one guard.
    #[error(transparent)]
    Guard(#[from] GuardError),
    /// Automerge refused.
    #[error("the change could not be made: {0}")]
    Automerge(String),
}

impl From<automerge::AutomergeError> for DocumentError {
    fn from(error: automerge::AutomergeError) -> Self {
        Self::Automerge(error.to_string())
    }
}

/// A change that is here but not applied.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Setback {
    /// It follows changes that are not here, or not applied.
    #[error("waits for {missing} earlier change(s) that are not here or could not be applied")]
    Waiting {
        /// How many.
        missing: usize,
    },
    /// Another change bears the same actor.
    #[error("two changes bear one number; the other one counts")]
    Clash,
    /// Its actor is not its record's author.
    #[error("it bears another device's mark")]
    Foreign,
    /// Its operation number does not follow from its dependencies.
    #[error("its operations are numbered wrongly")]
    Numbering,
    /// It does what no change of ours does, or Automerge could not read or apply it.
    #[error("it could not be applied")]
    Unfit,
}

/// A loaded document.
#[derive(Debug, Clone)]
pub struct Document {
    doc: Automerge,
    part: Part,
    reading: OnceLock<Reading>,
    history: OnceLock<Vec<Event>>,
    setbacks: Vec<(ChangeHash, Setback)>,
}

impl Document {
    fn empty(part: Part) -> Self {
        let (reading, history) = (OnceLock::new(), OnceLock::new());
        Self { doc: Automerge::new(), part, reading, history, setbacks: Vec::new() }
    }

    /// Loads what a set of changes says, in whatever order they come.
    pub(crate) fn load(part: Part, changes: Vec<Change>) -> Self {
        load::load(part, changes)
    }

    /// The state as of now, for a form to remember.
    pub fn heads(&self) -> Heads {
        Heads(self.doc.get_heads().into_iter().map(|hash| ChangeHash(hash.0)).collect())
    }

    /// Whether no change could be applied at all.
    pub fn is_empty(&self) -> bool {
        self.doc.get_heads().is_empty()
    }

    /// Changes that are here but not applied.
    pub fn setbacks(&self) -> &[(ChangeHash, Setback)] {
        &self.setbacks
    }

    /// What it says.
    pub fn read(&self) -> Reading {
        self.reading().clone()
    }

    pub(crate) fn reading(&self) -> &Reading {
        self.reading.get_or_init(|| reading::read(&self.doc, self.part))
    }

    /// What it said at some heads.
    pub fn read_at(&self, heads: &Heads) -> Result<Reading, DocumentError> {
        apart(|| Ok(reading::read(&self.at(heads)?, self.part)))
    }

    /// Who changed what: each change after those that its writer had seen, and otherwise by the
    /// writers' clocks.
    pub fn history(&self) -> &[Event] {
        self.history.get_or_init(|| history::history(&self.doc, Node::root(self.part)))
    }

    /// The change that history begins with, without reading what any wrote.
    pub fn first(&self) -> Option<ChangeHash> {
        history::first(&self.doc)
    }

    /// As it read to whoever wrote a change, before it.
    pub fn before(&self, change: &ChangeHash) -> Option<Reading> {
        let change = self.doc.get_change_by_hash(&automerge::ChangeHash(change.0))?;
        let seen = change.deps().iter().map(|dep| ChangeHash(dep.0)).collect();
        self.read_at(&Heads(seen)).ok()
    }

    /// A plain `.automerge` file that any Automerge loads.
    pub fn save(&self) -> Vec<u8> {
        self.doc.save()
    }

    /// Writes fields as somebody who saw `heads`. `None` where nothing would change.
    pub fn edit(
        &mut self,
        heads: &Heads,
        writes: &[Write],
        stamp: &Stamp,
        rng: &mut impl Rng,
    ) -> Result<Option<Guarded>, DocumentError> {
        let (actor, options) = (actor(&stamp.author, rng), options(stamp)?);
        let edited = apart(|| {
            let mut fork = self.at(heads)?.with_actor(actor);
            let mut tx = fork.transaction();
            for write in writes {
                put::put(&mut tx, write)?;
            }
            if tx.commit_with(options).0.is_none() {
                return Ok(None);
            }
            let guarded = last_change(&fork)?;
            if *heads == self.heads() {
                return Ok(Some((fork, guarded)));
            }
            let change = Change::try_from(guarded.raw())
                .map_err(|error| DocumentError::Automerge(error.to_string()))?;
            let mut doc = self.doc.clone();
            doc.apply_changes([change])?;
            Ok(Some((doc, guarded)))
        })?;
        let Some((doc, guarded)) = edited else {
            return Ok(None);
        };
        self.doc = doc;
        (self.reading, self.history) = (OnceLock::new(), OnceLock::new());
        Ok(Some(guarded))
    }

    fn at(&self, heads: &Heads) -> Result<Automerge, DocumentError> {
        if heads.0.is_empty() {
            return Err(DocumentError::UnknownHeads);
        }
        if *heads == self.heads() {
            return Ok(self.doc.clone());
        }
        let heads: Vec<_> = heads.0.iter().map(|hash| automerge::ChangeHash(hash.0)).collect();
        self.doc.fork_at(&heads).map_err(|_| DocumentError::UnknownHeads)
    }
}

/// Runs what could make Automerge panic on foreign operations; the instance it ran on is dropped.
fn apart<T>(run: impl FnOnce() -> Result<T, DocumentError>) -> Result<T, DocumentError> {
    let panicked = || DocumentError::Automerge("it stopped in the middle".to_owned());
    catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|_| Err(panicked()))
}

/// Eight bytes of the author's key, eight of chance.
fn actor(author: &Author, rng: &mut impl Rng) -> ActorId {
    let mut bytes = [0; 16];
    rng.fill_bytes(&mut bytes);
    bytes[..8].copy_from_slice(&author.as_bytes()[..8]);
    ActorId::from(bytes)
}

fn is_actor_of(actor: &ActorId, author: &Author) -> bool {
    let bytes = actor.to_bytes();
    bytes.len() == 16 && bytes[..8] == author.as_bytes()[..8]
}

fn options(stamp: &Stamp) -> Result<CommitOptions, DocumentError> {
    if !Stamp::TIMES.contains(&stamp.at) {
        return Err(DocumentError::Clock);
    }
    Ok(CommitOptions::default().with_message(stamp.by.as_str()).with_time(stamp.at))
}

fn last_change(doc: &Automerge) -> Result<Guarded, DocumentError> {
    let change = doc.get_last_local_change().ok_or(DocumentError::Nothing)?;
    Ok(Guarded::inspect(change.raw_bytes().to_vec())?)
}

#[cfg(test)]
mod tests;
