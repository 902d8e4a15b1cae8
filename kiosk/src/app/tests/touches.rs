//! Through every page that a citizen, or staff, touches at a self-service kiosk.

use eframe::egui::Event;

use super::citizens::{say, touch, write};
use super::privacy::wait;
use super::*;
use crate::app::citizen::{COUNTDOWN, PATIENCE};
use crate::languages::Say;

fn letter(tongue: Tongue) -> &'static str {
    if tongue == Tongue::En { "A" } else { "А" }
}

fn begin(window: &mut Window, tongue: Tongue) {
    let name = Tongue::ALL.into_iter().find(|(known, _)| *known == tongue).unwrap().1;
    touch(window, name);
}

fn on(window: &mut Window, steps: usize) {
    for _ in 0..steps {
        say(window, Say::Continue);
    }
}

fn submit(window: &mut Window) {
    say(window, Say::Submit);
    until(window, |app| app.citizen.as_ref().unwrap().coupon().is_some());
}

/// Through an appeal, from the languages to the coupon.
pub(super) fn appeal(
    window: &mut Window,
    tongue: Tongue,
    look: &mut impl FnMut(&mut Window, &str),
) {
    look(window, "languages");
    begin(window, tongue);
    look(window, "purpose");
    say(window, Say::PurposeAppeal);
    look(window, "consent");
    say(window, Say::Agree);
    for page in
        ["family name", "given name", "patronymic", "iin", "phone", "place", "address", "words"]
    {
        look(window, page);
        if page == "iin" {
            write(window, "850101399997");
            say(window, Say::Continue);
            look(window, "wrong iin");
            for _ in 0..12 {
                say(window, Say::BackspaceKey);
            }
        }
        if page == "given name" || page == "words" {
            touch(window, letter(tongue));
            // Offers for a name come after two letters.
            look(window, &format!("{page} begun"));
        }
        say(window, Say::Continue);
        window.run_steps(2);
    }
    look(window, "check");
    submit(window);
    look(window, "done");
    say(window, Say::Finish);
}

/// Through what a household is asked and an appeal is not, and through what whoever is still is
/// asked; it is wiped at the end.
pub(super) fn household(
    window: &mut Window,
    tongue: Tongue,
    look: &mut impl FnMut(&mut Window, &str),
) {
    begin(window, tongue);
    say(window, Say::PurposeRegister);
    say(window, Say::Agree);
    touch(window, letter(tongue));
    on(window, 3);
    look(window, "born");
    on(window, 3);
    look(window, "others none");
    say(window, Say::AddPerson);
    look(window, "other family name");
    on(window, 2);
    look(window, "other born");
    touch(window, "7");
    say(window, Say::Continue);
    look(window, "others");
    say(window, Say::Continue);
    look(window, "needs");
    say(window, Say::Continue);
    look(window, "may tell");
    say(window, Say::TellYes);
    look(window, "check household");
    submit(window);
    look(window, "registered");
    // From a last touch on, however many frames the coupon took.
    window.event(egui::Event::PointerGone);
    window.step();
    wait(window, PATIENCE + 0.5);
    look(window, "still here");
    wait(window, COUNTDOWN);
    window.run_steps(4);
}

/// Through an appeal of somebody who does not give their name.
pub(super) fn nameless(
    window: &mut Window,
    tongue: Tongue,
    look: &mut impl FnMut(&mut Window, &str),
) {
    begin(window, tongue);
    say(window, Say::PurposeAppeal);
    say(window, Say::Disagree);
    look(window, "nameless");
    say(window, Say::Continue);
    touch(window, letter(tongue));
    for _ in 0..4 {
        say(window, Say::Back);
    }
    look(window, "leaving");
    for onward in [Say::GoOnAnswering, Say::PurposeAppeal, Say::Disagree] {
        say(window, onward);
    }
    on(window, 2);
    look(window, "check nameless");
    submit(window);
    say(window, Say::Finish);
}

/// Through the pages of staff, who know PIN 2748.
pub(super) fn staff(window: &mut Window, tongue: Tongue, look: &mut impl FnMut(&mut Window, &str)) {
    begin(window, tongue);
    say(window, Say::Back);
    let staff = Tongue::ALL.map(|(tongue, _)| Say::Staff.in_(tongue)).join(" · ");
    touch(window, &staff);
    look(window, "staff pin");
    write(window, "1111");
    say(window, Say::Continue);
    until(window, |app| app.citizen.as_ref().unwrap().staff().unwrap().was_refused());
    look(window, "wrong pin");
    write(window, "2748");
    say(window, Say::Continue);
    until(window, |app| app.citizen.as_ref().unwrap().staff().unwrap().is_at_the_desk());
    look(window, "desk");
    say(window, Say::ScreenSize);
    look(window, "card");
    say(window, Say::Back);
    say(window, Say::PrinterKey);
    look(window, "printers");
    say(window, Say::Back);
    say(window, Say::PinKey);
    look(window, "choose pin");
    write(window, "2748");
    say(window, Say::Continue);
    look(window, "repeat pin");
    say(window, Say::Back);
    say(window, Say::ToCitizens);
    window.event(Event::PointerGone);
    window.run_steps(2);
}
