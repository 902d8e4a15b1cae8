//! A desk with nobody at the other end of the line: what a screen gets to hear.

use std::collections::BTreeSet;
use std::time::Duration;

use beket_directory::Role;
use beket_model::{KeyRing, Traits, TypedTraits};
use serde_json::json;
use tempfile::TempDir;

use super::*;
use crate::Mark;
use crate::fixture;
use crate::people::{Found, Query};

fn desk(passphrase: Option<&str>) -> (TempDir, Desk) {
    let (folder, worker, _) = fixture::kiosk(Role::Staffed, passphrase);
    drop(worker);
    let desk = Desk::open(folder.path(), Arc::new(|| {})).unwrap();
    (folder, desk)
}

/// The first news of which `what` makes something.
fn hear<T>(desk: &Desk, what: impl Fn(News) -> Option<T>) -> T {
    for _ in 0..1_000 {
        let news = desk.wait(Duration::from_secs(20)).expect("no news");
        if let Some(heard) = what(news) {
            return heard;
        }
    }
    panic!("other news only");
}

fn unlocked(news: News) -> Option<Result<Unlocked, Box<KioskError>>> {
    if let News::Unlocked(unlocked) = news { Some(unlocked) } else { None }
}

fn told<T>(what: impl Fn(Told) -> Option<T>) -> impl Fn(News) -> Option<T> {
    move |news| if let News::Told(told) = news { what(told) } else { None }
}

fn evacuee(name: &str) -> Box<Intake> {
    let form = json!({
        "kind": "evacuee", "language": "kk",
        "person": { "family_name": "Смағұлова", "given_name": name },
    });
    Box::new(Intake::from_json(&form.to_string()).unwrap())
}

fn take(desk: &Desk, form: u64, name: &str) -> Taken {
    let by = Some("Айгүл".to_owned());
    desk.want(Intent::Take { form, intake: evacuee(name), by, draft: None });
    hear(desk, |news| match news {
        News::Taken { form: of, taken } if of == form => Some(taken.unwrap()),
        _ => None,
    })
}

fn search(desk: &Desk, ticket: u64, text: &str) -> Vec<(Found, Mark)> {
    desk.ask(Ask::Search { ticket, text: text.to_owned() });
    hear(
        desk,
        told(|told| match told {
            Told::Found { ticket: of, found } if of == ticket => Some(found),
            _ => None,
        }),
    )
}

fn show(desk: &Desk, case: CaseId) -> Arc<CaseView> {
    desk.ask(Ask::Show(case));
    let shown = told(|told| if let Told::Shown { view, .. } = told { Some(view) } else { None });
    hear(desk, shown).unwrap()
}

#[test]
fn what_was_taken_is_found_at_once_shown_edited_and_marked_as_only_here() {
    let (_folder, desk) = desk(None);
    hear(&desk, unlocked).unwrap();
    let taken = take(&desk, 7, "Дана");
    let found = search(&desk, 1, "Smagulova Dana");
    assert_eq!((found[0].0.entry.case, found[0].1), (taken.case, Mark::OnThisDevice));

    let patch = json!({ "person": { "phone": "87011234567" } });
    let view = show(&desk, taken.case);
    let seen = view.case.intake.as_ref().unwrap().document.heads();
    let (change, by) = (Change::Patch(patch), Some("Ерлан".to_owned()));
    desk.want(Intent::Edit { case: taken.case, change, seen, by });
    let edited = |news| if let News::Edited { edited, .. } = news { Some(edited) } else { None };
    assert!(hear(&desk, edited).unwrap().is_some());
    let view = show(&desk, taken.case);
    assert_eq!(view.intake.text("person.phone"), Some("+77011234567"));
    assert_eq!(view.case.intake.as_ref().unwrap().document.history().len(), 2);
    assert!(view.kiosks.values().all(|name| name == "TRK-A"));

    let traits = Traits::typed(&TypedTraits { given_name: "Dana", ..TypedTraits::default() });
    let query = Query::person(&["Dana"], &["87011234567"]);
    let compared = Compared { traits, query, typing: None, but: None };
    desk.ask(Ask::Alike { ticket: 2, compared: Box::new(compared) });
    let alike = hear(
        &desk,
        told(|told| if let Told::Alike { found, .. } = told { Some(found) } else { None }),
    );
    assert!(alike.len() <= 1, "one person is here");
}

#[test]
fn a_locked_kiosk_takes_and_shows_nothing_until_its_passphrase_is_said() {
    let (_folder, desk) = desk(Some("қызыл алма ағашы"));
    assert!(desk.state.locked);
    let taken = take(&desk, 1, "Дана");
    assert_eq!(search(&desk, 1, "дана"), []);
    desk.want(Intent::Unlock("бұл емес".to_owned().into()));
    let refused = hear(&desk, unlocked).unwrap_err();
    assert!(matches!(*refused, KioskError::WrongPassphrase));
    desk.want(Intent::Unlock("қызыл алма ағашы".to_owned().into()));
    hear(&desk, unlocked).unwrap();
    hear(
        &desk,
        told(|told| match told {
            Told::Filled { cases: 1, whole: true, .. } => Some(()),
            _ => None,
        }),
    );
    assert_eq!(search(&desk, 2, "дана")[0].0.entry.case, taken.case);
}

