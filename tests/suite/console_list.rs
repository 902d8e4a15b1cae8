//! Owns: the console's list over HTTP: what finds a case, what is marked, in which language.
//! Refuses: the case's own page, which `console` owns.

use anyhow::{Result, ensure};
use beket_tests::browser::urlencoded;
use beket_tests::world::{appeal, evacuee};
use beket_tests::{Page, World};
use serde_json::json;

use crate::console::two_telephones;

#[test]
fn a_case_is_found_by_what_people_say_of_it() -> Result<()> {
    let world = World::open()?;
    let kiosk = world.staffed("TRK")?;
    let someone = json!({ "kind": "evacuee", "language": "kk", "person": {
        "family_name": "Қасқырбаев", "given_name": "Әйгерім", "iin": "850101399996",
        "phone": "8 701 123 45 67" }, "household": [{ "given_name": "Ғалымжан" }] });
    let reference = kiosk.take_one(&someone)?;
    kiosk.take(&[evacuee("Басқа"), appeal("Өзге")])?;
    kiosk.sync()?;
    let browser = world.office.browser()?;
    browser.open_until("/cases", |page| {
        page.body.contains("Басқа") && page.body.contains(&reference)
    })?;
    let lower = reference.to_lowercase();
    let lookalikes = reference.replace('T', "Т").replace('K', "К");
    for q in [
        &reference,
        &lower,
        &lookalikes,
        "850101399996",
        "+7 (701) 123-45-67",
        "87011234567",
        "Қасқырбаев",
        "қасқырбаев",
        "каскырбаев",
        "Айгерим",
        "Aigerim",
        "галымжан",
        "Әйгер",
    ] {
        let found = browser.open(&format!("/cases?{}", urlencoded(&[("q", q)])))?;
        ensure!(
            found.body.contains(&reference) && !found.body.contains("Басқа"),
            "{q} finds it not"
        );
    }
    for q in ["%", "_", "' OR 1=1 --", "жоқ", &"ұ".repeat(5_000)] {
        let found = browser.open(&format!("/cases?{}", urlencoded(&[("q", q)])))?;
        ensure!(!found.body.contains(&reference), "{q} finds it");
    }
    world.close()
}

#[test]
fn the_list_marks_conflicts_and_children_alone_and_shows_conflicts_by_themselves() -> Result<()> {
    let world = World::open()?;
    let (one, _, disputed) = two_telephones(&world)?;
    let child = json!({ "kind": "evacuee", "language": "kk", "household": [{ "separated": {
        "found_at": "Перрон", "says": "Бота" } }] });
    let child = one.take_one(&child)?;
    one.sync()?;
    let browser = world.office.browser()?;
    let marked = |page: &Page, reference: &str, mark: &str| {
        page.body.split("<tr>").any(|row| row.contains(reference) && row.contains(mark))
    };
    browser.open_until("/cases", |page| {
        marked(page, &disputed, "≠") && marked(page, &child, "chip stop")
    })?;
    let page = browser.open("/cases?conflict=1")?;
    ensure!(page.body.contains(&disputed) && !page.body.contains(&child), "{}", page.body);
    world.close()
}

#[test]
fn marked_cases_are_given_to_somebody_and_found_by_that() -> Result<()> {
    let world = World::open()?;
    let kiosk = world.staffed("TRK")?;
    let numbers = kiosk.take(&[appeal("Бірінші"), appeal("Екінші"), appeal("Үшінші")])?;
    kiosk.sync()?;
    let browser = world.office.browser_in("en")?;
    let page = browser.open_until("/cases", |page| {
        numbers.iter().all(|number| page.body.contains(number.as_str()))
    })?;
    let mine =
        |page: &Page| numbers.iter().filter(|number| page.body.contains(number.as_str())).count();
    let mut ids = page.body.split("name=\"case\" value=\"").skip(1);
    let first = ids.next().and_then(|rest| rest.split('"').next()).unwrap_or_default();
    let second = ids.next().and_then(|rest| rest.split('"').next()).unwrap_or_default();
    let nobody = [("case", first), ("to", "Ешкім Емес"), ("back", "/cases")];
    let refused = browser.post("/cases/assign", &nobody)?;
    ensure!(refused.status == 422, "{refused:?}");
    let mut many = vec![("case", first); 51];
    many.push(("to", "admin"));
    let refused = browser.post("/cases/assign", &many)?;
    ensure!(refused.status == 422, "more than a page: {refused:?}");
    for shown in ["", " admin"] {
        // Once more changes nothing.
        let [first, second] = [first, second].map(|id| format!("{id}{shown}"));
        let both = [
            ("case", first.as_str()),
            ("case", second.as_str()),
            ("to", "admin"),
            ("back", "/cases?kind=appeal"),
        ];
        let done = browser.post("/cases/assign", &both)?;
        ensure!(done.status == 303 && done.header("location") == "/cases?kind=appeal", "{done:?}");
    }
    browser.open_until("/cases?assignee=admin", |page| mine(page) == 2)?;
    let rest = browser.open("/cases?assignee=-&kind=appeal&status=received")?;
    ensure!(mine(&rest) == 1, "{}", rest.body);
    // From a list that showed them to be nobody's, or with nobody chosen, nothing is taken away.
    for (case, to, words) in [
        (first.to_owned(), "-", "somebody else has taken"),
        (format!("{first} admin"), "", "Choose a member of staff"),
    ] {
        let refused = browser.post("/cases/assign", &[("case", &case), ("to", to)])?;
        ensure!(refused.status == 422 && refused.body.contains(words), "{case}: {refused:?}");
    }
    let page = browser.open("/cases?assignee=admin")?;
    let shown = format!("{first} admin");
    ensure!(page.body.contains(&format!("name=\"case\" value=\"{shown}\"")), "{}", page.body);
    browser.post("/cases/assign", &[("case", &shown), ("to", "-"), ("back", "/cases")])?;
    browser.open_until("/cases?assignee=-", |page| mine(page) == 2)?;
    // What the office notes for itself reaches no kiosk, and changes nothing that it holds.
    let sync = kiosk.sync()?;
    ensure!(sync.in_step && kiosk.list()?.len() == 3, "{sync:?}");
    world.close()
}

