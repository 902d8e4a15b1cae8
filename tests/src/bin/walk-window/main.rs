//! Walks through both modes of the kiosk's window as a person does: a real window on a display of
//! its own (Xvfb), driven by mouse and keyboard (xdotool), looked at by screenshot.
//!
//! ```text
//! cargo run -p beket-tests --bin walk-window -- FOLDER            screenshots go to FOLDER
//! cargo run -p beket-tests --bin walk-window -- FOLDER 44000      measured with so many people held
//! ```
//!
//! A citizen hands in an appeal on the keyboard on the screen; the code on the coupon is decoded from
//! the screenshot, and the office gets what was written. A volunteer's window is killed in the middle
//! of a form; the draft is back, and is saved. Then the window rests, and is said to cost nothing. A
//! whole shift follows at a third kiosk, from its passphrase to the minutes of network at its end.
//! Touches and keys beyond the data themselves are counted. Exits 1 where anything is missing.

mod city;
mod screen;
mod shift;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use beket_tests::{Kiosk, World};
use screen::Screen;
use serde_json::Value;

/// As the issue of the kiosk's window asks.
const MOST_TOUCHES: u32 = 14;
const MOST_KEYS: u32 = 20;
/// Hundredths of a second of CPU in three seconds without a cause.
const MOST_TICKS: u64 = 5;
/// What the window is called at a form, before anybody chooses another language.
const FORM_IN_KAZAKH: &str = "Жаңа тіркеу";
/// From a form on the disk to the office's list.
const PATIENCE: Duration = Duration::from_secs(30);

