//! The frame of every page.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use beket_words::Tongue;
use maud::{DOCTYPE, Markup, html};
use tokio::task::JoinError;

use super::words::Word;
use crate::auth::Staff;
use crate::roles::Action;

/// A whole page. `here` is the address to come back to after the language was changed.
pub(crate) fn page(
    tongue: Tongue,
    staff: Option<&Staff>,
    title: &str,
    here: &str,
    body: &Markup,
) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(tongue.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " · Бекет" }
                link rel="stylesheet" href="/style.css";
                script src="/console.js" defer {}
            }
            body {
                header.top {
                    a.brand href="/cases" { "Бекет" }
                    @if let Some(staff) = staff { nav.pages aria-label=(Word::Pages.in_(tongue)) {
                        @for (address, word, _) in PAGES.iter().filter(|(_, _, action)| staff.role.may(*action)) {
                            @let at = here.split('?').next() == Some(*address);
                            a href=(address) aria-current=[at.then_some("page")] { (word.in_(tongue)) }
                        }
                    } }
                    nav aria-label=(Word::Yours.in_(tongue)) {
                        form.tongues method="post" action="/language" {
                            input type="hidden" name="back" value=(here);
                            @for (other, name) in Tongue::ALL {
                                button.quiet name="to" value=(other.code()) lang=(other.code())
                                    aria-pressed=(if other == tongue { "true" } else { "false" })
                                    { (name) }
                            }
                        }
                        @if let Some(staff) = staff {
                            a.who href="/account" { (staff.name) }
                            form method="post" action="/sign-out" {
                                button.quiet { (Word::SignOut.in_(tongue)) }
                            }
                        }
                    }
                }
                main { (body) }
                (keys(tongue))
            }
        }
    }
}

/// Where one can go whose role allows it.
const PAGES: [(&str, Word, Action); 8] = [
    ("/cases", Word::Cases, Action::See),
    ("/hotline", Word::Hotline, Action::Work),
    ("/situation", Word::Situation, Action::See),
    ("/reports", Word::Reports, Action::See),
    ("/kiosks", Word::Kiosks, Action::See),
    ("/calendar", Word::Calendar, Action::See),
    ("/staff", Word::Accounts, Action::Accounts),
    ("/log", Word::Log, Action::Audit),
];

/// The keys there are; shown on `?`.
fn keys(tongue: Tongue) -> Markup {
    let keys = [
        ("/", Word::KeySearch),
        ("j", Word::KeyDown),
        ("k", Word::KeyUp),
        ("Enter", Word::KeyOpen),
        ("?", Word::KeyHelp),
    ];
    html! {
        dialog id="keys" aria-labelledby="keys-title" {
            h2 id="keys-title" { (Word::Keys.in_(tongue)) }
            dl { @for (key, does) in keys { dt { kbd { (key) } } dd { (does.in_(tongue)) } } }
            form method="dialog" { button { (Word::Close.in_(tongue)) } }
        }
    }
}

/// What a page was to be drawn from, or the page that says it could not be read; why goes to the log.
pub(crate) fn read<T, E: std::fmt::Display>(
    tongue: Tongue,
    staff: Option<&Staff>,
    read: Result<Result<T, E>, JoinError>,
) -> Result<T, Box<Response>> {
    let why = match read {
        Ok(Ok(read)) => return Ok(read),
        Ok(Err(error)) => error.to_string(),
        Err(stopped) => stopped.to_string(),
    };
    eprintln!("error: a page could not be drawn: {why}");
    let (title, reason) = (Word::NotRead.in_(tongue), Word::NotReadWhy.in_(tongue));
    let body = html! { h1 { (title) } p.stop role="alert" { (reason) } };
    let page = page(tongue, staff, title, "/cases", &body);
    Err(Box::new((StatusCode::SERVICE_UNAVAILABLE, page).into_response()))
}

/// A page that says what went wrong and where to go on.
pub(crate) fn trouble(
    tongue: Tongue,
    staff: Option<&Staff>,
    status: StatusCode,
    title: &str,
    reason: &str,
    back: &str,
) -> Response {
    let body = html! {
        h1 { (title) }
        p.stop role="alert" { (reason) }
        p { a href=(back) { (Word::GoBack.in_(tongue)) } }
    };
    (status, page(tongue, staff, title, back, &body)).into_response()
}

/// What a code means, on a page, where nobody said so.
pub(crate) fn of_code(tongue: Tongue, staff: Option<&Staff>, status: StatusCode) -> Response {
    let (title, why) = match status {
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => {
            (Word::NoSuchPage, Word::NoSuchPageWhy)
        }
        StatusCode::PAYLOAD_TOO_LARGE => (Word::TooLarge, Word::TooLargeWhy),
        status if status.is_client_error() => (Word::NotUnderstood, Word::NotUnderstoodWhy),
        _ => (Word::NoAnswer, Word::NoAnswerWhy),
    };
    trouble(tongue, staff, status, title.in_(tongue), why.in_(tongue), "/cases")
}
