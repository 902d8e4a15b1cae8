//! What a volunteer stumbles over in a queue: another form in between, a key too early, a key too
//! many, a scanner at the wrong place, a layout that was not meant. Nothing typed is lost by it.

use beket_model::Kind;
use beket_words::Term;
use eframe::egui::{Event, Key, Role as AccessRole};
use egui_kittest::kittest::Queryable;

use super::geometry::focused;
use super::shift::join;
use super::walks::{
    enter, is_focused, open_first, press, register, term, type_and_enter, write_apart,
};
use super::*;
use crate::languages::{Msg, Say, capital};
use crate::screens::kind_word;

/// A volunteer at an empty form, in Russian.
pub(super) fn at_a_form() -> Seen {
    let Seen { mut window, folder } = kiosk(None);
    speak(&mut window, Tongue::Ru);
    enter(&mut window);
    Seen { folder, window }
}

pub(super) fn form(window: &Window) -> &crate::forms::HouseholdForm {
    window.state().staffed.form()
}

pub(super) fn text(window: &mut Window, text: &str) {
    window.event(Event::Text(text.to_owned()));
    window.run_steps(2);
}

pub(super) fn focus(window: &mut Window, field: Term) {
    window.get_by_label(&term(field, Tongue::Ru)).focus();
    window.run_steps(2);
}

fn choose(window: &mut Window, kind: Kind) {
    let word = capital(&kind_word(kind, Tongue::Ru));
    let label = format!("{}: {word}", Term::KindOf.in_(Tongue::Ru));
    window.get_by_role_and_label(AccessRole::RadioButton, &label).click();
    window.run_steps(3);
}

#[test]
fn enter_goes_on_from_a_number_that_was_typed_or_scanned_where_it_belongs() {
    let Seen { mut window, .. } = at_a_form();
    focus(&mut window, Term::Iin);
    type_and_enter(&mut window, "850101399996");
    assert!(is_focused(&window, &term(Term::Address, Tongue::Ru)));
    assert_eq!(form(&window).head.iin, "850101399996");
    // Scanned into a name, it goes to its field, and the name is still to be typed.
    press(&mut window, Key::F10);
    assert!(window.get_all_by_label(Msg::WrongNobody.in_(Tongue::Ru)).count() >= 1);
    focus(&mut window, Term::FamilyName);
    type_and_enter(&mut window, "үғқ\"қ\"іұұұұ,");
    assert!(is_focused(&window, &term(Term::FamilyName, Tongue::Ru)));
    assert_eq!(form(&window).head.family_name, "");
}

#[test]
fn a_search_that_found_nobody_is_typed_on_and_a_document_finds_whoever_bears_it() {
    let Seen { mut window, .. } = at_a_form();
    focus(&mut window, Term::Iin);
    type_and_enter(&mut window, "850101399996");
    focus(&mut window, Term::FamilyName);
    text(&mut window, "Тестова");
    press(&mut window, Key::F10);
    until(&mut window, |app| app.staffed.last_saved().is_some());
    press(&mut window, Key::F3);
    type_and_enter(&mut window, "Никого");
    until(&mut window, |app| app.staffed.has_found(0));
    for _ in 0..6 {
        press(&mut window, Key::Backspace);
    }
    text(&mut window, "Тест");
    until(&mut window, |app| app.staffed.has_found(1));
    press(&mut window, Key::F3);
    let card = [
        "IDKAZ0123456784850101399996<<<",
        "8501019M3001019KAZ<<<<<<<<<<<2",
        "TESTOV<<SYNTHETIC<<<<<<<<<<<<<",
    ];
    for line in card {
        type_and_enter(&mut window, line);
    }
    until(&mut window, |app| app.staffed.has_a_case_open());
    // Also where no field waits for it, and all of it in one frame; and behind another scan.
    for key in [Key::F12, Key::F3] {
        press(&mut window, key);
        if key == Key::F3 {
            // Of a number, and then of a card, that nobody here bears.
            type_and_enter(&mut window, "870101399991");
            until(&mut window, |app| app.staffed.has_found(0));
            for line in [
                "IDKAZ1234567897870101399991<<<",
                "8701015F3001019KAZ<<<<<<<<<<<3",
                "OTHERWISE<<NOBODY<<<<<<<<<<<<<",
            ] {
                type_and_enter(&mut window, line);
            }
            until(&mut window, |app| app.staffed.has_found(0));
        }
        for line in card {
            let enter = |pressed| Event::Key {
                key: Key::Enter,
                physical_key: None,
                pressed,
                repeat: false,
                modifiers: egui::Modifiers::NONE,
            };
            let events = [Event::Text(line.to_owned()), enter(true), enter(false)];
            window.input_mut().events.extend(events);
        }
        window.run_steps(2);
        until(&mut window, |app| app.staffed.has_a_case_open());
    }
}

