//! Owns: accounts over HTTP: signing in, locked out, a code from a telephone, another password,
//! accounts that are added and closed, the log, and what the server refuses to do without TLS.
//! Refuses: who may open which page, which `console_roles` owns.

use std::io::Write as _;
use std::net::TcpStream;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use beket_tests::office::PASSWORD;
use beket_tests::world::evacuee;
use beket_tests::{Browser, Page, World};
use rcgen::generate_simple_self_signed;

/// The password that a page shows once.
fn shown(page: &Page) -> Result<String> {
    let code = page.body.split("class=\"code\">").nth(1).and_then(|rest| rest.split('<').next());
    Ok(code.with_context(|| format!("no password is shown: {}", page.body))?.to_owned())
}

#[test]
fn whoever_guesses_must_wait_and_the_right_password_does_not_help() -> Result<()> {
    let world = World::open()?;
    let mut stranger = Browser::new(&world.office.url());
    stranger.headers = vec![("accept-language", "en".to_owned())];
    let try_in =
        |password: &str| stranger.post("/sign-in", &[("name", "admin"), ("password", password)]);
    for _ in 0..5 {
        ensure!(try_in("x")?.status == 403);
    }
    let locked = try_in(PASSWORD)?;
    ensure!(locked.status == 403 && locked.body.contains("Too many wrong"), "{locked:?}");
    ensure!(locked.all("set-cookie").next().is_none());
    world.close()
}

#[test]
fn a_cookie_that_was_put_there_opens_nothing_and_is_replaced() -> Result<()> {
    let world = World::open()?;
    let mut browser = Browser::new(&world.office.url());
    browser.cookies = vec!["beket-session=1111".to_owned()];
    ensure!(browser.get("/cases")?.status == 303);
    let page = browser.post("/sign-in", &[("name", "admin"), ("password", PASSWORD)])?;
    let cookie = page.header("set-cookie");
    ensure!(cookie.starts_with("beket-session=") && !cookie.contains("1111"), "{cookie}");
    ensure!(!cookie.contains("Secure"), "over plain loopback a browser would drop it: {cookie}");
    browser.cookies = vec!["beket-session=1111".to_owned()];
    ensure!(browser.get("/cases")?.status == 303, "the one that was put there still opens nothing");
    world.close()
}

#[test]
fn another_password_ends_the_other_sessions() -> Result<()> {
    let world = World::open()?;
    let (mine, stolen) = (world.office.browser_in("en")?, world.office.browser_in("en")?);
    let new = "жаңа құпиясөз 1";
    for (old, one, again, words) in [
        ("wrong", new, new, "present password is not right"),
        (PASSWORD, "short", "short", "at least 12"),
        (PASSWORD, new, "another one, 12", "differ"),
    ] {
        let page =
            mine.post("/account/password", &[("old", old), ("new", one), ("again", again)])?;
        ensure!(page.status == 422 && page.body.contains(words), "{words}: {}", page.body);
    }
    let page =
        mine.post("/account/password", &[("old", PASSWORD), ("new", new), ("again", new)])?;
    ensure!(page.status == 200 && page.body.contains("Saved"), "{page:?}");
    ensure!(mine.get("/cases")?.status == 200 && stolen.get("/cases")?.status == 303);
    ensure!(Browser::new(&world.office.url()).sign_in("admin", PASSWORD).is_err());
    Browser::new(&world.office.url()).sign_in("admin", new)?;
    world.close()
}

