//! A receipt printer that a pseudo-terminal plays, and a CUPS that two scripts play.

use std::fs::File;
use std::os::fd::OwnedFd;
use std::sync::mpsc::channel;

use beket_words::Tongue;
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};

use super::device::{ASK_PAPER, END, FORGET, START};
use super::*;
use crate::coupon::tests::coupon;

/// Whoever waits for it stays.
static STAYS: AtomicBool = AtomicBool::new(false);
const PAPER: u8 = 0x12;
const NO_PAPER: u8 = 0x72;

/// The printer's end of a line, and the device file that it is at.
fn line() -> (OwnedFd, String) {
    let printer = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&printer).unwrap();
    unlockpt(&printer).unwrap();
    let path = ptsname(&printer, Vec::new()).unwrap().into_string().unwrap();
    let mut raw = tcgetattr(&printer).unwrap();
    raw.make_raw();
    tcsetattr(&printer, OptionalActions::Now, &raw).unwrap();
    (printer, path)
}

/// Prints on a printer that answers each question about its paper with the next of `answers`;
/// gives what came of it and everything that reached the printer.
fn on(answers: &'static [u8]) -> (Result<(), PrintFault>, Vec<u8>) {
    at_pace(answers, 4096, Duration::ZERO)
}

/// The same on one that takes so many bytes at once, and rests after each piece.
fn at_pace(
    answers: &'static [u8],
    at_once: usize,
    rest: Duration,
) -> (Result<(), PrintFault>, Vec<u8>) {
    let (printer, path) = line();
    let (done, stop) = channel::<()>();
    let plays = std::thread::spawn(move || {
        let mut printer = File::from(printer);
        let flags = rustix::fs::fcntl_getfl(&printer).unwrap() | rustix::fs::OFlags::NONBLOCK;
        rustix::fs::fcntl_setfl(&printer, flags).unwrap();
        let mut answers = answers.iter();
        let (mut all, mut piece) = (Vec::new(), vec![0; at_once]);
        loop {
            match printer.read(&mut piece) {
                Ok(read) => {
                    all.extend(&piece[..read]);
                    std::thread::sleep(rest);
                    if all.ends_with(&ASK_PAPER)
                        && let Some(answer) = answers.next()
                    {
                        printer.write_all(&[*answer]).unwrap();
                    }
                }
                Err(_) if stop.try_recv().is_ok() => return all,
                Err(_) => std::thread::sleep(Duration::from_millis(1)),
            }
        }
    });
    let printed = print(&Printer::Device(path), &coupon(Tongue::Kk), &STAYS);
    done.send(()).unwrap();
    (printed, plays.join().unwrap())
}

#[test]
fn a_coupon_reaches_the_printer_row_by_row_and_is_cut_off() {
    let (printed, bytes) = on(&[PAPER, PAPER]);
    assert_eq!(printed, Ok(()));
    let paper = Paper::of(&coupon(Tongue::Kk));
    let bytes = bytes.strip_prefix(&ASK_PAPER).unwrap();
    let bytes = bytes.strip_suffix(&ASK_PAPER).unwrap();
    let mut rest = bytes.strip_prefix(&START).unwrap();
    let mut rows: Vec<u8> = Vec::new();
    while let Some(band) = rest.strip_prefix(&[0x1d, b'v', b'0', 0, 72, 0]) {
        let height = usize::from(u16::from_le_bytes([band[0], band[1]]));
        rows.extend(&band[2..2 + height * 72]);
        rest = &band[2 + height * 72..];
    }
    assert_eq!(rows, paper.rows);
    assert_eq!(rest, END);
}

#[test]
fn a_printer_without_paper_is_told_apart_before_and_after() {
    let (printed, bytes) = on(&[NO_PAPER]);
    assert_eq!((printed, bytes), (Err(PrintFault::NoPaper), ASK_PAPER.to_vec()));
    let (printed, _) = on(&[PAPER, NO_PAPER]);
    assert_eq!(printed, Err(PrintFault::NoPaper));
}

