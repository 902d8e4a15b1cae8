//! Owns: every address of the console under every role: allowed, or a plain page that says no.
//! Refuses: what a page shows, which `console` and `console_list` own.

use anyhow::{Context, Result, ensure};
use beket_tests::world::appeal;
use beket_tests::{Browser, World};

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
    Route { form: None, path: "/cases/CASE", may: &ROLES },
    Route { form: Some("case=CASE&to="), path: "/cases/assign", may: LEADERS },
    Route { form: Some("path=place.bed&value=1&heads="), path: "/cases/CASE/field", may: WORKERS },
    Route { form: Some("status=under_review&heads="), path: "/cases/CASE/status", may: WORKERS },
    Route { form: Some("due=&reason=&heads="), path: "/cases/CASE/extend", may: WORKERS },
    Route { form: Some("text=&whom="), path: "/cases/CASE/part", may: WORKERS },
    Route { form: Some("procedure=&heads="), path: "/cases/CASE/procedure", may: WORKERS },
    Route { form: Some("reason=&heads="), path: "/cases/CASE/void", may: WORKERS },
    Route { form: Some("text="), path: "/cases/CASE/note", may: WORKERS },
    Route { form: Some(""), path: "/cases/CASE/take", may: WORKERS },
    Route { form: Some("other=&kind="), path: "/cases/CASE/link", may: WORKERS },
    Route { form: Some("step=confirm"), path: "/cases/CASE/release", may: WORKERS },
    Route { form: None, path: "/cases/CASE/compare/CASE", may: &ROLES },
    Route { form: None, path: "/hotline", may: WORKERS },
    Route { form: Some("q=x"), path: "/hotline", may: WORKERS },
    Route { form: Some("q=x"), path: "/hotline/save", may: WORKERS },
    Route {
        form: None,
        path: "/export/cases.csv",
        may: &["supervisor", "auditor", "administrator"],
    },
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
            ensure!(nobody.status == 303 && nobody.header("location") == "/sign-in", "{path}");
        }
        // What one may not do is not offered.
        let page = browser.open("/cases")?.body + &browser.open(&format!("/cases/{case}"))?.body;
        for (offer, by) in [("/status\"", WORKERS), ("id=\"to-whom\"", LEADERS)] {
            ensure!(page.contains(offer) == by.contains(&role), "{role}: {offer}");
        }
    }
    world.close()
}

/// The router's own text: an address that is not listed above, and not open to anybody, was
/// forgotten.
#[test]
fn every_address_of_the_router_is_listed_here() -> Result<()> {
    let router = include_str!("../../sync-server/src/router.rs");
    let named = router.split(".only(Action::").skip(1).filter_map(|rest| rest.split('"').nth(1));
    let mut many = 0;
    for path in named {
        let listed = |route: &&Route| {
            let plain = route.path.split('?').next().unwrap_or_default();
            let plain = plain.replace("cases.csv", "{file}");
            plain.replacen("CASE", "{case}", 1).replace("CASE", "{other}") == path
        };
        // Streams that never end are not asked for here.
        ensure!(path.ends_with("/news") || ROUTES.iter().any(|it| listed(&it)), "{path} is not");
        many += 1;
    }
    ensure!(many > 10, "{many} addresses in the router");
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
