//! The list of merged cases: newest first, searched across spellings.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use beket_model::{Phone, Reference, fold};
use beket_store::{Store, StoreError};
use beket_words::{Term, Tongue, kind, moment, status};
use maud::{Markup, html};
use rusqlite::{Row, named_params};
use serde::Deserialize;

use super::layout;
use super::words::Word;
use crate::App;
use crate::auth::{Speaks, Staff};

/// Cases on one page.
const PAGE: usize = 50;
/// What is searched for is cut to this many characters.
const MAX_SEARCH_CHARS: usize = 100;

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Filter {
    #[serde(default)]
    q: String,
    /// `conflicts`, or nothing.
    #[serde(default)]
    only: String,
    /// `SECONDS-CASE`: the last case of the page before.
    #[serde(default)]
    after: String,
}

struct Listed {
    case: Vec<u8>,
    reference: String,
    kind: String,
    child_alone: bool,
    station: String,
    person: String,
    status: String,
    conflicts: i64,
    received: i64,
}

impl Listed {
    fn id(&self) -> String {
        data_encoding::HEXLOWER.encode(&self.case)
    }
}

pub(crate) async fn home() -> Redirect {
    Redirect::to("/cases")
}

pub(crate) async fn page(
    State(app): State<Arc<App>>,
    staff: Staff,
    Speaks(tongue): Speaks,
    Query(filter): Query<Filter>,
) -> Response {
    let found = tokio::task::spawn_blocking(move || {
        let listed = app.read(|store| find(store, &filter));
        (listed, filter)
    });
    let Ok((Ok(listed), filter)) = found.await else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let title = Word::Cases.in_(tongue);
    let body = html! {
        h1 { (title) }
        (search_form(tongue, &filter))
        (chips(tongue, &filter))
        @if listed.is_empty() {
            p.wait { (empty(&filter).in_(tongue)) }
        } @else {
            (table(tongue, &listed[..listed.len().min(PAGE)]))
        }
        @if listed.len() > PAGE && let Some(last) = listed.get(PAGE - 1) {
            p { a rel="next" href=(address(&filter, &filter.only, Some(last)))
                { (Word::Older.in_(tongue)) } }
        }
    };
    let here = address(&filter, &filter.only, None);
    layout::page(tongue, Some(&staff), title, &here, &body).into_response()
}

fn empty(filter: &Filter) -> Word {
    let unfiltered = filter.q.trim().is_empty() && filter.only.is_empty();
    if unfiltered { Word::NoCases } else { Word::NothingFound }
}

fn search_form(tongue: Tongue, filter: &Filter) -> Markup {
    html! {
        form.find role="search" method="get" action="/cases" {
            @if !filter.only.is_empty() { input type="hidden" name="only" value=(filter.only); }
            input type="search" name="q" value=(filter.q)
                aria-label=(Word::SearchHelp.in_(tongue))
                placeholder=(Word::SearchHelp.in_(tongue));
            button { (Word::Search.in_(tongue)) }
        }
    }
}

fn chips(tongue: Tongue, filter: &Filter) -> Markup {
    let chips = [("", Word::AllCases), ("conflicts", Word::OnlyConflicts)];
    html! {
        nav.chips {
            @for (only, word) in chips {
                a.chip href=(address(filter, only, None))
                    aria-current=[(filter.only == only).then_some("true")] { (word.in_(tongue)) }
            }
        }
    }
}

fn table(tongue: Tongue, listed: &[Listed]) -> Markup {
    let head = [
        Term::Reference,
        Term::Person,
        Term::KindOf,
        Term::StatusOf,
        Term::Station,
        Term::Received,
    ];
    html! {
        div.scroll { table {
            thead { tr { @for word in head { th scope="col" { (word.in_(tongue)) } } } }
            tbody { @for case in listed { tr {
                td.figure { a href={ "/cases/" (case.id()) } { (name_or_dash(&case.reference)) } }
                td { bdi { (name_or_dash(&case.person)) } }
                td { (kind(&case.kind, tongue)) }
                td {
                    (status(&case.status, tongue)) " "
                    @if case.conflicts > 0 {
                        span.chip.wait { "≠ " (Term::Conflict.in_(tongue)) " · " (case.conflicts) }
                    }
                    @if case.child_alone {
                        " " span.chip.stop { "! " (Term::ChildAlone.in_(tongue)) }
                    }
                }
                td { (name_or_dash(&case.station)) }
                td.figure { time { (moment::local(case.received)) } }
            } } }
        } }
    }
}

