//! Owns: `kill -9` of kiosk and server at seeded moments. What was printed or acknowledged is there
//! at the end, and nothing is there twice.
//! Refuses: power cuts: a killed process leaves the system's cache, so that fsync itself is not
//! proven here.

use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use beket_tests::compare::{by_reference, differences};
use beket_tests::kiosk::json_lines;
use beket_tests::process::Running;
use beket_tests::world::evacuee;
use beket_tests::{Kiosk, Sync, World};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use serde_json::{Value, json};

const SEED: u64 = 2019;

/// Moments for killing: mostly within what one command takes, sometimes later.
fn moment(rng: &mut ChaCha8Rng, longest: Duration) -> Duration {
    longest.mul_f64(rng.random_range(0.0..1.0))
}

/// Everything printed is in the export once and as given; what was committed but never printed may
/// be there too.
fn check(world: &World, printed: &[(String, Value)], most_unprinted: usize) -> Result<()> {
    let rows = world.office.export()?;
    let (rows_by, doubled) = by_reference(&rows);
    ensure!(doubled.is_empty(), "twice: {doubled:?}");
    for (reference, given) in printed {
        let row = rows_by.get(reference.as_str());
        let row = row.with_context(|| format!("{reference} was printed and is gone"))?;
        let wrong = differences(given, row);
        ensure!(wrong.is_empty(), "{reference}: {wrong:?}");
    }
    let unprinted = rows.len() - printed.len();
    ensure!(unprinted <= most_unprinted, "{unprinted} cases that nobody was told of");
    Ok(())
}

#[test]
fn a_kiosk_killed_while_it_takes_keeps_every_reference_that_it_printed() -> Result<()> {
    const ROUNDS: usize = 30;
    const LINES: usize = 450;
    let world = World::open()?;
    let kiosk = world.staffed("TRK")?;
    let mut rng = ChaCha8Rng::seed_from_u64(SEED);
    let mut printed = Vec::new();
    for round in 0..ROUNDS {
        let intakes: Vec<Value> = (0..LINES).map(|n| evacuee(&format!("Ж {round} {n}"))).collect();
        let mut running = Running::start(&mut kiosk.command(&["take", "-"]))?;
        let mut references = Vec::new();
        let patient = rng.random_range(0..3) == 0;
        if patient {
            // One line at a time, each in a commit of its own.
            for intake in &intakes[..rng.random_range(1..40)] {
                running.write(&json_lines(std::slice::from_ref(intake)))?;
                references.extend(running.next_line()?);
            }
            let rest = rng.random_range(0..LINES);
            running.feed(json_lines(&intakes[references.len()..][..rest.min(LINES - 40)]));
        } else {
            running.feed(json_lines(&intakes));
        }
        sleep(moment(&mut rng, Duration::from_millis(if patient { 8 } else { 50 })));
        references.extend(running.kill()?.lines());
        printed.extend(references.into_iter().zip(intakes));
        let context = || format!("seed {SEED}, round {round}");
        kiosk.list().with_context(context)?;
        if round % 5 == 0 {
            kiosk.sync().with_context(context)?;
        }
    }
    kiosk.sync()?;
    ensure!(printed.len() > ROUNDS, "only {} lines were printed", printed.len());
    // The last commit of each round, at the most, went unsaid.
    check(&world, &printed, ROUNDS * 2 * 200)
}

/// What the kiosk believes to be at the centre is there, before anybody talks again.
fn claims_hold(world: &World, kiosk: &Kiosk) -> Result<()> {
    let rows = world.office.export()?;
    for case in kiosk.list()?.iter().filter(|case| case["mark"] == "at_the_centre") {
        let there = rows.iter().any(|row| row["case"] == case["case"]);
        ensure!(there, "{case} is said to be at the centre and is not");
    }
    Ok(())
}

/// A sync that is killed at a seeded moment.
fn killed_sync(kiosk: &Kiosk, rng: &mut ChaCha8Rng, longest: Duration) -> Result<()> {
    let running = Running::start(&mut kiosk.command(&["sync", "--once", "--json"]))?;
    sleep(moment(rng, longest));
    running.kill().map(drop)
}

#[test]
fn a_kiosk_killed_while_it_syncs_loses_nothing() -> Result<()> {
    const ROUNDS: u64 = 60;
    let world = World::open()?;
    let (kiosk, other) = (world.staffed("TRK")?, world.staffed("ARS")?);
    let mut rng = ChaCha8Rng::seed_from_u64(SEED + 1);
    let mut printed = Vec::new();
    for round in 0..ROUNDS {
        let intakes: Vec<Value> = (0..5).map(|n| evacuee(&format!("С {round} {n}"))).collect();
        printed.extend(kiosk.take(&intakes)?.into_iter().zip(intakes));
        if round % 10 == 0 {
            // Something to fetch, too.
            let far = evacuee(&format!("А {round}"));
            printed.push((other.take_one(&far)?, far));
            other.sync()?;
        }
        killed_sync(&kiosk, &mut rng, Duration::from_millis(40))?;
        if round % 6 == 0 {
            let context = || format!("seed {}, round {round}", SEED + 1);
            claims_hold(&world, &kiosk).with_context(context)?;
        }
    }
    kiosk.sync().with_context(|| format!("seed {}", SEED + 1))?;
    check(&world, &printed, 0)?;
    ensure!(kiosk.list()?.len() == printed.len());
    Ok(())
}

