//! From a JSON patch to the writes that it asks for: only the fields that it names.
//!
//! Objects merge, entries merge by `id` (without one they are new), lists of words replace, `null`
//! clears. Refuses unknown fields, unknown entries and values of the wrong form, by name.

use std::collections::BTreeMap;

use beket_record::Part;
use rand::Rng;
use serde_json::{Map, Value, json};

use crate::field::{FieldError, read_value};
use crate::ids::{Ids, check_ids};
use crate::reading::Reading;
use crate::tree::{Node, full};
use crate::{Answer, Intake, Review};

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
    let mut ids = Ids::new(made_ms, rng);
    let writes = Collector::new(seen, &mut || ids.next()).collect(Part::Intake, patch)?;
    for (fact, reason) in FACTS {
        if writes.iter().any(|write| write.path == [fact]) {
            return Err(FieldError::new(fact, reason));
        }
    }
    says_whom(seen, &writes)?;
    Ok(writes)
}

/// What was written when a case was taken, and why it stays.
const FACTS: [(&str, &str); 2] = [
    ("kind", "stays what it was when the case was taken: void it and take another"),
    ("taken_at", "stays what it was when the case was taken: terms run from it"),
];

/// A case keeps a narrative, or some part of the person's name, or what is known of a child alone.
pub fn says_whom(seen: &Reading, writes: &[Write]) -> Result<(), FieldError> {
    let says = |path: &str| {
        let written = writes.iter().rev().find(|write| write.path() == path);
        let value = match written {
            Some(Write { put: Put::Scalar(value), .. }) => Some(value),
            _ => seen.at(path),
        };
        value.and_then(Value::as_str).is_some_and(|text| !text.trim().is_empty())
    };
    let known = seen.has_child_alone() || WHOM.iter().any(|path| says(path));
    let was_known =
        WHOM.iter().any(|path| seen.text(path).is_some_and(|text| !text.trim().is_empty()));
    if known || !was_known {
        return Ok(());
    }
    let reason = "would leave neither a narrative nor any part of a name; a case says at least one";
    Err(FieldError::new("person", reason))
}

const WHOM: [&str; 4] =
    ["narrative", "person.family_name", "person.given_name", "person.patronymic"];

/// The writes of a patch to an answer, as somebody who sees `seen`.
pub fn answer_writes(seen: &Reading, patch: &Value) -> Result<Vec<Write>, FieldError> {
    Collector::new(seen, &mut no_new_entry).collect(Part::Answer, patch)
}

/// The writes of a patch to a review, as somebody who sees `seen`.
pub fn review_writes(
    seen: &Reading,
    patch: &Value,
    made_ms: u64,
    rng: &mut impl Rng,
) -> Result<Vec<Write>, FieldError> {
    let mut ids = Ids::new(made_ms, rng);
    Collector::new(seen, &mut || ids.next()).collect(Part::Review, patch)
}

/// Writes one field by its path, as [`Reading::at`] takes it: what a form with one field sends, and
/// how a conflict is settled. A word of a list is `true` or `false`.
pub fn field_write(seen: &Reading, path: &str, value: Value) -> Result<Vec<Write>, FieldError> {
    let named = |reason: String| FieldError::new(path, reason);
    let patch = nest(Node::root(seen.part), &seen.full, Some(path), value)
        .ok_or_else(|| named("there is no such field".to_owned()))?;
    let mut writes = Collector::new(seen, &mut no_new_entry)
        .collect(seen.part, &patch)
        .map_err(|error| named(error.reason))?;
    // The patch of one word holds its whole list, in which other words may be in dispute.
    let is_list = seen.at(path).is_some_and(Value::is_array);
    writes.retain(|write| is_list || write.path() == path);
    Ok(writes)
}

/// What takes `writes` back again, each field by its path, for whoever saw `seen` before them: what
/// stood there stands there again, and a new entry is removed. A child alone whom it was about never
/// was one: whoever is stays one, also where they are removed.
pub fn undo_of(writes: &[Write], seen: &Reading) -> Vec<(String, Value)> {
    let undone = |write: &Write| match &write.put {
        Put::Scalar(_) => vec![(write.path(), seen.at(&write.path()).cloned().unwrap_or_default())],
        Put::Entry(entry) => {
            let told = entry["separated"].as_object().into_iter().flatten();
            let told = told.filter(|(_, value)| !value.is_null());
            let told = told.map(|(field, _)| format!("{}.separated.{field}", write.path()));
            let removed = (format!("{}.removed", write.path()), Value::Bool(true));
            told.map(|path| (path, Value::Null)).chain([removed]).collect()
        }
    };
    writes.iter().flat_map(undone).collect()
}

/// A patch that names one field.
fn nest(node: Node, seen: &Value, path: Option<&str>, value: Value) -> Option<Value> {
    let Some(path) = path else {
        return matches!(node, Node::Leaf | Node::Words).then_some(value);
    };
    let (key, rest) = path.split_once('.').map_or((path, None), |(key, rest)| (key, Some(rest)));
    match node {
        Node::Fields(_) => {
            Some(json!({ key: nest(node.child(key), seen.get(key)?, rest, value)? }))
        }
        Node::Entries(_) if rest != Some("id") => {
            let entry = seen.as_array()?.iter().find(|entry| entry["id"] == key)?;
            let mut nested = nest(node.child(key), entry, rest, value)?;
            nested["id"] = json!(key);
            Some(json!([nested]))
        }
        Node::Words => {
            let others = seen.as_array()?.iter().filter(|word| *word != path).cloned();
            let said = value.as_bool()?.then(|| json!(path));
            Some(others.chain(said).collect())
        }
        Node::Entries(_) | Node::Leaf | Node::Unknown => None,
    }
}

