//! Owns: nonsense at the office's doors: bytes of any length at every path for kiosks, and messages
//! that claim more than they hold. Each is declined with a reason, and the office works on.
//! Refuses: messages that are well formed and not allowed, which `strangers` owns.

use anyhow::{Context, Result, ensure};
use beket_tests::World;
use beket_tests::world::evacuee;
use beket_wire::{
    Hello, MAX_BATCH_RECORDS, MAX_BODY_BYTES, MAX_IDS, Message, Opening, PROTOCOL_VERSION, Push,
    Reconcile, Request, Route, SetName,
};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

const SEED: u64 = 5;

fn random(rng: &mut ChaCha8Rng, length: usize) -> Vec<u8> {
    let mut bytes = vec![0; length];
    rng.fill_bytes(&mut bytes);
    bytes
}

/// An honest kiosk is served as if nothing had happened, and the server has nothing bad to say.
fn works_on(world: World) -> Result<()> {
    let kiosk = world.staffed("TRK")?;
    let reference = kiosk.take_one(&evacuee("Адал"))?;
    kiosk.sync()?;
    world.row(&reference)?;
    world.close()
}

#[test]
fn bytes_without_an_envelope_are_declined_at_every_door() -> Result<()> {
    let world = World::open()?;
    let (_, device) = world.at_our_command("TRK")?;
    let mut rng = ChaCha8Rng::seed_from_u64(SEED);
    for route in Route::ALL {
        for length in [0, 1, 41, 42, 105, 106, 107, 1_000, 65_536, MAX_BODY_BYTES] {
            for version in [0, 1] {
                let mut bytes = random(&mut rng, length);
                bytes.first_mut().into_iter().for_each(|first| *first = version);
                let (status, _) = device.post(route.path(), &bytes)?;
                ensure!(status == 400, "{route:?}, {length} bytes: {status}");
            }
        }
        for length in [MAX_BODY_BYTES + 1, 3 << 20] {
            // The server may hang up before it has heard it all.
            if let Ok((status, _)) = device.post(route.path(), &random(&mut rng, length)) {
                ensure!(status == 413 || status == 400, "{route:?}, {length} bytes: {status}");
            }
        }
    }
    works_on(world)
}

