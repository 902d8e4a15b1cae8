//! Owns: every command of the office's beside a server that runs and kiosks that sync; incidents
//! that open and close while kiosks are away; rows made anew.
//! Refuses: what a browser does, which `console` owns.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use beket_synthetic::{Generator, Scene};
use beket_tests::compare::whole;
use beket_tests::process::Running;
use beket_tests::world::{INCIDENT, appeal, evacuee};
use beket_tests::{Browser, Kiosk, Line, Sync, World};
use serde_json::{Value, json};

#[test]
fn every_command_works_while_the_server_runs_and_kiosks_sync() -> Result<()> {
    const ROUNDS: usize = 8;
    let mut world = World::open()?;
    let mut kiosks = vec![world.staffed("TRK")?, world.self_service("ARS")?];
    let mut given = Vec::new();
    for round in 0..ROUNDS {
        let mut syncs = Vec::new();
        for (place, kiosk) in kiosks.iter().enumerate() {
            let seed = (100 * round + place) as u64;
            let intakes: Vec<Value> =
                Generator::new(seed, Scene::emergency(INCIDENT)).take(15).collect();
            given.extend(kiosk.take(&intakes)?.into_iter().zip(intakes));
            syncs.push(Running::start(&mut kiosk.command(&["sync", "--once", "--json"]))?);
        }
        // All at once, and in another order each time.
        let (station, incident) = (format!("S{round}"), format!("I-{round}"));
        let url = world.office.url();
        let mut commands = [
            world.office.command(&["station", "add"], &[&station, "x"]),
            world.office.command(&["incident", "open"], &[&incident, "x", "--stations", "TRK"]),
            world.office.command(
                &["enrol"],
                &["--station", "ARS", "--role", "self-service", "--url", &url],
            ),
            world.office.command(&["export"], &[]),
            world.office.command(&["reindex"], &[]),
        ];
        commands.rotate_left(round % 5);
        let running: Vec<Running> =
            commands.iter_mut().map(Running::start).collect::<Result<_>>()?;
        for (running, command) in running.into_iter().zip(&commands) {
            let finished = running.finish()?;
            let said = beket_tests::process::describe(command);
            ensure!(finished.code == Some(0), "round {round}: {said}: {}", finished.why());
            if said.contains(" enrol ") && round % 3 == 0 {
                let kiosk = world.empty_kiosk()?;
                kiosk.enrol(finished.stdout.trim())?;
                kiosks.push(kiosk);
            }
        }
        world.office.close_incident(&incident)?;
        for sync in syncs {
            let sync = Sync::read(&sync.finish()?)?;
            ensure!(sync.error.is_none() && sync.refused == 0, "round {round}: {sync:?}");
        }
    }
    for kiosk in &kiosks {
        kiosk.sync()?;
    }
    let names = kiosks.iter().map(|kiosk| kiosk.take_one(&appeal("Соңғы")));
    let mut names = names.collect::<Result<Vec<_>>>()?;
    names.sort();
    names.dedup();
    ensure!(names.len() == kiosks.len(), "two kiosks bear one letter: {names:?}");
    let wrong = whole(&given, &world.office.export()?);
    ensure!(wrong.is_empty(), "{wrong:#?}");
    world.office.alive()?;
    world.close()
}

#[test]
fn two_servers_on_one_folder_answer_alike() -> Result<()> {
    let world = World::open()?;
    let mut second =
        Running::start(&mut world.office.command(&["serve"], &["--listen", "127.0.0.1:0"]))?;
    let address = second.next_line()?.context("it does not start")?;
    let line = Line::to(address.trim_start_matches("http://"))?;
    let kiosks = [world.staffed("TRK")?, world.staffed_over(&line, "ARS")?];
    let mut given = Vec::new();
    for round in 0..10 {
        let mut syncs = Vec::new();
        for (place, kiosk) in kiosks.iter().enumerate() {
            let name = |n| evacuee(&format!("Е {round} {place} {n}"));
            let intakes: Vec<Value> = (0..10).map(name).collect();
            given.extend(kiosk.take(&intakes)?.into_iter().zip(intakes));
            syncs.push(Running::start(&mut kiosk.command(&["sync", "--once", "--json"]))?);
        }
        for sync in syncs {
            let sync = Sync::read(&sync.finish()?)?;
            ensure!(sync.error.is_none() && sync.refused + sync.held == 0, "{round}: {sync:?}");
        }
    }
    for kiosk in kiosks.iter().chain(&kiosks) {
        kiosk.sync()?;
    }
    let wrong = whole(&given, &world.office.export()?);
    ensure!(wrong.is_empty(), "{wrong:#?}");
    ensure!(kiosks[0].list()?.len() == given.len() && kiosks[1].list()?.len() == given.len());
    let said = second.terminate()?;
    ensure!(said.code == Some(0) && said.stderr.is_empty(), "{said:?}");
    world.close()
}

fn in_incident(name: &str, incident: &str) -> Value {
    let mut intake = evacuee(name);
    intake["incident"] = json!(incident);
    intake
}