#[test]
fn accounts_are_added_given_a_role_closed_and_given_a_new_password() -> Result<()> {
    let world = World::open()?;
    let admin = world.office.browser_in("en")?;
    let change = |fields: &[(&str, &str)]| admin.post("/staff", fields);
    let added = change(&[("name", "Айгүл"), ("role", "operator"), ("do", "add")])?;
    let password = shown(&added)?;
    let mut aigul = Browser::new(&world.office.url());
    aigul.sign_in("Айгүл", &password)?;
    // Whoever made the password knows it: it opens nothing but the way to another.
    for path in ["/cases", "/staff", "/situation", "/export/cases.csv"] {
        let led = aigul.get(path)?;
        ensure!(led.status == 303 && led.header("location") == "/account", "{path}: {led:?}");
    }
    ensure!(aigul.post("/cases/assign", &[("to", "-")])?.header("location") == "/account");
    ensure!(aigul.open("/account")?.body.contains("p class=\"wait\""));
    let same = [("old", &*password), ("new", &*password), ("again", &*password)];
    let kept = aigul.post("/account/password", &same)?;
    ensure!(kept.status == 422 && kept.body.contains("p class=\"wait\""), "{kept:?}");
    let own = [("old", password.as_str()), ("new", "қызыл алма 12"), ("again", "қызыл алма 12")];
    ensure!(aigul.post("/account/password", &own)?.status == 200);
    ensure!(aigul.get("/staff")?.status == 403 && aigul.get("/cases")?.status == 200);
    for (fields, words) in [
        ([("name", "Айгүл"), ("role", "operator"), ("do", "add")], "taken"),
        ([("name", " "), ("role", "operator"), ("do", "add")], "taken"),
        ([("name", "Ерлан"), ("role", "chief"), ("do", "add")], "taken"),
        ([("name", "admin"), ("role", "operator"), ("do", "role")], "At least one"),
        ([("name", "admin"), ("role", ""), ("do", "close")], "At least one"),
    ] {
        let page = change(&fields)?;
        ensure!(page.status == 422 && page.body.contains(words), "{fields:?}: {}", page.body);
    }
    ensure!(change(&[("name", "Айгүл"), ("role", "auditor"), ("do", "role")])?.status == 200);
    ensure!(aigul.get("/log")?.status == 200, "the role holds at once");
    let again = shown(&change(&[("name", "Айгүл"), ("do", "reset")])?)?;
    ensure!(aigul.get("/cases")?.status == 303, "a new password ends her sessions");
    aigul.sign_in("Айгүл", &again)?;
    ensure!(change(&[("name", "Айгүл"), ("do", "close")])?.status == 200);
    ensure!(aigul.get("/cases")?.status == 303 && aigul.sign_in("Айгүл", &again).is_err());
    ensure!(change(&[("name", "Айгүл"), ("do", "open")])?.status == 200);
    world.close()
}

/// An hour after the page was opened, somebody's session is over.
#[test]
fn what_was_typed_into_a_form_outlives_the_session_and_is_not_kept() -> Result<()> {
    let world = World::open()?;
    let kiosk = world.staffed("TRK")?;
    let reference = kiosk.take_one(&evacuee("Айгүл"))?;
    kiosk.sync()?;
    let case = world.row(&reference)?["case"].as_str().context("no case")?.to_owned();
    let browser = world.office.browser_in("en")?;
    let page = browser.open(&format!("/cases/{case}"))?;
    ensure!(browser.post("/sign-out", &[])?.status == 303);
    let long = "Ұзақ жазба <b>".repeat(50);
    let note = format!("/cases/{case}/note");
    let ended = browser.submit(&page, &note, &[("text", &long), ("password", "құпия сөз")])?;
    ensure!(ended.status == 401 && ended.body.contains("session has ended"), "{ended:?}");
    let shown = beket_tests::browser::plain(&ended.body);
    ensure!(shown.contains(&long) && !ended.body.contains("<b>"), "{}", ended.body);
    ensure!(!ended.body.contains("құпия сөз") && !ended.body.contains(&reference));
    ensure!(ended.header("cache-control") == "no-store", "{ended:?}");
    // Another site's form is turned away as ever, and shows nothing.
    let mut foreign = browser.clone();
    foreign.headers.push(("sec-fetch-site", "cross-site".to_owned()));
    let refused = foreign.post(&note, &[("text", "Бөтен")])?;
    ensure!(refused.status == 403 && !refused.body.contains("Бөтен"), "{refused:?}");
    world.close()
}

#[test]
fn passwords_are_not_guessed_from_inside() -> Result<()> {
    let world = World::open()?;
    let inside = world.office.browser_in("en")?;
    let off = |password: &str| {
        inside.post("/account/second", &[("do", "off"), ("password", password), ("code", "0")])
    };
    for _ in 0..5 {
        let wrong = off("x")?;
        ensure!(wrong.status == 422 && wrong.body.contains("not right"), "{wrong:?}");
    }
    let locked = off(PASSWORD)?;
    ensure!(locked.status == 422 && locked.body.contains("Too many wrong"), "{locked:?}");
    let new = [("old", PASSWORD), ("new", "жаңа құпиясөз 1"), ("again", "жаңа құпиясөз 1")];
    ensure!(inside.post("/account/password", &new)?.body.contains("Too many wrong"));
    world.close()
}

