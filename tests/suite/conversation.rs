//! Owns: the conversation's own rules: tokens, what is handed out to whom, how often one may ask.
//! Refuses: what is in a record, which `strangers` owns.

use anyhow::{Context, Result, ensure};
use beket_directory::Set;
use beket_server::Folder;
use beket_sync::TokenKey;
use beket_tests::World;
use beket_tests::world::{appeal, evacuee};
use beket_wire::{KnownAs, Message, Push, Route};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

#[test]
fn tokens_that_are_not_ours_or_no_longer_serve_are_declined() -> Result<()> {
    let world = World::open()?;
    let (_, mut device) = world.at_our_command("TRK")?;
    let (_, other) = world.at_our_command("ARS")?;
    let own = device.token.clone();
    let key = TokenKey::of(&Folder::open(world.office.data())?.office.signer);
    let mut tokens = vec![
        (Vec::new(), "none"),
        (other.token.clone(), "another device's"),
        (key.issue(&device.signer.author(), 1_600_000_000), "an old one"),
        (key.issue(&device.signer.author(), 4_000_000_000), "one from the future"),
        (own[..own.len() - 1].to_vec(), "a short one"),
        ([&own[..], &[0]].concat(), "a long one"),
        (vec![0xff; 64], "ones"),
    ];
    for bit in 0..own.len() * 8 {
        let mut altered = own.clone();
        altered[bit / 8] ^= 1 << (bit % 8);
        tokens.push((altered, "an altered one"));
    }
    for (token, what) in tokens {
        device.token = token;
        for route in [Route::Reconcile, Route::Push, Route::Pull] {
            let answer =
                device.ask_bytes(route, &Push { records: vec![], ask: vec![] }.to_bytes())?;
            let declined = answer.err().with_context(|| format!("{what} was taken"))?;
            ensure!(declined.0 == 401 && declined.1.contains("expired"), "{what}: {declined:?}");
        }
    }
    device.token = own;
    ensure!(device.push(&[])?.is_ok());
    world.close()
}

#[test]
fn what_a_station_does_not_serve_is_not_handed_out() -> Result<()> {
    let world = World::open()?;
    let (_, device) = world.at_our_command("TRK")?;
    let far = world.staffed("ARS")?;
    far.take(&[appeal("Тек Арыс үшін"), evacuee("Екеуіне")])?;
    far.sync()?;
    ensure!(device.pull(&Set::Scope("ARYS-2019".parse()?))?.is_ok_and(|all| all.len() == 1));
    for set in [
        Set::Scope("ARS".parse()?),
        Set::Held("TRK".parse()?),
        Set::Held("ARS".parse()?),
        Set::Review,
        Set::Scope("NOSUCH".parse()?),
    ] {
        let declined = device.pull(&set)?.err().with_context(|| format!("{set:?} came"))?;
        ensure!(declined.0 == 403, "{set:?}: {declined:?}");
    }
    world.close()
}

#[test]
fn a_device_that_nobody_certified_is_told_nothing() -> Result<()> {
    let world = World::open()?;
    let (kiosk, mut device) = world.at_our_command("TRK")?;
    kiosk.take_one(&evacuee("Сәуле"))?;
    kiosk.sync()?;
    let record = device.honest(1)?;
    device.signer = device.stranger();
    let welcome = device.hello()?;
    ensure!(welcome.known_as == KnownAs::Unknown, "{welcome:?}");
    for scope in ["TRK", "ARYS-2019"] {
        ensure!(device.pull(&Set::Scope(scope.parse()?))?.is_err_and(|(status, _)| status == 403));
    }
    let declined = device.push(&[&record])?.err().context("a stranger's push was taken")?;
    ensure!(declined.0 == 403 && declined.1.contains("does not know this kiosk"), "{declined:?}");
    world.close()
}

#[test]
fn a_noisy_device_is_asked_to_wait_and_others_are_not() -> Result<()> {
    let world = World::open()?;
    let (kiosk, device) = world.at_our_command("TRK")?;
    let (_, calm) = world.at_our_command("ARS")?;
    let mut rng = ChaCha8Rng::seed_from_u64(77);
    let mut declined = None;
    // One window's worth, and as much again in case a window ends meanwhile.
    for _ in 0..2_600 {
        let mut nonsense = vec![0; 8];
        rng.fill_bytes(&mut nonsense);
        if let Err((429, reason)) = device.ask_bytes(Route::Reconcile, &nonsense)? {
            declined = Some(reason);
            break;
        }
    }
    let reason = declined.context("it may ask without end")?;
    ensure!(reason.contains("too often"), "{reason}");
    ensure!(calm.push(&[])?.is_ok());
    let reference = kiosk.take_one(&evacuee("Күте тұр"))?;
    let sync = kiosk.try_sync()?;
    ensure!(sync.in_step || sync.error.is_some_and(|why| why.contains("too often")));
    kiosk.listed(&reference)?;
    world.close()
}
