//! What goes wrong, for the person in front: a sentence in their language, and nothing lost.

use beket_store::{Store, StoreFault, Write};
use beket_wire::KnownAs;
use beket_words::Term;
use eframe::egui::Key;
use egui_kittest::kittest::Queryable;

use super::citizens::{citizen, say, stand, touch, write};
use super::slips::hand_in_water;
use super::walks::{enter, open_first, register, type_and_enter};
use super::*;
use crate::KioskError;
use crate::languages::{Msg, Say, capital, disk_trouble};

/// A kiosk of volunteers whose disk is full once somebody works there.
fn cramped(passphrase: Option<&str>) -> Seen {
    let Seen { mut window, folder } = kiosk(passphrase);
    enter(&mut window);
    drop(window);
    let window = super::at(Desk::cramped(folder.path()), Vec2::new(1280.0, 800.0));
    Seen { folder, window }
}

fn type_name(window: &mut Window, name: &str) {
    window.event(egui::Event::Text(name.to_owned()));
    window.run_steps(2);
}

fn typed(window: &Window, tongue: Tongue) -> Option<String> {
    window.get_by_label(&capital(Term::FamilyName.in_(tongue))).value()
}

/// Saves again and again until the disk says no.
fn save_until_full(window: &mut Window, full: &str) -> String {
    for number in 0..200 {
        let name = format!("Тестова{number}");
        type_name(window, &name);
        window.key_press(Key::F10);
        until(window, |app| !app.staffed.is_saving());
        if window.query_by_label(full).is_some() {
            return name;
        }
    }
    panic!("the disk never filled");
}

#[test]
fn a_full_disk_is_said_and_the_form_stays_as_it_was_typed() {
    for (tongue, _) in Tongue::ALL {
        let Seen { mut window, folder } = cramped(None);
        speak(&mut window, tongue);
        until(&mut window, |app| app.staffed.is_asking_who());
        type_name(&mut window, "2748");
        window.key_press(Key::Enter);
        until(&mut window, |app| app.staffed.is_at_a_form());
        let full = disk_trouble(tongue, StoreFault::Full);
        let name = save_until_full(&mut window, full);
        assert_eq!(typed(&window, tongue).as_deref(), Some(name.as_str()), "{tongue:?}");
        drop(window);
        let worker = crate::Worker::open(folder.path()).unwrap();
        let here = worker.list(&mut |_, _| {}).unwrap().len();
        let number: usize = name.trim_start_matches("Тестова").parse().unwrap();
        assert_eq!(here, number, "whatever was said to be safe is here");
    }
}

#[test]
fn a_citizen_on_a_full_disk_is_told_and_keeps_their_answers() {
    let Seen { window, folder } = stand();
    drop(window);
    let mut window = super::at(Desk::cramped(folder.path()), Vec2::new(1280.0, 800.0));
    // What to do about a disk is for staff: a citizen is told to call them.
    let full = Say::NotSaved.in_(Tongue::En);
    for _ in 0..200 {
        hand_in_water(&mut window);
        until(&mut window, |app| citizen(app).coupon().is_some() || citizen(app).is_checking());
        if window.query_by_label(full).is_some() {
            window.get_by_label("Water");
            return;
        }
        say(&mut window, Say::Finish);
    }
    panic!("the disk never filled");
}

#[test]
fn a_store_that_another_program_holds_is_said_and_the_form_is_saved_once_it_lets_go() {
    let Seen { mut window, folder } = kiosk(None);
    speak(&mut window, Tongue::Ru);
    enter(&mut window);
    let let_go = held(folder.path());
    type_name(&mut window, "Смағұлова");
    window.key_press(Key::F10);
    until(&mut window, |app| !app.staffed.is_saving());
    window.get_by_label(disk_trouble(Tongue::Ru, StoreFault::Busy));
    assert_eq!(typed(&window, Tongue::Ru).as_deref(), Some("Смағұлова"));
    // What comes while it is tried once more belongs to the next.
    window.key_press(Key::F10);
    window.run_steps(2);
    assert!(window.state().staffed.is_saving());
    type_name(&mut window, "Ким");
    until(&mut window, |app| !app.staffed.is_saving());
    window.get_by_label(Msg::TypedAhead.in_(Tongue::Ru));
    assert_eq!(typed(&window, Tongue::Ru).as_deref(), Some("Смағұлова"));
    let_go();
    window.key_press(Key::F10);
    until(&mut window, |app| app.staffed.last_saved().is_some());
    until(&mut window, |app| app.staffed.form().head.family_name == "Ким");
}

