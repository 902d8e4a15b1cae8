//! Reading a document: its JSON and its conflicts.
//!
//! This is where a conflict is read: two values of one field that neither writer saw the other's
//! of. A map that was created twice reads as one map, so that neither creation hides the other.

use std::collections::{BTreeMap, BTreeSet};

use automerge::{Automerge, ObjId, ROOT, ReadDoc, ScalarValue, Value as Am};
use beket_record::Part;
use serde_json::{Map, Value};

use crate::tree::{Node, collapse};
use crate::{ChangeHash, Whereabouts};

/// A document as it reads at this moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// Every field, in one order for all documents of the kind; the winner of each conflict.
    pub full: Value,
    /// Fields with more than one value.
    pub conflicts: Vec<Conflict>,
    pub(crate) part: Part,
}

/// A field that two people wrote without having seen each other's value.
#[derive(Debug, Clone, PartialEq)]
pub struct Conflict {
    /// Path of the field, parts joined by dots; entries by their id.
    pub path: String,
    /// All values, Automerge's winner last.
    pub values: Vec<ConflictValue>,
}

/// One value of a conflict.
#[derive(Debug, Clone, PartialEq)]
pub struct ConflictValue {
    /// The value; `null` where somebody cleared the field.
    pub value: Value,
    /// The change that wrote it.
    pub change: ChangeHash,
    /// The writer's name, from the change.
    pub by: String,
    /// Seconds since 1970 by the writer's clock.
    pub at: i64,
}

impl Reading {
    /// The JSON form that people exchange.
    pub fn json(&self) -> Value {
        collapse(&self.full)
    }

    /// The text at a path such as `person.family_name`, if there is one.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.at(path)?.as_str()
    }

    /// Whether someone in an intake is a child with no adult.
    pub fn has_child_alone(&self) -> bool {
        self.children_alone().next().is_some()
    }

    /// Every child with no adult who is not yet with their people: where in the intake, and what is
    /// known of them. Whoever is one by any of the values in dispute is one, also where somebody who
    /// did not know of it took them off the household.
    pub fn children_alone(&self) -> impl Iterator<Item = (String, &Value)> {
        let alone = |who: &str, person: &Value| {
            let mut said = person["separated"].as_object().into_iter().flatten();
            let said = said.any(|(field, value)| {
                let told = |value: &Value| !value.is_null();
                self.may_be(&format!("{who}.separated.{field}"), value, told)
            });
            let apart = |value: &Value| {
                !Whereabouts::of_value(value).is_some_and(Whereabouts::is_with_their_people)
            };
            said && self.may_be(&format!("{who}.whereabouts"), &person["whereabouts"], apart)
        };
        let members = self.full["household"].as_array().into_iter().flatten();
        let members = members.map(|member| {
            (format!("household.{}", member["id"].as_str().unwrap_or_default()), member)
        });
        let person = self.full.get("person").map(|person| ("person".to_owned(), person));
        person.into_iter().chain(members).filter(move |(who, person)| alone(who, person))
    }

    /// Everybody of the household: who was taken off it is of it no more, but for a child alone.
    pub fn household(&self) -> impl Iterator<Item = &Value> {
        let alone: Vec<&Value> = self.children_alone().map(|(_, child)| child).collect();
        let is_alone = move |member: &Value| alone.iter().any(|child| std::ptr::eq(*child, member));
        let members = self.full["household"].as_array().into_iter().flatten();
        members.filter(move |member| member["removed"] != Value::Bool(true) || is_alone(member))
    }

    /// Whether a child alone by this reading is one no more by another, or off the household: the
    /// office hands children over, with two of staff.
    pub fn lets_a_child_go(&self, after: &Self) -> bool {
        let still: BTreeSet<String> = after.children_alone().map(|(who, _)| who).collect();
        let off = |reading: &Self, who: &str| {
            reading.at(&format!("{who}.removed")) == Some(&Value::Bool(true))
        };
        let goes = |who: &str| !still.contains(who) || (off(after, who) && !off(self, who));
        self.children_alone().any(|(who, _)| goes(&who))
    }

    /// Why somebody voided the case. One with a child alone lives on for all that: see
    /// [`Case::status`](crate::Case::status).
    pub fn void_reason(&self) -> Option<&str> {
        self.text("void_reason").filter(|reason| !reason.trim().is_empty())
    }

    /// Whether a value is what is asked for, or any other that stands in dispute with it.
    fn may_be(&self, path: &str, winner: &Value, is: impl Fn(&Value) -> bool) -> bool {
        let others = self.conflicts.iter().filter(|conflict| conflict.path == path);
        is(winner) || others.flat_map(|conflict| &conflict.values).any(|other| is(&other.value))
    }

    /// The value at a path: entries by their id (`household.<id>.sex`), a word of a list as `true`
    /// or `false` (`person.needs.medicine`). `None` where there is no such field or entry.
    pub fn at(&self, path: &str) -> Option<&Value> {
        let (mut value, mut node) = (&self.full, Node::root(self.part));
        let mut rest = Some(path);
        while let Some(path) = rest {
            if node == Node::Words {
                let said = value.as_array()?.iter().any(|word| word == path);
                return Some(if said { &Value::Bool(true) } else { &Value::Bool(false) });
            }
            let (key, after) = path.split_once('.').map_or((path, None), |(k, r)| (k, Some(r)));
            value = match value {
                Value::Object(object) => object.get(key)?,
                Value::Array(entries) => entries.iter().find(|entry| entry["id"] == key)?,
                _ => return None,
            };
            node = node.child(key);
            rest = after;
        }
        Some(value)
    }
}

