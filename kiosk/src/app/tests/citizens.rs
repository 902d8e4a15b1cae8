//! Walks of a citizen alone in front of a self-service kiosk, by what a screen reader would read
//! out and by what a finger would press.

use beket_model::Kind;
use eframe::egui::accesskit::Toggled;
use eframe::egui::{Event, Role as AccessRole};
use egui_kittest::kittest::{NodeT, Queryable};
use zeroize::Zeroizing;

use super::privacy::wait;
use super::*;
use crate::coupon::Printer;
use crate::desk::{Intent, SetUp};
use crate::forms::Question;
use crate::languages::Say;

/// A kiosk that staff have set up with PIN 2748.
pub(super) fn stand() -> Seen {
    let Seen { mut window, folder } = unset();
    let pin = SetUp::Pin(Zeroizing::new("2748".to_owned()));
    window.state().desk.want(Intent::SetUp(pin));
    until(&mut window, |app| app.state.stand.is_set_up());
    drop(window);
    Seen { window: open(folder.path(), Vec2::new(1280.0, 800.0)), folder }
}

fn unset() -> Seen {
    let (folder, worker, _) = fixture::kiosk(Role::SelfService, None);
    drop(worker);
    Seen { window: open(folder.path(), Vec2::new(1280.0, 800.0)), folder }
}

pub(super) fn citizen(app: &App) -> &Citizen {
    app.citizen.as_ref().unwrap()
}

/// Frames until a page that has just come takes an answer.
pub(super) const SETTLED: usize = 32;

/// Looks at the page, then presses the button of this name.
pub(super) fn touch(window: &mut Window, name: &str) {
    look(window);
    tap(window, name);
}

/// Looks at the page.
fn look(window: &mut Window) {
    // A clock that a test has set stands still.
    match window.input_mut().time {
        Some(time) => window.input_mut().time = Some(time + 1.0),
        None => window.run_steps(SETTLED),
    }
    window.run_steps(1);
}

/// Presses the button of this name at once.
pub(super) fn tap(window: &mut Window, name: &str) {
    window.get_by_role_and_label(AccessRole::Button, name).click();
    window.run_steps(4);
}

pub(super) fn say(window: &mut Window, say: Say) {
    let name = say.in_(window.state().tongue);
    touch(window, name);
}

/// Looks at the page, and writes a text on the keyboard on the screen, key by key.
pub(super) fn write(window: &mut Window, text: &str) {
    look(window);
    for letter in text.chars() {
        let name = if letter == ' ' {
            Say::SpaceKey.in_(window.state().tongue).to_owned()
        } else {
            letter.to_string()
        };
        tap(window, &name);
    }
}

pub(super) fn written(window: &Window) -> String {
    let roles = [AccessRole::TextInput, AccessRole::MultilineTextInput];
    let fields = roles.into_iter().flat_map(|role| window.query_all_by_role(role));
    fields.map(|field| field.value().unwrap_or_default()).next().unwrap()
}

/// From the languages to the surname of somebody who has something to say.
pub(super) fn appealing(window: &mut Window, language: &str) {
    touch(window, language);
    say(window, Say::PurposeAppeal);
    say(window, Say::Agree);
}

/// Goes on without a name.
pub(super) fn disagree(window: &mut Window) {
    say(window, Say::Disagree);
    assert!(at(window, Question::Nameless));
    say(window, Say::Continue);
}

pub(super) fn at(window: &Window, question: Question) -> bool {
    citizen(window.state()).question() == Some(question)
}

