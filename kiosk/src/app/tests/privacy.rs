//! Nothing of one citizen is there for the next: the countdown, the wipe, a power cut.

use eframe::egui::Key;
use egui_kittest::kittest::Queryable;

use super::citizens::{appealing, at, citizen, say, stand, touch, write, written};
use super::*;
use crate::app::citizen::{COUNTDOWN, PATIENCE};
use crate::forms::Question;
use crate::languages::Say;

/// Lets so many seconds of egui's clock pass without a touch.
pub(super) fn wait(window: &mut Window, seconds: f64) {
    let now = window.ctx.input(|input| input.time);
    window.input_mut().time = Some(now + seconds);
    window.run_steps(1);
    window.input_mut().time = Some(now + seconds + 0.1);
    window.run_steps(1);
}

const CANARY: &str = "Зымыран";

fn begin_with_a_canary(window: &mut Window) {
    appealing(window, "Қазақша");
    write(window, CANARY);
    assert_eq!(written(window), CANARY);
}

#[test]
fn whoever_is_still_is_asked_and_stays_by_one_touch() {
    let Seen { mut window, .. } = stand();
    begin_with_a_canary(&mut window);
    wait(&mut window, PATIENCE - 5.0);
    assert!(window.query_by_label(Say::StillHere.in_(Tongue::Kk)).is_none());
    wait(&mut window, 10.0);
    window.get_by_label(Say::StillHere.in_(Tongue::Kk));
    assert!(window.query_by_label(CANARY).is_none(), "nobody else reads it meanwhile");
    say(&mut window, Say::StayHere);
    wait(&mut window, 1.0);
    assert_eq!(written(&window), CANARY);
}

#[test]
fn a_touch_after_the_time_is_the_next_person_s_even_if_nothing_was_drawn_meanwhile() {
    let Seen { mut window, .. } = stand();
    begin_with_a_canary(&mut window);
    let now = window.ctx.input(|input| input.time);
    window.input_mut().time = Some(now + PATIENCE + COUNTDOWN + 1.0);
    window.event(egui::Event::PointerMoved(egui::pos2(300.0, 300.0)));
    window.run_steps(4);
    assert!(citizen(window.state()).is_choosing_a_language());
    assert!(!format!("{:?}", window.root()).contains(CANARY));
}

#[test]
fn after_the_wipe_nothing_of_a_person_is_left_anywhere() {
    let Seen { mut window, folder } = stand();
    let before = window.render().unwrap();
    begin_with_a_canary(&mut window);
    wait(&mut window, PATIENCE + 1.0);
    let now = window.ctx.input(|input| input.time);
    window.input_mut().time = Some(now + COUNTDOWN);
    window.step();
    assert!(citizen(window.state()).is_choosing_a_language());
    let copied =
        window.output().platform_output.commands.iter().any(
            |command| matches!(command, egui::OutputCommand::CopyText(text) if text.is_empty()),
        );
    assert!(copied, "the clipboard is emptied");
    window.run_steps(4);
    assert_eq!(window.render().unwrap(), before, "no frame shows anything of it");
    let tree = format!("{:?}", window.root());
    assert!(!tree.contains(CANARY), "nor does what a screen reader reads");
    // Neither egui's undo nor the one behind brings it back.
    appealing(&mut window, "Қазақша");
    window.key_press_modifiers(egui::Modifiers::COMMAND, Key::Z);
    window.run_steps(3);
    assert_eq!(written(&window), "");
    drop(window);
    for file in std::fs::read_dir(folder.path()).unwrap() {
        // The log is taken away when the last of the threads has closed it.
        let Ok(bytes) = std::fs::read(file.unwrap().path()) else { continue };
        let held = bytes.windows(CANARY.len()).any(|piece| piece == CANARY.as_bytes());
        assert!(!held, "no file holds it in the clear");
    }
}

#[test]
fn a_form_that_the_power_took_is_said_not_to_be_kept() {
    let Seen { mut window, folder } = stand();
    begin_with_a_canary(&mut window);
    drop(window);
    let mut window = open(folder.path(), Vec2::new(1280.0, 800.0));
    window.run_steps(3);
    for (tongue, _) in Tongue::ALL {
        window.get_by_label(Say::NotKept.in_(tongue));
    }
    touch(&mut window, "Русский");
    assert!(at(&window, Question::Purpose));
    say(&mut window, Say::Back);
    window.run_steps(3);
    assert!(window.query_by_label(Say::NotKept.in_(Tongue::Ru)).is_none());
    drop(window);
    let mut window = open(folder.path(), Vec2::new(1280.0, 800.0));
    window.run_steps(3);
    assert!(window.query_by_label(Say::NotKept.in_(Tongue::Ru)).is_none());
}

#[test]
fn larger_letters_and_contrast_of_somebody_who_went_away_are_not_the_next_one_s() {
    let Seen { mut window, .. } = stand();
    window.run_steps(3);
    let before = window.render().unwrap();
    for asked in [Say::Larger, Say::Contrast] {
        touch(&mut window, &Tongue::ALL.map(|(tongue, _)| asked.in_(tongue)).join(" · "));
    }
    assert!(citizen(window.state()).larger && window.render().unwrap() != before);
    wait(&mut window, PATIENCE - 5.0);
    assert!(citizen(window.state()).larger);
    wait(&mut window, 10.0);
    window.run_steps(4);
    assert_eq!(window.render().unwrap(), before);
    assert!(window.query_by_label(Say::StillHere.in_(Tongue::Kk)).is_none(), "nobody is asked");
}

#[test]
fn right_after_the_wipe_no_key_of_the_next_person_is_lost() {
    let Seen { mut window, .. } = stand();
    begin_with_a_canary(&mut window);
    wait(&mut window, PATIENCE + 1.0);
    wait(&mut window, COUNTDOWN);
    assert!(citizen(window.state()).is_choosing_a_language());
    let staff = Tongue::ALL.map(|(tongue, _)| Say::Staff.in_(tongue)).join(" · ");
    touch(&mut window, &staff);
    write(&mut window, "2748");
    say(&mut window, Say::Continue);
    until(&mut window, |app| citizen(app).staff().unwrap().is_at_the_desk());
}
