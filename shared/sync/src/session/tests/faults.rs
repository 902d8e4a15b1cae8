//! Faults first, with a check after every session; then they stop, and everything must be where it
//! belongs. `BEKET_SEED=n` replays one run, `BEKET_SEEDS=n` makes so many.

use std::collections::BTreeSet;

use beket_directory::{Set, StandingState};
use beket_record::{CaseId, Lane, Part, Position, RecordId, Scope};
use beket_wire::KnownAs;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

use super::centre::Centre;
use super::kiosk::Kiosk;
use super::replica::Replica;
use super::world::{DAY, STATIONS, World, scope};
use crate::{Failure, Report};

const SEEDS: u64 = 300;
const EVENTS: usize = 60;
const MOST_KIOSKS: usize = 5;
const INCIDENTS: [&str; 2] = ["ARYS-2019", "FLOOD-24"];
/// Sessions of every kiosk after which nothing may be left to say.
const HEALING_ROUNDS: usize = 4;

/// What a link may do, each in so many of a hundred requests.
#[derive(Debug, Clone, Copy)]
struct Faults {
    request_lost: u32,
    answer_lost: u32,
    crash: u32,
    /// Something happens at the office while a session is under way.
    meanwhile: u32,
}

const NONE: Faults = Faults { request_lost: 0, answer_lost: 0, crash: 0, meanwhile: 0 };

fn happens(rng: &mut ChaCha8Rng, percent: u32) -> bool {
    rng.random_range(0..100) < percent
}

fn pick<T: Clone>(rng: &mut ChaCha8Rng, from: &[T]) -> Option<T> {
    (!from.is_empty()).then(|| from[rng.random_range(0..from.len())].clone())
}

#[test]
fn whatever_fails_on_the_way_everything_arrives_once_it_stops_failing() {
    let number = |name| std::env::var(name).ok().map(|text| text.parse::<u64>().unwrap());
    if let Some(seed) = number("BEKET_SEED") {
        return run(seed);
    }
    for seed in 0..number("BEKET_SEEDS").unwrap_or(SEEDS) {
        let seed_on_panic = SeedOnPanic(seed);
        run(seed);
        drop(seed_on_panic);
    }
}

/// Says which run it was, if it ends in a panic.
struct SeedOnPanic(u64);

impl Drop for SeedOnPanic {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("replay this run with BEKET_SEED={}", self.0);
        }
    }
}

fn run(seed: u64) {
    let mut world = World::new(seed);
    let calm = happens(&mut world.rng, 20);
    let faults = if calm {
        NONE
    } else {
        Faults { request_lost: 8, answer_lost: 8, crash: 4, meanwhile: 6 }
    };
    let kiosk = world.kiosk("TRK");
    world.kiosks[kiosk].ahead = -315_360_000;
    for _ in 0..EVENTS {
        event(&mut world, faults);
    }
    heal(&mut world);
}

/// One thing that happens.
fn event(world: &mut World, faults: Faults) {
    let kiosk = world.rng.random_range(0..world.kiosks.len());
    match world.rng.random_range(0..100) {
        0..40 => take(world, kiosk),
        40..80 => drop(session(world, kiosk, faults)),
        80..84 if world.kiosks.len() < MOST_KIOSKS => newcomer(world),
        84..90 => {
            let device = world.device(kiosk);
            let state = if happens(&mut world.rng, 50) {
                StandingState::Revoked
            } else {
                StandingState::Admitted
            };
            // The office speaks only of devices that it has met.
            if world.centre.replica.directory.writer(&device).is_some() {
                world.centre.set_standing(&device, state);
            }
        }
        _ => at_the_office(&mut world.centre, &mut world.rng),
    }
    world.centre.now += 60;
}

fn take(world: &mut World, kiosk: usize) {
    let Kiosk { replica, station, .. } = &world.kiosks[kiosk];
    let mut scopes = replica.directory.scopes_of(station);
    // Now and then one that the kiosk has no business with.
    if happens(&mut world.rng, 5) {
        scopes = vec![scope("NOWHERE")];
    }
    let Some(place) = pick(&mut world.rng, &scopes) else { return };
    let known: Vec<CaseId> =
        replica.cases().into_iter().filter(|(_, at)| *at == place).map(|(case, _)| case).collect();
    let case = pick(&mut world.rng, &known).filter(|_| happens(&mut world.rng, 30));
    let case = case.unwrap_or_else(|| CaseId::random(&mut world.rng));
    let lane = [Lane::Urgent, Lane::Emergency, Lane::Ordinary][world.rng.random_range(0..3)];
    world.take(kiosk, &place, case, lane);
}

fn newcomer(world: &mut World) {
    let station = STATIONS[world.rng.random_range(0..2)];
    // A code may expire before it is used, or be used twice.
    let expires = world.centre.now + world.rng.random_range(60..DAY);
    let mut code = world.enrol(station, expires);
    if happens(&mut world.rng, 30) {
        code = world.rng.random_range(0..world.codes.len());
    }
    let kiosk = world.set_up(code);
    world.kiosks[kiosk].ahead = world.rng.random_range(-400_000_000..400_000_000);
}

