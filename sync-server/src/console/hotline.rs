//! The telephone: one line of what a caller knows, one thing asked back, and only then what may be
//! said. What was asked is saved as an enquiry.
//!
//! Forms are sent, never kept in an address: who is looked for stays out of logs and histories.

mod enquiry;
mod words;

use std::sync::Arc;

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use beket_directory::Directory;
use beket_store::StoreError;
use beket_words::{Term, Tongue, fields, moment};
use maud::{Markup, html};
use serde::Deserialize;

use super::layout;
use crate::App;
use crate::app::now;
use crate::auth::{Speaks, Staff};
use crate::cases::{Dossier, origin};
use crate::log::Told;
use crate::projection::row::name_of;
use crate::sought::{self, Asked, MaySay, Possible, Question, find};
use enquiry::{Wrong, keep, save_form};
use words::Line;

/// What staff typed so far.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Call {
    /// What the caller knows.
    q: String,
    /// What was asked back, and the answer.
    asked: String,
    answer: String,
    /// Of an enquiry to save.
    caller: String,
    phone: String,
    relation: String,
    told: String,
    scope: String,
    /// A case that the answer agreed with.
    case: String,
}

/// Somebody with whom the answer agrees, and what may be said of them.
struct Confirmed {
    possible: Possible,
    dossier: Dossier,
    may: MaySay,
}

/// How far a call has come.
enum Stage {
    Begun,
    TooLittle,
    Nobody,
    /// So many may be the one; what to ask back, if there is anything.
    Ask(usize, Option<Question>),
    NotConfirmed,
    Confirmed(Vec<Confirmed>),
}

impl Stage {
    /// Whose cases are shown.
    fn disclosed(&self) -> String {
        let Self::Confirmed(all) = self else { return String::new() };
        let cases = all.iter().map(|one| match one.dossier.reference() {
            Some(reference) => reference,
            None => &one.possible.case,
        });
        cases.collect::<Vec<_>>().join(", ")
    }
}

pub(crate) async fn page(
    State(app): State<Arc<App>>,
    staff: Staff,
    speaks: Speaks,
    told: Told,
) -> Response {
    draw(app, staff, speaks, told, Call::default(), None).await
}

/// Looks, or compares an answer.
pub(crate) async fn ask(
    State(app): State<Arc<App>>,
    staff: Staff,
    speaks: Speaks,
    told: Told,
    Form(call): Form<Call>,
) -> Response {
    draw(app, staff, speaks, told, call, None).await
}

