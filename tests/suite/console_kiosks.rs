//! Owns: kiosks as the office sees them over HTTP: listed, enrolled, adopted, renamed, revoked.
//! Refuses: what a revocation does to records, which `devices` owns.

use anyhow::{Context, Result, ensure};
use beket_tests::world::evacuee;
use beket_tests::{Browser, Page, World};

/// The row of a kiosk.
fn row(page: &Page, name: &str) -> Result<String> {
    let rows = page.body.split("<tr>");
    let found = rows.into_iter().find(|row| row.contains(&format!("<th scope=\"row\">{name}")));
    Ok(found.with_context(|| format!("{name} is not listed: {}", page.body))?.to_owned())
}

/// Presses one of the buttons of a kiosk's row.
fn press(browser: &Browser, name: &str, what: &str, label: &str) -> Result<()> {
    let page = browser.open("/kiosks")?;
    let row = row(&page, name)?;
    let device =
        row.split("name=\"device\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let fields = [("device", device.context("no key")?), ("do", what), ("label", label)];
    let pressed = browser.post("/kiosks", &fields)?;
    ensure!(pressed.status == 303, "{what}: {pressed:?}");
    Ok(())
}

#[test]
fn a_kiosk_is_listed_with_what_it_last_said_of_itself() -> Result<()> {
    let world = World::open()?;
    let kiosk = world.staffed("TRK")?;
    let browser = world.office.browser_in("en")?;
    let before = row(&browser.open("/kiosks")?, "TRK-A");
    ensure!(before.is_err() || before?.contains("no contact yet"));
    kiosk.take(&[evacuee("Айгүл"), evacuee("Дана")])?;
    kiosk.sync()?;
    let said = row(&browser.open("/kiosks")?, "TRK-A")?;
    for words in ["staffed", "admitted", "right", " GB", env!("CARGO_PKG_VERSION")] {
        ensure!(said.contains(words), "{words}: {said}");
    }
    ensure!(!said.contains("silent"), "{said}");
    press(&browser, "TRK-A", "rename", "Зал 2 <b>")?;
    ensure!(row(&browser.open("/kiosks")?, "TRK-A")?.contains("Зал 2 &lt;b&gt;"));
    world.close()
}

#[test]
fn a_sheet_sets_a_kiosk_up_and_a_second_device_waits_to_be_adopted() -> Result<()> {
    let world = World::open()?;
    let browser = world.office.browser_in("en")?;
    let page = browser.open("/kiosks")?;
    let url = world.office.url();
    let enrol = |fields: &[(&str, &str)]| browser.submit(&page, "/kiosks/enrol", fields);
    let terms = [("station", "TRK"), ("role", "staffed"), ("hours", "24")];
    let wrong = enrol(&[&terms[..], &[("url", "office")]].concat())?;
    ensure!(wrong.status == 422 && wrong.body.contains("An address is written"), "{}", wrong.body);
    let none = enrol(&[("station", "NONE"), ("role", "staffed"), ("hours", "24"), ("url", &url)])?;
    ensure!(none.status == 422 && none.body.contains("Not done"), "{}", none.body);
    let sheet = enrol(&[&terms[..], &[("url", url.as_str())]].concat())?;
    ensure!(sheet.status == 200 && sheet.body.contains("class=\"squares\""), "{}", sheet.body);
    let code = sheet.body.split("class=\"code\">").nth(1).and_then(|rest| rest.split('<').next());
    let code = code.context("no code")?.to_owned();

    let first = world.empty_kiosk()?;
    first.enrol(&code)?;
    first.take_one(&evacuee("Бірінші"))?;
    ensure!(first.sync()?.in_step);
    let second = world.empty_kiosk()?;
    second.enrol(&code)?;
    second.take_one(&evacuee("Екінші"))?;
    second.try_sync()?;
    let page = browser.open("/kiosks")?;
    ensure!(page.body.matches("waits to be admitted").count() == 1, "{}", page.body);
    let waits = page.body.split("<tr>").find(|row| row.contains("waits to be admitted"));
    let device = waits.and_then(|row| row.split("name=\"device\" value=\"").nth(1));
    let device = device.and_then(|rest| rest.split('"').next()).context("no key")?;
    let adopted = browser.post("/kiosks", &[("device", device), ("do", "adopt")])?;
    ensure!(adopted.status == 303, "{adopted:?}");
    ensure!(second.sync()?.in_step);
    ensure!(!browser.open("/kiosks")?.body.contains("waits to be admitted"));
    for (device, what) in [("0000", "revoke"), (device, "explode"), ("' OR 1=1", "adopt")] {
        let page = browser.post("/kiosks", &[("device", device), ("do", what)])?;
        ensure!(page.status == 422, "{device} {what}: {page:?}");
    }
    world.close()
}

#[test]
fn a_revoked_kiosk_is_told_so_and_what_counted_stays() -> Result<()> {
    let world = World::open()?;
    let kiosk = world.staffed("TRK")?;
    let reference = kiosk.take_one(&evacuee("Айгүл"))?;
    kiosk.sync()?;
    let browser = world.office.browser_in("en")?;
    press(&browser, "TRK-A", "revoke", "")?;
    let said = row(&browser.open("/kiosks")?, "TRK-A")?;
    ensure!(said.contains("revoked") && said.contains("Admit"), "{said}");
    kiosk.take_one(&evacuee("Кейін"))?;
    drop(kiosk.try_sync());
    ensure!(world.row(&reference)?["reference"] == *reference, "what counted stays");
    ensure!(world.office.export()?.len() == 1, "what came later is held");
    let held = browser.open_until("/kiosks", |page| page.body.contains("chip wait\">1<"))?;
    ensure!(row(&held, "TRK-A")?.contains("chip wait\">1<"), "{}", held.body);
    world.close()
}
