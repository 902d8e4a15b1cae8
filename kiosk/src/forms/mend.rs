//! Mending a case: a form filled from what it says, and the patch of what was changed in it.

use beket_model::{Kind, Language, Reading, Sex};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::person::Alone;
use super::{Carried, HouseholdForm, PersonForm, Rest};

/// Which case a form mends, on which state of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mending {
    /// Its id.
    pub case: String,
    /// The state that the form was filled from.
    pub heads: String,
    /// What the form said before anything was changed.
    before: Value,
    /// What a new form has no field for; a draft of an older kiosk knows none of it, and leaves it.
    #[serde(default)]
    pub rest: Option<Rest>,
}

impl Mending {
    /// Whether the case said anything in a field of its own.
    pub(super) fn said(&self, field: &str) -> bool {
        self.before.get(field).is_some()
    }
}

impl HouseholdForm {
    /// Filled from a case. What a form has no field for stays as it is.
    pub fn of(id: u64, case: &str, heads: &str, intake: &Reading, year: i16) -> Option<Self> {
        let full = &intake.full;
        let kind = Kind::from_word(full["kind"].as_str()?)?;
        let language = Language::from_word(full["language"].as_str()?)?;
        let incident = full["incident"].as_str().map(str::to_owned);
        let mut form = Self::new(id, kind, language, incident);
        let alone: Vec<String> = intake.children_alone().map(|(who, _)| who).collect();
        form.head = person(&full["person"]);
        form.head.alone = Alone::of_case(alone.iter().any(|who| who == "person"));
        form.head.address = text(&full["person"]["address"]["line"]);
        form.registered_at = text(&full["person"]["registration_address"]["line"]);
        form.members = intake.household().map(person).collect();
        for member in &mut form.members {
            let who = member.member.as_ref().map(|id| format!("household.{id}"));
            member.alone = Alone::of_case(who.is_some_and(|who| alone.contains(&who)));
        }
        form.narrative = text(&full["narrative"]);
        form.child_alone = form.head.is_alone();
        let movement = |key: &str| text(&full["movement"][key]);
        form.carried = Carried {
            address: String::new(),
            transport: movement("transport"),
            number: movement("number"),
            from: movement("from"),
            to: movement("to"),
            site: text(&full["place"]["site"]),
        };
        form.ticket = movement("ticket");
        form.onward = movement("onward");
        form.bed = text(&full["place"]["bed"]);
        form.may_tell = text(&full["consent"]["may_tell_family"]);
        let (case, heads) = (case.to_owned(), heads.to_owned());
        let rest = Some(Rest::of(full));
        form.mending = Some(Mending { case, heads, before: Value::Null, rest });
        let before = form.json(year);
        if let Some(mending) = &mut form.mending {
            mending.before = before;
        }
        Some(form)
    }

    /// The patch of what was changed; `None` where nothing was.
    pub fn patch(&self, year: i16) -> Option<Value> {
        let before = &self.mending.as_ref()?.before;
        let mut patch = difference(before, &self.json(year)).unwrap_or_else(|| json!({}));
        let gone = gone(before, self);
        if let Some(patch) = patch.as_object_mut().filter(|_| !gone.is_empty()) {
            let household = patch.entry("household").or_insert_with(|| json!([]));
            household.as_array_mut()?.extend(gone);
        }
        patch.as_object().is_some_and(|patch| !patch.is_empty()).then_some(patch)
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn person(json: &Value) -> PersonForm {
    let field = |key: &str| text(&json[key]);
    let alone = |key: &str| text(&json["separated"][key]);
    let age = json["age_years"].as_u64().map(|age| age.to_string()).unwrap_or_default();
    let born = field("birth_date");
    PersonForm {
        member: json["id"].as_str().map(str::to_owned),
        inherited: String::new(),
        family_name: field("family_name"),
        given_name: field("given_name"),
        patronymic: field("patronymic"),
        born: if born.is_empty() { age } else { born },
        is_known: true,
        chosen_sex: json["sex"].as_str().and_then(Sex::from_word),
        phone: field("phone"),
        iin: field("iin"),
        address: String::new(),
        relation: field("relation"),
        needs: json["needs"].as_array().into_iter().flatten().map(text).collect(),
        whereabouts: field("whereabouts"),
        alone: Alone::AsTold,
        found_at: alone("found_at"),
        brought_by: alone("brought_by"),
        clothing: alone("clothing"),
        says: alone("says"),
    }
}

/// Members that were taken off the form, each marked as removed.
fn gone(before: &Value, form: &HouseholdForm) -> Vec<Value> {
    let members = before["household"].as_array().into_iter().flatten();
    let known = members.filter_map(|member| member["id"].as_str());
    let still = |id: &str| form.members.iter().any(|member| member.member.as_deref() == Some(id));
    known.filter(|id| !still(id)).map(|id| json!({ "id": id, "removed": true })).collect()
}

/// What must be written to come from one to the other: fields that changed, `null` for those that
/// were cleared; members by their id.
fn difference(before: &Value, after: &Value) -> Option<Value> {
    match (before, after) {
        (Value::Object(old), Value::Object(new)) => {
            let mut out = Map::new();
            for key in old.keys().chain(new.keys()) {
                let (old, new) = (&before[key], &after[key]);
                let changed =
                    if key == "household" { members(old, new) } else { difference(old, new) };
                out.extend(changed.map(|value| (key.clone(), value)));
            }
            (!out.is_empty()).then_some(Value::Object(out))
        }
        // Of what the form says nothing any more, only what it said is cleared.
        (Value::Object(_), Value::Null) => difference(before, &json!({})),
        _ if before == after => None,
        _ => Some(after.clone()),
    }
}

fn members(before: &Value, after: &Value) -> Option<Value> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let before = list(before);
    let changed = list(after).into_iter().filter_map(|member| {
        let old = before.iter().find(|old| !old["id"].is_null() && old["id"] == member["id"]);
        let Some(old) = old else { return Some(member) };
        let mut patch = difference(old, &member)?;
        patch["id"] = member["id"].clone();
        Some(patch)
    });
    let changed: Vec<Value> = changed.collect();
    (!changed.is_empty()).then_some(Value::Array(changed))
}

#[cfg(test)]
mod tests;