/// Saves what was asked as an enquiry.
pub(crate) async fn save(
    State(app): State<Arc<App>>,
    staff: Staff,
    Speaks(tongue): Speaks,
    told: Told,
    Form(call): Form<Call>,
) -> Response {
    let (desk, by, kept) = (app.clone(), staff.name.clone(), call.clone());
    told.that(call.q.clone());
    let work = tokio::task::spawn_blocking(move || keep(&desk, &by, tongue, &call));
    match work.await {
        Ok(Ok(case)) => {
            told.that(case.to_string());
            Redirect::to(&format!("/cases/{case}")).into_response()
        }
        Ok(Err(wrong)) => draw(app, staff, Speaks(tongue), told, kept, Some(wrong)).await,
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

async fn draw(
    app: Arc<App>,
    staff: Staff,
    Speaks(tongue): Speaks,
    told: Told,
    call: Call,
    wrong: Option<Wrong>,
) -> Response {
    let code = match wrong {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let drawn = tokio::task::spawn_blocking(move || {
        let directory = app.directory()?;
        let stage = stage(&app, &call)?;
        let drawn = body(tongue, &directory, &call, &stage, wrong.as_ref());
        Ok::<_, StoreError>((drawn, stage.disclosed()))
    });
    let title = Line::Title.in_(tongue);
    match layout::read(tongue, Some(&staff), drawn.await) {
        Ok((body, disclosed)) => {
            let page = layout::page(tongue, Some(&staff), title, "/hotline", &body);
            told.that(disclosed);
            (code, page).into_response()
        }
        Err(page) => *page,
    }
}

fn this_year() -> i16 {
    moment::day(now().cast_signed()).map_or(0, jiff::civil::Date::year)
}

fn stage(app: &App, call: &Call) -> Result<Stage, StoreError> {
    if call.q.trim().is_empty() {
        return Ok(Stage::Begun);
    }
    let asked = Asked::of(&call.q, this_year());
    let look =
        |asked: &Asked| app.read(|store| find(store.connection(), asked, now().cast_signed()));
    let Some(question) = Question::of(&call.asked) else {
        let found = look(&asked)?;
        return Ok(match found.len() {
            0 if asked.is_enough() => Stage::Nobody,
            0 => Stage::TooLittle,
            many => Stage::Ask(many, Question::about(&asked, &found)),
        });
    };
    let found = look(&asked.knowing(question, &call.answer, this_year()))?;
    let mut confirmed = Vec::new();
    for possible in sought::confirmed(found, question, &call.answer, &asked, this_year()) {
        let Ok(id) = possible.case.parse() else { continue };
        let records = app.read(|store| store.counting(id))?;
        let Some(dossier) = Dossier::open(id, &records, &app.ring) else { continue };
        let may = MaySay::of(dossier.intake.as_ref(), possible.is_child_alone);
        confirmed.push(Confirmed { possible, dossier, may });
    }
    Ok(if confirmed.is_empty() { Stage::NotConfirmed } else { Stage::Confirmed(confirmed) })
}

fn body(
    tongue: Tongue,
    directory: &Directory,
    call: &Call,
    stage: &Stage,
    wrong: Option<&Wrong>,
) -> Markup {
    let say = |line: Line| line.in_(tongue);
    html! {
        h1 { (say(Line::Title)) }
        form.hotline method="post" action="/hotline" {
            label for="q" { (say(Line::WhatTheyKnow)) }
            p.hint #q-help { (say(Line::Help)) }
            div.find {
                input id="q" type="search" name="q" value=(call.q) required maxlength="200"
                    autocomplete="off" autofocus[matches!(stage, Stage::Begun)]
                    aria-keyshortcuts="/" aria-describedby="q-help";
                button { (say(Line::Look)) }
            }
        }
        @if let Some(wrong) = wrong {
            p.stop role="alert" { (match wrong {
                Wrong::Line(line) => say(*line).to_owned(),
                Wrong::NotSaved(why) => why.says(tongue),
            }) }
        }
        @match stage {
            Stage::Begun => {}
            Stage::TooLittle => p.wait role="status" { (say(Line::TooLittle)) },
            Stage::Nobody => { p.wait role="status" { (say(Line::Nobody)) } (save_form(tongue, directory, call, "")) }
            Stage::Ask(many, question) => (ask_back(tongue, directory, call, *many, *question)),
            Stage::NotConfirmed => {
                p.wait role="status" { (say(Line::NotConfirmed)) }
                (save_form(tongue, directory, call, ""))
            }
            Stage::Confirmed(all) => {
                @for one in all { (confirmed(tongue, directory, one)) }
                @let case = if all.len() == 1 { all[0].possible.case.as_str() } else { "" };
                (save_form(tongue, directory, call, case))
            }
        }
    }
}

fn ask_back(
    tongue: Tongue,
    directory: &Directory,
    call: &Call,
    many: usize,
    question: Option<Question>,
) -> Markup {
    let Some(question) = question else {
        return html! {
            p.wait role="status" { (Line::NothingToAsk.in_(tongue)) }
            (save_form(tongue, directory, call, ""))
        };
    };
    let ask = match question {
        Question::Birth => Line::AskBirth,
        Question::Patronymic => Line::AskPatronymic,
        Question::Town => Line::AskTown,
        Question::Phone => Line::AskPhone,
        Question::Clothing => Line::AskClothing,
        Question::Found => Line::AskFound,
    };
    html! {
        section.wait role="status" {
            p { (may_be(tongue, many)) " " (Line::SayNothingYet.in_(tongue)) }
            form method="post" action="/hotline" {
                input type="hidden" name="q" value=(call.q);
                input type="hidden" name="asked" value=(question.word());
                label.ask for="answer" { (ask.in_(tongue)) }
                div.find {
                    input id="answer" name="answer" required maxlength="100" autocomplete="off"
                        autofocus aria-label=(Line::Answer.in_(tongue));
                    button { (Line::Compare.in_(tongue)) }
                }
            }
        }
    }
}

fn may_be(tongue: Tongue, many: usize) -> String {
    let many = many as u64;
    match tongue {
        Tongue::Kk => format!("Сипаттамаға {many} адам сәйкес келеді."),
        Tongue::Ru => {
            let people = beket_words::numbers::russian(many, ["человек", "человека", "человек"]);
            let fits = beket_words::numbers::russian(many, ["подходит", "подходят", "подходит"]);
            format!("По описанию {fits} {many} {people}.")
        }
        Tongue::En => {
            let people = beket_words::numbers::english(many, ["person", "people"]);
            format!("{many} {people} may be the one.")
        }
    }
}

fn confirmed(tongue: Tongue, directory: &Directory, one: &Confirmed) -> Markup {
    let (rule, class) = match one.may {
        MaySay::Yes => (Line::MayBeTold, "safe"),
        MaySay::AskFirst => (Line::AskThemFirst, "wait"),
        MaySay::No => (Line::MayNotBeTold, "stop"),
        MaySay::Child => (Line::ChildHere, "stop"),
    };
    let intake = one.dossier.intake.as_ref();
    html! {
        section.confirmed.(class) role="status" {
            h2 { (Line::Confirmed.in_(tongue)) }
            p { strong { (rule.in_(tongue)) } }
            @if one.may == MaySay::Yes { (whereabouts(tongue, directory, one)) }
            p { a href={ "/cases/" (one.possible.case) } { (Line::OpenCase.in_(tongue)) ": "
                (one.dossier.reference().unwrap_or("—")) }
                @if one.may != MaySay::Child { " " bdi { (name_of(intake)) } } }
        }
    }
}

/// Where somebody is who agreed that family may be told.
fn whereabouts(tongue: Tongue, directory: &Directory, one: &Confirmed) -> Markup {
    let intake = one.dossier.intake.as_ref();
    let said = |path: &str| {
        let value = intake.and_then(|intake| intake.at(path)).filter(|value| !value.is_null());
        value.map(|value| fields::value(path, value, tongue))
    };
    let own = one.possible.person["whereabouts"].as_str();
    let own = own.map(|word| fields::value("whereabouts", &word.into(), tongue));
    let station = one.dossier.taken.and_then(|author| origin(directory, &author).station);
    let station = station.map(|code| {
        let known = directory.stations().find(|(known, _)| known.as_str() == code);
        known.map_or(code.clone(), |(_, name)| format!("{name} ({code})"))
    });
    html! {
        dl {
            @for (term, value) in [
                (Line::Where.in_(tongue), own),
                (Term::Station.in_(tongue), station),
                (Term::Site.in_(tongue), said("place.site")),
                (Term::To.in_(tongue), said("movement.to")),
                (Term::Onward.in_(tongue), said("movement.onward")),
                (Line::Since.in_(tongue), Some(moment::spoken(one.dossier.handed_in().cast_signed(), tongue))),
            ] {
                @if let Some(value) = value { dt { (term) } dd { bdi { (value) } } }
            }
        }
    }
}
