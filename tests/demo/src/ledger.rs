//! What the kiosks were given: every form with the reference printed for it, and what was
//! written to it afterwards, by whom.
//! Refuses to ask Beket: it is kept from the demo's own hand, so that it can judge.

use serde_json::{Map, Value};

/// A form that was taken.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub(crate) reference: String,
    pub(crate) station: &'static str,
    /// What its fields must be at the end, but for contested ones.
    pub(crate) given: Value,
    pub(crate) contests: Vec<Contest>,
    pub(crate) answer: Option<Answer>,
}

/// One field that several wrote while apart.
#[derive(Debug, Clone)]
pub(crate) struct Contest {
    /// With dots, such as `person.phone`.
    pub(crate) path: &'static str,
    pub(crate) values: Vec<Written>,
}

/// One value and who wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Written {
    pub(crate) value: String,
    pub(crate) by: &'static str,
}

/// What the office replied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: &'static str,
    pub(crate) text: &'static str,
}

impl Case {
    pub(crate) fn new(reference: String, station: &'static str, given: Value) -> Self {
        Self { reference, station, given, contests: Vec::new(), answer: None }
    }

    pub(crate) fn kind(&self) -> &str {
        self.given["kind"].as_str().unwrap_or_default()
    }

    /// A patch that nobody else's contradicts.
    pub(crate) fn patched(&mut self, patch: &Value) {
        merge(&mut self.given, patch);
    }

    /// One of several values written to the same field without sight of the others.
    pub(crate) fn contested(&mut self, path: &'static str, value: &str, by: &'static str) {
        if let Some(first) = self.given.pointer_mut(&pointer(path)) {
            *first = Value::Null;
        }
        let written = Written { value: value.to_owned(), by };
        match self.contests.iter_mut().find(|contest| contest.path == path) {
            Some(contest) => contest.values.push(written),
            None => self.contests.push(Contest { path, values: vec![written] }),
        }
    }
}

/// `/person/phone` for `person.phone`.
pub(crate) fn pointer(path: &str) -> String {
    path.split('.').fold(String::new(), |pointer, step| pointer + "/" + step)
}

/// As `kiosk edit` reads a patch: objects key by key, household members added.
fn merge(given: &mut Value, patch: &Value) {
    match patch {
        Value::Object(fields) => {
            if !given.is_object() {
                *given = Value::Object(Map::new());
            }
            for (key, value) in fields {
                merge(&mut given[key.as_str()], value);
            }
        }
        Value::Array(members) if given.is_array() => {
            given.as_array_mut().into_iter().for_each(|list| list.extend(members.iter().cloned()));
        }
        other => *given = other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn patches_that_agree_are_merged() {
        let given = json!({"person": {"given_name": "Ерлан"}, "place": null, "household": []});
        let mut case = Case::new("TRK-A-0001-X".to_owned(), "TRK", given);
        case.patched(&json!({"place": {"bed": "12"}, "household": [{"given_name": "Айша"}]}));
        case.patched(&json!({"household": [{"given_name": "Асқар"}]}));
        assert_eq!(
            case.given,
            json!({"person": {"given_name": "Ерлан"}, "place": {"bed": "12"},
                   "household": [{"given_name": "Айша"}, {"given_name": "Асқар"}]})
        );
    }

    #[test]
    fn a_contested_field_has_no_value_of_its_own() {
        let mut case =
            Case::new(String::new(), "TRK", json!({"person": {"phone": "+77010000000"}}));
        case.contested("person.phone", "+77010000001", "Айгүл");
        case.contested("person.phone", "+77010000002", "Ерлан");
        assert_eq!(case.given, json!({"person": {"phone": null}}));
        assert_eq!(case.contests.len(), 1);
        assert_eq!(case.contests[0].values[1].by, "Ерлан");
    }
}
