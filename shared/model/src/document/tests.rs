//! One document in several hands: what merges, what is a conflict, what history tells.

mod chance;
mod conflicts;
mod forge;
mod hostile;
mod merging;
mod setbacks;

use automerge::{Automerge, ROOT, ReadDoc};
use serde_json::{Value, json};

use super::*;
use crate::samples::{BARE, Hands, SAMPLE, create, rng, stamp};
use crate::{Answer, Line, Note, Review, field_write};

/// Path, and each value with its writer and their clock's time, sorted by name.
type Dispute = (String, Vec<(Value, String, i64)>);

fn conflicts(reading: &Reading) -> Vec<Dispute> {
    let dispute = |conflict: &crate::Conflict| {
        let value = |v: &crate::ConflictValue| (v.value.clone(), v.by.clone(), v.at);
        let mut values: Vec<_> = conflict.values.iter().map(value).collect();
        values.sort_by(|a, b| a.1.cmp(&b.1));
        (conflict.path.clone(), values)
    };
    reading.conflicts.iter().map(dispute).collect()
}

fn dispute(path: &str, values: [(Value, &str, i64); 2]) -> Dispute {
    (path.to_owned(), values.map(|(value, by, at)| (value, by.to_owned(), at)).to_vec())
}

#[test]
fn a_document_is_created_in_one_change_with_all_its_maps() {
    let (document, change) = create(BARE);
    assert_eq!(document.heads(), Heads(vec![ChangeHash(*change.hash())]));
    assert_eq!(document.read(), crate::samples::load(&[(change, stamp("Айгүл", 0).author)]).read());

    let doc = Automerge::load(&document.save()).unwrap();
    let at = |path: &str| {
        path.split('.').fold(ROOT, |map, key| {
            let found = doc.get(&map, key).unwrap();
            let Some((automerge::Value::Object(automerge::ObjType::Map), id)) = found else {
                panic!("{path} is no map: {found:?}");
            };
            id
        })
    };
    for path in [
        "person",
        "person.needs",
        "person.address",
        "person.registration_address",
        "person.separated",
        "household",
        "movement",
        "place",
        "consent",
        "suggested_links",
    ] {
        at(path);
    }
    let (document, _) = create(SAMPLE);
    let read = document.read();
    let member = read.full["household"][0]["id"].as_str().unwrap();
    let doc = Automerge::load(&document.save()).unwrap();
    let household = doc.get(ROOT, "household").unwrap().unwrap().1;
    let member = doc.get(household, member).unwrap().unwrap().1;
    assert!(doc.get(&member, "needs").unwrap().unwrap().0.is_object());
    assert!(doc.get(&member, "separated").unwrap().unwrap().0.is_object());
}

#[test]
fn two_who_first_fill_what_was_null_lose_nothing() {
    let mut hands = Hands::new(BARE);
    let first = hands.first.clone();
    hands.patch_at(
        &first,
        "Ерлан",
        200,
        &json!({ "movement": { "transport": "train", "to": "TRK" } }),
    );
    hands.patch_at(
        &first,
        "Дана",
        210,
        &json!({ "movement": { "number": "45" }, "place": { "bed": "3" } }),
    );
    let read = hands.read();
    assert_eq!(conflicts(&read), []);
    assert_eq!(read.text("movement.transport"), Some("train"));
    assert_eq!(read.text("movement.number"), Some("45"));
    assert_eq!(read.text("movement.to"), Some("TRK"));
    assert_eq!(read.text("place.bed"), Some("3"));
}

#[test]
fn two_who_each_add_a_member_add_two() {
    let mut hands = Hands::new(BARE);
    let first = hands.first.clone();
    hands.patch_at(&first, "Ерлан", 200, &json!({ "household": [{ "given_name": "Әли" }] }));
    hands.patch_at(&first, "Дана", 210, &json!({ "household": [{ "given_name": "Уәли" }] }));
    let read = hands.read();
    let names: Vec<_> =
        read.full["household"].as_array().unwrap().iter().map(|m| &m["given_name"]).collect();
    assert_eq!(names, ["Әли", "Уәли"], "in the order in which they were made");
    assert_eq!(conflicts(&read), []);
}

#[test]
fn a_member_that_one_removes_while_the_other_edits_shows_both() {
    let mut hands = Hands::new(SAMPLE);
    let id = hands.read().full["household"][0]["id"].clone();
    let first = hands.first.clone();
    hands.patch_at(&first, "Ерлан", 200, &json!({ "household": [{ "id": id, "removed": true }] }));
    let edit = json!({ "household": [{ "id": id, "given_name": "Ернұр", "sex": "male" }] });
    hands.patch_at(&first, "Дана", 210, &edit);
    let read = hands.read();
    let member = &read.full["household"][0];
    assert_eq!(member["removed"], true);
    assert_eq!(member["given_name"], "Ернұр");
    assert_eq!(member["sex"], "male");
    assert_eq!(member["needs"], json!(["infant_food"]));
    assert_eq!(conflicts(&read), []);
}

