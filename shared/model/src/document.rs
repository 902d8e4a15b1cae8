//! One Automerge document: created in one batch, loaded from guarded changes, edited on the heads
//! that somebody saw.
//!
//! A document is a function of the *set* of its changes: the order of arrival never shows. What
//! does not fit (a missing dependency, a wrong operation number, a reused sequence number, a change
//! that makes Automerge panic) is a [`Setback`]; the rest reads as if it had not come.

mod load;

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId, Automerge, Change, ObjId, ROOT, ReadDoc};
use beket_record::{GuardError, Guarded};
use rand::Rng;
use serde_json::Value;
use thiserror::Error;

use crate::patch::{Put, Write};
use crate::reading::{self, Event, Reading};
use crate::tree::{to_hydrate, to_scalar, without_id};
use crate::{ChangeHash, Heads, Stamp};

/// Why a document could not be written.
#[derive(Debug, Error)]
pub enum DocumentError {
    /// The state that the form was drawn from is not here.
    #[error("the state of the case that this form was drawn from is not known here; open it again")]
    UnknownHeads,
    /// No field of that name.
    #[error("the case has no field {0}")]
    NoField(String),
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
    /// It follows changes that are not here.
    #[error("waits for {missing} earlier change(s) that have not arrived")]
    Waiting {
        /// How many.
        missing: usize,
    },
    /// Another change bears the same actor and sequence number.
    #[error("two changes bear one number; the other one counts")]
    Clash,
    /// Its operation number does not follow from its dependencies.
    #[error("its operations are numbered wrongly")]
    Numbering,
    /// Automerge could not read or apply it.
    #[error("it could not be applied")]
    Unfit,
}

/// A loaded document.
#[derive(Debug, Clone)]
pub struct Document {
    doc: Automerge,
    template: &'static Value,
    setbacks: Vec<(ChangeHash, Setback)>,
}

impl Document {
    /// Creates a document with all its maps in one change.
    pub(crate) fn create(
        template: &'static Value,
        full: &Value,
        stamp: &Stamp,
        rng: &mut impl Rng,
    ) -> Result<(Self, Guarded), DocumentError> {
        let mut doc = Automerge::new().with_actor(actor(rng));
        let mut tx = doc.transaction();
        if let Value::Object(object) = full {
            tx.init_root_from_hydrate(&to_hydrate(object))?;
        }
        tx.commit_with(options(stamp));
        let guarded = last_change(&doc)?;
        Ok((Self { doc, template, setbacks: Vec::new() }, guarded))
    }

    /// Loads what a set of changes says, in whatever order they come.
    pub(crate) fn load(template: &'static Value, changes: &[Guarded]) -> Self {
        let (doc, setbacks) = load::load(template, changes);
        Self { doc, template, setbacks }
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
        reading::read(&self.doc, self.template)
    }

    /// What it said at some heads.
    pub fn read_at(&self, heads: &Heads) -> Result<Reading, DocumentError> {
        Ok(reading::read(&self.at(heads)?, self.template))
    }

    /// Who changed what, oldest first.
    pub fn history(&self) -> Vec<Event> {
        reading::history(&self.doc)
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
        if writes.is_empty() {
            return Ok(None);
        }
        let mut fork = self.at(heads)?.with_actor(actor(rng));
        let mut tx = fork.transaction();
        for write in writes {
            put(&mut tx, write)?;
        }
        if tx.commit_with(options(stamp)).0.is_none() {
            return Ok(None);
        }
        let guarded = last_change(&fork)?;
        let change = Change::try_from(guarded.raw())
            .map_err(|error| DocumentError::Automerge(error.to_string()))?;
        self.doc.apply_changes([change])?;
        Ok(Some(guarded))
    }

    fn at(&self, heads: &Heads) -> Result<Automerge, DocumentError> {
        let heads: Vec<_> = heads.0.iter().map(|hash| automerge::ChangeHash(hash.0)).collect();
        self.doc.fork_at(&heads).map_err(|_| DocumentError::UnknownHeads)
    }
}

fn put(tx: &mut impl Transactable, write: &Write) -> Result<(), DocumentError> {
    let missing = || DocumentError::NoField(write.path.join("."));
    let (key, parents) = write.path.split_last().ok_or_else(missing)?;
    let mut map = ROOT;
    for parent in parents {
        map = child(tx, &map, parent).ok_or_else(missing)?;
    }
    match &write.put {
        Put::Scalar(value) => tx.put(&map, key.as_str(), to_scalar(value))?,
        Put::Entry(entry) => {
            let fields = without_id(entry).ok_or_else(missing)?;
            let value = automerge::hydrate::Value::Map(to_hydrate(&fields));
            tx.batch_create_object(&map, key.as_str(), &value, false)?;
        }
    }
    Ok(())
}

fn child(tx: &impl ReadDoc, map: &ObjId, key: &str) -> Option<ObjId> {
    match tx.get(map, key).ok()? {
        Some((automerge::Value::Object(_), id)) => Some(id),
        _ => None,
    }
}

/// Fresh for every loaded document, so that a copied disk can never reuse a sequence number.
fn actor(rng: &mut impl Rng) -> ActorId {
    let mut bytes = [0; 16];
    rng.fill_bytes(&mut bytes);
    ActorId::from(bytes)
}

fn options(stamp: &Stamp) -> CommitOptions {
    CommitOptions::default().with_message(stamp.by.as_str()).with_time(stamp.at)
}

fn last_change(doc: &Automerge) -> Result<Guarded, DocumentError> {
    let change = doc
        .get_last_local_change()
        .ok_or_else(|| DocumentError::Automerge("no change was made".to_owned()))?;
    Ok(Guarded::inspect(change.raw_bytes().to_vec())?)
}
