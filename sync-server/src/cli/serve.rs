//! `sync-server serve`: answers kiosks and browsers until it is told to stop.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::Context;
use clap::Args;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use super::{Data, say};
use crate::{App, router};

/// How long requests under way are waited for at the end.
const PATIENCE: Duration = Duration::from_secs(10);

/// Answer kiosks and the office's browsers
#[derive(Debug, Args)]
#[command(after_help = "With port 0 it takes a free port and prints the address.\n\nExample:\n  \
                        sync-server serve --data ./office --listen 127.0.0.1:8080")]
pub(super) struct Serve {
    #[command(flatten)]
    data: Data,
    /// Address and port to listen on
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
}

impl Serve {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let app = App::open(&self.data.path)?;
        let runtime = tokio::runtime::Runtime::new().context("The server cannot start")?;
        runtime.block_on(async {
            let listener = TcpListener::bind(self.listen).await.with_context(|| {
                format!(
                    "The server cannot listen on {}: another program may use that port. Nothing \
                         was changed; choose another with --listen, or 0 for a free one",
                    self.listen
                )
            })?;
            say(format_args!("http://{}", listener.local_addr()?))?;
            let served = axum::serve(listener, router(app)).with_graceful_shutdown(told_to_stop());
            tokio::select! {
                served = served => served?,
                () = patience_ends() => {}
            }
            Ok(())
        })
    }
}

/// Some clients never finish what they began to send.
async fn patience_ends() {
    told_to_stop().await;
    tokio::time::sleep(PATIENCE).await;
}

/// Ends on Ctrl-C or `kill`; requests under way are answered first.
async fn told_to_stop() {
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        return drop(tokio::signal::ctrl_c().await);
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}
