//! Walks through the application, by what a screen reader would read out.

use eframe::egui::{Key, Role};
use egui_kittest::kittest::{NodeT, Queryable};

use super::*;
use crate::languages::{Msg, capital};
use beket_words::Term;

/// Adds a volunteer and comes to an empty form.
pub(super) fn enter(window: &mut Window) {
    until(window, |app| app.staffed.is_asking_who());
    let tongue = window.state().tongue;
    window.get_by_label(Msg::YourName.in_(tongue)).type_text("Айгүл");
    window.key_press(Key::Enter);
    window.run_steps(3);
    let pin = format!("{} · {}", Msg::Pin.in_(tongue), Msg::PinHelp.in_(tongue));
    window.get_by_label(&pin).type_text("2748");
    window.key_press(Key::Enter);
    until(window, |app| app.staffed.is_at_a_form());
}

pub(super) fn term(term: Term, tongue: Tongue) -> String {
    capital(term.in_(tongue))
}

/// Types into the field that has the focus, and goes on.
pub(super) fn type_and_enter(window: &mut Window, text: &str) {
    window.event(egui::Event::Text(text.to_owned()));
    window.run_steps(1);
    window.key_press(Key::Enter);
    window.run_steps(3);
}

pub(super) fn press(window: &mut Window, key: Key) {
    window.key_press(key);
    window.run_steps(3);
}

pub(super) fn is_focused(window: &Window, label: &str) -> bool {
    window.get_all_by_label(label).any(|node| node.is_focused())
}

#[test]
fn a_household_is_registered_from_the_keyboard_alone_in_every_language() {
    for (tongue, _) in Tongue::ALL {
        let Seen { mut window, .. } = kiosk(None);
        speak(&mut window, tongue);
        enter(&mut window);
        assert!(is_focused(&window, &term(Term::FamilyName, tongue)), "{tongue:?}");
        type_and_enter(&mut window, "Смағұлова");
        type_and_enter(&mut window, "Айгүл");
        type_and_enter(&mut window, "Серікқызы");
        assert!(is_focused(&window, Msg::Born.in_(tongue)));
        type_and_enter(&mut window, "34");
        assert!(is_focused(&window, &term(Term::Phone, tongue)));
        window.event(egui::Event::Text("87011234567".to_owned()));
        for (name, age) in [("Дана", "7"), ("Ернар", "4"), ("Сәуле", "1")] {
            press(&mut window, Key::F6);
            type_and_enter(&mut window, name);
            window.event(egui::Event::Text(age.to_owned()));
            window.run_steps(2);
        }
        press(&mut window, Key::F10);
        until(&mut window, |app| app.staffed.last_saved().is_some());
        let said = window.state().staffed.last_saved().unwrap().to_owned();
        assert!(said.starts_with("TRK-A-0001"), "{said}");
        assert!(is_focused(&window, &term(Term::FamilyName, tongue)), "the next in the queue");

        press(&mut window, Key::F3);
        until(&mut window, |app| app.staffed.has_found(1));
        window.get_by_role_and_label(Role::Button, &format!("Смағұлова Айгүл Серікқызы {said}"));
        // Enter opens whom the words find, not whom the letters before them found.
        type_and_enter(&mut window, "Sauле");
        until(&mut window, |app| app.staffed.has_a_case_open());
    }
}

#[test]
fn a_form_with_a_wrong_field_is_not_taken_and_says_where() {
    for (tongue, _) in Tongue::ALL {
        let Seen { mut window, .. } = kiosk(None);
        speak(&mut window, tongue);
        enter(&mut window);
        press(&mut window, Key::F10);
        window.get_by_label_contains(Msg::ClashingFields.in_(tongue));
        assert!(is_focused(&window, &term(Term::FamilyName, tongue)));
        type_and_enter(&mut window, "Тестова");
        type_and_enter(&mut window, "");
        type_and_enter(&mut window, "");
        type_and_enter(&mut window, "32.13.1985");
        press(&mut window, Key::F10);
        assert!(is_focused(&window, Msg::Born.in_(tongue)));
        assert!(window.get_all_by_label(Msg::WrongBorn.in_(tongue)).count() >= 1);
        assert!(window.state().staffed.last_saved().is_none());
    }
}

#[test]
fn somebody_who_is_here_already_appears_while_they_are_typed_again() {
    let Seen { mut window, .. } = kiosk(None);
    enter(&mut window);
    type_and_enter(&mut window, "Смағұлова");
    type_and_enter(&mut window, "Айгүл");
    press(&mut window, Key::F10);
    until(&mut window, |app| app.staffed.last_saved().is_some());
    type_and_enter(&mut window, "Smagulova");
    window.event(egui::Event::Text("Aigul".to_owned()));
    until(&mut window, |app| app.staffed.sees_alike(1));
    window.get_by_label("тегі бірдей, аты бірдей");
}

