//! Writes what Automerge's own package is to open: `OUT_DIR/export.jsonl` and
//! `OUT_DIR/automerge/*.automerge`, made by the real programs from a seeded scene with edits,
//! conflicts, removed members and answers.
//!
//! ```text
//! cargo run -p beket-tests --bin interop-sample -- OUT_DIR
//! ```
//!
//! Refuses to judge what it wrote: `tests/interop/check.mjs` does.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, ensure};
use beket_synthetic::{Generator, Scene};
use beket_tests::world::INCIDENT;
use beket_tests::{Browser, Kiosk, World};
use serde_json::{Value, json};

const SEED: u64 = 2019;
const INTAKES: usize = 60;

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    let (Some(out), None) = (arguments.next(), arguments.next()) else {
        eprintln!("usage: interop-sample OUT_DIR");
        return ExitCode::from(2);
    };
    match write(&PathBuf::from(out)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("interop-sample: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn write(out: &Path) -> Result<()> {
    let world = World::open()?;
    let one = world.staffed("TRK")?.used_by("Айгүл");
    let other = world.staffed("ARS")?.used_by("Ерлан");
    for (seed, kiosk) in (SEED..).zip([&one, &other]) {
        let intakes: Vec<Value> =
            Generator::new(seed, Scene::emergency(INCIDENT)).take(INTAKES).collect();
        kiosk.take(&intakes)?;
        kiosk.sync()?;
    }
    one.sync()?;
    quarrel(&world, &one, &other)?;
    let browser = world.office.browser()?;
    answer(&world, &browser)?;
    save(&world, out)
}

/// Both kiosks write to every case that both can read, without seeing each other.
fn quarrel(world: &World, one: &Kiosk, other: &Kiosk) -> Result<()> {
    let mut rows = world.office.export()?;
    rows.sort_by_key(|row| row["reference"].to_string());
    let shared: Vec<&Value> = rows.iter().filter(|row| row["incident"] == INCIDENT).collect();
    ensure!(shared.len() > 40, "only {} cases are shared", shared.len());
    for (index, row) in shared.into_iter().take(24).enumerate() {
        let reference = row["reference"].as_str().context("no reference")?;
        one.edit(reference, &patch(index, row, "87010000001", "train"))?;
        // Every second time the same fields, else others.
        other.edit(reference, &patch(index + index % 2, row, "87020000002", "bus"))?;
    }
    one.sync()?;
    other.sync()?;
    one.sync().map(drop)
}

/// A patch of this number: some write the same fields, some others.
fn patch(number: usize, row: &Value, phone: &str, transport: &str) -> Value {
    let members = row["household"].as_array().map_or(&[][..], Vec::as_slice);
    match number % 6 {
        0 | 1 => json!({ "person": { "phone": phone, "needs": ["medicine", transport] },
                         "movement": { "transport": transport } }),
        2 => json!({ "household": [{ "given_name": "Дана", "relation": "child",
                                     "needs": ["clothing"], "separated": { "says": phone } }] }),
        3 => match members.first() {
            Some(member) => json!({ "household": [{ "id": member["id"], "removed": true }] }),
            None => json!({ "person": { "age_years": 40, "sex": null } }),
        },
        4 => match members.first() {
            Some(member) => {
                json!({ "household": [{ "id": member["id"], "given_name": transport,
                                        "needs": [] }] })
            }
            None => json!({ "narrative": format!("{phone}\n{transport}") }),
        },
        _ => {
            json!({ "place": { "bed": phone, "site": null }, "consent": { "may_tell_family": "ask" },
                     "void_reason": "жаттығу" })
        }
    }
}

fn answer(world: &World, browser: &Browser) -> Result<()> {
    let rows = world.office.export()?;
    let mut answered = 0;
    for row in &rows {
        let status = match row["kind"].as_str() {
            Some("appeal") => "resolved",
            Some("enquiry") => "reunited",
            _ => continue,
        };
        let address = format!("/cases/{}", row["case"].as_str().context("no case")?);
        if row["status"] == "void" {
            continue;
        }
        let page = browser.open(&address)?;
        let action = format!("{address}/status");
        let fields = [("status", status), ("text", "Қаралды.\nРассмотрено.")];
        // Both kinds go through one step in between where the form offers no other.
        let offered = page.form(&action)?.options;
        let between = if status == "resolved" { "under_review" } else { "possible" };
        let first = if offered.iter().any(|one| one == status) { status } else { between };
        let reply = browser.submit(&page, &action, &[("status", first), fields[1]])?;
        ensure!(reply.status == 303, "{address}: {}", reply.body);
        if first != status || answered % 2 == 0 {
            let reply = browser.submit(&browser.open(&address)?, &action, &fields)?;
            ensure!(reply.status == 303, "{address}: {}", reply.body);
        }
        answered += 1;
    }
    ensure!(answered > 10 && rows.len() == 2 * INTAKES, "{answered} answers");
    Ok(())
}

fn save(world: &World, out: &Path) -> Result<()> {
    std::fs::create_dir_all(out)?;
    let documents = out.join("automerge");
    let documents = documents.to_str().context("a path that is not text")?;
    let lines = world.office.must(&["export"], &["--automerge", documents])?;
    std::fs::write(out.join("export.jsonl"), lines)?;
    Ok(())
}
