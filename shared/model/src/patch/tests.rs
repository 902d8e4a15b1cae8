//! Patches as forms and files send them: what they write, what they leave, what is refused.

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::samples::{BARE, SAMPLE, create, rng, stamp, steady};
use crate::{Answer, Document, DocumentError, Line, Review};

fn seen() -> Reading {
    create(SAMPLE).0.read()
}

fn member(seen: &Reading) -> String {
    seen.full["household"][0]["id"].as_str().unwrap().to_owned()
}

fn refused(patch: &Value) -> FieldError {
    intake_writes(&seen(), patch, 5, &mut rng(1)).unwrap_err()
}

/// The paths that a patch writes, with their values, in order of path.
fn written(patch: &Value) -> Vec<(String, Value)> {
    let writes = intake_writes(&seen(), patch, 5, &mut rng(1)).unwrap();
    paths(&writes)
}

fn paths(writes: &[Write]) -> Vec<(String, Value)> {
    let plain = |write: &Write| match &write.put {
        Put::Scalar(value) | Put::Entry(value) => (write.path(), value.clone()),
    };
    let mut all: Vec<_> = writes.iter().map(plain).collect();
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all
}

/// What the sample says after a patch.
fn after(patch: &Value) -> Reading {
    let (mut document, _) = create(SAMPLE);
    let (seen, heads) = (document.read(), document.heads());
    let writes = intake_writes(&seen, patch, 5, &mut rng(1)).unwrap();
    document.edit(&heads, &writes, &stamp("Дана", 9), &mut rng(2)).unwrap().unwrap();
    document.read()
}

#[test]
fn a_patch_writes_only_what_it_names_and_changes() {
    let patch = json!({
        "narrative": "жаңа",
        "person": { "given_name": "Айгүл", "phone": "8 701 123 45 67", "sex": "female" },
    });
    let expected = [("narrative", json!("жаңа")), ("person.sex", json!("female"))];
    assert_eq!(written(&patch), expected.map(|(path, value)| (path.to_owned(), value)));
    assert_eq!(written(&json!({})), []);
}