#[test]
fn a_server_killed_while_kiosks_sync_has_all_it_acknowledged() -> Result<()> {
    const ROUNDS: u64 = 25;
    let mut world = World::open()?;
    let kiosks = [world.staffed("TRK")?, world.staffed("ARS")?, world.self_service("ARS")?];
    let mut rng = ChaCha8Rng::seed_from_u64(SEED + 2);
    let mut printed = Vec::new();
    for round in 0..ROUNDS {
        let mut syncs = Vec::new();
        for (place, kiosk) in kiosks.iter().enumerate() {
            let name = |n| evacuee(&format!("П {round} {place} {n}"));
            let intakes: Vec<Value> = (0..20).map(name).collect();
            printed.extend(kiosk.take(&intakes)?.into_iter().zip(intakes));
            syncs.push(Running::start(&mut kiosk.command(&["sync", "--once", "--json"]))?);
        }
        sleep(moment(&mut rng, Duration::from_millis(80)));
        world.office.kill()?;
        for sync in syncs {
            let sync = Sync::read(&sync.finish()?)?;
            ensure!(sync.code == Some(i32::from(!sync.in_step)), "{sync:?}");
        }
        let context = || format!("seed {}, round {round}", SEED + 2);
        if round % 5 == 0 {
            kiosks.iter().try_for_each(|kiosk| claims_hold(&world, kiosk)).with_context(context)?;
        }
        world.office.serve()?;
    }
    for kiosk in kiosks.iter().chain(&kiosks) {
        kiosk.sync()?;
    }
    check(&world, &printed, 0)
}

#[test]
fn both_killed_again_and_again_come_out_in_step() -> Result<()> {
    const ROUNDS: u64 = 20;
    let mut world = World::open()?;
    let kiosk = world.staffed("TRK")?;
    let mut rng = ChaCha8Rng::seed_from_u64(SEED + 3);
    let mut printed = Vec::new();
    for round in 0..ROUNDS {
        let intakes: Vec<Value> = (0..10).map(|n| evacuee(&format!("Е {round} {n}"))).collect();
        let mut taking = Running::start(&mut kiosk.command(&["take", "-"]))?;
        taking.feed(json_lines(&intakes));
        // A sync and an edit beside the taking: two processes on one folder.
        killed_sync(&kiosk, &mut rng, Duration::from_millis(30))?;
        sleep(moment(&mut rng, Duration::from_millis(10)));
        printed.extend(taking.kill()?.lines().into_iter().zip(intakes));
        killed_sync(&kiosk, &mut rng, Duration::from_millis(30))?;
        world.office.kill()?;
        world.office.serve()?;
    }
    kiosk.sync().with_context(|| format!("seed {}", SEED + 3))?;
    check(&world, &printed, usize::try_from(ROUNDS)? * 10)
}

#[test]
fn two_desks_at_one_kiosk_give_no_reference_twice() -> Result<()> {
    let world = World::open()?;
    let kiosk = world.staffed("TRK")?;
    let mut given: Vec<(String, Value)> = Vec::new();
    for round in 0..5 {
        let desks = ["С", "О", "А"].map(|desk| -> Vec<Value> {
            (0..40).map(|n| evacuee(&format!("{desk} {round} {n}"))).collect()
        });
        let start = |intakes: &Vec<Value>| -> Result<Running> {
            let mut running = Running::start(&mut kiosk.command(&["take", "-"]))?;
            running.feed(json_lines(intakes));
            Ok(running)
        };
        let running = desks.iter().map(start).collect::<Result<Vec<_>>>()?;
        for (running, intakes) in running.into_iter().zip(desks) {
            let finished = running.finish()?;
            ensure!(finished.code == Some(0), "{}", finished.why());
            given.extend(finished.lines().into_iter().zip(intakes));
        }
    }
    kiosk.sync()?;
    check(&world, &given, 0)
}

#[test]
fn a_kiosk_that_takes_while_it_syncs_refuses_nobody() -> Result<()> {
    let world = World::open()?;
    let kiosk = world.staffed("TRK")?;
    let mut given = Vec::new();
    for round in 0..15 {
        let sync = Running::start(&mut kiosk.command(&["sync", "--once", "--json"]))?;
        let intakes: Vec<Value> = (0..20).map(|n| evacuee(&format!("Б {round} {n}"))).collect();
        given.extend(kiosk.take(&intakes)?.into_iter().zip(intakes));
        kiosk.edit(&given[given.len() - 1].0, &json!({ "place": { "bed": "1" } }))?;
        let sync = Sync::read(&sync.finish()?)?;
        ensure!(sync.error.is_none() && sync.refused == 0, "{sync:?}");
    }
    kiosk.sync()?;
    check(&world, &given, 0)
}