#[test]
fn a_child_alone_is_one_key_away_and_comes_first_in_the_list() {
    for (tongue, _) in Tongue::ALL {
        let Seen { mut window, .. } = kiosk(None);
        speak(&mut window, tongue);
        enter(&mut window);
        type_and_enter(&mut window, "Бірінші");
        press(&mut window, Key::F10);
        until(&mut window, |app| app.staffed.last_saved().is_some());
        press(&mut window, Key::F4);
        type_and_enter(&mut window, "2-перрон");
        press(&mut window, Key::F10);
        until(&mut window, |app| app.staffed.last_saved().is_some_and(|n| n.contains("0002")));
        press(&mut window, Key::F2);
        type_and_enter(&mut window, "Үшінші");
        press(&mut window, Key::F10);
        until(&mut window, |app| app.staffed.last_saved().is_some_and(|n| n.contains("0003")));
        press(&mut window, Key::F3);
        until(&mut window, |app| app.staffed.has_found(3));
        assert!(window.state().staffed.first_found_is_a_child_alone());
    }
}

#[test]
fn a_draft_is_on_the_screen_again_after_the_window_was_gone() {
    let Seen { mut window, folder } = kiosk(Some("қызыл алма ағашы"));
    let unlock = |window: &mut Window| {
        until(window, |app| app.state.locked);
        window.get_by_label(Msg::Passphrase.in_(Tongue::Kk)).type_text("қызыл алма ағашы");
        press(window, Key::Enter);
        until(window, |app| app.staffed.is_asking_who());
    };
    unlock(&mut window);
    enter(&mut window);
    type_and_enter(&mut window, "Жартылай");
    window.event(egui::Event::Text("Толты".to_owned()));
    window.run_steps(3);
    drop(window);

    let mut window = open(folder.path(), Vec2::new(1280.0, 800.0));
    unlock(&mut window);
    window.get_by_label(Msg::Pin.in_(Tongue::Kk)).type_text("2748");
    press(&mut window, Key::Enter);
    until(&mut window, |app| app.staffed.is_at_a_form());
    let value = |label: Term| window.get_by_label(&term(label, Tongue::Kk)).value();
    assert_eq!(value(Term::FamilyName).as_deref(), Some("Жартылай"));
    assert_eq!(value(Term::GivenName).as_deref(), Some("Толты"));
}

#[test]
fn a_case_is_opened_voided_with_a_reason_and_told_in_its_history() {
    for (tongue, _) in Tongue::ALL {
        let Seen { mut window, .. } = kiosk(None);
        speak(&mut window, tongue);
        enter(&mut window);
        type_and_enter(&mut window, "Тестова");
        press(&mut window, Key::F10);
        until(&mut window, |app| app.staffed.last_saved().is_some());
        press(&mut window, Key::F3);
        until(&mut window, |app| app.staffed.has_found(1));
        press(&mut window, Key::Enter);
        until(&mut window, |app| app.staffed.has_a_case_open());
        window.get_by_label(&term(Term::History, tongue));
        window.get_by_role_and_label(Role::Button, Msg::Void.in_(tongue)).click_accesskit();
        window.run_steps(3);
        window.get_by_label(Msg::VoidReason.in_(tongue));
        type_and_enter(&mut window, "taken twice");
        until(&mut window, |app| app.staffed.open_status() == Some(beket_model::Status::Void));
        press(&mut window, Key::Escape);
        assert!(window.state().staffed.is_at_a_form());
    }
}

/// Registers somebody by surname and given name.
pub(super) fn register(window: &mut Window, family: &str, given: &str) {
    let before = window.state().staffed.last_saved().map(str::to_owned);
    type_and_enter(window, family);
    type_and_enter(window, given);
    press(window, Key::F10);
    until(window, |app| app.staffed.last_saved().is_some_and(|now| Some(now) != before.as_deref()));
}

pub(super) fn open_first(window: &mut Window, typed: &str) {
    press(window, Key::F3);
    type_and_enter(window, typed);
    until(window, |app| app.staffed.has_a_case_open());
}

/// A volunteer at the case of Айгүл, the only one there is.
fn with_a_case_open(tongue: Tongue) -> Seen {
    let Seen { mut window, folder } = kiosk(None);
    speak(&mut window, tongue);
    enter(&mut window);
    register(&mut window, "Смағұлова", "Айгүл");
    open_first(&mut window, "Смағұлова");
    Seen { folder, window }
}

