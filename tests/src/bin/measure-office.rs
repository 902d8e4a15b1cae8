//! Measures the office's console with many cases held: how long a page of the queue takes, under
//! filters, in every order, searched by a name with a slip in it; a case of 200 changes; the situation,
//! every report, the hotline; and what a whole export costs in memory.
//!
//! ```text
//! cargo run --release -p beket-tests --bin measure-office                     1,000,000 cases
//! cargo run --release -p beket-tests --bin measure-office -- 20000
//! cargo run --release -p beket-tests --bin measure-office -- 1000000 FOLDER   kept for another time
//! ```
//!
//! The cases come as they do in life: taken at kiosks, sealed, sent, opened at the office; which for a
//! million takes an hour, so that a folder may keep them, and only what is missing is added. A page is
//! timed from the request to its last byte over loopback. Asserts nothing about time; exits 1 where
//! a case is missing; whoever is not found by a mistyped name is named.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, ensure};
use beket_synthetic::{Generator, Scene};
use beket_tests::browser::{plain, urlencoded};
use beket_tests::gauge::Cost;
use beket_tests::world::INCIDENT;
use beket_tests::{Browser, Kiosk, Page, World};
use serde_json::Value;

const CASES: usize = 1_000_000;
/// Forms that a kiosk takes and sends.
const BATCH: usize = 10_000;
const SEED: u64 = 2019;
/// Pages of each sort, and people who are searched for.
const PAGES: usize = 100;
/// After so many, a kiosk that is not in step never will be.
const MOST_CONVERSATIONS: usize = 5;
/// Between two looks whether all cases are on the list.
const PAUSE: Duration = Duration::from_secs(1);

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let cases = arguments.next().map_or(Some(CASES), |cases| cases.parse().ok());
    let (Some(cases), folder, None) = (cases, arguments.next(), arguments.next()) else {
        eprintln!("usage: measure-office [CASES [FOLDER]]");
        return ExitCode::from(2);
    };
    match measure(cases, folder.as_deref().map(Path::new)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("measure-office: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn measure(cases: usize, folder: Option<&Path>) -> Result<()> {
    let world = folder.map_or_else(World::open, World::kept_in)?;
    let browser = world.office.browser()?;
    let held = settled(&browser)?;
    let began = Instant::now();
    let Filled { names, people } = fill(&world, held, cases)?;
    while counted(&browser)? < cases {
        std::thread::sleep(PAUSE);
    }
    let server = world.office.process_id().context("no server")?;
    say(&format!(
        "{} cases taken, sent and on the list in {:.0?}; with {held} before, the server has {} MB",
        cases.saturating_sub(held),
        began.elapsed(),
        Cost::of(server)?.peak_bytes / 1_000_000
    ))?;
    for (what, filter) in [
        ("the queue", ""),
        ("one filter", "kind=appeal"),
        ("five filters", "kind=evacuee&status=here&language=kk&station=TRK&alone=1"),
        ("nothing passes", "kind=appeal&alone=1&conflict=1"),
        ("by name", "sort=name"),
        ("few, by name", "sort=name&alone=1"),
        ("by due date", "sort=due&kind=appeal"),
    ] {
        // Nobody reads so many pages a minute: each list has a reader of its own.
        let reader = world.office.operator(what)?;
        say(&format!("{what:16} {}", pages(&reader, filter)?))?;
    }
    let (took, missed) = mistyped(&browser, &names)?;
    say(&format!("{:16} {took}; not found: {}", "a name mistyped", missed.join(", ")))?;
    say(&format!("{:16} {}", "the hotline", hotline(&browser, &names)?))?;
    // Every incident of the kiosks is one of its own: all of them together are the whole.
    let found = registered(&browser.open("/situation?incident=-")?)?;
    ensure!(found == people, "the situation counts {found} people of {people}");
    for address in [
        "/situation?incident=-",
        "/reports?by=month",
        "/reports?by=district",
        "/reports?by=age&kind=appeal",
    ] {
        say(&format!("{address:28} {}", again(&browser, address)?))?;
    }
    say(&format!("{:16} {}", "of 200 changes", much_changed(&world, &browser)?))?;
    say(&format!("{:16} {}", "other cases", each(&browser, &some_cases(&browser)?)?))?;
    for file in ["cases.csv", "cases.xlsx", "cases.jsonl"] {
        Cost::forget_peak(server)?;
        let before = Cost::of(server)?.peak_bytes;
        let began = Instant::now();
        let bytes = browser.weigh(&format!("/export/{file}"))?;
        say(&format!(
            "{file:16} {} MB in {:.1?}; the server had {} MB before it and {} MB at the most",
            bytes / 1_000_000,
            began.elapsed(),
            before / 1_000_000,
            Cost::of(server)?.peak_bytes / 1_000_000,
        ))?;
    }
    world.close()
}

/// What all cases together hold.
struct Filled {
    /// Some of their names.
    names: Vec<String>,
    /// Everybody who is registered.
    people: usize,
}

/// Takes and sends those that are missing.
fn fill(world: &World, held: usize, cases: usize) -> Result<Filled> {
    let mut queue = Generator::new(SEED, Scene::emergency(INCIDENT));
    let (mut names, mut people, mut made) = (Vec::new(), 0, 0);
    // One kiosk sends while the next one takes.
    let mut sending: Option<JoinHandle<Result<()>>> = None;
    let sent = |sending: Option<JoinHandle<Result<()>>>| match sending {
        Some(sending) => sending.join().map_err(|_| anyhow!("a kiosk's thread panicked"))?,
        None => Ok(()),
    };
    while made < cases {
        let mut forms: Vec<Value> = queue.by_ref().take(BATCH.min(cases - made)).collect();
        names.extend(forms.iter().filter_map(name_of).take(1 + PAGES * BATCH / cases.max(BATCH)));
        people += forms.iter().map(people_of).sum::<usize>();
        made += forms.len();
        // A kiosk that was cut off left a part behind; it is taken anew whole.
        if made > held {
            for form in forms.iter_mut().filter(|form| form["incident"].is_string()) {
                form["incident"] = incident(made / BATCH).into();
            }
            let kiosk = alone(world, made / BATCH)?;
            kiosk.take(&forms)?;
            sent(sending.take())?;
            sending = Some(std::thread::spawn(move || {
                send(&kiosk)?;
                Ok(std::fs::remove_dir_all(kiosk.data())?)
            }));
        }
    }
    sent(sending)?;
    Ok(Filled { names, people })
}

/// The office enrols the next kiosk meanwhile, and so has something new to tell.
fn send(kiosk: &Kiosk) -> Result<()> {
    for _ in 0..MOST_CONVERSATIONS {
        if kiosk.try_sync()?.in_step {
            return Ok(());
        }
    }
    kiosk.sync().map(drop)
}

fn people_of(form: &Value) -> usize {
    let registers = matches!(form["kind"].as_str(), Some("evacuee" | "passenger"));
    let household = form["household"].as_array().map_or(0, Vec::len);
    if registers { 1 + household } else { 0 }
}

/// How many people the situation says are registered.
fn registered(page: &Page) -> Result<usize> {
    let said = page.body.split("<ul class=\"numbers\">").nth(1).context("no numbers")?;
    let said = said.split("</strong>").next().unwrap_or_default();
    Ok(said.chars().filter(char::is_ascii_digit).collect::<String>().parse()?)
}

/// A kiosk at a station and in an incident of its own: otherwise it would be given all that others took.
fn alone(world: &World, nth: usize) -> Result<Kiosk> {
    let station = format!("S{nth}");
    world.office.station(&station, &station)?;
    world.office.open_incident(&incident(nth), &station)?;
    world.staffed(&station)
}

fn incident(nth: usize) -> String {
    format!("I-{nth}")
}

fn name_of(form: &Value) -> Option<String> {
    let part = |key: &str| form["person"][key].as_str();
    Some(format!("{} {}", part("family_name")?, part("given_name")?))
}

/// How many cases there are, once the list stands still: after an update it is made anew.
fn settled(browser: &Browser) -> Result<usize> {
    let mut known = counted(browser)?;
    loop {
        std::thread::sleep(PAUSE * 5);
        let now = counted(browser)?;
        if now == known {
            return Ok(now);
        }
        known = now;
    }
}

/// How many cases the queue says there are.
fn counted(browser: &Browser) -> Result<usize> {
    browser.open("/cases")?.total()
}

/// Page after page of one filter.
fn pages(browser: &Browser, filter: &str) -> Result<String> {
    let (mut took, mut bytes) = (Vec::new(), 0);
    let mut address = format!("/cases?{filter}");
    // Behind the first, so many a minute as one may read.
    for _ in 0..PAGES / 2 {
        let began = Instant::now();
        let page = browser.open(&address)?;
        took.push(began.elapsed());
        bytes = bytes.max(page.body.len());
        address = page.next().unwrap_or_else(|| format!("/cases?{filter}"));
    }
    Ok(format!("{}, {} KB a page", spread(took), bytes / 1000))
}

/// Names without one of their letters.
fn mistyped(browser: &Browser, names: &[String]) -> Result<(String, Vec<String>)> {
    let (mut took, mut missed) = (Vec::new(), Vec::new());
    for (at, name) in names.iter().take(PAGES).enumerate() {
        let letters: Vec<char> = name.chars().collect();
        let inner: Vec<usize> = (1..letters.len()).filter(|at| letters[*at] != ' ').collect();
        let without = inner[at % inner.len()];
        let typed: String =
            [&letters[..without], &letters[without + 1..]].concat().iter().collect();
        let began = Instant::now();
        let page = browser.open(&format!("/cases?{}", urlencoded(&[("q", &typed)])))?;
        took.push(began.elapsed());
        // A short name is not guessed at; everybody else is there.
        let shortest = name.split(' ').map(|word| word.chars().count()).min().unwrap_or(0);
        if shortest >= 6 && !plain(&page.body).contains(name) {
            missed.push(format!("{typed} for {name}"));
        }
    }
    Ok((spread(took), missed))
}

/// What callers ask for, without the answer to what is asked back.
fn hotline(browser: &Browser, names: &[String]) -> Result<String> {
    let mut took = Vec::new();
    for name in names.iter().take(PAGES) {
        let began = Instant::now();
        let page = browser.post("/hotline", &[("q", name)])?;
        took.push(began.elapsed());
        ensure!(page.status == 200, "{name}: {}", page.status);
    }
    Ok(spread(took))
}

/// One page, several times.
fn again(browser: &Browser, address: &str) -> Result<String> {
    each(browser, &vec![address.to_owned(); 10])
}

fn each(browser: &Browser, addresses: &[String]) -> Result<String> {
    let mut took = Vec::new();
    for address in addresses {
        let began = Instant::now();
        browser.open(address)?;
        took.push(began.elapsed());
    }
    Ok(spread(took))
}

/// The addresses of the first page's cases.
fn some_cases(browser: &Browser) -> Result<Vec<String>> {
    let page = browser.open("/cases?kind=evacuee")?;
    Ok(page.cases().into_iter().map(|id| format!("/cases/{id}")).collect())
}

/// A case that was changed 200 times.
fn much_changed(world: &World, browser: &Browser) -> Result<String> {
    let kiosk = world.staffed("TRK")?;
    let reference = kiosk.take_one(&beket_tests::world::evacuee("Қайта-қайта"))?;
    for bed in 0..200 {
        kiosk.edit(&reference, &serde_json::json!({ "place": { "bed": bed.to_string() } }))?;
    }
    kiosk.sync()?;
    let page = browser.open_until("/cases", |page| page.body.contains(&reference))?;
    let at = page.body.find(&format!(">{reference}<")).context("it is not listed")?;
    let case = page.body[..at].rsplit("href=\"").next().and_then(|rest| rest.split('"').next());
    again(browser, case.context("no address")?)
}

fn spread(mut all: Vec<Duration>) -> String {
    all.sort_unstable();
    let at = |percent: usize| all[(all.len() * percent).div_ceil(100) - 1];
    format!("median {:.1?}, 95th percentile {:.1?}, of {}", at(50), at(95), all.len())
}

fn say(what: &str) -> Result<()> {
    Ok(writeln!(std::io::stdout(), "{what}")?)
}
