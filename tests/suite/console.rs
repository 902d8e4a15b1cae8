//! Owns: the office's pages over HTTP as a browser sees them: who gets in, how a conflict is
//! settled, a status set, a case found.
//! Refuses: what a hostile page or form tries, which `console_defence` owns.

use anyhow::{Context, Result, ensure};
use beket_tests::browser::Form;
use beket_tests::compare::conflict;
use beket_tests::office::PASSWORD;
use beket_tests::world::{appeal, evacuee};
use beket_tests::{Browser, Kiosk, Page, World};
use serde_json::{Value, json};

/// The address of a case's page.
fn page_of(world: &World, reference: &str) -> Result<String> {
    let row = world.row(reference)?;
    Ok(format!("/cases/{}", row["case"].as_str().context("no case")?))
}

fn saved(page: &Page) -> Result<()> {
    ensure!(page.status == 303, "{}: {}", page.status, page.body);
    Ok(())
}

/// The form by which a conflict is settled.
fn choices(page: &Page, address: &str) -> Result<Form> {
    let forms = page.forms().into_iter().filter(|form| form.action == format!("{address}/field"));
    forms.into_iter().find(|form| !form.buttons.is_empty()).context("nothing to settle")
}

fn click(browser: &Browser, form: &Form, value: &Value) -> Result<Page> {
    let value = value.to_string();
    let button = form.buttons.iter().find(|(_, offered, _)| *offered == value);
    let (name, value, _) = button.with_context(|| format!("{value} is not offered: {form:?}"))?;
    let mut fields: Vec<(&str, &str)> =
        form.hidden.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    fields.push((name, value));
    browser.post(&form.action, &fields)
}

/// Two kiosks that wrote two telephones apart; the case's reference.
pub(super) fn two_telephones(world: &World) -> Result<(Kiosk, Kiosk, String)> {
    let (one, other) =
        (world.staffed("TRK")?.used_by("Айгүл"), world.staffed("TRK")?.used_by("Ерлан"));
    let reference = one.take_one(&evacuee("Сәуле"))?;
    one.sync()?;
    other.sync()?;
    for (kiosk, phone) in [(&one, "87010000001"), (&other, "87010000002")] {
        kiosk.edit(&reference, &json!({ "person": { "phone": phone } }))?;
        kiosk.sync()?;
    }
    Ok((one, other, reference))
}

#[test]
fn a_page_without_a_session_leads_to_the_sign_in() -> Result<()> {
    let world = World::open()?;
    let kiosk = world.staffed("TRK")?;
    let reference = kiosk.take_one(&evacuee("Құпия"))?;
    kiosk.sync()?;
    let address = page_of(&world, &reference)?;
    let mut browser = Browser::new(&world.office.url());
    for cookie in [None, Some("beket-session="), Some("beket-session=0000"), Some("other=1")] {
        browser.cookies = cookie.into_iter().map(str::to_owned).collect();
        for path in ["/cases", "/cases?q=%D2%9B", &address] {
            let page = browser.get(path)?;
            ensure!(
                page.status == 303 && page.header("location") == "/sign-in",
                "{path}: {page:?}"
            );
            ensure!(!page.body.contains("Құпия"));
        }
        for (form, fields) in [
            ("field", &[("path", "place.bed"), ("value", "1"), ("heads", "")][..]),
            ("status", &[("status", "here"), ("heads", "")]),
        ] {
            let page = browser.post(&format!("{address}/{form}"), fields)?;
            ensure!(
                page.status == 401 && page.body.contains("href=\"/sign-in\""),
                "{form}: {page:?}"
            );
            ensure!(!page.body.contains("Құпия"));
        }
    }
    ensure!(browser.get("/")?.header("location") == "/cases");
    browser.open("/sign-in")?;
    browser.open("/style.css")?;
    world.close()
}

