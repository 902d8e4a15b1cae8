//! Owns: what staff decide on one case over HTTP: status and answer, terms, notes, conflicts, voiding.
//! Refuses: sign-in, lists and roles, which other `console` files own.

use anyhow::{Context, Result, ensure};
use beket_tests::world::appeal;
use beket_tests::{Browser, Kiosk, Page, World};
use serde_json::{Value, json};

use super::console::two_telephones;

/// An appeal at the office, and a browser that reads English.
pub(super) struct Desk {
    pub(super) world: World,
    kiosk: Kiosk,
    pub(super) browser: Browser,
    reference: String,
    pub(super) address: String,
}

impl Desk {
    pub(super) fn open() -> Result<Self> {
        Self::with(&appeal("Нет воды"))
    }

    /// The same with another intake.
    pub(super) fn with(intake: &Value) -> Result<Self> {
        let world = World::open()?;
        let kiosk = world.staffed("TRK")?;
        let reference = kiosk.take_one(intake)?;
        kiosk.sync()?;
        Self::at(world, kiosk, reference)
    }

    fn at(world: World, kiosk: Kiosk, reference: String) -> Result<Self> {
        let browser = world.office.browser_in("en")?;
        let case = world.row(&reference)?["case"].as_str().context("no case")?.to_owned();
        Ok(Self { world, kiosk, browser, reference, address: format!("/cases/{case}") })
    }

    pub(super) fn page(&self) -> Result<Page> {
        self.browser.open(&self.address)
    }

    /// Fills in one of the page's forms and sends it.
    pub(super) fn send(&self, form: &str, fields: &[(&str, &str)]) -> Result<Page> {
        self.browser.submit(&self.page()?, &format!("{}/{form}", self.address), fields)
    }

    pub(super) fn saves(&self, form: &str, fields: &[(&str, &str)]) -> Result<()> {
        let page = self.send(form, fields)?;
        ensure!(page.status == 303, "{form} {fields:?}: {} {}", page.status, page.body);
        Ok(())
    }

    /// The form comes back with these words, and whatever was typed stands in it.
    fn comes_back(&self, form: &str, fields: &[(&str, &str)], words: &str) -> Result<()> {
        let page = self.send(form, fields)?;
        ensure!(page.status == 422 && page.body.contains(words), "{form} {fields:?}: {page:?}");
        for (_, typed) in fields.iter().filter(|(name, _)| *name != "status") {
            ensure!(page.body.contains(typed), "{typed} is gone: {}", page.body);
        }
        Ok(())
    }

    pub(super) fn row(&self) -> Result<Value> {
        self.world.row(&self.reference)
    }
}

#[test]
fn a_decision_has_what_it_must_have_and_reaches_the_station() -> Result<()> {
    let desk = Desk::open()?;
    desk.saves("status", &[("status", "under_review"), ("text", "")])?;
    let told = desk.row()?["answer"]["due_date"].clone();
    ensure!(told.is_string(), "whoever takes it under review tells by when: {told}");
    for (status, words) in [("refused", "Give the reason"), ("forwarded", "Say to whom")] {
        desk.comes_back("status", &[("status", status)], words)?;
    }
    let typed = [("status", "forwarded"), ("text", "Біз емес, су арнасы шешеді")];
    desk.comes_back("status", &typed, "Say to whom")?;
    ensure!(desk.row()?["status"] == "under_review");
    desk.saves("status", &[("status", "refused"), ("text", "Желі жеке меншікте")])?;

    desk.kiosk.sync()?;
    let listed = desk.kiosk.listed(&desk.reference)?;
    ensure!(listed["status"] == "refused", "{listed}");
    ensure!(listed["answer"]["text"] == "Желі жеке меншікте", "{listed}");
    let page = desk.send("status", &[("status", "resolved")])?;
    ensure!(page.status == 422, "what was refused is taken up again first: {page:?}");
    desk.saves("status", &[("status", "under_review")])?;
    desk.saves("status", &[("status", "forwarded"), ("forwarded_to", "Су арнасы")])?;
    ensure!(desk.row()?["answer"]["forwarded_to"] == "Су арнасы");
    desk.world.close()
}

