//! The line between kiosks and office: open, down, cut after so many bytes, or with somebody in the
//! middle who changes what passes.
//! Refuses to reorder or repeat bytes within a connection: TCP does not.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use anyhow::{Context, Result, bail};

/// Changes one request or answer, in the order in which they pass.
pub type Meddler = dyn FnMut(Passing<'_>) + Send;

/// What passes the one in the middle.
#[derive(Debug)]
pub struct Passing<'a> {
    /// Number of the request since the line was set so, from 0.
    pub number: usize,
    /// Its path.
    pub path: &'a str,
    /// `None` on the way up; on the way down the HTTP status.
    pub status: Option<&'a mut u16>,
    /// The body.
    pub body: &'a mut Vec<u8>,
}

/// How the line is.
pub enum Way {
    /// Everything passes.
    Open,
    /// Nothing does.
    Down,
    /// Everything passes until so many bytes went one way; then nothing does.
    CutAfter {
        /// Bytes towards the office.
        up: Option<u64>,
        /// Bytes towards the kiosk.
        down: Option<u64>,
    },
    /// Whole requests and answers pass through somebody's hands.
    Through(Box<Meddler>),
}

/// A listener that passes connections on.
#[derive(Debug)]
pub struct Line {
    address: SocketAddr,
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    office: Mutex<String>,
    way: Mutex<Arc<Setting>>,
    over: AtomicBool,
}

/// One way of the line, with what passed since it was set.
struct Setting {
    left: [AtomicI64; 2],
    passed: [AtomicU64; 2],
    meddler: Option<Mutex<(usize, Box<Meddler>)>>,
}

impl std::fmt::Debug for Setting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Setting(left {:?}, passed {:?})", self.left, self.passed)
    }
}

impl Setting {
    fn new(way: Way) -> Self {
        let bytes = |limit: Option<u64>| {
            AtomicI64::new(limit.map_or(i64::MAX, |limit| i64::try_from(limit).unwrap_or(i64::MAX)))
        };
        let (left, meddler) = match way {
            Way::Open => ([bytes(None), bytes(None)], None),
            Way::Down => ([bytes(Some(0)), bytes(Some(0))], None),
            Way::CutAfter { up, down } => ([bytes(up), bytes(down)], None),
            Way::Through(meddler) => ([bytes(None), bytes(None)], Some(Mutex::new((0, meddler)))),
        };
        Self { left, passed: [AtomicU64::new(0), AtomicU64::new(0)], meddler }
    }

    fn is_cut(&self) -> bool {
        self.left.iter().any(|left| left.load(Ordering::SeqCst) <= 0)
    }
}

impl Line {
    /// An open line to the office at `office`, `host:port`.
    pub fn to(office: &str) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").context("opening a line")?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            office: Mutex::new(office.to_owned()),
            way: Mutex::new(Arc::new(Setting::new(Way::Open))),
            over: AtomicBool::new(false),
        });
        let ours = shared.clone();
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if ours.over.load(Ordering::SeqCst) {
                    return;
                }
                let (setting, office) = (ours.setting().clone(), ours.office().clone());
                thread::spawn(move || drop(pass(stream, &office, &setting)));
            }
        });
        Ok(Self { address, shared })
    }

    /// The address that kiosks are given.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Sets the line so for connections to come.
    pub fn set(&self, way: Way) {
        *self.shared.setting() = Arc::new(Setting::new(way));
    }

    /// Leads connections to come to another server, `host:port`.
    pub fn lead_to(&self, office: &str) {
        office.clone_into(&mut self.shared.office());
    }

    /// Bytes that went up and down since the line was set.
    pub fn passed(&self) -> (u64, u64) {
        let setting = self.shared.setting().clone();
        let [up, down] = &setting.passed;
        (up.load(Ordering::SeqCst), down.load(Ordering::SeqCst))
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.shared.over.store(true, Ordering::SeqCst);
        // Wakes the listener, so that it sees that it is over.
        drop(TcpStream::connect(self.address));
    }
}

impl Shared {
    fn office(&self) -> MutexGuard<'_, String> {
        self.office.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn setting(&self) -> MutexGuard<'_, Arc<Setting>> {
        self.way.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn pass(kiosk: TcpStream, office: &str, setting: &Arc<Setting>) -> Result<()> {
    if setting.is_cut() {
        return Ok(());
    }
    if let Some(meddler) = &setting.meddler {
        return pass_through(kiosk, office, meddler);
    }
    let server = TcpStream::connect(office)?;
    let (from, to) = (kiosk.try_clone()?, server.try_clone()?);
    let ours = setting.clone();
    let up = thread::spawn(move || pump(from, to, &ours, 0));
    pump(server, kiosk, setting, 1);
    drop(up.join());
    Ok(())
}

/// Passes bytes one way until either side ends or the line is cut.
fn pump(mut from: TcpStream, mut to: TcpStream, setting: &Setting, way: usize) {
    let mut buffer = [0; 16 * 1024];
    while let Ok(read @ 1..) = from.read(&mut buffer) {
        let had = setting.left[way].fetch_sub(read.cast_signed() as i64, Ordering::SeqCst);
        let may = usize::try_from(had.max(0)).unwrap_or(usize::MAX).min(read);
        setting.passed[way].fetch_add(may as u64, Ordering::SeqCst);
        if to.write_all(&buffer[..may]).is_err() || setting.is_cut() {
            break;
        }
    }
    drop((from.shutdown(Shutdown::Both), to.shutdown(Shutdown::Both)));
}

/// Takes whole requests and answers, one after the other, and lets the meddler at each.
fn pass_through(
    mut kiosk: TcpStream,
    office: &str,
    meddler: &Mutex<(usize, Box<Meddler>)>,
) -> Result<()> {
    let agent = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).build();
    let agent = agent.new_agent();
    while let Some((path, mut body)) = read_request(&mut kiosk)? {
        let mut held = meddler.lock().unwrap_or_else(PoisonError::into_inner);
        let (count, meddle) = &mut *held;
        let number = *count;
        *count += 1;
        meddle(Passing { number, path: &path, status: None, body: &mut body });
        let request = agent.post(format!("http://{office}{path}"));
        let answer = request.content_type("application/cbor").send(&body[..])?;
        let mut status = answer.status().as_u16();
        let mut body = answer.into_body().with_config().limit(64 << 20).read_to_vec()?;
        meddle(Passing { number, path: &path, status: Some(&mut status), body: &mut body });
        drop(held);
        let head = format!(
            "HTTP/1.1 {status} Said\r\ncontent-type: application/cbor\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        kiosk.write_all(head.as_bytes())?;
        kiosk.write_all(&body)?;
    }
    Ok(())
}

/// The next request's path and body; `None` where the connection ends.
fn read_request(stream: &mut TcpStream) -> Result<Option<(String, Vec<u8>)>> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        if stream.read(&mut byte)? == 0 {
            return Ok(None);
        }
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).context("a request's head is no text")?;
    let path = head.split(' ').nth(1).context("a request without a path")?.to_owned();
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>())
    });
    let Some(length) = length else { bail!("a request that does not say its length: {head}") };
    let mut body = vec![0; length?];
    stream.read_exact(&mut body)?;
    Ok(Some((path, body)))
}
