//! Owns: kiosks apart from the office and from each other, and what becomes of it all when they
//! meet again: in any order, twice, over a line that breaks anywhere.
//! Refuses: broken processes and disks, which `kill` and `restore` own.

use anyhow::{Context, Result, ensure};
use beket_synthetic::{Generator, Scene};
use beket_tests::compare::{conflict, whole};
use beket_tests::world::{INCIDENT, evacuee};
use beket_tests::{Kiosk, Line, Way, World};
use serde_json::{Value, json};

/// Two kiosks of one station that both hold one case; its reference.
fn two_with_a_case(world: &World, intake: &Value) -> Result<(Kiosk, Kiosk, String)> {
    let (one, other) = (world.staffed("TRK")?.used_by("Айгүл"), world.staffed("TRK")?);
    let other = other.used_by("Ерлан");
    let reference = one.take_one(intake)?;
    one.sync()?;
    other.sync()?;
    ensure!(other.listed(&reference)?["mark"] == "at_the_centre");
    Ok((one, other, reference))
}

fn synthetic(seed: u64, count: usize) -> Vec<Value> {
    Generator::new(seed, Scene::emergency(INCIDENT)).take(count).collect()
}

#[test]
fn what_two_kiosks_took_and_wrote_apart_is_all_there_in_either_order_and_twice() -> Result<()> {
    for reversed in [false, true] {
        let mut world = World::open()?;
        let (one, other, shared) = two_with_a_case(&world, &evacuee("Сәуле"))?;
        world.office.stop()?;
        let mut given = vec![(shared.clone(), evacuee("Сәуле"))];
        for (kiosk, seed) in [(&one, 1), (&other, 2)] {
            let intakes = synthetic(seed, 20);
            given.extend(kiosk.take(&intakes)?.into_iter().zip(intakes));
        }
        one.edit(&shared, &json!({ "person": { "phone": "8 701 000 00 01" } }))?;
        one.edit(&shared, &json!({ "person": { "sex": "female" } }))?;
        other.edit(&shared, &json!({ "person": { "phone": "+7 702 000 00 02" } }))?;
        other.edit(&shared, &json!({ "place": { "bed": "12" } }))?;
        let vain = one.try_sync()?;
        ensure!(vain.code == Some(1) && !vain.in_step && vain.pushed == 0, "{vain:?}");
        ensure!(vain.error.is_some_and(|words| words.contains("stays safe on this device")));

        world.office.serve()?;
        let order = if reversed { [&other, &one] } else { [&one, &other] };
        for kiosk in order.into_iter().chain(order) {
            kiosk.sync()?;
        }
        let idle = one.sync()?;
        ensure!((idle.pushed, idle.pulled, idle.refused, idle.held) == (0, 0, 0, 0), "{idle:?}");

        let rows = world.office.export()?;
        given[0].1 = json!({ "person": { "given_name": "Сәуле", "sex": "female" },
                             "place": { "bed": "12" } });
        let wrong = whole(&given, &rows);
        ensure!(wrong.is_empty(), "{wrong:#?}");
        let row = world.row(&shared)?;
        ensure!(conflict(&row, "person.phone") == [json!("+77010000001"), json!("+77020000002")]);
        ensure!(row["conflicts"].as_array().map(Vec::len) == Some(1), "{row}");
        ensure!(conflict(&row, "person.phone").contains(&row["person"]["phone"]), "{row}");
        for kiosk in [&one, &other] {
            ensure!(kiosk.listed(&shared)?["conflicts"] == 1);
            ensure!(kiosk.marks()?.iter().all(|(_, mark)| mark == "at_the_centre"));
        }
    }
    Ok(())
}

#[test]
fn a_conflict_says_who_wrote_what_where_and_when() -> Result<()> {
    let world = World::open()?;
    let (one, _, reference) = two_with_a_case(&world, &evacuee("Сәуле"))?;
    let far = world.staffed("ARS")?.used_by("Гүлнар");
    far.sync()?;
    one.edit(&reference, &json!({ "person": { "age_years": 30 } }))?;
    far.edit(&reference, &json!({ "person": { "age_years": 31 } }))?;
    one.sync()?;
    far.sync()?;
    let row = world.row(&reference)?;
    let mut told = Vec::new();
    for value in row["conflicts"][0]["values"].as_array().context("no conflict")? {
        let at = value["at"].as_str().context("no time")?;
        ensure!(at.len() == 20 && at.ends_with('Z'), "{at}");
        told.push((value["value"].clone(), value["by"].clone(), value["station"].clone()));
    }
    told.sort_by_key(|(value, _, _)| value.to_string());
    let expected =
        [(json!(30), json!("Айгүл"), json!("TRK")), (json!(31), json!("Гүлнар"), json!("ARS"))];
    ensure!(told == expected, "{told:?}");
    Ok(())
}

#[test]
fn two_who_write_the_same_value_apart_do_not_quarrel() -> Result<()> {
    let world = World::open()?;
    let (one, other, reference) = two_with_a_case(&world, &evacuee("Сәуле"))?;
    for kiosk in [&one, &other] {
        kiosk.edit(&reference, &json!({ "person": { "phone": "8 (701) 111-11-11" } }))?;
    }
    one.sync()?;
    other.sync()?;
    let row = world.row(&reference)?;
    ensure!(row["conflicts"] == json!([]) && row["person"]["phone"] == "+77011111111", "{row}");
    Ok(())
}

