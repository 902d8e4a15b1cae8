//! Owns: what two of staff do to one case at once, and what takes two of them.
//! Refuses: what one of them decides alone, which `console_decide` owns.

use anyhow::{Context, Result, ensure};
use beket_tests::browser::Form;
use beket_tests::compare::conflict;
use beket_tests::world::{INCIDENT, appeal};
use beket_tests::{Browser, Page};
use serde_json::{Value, json};

use super::console_decide::Desk;

/// A mother, and a child of somebody else's who came with her.
fn with_a_child_alone() -> Value {
    json!({ "kind": "evacuee", "language": "kk", "incident": INCIDENT,
        "person": { "family_name": "Серік", "given_name": "Әли", "age_years": 6,
            "whereabouts": "here", "separated": { "says": "анасы Гүлнар" } },
        "household": [{ "given_name": "Бота", "age_years": 4, "relation": "other",
            "whereabouts": "here", "separated": { "found_at": "2-платформа" } }] })
}

#[test]
fn one_of_staff_does_not_take_a_child_off_alone() -> Result<()> {
    let desk = Desk::with(&with_a_child_alone())?;
    let other = desk.row()?["household"][0]["id"].as_str().context("no id")?.to_owned();
    let page = desk.page()?;
    let offered = page.form(&format!("{}/status", desk.address))?.options;
    ensure!(offered.contains(&"moved_on".to_owned()), "{offered:?}");
    for gone in ["with_relatives", "returned"] {
        ensure!(!offered.contains(&gone.to_owned()), "{gone} is offered");
        let page = desk.send("status", &[("status", gone)])?;
        ensure!(page.status == 422 && page.body.contains("two of staff"), "{gone}: {page:?}");
    }
    let of_other = |field: &str| format!("household.{other}.{field}");
    for (path, value) in [
        ("person.whereabouts".to_owned(), "returned"),
        ("person.separated.says".to_owned(), ""),
        (of_other("whereabouts"), "with_relatives"),
        (of_other("separated.found_at"), ""),
    ] {
        let page = desk.send("field", &[("path", &path), ("value", value)])?;
        ensure!(page.status == 422 && page.body.contains("two of staff"), "{path}: {page:?}");
    }
    let removed = [("path", of_other("removed")), ("json", "true".to_owned())];
    let removed = removed.each_ref().map(|(name, value)| (*name, value.as_str()));
    ensure!(desk.send("field", &removed)?.status == 422);
    // What leaves the child where it is can be corrected like anything.
    desk.saves("field", &[("path", "person.separated.says"), ("value", "анасы Гүлнәр")])?;
    desk.saves("status", &[("status", "moved_on")])?;
    let row = desk.row()?;
    ensure!(row["person"]["whereabouts"] == "moved_on", "{row}");
    ensure!(row["household"][0]["whereabouts"] == "here", "{row}");
    desk.world.close()
}

#[test]
fn the_second_confirms_what_the_first_saw_and_nothing_else() -> Result<()> {
    let desk = Desk::with(&with_a_child_alone())?;
    let release = format!("{}/release", desk.address);
    let (one, second) = (desk.world.office.operator("Ерлан")?, desk.world.office.operator("Дана")?);
    let first = |to: &str| {
        let fields = [("who", "person"), ("guardian", to), ("document", "ЖК 1"), ("step", "first")];
        one.submit(&one.open(&desk.address)?, &release, &fields)
    };
    ensure!(first("Серікова Гүлнар")?.status == 303);
    let seen = second.open(&desk.address)?;
    // In between the first takes it back, and names somebody else.
    let cancelled = one.submit(&one.open(&desk.address)?, &release, &[("step", "cancel")])?;
    ensure!(cancelled.status == 303, "{cancelled:?}");
    ensure!(first("Бөтен Біреу")?.status == 303);
    let stale = second.submit(&seen, &release, &[("step", "confirm")])?;
    ensure!(stale.status == 422 && stale.body.contains("Open the case anew"), "{stale:?}");
    ensure!(second.post(&release, &[("step", "confirm")])?.status == 422, "without any state");
    ensure!(desk.row()?["person"]["whereabouts"] == "here");
    // What came since is nothing that the second has seen.
    let seen = second.open(&desk.address)?;
    desk.saves("field", &[("path", "person.separated.says"), ("value", "анасы Гүлнәр")])?;
    let stale = second.submit(&seen, &release, &[("step", "confirm")])?;
    ensure!(stale.status == 422 && stale.body.contains("Open the case anew"), "{stale:?}");
    let seen = second.open(&desk.address)?;
    ensure!(seen.body.contains("Бөтен Біреу"), "{}", seen.body);
    ensure!(second.submit(&seen, &release, &[("step", "confirm")])?.status == 303);
    ensure!(desk.row()?["person"]["whereabouts"] == "with_relatives");
    // What was done stays said.
    let cancelled = one.submit(&seen, &release, &[("step", "cancel")])?;
    ensure!(cancelled.status == 422, "{cancelled:?}");
    desk.world.close()
}

