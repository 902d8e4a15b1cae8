//! Who is at the browser, and whether a form came from our own pages.
//!
//! [`guard`] is the only way to obtain a [`Staff`]: the router puts one before every page that is not
//! open to anybody.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::uri::Authority;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use beket_words::Tongue;

use crate::App;
use crate::app::{Reached, now};
use crate::console::words::Word;
use crate::console::{ended, layout};
use crate::limits::Limit;
use crate::log::{Entry, Told};
use crate::roles::{Action, Role};
use crate::staff;

pub(crate) const COOKIE: &str = "beket-session";
pub(crate) const TONGUE_COOKIE: &str = "beket-language";

/// A member of staff who is signed in, and whose role allows what they do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Staff {
    pub(crate) name: String,
    pub(crate) role: Role,
    /// Whether somebody else made the password that they came in with.
    pub(crate) must_choose: bool,
}

impl<S: Send + Sync> FromRequestParts<S> for Staff {
    type Rejection = Response;

    /// As [`guard`] found them; behind no guard there is nobody.
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Response> {
        parts.extensions.get().cloned().ok_or_else(to_sign_in)
    }
}

fn to_sign_in() -> Response {
    Redirect::to("/sign-in").into_response()
}

/// Lets a request through that its sender may make: others are led to the sign-in, or told that this
/// is not theirs to do.
pub(crate) async fn guard(
    State((app, action)): State<(Arc<App>, Action)>,
    Speaks(tongue): Speaks,
    mut request: Request,
    next: Next,
) -> Response {
    let staff = match who(&app, request.headers()).await {
        Ok(Some(staff)) => staff,
        Ok(None) if request.method() == Method::GET => return to_sign_in(),
        Ok(None) => return ended::page(tongue, request.into_body()).await,
        Err(code) => return layout::of_code(tongue, None, code),
    };
    if staff.must_choose && !request.uri().path().starts_with("/account") {
        return Redirect::to("/account").into_response();
    }
    let line = Line::of(&app, &staff, &request);
    if let Err(code) = allowed(&staff, action, &app.limits.staff, now()) {
        line.ends(code);
        if code == StatusCode::TOO_MANY_REQUESTS {
            return too_often(tongue, Some(&staff));
        }
        return not_yours(tongue, &staff);
    }
    request.extensions_mut().insert(staff.clone());
    request.extensions_mut().insert(line.told.clone());
    let mut response = next.run(request).await;
    line.ends(response.status());
    response.extensions_mut().insert(staff);
    response
}

/// A line of the log, from the request on: what whoever hung up had asked for is done all the same.
struct Line {
    app: Arc<App>,
    who: String,
    did: String,
    told: Told,
    is_told: bool,
    ended: bool,
}

/// Of a request that nobody waited for: no answer's code.
pub(crate) const HUNG_UP: u16 = 0;

impl Line {
    fn of(app: &Arc<App>, staff: &Staff, request: &Request) -> Self {
        let (method, path) = (request.method(), request.uri().path());
        let (who, did) = (staff.name.clone(), format!("{method} {path}"));
        let (told, is_told) = (Told::default(), is_told(method, path));
        Self { app: app.clone(), who, did, told, is_told, ended: false }
    }

    fn ends(mut self, status: StatusCode) {
        self.ended = true;
        self.note(status.as_u16());
    }

