//! A form that came after its session had ended: what was typed is shown, kept nowhere, and has to be
//! sent again.

use axum::body::{Body, to_bytes};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use beket_words::Tongue;
use maud::html;

use super::layout;
use super::words::Word;

/// Fields into which people write at length.
const WRITTEN: [&str; 12] = [
    "text",
    "told",
    "reason",
    "value",
    "whom",
    "forwarded_to",
    "guardian",
    "document",
    "why",
    "q",
    "caller",
    "label",
];
/// The most bytes of a form that are read.
const MOST_BYTES: usize = 256 * 1024;

pub(crate) async fn page(tongue: Tongue, form: Body) -> Response {
    let bytes = to_bytes(form, MOST_BYTES).await.unwrap_or_default();
    let fields: Vec<(String, String)> = serde_urlencoded::from_bytes(&bytes).unwrap_or_default();
    let written = fields
        .into_iter()
        .filter(|(name, value)| WRITTEN.contains(&name.as_str()) && !value.trim().is_empty());
    let written: Vec<String> = written.map(|(_, value)| value).collect();
    let say = |word: Word| word.in_(tongue);
    let title = say(Word::SessionEnded);
    let body = html! {
        h1 { (title) }
        p.stop role="alert" { (say(Word::SessionEndedWhy))
            @if !written.is_empty() { " " (say(Word::CopyIt)) } }
        @for text in &written {
            textarea readonly aria-label=(say(Word::WhatYouTyped)) { (text) }
        }
        p { a href="/sign-in" target="_blank" { (say(Word::SignInAnew)) } }
    };
    (StatusCode::UNAUTHORIZED, layout::page(tongue, None, title, "/cases", &body)).into_response()
}
