//! Signing in and out.

use std::sync::Arc;
use std::time::Duration;

use axum::Form;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use beket_words::Tongue;
use maud::{Markup, html};
use serde::Deserialize;

use super::layout;
use super::words::Word;
use crate::App;
use crate::app::now;
use crate::auth::{COOKIE, Speaks, cookie};
use crate::staff;

/// Guessing is slow: a wrong password costs this much time besides its hash, while few others can
/// be tried.
const WRONG_PASSWORD_DELAY: Duration = Duration::from_millis(700);

#[derive(Deserialize)]
pub(crate) struct Credentials {
    name: String,
    password: String,
}

pub(crate) async fn page(Speaks(tongue): Speaks) -> Markup {
    form(tongue, "", false)
}

fn form(tongue: Tongue, name: &str, wrong: bool) -> Markup {
    let title = Word::SignIn.in_(tongue);
    let body = html! {
        h1 { (title) }
        form.narrow method="post" action="/sign-in" {
            @if wrong { p.stop role="alert" { (Word::WrongPassword.in_(tongue)) } }
            label for="name" { (Word::Name.in_(tongue)) }
            input id="name" name="name" value=(name) autocomplete="username" required autofocus;
            label for="password" { (Word::Password.in_(tongue)) }
            input id="password" name="password" type="password"
                autocomplete="current-password" required;
            button { (Word::SignInAction.in_(tongue)) }
        }
    };
    layout::page(tongue, None, title, "/sign-in", &body)
}

pub(crate) async fn submit(
    State(app): State<Arc<App>>,
    Speaks(tongue): Speaks,
    Form(credentials): Form<Credentials>,
) -> Response {
    let name = credentials.name.clone();
    let Ok(_turn) = app.hashing.acquire().await else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let app = app.clone();
    let sign_in = tokio::task::spawn_blocking(move || {
        app.read(|store| staff::sign_in(store, &credentials.name, &credentials.password, now()))
    });
    match sign_in.await {
        Ok(Ok(Some(secret))) => {
            let cookie = format!(
                "{COOKIE}={secret}; Path=/; Max-Age={}; SameSite=Strict; HttpOnly",
                staff::SESSION_SECONDS
            );
            (AppendHeaders([(header::SET_COOKIE, cookie)]), Redirect::to("/cases")).into_response()
        }
        Ok(Ok(None)) => {
            tokio::time::sleep(WRONG_PASSWORD_DELAY).await;
            (StatusCode::FORBIDDEN, form(tongue, &name, true)).into_response()
        }
        Ok(Err(_)) | Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

pub(crate) async fn sign_out(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    if let Some(secret) = cookie(&headers, COOKIE).map(str::to_owned) {
        let end = move || app.read(|store| staff::sign_out(store, &secret));
        if !matches!(tokio::task::spawn_blocking(end).await, Ok(Ok(()))) {
            return StatusCode::SERVICE_UNAVAILABLE.into_response();
        }
    }
    let gone = format!("{COOKIE}=; Path=/; Max-Age=0; SameSite=Strict; HttpOnly");
    (AppendHeaders([(header::SET_COOKIE, gone)]), Redirect::to("/sign-in")).into_response()
}
