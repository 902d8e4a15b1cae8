//! A case is mended to its last field: where everybody is, how they travelled, the places of the
//! classifier, what an appeal is about.

use beket_model::{Kind, Whereabouts};
use beket_words::{Term, Tongue, fields, places, status};
use eframe::egui::accesskit::Role as AccessRole;
use eframe::egui::{self, Key};
use egui_kittest::kittest::Queryable;

use super::geometry::focused;
use super::hurdles::form;
use super::walks::{enter, open_first, press, term, type_and_enter};
use super::*;
use crate::languages::{Msg, capital};
use crate::screens::kind_word;

/// Clicks one of a few.
fn choose(window: &mut Window, of: &str, word: &str) {
    let label = format!("{of}: {word}");
    window.get_by_role_and_label(AccessRole::RadioButton, &label).click_accesskit();
    window.run_steps(3);
}

fn write(window: &mut Window, label: &str, text: &str) {
    window.get_by_label(label).focus();
    window.run_steps(2);
    window.event(egui::Event::Text(text.to_owned()));
    window.run_steps(2);
}

fn save(window: &mut Window) {
    press(window, Key::F10);
    until(window, |app| app.staffed.has_a_case_open());
}

fn at_home(tongue: Tongue) -> Seen {
    let Seen { mut window, folder } = kiosk(None);
    speak(&mut window, tongue);
    enter(&mut window);
    type_and_enter(&mut window, "Смағұлова");
    type_and_enter(&mut window, "Айгүл");
    Seen { folder, window }
}

fn registered(window: &mut Window) {
    press(window, Key::F10);
    until(window, |app| app.staffed.last_saved().is_some());
    open_first(window, "Смағұлова");
    press(window, Key::F7);
}

#[test]
fn whoever_stays_at_changes_that_are_not_saved_types_on_in_the_same_field() {
    let Seen { mut window, folder: _folder } = at_home(Tongue::Ru);
    registered(&mut window);
    let name = term(Term::GivenName, Tongue::Ru);
    write(&mut window, &name, "ім");
    press(&mut window, Key::Escape);
    window.get_by_label(Msg::LeavingMended.in_(Tongue::Ru));
    assert_eq!(focused(&window).unwrap().says, name);
    window.event(egui::Event::Text("!".to_owned()));
    window.run_steps(2);
    assert_eq!(window.get_by_label(&name).value().unwrap(), "Айгүлім!");
}

#[test]
fn a_case_is_not_voided_without_a_reason_and_says_so() {
    let Seen { mut window, folder: _folder } = at_home(Tongue::Ru);
    press(&mut window, Key::F10);
    until(&mut window, |app| app.staffed.last_saved().is_some());
    open_first(&mut window, "Смағұлова");
    let void = Msg::Void.in_(Tongue::Ru);
    for _ in 0..2 {
        window.get_by_role_and_label(AccessRole::Button, void).click_accesskit();
        window.run_steps(4);
    }
    window.get_by_label(Msg::VoidNeedsReason.in_(Tongue::Ru));
    assert_eq!(focused(&window).unwrap().says, Msg::VoidReason.in_(Tongue::Ru));
    type_and_enter(&mut window, "қате");
    until(&mut window, |app| app.staffed.open_says("void_reason") == Some("қате"));
}