#[test]
fn messages_of_nonsense_are_declined_with_a_reason() -> Result<()> {
    let world = World::open()?;
    let (_, device) = world.at_our_command("TRK")?;
    let mut rng = ChaCha8Rng::seed_from_u64(SEED + 1);
    let mut messages = vec![
        vec![],
        vec![0xf6],
        vec![0xa0, 0xa0],
        vec![0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
        vec![0xbb, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
        vec![0xa1, 0x00, 0x9b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
        vec![0xa1, 0x00, 0x5b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
        vec![0x81; 100_000],
        vec![0xa1; 100_000],
        vec![0x9f; 1_000_000],
    ];
    messages.extend((0..40).map(|_| {
        let length = rng.random_range(1..300);
        random(&mut rng, length)
    }));
    for message in messages {
        for route in Route::ALL {
            let start = &message[..message.len().min(16)];
            let Err((status, reason)) = device.ask_bytes(route, &message)? else {
                // An empty map leaves out only what may be left out.
                continue;
            };
            ensure!(status == 400 && reason.len() > 10, "{route:?} {start:x?}: {status} {reason}");
        }
    }
    works_on(world)
}

#[test]
fn comparisons_of_nonsense_are_declined_or_harmless() -> Result<()> {
    let world = World::open()?;
    let (_, device) = world.at_our_command("TRK")?;
    let mut rng = ChaCha8Rng::seed_from_u64(SEED + 2);
    let set = |kind, scope: Option<&str>| SetName { kind, scope: scope.map(str::to_owned) };
    for round in 0..60 {
        let length = rng.random_range(0..200);
        let mut message = random(&mut rng, length);
        // Negentropy's version, so that the rest is read.
        message.first_mut().into_iter().for_each(|first| *first = 0x61);
        let sets =
            [set(0, None), set(2, Some("TRK")), set(9, None), set(2, Some("ә")), set(2, None)];
        let of = |set: SetName| Opening { set, message: message.clone().into(), range: false };
        let openings: Vec<Opening> = sets.into_iter().map(of).collect();
        let hello = Hello {
            nonce: [7; 16],
            clock: u64::MAX,
            versions: vec![PROTOCOL_VERSION],
            software: "x".repeat(1_000),
            waiting: u64::MAX,
            openings: openings.clone(),
            disk_left: Some(u64::MAX),
        };
        for (route, body) in [
            (Route::Hello, hello.to_bytes()),
            (Route::Reconcile, Reconcile { openings }.to_bytes()),
        ] {
            let answer = device.ask_bytes(route, &body)?;
            let fine = answer.as_ref().map_or_else(|(status, _)| *status == 400, |_| true);
            ensure!(fine, "seed {SEED}, round {round}: {route:?} {answer:?}");
        }
    }
    works_on(world)
}

#[test]
fn a_kiosk_that_speaks_no_known_version_is_told_so() -> Result<()> {
    let world = World::open()?;
    let (_, device) = world.at_our_command("TRK")?;
    let hello = Hello {
        nonce: [1; 16],
        clock: 0,
        versions: vec![7, 8],
        software: String::new(),
        waiting: 0,
        openings: Vec::new(),
        disk_left: None,
    };
    let answer = device.ask_bytes(Route::Hello, &hello.to_bytes())?;
    let welcome = answer.map_err(|declined| anyhow::anyhow!("{declined:?}"))?;
    ensure!(beket_wire::Welcome::from_bytes(&welcome)?.version == 0);
    works_on(world)
}

#[test]
fn a_push_of_too_much_is_declined_whole_and_of_the_most_is_answered() -> Result<()> {
    let world = World::open()?;
    let (_, device) = world.at_our_command("TRK")?;
    let small = |count: usize| Push { records: vec![vec![1].into(); count], ask: Vec::new() };
    let ask = |count: usize| Push { records: Vec::new(), ask: vec![vec![1; 32].into(); count] };
    for push in [small(MAX_BATCH_RECORDS + 1), ask(MAX_IDS + 1)] {
        let declined = device.ask_bytes(Route::Push, &push.to_bytes())?.err();
        let (status, reason) = declined.context("too much was taken")?;
        ensure!(status == 400 && reason.contains("more records or ids"), "{status} {reason}");
    }
    for push in [small(MAX_BATCH_RECORDS), ask(MAX_IDS)] {
        ensure!(device.ask_bytes(Route::Push, &push.to_bytes())?.is_ok());
    }
    let wrong_id = Push { records: Vec::new(), ask: vec![vec![1; 31].into()] };
    ensure!(device.ask_bytes(Route::Push, &wrong_id.to_bytes())?.is_err());
    // One record as heavy as a request may be: refused alone, not the push.
    let heavy = vec![7; MAX_BODY_BYTES - 1_000];
    let pushed =
        device.push_bytes(vec![heavy])?.map_err(|declined| anyhow::anyhow!("{declined:?}"))?;
    ensure!(
        matches!(&pushed.verdicts[..], [beket_wire::Verdict::Refused(reason)]
            if reason.contains("the most a record may have")),
        "{pushed:?}"
    );
    let over =
        Request::seal(&device.signer, Route::Push, &device.token, 0, &vec![0; MAX_BODY_BYTES]);
    ensure!(over.is_err());
    works_on(world)
}

#[test]
fn a_request_signed_for_one_path_opens_no_other() -> Result<()> {
    let world = World::open()?;
    let (_, device) = world.at_our_command("TRK")?;
    let push = Push { records: Vec::new(), ask: Vec::new() }.to_bytes();
    let request = Request::seal(&device.signer, Route::Push, &device.token, 0, &push)?;
    for route in [Route::Hello, Route::Reconcile, Route::Pull] {
        let declined = device.send(route, &request)?.err().context("it was taken")?;
        ensure!(declined.0 == 400 && declined.1.contains("signature"), "{declined:?}");
    }
    ensure!(device.send(Route::Push, &request)?.is_ok());
    works_on(world)
}

#[test]
fn other_methods_and_paths_are_not_there() -> Result<()> {
    let world = World::open()?;
    let browser = beket_tests::Browser::new(&world.office.url());
    for route in Route::ALL {
        ensure!(browser.get(route.path())?.status == 405, "{route:?}");
    }
    for path in ["/sync", "/sync/", "/sync/hello/", "/sync/export", "/../office.key", "/office.db"]
    {
        let status = browser.get(path)?.status;
        ensure!(status == 404, "{path}: {status}");
    }
    works_on(world)
}
