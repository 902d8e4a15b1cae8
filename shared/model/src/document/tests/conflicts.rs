//! One field in several hands: what is a conflict, what it shows, what ends it.

use super::*;

#[test]
fn one_field_written_apart_keeps_both_values_with_who_and_when() {
    let mut hands = Hands::new(BARE);
    let first = hands.first.clone();
    hands.patch_at(&first, "Ерлан", 200, &json!({ "person": { "phone": "87011234567" } }));
    hands.patch_at(&first, "Дана", 210, &json!({ "person": { "phone": "87011234568" } }));
    let read = hands.read();
    let both = [(json!("+77011234568"), "Дана", 210), (json!("+77011234567"), "Ерлан", 200)];
    assert_eq!(conflicts(&read), [dispute("person.phone", both)]);
    let winner = &read.conflicts[0].values[1];
    assert_eq!(read.at("person.phone"), Some(&winner.value), "Automerge's winner comes last");
    assert_eq!(hands.document().heads().0.len(), 2, "two changes that nobody has seen together");
}

#[test]
fn a_conflict_in_an_entry_has_the_entrys_id_in_its_path() {
    let mut hands = Hands::new(SAMPLE);
    let id = hands.read().full["household"][0]["id"].as_str().unwrap().to_owned();
    let first = hands.first.clone();
    hands.patch_at(&first, "Ерлан", 200, &json!({ "household": [{ "id": id, "sex": "male" }] }));
    hands.patch_at(&first, "Дана", 210, &json!({ "household": [{ "id": id, "sex": null }] }));
    let path = format!("household.{id}.sex");
    let both = [(Value::Null, "Дана", 210), (json!("male"), "Ерлан", 200)];
    assert_eq!(conflicts(&hands.read()), [dispute(&path, both)]);
}

#[test]
fn clearing_a_field_that_another_edits_is_a_conflict() {
    let mut hands = Hands::new(SAMPLE);
    let first = hands.first.clone();
    hands.patch_at(&first, "Ерлан", 200, &json!({ "narrative": null }));
    hands.patch_at(&first, "Дана", 210, &json!({ "narrative": "Үй өртенді" }));
    let both = [(json!("Үй өртенді"), "Дана", 210), (Value::Null, "Ерлан", 200)];
    assert_eq!(conflicts(&hands.read()), [dispute("narrative", both)]);
}

#[test]
fn equal_values_written_apart_are_no_conflict() {
    let mut hands = Hands::new(BARE);
    let first = hands.first.clone();
    hands.patch_at(&first, "Ерлан", 200, &json!({ "place": { "bed": "3" } }));
    hands.patch_at(&first, "Дана", 210, &json!({ "place": { "bed": "3" } }));
    let read = hands.read();
    assert_eq!(conflicts(&read), []);
    assert_eq!(read.text("place.bed"), Some("3"));
}

#[test]
fn an_edit_on_an_older_state_is_a_conflict_and_overwrites_nothing() {
    let mut hands = Hands::new(BARE);
    let first = hands.first.clone();
    hands.patch("Ерлан", 200, &json!({ "person": { "sex": "male" } }));
    hands.patch("Ерлан", 205, &json!({ "narrative": "кейін" }));
    hands.patch_at(&first, "Дана", 210, &json!({ "person": { "sex": "female" } }));
    let both = [(json!("female"), "Дана", 210), (json!("male"), "Ерлан", 200)];
    let read = hands.read();
    assert_eq!(conflicts(&read), [dispute("person.sex", both)]);
    assert_eq!(read.text("narrative"), Some("кейін"));
    let then = hands.document().read_at(&first).unwrap();
    assert_eq!(then.at("person.sex"), Some(&Value::Null));
}

