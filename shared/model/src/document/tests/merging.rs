//! The property that all else rests on: whatever anyone edits anywhere, in whatever order it
//! arrives, every replica reads the same, and no value is lost.
//!
//! Beside the documents the test keeps a model of its own: who had seen which change when they
//! wrote which value. A value may be gone only where somebody who had seen it wrote another.

mod steps;

use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::vec;
use proptest::prelude::*;
use rand::seq::SliceRandom;

use super::*;
use crate::intake_writes;
use crate::patch::Put;
use crate::samples::{Sealed, author, load, steady};
use steps::{Edit, FIELDS, MemberEdit, NEEDS, Step, any_step};

const NAMES: [&str; 5] = ["Айгүл", "Ерлан", "Дана", "Сәуле", "Арман"];

/// A change as the model knows it.
struct Made {
    sealed: Sealed,
    /// All that its writer had seen.
    seen: BTreeSet<usize>,
    wrote: Vec<(String, Value)>,
}

struct World {
    made: Vec<Made>,
    /// Which changes each replica holds.
    held: Vec<BTreeSet<usize>>,
    rng: rand_chacha::ChaCha8Rng,
}

impl World {
    fn new(replicas: usize) -> Self {
        let (document, change) = create(SAMPLE);
        let mut wrote = Vec::new();
        flatten("", &document.read().full, &mut wrote);
        let sealed = (change, author("Айгүл"));
        let made = vec![Made { sealed, seen: BTreeSet::new(), wrote }];
        Self { made, held: vec![BTreeSet::from([0]); replicas], rng: rng(5) }
    }

    /// Some changes in an order of chance, some of them twice.
    fn shuffled(&mut self, changes: &BTreeSet<usize>) -> Vec<Sealed> {
        let mut order: Vec<usize> = changes.iter().copied().collect();
        order.extend(changes.iter().filter(|_| self.rng.next_u32().is_multiple_of(3)));
        order.shuffle(&mut self.rng);
        order.into_iter().map(|index| self.made[index].sealed.clone()).collect()
    }

    fn hash(&self, index: usize) -> ChangeHash {
        ChangeHash(*self.made[index].sealed.0.hash())
    }

    /// What of these is applied: each with all that its writer had seen.
    fn applied(&self, held: &BTreeSet<usize>) -> BTreeSet<usize> {
        held.iter().copied().filter(|index| self.made[*index].seen.is_subset(held)).collect()
    }

    fn step(&mut self, step: &Step) {
        let replicas = self.held.len();
        match step {
            Step::Edit(who, older, edit) => self.edit(who % replicas, *older, edit),
            Step::Send(from, to, seed) => {
                let chosen = self.held[from % replicas].clone();
                let arrives = |index: &usize| (seed >> (index % 64)) & 1 == 1;
                self.held[to % replicas].extend(chosen.into_iter().filter(arrives));
            }
        }
    }

    fn edit(&mut self, who: usize, older: Option<usize>, edit: &Edit) {
        let held = self.held[who].clone();
        let mut document = load(&self.shuffled(&held));
        let applied: Vec<usize> = self.applied(&held).into_iter().collect();
        let heads = older.map_or_else(
            || document.heads(),
            |older| Heads(vec![self.hash(applied[older % applied.len()])]),
        );
        let reading = document.read_at(&heads).unwrap();
        let Some(writes) = self.writes(&reading, edit) else { return };
        let stamp = stamp(NAMES[who], 1_000 + i64::try_from(self.made.len()).unwrap());
        let change = document.edit(&heads, &writes, &stamp, &mut self.rng).unwrap();
        assert_eq!(change.is_none(), writes.is_empty(), "a write that writes nothing: {writes:?}");
        let Some(change) = change else { return };

        let mut wrote = Vec::new();
        for write in &writes {
            match &write.put {
                Put::Scalar(value) => wrote.push((write.path(), value.clone())),
                Put::Entry(entry) => flatten(&write.path(), entry, &mut wrote),
            }
        }
        let at_heads = applied.iter().filter(|index| heads.0.contains(&self.hash(**index)));
        let seen = at_heads.flat_map(|index| self.made[*index].seen.iter().chain([index]));
        let seen = seen.copied().collect();
        let index = self.made.len();
        self.made.push(Made { sealed: (change, stamp.author), seen, wrote });
        self.held[who].insert(index);
        let held = self.held[who].clone();
        assert_eq!(document.read(), load(&self.shuffled(&held)).read(), "edited is not loaded");
    }

