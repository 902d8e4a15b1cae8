//! Owns: records and requests made by hand: by strangers, by devices beyond their rights, by
//! nobody at all. Each is refused or held with its reason, and others in the same push are unhurt.
//! Refuses: bytes altered on the line, which `forgery` owns.

use anyhow::{Context, Result, anyhow, bail, ensure};
use beket_directory::{Judgement, Set, certify_device};
use beket_record::{CaseId, Lane, Part, Record, RecordId, Statement, Unverified, state};
use beket_server::Folder;
use beket_store::Store;
use beket_sync::TokenKey;
use beket_tests::world::{appeal, evacuee};
use beket_tests::{Device, Kiosk, World};
use beket_wire::{KnownAs, Message, Push, Route, Verdict};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use serde_json::{Value, json};

const SEED: u64 = 77;

/// A kiosk that met the office, and its device at our command, in a conversation.
fn at_our_command(world: &World, station: &str) -> Result<(Kiosk, Device)> {
    let kiosk = world.staffed(station)?;
    kiosk.sync()?;
    let mut device = Device::of(kiosk.data(), SEED)?;
    device.hello()?;
    Ok((kiosk, device))
}

/// An honest record of a new case.
fn honest(device: &mut Device, number: u32) -> Result<Record> {
    let (directory, signer, case) = (device.directory()?, device.signer.clone(), device.case());
    let change = device.intake(&signer, number, &evacuee("Адал"))?;
    device.seal(&directory, &signer, Part::Intake, case, &change)
}

/// Pushes one bad record between two good ones; what became of it.
fn between_good_ones(device: &mut Device, number: u32, bad: Vec<u8>) -> Result<Verdict> {
    let (before, after) = (honest(device, number)?, honest(device, number + 1)?);
    let id = Unverified::parse(bad.clone()).ok().map(|record| record.id());
    let records = vec![before.bytes().to_vec(), bad, after.bytes().to_vec()];
    let pushed = device.push_bytes(records)?.map_err(|declined| anyhow!("{declined:?}"))?;
    let [first, verdict, last] = &pushed.verdicts[..] else {
        bail!("{} verdicts for 3 records", pushed.verdicts.len())
    };
    ensure!((first, last) == (&Verdict::Stored, &Verdict::Stored), "{pushed:?}");
    let kept = [Some(before.id()), verdict.is_kept().then_some(id).flatten(), Some(after.id())];
    let kept: Vec<RecordId> = kept.into_iter().flatten().collect();
    let receipt = pushed.receipt.context("no receipt")?;
    ensure!(receipt.covers(&device.office, &kept), "{verdict:?}, {receipt:?}");
    Ok(verdict.clone())
}

fn refused(verdict: &Verdict, why: &str) -> Result<()> {
    ensure!(matches!(verdict, Verdict::Refused(reason) if reason.contains(why)), "{verdict:?}");
    Ok(())
}

fn held(verdict: &Verdict, why: &str) -> Result<()> {
    ensure!(matches!(verdict, Verdict::Held(reason) if reason.contains(why)), "{verdict:?}");
    Ok(())
}

#[test]
fn a_stranger_and_a_device_of_another_station_are_held() -> Result<()> {
    let world = World::open()?;
    let (_, mut device) = at_our_command(&world, "TRK")?;
    let (directory, stranger) = (device.directory()?, device.stranger());
    let case = device.case();
    let change = device.intake(&stranger, 1, &evacuee("Бөтен"))?;
    let strange = device.seal(&directory, &stranger, Part::Intake, case, &change)?;
    held(&between_good_ones(&mut device, 1, strange.bytes().to_vec())?, "nobody here knows")?;

    let (own, signer) = (device.scope.clone(), device.signer.clone());
    device.scope = "ARS".parse()?;
    let (case, change) = (device.case(), device.intake(&signer, 1, &appeal("Арыс"))?);
    let foreign = device.seal(&directory, &signer, Part::Intake, case, &change)?;
    device.scope = own;
    held(&between_good_ones(&mut device, 3, foreign.bytes().to_vec())?, "does not serve")?;

    let rows = world.office.export()?;
    ensure!(rows.len() == 4, "{rows:#?}");
    ensure!(rows.iter().all(|row| row["person"]["given_name"] == "Адал"), "{rows:#?}");
    world.close()
}

#[test]
fn a_device_that_writes_what_only_the_office_may_is_refused() -> Result<()> {
    let world = World::open()?;
    let (kiosk, mut device) = at_our_command(&world, "TRK")?;
    let reference = kiosk.take_one(&appeal("Сұрақ"))?;
    kiosk.sync()?;
    let case: CaseId = world.row(&reference)?["case"].as_str().context("no case")?.parse()?;
    let (directory, signer) = (device.directory()?, device.signer.clone());
    let answer = device.answer(&signer, &json!({ "status": "resolved", "text": "Жалған" }))?;
    let forged = device.seal(&directory, &signer, Part::Answer, case, &answer)?;
    refused(&between_good_ones(&mut device, 1, forged.bytes().to_vec())?, "only the office")?;
    let review = device.seal(&directory, &signer, Part::Review, case, &answer)?;
    refused(&between_good_ones(&mut device, 3, review.bytes().to_vec())?, "only the office")?;
    let purge = Statement {
        part: Part::Purge,
        lane: Lane::Ordinary,
        case,
        scope: &device.scope.clone(),
        made: 1,
        secret: None,
        body: &[],
    };
    let purge = state(purge, &signer, &mut ChaCha8Rng::seed_from_u64(SEED))?;
    refused(&between_good_ones(&mut device, 5, purge.bytes().to_vec())?, "only the office")?;
    let row = world.row(&reference)?;
    ensure!(row["status"] == "received" && row["answer"].is_null(), "{row}");
    world.close()
}

