//! Mended forms say what was changed and nothing else.

use beket_directory::Role;
use beket_model::Intake;

use super::*;
use crate::{Change, fixture};

const YEAR: i16 = 2019;

fn intake() -> Value {
    json!({
        "kind": "evacuee", "language": "kk", "narrative": "Үйіміз қирады",
        "person": {
            "family_name": "Тестова", "given_name": "Айгүл", "birth_date": "1985-01-01",
            "phone": "+77011234567", "needs": ["medicine"], "address": { "line": "Майлықожа 5" },
            "registration_address": { "line": "Басқа 7" }, "whereabouts": "here",
        },
        "household": [
            { "given_name": "Дана", "age_years": 9, "relation": "child" },
            { "given_name": "Ернар", "birth_date": "2015-05-02" },
        ],
        "movement": { "direction": "arrival", "from": "Арыс" },
        "place": { "site": "№7 мектеп", "bed": "12" },
    })
}

/// What a case says after its form was changed like this, and the patch.
fn mended(change: impl FnOnce(&mut HouseholdForm)) -> (Reading, Reading, Option<Value>) {
    let (_folder, mut worker, mut rng) = fixture::kiosk(Role::Staffed, None);
    let taken = Intake::from_json(&intake().to_string()).unwrap();
    let taken = worker.take_form(taken, None, None, fixture::now(), &mut rng).unwrap();
    let read = |worker: &crate::Worker| {
        let case = worker.case(taken.case).unwrap();
        case.intake.unwrap().document
    };
    let document = read(&worker);
    let (before, heads) = (document.read(), document.heads());
    let (id, state) = (taken.case.to_string(), heads.to_string());
    let mut form = HouseholdForm::of(1, &id, &state, &before, YEAR).unwrap();
    assert_eq!(form.patch(YEAR), None, "nothing was changed yet");
    change(&mut form);
    let kept: HouseholdForm = serde_json::from_str(&serde_json::to_string(&form).unwrap()).unwrap();
    assert_eq!(kept, form, "a draft comes back as it was");
    let patch = form.patch(YEAR);
    if let Some(patch) = &patch {
        let change = Change::Patch(patch.clone());
        let (now, watch) = (fixture::now(), &mut |_, _| {});
        worker.edit(&id, &change, Some(&heads), None, now, &mut rng, watch).unwrap();
    }
    (before, read(&worker).read(), patch)
}

#[test]
fn of_whom_the_case_does_not_say_it_no_sex_is_guessed_and_what_is_chosen_is_written() {
    let (_, _, patch) = mended(|form| {
        assert_eq!(form.head.sex(), None, "the surname would say female");
        form.head.chosen_sex = Some(Sex::Female);
    });
    assert_eq!(patch.unwrap()["person"], json!({ "sex": "female" }));
}

#[test]
fn a_changed_field_is_written_and_its_neighbours_are_not() {
    let (_, after, patch) = mended(|form| form.head.phone = "8 702 123 45 67".to_owned());
    assert_eq!(patch, Some(json!({ "person": { "phone": "8 702 123 45 67" } })));
    assert_eq!(after.text("person.phone"), Some("+77021234567"));
    assert_eq!(after.text("person.registration_address.line"), Some("Басқа 7"));
}

#[test]
fn whoever_has_left_and_where_they_are_registered_can_be_said_of_each() {
    let (_, after, patch) = mended(|form| {
        form.head.whereabouts = "moved_on".to_owned();
        form.members[0].whereabouts = "with_relatives".to_owned();
        form.members[0].phone = "8 702 123 45 67".to_owned();
        form.registered_at = "Майлықожа 9".to_owned();
    });
    let id = after.full["household"][0]["id"].clone();
    let member = json!({ "id": id, "phone": "8 702 123 45 67", "whereabouts": "with_relatives" });
    let address = json!({ "line": "Майлықожа 9" });
    let person = json!({ "whereabouts": "moved_on", "registration_address": address });
    assert_eq!(patch, Some(json!({ "person": person, "household": [member] })));
    assert_eq!(after.text("person.whereabouts"), Some("moved_on"));
    assert_eq!(after.text("person.registration_address.line"), Some("Майлықожа 9"));
}

#[test]
fn a_cleared_field_is_cleared_and_a_date_becomes_an_age() {
    let (_, after, patch) = mended(|form| {
        form.head.born = "34".to_owned();
        form.bed.clear();
        form.head.needs = vec!["shelter".to_owned()];
    });
    let person = json!({ "birth_date": null, "age_years": 34, "needs": ["shelter"] });
    assert_eq!(patch, Some(json!({ "person": person, "place": { "bed": null } })));
    assert_eq!(after.at("person.needs.medicine"), Some(&json!(false)));
    assert_eq!(after.text("movement.direction"), Some("arrival"));
}

