//! The printer beside a self-service kiosk: a receipt printer's device file (ESC/POS), or a queue of
//! CUPS through `lp`.
//!
//! Owns which of them prints, and how a command of CUPS is asked. Refuses to wait for ever: a printer
//! that says nothing is answered for within seconds, and the number stays on the screen.

mod device;

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use minicbor::{Decode, Encode};

use super::{Coupon, Paper, pdf};

/// Where coupons are printed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
pub enum Printer {
    /// Nowhere: the number is photographed from the screen.
    #[default]
    #[n(0)]
    None,
    /// A receipt printer's device file, such as `/dev/usb/lp0`.
    #[n(1)]
    Device(#[n(0)] String),
    /// A queue of CUPS.
    #[n(2)]
    Queue(#[n(0)] String),
}

/// Why nothing came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrintFault {
    /// It is not there.
    Missing,
    /// It has no paper.
    NoPaper,
    /// It is there and takes nothing.
    Silent,
}

/// The longest that a coupon may take.
const PATIENCE: Duration = Duration::from_secs(15);
const STEP: Duration = Duration::from_millis(10);
/// A page that is being printed may take so many times as long as one that waits.
const SLOWEST: u32 = 6;
/// A queue is asked again after this whether a page is out.
const ASKS_AGAIN: Duration = Duration::from_millis(300);

/// Prints a coupon; returns when the printer has taken it, or when nobody waits for it any more.
pub fn print(printer: &Printer, coupon: &Coupon, left: &AtomicBool) -> Result<(), PrintFault> {
    match printer {
        Printer::None => Ok(()),
        _ if left.load(Ordering::Relaxed) => Err(PrintFault::Silent),
        Printer::Device(path) => device::print(Path::new(path), &Paper::of(coupon)),
        Printer::Queue(queue) => {
            in_queue(&Spooler::of_system(), queue, &pdf(&Paper::of(coupon)), left)
        }
    }
}

/// The commands of CUPS, each with what stands before its own arguments.
struct Spooler {
    lp: Vec<String>,
    lpstat: Vec<String>,
    cancel: Vec<String>,
    /// The longest that each of them may take.
    patience: Duration,
    /// The longest that a page may wait in line.
    in_line: Duration,
}

impl Spooler {
    fn of_system() -> Self {
        let [lp, lpstat, cancel] = ["lp", "lpstat", "cancel"].map(|name| vec![name.to_owned()]);
        Self { lp, lpstat, cancel, patience: PATIENCE, in_line: PATIENCE }
    }
}

fn command(words: &[String]) -> Command {
    let mut words = words.iter();
    let mut command = Command::new(words.next().map_or("", String::as_str));
    command.args(words);
    command
}

impl Spooler {
    /// What the state of a queue says, in English.
    fn stat(&self, arguments: &[&str]) -> Result<String, PrintFault> {
        told(command(&self.lpstat).env("LC_ALL", "C").args(arguments), self.patience)
    }

    /// Whether its printer would take a page; gives what it says of itself.
    fn is_ready(&self, queue: &str) -> Result<String, PrintFault> {
        let said = self.stat(&["-l", "-p", queue])?;
        if ["media-empty", "media-needed"].iter().any(|alert| said.contains(alert)) {
            return Err(PrintFault::NoPaper);
        }
        if ["offline", "disabled", "cover-open"].iter().any(|alert| said.contains(alert)) {
            return Err(PrintFault::Silent);
        }
        Ok(said)
    }

