//! Staff's edits: one field of an intake (which also settles its conflict), the status, the answer.
//!
//! Each is written on the heads that its form was drawn from: what arrived since is not
//! overwritten but stands beside it. Refuses values of the wrong form with the field's own words.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use beket_directory::{Directory, Judgement};
use beket_model::{
    Answer, Document, Heads, Opened, Reading, Stamp, Status, answer_writes, field_write,
};
use beket_record::{CaseId, Draft, Envelope, Guarded, Header, Part, Record, seal};
use beket_store::Added;
use beket_words::Tongue;
use serde::Deserialize;
use serde_json::{Value, json};

use super::layout;
use super::words::Word;
use crate::App;
use crate::app::{now, record_clock, rng};
use crate::auth::{Speaks, Staff};
use crate::cases::Dossier;
use crate::writer::Batch;

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

/// Why nothing was saved, in words.
struct NotSaved(StatusCode, String);

#[expect(clippy::needless_pass_by_value, reason = "`map_err` hands errors over by value")]
fn wrong(error: impl ToString) -> NotSaved {
    NotSaved(StatusCode::UNPROCESSABLE_ENTITY, error.to_string())
}

impl From<beket_store::StoreError> for NotSaved {
    fn from(error: beket_store::StoreError) -> Self {
        Self(StatusCode::SERVICE_UNAVAILABLE, error.advice().to_owned())
    }
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
    let work = tokio::task::spawn_blocking(move || {
        let unknown = || NotSaved(StatusCode::NOT_FOUND, "there is no such case".to_owned());
        let id = id.parse::<CaseId>().map_err(|_| unknown())?;
        let (version, directory) = app.register()?;
        let records = app.read(|store| store.counting(id))?;
        let dossier = Dossier::open(id, &records, &app.ring).ok_or_else(unknown)?;
        let first = records.iter().map(|fed| fed.record.header());
        let first = first.min_by_key(|h| (h.part, h.made)).ok_or_else(unknown)?.clone();
        edit(&Edit {
            app: &app,
            directory: &directory,
            version,
            dossier: &dossier,
            first,
            by: name,
        })
    });
    match work.await {
        Ok(Ok(())) => Redirect::to(&here).into_response(),
        Ok(Err(NotSaved(code, reason))) => {
            let title = Word::NotSaved.in_(tongue);
            layout::trouble(tongue, Some(&staff), code, title, &reason, &here)
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

/// One edit of one case by one person.
struct Edit<'a> {
    app: &'a App,
    directory: &'a Directory,
    version: (i64, i64),
    dossier: &'a Dossier,
    first: Header,
    by: String,
}

impl Edit<'_> {
    fn stamp(&self) -> Stamp {
        Stamp {
            author: self.app.office.signer.author(),
            by: self.by.clone(),
            at: now().cast_signed(),
        }
    }

    fn intake(&self, path: &str, value: Value, heads: &str) -> Result<(), NotSaved> {
        if path == "kind" {
            return Err(wrong("what a case is stays as it was taken; void it and register anew"));
        }
        let opened = self.dossier.case.intake.as_ref();
        let opened = opened.ok_or_else(|| wrong("this case cannot be read yet"))?;
        let (heads, seen) = seen(opened, heads)?;
        let writes = field_write(&seen, path, value).map_err(wrong)?;
        let mut document = opened.document.clone();
        let change = document.edit(&heads, &writes, &self.stamp(), &mut rng()).map_err(wrong)?;
        let Some(change) = change else { return Ok(()) };
        self.store(&self.later(Part::Intake, opened), &change)
    }

    fn answer(&self, patch: &Value, heads: &str) -> Result<(), NotSaved> {
        if let Some(word) = patch.get("status") {
            self.check_status(word.as_str().unwrap_or_default())?;
        }
        let Some(opened) = &self.dossier.case.answer else {
            return self.first_answer(patch);
        };
        let (heads, seen) = seen(opened, heads)?;
        let writes = answer_writes(&seen, patch).map_err(wrong)?;
        let mut document = opened.document.clone();
        let change = document.edit(&heads, &writes, &self.stamp(), &mut rng()).map_err(wrong)?;
        let Some(change) = change else { return Ok(()) };
        self.store(&self.later(Part::Answer, opened), &change)
    }

    fn later(&self, part: Part, opened: &Opened) -> Envelope {
        Envelope::known(part, self.dossier.id, opened.key.clone())
    }

    /// A status is a word of the kind's own life.
    fn check_status(&self, word: &str) -> Result<(), NotSaved> {
        let kind = self.dossier.intake.as_ref().and_then(|intake| intake.at("kind"));
        let kind = kind.and_then(|kind| serde_json::from_value(kind.clone()).ok());
        match kind.and_then(|kind| Status::of_kind(kind, word)) {
            Some(Status::Appeal(_) | Status::Enquiry(_)) => Ok(()),
            _ => Err(wrong("a case of this kind cannot have that status")),
        }
    }

    fn first_answer(&self, patch: &Value) -> Result<(), NotSaved> {
        let answer: Answer = serde_json::from_value(patch.clone()).map_err(wrong)?;
        let (_, change) = Document::answer(&answer, &self.stamp(), &mut rng()).map_err(wrong)?;
        let recipients = self.directory.recipients(Part::Answer, &self.first.scope);
        let recipients = recipients.ok_or_else(|| wrong("the case's station is not known here"))?;
        let envelope = Envelope::new(Part::Answer, self.dossier.id, recipients, &mut rng());
        self.store(&envelope.map_err(wrong)?, &change)
    }

    fn store(&self, envelope: &Envelope, change: &Guarded) -> Result<(), NotSaved> {
        let draft = Draft {
            envelope,
            lane: self.first.lane,
            scope: &self.first.scope,
            made: record_clock(),
            change,
        };
        let record: Record = seal(draft, &self.app.office.signer, &mut rng()).map_err(wrong)?;
        let judgement = self.directory.judge(&record);
        let purged = || wrong("this case was purged");
        if !matches!(judgement, Judgement::Member(_)) {
            return Err(purged());
        }
        let records = vec![(record, judgement)];
        let batch = Batch { records, version: self.version, now: now(), ..Batch::default() };
        let stored = self.app.writer.store(batch);
        let added =
            stored.map_err(|error| NotSaved(StatusCode::SERVICE_UNAVAILABLE, error.to_string()))?;
        if added.contains(&Added::Barred) { Err(purged()) } else { Ok(()) }
    }
}

/// The state that a form was drawn from, as it read then.
fn seen(opened: &Opened, heads: &str) -> Result<(Heads, Reading), NotSaved> {
    let heads: Heads = heads.parse().map_err(wrong)?;
    let seen = opened.document.read_at(&heads).map_err(wrong)?;
    Ok((heads, seen))
}