#[test]
fn what_staff_set_up_while_another_program_holds_the_store_is_said_not_to_be_kept() {
    let Seen { mut window, folder } = stand();
    let staff = Tongue::ALL.map(|(tongue, _)| Say::Staff.in_(tongue)).join(" · ");
    touch(&mut window, &staff);
    write(&mut window, "2748");
    say(&mut window, Say::Continue);
    until(&mut window, |app| citizen(app).staff().unwrap().is_at_the_desk());
    say(&mut window, Say::ScreenSize);
    let let_go = held(folder.path());
    touch(&mut window, &format!("{} ++", Say::Bigger.in_(Tongue::Kk)));
    let busy = disk_trouble(Tongue::Kk, StoreFault::Busy);
    until_said(&mut window, busy);
    let_go();
}

#[test]
fn a_void_that_was_not_saved_is_said_wherever_the_volunteer_is_by_then_and_the_reason_stays() {
    for goes_on in [false, true] {
        let Seen { mut window, folder } = kiosk(None);
        speak(&mut window, Tongue::Ru);
        enter(&mut window);
        register(&mut window, "Тестова", "Анна");
        open_first(&mut window, "Тестова");
        let let_go = held(folder.path());
        window.get_by_label(Msg::Void.in_(Tongue::Ru)).click();
        window.run_steps(4);
        type_and_enter(&mut window, "ошибка");
        let busy = disk_trouble(Tongue::Ru, StoreFault::Busy);
        if goes_on {
            window.key_press(Key::F2);
            window.run_steps(3);
            until_said(&mut window, &format!("{} {busy}", Msg::EditNotSaved.in_(Tongue::Ru)));
            let_go();
            continue;
        }
        until_said(&mut window, busy);
        let reason = window.get_by_label(Msg::VoidReason.in_(Tongue::Ru));
        assert_eq!(reason.value().as_deref(), Some("ошибка"));
        reason.focus();
        let_go();
        window.run_steps(2);
        window.key_press(Key::Enter);
        until(&mut window, |app| app.staffed.open_says("void_reason") == Some("ошибка"));
        let field = egui::accesskit::Role::TextInput;
        let field =
            window.query_by_role_and_label(field, Msg::VoidReason.in_(Tongue::Ru)).is_some();
        assert!(!field, "it is told and not asked for");
    }
}

/// Another program writes, and goes on until it is told to let go.
pub(super) fn held(folder: &Path) -> impl FnOnce() {
    let (let_go, held) = std::sync::mpsc::channel::<()>();
    let (holds, has) = std::sync::mpsc::channel::<()>();
    let path = folder.join("kiosk.db");
    let other = std::thread::spawn(move || {
        let mut store = Store::open_existing(&path).unwrap();
        let hold = |_: &mut Write<'_>| -> Result<(), KioskError> {
            holds.send(()).unwrap();
            held.recv().unwrap();
            Ok(())
        };
        store.write(hold).unwrap();
    });
    has.recv().unwrap();
    move || {
        let_go.send(()).unwrap();
        other.join().unwrap();
    }
}

/// The window in a state that only an office or a clock can bring about.
fn in_state(change: impl Fn(&mut State), look: impl Fn(&mut Window, Tongue)) {
    for (tongue, _) in Tongue::ALL {
        let Seen { mut window, .. } = kiosk(None);
        speak(&mut window, tongue);
        enter(&mut window);
        window.state_mut().freeze();
        let mut state = State::clone(&window.state().state);
        change(&mut state);
        window.state_mut().state = Arc::new(state);
        window.key_press(Key::F12);
        window.run_steps(3);
        look(&mut window, tongue);
    }
}

