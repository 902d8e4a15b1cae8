//! A whole shift as it goes: unlocked at the start, two volunteers who take turns, a queue, a child
//! alone, somebody found and mended, a power cut, and the next day.

use beket_words::Term;
use eframe::egui::{Key, Role as AccessRole};
use egui_kittest::kittest::Queryable;

use super::walks::{enter, open_first, press, register, type_and_enter};
use super::*;
use crate::languages::{Msg, capital};

const PASSPHRASE: &str = "қызыл алма ағашы";

/// Unlocks, and one of the volunteers says who they are.
fn begin(window: &mut Window, name: &str, pin: &str) {
    until(window, |app| app.state.locked);
    let passphrase = Msg::Passphrase.in_(window.state().tongue);
    window.get_by_label(passphrase).type_text(PASSPHRASE);
    press(window, Key::Enter);
    until(window, |app| app.staffed.is_asking_who());
    take_over(window, name, pin);
}

/// A volunteer who is known already takes over.
fn take_over(window: &mut Window, name: &str, pin: &str) {
    window.get_by_role_and_label(AccessRole::Button, name).click();
    window.run_steps(3);
    type_and_enter(window, pin);
    until(window, |app| app.staffed.is_at_a_form());
}

/// Somebody new is added; one of those who work here already vouches for them.
pub(super) fn join(window: &mut Window, name: &str, pin: &str, vouched: Option<&str>) {
    // The first of all finds no list to add to.
    if window.state().staffed.knows_somebody() {
        let add = Msg::AddVolunteer.in_(window.state().tongue);
        window.get_all_by_role_and_label(AccessRole::Button, add).next().unwrap().click();
        window.run_steps(3);
    }
    for text in [name, pin].into_iter().chain(vouched) {
        type_and_enter(window, text);
    }
    until(window, |app| app.staffed.is_at_a_form());
}

fn history(window: &Window) -> String {
    format!("{:?}", window.root())
}

#[test]
fn a_shift_from_the_passphrase_to_the_next_morning_in_every_language() {
    for (tongue, _) in Tongue::ALL {
        shift(tongue);
    }
}

fn shift(tongue: Tongue) {
    let Seen { mut window, folder } = kiosk(Some(PASSPHRASE));
    speak(&mut window, tongue);
    until(&mut window, |app| app.state.locked);
    window.get_by_label(Msg::Passphrase.in_(tongue)).type_text("не та фраза");
    press(&mut window, Key::Enter);
    let wrong = trouble(tongue, &crate::KioskError::WrongPassphrase);
    until_said(&mut window, wrong);
    window.get_by_label(Msg::Passphrase.in_(tongue)).type_text(PASSPHRASE);
    press(&mut window, Key::Enter);
    until(&mut window, |app| app.staffed.is_asking_who());

    // The queue of the first volunteer.
    join(&mut window, "Айгүл", "2748", None);
    for (family, given) in [("Смағұлова", "Айна"), ("Ким", "Виктор"), ("Әбдіқадыр", "Қайрат")]
    {
        register(&mut window, family, given);
    }
    // A child alone comes next: one key.
    press(&mut window, Key::F4);
    type_and_enter(&mut window, "2-перрон");
    press(&mut window, Key::F10);
    until(&mut window, |app| app.staffed.last_saved().is_some_and(|n| n.contains("0004")));

    // The second volunteer takes over, finds somebody in another spelling and mends them.
    press(&mut window, Key::F9);
    join(&mut window, "Ерлан", "3141", Some("2748"));
    press(&mut window, Key::F2);
    open_first(&mut window, "Kairat");
    press(&mut window, Key::F7);
    let phone = capital(Term::Phone.in_(tongue));
    window.get_by_label(&phone).focus();
    window.run_steps(2);
    window.event(egui::Event::Text("87011234567".to_owned()));
    window.run_steps(2);
    press(&mut window, Key::F10);
    until(&mut window, |app| app.staffed.open_says("person.phone") == Some("+77011234567"));
    let told = history(&window);
    assert!(told.contains("Ерлан · TRK-A") && told.contains("Айгүл · TRK-A"), "who did what");
    press(&mut window, Key::Escape);

    // The power goes in the middle of a form.
    window.event(egui::Event::Text("Жартылай".to_owned()));
    window.run_steps(3);
    drop(window);

    // The next morning.
    let mut window = open(folder.path(), Vec2::new(1280.0, 800.0));
    speak(&mut window, tongue);
    begin(&mut window, "Айгүл", "2748");
    let family = capital(Term::FamilyName.in_(tongue));
    assert_eq!(window.get_by_label(&family).value().as_deref(), Some("Жартылай"));
    press(&mut window, Key::F10);
    until(&mut window, |app| app.staffed.last_saved().is_some_and(|n| n.contains("0005")));
    press(&mut window, Key::F3);
    until(&mut window, |app| app.staffed.has_found(5));
    assert!(window.state().staffed.first_found_is_a_child_alone());
}

#[test]
fn a_screen_that_was_left_alone_locks_and_keeps_its_form() {
    let Seen { mut window, .. } = kiosk(None);
    enter(&mut window);
    press(&mut window, Key::F12);
    let two = format!("{}: 2", Msg::LockAfter.in_(Tongue::Kk));
    window.get_by_role_and_label(AccessRole::RadioButton, &two).click();
    until(&mut window, |app| app.state.stand.locks_after() == 2);
    press(&mut window, Key::F2);
    window.event(egui::Event::Text("Жартылай".to_owned()));
    window.run_steps(2);
    let now = window.ctx.input(|input| input.time);
    window.input_mut().time = Some(now + 60.0);
    window.run_steps(2);
    assert!(window.state().staffed.is_at_a_form(), "not yet");
    // No frame was drawn meanwhile, and the first to touch it is anybody.
    window.input_mut().time = Some(now + 200.0);
    window.event(egui::Event::Text("Бөтен".to_owned()));
    window.run_steps(2);
    assert!(window.state().staffed.is_asking_who());
    press(&mut window, Key::F3);
    assert!(window.state().staffed.is_asking_who(), "no key leads past it");
    type_and_enter(&mut window, "2748");
    until(&mut window, |app| app.staffed.is_at_a_form());
    let family = window.get_by_label(&capital(Term::FamilyName.in_(Tongue::Kk))).value();
    assert_eq!(family.as_deref(), Some("Жартылай"));
}
