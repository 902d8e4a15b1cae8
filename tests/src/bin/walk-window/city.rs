//! A city held: how soon the real window can be used, and what it takes of the memory.
//!
//! Asserts nothing about time; fails where the window never comes.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Result;
use beket_synthetic::{Generator, Scene};
use beket_tests::world::INCIDENT;
use beket_tests::{Kiosk, Way, World};
use serde_json::Value;

use crate::screen::Screen;
use crate::{FORM_IN_KAZAKH, say};

const PASSPHRASE: &str = "red apple tree";
const UNLOCK: &str = "Киоскіні ашу";
const WHO: &str = "Кім жұмыс істейді?";
/// Forms that are taken together.
const BATCH: usize = 2_000;
/// Everybody is read, filed and drawn within this.
const FILLING: Duration = Duration::from_secs(15);

pub(crate) fn city(folder: &Path, people: usize) -> Result<()> {
    let world = World::open()?;
    for people in [0, people] {
        let line = world.line()?;
        let kiosk = world.locked_over(&line, "TRK", PASSPHRASE)?;
        line.set(Way::Down);
        let held = take(&kiosk, people)?;
        for again in ["for the first time", "for the second time"] {
            let mut screen = Screen::open(folder)?;
            let began = Instant::now();
            screen.start(&Kiosk::at(kiosk.data())?)?;
            screen.called(UNLOCK)?;
            let shown = began.elapsed();
            screen.settle()?;
            screen.write(PASSPHRASE)?;
            let began = Instant::now();
            screen.press_key("Return")?;
            screen.called(WHO)?;
            let unlocked = began.elapsed();
            screen.settle()?;
            enter(&mut screen, again)?;
            std::thread::sleep(FILLING);
            let (ticks, megabytes, files) = screen.rest(Duration::from_secs(5))?;
            say(format_args!(
                "{held} people held, {again}: shown after {shown:.2?}, its first screen {unlocked:.2?} \
                 after the passphrase (Argon2id included); {megabytes} MB resident, {files} of them files, {ticks} ticks in 5 s"
            ))?;
        }
    }
    world.close()
}

/// The first time somebody adds themselves; then they are known.
fn enter(screen: &mut Screen, again: &str) -> Result<()> {
    if again == "for the first time" {
        screen.write("Aigul")?;
        screen.key("Return")?;
    }
    screen.write("2748")?;
    screen.key("Return")?;
    screen.until(FORM_IN_KAZAKH)
}

fn take(kiosk: &Kiosk, people: usize) -> Result<usize> {
    let mut queue = Generator::new(2019, Scene::emergency(INCIDENT));
    let mut held = 0;
    while held < people {
        let forms: Vec<Value> = queue.by_ref().take(BATCH).collect();
        held += forms
            .iter()
            .map(|form| 1 + form["household"].as_array().map_or(0, Vec::len))
            .sum::<usize>();
        kiosk.take(&forms)?;
    }
    Ok(held)
}