fn name_or_dash(text: &str) -> &str {
    if text.is_empty() { "—" } else { text }
}

fn address(filter: &Filter, only: &str, after: Option<&Listed>) -> String {
    let after = after.map(|last| format!("{}-{}", last.received, last.id())).unwrap_or_default();
    let query = form_urlencoded(&[("q", &filter.q), ("only", only), ("after", &after)]);
    format!("/cases?{query}")
}

fn form_urlencoded(pairs: &[(&str, &str)]) -> String {
    let encode = |text: &str| -> String {
        text.bytes()
            .map(|b| match b {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
                    char::from(b).to_string()
                }
                _ => format!("%{b:02X}"),
            })
            .collect()
    };
    let filled = pairs.iter().filter(|(_, value)| !value.is_empty());
    filled.map(|(key, value)| format!("{key}={}", encode(value))).collect::<Vec<_>>().join("&")
}

/// One more than a page, so that the page knows whether another follows.
fn find(store: &mut Store, filter: &Filter) -> Result<Vec<Listed>, StoreError> {
    let q: String = filter.q.trim().chars().take(MAX_SEARCH_CHARS).collect();
    let (before, before_case) = after(&filter.after);
    // Every word in any order: people say a name as they like.
    let folded = fold(&q);
    let words = folded.split_whitespace().collect::<serde_json::Value>().to_string();
    let mut query = store.connection().prepare_cached(
        "SELECT case_id, reference, kind, child_alone, station, person, status, conflicts, received_at
         FROM case_row
         WHERE (:q = '' OR reference = :reference OR instr(numbers, :number) > 0
                OR (:words != '[]' AND NOT EXISTS (
                    SELECT 1 FROM json_each(:words) AS word
                    WHERE instr(folded, word.value) = 0)))
           AND (:only != 'conflicts' OR conflicts > 0)
           AND (received_at, case_id) < (:before, :before_case)
         ORDER BY received_at DESC, case_id DESC LIMIT :limit",
    )?;
    let listed = |row: &Row<'_>| {
        Ok(Listed {
            case: row.get(0)?,
            reference: row.get(1)?,
            kind: row.get(2)?,
            child_alone: row.get(3)?,
            station: row.get(4)?,
            person: row.get(5)?,
            status: row.get(6)?,
            conflicts: row.get(7)?,
            received: row.get(8)?,
        })
    };
    let rows = query.query_map(
        named_params! {
            ":reference": Reference::parse(&q).map(|r| r.to_string()).unwrap_or_default(),
            ":number": number(&q),
            ":q": q,
            ":words": words,
            ":only": filter.only,
            ":before": before,
            ":before_case": before_case,
            ":limit": i64::try_from(PAGE + 1).unwrap_or(i64::MAX),
        },
        listed,
    )?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What a search for an IIN or a phone looks like among a case's numbers.
fn number(q: &str) -> String {
    let plain = Phone::parse(q).map(|phone| phone.to_string());
    let plain = plain.unwrap_or_else(|_| q.chars().filter(char::is_ascii_digit).collect());
    let sought = if plain.len() < 9 { "nothing so short" } else { plain.as_str() };
    format!(" {sought} ")
}

fn after(text: &str) -> (i64, Vec<u8>) {
    let parsed = text.split_once('-').and_then(|(seconds, case)| {
        let case = data_encoding::HEXLOWER.decode(case.as_bytes()).ok()?;
        Some((seconds.parse().ok()?, case))
    });
    parsed.unwrap_or((i64::MAX, Vec::new()))
}
