//! Owns: the office's word on a kiosk: listed, admitted after all, revoked.
//! Refuses: how a kiosk comes to be held, which `copies` owns.

use anyhow::{Context, Result, ensure};
use beket_tests::compare::whole;
use beket_tests::world::{appeal, evacuee};
use beket_tests::{Device, Kiosk, World};
use serde_json::json;

/// What the office's list says of a kiosk: key, name, role, standing, records held.
fn listed(world: &World, kiosk: &Kiosk) -> Result<Vec<String>> {
    let key = Device::of(kiosk.data())?.signer.author().short();
    let lines = world.office.must(&["device", "list"], &[])?;
    let line = lines.lines().find(|line| line.starts_with(&key)).with_context(|| lines.clone())?;
    Ok(line.split('\t').map(str::to_owned).collect())
}

fn set(world: &World, word: &str, kiosk: &Kiosk) -> Result<()> {
    world.office.must(&["device", word], &[&listed(world, kiosk)?[0]]).map(drop)
}

/// Two kiosks of one enrolment code, the second with something to say.
fn first_and_second(world: &World) -> Result<(Kiosk, Kiosk, String)> {
    let code = world.office.enrolment("TRK", "staffed", &world.office.url())?;
    let (first, second) = (world.empty_kiosk()?, world.empty_kiosk()?);
    first.enrol(&code)?;
    second.enrol(&code)?;
    first.sync()?;
    let reference = second.take_one(&evacuee("Күтуде"))?;
    ensure!(second.try_sync()?.held == 1);
    Ok((first, second, reference))
}

#[test]
fn every_kiosk_is_listed_with_its_standing() -> Result<()> {
    let world = World::open()?;
    let (first, second, _) = first_and_second(&world)?;
    let unattended = world.self_service("ARS")?;
    unattended.sync()?;
    ensure!(listed(&world, &first)?[1..] == ["TRK-A", "staffed", "admitted", "0 held"]);
    ensure!(listed(&world, &second)?[1..] == ["TRK-A", "staffed", "not admitted", "1 held"]);
    ensure!(listed(&world, &unattended)?[1..] == ["ARS-A", "self-service", "admitted", "0 held"]);
    let export = world.office.run(&["export"], &[])?;
    ensure!(export.code == Some(0) && export.stderr.contains("1 record(s) are held"), "{export:?}");
    for key in ["", "00", "zzzzzzzz", "0000000000"] {
        let refused = world.office.run(&["device", "admit"], &[key])?;
        ensure!(refused.code == Some(1) && refused.stderr.contains("nothing was changed"), "{key}");
    }
    world.close()
}

#[test]
fn what_a_held_kiosk_wrote_counts_once_it_is_admitted() -> Result<()> {
    let world = World::open()?;
    let (first, second, reference) = first_and_second(&world)?;
    ensure!(world.office.export()?.is_empty());
    set(&world, "admit", &second)?;
    ensure!(world.row(&reference)?["person"]["given_name"] == "Күтуде");
    let browser = world.office.browser()?;
    browser.open_until("/cases", |page| page.body.contains(&reference))?;
    let sync = second.sync()?;
    ensure!(sync.held == 0, "{sync:?}");
    ensure!(second.listed(&reference)?["mark"] == "at_the_centre");
    first.sync()?;
    ensure!(first.listed(&reference)?["given_name"] == "Күтуде");
    first.edit(&reference, &json!({ "place": { "bed": "1" } }))?;
    first.sync()?;
    second.sync()?;
    ensure!(world.row(&reference)?["place"]["bed"] == "1");
    world.close()
}