#[test]
fn whoever_locks_the_screen_is_not_followed_by_what_was_being_saved() {
    let Seen { mut window, .. } = at_a_form();
    register(&mut window, "Тестова", "Анна");
    open_first(&mut window, "Тестова");
    press(&mut window, Key::F7);
    focus(&mut window, Term::Phone);
    text(&mut window, "87011234567");
    window.key_press(Key::F10);
    window.key_press(Key::F9);
    window.run_steps(2);
    assert!(window.state().staffed.is_asking_who());
    until(&mut window, |app| app.staffed.form().mending.is_none());
    assert!(window.state().staffed.is_asking_who(), "the screen opened by itself");
}

#[test]
fn somebody_who_comes_to_be_known_while_they_are_typed_appears_beside_the_form() {
    let Seen { mut window, folder } = at_a_form();
    text(&mut window, "Смағұлова");
    press(&mut window, Key::Enter);
    text(&mut window, "Айгүл");
    until(&mut window, |app| app.staffed.is_compared());
    window.get_by_label(Msg::NobodyAlike.in_(Tongue::Ru));
    // Another program brings them, as a conversation with the office does.
    let mut worker = crate::Worker::open(folder.path()).unwrap();
    let same = r#"{"kind":"evacuee","language":"kk","person":{"family_name":"Смағұлова","given_name":"Айгүл"}}"#;
    let same = beket_model::Intake::from_json(same).unwrap();
    let taken = worker.take(vec![same], None, fixture::now(), &mut rand::rng()).unwrap();
    let case = taken.into_iter().next().unwrap().unwrap().case;
    window.state().desk.ask(crate::desk::Ask::Changed([case].into()));
    until(&mut window, |app| app.staffed.sees_alike(1));
}

#[test]
fn a_ticket_that_looks_like_an_iin_stays_a_ticket() {
    let Seen { mut window, .. } = at_a_form();
    choose(&mut window, Kind::Passenger);
    focus(&mut window, Term::Ticket);
    type_and_enter(&mut window, "850101399996");
    assert_eq!(
        (form(&window).ticket.as_str(), form(&window).head.iin.as_str()),
        ("850101399996", "")
    );
}

#[test]
fn an_appeal_is_asked_for_its_words_before_enter_hands_it_in() {
    let words = term(Term::Narrative, Tongue::Ru);
    let of = [(Kind::Appeal, &*words), (Kind::Enquiry, Msg::WhoAsks.in_(Tongue::Ru))];
    for (kind, words) in of {
        let Seen { mut window, .. } = at_a_form();
        choose(&mut window, kind);
        focus(&mut window, Term::FamilyName);
        for said in ["Тестова", "Анна", "", "", "", "", "Арыс"] {
            type_and_enter(&mut window, said);
        }
        assert!(is_focused(&window, words), "{kind:?}");
        type_and_enter(&mut window, "Течёт");
        text(&mut window, "крыша");
        assert!(window.state().staffed.last_saved().is_none());
        press(&mut window, Key::F10);
        until(&mut window, |app| app.staffed.last_saved().is_some());
        press(&mut window, Key::F3);
        open_first(&mut window, "Тестова");
        assert_eq!(window.state().staffed.open_says("narrative"), Some("Течёт\nкрыша"));
    }
}

#[test]
fn enter_in_a_number_of_a_member_hands_nothing_in() {
    let Seen { mut window, .. } = at_a_form();
    type_and_enter(&mut window, "Тестова");
    press(&mut window, Key::F6);
    type_and_enter(&mut window, "Дана");
    press(&mut window, Key::F10);
    until(&mut window, |app| app.staffed.last_saved().is_some());
    open_first(&mut window, "Тестова");
    press(&mut window, Key::F7);
    let phone = term(Term::Phone, Tongue::Ru);
    window.get_all_by_label(&phone).last().unwrap().focus();
    window.run_steps(2);
    type_and_enter(&mut window, "87011234567");
    assert!(window.state().staffed.is_at_a_form());
    assert_eq!(form(&window).members[0].phone, "87011234567");
}

