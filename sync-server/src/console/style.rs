//! The one stylesheet and the one script, served by ourselves.

use axum::http::header;
use axum::response::IntoResponse;

pub(crate) async fn sheet() -> impl IntoResponse {
    kept("text/css; charset=utf-8", include_str!("style.css"))
}

pub(crate) async fn script() -> impl IntoResponse {
    kept("text/javascript; charset=utf-8", include_str!("console.js"))
}

fn kept(kind: &'static str, text: &'static str) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "max-age=3600")], text)
}
