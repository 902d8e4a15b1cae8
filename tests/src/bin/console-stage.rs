//! An office with something to see, for a browser to walk through: cases of two kiosks, two conflicts,
//! a child alone, appeals, one person in two spellings, somebody who is looked for. Prints one line,
//! `{"url":…,"name":…,"password":…,"conflict":…,"appeal":…,"alike":…,"child":…}`, and stays until
//! its input ends.
//!
//! Every further line of its input, a JSON object, is taken as an intake at a kiosk and brought to
//! the office.
//!
//! ```text
//! cargo run -p beket-tests --bin console-stage
//! ```

use std::io::{BufRead, Write};
use std::process::ExitCode;

use anyhow::{Result, ensure};
use beket_synthetic::{Generator, Scene};
use beket_tests::World;
use beket_tests::office::PASSWORD;
use beket_tests::world::{INCIDENT, evacuee};
use serde_json::{Value, json};

const SEED: u64 = 2019;
/// More than a page of the queue.
const INTAKES: usize = 70;

fn main() -> ExitCode {
    match stage() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("console-stage: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn stage() -> Result<()> {
    let world = World::open()?;
    let one = world.staffed("TRK")?.used_by("Айгүл");
    let other = world.staffed("TRK")?.used_by("Ерлан");
    let scene: Vec<Value> =
        Generator::new(SEED, Scene::emergency(INCIDENT)).take(INTAKES).collect();
    one.take(&scene)?;
    let appeal =
        one.take_one(&json!({ "kind": "appeal", "language": "kk", "category": "тұрғын үй",
        "narrative": "Төбеден су ағып тұр. <script>alert(1)</script>",
        "person": { "family_name": "Әбіш", "given_name": "Сәуле" } }))?;
    let conflict = one.take_one(&evacuee("Смағұлова"))?;
    let person = |family: &str, given: &str| {
        json!({ "kind": "evacuee", "language": "ru", "incident": INCIDENT,
            "person": { "family_name": family, "given_name": given, "birth_date": "1971-11-05",
                "sex": "male", "phone": "87475550101", "whereabouts": "here" },
            "movement": { "direction": "arrival", "transport": "train", "number": "45" },
            "place": { "site": "Мектеп 7" }, "consent": { "may_tell_family": "yes" } })
    };
    let alike = one.take_one(&person("Оразбеков", "Қайрат"))?;
    one.take_one(&person("Orazbekov", "Qairat"))?;
    let child =
        one.take_one(&json!({ "kind": "evacuee", "language": "kk", "incident": INCIDENT,
        "person": { "age_years": 5, "whereabouts": "here", "separated": { "found_at": "2-платформа",
            "brought_by": "полиция", "says": "Алинұр", "clothing": "қызыл күрте" } } }))?;
    one.take_one(&json!({ "kind": "enquiry", "language": "kk", "incident": INCIDENT,
        "narrative": "Ағамды іздеп жүрмін",
        "person": { "family_name": "Оразбеков", "given_name": "Кайрат" } }))?;
    one.sync()?;
    other.sync()?;
    for (kiosk, phone, bed) in [(&one, "87010000001", "12"), (&other, "87010000002", "14")] {
        kiosk.edit(&conflict, &json!({ "person": { "phone": phone }, "place": { "bed": bed } }))?;
        kiosk.sync()?;
    }
    let browser = world.office.browser()?;
    browser.open_until("/cases?conflict=1", |page| page.body.contains(&conflict))?;
    let case = |reference: &str| Ok::<_, anyhow::Error>(world.row(reference)?["case"].clone());
    let stage = json!({ "url": world.office.url(), "name": "admin", "password": PASSWORD,
        "conflict": case(&conflict)?, "appeal": case(&appeal)?, "alike": case(&alike)?,
        "child": case(&child)? });
    writeln!(std::io::stdout(), "{stage}")?;
    for line in std::io::stdin().lock().lines() {
        one.take_one(&serde_json::from_str(&line?)?)?;
        ensure!(one.sync()?.in_step, "the kiosk and the office are not in step");
    }
    world.close()
}
