//! Measures how many of those who were registered twice the office finds, and how many others it
//! takes for one: by what was written otherwise the second time.
//!
//! ```text
//! cargo run --release -p beket-tests --bin measure-alike              20,000 households, 1,000 again
//! cargo run --release -p beket-tests --bin measure-alike -- 2000 100
//! ```

use std::io::Write;
use std::process::ExitCode;

use anyhow::{Context, Result};
use beket_tests::World;
use beket_tests::labelled::{Found, measure, share};

const SEED: u64 = 2019;

fn main() -> ExitCode {
    let numbers: Option<Vec<usize>> =
        std::env::args().skip(1).map(|argument| argument.parse().ok()).collect();
    let (households, again) = match numbers.as_deref() {
        Some([]) => (20_000, 1_000),
        Some([households, again]) => (*households, *again),
        _ => {
            eprintln!("usage: measure-alike [HOUSEHOLDS AGAIN]");
            return ExitCode::from(2);
        }
    };
    match run(households, again) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("measure-alike: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(households: usize, again: usize) -> Result<()> {
    let world = World::open()?;
    let outcome = measure(&world, households, again, SEED)?;
    say("of pairs            pairs  met    shown  first  marked")?;
    line("all", &outcome.all)?;
    for (slip, found) in &outcome.by_slip {
        line(&format!("{slip:?}"), found)?;
    }
    say(&format!(
        "marked pairs: {}, of which {} are no pair: precision {:.3}",
        outcome.marked,
        outcome.mistaken.len(),
        outcome.precision()
    ))?;
    for (one, other) in outcome.mistaken.iter().take(10) {
        say(&format!("  {one} {other}"))?;
    }
    world.close().context("the office")
}

fn line(what: &str, found: &Found) -> Result<()> {
    let of = |part| share(part, found.pairs);
    let (met, shown, first) = (of(found.met), of(found.shown), of(found.first));
    let (pairs, marked) = (found.pairs, of(found.marked));
    say(&format!("{what:18} {pairs:6}  {met:.3}  {shown:.3}  {first:.3}  {marked:.3}"))
}

fn say(what: &str) -> Result<()> {
    Ok(writeln!(std::io::stdout(), "{what}")?)
}
