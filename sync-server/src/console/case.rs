//! One case: conflicts first, then what was said, with its history beside it.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use beket_directory::Directory;
use beket_model::{Event, Heads, Opened, Reading, Status};
use beket_record::CaseId;
use beket_words::{Term, Tongue, fields, kind, moment, sentences, status};
use maud::{Markup, html};
use serde_json::Value;

use super::layout;
use super::words::Word;
use crate::App;
use crate::auth::{Speaks, Staff};
use crate::cases::{Dossier, origin_of_change};
use crate::projection::row::name_of;
use crate::roles::Action;

pub(crate) async fn page(
    State(app): State<Arc<App>>,
    staff: Staff,
    Speaks(tongue): Speaks,
    Path(id): Path<String>,
) -> Response {
    let here =
        format!("/cases/{}", id.chars().filter(char::is_ascii_alphanumeric).collect::<String>());
    let no_such = |staff: &Staff| {
        let title = Word::NoSuchCase.in_(tongue);
        layout::trouble(tongue, Some(staff), StatusCode::NOT_FOUND, title, title, "/cases")
    };
    let Ok(id) = id.parse::<CaseId>() else { return no_such(&staff) };
    let read = tokio::task::spawn_blocking(move || {
        let directory = app.directory()?;
        let records = app.read(|store| store.counting(id))?;
        Ok::<_, beket_store::StoreError>((Dossier::open(id, &records, &app.ring), directory))
    });
    match read.await {
        Ok(Ok((Some(dossier), directory))) => {
            let title = dossier.reference().unwrap_or_else(|| Term::Unreadable.in_(tongue));
            let works = staff.role.may(Action::Work);
            let body = body(tongue, &dossier, &directory, works);
            layout::page(tongue, Some(&staff), title, &here, &body).into_response()
        }
        Ok(Ok((None, _))) => no_such(&staff),
        Ok(Err(_)) | Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

fn body(tongue: Tongue, dossier: &Dossier, directory: &Directory, works: bool) -> Markup {
    let intake = dossier.intake.as_ref();
    let name = name_of(intake);
    let status_word = dossier.status().map(Status::word).unwrap_or_default();
    let child_alone = intake.is_some_and(Reading::has_child_alone);
    let nameless = if child_alone { Term::ChildAlone } else { Term::Nameless };
    let kind_word = intake.and_then(|intake| intake.text("kind")).unwrap_or_default();
    html! {
        h1 { bdi { (if name.is_empty() { nameless.in_(tongue) } else { &name }) } }
        p.chips {
            @if child_alone { span.chip.stop { "! " (Term::ChildAlone.in_(tongue)) } }
            span.chip.figure { (dossier.reference().unwrap_or("—")) }
            span.chip { (kind(kind_word, tongue)) }
            span.chip { (status(&status_word, tongue)) }
            span.chip { (place(tongue, dossier.taken.map(|a| crate::cases::origin(directory, &a)).as_ref())) }
            span.chip { (Term::Received.in_(tongue)) " " time { (moment::local(dossier.received.cast_signed())) } }
        }
        (conflicts(tongue, dossier, directory, works))
        (unread(tongue, dossier))
        div.case {
            div {
                @match intake {
                    Some(intake) => (said(tongue, intake)),
                    None => p.wait { (Term::Unreadable.in_(tongue)) },
                }
            }
            aside {
                @if works && let Some(intake) = intake { (decide(tongue, dossier, intake)) }
                (history(tongue, dossier, directory))
            }
        }
    }
}

fn conflicts(tongue: Tongue, dossier: &Dossier, directory: &Directory, works: bool) -> Markup {
    let conflicts = dossier.conflicts();
    html! {
        @if !conflicts.is_empty() {
            section.wait aria-labelledby="conflicts" {
                h2 id="conflicts" { "≠ " (Term::Conflicts.in_(tongue)) }
                p { (Term::WithoutSeeing.in_(tongue)) }
                @for (conflict, opened) in conflicts {
                    div.conflict {
                        h3 { (fields::name(&conflict.path, tongue)) }
                        @for value in &conflict.values {
                            @let origin = origin_of_change(directory, opened, &value.change);
                            @let kiosk = origin.as_ref().and_then(|from| from.kiosk.as_deref());
                            @let told = sentences::wrote(tongue, &conflict.path, value, kiosk);
                            p { bdi { (told.by) } (told.before) strong { bdi { (told.value) } } (told.after) }
                        }
                        @if works { form.choices method="post" action={ "/cases/" (dossier.id) "/field" } {
                            input type="hidden" name="path" value=(conflict.path);
                            input type="hidden" name="heads" value=(opened.document.heads());
                            @for value in &conflict.values {
                                button.choice name="json" value=(value.value) {
                                    (Word::Keep.in_(tongue)) ": "
                                    (fields::value(&conflict.path, &value.value, tongue))
                                }
                            }
                        } }
                    }
                }
            }
        }
    }
}

/// Where it was written: the kiosk's name, or the office.
fn place(tongue: Tongue, origin: Option<&crate::cases::Origin>) -> String {
    sentences::place(tongue, origin.and_then(|origin| origin.kiosk.as_deref()))
}

fn unread(tongue: Tongue, dossier: &Dossier) -> Markup {
    html! {
        @if !dossier.case.unread.is_empty() {
            section.wait {
                h2 { (Term::Unread.in_(tongue)) }
                ul { @for unread in &dossier.case.unread { li { (unread.reason) } } }
            }
        }
    }
}

fn said(tongue: Tongue, intake: &Reading) -> Markup {
    let person = |path: &str| format!("person.{path}");
    html! {
        @if let Some(words) = intake.text("narrative") {
            section { h2 { (Term::Narrative.in_(tongue)) } p.words { bdi { (words) } } }
        }
        @if fields::PERSON.iter().any(|(path, _)| given(intake, &person(path)).is_some()) {
            section {
                h2 { (Term::Person.in_(tongue)) }
                dl {
                    @for (path, word) in fields::PERSON {
                        (pair(tongue, intake, &person(path), *word))
                    }
                }
            }
        }
        (household(tongue, intake))
        (block(tongue, intake, Term::Journey, fields::MOVEMENT))
        (block(tongue, intake, Term::PlaceOf, fields::PLACE))
        (block(tongue, intake, Term::Registration, fields::INTAKE))
    }
}

fn block(tongue: Tongue, intake: &Reading, title: Term, listed: &[(&str, Term)]) -> Markup {
    let any = listed.iter().any(|(path, _)| given(intake, path).is_some());
    html! {
        @if any {
            section {
                h2 { (title.in_(tongue)) }
                dl { @for (path, word) in listed { (pair(tongue, intake, path, *word)) } }
            }
        }
    }
}

/// What was said at a path, if anything was.
fn given<'a>(intake: &'a Reading, path: &str) -> Option<&'a Value> {
    intake.at(path).filter(|value| match value {
        Value::Array(items) => !items.is_empty(),
        value => !value.is_null(),
    })
}

