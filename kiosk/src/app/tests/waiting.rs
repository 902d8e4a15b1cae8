//! One form in front of another: each goes on as it was, and every letter stands in the one that it was
//! typed for.

use beket_words::Term;
use eframe::egui::{Event, Key};
use egui_kittest::kittest::Queryable;

use super::hurdles::{at_a_form, focus, form, text};
use super::walks::{open_first, press, register, type_and_enter};
use super::*;
use crate::languages::Msg;

/// Frames in which a form that has come forward settles.
pub(super) const SETTLED: usize = 40;

/// The same kiosk after a power cut, once the volunteer is back.
pub(super) fn at_a_form_again(folder: &TempDir) -> Window {
    let mut window = open(folder.path(), Vec2::new(1280.0, 800.0));
    speak(&mut window, Tongue::Ru);
    until(&mut window, |app| app.staffed.is_asking_who());
    window.run_steps(3);
    type_and_enter(&mut window, "2748");
    until(&mut window, |app| app.staffed.is_at_a_form());
    window
}

/// Writes a telephone into somebody's case, and leaves it at that.
fn mend_phone(window: &mut Window, family: &str, phone: &str) {
    open_first(window, family);
    press(window, Key::F7);
    focus(window, Term::Phone);
    text(window, phone);
}

#[test]
fn what_is_typed_while_a_form_is_saved_stands_in_the_next_one() {
    // Letter by letter, and all of it in the frame in which the form is handed in.
    for at_once in [false, true] {
        let Seen { mut window, .. } = at_a_form();
        type_and_enter(&mut window, "Тестова");
        let send = |window: &mut Window, event: Event| {
            window.event(event);
            if !at_once {
                window.step();
            }
        };
        let send_key = |window: &mut Window, key| {
            for pressed in [true, false] {
                let modifiers = egui::Modifiers::NONE;
                let repeat = false;
                send(window, Event::Key { key, physical_key: None, pressed, repeat, modifiers });
            }
        };
        send_key(&mut window, Key::F10);
        send_key(&mut window, Key::F10);
        for said in ["К", "им"] {
            send(&mut window, Event::Text(said.to_owned()));
        }
        send_key(&mut window, Key::Enter);
        send(&mut window, Event::Text("Виктор".to_owned()));
        send_key(&mut window, Key::F6);
        send(&mut window, Event::Text("Анна".to_owned()));
        send_key(&mut window, Key::F10);
        window.step();
        until(&mut window, |app| app.staffed.last_saved().is_some_and(|n| n.contains("0002")));
        open_first(&mut window, "Ким");
        assert_eq!(window.state().staffed.open_says("person.given_name"), Some("Виктор"));
        let household = window.state().staffed.open_value("household").unwrap();
        assert_eq!(household[0]["given_name"], "Анна", "at once: {at_once}");
    }
}

#[test]
fn what_is_typed_while_a_child_alone_is_saved_stands_in_the_form_that_comes_back() {
    let Seen { mut window, .. } = at_a_form();
    press(&mut window, Key::F4);
    focus(&mut window, Term::GivenName);
    text(&mut window, "Дана");
    window.key_press(Key::F10);
    window.step();
    window.event(Event::Text("Ким".to_owned()));
    window.step();
    until(&mut window, |app| !app.staffed.form().child_alone);
    until(&mut window, |app| app.staffed.form().head.family_name == "Ким");
}

#[test]
fn a_case_that_is_mended_is_saved_also_where_another_form_came_between() {
    let Seen { mut window, .. } = at_a_form();
    register(&mut window, "Тестова", "Анна");
    mend_phone(&mut window, "Тестова", "87011234567");
    window.key_press(Key::F10);
    window.key_press(Key::F4);
    window.step();
    until(&mut window, |app| app.staffed.form().child_alone);
    press(&mut window, Key::F4);
    // Once it is on the disk it waits no more.
    until(&mut window, |app| app.staffed.form().mending.is_none());
    open_first(&mut window, "Тестова");
    until(&mut window, |app| app.staffed.open_says("person.phone") == Some("+77011234567"));
}