#[test]
fn certificates_that_nobody_may_give_are_refused() -> Result<()> {
    let world = World::open()?;
    let (_, mut device) = at_our_command(&world, "TRK")?;
    let rng = &mut ChaCha8Rng::seed_from_u64(SEED);
    let stranger = device.stranger();
    // A device that certifies another device, and a stranger that does.
    for (number, signer) in [(1, device.signer.clone()), (3, stranger.clone())] {
        let forged = certify_device(&signer, &stranger, &device.scope, 1, rng)?;
        let verdict = between_good_ones(&mut device, number, forged.bytes().to_vec())?;
        refused(&verdict, "signed neither by the office")?;
    }
    // The office's own certificates, one bit each altered.
    let Ok(own) = device.pull(&Set::Directory)? else { bail!("no directory") };
    for (number, certificate) in (5..).step_by(2).zip(&own) {
        let mut altered = certificate.bytes().to_vec();
        let place = rng.random_range(3..altered.len());
        altered[place] ^= 1 << rng.random_range(0..8);
        let verdict = between_good_ones(&mut device, number, altered)?;
        ensure!(matches!(verdict, Verdict::Refused(_)), "byte {place}: {verdict:?}");
    }
    let directory = device.directory()?;
    ensure!(directory.writer(&stranger.author()).is_none());
    world.close()
}

#[test]
fn a_record_with_one_bit_altered_is_refused_and_kept_aside() -> Result<()> {
    let world = World::open()?;
    let (_, mut device) = at_our_command(&world, "TRK")?;
    let rng = &mut ChaCha8Rng::seed_from_u64(SEED);
    let record = honest(&mut device, 9_999)?;
    for number in 0..40 {
        let mut altered = record.bytes().to_vec();
        let place = rng.random_range(0..altered.len());
        altered[place] ^= 1 << rng.random_range(0..8);
        let verdict = between_good_ones(&mut device, 1 + 2 * number, altered)?;
        ensure!(
            matches!(&verdict, Verdict::Refused(reason) if !reason.is_empty()),
            "seed {SEED}, byte {place}: {verdict:?}"
        );
    }
    ensure!(world.office.export()?.len() == 80);
    world.close()
}

#[test]
fn a_change_in_another_devices_name_says_nothing_and_is_shown() -> Result<()> {
    let world = World::open()?;
    let (kiosk, mut device) = at_our_command(&world, "TRK")?;
    let (directory, signer, stranger) =
        (device.directory()?, device.signer.clone(), device.stranger());
    let (case, change) = (device.case(), device.intake(&stranger, 1, &evacuee("Бөтен"))?);
    let foreign = device.seal(&directory, &signer, Part::Intake, case, &change)?;
    // It is kept: nobody can know before it is opened.
    ensure!(between_good_ones(&mut device, 1, foreign.bytes().to_vec())? == Verdict::Stored);
    let rows = world.office.export()?;
    let row = rows.iter().find(|row| row["case"] == case.to_string()).context("not shown")?;
    ensure!(row["unread"].as_array().is_some_and(|unread| unread.len() == 1), "{row}");
    ensure!(row.get("person").is_none_or(Value::is_null), "{row}");
    kiosk.sync()?;
    ensure!(kiosk.list()?.len() == 3);
    world.close()
}

#[test]
fn a_record_that_the_office_refuses_leaves_the_queue_and_says_why() -> Result<()> {
    let world = World::open()?;
    let (kiosk, mut device) = at_our_command(&world, "TRK")?;
    let (directory, signer) = (device.directory()?, device.signer.clone());
    let (case, answer) = (device.case(), device.answer(&signer, &json!({ "text": "Жалған" }))?);
    let forged = device.seal(&directory, &signer, Part::Answer, case, &answer)?;
    let mut store = Store::open_existing(&kiosk.data().join("kiosk.db"))?;
    store.write(|write| {
        write.add(&forged, &Judgement::Member(Set::Scope(device.scope.clone())), 1)
    })?;
    drop(store);
    let good = kiosk.take(&[evacuee("Бірінші"), appeal("Екінші")])?;

    let sync = kiosk.try_sync()?;
    ensure!((sync.refused, sync.pushed, sync.code) == (1, 2, Some(1)), "{sync:?}");
    ensure!(sync.words.contains("only the office may write this part"), "{sync:?}");
    let refused = kiosk.listed(&case.to_string());
    ensure!(refused.as_ref().is_ok_and(|case| case["mark"] == "refused"), "{refused:?}");
    for reference in &good {
        ensure!(kiosk.listed(reference)?["mark"] == "at_the_centre");
    }
    let again = kiosk.try_sync()?;
    ensure!((again.refused, again.pushed) == (0, 0) && again.in_step, "{again:?}");
    world.close()
}

#[test]
fn tokens_that_are_not_ours_or_no_longer_serve_are_declined() -> Result<()> {
    let world = World::open()?;
    let (_, mut device) = at_our_command(&world, "TRK")?;
    let (_, other) = at_our_command(&world, "ARS")?;
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
            let answer = device.ask_bytes(route, &Push { records: vec![], ask: vec![] }.to_bytes())?;
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
    let (_, device) = at_our_command(&world, "TRK")?;
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
    let (kiosk, mut device) = at_our_command(&world, "TRK")?;
    kiosk.take_one(&evacuee("Сәуле"))?;
    kiosk.sync()?;
    let record = honest(&mut device, 1)?;
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
    let (kiosk, device) = at_our_command(&world, "TRK")?;
    let (_, calm) = at_our_command(&world, "ARS")?;
    let mut rng = ChaCha8Rng::seed_from_u64(SEED);
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
