//! Whether an exported form holds what was given: leaf by leaf, telephones by their digits.
//! Refuses to mind what was not given: ids, marks and fields nobody filled in.

use std::collections::BTreeMap;

use serde_json::Value;

/// Every given leaf that the export does not hold, as `path: given …, found …`.
pub fn differences(given: &Value, found: &Value) -> Vec<String> {
    let mut different = Vec::new();
    walk(given, found, "", &mut different);
    different
}

/// How many leaves were given.
pub fn leaves(given: &Value) -> usize {
    differences(given, &Value::Null).len()
}

/// Rows by reference, and references that several rows bear.
pub fn by_reference(rows: &[Value]) -> (BTreeMap<&str, &Value>, Vec<&str>) {
    let (mut rows_by, mut doubled) = (BTreeMap::new(), Vec::new());
    for row in rows {
        let reference = row["reference"].as_str().unwrap_or_default();
        if rows_by.insert(reference, row).is_some() {
            doubled.push(reference);
        }
    }
    (rows_by, doubled)
}

/// What is wrong where each of these was taken once under its reference, and nothing else was.
pub fn whole(given: &[(String, Value)], rows: &[Value]) -> Vec<String> {
    let (mut rows_by, doubled) = by_reference(rows);
    let mut wrong: Vec<String> =
        doubled.iter().map(|reference| format!("{reference}: in the export twice")).collect();
    for (reference, given) in given {
        match rows_by.remove(reference.as_str()) {
            None => wrong.push(format!("{reference}: not in the export")),
            Some(row) => wrong.extend(
                differences(given, row).into_iter().map(|line| format!("{reference}: {line}")),
            ),
        }
    }
    wrong.extend(rows_by.into_keys().map(|reference| format!("{reference}: never taken")));
    wrong
}

/// The values of one field's conflict, in one order; empty where there is none.
pub fn conflict(row: &Value, path: &str) -> Vec<Value> {
    let conflicts = row["conflicts"].as_array().into_iter().flatten();
    let of_path = conflicts.filter(|conflict| conflict["path"] == path);
    let values = of_path.flat_map(|conflict| conflict["values"].as_array().into_iter().flatten());
    let mut values: Vec<Value> = values.map(|entry| entry["value"].clone()).collect();
    values.sort_by_key(ToString::to_string);
    values
}

fn walk(given: &Value, found: &Value, path: &str, different: &mut Vec<String>) {
    match given {
        Value::Null => {}
        Value::Object(fields) => {
            for (key, value) in fields {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                walk(value, found.get(key).unwrap_or(&Value::Null), &path, different);
            }
        }
        Value::Array(items) => any_order(items, found, path, different),
        leaf if same(leaf, found, path) => {}
        leaf => different.push(format!("{path}: given {leaf}, found {found}")),
    }
}

/// Members and needs come in whatever order: each given one must be met by one of its own.
fn any_order(given: &[Value], found: &Value, path: &str, different: &mut Vec<String>) {
    let mut free: Vec<&Value> = found.as_array().into_iter().flatten().collect();
    for item in given {
        let met = free.iter().position(|other| differences_at(item, other, path).is_empty());
        match met {
            Some(place) => drop(free.remove(place)),
            None => different.push(format!("{path}: given {item}, found {found}")),
        }
    }
}

fn differences_at(given: &Value, found: &Value, path: &str) -> Vec<String> {
    let mut different = Vec::new();
    walk(given, found, path, &mut different);
    different
}

fn same(given: &Value, found: &Value, path: &str) -> bool {
    match (given.as_str(), found.as_str()) {
        (Some(given), Some(found)) if path.rsplit('.').next() == Some("phone") => {
            found.starts_with('+') && digits(given) == digits(found)
        }
        _ => given == found,
    }
}

/// As it is dialled from abroad: a leading 8 is Kazakhstan's 7.
fn digits(spelt: &str) -> String {
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
    fn a_lost_field_is_named_and_a_telephone_is_compared_by_its_digits() {
        let given = json!({"person": {"phone": "8 701 123 45 67", "sex": "male", "iin": null}});
        let found = json!({"person": {"phone": "+77011234567", "sex": "female"}});
        assert_eq!(differences(&given, &found), [r#"person.sex: given "male", found "female""#]);
        assert_eq!(leaves(&given), 2);
    }

    #[test]
    fn members_are_met_in_any_order_each_by_one() {
        let twin = json!({"given_name": "Асан", "needs": ["clothing", "medicine"]});
        let found = json!({"household": [
            {"id": "01", "given_name": "Үсен", "needs": []},
            {"id": "02", "given_name": "Асан", "needs": ["medicine", "clothing"]},
        ]});
        let both = json!({"household": [twin, {"given_name": "Үсен"}]});
        assert!(differences(&both, &found).is_empty());
        assert_eq!(differences(&json!({"household": [twin, twin]}), &found).len(), 1);
    }

    #[test]
    fn missing_doubled_and_strange_rows_are_named() {
        let given = [("A".to_owned(), json!({"kind": "appeal"})), ("B".to_owned(), json!({}))];
        let row = |reference: &str| json!({"reference": reference, "kind": "appeal"});
        assert!(whole(&given, &[row("A"), row("B")]).is_empty());
        assert_eq!(
            whole(&given, &[row("A"), row("A"), row("C")]),
            ["A: in the export twice", "B: not in the export", "C: never taken"]
        );
    }
}
