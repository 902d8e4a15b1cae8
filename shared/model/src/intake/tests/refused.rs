//! What is refused, and under which field.

use super::*;

#[test]
fn kind_and_language_must_be_there() {
    let error = refused(r#"{"language":"kk","narrative":"а"}"#);
    assert_eq!(error.to_string(), "intake: missing field `kind`");
    let error = refused(r#"{"kind":"appeal","narrative":"а"}"#);
    assert_eq!(error.to_string(), "intake: missing field `language`");
    let error = refused(r#"{"kind":null,"language":"kk","narrative":"а"}"#);
    assert_eq!(error.field, "kind");
    let error = refused(r#"{"kind":"tourist","language":"kk","narrative":"а"}"#);
    let words = "kind: is none of these words: appeal, evacuee, passenger, enquiry";
    assert_eq!(error.to_string(), words);
}

#[test]
fn an_unknown_key_is_named_with_its_path_at_every_level() {
    for (pointer, path) in [
        ("/colour", "colour"),
        ("/reference", "reference"),
        ("/person/iinn", "person.iinn"),
        ("/person/address/street", "person.address.street"),
        ("/household/0/colour", "household[0].colour"),
        ("/movement/via", "movement.via"),
        ("/place/room", "place.room"),
        ("/consent/photo", "consent.photo"),
    ] {
        let error = refused(&sample_with(pointer, json!(1)));
        assert_eq!(error.field, path);
        assert!(error.reason.starts_with("unknown field"), "{error}");
    }
    let link = json!([{ "case": "a" }, { "why": 1 }]);
    let error = refused(&sample_with("/suggested_links", link));
    assert_eq!(error.field, "suggested_links[1].why");
    let alone = json!({ "seen": "a" });
    let error = refused(&sample_with("/household/0/separated", alone));
    assert_eq!(error.field, "household[0].separated.seen");
}

#[test]
fn a_value_of_the_wrong_form_is_named_with_its_path() {
    for (pointer, value, path) in [
        ("/language", json!(1), "language"),
        ("/kind", json!({ "evacuee": null }), "kind"),
        ("/taken_at", json!("вчера"), "taken_at"),
        ("/incident", json!(["ARYS"]), "incident"),
        ("/narrative", json!(7), "narrative"),
        ("/narrative", json!("а\u{0}б"), "narrative"),
        ("/person", json!("Айгүл"), "person"),
        ("/person", json!(["Тестова", "Айгүл"]), "person"),
        ("/person/iin", json!("850101399997"), "person.iin"),
        ("/person/iin", json!(850_101_399_996_u64), "person.iin"),
        ("/person/birth_date", json!("1985-02-30"), "person.birth_date"),
        ("/person/given_name", json!("Ай\nгүл"), "person.given_name"),
        ("/person/given_name", json!("а".repeat(301)), "person.given_name"),
        ("/person/phone", json!("123"), "person.phone"),
        ("/person/age_years", json!(-1), "person.age_years"),
        ("/person/age_years", json!(151), "person.age_years"),
        ("/person/age_years", json!(12.5), "person.age_years"),
        ("/person/age_years", json!("12"), "person.age_years"),
        ("/person/age_years", json!(u64::MAX), "person.age_years"),
        ("/person/needs", json!("medicine"), "person.needs"),
        ("/person/needs", json!({ "medicine": true }), "person.needs"),
        ("/person/needs", json!(["medicine", " "]), "person.needs"),
        ("/person/needs", json!(["a", null]), "person.needs[1]"),
        ("/person/address", json!(["611600000", "x"]), "person.address"),
        ("/household", json!({ "0": {} }), "household"),
        ("/household", json!([[null, "child"]]), "household[0]"),
        ("/household", json!([null]), "household[0]"),
        ("/household/0/sex", json!("f"), "household[0].sex"),
        ("/household/0/removed", json!("yes"), "household[0].removed"),
        ("/household/0/id", json!("a.b"), "household[0].id"),
        ("/household/0/id", json!(""), "household[0].id"),
        ("/household/0/id", json!("а"), "household[0].id"),
        ("/movement/direction", json!("up"), "movement.direction"),
        ("/consent", json!(true), "consent"),
        ("/place", json!(["School 7", "12"]), "place"),
        ("/suggested_links", json!(["TRK-B-0417"]), "suggested_links[0]"),
    ] {
        assert_eq!(refused(&sample_with(pointer, value)).field, path);
    }
}

#[test]
fn one_id_for_two_members_is_refused_rather_than_losing_one() {
    let twins = json!([{ "id": "a", "given_name": "Әли" }, { "id": "a", "given_name": "Уәли" }]);
    let error = refused(&sample_with("/household", twins));
    assert_eq!(error.to_string(), "household[1].id: is the id of an earlier entry too");
}

#[test]
fn what_is_not_one_json_object_is_refused() {
    for text in [
        "",
        " ",
        "null",
        "1",
        "\"evacuee\"",
        "[]",
        r#"["evacuee","kk",null,null,null,null,"а"]"#,
        "{",
        "NaN",
        "\u{feff}{}",
    ] {
        assert_eq!(refused(text).field, "intake", "{text}");
    }
    let trailing = refused(&format!("{BARE} {BARE}"));
    assert_eq!(trailing.field, "intake");
    assert!(trailing.reason.contains("behind its closing brace, at column"), "{trailing}");
}

#[test]
fn broken_values_inside_an_object_are_refused_at_their_field() {
    let with = |field: &str, value: &str| {
        refused(&format!(r#"{{"kind":"appeal","language":"kk","{field}":{value}}}"#))
    };
    let lone = with("narrative", r#""\ud800""#);
    assert_eq!(lone.field, "narrative");
    assert!(lone.reason.starts_with("holds half of a character"), "{lone}");
    assert!(refused("{kind: evacuee}").reason.starts_with("is not JSON from column 2 on"));
    assert_eq!(
        with("person", r#"{"given_name":5}"#).reason,
        "has the number 5 where a text belongs"
    );
    assert_eq!(with("person", "[]").reason, "has a list where an object belongs");
    assert_eq!(with("narrative", "NaN").field, "narrative");
    assert_eq!(with("person", r#"{"age_years":1e400}"#).field, "person.age_years");
    assert_eq!(with("person", r#"{"age_years":NaN}"#).field, "person.age_years");
    let huge = "9".repeat(400);
    assert_eq!(with("person", &format!(r#"{{"age_years":{huge}}}"#)).field, "person.age_years");
    let twice = with("kind", "\"appeal\"");
    assert_eq!(twice.to_string(), "intake: duplicate field `kind`");
    let twice = with("person", r#"{"iin":null,"iin":null}"#);
    assert_eq!(twice.to_string(), "person: duplicate field `iin`");
    let cut = refused(r#"{"kind":"appeal","language":"kk","person":{"given_na"#);
    assert_eq!(cut.field, "person");
}

#[test]
fn long_texts_and_lists_are_refused_with_what_the_field_holds() {
    let error = refused(&sample_with("/narrative", json!("ә".repeat(5_000_000))));
    assert_eq!(
        error.to_string(),
        "narrative: has 5000000 characters; this field holds 20000. Please shorten it"
    );
    let error = refused(&sample_with("/household", json!(vec![json!({}); 61])));
    assert_eq!(error.to_string(), "household: holds 61 entries; the most is 60");
    let needs: Vec<String> = (0..51).map(|i| i.to_string()).collect();
    let error = refused(&sample_with("/household/0/needs", json!(needs)));
    assert_eq!(error.field, "household[0].needs");
    assert_eq!(refused(&sample_with("/person/needs", json!(needs))).field, "person.needs");
    let error = refused(&sample_with("/suggested_links", json!(vec![json!({}); 51])));
    assert_eq!(error.field, "suggested_links");
}

#[test]
fn json_nested_deeper_than_a_stack_is_refused() {
    for open in ["[", "{\"a\":", "{\"person\":"] {
        let text = open.repeat(1_000_000);
        assert!(Intake::from_json(&text).is_err());
        let inside = format!(r#"{{"kind":"appeal","language":"kk","narrative":{text}"#);
        assert_eq!(refused(&inside).field, "narrative");
    }
}
