//! Measures one kiosk's take and one sync of many synthetic appeals, by the real programs:
//!
//! ```text
//! cargo run -p beket-tests --bin measure              10,000, as design and issue say
//! cargo run -p beket-tests --bin measure -- 2000
//! ```
//!
//! Prints a table. Asserts nothing about time; exits 1 where either process took more than 400 MB
//! or anything is missing from the export.

use std::io::Write;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use beket_synthetic::{Generator, Scene};
use beket_tests::compare::whole;
use beket_tests::gauge::{Cost, Gauge};
use beket_tests::kiosk::json_lines;
use beket_tests::process::{Finished, Running};
use beket_tests::world::INCIDENT;
use beket_tests::{Kiosk, Sync, World, folders};
use serde_json::Value;

const INTAKES: usize = 10_000;
const SEED: u64 = 2019;
const MOST_BYTES: u64 = 400_000_000;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let count = arguments.next().map_or(Some(INTAKES), |count| count.parse().ok());
    let (Some(count), None) = (count.filter(|count| *count > 0), arguments.next()) else {
        eprintln!("usage: measure [COUNT]");
        return ExitCode::from(2);
    };
    match measure(count) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("measure: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// One step of the way, as the table shows it.
struct Step {
    what: &'static str,
    took: Duration,
    cost: Cost,
}

fn measure(count: usize) -> Result<bool> {
    let world = World::open()?;
    let kiosk = world.staffed("TRK")?;
    kiosk.sync()?;
    let intakes: Vec<Value> =
        Generator::new(SEED, Scene::emergency(INCIDENT)).take(count).collect();
    let file = world.path("intakes.jsonl");
    std::fs::write(&file, json_lines(&intakes))?;
    let file = file.to_str().context("a path that is not text")?;

    let (taken, take) = step("kiosk: take", &kiosk, &["take", file])?;
    let server = world.office.process_id().context("the server does not run")?;
    let before = Cost::of(server)?;
    let (synced, sync) = step("kiosk: sync", &kiosk, &["sync", "--once", "--json"])?;
    let after = Cost::of(server)?;
    let synced = Sync::read(&synced)?;
    let serve = Step { what: "server: sync", took: sync.took, cost: after.since(before) };
    let projected = project(&world, count, after)?;
    let (_, list) = step("kiosk: list", &kiosk, &["list", "--json"])?;
    let began = Instant::now();
    let rows = world.office.export()?;
    let export = Step { what: "export", took: began.elapsed(), cost: Cost::default() };

    let given: Vec<(String, Value)> = taken.lines().into_iter().zip(intakes).collect();
    let mut wrong = whole(&given, &rows);
    if given.len() != count || !synced.in_step {
        wrong.push(format!("{} of {count} were taken; {synced:?}", given.len()));
    }
    let steps = [take, sync, serve, projected, list, export];
    for step in steps.iter().filter(|step| step.cost.peak_bytes > MOST_BYTES) {
        wrong.push(format!("{}: more than {MOST_BYTES} bytes of memory", step.what));
    }
    let traffic = traffic(&world, &kiosk, &synced, count)?;
    print(count, &steps, &traffic, &wrong)?;
    Ok(wrong.is_empty())
}

fn step(what: &'static str, kiosk: &Kiosk, arguments: &[&str]) -> Result<(Finished, Step)> {
    let began = Instant::now();
    let mut running = Running::start(&mut kiosk.command(arguments))?;
    running.feed(Vec::new());
    let gauge = Gauge::on(running.id());
    let finished = running.finish()?;
    let took = began.elapsed();
    anyhow::ensure!(finished.code == Some(0), "{what}: {}", finished.why());
    Ok((finished, Step { what, took, cost: gauge.read()? }))
}

/// Until the console's list holds the last of them, from the sync's end on.
fn project(world: &World, count: usize, before: Cost) -> Result<Step> {
    let browser = world.office.browser()?;
    let began = Instant::now();
    let reference = beket_model::Reference::new("TRK", "A", u32::try_from(count)?)?;
    let query = format!("/cases?q={reference}");
    browser.open_until(&query, |page| page.body.contains("href=\"/cases/"))?;
    let server = world.office.process_id().context("the server does not run")?;
    Ok(Step { what: "server: rows", took: began.elapsed(), cost: Cost::of(server)?.since(before) })
}

/// Bytes an appeal costs, on the line and on the disks.
fn traffic(
    world: &World,
    kiosk: &Kiosk,
    sync: &Sync,
    count: usize,
) -> Result<Vec<(&'static str, u64)>> {
    let count = count as u64;
    let disk = |folder| -> Result<u64> {
        let sizes = folders::files(folder)?.into_iter().map(std::fs::metadata);
        sizes.map(|file| Ok(file?.len())).sum()
    };
    Ok(vec![
        ("round trips", sync.round_trips),
        ("bytes up, an appeal", sync.bytes_up / count),
        ("bytes down, an appeal", sync.bytes_down / count),
        ("bytes on the kiosk's disk, an appeal", disk(kiosk.data())? / count),
        ("bytes on the office's disk, an appeal", disk(world.office.data())? / count),
    ])
}

fn print(count: usize, steps: &[Step], traffic: &[(&str, u64)], wrong: &[String]) -> Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{count} synthetic appeals, seed {SEED}\n")?;
    writeln!(out, "{:<18}{:>9}{:>9}{:>9}", "", "seconds", "CPU s", "peak MB")?;
    for Step { what, took, cost } in steps {
        write!(out, "{what:<18}{:>9.2}", took.as_secs_f64())?;
        match cost.peak_bytes {
            0 => writeln!(out)?,
            peak => writeln!(out, "{:>9.2}{:>9}", cost.cpu_seconds, peak / 1_000_000)?,
        }
    }
    writeln!(out)?;
    for (what, number) in traffic {
        writeln!(out, "{what:<38}{number:>7}")?;
    }
    if !wrong.is_empty() {
        writeln!(out, "\nWRONG: {}", wrong.len())?;
        wrong.iter().take(10).try_for_each(|line| writeln!(out, "  {line}"))?;
    }
    Ok(())
}
