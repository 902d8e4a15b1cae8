//! Measures a kiosk's desk with a whole city held: reading everybody, finding them as one types,
//! putting one more on the disk.
//!
//! ```text
//! cargo run -p beket-tests --bin measure-people             44,000 people
//! cargo run -p beket-tests --bin measure-people -- 5000
//! ```
//!
//! Prints a table; a key's search is timed from the question to the answer, the way between the
//! threads and the marks from the disk included. Asserts nothing about time; exits 1 where anybody
//! is missing.

mod frames;

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use beket_kiosk::desk::{Ask, Desk, Intent, News, Told};
use beket_model::Intake;
use beket_synthetic::{Generator, Scene};
use beket_tests::world::INCIDENT;
use beket_tests::{Way, World};
use serde_json::Value;

/// As in the kiosk itself.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const PEOPLE: usize = 44_000;
/// Forms that are taken together.
const BATCH: usize = 2_000;
const SEED: u64 = 2019;
/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_mins(2);
/// People whose names are typed, letter by letter.
const TYPED: usize = 100;
/// People whose names are typed into the window.
const DRAWN: usize = 20;
/// Forms that are put on the disk one by one.
const SAVED: usize = 100;
/// Forms before them, which tell how many bytes one is.
const WEIGHED: usize = 20;
/// Bytes that one of them adds to the store's log.
const USUAL_BYTES: u64 = 32 * 1024;
/// Nobody hands a form in right behind another: by then every thread of the desk is at rest.
const REST: Duration = Duration::from_millis(50);

fn main() -> ExitCode {
    let people = std::env::args().nth(1).map_or(Some(PEOPLE), |people| people.parse().ok());
    let Some(people) = people else {
        eprintln!("usage: measure-people [PEOPLE]");
        return ExitCode::from(2);
    };
    match measure(people) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("measure-people: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn measure(wanted: usize) -> Result<()> {
    let world = World::open()?;
    let line = world.line()?;
    let kiosk = world.staffed_over(&line, "TRK")?;
    kiosk.sync()?;
    // From here on the kiosk is alone, as in the field.
    line.set(Way::Down);
    let mut queue = Generator::new(SEED, Scene::emergency(INCIDENT));
    let mut names = Vec::new();
    let (mut people, mut cases) = (0, 0);
    while people < wanted {
        let forms: Vec<Value> = queue.by_ref().take(BATCH).collect();
        people += forms
            .iter()
            .map(|form| 1 + form["household"].as_array().map_or(0, Vec::len))
            .sum::<usize>();
        cases += kiosk.take(&forms)?.len();
        names.extend(forms.iter().filter_map(name_of));
    }
    let path = kiosk.data().to_owned();

    let (desk, first) = fill(&path)?;
    drop(desk);
    let (desk, again) = fill(&path)?;
    for filled in [&first, &again] {
        ensure!(filled.cases == cases, "{} of {cases} cases can be read", filled.cases);
    }

    let mut keys = Vec::new();
    let every = (names.len() / TYPED).max(1);
    for (ticket, text) in names.iter().step_by(every).take(TYPED).flat_map(|n| typed(n)).enumerate()
    {
        let ticket = ticket as u64 + 1;
        let asked = Instant::now();
        desk.ask(Ask::Search { ticket, text });
        hear(&desk, |told| match told {
            Told::Found { ticket: of, .. } if of == ticket => Some(()),
            _ => None,
        })?;
        keys.push(asked.elapsed());
    }
    let wal = path.join("kiosk.db-wal");
    let before = std::fs::metadata(&wal)?.len();
    let forms = &mut queue.enumerate();
    for (form, said) in forms.take(WEIGHED) {
        save(&desk, form, &said)?;
    }
    // A log that was begun anew meanwhile tells nothing: then a form's usual share stands for it.
    let bytes = std::fs::metadata(&wal)?.len().checked_sub(before).filter(|grown| *grown > 0);
    let bytes = bytes.map_or(USUAL_BYTES, |grown| grown / WEIGHED as u64);
    let (mut saves, mut fsyncs) = (Vec::new(), Vec::new());
    // By turns, so that whatever else the machine does is in both.
    let mut bare = File::create(world.path("bare"))?;
    for (form, said) in forms.take(SAVED) {
        saves.push(save(&desk, form, &said)?);
        fsyncs.push(fsync(&mut bare, usize::try_from(bytes)?)?);
    }

    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "held: {} people in {cases} cases; {} MB resident",
        again.people,
        resident()? / 1_000_000
    )?;
    writeln!(
        out,
        "for the first time:   opened in {:.0?}, whole in {:.1?}",
        first.open, first.whole
    )?;
    writeln!(
        out,
        "for the second time:  opened in {:.0?}, whole in {:.1?}",
        again.open, again.whole
    )?;
    writeln!(out, "a key of the search:  {}", spread(keys))?;
    writeln!(out, "a form on the disk:   {}", spread(saves))?;
    writeln!(out, "a bare fsync of the same {bytes} bytes: {}", spread(fsyncs))?;
    drop(desk);
    // The news of its opening is the window's.
    let desk = Desk::open(&path, Arc::new(|| {}))?;
    let some: Vec<String> = names.iter().step_by(every).take(DRAWN).cloned().collect();
    writeln!(out, "a frame of the window: {}", spread(frames::frames(desk, &some)?))?;
    world.close()
}