    fn note(&self, status: u16) {
        if self.is_told {
            let (at, who, did) = (now(), self.who.clone(), self.did.clone());
            self.app.log.note(Entry { n: 0, at, who, did, detail: self.told.said(), status });
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        if !self.ended {
            self.note(HUNG_UP);
        }
    }
}

/// Whose session a request belongs to, if it still does.
async fn who(app: &Arc<App>, headers: &HeaderMap) -> Result<Option<Staff>, StatusCode> {
    let Some(secret) = cookie(headers, COOKIE).map(str::to_owned) else { return Ok(None) };
    let desk = app.clone();
    let look_up = move || desk.read(|store| staff::whose(store, &secret, now()));
    match tokio::task::spawn_blocking(look_up).await {
        Ok(Ok(found)) => Ok(found),
        Ok(Err(_)) | Err(_) => Err(StatusCode::SERVICE_UNAVAILABLE),
    }
}

/// Told that this is for others to do.
pub(crate) fn not_yours(tongue: Tongue, staff: &Staff) -> Response {
    let (title, why) = (Word::NotYours.in_(tongue), Word::NotYoursWhy.in_(tongue));
    layout::trouble(tongue, Some(staff), StatusCode::FORBIDDEN, title, why, "/cases")
}

/// Every answer that says something went wrong is a page, in the reader's language.
pub(crate) async fn in_words(Speaks(tongue): Speaks, request: Request, next: Next) -> Response {
    let answer = next.run(request).await;
    let status = answer.status();
    let kind = answer.headers().get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok());
    let is_page = kind.is_some_and(|kind| kind.starts_with("text/html"));
    if is_page || !(status.is_client_error() || status.is_server_error()) {
        return answer;
    }
    layout::of_code(tongue, answer.extensions().get(), status)
}

/// Counts what somebody asks for; the code that it is refused with.
fn allowed(
    staff: &Staff,
    action: Action,
    limit: &Limit<String>,
    now: u64,
) -> Result<(), StatusCode> {
    if !limit.allows(staff.name.clone(), now) {
        return Err(StatusCode::TOO_MANY_REQUESTS);
    }
    if staff.role.may(action) { Ok(()) } else { Err(StatusCode::FORBIDDEN) }
}

/// Told to wait.
pub(crate) fn too_often(tongue: Tongue, staff: Option<&Staff>) -> Response {
    let (title, why) = (Word::TooOften.in_(tongue), Word::TooOftenWhy.in_(tongue));
    let code = StatusCode::TOO_MANY_REQUESTS;
    let page = layout::trouble(tongue, staff, code, title, why, "/cases");
    ([(header::RETRY_AFTER, "60")], page).into_response()
}

/// The network that a request comes from; a proxy adds it to what the sender says. Of IPv6 whoever has
/// one address has 2^64 of them.
pub(crate) fn network(reached: Reached, peer: SocketAddr, headers: &HeaderMap) -> Option<IpAddr> {
    let address = if reached == Reached::ThroughProxy {
        let told = headers.get_all("x-forwarded-for").into_iter().next_back()?.to_str().ok()?;
        let told = told.rsplit(',').next()?.trim();
        told.parse().or_else(|_| told.parse().map(|peer: SocketAddr| peer.ip())).ok()?
    } else {
        peer.ip()
    };
    Some(match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6((address.to_bits() >> 64 << 64).into()),
        address @ IpAddr::V4(_) => address,
    })
}

/// Whether the log is told of a request: of every form, and of whatever shows somebody.
fn is_told(method: &Method, path: &str) -> bool {
    let shows = path.starts_with("/cases") && path != "/cases/news" || path.starts_with("/export/");
    method != Method::GET || shows
}

/// The language of the page: the chosen one, else the browser's first that we speak.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Speaks(pub(crate) Tongue);

impl<S: Send + Sync> FromRequestParts<S> for Speaks {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let chosen = cookie(&parts.headers, TONGUE_COOKIE).and_then(Tongue::of_code);
        let accepted = parts.headers.get(header::ACCEPT_LANGUAGE);
        let accepted = accepted.and_then(|value| value.to_str().ok()).unwrap_or_default();
        let mut accepted =
            accepted.split(',').filter_map(|one| Tongue::of_code(one.trim().get(..2)?));
        Ok(Self(chosen.or_else(|| accepted.next()).unwrap_or_default()))
    }
}

pub(crate) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let cookies = headers.get_all(header::COOKIE).into_iter();
    cookies
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name).then_some(value))
}

/// Turns away forms that another site sent in a signed-in browser's name: by `Sec-Fetch-Site`,
/// which every current browser sends, else by `Origin`. Programs send neither, and no cookie of
/// somebody else's.
pub(crate) async fn own_forms_only(
    Speaks(tongue): Speaks,
    request: Request,
    next: Next,
) -> Response {
    let host = host(request.headers(), request.uri());
    if request.method() == Method::GET || comes_from_us(request.headers(), host) {
        return next.run(request).await;
    }
    let (title, why) = (Word::NotSaved.in_(tongue), Word::ForeignForm.in_(tongue));
    layout::trouble(tongue, None, StatusCode::FORBIDDEN, title, why, "/cases")
}

