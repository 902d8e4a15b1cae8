//! Two cases side by side, field by field, for whoever decides whether they are of one person.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use beket_model::{Reading, full_name};
use beket_record::CaseId;
use beket_words::{Term, Tongue, fields};
use maud::{Markup, html};
use serde_json::Value;

use super::case::verdicts;
use super::layout;
use super::words::Word;
use crate::App;
use crate::auth::{Speaks, Staff};
use crate::cases::Dossier;
use crate::not_saved::Why;
use crate::projection::row::name_of;
use crate::roles::Action;

pub(crate) async fn page(
    State(app): State<Arc<App>>,
    staff: Staff,
    Speaks(tongue): Speaks,
    Path((one, other)): Path<(String, String)>,
) -> Response {
    let ids = [one, other].map(|id| id.parse::<CaseId>().ok());
    let read = tokio::task::spawn_blocking(move || {
        let mut both = Vec::new();
        for id in ids.into_iter().flatten() {
            let records = app.read(|store| store.counting(id))?;
            both.extend(Dossier::open(id, &records, &app.ring));
        }
        Ok::<_, beket_store::StoreError>(both)
    });
    let both = match layout::read(tongue, Some(&staff), read.await) {
        Ok(both) => both,
        Err(page) => return *page,
    };
    let [one, other] = &both[..] else {
        let title = Why::NoSuchCase.in_(tongue);
        let code = StatusCode::NOT_FOUND;
        return layout::trouble(tongue, Some(&staff), code, title, title, "/cases");
    };
    let body = body(tongue, one, other, staff.role.may(Action::Work));
    let here = format!("/cases/{}/compare/{}", one.id, other.id);
    layout::page(tongue, Some(&staff), Word::Compare.in_(tongue), &here, &body).into_response()
}

fn body(tongue: Tongue, one: &Dossier, other: &Dossier, works: bool) -> Markup {
    let (Some(left), Some(right)) = (&one.intake, &other.intake) else {
        return html! { h1 { (Word::Compare.in_(tongue)) } p.wait { (Term::Unreadable.in_(tongue)) } };
    };
    let reviewed = one.case.review.as_ref().map(|opened| opened.document.heads());
    let reviewed = reviewed.unwrap_or_default();
    html! {
        h1 { (Word::WhoIsIt.in_(tongue)) }
        div.scroll tabindex="0" role="region" aria-label=(Word::Compare.in_(tongue)) {
            table.compare {
                thead { tr {
                    td {}
                    @for (case, which) in [(one, Word::ThisCase), (other, Word::OtherCase)] {
                        th scope="col" {
                            span.quiet-text { (which.in_(tongue)) } br;
                            a href={ "/cases/" (case.id) } { (case.reference().unwrap_or("—")) }
                        }
                    }
                    td {}
                } }
                tbody {
                    @for path in paths(left, right) { (row(tongue, left, right, &path)) }
                    tr {
                        th scope="row" { (Term::Household.in_(tongue)) }
                        td { (household(left)) } td { (household(right)) } td {}
                    }
                }
            }
        }
        @if works {
            form.choices method="post" action={ "/cases/" (one.id) "/link" } {
                input type="hidden" name="heads" value=(reviewed);
                (verdicts(tongue, &other.id.to_string(), left.text("kind") == Some("enquiry")))
            }
        }
    }
}

/// Every field of the person and the case that one of them holds.
fn paths(left: &Reading, right: &Reading) -> Vec<String> {
    let person = fields::PERSON.iter().map(|(path, _)| format!("person.{path}"));
    let case = fields::MOVEMENT.iter().chain(fields::PLACE).chain(fields::INTAKE);
    let case = case.map(|(path, _)| (*path).to_owned());
    let all = person.chain(std::iter::once("narrative".to_owned())).chain(case);
    all.filter(|path| given(left, path).is_some() || given(right, path).is_some()).collect()
}

fn given<'a>(reading: &'a Reading, path: &str) -> Option<&'a Value> {
    reading.at(path).filter(|value| match value {
        Value::Array(items) => !items.is_empty(),
        value => !value.is_null(),
    })
}

fn row(tongue: Tongue, left: &Reading, right: &Reading, path: &str) -> Markup {
    let (one, other) = (given(left, path), given(right, path));
    let says = |value: Option<&Value>| value.map(|value| fields::value(path, value, tongue));
    let (word, class) = match (one, other) {
        (Some(one), Some(other)) if one == other => (Word::Same, "safe"),
        (Some(_), Some(_)) => (Word::Differs, "wait"),
        _ => (Word::OnlyHere, ""),
    };
    html! {
        tr {
            th scope="row" { (fields::name(path, tongue)) }
            td { bdi { (says(one).unwrap_or_default()) } }
            td { bdi { (says(other).unwrap_or_default()) } }
            td { span.chip.(class) { (word.in_(tongue)) } }
        }
    }
}

fn household(reading: &Reading) -> Markup {
    let names = reading.household().map(|member| {
        let born = member["birth_date"].as_str().unwrap_or_default();
        format!("{} {born}", full_name(member))
    });
    let own = name_of(Some(reading));
    html! { @for name in std::iter::once(own).chain(names) { div { bdi { (name) } } } }
}
