//! What a citizen does without meaning to: a second tap, an answer emptied once more. Nothing untrue
//! is said of it, and the number stays.

use egui_kittest::kittest::Queryable;

use super::citizens::{at, citizen, say, stand, tap, touch, write};
use super::privacy::wait;
use super::*;
use crate::app::citizen::PATIENCE;
use crate::forms::Question;
use crate::languages::Say;

#[test]
fn a_finger_that_taps_twice_answers_once_and_keeps_the_number_on_the_screen() {
    let Seen { mut window, .. } = stand();
    let tongue = Tongue::Kk;
    touch(&mut window, "Қазақша");
    say(&mut window, Say::PurposeAppeal);
    // In the place of the first answer lies another now.
    tap(&mut window, Say::Agree.in_(tongue));
    assert!(at(&window, Question::Consent), "nobody has read it yet");
    say(&mut window, Say::Disagree);
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
    touch(&mut window, "Русский");
    say(&mut window, Say::PurposeRegister);
    say(&mut window, Say::Agree);
    write(&mut window, "Я");
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
fn whoever_reads_their_number_is_not_told_that_it_would_be_deleted() {
    let Seen { mut window, .. } = stand();
    touch(&mut window, "English");
    say(&mut window, Say::PurposeAppeal);
    say(&mut window, Say::Disagree);
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
