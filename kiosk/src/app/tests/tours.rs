//! Through every screen that a volunteer sees, in one language, from the locked kiosk on.
//!
//! `BEKET_GALLERY=DIR cargo test -p beket-kiosk --lib cut_off` leaves a picture of each in a folder,
//! for whoever looks at them.

use beket_words::Term;
use eframe::egui::{Key, Role};
use egui_kittest::kittest::Queryable;

use super::walks::{open_first, press, type_and_enter, write_apart};
use super::*;
use crate::languages::{Msg, capital};

pub(super) const PASSPHRASE: &str = "қызыл алма ағашы";

/// Leaves a picture in the gallery, where one is wanted.
pub(super) fn gallery(window: &mut Window, what: &str) {
    let Some(folder) = std::env::var_os("BEKET_GALLERY") else { return };
    let name = format!("{}.png", what.replace(' ', "-"));
    window.render().unwrap().save(Path::new(&folder).join(name)).unwrap();
}

/// Walks through all of them, calling `picture` at each with its name. The kiosk is locked with
/// [`PASSPHRASE`] and nobody has a PIN yet.
pub(super) fn staffed(
    window: &mut Window,
    tongue: Tongue,
    mut picture: impl FnMut(&mut Window, &str),
) {
    let mut look = |window: &mut Window, screen: &str| {
        window.run_steps(2);
        until(window, |app| app.staffed.is_compared());
        picture(window, screen);
    };
    speak(window, tongue);
    until(window, |app| app.state.locked);
    look(window, "unlock");
    window.get_by_label(Msg::Passphrase.in_(tongue)).type_text(PASSPHRASE);
    press(window, Key::Enter);
    until(window, |app| app.staffed.is_asking_who());
    look(window, "first volunteer");
    type_and_enter(window, "Айгүл");
    type_and_enter(window, "2748");
    until(window, |app| app.staffed.is_at_a_form());
    forms(window, tongue, &mut look);
    press(window, Key::F3);
    until(window, |app| app.staffed.has_found(3));
    look(window, "search");
    cases(window, tongue, &mut look);
    press(window, Key::F12);
    look(window, "ready");
    press(window, Key::F9);
    look(window, "who");
    let add = Msg::AddVolunteer.in_(tongue);
    window.get_by_role_and_label(Role::Button, add).click();
    window.run_steps(3);
    look(window, "adding");
}

fn forms(window: &mut Window, tongue: Tongue, look: &mut impl FnMut(&mut Window, &str)) {
    look(window, "form");
    press(window, Key::F10);
    look(window, "nothing to save");
    household(window);
    look(window, "household");
    save(window);
    look(window, "saved");
    type_and_enter(window, "Smagulova");
    window.event(egui::Event::Text("Aigul".to_owned()));
    until(window, |app| app.staffed.sees_alike(1));
    look(window, "here already");
    for (kind, name) in [
        (Term::Passenger, "passenger"),
        (Term::Appeal, "appeal"),
        (Term::Enquiry, "enquiry"),
        (Term::Evacuee, "evacuee"),
    ] {
        let kind = format!("{}: {}", Term::KindOf.in_(tongue), capital(kind.in_(tongue)));
        window.get_by_role_and_label(Role::RadioButton, &kind).click();
        window.run_steps(3);
        look(window, name);
    }
    save(window);
    press(window, Key::F4);
    type_and_enter(window, "2-перрон");
    type_and_enter(window, "полиция");
    look(window, "child alone");
    save(window);
}

/// A mother and two children.
fn household(window: &mut Window) {
    for text in ["Смағұлова", "Айгүл", "Серікқызы", "1985-01-01"] {
        type_and_enter(window, text);
    }
    window.event(egui::Event::Text("87011234567".to_owned()));
    for (name, age) in [("Дана", "7"), ("Ернар", "4")] {
        press(window, Key::F6);
        type_and_enter(window, name);
        window.event(egui::Event::Text(age.to_owned()));
        window.run_steps(2);
    }
}

fn save(window: &mut Window) {
    let before = window.state().staffed.last_saved().map(str::to_owned);
    press(window, Key::F10);
    until(window, |app| app.staffed.last_saved().is_some_and(|now| Some(now) != before.as_deref()));
}

fn cases(window: &mut Window, tongue: Tongue, look: &mut impl FnMut(&mut Window, &str)) {
    open_first(window, "Смағұлова");
    look(window, "case");
    press(window, Key::F7);
    look(window, "mending");
    window.event(egui::Event::Text("қате".to_owned()));
    window.run_steps(2);
    press(window, Key::F2);
    look(window, "waiting");
    let waits = Msg::Mending.in_(tongue);
    window.get_by(|node| node.label().is_some_and(|it| it.starts_with(waits))).click();
    window.run_steps(4);
    press(window, Key::Escape);
    look(window, "leaving");
    press(window, Key::Escape);
    until(window, |app| app.staffed.has_a_case_open());
    write_apart(window, "person.phone", ["+77011234567", "+77029876543"]);
    until(window, |app| app.staffed.open_conflicts() == Some(1));
    look(window, "conflict");
    let void = Msg::Void.in_(tongue);
    window.get_by_role_and_label(Role::Button, void).click_accesskit();
    window.run_steps(3);
    look(window, "voiding");
    press(window, Key::Escape);
    press(window, Key::F3);
    until(window, |app| app.staffed.first_found_is_a_child_alone());
    press(window, Key::Enter);
    until(window, |app| app.staffed.has_a_case_open());
    window.get_by_role_and_label(Role::Button, void).click_accesskit();
    window.run_steps(3);
    type_and_enter(window, "қате");
    until_said(window, Msg::VoidWaits.in_(tongue));
    look(window, "void waits");
}
