//! What was asked, saved as an enquiry: who calls, and what else they say.

use beket_directory::Directory;
use beket_model::{LinkKind, Phone};
use beket_record::{CaseId, Scope};
use beket_words::{Tongue, fields};
use maud::{Markup, html};
use serde_json::{Value, json};

use super::words::Line;
use super::{Call, this_year};
use crate::App;
use crate::begin::{begin, open_incidents};
use crate::edit::edit;
use crate::not_saved::{NotSaved, Why};
use crate::sought::Asked;

/// Why an enquiry was not saved.
pub(super) enum Wrong {
    Line(Line),
    NotSaved(NotSaved),
}

impl<E: Into<NotSaved>> From<E> for Wrong {
    fn from(error: E) -> Self {
        Self::NotSaved(error.into())
    }
}

pub(super) fn keep(app: &App, by: &str, tongue: Tongue, call: &Call) -> Result<CaseId, Wrong> {
    let (caller, phone) = (call.caller.trim(), call.phone.trim());
    if caller.is_empty() && phone.is_empty() {
        return Err(Wrong::Line(Line::CallerNeeded));
    }
    if !phone.is_empty() && Phone::parse(phone).is_err() {
        return Err(Wrong::Line(Line::BadPhone));
    }
    let scope: Scope =
        call.scope.parse().map_err(|_| Wrong::NotSaved(NotSaved::Because(Why::StationUnknown)))?;
    let open = open_incidents(&*app.directory()?);
    let optional = |text: &str| if text.is_empty() { Value::Null } else { text.into() };
    let told = call.told.trim().replace("\r\n", "\n");
    let narrative = if told.is_empty() { call.q.clone() } else { format!("{}\n{told}", call.q) };
    let more = json!({
        "narrative": narrative,
        "incident": if open.contains(&scope) { scope.to_string().into() } else { Value::Null },
        "household": [{
            "relation": optional(call.relation.trim()),
            "given_name": optional(caller), "phone": optional(phone),
        }],
    });
    let intake = Asked::of(&call.q, this_year()).intake(tongue, this_year(), &more)?;
    let case = begin(app, intake, &scope, by)?;
    if !call.case.is_empty() {
        edit(app, &case.to_string(), by, |edit| {
            edit.link(&call.case, Some(LinkKind::SamePerson.word()), "")?;
            edit.answer(&json!({ "status": "possible" }), "")
        })?;
    }
    Ok(case)
}

pub(super) fn save_form(tongue: Tongue, directory: &Directory, call: &Call, case: &str) -> Markup {
    let incidents = open_incidents(directory);
    let say = |line: Line| line.in_(tongue);
    html! {
        section {
            h2 { (say(Line::SaveEnquiry)) }
            form method="post" action="/hotline/save" {
                @for (name, value) in
                    [("q", &call.q), ("asked", &call.asked), ("answer", &call.answer)] {
                    input type="hidden" name=(name) value=(value);
                }
                input type="hidden" name="case" value=(case);
                div.fields {
                    div { label for="caller" { (say(Line::Caller)) }
                        input id="caller" name="caller" value=(call.caller) maxlength="100" autocomplete="off"; }
                    div { label for="phone" { (say(Line::CallerPhone)) }
                        input id="phone" name="phone" inputmode="tel" value=(call.phone) maxlength="40" autocomplete="off"; }
                    div { label for="relation" { (say(Line::CallerIs)) }
                        select id="relation" name="relation" {
                            option value="" {}
                            @for word in ["parent", "spouse", "child", "sibling", "other"] {
                                option value=(word) selected[word == call.relation] {
                                    (fields::value("relation", &word.into(), tongue)) }
                            }
                        } }
                    div { label for="scope" { (say(Line::Under)) }
                        select id="scope" name="scope" {
                            @for code in &incidents {
                                option value=(code) selected[code.as_str() == call.scope] {
                                    (directory.incident_name(code)) " (" (code) ")" }
                            }
                            @for (code, name) in directory.stations() {
                                option value=(code) selected[code.as_str() == call.scope] { (name) " (" (code) ")" }
                            }
                        } }
                }
                label for="told" { (say(Line::Told)) }
                textarea id="told" name="told" maxlength="5000" { (call.told) }
                p { button { (say(Line::SaveEnquiry)) } }
            }
        }
    }
}