/// Where the browser thinks it is: HTTP/2 says it in the address, HTTP/1.1 in a header.
pub(crate) fn host<'a>(headers: &'a HeaderMap, uri: &'a Uri) -> Option<&'a str> {
    let said = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    said.or_else(|| uri.authority().map(Authority::as_str))
}

fn comes_from_us(headers: &HeaderMap, here: Option<&str>) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    match (text("sec-fetch-site"), text("origin")) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => {
            let host = origin.split_once("://").map(|(_, host)| host);
            host.is_some() && host == here
        }
        (None, None) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(k, v)| (k.parse().unwrap(), v.parse().unwrap())).collect()
    }

    #[test]
    fn forms_of_other_sites_are_told_by_what_browsers_send() {
        let host = ("host", "office.example:8080");
        let comes_from_us = |headers: &HeaderMap| {
            let uri = Uri::from_static("/cases");
            super::comes_from_us(headers, super::host(headers, &uri))
        };
        assert!(comes_from_us(&headers(&[host])));
        assert!(comes_from_us(&headers(&[host, ("sec-fetch-site", "same-origin")])));
        assert!(comes_from_us(&headers(&[host, ("origin", "http://office.example:8080")])));
        let two = Uri::from_static("https://office.example/cases");
        let own = headers(&[("origin", "https://office.example")]);
        assert!(super::comes_from_us(&own, super::host(&own, &two)), "HTTP/2 sends no Host");
        for foreign in [
            &[host, ("sec-fetch-site", "cross-site")][..],
            &[host, ("sec-fetch-site", "same-site")],
            &[host, ("origin", "http://evil.example")],
            &[host, ("origin", "null")],
            &[("origin", "http://office.example:8080")],
            &[host, ("sec-fetch-site", "cross-site"), ("origin", "http://office.example:8080")],
        ] {
            assert!(!comes_from_us(&headers(foreign)), "{foreign:?}");
        }
    }

    #[test]
    fn whoever_asks_too_often_waits_a_minute_whatever_they_may_do_and_others_do_not() {
        let limit = Limit::of(2);
        let may = |name: &str, action, now| {
            let (name, role) = (name.to_owned(), Role::Auditor);
            let staff = Staff { name, role, must_choose: false };
            allowed(&staff, action, &limit, now).map_err(|code| code.as_u16())
        };
        assert_eq!(may("Дана", Action::See, 100), Ok(()));
        assert_eq!(may("Дана", Action::Work, 100), Err(403));
        assert_eq!(may("Дана", Action::See, 100), Err(429));
        assert_eq!(may("Арман", Action::See, 100), Ok(()));
        assert_eq!(may("Дана", Action::See, 160), Ok(()));
    }

    #[test]
    fn only_a_proxy_is_believed_where_a_request_comes_from_and_only_its_own_word() {
        let said = headers(&[("x-forwarded-for", "10.0.0.1, 10.9.9.9")]);
        let peer = "127.0.0.1:5000".parse().unwrap();
        let from = |reached| network(reached, peer, &said).unwrap().to_string();
        assert_eq!(from(Reached::OverTls), "127.0.0.1");
        assert_eq!(from(Reached::ThroughProxy), "10.9.9.9");
        assert_eq!(network(Reached::ThroughProxy, peer, &headers(&[])), None);
        let told = |address| {
            network(Reached::ThroughProxy, peer, &headers(&[("x-forwarded-for", address)])).unwrap()
        };
        assert_eq!(told("10.9.9.9:51000").to_string(), "10.9.9.9");
        assert_eq!(told("2001:db8::1:2"), told("[2001:db8::9]:443"), "one subscriber");
        assert_ne!(told("2001:db8::1"), told("2001:db8:0:1::1"));
    }

    #[test]
    fn a_cookie_is_found_among_others() {
        let headers = headers(&[("cookie", "a=b; beket-session=xyz; c=d")]);
        assert_eq!(cookie(&headers, COOKIE), Some("xyz"));
        assert_eq!(cookie(&headers, "session"), None);
    }
}
