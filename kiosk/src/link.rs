//! The link: one request to the office at a time, over HTTP. Transport, nothing else.
//!
//! Believes no answer that the office did not sign over this very request. TLS, where there is any,
//! trusts whom the computer trusts: an office may have an authority of its own.

use std::time::Duration;

use beket_record::{Author, Signer};
use beket_sync::Failure;
use beket_wire::{MAX_BODY_BYTES, Message, Problem, Request, open_response};
use rustls::CertificateError as Bad;
use ureq::Agent;
use ureq::tls::{RootCerts, TlsConfig};

use crate::exchange::Question;

/// Long enough for one batch at a kilobyte a second.
const BODY_TIMEOUT: Duration = Duration::from_mins(5);
/// Long enough for an office that has much to store for others first.
const ANSWER_TIMEOUT: Duration = Duration::from_mins(2);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// Bytes of bodies that went each way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Traffic {
    /// To the office.
    pub up: u64,
    /// From the office.
    pub down: u64,
}

/// A way to the office.
#[derive(Debug)]
pub struct Link {
    agent: Agent,
    url: String,
    office: Author,
    /// What went over it so far.
    pub traffic: Traffic,
}

impl Link {
    /// A link to the office at `url`, whose signing key is `office`.
    pub fn new(url: &str, office: Author) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_send_body(Some(BODY_TIMEOUT))
            .timeout_recv_response(Some(ANSWER_TIMEOUT))
            .timeout_recv_body(Some(BODY_TIMEOUT))
            .timeout_connect(Some(CONNECT_TIMEOUT))
            .max_redirects(0)
            .tls_config(TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build())
            .user_agent(concat!("beket-kiosk/", env!("CARGO_PKG_VERSION")))
            .build();
        let url = url.trim_end_matches('/').to_owned();
        Self { agent: config.new_agent(), url, office, traffic: Traffic::default() }
    }

    /// Posts one message and gives the office's signed answer.
    pub fn ask(&mut self, device: &Signer, question: &Question) -> Result<Vec<u8>, Failure> {
        let Question { route, token, counter, body } = question;
        let request = Request::seal(device, *route, token, *counter, body)
            .map_err(|error| Failure::Unreachable(error.to_string()))?;
        self.traffic.up += request.len() as u64;
        let response = self
            .agent
            .post(format!("{}{}", self.url, route.path()))
            .content_type("application/cbor")
            .send(&request[..])
            .map_err(|error| lost(&error))?;
        let status = response.status().as_u16();
        let answer = response
            .into_body()
            .with_config()
            .limit(MAX_BODY_BYTES as u64)
            .read_to_vec()
            .map_err(|error| lost(&error))?;
        self.traffic.down += answer.len() as u64;
        let body = open_response(&self.office, &request, status, &answer)
            .map_err(|error| Failure::NotTheOffice(format!("HTTP {status}: {error}")))?;
        if status == 200 {
            return Ok(body.to_vec());
        }
        Err(match Problem::from_bytes(body) {
            Ok(Problem { message, hello_again: true }) => Failure::Expired(message),
            Ok(Problem { message, .. }) => Failure::Declined(message),
            Err(_) => Failure::Declined(format!("HTTP {status}")),
        })
    }
}

/// Why there is no answer. Of whoever is not believed it is said what can be done about it here.
fn lost(error: &ureq::Error) -> Failure {
    let tls = match error {
        ureq::Error::Io(error) => error.get_ref().and_then(|inner| inner.downcast_ref()),
        ureq::Error::Rustls(error) => Some(error),
        _ => None,
    };
    let why = match tls {
        Some(rustls::Error::InvalidCertificate(
            Bad::Expired
            | Bad::ExpiredContext { .. }
            | Bad::NotValidYet
            | Bad::NotValidYetContext { .. },
        )) => "its certificate is not valid on the date of this computer's clock",
        Some(rustls::Error::InvalidCertificate(Bad::UnknownIssuer | Bad::BadSignature)) => {
            "its certificate is signed by no authority that this computer trusts"
        }
        // So the verifier says that it found no authority at all.
        Some(rustls::Error::General(_)) => {
            "this computer trusts no authority at all: install ca-certificates"
        }
        _ => return Failure::Unreachable(error.to_string()),
    };
    Failure::NotTheOffice(why.to_owned())
}