/// To the end of an appeal, by touch alone; gives its number.
fn appeal(window: &mut Window, tongue: Tongue) -> String {
    let name = Tongue::ALL.into_iter().find(|(known, _)| *known == tongue).unwrap().1;
    touch(window, name);
    assert!(at(window, Question::Purpose), "an incident is open");
    say(window, Say::PurposeAppeal);
    assert!(at(window, Question::Consent));
    say(window, Say::Agree);
    let (family, given, words) = match tongue {
        Tongue::Kk => ("Әбіш", "Айгүл", "Көмек"),
        Tongue::Ru => ("Тестов", "Пётр", "Помощь"),
        Tongue::En => ("Testov", "Peter", "Help"),
    };
    for (question, text) in [
        (Question::FamilyName, family),
        (Question::GivenName, given),
        (Question::Patronymic, ""),
        (Question::Iin, "850101399996"),
        (Question::Phone, "87011234567"),
        (Question::Place, ""),
        (Question::Address, ""),
        (Question::Words, words),
    ] {
        assert!(at(window, question), "{question:?}");
        write(window, text);
        assert_eq!(written(window), text);
        say(window, Say::Continue);
    }
    assert!(citizen(window.state()).is_checking());
    say(window, Say::Submit);
    until(window, |app| citizen(app).coupon().is_some());
    citizen(window.state()).coupon().unwrap().reference.clone()
}

#[test]
fn an_appeal_is_handed_in_by_touch_alone_in_every_language() {
    let Seen { mut window, folder } = stand();
    let mut numbers = Vec::new();
    for (tongue, _) in Tongue::ALL {
        let number = appeal(&mut window, tongue);
        window.get_by_label(&number);
        numbers.push(number);
        say(&mut window, Say::Finish);
        assert!(citizen(window.state()).is_choosing_a_language());
    }
    drop(window);
    let worker = crate::Worker::open(folder.path()).unwrap();
    let kept = worker.list(&mut |_, _| {}).unwrap();
    assert_eq!(kept.len(), 3);
    assert_eq!(numbers.len(), 3);
    assert!(numbers[0].starts_with("TRK-A-0001"), "{numbers:?}");
}

/// A woman of 34 from Arys with a girl of 7, as each language writes them: surname, the beginning of
/// her given name and the whole, the beginning of the town and its offer, the girl's name.
fn family(tongue: Tongue) -> [&'static str; 6] {
    match tongue {
        Tongue::Kk => ["Әбішева", "Айгү", "Айгүл", "Арыс", "Арыс, Түркістан облысы", "Дана"],
        Tongue::Ru => ["Тестова", "Анн", "Анна", "Арыс", "Арысь, Туркестанская область", "Дана"],
        Tongue::En => ["Testova", "Anna", "Anna", "Arys", "Arys, Turkistan Region", "Dana"],
    }
}

#[test]
fn a_household_registers_itself_with_those_who_are_with_it_in_every_language() {
    for (tongue, name) in Tongue::ALL {
        let Seen { mut window, .. } = stand();
        let [family, begun, given, town, offer, girl] = family(tongue);
        touch(&mut window, name);
        say(&mut window, Say::PurposeRegister);
        say(&mut window, Say::Agree);
        write(&mut window, family);
        say(&mut window, Say::Continue);
        write(&mut window, begun);
        if begun != given {
            touch(&mut window, given);
        }
        assert_eq!(written(&window), given);
        say(&mut window, Say::Continue);
        say(&mut window, Say::Continue);
        write(&mut window, "34");
        say(&mut window, Say::Continue);
        say(&mut window, Say::Continue);
        write(&mut window, town);
        touch(&mut window, offer);
        say(&mut window, Say::Continue);
        assert!(at(&window, Question::Others));
        say(&mut window, Say::AddPerson);
        assert_eq!(written(&window), family, "the surname of the household");
        say(&mut window, Say::Continue);
        write(&mut window, girl);
        say(&mut window, Say::Continue);
        write(&mut window, "7");
        say(&mut window, Say::Continue);
        let aged = beket_words::numbers::aged(tongue, 7);
        window.get_by_label(&format!("{family} {girl}, {aged}"));
        say(&mut window, Say::Continue);
        let medicine = crate::languages::capital(beket_words::Term::Medicine.in_(tongue));
        look(&mut window);
        window.get_by_role_and_label(AccessRole::CheckBox, &medicine).click();
        window.run_steps(4);
        let chosen = window.get_by_role_and_label(AccessRole::CheckBox, &medicine);
        assert_eq!(chosen.accesskit_node().toggled(), Some(Toggled::True));
        say(&mut window, Say::Continue);
        say(&mut window, Say::TellYes);
        assert!(citizen(window.state()).is_checking());
        window.get_by_label(&medicine);
        let language = beket_model::Language::Ru;
        let intake = citizen(window.state()).answers().intake(language, 2019).unwrap();
        assert_eq!(intake.kind, Kind::Evacuee);
        assert_eq!(intake.person.address.kato.unwrap().as_str(), "611600000");
        assert_eq!(intake.household.len(), 1);
        say(&mut window, Say::Submit);
        until(&mut window, |app| citizen(app).coupon().is_some());
        window.get_by_label(Say::Registered.in_(tongue));
    }
}

