//! Owns: an office that comes back from an older copy of its data folder, and is filled again by
//! its kiosks.
//! Refuses: folders that were damaged rather than old, which the store's own tests own.

use anyhow::{Context, Result, ensure};
use beket_synthetic::{Generator, Scene};
use beket_tests::compare::{by_reference, whole};
use beket_tests::world::{INCIDENT, appeal, evacuee};
use beket_tests::{Kiosk, World};
use serde_json::{Value, json};

/// The export, without what the office's own clock said and in one order.
fn lasting(world: &World) -> Result<Vec<Value>> {
    let mut rows = world.office.export()?;
    for row in &mut rows {
        row["received_at"] = Value::Null;
    }
    rows.sort_by_key(|row| row["case"].to_string());
    Ok(rows)
}

fn all_sync(kiosks: &[&Kiosk]) -> Result<()> {
    for kiosk in kiosks.iter().chain(kiosks) {
        kiosk.sync().with_context(|| kiosk.data().display().to_string())?;
    }
    Ok(())
}

#[test]
fn an_office_put_back_from_a_copy_is_made_whole_by_its_kiosks() -> Result<()> {
    let mut world = World::open()?;
    let (one, other) = (world.staffed("TRK")?.used_by("Айгүл"), world.staffed("ARS")?);
    let early =
        one.take(&Generator::new(5, Scene::emergency(INCIDENT)).take(10).collect::<Vec<_>>())?;
    all_sync(&[&one, &other])?;
    world.office.back_up(&world.path("copy"))?;

    let late =
        other.take(&Generator::new(6, Scene::emergency(INCIDENT)).take(30).collect::<Vec<_>>())?;
    one.edit(&early[0], &json!({ "place": { "bed": "9" } }))?;
    other.edit(&early[0], &json!({ "place": { "bed": "10" } }))?;
    let asked = one.take_one(&appeal("Нет воды третий день"))?;
    all_sync(&[&one, &other])?;
    let case = world.row(&asked)?["case"].as_str().context("no case")?.to_owned();
    let (browser, page) = (world.office.browser()?, format!("/cases/{case}"));
    let answered = browser.submit(
        &browser.open(&page)?,
        &format!("{page}/status"),
        &[("status", "under_review"), ("text", "Цистерна выехала")],
    )?;
    ensure!(answered.status == 303, "{}", answered.body);
    all_sync(&[&one, &other])?;
    let before = lasting(&world)?;
    ensure!(before.len() == early.len() + late.len() + 1);

    world.office.put_back(&world.path("copy"))?;
    ensure!(world.office.export()?.len() == early.len());
    all_sync(&[&one, &other])?;
    let after = lasting(&world)?;
    ensure!(after == before, "before {before:#?}\nafter {after:#?}");
    let row = world.row(&asked)?;
    ensure!(
        row["status"] == "under_review" && row["answer"]["text"] == "Цистерна выехала",
        "{row}"
    );
    for kiosk in [&one, &other] {
        ensure!(kiosk.marks()?.iter().all(|(_, mark)| mark == "at_the_centre"));
    }
    Ok(())
}

#[test]
fn a_mark_is_taken_back_while_the_office_lacks_the_record() -> Result<()> {
    let mut world = World::open()?;
    let line = world.line()?;
    let kiosk = world.staffed_over(&line, "TRK")?;
    kiosk.sync()?;
    world.office.back_up(&world.path("copy"))?;
    let reference = kiosk.take_one(&evacuee("Сәуле"))?;
    kiosk.sync()?;
    ensure!(kiosk.listed(&reference)?["mark"] == "at_the_centre");
    world.office.put_back(&world.path("copy"))?;
    // The kiosk hears what the office lacks, and is cut off before it can send it.
    let mut requests = 0;
    line.set(beket_tests::Way::Through(Box::new(move |passing| {
        requests += usize::from(passing.status.is_none() && passing.path == "/sync/push");
        if requests > 0 {
            passing.body.clear();
        }
    })));
    let cut = kiosk.try_sync()?;
    ensure!(cut.code == Some(1) && !cut.in_step, "{cut:?}");
    ensure!(kiosk.listed(&reference)?["mark"] == "on_this_device");
    line.set(beket_tests::Way::Open);
    kiosk.sync()?;
    ensure!(kiosk.listed(&reference)?["mark"] == "at_the_centre");
    world.row(&reference).map(drop)
}

