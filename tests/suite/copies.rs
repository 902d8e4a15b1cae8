//! Owns: one kiosk that turned into two: its folder copied, or its enrolment code used twice. All
//! that either took arrives, or is held and shown.
//! Refuses: copies of the office's folder, which `restore` owns.

use anyhow::{Context, Result, ensure};
use beket_directory::{EnrolmentTerms, Role};
use beket_server::Folder;
use beket_tests::compare::{by_reference, conflict};
use beket_tests::world::{appeal, evacuee};
use beket_tests::{Kiosk, World};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use serde_json::{Value, json};

/// Seconds since 1970, in 2020.
const LONG_AGO: u32 = 1_600_000_000;

fn narratives(rows: &[Value]) -> Vec<String> {
    let told = rows.iter().filter_map(|row| row["narrative"].as_str().map(str::to_owned));
    let mut told: Vec<String> = told.collect();
    told.sort();
    told
}

fn take_all(kiosk: &Kiosk, narratives: &[&str]) -> Result<Vec<String>> {
    kiosk.take(&narratives.iter().map(|words| appeal(words)).collect::<Vec<_>>())
}

#[test]
fn a_copied_folder_used_beside_the_original_brings_everything_of_both() -> Result<()> {
    let world = World::open()?;
    let original = world.staffed("TRK")?;
    let shared = original.take_one(&evacuee("Ортақ"))?;
    original.sync()?;
    take_all(&original, &["до копии"])?;
    let copy = original.copied_to(&world.path("copied"))?;

    let ours = take_all(&original, &["а 1", "а 2"])?;
    let theirs = take_all(&copy, &["б 1", "б 2"])?;
    ensure!(ours == theirs, "one counter in two folders: {ours:?} {theirs:?}");
    original.edit(&shared, &json!({ "person": { "phone": "87010000001" } }))?;
    copy.edit(&shared, &json!({ "person": { "phone": "87010000002" } }))?;
    for kiosk in [&copy, &original, &copy, &original] {
        let sync = kiosk.sync()?;
        ensure!(sync.refused == 0 && sync.held == 0, "{sync:?}");
    }
    take_all(&copy, &["б 3"])?;
    take_all(&original, &["а 3"])?;
    original.sync()?;
    copy.sync()?;

    let rows = world.office.export()?;
    ensure!(rows.len() == 8, "{}", rows.len());
    let told = narratives(&rows);
    ensure!(told == ["а 1", "а 2", "а 3", "б 1", "б 2", "б 3", "до копии"], "{told:?}");
    let (_, doubled) = by_reference(&rows);
    ensure!(doubled.len() == 3, "{doubled:?}");
    let phones = conflict(&world.row(&shared)?, "person.phone");
    ensure!(phones == [json!("+77010000001"), json!("+77010000002")], "{phones:?}");
    original.sync()?;
    for kiosk in [&original, &copy] {
        let list = kiosk.list()?;
        ensure!(list.len() == 8, "{list:#?}");
        ensure!(list.iter().all(|case| case["mark"] == "at_the_centre"), "{list:#?}");
    }
    Ok(())
}

#[test]
fn a_copied_folder_of_a_self_service_kiosk_brings_everything_of_both() -> Result<()> {
    let world = World::open()?;
    let original = world.self_service("TRK")?;
    original.sync()?;
    let copy = original.copied_to(&world.path("copied"))?;
    take_all(&original, &["а 1", "а 2"])?;
    take_all(&copy, &["б 1"])?;
    original.sync()?;
    copy.sync()?;
    ensure!(narratives(&world.office.export()?) == ["а 1", "а 2", "б 1"]);
    Ok(())
}

#[test]
fn the_second_machine_of_one_enrolment_code_is_held_and_says_so() -> Result<()> {
    let world = World::open()?;
    let code = world.office.enrolment("TRK", "staffed", &world.office.url())?;
    let (first, second) = (world.empty_kiosk()?, world.empty_kiosk()?);
    ensure!(first.enrol(&code)? == second.enrol(&code)?);
    take_all(&first, &["первый"])?;
    let held = take_all(&second, &["второй", "третий"])?;
    first.sync()?;
    for _ in 0..2 {
        let sync = second.try_sync()?;
        ensure!(sync.held == 2 && sync.refused == 0 && sync.error.is_none(), "{sync:?}");
        ensure!(sync.code == Some(1) && sync.in_step, "{sync:?}");
        ensure!(sync.words.contains("The office has not admitted this kiosk"), "{sync:?}");
        ensure!(sync.words.contains("holds them back"), "{sync:?}");
    }
    ensure!(narratives(&world.office.export()?) == ["первый"]);
    for reference in &held {
        let case = second.listed(reference)?;
        ensure!(case["mark"] == "held", "{case}");
    }
    let words = second.run(&["list"], b"")?;
    ensure!(words.stdout.contains("held until the office admits"), "{words:?}");
    // It is told nothing of others, and it wedges nobody.
    ensure!(second.list()?.len() == 2);
    take_all(&second, &["четвёртый"])?;
    ensure!(second.try_sync()?.held == 3);
    take_all(&first, &["пятый"])?;
    first.sync()?;
    ensure!(narratives(&world.office.export()?) == ["первый", "пятый"]);
    ensure!(first.marks()?.iter().all(|(_, mark)| mark == "at_the_centre"));
    Ok(())
}

#[test]
fn a_kiosk_whose_code_had_expired_is_held() -> Result<()> {
    let world = World::open()?;
    let mut folder = Folder::open(world.office.data())?;
    let rng = &mut ChaCha8Rng::seed_from_u64(2);
    let (founding, url) = (folder.founding()?, world.office.url());
    let expires = LONG_AGO.into();
    let terms = EnrolmentTerms { station: "TRK".parse()?, role: Role::Staffed, url, expires };
    let code = folder.state(LONG_AGO.into(), |office, directory| {
        office.enrol(directory, &founding, &terms, LONG_AGO, rng)
    })?;
    drop(folder);
    let kiosk = world.empty_kiosk()?;
    kiosk.enrol(&code.to_text())?;
    let reference = kiosk.take_one(&evacuee("Кеш"))?;
    let sync = kiosk.try_sync()?;
    ensure!(sync.held == 1, "{sync:?}");
    ensure!(kiosk.listed(&reference)?["mark"] == "held");
    ensure!(world.office.export()?.is_empty());
    Ok(())
}

#[test]
fn a_folder_is_enrolled_once_and_a_mistyped_code_makes_nothing() -> Result<()> {
    let world = World::open()?;
    let kiosk = world.staffed("TRK")?;
    let reference = kiosk.take_one(&evacuee("Бар"))?;
    let code = world.office.enrolment("TRK", "staffed", &world.office.url())?;
    let again = kiosk.run(&["enrol", &code], b"")?;
    ensure!(again.code == Some(1) && again.stderr.contains("already belongs to kiosk TRK-A"));
    ensure!(kiosk.listed(&reference)?["given_name"] == "Бар");

    let fresh = world.empty_kiosk()?;
    let mut mistyped = code.clone().into_bytes();
    let last = mistyped.last_mut().context("an empty code")?;
    *last = if *last == b'A' { b'B' } else { b'A' };
    for wrong in [String::from_utf8(mistyped)?, code[..code.len() / 2].to_owned(), "BEKET1.".into()]
    {
        let refused = fresh.run(&["enrol", &wrong], b"")?;
        ensure!(refused.code == Some(1) && !refused.stderr.contains("panicked"), "{refused:?}");
        ensure!(refused.stderr.contains("Nothing was changed"), "{refused:?}");
    }
    fresh.enrol(&code)?;
    Ok(())
}
