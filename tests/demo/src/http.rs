//! One HTTP/1.1 request on the loopback and its whole reply: all that the console needs.
//! Refuses TLS, redirects and kept connections.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use anyhow::{Context, Result, bail};

const PATIENCE: Duration = Duration::from_secs(30);

/// What came back.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Reply {
    /// Every value of one header.
    pub(crate) fn headers<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let same = move |(key, _): &&(String, String)| key.eq_ignore_ascii_case(name);
        self.headers.iter().filter(same).map(|(_, value)| value.as_str())
    }
}

/// Sends one request to `host`, such as `127.0.0.1:8080`. With a form it is a POST.
pub(crate) fn send(host: &str, path: &str, cookie: &str, form: Option<&str>) -> Result<Reply> {
    let mut stream = TcpStream::connect(host).with_context(|| format!("reaching {host}"))?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let request = request(host, path, cookie, form);
    stream.write_all(request.as_bytes()).with_context(|| format!("asking for {path}"))?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).with_context(|| format!("reading the reply to {path}"))?;
    reply(&bytes).with_context(|| format!("reading the reply to {path}"))
}

/// Says its origin as a browser would, so that a console which asks for it is content.
fn request(host: &str, path: &str, cookie: &str, form: Option<&str>) -> String {
    let cookie = match cookie {
        "" => String::new(),
        cookie => format!("Cookie: {cookie}\r\n"),
    };
    let (method, about, body) = match form {
        None => ("GET", String::new(), ""),
        Some(form) => {
            let length = form.len();
            let kind = "application/x-www-form-urlencoded";
            let origin = format!("Origin: http://{host}\r\n");
            let about = format!("{origin}Content-Type: {kind}\r\nContent-Length: {length}\r\n");
            ("POST", about, form)
        }
    };
    let head = format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n");
    format!("{head}Accept: text/html\r\n{cookie}{about}\r\n{body}")
}

fn reply(bytes: &[u8]) -> Result<Reply> {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n");
    let end = end.context("the reply has no end of its headers")?;
    let head = std::str::from_utf8(&bytes[..end]).context("the reply's headers are no text")?;
    let mut lines = head.split("\r\n");
    let status = lines.next().and_then(|line| line.split(' ').nth(1));
    let status = status.and_then(|code| code.parse().ok()).context("the reply has no status")?;
    let headers = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
        .collect();
    let mut reply = Reply { status, headers, body: String::new() };
    let raw = &bytes[end + 4..];
    let chunked = reply.headers("transfer-encoding").any(|coding| coding == "chunked");
    let whole = if chunked { joined(raw)? } else { raw.to_vec() };
    reply.body = String::from_utf8(whole).context("the reply is no text")?;
    Ok(reply)
}

/// The chunks of a body put together.
fn joined(mut rest: &[u8]) -> Result<Vec<u8>> {
    let mut whole = Vec::new();
    loop {
        let end = rest.windows(2).position(|window| window == b"\r\n");
        let end = end.context("a chunk has no size")?;
        let size = std::str::from_utf8(&rest[..end]).ok();
        let size =
            size.and_then(|line| usize::from_str_radix(line.split(';').next()?.trim(), 16).ok());
        let size = size.context("a chunk's size is no number")?;
        if size == 0 {
            return Ok(whole);
        }
        let Some(chunk) = rest.get(end + 2..end + 2 + size) else { bail!("a chunk is cut short") };
        whole.extend_from_slice(chunk);
        rest = rest.get(end + 4 + size..).unwrap_or_default();
    }
}

/// `name=value&…`, everything but letters and digits escaped.
pub(crate) fn form(fields: &[(&str, &str)]) -> String {
    let pairs = fields.iter().map(|(name, value)| format!("{}={}", escaped(name), escaped(value)));
    pairs.collect::<Vec<_>>().join("&")
}

fn escaped(text: &str) -> String {
    let bytes = text.bytes().map(|byte| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    });
    bytes.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_ends_its_headers_once() {
        let get = request("h:1", "/cases", "a=1", None);
        assert_eq!(
            get,
            "GET /cases HTTP/1.1\r\nHost: h:1\r\nConnection: close\r\nAccept: text/html\r\n\
             Cookie: a=1\r\n\r\n"
        );
        let post = request("h:1", "/sign-in", "", Some("name=a"));
        assert!(post.ends_with("Content-Length: 6\r\n\r\nname=a"), "{post}");
    }

    #[test]
    fn a_reply_is_read_whole() {
        let text = "HTTP/1.1 303 See Other\r\nset-cookie: a=1; Path=/\r\nSet-Cookie: b=2\r\n\
                    Location: /cases\r\ncontent-length: 4\r\n\r\nбұ";
        let reply = reply(text.as_bytes()).unwrap();
        assert_eq!((reply.status, reply.body.as_str()), (303, "бұ"));
        assert_eq!(reply.headers("Set-Cookie").collect::<Vec<_>>(), ["a=1; Path=/", "b=2"]);
    }

    #[test]
    fn chunks_are_joined_and_broken_replies_refused() {
        let chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x\r\nde\r\n0\r\n\r\n";
        assert_eq!(reply(chunked).unwrap().body, "abcde");
        let short = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nabc\r\n";
        assert!(reply(short).is_err());
        assert!(reply(b"HTTP/1.1 200 OK\r\n").is_err());
        assert!(reply(b"hello\r\n\r\n").is_err());
    }

    #[test]
    fn forms_are_escaped() {
        assert_eq!(
            form(&[("value", "+7 701"), ("text", "Иә")]),
            "value=%2B7%20701&text=%D0%98%D3%99"
        );
    }
}