#[test]
fn a_household_goes_on_together_by_a_train_of_its_own_in_every_language() {
    for (tongue, _) in Tongue::ALL {
        let Seen { mut window, folder: _folder } = at_home(tongue);
        press(&mut window, Key::F6);
        type_and_enter(&mut window, "Дана");
        registered(&mut window);
        let moved_on = status(Whereabouts::MovedOn.word(), tongue);
        choose(&mut window, &term(Term::Whereabouts, tongue), moved_on);
        window
            .get_by_role_and_label(AccessRole::Button, Msg::AllThere.in_(tongue))
            .click_accesskit();
        window.run_steps(3);
        write(&mut window, &term(Term::Number, tongue), "45");
        write(&mut window, &term(Term::At, tongue), "24.06.2019 21:12");
        let label = format!("{}: {}", term(Term::Address, tongue), Msg::Locality.in_(tongue));
        write(&mut window, &label, "Арыс");
        let arys = places::of("611600000").unwrap().in_full(tongue);
        window.get_by_role_and_label(AccessRole::Button, &arys).click_accesskit();
        window.run_steps(3);
        window.get_by_label(&format!("✓ {arys}"));
        save(&mut window);
        until(&mut window, |app| app.staffed.open_says("movement.number") == Some("45"));
        let says = |path: &str| window.state().staffed.open_says(path).map(str::to_owned);
        for (path, word) in [
            ("person.whereabouts", "moved_on"),
            ("movement.at", "2019-06-24T15:12:00Z"),
            ("person.address.kato", "611600000"),
        ] {
            assert_eq!(says(path).as_deref(), Some(word), "{path}");
        }
        let household = window.state().staffed.open_value("household").unwrap();
        assert_eq!(household[0]["whereabouts"], "moved_on");
    }
}

#[test]
fn an_appeal_is_sorted_at_the_kiosk_in_every_language() {
    for (tongue, _) in Tongue::ALL {
        let Seen { mut window, folder: _folder } = at_home(tongue);
        let appeal = capital(&kind_word(Kind::Appeal, tongue));
        choose(&mut window, Term::KindOf.in_(tongue), &appeal);
        registered(&mut window);
        let category = term(Term::Category, tongue);
        window.get_by_role_and_label(AccessRole::ComboBox, &category).click_accesskit();
        window.run_steps(3);
        let water = fields::value("category", &"water".into(), tongue);
        window.get_by_label(&water).click_accesskit();
        window.run_steps(3);
        assert_eq!(form(&window).rest().unwrap().category, "water");
        save(&mut window);
        until(&mut window, |app| app.staffed.open_says("category") == Some("water"));
    }
}

#[test]
fn a_time_that_no_clock_shows_is_said_and_nothing_is_lost() {
    let Seen { mut window, folder: _folder } = at_home(Tongue::En);
    registered(&mut window);
    write(&mut window, &term(Term::At, Tongue::En), "this evening");
    press(&mut window, Key::F10);
    window.run_steps(3);
    assert!(window.query_all_by_label(Msg::WrongMoment.in_(Tongue::En)).next().is_some());
    assert!(window.state().staffed.is_at_a_form());
    assert_eq!(form(&window).rest().unwrap().at, "this evening");
}

#[test]
fn a_place_is_taken_from_the_list_or_nothing_is_saved() {
    let tongue = Tongue::Ru;
    let Seen { mut window, folder: _folder } = at_home(tongue);
    registered(&mut window);
    let label = format!("{}: {}", term(Term::Address, tongue), Msg::Locality.in_(tongue));
    write(&mut window, &label, "Арыс");
    press(&mut window, Key::F10);
    window.run_steps(3);
    assert!(window.query_all_by_label(Msg::WrongPlace.in_(tongue)).next().is_some());
    // Enter takes the first that is offered.
    window.get_by_label(&label).focus();
    window.run_steps(2);
    press(&mut window, Key::Enter);
    assert_eq!(form(&window).rest().unwrap().lives_in.kato, "611600000");
    assert!(window.get_by_label(&label).is_focused(), "who chose sees what it is");
    save(&mut window);
    until(&mut window, |app| app.staffed.open_says("person.address.kato") == Some("611600000"));
    press(&mut window, Key::F7);
    let arys = places::of("611600000").unwrap().in_full(tongue);
    let gone = format!("{}: {arys}", Msg::Remove.in_(tongue));
    window.get_by_role_and_label(AccessRole::Button, &gone).click_accesskit();
    window.run_steps(3);
    save(&mut window);
    until(&mut window, |app| app.staffed.open_says("person.address.kato").is_none());
}