#[test]
fn a_child_of_whom_it_is_in_dispute_whether_they_met_their_people_is_alone() {
    // Each in turn is Automerge's winner.
    for words in [["with_relatives", "here"], ["here", "returned"]] {
        let mut hands = Hands::new(BARE);
        let alone = json!({ "person": { "separated": { "found_at": "2-платформа" } } });
        hands.patch("Дана", 150, &alone);
        let seen = hands.document().heads();
        for (by, word) in ["Ерлан", "Дана"].into_iter().zip(words) {
            hands.patch_at(&seen, by, 200, &json!({ "person": { "whereabouts": word } }));
        }
        assert!(hands.read().has_child_alone(), "{words:?}");
        hands.patch("Дана", 220, &json!({ "person": { "whereabouts": "with_relatives" } }));
        assert!(!hands.read().has_child_alone());
    }
}

#[test]
fn a_child_of_whom_one_clears_what_another_tells_is_alone() {
    // Each in turn is Automerge's winner.
    for told in [[None, Some("1-платформа")], [Some("1-платформа"), None]] {
        let mut hands = Hands::new(BARE);
        let alone = json!({ "person": { "separated": { "found_at": "2-платформа" } } });
        hands.patch("Дана", 150, &alone);
        let seen = hands.document().heads();
        for (by, at) in ["Ерлан", "Дана"].into_iter().zip(told) {
            let patch = json!({ "person": { "separated": { "found_at": at } } });
            hands.patch_at(&seen, by, 200, &patch);
        }
        assert!(hands.read().has_child_alone(), "{told:?}");
    }
}

#[test]
fn a_child_taken_off_the_household_by_whoever_did_not_know_is_alone_all_the_same() {
    let mut hands = Hands::new(BARE);
    let child = json!({ "household": [{ "given_name": "Бота" }] });
    hands.patch("Дана", 150, &child);
    let (seen, id) = (hands.document().heads(), hands.read().full["household"][0]["id"].clone());
    let patch = |said: Value| {
        let mut member = json!({ "id": id });
        member.as_object_mut().unwrap().extend(said.as_object().unwrap().clone());
        json!({ "household": [member] })
    };
    let (off, alone) = (json!({ "removed": true }), json!({ "separated": { "says": "Гүлнар" } }));
    hands.patch_at(&seen, "Ерлан", 200, &patch(off));
    assert_eq!(hands.read().household().count(), 0);
    let unaware = hands.read();
    hands.patch_at(&seen, "Сәуле", 210, &patch(alone.clone()));
    let read = hands.read();
    assert!(read.has_child_alone() && read.conflicts.is_empty());
    assert_eq!(read.household().count(), 1, "the child is in sight");
    assert!(!read.lets_a_child_go(&read) && read.lets_a_child_go(&unaware));
    // Whoever knows of it does not take them off.
    let mut knows = Hands::new(BARE);
    knows.patch("Дана", 150, &child);
    let id = knows.read().full["household"][0]["id"].clone();
    knows.patch(
        "Сәуле",
        210,
        &json!({ "household": [{ "id": id, "separated": alone["separated"] }] }),
    );
    let before = knows.read();
    knows.patch("Ерлан", 220, &json!({ "household": [{ "id": id, "removed": true }] }));
    assert!(before.lets_a_child_go(&knows.read()));
}

/// Two values of one field, and the heads that show both.
fn disputed() -> (Hands, Heads) {
    let mut hands = Hands::new(BARE);
    let first = hands.first.clone();
    hands.patch_at(&first, "Ерлан", 200, &json!({ "place": { "bed": "1" } }));
    hands.patch_at(&first, "Дана", 210, &json!({ "place": { "bed": "2" } }));
    let both = hands.document().heads();
    (hands, both)
}

#[test]
fn whoever_has_seen_both_values_settles_by_writing_any() {
    for settled in [json!("1"), json!("2"), json!("3"), Value::Null] {
        let (mut hands, both) = disputed();
        hands.patch_at(&both, "Сәуле", 300, &json!({ "place": { "bed": settled } }));
        let read = hands.read();
        assert_eq!(conflicts(&read), []);
        assert_eq!(read.at("place.bed"), Some(&settled));
        let document = hands.document();
        let history = document.history();
        let last = history.last().unwrap();
        assert_eq!(
            (last.by.as_str(), fields(last)),
            ("Сәуле", vec![("place.bed".into(), settled)])
        );
    }
}