#[test]
fn a_settled_conflict_is_settled_everywhere() -> Result<()> {
    let world = World::open()?;
    let (one, other, reference) = two_with_a_case(&world, &evacuee("Сәуле"))?;
    for (kiosk, bed) in [(&one, "1"), (&other, "2")] {
        kiosk.edit(&reference, &json!({ "place": { "bed": bed } }))?;
        kiosk.sync()?;
    }
    one.sync()?;
    ensure!(one.listed(&reference)?["conflicts"] == 1);
    one.edit(&reference, &json!({ "place": { "bed": "2" } }))?;
    one.sync()?;
    other.sync()?;
    ensure!(other.listed(&reference)?["conflicts"] == 0);
    let row = world.row(&reference)?;
    ensure!(row["conflicts"] == json!([]) && row["place"]["bed"] == "2", "{row}");
    Ok(())
}

#[test]
fn members_added_on_both_sides_are_both_there() -> Result<()> {
    let world = World::open()?;
    let (one, other, reference) = two_with_a_case(&world, &evacuee("Сәуле"))?;
    let member = |name: &str, relation: &str| json!({ "household": [{ "given_name": name, "relation": relation, "needs": ["medicine"] }] });
    one.edit(&reference, &member("Әли", "child"))?;
    other.edit(&reference, &member("Уәли", "sibling"))?;
    other.sync()?;
    one.sync()?;
    let row = world.row(&reference)?;
    let names: Vec<&Value> =
        row["household"].as_array().context("none")?.iter().map(|m| &m["given_name"]).collect();
    ensure!(names.len() == 2 && names.contains(&&json!("Әли")) && names.contains(&&json!("Уәли")));
    ensure!(row["conflicts"] == json!([]), "{row}");
    Ok(())
}

#[test]
fn a_member_that_one_removes_while_the_other_edits_keeps_both() -> Result<()> {
    for removed_last in [false, true] {
        let world = World::open()?;
        let mut intake = evacuee("Сәуле");
        intake["household"] = json!([{ "given_name": "Дана", "relation": "child" }]);
        let (one, other, reference) = two_with_a_case(&world, &intake)?;
        let id = world.row(&reference)?["household"][0]["id"].clone();
        one.edit(&reference, &json!({ "household": [{ "id": id, "removed": true }] }))?;
        other.edit(
            &reference,
            &json!({ "household": [{ "id": id, "given_name": "Дина", "sex": "female" }] }),
        )?;
        let order = if removed_last { [&other, &one] } else { [&one, &other] };
        for kiosk in order {
            kiosk.sync()?;
        }
        let row = world.row(&reference)?;
        let member = &row["household"][0];
        ensure!(member["removed"] == true && member["given_name"] == "Дина", "{row}");
        ensure!(member["sex"] == "female" && member["relation"] == "child", "{row}");
    }
    Ok(())
}

