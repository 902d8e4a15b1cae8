//! A kiosk alone with its disk: enrolment, taking, locking, listing, editing.

use beket_directory::Office;
use beket_record::{Author, Header, Lane};
use rand_chacha::ChaCha8Rng;
use serde_json::json;

use super::*;
use crate::Mark;
use crate::fixture::{CLOCK, code, kiosk, now, scope};

fn unwatched(_: usize, _: usize) {}

fn intake(value: &serde_json::Value) -> Intake {
    Intake::from_json(&value.to_string()).unwrap()
}

/// Takes intakes that nothing is wrong with.
fn take(worker: &mut Worker, intakes: Vec<Intake>, rng: &mut ChaCha8Rng) -> Vec<Taken> {
    let answers = worker.take(intakes, None, now(), rng).unwrap();
    answers.into_iter().map(Result::unwrap).collect()
}

fn evacuee(name: &str) -> Intake {
    intake(&json!({"kind": "evacuee", "language": "kk", "person": {"given_name": name}}))
}

fn headers(worker: &Worker) -> Vec<Header> {
    let cases = worker.store.cases().unwrap();
    let records = cases.into_iter().flat_map(|case| worker.store.case(case).unwrap());
    records.map(|record| record.header().clone()).collect()
}

#[test]
fn a_folder_is_one_kiosk_for_good() {
    let (folder, worker, mut rng) = kiosk(Role::Staffed, None);
    assert_eq!(worker.identity().name(), "TRK-A");
    drop(worker);
    let other = code(Role::Staffed, &mut rng);
    let again = Worker::enrol(folder.path(), &other, None, now(), &mut rng);
    assert!(matches!(again, Err(KioskError::AlreadyEnrolled(name)) if name == "TRK-A"));
    let empty = tempfile::tempdir().unwrap();
    assert!(matches!(Worker::open(empty.path()), Err(KioskError::NotEnrolled)));
}

#[test]
fn reference_numbers_go_on_where_they_were_after_a_restart() {
    let (folder, mut worker, mut rng) = kiosk(Role::SelfService, None);
    let first = take(&mut worker, vec![evacuee("А"), evacuee("Б")], &mut rng);
    drop(worker);
    let mut worker = Worker::open(folder.path()).unwrap();
    let second = take(&mut worker, vec![evacuee("В")], &mut rng);
    let numbers: Vec<_> = first.iter().chain(&second).map(|taken| &taken.reference[..10]).collect();
    assert_eq!(numbers, ["TRK-A-0001", "TRK-A-0002", "TRK-A-0003"]);
}

#[test]
fn an_intake_goes_to_its_scope_in_its_lane() {
    let (_folder, mut worker, mut rng) = kiosk(Role::Staffed, None);
    let child = json!({"kind": "evacuee", "language": "kk",
        "household": [{"relation": "child", "separated": {"found_at": "вокзал"}}]});
    let elsewhere = json!({"kind": "passenger", "language": "ru", "incident": "UNHEARD-OF",
        "person": {"given_name": "Иван"}});
    let appeal = json!({"kind": "appeal", "language": "en", "narrative": "Water."});
    for (value, place, lane) in [
        (child, "ARYS-2019", Lane::Urgent),
        (elsewhere, "TRK", Lane::Emergency),
        (appeal, "TRK", Lane::Ordinary),
    ] {
        let taken = take(&mut worker, vec![intake(&value)], &mut rng);
        let header = headers(&worker).into_iter().find(|h| h.case == taken[0].case).unwrap();
        assert_eq!((header.scope, header.lane), (scope(place), lane), "{value}");
        assert_ne!(header.author, Author::from_bytes([0; 32]));
    }
}