#[test]
fn a_child_comes_between_and_the_family_goes_on_as_it_was() {
    let Seen { mut window, .. } = at_a_form();
    type_and_enter(&mut window, "Тестова");
    focus(&mut window, Term::Phone);
    text(&mut window, "87011234567");
    press(&mut window, Key::F6);
    text(&mut window, "Дана");
    press(&mut window, Key::F4);
    assert!(form(&window).child_alone && form(&window).head.phone.is_empty());
    press(&mut window, Key::F6);
    assert!(form(&window).members.is_empty(), "a child alone has nobody with it");
    type_and_enter(&mut window, "2-й перрон");
    press(&mut window, Key::F10);
    until(&mut window, |app| app.staffed.last_saved().is_some_and(|n| n.contains("0001")));
    let family = form(&window);
    assert_eq!((family.head.phone.as_str(), family.members.len()), ("87011234567", 1));
    // The key that handed the child in, pressed twice, hands nobody else in.
    press(&mut window, Key::F10);
    assert!(!window.state().staffed.is_saving());
    window.run_steps(SETTLED);
    press(&mut window, Key::F10);
    until(&mut window, |app| app.staffed.last_saved().is_some_and(|n| n.contains("0002")));
    press(&mut window, Key::F3);
    until(&mut window, |app| app.staffed.has_found(2));
    assert!(window.state().staffed.first_found_is_a_child_alone());
}

#[test]
fn the_key_for_a_child_pressed_by_mistake_is_taken_back_by_the_same_key() {
    let Seen { mut window, .. } = at_a_form();
    text(&mut window, "Тестова");
    press(&mut window, Key::F4);
    assert!(form(&window).child_alone);
    press(&mut window, Key::F4);
    assert_eq!(form(&window).head.family_name, "Тестова");
}

#[test]
fn forms_that_were_begun_wait_for_one_another_also_through_a_power_cut() {
    let Seen { mut window, folder } = at_a_form();
    register(&mut window, "Первая", "Анна");
    register(&mut window, "Вторая", "Анна");
    type_and_enter(&mut window, "Начатая");
    for (found, phone) in [("Первая", "87011111111"), ("Вторая", "87022222222")] {
        mend_phone(&mut window, found, phone);
    }
    drop(window);

    let mut window = at_a_form_again(&folder);
    for phone in ["87022222222", "87011111111"] {
        assert_eq!(form(&window).head.phone, phone);
        press(&mut window, Key::F10);
        until(&mut window, |app| app.staffed.has_a_case_open());
        press(&mut window, Key::Escape);
    }
    assert_eq!(form(&window).head.family_name, "Начатая");
}

#[test]
fn a_new_form_comes_before_a_case_that_is_mended_and_both_are_in_sight() {
    let Seen { mut window, .. } = at_a_form();
    register(&mut window, "Первая", "Анна");
    mend_phone(&mut window, "Первая", "87011111111");
    press(&mut window, Key::F2);
    assert!(form(&window).mending.is_none() && form(&window).head.family_name.is_empty());
    text(&mut window, "Вторая");
    let waits = format!("{}: Первая Анна", Msg::Mending.in_(Tongue::Ru));
    window.get_by_label(&waits).click();
    window.run_steps(4);
    assert_eq!(form(&window).head.phone, "87011111111");
    // The same key goes back to the form that was begun, not to another.
    press(&mut window, Key::F2);
    assert_eq!(form(&window).head.family_name, "Вторая");
    press(&mut window, Key::F10);
    until(&mut window, |app| app.staffed.last_saved().is_some_and(|n| n.contains("0002")));
    window.get_by_label(&waits);
}

#[test]
fn the_key_for_a_new_form_opens_one_also_from_an_empty_form_over_a_case_that_is_mended() {
    let Seen { mut window, .. } = at_a_form();
    register(&mut window, "Первая", "Анна");
    mend_phone(&mut window, "Первая", "87011111111");
    press(&mut window, Key::F4);
    press(&mut window, Key::F2);
    assert!(form(&window).mending.is_none() && !form(&window).child_alone);
}

#[test]
fn opening_the_case_that_is_being_mended_asks_before_it_drops_what_was_changed() {
    let Seen { mut window, .. } = at_a_form();
    register(&mut window, "Тестова", "Анна");
    mend_phone(&mut window, "Тестова", "87011234567");
    press(&mut window, Key::F3);
    type_and_enter(&mut window, "Тестова");
    until(&mut window, |app| app.staffed.is_at_a_form());
    window.get_by_label(Msg::LeavingMended.in_(Tongue::Ru));
    assert_eq!(form(&window).head.phone, "87011234567");
}
