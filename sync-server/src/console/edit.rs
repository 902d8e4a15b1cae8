//! Forms of one case: one field of an intake (which also settles its conflict), the status, the
//! answer.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use beket_model::Status;
use beket_record::CaseId;
use beket_words::Tongue;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::task::JoinError;

use super::layout;
use super::words::Word;
use crate::App;
use crate::auth::{Speaks, Staff};
use crate::edit::{Edit, NotSaved, wrong};

#[derive(Debug, Deserialize)]
pub(crate) struct FieldForm {
    path: String,
    heads: String,
    /// Typed text; empty clears.
    #[serde(default)]
    value: String,
    /// A value of a conflict, exactly.
    json: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct StatusForm {
    status: String,
    heads: String,
    text: Option<String>,
}

pub(crate) async fn field(
    State(app): State<Arc<App>>,
    staff: Staff,
    Speaks(tongue): Speaks,
    Path(id): Path<String>,
    Form(form): Form<FieldForm>,
) -> Response {
    save(app, staff, tongue, id, move |edit| match form.path.strip_prefix("answer.") {
        Some(path) => edit.answer(&json!({ path: form.new_value(path)? }), &form.heads),
        None => edit.intake(&form.path, form.new_value(&form.path)?, &form.heads),
    })
    .await
}

pub(crate) async fn status(
    State(app): State<Arc<App>>,
    staff: Staff,
    Speaks(tongue): Speaks,
    Path(id): Path<String>,
    Form(form): Form<StatusForm>,
) -> Response {
    save(app, staff, tongue, id, move |edit| {
        let now = edit.dossier.status().ok_or_else(|| wrong("this case cannot be read yet"))?;
        let next = now.next().into_iter().chain([now]).find(|next| next.word() == form.status);
        match next {
            None | Some(Status::Void) => {
                return Err(wrong("that status cannot follow the one that the case has now"));
            }
            Some(Status::Person(_)) => {
                return edit.intake("person.whereabouts", json!(form.status), &form.heads);
            }
            Some(Status::Appeal(_) | Status::Enquiry(_)) => {}
        }
        let mut patch = json!({ "status": form.status });
        if let Some(text) = &form.text {
            let text = text.replace("\r\n", "\n");
            patch["text"] = if text.is_empty() { Value::Null } else { text.into() };
        }
        edit.answer(&patch, &form.heads)
    })
    .await
}

async fn save(
    app: Arc<App>,
    staff: Staff,
    tongue: Tongue,
    id: String,
    edit: impl FnOnce(&Edit<'_>) -> Result<(), NotSaved> + Send + 'static,
) -> Response {
    let here = match id.parse::<CaseId>() {
        Ok(id) => format!("/cases/{id}"),
        Err(_) => "/cases".to_owned(),
    };
    let name = staff.name.clone();
    let work = tokio::task::spawn_blocking(move || crate::edit::edit(&app, &id, &name, edit));
    told(tongue, &staff, work.await, &here)
}

/// What became of a form: the page it came from again, or why nothing was saved.
pub(super) fn told(
    tongue: Tongue,
    staff: &Staff,
    saved: Result<Result<(), NotSaved>, JoinError>,
    back: &str,
) -> Response {
    match saved {
        Ok(Ok(())) => Redirect::to(back).into_response(),
        Ok(Err(NotSaved(code, reason))) => {
            let title = Word::NotSaved.in_(tongue);
            layout::trouble(tongue, Some(staff), code, title, &reason, back)
        }
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

impl FieldForm {
    /// The value as JSON: a conflict's own, or typed text in the form that the field has.
    fn new_value(&self, path: &str) -> Result<Value, NotSaved> {
        if let Some(json) = &self.json {
            return serde_json::from_str(json).map_err(wrong);
        }
        let text = self.value.trim();
        Ok(match path.rsplit('.').next() {
            _ if text.is_empty() => Value::Null,
            Some("age_years") => text.parse::<u64>().map_or_else(|_| json!(text), Value::from),
            _ => json!(text),
        })
    }
}
