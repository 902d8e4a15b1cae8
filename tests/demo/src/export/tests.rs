//! The comparison against exports that are whole, and against such as lost something.

use serde_json::{Value, json};

use super::*;
use crate::ledger::Answer;

fn case(reference: &str) -> Case {
    let given =
        json!({"kind": "evacuee", "person": {"given_name": "Айгүл", "phone": "8 701 000 00 00"}});
    Case::new(reference.to_owned(), "TRK", given)
}

fn row(reference: &str) -> Value {
    json!({"kind": "evacuee", "reference": reference, "case": "0a", "status": "here", "conflicts": [],
           "person": {"given_name": "Айгүл", "phone": "+77010000000"}})
}

fn contested() -> (Case, Value) {
    let mut case = case("TRK-A-0001-X");
    case.contested("person.phone", "+77010000001", "Айгүл");
    case.contested("person.phone", "8 701 000 00 02", "admin");
    let mut row = row("TRK-A-0001-X");
    row["person"]["phone"] = "+77010000002".into();
    row["conflicts"] = json!([{"path": "person.phone", "values": [
        {"value": "+77010000002", "by": "admin", "station": null, "at": "2019-06-24T14:05:00Z"},
        {"value": "+77010000001", "by": "Айгүл", "station": "TRK", "at": "2019-06-24T14:02:00Z"},
    ]}]);
    (case, row)
}

#[test]
fn a_whole_export_has_everything() {
    let findings = compare(&[case("A"), case("B")], &[row("B"), row("A")]);
    assert_eq!(findings.kinds["evacuee"], (2, 2));
    assert_eq!(findings.fields, Kept { due: 6, found: 6 });
    assert!(findings.missing.is_empty() && findings.strangers.is_empty());
    assert!(findings.different.is_empty() && findings.doubled.is_empty());
}

#[test]
fn lost_doubled_and_unknown_cases_are_named() {
    let findings = compare(&[case("A"), case("B")], &[row("B"), row("B"), row("C")]);
    assert_eq!(findings.kinds["evacuee"], (2, 1));
    assert_eq!(findings.missing, ["A"]);
    assert_eq!(findings.doubled, ["B"]);
    assert_eq!(findings.strangers, ["C"]);
    assert_eq!(findings.fields, Kept { due: 6, found: 3 });
}

#[test]
fn a_conflict_kept_is_told_as_a_sentence() {
    let (case, row) = contested();
    let findings = compare(&[case], &[row]);
    assert_eq!(findings.conflicts, Kept { due: 1, found: 1 });
    assert_eq!(findings.values, Kept { due: 2, found: 2 });
    assert!(findings.different.is_empty() && findings.unexpected.is_empty());
    assert_eq!(
        findings.sentence.as_deref(),
        Some(
            "TRK-A-0001-X, person.phone: admin (the office, 14:05) wrote +77010000002; \
             Айгүл (TRK, 14:02) wrote +77010000001. None had seen the others."
        )
    );
}

#[test]
fn a_value_that_went_under_is_missed() {
    let (case, mut row) = contested();
    row["conflicts"][0]["values"] = json!([]);
    let findings = compare(std::slice::from_ref(&case), std::slice::from_ref(&row));
    assert_eq!(findings.values, Kept { due: 2, found: 0 });
    row["conflicts"] = json!([]);
    row["person"]["phone"] = Value::Null;
    let findings = compare(&[case], &[row]);
    assert_eq!(findings.conflicts, Kept { due: 1, found: 0 });
    assert_eq!(findings.different.len(), 1);
}

#[test]
fn what_a_missing_case_held_is_due_all_the_same() {
    let (case, _) = contested();
    let findings = compare(&[case], &[]);
    assert_eq!(findings.conflicts, Kept { due: 1, found: 0 });
    assert_eq!(findings.values, Kept { due: 2, found: 0 });
}

#[test]
fn a_conflict_of_one_hand_and_a_lost_status_are_found() {
    let mut answered = case("A");
    answered.answer = Some(Answer { status: "under_review", text: "" });
    let mut odd = row("A");
    odd["conflicts"] = json!([{"path": "narrative", "values": []}]);
    let findings = compare(&[answered], &[odd]);
    assert_eq!(findings.unexpected, ["A narrative"]);
    assert!(!findings.statuses.all());
}