fn at_the_office(centre: &mut Centre, rng: &mut ChaCha8Rng) {
    let incident = scope(INCIDENTS[rng.random_range(0..2)]);
    let clock = centre.clock();
    let directory = &centre.replica.directory;
    let stated = match rng.random_range(0..12) {
        0..2 => return centre.back_up(),
        2..4 => return centre.restore(rng.random_range(0..centre.backups.len())),
        4..6 => {
            let all: Vec<Scope> = STATIONS.iter().map(|code| scope(code)).collect();
            let some = &all[rng.random_range(0..2)..];
            centre.keys.open_incident(directory, &incident, "Арыс", some, clock, rng).ok()
        }
        6 => centre.keys.close_incident(directory, &incident, clock, rng).ok(),
        7 => pick(rng, &centre.replica.cases())
            .and_then(|(case, at)| centre.keys.purge(case, &at, clock, rng).ok()),
        number => {
            let part = if number == 8 { Part::Review } else { Part::Answer };
            if let Some((case, at)) = pick(rng, &centre.replica.cases()) {
                centre.statement(part, (case, &at));
            }
            return;
        }
    };
    if let Some(record) = stated {
        centre.keep(&record);
    }
}

/// One session over a link with these faults, and the check of what it left.
fn session(world: &mut World, kiosk: usize, faults: Faults) -> Option<Report> {
    let World { centre, kiosks, rng, .. } = world;
    let kiosk = &mut kiosks[kiosk];
    let (now, device) = (centre.now, kiosk.author());
    let before = kiosk.receipted.clone();
    let mut chance: ChaCha8Rng = rand::SeedableRng::seed_from_u64(rng.random());
    let epoch = centre.epoch;
    let mut ask = |route, body: &[u8]| {
        if happens(&mut chance, faults.meanwhile) {
            at_the_office(centre, &mut chance);
        }
        let lost = || Failure::Unreachable("cut".to_owned());
        if happens(&mut chance, faults.request_lost) {
            return Err(lost());
        }
        let answer = centre.serve(&device, route, body);
        if happens(&mut chance, faults.answer_lost) { Err(lost()) } else { answer }
    };
    let report = kiosk.talk(now, rng, &mut ask, &mut |rng| happens(rng, faults.crash));
    is_safe(centre, kiosk, &before, epoch);
    report
}

/// What holds at every moment.
fn is_safe(centre: &Centre, kiosk: &Kiosk, before: &BTreeSet<RecordId>, epoch: u32) {
    let here = &kiosk.replica;
    let purged_here = |case: &CaseId| here.directory.is_purged(case);
    for (id, case) in &kiosk.taken {
        let kept = here.records.contains_key(id) || purged_here(case);
        assert!(kept, "the kiosk forgot {id}, which it took");
    }
    for id in before {
        let kept = here.records.contains_key(id) || centre.ever.get(id).is_some_and(purged_here);
        assert!(kept, "the kiosk forgot {id}, which was receipted");
    }
    let there = &centre.replica;
    for id in &kiosk.receipted {
        let case = centre.ever.get(id);
        assert!(case.is_some(), "{id} is marked and was never at the office");
        let purged = case.is_some_and(|case| there.directory.is_purged(case));
        let old = before.contains(id) || centre.epoch != epoch;
        assert!(old || there.records.contains_key(id) || purged, "{id} is not at the office");
    }
    assert!(kiosk.refused.is_empty(), "{:?}", kiosk.refused);
}

/// Nothing fails any more: after a few rounds there is nothing left to say, and everything is
/// where it belongs.
fn heal(world: &mut World) {
    let all = 0..world.kiosks.len();
    for _ in 0..HEALING_ROUNDS {
        for kiosk in all.clone() {
            let report = session(world, kiosk, NONE).unwrap();
            assert_eq!(report.failure, None);
        }
    }
    for kiosk in all.clone() {
        let report = session(world, kiosk, NONE).unwrap();
        let (centre, kiosk) = (&world.centre, &world.kiosks[kiosk]);
        assert!(report.in_step, "{report:?}");
        assert_eq!((report.pushed, report.pulled, report.held, report.distrusted), (0, 0, 0, 0));
        if shares_all(centre, kiosk) {
            assert_eq!(report.round_trips, 1, "{:?}", kiosk.traffic);
        } else {
            assert!(report.round_trips <= 4, "{:?}", kiosk.traffic);
        }
        is_settled(centre, kiosk, report.known_as.unwrap());
    }
    everything_arrived(world);
}

/// Whether every set here is one that the office compares, and is the same there.
fn shares_all(centre: &Centre, kiosk: &Kiosk) -> bool {
    let directory = &centre.replica.directory;
    let sets: BTreeSet<&Set> = kiosk.replica.records.values().map(|s| &s.set).collect();
    sets.into_iter().all(|set| {
        let compared = crate::office::may_compare(directory, &kiosk.author(), set);
        compared && items(&centre.replica, set) == items(&kiosk.replica, set)
    })
}

fn items(replica: &Replica, set: &Set) -> Vec<Position> {
    replica.items(set)
}

fn is_settled(centre: &Centre, kiosk: &Kiosk, known_as: KnownAs) {
    for set in [Set::Directory, Set::Purge] {
        assert_eq!(items(&centre.replica, &set), items(&kiosk.replica, &set), "{set:?}");
    }
    assert_eq!(kiosk.unreceipted(), []);
    for (id, shelved) in &kiosk.replica.records {
        let there = centre.replica.records.get(id);
        assert_eq!(there.map(|there| &there.set), Some(&shelved.set), "{id}");
    }
    if known_as == KnownAs::Admitted {
        for place in kiosk.replica.directory.scopes_of(&kiosk.station) {
            let set = Set::Scope(place);
            assert_eq!(items(&centre.replica, &set), items(&kiosk.replica, &set), "{set:?}");
        }
    }
}

fn everything_arrived(world: &World) {
    let there = &world.centre.replica;
    for (id, case) in world.kiosks.iter().flat_map(|kiosk| &kiosk.taken) {
        let arrived = there.records.contains_key(id) || there.directory.is_purged(case);
        assert!(arrived, "{id} never arrived");
    }
}
