//! The frame of every page.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use beket_words::Tongue;
use maud::{DOCTYPE, Markup, html};

use super::words::Word;
use crate::auth::Staff;

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
                    @if staff.is_some() { nav.pages aria-label=(Word::Pages.in_(tongue)) {
                        @for (address, word) in PAGES {
                            @let at = here.split('?').next() == Some(address);
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
                            span.who { (staff.name) }
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

/// Where everybody can go.
const PAGES: [(&str, Word); 2] = [("/cases", Word::Cases), ("/calendar", Word::Calendar)];

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