#[test]
fn escape_at_a_form_takes_the_keyboard_from_nobody() {
    let Seen { mut window, .. } = at_a_form();
    text(&mut window, "Тес");
    press(&mut window, Key::Escape);
    text(&mut window, "това");
    assert_eq!(form(&window).head.family_name, "Това".replace('Т', "Тест"));
}

#[test]
fn a_child_of_whom_only_the_name_is_known_is_a_child_alone() {
    let Seen { mut window, .. } = at_a_form();
    press(&mut window, Key::F4);
    press(&mut window, Key::F10);
    assert!(window.get_all_by_label(Msg::WrongNothingKnown.in_(Tongue::Ru)).count() >= 1);
    focus(&mut window, Term::GivenName);
    text(&mut window, "Дана");
    press(&mut window, Key::F10);
    until(&mut window, |app| app.staffed.last_saved().is_some());
    press(&mut window, Key::F3);
    until(&mut window, |app| app.staffed.has_found(1));
    assert!(window.state().staffed.first_found_is_a_child_alone());
    // One volunteer does not hide a child: it is on top of the list until the office has looked.
    press(&mut window, Key::Enter);
    until(&mut window, |app| app.staffed.has_a_case_open());
    let void = Msg::Void.in_(Tongue::Ru);
    window.get_by_role_and_label(AccessRole::Button, void).click_accesskit();
    window.run_steps(3);
    type_and_enter(&mut window, "по ошибке");
    let waits = Msg::VoidWaits.in_(Tongue::Ru);
    until_said(&mut window, waits);
    assert_ne!(window.state().staffed.open_status(), Some(beket_model::Status::Void));
    press(&mut window, Key::F3);
    until(&mut window, |app| app.staffed.has_found(1));
    assert!(window.state().staffed.first_found_is_a_child_alone());
}

#[test]
fn a_line_that_was_scanned_twice_spoils_no_document() {
    let Seen { mut window, .. } = at_a_form();
    let card = [
        "IDKAZ0123456784850101399996<<<",
        "8501019M3001019KAZ<<<<<<<<<<<2",
        "TESTOV<<SYNTHETIC<<<<<<<<<<<<<",
    ];
    type_and_enter(&mut window, card[0]);
    for line in card {
        type_and_enter(&mut window, line);
    }
    window.get_by_label(Msg::Scanned.in_(Tongue::Ru));
    assert_eq!(form(&window).head.iin, "850101399996");
    // Another person's card: what stands there stays, and that is said.
    focus(&mut window, Term::Iin);
    for _ in 0..12 {
        press(&mut window, Key::Backspace);
    }
    text(&mut window, "900101300014");
    focus(&mut window, Term::FamilyName);
    for line in card {
        type_and_enter(&mut window, line);
    }
    window.get_by_label(Msg::ScanDiffers.in_(Tongue::Ru));
    assert_eq!(form(&window).head.iin, "900101300014");
}

#[test]
fn a_coupon_is_read_also_where_no_field_waits_for_it() {
    let Seen { mut window, .. } = at_a_form();
    register(&mut window, "Тестова", "Анна");
    let number = window.state().staffed.last_saved().unwrap().to_owned();
    press(&mut window, Key::F12);
    type_and_enter(&mut window, &number);
    until(&mut window, |app| app.staffed.has_a_case_open());
    assert_eq!(window.state().staffed.open_says("reference"), Some(number.as_str()));
    // And in the search, under the Kazakh layout.
    press(&mut window, Key::F3);
    type_and_enter(&mut window, "ЕКЛөФөқққ\"өР");
    until(&mut window, |app| app.staffed.has_a_case_open());
}

#[test]
fn digits_typed_under_the_kazakh_layout_are_digits() {
    let Seen { mut window, .. } = kiosk(None);
    speak(&mut window, Tongue::Ru);
    until(&mut window, |app| app.staffed.is_asking_who());
    // 2748, and then 34.
    join(&mut window, "Айгүл", "ә.ңү", None);
    type_and_enter(&mut window, "Тестова");
    for _ in 0..2 {
        type_and_enter(&mut window, "");
    }
    type_and_enter(&mut window, "ің");
    assert_eq!(form(&window).head.born, "34");
    press(&mut window, Key::F9);
    type_and_enter(&mut window, "2748");
    until(&mut window, |app| app.staffed.is_at_a_form());
}