#[test]
fn a_kiosk_that_does_not_count_says_why_what_is_safe_and_what_to_do() {
    for (known_as, why) in [
        (KnownAs::Held, Msg::NotCountedHeld),
        (KnownAs::Revoked, Msg::NotCountedRevoked),
        (KnownAs::Unknown, Msg::NotCountedUnknown),
    ] {
        in_state(
            |state| state.known_as = Some(known_as),
            |window, tongue| {
                window.get_by_label(why.in_(tongue));
                window.get_by_label(&format!("■ {}", Msg::HeldBack.in_(tongue)));
                // It goes on taking all the same.
                window.key_press(Key::F2);
                window.run_steps(3);
                type_name(window, "Тестова");
                window.key_press(Key::F10);
                until(window, |app| app.staffed.last_saved().is_some());
            },
        );
    }
}

/// The moment at which every test stands, in seconds since 1970.
const FIXED: i64 = fixture::CLOCK.cast_signed();

#[test]
fn a_slow_clock_is_off_by_as_much_however_long_ago_the_office_answered() {
    let Seen { window, .. } = kiosk(None);
    let state = State::clone(&window.state().state);
    let hour = 3_600;
    for since in [0, hour / 2, hour - 60, hour + 60, 24 * hour] {
        let now = fixture::CLOCK + since;
        let last_contact = Some(fixture::CLOCK + hour);
        let state = State { skew: Some(hour.cast_signed()), last_contact, ..state.clone() };
        let scene =
            scene(&window.state().look, Tongue::En, &state, Now::from_milliseconds(now * 1000));
        assert_eq!(scene.skew(), Some(hour.cast_signed()), "{since}");
    }
}

#[test]
fn a_clock_that_is_ten_years_back_is_said_with_the_office_s_own_time() {
    in_state(
        |state| state.skew = Some(10 * 365 * 86_400),
        |window, tongue| {
            window.get_by_label(Msg::ClockHelp.in_(tongue));
            let wrong = Msg::ClockWrong.in_(tongue);
            let said = format!("{:?}", window.root());
            let theirs = beket_words::moment::spoken(FIXED + 10 * 365 * 86_400, tongue);
            assert!(theirs.contains("2029"));
            assert!(said.contains(&format!("▲ {wrong} ({theirs})")), "{tongue:?}");
        },
    );
}

const TEN_YEARS: u64 = 10 * 365 * 86_400;

#[test]
fn a_clock_that_was_set_back_is_noticed_without_asking_the_office() {
    in_state(
        |state| (state.last_contact, state.skew) = (Some(fixture::CLOCK + TEN_YEARS), None),
        |window, tongue| {
            window.get_by_label(Msg::ClockHelp.in_(tongue));
            let said = format!("{:?}", window.root());
            let theirs = beket_words::moment::spoken(FIXED + TEN_YEARS.cast_signed(), tongue);
            let contact = format!("{}: {theirs}", Msg::LastContact.in_(tongue));
            assert!(said.contains(&contact), "{tongue:?}: not \"just now\"");
            // Whoever was born since the year that the clock shows was born all the same.
            window.key_press(Key::F2);
            window.run_steps(3);
            type_name(window, "Тестова");
            window.get_by_label(Msg::Born.in_(tongue)).focus();
            window.run_steps(2);
            type_name(window, "02.05.2025");
            window.key_press(Key::F10);
            until(window, |app| app.staffed.last_saved().is_some());
        },
    );
}

#[test]
fn a_contact_made_while_the_clock_was_fast_is_told_by_the_office_s_own() {
    in_state(
        |state| {
            state.last_contact = Some(fixture::CLOCK - TEN_YEARS);
            state.skew = Some(-TEN_YEARS.cast_signed());
        },
        |window, tongue| {
            let now = crate::languages::ago(tongue, 0);
            let said = format!("{}: {now}", Msg::LastContact.in_(tongue));
            assert!(format!("{:?}", window.root()).contains(&said), "{tongue:?}");
        },
    );
}

#[test]
fn records_that_were_put_aside_are_named_with_their_reason() {
    let aside = |named: &str, damaged| crate::desk::Aside { named: named.to_owned(), damaged };
    in_state(
        |state| {
            state.aside = 2;
            state.asides = vec![aside("TRK-A-0001-H", true), aside("TRK-A-0002-F", false)];
        },
        |window, tongue| {
            let [damaged, refused] = [Msg::AsideDamaged, Msg::AsideRefused].map(|m| m.in_(tongue));
            let said = format!("TRK-A-0001-H: {damaged}. TRK-A-0002-F: {refused}");
            window.get_by_label(&said);
        },
    );
}