#[test]
fn a_locked_kiosk_takes_but_reads_nothing_until_its_passphrase_is_said() {
    let (folder, mut worker, mut rng) = kiosk(Role::Staffed, Some("бес қызыл алма"));
    assert!(worker.is_locked() && !worker.has_no_passphrase());
    let taken = take(&mut worker, vec![evacuee("Сәуле")], &mut rng);
    let reference = taken[0].reference.clone();
    let change = Change::Patch(json!({"person": {"phone": "87011234567"}}));
    let edited = worker.edit(&reference, &change, None, None, now(), &mut rng, &mut unwatched);
    assert!(matches!(edited, Err(KioskError::Locked)));
    assert!(worker.list(&mut unwatched).unwrap()[0].readable.is_none());

    let mut worker = Worker::open(folder.path()).unwrap();
    assert!(matches!(worker.unlock("бес қызыл"), Err(KioskError::WrongPassphrase)));
    worker.unlock("бес қызыл алма").unwrap();
    assert!(
        worker
            .edit(&reference, &change, None, Some("Айгүл"), now(), &mut rng, &mut unwatched)
            .unwrap()
            .is_some()
    );
    assert!(
        worker
            .edit(&reference, &change, None, Some("Айгүл"), now(), &mut rng, &mut unwatched)
            .unwrap()
            .is_none()
    );
    let listed = worker.list(&mut unwatched).unwrap();
    assert_eq!(
        (listed[0].reference.as_deref(), listed[0].mark),
        (Some(&*reference), Mark::OnThisDevice)
    );
    assert!(listed[0].readable.is_some());
}

#[test]
fn a_self_service_kiosk_cannot_read_what_it_took() {
    let (_folder, mut worker, mut rng) = kiosk(Role::SelfService, None);
    let taken = take(&mut worker, vec![evacuee("Сәуле")], &mut rng);
    let edited = worker.edit(
        &taken[0].reference,
        &Change::Patch(json!({})),
        None,
        None,
        now(),
        &mut rng,
        &mut unwatched,
    );
    assert!(matches!(edited, Err(KioskError::SelfService)));
    let listed = worker.list(&mut unwatched).unwrap();
    assert!(listed[0].readable.is_none());
    assert_eq!(listed[0].reference.as_deref(), Some(taken[0].reference.as_str()));
}

#[test]
fn a_form_that_is_on_the_disk_was_not_taken_by_the_power() {
    let (folder, mut worker, mut rng) = kiosk(Role::SelfService, None);
    worker.note_begun(true).unwrap();
    worker.take_form(evacuee("А"), None, None, now(), &mut rng).unwrap();
    drop(worker);
    assert!(!Worker::open(folder.path()).unwrap().was_begun().unwrap());
}

#[test]
fn on_a_full_disk_nothing_is_half_taken() {
    let (_folder, mut worker, mut rng) = kiosk(Role::Staffed, None);
    let before = take(&mut worker, vec![evacuee("Бірінші")], &mut rng);
    worker.fill_the_disk();
    let many = (0..500).map(|n| evacuee(&format!("Адам {n}"))).collect();
    let refused = worker.take(many, None, now(), &mut rng).unwrap_err();
    assert!(refused.to_string().contains("The disk is full"), "{refused}");
    let listed = worker.list(&mut unwatched).unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].reference.as_deref(), Some(before[0].reference.as_str()));

    worker.store.connection().pragma_update(None, "max_page_count", 1_000_000).unwrap();
    let after = take(&mut worker, vec![evacuee("Екінші")], &mut rng);
    assert!(after[0].reference.starts_with("TRK-A-0002"), "{after:?}");
}