#[test]
fn a_case_is_mended_while_another_form_waits_as_it_was() {
    for (tongue, _) in Tongue::ALL {
        let Seen { mut window, .. } = kiosk(None);
        speak(&mut window, tongue);
        enter(&mut window);
        register(&mut window, "Смағұлова", "Айгүл");
        type_and_enter(&mut window, "Жартылай");
        open_first(&mut window, "Смагулова");
        press(&mut window, Key::F7);
        window.get_by_label(&format!("{}: Смағұлова Айгүл", Msg::Mending.in_(tongue)));
        let phone = term(Term::Phone, tongue);
        window.get_by_label(&phone).focus();
        window.run_steps(2);
        window.event(egui::Event::Text("8 702 123 45 67".to_owned()));
        window.run_steps(2);
        press(&mut window, Key::F10);
        until(&mut window, |app| app.staffed.has_a_case_open());
        until(&mut window, |app| app.staffed.open_says("person.phone") == Some("+77021234567"));
        press(&mut window, Key::Escape);
        let family = window.get_by_label(&term(Term::FamilyName, tongue)).value();
        assert_eq!(family.as_deref(), Some("Жартылай"));
    }
}

#[test]
fn leaving_a_mended_form_leaves_the_case_as_it_was() {
    for (tongue, _) in Tongue::ALL {
        let Seen { mut window, .. } = with_a_case_open(tongue);
        press(&mut window, Key::F7);
        window.event(egui::Event::Text("қате".to_owned()));
        window.run_steps(2);
        press(&mut window, Key::Escape);
        window.get_by_label(Msg::LeavingMended.in_(tongue));
        assert!(window.state().staffed.is_at_a_form(), "one slip loses nothing");
        press(&mut window, Key::Escape);
        until(&mut window, |app| app.staffed.has_a_case_open());
        assert_eq!(window.state().staffed.open_says("person.family_name"), Some("Смағұлова"));
    }
}

#[test]
fn an_edit_is_taken_back_and_done_again_with_one_key_in_every_language() {
    for (tongue, _) in Tongue::ALL {
        let Seen { mut window, .. } = with_a_case_open(tongue);
        press(&mut window, Key::F7);
        window.event(egui::Event::Text("қате".to_owned()));
        window.run_steps(2);
        press(&mut window, Key::F10);
        let named = |window: &mut Window, name: &str| {
            until(window, |app| app.staffed.open_says("person.family_name") == Some(name));
        };
        named(&mut window, "Смағұловақате");
        window.get_by_label(&format!("F5 · {}", Msg::UndoKey.in_(tongue)));
        press(&mut window, Key::F5);
        named(&mut window, "Смағұлова");
        press(&mut window, Key::F5);
        named(&mut window, "Смағұловақате");
    }
}

#[test]
fn whether_the_kiosk_is_ready_for_the_field_is_one_key_away() {
    for (tongue, _) in Tongue::ALL {
        let Seen { mut window, .. } = kiosk(None);
        speak(&mut window, tongue);
        enter(&mut window);
        press(&mut window, Key::F12);
        window.get_by_label(Msg::NotReady.in_(tongue));
        window.get_by_label(&format!("○ {}", Msg::AdmittedUnknown.in_(tongue)));
        let advice = window.query_all_by_label(Msg::ContactHelp.in_(tongue)).count();
        assert_eq!(advice, 1, "the same advice for several is given once");
    }
}

#[test]
fn somebody_who_is_here_already_is_suggested_to_the_office_with_the_new_form() {
    for (tongue, _) in Tongue::ALL {
        let Seen { mut window, .. } = kiosk(None);
        speak(&mut window, tongue);
        enter(&mut window);
        register(&mut window, "Смағұлова", "Айгүл");
        type_and_enter(&mut window, "Smagulova");
        window.event(egui::Event::Text("Aigul".to_owned()));
        until(&mut window, |app| app.staffed.sees_alike(1));
        let known = window.get_all_by_role(Role::Button).find(|node| {
            node.accesskit_node().label().is_some_and(|name| name.starts_with("Смағұлова Айгүл"))
        });
        known.unwrap().click();
        until(&mut window, |app| app.staffed.has_a_case_open());
        let known = window.state().staffed.open_case_id().unwrap();
        let same = Msg::SamePersonAsForm.in_(tongue);
        window.get_by_role_and_label(Role::Button, same).click();
        window.run_steps(3);
        assert!(window.state().staffed.is_at_a_form());
        press(&mut window, Key::F10);
        until(&mut window, |app| app.staffed.last_saved().is_some_and(|n| n.contains("0002")));
        open_first(&mut window, "0002");
        let said = window.state().staffed.open_says("suggested_links");
        assert!(said.is_none(), "a list, not a text");
        let suggested = window.state().staffed.open_value("suggested_links").unwrap();
        assert_eq!(suggested[0]["case"], known.to_string());
        assert_eq!(suggested[0]["kind"], "same_person");
    }
}

