//! Owns: somebody in the middle of the line, and somebody else at the office's address: what was
//! altered, replayed or made up is not believed, and an honest conversation afterwards has it all.
//! Refuses: forged records, which `strangers` owns.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result, ensure};
use beket_tests::compare::whole;
use beket_tests::line::Passing;
use beket_tests::world::{appeal, evacuee};
use beket_tests::{Device, Kiosk, Line, Office, Way, World};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

const SEED: u64 = 41;

/// What somebody does to an answer.
type Lie = fn(Passing<'_>);
/// Paths and bodies that passed.
type Heard = Arc<Mutex<Vec<(String, Vec<u8>)>>>;

/// A kiosk over a line of its own.
fn over_a_line(world: &World) -> Result<(Kiosk, Line)> {
    let line = world.line()?;
    let kiosk = world.staffed_over(&line, "TRK")?;
    kiosk.sync()?;
    Ok((kiosk, line))
}

/// Somebody who does this to one message: request number `number`, on its way up or down.
fn meddle_once(
    number: usize,
    down: bool,
    mut meddle: impl FnMut(Passing<'_>) + Send + 'static,
) -> (Way, Arc<AtomicBool>) {
    let done = Arc::new(AtomicBool::new(false));
    let did = done.clone();
    let way = Way::Through(Box::new(move |passing| {
        if passing.number == number && passing.status.is_some() == down {
            did.store(true, Ordering::SeqCst);
            meddle(passing);
        }
    }));
    (way, done)
}

/// A sync that was meddled with ends early, says why, and claims nothing that is not so.
fn distrusted(world: &World, kiosk: &Kiosk, what: &str) -> Result<()> {
    let sync = kiosk.try_sync()?;
    ensure!(sync.code == Some(1) && !sync.in_step, "{what}: {sync:?}");
    let reason = sync.error.as_deref().unwrap_or_default().to_lowercase();
    ensure!(reason.contains("everything stays safe on this device"), "{what}: {sync:?}");
    let rows = world.office.export()?;
    for (reference, mark) in kiosk.marks()? {
        let there = rows.iter().any(|row| row["reference"] == reference.as_str());
        ensure!(mark == "on_this_device" || there, "{what}: {reference} {mark}");
    }
    Ok(())
}

/// Somebody who flips one bit of one message; the envelope's own bytes as often as what they hold.
fn one_bit(rng: &mut ChaCha8Rng) -> (Way, Arc<AtomicBool>, String) {
    let (number, down) = (rng.random_range(0..3), rng.random_bool(0.5));
    let (chance, bit) = (rng.random_range(0..usize::MAX), rng.random_range(0..8));
    let most = if rng.random_bool(0.5) { 140 } else { usize::MAX };
    let (way, done) = meddle_once(number, down, move |passing| {
        let place = chance % passing.body.len().min(most);
        passing.body[place] ^= 1 << bit;
    });
    (way, done, format!("request {number}, down {down}, bit {bit} of byte {chance} within {most}"))
}

#[test]
fn one_bit_of_any_request_or_answer_is_noticed() -> Result<()> {
    const ROUNDS: u64 = 120;
    let world = World::open()?;
    let (kiosk, line) = over_a_line(&world)?;
    let other = world.staffed("TRK")?;
    let mut rng = ChaCha8Rng::seed_from_u64(SEED);
    let (mut given, mut altered) = (Vec::new(), 0);
    for round in 0..ROUNDS {
        let intake = evacuee(&format!("Осы {round}"));
        given.push((kiosk.take_one(&intake)?, intake));
        if round % 4 == 0 {
            // Something to fetch, too.
            let intake = evacuee(&format!("Өзге {round}"));
            given.push((other.take_one(&intake)?, intake));
            other.sync()?;
        }
        let (way, done, what) = one_bit(&mut rng);
        line.set(way);
        let what = format!("seed {SEED}, round {round}: {what}");
        let result = distrusted(&world, &kiosk, &what);
        // Where there was no such request, the sync was an honest one.
        ensure!(result.is_ok() == done.load(Ordering::SeqCst), "{what}: {result:?}");
        altered += u64::from(result.is_ok());
        line.set(Way::Open);
        if round % 5 == 0 {
            kiosk.sync().context(what)?;
        }
    }
    ensure!(altered > ROUNDS / 2, "only {altered} messages were altered");
    kiosk.sync()?;
    other.sync()?;
    let wrong = whole(&given, &world.office.export()?);
    ensure!(wrong.is_empty(), "{wrong:#?}");
    ensure!(kiosk.list()?.len() == given.len());
    world.close()
}

#[test]
fn answers_that_are_not_the_offices_are_not_believed() -> Result<()> {
    let world = World::open()?;
    let (kiosk, line) = over_a_line(&world)?;
    let reference = kiosk.take_one(&evacuee("Сәуле"))?;
    let lies: [(&str, Lie); 9] = [
        ("nothing", |passing| passing.body.clear()),
        ("a page", |passing| *passing.body = b"<html>Welcome to our Wi-Fi!</html>".to_vec()),
        ("zeros", |passing| *passing.body = vec![0; 64]),
        ("too much", |passing| passing.body.resize(3 << 20, 7)),
        ("half", |passing| passing.body.truncate(passing.body.len() / 2)),
        ("one byte more", |passing| passing.body.push(0)),
        ("another status", |passing| passing.status.into_iter().for_each(|status| *status = 202)),
        ("a refusal", |passing| passing.status.into_iter().for_each(|status| *status = 503)),
        ("a redirect", |passing| passing.status.into_iter().for_each(|status| *status = 302)),
    ];
    for (what, lie) in lies {
        for number in 0..2 {
            let (way, done) = meddle_once(number, true, lie);
            line.set(way);
            // Each time there is something to push, so that there is a second request.
            kiosk.take_one(&evacuee(what))?;
            distrusted(&world, &kiosk, &format!("{what} in answer {number}"))?;
            ensure!(done.load(Ordering::SeqCst));
        }
    }
    line.set(Way::Open);
    kiosk.sync()?;
    ensure!(kiosk.listed(&reference)?["mark"] == "at_the_centre");
    world.close()
}

#[test]
fn another_office_at_the_same_address_is_believed_nothing() -> Result<()> {
    let (world, elsewhere) = (World::open()?, World::open()?);
    let (kiosk, line) = over_a_line(&world)?;
    let reference = kiosk.take_one(&appeal("Бізге"))?;
    line.lead_to(elsewhere.office.host());
    for _ in 0..2 {
        distrusted(&world, &kiosk, "another office")?;
    }
    ensure!(kiosk.listed(&reference)?["mark"] == "on_this_device");
    ensure!(elsewhere.office.export()?.is_empty());
    line.lead_to(world.office.host());
    kiosk.sync()?;
    ensure!(kiosk.listed(&reference)?["mark"] == "at_the_centre");
    world.close()?;
    elsewhere.close()
}

/// An office whose folder was founded anew under the old name, at the old address.
#[test]
fn an_office_founded_anew_is_not_the_office() -> Result<()> {
    let mut world = World::open()?;
    let (kiosk, line) = over_a_line(&world)?;
    let reference = kiosk.take_one(&appeal("Бізге"))?;
    let mut impostor = Office::found(&world.path("impostor"), "Түркістан")?;
    impostor.station("TRK", "Түркістан вокзалы")?;
    impostor.serve()?;
    line.lead_to(impostor.host());
    distrusted(&world, &kiosk, "an impostor")?;
    line.lead_to(world.office.host());
    world.office.alive()?;
    kiosk.sync()?;
    ensure!(kiosk.listed(&reference)?["mark"] == "at_the_centre");
    Ok(())
}

/// Somebody who writes down all requests or all answers.
fn listen(down: bool) -> (Way, Heard) {
    let heard: Heard = Arc::default();
    let recorder = heard.clone();
    let way = Way::Through(Box::new(move |passing| {
        if passing.status.is_some() == down {
            let mut heard = recorder.lock().unwrap_or_else(PoisonError::into_inner);
            heard.push((passing.path.to_owned(), passing.body.clone()));
        }
    }));
    (way, heard)
}

#[test]
fn answers_of_an_earlier_conversation_are_worth_nothing_in_a_later_one() -> Result<()> {
    let world = World::open()?;
    let (kiosk, line) = over_a_line(&world)?;
    kiosk.take_one(&evacuee("Бірінші"))?;
    let (way, heard) = listen(true);
    line.set(way);
    kiosk.sync()?;
    let answers = heard.lock().unwrap().clone();
    ensure!(answers.len() >= 2, "{} answers", answers.len());

    let reference = kiosk.take_one(&evacuee("Екінші"))?;
    for first in 0..answers.len() {
        let answers = answers.clone();
        line.set(Way::Through(Box::new(move |passing| {
            let old = answers.get(passing.number).filter(|_| passing.number >= first);
            if let (Some((_, old)), Some(_)) = (old, passing.status) {
                old.clone_into(passing.body);
            }
        })));
        distrusted(&world, &kiosk, &format!("replayed from answer {first}"))?;
    }
    line.set(Way::Open);
    kiosk.sync()?;
    ensure!(kiosk.listed(&reference)?["mark"] == "at_the_centre");
    world.close()
}

#[test]
fn a_request_sent_twice_stores_nothing_twice() -> Result<()> {
    let world = World::open()?;
    let (kiosk, line) = over_a_line(&world)?;
    let reference = kiosk.take_one(&evacuee("Бір рет"))?;
    let (way, heard) = listen(false);
    line.set(way);
    kiosk.sync()?;
    let device = Device::of(kiosk.data())?;
    let requests = heard.lock().unwrap().clone();
    for (path, body) in requests.iter().chain(&requests) {
        let (status, _) = device.post(path, body)?;
        ensure!(status == 200 || status == 401, "{path}: {status}");
    }
    line.set(Way::Open);
    let sync = kiosk.sync()?;
    ensure!((sync.pushed, sync.pulled) == (0, 0), "{sync:?}");
    ensure!(world.office.export()?.len() == 1);
    world.row(&reference)?;
    world.close()
}
