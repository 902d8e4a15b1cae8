//! Who vouches for a request and for its answer.
//!
//! ```text
//! request:  version 1 │ device 32 │ counter 8 │ token 1+n │ signature 64 │ body
//! response: signature 64 │ body
//! ```
//!
//! The device signs token, counter, method, path and the body's hash. The office signs its answer
//! over the whole request, so that an answer fits one request and no other. Neither hides
//! anything: what must stay secret is sealed inside the records.

use beket_record::{Author, Signer};
use thiserror::Error;

/// The most bytes that a request or response may have.
pub const MAX_BODY_BYTES: usize = 2 * 1024 * 1024;

const VERSION: u8 = 1;
const REQUEST_DOMAIN: &[u8] = b"beket-request-1";
const RESPONSE_DOMAIN: &[u8] = b"beket-response-1";
const MAX_TOKEN_BYTES: usize = 64;
const SIGNATURE_BYTES: usize = 64;

/// Why an envelope was not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum EnvelopeError {
    /// Not an envelope of this version.
    #[error("this is not a request or answer of Beket's, or one of another version")]
    Malformed,
    /// The signature does not fit: altered on its way, for another request, or by another key.
    #[error("its signature does not fit: it was altered on its way, or is not from whom it says")]
    Signature,
    /// Over [`MAX_BODY_BYTES`].
    #[error("it has more than {MAX_BODY_BYTES} bytes")]
    TooLarge,
}

/// What a request is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Route {
    /// Opens a conversation.
    Hello,
    /// Compares sets.
    Reconcile,
    /// Sends records.
    Push,
    /// Asks for records.
    Pull,
}

impl Route {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Hello, Self::Reconcile, Self::Push, Self::Pull];

    /// The path under the office's address. The method is always POST.
    pub fn path(self) -> &'static str {
        match self {
            Self::Hello => "/sync/hello",
            Self::Reconcile => "/sync/reconcile",
            Self::Push => "/sync/push",
            Self::Pull => "/sync/pull",
        }
    }
}

/// A request whose signature fits its device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Who asks.
    pub device: Author,
    /// Which request of the conversation this is, from 0.
    pub counter: u64,
    /// What the welcome gave; empty in a hello.
    pub token: Vec<u8>,
    /// The message.
    pub body: Vec<u8>,
}

impl Request {
    /// Signs and writes a request.
    pub fn seal(
        device: &Signer,
        route: Route,
        token: &[u8],
        counter: u64,
        body: &[u8],
    ) -> Result<Vec<u8>, EnvelopeError> {
        let token_len = u8::try_from(token.len()).map_err(|_| EnvelopeError::Malformed)?;
        if token.len() > MAX_TOKEN_BYTES {
            return Err(EnvelopeError::Malformed);
        }
        let mut out = vec![VERSION];
        out.extend_from_slice(device.author().as_bytes());
        out.extend_from_slice(&counter.to_be_bytes());
        out.push(token_len);
        out.extend_from_slice(token);
        out.extend_from_slice(&device.sign(&request_statement(route, token, counter, body)));
        out.extend_from_slice(body);
        if out.len() > MAX_BODY_BYTES { Err(EnvelopeError::TooLarge) } else { Ok(out) }
    }

    /// Reads a request and checks its signature.
    pub fn open(route: Route, bytes: &[u8]) -> Result<Self, EnvelopeError> {
        if bytes.len() > MAX_BODY_BYTES {
            return Err(EnvelopeError::TooLarge);
        }
        let parsed = split_request(bytes).ok_or(EnvelopeError::Malformed)?;
        let (device, counter, token, signature, body) = parsed;
        if !device.verifies(&request_statement(route, token, counter, body), signature) {
            return Err(EnvelopeError::Signature);
        }
        Ok(Self { device, counter, token: token.to_vec(), body: body.to_vec() })
    }
}

type Parts<'a> = (Author, u64, &'a [u8], &'a [u8; SIGNATURE_BYTES], &'a [u8]);

fn split_request(bytes: &[u8]) -> Option<Parts<'_>> {
    let ([version], rest) = bytes.split_first_chunk()?;
    let (device, rest) = rest.split_first_chunk::<32>()?;
    let (counter, rest) = rest.split_first_chunk::<8>()?;
    let ([token_len], rest) = rest.split_first_chunk()?;
    let (token, rest) = rest.split_at_checked(usize::from(*token_len))?;
    let (signature, body) = rest.split_first_chunk::<SIGNATURE_BYTES>()?;
    let fits = *version == VERSION && token.len() <= MAX_TOKEN_BYTES;
    let device = Author::from_bytes(*device);
    fits.then_some((device, u64::from_be_bytes(*counter), token, signature, body))
}

fn request_statement(route: Route, token: &[u8], counter: u64, body: &[u8]) -> Vec<u8> {
    let path = route.path().as_bytes();
    let mut statement = REQUEST_DOMAIN.to_vec();
    statement.extend_from_slice(blake3::hash(token).as_bytes());
    statement.extend_from_slice(&counter.to_be_bytes());
    statement.extend_from_slice(b"POST ");
    statement.extend_from_slice(path);
    statement.push(0);
    statement.extend_from_slice(blake3::hash(body).as_bytes());
    statement
}

/// Signs an answer to exactly this request, with the HTTP status it goes out with.
pub fn seal_response(office: &Signer, request: &[u8], status: u16, body: &[u8]) -> Vec<u8> {
    let mut out = office.sign(&response_statement(request, status, body)).to_vec();
    out.extend_from_slice(body);
    out
}

/// Checks that an answer is the office's own, to exactly this request, and gives its body.
pub fn open_response<'a>(
    office: &Author,
    request: &[u8],
    status: u16,
    response: &'a [u8],
) -> Result<&'a [u8], EnvelopeError> {
    if response.len() > MAX_BODY_BYTES {
        return Err(EnvelopeError::TooLarge);
    }
    let (signature, body) =
        response.split_first_chunk::<SIGNATURE_BYTES>().ok_or(EnvelopeError::Malformed)?;
    if office.verifies(&response_statement(request, status, body), signature) {
        Ok(body)
    } else {
        Err(EnvelopeError::Signature)
    }
}

fn response_statement(request: &[u8], status: u16, body: &[u8]) -> Vec<u8> {
    let mut statement = RESPONSE_DOMAIN.to_vec();
    statement.extend_from_slice(blake3::hash(request).as_bytes());
    statement.extend_from_slice(&status.to_be_bytes());
    statement.extend_from_slice(blake3::hash(body).as_bytes());
    statement
}

#[cfg(test)]
mod tests;