#[test]
fn an_incident_opened_while_kiosks_are_away_reaches_them() -> Result<()> {
    let mut world = World::open()?;
    let (near, far) = (world.staffed("TRK")?, world.staffed("ARS")?);
    near.sync()?;
    far.sync()?;
    // Taken before anybody there could know of it: it stays at its station, under its own words.
    let early = near.take_one(&in_incident("Ерте", "FLOOD-24"))?;
    world.office.stop()?;
    world.office.open_incident("FLOOD-24", "TRK,ARS")?;
    world.office.serve()?;
    near.sync()?;
    far.sync()?;
    let late = near.take_one(&in_incident("Кейін", "FLOOD-24"))?;
    near.sync()?;
    far.sync()?;
    ensure!(far.listed(&late)?["given_name"] == "Кейін");
    far.edit(&late, &json!({ "place": { "bed": "3" } }))?;
    far.sync()?;
    ensure!(world.row(&late)?["place"]["bed"] == "3");
    ensure!(world.row(&early)?["incident"] == "FLOOD-24");
    ensure!(far.list()?.iter().all(|case| case["reference"] != early.as_str()));
    world.close()
}

#[test]
fn a_form_that_names_no_incident_bears_the_stations_open_one() -> Result<()> {
    let world = World::open()?;
    let kiosk = world.staffed("TRK")?;
    let (named, spoken) = (kiosk.take_one(&evacuee("Атсыз"))?, kiosk.take_one(&appeal("Сөз"))?);
    kiosk.sync()?;
    ensure!(world.row(&named)?["incident"] == INCIDENT);
    ensure!(world.row(&spoken)?["incident"].is_null());
    Ok(())
}

#[test]
fn what_a_kiosk_still_held_of_a_closed_incident_arrives_and_counts() -> Result<()> {
    let world = World::open()?;
    let (kiosk, unattended) = (world.staffed("TRK")?, world.self_service("ARS")?);
    let first = kiosk.take_one(&evacuee("Бірінші"))?;
    kiosk.sync()?;
    unattended.sync()?;
    let mut given = vec![(first.clone(), evacuee("Бірінші"))];
    given.push((kiosk.take_one(&evacuee("Жолда"))?, evacuee("Жолда")));
    given.push((unattended.take_one(&evacuee("Өзі"))?, evacuee("Өзі")));
    kiosk.edit(&first, &json!({ "place": { "bed": "5" } }))?;
    given[0].1["place"] = json!({ "bed": "5" });
    world.office.close_incident(INCIDENT)?;
    for kiosk in [&kiosk, &unattended, &kiosk, &unattended] {
        let sync = kiosk.sync()?;
        ensure!(sync.refused == 0 && sync.held == 0, "{sync:?}");
    }
    let wrong = whole(&given, &world.office.export()?);
    ensure!(wrong.is_empty(), "{wrong:#?}");
    world.close()
}

