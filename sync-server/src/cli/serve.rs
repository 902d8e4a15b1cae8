//! `sync-server serve`: answers kiosks and browsers until it is told to stop.

use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, ensure};
use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;
use clap::Args;
use tokio::signal::unix::{SignalKind, signal};

use super::{Data, say};
use crate::app::Reached;
use crate::{App, router};

/// How long requests under way are waited for at the end.
const PATIENCE: Duration = Duration::from_secs(10);

/// Answer kiosks and the office's browsers
#[derive(Debug, Args)]
#[command(
    after_help = "With port 0 it takes a free port and prints the address. Reached from other \
                        computers it needs a certificate, or a proxy in front of it that has \
                        one.\n\nExample:\n  sync-server serve --data ./office --listen \
                        127.0.0.1:8080\n  sync-server serve --data ./office --listen 0.0.0.0:443 \
                        --tls-cert office.pem --tls-key office.key"
)]
pub(super) struct Serve {
    #[command(flatten)]
    data: Data,
    /// Address and port to listen on
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// The certificate, with those it is signed by, as PEM
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// Its private key, as PEM
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// A proxy in front speaks TLS with browsers and kiosks, says in `X-Forwarded-For` where they
    /// are, and is the only one who reaches this address
    #[arg(long, conflicts_with = "tls_cert")]
    behind_proxy: bool,
}

impl Serve {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let reached = match (&self.tls_cert, self.behind_proxy) {
            (Some(_), _) => Reached::OverTls,
            (None, true) => Reached::ThroughProxy,
            (None, false) => Reached::Plainly,
        };
        ensure!(
            reached != Reached::Plainly || self.listen.ip().is_loopback(),
            "Other computers would reach the server at {} without TLS: passwords and people's data \
             would cross the network in clear, so it does not start. Give it a certificate \
             (--tls-cert and --tls-key), or say that a proxy in front of it has one (--behind-proxy)",
            self.listen
        );
        let runtime = tokio::runtime::Runtime::new().context("The server cannot start")?;
        runtime.block_on(self.serve(reached))
    }

    async fn serve(self, reached: Reached) -> anyhow::Result<()> {
        let tls = match self.tls_cert.as_ref().zip(self.tls_key.as_ref()) {
            Some((cert, key)) => {
                let config = RustlsConfig::from_pem_file(cert, key).await;
                Some(config.with_context(|| {
                    format!(
                        "The certificate {} and its key {} cannot be used; nothing was started",
                        cert.display(),
                        key.display()
                    )
                })?)
            }
            None => None,
        };
        let app = App::open(&self.data.path, reached)?;
        let listener = TcpListener::bind(self.listen).and_then(|listener| {
            listener.set_nonblocking(true)?;
            Ok(listener)
        });
        let listener = listener.with_context(|| {
            format!(
                "The server cannot listen on {}: another program may use that port. Nothing \
                     was changed; choose another with --listen, or 0 for a free one",
                self.listen
            )
        })?;
        // Before anybody knows the address: whoever reads it may say stop at once.
        let told = told_to_stop()?;
        let scheme = if tls.is_some() { "https" } else { "http" };
        say(format_args!("{scheme}://{}", listener.local_addr()?))?;
        let handle = Handle::new();
        tokio::spawn(stop_when_told(told, handle.clone()));
        let pages = router(app).into_make_service_with_connect_info::<SocketAddr>();
        match tls {
            Some(tls) => {
                axum_server::from_tcp_rustls(listener, tls)?.handle(handle).serve(pages).await?;
            }
            None => axum_server::from_tcp(listener)?.handle(handle).serve(pages).await?,
        }
        Ok(())
    }
}

/// Requests under way are answered first; some clients never finish what they began to send.
async fn stop_when_told(told: impl Future<Output = ()>, handle: Handle<SocketAddr>) {
    told.await;
    handle.graceful_shutdown(Some(PATIENCE));
}

/// Listens from here on for Ctrl-C and `kill`; comes to its end with either.
fn told_to_stop() -> anyhow::Result<impl Future<Output = ()>> {
    let heard = |kind| signal(kind).context("The server cannot hear when it is told to stop");
    let (mut interrupt, mut terminate) =
        (heard(SignalKind::interrupt())?, heard(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}