#[test]
fn a_child_marked_by_mistake_stays_in_sight_until_two_of_staff_have_looked() -> Result<()> {
    let desk = Desk::with(&with_a_child_alone())?;
    let release = format!("{}/release", desk.address);
    let (one, second) = (desk.world.office.operator("Ерлан")?, desk.world.office.operator("Дана")?);
    desk.saves("void", &[("reason", "жаттығу")])?;
    let page = desk.page()?;
    ensure!(page.body.contains("what is with the child. Reason: <bdi>жаттығу"), "{}", page.body);
    ensure!(desk.row()?["status"] == "here", "one reason hides two children");
    desk.browser
        .open_until("/situation", |page| page.body.contains("2</strong> children alone"))?;
    ensure!(desk.browser.open("/cases?alone=1")?.total()? == 1);
    let other = desk.row()?["household"][0]["id"].as_str().context("no id")?.to_owned();
    for who in ["person".to_owned(), format!("household.{other}")] {
        let first = |why: &str| {
            let fields = [("who", who.as_str()), ("why", why), ("step", "mistaken")];
            one.submit(&one.open(&desk.address)?, &release, &fields)
        };
        let unsaid = first(" ")?;
        ensure!(unsaid.status == 422 && unsaid.body.contains("Give the reason"), "{unsaid:?}");
        ensure!(first("тек жаттығу")?.status == 303);
        let own = one.submit(&one.open(&desk.address)?, &release, &[("step", "confirm")])?;
        ensure!(own.status == 422 && own.body.contains("Another member of staff"), "{own:?}");
        ensure!(desk.row()?["status"] == "here");
        let seen = second.open(&desk.address)?;
        ensure!(seen.body.contains("тек жаттығу") && seen.body.contains("the mark goes"));
        ensure!(second.submit(&seen, &release, &[("step", "confirm")])?.status == 303);
    }
    let row = desk.row()?;
    ensure!(row["status"] == "void" && row["person"]["separated"].is_null(), "{row}");
    ensure!(row["person"]["whereabouts"] == "here", "nobody was handed over: {row}");
    desk.browser.open_until("/cases?alone=1", |page| page.total().is_ok_and(|all| all == 0))?;
    desk.saves("void", &[])?;
    ensure!(desk.row()?["status"] == "here");
    desk.world.close()
}