#[test]
fn members_are_changed_by_their_id_added_without_one_and_marked_when_they_leave() {
    let (before, after, patch) = mended(|form| {
        form.members[0].given_name = "Дана-Мария".to_owned();
        form.members.remove(1);
        form.add_member();
        form.members[1].given_name = "Сәуле".to_owned();
    });
    let id = |at: usize| before.full["household"][at]["id"].clone();
    let added = json!({ "family_name": "Тестова", "given_name": "Сәуле" });
    let changed = json!({ "given_name": "Дана-Мария", "id": id(0) });
    let gone = json!({ "id": id(1), "removed": true });
    assert_eq!(patch, Some(json!({ "household": [changed, added, gone] })));
    let household = after.full["household"].as_array().unwrap();
    assert_eq!(household.len(), 3);
    assert_eq!(household.iter().filter(|member| member["removed"] == json!(true)).count(), 1);
}

#[test]
fn a_case_of_everything_changed_keeps_what_the_form_has_no_field_for() {
    let (before, after, _) = mended(|form| {
        form.narrative = "Басқа".to_owned();
        form.carried.from = "Шымкент".to_owned();
        form.may_tell = "no".to_owned();
        form.head.patronymic = "Серікқызы".to_owned();
    });
    for path in ["person.whereabouts", "movement.direction", "taken_at", "reference", "kind"] {
        assert_eq!(before.at(path), after.at(path), "{path}");
    }
    assert_eq!(after.text("consent.may_tell_family"), Some("no"));
}

#[test]
fn a_household_goes_on_together_and_a_child_alone_stays() {
    let (_, after, patch) = mended(|form| {
        form.members[1].found_at = "Перронда".to_owned();
        form.members[1].alone = Alone::Chosen;
        form.head.whereabouts = "moved_on".to_owned();
        assert!(!form.is_together());
        form.gather();
        assert!(form.is_together());
    });
    assert_eq!(patch.unwrap()["household"].as_array().map(Vec::len), Some(2));
    let members = after.at("household").and_then(Value::as_array).unwrap();
    let at = |member: &Value| member["whereabouts"].as_str().map(str::to_owned);
    assert_eq!(after.text("person.whereabouts"), Some("moved_on"));
    assert_eq!(members.iter().map(at).collect::<Vec<_>>(), [Some("moved_on".to_owned()), None]);
}

#[test]
fn what_nobody_is_asked_for_in_a_queue_can_be_mended() {
    let (before, after, patch) = mended(|form| {
        assert_eq!(rest(form).at, "");
        rest(form).at = "24.06.2019 21:12".to_owned();
        rest(form).lives_in.kato = "611600000".to_owned();
        form.carried.number = "45".to_owned();
        form.language = Language::Ru;
    });
    let patch = patch.unwrap();
    assert_eq!(patch["movement"].as_object().map(Map::len), Some(2), "{patch}");
    assert_eq!(after.text("movement.direction"), before.text("movement.direction"));
    assert_eq!(after.text("movement.at"), Some("2019-06-24T15:12:00Z"));
    assert_eq!(after.text("movement.from"), before.text("movement.from"));
    assert_eq!(after.text("person.address.kato"), Some("611600000"));
    assert_eq!(after.text("person.address.line"), before.text("person.address.line"));
    assert_eq!(after.text("language"), Some("ru"));
}

#[test]
fn a_moment_that_cannot_be_read_is_said_and_the_one_before_stays() {
    for wrong in ["24 маусым", "24.06.2219 21:12", "24.06.2019"] {
        let (_, after, patch) = mended(|form| {
            rest(form).at = wrong.to_owned();
            let wrong = form.wrong(YEAR);
            assert_eq!(wrong.iter().map(|it| it.field).collect::<Vec<_>>(), ["at"]);
        });
        assert_eq!((patch, after.text("movement.at")), (None, None));
    }
}

fn rest(form: &mut HouseholdForm) -> &mut Rest {
    form.mending.as_mut().unwrap().rest.as_mut().unwrap()
}

#[test]
fn a_draft_of_a_kiosk_that_knew_less_changes_only_what_its_volunteer_did() {
    let (before, after, patch) = mended(|form| {
        // As it was written: without the rest, with what was derived of a journey.
        let mut draft = serde_json::to_value(&*form).unwrap();
        let mending = draft["mending"].as_object_mut().unwrap();
        mending.remove("rest");
        mending["before"]["movement"] = json!({ "from": "Арыс", "direction": "arrival" });
        *form = serde_json::from_value(draft).unwrap();
        assert_eq!(form.patch(YEAR), None);
        form.head.phone = "87021234567".to_owned();
    });
    assert_eq!(patch, Some(json!({ "person": { "phone": "87021234567" } })));
    assert_eq!(after.at("movement"), before.at("movement"));
}

#[test]
fn a_row_without_anybody_stays_nobody_when_the_household_goes_on() {
    let (before, after, _) = mended(|form| {
        form.add_member();
        form.head.whereabouts = "moved_on".to_owned();
        form.gather();
    });
    let members =
        |reading: &Reading| reading.at("household").and_then(Value::as_array).map(Vec::len);
    assert_eq!(members(&after), members(&before));
}

#[test]
fn what_a_form_has_no_field_for_stays_when_all_its_fields_are_emptied() {
    let (_, after, patch) = mended(|form| form.carried.from.clear());
    assert_eq!(patch, Some(json!({ "movement": { "from": null } })));
    assert_eq!(after.text("movement.direction"), Some("arrival"));
}
