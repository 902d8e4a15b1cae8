//! What the demo says on standard output: one short line a step, with the time gone by.
//! Refuses to fail: a reader who goes away does not stop the work.

use std::io::Write;
use std::time::Instant;

/// Speaks, and knows since when.
#[derive(Debug)]
pub(crate) struct Teller {
    began: Instant,
}

impl Teller {
    pub(crate) fn new() -> Self {
        Self { began: Instant::now() }
    }

    /// A step of the story.
    pub(crate) fn say(&self, step: &str) {
        Self::plain(&format!("[{:6.1} s] {step}", self.began.elapsed().as_secs_f64()));
    }

    /// A line without the time.
    pub(crate) fn plain(line: &str) {
        let mut stdout = std::io::stdout().lock();
        let _ = writeln!(stdout, "{line}").and_then(|()| stdout.flush());
    }
}

/// `4 096`: digits in groups, so that long counts can be read.
pub(crate) fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_grouped_from_the_right() {
        let counts = [0, 999, 1_000, 1_234_567];
        assert_eq!(counts.map(grouped), ["0", "999", "1 000", "1 234 567"]);
    }
}