pub(crate) fn read(doc: &Automerge, part: Part) -> Reading {
    let mut walk = Walk { doc, path: Vec::new(), conflicts: Vec::new() };
    let maps = walk.maps(&[ROOT]);
    let full = Node::root(part).json(maps);
    Reading { full, conflicts: walk.conflicts, part }
}

struct Walk<'a> {
    doc: &'a Automerge,
    path: Vec<String>,
    conflicts: Vec<Conflict>,
}

impl Walk<'_> {
    /// Reads one map; more than one where it was created more than once. How deep maps may lie is
    /// checked before a change is applied.
    fn maps(&mut self, maps: &[ObjId]) -> Map<String, Value> {
        let mut out = Map::new();
        for (key, found) in fields(self.doc, maps) {
            self.path.push(key.clone());
            out.insert(key, self.field(found));
            self.path.pop();
        }
        out
    }

    fn field(&mut self, found: Vec<(Am<'_>, ObjId)>) -> Value {
        let (mut maps, mut values) = (Vec::new(), Vec::new());
        for (value, id) in found {
            match value {
                Am::Object(_) => maps.push(id),
                Am::Scalar(scalar) => values.push((scalar_json(&scalar), id)),
            }
        }
        if !maps.is_empty() {
            return Value::Object(self.maps(&maps));
        }
        if values.iter().any(|(value, _)| *value != values[0].0) {
            let values = values.iter().filter_map(|(value, id)| self.written(value, id)).collect();
            self.conflicts.push(Conflict { path: self.path.join("."), values });
        }
        values.into_iter().next_back().map(|(value, _)| value).unwrap_or_default()
    }

    fn written(&self, value: &Value, id: &ObjId) -> Option<ConflictValue> {
        let change = self.doc.hash_for_opid(id)?;
        let meta = self.doc.get_change_meta_by_hash(&change)?;
        Some(ConflictValue {
            value: value.clone(),
            change: ChangeHash(change.0),
            by: meta.message.as_deref().unwrap_or_default().to_owned(),
            at: meta.timestamp,
        })
    }
}

/// What stands under each key of a map; more than one value where nobody has seen all, Automerge's
/// winner last.
fn fields(doc: &Automerge, maps: &[ObjId]) -> BTreeMap<String, Vec<(Am<'static>, ObjId)>> {
    let mut out: BTreeMap<String, Vec<(Am<'static>, ObjId)>> = BTreeMap::new();
    for map in maps {
        for item in doc.map_range(map, ..) {
            let found = out.entry(item.key.to_string()).or_default();
            if item.conflict {
                found.extend(standing(doc, map, &item.key));
            } else {
                let id = item.id();
                found.push((item.value.into(), id));
            }
        }
    }
    if maps.len() > 1 {
        for found in out.values_mut() {
            found.sort_by(|(_, a), (_, b)| a.cmp(b));
        }
    }
    out
}

/// All values of one field of one map, Automerge's winner last.
pub(crate) fn standing(
    doc: &impl ReadDoc,
    map: &ObjId,
    key: &str,
) -> impl Iterator<Item = (Am<'static>, ObjId)> {
    let found = doc.get_all(map, key).unwrap_or_default();
    let own = |(value, id): (Am<'_>, ObjId)| (value.into_owned(), id);
    found.into_iter().map(own).collect::<Vec<_>>().into_iter()
}

pub(crate) fn scalar_json(scalar: &ScalarValue) -> Value {
    match scalar {
        ScalarValue::Str(text) => Value::String(text.to_string()),
        ScalarValue::Boolean(flag) => Value::Bool(*flag),
        ScalarValue::Int(number) | ScalarValue::Timestamp(number) => (*number).into(),
        ScalarValue::Uint(number) => (*number).into(),
        ScalarValue::F64(number) => (*number).into(),
        ScalarValue::Counter(counter) => i64::from(counter).into(),
        ScalarValue::Bytes(_) | ScalarValue::Unknown { .. } | ScalarValue::Null => Value::Null,
    }
}
