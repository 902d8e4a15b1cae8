//! Owns: every address of the console under every role: allowed, or a plain page that says no.
//! Refuses: what a page shows, which `console` and `console_list` own.

use anyhow::{Context, Result, anyhow, ensure};
use beket_tests::world::{INCIDENT, appeal};
use beket_tests::{Browser, World};
use serde_json::json;

const ROLES: [&str; 5] = ["operator", "supervisor", "registrar", "auditor", "administrator"];

/// How an address is asked for, and who may.
struct Route {
    form: Option<&'static str>,
    path: &'static str,
    may: &'static [&'static str],
}

const WORKERS: &[&str] = &["operator", "supervisor", "administrator"];

const REGISTRARS: &[&str] = &["registrar", "administrator"];
const LEADERS: &[&str] = &["supervisor", "administrator"];

const ROUTES: &[Route] = &[
    Route { form: None, path: "/cases", may: &ROLES },
    Route { form: None, path: "/cases?conflict=1&sort=name", may: &ROLES },
    Route { form: None, path: "/cases?alone=1", may: WORKERS },
    Route { form: None, path: "/cases/CASE", may: &ROLES },
    Route { form: Some("case=CASE&to="), path: "/cases/assign", may: LEADERS },
    Route { form: Some("path=place.bed&value=1&heads="), path: "/cases/CASE/field", may: WORKERS },
    Route { form: Some("given_name=&heads="), path: "/cases/CASE/member", may: WORKERS },
    Route { form: Some("status=under_review&heads="), path: "/cases/CASE/status", may: WORKERS },
    Route { form: Some("due=&reason=&heads="), path: "/cases/CASE/extend", may: WORKERS },
    Route { form: Some("text=&whom="), path: "/cases/CASE/part", may: WORKERS },
    Route { form: Some("procedure=&heads="), path: "/cases/CASE/procedure", may: WORKERS },
    Route { form: Some("reason=&heads="), path: "/cases/CASE/void", may: WORKERS },
    Route { form: Some("text="), path: "/cases/CASE/note", may: WORKERS },
    Route { form: Some(""), path: "/cases/CASE/take", may: WORKERS },
    Route { form: Some("other=&kind="), path: "/cases/CASE/link", may: WORKERS },
    Route {
        form: Some("step=confirm"),
        path: "/cases/CASE/release",
        may: &["operator", "supervisor"],
    },
    Route { form: None, path: "/cases/CASE/compare/CASE", may: &ROLES },
    Route { form: None, path: "/hotline", may: WORKERS },
    Route { form: Some("q=x"), path: "/hotline", may: WORKERS },
    Route { form: Some("q=x"), path: "/hotline/save", may: WORKERS },
    Route {
        form: None,
        path: "/export/cases.csv",
        may: &["supervisor", "auditor", "administrator"],
    },
    Route { form: None, path: "/export/cases.csv?alone=1", may: LEADERS },
    Route { form: None, path: "/situation", may: &ROLES },
    Route { form: None, path: "/reports?by=category", may: &ROLES },
    Route { form: None, path: "/account", may: &ROLES },
    Route { form: Some("old=&new=&again="), path: "/account/password", may: &ROLES },
    Route { form: Some("do=on&password=&code="), path: "/account/second", may: &ROLES },
    Route { form: None, path: "/staff", may: &["administrator"] },
    Route { form: Some("name=&do=add"), path: "/staff", may: &["administrator"] },
    Route { form: None, path: "/log", may: &["auditor", "administrator"] },
    Route { form: None, path: "/kiosks", may: &ROLES },
    Route { form: Some("device=&do=rename"), path: "/kiosks", may: REGISTRARS },
    Route {
        form: Some("station=NONE&role=staffed&hours=1&url=x"),
        path: "/kiosks/enrol",
        may: REGISTRARS,
    },
    Route { form: None, path: "/calendar", may: &ROLES },
    Route { form: Some("day=&moved="), path: "/calendar", may: LEADERS },
];

fn account(world: &World, role: &str) -> Result<Browser> {
    let printed = world.office.must(&["staff", "add"], &[role, "--role", role])?;
    let mut browser = Browser::new(&world.office.url());
    browser.sign_in(role, printed.trim())?;
    Ok(browser)
}

#[test]
fn every_address_is_allowed_or_plainly_refused_for_every_role() -> Result<()> {
    let world = World::open()?;
    let kiosk = world.staffed("TRK")?;
    let reference = kiosk.take_one(&appeal("Су жоқ"))?;
    kiosk.sync()?;
    let case = world.row(&reference)?["case"].as_str().context("no case")?.to_owned();
    let stranger = Browser::new(&world.office.url());
    for role in ROLES {
        let browser = account(&world, role)?;
        for Route { form, path, may } in ROUTES {
            let path = path.replace("CASE", &case);
            let ask = |browser: &Browser| match form {
                Some(form) => browser.post_text(&path, &form.replace("CASE", &case)),
                None => browser.get(&path),
            };
            let page = ask(&browser)?;
            let refused = page.status == 403;
            ensure!(refused != may.contains(&role), "{role} {path}: {} {}", page.status, page.body);
            ensure!(!refused || page.body.contains("</html>"), "{role} {path}: {}", page.body);
            let nobody = ask(&stranger)?;
            let led = match form {
                Some(_) => nobody.status == 401 && nobody.body.contains("href=\"/sign-in\""),
                None => nobody.status == 303 && nobody.header("location") == "/sign-in",
            };
            ensure!(led, "{path}: {nobody:?}");
        }
        // What one may not do is not offered.
        let page = browser.open("/cases")?.body + &browser.open(&format!("/cases/{case}"))?.body;
        for (offer, by) in
            [("/status\"", WORKERS), ("name=\"alone\"", WORKERS), ("id=\"to-whom\"", LEADERS)]
        {
            ensure!(page.contains(offer) == by.contains(&role), "{role}: {offer}");
        }
    }
    world.close()
}

