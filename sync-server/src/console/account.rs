//! One's own account: another password, a code from a telephone.

pub(super) mod words;

use std::sync::Arc;

use axum::Form;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use beket_store::{Store, StoreError};
use beket_words::{Tongue, moment};
use maud::{Markup, html};
use serde::Deserialize;

use super::kiosks::squares;
use super::layout;
use crate::App;
use crate::app::now;
use crate::auth::{COOKIE, Speaks, Staff, cookie};
use crate::staff::{self, AccountError, Checked, Password, second_factor};
use words::Line;

/// The fewest characters of a password.
const LEAST_CHARS: usize = 12;

/// What became of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Became {
    Nothing,
    Done,
    Wrong(Line),
    /// Until when, in seconds since 1970.
    Locked(u64),
}

pub(crate) async fn page(State(app): State<Arc<App>>, staff: Staff, speaks: Speaks) -> Response {
    draw(app, staff, speaks, Became::Nothing, None).await
}

async fn draw(
    app: Arc<App>,
    staff: Staff,
    Speaks(tongue): Speaks,
    became: Became,
    secret: Option<String>,
) -> Response {
    let (name, must_choose) = (staff.name.clone(), staff.must_choose);
    let drawn = tokio::task::spawn_blocking(move || {
        let set = app.read(|store| second_factor::is_set(store, &name))?;
        let secret = secret.unwrap_or_else(second_factor::new_secret);
        // Behind a change that was made, they have.
        let first = must_choose && became != Became::Done;
        Ok::<_, StoreError>(body(tongue, (&name, first), set, &secret, became))
    });
    let code = match became {
        Became::Wrong(_) | Became::Locked(_) => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::OK,
    };
    let title = Line::Mine.in_(tongue);
    match layout::read(tongue, Some(&staff), drawn.await) {
        Ok(body) => {
            (code, layout::page(tongue, Some(&staff), title, "/account", &body)).into_response()
        }
        Err(page) => *page,
    }
}

fn body(
    tongue: Tongue,
    (name, chooses_first): (&str, bool),
    set: bool,
    secret: &str,
    became: Became,
) -> Markup {
    let say = |line: Line| line.in_(tongue);
    let password = |id: &str, word: Line, complete: &str| {
        html! {
            label for=(id) { (say(word)) }
            input id=(id) name=(id) type="password" required autocomplete=(complete);
        }
    };
    html! {
        h1 { (say(Line::Mine)) ": " bdi { (name) } }
        @if chooses_first { p.wait { (say(Line::ChooseFirst)) } }
        @match became {
            Became::Nothing => {}
            Became::Done => p.done role="status" { (say(Line::Done)) },
            Became::Wrong(line) => p.stop role="alert" { (say(line)) },
            Became::Locked(until) => p.stop role="alert" { (locked(tongue, until)) },
        }
        section {
            h2 { (say(Line::ChangePassword)) }
            form.narrow method="post" action="/account/password" {
                // For whoever keeps passwords in the browser.
                input type="hidden" name="username" value=(name) autocomplete="username";
                (password("old", Line::OldPassword, "current-password"))
                (password("new", Line::NewPassword, "new-password"))
                (password("again", Line::NewAgain, "new-password"))
                p.hint { (say(Line::OthersOut)) }
                button { (say(Line::ChangePassword)) }
            }
        }
        section {
            h2 { (say(Line::Second)) }
            p { (say(Line::SecondHelp)) }
            form.narrow method="post" action="/account/second" {
                @if set {
                    p { strong { (say(Line::SecondIsSet)) } }
                    (password("password", Line::OldPassword, "current-password"))
                    label for="code" { (say(Line::TypeCode)) }
                    input id="code" name="code" inputmode="numeric" required autocomplete="one-time-code";
                    button.danger name="do" value="off" { (say(Line::TakeAway)) }
                } @else {
                    p { (say(Line::ScanThis)) }
                    @if let Some(drawn) = second_factor::address(secret, name).and_then(|it| squares(&it)) { (drawn) }
                    p.hint { (say(Line::Secret)) ": " span.code { (secret) } }
                    input type="hidden" name="secret" value=(secret);
                    label for="code" { (say(Line::TypeCode)) }
                    input id="code" name="code" inputmode="numeric" required autocomplete="one-time-code";
                    (password("password", Line::OldPassword, "current-password"))
                    button name="do" value="on" { (say(Line::SetUp)) }
                }
            }
        }
    }
}