/// What a desk took to have everybody.
struct Filled {
    cases: usize,
    people: usize,
    open: Duration,
    whole: Duration,
}

fn fill(path: &Path) -> Result<(Desk, Filled)> {
    let began = Instant::now();
    let desk = Desk::open(path, Arc::new(|| {}))?;
    let open = began.elapsed();
    let (cases, people) = hear(&desk, |told| match told {
        Told::Filled { cases, people, whole: true, .. } => Some((cases, people)),
        _ => None,
    })?;
    Ok((desk, Filled { cases, people, open, whole: began.elapsed() }))
}

fn name_of(form: &Value) -> Option<String> {
    let part = |key: &str| form["person"][key].as_str();
    Some(format!("{} {}", part("family_name")?, part("given_name")?))
}

/// What stands in the field after every key.
fn typed(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    (1..=letters.len()).map(|end| letters[..end].iter().collect()).collect()
}

fn hear<T>(desk: &Desk, what: impl Fn(Told) -> Option<T>) -> Result<T> {
    loop {
        match desk.wait(PATIENCE).context("no news")? {
            News::Told(told) => {
                if let Some(heard) = what(told) {
                    return Ok(heard);
                }
            }
            News::Trouble(error) => return Err((*error).into()),
            _ => {}
        }
    }
}

/// From the last key of a form to the word that it is on the disk.
fn save(desk: &Desk, form: usize, said: &Value) -> Result<Duration> {
    let form = form as u64;
    let intake = Box::new(Intake::from_json(&said.to_string())?);
    std::thread::sleep(REST);
    let began = Instant::now();
    desk.want(Intent::Take { form, intake, by: None, draft: None });
    loop {
        if let News::Taken { form: of, taken } = desk.wait(PATIENCE).context("no news")?
            && of == form
        {
            taken?;
            break;
        }
    }
    let took = began.elapsed();
    while !matches!(desk.wait(PATIENCE).context("no news")?, News::State(_)) {}
    Ok(took)
}

/// What the disk takes for as many bytes alone.
fn fsync(file: &mut File, bytes: usize) -> Result<Duration> {
    std::thread::sleep(REST);
    let began = Instant::now();
    file.write_all(&vec![7; bytes])?;
    file.sync_data()?;
    Ok(began.elapsed())
}

fn spread(mut all: Vec<Duration>) -> String {
    all.sort_unstable();
    let at = |percent: usize| all[(all.len() - 1) * percent / 100];
    format!("median {:.2?}, 99th percentile {:.2?}, of {}", at(50), at(99), all.len())
}

/// Bytes of this process in memory.
fn resident() -> Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
    let kilobytes: u64 = line.trim().trim_end_matches("kB").trim().parse()?;
    Ok(kilobytes * 1024)
}
