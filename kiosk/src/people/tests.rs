//! Whom a volunteer finds, by what they type; what a register of a whole city costs.

use beket_directory::Role;
use beket_model::{Intake, TypedTraits};
use serde_json::json;

use super::*;
use crate::fixture::{kiosk, now};

/// A register of these intakes, taken at a kiosk, and their cases in order.
fn register(forms: &[Value]) -> (People, Vec<CaseId>) {
    let (_folder, mut worker, mut rng) = kiosk(Role::Staffed, None);
    let intakes = forms.iter().map(|form| Intake::from_json(&form.to_string()).unwrap());
    let taken = worker.take(intakes.collect(), None, now(), &mut rng).unwrap();
    let ids: Vec<CaseId> = taken.into_iter().map(|taken| taken.unwrap().case).collect();
    let mut people = People::default();
    for id in &ids {
        people.file(*id, Card::of(&worker.case(*id).unwrap()).as_ref());
    }
    (people, ids)
}

fn person(family: &str, given: &str, more: &Value) -> Value {
    let mut person = json!({ "family_name": family, "given_name": given });
    for (key, value) in more.as_object().into_iter().flatten() {
        person[key] = value.clone();
    }
    json!({ "kind": "evacuee", "language": "kk", "person": person })
}

fn found(people: &People, typed: &str) -> Vec<String> {
    people.search(&Query::parse(typed), 20).into_iter().map(|found| found.name).collect()
}

#[test]
fn a_name_is_found_in_any_spelling_from_its_first_letters_on() {
    let (people, _) = register(&[
        person("Әбдіқадыр", "Қайрат", &json!({})),
        person("Смағұлова", "Айгүл", &json!({})),
        person("Ким", "Виктор", &json!({})),
    ]);
    for typed in ["Қайрат", "кайрат", "Qairat", "Kairat", "KAYRAT", "қай", "Абдикадыр Кайрат"]
    {
        assert_eq!(found(&people, typed), ["Әбдіқадыр Қайрат"], "{typed}");
    }
    for typed in ["смагулова", "Smagulova Aigul", "айгүл смағ", "Смагулава"]
    {
        assert_eq!(found(&people, typed), ["Смағұлова Айгүл"], "{typed}");
    }
    for typed in ["", " ", "Қайрат Ким", "Ерлан", "'", "%"] {
        assert_eq!(found(&people, typed), [""; 0], "{typed}");
    }
}

#[test]
fn numbers_are_found_by_any_part_and_references_as_they_are_said() {
    let numbers = json!({ "iin": "850101399996", "phone": "+77011234567" });
    let (people, ids) =
        register(&[person("Бірінші", "А", &numbers), person("Екінші", "Б", &json!({}))]);
    for typed in ["850101399996", "399996", "8 701 123 45 67", "+7(701)123", "1234567", "0001"] {
        assert_eq!(found(&people, typed), ["Бірінші А"], "{typed}");
    }
    let reference = people.entry(ids[1]).unwrap().reference.clone().unwrap();
    for typed in [reference.as_str(), &reference.to_lowercase(), &reference.replace('-', "")] {
        assert_eq!(found(&people, typed), ["Екінші Б"], "{typed}");
    }
    assert_eq!(found(&people, "бірінші 399996"), ["Бірінші А"]);
    assert_eq!(found(&people, "екінші 399996"), [""; 0]);
    assert_eq!(found(&people, "85"), [""; 0], "two digits say nothing");
}

#[test]
fn who_was_born_in_1987_is_found_by_their_number() {
    let born = |iin: &str| json!({ "iin": iin, "phone": "+77011234567" });
    let (people, _) = register(&[person("Бірінші", "А", &born("870101399991"))]);
    for typed in ["870101399991", "870101", "8701", "8701123", "77011234567"] {
        assert_eq!(found(&people, typed), ["Бірінші А"], "{typed}");
    }
    assert_eq!(found(&people, "770101399991"), [""; 0]);
    let asked = Query::person(&[], &["870101399991"]);
    assert_eq!(people.candidates(&asked).len(), 1);
}

#[test]
fn a_child_alone_of_a_household_is_said_of_the_child_and_of_nobody_else() {
    let mut family = person("Тестова", "Айгүл", &json!({}));
    family["household"] = json!([
        { "given_name": "Ернар" },
        { "given_name": "Дана", "separated": { "found_at": "2-перрон" } },
    ]);
    let (people, _) = register(&[person("Ким", "Виктор", &json!({})), family]);
    let latest: Vec<(String, bool)> =
        people.latest_found(10).into_iter().map(|one| (one.name, one.alone.is_some())).collect();
    let said = |name: &str, is: bool| (name.to_owned(), is);
    assert_eq!(latest[0], said("Дана", true));
    assert!(latest.contains(&said("Тестова Айгүл", false)), "{latest:?}");
    assert_eq!(latest.len(), 3, "{latest:?}");
    assert!(people.search(&Query::parse("Ернар"), 5)[0].alone.is_none());
}

