//! Who changed what: a document's changes in the order in which people made them.

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
    /// What it wrote, by path; a new entry as `{}`, then its fields. Empty for the change that
    /// created the document.
    pub wrote: Vec<(String, Value)>,
}

/// Each change after those that its writer had seen, and otherwise by the writers' clocks.
pub(super) fn history(doc: &Automerge, root: Node) -> Vec<Event> {
    let changes: BTreeMap<_, _> =
        doc.get_changes(&[]).into_iter().map(|change| (change.hash(), change)).collect();
    let mut ledger = Ledger::new(root);
    let mut events = Vec::new();
    visit_in_order(changes, automerge::Change::timestamp, |change| {
        let mut wrote: Vec<(String, Value)> = Vec::new();
        if ledger.admit(&change).is_ok() && !change.deps().is_empty() {
            for (path, value) in ledger.wrote(&change.hash()) {
                // Settling a conflict may write a field twice; the second is what was meant.
                if wrote.last().is_some_and(|(last, _)| *last == path) {
                    wrote.pop();
                }
                let value = value.map_or_else(|| json!({}), scalar_json);
                wrote.push((path, value));
            }
        }
        events.push(Event {
            change: ChangeHash(change.hash().0),
            by: change.message().unwrap_or_default().to_owned(),
            at: change.timestamp(),
            wrote,
        });
        true
    });
    events
}
