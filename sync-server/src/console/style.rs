//! The one stylesheet, served by ourselves.

use axum::http::header;
use axum::response::IntoResponse;

pub(crate) async fn sheet() -> impl IntoResponse {
    let headers = [
        (header::CONTENT_TYPE, "text/css; charset=utf-8"),
        (header::CACHE_CONTROL, "max-age=3600"),
    ];
    (headers, include_str!("style.css"))
}