#[test]
fn the_log_says_who_saw_and_did_what() -> Result<()> {
    let world = World::open()?;
    let kiosk = world.staffed("TRK")?;
    let reference = kiosk.take_one(&evacuee("Айгүл"))?;
    kiosk.sync()?;
    let case = world.row(&reference)?["case"].as_str().context("no case")?.to_owned();
    let admin = world.office.browser_in("en")?;
    admin.open(&format!("/cases/{case}"))?;
    admin.post(&format!("/cases/{case}/note"), &[("text", "құпия жазба")])?;
    admin.open("/export/cases.csv?q=%D2%9B")?;
    let log = admin.open_until("/log", |page| page.body.contains("/export/cases.csv"))?;
    for said in [format!("/cases/{case}</a>"), format!("/cases/{case}/note"), "/sign-in".to_owned()]
    {
        ensure!(log.body.contains(&said), "{said}: {}", log.body);
    }
    ensure!(!log.body.contains("құпия жазба"), "{}", log.body);
    // Whom somebody looked for, what left, and what was done to whom.
    admin.open("/cases?kind=evacuee")?;
    admin.open("/cases?q=%D2%9B&kind=evacuee")?;
    admin.open("/cases?alone=1")?;
    admin.post("/staff", &[("name", "Дана"), ("role", "operator"), ("do", "add")])?;
    admin.post("/staff", &[("name", "Дана"), ("do", "reset")])?;
    admin.post("/calendar", &[("day", "2026-05-10"), ("moved", "off"), ("why", "Қаулы")])?;
    let device = admin.open("/kiosks")?.body;
    let device =
        device.split("name=\"device\" value=\"").nth(1).and_then(|it| it.split('"').next());
    let device = device.context("no kiosk")?;
    admin.post("/kiosks", &[("device", device), ("do", "rename"), ("label", "Касса")])?;
    let log = admin.open_until("/log", |page| page.body.contains("rename"))?;
    let log = log.body.split("<tbody>").nth(1).context("no lines")?;
    for said in [
        "0: q=қ",
        "kind=evacuee",
        "q=қ, kind=evacuee",
        "alone=1",
        "add operator — Дана",
        "reset — Дана",
        "2026-05-10 off",
        "rename — TRK-A",
    ] {
        ensure!(log.contains(&format!("<bdi>{said}</bdi>")), "{said}: {log}");
    }
    let none = admin.open("/log?who=%27%3B--")?;
    ensure!(none.body.contains("The log is empty"), "{}", none.body);
    world.close()
}

/// Sends a form, and hangs up after so many milliseconds.
fn hang_up(world: &World, by: &Browser, path: &str, form: &str, after: u64) -> Result<()> {
    let (host, cookies, length) = (world.office.host(), by.cookies.join("; "), form.len());
    let kind = "Content-Type: application/x-www-form-urlencoded";
    let head = format!("Host: {host}\r\nCookie: {cookies}\r\n{kind}\r\nContent-Length: {length}");
    let mut hasty = TcpStream::connect(host)?;
    write!(hasty, "POST {path} HTTP/1.1\r\n{head}\r\n\r\n{form}")?;
    std::thread::sleep(Duration::from_millis(after));
    Ok(())
}

