//! Who changed what, knowing what: a document's changes in the order in which people made them,
//! each with what its writer saw and what they did not.

use std::collections::BTreeMap;

use automerge::Automerge;
use serde_json::{Value, json};

use super::ledger::Ledger;
use super::order::visit_in_order;
use crate::ChangeHash;
use crate::reading::scalar_json;
use crate::tree::Node;

/// One change of a document's history.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// The change.
    pub change: ChangeHash,
    /// The writer's name.
    pub by: String,
    /// Seconds since 1970 by the writer's clock.
    pub at: i64,
    /// What it wrote. Empty for the change that created the document.
    pub wrote: Vec<Wrote>,
}

/// One field as a change wrote it.
#[derive(Debug, Clone, PartialEq)]
pub struct Wrote {
    /// The field; a new entry, then its fields.
    pub path: String,
    /// What stands there since; `{}` for a new entry.
    pub value: Value,
    /// What its writer saw there: nothing, one value, or the values of a conflict.
    pub over: Vec<Value>,
    /// The changes that gave the field another value, of which neither writer had seen the other's.
    pub unseen: Vec<ChangeHash>,
}

/// Each change after those that its writer had seen, and otherwise by the writers' clocks.
pub(super) fn history(doc: &Automerge, root: Node) -> Vec<Event> {
    let changes: BTreeMap<_, _> =
        doc.get_changes(&[]).into_iter().map(|change| (change.hash(), change)).collect();
    let mut ledger = Ledger::new(root);
    let mut events = Vec::new();
    let mut past = Past::default();
    visit_in_order(changes, automerge::Change::timestamp, |change| {
        let mut wrote: Vec<(String, Value)> = Vec::new();
        if ledger.admit(&change).is_ok() {
            for (path, value) in ledger.wrote(&change.hash()) {
                // Settling a conflict may write a field twice; the second is what was meant.
                if wrote.last().is_some_and(|(last, _)| *last == path) {
                    wrote.pop();
                }
                let value = value.map_or_else(|| json!({}), scalar_json);
                wrote.push((path, value));
            }
        }
        past.enter(&change, wrote);
        events.push(Event {
            change: ChangeHash(change.hash().0),
            by: change.message().unwrap_or_default().to_owned(),
            at: change.timestamp(),
            wrote: Vec::new(),
        });
        true
    });
    for index in 0..events.len() {
        if past.seen[index].iter().any(|word| *word != 0) {
            events[index].wrote = past.wrote(index, &events);
        }
    }
    events
}

/// The change that comes first in the history.
pub(super) fn first(doc: &Automerge) -> Option<ChangeHash> {
    let changes = doc.get_changes_meta(&[]);
    let begins = changes.iter().filter(|change| change.deps.is_empty());
    let first = begins.min_by_key(|change| (change.timestamp, change.hash))?;
    Some(ChangeHash(first.hash.0))
}

/// What each change had seen, and who wrote which field.
#[derive(Default)]
struct Past {
    by_hash: BTreeMap<automerge::ChangeHash, usize>,
    /// Of each change, a bit for every change that it follows.
    seen: Vec<Vec<u64>>,
    by_change: Vec<Vec<(String, Value)>>,
    /// Of each field, the changes that wrote it, and where in them.
    by_path: BTreeMap<String, Vec<(usize, usize)>>,
}

impl Past {
    fn enter(&mut self, change: &automerge::Change, wrote: Vec<(String, Value)>) {
        let index = self.seen.len();
        let mut seen = vec![0; index / 64 + 1];
        for dep in change.deps().iter().filter_map(|dep| self.by_hash.get(dep)) {
            for (word, theirs) in seen.iter_mut().zip(&self.seen[*dep]) {
                *word |= theirs;
            }
            seen[dep / 64] |= 1 << (dep % 64);
        }
        for (at, (path, _)) in wrote.iter().enumerate() {
            self.by_path.entry(path.clone()).or_default().push((index, at));
        }
        self.by_hash.insert(change.hash(), index);
        self.seen.push(seen);
        self.by_change.push(wrote);
    }

    fn has_seen(&self, change: usize, other: usize) -> bool {
        self.seen[change].get(other / 64).is_some_and(|word| word >> (other % 64) & 1 == 1)
    }

    fn wrote(&self, index: usize, events: &[Event]) -> Vec<Wrote> {
        let told = |(path, value): &(String, Value)| {
            let others = self.by_path.get(path).map_or(&[][..], Vec::as_slice);
            let theirs = |(change, at): &(usize, usize)| &self.by_change[*change][*at].1;
            let before: Vec<_> =
                others.iter().filter(|(other, _)| self.has_seen(index, *other)).collect();
            let stood = before
                .iter()
                .filter(|(one, _)| !before.iter().any(|(later, _)| self.has_seen(*later, *one)));
            let mut over: Vec<Value> = Vec::new();
            for value in stood.map(|at| theirs(at)) {
                if !over.contains(value) {
                    over.push(value.clone());
                }
            }
            let unseen = others.iter().filter(|at| {
                at.0 != index
                    && !self.has_seen(index, at.0)
                    && !self.has_seen(at.0, index)
                    && theirs(at) != value
            });
            let unseen = unseen.map(|(other, _)| events[*other].change).collect();
            Wrote { path: path.clone(), value: value.clone(), over, unseen }
        };
        self.by_change[index].iter().map(told).collect()
    }
}