#[test]
fn a_patch_that_changes_nothing_writes_nothing() {
    let (mut document, _) = create(SAMPLE);
    let (seen, heads) = (document.read(), document.heads());
    let mut same = seen.json();
    same.as_object_mut().unwrap().shift_remove("reference");
    let writes = crate::intake_writes(&seen, &same, 0, &mut rng(3)).unwrap();
    assert_eq!(writes, []);
    assert!(document.edit(&heads, &writes, &stamp("Дана", 9), &mut rng(4)).unwrap().is_none());
    assert_eq!(document.heads(), heads);
}

#[test]
fn a_state_that_is_not_here_cannot_be_edited_or_read() {
    let (mut document, _) = create(BARE);
    let seen = document.read();
    let writes = field_write(&seen, "narrative", json!("а")).unwrap();
    for heads in [Heads::default(), Heads(vec![ChangeHash([7; 32])])] {
        let edited = document.edit(&heads, &writes, &stamp("Дана", 9), &mut rng(4));
        assert!(matches!(edited, Err(DocumentError::UnknownHeads)));
        assert!(matches!(document.read_at(&heads), Err(DocumentError::UnknownHeads)));
    }
    assert_eq!(document.read(), seen);
}

#[test]
fn a_clock_that_shows_no_possible_time_writes_nothing() {
    let (mut document, _) = create(BARE);
    let (heads, seen) = (document.heads(), document.read());
    let writes = field_write(&seen, "narrative", json!("а")).unwrap();
    for at in [-1, Stamp::TIMES.end() + 1] {
        let edited = document.edit(&heads, &writes, &stamp("Дана", at), &mut rng(4));
        assert!(matches!(edited, Err(DocumentError::Clock)));
        let answer =
            Answer { text: crate::Prose::try_from("а".to_owned()).ok(), ..Answer::default() };
        let created = Document::answer(&answer, &stamp("Дана", at), &mut rng(4));
        assert!(matches!(created, Err(DocumentError::Clock)));
    }
    assert_eq!(document.read(), seen);
}

#[test]
fn a_field_that_the_state_did_not_have_yet_is_an_error_that_names_it() {
    let mut hands = Hands::new(BARE);
    let first = hands.first.clone();
    hands.patch("Ерлан", 200, &json!({ "household": [{ "given_name": "Әли" }] }));
    let mut document = hands.document();
    let seen = document.read();
    let id = seen.full["household"][0]["id"].as_str().unwrap();
    let path = format!("household.{id}.sex");
    let writes = field_write(&seen, &path, json!("male")).unwrap();
    let edited = document.edit(&first, &writes, &stamp("Дана", 9), &mut rng(4));
    assert!(matches!(edited, Err(DocumentError::NoField(named)) if named == path));
}

#[test]
fn history_tells_who_wrote_which_field_and_keeps_what_follows_after_what_was_seen() {
    let mut hands = Hands::new(BARE);
    let first = hands.first.clone();
    hands.patch_at(&first, "Дана", 900, &json!({ "place": { "bed": "1" } }));
    let patch = json!({ "person": { "needs": ["water"] }, "household": [{ "given_name": "Әли" }] });
    hands.patch_at(&first, "Ерлан", 300, &patch);
    // A clock that runs far behind does not put an answer before its question.
    hands.patch("Арман", 50, &json!({ "place": { "bed": "2" } }));
    let read = hands.read();
    let id = read.full["household"][0]["id"].as_str().unwrap();
    let document = hands.document();
    let history = document.history().iter();
    let told: Vec<_> = history.map(|event| (event.by.clone(), event.at, fields(event))).collect();
    assert_eq!(
        told,
        [
            ("Айгүл".to_owned(), 100, vec![]),
            (
                "Ерлан".to_owned(),
                300,
                vec![
                    ("person.needs.water".to_owned(), json!(true)),
                    (format!("household.{id}"), json!({})),
                    (format!("household.{id}.given_name"), json!("Әли")),
                ]
            ),
            ("Дана".to_owned(), 900, vec![("place.bed".to_owned(), json!("1"))]),
            ("Арман".to_owned(), 50, vec![("place.bed".to_owned(), json!("2"))]),
        ]
    );
}