#[test]
fn stations_incidents_and_kiosks_that_the_copy_never_knew_come_back() -> Result<()> {
    for met_before in [true, false] {
        let mut world = World::open()?;
        let old = world.staffed("TRK")?;
        all_sync(&[&old])?;
        world.office.back_up(&world.path("copy"))?;

        world.office.station("SHM", "Шымкент вокзалы")?;
        world.office.open_incident("FLOOD-24", "SHM,TRK")?;
        let (new, unattended) = (world.staffed("SHM")?, world.self_service("SHM")?);
        let mut in_flood = evacuee("Марал");
        in_flood["incident"] = json!("FLOOD-24");
        let mut given = Vec::new();
        for (kiosk, intake) in [(&new, &in_flood), (&unattended, &appeal("Жол жабық"))] {
            given.push((kiosk.take_one(intake)?, intake.clone()));
        }
        if met_before {
            all_sync(&[&old, &new, &unattended])?;
            let late = appeal("Кейінгі");
            given.push((new.take_one(&late)?, late));
            given.push((old.take_one(&in_flood)?, in_flood.clone()));
        }
        world.office.put_back(&world.path("copy"))?;
        all_sync(&[&unattended, &new, &old])?;
        let wrong = whole(&given, &world.office.export()?);
        ensure!(wrong.is_empty(), "met before: {met_before}: {wrong:#?}");
        // The office works on with what it learned anew: its station's keys open for it again.
        let newest = world.staffed("SHM")?;
        let name = newest.take_one(&in_flood)?;
        newest.sync()?;
        ensure!(!given.iter().any(|(reference, _)| *reference == name));
        ensure!(newest.listed(&given[0].0)?["given_name"] == "Марал");
    }
    Ok(())
}

#[test]
fn what_a_lost_kiosk_took_comes_back_from_its_neighbours() -> Result<()> {
    let mut world = World::open()?;
    world.office.back_up(&world.path("copy"))?;
    let (lost, neighbour) = (world.staffed("TRK")?, world.staffed("TRK")?);
    let given = vec![
        (lost.take_one(&evacuee("Бірінші"))?, evacuee("Бірінші")),
        (lost.take_one(&appeal("Екінші"))?, appeal("Екінші")),
    ];
    all_sync(&[&lost, &neighbour])?;
    neighbour.edit(&given[0].0, &json!({ "place": { "bed": "4" } }))?;
    std::fs::remove_dir_all(lost.data())?;
    world.office.put_back(&world.path("copy"))?;
    neighbour.sync()?;
    let wrong = whole(&given, &world.office.export()?);
    ensure!(wrong.is_empty(), "{wrong:#?}");
    let row = world.row(&given[0].0)?;
    ensure!(row["place"]["bed"] == "4" && row["device"] == "TRK-A", "{row}");
    ensure!(row["unread"] == json!([]), "{row}");
    Ok(())
}

#[test]
fn a_letter_that_an_older_copy_gives_out_twice_makes_two_cases_that_are_both_shown() -> Result<()> {
    let mut world = World::open()?;
    world.office.back_up(&world.path("copy"))?;
    let forgotten = world.staffed("TRK")?;
    world.office.put_back(&world.path("copy"))?;
    let second = world.staffed("TRK")?;
    let (one, two) = (evacuee("Бірінші"), evacuee("Екінші"));
    let reference = forgotten.take_one(&one)?;
    ensure!(second.take_one(&two)? == reference);
    all_sync(&[&second, &forgotten])?;

    let rows = world.office.export()?;
    let (_, doubled) = by_reference(&rows);
    ensure!(doubled == [reference.as_str()] && rows.len() == 2, "{rows:#?}");
    let mut names: Vec<_> = rows.iter().map(|row| row["person"]["given_name"].as_str()).collect();
    names.sort_unstable();
    ensure!(names == [Some("Бірінші"), Some("Екінші")]);
    let refused = second.try_edit(&reference, r#"{"place":{"bed":"1"}}"#)?;
    ensure!(
        refused.code == Some(1) && refused.stderr.contains("more than one case"),
        "{refused:?}"
    );
    let case = rows[0]["case"].as_str().context("no case")?;
    second.edit(case, &json!({ "place": { "bed": "1" } }))
}

#[test]
fn an_older_copy_of_a_kiosk_is_filled_again_by_the_office() -> Result<()> {
    let world = World::open()?;
    let kiosk = world.staffed("TRK")?;
    let first = kiosk.take_one(&evacuee("Бірінші"))?;
    kiosk.sync()?;
    let copy = kiosk.copied_to(&world.path("ескі көшірме, \"1\""))?;
    kiosk.edit(&first, &json!({ "place": { "bed": "7" } }))?;
    let second = kiosk.take_one(&evacuee("Екінші"))?;
    kiosk.sync()?;
    copy.sync()?;
    ensure!(copy.listed(&second)?["given_name"] == "Екінші");
    ensure!(copy.list()?.len() == 2);
    Ok(())
}
