//! Reading a document: its JSON, its conflicts, its history.
//!
//! This is where a conflict is read: two values of one field that neither writer saw the other's
//! of. Walks to a bounded depth only: a hostile document can nest deeper than any stack.

use automerge::iter::MapRangeItem;
use automerge::{Automerge, ObjId, PatchAction, Prop, ROOT, ReadDoc, ScalarValue, Value as Am, ValueRef};
use serde_json::{Map, Value};

use crate::ChangeHash;
use crate::tree::{collapse, from_maps};

/// Deeper than any of our documents.
const MAX_DEPTH: usize = 8;

/// A document as it reads at this moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// Every field in the template's order; the winner of each conflict.
    pub full: Value,
    /// Fields with more than one value.
    pub conflicts: Vec<Conflict>,
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

impl Reading {
    /// The JSON form that people exchange.
    pub fn json(&self) -> Value {
        collapse(&self.full)
    }

    /// The text at a path such as `person.family_name`, if there is one.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.at(path)?.as_str()
    }

    /// The value at a path; entries by their id.
    pub fn at(&self, path: &str) -> Option<&Value> {
        path.split('.').try_fold(&self.full, |value, part| match value {
            Value::Object(object) => object.get(part),
            Value::Array(items) => {
                items.iter().find(|item| item.get("id").and_then(Value::as_str) == Some(part))
            }
            _ => None,
        })
    }
}

pub(crate) fn read(doc: &Automerge, template: &Value) -> Reading {
    let mut conflicts = Vec::new();
    let maps = walk(doc, &ROOT, &mut Vec::new(), &mut conflicts);
    Reading { full: from_maps(template, maps), conflicts }
}

fn walk(
    doc: &Automerge,
    map: &ObjId,
    path: &mut Vec<String>,
    conflicts: &mut Vec<Conflict>,
) -> Map<String, Value> {
    let mut out = Map::new();
    if path.len() >= MAX_DEPTH {
        return out;
    }
    for item in doc.map_range(map, ..) {
        path.push(item.key.to_string());
        if item.conflict {
            conflicts.extend(conflict_at(doc, map, path));
        }
        out.insert(item.key.to_string(), item_value(doc, &item, path, conflicts));
        path.pop();
    }
    out
}

fn item_value(
    doc: &Automerge,
    item: &MapRangeItem<'_>,
    path: &mut Vec<String>,
    conflicts: &mut Vec<Conflict>,
) -> Value {
    match &item.value {
        ValueRef::Object(automerge::ObjType::Map | automerge::ObjType::Table) => {
            Value::Object(walk(doc, &item.id(), path, conflicts))
        }
        ValueRef::Object(_) => text_or_nothing(doc, &item.id()),
        ValueRef::Scalar(scalar) => scalar_json(&scalar.to_owned().into()),
    }
}

fn conflict_at(doc: &Automerge, map: &ObjId, path: &[String]) -> Option<Conflict> {
    let key = path.last()?.as_str();
    let mut values: Vec<ConflictValue> = Vec::new();
    for (value, id) in doc.get_all(map, key).ok()? {
        let change = doc.hash_for_opid(&id)?;
        let meta = doc.get_change_meta_by_hash(&change)?;
        let value = match value {
            Am::Scalar(scalar) => scalar_json(&scalar),
            Am::Object(automerge::ObjType::Map | automerge::ObjType::Table) => {
                Value::Object(walk(doc, &id, &mut path.to_vec(), &mut Vec::new()))
            }
            Am::Object(_) => text_or_nothing(doc, &id),
        };
        values.push(ConflictValue {
            value,
            change: ChangeHash(change.0),
            by: meta.message.map(|message| message.to_string()).unwrap_or_default(),
            at: meta.timestamp,
        });
    }
    let differ = values.iter().any(|one| one.value != values[0].value);
    differ.then(|| Conflict { path: path.join("."), values })
}

/// Beket writes no lists and no text objects; another program's are shown where they can be.
fn text_or_nothing(doc: &Automerge, id: &ObjId) -> Value {
    doc.text(id).map_or(Value::Null, Value::String)
}

fn scalar_json(scalar: &ScalarValue) -> Value {
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

pub(crate) fn history(doc: &Automerge) -> Vec<Event> {
    let event = |meta: automerge::ChangeMetadata<'_>| {
        let wrote = if meta.deps.is_empty() { Vec::new() } else { wrote(doc, &meta) };
        Event {
            change: ChangeHash(meta.hash.0),
            by: meta.message.as_deref().unwrap_or_default().to_owned(),
            at: meta.timestamp,
            wrote,
        }
    };
    doc.get_changes_meta(&[]).into_iter().map(event).collect()
}

fn wrote(doc: &Automerge, meta: &automerge::ChangeMetadata<'_>) -> Vec<(String, Value)> {
    let mut wrote = Vec::new();
    for patch in doc.diff(&meta.deps, &[meta.hash]) {
        let PatchAction::PutMap { key, value: (value, _), .. } = patch.action else { continue };
        let Am::Scalar(scalar) = value else { continue };
        let props = patch.path.iter().map(|(_, prop)| match prop {
            Prop::Map(key) => key.clone(),
            Prop::Seq(index) => index.to_string(),
        });
        let path: Vec<String> = props.chain([key]).collect();
        wrote.push((path.join("."), scalar_json(&scalar)));
    }
    wrote
}
