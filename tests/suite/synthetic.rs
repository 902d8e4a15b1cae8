//! Owns: thousands of synthetic people through the real programs: everyone taken, everyone back as
//! given.
//! Refuses to measure: `measure` does.

use anyhow::{Result, ensure};
use beket_synthetic::{Generator, Kind, Scene};
use beket_tests::World;
use beket_tests::compare::{leaves, whole};
use beket_tests::world::INCIDENT;
use serde_json::Value;

#[test]
fn two_thousand_intakes_come_back_equal_leaf_by_leaf() -> Result<()> {
    let world = World::open()?;
    let emergency = Scene::emergency(INCIDENT);
    let everyday = Scene::everyday().with_kinds(&[
        (Kind::Appeal, 60),
        (Kind::Enquiry, 15),
        (Kind::Evacuee, 15),
        (Kind::Passenger, 10),
    ]);
    let desks = [
        (world.staffed("TRK")?, emergency.clone(), 1),
        (world.self_service("TRK")?, everyday.clone(), 2),
        (world.locked("ARS", "жеті қарлығаш ұясы")?, emergency, 3),
        (world.self_service("ARS")?, everyday, 4),
    ];
    let mut given = Vec::new();
    for (kiosk, scene, seed) in desks {
        let intakes: Vec<Value> = Generator::new(seed, scene).take(500).collect();
        given.extend(kiosk.take(&intakes)?.into_iter().zip(intakes));
        let sync = kiosk.sync()?;
        ensure!(sync.refused == 0 && sync.held == 0, "seed {seed}: {sync:?}");
    }
    let given_leaves: usize = given.iter().map(|(_, intake)| leaves(intake)).sum();
    ensure!(given_leaves > 30_000, "{given_leaves}");
    let rows = world.office.export()?;
    let wrong = whole(&given, &rows);
    ensure!(
        wrong.is_empty(),
        "{} of {given_leaves}: {:#?}",
        wrong.len(),
        &wrong[..wrong.len().min(10)]
    );
    ensure!(rows.iter().all(|row| row["conflicts"].as_array().is_some_and(Vec::is_empty)));
    ensure!(rows.iter().all(|row| row["unread"].as_array().is_some_and(Vec::is_empty)));
    let late = world.staffed("TRK")?;
    late.sync()?;
    let held = late.list()?;
    let served = |row: &&Value| row["station"] == "TRK" || row["incident"] == INCIDENT;
    ensure!(held.len() == rows.iter().filter(served).count(), "{} cases", held.len());
    ensure!(held.iter().all(|case| case["mark"] == "at_the_centre" && !case["kind"].is_null()));
    world.close()
}
