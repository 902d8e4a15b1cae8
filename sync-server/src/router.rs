//! Every address of the office on one screen.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state, map_response};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};
use beket_wire::{MAX_BODY_BYTES, Route};
use tower_http::compression::CompressionLayer;

use crate::console::{
    account, accounts, calendar, case, cases, compare, edit, export, hotline, kiosks, language,
    log, news, reports, sign_in, situation, style,
};
use crate::roles::Action;
use crate::{App, auth, sync};

/// The most bytes a console form may have.
const MAX_FORM_BYTES: usize = 256 * 1024;

/// All routes with their layers.
pub fn router(app: Arc<App>) -> Router {
    let kiosks = Router::new()
        .route(Route::Hello.path(), post(sync::hello))
        .route(Route::Reconcile.path(), post(sync::reconcile))
        .route(Route::Push.path(), post(sync::push))
        .route(Route::Pull.path(), post(sync::pull))
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES));
    let console = Pages { app: app.clone(), router: Router::new() }
        .open("/sign-in", get(sign_in::page).post(sign_in::submit))
        .open("/sign-out", post(sign_in::sign_out))
        .open("/language", post(language::choose))
        .open("/style.css", get(style::sheet))
        .open("/console.js", get(style::script))
        .open("/", get(cases::home))
        .only(Action::See, "/cases", get(cases::page))
        .only(Action::See, "/cases/news", get(news::stream))
        .only(Action::See, "/cases/{case}", get(case::page))
        .only(Action::Assign, "/cases/assign", post(cases::assign))
        .only(Action::Work, "/cases/{case}/field", post(edit::field))
        .only(Action::Work, "/cases/{case}/member", post(edit::member))
        .only(Action::Work, "/cases/{case}/status", post(edit::status))
        .only(Action::Work, "/cases/{case}/extend", post(edit::extend))
        .only(Action::Work, "/cases/{case}/part", post(edit::part))
        .only(Action::Work, "/cases/{case}/procedure", post(edit::procedure))
        .only(Action::Work, "/cases/{case}/void", post(edit::void))
        .only(Action::Work, "/cases/{case}/note", post(edit::note))
        .only(Action::Work, "/cases/{case}/take", post(edit::take))
        .only(Action::Work, "/cases/{case}/link", post(edit::link))
        .only(Action::Release, "/cases/{case}/release", post(edit::release))
        .only(Action::See, "/cases/{case}/compare/{other}", get(compare::page))
        .only(Action::Work, "/hotline", get(hotline::page).post(hotline::ask))
        .only(Action::Work, "/hotline/save", post(hotline::save))
        .only(Action::Export, "/export/{file}", get(export::file))
        .only(Action::See, "/situation", get(situation::page))
        .only(Action::See, "/situation/news", get(news::changes))
        .only(Action::See, "/reports", get(reports::page))
        .only(Action::See, "/kiosks", get(kiosks::page))
        .only(Action::Kiosks, "/kiosks", post(kiosks::change))
        .only(Action::Kiosks, "/kiosks/enrol", post(kiosks::enrol))
        .only(Action::See, "/account", get(account::page))
        .only(Action::See, "/account/password", post(account::password))
        .only(Action::See, "/account/second", post(account::second_factor))
        .only(Action::Accounts, "/staff", get(accounts::page).post(accounts::change))
        .only(Action::Audit, "/log", get(log::page))
        .only(Action::See, "/calendar", get(calendar::page))
        .only(Action::Calendar, "/calendar", post(calendar::submit))
        .router
        .fallback(nowhere)
        .layer(DefaultBodyLimit::max(MAX_FORM_BYTES))
        .layer(from_fn(auth::own_forms_only))
        .layer(from_fn(auth::in_words))
        .layer(map_response(strict))
        .layer(CompressionLayer::new());
    kiosks.merge(console).layer(from_fn(in_time)).with_state(app)
}

/// The console's pages: each is open to anybody, or named with what one must be allowed to do there.
struct Pages {
    app: Arc<App>,
    router: Router<Arc<App>>,
}

impl Pages {
    /// For whoever comes.
    fn open(self, path: &str, page: MethodRouter<Arc<App>>) -> Self {
        Self { router: self.router.route(path, page), ..self }
    }

    /// For staff whose role allows it.
    fn only(self, action: Action, path: &str, page: MethodRouter<Arc<App>>) -> Self {
        let guarded = page.layer(from_fn_with_state((self.app.clone(), action), auth::guard));
        self.open(path, guarded)
    }
}

/// An address that there is not.
async fn nowhere() -> StatusCode {
    StatusCode::NOT_FOUND
}

/// A request that is not whole and answered by then gives its place to others.
const REQUEST_TIME: Duration = Duration::from_mins(6);

async fn in_time(request: Request, next: Next) -> Response {
    let answer = tokio::time::timeout(REQUEST_TIME, next.run(request)).await;
    answer.unwrap_or_else(|_| StatusCode::REQUEST_TIMEOUT.into_response())
}

/// Nothing from anywhere else, nothing framed, nothing kept by the browser.
async fn strict(mut response: Response) -> Response {
    const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; \
                          form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    let unsaid = HeaderValue::from_static("no-store");
    headers.entry(header::CACHE_CONTROL).or_insert(unsaid);
    response
}
