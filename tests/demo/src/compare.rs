//! Whether an exported form holds what was given: leaf by leaf, telephones by their digits.
//! Refuses to mind what was not given: ids, marks and fields nobody filled in.

use serde_json::Value;

/// A field that is not as it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Difference {
    pub(crate) path: String,
    pub(crate) given: String,
    pub(crate) found: String,
}

/// The leaves of one form, or of many.
#[derive(Debug, Default)]
pub(crate) struct Leaves {
    pub(crate) equal: u64,
    pub(crate) different: Vec<Difference>,
}

/// Compares every leaf that was given with what was found in its place.
pub(crate) fn leaves(given: &Value, found: &Value) -> Leaves {
    let mut leaves = Leaves::default();
    walk(given, found, "", &mut leaves);
    leaves
}

fn walk(given: &Value, found: &Value, path: &str, leaves: &mut Leaves) {
    match given {
        Value::Null => {}
        Value::Object(fields) => {
            for (key, value) in fields {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                walk(value, found.get(key).unwrap_or(&Value::Null), &path, leaves);
            }
        }
        Value::Array(items) => {
            let others = found.as_array().map_or(&[][..], Vec::as_slice);
            any_order(items, others, path, leaves);
        }
        leaf => leaves.note(same(leaf, found, path), path, leaf, found),
    }
}

/// Members and needs come in whatever order they were first written: each given one must be met
/// by one of its own.
fn any_order(given: &[Value], found: &[Value], path: &str, leaves: &mut Leaves) {
    let mut free: Vec<&Value> = found.iter().collect();
    for item in given {
        let met = free.iter().position(|other| {
            let mut trial = Leaves::default();
            walk(item, other, path, &mut trial);
            trial.different.is_empty()
        });
        match met {
            Some(place) => walk(item, free.remove(place), path, leaves),
            None => leaves.note(false, path, item, &Value::Array(found.to_vec())),
        }
    }
}

impl Leaves {
    fn note(&mut self, equal: bool, path: &str, given: &Value, found: &Value) {
        if equal {
            self.equal += 1;
            return;
        }
        let text = |value: &Value| value.to_string();
        let (path, given, found) = (path.to_owned(), text(given), text(found));
        self.different.push(Difference { path, given, found });
    }
}

fn same(given: &Value, found: &Value, path: &str) -> bool {
    match (given.as_str(), found.as_str()) {
        (Some(given), Some(found)) if path.rsplit('.').next() == Some("phone") => {
            telephone(given) == telephone(found)
        }
        _ => given == found,
    }
}

/// The digits of a telephone number as it is dialled from abroad: a leading 8 is Kazakhstan's 7.
pub(crate) fn telephone(spelt: &str) -> String {
    let digits: String = spelt.chars().filter(char::is_ascii_digit).collect();
    match digits.strip_prefix('8') {
        Some(rest) if rest.len() == 10 => format!("7{rest}"),
        _ => digits,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn telephones_are_compared_by_their_digits() {
        for spelt in ["87011234567", "8 701 123 45 67", "+7 (701) 123-45-67", "+77011234567"] {
            assert_eq!(telephone(spelt), "77011234567");
        }
        let given = json!({"person": {"phone": "8 701 123 45 67"}});
        assert_eq!(leaves(&given, &json!({"person": {"phone": "+77011234567"}})).equal, 1);
        assert_eq!(
            leaves(&given, &json!({"person": {"phone": "+77011234568"}})).different.len(),
            1
        );
    }

    #[test]
    fn nothing_given_asks_for_nothing() {
        let given = json!({"category": null, "household": [], "person": {"needs": []}});
        let leaves = leaves(&given, &json!({"case": "0a"}));
        assert_eq!((leaves.equal, leaves.different.len()), (0, 0));
    }

    #[test]
    fn a_lost_field_is_named() {
        let given = json!({"person": {"given_name": "Айгүл", "age_years": 31}});
        let found = json!({"person": {"given_name": "Айгуль", "age_years": 31}});
        let leaves = leaves(&given, &found);
        assert_eq!(leaves.equal, 1);
        assert_eq!(
            leaves.different,
            [Difference {
                path: "person.given_name".to_owned(),
                given: "\"Айгүл\"".to_owned(),
                found: "\"Айгуль\"".to_owned(),
            }]
        );
    }

    #[test]
    fn members_are_met_in_any_order_each_by_one() {
        let twin = json!({"given_name": "Асан", "needs": ["clothing", "medicine"]});
        let found = json!({"household": [
            {"id": "01", "given_name": "Үсен", "needs": []},
            {"id": "02", "given_name": "Асан", "needs": ["medicine", "clothing"]},
        ]});
        let given = json!({"household": [twin, {"given_name": "Үсен"}]});
        let both = leaves(&given, &found);
        assert_eq!((both.equal, both.different.len()), (4, 0));
        let given = json!({"household": [twin, twin]});
        assert_eq!(leaves(&given, &found).different.len(), 1);
    }
}