#[test]
fn the_key_of_a_closed_incident_is_gone_from_the_kiosk_and_comes_back_when_it_reopens() -> Result<()>
{
    let world = World::open()?;
    let kiosk = world.staffed("TRK")?;
    let (gone, stays) = (kiosk.take_one(&evacuee("Оқиға"))?, kiosk.take_one(&appeal("Өтініш"))?);
    kiosk.sync()?;
    world.office.close_incident(INCIDENT)?;
    kiosk.sync()?;
    let listed = kiosk.list()?;
    let readable: Vec<&Value> =
        listed.iter().filter(|case| case.get("kind").is_some_and(|kind| !kind.is_null())).collect();
    ensure!(readable.len() == 1 && readable[0]["reference"] == stays.as_str(), "{listed:#?}");
    let refused = kiosk.try_edit(&gone, r#"{"place":{"bed":"1"}}"#)?;
    ensure!(refused.code == Some(1), "{refused:?}");
    // A new emergency form no longer bears it.
    let after = kiosk.take_one(&evacuee("Кейін"))?;
    kiosk.sync()?;
    ensure!(world.row(&after)?["incident"].is_null());
    ensure!(kiosk.listed(&after)?["given_name"] == "Кейін");

    world.office.open_incident(INCIDENT, "TRK,ARS")?;
    kiosk.sync()?;
    ensure!(kiosk.listed(&gone)?["given_name"] == "Оқиға");
    kiosk.edit(&gone, &json!({ "place": { "bed": "1" } }))?;
    kiosk.sync()?;
    ensure!(world.row(&gone)?["place"]["bed"] == "1");
    world.close()
}

/// Every row of the console's list, page after page: the case's address and what stands beside it.
fn rows(browser: &Browser) -> Result<BTreeMap<String, String>> {
    let (mut rows, mut path) = (BTreeMap::new(), "/cases".to_owned());
    loop {
        let page = browser.open(&path)?;
        for row in page.body.split("<tr>").skip(1) {
            let row = row.split("</tr>").next().unwrap_or_default();
            let address =
                row.split("href=\"/cases/").nth(1).and_then(|tail| tail.split('"').next());
            rows.extend(address.map(|address| (address.to_owned(), row.to_owned())));
        }
        let Some(next) = page.body.split("rel=\"next\" href=\"").nth(1) else { return Ok(rows) };
        let next = next.split('"').next().unwrap_or_default();
        path = beket_tests::browser::plain(next);
    }
}

/// Rows once they show this many cases: they follow the records.
fn rows_of(browser: &Browser, count: usize) -> Result<BTreeMap<String, String>> {
    let ends = std::time::Instant::now() + std::time::Duration::from_mins(1);
    loop {
        let found = rows(browser)?;
        ensure!(std::time::Instant::now() < ends, "{} rows of {count}", found.len());
        if found.len() == count {
            return Ok(found);
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}

fn two_that_disagree(world: &World) -> Result<Vec<Kiosk>> {
    let kiosks = vec![world.staffed("TRK")?, world.staffed("ARS")?];
    let mut taken = Vec::new();
    for (seed, kiosk) in (31..).zip(&kiosks) {
        let intakes: Vec<Value> =
            Generator::new(seed, Scene::emergency(INCIDENT)).take(60).collect();
        taken = kiosk.take(&intakes)?;
        kiosk.take_one(&evacuee("Ортақ"))?;
        kiosk.sync()?;
    }
    kiosks[0].sync()?;
    let shared = kiosks[1].take_one(&evacuee("Талас"))?;
    kiosks[1].sync()?;
    kiosks[0].sync()?;
    for (kiosk, bed) in kiosks.iter().zip(["1", "2"]) {
        kiosk.edit(&shared, &json!({ "place": { "bed": bed } }))?;
        kiosk.sync()?;
    }
    ensure!(!taken.is_empty());
    Ok(kiosks)
}

#[test]
fn rows_made_anew_from_the_records_are_the_same_rows() -> Result<()> {
    let mut world = World::open()?;
    two_that_disagree(&world)?;
    let browser = world.office.browser()?;
    let cases = world.office.export()?.len();
    let before = rows_of(&browser, cases)?;
    let conflicts = before.values().filter(|row| row.contains("≠")).count();
    ensure!(conflicts == 1, "{conflicts} rows with a conflict");

    world.office.must(&["reindex"], &[])?;
    ensure!(rows_of(&browser, cases)? == before, "while the server runs");
    // Filters look at what is in memory, which was made anew with them.
    browser.open_until("/cases?conflict=1", |page| {
        page.body.matches("<tr>").count() == 2 && page.body.contains("≠")
    })?;
    world.office.stop()?;
    world.office.must(&["reindex"], &[])?;
    world.office.serve()?;
    let browser = world.office.browser()?;
    ensure!(rows_of(&browser, cases)? == before, "while it does not");
    world.close()
}

#[test]
fn what_was_acknowledged_just_before_the_server_died_is_in_the_list_after_it() -> Result<()> {
    let mut world = World::open()?;
    let kiosk = world.staffed("TRK")?;
    let mut count = 0;
    for round in 0..6 {
        let intakes: Vec<Value> = (0..30).map(|n| evacuee(&format!("Р{round}-{n}"))).collect();
        count += kiosk.take(&intakes)?.len();
        kiosk.sync()?;
        world.office.kill()?;
        world.office.serve()?;
    }
    rows_of(&world.office.browser()?, count).context("after the last kill").map(drop)
}

#[test]
fn what_is_said_of_incidents_is_true_of_each_kind() -> Result<()> {
    let world = World::open()?;
    world.office.open_incident("FLOOD-1", "TRK")?;
    let kiosk = world.staffed("TRK")?;
    kiosk.sync()?;
    let take = |form: serde_json::Value| kiosk.take_lines(format!("{form}\n").as_bytes());
    let mut own = appeal("Су жоқ");
    own["incident"] = "FLOOD-1".into();
    ensure!(!take(own)?.stderr.contains("incident"), "an appeal belongs to its station");
    let mut unknown = evacuee("Дана");
    unknown["incident"] = "NOPE-1".into();
    let said = take(unknown)?.stderr;
    ensure!(said.contains("no open incident NOPE-1") && said.contains("void this one"), "{said}");
    let mut none = evacuee("Дана");
    none["incident"] = serde_json::Value::Null;
    let said = take(none)?.stderr;
    ensure!(said.contains("also open: FLOOD-1"), "{said}");
    world.close()
}

#[test]
fn a_case_of_a_closed_incident_is_said_to_be_closed_and_not_to_be_unknown() -> Result<()> {
    let world = World::open()?;
    let kiosk = world.staffed("TRK")?;
    kiosk.sync()?;
    let reference = kiosk.take_one(&evacuee("Дана"))?;
    kiosk.sync()?;
    world.office.close_incident(INCIDENT)?;
    kiosk.sync()?;
    let edited = kiosk.try_edit(&reference, r#"{"place":{"bed":"1"}}"#)?;
    ensure!(edited.code == Some(1) && edited.stderr.contains("incident was closed"), "{edited:?}");
    world.close()
}