/// Where things are on a screen of 1280×800 that nobody has measured.
mod place {
    pub(crate) const CONTINUE: (u32, u32) = (1178, 740);
    pub(crate) const RUSSIAN: (u32, u32) = (324, 240);
    pub(crate) const APPEAL: (u32, u32) = (324, 158);
    pub(crate) const AGREE: (u32, u32) = (324, 249);
}

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let (folder, people) = (words.next().map(PathBuf::from), words.next().map(|it| it.parse()));
    let (Some(folder), Ok(people)) = (folder, people.transpose()) else {
        eprintln!("usage: walk-window FOLDER [PEOPLE]");
        return ExitCode::from(2);
    };
    let walked = match people {
        None => walk(&folder),
        Some(people) => city::city(&folder, people),
    };
    match walked {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("walk-window: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn walk(folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    let world = World::open()?;
    citizen(&world, folder).context("a citizen at a self-service kiosk")?;
    volunteer(&world, folder).context("a volunteer at a staffed kiosk")?;
    shift::shift(&world, folder).context("a shift at a staffed kiosk")?;
    world.close()
}

fn citizen(world: &World, folder: &Path) -> Result<()> {
    let kiosk = world.self_service("TRK")?;
    let mut screen = Screen::open(folder)?;
    screen.run(&kiosk)?;
    // Staff set it up: a PIN twice, the measure of the screen, the printer, open for citizens.
    for _ in 0..2 {
        screen.tap_digits("2748")?;
        screen.touch(place::CONTINUE)?;
    }
    for _ in 0..3 {
        screen.touch(place::CONTINUE)?;
    }
    screen.picture("languages")?;

    screen.counted = 0;
    screen.touch(place::RUSSIAN)?;
    screen.touch(place::APPEAL)?;
    screen.picture("consent")?;
    screen.touch(place::AGREE)?;
    let family = "Тестов";
    for text in [family, "Пётр", ""] {
        screen.tap(text)?;
        screen.touch(place::CONTINUE)?;
    }
    for digits in ["850101399996", "87011234567"] {
        screen.tap_digits(digits)?;
        screen.touch(place::CONTINUE)?;
    }
    for text in ["Туркестан", "Абая ", "Течёт крыша"] {
        screen.tap(text)?;
        screen.picture("typed")?;
        screen.touch(place::CONTINUE)?;
    }
    screen.picture("check")?;
    screen.touch(place::CONTINUE)?;
    let number = coupon(&screen)?;
    screen.touch(place::CONTINUE)?;
    screen.picture("languages-again")?;
    let touches = screen.counted;

    let row = arrived(world, &number)?;
    let person = &row["person"];
    ensure!(person["family_name"] == family, "the office has {person}");
    ensure!(person["given_name"] == "Пётр", "the office has {person}");
    ensure!(row["narrative"] == "Течёт крыша", "the office has {row}");
    say(format_args!(
        "citizen: {number} decoded from the screen; {touches} touches beyond typing"
    ))?;
    ensure!(touches <= MOST_TOUCHES, "{touches} touches are more than {MOST_TOUCHES}");
    Ok(())
}

fn volunteer(world: &World, folder: &Path) -> Result<()> {
    let kiosk = world.staffed("TRK")?;
    let mut screen = Screen::open(folder)?;
    screen.run(&kiosk)?;
    for text in ["Aigul", "2748"] {
        screen.write(text)?;
        screen.key("Return")?;
    }
    screen.until(FORM_IN_KAZAKH)?;
    screen.counted = 0;
    household(&mut screen)?;
    let keys = screen.counted;
    screen.picture("saved")?;
    let first = saved(&kiosk, numbers, &[])?;
    let row = arrived(world, &first)?;
    let household = row["household"].as_array().map_or(0, Vec::len);
    ensure!(household == 3, "the office has {row}");

    screen.write("Draftova")?;
    screen.key("Return")?;
    screen.write("Half")?;
    screen.picture("half-typed")?;
    screen.kill()?;
    screen.run(&kiosk)?;
    screen.write("2748")?;
    screen.key("Return")?;
    screen.until(FORM_IN_KAZAKH)?;
    screen.picture("draft")?;
    screen.key("F10")?;
    screen.picture("draft-saved")?;
    let row = arrived(world, &saved(&kiosk, numbers, &[first]).context("the draft")?)?;
    let person = &row["person"];
    ensure!(person["family_name"] == "Draftova" && person["given_name"] == "Half", "{person}");
    say(format_args!(
        "volunteer: {keys} keys beyond the data for a household of four; the draft came back"
    ))?;
    ensure!(keys <= MOST_KEYS, "{keys} keys are more than {MOST_KEYS}");
    let (ticks, megabytes, _) = screen.rest(Duration::from_secs(3))?;
    say(format_args!("at rest: {ticks} ticks of CPU in 3 s, {megabytes} MB resident"))?;
    // One frame a second would be more.
    ensure!(ticks <= MOST_TICKS, "a window that nobody touches took {ticks} ticks in 3 s");
    Ok(())
}

/// A mother of 34 and three children, from the first key to the last.
fn household(screen: &mut Screen) -> Result<()> {
    for text in ["Testova", "Dana", "Serikkyzy", "34", "87011234567"] {
        screen.write(text)?;
        screen.key("Return")?;
    }
    for (name, age) in [("Saule", "7"), ("Ernar", "4"), ("Aruzhan", "1")] {
        screen.key("F6")?;
        screen.write(name)?;
        screen.key("Return")?;
        screen.write(age)?;
    }
    screen.key("F10")
}

pub(crate) fn say(what: std::fmt::Arguments<'_>) -> Result<()> {
    Ok(writeln!(std::io::stdout(), "{what}")?)
}

/// The number on the coupon, once it is shown.
fn coupon(screen: &Screen) -> Result<String> {
    let until = Instant::now() + PATIENCE;
    loop {
        let picture = screen.picture("coupon")?;
        match decoded(&picture) {
            Err(error) if Instant::now() > until => return Err(error),
            Err(_) => std::thread::sleep(Duration::from_millis(300)),
            number => return number,
        }
    }
}

/// What the squares on a picture say.
fn decoded(picture: &Path) -> Result<String> {
    let read =
        std::process::Command::new("zbarimg").args(["--quiet", "--raw"]).arg(picture).output();
    let text = String::from_utf8(read.context("starting zbarimg")?.stdout)?;
    let number = text.trim().to_owned();
    ensure!(number.starts_with("TRK-"), "the squares say {number:?}");
    Ok(number)
}

/// The number of a form that was just saved, once it is on the disk: the window goes on before that.
pub(crate) fn saved(
    kiosk: &Kiosk,
    numbers: fn(&Kiosk) -> Result<Vec<String>>,
    before: &[String],
) -> Result<String> {
    let until = Instant::now() + PATIENCE;
    loop {
        let new = numbers(kiosk)?.into_iter().find(|number| !before.contains(number));
        if let Some(new) = new {
            return Ok(new);
        }
        ensure!(Instant::now() < until, "nothing was saved");
        std::thread::sleep(Duration::from_millis(300));
    }
}

/// Of the second kiosk of the station: it holds the first one's cases, too.
fn numbers(kiosk: &Kiosk) -> Result<Vec<String>> {
    let own = |row: &&Value| row["reference"].as_str().is_some_and(|it| it.starts_with("TRK-B"));
    Ok(kiosk
        .list()?
        .iter()
        .filter(own)
        .filter_map(|row| row["reference"].as_str().map(str::to_owned))
        .collect())
}

/// The office's row of a case, once the window has brought it there by itself.
pub(crate) fn arrived(world: &World, reference: &str) -> Result<Value> {
    let until = Instant::now() + PATIENCE;
    loop {
        match world.row(reference) {
            Ok(row) => return Ok(row),
            Err(_) if Instant::now() < until => std::thread::sleep(Duration::from_millis(300)),
            Err(error) => bail!("{error:#}"),
        }
    }
}