fn pair(tongue: Tongue, intake: &Reading, path: &str, word: Term) -> Markup {
    html! {
        @if let Some(value) = given(intake, path) {
            dt { (word.in_(tongue)) }
            dd { bdi { (fields::value(path, value, tongue)) } }
        }
    }
}

fn household(tongue: Tongue, intake: &Reading) -> Markup {
    let members: Vec<&Value> =
        intake.at("household").and_then(Value::as_array).into_iter().flatten().collect();
    html! {
        @if !members.is_empty() {
            section {
                h2 { (Term::Household.in_(tongue)) }
                @for member in members {
                    @let id = member["id"].as_str().unwrap_or_default();
                    @let gone = member["removed"] == Value::Bool(true);
                    div.member.removed[gone] {
                        @if gone { p { (Term::Removed.in_(tongue)) } }
                        dl {
                            @for (path, word) in fields::PERSON {
                                (pair(tongue, intake, &format!("household.{id}.{path}"), *word))
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The heads that the status form must be written on: the answer's, or for a person's whereabouts
/// the intake's.
fn status_heads(dossier: &Dossier) -> Heads {
    let document = match dossier.status() {
        Some(Status::Person(_)) => dossier.case.intake.as_ref(),
        _ => dossier.case.answer.as_ref(),
    };
    document.map(|opened| opened.document.heads()).unwrap_or_default()
}

fn decide(tongue: Tongue, dossier: &Dossier, intake: &Reading) -> Markup {
    let now = dossier.status();
    let answer = dossier.answer.as_ref().and_then(|answer| answer.text("text")).unwrap_or_default();
    let for_person = matches!(now, Some(Status::Person(_)));
    html! {
        @if now != Some(Status::Void) { div {
            h2 { (if for_person { Term::Whereabouts } else { Term::Answer }.in_(tongue)) }
            form method="post" action={ "/cases/" (dossier.id) "/status" } {
                input type="hidden" name="heads" value=(status_heads(dossier));
                label for="status" { (Term::StatusOf.in_(tongue)) }
                select id="status" name="status" {
                    @if let Some(now) = now {
                        option value=(now.word()) selected { (status(&now.word(), tongue)) }
                        @for next in now.next() {
                            option value=(next.word()) { (status(&next.word(), tongue)) }
                        }
                    }
                }
                @if !for_person {
                    label for="text" { (Term::AnswerText.in_(tongue)) }
                    textarea id="text" name="text" lang=(intake.text("language").unwrap_or("kk"))
                        { (answer) }
                }
                button { (Word::SetStatus.in_(tongue)) }
            }
        } }
        @if let Some(opened) = &dossier.case.intake { (correct(tongue, dossier, opened)) }
    }
}

fn correct(tongue: Tongue, dossier: &Dossier, opened: &Opened) -> Markup {
    let person = fields::PERSON.iter().filter(|(path, _)| !matches!(*path, "relation" | "needs"));
    let person = person.map(|(path, word)| (format!("person.{path}"), *word));
    let others = fields::MOVEMENT.iter().chain(fields::PLACE).chain(fields::INTAKE);
    let others = others.map(|(path, word)| ((*path).to_owned(), *word));
    html! {
        div {
            h2 { (Word::CorrectField.in_(tongue)) }
            form method="post" action={ "/cases/" (dossier.id) "/field" } {
                input type="hidden" name="heads" value=(opened.document.heads());
                label for="path" { (Word::Field.in_(tongue)) }
                select id="path" name="path" {
                    @for (path, word) in person.chain(others) {
                        option value=(path) { (word.in_(tongue)) }
                    }
                }
                label for="value" { (Word::NewValue.in_(tongue)) }
                input id="value" name="value" autocomplete="off";
                button { (Word::Correct.in_(tongue)) }
            }
        }
    }
}

fn history(tongue: Tongue, dossier: &Dossier, directory: &Directory) -> Markup {
    let of = |opened: &Option<Opened>,
              prefix: &'static str|
     -> Vec<(Event, Option<crate::cases::Origin>, &'static str)> {
        let events = opened.as_ref().map(|opened| (opened, opened.document.history()));
        let placed = events.into_iter().flat_map(|(opened, events)| {
            events.into_iter().map(move |event| {
                let origin = origin_of_change(directory, opened, &event.change);
                (event, origin, prefix)
            })
        });
        placed.collect()
    };
    let mut events = of(&dossier.case.intake, "");
    events.extend(of(&dossier.case.answer, "answer."));
    events.sort_by_key(|(event, _, _)| std::cmp::Reverse(event.at));
    html! {
        div {
            h2 { (Term::History.in_(tongue)) }
            ol.history { @for (event, origin, prefix) in &events { li {
                strong { bdi { (event.by) } } " "
                @if event.wrote.is_empty() {
                    @if prefix.is_empty() { (Term::TookIt.in_(tongue)) }
                    @else { (Term::Answer.in_(tongue)) }
                } @else { (Term::Changed.in_(tongue)) ":" }
                @for (path, value) in &event.wrote {
                    @let path = format!("{prefix}{path}");
                    @if !value.is_object() {
                        div { (fields::name(&path, tongue)) " → "
                              bdi { (fields::value(&path, value, tongue)) } }
                    }
                }
                div.quiet-text {
                    (place(tongue, origin.as_ref())) ", " time { (moment::local(event.at)) }
                }
            } } }
        }
    }
}
