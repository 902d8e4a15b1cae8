//! What each operation of a document may do: put a value or a new map into a map that it has seen.
//!
//! Automerge takes much more on trust: references to operations that a change has not seen (the
//! result then depends on the order of arrival), deletions of whole maps, maps nested deeper than
//! any stack, bytes that it would itself write otherwise (it then panics when asked for the change).
//! Beket writes none of these, so the ledger refuses them before Automerge sees them.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

use automerge::legacy::{Key, ObjectId, Op, OpId, OpType};
use automerge::{ActorId, Change, ChangeHash, ObjType, ScalarValue};

use super::Setback;
use crate::Stamp;
use crate::tree::Node;

/// Maps nested deeper than this are refused; ours go to four.
const MAX_DEPTH: u8 = 8;

/// The changes of a document so far, each after those that it depends on.
pub(super) struct Ledger {
    root: Node,
    changes: Vec<Entry>,
    by_hash: BTreeMap<ChangeHash, usize>,
    by_actor: BTreeMap<ActorId, usize>,
}

struct Entry {
    parents: Vec<usize>,
    start_op: u64,
    ops: Vec<Place>,
}

/// An operation: number of its change, number within it. `None` is the root.
type Map = Option<(usize, usize)>;

/// Where an operation wrote, and what.
struct Place {
    map: Map,
    key: String,
    put: Put,
}

enum Put {
    Value(ScalarValue),
    Map(Made),
}

#[derive(Clone, Copy)]
struct Made {
    node: Node,
    depth: u8,
}

impl Ledger {
    pub(super) fn new(root: Node) -> Self {
        Self { root, changes: Vec::new(), by_hash: BTreeMap::new(), by_actor: BTreeMap::new() }
    }

    /// Enters a change whose dependencies are all entered, or says why it may not be applied.
    pub(super) fn admit(&mut self, change: &Change) -> Result<(), Setback> {
        let parents: Option<Vec<usize>> =
            change.deps().iter().map(|dep| self.by_hash.get(dep).copied()).collect();
        let parents = parents.ok_or(Setback::Unfit)?;
        let before = parents.iter().map(|parent| self.changes[*parent].last_op()).max();
        let start_op = change.start_op().get();
        if change.seq() != 1 || start_op != before.unwrap_or(0) + 1 {
            return Err(Setback::Numbering);
        }
        if !Stamp::TIMES.contains(&change.timestamp()) {
            return Err(Setback::Unfit);
        }
        let operations = catch_unwind(AssertUnwindSafe(|| operations(change)));
        let operations = operations.ok().flatten().ok_or(Setback::Unfit)?;

        let index = self.changes.len();
        self.by_actor.insert(change.actor_id().clone(), index);
        self.changes.push(Entry { parents, start_op, ops: Vec::with_capacity(operations.len()) });
        let mut referred = BTreeSet::new();
        let fits = operations.into_iter().try_for_each(|op| self.enter(index, op, &mut referred));
        if fits.is_none() || !self.has_seen(index, referred) {
            self.changes.pop();
            self.by_actor.remove(change.actor_id());
            return Err(Setback::Unfit);
        }
        self.by_hash.insert(change.hash(), index);
        Ok(())
    }

    /// Whether a change is entered.
    pub(super) fn holds(&self, change: &ChangeHash) -> bool {
        self.by_hash.contains_key(change)
    }

    /// The paths that an entered change wrote, with their values, in the order of its operations;
    /// a new entry as its path and `None`.
    pub(super) fn wrote(
        &self,
        change: &ChangeHash,
    ) -> impl Iterator<Item = (String, Option<&ScalarValue>)> {
        let ops = self.by_hash.get(change).map_or(&[][..], |index| &self.changes[*index].ops);
        ops.iter().filter_map(|place| match &place.put {
            Put::Value(value) => Some((self.path(place), Some(value))),
            Put::Map(_) => {
                let is_entry = matches!(self.made(place.map)?.node, Node::Entries(_));
                is_entry.then(|| (self.path(place), None))
            }
        })
    }

    fn enter(&mut self, index: usize, op: Op, referred: &mut BTreeSet<usize>) -> Option<()> {
        let (Key::Map(key), false) = (&op.key, op.insert) else {
            return None;
        };
        if key.is_empty() {
            return None;
        }
        let map = match &op.obj {
            ObjectId::Root => None,
            ObjectId::Id(id) => Some(self.find(id)?),
        };
        referred.extend(map.map(|(change, _)| change));
        let parent = self.made(map)?;
        for id in op.pred.iter() {
            let at = self.find(id)?;
            let before = self.place(at);
            if before.map != map || before.key != key.as_str() || before.made().is_some() {
                return None;
            }
            referred.insert(at.0);
        }
        let node = parent.node.child(key);
        let put = match op.action {
            OpType::Make(ObjType::Map) if node != Node::Leaf && op.pred.is_empty() => {
                let depth = parent.depth + 1;
                (depth <= MAX_DEPTH).then_some(Put::Map(Made { node, depth }))?
            }
            OpType::Put(ScalarValue::Counter(_) | ScalarValue::Unknown { .. }) => return None,
            OpType::Put(value) if matches!(node, Node::Leaf | Node::Unknown) => Put::Value(value),
            _ => return None,
        };
        self.changes[index].ops.push(Place { map, key: key.to_string(), put });
        Some(())
    }

    fn find(&self, id: &OpId) -> Option<(usize, usize)> {
        let change = *self.by_actor.get(id.actor())?;
        let entry = &self.changes[change];
        let op = usize::try_from(id.counter().checked_sub(entry.start_op)?).ok()?;
        (op < entry.ops.len()).then_some((change, op))
    }

    fn place(&self, (change, op): (usize, usize)) -> &Place {
        &self.changes[change].ops[op]
    }

    /// The map that an operation made, if it made one.
    fn made(&self, map: Map) -> Option<Made> {
        map.map_or(Some(Made { node: self.root, depth: 0 }), |at| self.place(at).made())
    }

    fn path(&self, place: &Place) -> String {
        let above = |place: &&Place| place.map.map(|at| self.place(at));
        let places = std::iter::successors(Some(place), above);
        let mut path: Vec<&str> = places.map(|place| place.key.as_str()).collect();
        path.reverse();
        path.join(".")
    }

    /// Whether a change follows all of these, directly or through others.
    fn has_seen(&self, index: usize, mut sought: BTreeSet<usize>) -> bool {
        let mut met = vec![false; index + 1];
        let mut next = vec![index];
        while let Some(change) = next.pop() {
            sought.remove(&change);
            if sought.is_empty() {
                return true;
            }
            for parent in &self.changes[change].parents {
                if !std::mem::replace(&mut met[*parent], true) {
                    next.push(*parent);
                }
            }
        }
        false
    }
}

/// The operations of a change, where its bytes are those that Automerge would write. Automerge does
/// not keep them: from other bytes it would later make another change, which nobody knows.
fn operations(change: &Change) -> Option<Vec<Op>> {
    let decoded = change.decode();
    let again = Change::from(decoded.clone());
    (again.hash() == change.hash()).then_some(decoded.operations)
}

impl Place {
    fn made(&self) -> Option<Made> {
        if let Put::Map(made) = &self.put { Some(*made) } else { None }
    }
}

impl Entry {
    /// An empty change's last operation is the one before it.
    fn last_op(&self) -> u64 {
        self.start_op + self.ops.len() as u64 - 1
    }
}
