//! Owns: a disk that takes no more, at the kiosk and at the office: said in words, nothing
//! acknowledged that is not kept, and all well once there is room.
//! Refuses: a real full disk: the system's limit on the size of files stands for it.

use std::process::Command;

use anyhow::{Result, ensure};
use beket_tests::World;
use beket_tests::compare::whole;
use beket_tests::kiosk::json_lines;
use beket_tests::process::{Running, run};
use beket_tests::world::evacuee;
use serde_json::Value;

/// The same command where no file may grow beyond so many KiB.
fn within(kib: u32, command: &Command) -> Command {
    let mut shell = Command::new("sh");
    // Blocks of 512 bytes; without the signal, writing fails as on a full disk.
    shell.args(["-c", "trap '' XFSZ; ulimit -f \"$1\"; shift; exec \"$@\"", "sh"]);
    shell.arg((kib * 2).to_string()).arg(command.get_program()).args(command.get_args());
    shell
}

#[test]
fn a_kiosk_whose_disk_is_full_says_so_and_keeps_what_it_printed() -> Result<()> {
    let world = World::open()?;
    let kiosk = world.staffed("TRK")?;
    let mut given: Vec<(String, Value)> = Vec::new();
    for round in 0..6 {
        let intakes: Vec<Value> = (0..700).map(|n| evacuee(&format!("Т {round} {n}"))).collect();
        let mut command = within(300 + 400 * round, &kiosk.command(&["take", "-"]));
        let taken = run(&mut command, &json_lines(&intakes))?;
        ensure!(taken.code == Some(1) || taken.lines().len() == intakes.len(), "{taken:?}");
        if taken.code == Some(1) {
            ensure!(taken.stderr.contains("error: "), "{}", taken.stderr);
            ensure!(!taken.stderr.contains("panicked"), "{}", taken.stderr);
        }
        given.extend(taken.lines().into_iter().zip(intakes));
    }
    ensure!(!given.is_empty() && given.len() < 4_200, "{} taken", given.len());
    kiosk.sync()?;
    let wrong = whole(&given, &world.office.export()?);
    ensure!(wrong.is_empty(), "{} of {}: {:#?}", wrong.len(), given.len(), &wrong[..3]);
    world.close()
}

#[test]
fn an_office_whose_disk_is_full_acknowledges_nothing_that_it_cannot_keep() -> Result<()> {
    let mut world = World::open()?;
    let kiosk = world.staffed("TRK")?;
    kiosk.sync()?;
    world.office.stop()?;
    let mut command = world.office.command(&["serve"], &["--listen", world.office.host()]);
    command = within(700, &command);
    let mut cramped = Running::start(&mut command)?;
    cramped.next_line()?;
    let (mut given, mut declined): (Vec<(String, Value)>, _) = (Vec::new(), 0);
    for round in 0..12 {
        let intakes: Vec<Value> = (0..200).map(|n| evacuee(&format!("К {round} {n}"))).collect();
        given.extend(kiosk.take(&intakes)?.into_iter().zip(intakes));
        let sync = kiosk.try_sync()?;
        if !sync.in_step {
            declined += 1;
            let why = sync.error.clone().unwrap_or_default();
            ensure!(sync.code == Some(1) && !why.is_empty(), "{sync:?}");
        }
    }
    ensure!(declined > 0, "the disk was never full");
    let marked = kiosk.list()?;
    cramped.kill()?;
    let rows = world.office.export()?;
    for case in marked.iter().filter(|case| case["mark"] == "at_the_centre") {
        let there = rows.iter().any(|row| row["case"] == case["case"]);
        ensure!(there, "{case} was acknowledged and is gone");
    }
    world.office.serve()?;
    kiosk.sync()?;
    let wrong = whole(&given, &world.office.export()?);
    ensure!(wrong.is_empty(), "{} of {}: {:#?}", wrong.len(), given.len(), &wrong[..3]);
    world.close()
}