/// What a change wrote, without what its writer knew.
fn fields(event: &Event) -> Vec<(String, Value)> {
    event.wrote.iter().map(|wrote| (wrote.path.clone(), wrote.value.clone())).collect()
}

#[test]
fn history_tells_what_each_writer_saw_and_whose_value_they_did_not_see() {
    let mut hands = Hands::new(BARE);
    let bed = |bed: &str| json!({ "place": { "bed": bed } });
    hands.patch("Айгүл", 150, &bed("1"));
    let one = hands.document().heads();
    hands.patch_at(&one, "Дана", 200, &bed("2"));
    hands.patch_at(&one, "Ерлан", 300, &bed("3"));
    hands.patch_at(&one, "Арман", 310, &bed("2"));
    hands.patch("Сәуле", 400, &bed("4"));
    let document = hands.document();
    let history = document.history();
    let who = |change: &ChangeHash| {
        history.iter().find(|event| event.change == *change).unwrap().by.as_str()
    };
    let told: Vec<_> = history
        .iter()
        .skip(1)
        .map(|event| {
            let wrote = &event.wrote[0];
            let unseen: Vec<&str> = wrote.unseen.iter().map(who).collect();
            (event.by.as_str(), wrote.over.clone(), unseen)
        })
        .collect();
    assert_eq!(
        told,
        [
            ("Айгүл", vec![], vec![]),
            ("Дана", vec![json!("1")], vec!["Ерлан"]),
            ("Ерлан", vec![json!("1")], vec!["Дана", "Арман"]),
            ("Арман", vec![json!("1")], vec!["Ерлан"]),
            ("Сәуле", vec![json!("2"), json!("3")], vec![]),
        ]
    );
}

#[test]
fn answers_begun_apart_merge_field_by_field_and_reviews_entry_by_entry() {
    let line = |text: &str| Line::try_from(text.to_owned()).ok();
    let load = |part, changes: [(Guarded, &str); 2]| {
        let author = |by| stamp(by, 0).author;
        let parsed = changes.map(|(change, by)| parse(&change, &author(by)).unwrap());
        Document::load(part, parsed.to_vec())
    };
    let answer = |by: &str, answer: Answer| {
        Document::answer(&answer, &stamp(by, 7), &mut rng(by.len() as u64)).unwrap().1
    };
    let due = Answer {
        due_date: "2019-07-09".parse().ok(),
        status: line("received"),
        ..Answer::default()
    };
    let said = Answer { status: line("resolved"), ..Answer::default() };
    let both = [(answer("А", due), "А"), (answer("Әл", said), "Әл")];
    let read = load(Part::Answer, both).read();
    assert_eq!(read.text("due_date"), Some("2019-07-09"));
    let values = [(json!("received"), "А", 7), (json!("resolved"), "Әл", 7)];
    assert_eq!(conflicts(&read), [dispute("status", values)]);

    let review = |by: &str, text: &str| {
        let text = crate::Prose::try_from(text.to_owned()).ok();
        let note = Note { text, ..Note::default() };
        let review = Review { assigned_to: line(by), notes: vec![note], ..Review::default() };
        Document::review(&review, &stamp(by, 7), &mut rng(by.len() as u64)).unwrap().1
    };
    let both = [(review("А", "бір"), "А"), (review("Әл", "екі"), "Әл")];
    let mut document = load(Part::Review, both);
    let read = document.read();
    let notes = read.full["notes"].as_array().unwrap();
    let mut texts: Vec<_> = notes.iter().map(|note| note["text"].as_str().unwrap()).collect();
    texts.sort_unstable();
    assert_eq!(texts, ["бір", "екі"], "neither creation hides the other's notes");

    // Both reviews' notes can be edited, and the dispute over the assignment settled.
    for (index, note) in notes.iter().enumerate() {
        let path = format!("notes.{}.text", note["id"].as_str().unwrap());
        let (seen, heads) = (document.read(), document.heads());
        let writes = field_write(&seen, &path, json!("өзгерді")).unwrap();
        let stamp = stamp("Б", 10);
        document.edit(&heads, &writes, &stamp, &mut rng(20 + index as u64)).unwrap().unwrap();
        assert_eq!(document.read().text(&path), Some("өзгерді"));
    }
    assert_eq!(document.read().conflicts.len(), 1);
    let (seen, heads) = (document.read(), document.heads());
    let writes = field_write(&seen, "assigned_to", json!("Б")).unwrap();
    document.edit(&heads, &writes, &stamp("Б", 11), &mut rng(30)).unwrap().unwrap();
    assert_eq!(document.read().conflicts, []);
    assert_eq!(document.read().text("assigned_to"), Some("Б"));
}
