//! The one sound of a self-service kiosk: two soft tones that ask whether somebody is still there.
//!
//! Played by `aplay` where the machine has it and a loudspeaker; a kiosk without either is silent.

use std::io::Write;
use std::process::{Command, Stdio};
use std::thread;

/// Samples a second.
const RATE: u32 = 16_000;

/// Asks, without waiting for the end of it.
pub(crate) fn ask() {
    play("aplay", &["-q", "-t", "raw", "-f", "S16_LE", "-r", "16000", "-c", "1", "-"]);
}

fn play(program: &str, arguments: &[&str]) {
    let started = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let Ok(mut player) = started else { return };
    let tones = tones();
    let feed = move || {
        if let Some(mut pipe) = player.stdin.take() {
            drop(pipe.write_all(&tones));
        }
        drop(player.wait());
    };
    drop(thread::Builder::new().name("sound".to_owned()).spawn(feed));
}

/// Two tones of a third of a second, rising and dying away.
fn tones() -> Vec<u8> {
    [660.0, 880.0].into_iter().flat_map(tone).flat_map(i16::to_le_bytes).collect()
}

#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "a third of a second of samples, each between -8000 and 8000"
)]
fn tone(hertz: f32) -> impl Iterator<Item = i16> {
    let length = RATE / 3;
    (0..length).map(move |at| {
        let (time, left) = (at as f32 / RATE as f32, 1.0 - at as f32 / length as f32);
        let rise = (at as f32 / 400.0).min(1.0);
        ((time * hertz * std::f32::consts::TAU).sin() * 8_000.0 * left * rise) as i16
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tones_begin_and_end_softly_and_are_heard_between() {
        let tones = tones();
        let samples: Vec<i16> =
            tones.as_chunks::<2>().0.iter().map(|pair| i16::from_le_bytes(*pair)).collect();
        assert_eq!(samples.len(), 2 * (16_000 / 3));
        let loud = |range: std::ops::Range<usize>| {
            samples[range].iter().map(|sample| sample.unsigned_abs()).max().unwrap()
        };
        assert!(loud(0..5) < 100 && loud(samples.len() - 5..samples.len()) < 100);
        assert!(loud(200..2_000) > 4_000);
    }

    #[test]
    fn a_machine_without_a_player_is_silent() {
        play("no-such-player", &[]);
    }
}