#[test]
fn what_a_revoked_kiosk_writes_is_held_and_what_counted_stays() -> Result<()> {
    let world = World::open()?;
    let (stolen, other) = (world.staffed("TRK")?, world.staffed("TRK")?);
    let before = vec![(stolen.take_one(&evacuee("Бұрын"))?, evacuee("Бұрын"))];
    stolen.sync()?;
    other.sync()?;
    let unsent = stolen.take_one(&appeal("Жіберілмеген"))?;
    stolen.edit(&before[0].0, &json!({ "place": { "bed": "9" } }))?;
    set(&world, "revoke", &stolen)?;
    let secret = other.take_one(&appeal("Басқаның сөзі"))?;
    other.sync()?;
    for _ in 0..2 {
        let sync = stolen.try_sync()?;
        ensure!(sync.held >= 2 && sync.pushed == 0 && sync.error.is_none(), "{sync:?}");
        ensure!(sync.code == Some(1) && sync.words.contains("has revoked this kiosk"), "{sync:?}");
    }
    ensure!(stolen.listed(&unsent)?["mark"] == "held");
    let learned = stolen.list()?.iter().any(|case| case["reference"] == secret.as_str());
    ensure!(!learned, "it is still told what others write");
    ensure!(world.office.export()?.len() == 2, "{:#?}", world.office.export()?);
    let row = world.row(&before[0].0)?;
    ensure!(row["person"]["given_name"] == "Бұрын" && row["place"].is_null(), "{row}");
    ensure!(listed(&world, &stolen)?[3] == "revoked");
    other.sync()?;
    ensure!(other.listed(&before[0].0)?["given_name"] == "Бұрын");

    // Found again: nothing was lost.
    set(&world, "admit", &stolen)?;
    stolen.sync()?;
    let given = [before, vec![(unsent, appeal("Жіберілмеген")), (secret, appeal("Басқаның сөзі"))]];
    let wrong = whole(&given.concat(), &world.office.export()?);
    ensure!(wrong.is_empty(), "{wrong:#?}");
    ensure!(world.row(&given[0][0].0)?["place"]["bed"] == "9");
    world.close()
}

/// A volunteer at a kiosk that is set up after the theft finds whom the stolen one registered.
#[test]
fn what_counted_before_a_revocation_still_reaches_kiosks_that_come_later() -> Result<()> {
    let world = World::open()?;
    let stolen = world.staffed("TRK")?;
    let before = stolen.take_one(&evacuee("Бұрын"))?;
    stolen.sync()?;
    set(&world, "revoke", &stolen)?;
    ensure!(world.row(&before)?["person"]["given_name"] == "Бұрын");
    let late = world.staffed("TRK")?;
    late.sync()?;
    ensure!(late.listed(&before)?["given_name"] == "Бұрын");
    world.close()
}

/// The office counted it, lost it with its disk, and gets it back from a neighbour.
#[test]
fn what_counted_before_a_revocation_counts_in_an_office_that_was_put_back() -> Result<()> {
    let mut world = World::open()?;
    world.office.back_up(&world.path("copy"))?;
    let (stolen, other) = (world.staffed("TRK")?, world.staffed("TRK")?);
    let before = stolen.take_one(&evacuee("Бұрын"))?;
    stolen.sync()?;
    other.sync()?;
    set(&world, "revoke", &stolen)?;
    other.sync()?;
    ensure!(world.row(&before)?["person"]["given_name"] == "Бұрын");
    world.office.put_back(&world.path("copy"))?;
    other.sync()?;
    ensure!(world.row(&before)?["person"]["given_name"] == "Бұрын");
    world.close()
}

#[test]
fn a_revocation_that_an_older_copy_never_knew_comes_back_with_any_kiosk() -> Result<()> {
    let mut world = World::open()?;
    let (stolen, other) = (world.staffed("TRK")?, world.staffed("ARS")?);
    stolen.sync()?;
    other.sync()?;
    world.office.back_up(&world.path("copy"))?;
    set(&world, "revoke", &stolen)?;
    other.sync()?;
    world.office.put_back(&world.path("copy"))?;
    ensure!(listed(&world, &stolen)?[3] == "admitted");
    other.sync()?;
    ensure!(listed(&world, &stolen)?[3] == "revoked");
    let reference = stolen.take_one(&evacuee("Ұрланған"))?;
    ensure!(stolen.try_sync()?.held == 1);
    ensure!(world.row(&reference).is_err());
    world.close()
}

#[test]
fn a_kiosk_whose_code_had_expired_is_told_even_if_it_wrote_nothing() -> Result<()> {
    let world = World::open()?;
    let words = ["enrol", "--station", "TRK", "--role", "staffed", "--url", &world.office.url()];
    let code = world.office.must(&words, &["--expires", "1s"])?;
    std::thread::sleep(std::time::Duration::from_secs(2));
    let kiosk = world.empty_kiosk()?;
    kiosk.enrol(code.trim())?;
    let sync = kiosk.try_sync()?;
    ensure!(sync.code == Some(1) && sync.words.contains("the code had expired"), "{sync:?}");
    set(&world, "admit", &kiosk)?;
    kiosk.sync()?;
    world.close()
}
