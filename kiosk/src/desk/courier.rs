//! The courier: posts the writer's questions, one at a time, and hands back what was answered.
//! Owns the link; decides nothing.

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

/// Starts it; it ends with whoever sends.
pub(super) fn start(
    mut link: Link,
    signer: Signer,
    writer: Sender<Message>,
) -> Result<Sender<Question>, KioskError> {
    let (questions, to_post) = channel::<Question>();
    let post = move || {
        for question in to_post {
            let before = link.traffic;
            let body = link.ask(&signer, &question);
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
