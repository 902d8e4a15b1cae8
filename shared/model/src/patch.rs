//! From a JSON patch to the writes that it asks for: only the fields that it names.
//!
//! Objects merge, members merge by `id` (without one they are new), lists of words replace,
//! `null` clears. Refuses unknown fields, unknown members and values of the wrong form, by name.

use rand::Rng;
use serde_json::{Map, Value, json};

use crate::intake::{FieldError, Intake, entry_id};
use crate::reading::Reading;
use crate::tree::{Shape, answer_template, entry_template, full, intake_template, shape};
use crate::Answer;

/// One value to write at one place.
#[derive(Debug, Clone, PartialEq)]
pub struct Write {
    pub(crate) path: Vec<String>,
    pub(crate) put: Put,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Put {
    /// A plain value; `null` clears.
    Scalar(Value),
    /// A new entry with all its maps.
    Entry(Value),
}

impl Write {
    /// The field's path, parts joined by dots.
    pub fn path(&self) -> String {
        self.path.join(".")
    }
}

/// The writes of a patch to an intake, as somebody who sees `seen`.
pub fn intake_writes(
    seen: &Reading,
    patch: &Value,
    made_ms: u64,
    rng: &mut impl Rng,
) -> Result<Vec<Write>, FieldError> {
    let Value::Object(named) = patch else {
        return Err(FieldError::new("patch", "is not a JSON object"));
    };
    let mut whole = named.clone();
    for must_have in ["kind", "language"] {
        whole.entry(must_have).or_insert_with(|| seen.full[must_have].clone());
    }
    let typed = full(&Intake::from_partial(&Value::Object(whole))?);
    let mut writes = Vec::new();
    let mut path = Vec::new();
    let mut ids = Ids { made_ms, count: 0, rng };
    object(intake_template(), named, &typed, &seen.full, &mut path, &mut ids, &mut writes)?;
    keep_changes(seen, writes)
}

/// The writes of a patch to an answer.
pub fn answer_writes(seen: &Reading, patch: &Value) -> Result<Vec<Write>, FieldError> {
    let typed: Answer = serde_path_to_error::deserialize(patch)
        .map_err(|e| FieldError::new(e.path().to_string(), e.inner().to_string()))?;
    let typed = full(&typed);
    let named = patch.as_object().into_iter().flatten();
    let write = |(key, _): (&String, &Value)| Write {
        path: vec![key.clone()],
        put: Put::Scalar(typed[key].clone()),
    };
    debug_assert!(typed.as_object().map(Map::len) == answer_template().as_object().map(Map::len));
    keep_changes(seen, named.map(write).collect())
}

/// A patch that writes one field by its dotted path: what a form with one field sends.
pub fn field_write(seen: &Reading, path: &str, value: Value) -> Result<Value, FieldError> {
    let parts: Vec<&str> = path.split('.').collect();
    nest(&seen.full, &parts, value).ok_or_else(|| FieldError::new(path, "there is no such field"))
}

fn nest(seen: &Value, parts: &[&str], value: Value) -> Option<Value> {
    let (key, rest) = parts.split_first()?;
    let inner = seen.get(key)?;
    let nested = match (shape(key), rest) {
        (Shape::Plain, []) => value,
        (Shape::Plain, _) => nest(inner, rest, value)?,
        (Shape::Words, [word]) => {
            let others = inner.as_array()?.iter().filter(|item| item.as_str() != Some(*word));
            let said = (value == Value::Bool(true)).then(|| Value::from(*word));
            Value::Array(others.cloned().chain(said).collect())
        }
        (Shape::Entries, [id, field @ ..]) => {
            let entry = inner.as_array()?.iter().find(|entry| entry["id"].as_str() == Some(*id))?;
            let mut nested = nest(entry, field, value)?;
            nested["id"] = json!(id);
            json!([nested])
        }
        _ => return None,
    };
    Some(json!({ *key: nested }))
}

/// What already stands there, unquestioned, is not written again.
fn keep_changes(seen: &Reading, writes: Vec<Write>) -> Result<Vec<Write>, FieldError> {
    let disputed = |path: &str| seen.conflicts.iter().any(|conflict| conflict.path == path);
    let changes = |write: &Write| match &write.put {
        Put::Entry(_) => true,
        Put::Scalar(value) => {
            let path = write.path();
            disputed(&path) || seen.stands(&write.path) != Some(value.clone())
        }
    };
    Ok(writes.into_iter().filter(changes).collect())
}

impl Reading {
    /// The scalar at a document path, words of a list as `true` or `false`.
    fn stands(&self, path: &[String]) -> Option<Value> {
        if let [list @ .., key, word] = path
            && shape(key) == Shape::Words
        {
            let list = [list, std::slice::from_ref(key)].concat().join(".");
            let said = self.at(&list)?.as_array()?.iter().any(|item| item.as_str() == Some(word));
            return Some(Value::Bool(said));
        }
        self.at(&path.join(".")).cloned()
    }
}

struct Ids<'a, R> {
    made_ms: u64,
    count: usize,
    rng: &'a mut R,
}

