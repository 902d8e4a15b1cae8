//! Word of what came since a page was drawn, as server-sent events: a list says it and stays as it is,
//! a page of numbers draws itself anew.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Query, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::Stream;
use futures_util::stream::unfold;
use serde::Deserialize;
use tokio::sync::watch;

use super::words::new_cases;
use crate::App;
use crate::auth::{Speaks, Staff};
use crate::columns::Nth;
use crate::projection::Latest;

#[derive(Debug, Deserialize)]
pub(crate) struct Since {
    /// The last case that the page knew of.
    #[serde(default)]
    since: Nth,
}

/// Tells how many cases came since, each time that there are more.
pub(crate) async fn stream(
    State(app): State<Arc<App>>,
    _staff: Staff,
    Speaks(tongue): Speaks,
    Query(Since { since }): Query<Since>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let latest = app.latest.subscribe();
    Sse::new(unfold((latest, since), move |(mut latest, told)| async move {
        let now = more(&mut latest, told).await?;
        let event = Event::default().data(new_cases(tongue, u64::from(now - since)));
        Some((Ok(event), (latest, now)))
    }))
    .keep_alive(KeepAlive::default())
}

/// A stream ends after this; the browser asks again, and is let in again or not.
const TURN: Duration = Duration::from_secs(50);

/// Waits for a case behind this one; `None` when it has waited long enough.
async fn more(latest: &mut watch::Receiver<Latest>, told: Nth) -> Option<Nth> {
    let news = tokio::time::timeout(TURN, latest.wait_for(|latest| latest.case > told));
    Some(news.await.ok()?.ok()?.case)
}

#[derive(Debug, Deserialize)]
pub(crate) struct Drawn {
    /// Up to where in the feed the page knew of.
    #[serde(default)]
    at: u64,
}

/// Says that something was written since, whatever it is: of somebody new, or of somebody known.
pub(crate) async fn changes(
    State(app): State<Arc<App>>,
    _staff: Staff,
    Query(Drawn { at }): Query<Drawn>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let latest = app.latest.subscribe();
    Sse::new(unfold((latest, at), |(mut latest, at)| async move {
        let news = latest.wait_for(|latest| latest.position != at);
        let now = tokio::time::timeout(TURN, news).await.ok()?.ok()?.position;
        Some((Ok(Event::default().data(now.to_string())), (latest, now)))
    }))
    .keep_alive(KeepAlive::default())
}