#[test]
fn only_the_right_password_opens_a_session_and_it_ends_with_signing_out() -> Result<()> {
    let mut world = World::open()?;
    let mut browser = Browser::new(&world.office.url());
    for (name, password) in [
        ("admin", "он алты жұлдыз"),
        ("admin", ""),
        ("nobody", PASSWORD),
        ("Admin", PASSWORD),
        ("admin' OR '1'='1", PASSWORD),
    ] {
        let page = browser.post("/sign-in", &[("name", name), ("password", password)])?;
        ensure!(page.status == 403, "{name}: {page:?}");
        ensure!(page.all("set-cookie").next().is_none(), "{name}: {page:?}");
        ensure!(!page.body.contains(PASSWORD));
    }
    let page = browser.post("/sign-in", &[("name", "admin"), ("password", PASSWORD)])?;
    let cookie = page.header("set-cookie").to_owned();
    for part in ["beket-session=", "HttpOnly", "SameSite=Strict", "Path=/", "Max-Age="] {
        ensure!(cookie.contains(part), "{part}: {cookie}");
    }
    browser.sign_in("admin", PASSWORD)?;
    browser.open("/cases")?;
    world.office.kill()?;
    world.office.serve()?;
    browser.open("/cases").context("a session outlives the server's restart")?;
    let out = browser.post("/sign-out", &[])?;
    ensure!(out.status == 303 && out.header("set-cookie").contains("Max-Age=0"), "{out:?}");
    ensure!(browser.get("/cases")?.status == 303, "the old cookie still opens");
    world.close()
}

#[test]
fn a_conflict_settled_with_a_click_is_settled_in_the_export_and_at_the_kiosk() -> Result<()> {
    for phone in ["+77010000001", "+77010000002"] {
        let world = World::open()?;
        let (one, other, reference) = two_telephones(&world)?;
        let (browser, address) = (world.office.browser()?, page_of(&world, &reference)?);
        let page = browser.open(&address)?;
        for words in ["Айгүл", "Ерлан", "TRK"] {
            ensure!(page.body.contains(words), "{words}: {}", page.body);
        }
        saved(&click(&browser, &choices(&page, &address)?, &json!(phone))?)?;
        let row = world.row(&reference)?;
        ensure!(row["person"]["phone"] == phone && row["conflicts"] == json!([]), "{row}");
        ensure!(choices(&browser.open(&address)?, &address).is_err());
        for kiosk in [&one, &other] {
            kiosk.sync()?;
            ensure!(kiosk.listed(&reference)?["conflicts"] == 0);
        }
        world.close()?;
    }
    Ok(())
}

#[test]
fn a_value_that_came_after_the_page_was_drawn_survives_the_click() -> Result<()> {
    let world = World::open()?;
    let (one, _, reference) = two_telephones(&world)?;
    let third = world.staffed("ARS")?.used_by("Гүлнар");
    third.sync()?;
    // The third has seen the first two values and writes another.
    let (browser, address) = (world.office.browser()?, page_of(&world, &reference)?);
    let page = browser.open(&address)?;
    third.edit(&reference, &json!({ "person": { "phone": "87010000003" } }))?;
    third.sync()?;
    saved(&click(&browser, &choices(&page, &address)?, &json!("+77010000001"))?)?;
    let row = world.row(&reference)?;
    let left = conflict(&row, "person.phone");
    ensure!(left == [json!("+77010000001"), json!("+77010000003")], "{left:?}");
    one.sync()?;
    ensure!(one.listed(&reference)?["conflicts"] == 1);

    // And with the page as it is now, that too is settled.
    let page = browser.open(&address)?;
    saved(&click(&browser, &choices(&page, &address)?, &json!("+77010000003"))?)?;
    let row = world.row(&reference)?;
    ensure!(row["conflicts"] == json!([]) && row["person"]["phone"] == "+77010000003", "{row}");
    world.close()
}