#[test]
fn a_card_fills_the_form_and_a_coupon_opens_its_case_whatever_layout_is_active() {
    for (tongue, _) in Tongue::ALL {
        let Seen { mut window, .. } = kiosk(None);
        speak(&mut window, tongue);
        enter(&mut window);
        // The scanner's keys under the Kazakh layout, of the synthetic card in the facts.
        for line in [
            "ШВЛФЯқ\"әіңғ,.үңүғқ\"қ\"іұұұұ,БББ",
            "үғқ\"қ\"ұЬіққ\"қ\"ұЛФЯБББББББББББә",
            "ЕУЫЕЩМББЫНТЕРУЕШСБББББББББББББ",
        ] {
            type_and_enter(&mut window, line);
        }
        let value = |window: &Window, label: &str| window.get_by_label(label).value().unwrap();
        assert_eq!(value(&window, &term(Term::FamilyName, tongue)), "Testov");
        assert_eq!(value(&window, &term(Term::Iin, tongue)), "850101399996");
        assert_eq!(value(&window, Msg::Born.in_(tongue)), "1985-01-01");
        press(&mut window, Key::F10);
        until(&mut window, |app| app.staffed.last_saved().is_some());
        let reference = window.state().staffed.last_saved().unwrap().to_owned();
        type_and_enter(&mut window, &reference);
        until(&mut window, |app| app.staffed.has_a_case_open());
        assert_eq!(window.state().staffed.open_says("reference"), Some(reference.as_str()));
    }
}

#[test]
fn a_plug_on_the_screen_of_a_demonstration_is_pulled_and_put_back_and_stands_on_no_other() {
    let Seen { mut window, .. } = kiosk(None);
    speak(&mut window, Tongue::En);
    let [pull, put] = [Msg::PullPlug, Msg::PutPlugBack].map(|msg| msg.in_(Tongue::En));
    assert!(window.query_by_label(pull).is_none());
    window.state_mut().shows_plug = true;
    enter(&mut window);
    window.get_by_label(pull).click();
    window.run_steps(3);
    assert!(window.state().desk.plug.is_out());
    until(&mut window, |app| app.state.link == crate::desk::LinkState::NoConnection);
    window.get_by_label(&term(Term::FamilyName, Tongue::En)).focus();
    window.run_steps(2);
    register(&mut window, "Тестова", "Дана");
    window.get_by_label(put).click();
    window.run_steps(3);
    assert!(!window.state().desk.plug.is_out());
}

/// Two hands write one field on the same state of the case that is open.
pub(super) fn write_apart(window: &mut Window, path: &str, values: [&str; 2]) {
    let (case, seen) = window.state().staffed.open_case_and_heads().unwrap();
    for (by, value) in ["Ерлан", "Сәуле"].into_iter().zip(values) {
        let change = crate::Change::Fields(vec![(path.to_owned(), value.into())]);
        let (seen, by) = (seen.clone(), Some(by.to_owned()));
        window.state().desk.want(crate::desk::Intent::Edit { case, change, seen, by });
    }
}

#[test]
fn a_conflict_is_told_in_sentences_and_settled_in_every_language() {
    for (tongue, _) in Tongue::ALL {
        let Seen { mut window, .. } = with_a_case_open(tongue);
        write_apart(&mut window, "person.phone", ["+77011234567", "+77029876543"]);
        until(&mut window, |app| app.staffed.open_conflicts() == Some(1));
        let title = format!("≠ {}", term(Term::Phone, tongue));
        assert_eq!(window.get_all_by_label(&title).count(), 2, "above, and at its place below");
        let told = format!("{:?}", window.root());
        for said in ["Ерлан (TRK-A, ", "Сәуле (TRK-A, ", "+77011234567", "+77029876543"] {
            assert!(told.contains(said), "{tongue:?}: {said}");
        }
        let keep = format!("{}: +77011234567", Msg::Keep.in_(tongue));
        window.get_by_role_and_label(Role::Button, &keep).click_accesskit();
        until(&mut window, |app| app.staffed.open_conflicts() == Some(0));
        assert_eq!(window.state().staffed.open_says("person.phone"), Some("+77011234567"));
    }
}