#[test]
fn null_clears_a_field_and_an_object_with_all_below_it() {
    let read =
        after(&json!({ "narrative": null, "person": { "age_years": null, "address": null } }));
    assert_eq!(read.at("narrative"), Some(&Value::Null));
    assert_eq!(read.json()["person"]["address"], Value::Null);
    assert_eq!(read.text("person.given_name"), Some("Айгүл"));

    let read = after(&json!({ "person": null, "place": null }));
    let empty = &create(r#"{"kind":"evacuee","language":"kk","narrative":"a"}"#).0.read().full;
    assert_eq!(read.full["person"], empty["person"]);
    assert_eq!(read.full["place"], empty["place"]);
    assert_eq!(read.text("movement.number"), Some("45"));
}

#[test]
fn a_list_of_needs_replaces_the_one_before() {
    let patch = json!({ "person": { "needs": ["water", "medicine", "water"] } });
    assert_eq!(written(&patch), [("person.needs.water".to_owned(), json!(true))]);
    let patch = json!({ "person": { "needs": ["water"] } });
    let expected = [("person.needs.medicine", json!(false)), ("person.needs.water", json!(true))];
    assert_eq!(written(&patch), expected.map(|(path, value)| (path.to_owned(), value)));
    for none in [json!([]), Value::Null] {
        let read = after(&json!({ "person": { "needs": none } }));
        assert_eq!(read.at("person.needs"), Some(&json!([])));
    }
}

#[test]
fn members_merge_by_id_and_without_one_are_new() {
    let id = member(&seen());
    let patch = json!({ "household": [
        { "given_name": "Әли", "needs": ["water"], "separated": { "says": "ана" } },
        { "id": id, "given_name": "Ернұр", "needs": [], "separated": { "found_at": "вокзал" } },
    ] });
    let read = after(&patch);
    let members = read.full["household"].as_array().unwrap();
    assert_eq!(members.len(), 2);
    let old = members.iter().find(|member| member["id"] == id.as_str()).unwrap();
    assert_eq!((&old["given_name"], &old["sex"]), (&json!("Ернұр"), &json!("female")));
    assert_eq!(old["needs"], json!([]));
    assert_eq!(old["separated"]["found_at"], "вокзал");
    let new = members.iter().find(|member| member["id"] != id.as_str()).unwrap();
    assert_eq!(new["given_name"], "Әли");
    assert_eq!(new["needs"], json!(["water"]));
    assert_eq!(new["separated"]["says"], "ана");
    assert_eq!(written(&json!({ "household": [{ "id": id }] })), []);
}

#[test]
fn a_new_members_fields_can_be_edited_like_the_others() {
    let mut document = create(BARE).0;
    let mut send = |patch: &Value, seed: u64| {
        let (seen, heads) = (document.read(), document.heads());
        let writes = intake_writes(&seen, patch, seed, &mut rng(seed)).unwrap();
        document.edit(&heads, &writes, &stamp("Дана", 9), &mut rng(seed)).unwrap().unwrap();
        document.read()
    };
    let read = send(&json!({ "household": [{ "given_name": "Әли" }] }), 3);
    let id = member(&read);
    let patch =
        json!({ "household": [{ "id": id, "needs": ["water"], "separated": { "says": "ана" } }] });
    let read = send(&patch, 4);
    assert_eq!(read.at(&format!("household.{id}.needs")), Some(&json!(["water"])));
    assert_eq!(read.text(&format!("household.{id}.separated.says")), Some("ана"));
}

#[test]
fn what_a_patch_may_not_say_is_refused_by_name() {
    for (patch, field) in [
        (json!([]), "patch"),
        (json!("a"), "patch"),
        (json!({ "colour": 1 }), "colour"),
        (json!({ "reference": "TRK-B-0417-3" }), "reference"),
        (json!({ "kind": null }), "kind"),
        (json!({ "kind": "tourist" }), "kind"),
        (json!({ "taken_at": "2020-01-01T00:00:00Z" }), "taken_at"),
        (json!({ "person": { "iin": "1" } }), "person.iin"),
        (json!({ "person": ["a"] }), "person"),
        (json!({ "person": { "needs": [""] } }), "person.needs"),
        (json!({ "household": [{ "id": "nobody", "sex": "male" }] }), "household[0].id"),
        (json!({ "household": [{}, { "sex": "x" }] }), "household[1].sex"),
        (json!({ "household": null }), "household"),
        (json!({ "suggested_links": [{ "id": "none" }] }), "suggested_links[0].id"),
    ] {
        assert_eq!(refused(&patch).field, field, "{patch}");
    }
    let twice = json!({ "id": member(&seen()), "sex": "male" });
    assert_eq!(refused(&json!({ "household": [twice, twice] })).field, "household[1].id");
    assert_eq!(written(&json!({ "suggested_links": null })), [], "there is nothing to clear");
}

#[test]
fn one_field_is_written_by_its_path() {
    let seen = seen();
    let id = member(&seen);
    let within = |field: &str| format!("household.{id}.{field}");
    for (path, value) in [
        ("narrative".to_owned(), json!("жаңа")),
        ("kind".to_owned(), json!("passenger")),
        ("person.age_years".to_owned(), json!(34)),
        ("person.address.line".to_owned(), Value::Null),
        ("person.needs".to_owned(), json!(["water"])),
        ("person.needs.water".to_owned(), json!(true)),
        ("person.needs.medicine".to_owned(), json!(false)),
        ("person.needs.т.б.".to_owned(), json!(true)),
        (within("given_name"), json!("Ернұр")),
        (within("removed"), json!(true)),
        (within("needs.water"), json!(true)),
        (within("separated.says"), json!("ана")),
        ("void_reason".to_owned(), json!("жаттығу")),
    ] {
        let writes = field_write(&seen, &path, value.clone()).unwrap();
        let (mut document, _) = create(SAMPLE);
        let heads = document.heads();
        document.edit(&heads, &writes, &stamp("Дана", 9), &mut rng(2)).unwrap().unwrap();
        assert_eq!(document.read().at(&path), Some(&value), "{path}");
        let same = field_write(&document.read(), &path, value).unwrap();
        assert_eq!(same, [], "{path} is not written twice");
    }
    let phone = field_write(&seen, "person.phone", json!("8 701 123 45 68")).unwrap();
    assert_eq!(paths(&phone), [("person.phone".to_owned(), json!("+77011234568"))]);
}

#[test]
fn a_path_that_is_no_field_and_a_value_that_is_none_are_refused_by_that_path() {
    let seen = seen();
    let id = member(&seen);
    for path in [
        "",
        ".",
        "colour",
        "person",
        "person.",
        "person.colour",
        "person.given_name.x",
        "household",
        "household.nobody.sex",
        &format!("household.{id}"),
        &format!("household.{id}.id"),
        &format!("household.{id}.colour"),
        "reference",
    ] {
        assert_eq!(field_write(&seen, path, json!("a")).unwrap_err().field, path);
    }
    for (path, value) in [
        ("person.iin", json!("1")),
        ("person.age_years", json!("34")),
        ("person.needs.water", json!("yes")),
        ("kind", Value::Null),
    ] {
        assert_eq!(field_write(&seen, path, value).unwrap_err().field, path);
    }
    let path = format!("household.{id}.sex");
    assert_eq!(field_write(&seen, &path, json!("f")).unwrap_err().field, path);
}

#[test]
fn an_answers_fields_are_patched_and_written_alike() {
    let nothing = Document::answer(&Answer::default(), &stamp("А", 1), &mut rng(1));
    assert!(matches!(nothing, Err(DocumentError::Nothing)));
    let status = Line::try_from("received".to_owned()).ok();
    let answer = Answer { status, ..Answer::default() };
    let (mut document, _) = Document::answer(&answer, &stamp("А", 1), &mut rng(1)).unwrap();
    let seen = document.read();
    let patch = json!({ "status": "under_review", "due_date": "2019-07-09", "text": null });
    let mut writes = answer_writes(&seen, &patch).unwrap();
    writes.extend(field_write(&seen, "text", json!("бір\nекі")).unwrap());
    let heads = document.heads();
    document.edit(&heads, &writes, &stamp("А", 2), &mut rng(2)).unwrap().unwrap();
    let expected = json!({
        "status": "under_review", "text": "бір\nекі", "due_date": "2019-07-09", "procedure": null,
        "forwarded_to": null, "extension_reason": null,
    });
    assert_eq!(document.read().json(), expected);

    assert_eq!(answer_writes(&seen, &json!({ "due": 1 })).unwrap_err().field, "due");
    assert_eq!(answer_writes(&seen, &json!(["a"])).unwrap_err().field, "patch");
    let error = answer_writes(&seen, &json!({ "due_date": "ертең" })).unwrap_err();
    assert_eq!(error.field, "due_date");
}

#[test]
fn a_reviews_notes_and_links_are_entries_like_members() {
    let (mut document, _) =
        Document::review(&Review::default(), &stamp("А", 1), &mut rng(1)).unwrap();
    let mut send = |patch: &Value, seed: u64| {
        let (seen, heads) = (document.read(), document.heads());
        let writes = review_writes(&seen, patch, 7, &mut rng(seed)).unwrap();
        document.edit(&heads, &writes, &stamp("А", 2), &mut rng(seed)).unwrap().unwrap();
        document.read()
    };
    let new = json!({
        "assigned_to": "Сәуле",
        "notes": [{ "text": "қоңырау шалдым", "at": "2019-06-25T10:00:00Z" }],
        "links": [{ "case": "ab", "kind": "same_person" }],
    });
    let read = send(&new, 2);
    assert_eq!(read.text("assigned_to"), Some("Сәуле"));
    assert_eq!(read.full["links"][0]["kind"], "same_person");
    let note = read.full["notes"][0]["id"].as_str().unwrap().to_owned();
    let read = send(&json!({ "notes": [{ "id": note, "removed": true }] }), 3);
    assert_eq!(read.at(&format!("notes.{note}.removed")), Some(&json!(true)));
    assert_eq!(read.text(&format!("notes.{note}.text")), Some("қоңырау шалдым"));
    let unknown = json!({ "notes": [{ "id": "x", "removed": true }] });
    assert_eq!(review_writes(&read, &unknown, 7, &mut rng(4)).unwrap_err().field, "notes[0].id");
}

proptest! {
    #![proptest_config(steady(128))]

    #[test]
    fn any_path_is_answered(path in "[a-z_.]{0,20}|(person|household|movement)[.a-z_]{0,20}|.{0,10}") {
        let seen = create(BARE).0.read();
        let found = seen.at(&path).is_some();
        if let Ok(writes) = field_write(&seen, &path, json!("a")) {
            prop_assert!(found && writes.iter().all(|write| write.path() == path));
        }
    }
}

#[test]
fn a_case_stays_of_its_kind_and_keeps_saying_whom_or_what_it_is_about() {
    let error = refused(&json!({ "kind": "appeal" }));
    assert_eq!(error.field, "kind");
    assert!(error.reason.contains("void it"), "{error}");
    let kind = seen().full["kind"].clone();
    assert_eq!(written(&json!({ "kind": kind })), []);

    let error = refused(&json!({ "narrative": null, "person": null }));
    assert_eq!(error.field, "person");
    let names = json!({ "family_name": " ", "given_name": null, "patronymic": "" });
    assert_eq!(refused(&json!({ "narrative": "", "person": names })).field, "person");
    assert!(!written(&json!({ "narrative": null })).is_empty(), "a name is left");
    assert!(!written(&json!({ "person": null })).is_empty(), "a narrative is left");
    let one = json!({ "narrative": null, "person": { "given_name": "Дана", "family_name": null } });
    assert!(!written(&one).is_empty());
}
