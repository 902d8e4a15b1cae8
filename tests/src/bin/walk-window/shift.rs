//! A whole shift in the real window, by keyboard and mouse, while the line is down: unlocked, a
//! queue, a child alone, a wrong entry voided, somebody registered a second time and noticed, a
//! coupon scanned, the volunteers changed; at its end a few minutes of network.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use beket_tests::{Kiosk, Way, World};
use serde_json::Value;

use crate::screen::Screen;
use crate::{arrived, saved, say};

const PASSPHRASE: &str = "red apple tree";

/// What the window is called where one says who works, at a form, at a case.
const WHO: &str = "Who is working?";
const FORM: &str = "New form";
const CASE: &str = "Case";
const MENDING: &str = "Editing a case";

/// Where things are in the window, which fills a screen of 1280×800; in English.
mod place {
    /// The language, above a kiosk that is still locked.
    pub(crate) const ENGLISH: (u32, u32) = (1157, 41);
    /// The first of those who are already here.
    pub(crate) const ALREADY_HERE: (u32, u32) = (1060, 140);
    /// Above a case that was opened from a form.
    pub(crate) const SAME_PERSON: (u32, u32) = (300, 74);
    /// Beside the names of the volunteers.
    pub(crate) const ADD_VOLUNTEER: (u32, u32) = (160, 195);
}

pub(crate) fn shift(world: &World, folder: &Path) -> Result<()> {
    let line = world.line()?;
    let kiosk = world.locked_over(&line, "TRK", PASSPHRASE)?;
    line.set(Way::Down);
    let mut screen = Screen::open(folder)?;
    // The window is told the passphrase by a person.
    screen.run(&Kiosk::at(kiosk.data())?)?;
    screen.touch(place::ENGLISH)?;
    screen.write(PASSPHRASE)?;
    screen.key("Return")?;
    screen.until(WHO)?;
    for text in ["Aigul", "2748"] {
        screen.write(text)?;
        screen.key("Return")?;
    }
    screen.until(FORM)?;
    screen.picture("shift-unlocked")?;
    let mother = form(&mut screen, &kiosk, &["Akhmetova", "Saule"])?;
    let wrong = form(&mut screen, &kiosk, &["Mistakenova", "Nobody"])?;
    screen.key("F4")?;
    let child = form(&mut screen, &kiosk, &["Platform 2", "police"])?;
    void(&mut screen)?;
    let again = second_time(&mut screen, &kiosk)?;
    change_volunteers(&mut screen)?;
    scan(&mut screen, &mother)?;
    screen.picture("shift-end")?;

    let rows = kiosk.list()?;
    ensure!(rows.len() == 4, "{rows:?}");
    line.set(Way::Open);
    screen.key("F8")?;
    for number in [&mother, &wrong, &child, &again] {
        arrived(world, number)?;
    }
    let row = |number: &str| world.row(number);
    ensure!(row(&wrong)?["void_reason"] == "taken twice", "{}", row(&wrong)?);
    ensure!(row(&child)?["person"]["separated"]["found_at"] == "Platform 2", "{}", row(&child)?);
    let suggested = &row(&again)?["suggested_links"][0];
    ensure!(suggested["kind"] == "same_person", "{suggested}");
    ensure!(row(&mother)?["person"]["phone"] == "+77011234567", "{}", row(&mother)?);
    say(format_args!("shift: 4 cases of 2 volunteers are at the office, nothing is lost"))
}

/// Fills the first fields and saves; gives the number.
fn form(screen: &mut Screen, kiosk: &Kiosk, texts: &[&str]) -> Result<String> {
    let before = numbers(kiosk)?;
    for text in texts {
        screen.write(text)?;
        screen.key("Return")?;
    }
    screen.key("F10")?;
    screen.picture("shift-saved")?;
    saved(kiosk, numbers, &before).with_context(|| format!("{texts:?}"))
}

fn numbers(kiosk: &Kiosk) -> Result<Vec<String>> {
    let named = |row: &Value| row["reference"].as_str().map(str::to_owned);
    Ok(kiosk.list()?.iter().filter_map(named).collect())
}

/// A wrong entry is found and voided with a reason.
fn void(screen: &mut Screen) -> Result<()> {
    screen.key("F3")?;
    screen.write("Mistakenova")?;
    screen.key("Return")?;
    screen.until(CASE)?;
    // The last thing on a case that can be pressed.
    screen.key("shift+Tab")?;
    screen.key("space")?;
    screen.write("taken twice")?;
    screen.picture("shift-voiding")?;
    screen.key("Return")?;
    screen.picture("shift-voided")?;
    screen.key("F2")
}

/// Somebody of another spelling is here already: both are suggested to be one person.
fn second_time(screen: &mut Screen, kiosk: &Kiosk) -> Result<String> {
    screen.write("Ahmetova")?;
    screen.key("Return")?;
    screen.write("Saule")?;
    screen.picture("shift-here-already")?;
    screen.touch(place::ALREADY_HERE)?;
    screen.until(CASE)?;
    screen.picture("shift-known")?;
    screen.touch(place::SAME_PERSON)?;
    screen.picture("shift-suggested")?;
    form(screen, kiosk, &[])
}

fn change_volunteers(screen: &mut Screen) -> Result<()> {
    screen.key("F9")?;
    screen.picture("shift-who")?;
    screen.touch(place::ADD_VOLUNTEER)?;
    // A new one, and the PIN of the one who vouches for them.
    for text in ["Erlan", "3141", "2748"] {
        screen.write(text)?;
        screen.key("Return")?;
    }
    screen.until(FORM)
}

/// Somebody comes back with their coupon, and leaves a telephone number.
fn scan(screen: &mut Screen, number: &str) -> Result<()> {
    screen.write(number)?;
    screen.key("Return")?;
    screen.until(CASE)?;
    screen.picture("shift-scanned")?;
    screen.key("F7")?;
    screen.until(MENDING)?;
    // Surname, given name, patronymic, birth: the telephone comes behind them.
    for _ in 0..4 {
        screen.key("Return")?;
    }
    screen.write("87011234567")?;
    screen.key("F10")
}