#[test]
fn a_term_is_extended_with_a_reason_and_within_the_law() -> Result<()> {
    let desk = Desk::open()?;
    desk.saves("status", &[("status", "under_review")])?;
    let due = desk.row()?["answer"]["due_date"].as_str().context("no term")?.to_owned();
    let later = |days: i64| -> Result<String> {
        let due: jiff::civil::Date = due.parse()?;
        Ok(due.checked_add(jiff::Span::new().days(days))?.to_string())
    };
    let (next, far) = (later(20)?, later(400)?);
    for (day, reason, words) in [
        (next.as_str(), "", "Give the reason"),
        (&due, "сұраныс", "must be later"),
        (&far, "сұраныс", "By law no later than"),
        ("ертең", "сұраныс", "Choose a day"),
    ] {
        desk.comes_back("extend", &[("due", day), ("reason", reason)], words)?;
    }
    ensure!(desk.row()?["answer"]["due_date"] == *due);
    desk.saves("extend", &[("due", &next), ("reason", "сарапшыдан жауап күтілуде")])?;
    let answer = desk.row()?["answer"].clone();
    ensure!(answer["due_date"] == *next, "{answer}");
    ensure!(answer["extension_reason"] == "сарапшыдан жауап күтілуде", "{answer}");
    desk.kiosk.sync()?;
    let listed = desk.kiosk.listed(&desk.reference)?;
    ensure!(listed["answer"]["due_date"] == *next, "{listed}");
    // Extended once, it is not extended without an end.
    desk.comes_back("extend", &[("due", &far), ("reason", "тағы")], "By law no later than")?;
    // A complaint has a longer term, but what was extended stays.
    desk.saves("procedure", &[("procedure", "complaint")])?;
    ensure!(desk.row()?["answer"]["due_date"] == *next);
    // A complaint's term is not extended, whatever form is sent.
    let page = desk.page()?;
    ensure!(page.form(&format!("{}/extend", desk.address)).is_err(), "{}", page.body);
    let heads = page.form(&format!("{}/status", desk.address))?.hidden;
    let heads = heads.iter().find(|(name, _)| name == "heads").context("no heads")?.1.as_str();
    let more = [("due", later(21)?), ("reason", "тағы".to_owned()), ("heads", heads.to_owned())];
    let more = more.each_ref().map(|(name, value)| (*name, value.as_str()));
    let page = desk.browser.post(&format!("{}/extend", desk.address), &more)?;
    ensure!(page.status == 422 && page.body.contains("does not provide"), "{page:?}");
    desk.world.close()
}

/// A coupon of twenty days ago, whose term begins again when the case is taken up again.
#[test]
fn a_case_that_was_taken_up_again_has_the_term_of_that_day_in_all_that_follows() -> Result<()> {
    let mut old = appeal("Нет воды");
    let taken = jiff::Timestamp::now().checked_sub(jiff::SignedDuration::from_hours(20 * 24))?;
    old["taken_at"] = json!(taken.strftime("%Y-%m-%dT%H:%M:%SZ").to_string());
    let desk = Desk::with(&old)?;
    let due = |desk: &Desk| -> Result<jiff::civil::Date> {
        Ok(desk.row()?["answer"]["due_date"].as_str().context("no term")?.parse()?)
    };
    desk.saves("status", &[("status", "under_review"), ("text", "")])?;
    let first = due(&desk)?;
    desk.saves("status", &[("status", "advised"), ("text", "Кеңес")])?;
    desk.saves("status", &[("status", "under_review")])?;
    let again = due(&desk)?;
    ensure!(again > first, "{again} is not after {first}");
    desk.saves("procedure", &[("procedure", "complaint")])?;
    ensure!(due(&desk)? > again, "a complaint has a longer term, from that day on");
    desk.saves("procedure", &[("procedure", "application")])?;
    ensure!(due(&desk)? == again);
    let far = again.checked_add(jiff::Span::new().days(400))?.to_string();
    desk.comes_back("extend", &[("due", &far), ("reason", "x")], "By law no later than")?;
    desk.world.close()
}

