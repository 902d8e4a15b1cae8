//! Owns: kiosks whose clocks are wrong by decades: what they take and write still arrives, merges
//! and sorts, and locks nobody out.
//! Refuses: the command line, which reads the real clock; the worker under it is given another.

use anyhow::{Context, Result, ensure};
use beket_directory::EnrolmentCode;
use beket_kiosk::{Change, KioskError, Link, Now, SyncReport, Worker};
use beket_model::Intake;
use beket_tests::World;
use beket_tests::compare::conflict;
use beket_tests::world::evacuee;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use serde_json::{Value, json};

const YEAR: u64 = 31_556_952;
/// One second past 1970, January 1971, 2019, 2104, the last second that a record can bear.
const CLOCKS: [u64; 5] = [1, YEAR, 49 * YEAR, 135 * YEAR, u32::MAX as u64];

/// A kiosk's worker with a clock of our choosing.
struct Wrong {
    worker: Worker,
    rng: ChaCha8Rng,
}

impl Wrong {
    fn enrolled(world: &World, station: &str, clock: u64) -> Result<Self> {
        let folder = world.path(&format!("{station}-{clock}"));
        std::fs::create_dir_all(&folder)?;
        let code = world.office.enrolment(station, "staffed", &world.office.url())?;
        let mut rng = ChaCha8Rng::seed_from_u64(clock);
        let code = EnrolmentCode::parse(&code)?;
        let worker = Worker::enrol(&folder, &code, None, at(clock), &mut rng)?;
        Ok(Self { worker, rng })
    }

    fn take(&mut self, name: &str, clock: u64) -> Result<String, KioskError> {
        let intake = Intake::from_json(&evacuee(name).to_string())?;
        let answers = self.worker.take(vec![intake], Some("Айгүл"), at(clock), &mut self.rng)?;
        let taken = answers.into_iter().collect::<Result<Vec<_>, _>>()?;
        Ok(taken.into_iter().map(|taken| taken.reference).collect())
    }

    fn edit(&mut self, reference: &str, patch: &Value, clock: u64) -> Result<bool, KioskError> {
        let change = Change::Patch(patch.clone());
        let edited = self.worker.edit(
            reference,
            &change,
            None,
            Some("Айгүл"),
            at(clock),
            &mut self.rng,
            &mut |_, _| {},
        );
        Ok(edited?.is_some())
    }

    fn sync(&mut self, clock: u64) -> Result<SyncReport> {
        let (url, office) = (self.worker.identity().url.clone(), self.worker.identity().office);
        let mut link = Link::new(&url, office);
        let report = self.worker.sync(&mut link, at(clock), &mut self.rng, &mut |_| {})?;
        ensure!(report.in_step && report.refused == 0 && report.held == 0, "{report:?}");
        Ok(report)
    }
}

fn at(seconds: u64) -> Now {
    Now::from_milliseconds(seconds * 1000)
}

#[test]
fn kiosks_of_any_year_are_admitted_and_what_they_take_arrives() -> Result<()> {
    let world = World::open()?;
    let honest = world.staffed("TRK")?;
    let mut given = Vec::new();
    for clock in CLOCKS {
        let mut kiosk = Wrong::enrolled(&world, "ARS", clock)?;
        for n in 0..3 {
            let name = format!("Ж{clock}-{n}");
            given.push((kiosk.take(&name, clock)?, name));
        }
        let report = kiosk.sync(clock)?;
        let skew = report.clock_skew_seconds.context("no skew is said")?;
        // This machine's own clock is somewhere between 2020 and 2100.
        let here = skew + i64::try_from(clock)?;
        ensure!((50 * YEAR.cast_signed()..130 * YEAR.cast_signed()).contains(&here), "{skew}");
    }
    honest.sync()?;
    let rows = world.office.export()?;
    ensure!(rows.len() == given.len(), "{}", rows.len());
    for (row, (reference, name)) in rows.iter().zip(&given) {
        // In the order in which they came, whatever the kiosks' clocks say.
        ensure!(row["reference"] == reference.as_str(), "{row}");
        ensure!(row["person"]["given_name"] == name.as_str(), "{row}");
        ensure!(row["taken_at"].as_str().is_some_and(|at| at.ends_with('Z')), "{row}");
        let received = row["received_at"].as_str().context("no time of receipt")?;
        ensure!(received.starts_with("20") && !received.starts_with("2019"), "{row}");
    }
    ensure!(honest.list()?.len() == given.len());
    world.close()
}

#[test]
fn a_clock_that_jumps_between_edits_changes_no_order() -> Result<()> {
    let world = World::open()?;
    let mut kiosk = Wrong::enrolled(&world, "TRK", 49 * YEAR)?;
    let reference = kiosk.take("Сәуле", 135 * YEAR)?;
    for (bed, clock) in [("1", 49 * YEAR), ("2", YEAR), ("3", u32::MAX.into()), ("4", 1)] {
        ensure!(kiosk.edit(&reference, &json!({ "place": { "bed": bed } }), clock)?);
        kiosk.sync(clock)?;
    }
    let row = world.row(&reference)?;
    ensure!(row["place"]["bed"] == "4" && row["conflicts"] == json!([]), "{row}");
    world.close()
}

#[test]
fn a_wrong_clock_wins_no_conflict_by_being_late() -> Result<()> {
    let world = World::open()?;
    let (mut past, mut future) =
        (Wrong::enrolled(&world, "TRK", YEAR)?, Wrong::enrolled(&world, "TRK", 135 * YEAR)?);
    let reference = past.take("Сәуле", YEAR)?;
    past.sync(YEAR)?;
    future.sync(135 * YEAR)?;
    past.edit(&reference, &json!({ "place": { "bed": "past" } }), YEAR)?;
    future.edit(&reference, &json!({ "place": { "bed": "future" } }), 135 * YEAR)?;
    future.sync(135 * YEAR)?;
    past.sync(YEAR)?;
    let row = world.row(&reference)?;
    ensure!(conflict(&row, "place.bed") == [json!("future"), json!("past")], "{row}");
    let years: Vec<&str> = row["conflicts"][0]["values"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|value| value["at"].as_str()?.get(..4))
        .collect();
    ensure!(years.contains(&"1971") && years.contains(&"2104"), "each says its own year: {row}");
    world.close()
}

#[test]
fn a_clock_that_no_record_can_bear_is_said_and_nothing_is_saved() -> Result<()> {
    let world = World::open()?;
    let mut kiosk = Wrong::enrolled(&world, "TRK", 49 * YEAR)?;
    let beyond = u64::from(u32::MAX) + 1;
    let refused = kiosk.take("Сәуле", beyond);
    let words = refused.err().context("it was taken")?.to_string();
    ensure!(words.contains("clock") && words.contains("Nothing was saved"), "{words}");
    let reference = kiosk.take("Сәуле", 49 * YEAR)?;
    ensure!(kiosk.edit(&reference, &json!({ "place": { "bed": "1" } }), beyond).is_err());
    // A wrong clock keeps nobody from sending.
    kiosk.sync(beyond)?;
    world.row(&reference)?;
    world.close()
}
