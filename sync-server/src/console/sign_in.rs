//! Signing in and out.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Form;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use beket_words::Tongue;
use maud::{Markup, html};
use serde::Deserialize;

use super::account::locked;
use super::account::words::Line;
use super::layout;
use super::words::Word;
use crate::App;
use crate::app::now;
use crate::auth::{COOKIE, Speaks, cookie, network, too_often};
use crate::log::Entry;
use crate::staff::{self, SignIn};

/// Guessing is slow: a wrong password costs this much time besides its hash, while few others can
/// be tried.
const WRONG_PASSWORD_DELAY: Duration = Duration::from_millis(700);

#[derive(Deserialize)]
pub(crate) struct Credentials {
    name: String,
    password: String,
    #[serde(default)]
    code: String,
}

pub(crate) async fn page(Speaks(tongue): Speaks) -> Markup {
    form(tongue, "", None)
}

fn form(tongue: Tongue, name: &str, wrong: Option<&str>) -> Markup {
    let title = Word::SignIn.in_(tongue);
    let body = html! {
        h1 { (title) }
        form.narrow method="post" action="/sign-in" {
            @if let Some(wrong) = wrong { p.stop role="alert" { (wrong) } }
            label for="name" { (Word::Name.in_(tongue)) }
            input id="name" name="name" value=(name) autocomplete="username" required autofocus;
            label for="password" { (Word::Password.in_(tongue)) }
            input id="password" name="password" type="password"
                autocomplete="current-password" required;
            label for="code" { (Line::Code.in_(tongue)) }
            input id="code" name="code" inputmode="numeric" autocomplete="one-time-code";
            button { (Word::SignInAction.in_(tongue)) }
        }
    };
    layout::page(tongue, None, title, "/sign-in", &body)
}

pub(crate) async fn submit(
    State(app): State<Arc<App>>,
    Speaks(tongue): Speaks,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    Form(credentials): Form<Credentials>,
) -> Response {
    if !app.limits.sign_ins.allows(network(app.reached, peer, &headers), now()) {
        return too_often(tongue, None);
    }
    let name = credentials.name.clone();
    let Ok(_turn) = app.hashing.acquire().await else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let app = app.clone();
    let desk = app.clone();
    let sign_in = tokio::task::spawn_blocking(move || {
        let Credentials { name, password, code } = credentials;
        desk.read(|store| staff::sign_in(store, &name, &password, &code, now()))
    });
    let Ok(Ok(became)) = sign_in.await else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let status = if matches!(became, SignIn::In(_)) { 303 } else { 403 };
    let (who, did) = (name.chars().take(60).collect(), "POST /sign-in".to_owned());
    app.log.note(Entry { n: 0, at: now(), who, did, detail: String::new(), status });
    match became {
        SignIn::In(secret) => {
            let cookie = format!(
                "{COOKIE}={secret}; Path=/; Max-Age={}; SameSite=Strict; HttpOnly{}",
                staff::SESSION_SECONDS,
                if app.reached.is_safe() { "; Secure" } else { "" }
            );
            (AppendHeaders([(header::SET_COOKIE, cookie)]), Redirect::to("/cases")).into_response()
        }
        wrong => {
            tokio::time::sleep(WRONG_PASSWORD_DELAY).await;
            let says = match wrong {
                SignIn::Locked(until) => locked(tongue, until),
                SignIn::CodeNeeded => Line::CodeNeeded.in_(tongue).to_owned(),
                _ => Word::WrongPassword.in_(tongue).to_owned(),
            };
            (StatusCode::FORBIDDEN, form(tongue, &name, Some(&says))).into_response()
        }
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
