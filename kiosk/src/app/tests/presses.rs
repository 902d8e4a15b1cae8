//! Keys that are pressed twice or held, presses beside the fields, scans at the wrong place: none of
//! them writes what nobody meant, and none loses what was typed.

use beket_model::Sex;
use beket_words::Term;
use eframe::egui::{Event, Key, Role as AccessRole};
use egui_kittest::kittest::Queryable;

use super::hurdles::{at_a_form, focus, form, text};
use super::waiting::{SETTLED, at_a_form_again};
use super::walks::{enter, is_focused, open_first, press, register, term, type_and_enter};
use super::*;
use crate::languages::{Msg, Say, capital};

/// A key that goes down and stays there for so many frames.
fn hold(window: &mut Window, key: Key, frames: usize) {
    let event = |pressed, repeat| {
        let modifiers = egui::Modifiers::NONE;
        Event::Key { key, physical_key: None, pressed, repeat, modifiers }
    };
    for frame in 0..frames {
        window.event(event(true, frame > 0));
        window.step();
    }
    window.event(event(false, false));
    window.step();
}

const CARD: [&str; 3] = [
    "IDKAZ0123456784850101399996<<<",
    "8501019M3001019KAZ<<<<<<<<<<<2",
    "TESTOV<<SYNTHETIC<<<<<<<<<<<<<",
];

#[test]
fn a_form_handed_in_by_a_key_that_is_pressed_twice_is_one_and_its_number_stays_in_sight() {
    for key in [Key::F10, Key::Enter] {
        let Seen { mut window, .. } = at_a_form();
        text(&mut window, "Тестова");
        press(&mut window, Key::F10);
        until(&mut window, |app| app.staffed.last_saved().is_some());
        hold(&mut window, key, 3);
        assert!(window.query_by_label_contains(Msg::ClashingFields.in_(Tongue::Ru)).is_none());
        assert!(is_focused(&window, &term(Term::FamilyName, Tongue::Ru)), "{key:?}");
        window.run_steps(SETTLED);
        // Nor is anybody complained to about a form that nobody has begun.
        press(&mut window, Key::F10);
        assert!(window.query_by_label_contains(Msg::ClashingFields.in_(Tongue::Ru)).is_none());
        let saved = Msg::SavedOnDevice.in_(Tongue::Ru);
        assert!(format!("{:?}", window.root()).contains(saved));
    }
}

#[test]
fn a_key_that_is_held_does_once_what_it_does() {
    let Seen { mut window, .. } = at_a_form();
    hold(&mut window, Key::F4, 4);
    assert!(form(&window).child_alone);
    press(&mut window, Key::F4);
    register(&mut window, "Тестова", "Анна");
    open_first(&mut window, "Тестова");
    press(&mut window, Key::F7);
    focus(&mut window, Term::Phone);
    text(&mut window, "87011234567");
    press(&mut window, Key::F10);
    until(&mut window, |app| app.staffed.open_says("person.phone").is_some());
    hold(&mut window, Key::F5, 8);
    until(&mut window, |app| app.staffed.open_says("person.phone").is_none());
    hold(&mut window, Key::F5, 8);
    until(&mut window, |app| app.staffed.open_says("person.phone").is_some());
}

#[test]
fn enter_that_stays_down_walks_through_no_form_and_the_next_name_has_its_field() {
    let Seen { mut window, .. } = at_a_form();
    text(&mut window, "Тестова");
    hold(&mut window, Key::Enter, 60);
    assert!(is_focused(&window, &term(Term::GivenName, Tongue::Ru)), "one field further");
    press(&mut window, Key::F10);
    until(&mut window, |app| app.staffed.last_saved().is_some());
    hold(&mut window, Key::Enter, 120);
    press(&mut window, Key::F10);
    text(&mut window, "Ким");
    assert_eq!(form(&window).head.family_name, "Ким");
}

#[test]
fn a_member_s_document_with_a_surname_of_its_own_is_theirs() {
    let Seen { mut window, .. } = at_a_form();
    text(&mut window, "Смағұлов");
    press(&mut window, Key::F6);
    for line in CARD {
        type_and_enter(&mut window, line);
    }
    let member = &form(&window).members[0];
    assert_eq!(member.iin, "850101399996");
    assert_eq!(member.family_name, "Testov");
    // One that bears the household's keeps it as it was written.
    press(&mut window, Key::F10);
    until(&mut window, |app| app.staffed.last_saved().is_some());
    text(&mut window, "Тестов");
    press(&mut window, Key::F6);
    for line in CARD {
        type_and_enter(&mut window, line);
    }
    assert_eq!(form(&window).members[0].family_name, "Тестов");
    assert_eq!(form(&window).members[0].iin, "850101399996");
}

