//! What hands do on a glass without meaning to, and what a kiosk that is not as it should be says to a
//! citizen: nothing said is lost, and nothing untrue is told.

use beket_record::Scope;
use beket_wire::KnownAs;
use eframe::egui::{Event, OutputCommand, Role as AccessRole};
use egui_kittest::kittest::Queryable;

use super::citizens::{appealing, at, citizen, disagree, say, stand, tap, touch, write, written};
use super::geometry::pieces;
use super::slips::hand_in_water;
use super::*;
use crate::forms::Question;
use crate::languages::Say;

/// Rests a finger on a button.
fn hold(window: &mut Window, name: &str, seconds: f64) {
    let pos = window.get_by_role_and_label(AccessRole::Button, name).rect().center();
    let press = |pressed| Event::PointerButton {
        pos,
        button: egui::PointerButton::Primary,
        pressed,
        modifiers: egui::Modifiers::NONE,
    };
    window.event(Event::PointerMoved(pos));
    window.event(press(true));
    let until = window.ctx.input(|input| input.time) + seconds;
    while window.ctx.input(|input| input.time) < until {
        window.run_steps(1);
    }
    window.event(press(false));
    window.run_steps(3);
}

/// Somebody who has written a word of an appeal without a name.
fn at_words() -> Seen {
    let Seen { mut window, folder } = stand();
    touch(&mut window, "English");
    say(&mut window, Say::PurposeAppeal);
    disagree(&mut window);
    assert!(at(&window, Question::Words));
    write(&mut window, "Water");
    Seen { folder, window }
}

#[test]
fn a_finger_that_taps_or_swipes_over_a_text_selects_nothing_of_it() {
    let Seen { mut window, .. } = at_words();
    let field = window.get_by_role(AccessRole::MultilineTextInput).rect();
    let mut selected = false;
    let mut event = |window: &mut Window, event: Event| {
        window.event(event);
        window.step();
        let commands = &window.output().platform_output.commands;
        selected |= commands.iter().any(|it| matches!(it, OutputCommand::TextSelectionSettled(_)));
    };
    let press = |pos, pressed| {
        let (button, modifiers) = (egui::PointerButton::Primary, egui::Modifiers::NONE);
        Event::PointerButton { pos, button, pressed, modifiers }
    };
    let [left, right] = [40.0, 120.0].map(|x| field.left_center() + egui::vec2(x, 0.0));
    for _ in 0..3 {
        event(&mut window, Event::PointerMoved(left));
        event(&mut window, press(left, true));
        event(&mut window, press(left, false));
    }
    event(&mut window, press(left, true));
    for x in 0..8_u8 {
        event(&mut window, Event::PointerMoved(left.lerp(right, f32::from(x) / 7.0)));
    }
    event(&mut window, press(right, false));
    event(&mut window, Event::PointerGone);
    assert!(!selected, "whoever pastes next would have it");
    write(&mut window, "s");
    assert_eq!(written(&window).len(), "Waters".len());
}

#[test]
fn whoever_goes_back_once_too_often_is_asked_before_anything_is_deleted() {
    let Seen { mut window, .. } = at_words();
    for first in [false, false, false, true] {
        assert!(!first || at(&window, Question::Purpose));
        say(&mut window, Say::Back);
    }
    window.get_by_label(Say::LeaveAsk.in_(Tongue::En));
    say(&mut window, Say::GoOnAnswering);
    assert!(at(&window, Question::Purpose));
    assert_eq!(citizen(window.state()).answers().words, "Water");
    say(&mut window, Say::Back);
    say(&mut window, Say::DeleteAnswers);
    assert!(citizen(window.state()).is_choosing_a_language());
    assert!(!citizen(window.state()).answers().is_begun());
}

#[test]
fn a_second_tap_neither_goes_back_further_nor_writes_a_letter() {
    let Seen { mut window, .. } = stand();
    appealing(&mut window, "English");
    assert!(at(&window, Question::FamilyName));
    tap(&mut window, "A");
    assert_eq!(written(&window), "", "it was meant for the page before");
    write(&mut window, "A");
    assert_eq!(written(&window), "A");
    say(&mut window, Say::Back);
    tap(&mut window, Say::Back.in_(Tongue::En));
    assert!(at(&window, Question::Consent));
}