#[test]
fn a_slow_printer_is_asked_for_its_paper_once_it_has_all_of_the_coupon() {
    let (printed, bytes) = at_pace(&[PAPER, NO_PAPER], 512, Duration::from_millis(3));
    assert_eq!(printed, Err(PrintFault::NoPaper));
    // What it has not printed must not come before somebody else.
    let mut end = END.to_vec();
    end.extend(ASK_PAPER);
    end.extend(FORGET);
    assert!(bytes.ends_with(&end), "{:?}", &bytes[bytes.len() - 24..]);
}

#[test]
fn a_printer_that_says_nothing_of_itself_prints_all_the_same() {
    let (printed, bytes) = on(&[]);
    assert_eq!(printed, Ok(()));
    assert!(bytes.len() > 10_000);
}

#[test]
fn an_unplugged_printer_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lp0").to_str().unwrap().to_owned();
    assert_eq!(
        print(&Printer::Device(path), &coupon(Tongue::Ru), &STAYS),
        Err(PrintFault::Missing)
    );
    assert_eq!(print(&Printer::None, &coupon(Tongue::Ru), &STAYS), Ok(()));
}

/// Two scripts in the place of CUPS: what `lpstat` says, whether each succeeds. A file `jobs` is what
/// waits in the queue; `lp` has put the page there as `TM-12`.
fn cups(folder: &Path, says: &str, knows: bool, takes: bool) -> Spooler {
    let script = |name: &str, text: String| {
        let path = folder.join(name);
        std::fs::write(&path, text).unwrap();
        vec!["sh".to_owned(), path.to_str().unwrap().to_owned()]
    };
    let kept = folder.join("page.pdf");
    std::fs::write(folder.join("jobs"), "TM-11 root 1024 Mon\n").unwrap();
    let [knows, takes] = [knows, takes].map(|good| u8::from(!good));
    Spooler {
        lpstat: script(
            "lpstat",
            format!(
                "case $1 in -o) cat '{}'; exit 0;; esac\necho '{says}'\nexit {knows}\n",
                folder.join("jobs").display()
            ),
        ),
        lp: script(
            "lp",
            format!(
                "cat > '{}'\necho 'request id is TM-12 (1 file(s))'\nexit {takes}\n",
                kept.display()
            ),
        ),
        cancel: script("cancel", format!("echo $1 > '{}'\n", folder.join("cancelled").display())),
        patience: PATIENCE,
        in_line: Duration::from_millis(700),
    }
}

#[test]
fn a_queue_that_is_stuck_holds_nobody_up() {
    let folder = tempfile::tempdir().unwrap();
    let page = vec![7; 200_000];
    let patience = Duration::from_secs(1);
    let script = |text: &str| {
        let path = folder.path().join("stuck");
        std::fs::write(&path, text).unwrap();
        vec!["sh".to_owned(), path.to_str().unwrap().to_owned()]
    };
    let ready = cups(folder.path(), "TM is idle", true, true);
    let state_stuck = Spooler { lpstat: script("exec sleep 600"), patience, ..ready };
    assert_eq!(in_queue(&state_stuck, "TM", &page, &STAYS), Err(PrintFault::Silent));
    let ready = cups(folder.path(), "TM is idle", true, true);
    let lp_stuck = Spooler { lp: script("exec sleep 600"), patience, ..ready };
    assert_eq!(in_queue(&lp_stuck, "TM", &page, &STAYS), Err(PrintFault::Silent));
}

