//! Owns: the hotline over HTTP: what a caller knows, what is asked back, what may be said, and
//! children alone.
//! Refuses: how names are compared, which the model owns.

use anyhow::{Context, Result, ensure};
use beket_tests::world::INCIDENT;
use beket_tests::{Browser, Kiosk, Page, World};
use serde_json::{Value, json};

struct Hotline {
    world: World,
    kiosk: Kiosk,
    browser: Browser,
}

fn registered(family: &str, given: &str, may_tell: &Value) -> Value {
    json!({ "kind": "evacuee", "language": "kk", "incident": INCIDENT,
        "person": { "family_name": family, "given_name": given, "birth_date": "1985-03-02",
                    "whereabouts": "here" },
        "place": { "site": "Мектеп 7" }, "consent": { "may_tell_family": may_tell } })
}

impl Hotline {
    fn with(intakes: &[Value]) -> Result<Self> {
        let world = World::open()?;
        let kiosk = world.staffed("TRK")?;
        let browser = world.office.browser_in("en")?;
        world.listed(&kiosk, &browser, intakes)?;
        Ok(Self { world, kiosk, browser })
    }

    fn ask(&self, q: &str) -> Result<Page> {
        let page = self.browser.post("/hotline", &[("q", q)])?;
        ensure!(page.status == 200, "{q}: {page:?}");
        Ok(page)
    }

    fn answer(&self, page: &Page, answer: &str) -> Result<Page> {
        let form = page
            .forms()
            .into_iter()
            .find(|form| form.hidden.iter().any(|(n, v)| n == "asked" && !v.is_empty()));
        let form = form.with_context(|| format!("nothing is asked back: {}", page.body))?;
        let mut fields: Vec<(&str, &str)> =
            form.hidden.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        fields.push(("answer", answer));
        self.browser.post("/hotline", &fields)
    }
}

/// Nothing of whoever is registered is on the page.
fn silent(page: &Page) -> Result<()> {
    for told in ["Мектеп 7", "TRK-", "/cases/", "1985-03-02"] {
        let head = page.body.replace("href=\"/cases\"", "");
        ensure!(!head.contains(told), "{told} is told: {}", page.body);
    }
    Ok(())
}

#[test]
fn nothing_is_shown_before_the_answer_agrees_and_then_only_what_may_be_said() -> Result<()> {
    let hotline = Hotline::with(&[
        registered("Ахметова", "Айгүл", &json!("yes")),
        registered("Серікова", "Дана", &json!("ask")),
        registered("Жұмабаева", "Әсел", &json!("no")),
        registered("Қасымова", "Раушан", &Value::Null),
    ])?;
    for (asked, rule, is_told) in [
        ("Ahmetova Aigul", "You may say", true),
        ("Серикова Дана", "they are asked first", false),
        ("Жумабаева Асель", "Confirm nothing", false),
        ("Касымова Раушан", "they are asked first", false),
    ] {
        let page = hotline.ask(asked)?;
        ensure!(page.body.contains("1 person may be the one"), "{asked}: {}", page.body);
        silent(&page)?;
        let wrong = hotline.answer(&page, "1979")?;
        ensure!(wrong.body.contains("does not match"), "{}", wrong.body);
        silent(&wrong)?;
        let right = hotline.answer(&page, "1985")?;
        ensure!(right.body.contains(rule), "{asked}: {}", right.body);
        ensure!(right.body.contains("Мектеп 7") == is_told, "{asked}: {}", right.body);
    }
    for (asked, words) in
        [("Айгүл", "too little"), ("Нет Такого", "Nobody like that"), ("1985", "too little")]
    {
        let page = hotline.ask(asked)?;
        ensure!(page.body.contains(words), "{asked}: {}", page.body);
        silent(&page)?;
    }
    hotline.world.close()
}