#[test]
fn children_alone_are_described_to_nobody_but_those_who_work_on_cases() -> Result<()> {
    let world = World::open()?;
    let kiosk = world.staffed("TRK")?;
    let child = json!({ "kind": "evacuee", "language": "kk", "incident": INCIDENT,
        "person": { "given_name": "Айгүл" },
        "household": [{ "given_name": "Дана", "age_years": 5,
            "separated": { "found_at": "2-платформа", "says": "анам" } }] });
    world.listed(&kiosk, &world.office.browser_in("en")?, &[child])?;
    for (role, works) in [("supervisor", true), ("auditor", false)] {
        let mut browser = account(&world, role)?;
        browser.headers = vec![("accept-language", "en".to_owned())];
        let chip = browser.open("/cases")?.body.contains("! child alone");
        ensure!(chip == works, "{role}: the list");
        let file = browser.open("/export/cases.jsonl")?.body;
        ensure!(file.contains("Дана"), "{role}: {file}");
        for told in ["2-платформа", "анам"] {
            ensure!(file.contains(told) == works, "{role}: {told}: {file}");
        }
    }
    world.close()
}

#[test]
fn whoever_reads_on_and_on_in_a_list_is_told_to_wait_and_opens_cases_all_the_same() -> Result<()> {
    let world = World::open()?;
    let browser = world.office.browser()?;
    let read = &|| browser.get("/cases?after=1");
    let pages: Result<Vec<_>> = std::thread::scope(|scope| {
        let reads: Vec<_> = (0..130).map(|_| scope.spawn(read)).collect();
        reads.into_iter().map(|it| it.join().map_err(|_| anyhow!("it panicked"))?).collect()
    });
    let refused = pages?.into_iter().filter(|page| page.status == 429).count();
    ensure!(refused > 0, "130 pages in one minute or two");
    ensure!(browser.get("/cases")?.status == 200 && browser.get("/situation")?.status == 200);
    world.close()
}

/// What is open to whoever comes, each with its method.
const OPEN: &[(&str, &str)] = &[
    ("/sign-in", "get"),
    ("/sign-in", "post"),
    ("/sign-out", "post"),
    ("/language", "post"),
    ("/style.css", "get"),
    ("/console.js", "get"),
    ("/", "get"),
];

/// Streams never end, and are not asked for here.
const STREAMS: &[(&str, &str)] = &[("/cases/news", "get"), ("/situation/news", "get")];

/// The addresses that a line of the router opens, each with its method.
fn named<'a>(router: &'a str, call: &str) -> Vec<(&'a str, &'static str)> {
    let mut all = Vec::new();
    for rest in router.split(call).skip(1) {
        // A line ends where the next address is given, or the layers begin.
        let line = rest.split("\n        .").next().unwrap_or_default();
        let path = line.split('"').nth(1).unwrap_or_default();
        let methods = ["get", "post", "put", "delete", "patch", "any"];
        let opens = |method: &&str| {
            line.contains(&format!(" {method}(")) || line.contains(&format!(".{method}("))
        };
        all.extend(methods.into_iter().filter(opens).map(|method| (path, method)));
    }
    all
}

/// The router's own text: an address that is not listed above was forgotten, and so was a method.
#[test]
fn every_address_of_the_router_is_listed_here() -> Result<()> {
    let router = include_str!("../../sync-server/src/router.rs");
    let pages = router.split("Pages { app: app.clone()").nth(1).context("no pages")?;
    let pages = pages.split(".router").next().unwrap_or_default();
    let mut open = named(pages, ".open(");
    open.sort_unstable();
    let mut listed = OPEN.to_vec();
    listed.sort_unstable();
    ensure!(open == listed, "open to whoever comes: {open:?}");
    let only = named(pages, ".only(Action::");
    ensure!(only.len() > 30 && only.contains(&("/staff", "post")), "{only:?}");
    for (path, method) in &only {
        let listed = |route: &&Route| {
            let plain = route.path.split('?').next().unwrap_or_default();
            let plain = plain.replace("cases.csv", "{file}");
            let same = plain.replacen("CASE", "{case}", 1).replace("CASE", "{other}") == *path;
            same && *method == if route.form.is_some() { "post" } else { "get" }
        };
        let is_stream = STREAMS.contains(&(path, method));
        ensure!(is_stream || ROUTES.iter().any(|it| listed(&it)), "{method} {path} is not");
    }
    // Nothing is opened in another way.
    let all = pages.matches("get(").count() + pages.matches("post(").count();
    ensure!(all == open.len() + only.len(), "{all} handlers, {} read", open.len() + only.len());
    Ok(())
}

#[test]
fn an_account_stands_once_and_its_role_is_a_known_one() -> Result<()> {
    let world = World::open()?;
    world.office.must(&["staff", "add"], &["Айгүл", "--role", "operator"])?;
    world.office.must(&["staff", "add"], &["Дана", "--role", "auditor"])?;
    for (name, role) in
        [("Айгүл", "auditor"), ("Дана", "auditor"), ("Ерлан", "chief"), ("", "operator")]
    {
        let refused = world.office.run(&["staff", "add"], &[name, "--role", role])?;
        ensure!(refused.code != Some(0), "{name} {role}");
    }
    let listed = world.office.must(&["staff", "list"], &[])?;
    ensure!(listed == "admin\tadministrator\nАйгүл\toperator\nДана\tauditor\n", "{listed:?}");
    world.close()
}
