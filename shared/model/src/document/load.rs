//! From a set of guarded changes to a document, whatever they hold.
//!
//! Automerge may still panic on what the guard lets pass, so every step that touches foreign
//! operations runs apart and an instance that panicked is dropped. The common case is one batch;
//! only where that fails are changes tried one by one.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

use automerge::{Automerge, Change};
use beket_record::Guarded;
use serde_json::Value;

use super::Setback;
use crate::ChangeHash;
use crate::reading;

type Hash = automerge::ChangeHash;
type Setbacks = Vec<(ChangeHash, Setback)>;

pub(super) fn load(template: &'static Value, changes: &[Guarded]) -> (Automerge, Setbacks) {
    let mut setbacks = Vec::new();
    let parsed = parse(changes, &mut setbacks);
    let parsed = drop_clashes(parsed, &mut setbacks);
    let ordered = order(parsed, &mut setbacks);
    let doc = apply(template, Automerge::new(), &ordered)
        .unwrap_or_else(|| apply_singly(template, &ordered, &mut setbacks));
    setbacks.sort_by_key(|(hash, _)| *hash);
    (doc, setbacks)
}

fn parse(changes: &[Guarded], setbacks: &mut Setbacks) -> BTreeMap<Hash, Change> {
    let mut parsed = BTreeMap::new();
    for guarded in changes {
        match catch_unwind(|| Change::try_from(guarded.raw())) {
            Ok(Ok(change)) => drop(parsed.insert(change.hash(), change)),
            _ => setbacks.push((ChangeHash(*guarded.hash()), Setback::Unfit)),
        }
    }
    parsed
}

/// Where changes share actor and sequence number, the one with the lowest hash counts: every
/// replica that holds the same changes keeps the same one.
fn drop_clashes(parsed: BTreeMap<Hash, Change>, setbacks: &mut Setbacks) -> BTreeMap<Hash, Change> {
    let mut seen = BTreeSet::new();
    let mut kept = BTreeMap::new();
    for (hash, change) in parsed {
        if seen.insert((change.actor_id().clone(), change.seq())) {
            kept.insert(hash, change);
        } else {
            setbacks.push((ChangeHash(hash.0), Setback::Clash));
        }
    }
    kept
}

/// Dependencies first; among those that are ready, by hash. Leaves out what can never apply.
fn order(mut parsed: BTreeMap<Hash, Change>, setbacks: &mut Setbacks) -> Vec<Change> {
    let mut max_ops: BTreeMap<Hash, u64> = BTreeMap::new();
    let mut ordered = Vec::new();
    loop {
        let is_ready = |change: &Change| change.deps().iter().all(|d| max_ops.contains_key(d));
        let ready: Vec<Hash> =
            parsed.iter().filter(|(_, change)| is_ready(change)).map(|(hash, _)| *hash).collect();
        if ready.is_empty() {
            break;
        }
        for hash in ready {
            let Some(change) = parsed.remove(&hash) else { continue };
            let before = change.deps().iter().filter_map(|dep| max_ops.get(dep)).max();
            if change.start_op().get() == 1 + before.copied().unwrap_or(0) {
                // An empty change's max_op is below its start_op.
                max_ops.insert(hash, change.start_op().get() + change.len() as u64 - 1);
                ordered.push(change);
            } else {
                setbacks.push((ChangeHash(hash.0), Setback::Numbering));
            }
        }
    }
    for (hash, change) in parsed {
        let missing = change.deps().iter().filter(|dep| !max_ops.contains_key(dep)).count();
        setbacks.push((ChangeHash(hash.0), Setback::Waiting { missing }));
    }
    ordered
}

/// Applies changes and reads the result once; `None` if Automerge refuses, queues or panics.
fn apply(template: &'static Value, mut doc: Automerge, changes: &[Change]) -> Option<Automerge> {
    let attempt = AssertUnwindSafe(|| {
        doc.apply_changes(changes.iter().cloned()).ok()?;
        reading::read(&doc, template);
        let took_all = changes.iter().all(|c| doc.get_change_meta_by_hash(&c.hash()).is_some());
        took_all.then_some(doc)
    });
    catch_unwind(attempt).ok().flatten()
}

fn apply_singly(
    template: &'static Value,
    ordered: &[Change],
    setbacks: &mut Setbacks,
) -> Automerge {
    let mut doc = Automerge::new();
    let mut refused: BTreeSet<Hash> = BTreeSet::new();
    for change in ordered {
        let missing = change.deps().iter().filter(|dep| refused.contains(dep)).count();
        let next = if missing > 0 {
            setbacks.push((ChangeHash(change.hash().0), Setback::Waiting { missing }));
            None
        } else {
            let next = apply(template, doc.clone(), std::slice::from_ref(change));
            if next.is_none() {
                setbacks.push((ChangeHash(change.hash().0), Setback::Unfit));
            }
            next
        };
        match next {
            Some(next) => doc = next,
            None => drop(refused.insert(change.hash())),
        }
    }
    doc
}