impl<R: Rng> Ids<'_, R> {
    fn next(&mut self) -> String {
        self.count += 1;
        entry_id(self.made_ms, self.count, self.rng)
    }
}

/// Collects the writes of one object of the patch. `typed` is the patch with every value checked
/// and normalised, `seen` what stands there.
fn object<R: Rng>(
    template: &Value,
    named: &Map<String, Value>,
    typed: &Value,
    seen: &Value,
    path: &mut Vec<String>,
    ids: &mut Ids<'_, R>,
    writes: &mut Vec<Write>,
) -> Result<(), FieldError> {
    for (key, value) in named {
        if key == "id" {
            continue;
        }
        path.push(key.clone());
        match (shape(key), &template[key]) {
            (Shape::Words, _) => words(&typed[key], &seen[key], path, writes),
            (Shape::Entries, _) => entries(key, value, &typed[key], &seen[key], path, ids, writes)?,
            (Shape::Plain, Value::Object(inner)) => {
                let cleared: Map<String, Value>;
                let named = if let Value::Object(named) = value {
                    named
                } else {
                    cleared = inner.keys().map(|key| (key.clone(), Value::Null)).collect();
                    &cleared
                };
                object(&template[key], named, &typed[key], &seen[key], path, ids, writes)?;
            }
            (Shape::Plain, _) => {
                let put = Put::Scalar(typed[key].clone());
                writes.push(Write { path: path.clone(), put });
            }
        }
        path.pop();
    }
    Ok(())
}

fn words(typed: &Value, seen: &Value, path: &[String], writes: &mut Vec<Write>) {
    let said = |list: &Value| -> Vec<String> {
        let items = list.as_array().into_iter().flatten();
        items.filter_map(|item| item.as_str().map(str::to_owned)).collect()
    };
    let wanted = said(typed);
    let taken_back = said(seen).into_iter().filter(|word| !wanted.contains(word));
    let flags = taken_back.map(|word| (word, false));
    for (word, flag) in flags.chain(wanted.iter().cloned().map(|word| (word, true))) {
        let path = path.iter().cloned().chain([word]).collect();
        writes.push(Write { path, put: Put::Scalar(Value::Bool(flag)) });
    }
}

fn entries<R: Rng>(
    key: &str,
    named: &Value,
    typed: &Value,
    seen: &Value,
    path: &mut Vec<String>,
    ids: &mut Ids<'_, R>,
    writes: &mut Vec<Write>,
) -> Result<(), FieldError> {
    let template = entry_template(key);
    let typed = typed.as_array().into_iter().flatten();
    for (index, (named, typed)) in named.as_array().into_iter().flatten().zip(typed).enumerate() {
        let Some(id) = typed["id"].as_str() else {
            path.push(ids.next());
            writes.push(Write { path: path.clone(), put: Put::Entry(typed.clone()) });
            path.pop();
            continue;
        };
        let known = seen.as_array().into_iter().flatten().find(|entry| entry["id"] == typed["id"]);
        let known = known.ok_or_else(|| {
            FieldError::new(format!("{key}[{index}].id"), format!("the case has no entry {id}"))
        })?;
        path.push(id.to_owned());
        let named = named.as_object().into_iter().flatten();
        let named = named.map(|(key, value)| (key.clone(), value.clone())).collect();
        object(&template, &named, typed, known, path, ids, writes)?;
        path.pop();
    }
    Ok(())
}
