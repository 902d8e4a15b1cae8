//! Owns: what staff correct of an intake over HTTP, what they may not, and how the history tells it.
//! Refuses: decisions and conflicts, which `console_decide` and `console_together` own.

use anyhow::{Context, Result, ensure};
use beket_tests::Page;
use beket_tests::compare::conflict;
use beket_tests::world::INCIDENT;
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::console_decide::Desk;

fn family() -> Value {
    json!({ "kind": "evacuee", "language": "kk", "incident": INCIDENT, "narrative": "Бірінші жол",
        "person": { "family_name": "Серік", "given_name": "Айгүл", "needs": ["medicine", "арба"],
            "whereabouts": "here" },
        "household": [{ "given_name": "Бота", "age_years": 4, "needs": ["infant_food"] }] })
}

fn member(row: &Value, name: &str) -> Result<Value> {
    let mut members = row["household"].as_array().into_iter().flatten();
    Ok(members.find(|member| member["given_name"] == name).context("not there")?.clone())
}

#[test]
fn needs_words_and_the_household_are_corrected_from_what_is_shown() -> Result<()> {
    let desk = Desk::with(&family())?;
    let page = desk.page()?;
    ensure!(page.body.contains(">Бірінші жол</textarea>"), "the words stand in their form");
    for (need, checked) in [("medicine", true), ("арба", true), ("shelter", false)] {
        let tag = format!("name=\"need.{need}\" value=\"1\"");
        let tag = page.body.split(&tag).nth(1).and_then(|rest| rest.split('>').next());
        ensure!(tag.is_some_and(|tag| tag.contains("checked") == checked), "{need}: {tag:?}");
    }
    desk.saves("field", &[("path", "narrative"), ("value", "Бірінші жол\r\nЕкінші жол")])?;
    desk.saves("field", &[("path", "person.needs"), ("need.арба", "1"), ("need.shelter", "1")])?;
    let added = [("given_name", "Ернар"), ("age_years", "6"), ("sex", "male")];
    desk.saves("member", &added)?;
    let row = desk.row()?;
    ensure!(row["narrative"] == "Бірінші жол\nЕкінші жол", "{row}");
    ensure!(row["person"]["needs"] == json!(["shelter", "арба"]), "{row}");
    let more = member(&row, "Ернар")?;
    ensure!(more["whereabouts"] == "here", "{row}");
    ensure!(more["age_years"] == 6 && more["sex"] == "male", "{row}");

    let id = more["id"].as_str().context("no id")?;
    let path = format!("household.{id}.removed");
    for (json, removed) in [("true", true), ("false", false)] {
        desk.saves("field", &[("path", &path), ("json", json)])?;
        ensure!(member(&desk.row()?, "Ернар")?["removed"] == removed, "{}", desk.row()?);
    }
    for (fields, words) in [
        (vec![("given_name", " ")], "Say whom to add"),
        (vec![("given_name", "Ернар"), ("age_years", "көп")], "value=\"көп\""),
    ] {
        let page = desk.send("member", &fields)?;
        ensure!(page.status == 422 && page.body.contains(words), "{fields:?}: {}", page.body);
    }
    desk.world.close()
}

#[test]
fn what_terms_run_from_is_corrected_by_nobody_and_no_term_is_moved_behind_its_answer() -> Result<()>
{
    let desk = Desk::open()?;
    let page = desk.page()?;
    ensure!(!page.body.contains("value=\"taken_at\""), "{}", page.body);
    let fact = [("path", "taken_at"), ("value", "2026-01-01T00:00:00Z")];
    let refused = desk.send("field", &fact)?;
    ensure!(
        refused.status == 422 && refused.body.contains("when the case was taken"),
        "{refused:?}"
    );
    desk.saves("status", &[("status", "under_review")])?;
    let open = desk.page()?;
    desk.saves("status", &[("status", "resolved"), ("text", "Су келді")])?;
    let due = desk.row()?["answer"]["due_date"].clone();
    // A day that the law allows, if the answer were still to come.
    let day: Date = due.as_str().context("no day")?.parse()?;
    let late = day.tomorrow()?.to_string();
    for page in [&open, &desk.page()?] {
        let heads = page.form(&format!("{}/status", desk.address))?.hidden;
        let heads = heads.iter().find(|(name, _)| name == "heads").context("no heads")?.1.as_str();
        for (form, fields) in [
            ("extend", vec![("due", &*late), ("reason", "кейін"), ("heads", heads)]),
            ("procedure", vec![("procedure", "complaint"), ("heads", heads)]),
        ] {
            let refused = desk.browser.post(&format!("{}/{form}", desk.address), &fields)?;
            ensure!(refused.status == 422 && refused.body.contains("cannot follow"), "{refused:?}");
        }
    }
    ensure!(desk.row()?["answer"]["due_date"] == due);
    desk.world.close()
}

