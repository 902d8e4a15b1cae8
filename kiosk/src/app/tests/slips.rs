//! What a citizen does without meaning to: a second tap, an answer emptied once more. Nothing untrue
//! is said of it, and the number stays.

use eframe::egui::{Event, Role as AccessRole};
use egui_kittest::kittest::{NodeT, Queryable};

use super::citizens::{SETTLED, at, citizen, disagree, say, stand, tap, touch, write};
use super::privacy::wait;
use super::*;
use crate::app::citizen::PATIENCE;
use crate::forms::Question;
use crate::languages::Say;

/// From the languages to the end of an appeal without a name.
pub(super) fn hand_in_water(window: &mut Window) {
    touch(window, "English");
    say(window, Say::PurposeAppeal);
    disagree(window);
    write(window, "Water");
    say(window, Say::Continue);
    say(window, Say::Submit);
}

/// From the languages to the surname, which is written.
fn register_by_surname(window: &mut Window) {
    touch(window, "Русский");
    say(window, Say::PurposeRegister);
    say(window, Say::Agree);
    write(window, "Я");
}

#[test]
fn a_finger_that_taps_twice_answers_once_and_keeps_the_number_on_the_screen() {
    let Seen { mut window, .. } = stand();
    let tongue = Tongue::Kk;
    touch(&mut window, "Қазақша");
    say(&mut window, Say::PurposeAppeal);
    // In the place of the first answer lies another now.
    tap(&mut window, Say::Agree.in_(tongue));
    assert!(at(&window, Question::Consent), "nobody has read it yet");
    disagree(&mut window);
    write(&mut window, "Көмек");
    say(&mut window, Say::Continue);
    assert!(citizen(window.state()).is_checking());
    tap(&mut window, Say::Submit.in_(tongue));
    assert!(citizen(window.state()).is_checking(), "handed in before it was looked at");
    say(&mut window, Say::Submit);
    until(&mut window, |app| citizen(app).coupon().is_some());
    tap(&mut window, Say::Finish.in_(tongue));
    assert!(citizen(window.state()).coupon().is_some(), "the number is gone");
    say(&mut window, Say::Finish);
    assert!(citizen(window.state()).is_choosing_a_language());
}

#[test]
fn a_name_that_was_cleared_once_more_is_asked_for_and_not_called_too_long() {
    let Seen { mut window, .. } = stand();
    register_by_surname(&mut window);
    while !citizen(window.state()).is_checking() {
        let tells = at(&window, Question::MayTell);
        say(&mut window, if tells { Say::TellNo } else { Say::Continue });
    }
    let change = format!("{}: {}", Say::Change.in_(Tongue::Ru), Say::FamilyName.in_(Tongue::Ru));
    touch(&mut window, &change);
    touch(&mut window, Say::BackspaceKey.in_(Tongue::Ru));
    say(&mut window, Say::Continue);
    say(&mut window, Say::Submit);
    assert!(at(&window, Question::GivenName));
    window.get_by_label(Say::WrongName.in_(Tongue::Ru));
    write(&mut window, "Я");
    say(&mut window, Say::Continue);
    say(&mut window, Say::Submit);
    until(&mut window, |app| citizen(app).coupon().is_some());
}

#[test]
fn a_second_tap_removes_nobody_else() {
    let Seen { mut window, .. } = stand();
    register_by_surname(&mut window);
    while !at(&window, Question::Others) {
        say(&mut window, Say::Continue);
    }
    for name in ["а", "б"] {
        say(&mut window, Say::AddPerson);
        write(&mut window, name);
        while !at(&window, Question::Others) {
            say(&mut window, Say::Continue);
        }
    }
    let others = |window: &Window| citizen(window.state()).answers().others.len();
    let remove = Say::Remove.in_(Tongue::Ru);
    window.run_steps(SETTLED);
    for (left, waits) in [(1, 0), (1, SETTLED), (0, 0)] {
        let button = window.query_all_by_role(AccessRole::Button);
        let button = button
            .into_iter()
            .find(|it| it.accesskit_node().label().is_some_and(|it| it.starts_with(remove)));
        button.unwrap().click();
        window.run_steps(4 + waits);
        assert_eq!(others(&window), left);
    }
}

#[test]
fn a_finger_that_rests_on_the_answer_that_it_is_there_presses_nothing_else() {
    let Seen { mut window, .. } = stand();
    hand_in_water(&mut window);
    until(&mut window, |app| citizen(app).coupon().is_some());
    wait(&mut window, PATIENCE + 1.0);
    let pos = window.get_by_label(Say::StayHere.in_(Tongue::En)).rect().center();
    for (pressed, after) in [(true, 0.7), (false, 1.0)] {
        let modifiers = egui::Modifiers::NONE;
        let button = egui::PointerButton::Primary;
        window.input_mut().events.push(Event::PointerMoved(pos));
        window.input_mut().events.push(Event::PointerButton { pos, button, pressed, modifiers });
        window.run_steps(1);
        let now = window.ctx.input(|input| input.time);
        window.input_mut().time = Some(now + after);
        window.run_steps(2);
    }
    assert!(citizen(window.state()).coupon().is_some(), "the number is gone");
}

#[test]
fn whoever_reads_their_number_is_not_told_that_it_would_be_deleted() {
    let Seen { mut window, .. } = stand();
    touch(&mut window, "English");
    say(&mut window, Say::PurposeAppeal);
    disagree(&mut window);
    write(&mut window, "Water");
    wait(&mut window, PATIENCE + 1.0);
    window.get_by_label(Say::StillHereHelp.in_(Tongue::En));
    say(&mut window, Say::StayHere);
    wait(&mut window, 1.0);
    say(&mut window, Say::Continue);
    say(&mut window, Say::Submit);
    until(&mut window, |app| citizen(app).coupon().is_some());
    wait(&mut window, PATIENCE + 1.0);
    window.get_by_label(Say::StillHereDone.in_(Tongue::En));
    say(&mut window, Say::StayHere);
    wait(&mut window, 1.0);
    assert!(citizen(window.state()).coupon().is_some());
}