#[test]
fn a_member_that_one_removes_while_the_other_finds_them_alone_stays_on_every_list() -> Result<()> {
    let world = World::open()?;
    let mut intake = evacuee("Сәуле");
    intake["household"] = json!([{ "given_name": "Бота", "age_years": 4, "whereabouts": "here" }]);
    let (one, other, reference) = two_with_a_case(&world, &intake)?;
    let id = world.row(&reference)?["household"][0]["id"].clone();
    one.edit(&reference, &json!({ "household": [{ "id": id, "removed": true }] }))?;
    let alone = json!({ "found_at": "2-платформа" });
    other.edit(&reference, &json!({ "household": [{ "id": id, "separated": alone }] }))?;
    for kiosk in [&one, &other, &one] {
        kiosk.sync()?;
    }
    let browser = world.office.browser_in("en")?;
    browser.open_until("/cases?alone=1", |page| page.total().is_ok_and(|all| all == 1))?;
    browser.open_until("/situation", |page| page.body.contains("1</strong> child alone"))?;
    let void = one.try_edit(&reference, r#"{"void_reason":"қате"}"#)?;
    ensure!(void.code == Some(0), "{}", void.why());
    one.sync()?;
    ensure!(one.listed(&reference)?["status"] != "void", "one volunteer hides nobody");
    browser.open_until("/situation", |page| page.body.contains("1</strong> child alone"))?;
    Ok(())
}

#[test]
fn a_journey_first_written_on_both_sides_holds_what_each_wrote() -> Result<()> {
    let world = World::open()?;
    let (one, other, reference) = two_with_a_case(&world, &evacuee("Сәуле"))?;
    let first = json!({ "movement": { "direction": "arrival", "transport": "train",
                                      "number": "45", "from": "Арыс" } });
    let second = json!({ "movement": { "transport": "bus", "to": "Түркістан",
                                       "at": "2019-06-24T15:10:00Z" } });
    one.edit(&reference, &first)?;
    other.edit(&reference, &second)?;
    one.sync()?;
    other.sync()?;
    let row = world.row(&reference)?;
    let movement = &row["movement"];
    for (field, value) in [
        ("direction", "arrival"),
        ("number", "45"),
        ("from", "Арыс"),
        ("to", "Түркістан"),
        ("at", "2019-06-24T15:10:00Z"),
    ] {
        ensure!(movement[field] == value, "{field}: {row}");
    }
    ensure!(conflict(&row, "movement.transport") == [json!("bus"), json!("train")], "{row}");
    Ok(())
}

/// Takes one more and syncs over a line that is cut; then over a whole one.
fn interrupted(kiosk: &Kiosk, line: &Line, way: Way, name: &str) -> Result<(String, Value)> {
    let intake = evacuee(name);
    let reference = kiosk.take_one(&intake)?;
    line.set(way);
    let cut = kiosk.try_sync()?;
    ensure!(cut.code == Some(i32::from(!cut.in_step)), "{cut:?}");
    ensure!(cut.in_step || cut.error.is_some(), "{cut:?}");
    line.set(Way::Open);
    Ok((reference, intake))
}

#[test]
fn a_line_cut_after_any_number_of_bytes_costs_nothing() -> Result<()> {
    const CUTS: u64 = 80;
    let world = World::open()?;
    let line = world.line()?;
    let kiosk = world.staffed_over(&line, "TRK")?;
    kiosk.sync()?;
    line.set(Way::Open);
    let mut given = vec![(kiosk.take_one(&evacuee("Өлшем"))?, evacuee("Өлшем"))];
    kiosk.sync()?;
    let (whole_up, whole_down) = line.passed();
    ensure!(whole_up > 500 && whole_down > 500, "{whole_up} up, {whole_down} down");
    for cut in 0..=CUTS {
        let (up, down) = (whole_up * cut / CUTS, whole_down * cut / CUTS);
        for (way, name) in [
            (Way::CutAfter { up: Some(up), down: None }, format!("Жоғары {up}")),
            (Way::CutAfter { up: None, down: Some(down) }, format!("Төмен {down}")),
        ] {
            let taken = interrupted(&kiosk, &line, way, &name).context(name)?;
            let claims = kiosk.marks()?.into_iter().filter(|(_, mark)| mark == "at_the_centre");
            let claimed = claims.map(|(reference, _)| reference).collect::<Vec<_>>();
            if claimed.contains(&taken.0) {
                world.row(&taken.0).context("said to be at the centre")?;
            }
            given.push(taken);
            if cut % 3 == 0 {
                kiosk.sync()?;
            }
        }
    }
    kiosk.sync()?;
    let wrong = whole(&given, &world.office.export()?);
    ensure!(wrong.is_empty(), "{wrong:#?}");
    ensure!(kiosk.marks()?.iter().all(|(_, mark)| mark == "at_the_centre"));
    Ok(())
}

#[test]
fn a_first_contact_cut_after_any_number_of_bytes_costs_nothing() -> Result<()> {
    const CUTS: u64 = 24;
    let world = World::open()?;
    let line = world.line()?;
    let first = world.staffed_over(&line, "TRK")?;
    let mut given = vec![(first.take_one(&evacuee("Бірінші"))?, evacuee("Бірінші"))];
    line.set(Way::Open);
    first.sync()?;
    let (whole_up, whole_down) = line.passed();
    for cut in 0..CUTS {
        let (up, down) = (whole_up * cut / CUTS, whole_down * cut / CUTS);
        for way in [
            Way::CutAfter { up: Some(up), down: None },
            Way::CutAfter { up: None, down: Some(down) },
        ] {
            let kiosk = world.staffed_over(&line, "TRK")?;
            given.push(interrupted(&kiosk, &line, way, "Жаңа")?);
            kiosk.sync().with_context(|| format!("after a cut at {up} up or {down} down"))?;
        }
    }
    let wrong = whole(&given, &world.office.export()?);
    ensure!(wrong.is_empty(), "{wrong:#?}");
    Ok(())
}

#[test]
fn a_long_fetch_cut_again_and_again_comes_to_its_end() -> Result<()> {
    const SHARE: u64 = 200_000;
    let world = World::open()?;
    let full = world.staffed("TRK")?;
    full.take(&synthetic(9, 1_600))?;
    full.sync()?;
    let line = world.line()?;
    let fresh = world.staffed_over(&line, "TRK")?;
    line.set(Way::Open);
    world.staffed_over(&line, "TRK")?.sync()?;
    let (_, whole_down) = line.passed();
    ensure!(whole_down > 4 * SHARE, "{whole_down}");
    let mut rounds = 0;
    loop {
        // Each time a little more gets through, so that whole answers do.
        rounds += 1;
        line.set(Way::CutAfter { up: None, down: Some(SHARE * rounds) });
        let sync = fresh.try_sync()?;
        if sync.in_step {
            break;
        }
        ensure!(sync.error.is_some() && rounds < 20, "{rounds} rounds: {sync:?}");
    }
    ensure!(rounds > 2, "nothing was cut");
    ensure!(fresh.list()?.len() == full.list()?.len());
    Ok(())
}