#[test]
fn a_term_that_is_over_is_extended_no_more() -> Result<()> {
    let taken = Timestamp::now() - jiff::SignedDuration::from_hours(45 * 24);
    let mut intake = json!({ "kind": "appeal", "language": "kk", "narrative": "Су жоқ",
        "person": { "family_name": "Серік" } });
    intake["taken_at"] = taken.strftime("%Y-%m-%dT%H:%M:%SZ").to_string().into();
    let desk = Desk::with(&intake)?;
    let page = desk.page()?;
    ensure!(page.form(&format!("{}/extend", desk.address)).is_err(), "it is offered");
    let tomorrow = Timestamp::now() + jiff::SignedDuration::from_hours(24);
    let tomorrow = tomorrow.strftime("%Y-%m-%d").to_string();
    let fields = [("due", &*tomorrow), ("reason", "кейін"), ("heads", "")];
    let refused = desk.browser.post(&format!("{}/extend", desk.address), &fields)?;
    ensure!(refused.status == 422 && refused.body.contains("The term is over"), "{refused:?}");
    desk.world.close()
}

#[test]
fn what_is_in_dispute_of_needs_is_not_settled_by_ticking_something_else() -> Result<()> {
    let desk = Desk::with(&family())?;
    let page = desk.page()?;
    let action = format!("{}/field", desk.address);
    // One takes a need away and puts it back; another, who has seen neither, takes it away.
    let without = [("path", "person.needs"), ("need.арба", "1")];
    let with = [("path", "person.needs"), ("need.арба", "1"), ("need.medicine", "1")];
    let send = |page: &Page, needs: &[(&str, &str)]| desk.browser.submit(page, &action, needs);
    ensure!(send(&page, &without)?.status == 303);
    ensure!(send(&desk.page()?, &with)?.status == 303);
    ensure!(send(&page, &without)?.status == 303);
    let disputed = |row: &Value| conflict(row, "person.needs.medicine");
    let row = desk.row()?;
    ensure!(disputed(&row).len() == 2, "{row}");
    let said: Vec<String> = row["person"]["needs"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|need| Some(format!("need.{}", need.as_str()?)))
        .collect();
    let fields: Vec<(&str, &str)> = [("path", "person.needs"), ("need.infant_food", "1")]
        .into_iter()
        .chain(said.iter().map(|need| (need.as_str(), "1")))
        .collect();
    desk.saves("field", &fields)?;
    let row = desk.row()?;
    ensure!(disputed(&row).len() == 2, "{row}");
    ensure!(
        row["person"]["needs"].as_array().is_some_and(|all| all.contains(&json!("infant_food")))
    );
    desk.world.close()
}

#[test]
fn a_case_keeps_its_words_or_a_name() -> Result<()> {
    let intake = json!({ "kind": "appeal", "language": "kk", "narrative": "Су жоқ" });
    let desk = Desk::with(&intake)?;
    let empty = [("path", "narrative"), ("value", " ")];
    let refused = desk.send("field", &empty)?;
    ensure!(refused.status == 422 && refused.body.contains("keeps its words"), "{refused:?}");
    ensure!(desk.row()?["narrative"] == "Су жоқ");
    desk.saves("field", &[("path", "person.given_name"), ("value", "Айгүл")])?;
    desk.saves("field", &empty)?;
    let refused = desk.send("field", &[("path", "person.given_name"), ("value", "")])?;
    ensure!(refused.status == 422, "{refused:?}");
    desk.world.close()
}