#[test]
fn everybody_of_a_household_is_found_and_a_child_alone_comes_first() {
    let mut family = person("Тестов", "Арман", &json!({}));
    family["household"] = json!([
        { "family_name": "Тестова", "given_name": "Дана", "relation": "child" },
        { "family_name": "Тестов", "given_name": "Ернар", "relation": "child" },
    ]);
    let alone = json!({
        "kind": "evacuee", "language": "kk",
        "person": { "given_name": "Дана", "separated": { "found_at": "2-перрон" } },
    });
    let (people, ids) = register(&[family, person("Дана", "Ұзын", &json!({})), alone]);
    let hits = people.search(&Query::parse("дана"), 20);
    assert_eq!(hits[0].name, "Дана");
    assert!(hits[0].entry.child_alone && !hits[0].is_member);
    assert_eq!(hits.len(), 3);
    let member = hits.iter().find(|hit| hit.name == "Тестова Дана").unwrap();
    assert!(member.is_member && member.entry.head == "Тестов Арман");
    assert_eq!(people.latest(10)[0].case, ids[2]);
    assert_eq!((people.cases(), people.people()), (3, 5));
}

#[test]
fn somebody_being_registered_is_compared_with_all_who_are_here() {
    let known = json!({ "birth_date": "1985-01-01", "sex": "female", "phone": "+77011234567" });
    let (people, ids) = register(&[
        person("Смағұлова", "Айгүл", &known),
        person("Смағұлов", "Ерлан", &json!({ "phone": "+77011234567" })),
        person("Ким", "Виктор", &json!({})),
    ]);
    let typed = TypedTraits { family_name: "Smagulova", given_name: "Aigul", ..Default::default() };
    let asked = Query::person(&["Smagulova", "Aigul"], &["87011234567"]);
    let alike = people.alike(&Traits::typed(&typed), &asked, None);
    assert_eq!(alike[0].name, "Смағұлова Айгүл");
    assert!(alike[0].likeness.as_ref().unwrap().is_worth_showing());
    assert!(alike.iter().all(|one| one.name != "Ким Виктор"));
    let others = people.alike(&Traits::typed(&typed), &asked, Some(ids[0]));
    assert!(others.iter().all(|one| one.entry.case != ids[0]));
}

#[test]
fn a_case_that_changed_is_found_by_what_it_says_and_no_longer_by_what_it_said() {
    let (mut people, ids) = register(&[
        person("Бұрынғы", "Атау", &json!({})),
        person("Жаңа", "Атау", &json!({})),
        person("Үшінші", "Атау", &json!({})),
    ]);
    let (_, fresh) = register(&[person("Өзгерген", "Атау", &json!({}))]);
    assert_eq!(fresh.len(), 1);
    let (_folder, mut worker, mut rng) = kiosk(Role::Staffed, None);
    let intake = Intake::from_json(&person("Өзгерген", "Атау", &json!({})).to_string()).unwrap();
    let taken = worker.take(vec![intake], None, now(), &mut rng).unwrap();
    let case = worker.case(taken[0].as_ref().unwrap().case).unwrap();
    for _ in 0..2_500 {
        people.file(ids[0], Card::of(&case).as_ref());
    }
    assert_eq!(found(&people, "Бұрынғы"), [""; 0]);
    assert_eq!(found(&people, "Өзгерген"), ["Өзгерген Атау"]);
    assert_eq!(found(&people, "атау").len(), 3);
    assert!(people.rows.len() < 2_400, "replaced rows are let go of: {}", people.rows.len());
    people.remove(ids[1]);
    assert_eq!(found(&people, "Жаңа"), [""; 0]);
    assert_eq!((people.cases(), people.people()), (2, 2));
    assert!(people.entry(ids[1]).is_none());
}

#[test]
fn a_hostile_query_is_answered_and_does_not_take_long() {
    let names = ["Әбдіқадыр", "Смағұлова", "Ким", "Өмірзақ", "Zholdasbek", "ғ", "O’Brien"];
    let forms: Vec<Value> = names.map(|name| person(name, "Айгүл", &json!({}))).into();
    let (people, _) = register(&forms);
    for typed in ["ә".repeat(1_000_000), "1 ".repeat(100_000), "\u{202e}\0 а".to_owned()] {
        assert!(people.search(&Query::parse(&typed), 20).len() <= 20);
    }
}