#[test]
fn a_reference_that_stands_for_two_cases_is_not_guessed_at() {
    let (folder, mut worker, mut rng) = kiosk(Role::Staffed, None);
    let copy = tempfile::tempdir().unwrap();
    drop(worker);
    std::fs::copy(folder.path().join(STORE_FILE), copy.path().join(STORE_FILE)).unwrap();
    worker = Worker::open(folder.path()).unwrap();
    let mut twin = Worker::open(copy.path()).unwrap();
    let here = take(&mut worker, vec![evacuee("Мұнда")], &mut rng);
    let there = take(&mut twin, vec![evacuee("Онда")], &mut rng);
    assert_eq!(here[0].reference, there[0].reference);

    let records = twin.store.case(there[0].case).unwrap();
    let directory = worker.directory.clone();
    let add = |write: &mut beket_store::Write<'_>| -> Result<(), KioskError> {
        write.add(&records[0], &directory.judge(&records[0]), CLOCK)?;
        Ok(())
    };
    worker.store.write(add).unwrap();
    let change = Change::Patch(json!({"place": {"bed": "12"}}));
    let edited =
        worker.edit(&here[0].reference, &change, None, None, now(), &mut rng, &mut unwatched);
    assert!(matches!(edited, Err(KioskError::Ambiguous { .. })));
    let by_id = here[0].case.to_string();
    let edited = worker.edit(&by_id, &change, None, None, now(), &mut rng, &mut unwatched);
    assert!(edited.unwrap().is_some());
}

#[test]
fn an_edit_of_a_case_that_was_purged_meanwhile_is_not_called_saved() {
    let (_folder, mut worker, mut rng) = kiosk(Role::Staffed, None);
    let taken = take(&mut worker, vec![evacuee("Сәуле")], &mut rng);
    let office = Office::random(&mut rng);
    let purge = office.purge(taken[0].case, &taken[0].scope, 1, &mut rng).unwrap();
    let purged = beket_directory::Judgement::Member(beket_directory::Set::Purge);
    let learn = |write: &mut beket_store::Write<'_>| -> Result<(), KioskError> {
        write.add(&purge, &purged, CLOCK)?;
        Ok(())
    };
    worker.store.write(learn).unwrap();
    let change = Change::Patch(json!({"place": {"bed": "12"}}));
    let edited =
        worker.edit(&taken[0].reference, &change, None, None, now(), &mut rng, &mut unwatched);
    assert!(matches!(edited, Err(KioskError::Purged)), "{edited:?}");
}

#[test]
fn a_child_alone_who_was_added_by_mistake_is_none_once_that_is_taken_back() {
    let (_folder, mut worker, mut rng) = kiosk(Role::Staffed, None);
    let taken = take(&mut worker, vec![evacuee("Айгүл")], &mut rng).remove(0);
    let child = json!({ "household": [{ "given_name": "Дана", "separated": { "says": "анам" } }] });
    let mut edit = |change: &Change| {
        let (now, watch) = (now(), &mut unwatched);
        worker.edit(&taken.reference, change, None, None, now, &mut rng, watch).unwrap()
    };
    let undo = edit(&Change::Patch(child)).unwrap();
    edit(&undo).unwrap();
    let intake = worker.case(taken.case).unwrap().intake.unwrap().document.read();
    assert!(!intake.has_child_alone() && intake.household().count() == 0);
}

#[test]
fn what_was_edited_is_taken_back_field_by_field_and_once_more_done_again() {
    let (_folder, mut worker, mut rng) = kiosk(Role::Staffed, None);
    let taken = take(&mut worker, vec![evacuee("Сәуле")], &mut rng);
    let said = |worker: &Worker| {
        let case = worker.case(taken[0].case).unwrap();
        case.intake.unwrap().document.read()
    };
    let change = Change::Patch(json!({
        "person": {"phone": "87011234567", "needs": ["medicine"]},
        "household": [{"given_name": "Дана"}],
    }));
    let id = taken[0].case.to_string();
    let mut edit = |change: &Change| {
        worker.edit(&id, change, None, None, now(), &mut rng, &mut unwatched).unwrap().unwrap()
    };
    let undo = edit(&change);
    let redo = edit(&undo);
    let undone = said(&worker);
    assert!(undone.text("person.phone").is_none());
    assert_eq!(undone.at("person.needs.medicine"), Some(&json!(false)));
    assert_eq!(undone.at("household").unwrap()[0]["removed"], json!(true));
    worker.edit(&id, &redo, None, None, now(), &mut rng, &mut unwatched).unwrap();
    assert_eq!(said(&worker).text("person.phone"), Some("+77011234567"));
    assert_eq!(said(&worker).at("household").unwrap()[0]["removed"], json!(false));
}