#[test]
fn a_page_that_stays_in_the_queue_is_in_nobody_s_hand() {
    let folder = tempfile::tempdir().unwrap();
    let ready = cups(folder.path(), "printer TM is idle.", true, true);
    std::fs::write(folder.path().join("jobs"), "TM-12 root 1024 Mon\nTM-13 root 1024 Mon\n")
        .unwrap();
    assert_eq!(in_queue(&ready, "TM", b"page", &STAYS), Err(PrintFault::Silent));
    assert_eq!(std::fs::read(folder.path().join("page.pdf")).unwrap(), b"page", "it was handed in");
    let cancelled = || std::fs::read_to_string(folder.path().join("cancelled")).unwrap();
    assert_eq!(cancelled(), "TM-12\n", "or it would come out before somebody else");
    // Another's page that is being printed is not ours; ours is waited for.
    let jobs = folder.path().join("jobs");
    for (printing, came) in [("TM-11", Err(PrintFault::Silent)), ("TM-12", Ok(()))] {
        std::fs::write(&jobs, "TM-12 root 1024 Mon\n").unwrap();
        let says = format!("printer TM now printing {printing}.  enabled since Mon");
        let busy = cups(folder.path(), &says, true, true);
        std::fs::write(&jobs, "TM-12 root 1024 Mon\n").unwrap();
        let (leaves, ours) = (jobs.clone(), came.is_ok());
        let leaves = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(1_500));
            if ours {
                std::fs::write(leaves, "").unwrap();
            }
        });
        assert_eq!(in_queue(&busy, "TM", b"page", &STAYS), came, "{printing}");
        leaves.join().unwrap();
    }
    std::fs::write(&jobs, "TM-12 root 1024 Mon\n").unwrap();
    // Out of paper in the middle of it.
    let asked = folder.path().join("asked");
    let says = format!(
        "case $1 in -o) cat '{}'; exit 0;; esac\nif [ -e '{asked}' ]; then echo 'Alerts: media-empty'; fi\ntouch '{asked}'\n",
        folder.path().join("jobs").display(),
        asked = asked.display()
    );
    std::fs::write(folder.path().join("lpstat"), says).unwrap();
    assert_eq!(in_queue(&ready, "TM", b"page", &STAYS), Err(PrintFault::NoPaper));
}

#[test]
fn a_page_that_nobody_waits_for_any_more_is_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let says = "printer TM now printing TM-12.  enabled since Mon";
    let busy = Spooler { in_line: PATIENCE, ..cups(folder.path(), says, true, true) };
    std::fs::write(folder.path().join("jobs"), "TM-12 root 1024 Mon\n").unwrap();
    let left = AtomicBool::new(true);
    assert_eq!(in_queue(&busy, "TM", b"page", &left), Err(PrintFault::Silent));
    assert_eq!(std::fs::read_to_string(folder.path().join("cancelled")).unwrap(), "TM-12\n");
}

#[test]
fn a_queue_takes_a_page_or_is_said_to_lack_paper_or_to_be_missing() {
    let folder = tempfile::tempdir().unwrap();
    let page = pdf(&Paper::of(&coupon(Tongue::En)));
    let ready = "printer TM is idle.  enabled since Mon\n\tAlerts: none";
    let spooler = cups(folder.path(), ready, true, true);
    assert_eq!(in_queue(&spooler, "TM", &page, &STAYS), Ok(()));
    assert_eq!(std::fs::read(folder.path().join("page.pdf")).unwrap(), page);
    for (says, knows, takes, fault) in [
        ("printer TM is idle.\n\tAlerts: media-empty-error", true, true, PrintFault::NoPaper),
        ("printer TM disabled since Mon", true, true, PrintFault::Silent),
        ("", false, true, PrintFault::Missing),
        (ready, true, false, PrintFault::Silent),
    ] {
        let spooler = cups(folder.path(), says, knows, takes);
        assert_eq!(in_queue(&spooler, "TM", &page, &STAYS), Err(fault), "{says}");
    }
    let nowhere = vec![folder.path().join("no").to_str().unwrap().to_owned()];
    let none = Spooler { lp: nowhere.clone(), lpstat: nowhere, ..Spooler::of_system() };
    assert_eq!(in_queue(&none, "TM", &page, &STAYS), Err(PrintFault::Missing));
}