#[test]
fn the_language_is_switched_anywhere_and_nothing_is_lost() {
    let Seen { mut window, .. } = stand();
    appealing(&mut window, "Қазақша");
    write(&mut window, "Әбіш");
    touch(&mut window, "English");
    window.get_by_label(Say::FamilyName.in_(Tongue::En));
    assert_eq!(written(&window), "Әбіш");
    // The keyboard speaks that language, too, and any other at a touch.
    write(&mut window, "ab");
    say(&mut window, Say::LayoutKey);
    write(&mut window, "ң");
    assert_eq!(written(&window), "Әбішabң");
}

#[test]
fn whoever_does_not_consent_is_served_and_changes_an_answer_in_every_language() {
    for (tongue, name) in Tongue::ALL {
        let Seen { mut window, .. } = stand();
        touch(&mut window, name);
        say(&mut window, Say::PurposeAppeal);
        say(&mut window, Say::Disagree);
        assert!(at(&window, Question::Nameless));
        window.get_by_label(Say::NamelessAppeal.in_(tongue));
        say(&mut window, Say::Continue);
        assert!(at(&window, Question::Words));
        say(&mut window, Say::Continue);
        assert!(at(&window, Question::Words), "without words there is nothing to hand in");
        let (words, mended, end) = match tongue {
            Tongue::Kk => ("Сужоқ", "Сужол", "л"),
            Tongue::Ru => ("Водв", "Вода", "а"),
            Tongue::En => ("Watet", "Water", "r"),
        };
        write(&mut window, words);
        say(&mut window, Say::Continue);
        let (change, asked) = (Say::Change.in_(tongue), Say::Words.in_(tongue));
        touch(&mut window, &format!("{change}: {asked}"));
        say(&mut window, Say::BackspaceKey);
        write(&mut window, end);
        say(&mut window, Say::Continue);
        assert!(citizen(window.state()).is_checking());
        window.get_by_label(mended);
        for _ in 0..3 {
            say(&mut window, Say::Back);
        }
        assert!(at(&window, Question::Consent));
        disagree(&mut window);
        say(&mut window, Say::Continue);
        say(&mut window, Say::Submit);
        until(&mut window, |app| citizen(app).coupon().is_some());
    }
}

#[test]
fn a_wrong_number_is_told_at_its_question_and_how_to_put_it_right() {
    let Seen { mut window, .. } = stand();
    appealing(&mut window, "Русский");
    say(&mut window, Say::Continue);
    say(&mut window, Say::Continue);
    assert!(at(&window, Question::GivenName), "some name is needed");
    write(&mut window, "Анна");
    say(&mut window, Say::Continue);
    say(&mut window, Say::Continue);
    write(&mut window, "850101399997");
    say(&mut window, Say::Continue);
    assert!(at(&window, Question::Iin));
    window.get_by_label(Say::WrongIin.in_(Tongue::Ru));
}