    fn writes(&mut self, seen: &Reading, edit: &Edit) -> Option<Vec<Write>> {
        let patch = match edit {
            Edit::Field(field, value) => {
                let (path, values) = FIELDS[*field];
                let value = values.get(*value).map_or(Value::Null, |value| json!(value));
                if path == "kind" && value.is_null() {
                    return None;
                }
                return Some(field_write(seen, path, value).unwrap());
            }
            Edit::Age(age) => json!({ "person": { "age_years": age } }),
            Edit::Needs(needs) => json!({ "person": { "needs": words(needs) } }),
            Edit::Movement(one, other) => {
                json!({ "movement": { "number": one.to_string(), "from": other.to_string() } })
            }
            Edit::ClearMovement => json!({ "movement": null }),
            Edit::AddMember(name) => {
                json!({ "household": [{ "given_name": name.to_string(), "needs": ["water"] }] })
            }
            Edit::Member(which, edit) => {
                let members = seen.full["household"].as_array().unwrap();
                let mut patch = match edit {
                    MemberEdit::Name(name) => json!({ "given_name": name.to_string() }),
                    MemberEdit::Needs(needs) => json!({ "needs": words(needs) }),
                    MemberEdit::Removed(removed) => json!({ "removed": removed }),
                    MemberEdit::Says(says) => json!({ "separated": { "says": says.to_string() } }),
                };
                patch["id"] = members[which % members.len()]["id"].clone();
                json!({ "household": [patch] })
            }
            Edit::Settle(which, value) => {
                let conflicts = &seen.conflicts;
                let conflict = conflicts.get(which % conflicts.len().max(1))?;
                let value = &conflict.values[value % conflict.values.len()].value;
                return Some(field_write(seen, &conflict.path, value.clone()).unwrap());
            }
        };
        Some(intake_writes(seen, &patch, 1_000, &mut self.rng).unwrap())
    }

    /// What the model says of these changes is what a document says that holds them.
    fn check(&mut self, held: &BTreeSet<usize>) -> (Reading, Heads, Vec<Event>) {
        let document = load(&self.shuffled(held));
        let read = document.read();
        let applied = self.applied(held);
        assert_eq!(document.setbacks().len(), held.len() - applied.len());

        let mut left: BTreeMap<&str, BTreeMap<usize, &Value>> = BTreeMap::new();
        for index in &applied {
            let made = &self.made[*index];
            for (path, value) in &made.wrote {
                let values = left.entry(path).or_default();
                values.retain(|earlier, _| !made.seen.contains(earlier));
                values.insert(*index, value);
            }
        }
        let mut disputed = 0;
        for (path, values) in left {
            let winner = read.at(path).unwrap_or_else(|| panic!("{path} is gone"));
            let all: BTreeSet<(ChangeHash, String)> =
                values.iter().map(|(index, v)| (self.hash(*index), v.to_string())).collect();
            let conflict = read.conflicts.iter().find(|conflict| conflict.path == path);
            let Some(conflict) = conflict else {
                assert!(values.values().all(|value| *value == winner), "{path}: {values:?}");
                continue;
            };
            disputed += 1;
            let shown = conflict.values.iter().map(|v| (v.change, v.value.to_string())).collect();
            assert_eq!(all, shown, "{path}");
            assert_eq!(Some(winner), conflict.values.last().map(|last| &last.value), "{path}");
        }
        assert_eq!(disputed, read.conflicts.len());
        (read, document.heads(), document.history().to_vec())
    }
}

fn words(needs: &[usize]) -> Vec<&str> {
    needs.iter().map(|need| NEEDS[*need]).collect()
}

/// The paths and values that a new document or entry begins with.
fn flatten(path: &str, value: &Value, out: &mut Vec<(String, Value)>) {
    let below = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    match value {
        Value::Null | Value::Bool(false) => {}
        Value::Object(fields) => {
            for (key, value) in fields.iter().filter(|(key, _)| *key != "id") {
                flatten(&below(key), value, out);
            }
        }
        Value::Array(items) => {
            for item in items {
                match item.as_str() {
                    Some(word) => out.push((below(word), json!(true))),
                    None => flatten(&below(item["id"].as_str().unwrap()), item, out),
                }
            }
        }
        scalar => out.push((path.to_owned(), scalar.clone())),
    }
}

proptest! {
    #![proptest_config(steady(96))]

    #[test]
    fn any_edits_anywhere_in_any_order_read_equal_and_lose_no_value(
        replicas in 2..=5_usize,
        steps in vec(any_step(), 1..60),
    ) {
        let mut world = World::new(replicas);
        for step in &steps {
            world.step(step);
        }
        for replica in 0..replicas {
            let held = world.held[replica].clone();
            world.check(&held);
        }
        let all: BTreeSet<usize> = (0..world.made.len()).collect();
        let everywhere: Vec<_> = (0..replicas).map(|_| world.check(&all)).collect();
        for read in &everywhere {
            prop_assert_eq!(read, &everywhere[0]);
        }
    }
}