#[test]
fn a_finger_that_rests_on_a_letter_is_offered_its_like_and_on_backspace_goes_on_erasing() {
    let Seen { mut window, .. } = stand();
    appealing(&mut window, "English");
    hold(&mut window, "A", 0.7);
    assert_eq!(written(&window), "", "the letter itself is not written by lifting the finger");
    touch(&mut window, "Ä");
    assert_eq!(written(&window), "Ä");
    write(&mut window, "bcdefg");
    hold(&mut window, Say::BackspaceKey.in_(Tongue::En), 0.3);
    assert_eq!(written(&window), "Äbcdef", "a slow touch is one touch");
    hold(&mut window, Say::BackspaceKey.in_(Tongue::En), 2.0);
    assert_eq!(written(&window), "");
    // Twice on shift locks it, a third touch lets go.
    say(&mut window, Say::ShiftKey);
    write(&mut window, "a");
    say(&mut window, Say::ShiftKey);
    say(&mut window, Say::ShiftKey);
    write(&mut window, "BC");
    say(&mut window, Say::ShiftKey);
    write(&mut window, "d");
    assert_eq!(written(&window), "aBCd");
}

#[test]
fn a_second_tap_on_back_does_not_open_the_door_of_staff() {
    let Seen { mut window, .. } = stand();
    touch(&mut window, "Қазақша");
    say(&mut window, Say::Back);
    assert!(citizen(window.state()).is_choosing_a_language());
    let staff = Tongue::ALL.map(|(tongue, _)| Say::Staff.in_(tongue)).join(" · ");
    tap(&mut window, &staff);
    assert!(citizen(window.state()).staff().is_none(), "it stands where Back stood");
    touch(&mut window, &staff);
    assert!(citizen(window.state()).staff().is_some());
}

#[test]
fn whoever_registers_without_a_name_is_not_told_that_they_are_registered() {
    for (tongue, name) in Tongue::ALL {
        let Seen { mut window, .. } = stand();
        touch(&mut window, name);
        say(&mut window, Say::PurposeRegister);
        say(&mut window, Say::Disagree);
        window.get_by_label(Say::NamelessRegister.in_(tongue));
        say(&mut window, Say::Continue);
        say(&mut window, Say::Continue);
        write(&mut window, if tongue == Tongue::En { "H" } else { "Т" });
        say(&mut window, Say::Continue);
        say(&mut window, Say::Submit);
        until(&mut window, |app| citizen(app).coupon().is_some());
        window.get_by_label(Say::Noted.in_(tongue));
        assert!(window.query_by_label(Say::Registered.in_(tongue)).is_none());
    }
}

#[test]
fn no_key_moves_when_offers_come_above_it_not_even_for_one_frame() {
    let Seen { mut window, .. } = stand();
    appealing(&mut window, "Русский");
    touch(&mut window, "Ж");
    say(&mut window, Say::Continue);
    touch(&mut window, "А");
    assert!(at(&window, Question::GivenName));
    let place =
        |window: &Window| window.get_by_role_and_label(AccessRole::Button, "т").rect().center();
    let before = place(&window);
    window.get_by_role_and_label(AccessRole::Button, "й").click();
    for _ in 0..8 {
        window.step();
        assert!(place(&window).distance(before) < 1.0, "{} was at {before}", place(&window));
    }
    assert_eq!(written(&window), "Ай");
    let offered = pieces(&window, &[AccessRole::Button]);
    assert!(offered.iter().any(|one| one.says.starts_with("Ай")), "there are offers");
}

#[test]
fn whoever_does_not_see_all_answers_is_led_to_the_last_of_them() {
    let Seen { mut window, .. } = stand();
    window.set_size(Vec2::new(1024.0, 600.0));
    appealing(&mut window, "Русский");
    touch(&mut window, "Ж");
    for _ in 0..7 {
        say(&mut window, Say::Continue);
    }
    touch(&mut window, "Ж");
    say(&mut window, Say::Continue);
    assert!(citizen(window.state()).is_checking());
    let last = format!("{}: {}", Say::Change.in_(Tongue::Ru), Say::Words.in_(Tongue::Ru));
    let sees = |window: &Window| {
        let all = pieces(window, &[AccessRole::Button]);
        all.iter().any(|one| one.says == last && one.seen.expand(1.0).contains_rect(one.rect))
    };
    assert!(!sees(&window));
    for _ in 0..6 {
        if window.query_by_label(Say::MoreBelow.in_(Tongue::Ru)).is_some() {
            say(&mut window, Say::MoreBelow);
        }
    }
    assert!(sees(&window));
    assert!(window.query_by_label(Say::MoreBelow.in_(Tongue::Ru)).is_none(), "that was all");
}

