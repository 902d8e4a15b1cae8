//! The choice of language, kept in a cookie.

use axum::Form;
use axum::http::header;
use axum::response::{AppendHeaders, IntoResponse, Redirect};
use beket_words::Tongue;
use serde::Deserialize;

use crate::auth::TONGUE_COOKIE;

#[derive(Debug, Deserialize)]
pub(crate) struct Choice {
    to: String,
    back: String,
}

pub(crate) async fn choose(Form(choice): Form<Choice>) -> impl IntoResponse {
    let tongue = Tongue::of_code(&choice.to).unwrap_or(Tongue::Kk);
    let cookie = format!(
        "{TONGUE_COOKIE}={}; Path=/; Max-Age=31536000; SameSite=Strict; HttpOnly",
        tongue.code()
    );
    (AppendHeaders([(header::SET_COOKIE, cookie)]), Redirect::to(ours(&choice.back)))
}

/// An address that a form gave, if it is one of our own pages: a second slash would name another
/// host.
pub(crate) fn ours(address: &str) -> &str {
    let ours = address.starts_with('/') && !address.starts_with("//");
    let plain = address.chars().all(|c| c.is_ascii_graphic() && c != '\\');
    if ours && plain { address } else { "/cases" }
}
