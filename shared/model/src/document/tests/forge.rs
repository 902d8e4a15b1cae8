//! A foe's workshop: changes that no honest device makes, made well enough to pass the guard.

use std::num::NonZeroU64;
use std::sync::Once;

use automerge::legacy::{Key, ObjectId, Op, OpId, OpType, SortedVec};
use automerge::{ExpandedChange, ObjType};

use super::*;
use crate::samples::{Sealed, author};

pub(super) const FOE: &str = "foe";

/// An intake with two honest edits, and the heads after each change.
pub(super) fn honest() -> (Hands, [Heads; 3]) {
    let mut hands = Hands::new(SAMPLE);
    let first = hands.first.clone();
    let second = hands.patch("Ерлан", 200, &json!({ "person": { "needs": ["water"] } }));
    let third = hands.patch("Дана", 210, &json!({ "place": { "bed": "2" }, "narrative": null }));
    (hands, [first, second, third])
}

pub(super) fn change_of(sealed: &Sealed) -> Change {
    Change::try_from(sealed.0.raw()).unwrap()
}

/// Seals whatever the foe makes up; the guard lets it pass.
pub(super) fn forge(change: ExpandedChange) -> Sealed {
    (Guarded::inspect(Change::from(change).raw_bytes().to_vec()).unwrap(), author(FOE))
}

/// A change by the foe that follows these, rightly numbered.
pub(super) fn by_foe(follows: &[&Sealed], operations: Vec<Op>) -> ExpandedChange {
    let follows: Vec<Change> = follows.iter().map(|sealed| change_of(sealed)).collect();
    let last = follows.iter().map(Change::max_op).max().unwrap_or(0);
    ExpandedChange {
        operations,
        actor_id: actor(&author(FOE), &mut rng(77)),
        hash: None,
        seq: 1,
        start_op: NonZeroU64::new(last + 1).unwrap(),
        time: 300,
        message: Some(FOE.to_owned()),
        deps: follows.iter().map(Change::hash).collect(),
        extra_bytes: Vec::new(),
        author: None,
    }
}

pub(super) fn op(obj: ObjectId, key: &str, action: OpType, pred: &[OpId]) -> Op {
    let pred = SortedVec::from(pred.iter().map(|id| OpId(id.0, id.1.clone())).collect::<Vec<_>>());
    Op { action, obj, key: Key::Map(key.into()), pred, insert: false }
}

pub(super) fn put(obj: ObjectId, key: &str, pred: &[OpId]) -> Op {
    op(obj, key, OpType::Put("foe".into()), pred)
}

pub(super) fn map() -> OpType {
    OpType::Make(ObjType::Map)
}

/// The operation that wrote a key at the root, or a key of a root's map.
pub(super) fn written(sealed: &Sealed, path: &str) -> OpId {
    let change = change_of(sealed).decode();
    let id = |index: usize| OpId(change.start_op.get() + index as u64, change.actor_id.clone());
    path.split('.')
        .fold(None, |map: Option<OpId>, key| {
            let obj = map.map_or(ObjectId::Root, ObjectId::Id);
            let here = |op: &Op| op.obj == obj && op.key == Key::Map(key.into());
            Some(id(change.operations.iter().position(here).unwrap()))
        })
        .unwrap()
}

pub(super) fn setbacks(document: &Document) -> Vec<Setback> {
    document.setbacks().iter().map(|(_, setback)| setback.clone()).collect()
}

/// Automerge's panics, which are caught on purpose, print nothing.
pub(super) fn silence_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let print = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !info.location().is_some_and(|place| place.file().contains("/automerge-")) {
                print(info);
            }
        }));
    });
}
