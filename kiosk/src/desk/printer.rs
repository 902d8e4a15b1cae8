//! The printer's thread: coupons are printed in their order, and nobody waits for paper.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{Sender, channel};
use std::thread;

use super::{News, Post};
use crate::KioskError;
use crate::coupon::{self, Coupon, Printer};

/// What the printer is asked for.
#[derive(Debug)]
pub(super) enum Task {
    /// A coupon; the flag is put up when whoever waited for it has left.
    Print(Printer, Box<Coupon>, Arc<AtomicBool>),
    /// Which printers are there.
    Look,
}

/// Starts it; it ends with whoever sends.
pub(super) fn start(post: Post) -> Result<Sender<Task>, KioskError> {
    let (sender, tasks) = channel();
    let work = move || {
        for task in tasks {
            post.tell(match task {
                Task::Print(printer, coupon, left) => News::Printed {
                    printed: coupon::print(&printer, &coupon, &left),
                    reference: coupon.reference,
                },
                Task::Look => News::Printers(coupon::found()),
            });
        }
    };
    thread::Builder::new().name("printer".to_owned()).spawn(work).map_err(KioskError::Thread)?;
    Ok(sender)
}