/// The patch with every value checked and normalised.
fn typed(part: Part, patch: &Value) -> Result<Value, FieldError> {
    match part {
        Part::Intake => Ok(full(&Intake::from_patch(patch)?)),
        Part::Answer => Ok(full(&read_value::<Answer>("patch", patch)?)),
        Part::Review => {
            let review: Review = read_value("patch", patch)?;
            check_ids("notes", review.notes.iter().map(|note| &note.id))?;
            check_ids("links", review.links.iter().map(|link| &link.id))?;
            Ok(full(&review))
        }
        Part::Directory | Part::Purge => Err(FieldError::new("patch", "there is no such document")),
    }
}

/// Stands where no patch can hold a new entry.
fn no_new_entry() -> String {
    String::new()
}

/// Walks a patch and collects its writes.
struct Collector<'a> {
    seen: &'a Reading,
    next_id: &'a mut dyn FnMut() -> String,
    path: Vec<String>,
    writes: Vec<Write>,
}

impl<'a> Collector<'a> {
    fn new(seen: &'a Reading, next_id: &'a mut dyn FnMut() -> String) -> Self {
        Self { seen, next_id, path: Vec::new(), writes: Vec::new() }
    }

    fn collect(mut self, part: Part, patch: &Value) -> Result<Vec<Write>, FieldError> {
        let typed = typed(part, patch)?;
        if let Value::Object(named) = patch {
            self.object(Node::root(part), named, &typed)?;
        }
        Ok(self.writes)
    }

    fn object(
        &mut self,
        node: Node,
        named: &Map<String, Value>,
        typed: &Value,
    ) -> Result<(), FieldError> {
        for (key, named) in named.iter().filter(|(key, _)| *key != "id") {
            let typed = &typed[key];
            self.path.push(key.clone());
            match (node.child(key), named) {
                (Node::Words, _) => self.words(typed),
                (child @ Node::Entries(_), named) => self.entries(child, named, typed)?,
                (child @ Node::Fields(_), Value::Object(named)) => {
                    self.object(child, named, typed)?;
                }
                (child @ Node::Fields(fields), _) => {
                    let cleared = fields.keys().map(|key| (key.clone(), Value::Null)).collect();
                    self.object(child, &cleared, typed)?;
                }
                (Node::Leaf | Node::Unknown, _) => self.scalar(typed.clone()),
            }
            self.path.pop();
        }
        Ok(())
    }

    /// What already stands there, undisputed, is not written again.
    fn scalar(&mut self, value: Value) {
        let path = self.path.join(".");
        let is_disputed = self.seen.conflicts.iter().any(|conflict| conflict.path == path);
        if is_disputed || self.seen.at(&path) != Some(&value) {
            self.writes.push(Write { path: self.path.clone(), put: Put::Scalar(value) });
        }
    }

    fn words(&mut self, typed: &Value) {
        let list = self.path.join(".");
        let within = format!("{list}.");
        let disputed =
            self.seen.conflicts.iter().filter_map(|conflict| conflict.path.strip_prefix(&within));
        let standing = words_of(self.seen.at(&list));
        let mut said: BTreeMap<String, bool> =
            disputed.chain(standing).map(|word| (word.to_owned(), false)).collect();
        said.extend(words_of(Some(typed)).map(|word| (word.to_owned(), true)));
        for (word, is_said) in said {
            self.path.push(word);
            self.scalar(Value::Bool(is_said));
            self.path.pop();
        }
    }

    fn entries(&mut self, node: Node, named: &Value, typed: &Value) -> Result<(), FieldError> {
        let list = self.path.join(".");
        let here = self.seen.at(&list).and_then(Value::as_array);
        if named.is_null() && here.is_some_and(|entries| !entries.is_empty()) {
            let reason = "is not cleared as a whole: mark each entry `\"removed\": true`";
            return Err(FieldError::new(list, reason));
        }
        let pairs = items(named).zip(items(typed));
        for (index, (named, typed)) in pairs.enumerate() {
            let (Some(named), Some(id)) = (named.as_object(), typed["id"].as_str()) else {
                self.path.push((self.next_id)());
                let put = Put::Entry(typed.clone());
                self.writes.push(Write { path: self.path.clone(), put });
                self.path.pop();
                continue;
            };
            self.path.push(id.to_owned());
            if self.seen.at(&self.path.join(".")).is_none() {
                let field = format!("{list}[{index}].id");
                return Err(FieldError::new(field, format!("the case has no entry {id}")));
            }
            self.object(node.child(id), named, typed)?;
            self.path.pop();
        }
        Ok(())
    }
}

fn items(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

fn words_of(list: Option<&Value>) -> impl Iterator<Item = &str> {
    list.into_iter().flat_map(items).filter_map(Value::as_str)
}

#[cfg(test)]
mod tests;