#[test]
fn what_is_under_way_with_a_child_is_not_begun_anew_unseen() -> Result<()> {
    let desk = Desk::with(&with_a_child_alone())?;
    let release = format!("{}/release", desk.address);
    let person = |name: &str| desk.world.office.operator(name);
    let (one, second, third) = (person("Айгүл")?, person("Дана")?, person("Ерлан")?);
    // Both look at a page on which nothing is under way.
    let (mine, theirs) = (one.open(&desk.address)?, second.open(&desk.address)?);
    let hands = [("who", "person"), ("guardian", "Бөтен"), ("document", "ЖК 1"), ("step", "first")];
    ensure!(one.submit(&mine, &release, &hands)?.status == 303);
    let late = [("who", "person"), ("why", "бала жоқ"), ("step", "mistaken")];
    let stale = second.submit(&theirs, &release, &late)?;
    ensure!(stale.status == 422 && stale.body.contains("Open the case anew"), "{stale:?}");
    ensure!(stale.body.contains("Бөтен"), "what is under way is shown: {}", stale.body);
    let seen = third.open(&desk.address)?;
    ensure!(third.submit(&seen, &release, &[("step", "cancel")])?.status == 303);
    ensure!(second.submit(&second.open(&desk.address)?, &release, &late)?.status == 303);
    let seen = third.open(&desk.address)?;
    ensure!(!seen.body.contains("Бөтен</bdi></dd>"), "the first guardian is still there");
    ensure!(third.submit(&seen, &release, &[("step", "confirm")])?.status == 303);
    ensure!(desk.row()?["person"]["separated"].is_null());
    desk.world.close()
}

/// The form that settles the conflict of one field.
fn settles(page: &Page, path: &str) -> Result<Form> {
    let is = |form: &Form| {
        form.action.ends_with("/field")
            && form.hidden.contains(&("path".to_owned(), path.to_owned()))
    };
    page.forms().into_iter().find(is).with_context(|| format!("{path} is not in dispute"))
}

fn settle(browser: &Browser, form: &Form, named: (&str, &str)) -> Result<Page> {
    let hidden = form.hidden.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    browser.post(&form.action, &hidden.chain([named]).collect::<Vec<_>>())
}

#[test]
fn two_who_decide_differently_from_one_page_are_both_heard() -> Result<()> {
    let desk = Desk::open()?;
    desk.saves("status", &[("status", "under_review")])?;
    let (page, action) = (desk.page()?, format!("{}/status", desk.address));
    for (status, text) in [("resolved", "Су келді"), ("refused", "Желі жеке меншікте")]
    {
        let sent = desk.browser.submit(&page, &action, &[("status", status), ("text", text)])?;
        ensure!(sent.status == 303, "{status}: {} {}", sent.status, sent.body);
    }
    let row = desk.row()?;
    ensure!(conflict(&row, "answer.status") == [json!("refused"), json!("resolved")], "{row}");
    // One is chosen, and never anything that nobody decided.
    let form = settles(&desk.page()?, "answer.status")?;
    for wrong in ["\"advised\"", "\"here\"", "null"] {
        ensure!(settle(&desk.browser, &form, ("json", wrong))?.status == 422, "{wrong}");
    }
    ensure!(settle(&desk.browser, &form, ("json", "\"resolved\""))?.status == 303);
    let text = settles(&desk.page()?, "answer.text")?;
    ensure!(settle(&desk.browser, &text, ("value", "Су келді, құбыр жеке"))?.status == 303);
    let row = desk.row()?;
    ensure!(row["status"] == "resolved" && row["conflicts"] == json!([]), "{row}");
    ensure!(row["answer"]["text"] == "Су келді, құбыр жеке", "{row}");
    desk.world.close()
}

#[test]
fn decisions_have_no_way_around_their_forms() -> Result<()> {
    let desk = Desk::open()?;
    desk.saves("status", &[("status", "under_review")])?;
    desk.saves("note", &[("text", "Қоңырау шалу")])?;
    let operator = desk.world.office.operator("Айгүл")?;
    let (before, field) = (desk.row()?, format!("{}/field", desk.address));
    let page = desk.page()?;
    let heads = |form: &str| -> Result<String> {
        let form = page.form(&format!("{}/{form}", desk.address))?;
        let heads = form.hidden.into_iter().find(|(name, _)| name == "heads");
        Ok(heads.context("no heads")?.1)
    };
    let review = operator.open(&desk.address)?.form(&format!("{}/take", desk.address))?.hidden;
    let review = review.into_iter().find(|(name, _)| name == "heads").context("no heads")?.1;
    let answer = heads("status")?;
    for (path, value, heads) in [
        ("answer.status", "refused", &answer),
        ("answer.due_date", "2099-01-01", &answer),
        ("answer.procedure", "complaint", &answer),
        ("answer.text", "Жоқ", &answer),
        ("review.assigned_to", "Ешкім Емес", &review),
        ("review.release_by", "Ерлан", &review),
        ("review.release_confirmed_by", "Айгүл", &review),
    ] {
        for heads in [heads.as_str(), ""] {
            let fields = [("path", path), ("value", value), ("heads", heads)];
            let page = operator.post(&field, &fields)?;
            ensure!(page.status == 422, "{path} {heads:?}: {page:?}");
        }
    }
    ensure!(desk.row()? == before);
    desk.world.close()
}

