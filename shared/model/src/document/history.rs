//! Who changed what: a document's changes in the order in which people made them.

use std::collections::BTreeMap;

use automerge::{Automerge, Value as Am};
use serde_json::Value;

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
    /// What it wrote, by path; empty for the change that created the document.
    pub wrote: Vec<(String, Value)>,
}

/// Each change after those that its writer had seen, and otherwise by the writers' clocks.
pub(super) fn history(doc: &Automerge, root: Node) -> Vec<Event> {
    let changes: BTreeMap<_, _> =
        doc.get_changes(&[]).into_iter().map(|change| (change.hash(), change)).collect();
    let mut ledger = Ledger::new(root);
    let mut events = Vec::new();
    visit_in_order(changes, automerge::Change::timestamp, |change| {
        let wrote = ledger.admit(&change).unwrap_or_default();
        let mut last: Vec<(String, Value)> = Vec::new();
        for (path, value) in wrote.into_iter().filter(|_| !change.deps().is_empty()) {
            let path = path.join(".");
            // Settling a conflict may write a field twice; the second is what was meant.
            last.retain(|(earlier, _)| *earlier != path);
            last.push((path, scalar_json(&Am::from(value))));
        }
        events.push(Event {
            change: ChangeHash(change.hash().0),
            by: change.message().unwrap_or_default().to_owned(),
            at: change.timestamp(),
            wrote: last,
        });
        true
    });
    events
}
