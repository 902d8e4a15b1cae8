//! How things stand at a kiosk: what the bar at the bottom of its screen says.

use beket_directory::Role;
use beket_record::Scope;
use beket_wire::KnownAs;

use crate::{KioskError, Stand, Worker};

/// What is known of the way to the office.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum LinkState {
    /// Nobody has tried yet.
    #[default]
    Untried,
    /// A conversation is under way.
    Talking {
        /// Records sent so far.
        sent: u64,
        /// Records fetched so far.
        fetched: u64,
    },
    /// The last conversation ended with both sides in step.
    InStep,
    /// The last one ended with something left to say.
    NotInStep,
    /// Nobody answered.
    NoConnection,
    /// Somebody answered, and it went wrong; the sentence says how.
    Trouble(String),
}

/// More than anybody reads.
const MOST_ASIDES: usize = 20;

/// A record that was put aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aside {
    /// Its case's number, where this kiosk gave it; otherwise its id.
    pub named: String,
    /// Damaged on this disk; or else refused by the office.
    pub damaged: bool,
}

/// One picture of the kiosk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// `TRK-B`.
    pub name: String,
    /// The station as people call it.
    pub station: String,
    /// What it is for.
    pub role: Role,
    /// Whether a passphrase would let it read more.
    pub locked: bool,
    /// Whether its key lies on the disk unlocked.
    pub has_no_passphrase: bool,
    /// Open incidents of the station, with their names.
    pub incidents: Vec<(Scope, String)>,
    /// Records without the office's receipt.
    pub waiting: u64,
    /// Records that the office has and holds back.
    pub held: u64,
    /// Records that were put aside.
    pub aside: u64,
    /// The way to the office.
    pub link: LinkState,
    /// Seconds since 1970 by the office's clock, when it last answered.
    pub last_contact: Option<u64>,
    /// The office's clock less this one's, in seconds.
    pub skew: Option<i64>,
    /// As what the office knows this kiosk, where it was asked.
    pub known_as: Option<KnownAs>,
    /// The first of the records that were put aside.
    pub asides: Vec<Aside>,
    /// Bytes left on the disk.
    pub disk_left: Option<u64>,
    /// How a self-service kiosk is set up.
    pub stand: Stand,
    /// A form was begun when the power went.
    pub unfinished: bool,
}

impl State {
    /// A moment of this kiosk's clock by the office's, in seconds since 1970, as far as the two were
    /// compared.
    pub fn by_office(&self, own: u64) -> u64 {
        own.saturating_add_signed(self.skew.unwrap_or(0))
    }

    /// Whether the office has said that what is written here does not count.
    pub fn is_held_back(&self) -> bool {
        matches!(self.known_as, Some(KnownAs::Held | KnownAs::Revoked))
    }

    /// As the disk tells it.
    pub(super) fn of(worker: &Worker) -> Result<Self, KioskError> {
        let counts = worker.counts()?;
        Ok(Self {
            name: worker.identity().name(),
            station: worker.station_name(),
            role: worker.identity().role,
            locked: worker.is_locked(),
            has_no_passphrase: worker.has_no_passphrase(),
            incidents: worker.incidents(),
            waiting: counts.waiting,
            held: counts.held,
            aside: counts.aside,
            link: LinkState::default(),
            last_contact: worker.last_contact()?,
            skew: None,
            known_as: None,
            asides: worker.asides(MOST_ASIDES)?,
            disk_left: worker.disk_left(),
            stand: worker.stand()?,
            unfinished: worker.was_begun()?,
        })
    }
}

/// A clock that moves so many seconds more or fewer than have passed was set.
const A_STEP: i64 = 30;

/// How far this computer's clock is off by now, that was off by `skew` then; each moment by that clock,
/// with how long the machine had been up, in seconds. Whoever sets the clock right asks no office.
pub(super) fn skew_by_now(skew: i64, then: (u64, f64), now: (u64, f64)) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "seconds of an uptime")]
    let passed = (now.1 - then.1) as i64;
    let step = now.0.cast_signed().saturating_sub(then.0.cast_signed()).saturating_sub(passed);
    if step.abs() < A_STEP { skew } else { skew.saturating_sub(step) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_was_set_right_is_off_no_more() {
        let years: u64 = 10 * 365 * 86_400;
        let then = (1_000_000, 50.0);
        let skew = years.cast_signed();
        for (now, left) in [
            ((1_000_600, 650.0), skew),
            // It slept for an hour, which both count.
            ((1_003_600, 3_650.4), skew),
            ((1_000_060 + years, 110.0), 0),
            ((1_000_060 + years + 120, 110.0), -120),
            ((1_000_000 - 500, 60.0), skew + 510),
        ] {
            assert_eq!(skew_by_now(skew, then, now), left, "{now:?}");
        }
    }
}
