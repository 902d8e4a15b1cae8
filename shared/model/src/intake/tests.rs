//! Intakes as people write them: whole, bare, and wrong in one place.

mod refused;

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use serde_json::{Map, json};

use super::*;
use crate::samples::{BARE, SAMPLE, create, intake};

fn json_of(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// The sample with one value replaced or added, by JSON pointer.
fn sample_with(pointer: &str, value: Value) -> String {
    let mut json = json_of(SAMPLE);
    let (object, key) = pointer.rsplit_once('/').unwrap();
    json.pointer_mut(object).unwrap().as_object_mut().unwrap().insert(key.to_owned(), value);
    json.to_string()
}

fn refused(text: &str) -> FieldError {
    Intake::from_json(text).unwrap_err()
}

/// Every key of `given` stands in `read` with the same value.
fn assert_holds(path: &str, given: &Value, read: &Value) {
    match (given, read) {
        (Value::Object(given), Value::Object(read)) => {
            for (key, given) in given {
                assert_holds(&format!("{path}.{key}"), given, &read[key]);
            }
        }
        (Value::Array(given), Value::Array(read)) => {
            assert_eq!(given.len(), read.len(), "{path}");
            for (given, read) in given.iter().zip(read) {
                assert_holds(path, given, read);
            }
        }
        _ => assert_eq!(given, read, "{path}"),
    }
}

#[test]
fn the_sample_comes_back_with_every_field_as_given() {
    let read = create(SAMPLE).0.read();
    assert!(read.conflicts.is_empty());
    assert_holds("", &json_of(SAMPLE), &read.json());
}

#[test]
fn what_nobody_gave_reads_as_null_and_members_get_ids() {
    let read = create(SAMPLE).0.read().json();
    let keys: Vec<&String> = read.as_object().unwrap().keys().collect();
    assert_eq!(keys.last().unwrap().as_str(), "reference");
    assert_eq!(read["reference"], "TRK-B-0417-3");
    assert_eq!(read["void_reason"], Value::Null);
    assert_eq!(read["movement"]["ticket"], Value::Null);
    assert_eq!(read["household"][0]["removed"], false);
    assert_eq!(read["household"][0]["id"].as_str().unwrap().len(), 24);
    assert_eq!(read["person"]["separated"], Value::Null);
}

#[test]
fn what_was_read_is_taken_again_but_for_its_reference() {
    let mut read = create(SAMPLE).0.read().json();
    read.as_object_mut().unwrap().shift_remove("reference");
    let again = Intake::from_json(&read.to_string()).unwrap();
    let mut first = intake(SAMPLE);
    first.household[0].id.clone_from(&again.household[0].id);
    assert_eq!(again, first);
}

#[test]
fn members_keep_the_order_in_which_they_were_given_and_the_ids_that_they_bear() {
    let named = |name: &str| json!({ "given_name": name });
    let mut members: Vec<Value> = (0..20).map(|i| named(&format!("№{i}"))).collect();
    let read = create(&sample_with("/household", json!(members))).0.read();
    let names: Vec<&Value> =
        read.full["household"].as_array().unwrap().iter().map(|m| &m["given_name"]).collect();
    assert_eq!(json!(names), json!((0..20).map(|i| format!("№{i}")).collect::<Vec<_>>()));

    members[3]["id"] = json!("kept-id_3");
    let read = create(&sample_with("/household", json!(members))).0.read();
    assert_eq!(read.text("household.kept-id_3.given_name"), Some("№3"));
}

#[test]
fn phones_moments_and_iins_come_back_normalised() {
    let read = |pointer: &str, given: &str, path: &str| {
        let read = create(&sample_with(pointer, json!(given))).0.read();
        read.text(path).unwrap().to_owned()
    };
    assert_eq!(read("/person/phone", "8 (701) 123-45-67", "person.phone"), "+77011234567");
    assert_eq!(read("/person/iin", "850101 399996", "person.iin"), "850101399996");
    let at = read("/taken_at", "2019-06-24T21:12:00.5+06:00", "taken_at");
    assert_eq!(at, "2019-06-24T15:12:00Z");
}

#[test]
fn any_part_of_a_name_is_enough_and_so_is_a_narrative_or_a_child_alone() {
    let head = r#""kind":"appeal","language":"ru""#;
    for enough in [
        r#""narrative":"Нет воды""#,
        r#""person":{"patronymic":"Серікқызы"}"#,
        r#""person":{"family_name":"Тестова"}"#,
        r#""household":[{"given_name":"Ернар"}]"#,
        r#""person":{"separated":{"says":"Мама Гүлнар"}}"#,
        r#""household":[{"separated":{"clothing":"қызыл күртеше"}}]"#,
    ] {
        assert!(Intake::from_json(&format!("{{{head},{enough}}}")).is_ok(), "{enough}");
    }
    for lacking in [
        r#""narrative":null"#,
        r#""narrative":" \n""#,
        r#""person":null"#,
        r#""person":{"given_name":"  ","phone":"+77011234567"}"#,
        r#""household":[{"relation":"child","separated":{}}]"#,
    ] {
        assert_eq!(refused(&format!("{{{head},{lacking}}}")).field, "person", "{lacking}");
    }
}

#[test]
fn the_largest_intake_that_is_taken_makes_a_change_that_the_guard_lets_pass() {
    let line = "ә".repeat(300);
    let member = json!({
        "relation": line, "family_name": line, "given_name": line, "patronymic": line,
        "separated": { "found_at": line, "brought_by": line, "says": line, "clothing": line },
    });
    let mut json = json_of(SAMPLE);
    json["household"] = json!(vec![member; 60]);
    json["narrative"] = json!("ә".repeat(20_000));
    assert_eq!(create(&json.to_string()).0.read().full["household"].as_array().unwrap().len(), 60);
}

#[test]
fn an_iin_that_does_not_fit_is_a_warning_and_no_more() {
    let mut intake = intake(SAMPLE);
    assert_eq!(intake.warnings(), []);
    intake.person.sex = Some(Sex::Female);
    intake.household[0].iin = Iin::parse("901231499984").ok();
    intake.household[0].sex = Some(Sex::Female);
    let birth_date = "household[0].iin".to_owned();
    assert_eq!(
        intake.warnings(),
        [("person.iin".to_owned(), IinMismatch::Sex), (birth_date, IinMismatch::BirthDate),]
    );
}

#[test]
fn a_child_alone_is_known_in_the_person_and_in_the_household() {
    assert!(!intake(SAMPLE).has_child_alone());
    let alone = json!({ "found_at": "вокзал" });
    for pointer in ["/person/separated", "/household/0/separated"] {
        assert!(intake(&sample_with(pointer, alone.clone())).has_child_alone());
    }
}

/// Keys that are known somewhere, so that an arbitrary value reaches deep.
const KEYS: [&str; 16] = [
    "kind",
    "language",
    "narrative",
    "person",
    "household",
    "needs",
    "id",
    "iin",
    "separated",
    "age_years",
    "phone",
    "birth_date",
    "movement",
    "at",
    "removed",
    "suggested_links",
];

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        prop::sample::select(vec!["appeal", "kk", "male", "850101399996", "+77011234567", ""])
            .prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 40, 6, |inner| {
        let key = prop_oneof![
            4 => prop::sample::select(KEYS.to_vec()).prop_map(str::to_owned),
            1 => ".{0,6}",
        ];
        prop_oneof![
            vec(inner.clone(), 0..5).prop_map(Value::from),
            btree_map(key, inner, 0..6).prop_map(|map| Value::Object(Map::from_iter(map))),
        ]
    })
}

proptest! {
    #[test]
    fn any_json_is_answered(json in any_json(), head in any::<bool>()) {
        let mut json = json;
        if let (true, Value::Object(fields)) = (head, &mut json) {
            fields.insert("kind".into(), "evacuee".into());
            fields.insert("language".into(), "kk".into());
        }
        if let Ok(intake) = Intake::from_json(&json.to_string()) {
            let read = create(&json.to_string()).0.read();
            prop_assert_eq!(read.text("kind"), Some(intake.kind.word()));
        }
        let _ = Intake::from_patch(&json);
    }

    #[test]
    fn any_text_is_answered(text in ".{0,60}") {
        prop_assert!(Intake::from_json(&text).is_err());
    }
}
