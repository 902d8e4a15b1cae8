//! Owns: what both programs promise at a prompt: help with an example, exit codes 0, 1 and 2,
//! errors in words, and JSON even where nothing worked.
//! Refuses: what the commands do, which the files of their subjects own.

use std::process::Command;

use anyhow::{Context, Result, ensure};
use beket_tests::binaries::binaries;
use beket_tests::process::{Finished, run};
use beket_tests::world::evacuee;
use beket_tests::{Kiosk, Office, World};
use serde_json::Value;

fn kiosk(arguments: &[&str]) -> Result<Finished> {
    run(Command::new(&binaries()?.kiosk).args(arguments), b"")
}

fn server(arguments: &[&str]) -> Result<Finished> {
    run(Command::new(&binaries()?.server).args(arguments), b"")
}

#[test]
fn every_command_has_help_with_an_example() -> Result<()> {
    for command in ["", "enrol", "take", "edit", "list", "sync"] {
        let help =
            kiosk(&[command, "--help"].into_iter().filter(|a| !a.is_empty()).collect::<Vec<_>>())?;
        ensure!(help.code == Some(0) && help.stderr.is_empty(), "{command}: {help:?}");
        ensure!(
            help.stdout.contains("Example:\n  ") && help.stdout.contains("Usage: kiosk"),
            "{command}"
        );
    }
    for command in [
        "",
        "init",
        "station",
        "station add",
        "incident",
        "incident open",
        "incident close",
        "enrol",
        "device",
        "device list",
        "device admit",
        "device revoke",
        "serve",
        "export",
        "reindex",
    ] {
        let words: Vec<&str> = command.split_whitespace().chain(["--help"]).collect();
        let help = server(&words)?;
        ensure!(help.code == Some(0) && help.stderr.is_empty(), "{command}: {help:?}");
        ensure!(help.stdout.contains("Usage: sync-server"), "{command}: {}", help.stdout);
        ensure!(help.stdout.contains("Example:\n  "), "{command}: {}", help.stdout);
    }
    for program in [kiosk(&["--version"])?, server(&["--version"])?] {
        ensure!(program.code == Some(0) && program.stdout.contains(env!("CARGO_PKG_VERSION")));
    }
    Ok(())
}

#[test]
fn wrong_usage_is_code_2_and_says_what_is_wrong() -> Result<()> {
    let kiosks = [
        "",
        "take -",
        "--data /tmp/x fly",
        "--data /tmp/x take",
        "--data /tmp/x take - more",
        "--data /tmp/x edit TRK-A-0001-M",
        "--data /tmp/x sync",
        "--data /tmp/x sync --twice",
        "--data /tmp/x list --yaml",
        "--data /tmp/x enrol",
    ];
    let offices = [
        "",
        "fly",
        "init",
        "station",
        "station add --data /tmp/x TRK",
        "incident open --data /tmp/x ARYS-2019 x",
        "enrol --data /tmp/x --station TRK --role staffed",
        "enrol --data /tmp/x --station TRK --role boss --url http://x",
        "enrol --data /tmp/x --station TRK --role staffed --url ftp://x",
        "enrol --data /tmp/x --station TRK --role staffed --url http://x --expires soon",
        "serve --data /tmp/x --listen everywhere",
        "device",
        "device admit --data /tmp/x",
        "export",
        "reindex",
    ];
    let of = |line: &'static str| line.split_whitespace().collect::<Vec<_>>();
    let wrong = kiosks.into_iter().map(|line| (line, kiosk(&of(line))));
    for (line, wrong) in wrong.chain(offices.into_iter().map(|line| (line, server(&of(line))))) {
        let wrong = wrong?;
        ensure!(wrong.code == Some(2) && wrong.stdout.is_empty(), "{line}: {wrong:?}");
        ensure!(!wrong.stderr.is_empty(), "{line}: {wrong:?}");
    }
    Ok(())
}