    /// Hands a page to the queue; gives the name of the job, where it says one.
    fn hand_in(&self, queue: &str, page: &[u8]) -> Result<Option<String>, PrintFault> {
        let mut lp = command(&self.lp)
            .env("LC_ALL", "C")
            .args(["-d", queue, "-t", "Beket", "-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|_| PrintFault::Missing)?;
        let (pipe, page, mut says) = (lp.stdin.take(), page.to_owned(), lp.stdout.take());
        // A queue that is stuck takes nothing and ends never: then the other end is closed.
        let hands =
            std::thread::spawn(move || pipe.is_some_and(|mut pipe| pipe.write_all(&page).is_ok()));
        let taken = ended(&mut lp, self.patience).is_some_and(|status| status.success());
        if !(hands.join().unwrap_or(false) && taken) {
            return Err(PrintFault::Silent);
        }
        let mut said = String::new();
        drop(says.as_mut().map(|pipe| pipe.read_to_string(&mut said)));
        // `request id is TM-12 (1 file(s))`
        Ok(said
            .split_once("request id is ")
            .and_then(|(_, rest)| Some(rest.split_whitespace().next()?.to_owned())))
    }

    /// Waits until a job has left its queue: what was only put in line is no paper in anybody's hand.
    /// One that CUPS aborted is taken for one that came out: `lpstat` (2.4) does not tell them apart.
    fn see_out(&self, queue: &str, job: &str, left: &AtomicBool) -> Result<(), PrintFault> {
        let mut until = Instant::now() + self.in_line;
        let at_last = Instant::now() + self.in_line * SLOWEST;
        loop {
            let waiting = self.stat(&["-o", queue])?;
            if !waiting.lines().any(|line| line.split_whitespace().next() == Some(job)) {
                return Ok(());
            }
            // A page that is being printed comes, however slowly; one behind another may not.
            if self.is_ready(queue)?.contains(&format!("now printing {job}.")) {
                until = (Instant::now() + self.in_line).min(at_last);
            }
            if Instant::now() > until || left.load(Ordering::Relaxed) {
                return Err(PrintFault::Silent);
            }
            std::thread::sleep(ASKS_AGAIN);
        }
    }
}

fn in_queue(
    spooler: &Spooler,
    queue: &str,
    page: &[u8],
    left: &AtomicBool,
) -> Result<(), PrintFault> {
    spooler.is_ready(queue)?;
    match spooler.hand_in(queue, page)? {
        Some(job) => spooler.see_out(queue, &job, left).inspect_err(|_| {
            // It is said not to come, and must not come before somebody else.
            drop(told(command(&spooler.cancel).arg(&job), spooler.patience));
        }),
        None => Ok(()),
    }
}

/// What a command says, where it ends well and in time.
fn told(command: &mut Command, patience: Duration) -> Result<String, PrintFault> {
    let command = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut asked = command.spawn().map_err(|_| PrintFault::Missing)?;
    let pipe = asked.stdout.take();
    let reads = std::thread::spawn(move || {
        let mut said = Vec::new();
        pipe.map(|mut pipe| pipe.read_to_end(&mut said));
        String::from_utf8_lossy(&said).into_owned()
    });
    let status = ended(&mut asked, patience).ok_or(PrintFault::Silent)?;
    let said = reads.join().map_err(|_| PrintFault::Silent)?;
    if status.success() { Ok(said) } else { Err(PrintFault::Missing) }
}

/// How a command ended; one that takes too long is ended, and `None`.
fn ended(command: &mut Child, patience: Duration) -> Option<ExitStatus> {
    let until = Instant::now() + patience;
    loop {
        match command.try_wait() {
            Ok(Some(status)) => return Some(status),
            Ok(None) if Instant::now() < until => std::thread::sleep(STEP),
            Ok(None) | Err(_) => {
                drop(command.kill());
                drop(command.wait());
                return None;
            }
        }
    }
}

/// Device files and queues that are there.
pub(crate) fn found() -> Vec<Printer> {
    let devices = (0..4).map(|n| format!("/dev/usb/lp{n}"));
    let devices = devices.filter(|path| Path::new(path).exists()).map(Printer::Device);
    let queues = told(Command::new("lpstat").arg("-e"), PATIENCE).unwrap_or_default();
    devices.chain(queues.lines().map(|queue| Printer::Queue(queue.to_owned()))).collect()
}

#[cfg(test)]
mod tests;
