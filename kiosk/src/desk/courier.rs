//! The courier: posts the writer's questions, one at a time, and hands back what was answered.
//! Owns the link; decides nothing.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::thread;

use beket_record::Signer;
use beket_sync::Failure;

use super::writer::Message;
use crate::exchange::Question;
use crate::{KioskError, Link, Traffic};

/// What came back, and what went over the link for it.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) body: Result<Vec<u8>, Failure>,
    pub(super) traffic: Traffic,
}

/// The plug of the line, for whoever shows what a kiosk does without one.
#[derive(Debug, Clone, Default)]
pub struct Plug(Arc<AtomicBool>);

impl Plug {
    /// Whether it was pulled.
    pub fn is_out(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Pulls it, or puts it back.
    pub fn turn(&self) {
        self.0.fetch_xor(true, Ordering::Relaxed);
    }
}

/// Starts it; it ends with whoever sends.
pub(super) fn start(
    mut link: Link,
    signer: Signer,
    plug: Plug,
    writer: Sender<Message>,
) -> Result<Sender<Question>, KioskError> {
    let (questions, to_post) = channel::<Question>();
    let post = move || {
        for question in to_post {
            let before = link.traffic;
            let body = if plug.is_out() {
                Err(Failure::Unreachable("the plug is out".to_owned()))
            } else {
                link.ask(&signer, &question)
            };
            let traffic =
                Traffic { up: link.traffic.up - before.up, down: link.traffic.down - before.down };
            if writer.send(Message::Answer(Answer { body, traffic })).is_err() {
                return;
            }
        }
    };
    thread::Builder::new().name("courier".to_owned()).spawn(post).map_err(KioskError::Thread)?;
    Ok(questions)
}
