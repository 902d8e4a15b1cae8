//! Measures the office's console with many cases held: how long a page of the queue takes, under
//! filters, in every order, searched by a name with a slip in it.
//!
//! ```text
//! cargo run --release -p beket-tests --bin measure-office             1,000,000 cases
//! cargo run --release -p beket-tests --bin measure-office -- 20000
//! ```
//!
//! The cases come as they do in life: taken at kiosks, sealed, sent, opened at the office. A page is
//! timed from the request to its last byte over loopback. Asserts nothing about time; exits 1 where
//! a case is missing, or somebody is not found.

use std::io::Write;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use beket_synthetic::{Generator, Scene};
use beket_tests::browser::{plain, urlencoded};
use beket_tests::gauge::Cost;
use beket_tests::world::INCIDENT;
use beket_tests::{Browser, World};
use serde_json::Value;

const CASES: usize = 1_000_000;
/// Forms that are taken together.
const BATCH: usize = 10_000;
const SEED: u64 = 2019;
/// Pages of each sort, and people who are searched for.
const PAGES: usize = 100;
/// Between two looks whether all cases are on the list.
const PAUSE: Duration = Duration::from_secs(1);

fn main() -> ExitCode {
    let cases = std::env::args().nth(1).map_or(Some(CASES), |cases| cases.parse().ok());
    let Some(cases) = cases else {
        eprintln!("usage: measure-office [CASES]");
        return ExitCode::from(2);
    };
    match measure(cases) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("measure-office: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn measure(cases: usize) -> Result<()> {
    let world = World::open()?;
    let began = Instant::now();
    let names = fill(&world, cases)?;
    let browser = world.office.browser()?;
    while counted(&browser)? < cases {
        std::thread::sleep(PAUSE);
    }
    let server = world.office.process_id().context("no server")?;
    say(&format!(
        "{cases} cases taken, sent and on the list in {:.0?}; the server has {} MB",
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
        say(&format!("{what:16} {}", pages(&browser, filter)?))?;
    }
    say(&format!("{:16} {}", "a name mistyped", mistyped(&browser, &names)?))?;
    world.close()
}

/// Takes and sends them; gives some of the names.
fn fill(world: &World, cases: usize) -> Result<Vec<String>> {
    let kiosk = world.staffed("TRK")?;
    let mut queue = Generator::new(SEED, Scene::emergency(INCIDENT));
    let (mut names, mut left) = (Vec::new(), cases);
    while left > 0 {
        let forms: Vec<Value> = queue.by_ref().take(left.min(BATCH)).collect();
        names.extend(forms.iter().filter_map(name_of).take(1 + PAGES * BATCH / cases.max(BATCH)));
        left -= kiosk.take(&forms)?.len();
        kiosk.sync()?;
    }
    Ok(names)
}

fn name_of(form: &Value) -> Option<String> {
    let part = |key: &str| form["person"][key].as_str();
    Some(format!("{} {}", part("family_name")?, part("given_name")?))
}

/// How many cases the queue says there are.
fn counted(browser: &Browser) -> Result<usize> {
    let page = browser.open("/cases")?;
    let said = page.body.split("quiet-text\">").nth(1).context("no count")?;
    let said = plain(said.split('<').next().unwrap_or_default());
    Ok(said.chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap_or(0))
}

/// Page after page of one filter.
fn pages(browser: &Browser, filter: &str) -> Result<String> {
    let (mut took, mut bytes) = (Vec::new(), 0);
    let mut address = format!("/cases?{filter}");
    for _ in 0..PAGES {
        let began = Instant::now();
        let page = browser.open(&address)?;
        took.push(began.elapsed());
        bytes = bytes.max(page.body.len());
        let next = page.body.split("rel=\"next\" href=\"").nth(1);
        address = match next.and_then(|rest| rest.split('"').next()) {
            Some(next) => plain(next),
            None => format!("/cases?{filter}"),
        };
    }
    Ok(format!("{}, {} KB a page", spread(took), bytes / 1000))
}

/// Names without one of their letters.
fn mistyped(browser: &Browser, names: &[String]) -> Result<String> {
    let mut took = Vec::new();
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
        ensure!(shortest < 6 || page.body.contains("<tbody>"), "{typed} does not find {name}");
    }
    Ok(spread(took))
}

fn spread(mut all: Vec<Duration>) -> String {
    all.sort_unstable();
    let at = |percent: usize| all[(all.len() - 1) * percent / 100];
    format!("median {:.1?}, 95th percentile {:.1?}, of {}", at(50), at(95), all.len())
}

fn say(what: &str) -> Result<()> {
    Ok(writeln!(std::io::stdout(), "{what}")?)
}