#[test]
fn a_day_that_the_government_moves_moves_the_terms_that_nobody_was_told_yet() -> Result<()> {
    let desk = Desk::open()?;
    let due = |page: &Page| -> Result<String> {
        let found = page.body.split("<time datetime=\"").nth(1).and_then(|rest| rest.get(..10));
        Ok(found.context("no due date in the list")?.to_owned())
    };
    let list = desk.browser.open_until("/cases", |page| page.body.contains(&desk.reference))?;
    let before = due(&list)?;
    let calendar = desk.browser.open("/calendar")?;
    let no_day = [("day", "2026-13-45"), ("moved", "off"), ("why", "x")];
    let no_why = [("day", before.as_str()), ("moved", "off"), ("why", " ")];
    for wrong in [no_day, no_why] {
        ensure!(desk.browser.submit(&calendar, "/calendar", &wrong)?.status == 422);
    }
    let moved = [("day", before.as_str()), ("moved", "off"), ("why", "Қаулы 1 <b>")];
    ensure!(desk.browser.submit(&calendar, "/calendar", &moved)?.status == 303);
    let after = due(&desk.browser.open("/cases")?)?;
    ensure!(after > before, "{after} is not after {before}");
    let calendar = desk.browser.open("/calendar")?;
    ensure!(calendar.body.contains("Қаулы 1 &lt;b&gt;"), "{}", calendar.body);
    let back = [("day", before.as_str()), ("moved", "")];
    ensure!(desk.browser.post("/calendar", &back)?.status == 303);
    ensure!(due(&desk.browser.open("/cases")?)? == before);

    // What a person was told stands, whatever becomes of the days.
    desk.saves("status", &[("status", "under_review")])?;
    ensure!(desk.browser.post("/calendar", &moved)?.status == 303);
    ensure!(desk.row()?["answer"]["due_date"] == *before);
    let list = desk.browser.open_until("/cases", |page| page.body.contains("under review"))?;
    ensure!(due(&list)? == before);
    desk.world.close()
}

#[test]
fn notes_are_the_offices_own_and_taking_one_back_loses_nothing() -> Result<()> {
    let desk = Desk::open()?;
    desk.comes_back("note", &[("text", " ")], "The note is empty")?;
    desk.saves("note", &[("text", "Қайта қоңырау шалу\r\nертең")])?;
    let page = desk.page()?;
    ensure!(page.body.contains("Қайта қоңырау шалу\nертең"), "{}", page.body);
    desk.kiosk.sync()?;
    let at_kiosk = desk.kiosk.listed(&desk.reference)?.to_string();
    ensure!(!at_kiosk.contains("Қайта қоңырау"), "{at_kiosk}");

    let forms = page.forms().into_iter().filter(|form| form.action.ends_with("/note"));
    let id = forms.flat_map(|form| form.hidden).find(|(name, _)| name == "id");
    let id = id.context("the note cannot be taken back")?.1;
    let taken = desk.browser.post(&format!("{}/note", desk.address), &[("id", &id)])?;
    ensure!(taken.status == 303, "{taken:?}");
    let page = desk.page()?;
    let (case, history) = page.body.split_once("class=\"history\"").context("no history")?;
    ensure!(!case.contains("Қайта қоңырау"), "{case}");
    ensure!(history.contains("Қайта қоңырау") && history.contains("taken back"), "{history}");
    desk.world.close()
}