#[test]
fn what_whoever_hung_up_had_done_is_in_the_log_all_the_same() -> Result<()> {
    const MANY: u64 = 60;
    let world = World::open()?;
    let kiosk = world.staffed("TRK")?;
    let reference = kiosk.take_one(&evacuee("Айгүл"))?;
    kiosk.sync()?;
    let case = world.row(&reference)?["case"].as_str().context("no case")?.to_owned();
    let admin = world.office.browser_in("en")?;
    for nth in 0..MANY {
        // Before it is known whose session it is, in the middle of the work, or behind it.
        hang_up(
            &world,
            &admin,
            &format!("/cases/{case}/note"),
            &format!("text=note-{nth:02}"),
            nth,
        )?;
    }
    // Whatever is still under way ends before the last note of all.
    admin.post(&format!("/cases/{case}/note"), &[("text", "the last")])?;
    let page = admin.open(&format!("/cases/{case}"))?.body;
    let noted = page.split("id=\"notes\"").nth(1).context("no notes")?;
    let noted = noted.split("</section>").next().unwrap_or_default();
    let noted = noted.matches("note-").count();
    ensure!(noted > 0, "nobody was fast enough to do anything");
    let line = format!("/cases/{case}/note");
    admin.open_until("/log", |page| page.body.matches(&line).count() > noted)?;
    // What was done to accounts stands nowhere else.
    for nth in 0..20 {
        let form = format!("name=Hasty{nth:02}&role=operator&do=add");
        hang_up(&world, &admin, "/staff", &form, 5 * nth)?;
    }
    admin.post("/staff", &[("name", "Соңғы"), ("role", "operator"), ("do", "add")])?;
    let staff = admin.open("/staff")?.body;
    let added = |nth: &u64| staff.contains(&format!("<bdi>Hasty{nth:02}</bdi>"));
    let added: Vec<u64> = (0..20).filter(added).collect();
    ensure!(!added.is_empty(), "nobody was fast enough to be added");
    let told =
        |page: &Page, nth: &u64| page.body.contains(&format!("add operator — Hasty{nth:02}"));
    admin.open_until("/log", |page| added.iter().all(|nth| told(page, nth)))?;
    world.close()
}

#[test]
fn without_tls_other_computers_are_not_answered() -> Result<()> {
    let mut world = World::open()?;
    world.office.stop()?;
    let refused = world.office.run(&["serve"], &["--listen", "0.0.0.0:0"])?;
    ensure!(refused.code != Some(0) && refused.stderr.contains("--behind-proxy"), "{refused:?}");
    let half = world.office.run(&["serve"], &["--tls-cert", "office.pem"])?;
    ensure!(half.code != Some(0) && half.stderr.contains("--tls-key"), "{half:?}");
    let missing = world.office.run(&["serve"], &["--tls-cert", "no.pem", "--tls-key", "no.key"])?;
    ensure!(missing.code != Some(0) && missing.stderr.contains("no.pem"), "{missing:?}");
    world.office.serve()?;
    world.close()
}

#[test]
fn over_tls_kiosks_and_browsers_are_answered_if_they_trust_the_certificate() -> Result<()> {
    let mut world = World::open()?;
    let own = generate_simple_self_signed([world.office.ip()])?;
    let (cert, key) = (world.path("office.pem"), world.path("office.key"));
    std::fs::write(&cert, own.cert.pem())?;
    std::fs::write(&key, own.signing_key.serialize_pem())?;
    world.office.stop()?;
    let [cert, key] = [&cert, &key].map(|path| path.to_str().unwrap_or_default());
    world.office.serve_over_tls(cert, key)?;

    let mut kiosk = world.empty_kiosk()?;
    kiosk.enrol(&world.office.enrolment("TRK", "staffed", &world.office.url())?)?;
    let reference = kiosk.take_one(&evacuee("Айгүл"))?;
    let other = world.path("other.pem");
    std::fs::write(&other, generate_simple_self_signed([world.office.ip()])?.cert.pem())?;
    kiosk.authorities = Some(other);
    let refused = kiosk.try_sync()?;
    let why = refused.error.unwrap_or_default();
    ensure!(why.contains("no authority that this computer trusts"), "{why}");
    kiosk.authorities = Some(cert.into());
    let sent = kiosk.sync()?;
    ensure!(sent.in_step && sent.error.is_none(), "{sent:?}");

    let mut browser = Browser::trusting(&world.office.url(), &own.cert.pem())?;
    let page = browser.post("/sign-in", &[("name", "admin"), ("password", PASSWORD)])?;
    ensure!(page.header("set-cookie").contains("; Secure"), "{page:?}");
    browser.sign_in("admin", PASSWORD)?;
    browser.open_until("/cases", |page| page.body.contains(&reference))?;
    let kiosks = browser.open("/kiosks")?.body;
    ensure!(kiosks.contains(&format!("value=\"{}\"", world.office.url())), "{kiosks}");
    world.close()
}