#[test]
fn what_was_begun_of_a_name_gives_way_to_the_document_s_and_a_whole_one_stays() {
    for (typed, stays) in [("Те", false), ("Тест", false), ("Тестов", true), ("Тестова", true)]
    {
        let Seen { mut window, .. } = at_a_form();
        text(&mut window, typed);
        for line in CARD {
            type_and_enter(&mut window, line);
        }
        assert_eq!(form(&window).head.iin, "850101399996", "{typed}");
        let kept = if stays { typed } else { "Testov" };
        assert_eq!(form(&window).head.family_name, kept);
    }
}

#[test]
fn a_choice_that_was_scrolled_to_stays_in_sight_when_it_is_pressed() {
    let Seen { mut window, .. } = at_a_form();
    text(&mut window, "Тестова");
    for _ in 0..6 {
        press(&mut window, Key::F6);
        text(&mut window, "Дана");
    }
    let head = term(Term::FamilyName, Tongue::Ru);
    window.get_all_by_label(&head).next().unwrap().focus();
    window.run_steps(40);
    window.event(Event::PointerMoved(egui::pos2(400.0, 400.0)));
    for _ in 0..20 {
        window.event(Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: egui::vec2(0.0, -400.0),
            modifiers: egui::Modifiers::NONE,
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Wheel,
        });
        window.run_steps(3);
    }
    window.run_steps(40);
    let no = format!("{}: {}", capital(Term::MayTell.in_(Tongue::Ru)), Term::No.in_(Tongue::Ru));
    let place = |window: &Window| window.get_by_label(&no).rect().top();
    let before = place(&window);
    window.get_by_label(&no).click();
    window.run_steps(40);
    assert!(before < 700.0, "it is in sight");
    assert!((place(&window) - before).abs() < 1.0);
    text(&mut window, "я");
    assert_eq!(form(&window).head.family_name, "Тестовая");
}

#[test]
fn a_case_is_voided_once_however_often_it_is_pressed() {
    let Seen { mut window, folder } = at_a_form();
    register(&mut window, "Тестова", "Анна");
    open_first(&mut window, "Тестова");
    let let_go = super::failures::held(folder.path());
    window.get_by_label(Msg::Void.in_(Tongue::Ru)).click();
    window.run_steps(4);
    text(&mut window, "ошибка");
    for _ in 0..3 {
        window.get_by_label(Msg::Void.in_(Tongue::Ru)).click();
        window.run_steps(4);
    }
    let_go();
    until(&mut window, |app| app.staffed.open_says("void_reason") == Some("ошибка"));
    window.run_steps(30);
    let worker = crate::Worker::open(folder.path()).unwrap();
    let kept = serde_json::to_value(worker.list(&mut |_, _| {}).unwrap()).unwrap();
    assert_eq!(kept[0]["waiting"], 2, "the case, and that it is void");
}

#[test]
fn a_child_s_form_that_was_begun_is_set_aside_and_one_that_is_empty_again_goes() {
    let Seen { mut window, folder } = at_a_form();
    press(&mut window, Key::F4);
    text(&mut window, "2");
    press(&mut window, Key::F2);
    assert!(!form(&window).child_alone, "it waits");
    text(&mut window, "Тестова");
    // A form that was begun makes room for one that nobody has begun.
    press(&mut window, Key::F2);
    assert_eq!(form(&window).head.family_name, "");
    text(&mut window, "Ким");
    drop(window);

    let mut window = at_a_form_again(&folder);
    let child = format!("{}: {}", Msg::NewForm.in_(Tongue::Ru), Msg::Untitled.in_(Tongue::Ru));
    window.get_by_label(&child).click();
    window.run_steps(4);
    assert!(form(&window).child_alone && form(&window).head.found_at == "2");
    press(&mut window, Key::Backspace);
    press(&mut window, Key::F4);
    assert!(!form(&window).child_alone);
    assert!(window.query_by_label(&child).is_none(), "nothing of it is left");
}