#[test]
fn two_staff_who_correct_one_field_from_the_same_page_are_both_heard() -> Result<()> {
    let world = World::open()?;
    let kiosk = world.staffed("TRK")?;
    let reference = kiosk.take_one(&evacuee("Сәуле"))?;
    kiosk.sync()?;
    let (browser, address) = (world.office.browser()?, page_of(&world, &reference)?);
    let page = browser.open(&address)?;
    let action = format!("{address}/field");
    for bed in ["1", "2"] {
        let fields = [("path", "place.bed"), ("value", bed)];
        saved(&browser.submit(&page, &action, &fields)?)?;
    }
    ensure!(conflict(&world.row(&reference)?, "place.bed") == [json!("1"), json!("2")]);
    // Clearing settles it, too.
    let fields = [("path", "place.bed"), ("value", "")];
    saved(&browser.submit(&browser.open(&address)?, &action, &fields)?)?;
    let row = world.row(&reference)?;
    ensure!(row["conflicts"] == json!([]) && row["place"]["bed"].is_null(), "{row}");
    world.close()
}

#[test]
fn a_status_set_at_the_office_is_read_at_the_kiosk() -> Result<()> {
    let world = World::open()?;
    let kiosk = world.staffed("TRK")?;
    let enquiry = json!({ "kind": "enquiry", "language": "ru", "narrative": "Ищу брата",
                          "person": { "given_name": "Олжас" } });
    let references = kiosk.take(&[appeal("Нет воды"), enquiry, evacuee("Сәуле")])?;
    kiosk.sync()?;
    let browser = world.office.browser()?;
    let words = "Мы позвоним.\r\nДо свидания";
    for (reference, status) in references.iter().zip(["under_review", "possible", "with_relatives"])
    {
        let address = page_of(&world, reference)?;
        let page = browser.open(&address)?;
        let action = format!("{address}/status");
        ensure!(page.form(&action)?.options.contains(&status.to_owned()), "{page:?}");
        saved(&browser.submit(&page, &action, &[("status", status), ("text", words)])?)?;
        ensure!(world.row(reference)?["status"] == status);
    }
    // What cannot follow is neither offered nor taken.
    let address = page_of(&world, &references[0])?;
    let (page, action) = (browser.open(&address)?, format!("{address}/status"));
    for status in ["received", "possible", "here", "void"] {
        ensure!(!page.form(&action)?.options.contains(&status.to_owned()), "{status} is offered");
        let refused = browser.submit(&page, &action, &[("status", status), ("text", "x")])?;
        ensure!(refused.status == 422, "{status}: {refused:?}");
    }
    kiosk.sync()?;
    for (reference, status) in references.iter().zip(["under_review", "possible", "with_relatives"])
    {
        let listed = kiosk.listed(reference)?;
        ensure!(listed["status"] == status, "{listed}");
    }
    let listed = kiosk.listed(&references[0])?;
    ensure!(listed["answer"]["text"] == "Мы позвоним.\nДо свидания", "{listed}");
    ensure!(listed["answer"]["status"] == "under_review", "{listed}");
    world.close()
}

#[test]
fn two_who_answer_first_at_once_lose_neither_answer() -> Result<()> {
    let world = World::open()?;
    let kiosk = world.staffed("TRK")?;
    let reference = kiosk.take_one(&appeal("Нет воды"))?;
    kiosk.sync()?;
    let (browser, address) = (world.office.browser()?, page_of(&world, &reference)?);
    let (page, action) = (browser.open(&address)?, format!("{address}/status"));
    let answer =
        |text| browser.submit(&page, &action, &[("status", "under_review"), ("text", text)]);
    saved(&answer("Бірінші жауап")?)?;
    saved(&answer("Екінші жауап")?)?;
    let row = world.row(&reference)?;
    let both = conflict(&row, "answer.text");
    ensure!(both == [json!("Бірінші жауап"), json!("Екінші жауап")], "{row}");
    ensure!(row["status"] == "under_review", "{row}");
    world.close()
}