#[test]
fn a_folder_that_is_no_kiosk_stays_as_it_is() -> Result<()> {
    let folder = tempfile::tempdir()?;
    for data in [folder.path().to_owned(), folder.path().join("not-there")] {
        let kiosk = Kiosk::at(&data)?;
        for arguments in [
            &["take", "-"][..],
            &["list", "--json"],
            &["sync", "--once", "--json"],
            &["edit", "TRK-A-0001-M", "-"],
            &["enrol", "BEKET1.nonsense"],
            &["enrol", ""],
        ] {
            let refused = kiosk.run(arguments, b"{}")?;
            ensure!(refused.code == Some(1), "{arguments:?}: {refused:?}");
            ensure!(refused.stderr.starts_with("error: "), "{arguments:?}: {refused:?}");
        }
    }
    ensure!(std::fs::read_dir(folder.path())?.next().is_none(), "something was made");
    Ok(())
}

#[test]
fn a_folder_that_holds_no_office_stays_as_it_is() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let data = folder.path().to_str().context("path")?;
    let url = "http://127.0.0.1:1";
    for arguments in [
        &["station", "add", "--data", data, "TRK", "x"][..],
        &["incident", "open", "--data", data, "X-1", "x", "--stations", "TRK"],
        &["incident", "close", "--data", data, "X-1"],
        &["enrol", "--data", data, "--station", "TRK", "--role", "staffed", "--url", url],
        &["serve", "--data", data, "--listen", "127.0.0.1:0"],
        &["device", "list", "--data", data],
        &["device", "admit", "--data", data, "3f9c02aa"],
        &["export", "--data", data],
        &["reindex", "--data", data],
    ] {
        let refused = server(arguments)?;
        ensure!(refused.code == Some(1) && refused.stdout.is_empty(), "{arguments:?}: {refused:?}");
        ensure!(refused.stderr.contains("sync-server init"), "{arguments:?}: {refused:?}");
    }
    ensure!(std::fs::read_dir(folder.path())?.next().is_none(), "something was made");
    Ok(())
}

#[test]
fn an_office_is_founded_once_and_its_password_shown_once() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let data = folder.path().join("office");
    let path = data.to_str().context("path")?;
    let founded = server(&["init", "--data", path, "--office", "Түркістан"])?;
    ensure!(founded.code == Some(0), "{founded:?}");
    let password = founded.stdout.trim().to_owned();
    ensure!(password.len() >= 16 && founded.stdout.lines().count() == 1, "{founded:?}");
    let again = server(&["init", "--data", path])?;
    ensure!(again.code == Some(1) && again.stdout.is_empty(), "{again:?}");
    ensure!(again.stderr.contains("already holds an office; nothing was changed"), "{again:?}");
    for file in beket_tests::folders::files(&data)? {
        let bytes = std::fs::read(&file)?;
        let found = bytes.windows(password.len()).any(|window| window == password.as_bytes());
        ensure!(!found, "the password can be read in {}", file.display());
    }
    let empty = folder.path().join("empty");
    std::fs::write(&empty, "\n")?;
    let other = folder.path().join("other");
    let (other, empty) = (other.to_str().context("path")?, empty.to_str().context("path")?);
    let refused = server(&["init", "--data", other, "--admin-password-file", empty])?;
    ensure!(refused.code == Some(1) && !std::path::Path::new(other).exists(), "{refused:?}");
    Ok(())
}

#[test]
fn the_office_refuses_what_cannot_be_and_says_why() -> Result<()> {
    let world = World::open()?;
    let url = world.office.url();
    let office = &world.office;
    let nowhere = ["--station", "NOSUCH", "--role", "staffed", "--url", &url];
    for (refused, why) in [
        (office.run(&["station", "add"], &["TRK", "тағы"])?, "already in use"),
        (office.run(&["station", "add"], &["ARYS-2019", "x"])?, ""),
        (office.run(&["station", "add"], &["Т", "x"])?, "2 to 8"),
        (office.run(&["station", "add"], &["../../etc", "x"])?, ""),
        (office.run(&["incident", "open"], &["TRK", "x", "--stations", "TRK"])?, "already in use"),
        (office.run(&["incident", "open"], &["X-1", "x", "--stations", "NOSUCH"])?, "no station"),
        (office.run(&["incident", "close"], &["NOSUCH-1"])?, "no incident"),
        (office.run(&["enrol"], &nowhere)?, "no station"),
        (office.run(&["serve"], &["--listen", office.host()])?, "cannot listen"),
    ] {
        ensure!(refused.code == Some(1) && refused.stdout.is_empty(), "{refused:?}");
        ensure!(
            refused.stderr.contains(why) && refused.stderr.starts_with("error: "),
            "{refused:?}"
        );
        ensure!(!refused.stderr.contains("panicked"), "{refused:?}");
    }
    world.close()
}

