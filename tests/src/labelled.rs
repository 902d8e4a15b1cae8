//! A labelled set of people registered twice, and how many of them the office finds.
//! Refuses to judge how alike two are: it counts what the office's own pages say.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use beket_synthetic::{Generator, Kind, Scene, Slip};
use serde_json::Value;

use crate::world::INCIDENT;
use crate::{Browser, World};

/// A case's page names those that are perhaps one with it; how each is named.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Candidate {
    case: String,
    strong: bool,
    household: bool,
}

/// What became of the pairs of one kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Found {
    /// Pairs there are.
    pub pairs: u32,
    /// Named on the case's page as perhaps one person.
    pub shown: u32,
    /// Named there before all others.
    pub first: u32,
    /// Named there at least as perhaps one household.
    pub met: u32,
    /// Marked in the queue, before anybody looked.
    pub marked: u32,
}

impl Found {
    fn add(&mut self, candidates: &[Candidate], other: &str, marked: bool) {
        let at = candidates.iter().position(|one| one.case == other);
        let one = at.map(|at| &candidates[at]);
        self.pairs += 1;
        self.met += u32::from(one.is_some());
        self.shown += u32::from(one.is_some_and(|one| !one.household));
        self.first += u32::from(at == Some(0) && one.is_some_and(|one| !one.household));
        self.marked += u32::from(marked);
    }
}

/// How well the office finds who is registered twice.
#[derive(Debug, Default)]
pub struct Outcome {
    /// All pairs.
    pub all: Found,
    /// Those with one kind of slip, and perhaps others.
    pub by_slip: BTreeMap<Slip, Found>,
    /// Pairs that the office marks of its own accord.
    pub marked: u32,
    /// Of these, those that are no pair.
    pub mistaken: Vec<(String, String)>,
}

impl Outcome {
    /// Of the pairs that are marked, the share that are pairs.
    pub fn precision(&self) -> f64 {
        1.0 - share(u32::try_from(self.mistaken.len()).unwrap_or(u32::MAX), self.marked)
    }
}

/// A share of a whole; nothing of nothing.
pub fn share(part: u32, whole: u32) -> f64 {
    if whole == 0 { 0.0 } else { f64::from(part) / f64::from(whole) }
}

/// Registers so many households at one kiosk, some of them again at another, and looks through the
/// office's pages.
pub fn measure(world: &World, households: usize, again: usize, seed: u64) -> Result<Outcome> {
    let scene = Scene::emergency(INCIDENT).with_kinds(&[(Kind::Evacuee, 2), (Kind::Passenger, 1)]);
    let mut queue = Generator::new(seed, scene);
    let forms: Vec<Value> = queue.by_ref().take(households).collect();
    // Of a child alone there is nothing to tell again.
    let named = |form: &&Value| form["person"]["given_name"].is_string();
    let twice: Vec<usize> = (0..households).filter(|at| named(&&forms[*at])).take(again).collect();
    // The office does not believe a coupon's clock of years ago: ages are told today.
    let year = jiff::tz::Offset::UTC.to_datetime(jiff::Timestamp::now()).year();
    let told: Vec<(Value, Vec<Slip>)> =
        twice.iter().map(|at| queue.told_again(&forms[*at], year.into())).collect();
    let browser = world.office.browser_in("en")?;
    let first = world.listed(&world.staffed("TRK")?, &browser, &forms)?;
    let second: Vec<Value> = told.iter().map(|(form, _)| form.clone()).collect();
    let second = world.listed(&world.staffed("ARS")?, &browser, &second)?;

    let cases = cases(world)?;
    let case = |reference: &String| cases.get(reference).context("a case is missing").cloned();
    let marked = marked(&browser)?;
    let mut outcome = Outcome::default();
    let mut pairs = BTreeSet::new();
    for ((at, again), (_, slips)) in twice.iter().zip(&second).zip(&told) {
        let (one, other) = (case(&first[*at])?, case(again)?);
        let candidates = candidates(&browser, &other)?;
        let pair = ordered(one.clone(), other);
        let marked = marked.contains(&pair);
        outcome.all.add(&candidates, &one, marked);
        for slip in slips {
            outcome.by_slip.entry(*slip).or_default().add(&candidates, &one, marked);
        }
        pairs.insert(pair);
    }
    outcome.marked = u32::try_from(marked.len())?;
    outcome.mistaken = marked.difference(&pairs).cloned().collect();
    Ok(outcome)
}

fn ordered(one: String, other: String) -> (String, String) {
    if one < other { (one, other) } else { (other, one) }
}

/// The id of every case by its reference number.
fn cases(world: &World) -> Result<BTreeMap<String, String>> {
    let rows = world.office.export()?;
    let text = |row: &Value, key: &str| row[key].as_str().unwrap_or_default().to_owned();
    Ok(rows.iter().map(|row| (text(row, "reference"), text(row, "case"))).collect())
}

fn candidates(browser: &Browser, case: &str) -> Result<Vec<Candidate>> {
    let page = browser.open(&format!("/cases/{case}"))?.body;
    let Some(list) = page.split("id=\"alike\"").nth(1) else { return Ok(Vec::new()) };
    let list = list.split("</section>").next().unwrap_or_default();
    let named = list.split("<li class=\"other-case\">").skip(1).filter_map(|one| {
        let case = one.split("href=\"/cases/").nth(1)?.get(..32)?.to_owned();
        let says = |words: &str| one.contains(words);
        Some(Candidate {
            case,
            strong: says("very alike"),
            household: says("perhaps one household"),
        })
    });
    Ok(named.collect())
}

/// Every pair that the queue marks.
fn marked(browser: &Browser) -> Result<BTreeSet<(String, String)>> {
    let mut pairs = BTreeSet::new();
    let mut address = "/cases?duplicate=1".to_owned();
    loop {
        let page = browser.open(&address)?;
        for case in page.cases() {
            for other in candidates(browser, case)?.into_iter().filter(|other| other.strong) {
                pairs.insert(ordered(case.to_owned(), other.case));
            }
        }
        let Some(next) = page.next() else { return Ok(pairs) };
        address = next;
    }
}
