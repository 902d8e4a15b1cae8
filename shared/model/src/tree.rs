//! The one mapping between JSON and the maps of a document.
//!
//! | JSON | document |
//! |---|---|
//! | object | map, created with the document even where it is empty |
//! | list of words (`needs`) | map of word → `true`; `false` once it is taken back |
//! | list of objects with `id` (`household`) | map of id → map |
//! | `null`, `false` | absent at first; `null` once it is cleared |

#[expect(
    clippy::disallowed_types,
    reason = "automerge takes a HashMap here, and sorts its keys"
)]
use std::collections::HashMap;
use std::sync::LazyLock;

use automerge::{ScalarValue, hydrate};
use beket_record::Part;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::{Answer, Intake, Kind, Language, Link, Member, Note, Person, Review, SuggestedLink};

/// What stands at a place of a document.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Node {
    /// A map with these fields.
    Fields(&'static Map<String, Value>),
    /// A map of words.
    Words,
    /// A map of ids, each with these fields.
    Entries(&'static Map<String, Value>),
    /// A plain value.
    Leaf,
    /// Nothing that this version knows.
    Unknown,
}

/// Patterns: the full JSON of each document with one entry in every list.
static INTAKE: LazyLock<Value> = LazyLock::new(|| {
    let mut pattern = full(&Intake {
        person: Person { needs: [crate::Line::default()].into(), ..Person::default() },
        household: vec![Member { needs: [crate::Line::default()].into(), ..Member::default() }],
        suggested_links: vec![SuggestedLink::default()],
        ..Intake::new(Kind::Appeal, Language::Kk)
    });
    pattern["kind"] = Value::Null;
    pattern["language"] = Value::Null;
    pattern["reference"] = Value::Null;
    pattern
});
static ANSWER: LazyLock<Value> = LazyLock::new(|| full(&Answer::default()));
static REVIEW: LazyLock<Value> = LazyLock::new(|| {
    full(&Review {
        notes: vec![Note::default()],
        links: vec![Link::default()],
        ..Review::default()
    })
});

impl Node {
    /// The root of a case's document.
    pub(crate) fn root(part: Part) -> Self {
        match part {
            Part::Intake => Self::of(&INTAKE),
            Part::Answer => Self::of(&ANSWER),
            Part::Review => Self::of(&REVIEW),
            Part::Directory | Part::Purge => Self::Unknown,
        }
    }

    fn of(pattern: &'static Value) -> Self {
        match pattern {
            Value::Object(fields) => Self::Fields(fields),
            Value::Array(items) => match items.first() {
                Some(Value::Object(fields)) => Self::Entries(fields),
                _ => Self::Words,
            },
            _ => Self::Leaf,
        }
    }

    /// What stands below it under a key.
    pub(crate) fn child(self, key: &str) -> Self {
        match self {
            Self::Fields(fields) => fields.get(key).map_or(Self::Unknown, Self::of),
            Self::Entries(fields) => Self::Fields(fields),
            Self::Words => Self::Leaf,
            Self::Leaf | Self::Unknown => Self::Unknown,
        }
    }

    /// Its JSON where nothing is given.
    fn empty(self, pattern: &Value) -> Value {
        match self {
            Self::Fields(fields) => {
                let member = |(key, pattern): (&String, &'static Value)| {
                    (key.clone(), Self::of(pattern).empty(pattern))
                };
                Value::Object(fields.iter().map(member).collect())
            }
            Self::Words | Self::Entries(_) => json!([]),
            Self::Leaf | Self::Unknown => pattern.clone(),
        }
    }

    /// Turns a document's maps back into JSON, in the order of the fields. What this version does
    /// not know comes last, as it is.
    pub(crate) fn json(self, mut maps: Map<String, Value>) -> Value {
        match self {
            Self::Fields(fields) => {
                let mut out = Map::new();
                for (key, pattern) in fields {
                    let node = Self::of(pattern);
                    let value = match maps.shift_remove(key) {
                        Some(Value::Object(maps)) => node.json(maps),
                        Some(value) if node == Self::Leaf => value,
                        _ => node.empty(pattern),
                    };
                    out.insert(key.clone(), value);
                }
                out.extend(maps);
                Value::Object(out)
            }
            Self::Words => {
                let said = maps.into_iter().filter(|(_, said)| *said == json!(true));
                Value::Array(said.map(|(word, _)| Value::String(word)).collect())
            }
            Self::Entries(fields) => {
                let entry = |(id, entry): (String, Value)| {
                    let maps = if let Value::Object(maps) = entry { maps } else { Map::new() };
                    let mut entry = Self::Fields(fields).json(maps);
                    entry["id"] = Value::String(id);
                    entry
                };
                Value::Array(maps.into_iter().map(entry).collect())
            }
            Self::Leaf | Self::Unknown => Value::Object(maps),
        }
    }
}

/// The full JSON of a value: every field, `null` where nothing is given.
pub(crate) fn full(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

/// The document's maps for a full JSON value; `None` where it is absent. An entry's map is without
/// its id, which is its key.
#[expect(clippy::disallowed_types, reason = "automerge takes a HashMap here, and sorts its keys")]
pub(crate) fn to_hydrate(value: &Value) -> Option<hydrate::Value> {
    let members: HashMap<String, hydrate::Value> = match value {
        Value::Null | Value::Bool(false) => return None,
        Value::Object(object) => object
            .iter()
            .filter(|(key, _)| *key != "id")
            .filter_map(|(key, value)| Some((key.clone(), to_hydrate(value)?)))
            .collect(),
        Value::Array(items) => items
            .iter()
            .filter_map(|item| match item {
                Value::String(word) => Some((word.clone(), hydrate::Value::scalar(true))),
                _ => Some((item.get("id")?.as_str()?.to_owned(), to_hydrate(item)?)),
            })
            .collect(),
        scalar => return Some(hydrate::Value::Scalar(to_scalar(scalar))),
    };
    Some(hydrate::Value::Map(members.into()))
}

pub(crate) fn to_scalar(value: &Value) -> ScalarValue {
    match value {
        Value::Bool(flag) => ScalarValue::Boolean(*flag),
        Value::String(text) => ScalarValue::Str(text.as_str().into()),
        Value::Number(number) => number.as_i64().map_or(ScalarValue::Null, ScalarValue::Int),
        Value::Null | Value::Array(_) | Value::Object(_) => ScalarValue::Null,
    }
}

/// The JSON form that people exchange: an object in which nothing is given is `null`.
pub(crate) fn collapse(value: &Value) -> Value {
    let Value::Object(object) = value else {
        return value.clone();
    };
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