#[test]
fn what_was_asked_is_saved_as_an_enquiry_and_meets_whoever_comes_later() -> Result<()> {
    let hotline = Hotline::with(&[registered("Басқа", "Адам", &json!("yes"))])?;
    let page = hotline.ask("Оспанов Тимур 1985")?;
    let save = |fields: &[(&str, &str)]| hotline.browser.submit(&page, "/hotline/save", fields);
    let scope = ("scope", INCIDENT);
    for (fields, words) in [
        (&[scope][..], "caller&#39;s name or telephone"),
        (&[scope, ("phone", "12")], "is written as 87011234567"),
        (&[("scope", "NOWHERE"), ("caller", "Анасы")], "not known here"),
    ] {
        let wrong = save(fields)?;
        let body = wrong.body.replace("caller's", "caller&#39;s");
        ensure!(wrong.status == 422 && body.contains(words), "{words}: {}", wrong.body);
    }
    let saved = save(&[
        scope,
        ("caller", "Анасы"),
        ("phone", "87019998877"),
        ("relation", "parent"),
        ("told", "Пойызбен кеткен"),
    ])?;
    ensure!(saved.status == 303, "{saved:?}");
    let enquiry = saved.header("location").to_owned();
    let page = hotline.browser.open(&enquiry)?;
    ensure!(!page.body.contains("1 January"), "a year is no day: {}", page.body);
    for words in ["OFFICE-A-0001-", "Оспанов Тимур", "Пойызбен кеткен", "+77019998877", "Анасы"]
    {
        ensure!(page.body.contains(words), "{words}: {}", page.body);
    }
    // The incident's kiosks hold it, too.
    hotline.kiosk.sync()?;
    let listed = hotline.kiosk.list()?;
    ensure!(listed.iter().any(|row| row["kind"] == "enquiry"), "{listed:?}");
    let reference = hotline.kiosk.take_one(&registered("Оспанов", "Тимур", &json!("yes")))?;
    hotline.kiosk.sync()?;
    let page = hotline.browser.open_until(&enquiry, |page| page.body.contains(&reference))?;
    ensure!(page.body.contains("same given name"), "{}", page.body);
    hotline.world.close()
}

#[test]
fn a_child_alone_is_found_by_description_and_goes_only_with_two_of_staff() -> Result<()> {
    let child = json!({ "kind": "evacuee", "language": "kk", "incident": INCIDENT,
        "person": { "age_years": 6, "separated": { "found_at": "2-платформа", "brought_by": "полиция",
            "says": "Алинұр, анасы Гүлнар", "clothing": "қызыл күрте, көк бөрік" } } });
    let hotline = Hotline::with(&[child])?;
    let few = hotline.ask("қызыл")?;
    ensure!(few.body.contains("too little"), "one word lists no children: {}", few.body);
    let page = hotline.ask("Алинұр Гүлнар 6")?;
    silent(&page)?;
    ensure!(page.body.contains("What was the child wearing"), "{}", page.body);
    let page = hotline.answer(&page, "қызыл күрте болатын")?;
    ensure!(page.body.contains("Do not say where"), "{}", page.body);
    // Whoever was shown is in the log.
    let log = hotline.browser.open_until("/log", |page| page.body.contains("<bdi>TRK-A-0001-"))?;
    let line = log.body.split("<tr>").find(|line| line.contains("<bdi>TRK-A-0001-"));
    ensure!(line.is_some_and(|line| line.contains("/hotline")), "{}", log.body);
    ensure!(!page.body.contains("2-платформа"), "{}", page.body);
    let case = page.body.split("href=\"/cases/").nth(1).and_then(|rest| rest.get(..32));
    let address = format!("/cases/{}", case.context("no case")?);

    let release = format!("{address}/release");
    let operator = hotline.world.office.operator("Ерлан")?;
    let case = operator.open(&address)?;
    let first = [
        ("who", "person"),
        ("guardian", "Серікова Гүлнар"),
        ("document", "ЖК 012345678"),
        ("step", "first"),
    ];
    for (at, wrong) in [("guardian", " "), ("document", ""), ("who", "household.none")] {
        let fields: Vec<_> = first.map(|(n, v)| if n == at { (n, wrong) } else { (n, v) }).into();
        ensure!(operator.submit(&case, &release, &fields)?.status == 422, "{at}");
    }
    ensure!(operator.submit(&case, &release, &first)?.status == 303);
    let shown = operator.open(&address)?;
    let alone = operator.submit(&shown, &release, &[("step", "confirm")])?;
    ensure!(
        alone.status == 422 && alone.body.contains("Another member of staff"),
        "{}",
        alone.body
    );

    let printed = hotline.world.office.must(&["staff", "add"], &["Дана", "--role", "operator"])?;
    let mut second = Browser::new(&hotline.world.office.url());
    second.sign_in("Дана", printed.trim())?;
    let seen = second.open(&address)?;
    ensure!(seen.body.contains("ЖК 012345678"), "{}", seen.body);
    ensure!(second.submit(&seen, &release, &[("step", "confirm")])?.status == 303);
    let page = hotline.browser.open(&address)?;
    ensure!(
        page.body.contains("with relatives") && !page.body.contains("id=\"release\""),
        "{}",
        page.body
    );
    hotline.browser.open_until("/cases?alone=1", |page| !page.body.contains("TRK-A-0001"))?;
    let found = hotline.ask("Алинұр Гүлнар 6")?;
    ensure!(!found.body.contains("may be the one"), "{}", found.body);
    hotline.world.close()
}