#[test]
fn a_value_that_the_settler_had_not_seen_stays() {
    let (mut hands, both) = disputed();
    let first = hands.first.clone();
    hands.patch_at(&first, "Арман", 250, &json!({ "place": { "bed": "7" } }));
    hands.patch_at(&both, "Сәуле", 300, &json!({ "place": { "bed": "1" } }));
    let left = [(json!("7"), "Арман", 250), (json!("1"), "Сәуле", 300)];
    assert_eq!(conflicts(&hands.read()), [dispute("place.bed", left)]);
}

#[test]
fn two_who_settle_differently_are_in_conflict_though_one_chose_the_winner() {
    for (one, other) in [("1", "2"), ("2", "1"), ("1", "3"), ("2", "3")] {
        let (mut hands, both) = disputed();
        hands.patch_at(&both, "Сәуле", 300, &json!({ "place": { "bed": one } }));
        hands.patch_at(&both, "Арман", 310, &json!({ "place": { "bed": other } }));
        let left = [(json!(other), "Арман", 310), (json!(one), "Сәуле", 300)];
        assert_eq!(conflicts(&hands.read()), [dispute("place.bed", left)]);
    }
}

#[test]
fn needs_are_words_that_come_and_go_one_by_one() {
    let mut hands = Hands::new(SAMPLE);
    let first = hands.first.clone();
    let needs = |words: &[&str]| json!({ "person": { "needs": words } });
    hands.patch_at(&first, "Ерлан", 200, &needs(&["medicine", "blanket"]));
    hands.patch_at(&first, "Дана", 210, &needs(&[]));
    let read = hands.read();
    assert_eq!(read.at("person.needs"), Some(&json!(["blanket"])));
    assert_eq!(conflicts(&read), []);

    let before = hands.document().heads();
    hands.patch_at(&before, "Ерлан", 220, &needs(&["blanket", "т.б."]));
    hands.patch_at(&before, "Дана", 230, &needs(&[]));
    hands.patch_at(&before, "Дана", 240, &needs(&["blanket", "т.б."]));
    let read = hands.read();
    assert_eq!(read.at("person.needs"), Some(&json!(["т.б."])));
    assert_eq!(read.at("person.needs.т.б."), Some(&json!(true)));
    assert_eq!(conflicts(&read), []);
}

#[test]
fn a_word_that_one_takes_back_and_another_says_anew_is_in_dispute_until_settled() {
    let mut hands = Hands::new(SAMPLE);
    let none = hands.patch("Ерлан", 200, &json!({ "person": { "needs": null } }));
    hands.patch_at(&none, "Дана", 210, &json!({ "person": { "needs": ["су", "су.б"] } }));
    let some = hands.document().heads();
    hands.patch_at(&some, "Дана", 220, &json!({ "person": { "needs": [] } }));
    hands.patch_at(&none, "Ерлан", 230, &json!({ "person": { "needs": ["су", "су.б"] } }));
    let read = hands.read();
    let both = |path| dispute(path, [(json!(false), "Дана", 220), (json!(true), "Ерлан", 230)]);
    assert_eq!(conflicts(&read), [both("person.needs.су"), both("person.needs.су.б")]);

    for settled in [true, false] {
        let mut document = hands.document();
        let writes = field_write(&read, "person.needs.су", json!(settled)).unwrap();
        let heads = document.heads();
        document.edit(&heads, &writes, &stamp("Сәуле", 300), &mut rng(9)).unwrap().unwrap();
        let after = document.read();
        assert_eq!(conflicts(&after), [both("person.needs.су.б")], "the other stays in dispute");
        assert_eq!(after.at("person.needs.су"), Some(&json!(settled)));
    }
}