#[test]
fn a_child_alone_belongs_to_the_incident_that_was_chosen() {
    let Seen { mut window, .. } = at_a_form();
    window.state_mut().stand_as(|state| {
        let second = (fixture::scope("FLOOD-2020"), "Су тасқыны".to_owned());
        let incidents = state.incidents.iter().cloned().chain([second]).collect();
        State { incidents, ..state }
    });
    window.run_steps(2);
    let chosen = format!("{}: Су тасқыны", Msg::Incident.in_(Tongue::Ru));
    window.get_by_role_and_label(AccessRole::RadioButton, &chosen).click();
    window.run_steps(3);
    press(&mut window, Key::F4);
    assert_eq!(form(&window).incident.as_deref(), Some("FLOOD-2020"));
}

#[test]
fn whoever_presses_a_choice_types_and_scans_on_in_the_field_where_they_were() {
    let Seen { mut window, .. } = at_a_form();
    text(&mut window, "Тестова");
    let sex = format!("{}: {}", capital(Term::Sex.in_(Tongue::Ru)), Term::Male.in_(Tongue::Ru));
    window.get_by_role_and_label(AccessRole::RadioButton, &sex).click();
    window.run_steps(4);
    text(&mut window, "я");
    assert_eq!(form(&window).head.family_name, "Тестовая");
    assert_eq!(form(&window).head.chosen_sex, Some(Sex::Male));
}

#[test]
fn a_document_that_names_somebody_else_fills_nothing_and_one_in_other_letters_does() {
    for (typed, taken) in [(["Ким", "Виктор"], ""), (["Тестов", "Синтетик"], "850101399996")]
    {
        let Seen { mut window, .. } = at_a_form();
        for name in typed {
            type_and_enter(&mut window, name);
        }
        for line in CARD {
            type_and_enter(&mut window, line);
        }
        assert_eq!(form(&window).head.iin, taken, "{typed:?}");
        let other = window.query_by_label(Msg::ScanOther.in_(Tongue::Ru));
        assert_eq!(other.is_some(), taken.is_empty());
    }
}

#[test]
fn a_case_that_was_voided_says_so_and_is_made_valid_again_at_the_same_place() {
    let Seen { mut window, .. } = at_a_form();
    register(&mut window, "Тестова", "Анна");
    open_first(&mut window, "Тестова");
    window.get_by_label(Msg::Void.in_(Tongue::Ru)).click();
    window.run_steps(4);
    window.get_by_label(Msg::VoidHelp.in_(Tongue::Ru));
    type_and_enter(&mut window, "ошибка");
    let said = format!("× {}", Term::Void.in_(Tongue::Ru));
    until_said(&mut window, &said);
    assert!(window.query_by_label(Msg::Void.in_(Tongue::Ru)).is_none());
    window.get_by_label(Msg::Unvoid.in_(Tongue::Ru)).click_accesskit();
    until(&mut window, |app| app.staffed.open_says("void_reason").is_none());
    window.run_steps(3);
    assert!(window.query_by_label(&said).is_none());
}

#[test]
fn whoever_mends_a_case_sees_whose_it_is_and_a_way_back() {
    let Seen { mut window, .. } = at_a_form();
    register(&mut window, "Тестова", "Анна");
    open_first(&mut window, "Тестова");
    press(&mut window, Key::F7);
    text(&mut window, "я");
    window.get_by_label(&format!("{}: Тестова Анна", Msg::Mending.in_(Tongue::Ru)));
    let back = format!("Esc · {}", Msg::BackKey.in_(Tongue::Ru));
    window.get_by_label(&back).click();
    window.run_steps(3);
    window.get_by_label(Msg::LeavingMended.in_(Tongue::Ru));
    window.get_by_label(&back).click();
    until(&mut window, |app| app.staffed.has_a_case_open());
}

#[test]
fn children_of_whom_no_name_is_known_are_told_apart_in_a_list() {
    let Seen { mut window, .. } = at_a_form();
    for (at, found_at) in ["2-й перрон", "школа № 7"].into_iter().enumerate() {
        press(&mut window, Key::F4);
        type_and_enter(&mut window, found_at);
        press(&mut window, Key::F10);
        let number = format!("000{}", at + 1);
        until(&mut window, |app| {
            app.staffed.last_saved().is_some_and(|saved| saved.contains(&number))
        });
        window.run_steps(SETTLED);
    }
    press(&mut window, Key::F3);
    until(&mut window, |app| app.staffed.has_found(2));
    for found_at in ["2-й перрон", "школа № 7"] {
        window.get_by_label(found_at);
    }
}

