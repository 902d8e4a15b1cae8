//! The one mapping between JSON and the maps of a document, by the shape that a key has.
//!
//! | JSON | document |
//! |---|---|
//! | object | map, created with the document even where it is empty |
//! | list of words (`needs`) | map of word → `true`; `false` once it is taken back |
//! | list of objects with `id` (`household`) | map of id → map |
//! | `null`, `false` | absent at first; `null` once it is cleared |

use std::collections::HashMap;
use std::sync::LazyLock;

use automerge::{ScalarValue, hydrate};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::{Answer, Intake, Kind, Language, Link, Member, Note, Review, SuggestedLink};

/// What a key's JSON list is in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Not a list.
    Plain,
    /// A set of words.
    Words,
    /// Objects by id.
    Entries,
}

pub(crate) fn shape(key: &str) -> Shape {
    match key {
        "needs" => Shape::Words,
        "household" | "suggested_links" | "notes" | "links" => Shape::Entries,
        _ => Shape::Plain,
    }
}

/// The full JSON of a value: every field, `null` where nothing is given.
pub(crate) fn full(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

/// The document's maps for a full JSON object.
#[expect(clippy::disallowed_types, reason = "automerge takes a HashMap here, and sorts its keys")]
pub(crate) fn to_hydrate(object: &Map<String, Value>) -> hydrate::Map {
    let mut out = HashMap::new();
    for (key, value) in object {
        if let Some(value) = member_to_hydrate(key, value) {
            out.insert(key.clone(), value);
        }
    }
    hydrate::Map::from(out)
}

#[expect(clippy::disallowed_types, reason = "automerge takes a HashMap here, and sorts its keys")]
fn member_to_hydrate(key: &str, value: &Value) -> Option<hydrate::Value> {
    match value {
        Value::Object(object) => Some(hydrate::Value::Map(to_hydrate(object))),
        Value::Array(items) => {
            let entry = |item: &Value| match shape(key) {
                Shape::Words => Some((item.as_str()?.to_owned(), hydrate::Value::scalar(true))),
                Shape::Entries => Some((entry_id(item)?, entry_to_hydrate(item)?)),
                Shape::Plain => None,
            };
            let entries: HashMap<String, hydrate::Value> = items.iter().filter_map(entry).collect();
            Some(hydrate::Value::Map(hydrate::Map::from(entries)))
        }
        Value::Null | Value::Bool(false) => None,
        scalar => Some(hydrate::Value::Scalar(to_scalar(scalar))),
    }
}

/// An entry's map: without its id, which is its key.
fn entry_to_hydrate(entry: &Value) -> Option<hydrate::Value> {
    Some(hydrate::Value::Map(to_hydrate(&without_id(entry)?)))
}

pub(crate) fn without_id(entry: &Value) -> Option<Map<String, Value>> {
    let mut object = entry.as_object()?.clone();
    object.shift_remove("id");
    Some(object)
}

pub(crate) fn entry_id(entry: &Value) -> Option<String> {
    entry.get("id")?.as_str().map(str::to_owned)
}

pub(crate) fn to_scalar(value: &Value) -> ScalarValue {
    match value {
        Value::Bool(flag) => ScalarValue::Boolean(*flag),
        Value::String(text) => ScalarValue::Str(text.as_str().into()),
        Value::Number(number) => number.as_i64().map_or(ScalarValue::Null, ScalarValue::Int),
        Value::Null | Value::Array(_) | Value::Object(_) => ScalarValue::Null,
    }
}

/// Full JSON of an empty document, by the field that tells the documents apart.
static INTAKE: LazyLock<Value> = LazyLock::new(|| {
    let empty = Intake {
        kind: Kind::Appeal,
        language: Language::Kk,
        taken_at: None,
        incident: None,
        category: None,
        programme: None,
        narrative: None,
        person: crate::Person::default(),
        household: Vec::new(),
        movement: crate::Movement::default(),
        place: crate::Place::default(),
        consent: crate::Consent::default(),
        suggested_links: Vec::new(),
        void_reason: None,
    };
    let mut template = full(&empty);
    if let Some(object) = template.as_object_mut() {
        object.insert("kind".into(), Value::Null);
        object.insert("language".into(), Value::Null);
    }
    template
});
static ANSWER: LazyLock<Value> = LazyLock::new(|| full(&Answer::default()));
static REVIEW: LazyLock<Value> = LazyLock::new(|| full(&Review::default()));

/// The full JSON of an empty intake.
pub(crate) fn intake_template() -> &'static Value {
    &INTAKE
}

/// The full JSON of an empty answer.
pub(crate) fn answer_template() -> &'static Value {
    &ANSWER
}

/// The full JSON of an empty review.
pub(crate) fn review_template() -> &'static Value {
    &REVIEW
}

pub(crate) fn entry_template(key: &str) -> Value {
    match key {
        "household" => full(&Member::default()),
        "suggested_links" => full(&SuggestedLink::default()),
        "notes" => full(&Note::default()),
        "links" => full(&Link::default()),
        _ => Value::Object(Map::new()),
    }
}

/// Turns a document's maps back into JSON in the template's order. Fields that this version does
/// not know come last, as they are.
pub(crate) fn from_maps(template: &Value, mut maps: Map<String, Value>) -> Value {
    let mut out = Map::new();
    for (key, empty) in template.as_object().into_iter().flatten() {
        let found = maps.shift_remove(key);
        let value = match (shape(key), found) {
            (_, None) => empty.clone(),
            (Shape::Words, Some(Value::Object(words))) => words_from_map(words),
            (Shape::Entries, Some(Value::Object(entries))) => entries_from_map(key, entries),
            (Shape::Plain, Some(Value::Object(object))) => from_maps(empty, object),
            (_, Some(other)) => other,
        };
        out.insert(key.clone(), value);
    }
    out.extend(maps);
    Value::Object(out)
}

fn words_from_map(words: Map<String, Value>) -> Value {
    let said = words.into_iter().filter(|(_, flag)| *flag == Value::Bool(true));
    Value::Array(said.map(|(word, _)| Value::String(word)).collect())
}

fn entries_from_map(key: &str, entries: Map<String, Value>) -> Value {
    let template = entry_template(key);
    let entry = |(id, entry): (String, Value)| {
        let fields = if let Value::Object(fields) = entry { fields } else { Map::new() };
        let mut filled = from_maps(&template, fields);
        filled["id"] = Value::String(id);
        filled
    };
    Value::Array(entries.into_iter().map(entry).collect())
}

/// The JSON form that people exchange: an object in which nothing is given is `null`.
pub(crate) fn collapse(value: &Value) -> Value {
    let Value::Object(object) = value else { return value.clone() };
    let member = |(key, value): (&String, &Value)| {
        let value = match value {
            Value::Object(_) if key != "person" => {
                let inner = collapse(value);
                if is_empty(&inner) { Value::Null } else { inner }
            }
            Value::Object(_) => collapse(value),
            Value::Array(items) => Value::Array(items.iter().map(collapse).collect()),
            other => other.clone(),
        };
        (key.clone(), value)
    };
    Value::Object(object.iter().map(member).collect())
}

fn is_empty(value: &Value) -> bool {
    value.as_object().is_some_and(|object| object.values().all(Value::is_null))
}