#[test]
fn whoever_stands_before_a_locked_screen_does_not_let_themselves_in() {
    let Seen { mut window, .. } = at_a_form();
    press(&mut window, Key::F9);
    let add = Msg::AddVolunteer.in_(Tongue::Ru);
    window.get_all_by_role_and_label(AccessRole::Button, add).next().unwrap().click();
    window.run_steps(3);
    type_and_enter(&mut window, "Ерлан");
    for attempt in 1..=5 {
        for typed in ["9999", "9999"] {
            type_and_enter(&mut window, typed);
        }
        let (wrong, many) = (Msg::WrongPin.in_(Tongue::Ru), Say::TooManyPins.in_(Tongue::Ru));
        until_said(&mut window, if attempt < 5 { wrong } else { many });
        window.run_steps(3);
    }
    press(&mut window, Key::F9);
    let name = window.get_by_role_and_label(AccessRole::Button, "Айгүл");
    name.click();
    window.run_steps(3);
    type_and_enter(&mut window, "2748");
    assert!(window.state().staffed.is_asking_who(), "not for a while");
    let now = window.ctx.input(|input| input.time);
    window.input_mut().time = Some(now + 31.0);
    window.run_steps(2);
    type_and_enter(&mut window, "2748");
    until(&mut window, |app| app.staffed.is_at_a_form());
}

#[test]
fn a_record_bears_the_language_that_the_screen_speaks_when_it_is_saved() {
    let Seen { mut window, .. } = kiosk(None);
    enter(&mut window);
    speak(&mut window, Tongue::Ru);
    register(&mut window, "Тестова", "Анна");
    open_first(&mut window, "Тестова");
    assert_eq!(window.state().staffed.open_says("language"), Some("ru"));
    assert_eq!(window.state().staffed.open_says("incident"), Some("ARYS-2019"));
    write_apart(&mut window, "person.phone", ["+77011234567", "+77029876543"]);
    until(&mut window, |app| app.staffed.open_conflicts() == Some(1));
}

#[test]
fn what_is_missing_is_said_when_a_form_is_saved_and_never_blocks_it() {
    for (tongue, _) in Tongue::ALL {
        let Seen { mut window, .. } = kiosk(None);
        speak(&mut window, tongue);
        enter(&mut window);
        register(&mut window, "Тестова", "Анна");
        let told = format!("{:?}", window.root());
        let missing = format!("{}: ", capital(Msg::NotGiven.in_(tongue)));
        assert!(told.contains(&missing), "{tongue:?}");
        assert!(told.contains(Term::Phone.in_(tongue)) && told.contains(Term::Iin.in_(tongue)));
    }
}

#[test]
fn enter_goes_from_field_to_field_of_a_case_that_is_mended() {
    let Seen { mut window, .. } = at_a_form();
    register(&mut window, "Тестова", "Анна");
    let number = window.state().staffed.last_saved().unwrap().to_owned();
    type_and_enter(&mut window, &number);
    until(&mut window, |app| app.staffed.has_a_case_open());
    window.key_press(Key::F7);
    window.step();
    for _ in 0..4 {
        window.key_press(Key::Enter);
        window.step();
        window.step();
        window.step();
    }
    assert!(is_focused(&window, &term(Term::Phone, Tongue::Ru)));
}

#[test]
fn the_keyboard_goes_down_a_list_that_is_longer_than_the_screen() {
    let Seen { mut window, folder: _folder } = at_a_form();
    let names: Vec<String> = ('А'..='О').map(|letter| format!("Анна{letter}")).collect();
    for name in &names {
        register(&mut window, "Тестова", name);
    }
    press(&mut window, Key::F3);
    text(&mut window, "Тестова");
    until(&mut window, |app| app.staffed.has_found(names.len()));
    window.run_steps(3);
    for _ in &names {
        press(&mut window, Key::Tab);
        window.run_steps(40);
        let here = focused(&window).unwrap();
        assert!(here.says.contains("Тестова"), "{}", here.says);
        assert!(here.seen.expand(1.0).contains_rect(here.rect), "{} of {}", here.seen, here.rect);
    }
}
