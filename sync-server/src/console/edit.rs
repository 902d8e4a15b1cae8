//! Forms of one case. What was typed into one that could not be saved stands in it again.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use beket_record::{CaseId, Part};
use beket_words::{Tongue, fields, sentences};
use serde_json::{Value, json};
use tokio::task::JoinError;

use super::words::Word;
use super::{case, layout};
use crate::App;
use crate::auth::{Speaks, Staff};
use crate::cases::origin_of_change;
use crate::decide::Decision;
use crate::edit::{Edit, Sealed};
use crate::not_saved::{NotSaved, Why};

/// A form's fields by name; of one that came twice, the last.
type Fields = BTreeMap<String, String>;

/// What was typed into a field; empty where there was none.
fn typed<'a>(fields: &'a Fields, name: &str) -> &'a str {
    fields.get(name).map_or("", String::as_str)
}

/// One handler for each form: its name is the end of its address.
macro_rules! forms {
    ($($(#[$doc:meta])* $name:ident: $save:expr;)*) => { $(
        $(#[$doc])*
        pub(crate) async fn $name(
            State(app): State<Arc<App>>,
            staff: Staff,
            Speaks(tongue): Speaks,
            Path(id): Path<String>,
            Form(fields): Form<Fields>,
        ) -> Response {
            save(Sent { app, staff, tongue, id, form: stringify!($name), fields }, $save).await
        }
    )* };
}

forms! {
    /// One field, which also settles its conflict.
    field: field_of;
    /// Somebody more of the household.
    member: |edit, fields, _| edit.add_member(&somebody(fields), typed(fields, "heads"));
    /// The status and the answer.
    status: |edit, fields, _| edit.decide(&Decision {
        status: typed(fields, "status"),
        text: fields.get("text").map(String::as_str),
        forwarded_to: fields.get("forwarded_to").map(String::as_str),
        together: fields.contains_key("together"),
        heads: typed(fields, "heads"),
    });
    /// A longer term.
    extend: |edit, fields, _| {
        edit.extend(typed(fields, "due"), typed(fields, "reason"), typed(fields, "heads"))
    };
    /// A part goes to another body.
    part: |edit, fields, _| edit.forward_part(typed(fields, "text"), typed(fields, "whom"));
    /// What the appeal is by law.
    procedure: |edit, fields, _| {
        edit.procedure(typed(fields, "procedure"), typed(fields, "heads"))
    };
    /// Taken by mistake, or valid after all.
    void: |edit, fields, _| {
        let restore = fields.contains_key("restore");
        edit.void((!restore).then(|| typed(fields, "reason")), typed(fields, "heads"))
    };
    /// A note, or one that is taken back.
    note: |edit, fields, _| match fields.get("id") {
        Some(id) => edit.take_back(id),
        None => edit.note(typed(fields, "text")),
    };
    /// What another case is to this one; without a kind, that it is nothing to it any more.
    link: |edit, fields, _| {
        let kind = Some(typed(fields, "kind")).filter(|kind| !kind.is_empty());
        edit.link(typed(fields, "other"), kind, typed(fields, "heads"))
    };
    /// A child alone is handed over, or was none, in two steps.
    release: |edit, fields, _| match typed(fields, "step") {
        "confirm" => edit.confirm_release(typed(fields, "heads"), typed(fields, "intake")),
        "cancel" => edit.cancel_release(typed(fields, "heads")),
        "mistaken" => {
            edit.mistaken(typed(fields, "who"), typed(fields, "why"), typed(fields, "heads"))
        }
        _ => edit.release(
            typed(fields, "who"),
            (typed(fields, "guardian"), typed(fields, "document")),
            typed(fields, "heads"),
        ),
    };
    /// Whoever asks takes the case.
    take: |edit, fields, (staff, _)| {
        edit.review(&json!({ "assigned_to": staff.name }), Some(typed(fields, "heads")))
    };
}

/// A form on its way.
struct Sent {
    app: Arc<App>,
    staff: Staff,
    tongue: Tongue,
    id: String,
    form: &'static str,
    fields: Fields,
}

/// Who sent a form, and in which language they read.
type By<'a> = (&'a Staff, Tongue);

async fn save(
    sent: Sent,
    save: impl FnOnce(&Edit<'_>, &Fields, By<'_>) -> Result<(), NotSaved> + Send + 'static,
) -> Response {
    let Sent { app, staff, tongue, id, form, fields } = sent;
    let here = match id.parse::<CaseId>() {
        Ok(id) => format!("/cases/{id}"),
        Err(_) => "/cases".to_owned(),
    };
    let (by, desk, case) = (staff.clone(), app.clone(), id.clone());
    let work = tokio::task::spawn_blocking(move || {
        let saved =
            crate::edit::edit(&desk, &case, &by.name, |edit| save(edit, &fields, (&by, tongue)));
        (saved, fields)
    });
    match work.await {
        Ok((Ok(()), _)) => Redirect::to(&here).into_response(),
        Ok((Err(not_saved), fields)) => {
            case::again(app, staff, tongue, id, &not_saved, (form, fields)).await
        }
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn field_of(edit: &Edit<'_>, fields: &Fields, (staff, tongue): By<'_>) -> Result<(), NotSaved> {
    let (path, heads) = (typed(fields, "path"), typed(fields, "heads"));
    if path.rsplit('.').next() == Some("needs") {
        let ticked = fields.keys().filter_map(|name| name.strip_prefix("need.")).collect();
        return edit.pen.keep(edit.of_needs(path, &ticked, heads)?);
    }
    let value = new_value(path, fields)?;
    let ours = match path.split_once('.') {
        Some(("answer", path)) => Some((Part::Answer, path)),
        Some(("review", path)) => Some((Part::Review, path)),
        _ => None,
    };
    if let Some(ours) = ours {
        edit.settles(ours, &value, heads, staff.role)?;
    }
    let settled = match ours {
        Some((Part::Answer, path)) => edit.of_answer(&json!({ path: value }), heads)?,
        Some((_, path)) => edit.of_review(&json!({ path: value }), Some(heads))?,
        None => edit.of_intake(&[path.to_owned()], &value, heads)?,
    };
    let noted =
        fields.contains_key("note").then(|| note_of_values(edit, path, tongue)).transpose()?;
    edit.pen.keep(settled.into_iter().chain(noted.flatten()))
}

/// Somebody of a household, by what was typed of them.
fn somebody(fields: &Fields) -> Value {
    let names = ["family_name", "given_name", "patronymic", "relation", "birth_date", "sex"];
    let text = |name: &str| Some(typed(fields, name).trim()).filter(|typed| !typed.is_empty());
    let mut member: serde_json::Map<String, Value> =
        names.into_iter().filter_map(|name| Some((name.to_owned(), text(name)?.into()))).collect();
    if let Some(age) = text("age_years") {
        member.insert("age_years".to_owned(), age.parse::<u64>().map_or(age.into(), Value::from));
    }
    Value::Object(member)
}

/// The value as JSON: a conflict's own, or typed text in the form that the field has.
fn new_value(path: &str, fields: &Fields) -> Result<Value, NotSaved> {
    if let Some(json) = fields.get("json") {
        return serde_json::from_str(json).map_err(|_| NotSaved::Because(Why::NotWritten));
    }
    let text = typed(fields, "value").trim().replace("\r\n", "\n");
    Ok(match path.rsplit('.').next() {
        _ if text.is_empty() => Value::Null,
        Some("age_years") => text.parse::<u64>().map_or_else(|_| json!(text), Value::from),
        _ => json!(text),
    })
}

/// A note of all values of a conflict, each with who wrote it, where and when.
fn note_of_values(edit: &Edit<'_>, path: &str, tongue: Tongue) -> Result<Option<Sealed>, NotSaved> {
    let conflicts = edit.dossier.conflicts();
    let Some((conflict, opened)) = conflicts.iter().find(|(it, _)| it.path == path) else {
        return Ok(None);
    };
    let said = |value| {
        let origin = origin_of_change(edit.pen.directory, opened, value);
        origin.and_then(|origin| origin.kiosk)
    };
    let lines = conflict.values.iter().map(|value| {
        let told = sentences::wrote(tongue, path, value, said(&value.change).as_deref());
        [told.by, told.before, told.value, told.after].concat()
    });
    let title = format!("{}: {}", Word::KeptApart.in_(tongue), fields::name(path, tongue));
    edit.of_note(&[vec![title], lines.collect()].concat().join("\n"))
}

/// What became of a form of no one case: the page it came from again, or why nothing was saved.
pub(super) fn told(
    tongue: Tongue,
    staff: &Staff,
    saved: Result<Result<(), NotSaved>, JoinError>,
    back: &str,
) -> Response {
    match saved {
        Ok(Ok(())) => Redirect::to(back).into_response(),
        Ok(Err(not_saved)) => {
            let title = Word::NotSaved.in_(tongue);
            let why = not_saved.says(tongue);
            layout::trouble(tongue, Some(staff), not_saved.code(), title, &why, back)
        }
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