#[test]
fn a_conflict_is_settled_by_a_third_value_and_both_are_kept_in_a_note() -> Result<()> {
    let world = World::open()?;
    let (one, _, reference) = two_telephones(&world)?;
    let desk = Desk::at(world, one, reference)?;
    let page = desk.page()?;
    for told in ["Without having seen this, <bdi>Ерлан", "Without having seen this, <bdi>Айгүл"]
    {
        ensure!(page.body.contains(told), "{told}: {}", page.body);
    }
    let form = page
        .forms()
        .into_iter()
        .find(|form| !form.buttons.is_empty() && form.action.ends_with("/field"));
    let form = form.context("nothing to settle")?;
    let mut fields: Vec<(&str, &str)> =
        form.hidden.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    fields.extend([("value", "87010000003"), ("note", "1")]);
    let settled = desk.browser.post(&form.action, &fields)?;
    ensure!(settled.status == 303, "{settled:?}");
    let row = desk.row()?;
    ensure!(row["conflicts"] == json!([]) && row["person"]["phone"] == "+77010000003", "{row}");
    let page = desk.page()?;
    let notes = page.body.split("id=\"notes\"").nth(1).context("no notes")?;
    for kept in ["+77010000001", "+77010000002", "Айгүл", "Ерлан"] {
        ensure!(notes.contains(kept), "{kept}: {notes}");
    }
    desk.world.close()
}

#[test]
fn a_case_is_voided_with_a_reason_and_made_valid_again() -> Result<()> {
    let desk = Desk::open()?;
    desk.comes_back("void", &[("reason", " ")], "Give the reason")?;
    desk.saves("void", &[("reason", "жаттығу")])?;
    ensure!(desk.row()?["status"] == "void");
    desk.kiosk.sync()?;
    ensure!(desk.kiosk.listed(&desk.reference)?["status"] == "void");
    desk.saves("void", &[])?;
    ensure!(desk.row()?["status"] == "received");
    desk.world.close()
}

#[test]
fn an_operator_takes_a_case_and_of_two_at_once_neither_goes_unsaid() -> Result<()> {
    let desk = Desk::open()?;
    for name in ["Айгүл", "Ерлан"] {
        let browser = desk.world.office.operator(name)?;
        let page = browser.open(&desk.address)?;
        let taken = browser.submit(&page, &format!("{}/take", desk.address), &[])?;
        ensure!(taken.status == 303, "{taken:?}");
    }
    let page = desk.page()?;
    let history = page.body.split("class=\"history\"").nth(1).context("no history")?;
    ensure!(
        history.contains("<del><bdi>Айгүл</bdi></del> → <ins><bdi>Ерлан</bdi></ins>"),
        "{history}"
    );
    desk.world.close()
}

#[test]
fn a_part_that_is_forwarded_is_a_linked_case_of_its_own() -> Result<()> {
    let desk = Desk::open()?;
    desk.saves("status", &[("status", "under_review")])?;
    for (text, whom, words) in [("", "Су арнасы", "which part"), ("Жол", " ", "Say to whom")]
    {
        desk.comes_back("part", &[("text", text), ("whom", whom)], words)?;
    }
    desk.saves("part", &[("text", "Жол жөндеу туралы"), ("whom", "Автожол")])?;
    // The number is the list's to tell, which follows the records.
    let listed = |page: &Page| page.body.contains("OFFICE-A-0001-");
    let page = desk.browser.open_until(&desk.address, listed)?;
    let linked = page.body.split("Linked cases").nth(1).context("no link")?;
    ensure!(
        linked.contains("OFFICE-A-0001-") && linked.contains("a part was forwarded"),
        "{linked}"
    );
    let rows = desk.world.office.export()?;
    let child = rows.iter().find(|row| row["reference"] != *desk.reference).context("no child")?;
    ensure!(
        child["status"] == "forwarded" && child["answer"]["forwarded_to"] == "Автожол",
        "{child}"
    );
    ensure!(child["narrative"] == "Жол жөндеу туралы", "{child}");
    ensure!(child["person"]["family_name"] == desk.row()?["person"]["family_name"], "{child}");
    ensure!(desk.row()?["status"] == "under_review", "the rest is decided here");
    // The station can tell the person of both.
    desk.kiosk.sync()?;
    ensure!(desk.kiosk.list()?.len() == 2);
    desk.world.close()
}
