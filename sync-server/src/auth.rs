//! Who is at the browser, and whether a form came from our own pages.
//!
//! [`guard`] is the only way to obtain a [`Staff`]: the router puts one before every page that is not
//! open to anybody.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use beket_words::Tongue;

use crate::App;
use crate::app::{Reached, now};
use crate::console::layout;
use crate::console::words::Word;
use crate::log::Entry;
use crate::roles::{Action, Role};
use crate::staff;

pub(crate) const COOKIE: &str = "beket-session";
pub(crate) const TONGUE_COOKIE: &str = "beket-language";

/// A member of staff who is signed in, and whose role allows what they do.
#[derive(Debug, Clone)]
pub(crate) struct Staff {
    pub(crate) name: String,
    pub(crate) role: Role,
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
    let Some(secret) = cookie(request.headers(), COOKIE).map(str::to_owned) else {
        return to_sign_in();
    };
    let desk = app.clone();
    let look_up = move || desk.read(|store| staff::whose(store, &secret, now()));
    let staff = match tokio::task::spawn_blocking(look_up).await {
        Ok(Ok(Some((name, role)))) => Staff { name, role },
        Ok(Ok(None)) => return to_sign_in(),
        Ok(Err(_)) | Err(_) => return StatusCode::SERVICE_UNAVAILABLE.into_response(),
    };
    let did = told(request.method(), request.uri().path());
    let note = |status: StatusCode| {
        if let Some(did) = did {
            let (at, who, status) = (now(), staff.name.clone(), status.as_u16());
            app.log.note(Entry { n: 0, at, who, did, status });
        }
    };
    if !app.staff.allows(staff.name.clone(), now()) {
        note(StatusCode::TOO_MANY_REQUESTS);
        return too_often(tongue, Some(&staff));
    }
    if !staff.role.may(action) {
        note(StatusCode::FORBIDDEN);
        let (title, why) = (Word::NotYours.in_(tongue), Word::NotYoursWhy.in_(tongue));
        return layout::trouble(tongue, Some(&staff), StatusCode::FORBIDDEN, title, why, "/cases");
    }
    request.extensions_mut().insert(staff.clone());
    let response = next.run(request).await;
    note(response.status());
    response
}

/// Told to wait.
pub(crate) fn too_often(tongue: Tongue, staff: Option<&Staff>) -> Response {
    let (title, why) = (Word::TooOften.in_(tongue), Word::TooOftenWhy.in_(tongue));
    let code = StatusCode::TOO_MANY_REQUESTS;
    let page = layout::trouble(tongue, staff, code, title, why, "/cases");
    ([(header::RETRY_AFTER, "60")], page).into_response()
}

/// The network address that a request comes from; a proxy adds it to what the sender says.
pub(crate) fn address(reached: Reached, peer: SocketAddr, headers: &HeaderMap) -> Option<IpAddr> {
    if reached != Reached::ThroughProxy {
        return Some(peer.ip());
    }
    let told = headers.get_all("x-forwarded-for").into_iter().next_back()?.to_str().ok()?;
    told.rsplit(',').next()?.trim().parse().ok()
}

/// What the log says of a request: every form, and whatever shows somebody. Lists are looked at all
/// day, and say nothing.
fn told(method: &Method, path: &str) -> Option<String> {
    let shows =
        path.starts_with("/cases/") && path != "/cases/news" || path.starts_with("/export/");
    (method != Method::GET || shows).then(|| format!("{method} {path}"))
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
    if request.method() == Method::GET || comes_from_us(request.headers()) {
        return next.run(request).await;
    }
    let (title, why) = (Word::NotSaved.in_(tongue), Word::ForeignForm.in_(tongue));
    layout::trouble(tongue, None, StatusCode::FORBIDDEN, title, why, "/cases")
}

fn comes_from_us(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    match (text("sec-fetch-site"), text("origin")) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => {
            let host = origin.split_once("://").map(|(_, host)| host);
            host.is_some() && host == text("host")
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
        assert!(comes_from_us(&headers(&[host])));
        assert!(comes_from_us(&headers(&[host, ("sec-fetch-site", "same-origin")])));
        assert!(comes_from_us(&headers(&[host, ("origin", "http://office.example:8080")])));
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
    fn only_a_proxy_is_believed_where_a_request_comes_from_and_only_its_own_word() {
        let said = headers(&[("x-forwarded-for", "10.0.0.1, 10.9.9.9")]);
        let peer = "127.0.0.1:5000".parse().unwrap();
        let from = |reached| address(reached, peer, &said).unwrap().to_string();
        assert_eq!(from(Reached::OverTls), "127.0.0.1");
        assert_eq!(from(Reached::ThroughProxy), "10.9.9.9");
        assert_eq!(address(Reached::ThroughProxy, peer, &headers(&[])), None);
    }

    #[test]
    fn a_cookie_is_found_among_others() {
        let headers = headers(&[("cookie", "a=b; beket-session=xyz; c=d")]);
        assert_eq!(cookie(&headers, COOKIE), Some("xyz"));
        assert_eq!(cookie(&headers, "session"), None);
    }
}