#[test]
fn an_office_without_its_own_keys_opens_nothing_and_changes_nothing() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let one = Office::found(&folder.path().join("one"), "Бір")?;
    let two = Office::found(&folder.path().join("two"), "Екі")?;
    one.station("TRK", "x")?;
    let key = one.data().join("office.key");
    let own = std::fs::read(&key)?;
    let foreign = std::fs::read(two.data().join("office.key"))?;
    let cut = own[..own.len() / 2].to_vec();
    for (bytes, why) in [
        (Some(foreign), "not those of the database"),
        (Some(cut), "cannot be read"),
        (None, "cannot be read"),
    ] {
        match bytes {
            Some(bytes) => std::fs::write(&key, bytes)?,
            None => std::fs::remove_file(&key)?,
        }
        for refused in [
            one.run(&["export"], &[])?,
            one.run(&["station", "add"], &["ARS", "x"])?,
            one.run(&["serve"], &["--listen", "127.0.0.1:0"])?,
        ] {
            ensure!(refused.code == Some(1) && refused.stderr.contains(why), "{refused:?}");
        }
    }
    std::fs::write(&key, own)?;
    one.station("ARS", "x")
}

#[test]
fn an_office_that_cannot_be_reached_is_said_in_json_with_every_key() -> Result<()> {
    let mut world = World::open()?;
    let kiosk = world.staffed("TRK")?;
    let reference = kiosk.take_one(&evacuee("Сәуле"))?;
    world.office.kill()?;
    let vain = kiosk.run(&["sync", "--once", "--json"], b"")?;
    ensure!(vain.code == Some(1) && vain.stdout.lines().count() == 1, "{vain:?}");
    let json: Value = serde_json::from_str(&vain.stdout)?;
    for key in ["pushed", "pulled", "refused", "held", "round_trips", "bytes_up", "bytes_down"] {
        ensure!(json[key].is_u64(), "{key}: {json}");
    }
    ensure!(json["in_step"] == false && json["pushed"] == 0, "{json}");
    ensure!(vain.stderr.contains("cannot be reached"), "{vain:?}");
    let words = kiosk.run(&["sync", "--once"], b"")?;
    ensure!(words.code == Some(1) && words.stdout.contains("not in step"), "{words:?}");
    ensure!(kiosk.listed(&reference)?["mark"] == "on_this_device");
    Ok(())
}

/// Somebody reads one line and goes away.
#[test]
fn whoever_stops_reading_stops_nothing() -> Result<()> {
    let world = World::open()?;
    let kiosk = world.staffed("TRK")?;
    let file = world.path("intakes.jsonl");
    let intakes: String =
        (0..5_000).map(|n| evacuee(&format!("Ж{n}")).to_string() + "\n").collect();
    std::fs::write(&file, intakes)?;
    let piped = |command: &Command| -> Result<Finished> {
        let mut shell = Command::new("sh");
        shell.args(["-c", "\"$0\" \"$@\" | head -n 1"]).arg(command.get_program());
        run(shell.args(command.get_args()), b"")
    };
    let taken = piped(&kiosk.command(&["take", file.to_str().context("path")?]))?;
    ensure!(taken.lines().len() == 1 && !taken.stderr.contains("panicked"), "{taken:?}");
    kiosk.sync()?;
    world.row(&taken.lines()[0])?;
    for command in [kiosk.command(&["list", "--json"]), world.office.command(&["export"], &[])] {
        let read = piped(&command)?;
        ensure!(!read.stderr.contains("panicked"), "{read:?}");
    }
    world.close()
}
