//! Moments as the office's clock on the wall shows them.

use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};

/// 2024-02-29T18:00:00Z: since then the whole country keeps one hour less (UTC+5).
const ONE_ZONE_SINCE: i64 = 1_709_229_600;

/// Day and minute in Turkistan: UTC+6 until March 2024, UTC+5 since. Empty for a moment that no
/// clock here can mean.
pub fn local(seconds: i64) -> String {
    let hours = if seconds < ONE_ZONE_SINCE { 6 } else { 5 };
    let Ok(moment) = Timestamp::from_second(seconds) else { return String::new() };
    let Ok(moment) = moment.checked_add(hours.hours()) else { return String::new() };
    let civil = Offset::UTC.to_datetime(moment);
    format!(
        "{:04}-{:02}-{:02} {:02}:{:02}",
        civil.year(),
        civil.month(),
        civil.day(),
        civil.hour(),
        civil.minute()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hour_that_was_dropped_in_2024_is_counted() {
        assert_eq!(local(1_561_389_120), "2019-06-24 21:12");
        assert_eq!(local(ONE_ZONE_SINCE - 1), "2024-02-29 23:59");
        assert_eq!(local(ONE_ZONE_SINCE), "2024-02-29 23:00");
        assert_eq!(local(i64::MAX), "");
    }
}
