//! The log: who saw and did what, the last first.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use beket_store::StoreError;
use beket_words::{Tongue, moment};
use maud::{Markup, html};
use serde::Deserialize;

use super::account::words::Line;
use super::layout;
use crate::App;
use crate::auth::{HUNG_UP, Speaks, Staff};
use crate::log::{Entry, PAGE, before};
use crate::staff;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    who: String,
    /// Where the page begins.
    before: String,
}

pub(crate) async fn page(
    State(app): State<Arc<App>>,
    staff: Staff,
    Speaks(tongue): Speaks,
    Query(asked): Query<Asked>,
) -> Response {
    let drawn = tokio::task::spawn_blocking(move || {
        app.read(|store| {
            let from = asked.before.parse().unwrap_or(i64::MAX);
            let entries = before(store, from, &asked.who)?;
            let names: Vec<String> = staff::all(store)?.into_iter().map(|it| it.name).collect();
            Ok::<_, StoreError>(body(tongue, &entries, &names, &asked.who))
        })
    });
    let title = Line::Log.in_(tongue);
    match layout::read(tongue, Some(&staff), drawn.await) {
        Ok(body) => layout::page(tongue, Some(&staff), title, "/log", &body).into_response(),
        Err(page) => *page,
    }
}

fn body(tongue: Tongue, entries: &[Entry], names: &[String], who: &str) -> Markup {
    let say = |line: Line| line.in_(tongue);
    let older = entries.last().filter(|_| i64::try_from(entries.len()).is_ok_and(|n| n == PAGE));
    html! {
        h1 { (say(Line::Log)) }
        p.quiet-text { (say(Line::LogHelp)) }
        form.inline.choose method="get" action="/log" {
            select name="who" aria-label=(say(Line::OnlyOf)) {
                option value="" {}
                @for name in names { option value=(name) selected[name == who] { (name) } }
            }
            button.choice { (say(Line::Show)) }
        }
        @if entries.is_empty() { p.wait { (say(Line::Empty)) } }
        @else { div.scroll tabindex="0" role="region" aria-label=(say(Line::Log)) { table {
            thead { tr { th scope="col" { (say(Line::When)) } th scope="col" { (say(Line::Name)) }
                th scope="col" { (say(Line::Did)) } th scope="col" { (say(Line::Outcome)) } } }
            tbody { @for entry in entries { (row(tongue, entry)) } }
        } } }
        @if let Some(older) = older {
            @let query = serde_urlencoded::to_string([("who", who), ("before", &older.n.to_string())]);
            p { a rel="next" href={ "/log?" (query.unwrap_or_default()) } { (say(Line::Older)) } }
        }
    }
}

fn row(tongue: Tongue, entry: &Entry) -> Markup {
    let say = |line: Line| line.in_(tongue);
    let (method, path) = entry.did.split_once(' ').unwrap_or(("", &entry.did));
    let did = if method == "GET" { Line::Saw } else { Line::Changed };
    html! {
        tr {
            td.figure { time { (moment::spoken(entry.at.cast_signed(), tongue)) } }
            td { bdi { (entry.who) } }
            td.address { (say(did)) " " @if path.starts_with("/cases/") && method == "GET" { a href=(path) { (path) } } @else { (path) }
                @if !entry.detail.is_empty() { div.quiet-text { bdi { (entry.detail) } } } }
            td { @match entry.status {
                HUNG_UP => span.chip { (say(Line::HungUp)) },
                403 => span.chip.stop { (say(Line::Refused)) },
                400.. => span.chip.wait { (say(Line::Failed)) },
                _ => "✓",
            } }
        }
    }
}