#[test]
fn of_two_who_answer_first_the_history_tells_what_each_said() -> Result<()> {
    let desk = Desk::open()?;
    let (one, other) = (desk.world.office.operator("Айгүл")?, desk.world.office.operator("Ерлан")?);
    let action = format!("{}/status", desk.address);
    let (mine, theirs) = (one.open(&desk.address)?, other.open(&desk.address)?);
    let says = |text| [("status", "under_review"), ("text", text)];
    ensure!(one.submit(&mine, &action, &says("Қараймыз"))?.status == 303);
    ensure!(other.submit(&theirs, &action, &says("Күтіңіз"))?.status == 303);
    ensure!(conflict(&desk.row()?, "answer.text").len() == 2);
    let page = desk.page()?;
    let history = page.body.split("class=\"history\"").nth(1).context("no history")?;
    for (by, text) in [("Айгүл", "Қараймыз"), ("Ерлан", "Күтіңіз")] {
        let line = history.split("<li>").find(|line| line.contains(&format!("<bdi>{by}</bdi>")));
        ensure!(line.is_some_and(|line| line.contains(text)), "{by}: {history}");
    }
    desk.world.close()
}

#[test]
fn a_child_who_is_handed_over_has_a_name_in_the_history() -> Result<()> {
    let mut intake = family();
    intake["household"][0]["separated"] = json!({ "found_at": "2-платформа" });
    let desk = Desk::with(&intake)?;
    let who = desk.row()?["household"][0]["id"].as_str().context("no id")?.to_owned();
    let who = format!("household.{who}");
    let operator = desk.world.office.operator("Айгүл")?;
    let release = format!("{}/release", desk.address);
    let first =
        [("who", who.as_str()), ("guardian", "Гүлнар"), ("document", "ЖК 1"), ("step", "first")];
    ensure!(operator.submit(&operator.open(&desk.address)?, &release, &first)?.status == 303);
    let page = desk.page()?;
    let history = page.body.split("class=\"history\"").nth(1).context("no history")?;
    ensure!(history.contains("Бота") && !history.contains(&who), "{history}");
    // Whoever makes accounts is not the second, and is told so.
    ensure!(page.body.contains("An administrator is none of them"), "{}", page.body);
    ensure!(page.body.contains("Гүлнар") && page.form(&release).is_err(), "{}", page.body);
    let second = desk.browser.post(&release, &[("step", "confirm")])?;
    ensure!(second.status == 403, "{second:?}");
    desk.world.close()
}

#[test]
fn what_is_refused_leaves_no_note_behind_and_enter_keeps_what_was_typed() -> Result<()> {
    let mut intake = family();
    intake["person"]["separated"] = json!({ "found_at": "2-платформа" });
    let desk = Desk::with(&intake)?;
    let page = desk.page()?;
    for bed in ["1", "2"] {
        let fields = [("path", "place.bed"), ("value", bed)];
        let sent = desk.browser.submit(&page, &format!("{}/field", desk.address), &fields)?;
        ensure!(sent.status == 303, "{sent:?}");
    }
    let page = desk.page()?;
    let disputed = ("path".to_owned(), "place.bed".to_owned());
    let forms: Vec<_> =
        page.forms().into_iter().filter(|form| form.hidden.contains(&disputed)).collect();
    ensure!(forms.len() == 2, "one to choose, one to write: {forms:?}");
    // Enter presses the first button of its form: that one sends what was typed.
    ensure!(forms[0].buttons.len() == 2 && forms[1].buttons.is_empty(), "{forms:?}");
    let gone = [("path", "person.whereabouts"), ("json", "\"with_relatives\""), ("note", "1")];
    let refused = desk.send("field", &gone)?;
    ensure!(refused.status == 422 && refused.body.contains("two of staff"), "{refused:?}");
    let stale = [("path", "place.bed"), ("json", "\"1\""), ("note", "1"), ("heads", "00")];
    ensure!(desk.send("field", &stale)?.status == 422);
    let page = desk.page()?;
    let notes = page.body.split("id=\"notes\"").nth(1).and_then(|it| it.split("</section>").next());
    let notes = notes.context("no notes")?;
    ensure!(!notes.contains("place") && !notes.contains("<li>"), "{notes}");
    desk.world.close()
}
