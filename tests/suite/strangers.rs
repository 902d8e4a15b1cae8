//! Owns: records and requests made by hand: by strangers, by devices beyond their rights, by
//! nobody at all. Each is refused or held with its reason, and others in the same push are unhurt.
//! Refuses: bytes altered on the line, which `forgery` owns.

use anyhow::{Context, Result, anyhow, bail, ensure};
use beket_directory::{Judgement, Set, certify_device};
use beket_record::{CaseId, Lane, Part, RecordId, Statement, Unverified, state};
use beket_store::Store;
use beket_tests::world::{appeal, evacuee};
use beket_tests::{Device, World};
use beket_wire::Verdict;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use serde_json::{Value, json};

const SEED: u64 = 77;

/// Pushes one bad record between two good ones; what became of it.
fn between_good_ones(device: &mut Device, number: u32, bad: Vec<u8>) -> Result<Verdict> {
    let (before, after) = (device.honest(number)?, device.honest(number + 1)?);
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
    let (_, mut device) = world.at_our_command("TRK")?;
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
    let (kiosk, mut device) = world.at_our_command("TRK")?;
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
    let (_, mut device) = world.at_our_command("TRK")?;
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
    let (_, mut device) = world.at_our_command("TRK")?;
    let rng = &mut ChaCha8Rng::seed_from_u64(SEED);
    let record = device.honest(9_999)?;
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
    let (kiosk, mut device) = world.at_our_command("TRK")?;
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
    let (kiosk, mut device) = world.at_our_command("TRK")?;
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