#[test]
fn a_draft_is_back_after_unlocking_and_gone_once_it_was_given_up() {
    let (folder, desk) = desk(Some("қызыл алма ағашы"));
    let open = |desk: &Desk| {
        desk.want(Intent::Unlock("қызыл алма ағашы".to_owned().into()));
        hear(desk, unlocked).unwrap().draft
    };
    assert!(open(&desk).is_none());
    for text in ["С", "См", "Смағұлова"] {
        desk.want(Intent::Draft(Some(text.to_owned().into())));
    }
    drop(desk);
    let desk = Desk::open(folder.path(), Arc::new(|| {})).unwrap();
    assert_eq!(open(&desk).unwrap().as_str(), "Смағұлова");
    desk.want(Intent::Draft(None));
    drop(desk);
    let desk = Desk::open(folder.path(), Arc::new(|| {})).unwrap();
    assert!(open(&desk).is_none());
}

#[test]
fn a_form_that_is_on_the_disk_is_in_no_draft_and_one_that_is_not_is_still_there() {
    let (folder, desk) = desk(None);
    hear(&desk, unlocked).unwrap();
    let draft = |text: &str| Some(Zeroizing::new(text.to_owned()));
    desk.want(Intent::Draft(draft("both")));
    let (intake, by) = (evacuee("Дана"), None);
    desk.want(Intent::Take { form: 1, intake, by, draft: draft("the other") });
    let taken = |news| if let News::Taken { taken, .. } = news { Some(taken) } else { None };
    hear(&desk, taken).unwrap();
    drop(desk);
    let kept = |folder: &TempDir| {
        let desk = Desk::open(folder.path(), Arc::new(|| {})).unwrap();
        hear(&desk, unlocked).unwrap().draft.map(|text| text.to_string())
    };
    assert_eq!(kept(&folder).as_deref(), Some("the other"));

    let mut worker = Worker::open(folder.path()).unwrap();
    worker.fill_the_disk();
    let mut rng = fixture::rng();
    let big = json!({ "kind": "appeal", "language": "kk", "narrative": noise(20_000) });
    let big = Intake::from_json(&big.to_string()).unwrap();
    let refused = worker.take_form(big, None, None, fixture::now(), &mut rng);
    assert!(matches!(refused, Err(KioskError::Store(_))), "{refused:?}");
    drop(worker);
    assert_eq!(kept(&folder).as_deref(), Some("the other"));
}

/// Words that do not compress.
fn noise(letters: usize) -> String {
    let mut state = 1_u32;
    let mut letter = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from(b'!' + u8::try_from((state >> 24) % 94).unwrap())
    };
    (0..letters).map(|_| letter()).collect()
}

#[test]
fn volunteers_are_added_offline_and_enter_with_their_own_pin() {
    let (folder, desk) = desk(None);
    assert!(hear(&desk, unlocked).unwrap().volunteers.is_empty());
    let pin = |pin: &str| pin.to_owned().into();
    let add = |name: &str, own: &str, vouched: &str| {
        let (name, pin, vouched) = (name.to_owned(), pin(own), pin(vouched));
        desk.want(Intent::AddVolunteer { name, pin, vouched });
    };
    add("Айгүл", "2748", "");
    let entered = |news| match news {
        News::Entered { name, welcome } => Some((name, welcome)),
        _ => None,
    };
    assert_eq!(hear(&desk, entered), ("Айгүл".to_owned(), true));
    for (name, vouched) in [("Ерлан", ""), ("Ерлан", "9999"), ("Айгүл", "1111")] {
        add(name, "1111", vouched);
        let stays_out = (name.to_owned(), false);
        assert_eq!(hear(&desk, entered), stays_out, "nobody lets themselves in");
    }
    add("Ерлан", "12", "2748");
    hear(&desk, |news| if let News::Trouble(trouble) = news { Some(trouble) } else { None });
    for (tried, welcome) in [("2749", false), ("2748", true)] {
        desk.want(Intent::Enter { name: "Айгүл".to_owned(), pin: pin(tried) });
        assert_eq!(hear(&desk, entered).1, welcome);
    }
    drop(desk);
    let desk = Desk::open(folder.path(), Arc::new(|| {})).unwrap();
    let names = hear(&desk, unlocked).unwrap().volunteers;
    assert_eq!(names.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["Айгүл"]);
    drop(desk);
    let mut worker = Worker::open(folder.path()).unwrap();
    let names = worker.add_volunteer("Ерлан", "3141", "2748", &mut fixture::rng()).unwrap();
    assert_eq!(names.unwrap(), ["Айгүл", "Ерлан"]);
}