#[test]
fn of_two_who_take_a_case_from_one_page_neither_is_robbed_unseen() -> Result<()> {
    let desk = Desk::open()?;
    let (one, other) = (desk.world.office.operator("Айгүл")?, desk.world.office.operator("Ерлан")?);
    let take = format!("{}/take", desk.address);
    let (mine, theirs) = (one.open(&desk.address)?, other.open(&desk.address)?);
    ensure!(one.submit(&mine, &take, &[])?.status == 303);
    ensure!(other.submit(&theirs, &take, &[])?.status == 303);
    let both = |row: &Value| conflict(row, "review.assigned_to");
    ensure!(both(&desk.row()?) == [json!("Айгүл"), json!("Ерлан")]);
    // Whoever may not give cases settles it for themselves alone.
    let form = settles(&other.open(&desk.address)?, "review.assigned_to")?;
    let offered: Vec<_> = form.buttons.iter().map(|(_, value, _)| value.as_str()).collect();
    ensure!(offered == ["\"Ерлан\""], "{offered:?}");
    ensure!(settle(&other, &form, ("json", "\"Айгүл\""))?.status == 422);
    ensure!(settle(&other, &form, ("json", "\"Ерлан\""))?.status == 303);
    ensure!(both(&desk.row()?).is_empty());

    // Given away from a page that did not show it: both are shown, too.
    let assign = |to: &str, page: &Page| desk.browser.submit(page, "/cases/assign", &[("to", to)]);
    let page = desk.page()?;
    ensure!(assign("Айгүл", &page)?.status == 303);
    ensure!(assign("-", &page)?.status == 303);
    ensure!(both(&desk.row()?).len() == 2);
    // From a list, which shows one of them, nobody is given what is in dispute.
    let id = desk.address.rsplit('/').next().unwrap_or_default();
    for shown in [id.to_owned(), format!("{id} Айгүл")] {
        let fields = [("case", shown.as_str()), ("to", "Айгүл")];
        let refused = desk.browser.post("/cases/assign", &fields)?;
        ensure!(
            refused.status == 422 && refused.body.contains("two assigned it apart"),
            "{refused:?}"
        );
    }
    desk.world.close()
}

#[test]
fn a_verdict_on_two_cases_is_not_turned_around_unseen() -> Result<()> {
    let desk = Desk::open()?;
    let kiosk = desk.world.staffed("TRK")?;
    let reference = kiosk.take_one(&appeal("Нет света"))?;
    kiosk.sync()?;
    let other = desk.world.row(&reference)?["case"].as_str().context("no case")?.to_owned();
    let (compare, link) =
        (format!("{}/compare/{other}", desk.address), format!("{}/link", desk.address));
    let page = desk.browser.open(&compare)?;
    let say = |page: &Page, kind: &str| desk.browser.submit(page, &link, &[("kind", kind)]);
    ensure!(say(&page, "same_person")?.status == 303);
    let late = say(&page, "not_the_same")?;
    ensure!(late.status == 422 && late.body.contains("decided about these two"), "{late:?}");
    ensure!(late.body.contains("the same person"), "{}", late.body);
    ensure!(say(&desk.browser.open(&compare)?, "not_the_same")?.status == 303);
    desk.world.close()
}
