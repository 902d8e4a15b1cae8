//! A receipt printer at a device file, in the words of ESC/POS.
//!
//! Takes bytes as written only once the device has let go of them: `usblp` answers a write at once and
//! forgets what is still on its way when the file is closed.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::OFlags;

use super::{Paper, PrintFault};

/// Printers answer a question about themselves within this.
const ANSWER: Duration = Duration::from_millis(300);
/// The longest that a coupon may take.
const PATIENCE: Duration = Duration::from_secs(15);
const STEP: Duration = Duration::from_millis(10);
/// Rows in one piece of a picture; some printers hold no more.
const BAND: usize = 128;

/// Asks for the state of the paper (`DLE EOT 4`).
pub(super) const ASK_PAPER: [u8; 3] = [0x10, 0x04, 0x04];
pub(super) const START: [u8; 2] = [0x1b, b'@'];
/// Feeds four lines, then cuts.
pub(super) const END: [u8; 7] = [0x1b, b'd', 4, 0x1d, b'V', 66, 0];
/// Forgets what was sent and is not printed (`DLE DC4`, function 8).
pub(super) const FORGET: [u8; 10] = [0x10, 0x14, 8, 1, 3, 20, 1, 6, 2, 8];

/// Prints a strip; returns when the printer has taken all of it.
pub(super) fn print(path: &Path, paper: &Paper) -> Result<(), PrintFault> {
    let no_wait = i32::try_from(OFlags::NONBLOCK.bits()).unwrap_or(0);
    let open = |read| OpenOptions::new().read(read).write(true).custom_flags(no_wait).open(path);
    // One that answers nothing may only be written to.
    let mut device = open(true).or_else(|_| open(false)).map_err(|_| PrintFault::Missing)?;
    if has_no_paper(&mut device)? {
        return Err(PrintFault::NoPaper);
    }
    let printed = write(&mut device, &strip(paper)).and_then(|()| {
        // It may have run out in the middle of this one.
        if has_no_paper(&mut device)? { Err(PrintFault::NoPaper) } else { Ok(()) }
    });
    printed.inspect_err(|_| {
        // It is said not to come, and must not come before somebody else. One that takes nothing does
        // not hear that, either.
        if is_ready(&device, PollFlags::OUT, ANSWER) {
            drop(device.write(&FORGET));
            is_ready(&device, PollFlags::OUT, ANSWER);
        }
    })
}

fn strip(paper: &Paper) -> Vec<u8> {
    let mut out = START.to_vec();
    for band in paper.rows.chunks(BAND * paper.row_bytes) {
        let [width, height] =
            [paper.row_bytes, band.len() / paper.row_bytes].map(|n| u16::try_from(n).unwrap_or(0));
        out.extend([0x1d, b'v', b'0', 0]);
        out.extend(width.to_le_bytes());
        out.extend(height.to_le_bytes());
        out.extend(band);
    }
    out.extend(END);
    out
}

/// Writes all of it; returns when the device has let go of it.
fn write(device: &mut File, mut bytes: &[u8]) -> Result<(), PrintFault> {
    let until = Instant::now() + PATIENCE;
    let left = || until.saturating_duration_since(Instant::now());
    while !bytes.is_empty() {
        match device.write(bytes) {
            Ok(0) => return Err(PrintFault::Silent),
            Ok(written) => bytes = &bytes[written..],
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                if !is_ready(device, PollFlags::OUT, left()) {
                    return Err(PrintFault::Silent);
                }
            }
            Err(_) => return Err(PrintFault::Missing),
        }
    }
    if is_ready(device, PollFlags::OUT, left()) { Ok(()) } else { Err(PrintFault::Silent) }
}

/// Whether it says so; one that says nothing is taken to have some.
fn has_no_paper(device: &mut File) -> Result<bool, PrintFault> {
    write(device, &ASK_PAPER)?;
    let until = Instant::now() + ANSWER;
    let mut answer = [0];
    while is_ready(device, PollFlags::IN, until.saturating_duration_since(Instant::now())) {
        match device.read(&mut answer) {
            // The bits that each answer to this question has.
            Ok(1) if answer[0] & 0x93 == 0x12 => return Ok(answer[0] & 0x60 != 0),
            Ok(1) => {}
            // A packet with nothing in it.
            Ok(_) => std::thread::sleep(STEP),
            Err(error) if error.kind() == ErrorKind::WouldBlock => {}
            Err(_) => break,
        }
    }
    Ok(false)
}

/// Waits until it is; gives whether it came to that.
fn is_ready(device: &File, what: PollFlags, most: Duration) -> bool {
    let until = Instant::now() + most;
    loop {
        let left = until.saturating_duration_since(Instant::now());
        let Ok(left) = Timespec::try_from(left) else { return false };
        let mut fds = [PollFd::new(device, what)];
        match poll(&mut fds, Some(&left)) {
            Ok(0) => return false,
            Ok(_) => return fds[0].revents().contains(what),
            Err(error) if error == rustix::io::Errno::INTR => {}
            Err(_) => return false,
        }
    }
}
