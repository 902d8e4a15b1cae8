//! A conflict as sentences: who wrote what, where and when, without having seen the others.
//!
//! The one wording of it.

use maud::{Markup, html};

use super::words::{Tongue, Word};
use super::{fields, moment};
use crate::cases::Origin;

/// One value of a conflict, told: "Айгүл (TRK-B, 14:02) wrote +7701…".
pub(crate) fn wrote(
    tongue: Tongue,
    path: &str,
    by: &str,
    origin: Option<&Origin>,
    at: i64,
    value: &serde_json::Value,
) -> Markup {
    let value = fields::value(path, value, tongue);
    let place = place(tongue, origin);
    let when = moment::local(at);
    html! {
        @match tongue {
            Tongue::Kk => {
                bdi { (by) } " (" (place) ", " time { (when) } "): «" strong { bdi { (value) } } "» "
                (Word::Wrote.in_(tongue)) "."
            }
            Tongue::Ru => {
                bdi { (by) } " (" (place) ", " time { (when) } "): " (Word::Wrote.in_(tongue))
                " «" strong { bdi { (value) } } "»."
            }
            Tongue::En => {
                bdi { (by) } " (" (place) ", " time { (when) } ") " (Word::Wrote.in_(tongue))
                " “" strong { bdi { (value) } } "”."
            }
        }
    }
}

/// Where: the kiosk's name, or the office.
pub(crate) fn place(tongue: Tongue, origin: Option<&Origin>) -> String {
    let kiosk = origin.and_then(|origin| origin.kiosk.clone());
    kiosk.unwrap_or_else(|| Word::Office.in_(tongue).to_owned())
}
