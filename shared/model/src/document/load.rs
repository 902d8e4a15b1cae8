//! From a set of guarded changes to a document, whatever they hold.
//!
//! Automerge may still panic on what the guard and the ledger let pass, so every step that touches
//! foreign operations runs apart and an instance that panicked is dropped.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

use automerge::{Automerge, Change, ReadDoc};
use beket_record::{Author, Guarded, Part};

use super::ledger::Ledger;
use super::order::visit_in_order;
use super::{Document, Setback, is_actor_of};
use crate::ChangeHash;
use crate::reading;
use crate::tree::Node;

type Hash = automerge::ChangeHash;
type Setbacks = Vec<(ChangeHash, Setback)>;

/// Reads a change that came in a record of `author`.
pub(crate) fn parse(guarded: &Guarded, author: &Author) -> Result<Change, Setback> {
    let parsed = catch_unwind(|| Change::try_from(guarded.raw()));
    let change = parsed.ok().and_then(Result::ok).ok_or(Setback::Unfit)?;
    if is_actor_of(change.actor_id(), author) { Ok(change) } else { Err(Setback::Foreign) }
}

/// Loads what a set of changes says, in whatever order they come.
pub(super) fn load(part: Part, changes: Vec<Change>) -> Document {
    let mut setbacks = Vec::new();
    let ordered = order(part, drop_clashes(changes, &mut setbacks), &mut setbacks);
    let document = apply_in_halves(Document::empty(part), &ordered, &mut setbacks, &apply);
    setbacks.sort_by_key(|(hash, _)| *hash);
    Document { setbacks, ..document }
}

/// Where changes share an actor, the one with the lowest hash counts: every replica that holds the
/// same changes keeps the same one.
fn drop_clashes(changes: Vec<Change>, setbacks: &mut Setbacks) -> BTreeMap<Hash, Change> {
    let mut seen = BTreeSet::new();
    let mut kept: BTreeMap<Hash, Change> =
        changes.into_iter().map(|change| (change.hash(), change)).collect();
    kept.retain(|hash, change| {
        let is_first = seen.insert(change.actor_id().clone());
        if !is_first {
            setbacks.push((ChangeHash(hash.0), Setback::Clash));
        }
        is_first
    });
    kept
}

/// Dependencies first; among those that are ready, by hash. Leaves out what may never apply.
fn order(part: Part, kept: BTreeMap<Hash, Change>, setbacks: &mut Setbacks) -> Vec<Change> {
    let mut ledger = Ledger::new(Node::root(part));
    let mut ordered: Vec<Change> = Vec::new();
    let waiting = visit_in_order(
        kept,
        |_| (),
        |change| {
            let admitted = ledger.admit(&change);
            match &admitted {
                Ok(()) => ordered.push(change),
                Err(setback) => setbacks.push((ChangeHash(change.hash().0), setback.clone())),
            }
            admitted.is_ok()
        },
    );
    for (hash, change) in waiting {
        let missing = change.deps().iter().filter(|dep| !ledger.holds(dep)).count();
        setbacks.push((ChangeHash(hash.0), Setback::Waiting { missing }));
    }
    ordered
}

/// Applies changes and reads the result; `None` if Automerge refuses, queues or panics.
pub(super) fn apply(mut document: Document, changes: &[Change]) -> Option<Document> {
    let attempt = AssertUnwindSafe(|| {
        let doc = &mut document.doc;
        doc.apply_changes(changes.iter().cloned()).ok()?;
        let took_all = doc.get_missing_deps(&[]).is_empty();
        document.reading = reading::read(doc, document.part).into();
        took_all.then_some(document)
    });
    catch_unwind(attempt).ok().flatten()
}

/// Applies what `apply` takes. The common case is all at once; only where that fails are halves
/// tried, down to the change that does not fit.
pub(super) fn apply_in_halves(
    document: Document,
    changes: &[Change],
    setbacks: &mut Setbacks,
    apply: &impl Fn(Document, &[Change]) -> Option<Document>,
) -> Document {
    if let Some(applied) = apply(document.clone(), changes) {
        return applied;
    }
    if changes.is_empty() {
        return document;
    }
    if let [change] = changes {
        let missing = change.deps().iter().filter(|dep| !has(&document.doc, dep)).count();
        let setback = if missing > 0 { Setback::Waiting { missing } } else { Setback::Unfit };
        setbacks.push((ChangeHash(change.hash().0), setback));
        return document;
    }
    let (first, second) = changes.split_at(changes.len() / 2);
    let document = apply_in_halves(document, first, setbacks, apply);
    apply_in_halves(document, second, setbacks, apply)
}

fn has(doc: &Automerge, change: &Hash) -> bool {
    doc.get_change_meta_by_hash(change).is_some()
}