#[test]
fn filters_combine_in_the_address_and_each_can_be_taken_away() -> Result<()> {
    let world = World::open()?;
    let kiosk = world.staffed("TRK")?;
    let person = |given: &str, kind: &str, language: &str| {
        json!({ "kind": kind, "language": language, "person": { "family_name": "Смағұлова",
            "given_name": given, "address": { "kato": "611633100" } } })
    };
    kiosk.take(&[
        person("Айгүл", "evacuee", "kk"),
        person("Айгерім", "evacuee", "ru"),
        person("Дана", "appeal", "kk"),
    ])?;
    kiosk.sync()?;
    let browser = world.office.browser()?;
    let shows = |page: &Page, names: &[&str]| {
        let all = ["Айгүл", "Айгерім", "Дана"];
        all.iter()
            .all(|name| page.body.contains(&format!("Смағұлова {name}")) == names.contains(name))
    };
    browser.open_until("/cases", |page| shows(page, &["Айгүл", "Айгерім", "Дана"]))?;
    let there = "/cases?q=Smagulva&kind=evacuee&language=kk&district=610000000&sort=name";
    let page = browser.open(there)?;
    ensure!(shows(&page, &["Айгүл"]), "a slip of the finger, and four filters: {}", page.body);
    // Each chip leads to the same list without its filter.
    for (without, names) in [
        ("q=Smagulva&kind=evacuee&district=610000000&sort=name", &["Айгүл", "Айгерім"][..]),
        ("q=Smagulva&language=kk&district=610000000&sort=name", &["Айгүл", "Дана"]),
    ] {
        let link = format!("/cases?{}", without.replace('&', "&amp;"));
        ensure!(page.body.contains(&format!("href=\"{link}\"")), "{link} in {}", page.body);
        ensure!(shows(&browser.open(&format!("/cases?{without}"))?, names), "{without}");
    }
    ensure!(shows(&browser.open("/cases?q=Smagulva&district=750000000")?, &[]), "another region");
    world.close()
}

#[test]
fn pages_are_written_in_the_language_that_was_chosen() -> Result<()> {
    let world = World::open()?;
    let mut browser = world.office.browser()?;
    let chosen = browser.cookies.clone();
    let mut titles = Vec::new();
    for tongue in ["kk", "ru", "en"] {
        browser.cookies.clone_from(&chosen);
        let page = browser.post("/language", &[("to", tongue), ("back", "/cases?q=x")])?;
        ensure!(page.status == 303 && page.header("location") == "/cases?q=x", "{page:?}");
        let cookie = page.header("set-cookie").split(';').next().unwrap_or_default().to_owned();
        browser.cookies.push(cookie);
        let page = browser.open("/cases")?;
        ensure!(page.body.contains(&format!("<html lang=\"{tongue}\"")), "{}", page.body);
        titles.push(
            page.body.split("<title>").nth(1).map(|t| t.split('<').next().map(str::to_owned)),
        );
    }
    titles.dedup();
    ensure!(titles.len() == 3, "{titles:?}");
    for elsewhere in
        ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:x", ""]
    {
        let page = browser.post("/language", &[("to", "ru"), ("back", elsewhere)])?;
        ensure!(page.header("location") == "/cases", "{elsewhere}: {page:?}");
    }
    world.close()
}