#[test]
fn staff_set_it_up_once_and_leave_it_with_their_pin_alone() {
    let Seen { mut window, .. } = unset();
    window.run_steps(3);
    // Left alone meanwhile, it does not open for citizens without a PIN.
    wait(&mut window, crate::app::citizen::PATIENCE + 1.0);
    wait(&mut window, crate::app::citizen::COUNTDOWN + 1.0);
    window.run_steps(4);
    window.get_by_label(Say::ChoosePin.in_(Tongue::Kk));
    write(&mut window, "27");
    say(&mut window, Say::Continue);
    write(&mut window, "48");
    say(&mut window, Say::Continue);
    window.get_by_label(Say::RepeatPin.in_(Tongue::Kk));
    write(&mut window, "2748");
    say(&mut window, Say::Continue);
    until(&mut window, |app| app.state.stand.is_set_up());
    assert!(citizen(window.state()).staff().unwrap().is_measuring());
    let before = window.state().state.stand.dots_per_mm();
    touch(&mut window, &format!("{} ++", Say::Bigger.in_(Tongue::Kk)));
    until(&mut window, |app| app.state.stand.dots_per_mm() > before);
    say(&mut window, Say::Continue);
    assert!(citizen(window.state()).staff().unwrap().is_choosing_a_printer());
    say(&mut window, Say::Continue);
    say(&mut window, Say::ToCitizens);
    assert!(citizen(window.state()).is_choosing_a_language());

    let staff = Tongue::ALL.map(|(tongue, _)| Say::Staff.in_(tongue)).join(" · ");
    touch(&mut window, &staff);
    for _ in 0..5 {
        write(&mut window, "1111");
        say(&mut window, Say::Continue);
        until(&mut window, |app| citizen(app).staff().unwrap().was_refused());
    }
    window.get_by_label(Say::TooManyPins.in_(Tongue::Kk));
    write(&mut window, "2748");
    say(&mut window, Say::Continue);
    assert!(!citizen(window.state()).staff().unwrap().is_at_the_desk(), "not for a while");
    wait(&mut window, 31.0);
    window.event(Event::PointerGone);
    window.run_steps(2);
    write(&mut window, "2748");
    say(&mut window, Say::Continue);
    until(&mut window, |app| citizen(app).staff().unwrap().is_at_the_desk());
}

#[test]
fn a_printer_that_is_not_there_is_said_and_the_number_stays() {
    let Seen { mut window, folder } = stand();
    let path = folder.path().join("lp0").to_str().unwrap().to_owned();
    let printer = SetUp::Printer(Printer::Device(path.clone()));
    window.state().desk.want(Intent::SetUp(printer));
    until(&mut window, |app| app.state.stand.printer == Printer::Device(path.clone()));
    let number = appeal(&mut window, Tongue::Ru);
    let said = Say::NoPrinter.in_(Tongue::Ru);
    for _ in 0..500 {
        window.run_steps(1);
        if window.query_by_label(said).is_some() {
            break;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    window.get_by_label(said);
    window.get_by_label(&number);
}

#[test]
fn a_kiosk_that_nobody_touches_draws_nothing() {
    let Seen { mut window, .. } = unset();
    rests(&mut window);
    let Seen { mut window, .. } = stand();
    rests(&mut window);
    touch(&mut window, "Қазақша");
    rests(&mut window);
    say(&mut window, Say::PurposeAppeal);
    rests(&mut window);
    say(&mut window, Say::Agree);
    rests(&mut window);
}

/// Draws until nothing asks for another frame at once.
fn rests(window: &mut Window) {
    for _ in 0..20 {
        window.step();
    }
    let causes = window.ctx.repaint_causes();
    let at_once = window.output().viewport_output.values().any(|view| view.repaint_delay.is_zero());
    assert!(!at_once, "{causes:?}");
}