#[test]
fn nobody_at_the_other_end_is_said_and_counted_as_waiting() {
    let (_folder, desk) = desk(None);
    hear(&desk, unlocked).unwrap();
    take(&desk, 1, "Дана");
    desk.want(Intent::Sync);
    let state = hear(&desk, |news| match news {
        News::State(state) if state.link == LinkState::NoConnection => Some(state),
        _ => None,
    });
    assert!(state.waiting > 0 && state.last_contact.is_none());
    assert_eq!((state.name.as_str(), state.role), ("TRK-A", Role::Staffed));
    assert_eq!(state.incidents[0].1, "Арыс");
    assert!(state.disk_left.is_some_and(|left| left > 0));
}

/// Whether the reader says that all are read, and whether it is in trouble, once it has heard of this
/// case.
fn after(desk: &Desk, case: CaseId, ticket: u64) -> (bool, bool) {
    desk.ask(Ask::Changed(BTreeSet::from([case])));
    desk.ask(Ask::Search { ticket, text: "Никого".to_owned() });
    let (all, trouble) = (std::cell::Cell::new(None), std::cell::Cell::new(false));
    hear(desk, |news| {
        match news {
            News::Trouble(_) => trouble.set(true),
            News::Told(Told::Filled { whole, .. }) => all.set(Some(whole)),
            News::Told(Told::Found { ticket: of, .. }) if of == ticket => return Some(()),
            _ => {}
        }
        None
    });
    (all.get().unwrap(), trouble.get())
}

#[test]
fn a_case_that_the_disk_does_not_give_takes_no_other_along_and_nobody_is_said_to_be_all() {
    let (folder, desk) = desk(None);
    hear(&desk, unlocked).unwrap();
    let [one, other] = [take(&desk, 1, "Дана").case, take(&desk, 2, "Ернар").case];
    assert_eq!(after(&desk, one, 1), (true, false));
    let mut store = beket_store::Store::open_existing(&folder.path().join("kiosk.db")).unwrap();
    let mut rename = |from: &str, to: &str| {
        let sql = format!("ALTER TABLE {from} RENAME TO {to}");
        store.connection().execute_batch(&sql).unwrap();
    };
    rename("record", "away");
    assert_eq!(after(&desk, one, 2), (false, true));
    rename("away", "record");
    assert_eq!(after(&desk, other, 3), (false, false), "one is still not read");
    assert_eq!(after(&desk, one, 4), (true, false));
    // Not even which cases there are: it is tried again, and nobody is said to be all.
    rename("record", "away");
    desk.ask(Ask::Hold(KeyRing(Vec::new())));
    let filled =
        told(|told| if let Told::Filled { whole, .. } = told { Some(whole) } else { None });
    assert!(!hear(&desk, filled));
    hear(&desk, |news| if let News::Trouble(_) = news { Some(()) } else { None });
    rename("away", "record");
    desk.ask(Ask::Hold(desk_ring(&folder)));
    assert_eq!(after(&desk, one, 5), (true, false));
}

/// What opens everything here.
fn desk_ring(folder: &TempDir) -> KeyRing {
    Worker::open(folder.path()).unwrap().key_ring().unwrap()
}

#[test]
fn many_cases_that_changed_at_once_keep_no_question_waiting() {
    let (_folder, desk) = desk(None);
    hear(&desk, unlocked).unwrap();
    let taken: Vec<CaseId> = (0..200).map(|form| take(&desk, form, "Дана").case).collect();
    desk.ask(Ask::Changed(taken.into_iter().collect()));
    desk.ask(Ask::Search { ticket: 9, text: "Дана".to_owned() });
    let begun = told(|told| matches!(told, Told::Filled { reading: true, .. }).then_some(()));
    hear(&desk, begun);
    let next = told(|told| match told {
        Told::Found { .. } => Some(true),
        Told::Filled { .. } => Some(false),
        _ => None,
    });
    assert!(hear(&desk, next), "whoever types is answered before the rest is read");
    let all = told(|told| matches!(told, Told::Filled { whole: true, .. }).then_some(()));
    hear(&desk, all);
}

#[test]
fn a_form_bears_the_office_s_time_where_the_clock_is_known_to_be_off() {
    let years = 10 * 365 * 86_400;
    let (folder, worker, _) = fixture::kiosk(Role::Staffed, None);
    drop(worker);
    let desk = Desk::skewed(folder.path(), years);
    hear(&desk, unlocked).unwrap();
    let taken = take(&desk, 1, "Дана");
    assert_eq!(taken.taken_at, fixture::CLOCK + years.unsigned_abs());
    let view = show(&desk, taken.case);
    let at = beket_model::Instant::from_unix(taken.taken_at.cast_signed()).unwrap();
    assert_eq!(view.intake.text("taken_at"), Some(at.to_string().as_str()));
}