#[test]
fn a_scan_is_no_reason_to_void_a_case() {
    let Seen { mut window, .. } = at_a_form();
    register(&mut window, "Тестова", "Анна");
    open_first(&mut window, "Тестова");
    window.get_by_label(Msg::Void.in_(Tongue::Ru)).click();
    window.run_steps(4);
    for line in CARD {
        type_and_enter(&mut window, line);
    }
    assert_eq!(window.state().staffed.open_says("void_reason"), None);
    type_and_enter(&mut window, "ошибка");
    until(&mut window, |app| app.staffed.open_says("void_reason") == Some("ошибка"));
}

#[test]
fn what_cannot_be_read_yet_is_not_left_by_one_slip_and_trouble_hides_no_warning() {
    let Seen { mut window, .. } = at_a_form();
    register(&mut window, "Тестова", "Анна");
    open_first(&mut window, "Тестова");
    press(&mut window, Key::F7);
    window.get_by_label(Msg::Born.in_(Tongue::Ru)).focus();
    window.run_steps(2);
    text(&mut window, "32.13.1985");
    press(&mut window, Key::Escape);
    window.get_by_label(Msg::LeavingMended.in_(Tongue::Ru));
    assert_eq!(form(&window).head.born, "32.13.1985");
    press(&mut window, Key::Escape);
    until(&mut window, |app| app.staffed.has_a_case_open());
}

#[test]
fn a_pin_that_was_typed_is_not_brought_back_by_whoever_comes_to_a_locked_screen() {
    let Seen { mut window, .. } = at_a_form();
    press(&mut window, Key::F9);
    text(&mut window, "2748");
    // So long until egui takes a text for one to go back to.
    window.run_steps(90);
    press(&mut window, Key::Enter);
    until(&mut window, |app| app.staffed.is_at_a_form());
    press(&mut window, Key::F9);
    window.key_press_modifiers(egui::Modifiers::COMMAND, Key::Z);
    window.run_steps(3);
    press(&mut window, Key::Enter);
    window.get_by_label(Msg::PinHelp.in_(Tongue::Ru));
    assert!(window.state().staffed.is_asking_who());
}

/// Asks for somebody to be added, with this in the place of a colleague's PIN.
fn add(window: &mut Window, name: &str, pin: &str, vouched: &str) {
    let add = Msg::AddVolunteer.in_(Tongue::Ru);
    window.get_all_by_role_and_label(AccessRole::Button, add).next().unwrap().click();
    window.run_steps(3);
    for typed in [name, pin, vouched] {
        type_and_enter(window, typed);
    }
}

#[test]
fn the_next_shift_comes_in_by_the_passphrase_where_nobody_of_the_last_one_is_left() {
    let Seen { mut window, .. } = kiosk(Some("қызыл алма"));
    speak(&mut window, Tongue::Ru);
    window.run_steps(3);
    type_and_enter(&mut window, "қызыл алма");
    enter(&mut window);
    press(&mut window, Key::F9);
    add(&mut window, "Ерлан", "1234", "не та фраза");
    until_said(&mut window, Msg::WrongPin.in_(Tongue::Ru));
    press(&mut window, Key::F9);
    window.run_steps(3);
    add(&mut window, "Ерлан", "1234", "қызыл алма");
    until(&mut window, |app| app.staffed.is_at_a_form());
}

#[test]
fn a_second_volunteer_of_one_name_does_not_take_the_first_one_s_place_unasked() {
    let Seen { mut window, .. } = at_a_form();
    press(&mut window, Key::F9);
    add(&mut window, "Айгүл", "1111", "2748");
    window.get_by_label(Msg::NameTaken.in_(Tongue::Ru));
    assert!(window.state().staffed.is_asking_who());
    // Once more, it is meant.
    for _ in 0..3 {
        press(&mut window, Key::Enter);
    }
    until(&mut window, |app| app.staffed.is_at_a_form());
    press(&mut window, Key::F9);
    type_and_enter(&mut window, "2748");
    until_said(&mut window, Msg::WrongPin.in_(Tongue::Ru));
    let many = Say::TooManyPins.in_(Tongue::Ru);
    assert!(window.query_by_label(many).is_none());
    type_and_enter(&mut window, "1111");
    until(&mut window, |app| app.staffed.is_at_a_form());
}
