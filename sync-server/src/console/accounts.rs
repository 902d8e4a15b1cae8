//! Who works at the office, and as what: added, given another role, closed, given a new password.

use std::sync::Arc;

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use beket_store::{Store, StoreError};
use beket_words::Tongue;
use maud::{Markup, html};
use serde::Deserialize;

use super::account::words::Line;
use super::layout;
use crate::App;
use crate::auth::{Speaks, Staff};
use crate::log::Told;
use crate::roles::Role;
use crate::staff::{self, Account, AccountError, Password, second_factor};

/// What became of a form.
#[derive(Debug, Default)]
struct Became {
    wrong: Option<Line>,
    /// A new password, and whose it is.
    password: Option<(String, String)>,
}

pub(crate) async fn page(State(app): State<Arc<App>>, staff: Staff, speaks: Speaks) -> Response {
    draw(app, staff, speaks, Became::default()).await
}

#[derive(Debug, Deserialize)]
pub(crate) struct Change {
    name: String,
    /// `add`, `role`, `close`, `open` or `reset`.
    #[serde(rename = "do")]
    what: String,
    #[serde(default)]
    role: String,
}

impl Change {
    /// As the log keeps it.
    fn says(&self) -> String {
        let role =
            if matches!(self.what.as_str(), "add" | "role") { self.role.as_str() } else { "" };
        format!("{} {role} — {}", self.what, self.name).replace("  ", " ")
    }
}

pub(crate) async fn change(
    State(app): State<Arc<App>>,
    staff: Staff,
    speaks: Speaks,
    told: Told,
    Form(form): Form<Change>,
) -> Response {
    let Ok(turn) = app.hashing.acquire().await else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    told.that(form.says());
    let desk = app.clone();
    let work = tokio::task::spawn_blocking(move || desk.read(|store| changed(store, &form))).await;
    drop(turn);
    match work {
        Ok(Ok(became)) => draw(app, staff, speaks, became).await,
        Ok(Err(_)) | Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

fn changed(store: &mut Store, form: &Change) -> Result<Became, AccountError> {
    let wrong = |line| Ok(Became { wrong: Some(line), password: None });
    let name: String = form.name.trim().chars().take(60).collect();
    let known = staff::all(store)?.into_iter().find(|account| account.name == name);
    let hashed = || {
        let password = staff::random_password();
        staff::hash(&password).map(|hash| (password, hash))
    };
    let told = |password| Ok(Became { wrong: None, password: Some((name.clone(), password)) });
    match (form.what.as_str(), known) {
        ("add", None) if !name.is_empty() && !name.chars().any(char::is_control) => {
            let Some(role) = Role::of(&form.role) else { return wrong(Line::NameTaken) };
            let (password, hash) = hashed()?;
            staff::add(store, &name, (&hash, Password::Given), role)?;
            told(password)
        }
        ("reset", Some(_)) => {
            let (password, hash) = hashed()?;
            staff::set_password(store, &name, (&hash, Password::Given), None)?;
            second_factor::set(store, &name, None)?;
            told(password)
        }
        (what @ ("role" | "close" | "open"), Some(account)) => {
            let word = if what == "role" { form.role.as_str() } else { account.role.as_str() };
            let Some(role) = Role::of(word) else { return wrong(Line::NameTaken) };
            let closed = what == "close" || (what == "role" && account.closed);
            if staff::set_role(store, &name, role, closed)? {
                Ok(Became::default())
            } else {
                wrong(Line::LastOne)
            }
        }
        _ => wrong(Line::NameTaken),
    }
}

async fn draw(app: Arc<App>, staff: Staff, Speaks(tongue): Speaks, became: Became) -> Response {
    let code =
        if became.wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let drawn = tokio::task::spawn_blocking(move || {
        let all = app.read(staff::all)?;
        Ok::<_, StoreError>(body(tongue, &all, &became))
    });
    let title = Line::Accounts.in_(tongue);
    match layout::read(tongue, Some(&staff), drawn.await) {
        Ok(body) => {
            (code, layout::page(tongue, Some(&staff), title, "/staff", &body)).into_response()
        }
        Err(page) => *page,
    }
}

/// A role as people call it.
fn named(role: Role) -> Line {
    match role {
        Role::Operator => Line::Operator,
        Role::Supervisor => Line::Supervisor,
        Role::Registrar => Line::Registrar,
        Role::Auditor => Line::Auditor,
        Role::Administrator => Line::Administrator,
    }
}

fn roles(tongue: Tongue, now: &str) -> Markup {
    html! { @for role in Role::ALL {
        option value=(role.word()) selected[role.word() == now] { (named(role).in_(tongue)) }
    } }
}

fn body(tongue: Tongue, all: &[Account], became: &Became) -> Markup {
    let say = |line: Line| line.in_(tongue);
    html! {
        h1 { (say(Line::Accounts)) }
        @if let Some(wrong) = became.wrong { p.stop role="alert" { (say(wrong)) } }
        @if let Some((name, password)) = &became.password {
            section.wait role="status" {
                h2 { (say(Line::NewFor)) ": " bdi { (name) } }
                p.code { (password) }
                p { (say(Line::ShownOnce)) }
            }
        }
        div.scroll tabindex="0" role="region" aria-label=(say(Line::Accounts)) { table {
            thead { tr { th scope="col" { (say(Line::Name)) } th scope="col" { (say(Line::Role)) }
                th scope="col" { (say(Line::Second)) } th scope="col" { span.unseen { (say(Line::Save)) } } } }
            tbody { @for account in all { (row(tongue, account)) } }
        } }
        section.enrol {
            h2 { (say(Line::Add)) }
            form.fields method="post" action="/staff" {
                div { label for="name" { (say(Line::Name)) }
                    input id="name" name="name" required maxlength="60" autocomplete="off"; }
                div { label for="role" { (say(Line::Role)) } select id="role" name="role" { (roles(tongue, "operator")) } }
                div.press { button name="do" value="add" { (say(Line::Add)) } }
            }
        }
    }
}

fn row(tongue: Tongue, account: &Account) -> Markup {
    let say = |line: Line| line.in_(tongue);
    let (what, word) = if account.closed { ("open", Line::Reopen) } else { ("close", Line::Close) };
    let of = |word: Line| format!("{}: {}", say(word), account.name);
    html! {
        tr {
            th scope="row" { bdi { (account.name) }
                @if account.closed { " " span.chip.stop { (say(Line::Closed)) } } }
            td { form.inline method="post" action="/staff" {
                input type="hidden" name="name" value=(account.name);
                select name="role" aria-label=(of(Line::Role)) { (roles(tongue, &account.role)) }
                button.choice name="do" value="role" aria-label=(of(Line::Save)) { (say(Line::Save)) }
            } }
            td { @if account.second { "✓" } @else { "—" } }
            td { form.choices method="post" action="/staff" {
                input type="hidden" name="name" value=(account.name);
                button.choice name="do" value="reset" aria-label=(of(Line::Reset)) { (say(Line::Reset)) }
                button.choice name="do" value=(what) aria-label=(of(word)) { (say(word)) }
            } }
        }
    }
}