#[derive(Deserialize)]
pub(crate) struct Passwords {
    old: String,
    new: String,
    again: String,
}

pub(crate) async fn password(
    State(app): State<Arc<App>>,
    staff: Staff,
    speaks: Speaks,
    headers: HeaderMap,
    Form(form): Form<Passwords>,
) -> Response {
    let wrong = if form.new.chars().count() < LEAST_CHARS {
        Some(Line::TooShort)
    } else if form.new != form.again {
        Some(Line::NotAlike)
    } else if form.new == form.old {
        Some(Line::NotNew)
    } else {
        None
    };
    if let Some(wrong) = wrong {
        return draw(app, staff, speaks, Became::Wrong(wrong), None).await;
    }
    let keep = cookie(&headers, COOKIE).map(str::to_owned);
    let (desk, name) = (app.clone(), staff.name.clone());
    let became = hashing(&app, move || {
        desk.read(|store| {
            if let Some(refused) = refused(store, &name, &form.old)? {
                return Ok(refused);
            }
            let hash = staff::hash(&form.new)?;
            staff::set_password(store, &name, (&hash, Password::Own), keep.as_deref())?;
            Ok(Became::Done)
        })
    });
    match became.await {
        Some(became) => draw(app, staff, speaks, became, None).await,
        None => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

#[derive(Deserialize)]
pub(crate) struct Second {
    #[serde(rename = "do")]
    what: String,
    password: String,
    #[serde(default)]
    secret: String,
    #[serde(default)]
    code: String,
}

pub(crate) async fn second_factor(
    State(app): State<Arc<App>>,
    staff: Staff,
    speaks: Speaks,
    headers: HeaderMap,
    Form(form): Form<Second>,
) -> Response {
    let secret = (form.what == "on").then(|| form.secret.clone());
    let keep = cookie(&headers, COOKIE).map(str::to_owned);
    let (desk, name, kept) = (app.clone(), staff.name.clone(), secret.clone());
    let became = hashing(&app, move || {
        desk.read(|store| {
            if let Some(refused) = refused(store, &name, &form.password)? {
                return Ok(refused);
            }
            let done = match &secret {
                Some(secret) => second_factor::begin(store, &name, secret, &form.code, now())?,
                None => second_factor::end(store, &name, &form.code, now())?,
            };
            if !done {
                return Ok(Became::Wrong(Line::WrongCode));
            }
            staff::end_others(store.connection(), &name, keep.as_deref())?;
            Ok(Became::Done)
        })
    });
    match became.await {
        Some(became) => draw(app, staff, speaks, became, kept).await,
        None => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

/// Why a password does not do; `None` where it does.
fn refused(store: &mut Store, name: &str, password: &str) -> Result<Option<Became>, StoreError> {
    Ok(match staff::check(store, name, password, now())? {
        Checked::Right => None,
        Checked::Wrong => Some(Became::Wrong(Line::WrongOld)),
        Checked::Locked(until) => Some(Became::Locked(until)),
    })
}

/// Until when whoever guessed must wait. Minutes are told, and the next one is surely late enough.
pub(super) fn locked(tongue: Tongue, until: u64) -> String {
    format!("{} {}.", Line::Locked.in_(tongue), moment::spoken(until.cast_signed() + 59, tongue))
}

/// Passwords are hashed a few at a time.
async fn hashing<T: Send + 'static>(
    app: &App,
    work: impl FnOnce() -> Result<T, AccountError> + Send + 'static,
) -> Option<T> {
    let _turn = app.hashing.acquire().await.ok()?;
    tokio::task::spawn_blocking(work).await.ok()?.ok()
}