#[test]
fn a_slow_finger_finds_the_letter_that_it_rested_on() {
    let Seen { mut window, .. } = stand();
    appealing(&mut window, "Русский");
    write(&mut window, "И");
    hold(&mut window, "а", 0.7);
    let offers = window.query_all_by_role_and_label(AccessRole::Button, "а");
    let highest = offers.min_by(|a, b| a.rect().top().total_cmp(&b.rect().top())).unwrap();
    highest.click();
    window.run_steps(3);
    assert_eq!(written(&window), "Иа");
}

#[test]
fn the_age_of_somebody_who_is_with_them_is_asked_for_again_where_it_cannot_be_read() {
    let Seen { mut window, .. } = stand();
    touch(&mut window, "English");
    say(&mut window, Say::PurposeRegister);
    say(&mut window, Say::Agree);
    write(&mut window, "A");
    while !at(&window, Question::Others) {
        say(&mut window, Say::Continue);
    }
    say(&mut window, Say::AddPerson);
    while !at(&window, Question::OtherBorn(0)) {
        say(&mut window, Say::Continue);
    }
    write(&mut window, "12345");
    while !at(&window, Question::Others) {
        say(&mut window, Say::Back);
    }
    say(&mut window, Say::Continue);
    assert!(at(&window, Question::OtherBorn(0)));
    window.get_by_label(crate::languages::Msg::WrongBorn.in_(Tongue::En));
}

#[test]
fn whoever_chose_why_they_came_while_the_incident_was_closed_is_asked_for_consent() {
    let Seen { mut window, .. } = stand();
    touch(&mut window, "English");
    window.run_steps(40);
    window
        .state_mut()
        .stand_as(|state| State { incidents: Vec::<(Scope, String)>::new(), ..state });
    tap(&mut window, Say::PurposeAppeal.in_(Tongue::En));
    assert!(at(&window, Question::Consent));
}

#[test]
fn no_paper_comes_out_in_front_of_somebody_else() {
    let Seen { mut window, .. } = stand();
    hand_in_water(&mut window);
    until(&mut window, |app| citizen(app).coupon().is_some());
    window.state_mut().citizen.as_mut().unwrap().prints();
    window.run_steps(2);
    assert!(window.query_by_label(Say::Finish.in_(Tongue::En)).is_none());
    window.get_by_label(Say::Printing.in_(Tongue::En));
    // Nobody waits longer for a printer that is stuck.
    let now = window.ctx.input(|input| input.time);
    window.input_mut().time = Some(now + 16.0);
    window.run_steps(2);
    window.get_by_label(Say::Finish.in_(Tongue::En));
}

#[test]
fn a_kiosk_that_does_not_count_says_so_before_and_after() {
    for (known_as, says) in
        [(KnownAs::Revoked, true), (KnownAs::Held, true), (KnownAs::Admitted, false)]
    {
        let Seen { mut window, .. } = stand();
        window.state_mut().stand_as(|state| State { known_as: Some(known_as), ..state });
        window.run_steps(2);
        for (tongue, _) in Tongue::ALL {
            let said = window.query_by_label(Say::NotCounting.in_(tongue));
            assert_eq!(said.is_some(), says, "{tongue:?}");
        }
        hand_in_water(&mut window);
        until(&mut window, |app| citizen(app).coupon().is_some());
        window.run_steps(2);
        let said = window.query_by_label(Say::DoesNotCount.in_(Tongue::En));
        assert_eq!(said.is_some(), says);
    }
}

const TEN_YEARS: u64 = 10 * 365 * 86_400;

#[test]
fn a_clock_that_is_known_to_be_wrong_is_said_to_be_in_doubt_where_the_time_is_read() {
    let Seen { mut window, .. } = stand();
    let last_contact = Some(fixture::CLOCK + TEN_YEARS);
    window.state_mut().stand_as(|state| State { skew: None, last_contact, ..state });
    hand_in_water(&mut window);
    until(&mut window, |app| citizen(app).coupon().is_some());
    window.get_by_label(Say::ClockInDoubt.in_(Tongue::En));
}

#[test]
fn whoever_wakes_the_machine_does_not_see_what_was_there_before_it_slept() {
    let Seen { mut window, .. } = at_words();
    window.state_mut().asleep = || crate::shell::asleep() + 3_600.0;
    window.run_steps(3);
    assert!(citizen(window.state()).is_choosing_a_language());
    assert!(!format!("{:?}", window.root()).contains("Water"));

    let Seen { mut window, .. } = super::hurdles::at_a_form();
    window.state_mut().asleep = || crate::shell::asleep() + 3_600.0;
    window.run_steps(3);
    assert!(window.state().staffed.is_asking_who());
}