#[test]
fn the_focus_is_in_sight_wherever_it_goes_in_a_long_form() {
    for forward in [Key::Tab, Key::Enter] {
        let Seen { mut window, folder: _folder } = at_home(Tongue::Ru);
        press(&mut window, Key::F6);
        type_and_enter(&mut window, "Дана");
        registered(&mut window);
        let mut steps = 0;
        while steps < 40 && window.state().staffed.is_at_a_form() {
            press(&mut window, forward);
            window.run_steps(40);
            let Some(here) = focused(&window) else { break };
            assert!(here.seen.expand(1.0).contains_rect(here.rect), "{steps}: {}", here.says);
            steps += 1;
        }
        assert!(steps > 20, "{forward:?} ended after {steps} steps");
    }
}

#[test]
fn one_volunteer_does_not_take_a_child_off_alone() {
    let tongue = Tongue::Ru;
    let Seen { mut window, folder: _folder } = at_home(tongue);
    press(&mut window, Key::F6);
    type_and_enter(&mut window, "Дана");
    type_and_enter(&mut window, "7");
    registered(&mut window);
    let name = format!("Дана: {}", term(Term::ChildAlone, tongue));
    let toggle = |window: &mut Window| {
        window.get_by_role_and_label(AccessRole::CheckBox, &name).click_accesskit();
        window.run_steps(3);
    };
    // Found here until told otherwise.
    toggle(&mut window);
    write(&mut window, &term(Term::Says, tongue), "анасы Гүлнар");
    toggle(&mut window);
    assert!(!form(&window).members[0].is_told_of(), "taken back whole");
    toggle(&mut window);
    save(&mut window);
    let found = |app: &App| {
        let household = app.staffed.open_value("household")?;
        household[0]["separated"]["found_at"].as_str().map(str::to_owned)
    };
    let station = window.state().state.station.clone();
    until(&mut window, |app| found(app).as_ref() == Some(&station));
    // A slip is taken back where it was made.
    press(&mut window, Key::F5);
    until(&mut window, |app| found(app).is_none());
    press(&mut window, Key::F5);
    until(&mut window, |app| found(app).is_some());
    press(&mut window, Key::F7);
    write(&mut window, &term(Term::Number, tongue), "45");
    save(&mut window);
    until(&mut window, |app| app.staffed.open_says("movement.number") == Some("45"));
    press(&mut window, Key::F7);
    let found_at = term(Term::FoundAt, tongue);
    let whereabouts = format!("{} · Дана", term(Term::Whereabouts, tongue));
    let offered = |place: Whereabouts| {
        let label = format!("{whereabouts}: {}", status(place.word(), tongue));
        window.query_by_label(&label).is_some()
    };
    assert!(offered(Whereabouts::MovedOn));
    assert!(!offered(Whereabouts::WithRelatives) && !offered(Whereabouts::Returned));
    // What was told of the child is taken away: it is a child alone still.
    window.get_by_label(&found_at).focus();
    window.run_steps(2);
    for _ in 0..station.chars().count() {
        press(&mut window, Key::Backspace);
    }
    assert_eq!(form(&window).members[0].found_at, "");
    window.get_by_label(&found_at);
    press(&mut window, Key::F10);
    window.run_steps(3);
    assert!(window.query_all_by_label(Msg::WrongNothingKnown.in_(tongue)).next().is_some());
    assert!(window.state().staffed.is_at_a_form());
}

#[test]
fn a_field_that_a_press_leads_to_comes_into_sight() {
    let Seen { mut window, folder: _folder } = at_home(Tongue::Ru);
    for _ in 0..7 {
        press(&mut window, Key::F6);
        window.event(egui::Event::Text("Дана".to_owned()));
        window.run_steps(2);
    }
    let head = term(Term::FamilyName, Tongue::Ru);
    let save = format!("F10 · {}", Msg::SaveKey.in_(Tongue::Ru));
    window.get_by_label(Msg::Born.in_(Tongue::Ru)).focus();
    window.run_steps(2);
    window.event(egui::Event::Text("32.13.1985".to_owned()));
    window.run_steps(2);
    // Out of sight by now.
    window.get_all_by_label(&head).last().unwrap().focus();
    window.run_steps(40);
    window.get_by_label(&save).click();
    window.run_steps(40);
    let here = focused(&window).unwrap();
    assert!(here.seen.expand(1.0).contains_rect(here.rect), "{} of {}", here.seen, here.rect);
    assert!(!window.state().staffed.is_saving());
}
